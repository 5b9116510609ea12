"""The public entrance: what is asked, and what is refused."""

from __future__ import annotations

import datetime as dt
import inspect
from typing import Any

import pytest
from toyland import OWN, PACK, Guild

from socorg_rules.answer import Answer, Answers, Decision
from socorg_rules.assess import assess, load_case
from socorg_rules.decision import Outcome
from socorg_rules.errors import CaseError
from socorg_rules.facts import Payment, own_facts, yes_no
from socorg_rules.load import load_pack
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import ONCE, Grant, Qualification, exactly
from socorg_rules.reading import reading
from socorg_rules.refs import root
from socorg_rules.words import choose, yuan

CASE: dict[str, Any] = {
    "guild": {
        "status": "registered",
        "division": "770105",
        "founded_on": "2020-06-01",
        "is_small": True,
        "is_honest": True,
        "audits": [{"year": 2020, "result": "合格"}],
        "payments": [],
        "toyland": {"keeps_toll_bridge": True, "toll": "4.50"},
    }
}
TODAY = dt.datetime.now().astimezone().date()
guild = root(Guild)
VILLAGE_OWN = own_facts("village", Guild, has_well=yes_no("有井"))
MAY_LEND = reading(
    "may_lend", "可否？", "May it?", clause="一", default=None, because="试", yes=("可", "yes"), no=("否", "no")
)
VILLAGE = Pack(
    "village",
    "村规",
    "1",
    Source("村规", "村", "1", "2021-01-01", (Clause("一", "井"),)),
    (
        Qualification("has_well", "有井", clause="一", when=guild.own(VILLAGE_OWN).has_well),
        Qualification("lends", "出借", clause="一", when=choose(MAY_LEND, yes=guild.is_small, no=~guild.is_small)),
        Grant("well_gift", "井礼", clause="一", when=guild.is_small, amount=exactly(yuan(5)), terms=ONCE),
    ),
    reach=(guild.division.within("77"),),
    own=(VILLAGE_OWN,),
)


def problems(case: object = CASE, pack: Any = PACK, as_of: Any = "2022-03-01", **asked: Any) -> list[str]:  # noqa: ANN401
    with pytest.raises(CaseError) as caught:
        assess(case, pack, as_of, **asked)
    return [str(p) for p in caught.value.problems]


# ------------------------------------------------------------------------------------------------------------ as_of


def test_the_day_is_a_date_or_iso_text() -> None:
    assert (
        assess(CASE, PACK, "2022-03-01").as_of == assess(CASE, PACK, dt.date(2022, 3, 1)).as_of == dt.date(2022, 3, 1)
    )


def test_without_a_day_it_is_today_and_the_answer_says_so() -> None:
    answer = assess(CASE, PACK)
    assert TODAY <= answer.as_of <= TODAY + dt.timedelta(days=1)
    assert answer.question.is_today
    assert not assess(CASE, PACK, TODAY).question.is_today


@pytest.mark.parametrize("as_of", ["2022-02-30", "2022", "never", "", 2022, dt.datetime(2022, 3, 1)])  # noqa: DTZ001
def test_what_is_no_day_is_refused(as_of: object) -> None:
    assert problems(as_of=as_of) == [f"as_of: `{as_of}` is no day of the calendar; write it as `YYYY-MM-DD`"]


# ---------------------------------------------------------------------------------------------------------- readings


def test_the_answer_tells_the_alternative_taken_of_every_reading() -> None:
    taken = assess(CASE, PACK, "2022-03-01", {"first_audit": "very_first", "two_years": None}).to_dict()["readings"]
    assert taken == {
        "two_years": None,
        "first_audit": "very_first",
        "rent_base": None,
        "may_lend": "right",
        "stall_place": None,
    }


def test_an_unknown_reading_or_alternative_is_refused_with_the_nearest() -> None:
    assert problems(readings={"tow_years": "anniversary", "two_years": "aniversary"}) == [
        "readings.tow_years: no such reading; did you mean `two_years`?",
        "readings.two_years: `aniversary` is no alternative of this reading; did you mean `anniversary`?",
    ]


def test_a_reading_may_be_written_with_its_pack() -> None:
    assert (
        assess(CASE, PACK, "2022-06-01", {"toyland.two_years": "anniversary"})["opening_gift"].outcome
        is Outcome.NOT_MET
    )
    assert problems(readings={"village.two_years": "anniversary"})


def test_of_several_packs_a_plain_reading_is_meant_of_each_that_has_it() -> None:
    with pytest.raises(CaseError):
        assess(CASE, [PACK, VILLAGE], "2022-03-01", {"may_lend": "yes"})
    both = assess(CASE, [PACK, VILLAGE], "2022-03-01", {"village.may_lend": "yes", "toyland.may_lend": "favour"})
    assert both["village"]["lends"].outcome is Outcome.MET
    assert both["toyland"]["stall_space"].outcome is Outcome.DISCRETIONARY


