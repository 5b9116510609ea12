"""Hypothesis strategies: cases that crowd the thresholds and dates of a pack, the edges of its decisions, entities.

They need the extra `strategies`. What they draw is plain data, as a case file holds it, so that a failing example reads
like one. Importing this module teaches `st.from_type` the entities of the vocabulary, fact by fact (`entities`).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from . import vocabulary
from .alike import COUNTED
from .arguments import yes_no
from .assess import answer_to, questions, read_readings
from .change.candidates import Candidates
from .change.edges import CaseData, Near, days_under, pairs
from .editions import to_day
from .errors import CaseError, PackError, Problem, nearest
from .facts import ELEMENTS, EntityType, Fact, Payment, Type, entity_type
from .load import load_pack
from .pack import Pack
from .reads import read_by_entity
from .value import FIRST_YEAR, LAST_YEAR, uscc_check_character, write_value

try:
    from hypothesis import strategies as st
except ImportError as error:  # pragma: no cover - the tests install it
    raise ImportError("`socorg_rules.strategies` needs hypothesis; install `socorg-rules[strategies]`") from error

__all__ = ["Near", "cases", "cases_with_days", "days", "entities", "near", "values"]

MOST_ITEMS = 3
SOME_DAY = dt.date(2023, 6, 15)
"""On which day a case is looked at for contradictions."""


# ---------------------------------------------------------------------------------------------------- cases


def cases(
    pack: str | Pack, *, missing: bool = False, as_of: dt.date | str | None = None, root: str | None = None
) -> st.SearchStrategy[CaseData]:
    """Valid cases, as plain data, whose facts crowd the values with which a pack compares them.

    About half of them have a case that is `near` some provision in them, with other facts added.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        missing: whether facts that the pack reads may be left out, and lists be open; else all of them are told.
        as_of: the day that dates lie around, and whose edition is meant; days near the dates of every edition where
            left out.
        root: the name of the root entity; any that the pack is about where left out.

    Raises:
        CaseError: `missing` is no yes or no.
        PackError: the pack is not found or has mistakes, or is not about such an entity; or the day is none.
    """
    found, made = _dated(pack, to_day(as_of), root, missing=missing)
    plain = made.map(lambda dated: dated[0])
    return plain.filter(lambda case: _sound(found, case, SOME_DAY))  # no `partial`: hypothesis would write out the pack


def cases_with_days(
    pack: str | Pack, *, missing: bool = False, as_of: dt.date | str | None = None, root: str | None = None
) -> st.SearchStrategy[tuple[CaseData, dt.date]]:
    """Such cases, each with the day that its dates lie around: the one to ask on, if a decision is to hang on a day.

    Args:
        pack: as for `cases`.
        missing: as for `cases`.
        as_of: as for `cases`.
        root: as for `cases`.

    Raises:
        CaseError, PackError: as for `cases`.
    """
    found, made = _dated(pack, to_day(as_of), root, missing=missing)
    return made.filter(lambda dated: _sound(found, *dated))


def days(pack: str | Pack) -> st.SearchStrategy[dt.date]:
    """Days on which to ask a pack: at the dates of its rules, right before and after them, and between; and the first
    and the last of each edition."""
    found = pack if isinstance(pack, Pack) else load_pack(pack)
    return st.sampled_from([d for _, e in found.whole.spans for d in days_under(found, e, e.plans.values())])


def _dated(
    pack: str | Pack, as_of: dt.date | None, root: str | None, *, missing: bool
) -> tuple[Pack, st.SearchStrategy[tuple[CaseData, dt.date]]]:
    """The pack, and cases with the days that their dates lie around."""
    problems: list[Problem] = []
    yes_no("missing", missing, problems)
    if problems:
        raise CaseError(problems)
    found = (pack if isinstance(pack, Pack) else load_pack(pack)).whole
    editions = [e for _, e in found.spans] if as_of is None else [found.on(as_of)]
    kinds = list(dict.fromkeys(kind for e in editions for kind in e.roots))
    names = [kind.name for kind in kinds]
    if root is not None and root not in names:
        raise PackError(f"`{found.id}` has no provision about `{root}`{nearest(root, names)}")
    drawings = [_Drawing(found, kind, editions, as_of, missing=missing) for kind in kinds if root in {None, kind.name}]
    return found, st.one_of([d.plain() for d in drawings] + [d.edged() for d in drawings])


def _sound(pack: Pack, case: CaseData, day: dt.date) -> bool:
    """Whether a case is one: payments fit what they were made for, and nothing contradicts what else is told."""
    try:
        for question in questions(case, [pack], day, None):
            answer_to(question)
    except CaseError:
        return False
    return True


class _Drawing:
    """Draws what editions of a pack read of an entity."""

    def __init__(
        self, pack: Pack, kind: EntityType, editions: Sequence[Pack], as_of: dt.date | None, *, missing: bool
    ) -> None:
        self.pack, self.kind, self.as_of, self.missing = pack, kind, as_of, missing
        plans = [p for e in editions for p in e.about(kind)]
        self._candidates, self._read = Candidates(plans), read_by_entity(plans)
        self._provisions = list(dict.fromkeys(p.provision.id for p in plans))
        asked = [as_of] if as_of else [d for e in editions for d in days_under(pack, e, e.about(kind))]
        self._days = list(dict.fromkeys(asked))

    def plain(self) -> st.SearchStrategy[tuple[CaseData, dt.date]]:
        """A case, its dates around one day."""
        return st.sampled_from(self._days).flatmap(lambda day: self._case(day, {}))

    def edged(self) -> st.SearchStrategy[tuple[CaseData, dt.date]]:
        """A case at the edge of a decision about some provision, with other facts added."""
        return st.sampled_from(self._provisions).flatmap(self._near)

    def _near(self, provision: str) -> st.SearchStrategy[tuple[CaseData, dt.date]]:
        edges = [(case, p.as_of) for p in pairs(self.pack, provision, self.as_of, {}) for case in (p.case, p.other)]
        told = [(case[self.kind.name], day) for case, day in edges if _few(case)]
        return st.sampled_from(told).flatmap(lambda one: self._case(one[1], one[0])) if told else self.plain()

    def _case(self, day: dt.date, told: CaseData) -> st.SearchStrategy[tuple[CaseData, dt.date]]:
        return self._entity(self.kind, day, told).map(lambda facts: self._as_case(facts, day))

    def _as_case(self, facts: CaseData, day: dt.date) -> tuple[CaseData, dt.date]:
        return {self.kind.name: facts}, day

    def _entity(self, kind: EntityType, day: dt.date, told: CaseData) -> st.SearchStrategy[CaseData]:
        """An entity of which some facts are told already."""
        known, read = _flat(told), self._read.get(kind, {})
        kept: dict[str, st.SearchStrategy[Any]] = {name: st.just(value) for name, value in known.items()}
        for name in known.keys() & read.keys():
            inner = read[name].of
            if inner is not None:
                kept[name] = st.tuples(*(self._entity(inner, day, one) for one in known[name])).map(list)
        made = {name: drawn for name, drawn in self._values(kind, day).items() if name not in known}
        drawn = st.fixed_dictionaries(kept, optional=made) if self.missing else st.fixed_dictionaries(kept | made)
        return drawn.map(_nested)

    @functools.cache  # noqa: B019 - what the strategies hold lives as long as they do
    def _values(self, kind: EntityType, day: dt.date) -> Mapping[str, st.SearchStrategy[Any]]:
        return {name: self._value(fact, day) for name, fact in sorted(self._read.get(kind, {}).items())}

    def _value(self, fact: Fact, day: dt.date) -> st.SearchStrategy[Any]:
        if fact.of is not None:
            most = max((n for n in self._candidates.sizes(fact) if n <= COUNTED), default=MOST_ITEMS)
            listed = st.lists(self._entity(fact.of, day, {}), max_size=min(most, MOST_ITEMS))
            open_ = listed.map(lambda some: {"items": some, "complete": False})
            return listed | open_ if self.missing else listed
        written = {repr(w): w for v in self._candidates.of(fact, day) for w in [write_value(fact, v)]}
        return st.sampled_from([*written.values()]) if written else values(fact)


def _few(case: Any) -> bool:  # noqa: ANN401 - a part of a case
    """Whether no list of a case holds so many items that to fill them all in takes long."""
    if isinstance(case, Mapping):
        return all(map(_few, case.values()))
    return not isinstance(case, list) or (len(case) <= COUNTED and all(map(_few, case)))


def _flat(told: CaseData) -> CaseData:
    """The facts of an entity by their names, own facts of packs with the pack's before."""
    made: CaseData = {}
    for name, value in told.items():
        made.update({f"{name}.{n}": v for n, v in value.items()} if isinstance(value, Mapping) else {name: value})
    return made


