"""The facts of a case by their paths: telling one, and finding those that a node reads."""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator
from typing import Any

from socorg_rules.expr import Expr, walk
from socorg_rules.facts import EntityType, Fact
from socorg_rules.pack import Pack
from socorg_rules.refs import FactOf

Case = dict[str, Any]


def steps(path: str) -> list[str | int]:
    """`guild.badges[0].grade` as the keys that lead there."""
    return [int(s[1:-1]) if s.startswith("[") else s for s in re.findall(r"[^.\[]+|\[\d+\]", path)]


def given(case: Case, path: str, value: object) -> Case:
    """The case with one fact told, or no longer told (None)."""
    made = copy.deepcopy(case)
    here: Any = made
    *way, last = steps(path)
    for step, then in itertools.pairwise([*way, last]):
        if isinstance(here, dict) and step not in here:
            here[step] = [] if isinstance(then, int) else {}
        here = here[step]
    if value is None:
        here.pop(last, None)
    else:
        here[last] = value
    return made


def fact_at(pack: Pack, kind: EntityType, path: str) -> Fact:
    """The declaration of the fact at a path."""
    fact: Fact | None = None
    names = [s for s in steps(path)[1:] if isinstance(s, str)]
    while names:
        name = names.pop(0)
        if name not in kind.facts and names:
            name = f"{name}.{names.pop(0)}"
        own = {f.name: f for o in pack.own if o.entity is kind for f in o.facts.values()}
        fact = {**kind.facts, **own}[name]
        kind = fact.of or kind
    assert fact is not None
    return fact


def paths(case: Case, node: Expr) -> list[str]:
    """Where the facts below a node stand in a case: for an item's, in each item that is listed."""
    found: dict[str, None] = {}
    for one in walk(node):
        if isinstance(one, FactOf):
            found.update(dict.fromkeys(_places(case, one)))
    return list(found)


def _places(case: Case, node: FactOf) -> Iterator[str]:
    chain = []
    owner = node.owner
    while hasattr(owner, "collection"):
        chain.append(owner.collection.fact.name)
        owner = owner.collection.owner

    def below(here: Any, path: str, rest: list[str]) -> Iterator[str]:  # noqa: ANN401
        if not rest:
            name: Any = here
            for step in node.fact.name.split("."):
                name = name.get(step) if isinstance(name, dict) else None
            if name is not None:
                yield f"{path}.{node.fact.name}"
            return
        for i, one in enumerate(here.get(rest[0]) or []):
            yield from below(one, f"{path}.{rest[0]}[{i}]", rest[1:])

    yield from below(case[owner.entity.name], owner.entity.name, chain[::-1])
