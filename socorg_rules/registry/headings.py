"""What the columns of a table are called: facts by name, by Chinese label, or as the caller says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from ..errors import Problem, nearest
from ..facts import EntityType, Fact, OwnFacts, Type
from .clean import COMPLETE

COMPLETE_LABEL = "完整"

Columns = Mapping[str, Mapping[str, str | None]]
"""What the caller says of headings, by table: the fact that a column holds, or None for one to leave out."""

ROOT_KEYS = ("id", "uscc")
"""The facts that serve as the key of a root table without a column of that name, the better one first."""


@attrs.frozen
class Heading:
    """A column of a table and what it holds: a fact, under its name in clean tables; of a key, no fact."""

    column: str
    name: str
    fact: Fact | None


def parent_label(root: EntityType) -> str:
    """The Chinese heading of the column that says which row of the root table an item belongs to."""
    return f"所属{root.label}"


def known_columns(kind: EntityType, own: Iterable[OwnFacts]) -> dict[str, Fact]:
    """What a table of these entities can hold, by its name in clean tables: the facts, and for each collection whether
    it is told completely."""
    found = {name: fact for name, fact in kind.facts.items() if fact.of is None}
    for facts in own:
        if facts.entity is kind:
            found |= {fact.name: fact for fact in facts.facts.values()}
    for name, fact in kind.facts.items():
        if fact.of is not None:
            found[name + COMPLETE] = Fact(fact.label + COMPLETE_LABEL, Type.YES_NO, name=name + COMPLETE)
    return found


def headings(
    table: str,
    given: Iterable[str],
    known: Mapping[str, Fact],
    keys: Mapping[str, Iterable[str]],
    said: Mapping[str, str | None],
    problems: list[Problem],
) -> list[Heading]:
    """What the columns of a table hold; what is wrong with a heading joins the problems.

    Args:
        table: what messages call it.
        given: the headings.
        known: the facts that it can hold.
        keys: its key columns, each with the headings that mean it where the caller says nothing.
        said: what the caller says of headings.
        problems: takes what is wrong.
    """
    given, by_key = list(given), {heading: key for key, named in keys.items() for heading in named}
    labels: dict[str, list[str]] = {}
    for name, fact in known.items():
        labels.setdefault(fact.label, []).append(name)
    missing = (heading for heading in said if heading not in given)
    problems += [Problem(f"{table}.{h}", f"no such column{nearest(h, given)}") for h in missing]
    found: dict[str, Heading] = {}
    for column in given:
        if column in said:
            target = said[column]
            if target is None:
                continue
            meant = [target] if target in keys or target in known else []
            told = f"`{target}` is no fact of this table{nearest(target, [*keys, *known])}"
        else:
            meant = [by_key[column]] if column in by_key else [column] if column in known else labels.get(column, [])
            told = _unknown(column, meant, known, labels)
        if len(meant) == 1 and meant[0] in found:
            told, meant = f"is `{meant[0]}`, and so is `{found[meant[0]].column}`; keep one", []
        if len(meant) == 1:
            found[meant[0]] = Heading(column, meant[0], known.get(meant[0]))
        else:
            problems.append(Problem(f"{table}.{column}", told))
    return list(found.values())


def _unknown(column: str, meant: list[str], known: Mapping[str, Fact], labels: Iterable[str]) -> str:
    if meant:
        return f"can be {' or '.join(f'`{name}`' for name in meant)}; say which with `columns`"
    hint = nearest(column, [*known, *labels])
    return f"no such fact{hint or '; `socorg-rules schema facts` lists them'}"