def _nested(told: Mapping[str, Any]) -> CaseData:
    """Own facts of packs under the names of these, as case files carry them."""
    made: CaseData = {}
    for name, value in told.items():
        pack, dot, plain = name.partition(".")
        if dot:
            made.setdefault(pack, {})[plain] = value
        else:
            made[name] = value
    return made


# ------------------------------------------------------------------------------------------------------ near


def near(
    pack: str | Pack,
    provision: str,
    *,
    as_of: dt.date | str | None = None,
    readings: Mapping[str, str | None] | None = None,
) -> st.SearchStrategy[Near]:
    """Pairs of cases one fact apart, of which one is granted by a provision and the other is not, or not alike.

    Each is decided by the edition in force on its day.

    Args:
        pack: an id, the path of a pack file, or a `Pack`.
        provision: the id of the provision.
        as_of: the day to ask on; days near the dates of the provision where left out, under each edition that has it.
        readings: the alternative to take, by reading; what is not named is taken as always, or closed where the
            decision stays open otherwise.

    Raises:
        CaseError: a reading is not valid.
        PackError: the pack has no such provision, or no such pair was found; or the day is none.
    """
    found, day = pack if isinstance(pack, Pack) else load_pack(pack), to_day(as_of)
    known = {name for edition in ([found.on(day)] if day else found.whole.editions) for name in edition.plans}
    if provision not in known:
        raise PackError(f"`{found.id}` has no provision `{provision}`{nearest(provision, known)}")
    problems: list[Problem] = []
    read_readings([found], {} if readings is None else readings, problems)
    if problems:
        raise CaseError(problems)
    edges = pairs(found, provision, day, readings or {})
    if not edges:
        raise PackError(f"`{found.id}.{provision}`: no case was found that one fact decides")
    return st.sampled_from(edges)


