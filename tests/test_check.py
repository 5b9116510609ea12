"""A pack with mistakes is refused when it is made, with all of them at once, in the stored words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from stored import sections
from toyland import PACK, TWO_YEARS, Guild, Town
from toyland_facts import Badge

from socorg_rules.errors import PackError
from socorg_rules.facts import Payment, items, money, own_facts, yes_no
from socorg_rules.pack import Clause, Known, Pack, Source
from socorg_rules.provision import (
    ONCE,
    ONCE_PER_ITEM,
    Duty,
    Grant,
    Measure,
    Qualification,
    Standard,
    Target,
    between,
    each_month,
    exactly,
    monthly,
    no_figure,
    top_up,
)
from socorg_rules.reading import reading
from socorg_rules.refs import root
from socorg_rules.words import AS_OF, THIS_YEAR, choose, condition, if_else, text_gap, untested, yuan

guild = root(Guild)
town = root(Town)
badge = guild.badges.each
GAP = text_gap("gap", "多少？", "How much?")
WAYS = reading(
    "ways", "哪样？", "Which way?", clause="九", default=None, because="试", left=("左", "left"), right=("右", "right")
)
WAYS_AGAIN = attrs.evolve(WAYS)
here = guild.division.within("77")


def provision(id_: str = "alpha", **changes: Any) -> Qualification:  # noqa: ANN401
    return Qualification(id_, "题", **{"clause": "一", "when": guild.is_small, **changes})


def grant(**changes: Any) -> Grant:  # noqa: ANN401
    return Grant("gift", "礼", **{"clause": "一", "when": guild.is_small, "amount": exactly(yuan(1)), **changes})


def pack(
    *provisions: Any,  # noqa: ANN401
    clauses: tuple[Clause, ...] = (Clause("一", "甲"),),
    issued_on: Any = "2021-01-01",  # noqa: ANN401
    **changes: Any,  # noqa: ANN401
) -> Pack:
    given = {"id": "test", "title": "试", "edition": "1", "reach": (here,), **changes}
    return Pack(source=Source("试", "某", "1", issued_on, clauses), provisions=provisions or (provision(),), **given)


MISTAKES: dict[str, Callable[[], object]] = {
    "pack id": lambda: pack(id="Test-1"),
    "provision id": lambda: pack(provision("Alpha")),
    "one id twice": lambda: pack(provision(), provision(), provision("beta")),
    "clause that is not listed": lambda: pack(
        provision(clause="三(一)"),
        provision("beta", also=("三(一)4",)),
        clauses=(Clause("一", "甲"), Clause("三(一)3", "乙")),
    ),
    "clause listed twice": lambda: pack(clauses=(Clause("一", "甲"), Clause("一", "乙"))),
    "clause open and without a decision": lambda: pack(clauses=(Clause("一", "甲", none="无", open="何？"),)),
    "clause not accounted for": lambda: pack(clauses=(Clause("一", "甲"), Clause("二", "乙"))),
    "clause cited and without a decision": lambda: pack(clauses=(Clause("一", "甲", none="无"),)),
    "clause that only a reading asks about": lambda: pack(
        provision(when=choose(WAYS, left=guild.is_small, right=guild.is_honest)),
        clauses=(Clause("一", "甲"), Clause("九", "乙")),
    ),
    "day of issue that is none": lambda: pack(issued_on="2022-13-01"),
    "day of issue in full words": lambda: pack(issued_on="2022年"),
    "day of issue that is no text": lambda: pack(issued_on=dt.date(2022, 1, 1)),
    "condition's clause": lambda: pack(provision(when=condition("small", "小", guild.is_small, clause="二"))),
    "reading's clause": lambda: pack(provision(when=choose(WAYS, left=guild.is_small, right=guild.is_honest))),
    "no root entity": lambda: pack(Qualification("alpha", "题", clause="一")),
    "several root entities": lambda: pack(provision(when=guild.is_small & town.division.within("77"))),
    "due of another root": lambda: pack(provision(due=town.fair_held_on)),
    "force of another root": lambda: pack(provision(), force=AS_OF >= town.fair_held_on),
    "credit of another root": lambda: pack(
        grant(terms=top_up(credit=lambda p: if_else(p.amount > town.granary, p.amount, p.amount)))
    ),
    "no reach": lambda: pack(provision(when=town.division.within("77"))),
    "each of a root": lambda: pack(provision(each=guild)),
    "each of a nested collection": lambda: pack(provision(each=guild.workshops.each.apprentices.each)),
    "standard without a list": lambda: pack(Standard("s", "准", clause="一", when=guild.is_small, checklist=())),
    "terms without payments": lambda: pack(
        Grant("g", "礼", clause="一", when=town.division.within("77"), amount=exactly(yuan(1)), terms=ONCE),
        reach=(town.division.within("77"),),
    ),
    "misspelt payee": lambda: pack(grant(payee="orgnization")),
    "payee that the provision is not about": lambda: pack(grant(payee="town")),
    "per item without items": lambda: pack(grant(terms=ONCE_PER_ITEM)),
    "monthly in the terms only": lambda: pack(grant(terms=each_month(3))),
    "monthly in the amount only": lambda: pack(grant(amount=monthly(exactly(yuan(1))), terms=ONCE)),
    "limit of no month": lambda: pack(grant(amount=monthly(exactly(yuan(1))), terms=each_month(0))),
    "top-up without a figure": lambda: pack(grant(amount=no_figure(GAP), terms=top_up())),
    "range upside down": lambda: pack(grant(amount=between(yuan(2000), yuan(800)))),
    "clock inside a sum": lambda: pack(provision(when=guild.is_small & (THIS_YEAR + 1 > 2022))),
    "clock in a branch": lambda: pack(
        provision(when=if_else(guild.is_small, AS_OF, guild.founded_on) >= guild.founded_on)
    ),
    "clock as due": lambda: pack(provision(due=AS_OF)),
    "clock as measure": lambda: pack(
        Target("t", "标", clause="一", when=guild.is_small, measure=Measure(THIS_YEAR, 2022, "年"))
    ),
    "item that nothing binds": lambda: pack(provision(when=badge.grade == "金")),
    "item of another quantifier": lambda: pack(
        provision(
            when=guild.workshops.any(
                lambda w: guild.badges.any() & guild.workshops.any(lambda _: badge.grade == "金") & w.is_open
            )
        )
    ),
    "one condition's name twice": lambda: pack(
        provision(when=condition("small", "小", guild.is_small) & condition("small", "大", guild.is_honest))
    ),
    "one reading's name twice": lambda: pack(
        provision(
            when=choose(WAYS, left=guild.is_small, right=guild.is_honest)
            & choose(WAYS_AGAIN, left=guild.is_small, right=guild.is_honest)
        ),
        clauses=(Clause("一", "甲"), Clause("九", "乙")),
    ),
    "one name in two provisions": lambda: pack(
        provision(when=condition("small", "小", choose(WAYS, left=guild.is_small, right=guild.is_honest))),
        provision(
            "beta", when=condition("small", "小", choose(WAYS_AGAIN, left=guild.is_small, right=guild.is_honest), "一")
        ),
        provision("gamma", also=("九",), when=condition("small", "大", guild.is_honest)),
        clauses=(Clause("一", "甲"), Clause("九", "乙")),
    ),
    "pack, document and clause without words": lambda: Pack(
        "test", "", "1", Source("", "某", "1", "2021", (Clause("一", ""),)), (provision(),), reach=(here,)
    ),
    "provision without a title": lambda: pack(provision(), attrs.evolve(provision("beta"), title=" ")),
    "duty without its words": lambda: pack(Duty("d", "责", clause="一", when=guild.is_small, who="", action="报")),
    "condition's name": lambda: pack(provision(when=condition("Small one", "小", guild.is_small))),
    "condition without words": lambda: pack(provision(when=condition("small", None, guild.is_small))),  # type: ignore[arg-type]
    "reading's name and words": lambda: pack(
        provision(
            when=choose(attrs.evolve(WAYS, name="ways?"), left=guild.is_small, right=guild.is_honest)
            & choose(attrs.evolve(WAYS, because=""), left=guild.is_small, right=guild.is_honest)
        ),
        clauses=(Clause("一", "甲"), Clause("九", "乙")),
    ),
    "text gaps' names and words": lambda: pack(
        provision(when=guild.is_small & untested(text_gap("", "？", "?")), gaps=(text_gap("what", "？", ""),)),
        grant(amount=no_figure(text_gap("how", 5, "?"))),  # type: ignore[arg-type]
    ),
    "finding declared twice": lambda: pack(known=(Known("never_met:alpha", "因"), Known("never_met:alpha", "果"))),
    "own fact that nothing declares": lambda: pack(
        provision(when=guild.own(own_facts("test", Guild, a=yes_no("甲"))).a),
        provision("beta", when=guild.badges.any(lambda b: b.own(own_facts("other", Badge, c=yes_no("丙"))).c)),
        provision("gamma", each=guild.own(own_facts("test", Guild, gifts=items("礼", Payment))).gifts.each),
        own=(own_facts("test", Badge, a=yes_no("甲")),),
    ),
    "own facts of another pack": lambda: pack(own=(own_facts("toyland", Guild, a=yes_no("甲")),)),
    "own fact that nothing reads": lambda: pack(own=(own_facts("test", Guild, a=yes_no("甲"), b=money("乙")),)),
    "several at once": lambda: pack(
        provision("Alpha", clause="二"),
        grant(terms=ONCE_PER_ITEM, amount=monthly(exactly(yuan(1)))),
        Qualification("lost", "题", clause="一"),
        provision("beta", when=condition("small", "小", guild.is_small & (THIS_YEAR + 1 > 2022))),
        provision("gamma", when=condition("small", "大", guild.is_small)),
        own=(own_facts("test", Guild, a=yes_no("甲")),),
        clauses=(Clause("一", "甲"), Clause("一", "乙", none="无", open="何？")),
    ),
}


def _refusal(make: Callable[[], object]) -> str:
    with pytest.raises(PackError) as caught:
        make()
    return str(caught.value)


def test_every_mistake_of_a_pack_is_told_at_once_in_the_stored_words(snapshot: Callable[[str, str], None]) -> None:
    snapshot("check.txt", sections({label: _refusal(make) for label, make in MISTAKES.items()}))


def test_a_pack_without_mistakes_is_made() -> None:
    assert list(pack(provision(), grant(terms=ONCE)).plans) == ["alpha", "gift"]


def test_one_condition_may_be_written_twice_in_the_same_words() -> None:
    twice = [condition("small", "小", guild.is_small) for _ in range(2)]
    assert pack(provision(when=twice[0]), provision("beta", when=twice[1]))


def test_conditions_that_the_library_names_are_no_repetition() -> None:
    assert pack(provision(discretion="酌情"), provision("beta", discretion="可"))


def test_what_identifies_an_own_entity_need_not_be_read() -> None:
    assert pack(own=(own_facts("test", Guild, found=items("甲", Payment)),))


def test_the_default_reach_is_that_of_the_provisions_own_entity() -> None:
    plans = PACK.plans
    assert plans["town_granary"].reach is not plans["opening_gift"].reach
    assert plans["town_granary"].root.name == "town"


def test_a_target_has_no_test_of_force_and_another_provision_the_packs() -> None:
    assert PACK.plans["town_guilds"].force is not PACK.force
    assert PACK.plans["opening_gift"].force is PACK.force


def test_every_clause_is_accounted_for() -> None:
    rows = {c.clause: c for c in PACK.coverage}
    assert rows["十四"].to_dict() == {
        "clause": "十四",
        "status": "open",
        "provisions": [],
        "note": "庆典的条件是什么？",
    }
    assert rows["十五"].status == "none"
    assert rows["六"].provisions == ("rent_help", "repair_share")
    assert rows["一"].provisions[:1] == ("opening_gift",)


@pytest.mark.parametrize("issued_on", ["", "2022", "2022-02", "2022-02-28"])
def test_the_day_of_issue_is_given_as_far_as_it_is_known(issued_on: str) -> None:
    assert pack(issued_on=issued_on).source.issued_on == issued_on


@pytest.mark.parametrize("payee", ["organization", "person", "guild"])
def test_a_grant_is_paid_to_a_person_or_to_what_it_is_about(payee: str) -> None:
    assert pack(grant(payee=payee)).plans["gift"]


def test_an_own_fact_may_be_declared_more_than_once_in_the_same_words() -> None:
    made = [own_facts("test", Guild, a=yes_no("甲")) for _ in range(2)]
    assert pack(provision(when=guild.own(made[0]).a), own=(made[1],))


def test_a_reading_adds_no_provision_to_the_clause_that_it_asks_about() -> None:
    shown = provision("beta", clause="九", when=choose(WAYS, left=guild.is_small, right=guild.is_honest))
    other = provision(when=choose(WAYS, left=guild.is_small, right=guild.is_honest))
    rows = pack(shown, other, clauses=(Clause("一", "甲"), Clause("九", "乙"))).coverage
    assert {row.clause: row.provisions for row in rows} == {"一": ("alpha",), "九": ("beta",)}


def test_a_reading_belongs_to_every_provision_that_uses_it() -> None:
    assert PACK.readings["two_years"] is TWO_YEARS
    assert {r.name for r in PACK.plans["stall_space"].readings} == {"stall_place", "may_lend"}
