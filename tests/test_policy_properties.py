"""The properties that packs import: what they find in a pack with a flaw, and what holds of the five real ones.

Where the law itself does not have a property, the test says so with the case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from socorg_rules import Amount, CaseError, Outcome, PackError, assess, load_pack
from socorg_rules.calendar import months, years
from socorg_rules.cli import main
from socorg_rules.decision import Finding
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.properties import (
    EACH_MONTH,
    EACH_YEAR,
    capped,
    knowledge_monotone,
    monotone,
    no_cliff,
    once_is_once,
    only_changes,
    since,
    steady_between,
    sums_add_up,
)
from socorg_rules.properties.knowledge import refines
from socorg_rules.provision import ONCE, Grant, exactly
from socorg_rules.refs import root
from socorg_rules.vocabulary import Jurisdiction, Organization
from socorg_rules.words import AS_OF, after, condition, day, if_else, stated_or, yuan

FEW = 25
organization = root(Organization)
GRADES = ["1A", "2A", "3A", "4A", "5A"]


PLAIN: Mapping[str, Any] = {
    "when": organization.status == "registered",
    "terms": ONCE,
    "amount": exactly(yuan(500)),
}


def harbour(**given: Any) -> Pack:  # noqa: ANN401 - fields of a grant
    """A pack with one grant, of which a test says what matters to it."""
    grant = Grant("berth", "泊位补贴", clause="一", **{**PLAIN, **given})
    source = Source("港湾区扶持办法", "港湾区民政局", "", "2020-01-01", (Clause("一", "泊位补贴"),))
    return Pack("harbour", "港湾区扶持办法", "2020", source, (grant,), reach=(organization.division.within("99"),))


# ------------------------------------------------------------------------------------------------- what they find


many_pay_less = harbour(
    when=organization.status == "registered",
    amount=exactly(if_else(organization.registered_capital >= yuan(30_000), yuan(100), yuan(500))),
)
ends_in_june = harbour(
    when=(organization.status == "registered") & (AS_OF <= day("2022-06-30")) & (AS_OF >= day("2020-01-01"))
)

FLAWS: dict[str, tuple[Callable[[], None], str]] = {
    "a larger capital pays less": (
        lambda: monotone(many_pay_less, "berth", "organization.registered_capital", [0, 29_999, 30_000]),
        "registered_capital = 30000：met entitlement 100.00",
    ),
    "a cliff": (
        lambda: no_cliff(many_pay_less, "berth", "organization.registered_capital", 1, 399),
        "registered_capital = 29999",
    ),
    "a cap that is too low": (lambda: capped(many_pay_less, "berth", 499), "met entitlement 500.00"),
    "an end that nobody has named": (
        lambda: steady_between(ends_in_june, "berth", "2021-01-01", "2022-12-31"),
        "2022-07-01：not_met conditions",
    ),
    "a provision that is never granted": (
        lambda: capped(harbour(when=organization.status == "registered", reach=organization.division.within("98") &
                               organization.division.within("99")), "berth", 1),
        "没有",
    ),
    "a grant that payments never use up": (
        lambda: once_is_once(harbour(terms=None), "berth"),
        "付足 paid：met entitlement 500.00, payable 500.00",
    ),
    "a number that was changed besides": (
        lambda: only_changes(many_pay_less, many_pay_less.changed(parameters={"berth.amount.2": 90}), []),
        "未声明的变化：harbour.berth",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("call", "told"), FLAWS.values(), ids=FLAWS.keys())
def test_a_flaw_is_found_and_told(call: Callable[[], None], told: str) -> None:
    with pytest.raises(AssertionError) as error:
        call()
    assert told in str(error.value)


def test_a_counterexample_is_a_case_file_with_both_decisions(snapshot: Callable[[str, str], None]) -> None:
    for lang in ("zh", "en"):
        with pytest.raises(AssertionError) as error:
            monotone(many_pay_less, "berth", "organization.registered_capital", [0, 30_000], as_of="2023-06-01",
                     lang=lang)  # type: ignore[arg-type]  # fmt: skip
        snapshot(f"property-monotone.{lang}.txt", f"{error.value}\n")


def found(outcome: Outcome, low: int = 0, high: int | None = 500) -> Finding:
    amount = Amount(Decimal(low), None if high is None else Decimal(high))
    return Finding(outcome, entitlement=amount, payable=amount)


REFINED = {
    "the same": (found(Outcome.MET), found(Outcome.MET), True),
    "a narrower sum": (found(Outcome.MET), found(Outcome.MET, 100, 400), True),
    "an end where there was none": (found(Outcome.MET, 0, None), found(Outcome.MET, 0, 400), True),
    "what was open is decided": (found(Outcome.UNDETERMINED), found(Outcome.MET, 500), True),
    "another outcome": (found(Outcome.MET), found(Outcome.NOT_MET), False),
    "what was decided is open": (found(Outcome.MET), found(Outcome.UNDETERMINED), False),
    "a larger sum": (found(Outcome.MET), found(Outcome.MET, 0, 501), False),
    "no end where there was one": (found(Outcome.MET), found(Outcome.MET, 0, None), False),
}


@pytest.mark.parametrize(("before", "after", "holds"), REFINED.values(), ids=REFINED.keys())
def test_more_knowledge_narrows_and_overturns_nothing(before: Finding, after: Finding, holds: bool) -> None:  # noqa: FBT001
    assert refines(before, after) is holds


SOUND: dict[str, Callable[[], None]] = {
    "what falls is monotone the other way round": lambda: monotone(
        many_pay_less, "berth", "organization.registered_capital", [30_000, 29_999, 0], examples=FEW
    ),
    "a cliff of the named height": lambda: no_cliff(
        many_pay_less, "berth", "organization.registered_capital", 1, 500, examples=FEW
    ),
    "the cap itself": lambda: capped(many_pay_less, "berth", 500, examples=FEW),
    "an end that is named": lambda: steady_between(
        ends_in_june, "berth", "2020-01-01", "2022-12-31", ["2022-07-01"], examples=FEW
    ),
    "one payment": lambda: once_is_once(many_pay_less, "berth", examples=FEW),
    "what is not known": lambda: knowledge_monotone(many_pay_less, "berth", examples=FEW),
    "sums": lambda: sums_add_up(many_pay_less, examples=FEW),
    "a declared number": lambda: only_changes(
        many_pay_less, many_pay_less.changed(parameters={"berth.amount.2": 90}), ["berth"]
    ),
}


@pytest.mark.parametrize("call", SOUND.values(), ids=SOUND.keys())
def test_what_is_sound_passes(call: Callable[[], None]) -> None:
    call()


def test_a_judgement_that_something_stands_in_for_is_never_forgotten() -> None:
    """Told, it may turn what was derived in its place; the third exception beside presumptions and dates of items."""
    levels = [organization.honours.any(lambda honour, level=level: honour.level == level) for level in ("区级", "市级")]
    awarded = harbour(when=stated_or(organization.is_small, levels[1]) & levels[0])
    case = {"status": "registered", "division": "99", "honours": [{"level": "区级"}], "payments": []}
    answers = [assess({"organization": {**case, **told}}, awarded, "2024-06-01") for told in ({}, {"is_small": True})]
    assert [a["berth"].outcome for a in answers] == [Outcome.NOT_MET, Outcome.MET]
    knowledge_monotone(awarded, "berth")


def test_a_change_is_held_to_those_whom_it_is_for() -> None:
    young = condition("young", "成立不足三年", AS_OF <= after(organization.established_on, years(3)))
    old = harbour(when=(organization.status == "registered") & young)
    new = harbour(when=(organization.status == "registered") & young, amount=exactly(yuan(600)))
    only_changes(old, new, ["berth"], where=organization.status == "registered")
    with pytest.raises(AssertionError, match=r"500\.00.*600\.00"):
        only_changes(old, new, ["berth"], where=organization.stage == "初创期")
    with pytest.raises(AssertionError, match="as_of: 2021-12-31"):
        only_changes(harbour(), harbour(amount=exactly(yuan(600))), ["berth"], since="2022-01-01")


WRONG: dict[str, tuple[Callable[[], None], type[Exception], str]] = {
    "an unknown provision": (lambda: capped(harbour(), "bert", 1), PackError, "did you mean `berth`"),
    "a day that there is not": (lambda: capped(harbour(), "berth", 1, as_of="2023-02-30"), CaseError, "2023-02-30"),
    "a way that there is not": (lambda: capped(harbour(), "berth", 1, example=5), CaseError, "did you mean `examples`"),  # type: ignore[call-arg]
    "a fact that is no number": (
        lambda: no_cliff(many_pay_less, "berth", "organization.status", 1, 1), PackError, "no number and no sum"
    ),
    "a fact that there is not": (
        lambda: monotone(harbour(), "berth", "organization.honors.level", [1, 2]), PackError, "did you mean `honours`"
    ),
    "a fact that the provision does not read": (
        lambda: monotone(many_pay_less, "berth", "organization.stage", ["初创期", "成长期"]),
        PackError, "does not read `organization.stage`.*nearest.*`organization.status`"
    ),
    "a step of a fact that the provision does not read": (
        lambda: no_cliff(many_pay_less, "berth", "organization.ventures.amount", 1, 1),
        PackError, "does not read `organization.ventures.amount`"
    ),
    "an entity that there is not": (
        lambda: monotone(harbour(), "berth", "organisation.status", [1, 2]), PackError, "did you mean `organization`"
    ),
    "days the wrong way round": (
        lambda: steady_between(harbour(), "berth", "2024-01-01", "2023-01-01"), CaseError, "2023-01-01 comes before"
    ),
    "a change of a provision that there is not": (
        lambda: only_changes(harbour(), harbour(), ["bert"]), PackError, "did you mean `berth`"
    ),
    "sums of a report, which pays nothing": (lambda: sums_add_up("daoli", examples=5), AssertionError, "没有"),
    "a test about another entity": (
        lambda: only_changes(harbour(), harbour(amount=exactly(yuan(600))), ["berth"],
                             where=root(Jurisdiction).has_means), PackError, "the test about `jurisdiction`"
    ),
    "payments of what is no grant": (
        lambda: once_is_once("yangpu", "base_space"), PackError, "is no grant with payments"
    ),
    "a test about other items": (
        lambda: only_changes(harbour(), harbour(amount=exactly(yuan(600))), ["berth"],
                             where=organization.honours.each.level == "市级"), PackError, "does not decide item by item"
    ),
}  # fmt: skip


def test_a_list_of_words_may_be_held_against_a_longer_one() -> None:
    caring = harbour(when=(organization.status == "registered") & organization.fields.contains("养老"))
    monotone(caring, "berth", "organization.fields", [[], ["助残"], ["养老", "助残"]], examples=FEW)
    with pytest.raises(AssertionError, match=r"fields = \[.助残.\]：not_met"):
        monotone(caring, "berth", "organization.fields", [["养老"], ["助残"]], examples=FEW)
    with pytest.raises(CaseError, match=r"order: `5` is no list of what the fact holds; .*\norder: expected text"):
        monotone(caring, "berth", "organization.fields", [[], 5, [6]])


def test_a_step_of_a_fact_of_the_packs_own_is_a_step_as_well(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["new-pack", "hebian", "--into", str(tmp_path)], catch_exceptions=False)
    pack = tmp_path / "hebian" / "socorg_rules_hebian.py"
    no_cliff(pack, "ferry_subsidy", "organization.hebian.daily_crossings", 1, 1_000, examples=FEW)
    with pytest.raises(AssertionError, match=r"daily_crossings = 4：met"):
        no_cliff(pack, "ferry_subsidy", "organization.hebian.daily_crossings", 1, 999, examples=FEW)


@pytest.mark.parametrize(("call", "kind", "told"), WRONG.values(), ids=WRONG.keys())
def test_a_mistake_in_asking_is_told(call: Callable[[], None], kind: type[Exception], told: str) -> None:
    with pytest.raises(kind, match=told):
        call()


# ------------------------------------------------------------------------------------------------- the real packs

MONOTONE = [
    ("yangpu", "grade_award", "organization.assessments.grade", GRADES),
    ("yangpu", "honour_award", "organization.honours.level", ["区级", "市级", "国家级"]),
    ("yangpu", "venture_match", "organization.ventures.amount", [0, 50_000, 100_000, 200_000]),
    ("xinjin", "direct_registration", "organization.prior_licence_basis", ["法律", "无"]),
    ("xinjin", "target_registered", "jurisdiction.registered_organizations", [0, 199, 200, 201]),
    ("hainan", "community_talents", "community.social_work_talents", [0, 1, 2, 3]),
    ("longyang", "target_21", "jurisdiction.township_bases_completed", [0, 20, 21, 22]),
    ("daoli", "park_organizations", "jurisdiction.organizations_incubated", [0, 27, 28, 29]),
]


@pytest.mark.parametrize(("pack", "provision", "fact", "order"), MONOTONE, ids=lambda v: str(v)[:30])
def test_better_is_never_decided_worse(pack: str, provision: str, fact: str, order: list[object]) -> None:
    monotone(pack, provision, fact, order, examples=FEW)


CAPS = {
    "opening_subsidy": (10_000, None),
    "rent_subsidy": (500, None),
    "grade_award": (50_000, None),
    "honour_award": (80_000, None),
    "venture_match": (50_000, None),
    "contest_subsidy": (50_000, None),
    "salary_subsidy": (2_000, None),
    "senior_social_worker_award": (30_000, None),
}


@pytest.mark.parametrize("provision", CAPS)
def test_no_subsidy_of_yangpu_is_more_than_its_clause_says(provision: str) -> None:
    most, in_all = CAPS[provision]
    capped("yangpu", provision, most, in_all=in_all, examples=FEW)


@pytest.mark.parametrize("provision", [*CAPS, "supervisor_award"])
def test_whoever_was_paid_all_gets_no_more_that_day(provision: str) -> None:
    once_is_once("yangpu", provision, examples=FEW)


def test_the_venture_match_has_no_cliff() -> None:
    for_the_budget = {"project_amount": "budget"}
    args = ("yangpu", "venture_match", "organization.ventures.amount", 100)
    no_cliff(*args, 50, readings=for_the_budget, examples=FEW)


def test_who_comes_to_meet_the_conditions_of_xinjin_can_no_longer_be_filed() -> None:
    """A property that the law does not have: 四(一)2 opens filing to those alone that cannot register yet."""
    with pytest.raises(AssertionError, match="meets_registration_conditions = True：not_met conditions"):
        monotone("xinjin", "filing_route", "organization.meets_registration_conditions", [False, True], examples=FEW)


STEADY: dict[str, tuple[str, str, str, list[Any]]] = {
    "the opening subsidy ends two years after registration": (
        "opening_subsidy", "2021-07-21", "2025-12-31",
        [since("organization.established_on"), since("organization.established_on", years(2)),
         since("organization.annual_inspections.concluded_on")],
    ),
    "a grade counts from the day it is announced": (
        "grade_award", "2021-07-21", "2025-12-31",
        [since("organization.established_on"), since("organization.assessments.announced_on")],
    ),
    "an honour from the day it is awarded": (
        "honour_award", "2021-07-21", "2025-12-31",
        [since("organization.established_on"), since("organization.honours.awarded_on"),
         since("organization.payments.paid_on"), EACH_YEAR],
    ),
    "salaries are paid every month, to whoever has joined and has been established": (
        "salary_subsidy", "2021-07-21", "2025-12-31",
        [EACH_MONTH, since("organization.established_on"), since("organization.staff.joined_on"),
         since("organization.payments.paid_on")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("provision", "start", "end", "named"), STEADY.values(), ids=STEADY.keys())
def test_nothing_changes_by_itself_but_on_days_that_have_a_name(
    provision: str, start: str, end: str, named: list[Any]
) -> None:
    steady_between("yangpu", provision, start, end, named, examples=FEW)


def test_the_benefits_of_yangpu_may_end_with_2025() -> None:
    """A property that the text leaves open (YP-A1): the title says 2021-2025, no clause sets an end."""
    with pytest.raises(AssertionError, match="2026-01-01：undetermined"):
        steady_between("yangpu", "base_space", "2025-01-01", "2026-06-30", [since("organization.established_on")])
    steady_between("yangpu", "base_space", "2025-01-01", "2026-06-30", [since("organization.established_on")],
                   readings={"period_end": "until_repealed"}, examples=FEW)  # fmt: skip


KNOWN = [
    ("yangpu", "opening_subsidy"),
    ("yangpu", "grade_award"),
    ("yangpu", "venture_match"),
    ("hainan", "direct_registration"),
    ("longyang", "base_standard"),
    ("xinjin", "charity_supervision"),
    ("daoli", "project_evaluation"),
]


@pytest.mark.parametrize(("pack", "provision"), KNOWN, ids=lambda v: v)
def test_one_more_fact_overturns_nothing(pack: str, provision: str) -> None:
    knowledge_monotone(pack, provision, examples=FEW)


def test_the_sums_of_yangpu_add_up() -> None:
    sums_add_up("yangpu", examples=FEW)


def test_an_amendment_of_yangpu_changes_what_it_says_and_for_whom() -> None:
    today = load_pack("yangpu")
    more = today.amend("2026", "2026-01-01", parameters={"opening_subsidy.ceiling": 15_000})
    only_changes(today, more, ["opening_subsidy"], since="2026-01-01")
    with pytest.raises(AssertionError, match=r"未声明的变化：yangpu\.opening_subsidy"):
        only_changes(today, more, ["rent_subsidy"])


def test_months_are_periods_too() -> None:
    when = (organization.status == "registered") & (AS_OF <= after(organization.established_on, months(6)))
    named = [since("organization.established_on", months(6))]
    steady_between(harbour(when=when), "berth", "2021-01-01", "2022-12-31", named, examples=FEW)