# -------------------------------------------------------------------------------------------------- entities

_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DAYS = st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31))
_BY_TYPE: Mapping[Type, st.SearchStrategy[Any]] = {
    Type.YES_NO: st.booleans(),
    Type.MONEY: st.integers(0, 10**9) | st.decimals(0, 10**9, places=2).map(str),
    Type.DATE: _DAYS.map(str) | st.just("never"),
    Type.MONTH: _DAYS.map(lambda d: str(d)[:7]),
    Type.DIVISION: st.sampled_from(("31", "3101", "310110", "310110001", "310110001002", "460000", "990000")),
}
_WORDS = st.text("甲乙丙养老助残123", min_size=1, max_size=6)


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """Valid values of a declared fact that is no collection, as a case file holds them.

    Raises:
        PackError: it is no declared fact, or a collection.
    """
    if not isinstance(fact, Fact):
        raise PackError(f'`{fact!r}` is no declared fact; give one, as in `entity_type(Organization).facts["stage"]`')
    if fact.of is not None:
        raise PackError(f"`{fact.name}` is a collection; `entities(…)` draws what it lists")
    if fact.type in ELEMENTS:
        return st.lists(_one(fact), max_size=3, unique_by=str)
    return _one(fact)


def _one(fact: Fact) -> st.SearchStrategy[Any]:
    """A value, or an element of a list."""
    kind = ELEMENTS.get(fact.type, fact.type)
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if kind is Type.NUMBER:
        low, high = int(fact.low or 0), int(fact.high if fact.high is not None else 10**9)
        whole = st.integers(low, high)
        return whole if fact.whole else whole | st.decimals(low, min(high, 10**6), places=4).map(str)
    if fact.uscc:
        return st.lists(st.sampled_from(_LETTERS), min_size=17, max_size=17).map(_uscc)
    listed = st.sampled_from([*fact.values]) if fact.values else st.nothing()
    return listed | _WORDS if fact.open_values else listed


def _uscc(start: list[str]) -> str:
    code = "".join(start)
    return code + uscc_check_character(code)


def entities(kind: type) -> st.SearchStrategy[Any]:
    """Objects of a declared entity class with valid facts, any of which may be unknown; items have two levels at most.

    `st.from_type` gives these for the entities of the vocabulary. Each fact is valid by itself, and `load_case` reads
    the object. A pack may refuse it all the same: what a payment was made for need be no provision that there is, and
    facts may contradict each other. What a pack answers, `cases` draws.

    Raises:
        PackError: it is no such class.
    """
    if not isinstance(kind, type) or not hasattr(kind, "__entity_type__"):
        name = kind.__name__ if isinstance(kind, type) else repr(kind)
        known = nearest(name, (one.__name__ for one in _CLASSES.values()))
        raise PackError(f"`{name}` is no class of entities{known}; give one, as in `Organization`")
    return _objects(kind, depth=2)


def _objects(kind: type, depth: int) -> st.SearchStrategy[Any]:
    facts = entity_type(kind).facts
    made: dict[str, st.SearchStrategy[Any]] = {}
    for name, fact in facts.items():
        if fact.of is None:
            made[name] = st.none() | values(fact)
        elif depth and fact.of in _CLASSES:
            made[name] = st.none() | st.lists(_objects(_CLASSES[fact.of], depth - 1), max_size=2)
    return st.builds(kind, **{n: s for n, s in made.items() if n != "id"})


def _classes() -> Iterator[tuple[EntityType, type]]:
    for found in (*vars(vocabulary).values(), Payment):
        declared = getattr(found, "__entity_type__", None)
        if isinstance(found, type) and declared is not None:
            yield declared, found


_CLASSES = dict(_classes())
for _kind in _CLASSES.values():
    st.register_type_strategy(_kind, functools.partial(lambda kind, _: entities(kind), _kind))
