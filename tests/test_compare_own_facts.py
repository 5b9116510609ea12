"""Own facts that two texts declare differently: a case may hold what either of them may."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from toyland import PACK, guild
from toyland_facts import Guild

from socorg_rules import Pack, compare
from socorg_rules import facts as f
from socorg_rules.change import settling
from socorg_rules.change.comparison import Compared
from socorg_rules.change.order import Verdict
from socorg_rules.errors import PackError
from socorg_rules.expr import ALWAYS
from socorg_rules.provision import exactly
from socorg_rules.words import table, yuan


def declaring(changed: Any, **facts: Any) -> Pack:  # noqa: ANN401
    """Toyland with own facts, and a flood relief of which this changes what it is given of them."""
    own = f.own_facts("toyland", Guild, **facts)
    relief = attrs.evolve(PACK.plans["flood_relief"].provision, **changed(guild.own(own)))
    provisions = [relief if p.id == relief.id else p for p in PACK.provisions]
    return attrs.evolve(PACK, own=(*PACK.own, own), provisions=tuple(provisions))


def ranked(values: tuple[str, ...], among: list[str]) -> Pack:
    """Toyland with these ranks, some of which are relieved."""
    return declaring(lambda g: {"when": g.rank.is_in(among)}, rank=f.choice("级别", values))


def relieved(old: Pack, new: Pack) -> Compared:
    return compare(old, new, "2022-05-01")["flood_relief"]


@pytest.mark.parametrize("way", [1, -1], ids=["added", "removed"])
@pytest.mark.parametrize("solver", [True, False], ids=["solver", "search"])
def test_a_value_that_one_text_alone_knows_is_in_a_case(
    way: int, *, solver: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not solver:
        monkeypatch.setattr(settling, "installed", lambda: False)
    old, new = [ranked(("甲", "乙"), ["甲"]), ranked(("甲", "乙", "丙"), ["甲", "丙"])][::way]
    found = relieved(old, new)
    assert found.verdict is (Verdict.MORE_GENEROUS if way == 1 else Verdict.STRICTER)
    (witness,) = found.witnesses
    assert witness.case.to_dict()["guild"]["toyland"]["rank"] == "丙"  # type: ignore[index]


def test_the_solver_finds_a_value_that_one_text_alone_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socorg_rules.change.looking.QUICK", 1)
    found = relieved(ranked(("甲", "乙"), ["甲"]), ranked(("甲", "乙", "丙"), ["甲", "丙"]))
    assert found.verdict is Verdict.MORE_GENEROUS


def test_a_value_that_no_rule_asks_about_changes_none() -> None:
    found = relieved(ranked(("甲", "乙"), ["甲"]), ranked(("甲", "乙", "丙"), ["甲"]))
    assert (found.verdict, found.status, found.how) == (Verdict.SAME, "proved", "same_rules")


def test_a_table_without_a_row_for_a_value_of_the_other_text_leaves_it_open() -> None:
    ranks = {"甲": yuan(3), "乙": yuan(2), "丙": yuan(1)}

    def paying(*known: str) -> Pack:
        return declaring(
            lambda g: {"amount": exactly(table(g.rank, {r: ranks[r] for r in known}))}, rank=f.choice("级别", known)
        )

    assert relieved(paying("甲", "乙"), paying("甲", "乙", "丙")).verdict is Verdict.STRICTER


def test_a_number_in_wider_bounds_is_looked_for_and_nothing_is_called_proved() -> None:
    def members(low: int, test: int) -> Pack:
        return declaring(lambda g: {"when": g.masters >= test}, masters=f.count("师傅", "人", low=low))

    found = relieved(members(3, 3), members(0, 2))
    assert (found.verdict, found.status) == (Verdict.MORE_GENEROUS, "searched")
    assert [w.case.to_dict()["guild"]["toyland"] for w in found.witnesses] == [{"masters": 2}]  # type: ignore[index]


def test_whole_numbers_that_become_fractions_are_told_as_such() -> None:
    whole = declaring(lambda g: {"when": g.dues >= 5}, dues=f.count("会费", "份"))
    parts = declaring(lambda g: {"when": g.dues > 4}, dues=f.number("会费", "份"))
    (witness,) = relieved(whole, parts).witnesses
    assert "." in witness.case.to_dict()["guild"]["toyland"]["dues"]  # type: ignore[index]


def test_an_own_fact_of_another_type_is_refused_with_both_types_and_the_remedy() -> None:
    counted = declaring(lambda g: {"when": g.dues >= 5}, dues=f.count("会费", "元"))
    paid = declaring(lambda g: {"when": g.dues >= yuan(5)}, dues=f.money("会费"))
    told = (
        "guild.toyland.dues: is `number` in the old text and `money` in the new one, .* give the new one another name"
    )
    with pytest.raises(PackError, match=told):
        compare(counted, paid)
    assert compare(counted, paid, leaving_out={"flood_relief": ALWAYS}).different == ()


def test_what_of_a_witness_one_text_does_not_take_is_told() -> None:
    renamed = compare(
        declaring(lambda g: {"when": g.is_old}, is_old=f.yes_no("老")),
        declaring(lambda g: {"when": g.is_aged}, is_aged=f.yes_no("年长")),
    )
    assert "原版没有声明 guild.toyland.is_aged，重放时请略去" in renamed.explain()
    assert "After: guild.toyland.is_old is not declared there; leave it out to replay the case" in renamed.explain("en")
    added = compare(ranked(("甲", "乙"), ["甲"]), ranked(("甲", "乙", "丙"), ["甲", "丙"]))
    assert "原版的案例文件不接受 guild.toyland.rank 的这一取值" in added.explain()
    plain = compare(PACK, PACK.changed(parameters={"opening_gift.ceiling": 20_000})).explain()
    assert "没有声明" not in plain
    assert "案例文件" not in plain
