"""三(三)12 the ways out: three triggers and an investigation, what is illegal, and who leaves by itself."""

import pytest
from hainan_cases import Facts, ask, ask_filed, ask_planned, by_reading, claims, told

TRIGGERS = ("acts_outside_charter", "has_strong_complaints", "is_suspected_illegal")
CLEAN: Facts = dict.fromkeys(TRIGGERS, False)
CONFIRMED: Facts = {**CLEAN, "confirmed_by_investigation": True, "has_supervising_unit": False}
TOLD = "; gaps strong_complaints triggers_investigator"
TRIGGERED = f"met{TOLD}"
NO_GROUNDS, UNCONFIRMED = (
    "not_met conditions; by has_grounds@三(三)12",
    "not_met conditions; by grounds_confirmed@三(三)12",
)
REFUTED_FILED = "not_met conditions; by has_grounds@三(三)12 filing_was_false@三(三)12"


def with_(*triggers: str, **facts: object) -> Facts:
    return {**CONFIRMED, **dict.fromkeys(triggers, True), **facts}


ALTERNATIVE = {
    **{f"{trigger} alone is enough": (with_(trigger), True) for trigger in TRIGGERS},
    "all three are": (with_(*TRIGGERS), True),
    "none is not": (CONFIRMED, False),
}


@pytest.mark.parametrize(("given", "triggered"), ALTERNATIVE.values(), ids=ALTERNATIVE.keys())
def test_one_confirmed_trigger_is_enough(given: Facts, *, triggered: bool) -> None:
    assert told(ask("exit_registered", **given)) == (TRIGGERED if triggered else NO_GROUNDS)
    assert told(ask_filed("exit_filed", **given)) == (TRIGGERED if triggered else REFUTED_FILED)


@pytest.mark.parametrize(
    ("trigger", "words"), list(zip(TRIGGERS, ("未按章程活动", "群众投诉强烈", "涉嫌违法违规"), strict=True))
)
def test_a_trigger_that_is_missing_is_named_in_the_sense_of_the_text(trigger: str, words: str) -> None:
    assert f"{words} organization.{trigger}" in ask("exit_registered", **with_(**{trigger: None})).explain()


@claims(
    {
        "not confirmed": (with_(TRIGGERS[0], confirmed_by_investigation=False), UNCONFIRMED),
        "confirmed by nobody knows": (
            with_(TRIGGERS[0], confirmed_by_investigation=None),
            f"undetermined; missing confirmed_by_investigation{TOLD}",
        ),
        "a trigger of which nothing is known": (
            with_(has_strong_complaints=None),
            f"undetermined; missing has_strong_complaints{TOLD}",
        ),
        "an unknown trigger beside a known one does not matter": (
            with_(TRIGGERS[0], has_strong_complaints=None, is_suspected_illegal=None),
            TRIGGERED,
        ),
        "neither trigger nor confirmation": ({**CONFIRMED, "confirmed_by_investigation": False}, NO_GROUNDS),
        "whether there is a supervising unit only says who acts": (
            with_(TRIGGERS[0], has_supervising_unit=None),
            f"met; missing has_supervising_unit{TOLD}",
        ),
    }
)
def test_exit_registered(given: Facts, expected: str) -> None:
    assert told(ask("exit_registered", **given)) == expected


LAST_ONLY = {"triggers_investigation": "last_only"}
CUMULATIVE = {"triggers": "cumulative"}


@by_reading(
    {
        "triggers": (with_(*TRIGGERS[:2]), {"alternative": TRIGGERED, "cumulative": NO_GROUNDS}),
        "triggers_investigation": (
            with_(TRIGGERS[0], confirmed_by_investigation=False),
            {"all_triggers": UNCONFIRMED, "last_only": TRIGGERED},
        ),
        "no_supervisor": (
            with_(TRIGGERS[0]),
            {"registry_alone": TRIGGERED, "sector_office_too": TRIGGERED},
        ),
    }
)
def test_exit_registered_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("exit_registered", **given)) == expected


@claims(
    {
        "all three, cumulative": (with_(*TRIGGERS, readings=CUMULATIVE), TRIGGERED),
        "without acts outside the charter": (with_(*TRIGGERS[1:], readings=CUMULATIVE), NO_GROUNDS),
        "without complaints": (with_(*TRIGGERS[::2], readings=CUMULATIVE), NO_GROUNDS),
        "without an offence": (with_(*TRIGGERS[:2], readings=CUMULATIVE), NO_GROUNDS),
        "complaints need no confirmation where only the last does": (
            with_(TRIGGERS[1], confirmed_by_investigation=False, readings=LAST_ONLY),
            TRIGGERED,
        ),
        "a suspected offence does": (
            with_(TRIGGERS[2], confirmed_by_investigation=False, readings=LAST_ONLY),
            NO_GROUNDS,
        ),
        "and has it": (with_(TRIGGERS[2], readings=LAST_ONLY), TRIGGERED),
        "all three, the offence not confirmed": (
            with_(*TRIGGERS, confirmed_by_investigation=False, readings={**LAST_ONLY, **CUMULATIVE}),
            NO_GROUNDS,
        ),
        "all three, the offence confirmed": (with_(*TRIGGERS, readings={**LAST_ONLY, **CUMULATIVE}), TRIGGERED),
        "left open where it matters": (
            with_(TRIGGERS[0], readings={"triggers": None}),
            f"undetermined; open triggers{TOLD}",
        ),
        "left open where it does not": (with_(*TRIGGERS, readings={"triggers": None}), TRIGGERED),
    }
)
def test_the_readings_of_the_triggers_combine(given: Facts, expected: str) -> None:
    assert told(ask("exit_registered", **given)) == expected


