"""The rules that a provision's tests become: their form, and that no dangerous one is ever made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from toyland import PACK, guild

from socorg_rules.engines.horn import MOST_CONDITIONS, MOST_JOINED, MOST_RULES, Program, program
from socorg_rules.expr import Expr, all_of, any_of
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.plan import Plan
from socorg_rules.provision import Qualification
from socorg_rules.words import condition, if_else

small, honest = guild.is_small, guild.is_honest


def plan(when: Expr) -> Plan:
    source = Source("试", "某", "1", "2021-01-01", (Clause("一", "甲"),))
    listed = Qualification("listed", "名册", clause="一", when=when)
    return Pack("test", "试", "1", source, (listed,), reach=(guild.division.within("77"),)).plans["listed"]


def rules(made: Program) -> Iterator[tuple[tuple[str, bool], frozenset[tuple[str, bool]]]]:
    for set_ in made.sets:
        for rule in set_.rules:
            yield tuple(rule.head), frozenset(map(tuple, rule.body))


def derived(made: Program, given: dict[str, bool]) -> dict[str, bool]:
    """What the rules come to by themselves, without durable-rules."""
    known = dict(given)
    while True:
        new = {h: t for (h, t), body in rules(made) if h not in known and all(known.get(s) is v for s, v in body)}
        if not new:
            return known
        known |= new


def sound(made: Program) -> None:
    """Assert that nothing in it is what durable-rules cannot bear."""
    for set_ in made.sets:
        assert len(set_.rules) <= MOST_RULES < 255
        assert len(set_.read) <= MOST_CONDITIONS < 511
        for rule in set_.rules:
            assert 1 <= len(rule.body) <= MOST_JOINED == 16
            assert len({part.symbol for part in rule.body}) == len(rule.body)


def test_a_conjunction_is_proved_by_all_parts_and_refuted_by_any() -> None:
    made = program(plan(all_of(small, honest)))
    whole, parts = made.nodes[_when(made)], [made.nodes[small], made.nodes[honest]]
    for values in product((True, False, None), repeat=2):
        given = {p: v for p, v in zip(parts, values, strict=True) if v is not None}
        expected = False if False in values else None if None in values else True
        assert derived(made, given).get(whole) is expected


def _when(made: Program) -> Expr:
    return next(n for n, s in made.nodes.items() if s == made.roles["when"])


def test_equal_parts_count_once() -> None:
    made = program(plan(all_of(small, small, small)))
    assert derived(made, {made.nodes[small]: True})[made.roles["when"]] is True
    sound(made)


def test_a_test_and_its_contrary_are_refuted_once_it_is_known() -> None:
    made = program(plan(small & ~small))
    for value in (True, False):
        assert derived(made, {made.nodes[small]: value})[made.roles["when"]] is False
    assert made.roles["when"] not in derived(made, {})
    sound(made)


def test_a_choice_takes_what_both_branches_agree_on() -> None:
    made = program(plan(if_else(small, honest, guild.members > 3)))
    then, otherwise = made.nodes[honest], next(s for n, s in made.nodes.items() if "compare" in n.described)
    assert derived(made, {then: True, otherwise: True})[made.roles["when"]] is True
    assert made.roles["when"] not in derived(made, {then: True, otherwise: False})
    assert derived(made, {then: True, otherwise: False, made.nodes[small]: False})[made.roles["when"]] is False


def test_a_test_that_is_its_own_branch_makes_no_rule_with_two_conditions_on_one_fact() -> None:
    made = program(plan(if_else(small, small, ~small)))
    sound(made)
    for value in (True, False):
        assert derived(made, {made.nodes[small]: value})[made.roles["when"]] is True


@pytest.mark.parametrize("join", [all_of, any_of])
@pytest.mark.parametrize("width", [15, 16, 17, 256, 257, 700])
def test_wide_tests_are_nested(join: type, width: int) -> None:
    leaves = [guild.members > n for n in range(width)]
    made = program(plan(join(*leaves)))
    sound(made)
    decisive = join is any_of
    assert derived(made, {made.nodes[leaves[-1]]: decisive})[made.roles["when"]] is decisive
    given = dict.fromkeys((made.nodes[leaf] for leaf in leaves), not decisive)
    assert derived(made, given)[made.roles["when"]] is not decisive


def test_a_condition_that_hundreds_of_rules_read_is_read_in_several_rule_sets() -> None:
    shared = condition("shared", "共用", small)
    made = program(plan(any_of(*(all_of(shared, guild.members > n) for n in range(400)))))
    sound(made)
    assert len(made.sets) > 2
    symbol = made.nodes[shared]
    assert sum(any(p.symbol == symbol for p in r.body) for s in made.sets for r in s.rules) > 255


def test_every_plan_of_toyland_makes_sound_rules() -> None:
    for one in PACK.plans.values():
        sound(program(one))


def test_names_do_not_collide_where_durable_rules_compares_them() -> None:
    def fnv1a(text: str) -> int:
        """The hash by which it tells properties, facts and sessions apart (`fnv1Hash32` of its source)."""
        found = 0x811C9DC5
        for byte in text.encode():
            found = ((found ^ byte) * 0x01000193) & 0xFFFFFFFF
        return found

    names = ["id", "sid", "$s", "$m", "m", "o", "1", *(f"m_{i}" for i in range(16)), *(f"n{i}" for i in range(50_000))]
    assert len({fnv1a(n) for n in names}) == len(names)