# ---------------------------------------------------------------------------------------------------- packs, engines


def test_a_list_of_packs_gives_answers_by_pack_and_one_pack_an_answer() -> None:
    assert isinstance(assess(CASE, PACK, "2022-03-01"), Answer)
    answers = assess(CASE, [PACK], "2022-03-01")
    assert isinstance(answers, Answers)
    assert list(answers) == ["toyland"]
    assert len(answers) == 1
    listed: Any = answers.to_dict()["answers"]
    assert [a["pack"] for a in listed] == ["toyland"]


def test_totals_never_cross_packs_and_payments_under_other_packs_are_ignored() -> None:
    facts = {**CASE["guild"], "payments": [{"provision": "village.well_gift", "amount": 5}]}
    answers = assess({"guild": facts}, [PACK, VILLAGE], "2022-03-01")
    assert answers["village"]["well_gift"].paid == 5
    assert answers["toyland"]["opening_gift"].paid == 0
    assert answers["village"].total.to_dict()["organization"] == {
        "once": {"min": "0.00", "max": "0.00"},
        "month": {"min": "0.00", "max": "0.00"},
    }


def test_no_pack_an_unknown_one_and_an_unknown_engine_are_refused() -> None:
    assert problems(pack=[]) == ["pack: no pack is named; name at least one"]
    assert problems(pack=[PACK, PACK]) == ["pack: `toyland` is named twice; name it once"]
    assert problems(engine="referense")[0].startswith(
        "engine: no engine is called `referense`; did you mean `reference`?"
    )


def test_everything_wrong_with_the_question_is_told_at_once() -> None:
    assert len(problems(as_of="x", readings={"y": "z"}, engine="w")) == 3


def test_the_reference_engine_can_be_named() -> None:
    assert assess(CASE, PACK, "2022-03-01", engine="reference").to_dict() == assess(CASE, PACK, "2022-03-01").to_dict()


def test_a_case_that_no_provision_is_about_is_refused() -> None:
    assert problems({"town": {"division": "77"}}, VILLAGE) != []
    assert problems({"organization": {}}, VILLAGE) == ["organization: no provision of village is about `organization`"]


# ------------------------------------------------------------------------------------------------------ the case


def test_a_case_may_be_a_mapping_an_entity_or_read_before() -> None:
    built = Guild(
        status="registered",
        division="770105",
        founded_on=dt.date(2020, 6, 1),
        is_small=True,
        is_honest=True,
        audits=CASE["guild"]["audits"],
        payments=[],
        own={"toyland": CASE["guild"]["toyland"]},
    )
    read = load_case(CASE, [PACK])
    answers = [assess(c, PACK, "2022-03-01").to_dict() for c in (CASE, built, read)]
    assert answers[0] == answers[1] == answers[2]


def test_own_facts_are_those_of_the_packs_asked() -> None:
    well = {"guild": {**CASE["guild"], "village": {"has_well": True}}}
    assert assess(well, [PACK, VILLAGE], "2022-03-01")["village"]["has_well"].outcome is Outcome.MET
    assert problems(well)[0].startswith("guild.village: no such fact")
    misspelt = {"guild": {"toyland": {"tol": 3}}}
    assert problems(misspelt) == ["guild.toyland.tol: no such fact; did you mean `toll`?"]


def test_an_own_fact_decides() -> None:
    assert assess(CASE, PACK, "2022-03-01")["bridge_fund"].outcome is Outcome.DISCRETIONARY
    missing = assess({"guild": {"status": "registered", "division": "77"}}, PACK, "2022-03-01")["bridge_fund"].missing
    assert "guild.toyland.toll" in missing


def test_a_wrong_case_is_refused_with_everything_that_is_wrong() -> None:
    wrong = {"guild": {"status": "registred", "capital": 0.5, "payments": [{"amount": "1.001"}], "fonded_on": "2020"}}
    assert [p.partition(":")[0] for p in problems(wrong)] == [
        "guild.status",
        "guild.capital",
        "guild.payments[0].amount",
        "guild.fonded_on",
    ]


# ---------------------------------------------------------------------------------------------------- the answer


def test_an_answer_lists_the_provisions_of_its_root_entity_in_the_packs_order() -> None:
    answer = assess(CASE, PACK, "2022-03-01")
    order = [p.id for p in PACK.provisions]
    assert list(answer) == [p for p in order if p not in {"town_guilds", "town_granary", "town_fair"}]
    assert len(answer) == len(list(answer))
    assert list(assess({"town": {}}, PACK, "2022-03-01")) == ["town_guilds", "town_granary", "town_fair"]


def test_the_parts_of_a_decision_can_be_looked_at_on_its_class() -> None:
    assert "outcome" in dict(inspect.getmembers(Decision))
    assert Decision.outcome is vars(Decision)["outcome"]