FALSE: Facts = {**CONFIRMED, "has_false_filing_materials": True}


@by_reading(
    {"false_materials": (FALSE, {"credit_only": REFUTED_FILED, "cancellation_too": TRIGGERED})},
)
def test_exit_filed_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_filed("exit_filed", **given)) == expected


@claims(
    {
        "false materials leave it open": (FALSE, f"undetermined; open false_materials{TOLD}"),
        "false materials that nobody confirmed do not": (
            {**FALSE, "confirmed_by_investigation": False},
            REFUTED_FILED,
        ),
        "a filed organization vouches for its materials": (
            {**CONFIRMED, "readings": {"false_materials": "cancellation_too"}},
            REFUTED_FILED,
        ),
        "true materials": ({**CONFIRMED, "has_false_filing_materials": False}, REFUTED_FILED),
        "a trigger is enough without them": ({**FALSE, **with_(TRIGGERS[2])}, TRIGGERED),
        "not confirmed": (
            with_(TRIGGERS[2], confirmed_by_investigation=False),
            "not_met conditions; by grounds_confirmed@三(三)12 filing_was_false@三(三)12",
        ),
    }
)
def test_exit_filed(given: Facts, expected: str) -> None:
    assert told(ask_filed("exit_filed", **given)) == expected


def test_false_materials_are_nothing_to_a_registered_organization() -> None:
    assert told(ask("exit_registered", **FALSE)) == NO_GROUNDS


def test_each_is_dealt_with_by_its_office() -> None:
    grounds = with_(TRIGGERS[0])
    registry, both = "由登记管理机关处理", "由业务主管单位、登记管理机关处理"
    assert ask("exit_registered", **grounds).result == registry
    assert ask("exit_registered", **{**grounds, "has_supervising_unit": True}).result == both
    sector = {"no_supervisor": "sector_office_too"}
    assert ask("exit_registered", **grounds, readings=sector).result == "由行业管理部门、登记管理机关处理"
    assert ask("exit_registered", **{**grounds, "has_supervising_unit": True}, readings=sector).result == both
    assert ask_filed("exit_filed", **grounds).result == "由备案单位取消备案并公告"
    assert ask("exit_illegal", status="illegal").result == "由登记管理机关取缔并公告"


NOT_ILLEGAL = "not_met not_applicable; by is_illegal@三(三)12"


@claims(
    {
        "an illegal organization": ({"status": "illegal"}, "met"),
        "it need not be known as a community organization": (
            {"status": "illegal", "is_community_organization": None},
            "met",
        ),
        "a registered one": ({"status": "registered"}, NOT_ILLEGAL),
        "a filed one": ({"status": "filed"}, NOT_ILLEGAL),
        "one of unknown status": ({"status": None}, "undetermined; missing status"),
        "elsewhere": ({"status": "illegal", "division": "450000"}, "not_met not_applicable; by in_hainan@三(三)12"),
    }
)
def test_exit_illegal(given: Facts, expected: str) -> None:
    assert told(ask("exit_illegal", **given)) == expected


@pytest.mark.parametrize("status", ["planned", "filed", "illegal", "deregistered"])
def test_only_a_registered_organization_is_dealt_with_as_one(status: str) -> None:
    assert told(ask("exit_registered", **with_(TRIGGERS[0]), status=status)) == (
        "not_met not_applicable; by is_registered@三(三)12"
    )


@pytest.mark.parametrize("status", ["planned", "registered", "illegal", "deregistered"])
def test_only_a_filed_organization_is_struck_off_the_files(status: str) -> None:
    assert (
        told(ask("exit_filed", **with_(TRIGGERS[0]), status=status)) == "not_met not_applicable; by is_filed@三(三)12"
    )


@claims(
    {
        "who asks to leave may": ({"seeks_deregistration": True}, "met"),
        "who does not ask stays": (
            {"seeks_deregistration": False},
            "not_met conditions; by seeks_deregistration@三(三)12",
        ),
        "who has not said": ({}, "undetermined; missing seeks_deregistration"),
    }
)
def test_voluntary_exit(given: Facts, expected: str) -> None:
    assert told(ask("voluntary_exit", **given)) == expected
    assert told(ask_filed("voluntary_exit", **given)) == expected


def test_who_leaves_applies_where_it_was_registered_or_filed() -> None:
    assert ask("voluntary_exit", seeks_deregistration=True).result == "向登记管理机关申请注销登记"
    assert ask_filed("voluntary_exit", seeks_deregistration=True).result == "向备案单位申请取消备案"
    assert told(ask_planned("voluntary_exit", seeks_deregistration=True)) == (
        "not_met not_applicable; by is_registered@三(三)12 is_filed@三(三)12"
    )
