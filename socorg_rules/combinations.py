"""Combinations of readings: on which of them a result hangs, and how to tell many of them in few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Taken = Mapping[str, str]
"""An alternative of each of some readings; it speaks for every choice of the others."""
Choice = Mapping[str, tuple[str, ...]]
"""The alternatives, any of them, of each of some readings; it speaks for every choice of the others."""


def deciding(results: Iterable[tuple[Taken, object]]) -> tuple[str, ...]:
    """The readings on which a result hangs: for each, two combinations that differ in it alone and in their results.

    >>> deciding([({"a": "1"}, "met"), ({"a": "2", "b": "1"}, "met"), ({"a": "2", "b": "2"}, "not met")])
    ('a', 'b')
    """
    found: dict[str, None] = {}
    seen: list[tuple[Taken, object]] = []
    for one, result in results:
        for other, different in seen:
            if result != different:
                apart = [name for name in one if other.get(name, one[name]) != one[name]]
                if len(apart) == 1:
                    found[apart[0]] = None
        seen.append((one, result))
    return tuple(sorted(found))


def merged(taken: Iterable[Taken], alternatives: Mapping[str, Iterable[str]]) -> tuple[Choice, ...]:
    """The same combinations, those that differ in one reading alone told together; one that may be anything left out.

    >>> merged([{"a": "1", "b": "1"}, {"a": "1", "b": "2"}, {"a": "2", "b": "1"}], {"a": "123", "b": "12"})
    ({'a': ('1',)}, {'a': ('2',), 'b': ('1',)})
    """
    left = list(dict.fromkeys(frozenset((n, frozenset((a,))) for n, a in t.items()) for t in taken))
    while (pair := _alike(left)) is not None:
        one, other = pair
        ((name, more),) = other - one
        held = dict(one)
        held[name] |= more
        if held[name] == frozenset(alternatives[name]):
            del held[name]
        made = frozenset(held.items())
        left = list(dict.fromkeys(made if c is one else c for c in left if c is not other))
    order = {name: list(of) for name, of in alternatives.items()}
    told = [{n: tuple(sorted(a, key=order[n].index)) for n, a in sorted(c)} for c in left]
    return tuple(told)


_Cube = frozenset[tuple[str, frozenset[str]]]


def _alike(cubes: list[_Cube]) -> tuple[_Cube, _Cube] | None:
    """The first two that speak of the same readings and differ in one of them."""
    for number, other in enumerate(cubes):
        for one in cubes[:number]:
            if len(one) == len(other) and len(other - one) == 1 and dict(one).keys() == dict(other).keys():
                return one, other
    return None
