"""Random cases: sound ones after the declarations, and ones with anything anywhere."""

from decimal import Decimal

from hypothesis import strategies as st

from socorg_rules.facts import (
    EntityType,
    Fact,
    Payment,
    Type,
    choice,
    count,
    entity_type,
    own_facts,
    texts,
    yes_no,
)
from socorg_rules.strategies import values
from socorg_rules.vocabulary import ROOTS, Organization

KINDS = tuple(map(entity_type, ROOTS))

OWN = (
    own_facts(
        "toyland", Organization, rank=count("级别", "级", low=1), motto=choice("格言", ("甲", "乙")), songs=texts("歌")
    ),
    own_facts("toyland", Payment, stamped=yes_no("已盖章")),
)

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        ("never", "2023-02-30", "2023-02-28", "2023-13", "12.5", "-1", "合格", "已登记", "310110", "9" * 16, " ")
    )
    | st.text("ab01.-\n\ud800 ", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("items", "complete", "id", "year", "amount", "toyland", "x")), inner, max_size=3
        )
    ),
    max_leaves=8,
)


def _labels(fact: Fact) -> st.SearchStrategy[object]:
    """The Chinese labels of closed values, which a case file may hold in their place."""
    labels = list(fact.values.values())
    return st.sampled_from(labels) if labels and not fact.open_values and fact.type is Type.TEXT else st.nothing()


def _identity(item: dict[str, object]) -> object:
    """No two sound items share an id; items without one are all different."""
    known = item.get("id")
    return known if isinstance(known, str) else object()


def _value(fact: Fact, noise: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    if fact.of is not None:
        listed = st.lists(entities(fact.of, noise), max_size=2, unique_by=_identity)
        return listed | st.fixed_dictionaries({"items": listed, "complete": st.booleans()}) | noise
    return values(fact) | _labels(fact) | noise


def entities(kind: EntityType, noise: st.SearchStrategy[object] = st.nothing()) -> st.SearchStrategy[dict[str, object]]:  # noqa: B008 - strategies are values
    """An entity with a few of its facts, a noisy one with something else in their places."""
    choices: list[tuple[str, st.SearchStrategy[object]]] = [(n, _value(f, noise)) for n, f in kind.facts.items()]
    for own in OWN:
        if own.entity is kind:
            packed = {n.removeprefix("toyland."): _value(f, noise) for n, f in own.facts.items()}
            choices.append(("toyland", st.fixed_dictionaries({}, optional=packed) | noise))
    chosen = st.lists(st.sampled_from(choices), max_size=6, unique_by=lambda c: c[0])
    return chosen.flatmap(lambda some: st.fixed_dictionaries(dict(some)))


def cases(noise: st.SearchStrategy[object] = st.nothing()) -> st.SearchStrategy[dict[str, object]]:  # noqa: B008 - strategies are values
    """A case with one root entity; sound unless there is noise."""
    return st.sampled_from(KINDS).flatmap(lambda kind: st.fixed_dictionaries({kind.name: entities(kind, noise)}))


EXACT = st.decimals(allow_nan=True, allow_infinity=True) | st.sampled_from(
    [Decimal("1E+999999"), Decimal("1E-999999"), Decimal("0E-999999"), Decimal("sNaN"), 10**5000, -(10**5000)]
)