def test_an_answer_sorts_its_decisions_by_outcome_and_kind() -> None:
    answer = assess(CASE, PACK, "2022-03-01")
    groups = (answer.met, answer.discretionary, answer.undetermined, answer.not_met)
    assert sum(map(len, groups)) == len(answer)
    assert [d.provision for d in answer.discretionary] == ["bridge_fund"]
    assert [d.provision for d in answer.of_kind("duty")] == ["audit_duty"]
    assert set(answer.missing) == {m for d in answer.values() for m in d.missing}


def test_an_answer_as_data_follows_the_contract() -> None:
    made: Any = assess(CASE, PACK, "2022-03-01").to_dict(depends_on=True)
    assert list(made)[:4] == ["pack", "edition", "as_of", "readings"]
    gift = made["decisions"][0]
    assert {k: gift[k] for k in ("provision", "title", "kind", "clause", "normative", "outcome", "reason")} == {
        "provision": "opening_gift",
        "title": "开业礼金",
        "kind": "grant",
        "clause": "一",
        "normative": True,
        "outcome": "met",
        "reason": None,
    }
    assert gift["entitlement"] == gift["payable"] == {"min": "0.00", "max": "10000.00", "per": "once"}
    assert (gift["paid"], gift["missing"], gift["next_change"], gift["depends_on"]) == ("0.00", [], "2022-06-02", [])
    for absent in ("measure", "checklist", "duty", "result", "items"):
        assert absent not in gift
    prize = next(d for d in made["decisions"] if d["provision"] == "badge_prize")
    assert prize["items"] == []


def test_every_own_and_declared_fact_of_toyland_is_read_by_some_provision() -> None:
    from socorg_rules.expr import walk  # noqa: PLC0415
    from socorg_rules.facts import Type, entity_type  # noqa: PLC0415
    from socorg_rules.refs import FactOf  # noqa: PLC0415

    read = {n.fact.name for p in PACK.plans.values() for e in p.exprs for n in walk(e) if isinstance(n, FactOf)}
    assert {f.name for f in OWN.facts.values()} <= read
    declared = {f.name for f in entity_type(Guild).facts.values() if not f.identifies and f.type is not Type.ITEMS}
    assert declared <= read
    assert {f.name for f in entity_type(Payment).facts.values() if not f.identifies} <= read


# --------------------------------------------------------------------------------------------- all problems at once


def test_a_wrong_payment_is_told_with_all_else_that_is_wrong() -> None:
    wrong = {"guild": {**CASE["guild"], "fonded_on": "2020-06-01", "payments": [{"provision": "opening_gfit"}]}}
    assert problems(wrong, as_of="2022-02-30", readings={"two_yaers": None}) == [
        "as_of: `2022-02-30` is no day of the calendar; write it as `YYYY-MM-DD`",
        "readings.two_yaers: no such reading; did you mean `two_years`?",
        "guild.fonded_on: no such fact; did you mean `founded_on`?",
        (
            "guild.payments[0].provision: `opening_gfit` is no provision of a known pack; "
            "did you mean `opening_gift` or `toyland.opening_gift`?"
        ),
    ]


def test_a_payment_under_a_provision_that_pays_nothing_is_refused() -> None:
    paid = {"guild": {"division": "77", "payments": [{"provision": "has_well", "amount": 5}]}}
    assert problems(paid, VILLAGE) == [
        "guild.payments[0].provision: `has_well` pays nothing; name the grant that was paid"
    ]


def test_readings_are_a_mapping_and_a_pack_is_a_pack() -> None:
    assert problems(readings=["two_years"]) == ["readings: `['two_years']` is no mapping; write {reading: alternative}"]
    assert problems(pack=3) == ["pack: `3` is no pack; give an id, a path, a `Pack`, or a list of these"]


def test_the_answer_says_that_the_day_was_left_out() -> None:
    assert assess(CASE, PACK).to_dict()["as_of_is_today"] is True
    assert "as_of_is_today" not in assess(CASE, PACK, TODAY).to_dict()


def test_a_pack_that_says_nothing_about_the_case_is_told_so_beside_one_that_does() -> None:
    both = assess({"town": {"name": "镇"}}, [VILLAGE, PACK], "2022-02-01")
    assert not both["village"].decisions
    assert "village\n  No provision is about it" in both.explain("en")


def test_a_misspelt_provision_of_an_answer_is_told_with_the_nearest_one() -> None:
    answer = assess({"organization": {"status": "registered"}}, "yangpu", "2023-06-01")
    assert "opening_subsidi" not in answer
    with pytest.raises(KeyError, match="did you mean `opening_subsidy`"):
        answer["opening_subsidi"]


def test_a_pack_is_shown_by_its_name_and_not_by_all_its_rules() -> None:
    assert repr(load_pack("yangpu")) == "Pack('yangpu', edition='2021-07-21', 34 provisions)"
