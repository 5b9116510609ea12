"""一(一), 三(一), 四(二) of Daoli: the fund, seed money of the park, hubs, and who is shortlisted for contracts."""

import pytest
from daoli_cases import Facts, ask, by_reading, claims, told

# ------------------------------------------------------------------------------------------- 一(一) the fund


# The two million are the district's; nobody can read a share of an organization out of them.
@by_reading(
    "normativity",
    {
        "the fund": (
            {},
            {
                "no_rights": "not_met conditions; by gives_a_share@一(一)",
                "binding_practice": "undetermined; gaps normativity_rules fund_shares",
                "open": "undetermined; open normativity; gaps normativity_rules fund_shares",
            },
        )
    },
)
def test_fund_entitlement_gives_no_share(given: Facts, expected: str) -> None:
    decision = ask("fund_entitlement", **given)
    assert told(decision) == expected
    assert (decision.entitlement, decision.payable, decision.clause) == (None, None, "一(一)")


def test_by_default_the_report_gives_no_rights() -> None:
    decision = ask("fund_entitlement")
    assert told(decision) == "not_met conditions; by gives_a_share@一(一)"
    assert decision.depends_on == ("normativity",)


# ------------------------------------------------------------------------------------------- 三(一) seed money

FIT: Facts = {
    "is_public_welfare": True,
    "is_of_suitable_size": True,
    "is_professional": True,
    "can_run_projects_alone": True,
}
SEED_GAPS = "gaps entry_park seed_money_amount"


@claims(
    {
        "who fits may be supported": (FIT, f"discretionary; {SEED_GAPS}"),
        "a registered one as well": (
            {**FIT, "status": "registered", "established_on": "2016-05-04"},
            f"discretionary; {SEED_GAPS}",
        ),
        "of nothing known": (
            {},
            "undetermined; missing is_public_welfare is_of_suitable_size is_professional can_run_projects_alone; "
            + SEED_GAPS,
        ),
    }
)
def test_park_seed_money(given: Facts, expected: str) -> None:
    decision = ask("park_seed_money", **given)
    assert (told(decision), decision.entitlement, decision.clause) == (expected, None, "三(一)")


TESTS = {
    "is_public_welfare": "public_welfare",
    "is_of_suitable_size": "suitable_size",
    "is_professional": "professional",
    "can_run_projects_alone": "runs_projects_alone",
}


@pytest.mark.parametrize(("fact", "test"), TESTS.items(), ids=TESTS)
def test_park_seed_money_asks_for_each_of_four_things(fact: str, test: str) -> None:
    assert told(ask("park_seed_money", **{**FIT, fact: False})) == f"not_met conditions; by {test}@三(一)"
    assert told(ask("park_seed_money", **{**FIT, fact: None})) == f"undetermined; missing {fact}; {SEED_GAPS}"


# ------------------------------------------------------------------------------------------------ 三(一) hubs


@claims(
    {
        "a young hub": ({"hub_type": "社区社会组织联合会", "stage": "初创期"}, "met; result 孵化园的培育扶持"),
        "a growing hub": ({"hub_type": "社会组织服务中心", "stage": "成长期"}, "met; result 孵化园的培育扶持"),
        "a community foundation": ({"hub_type": "社区基金会", "stage": "成长期"}, "met; result 孵化园的培育扶持"),
        "a hub that is grown": (
            {"hub_type": "社区基金会", "stage": "成熟期"},
            "not_met conditions; by young@三(一)",
        ),
        "no hub": ({"hub_type": "无", "stage": "初创期"}, "not_met conditions; by is_hub@三(一)"),
        "of unknown stage": (
            {"hub_type": "社区基金会"},
            "undetermined; result 孵化园的培育扶持; missing stage",
        ),
        "perhaps a hub": ({"stage": "初创期"}, "undetermined; result 孵化园的培育扶持; missing hub_type"),
    }
)
def test_hub_incubation(given: Facts, expected: str) -> None:
    assert told(ask("hub_incubation", **given)) == expected


# -------------------------------------------------------------------------------------------- 四(二) contracts

ABLE: Facts = {"has_experience": True, "has_capacity": True, "is_recognized_by_residents": True}
LISTED = "result 入围参与政府购买"
REGISTERED: Facts = {"status": "registered", "established_on": "2016-05-04"}


@by_reading(
    "filed_in_park",
    {
        "a filed one": (
            ABLE,
            {
                "filed_too": f"discretionary; {LISTED}; gaps entry_contracting",
                "registered_only": "not_met not_applicable; by may_contract@四(二)",
                "open": f"undetermined; {LISTED}; open filed_in_park; gaps entry_contracting",
            },
        ),
        "a registered one": (
            {**ABLE, **REGISTERED},
            dict.fromkeys(("filed_too", "registered_only", "open"), f"discretionary; {LISTED}; gaps entry_contracting"),
        ),
        "a planned one": (
            {**ABLE, "status": "planned"},
            {"filed_too": "not_met not_applicable; by may_contract@四(二)"},
        ),
    },
)
def test_contracting_qualification_of_whom(given: Facts, expected: str) -> None:
    assert told(ask("contracting_qualification", **given)) == expected


WANTED = {"has_experience": "experienced", "has_capacity": "capable", "is_recognized_by_residents": "recognized"}


@pytest.mark.parametrize(("fact", "test"), WANTED.items(), ids=WANTED)
def test_contracting_qualification_asks_for_each_of_three_things(fact: str, test: str) -> None:
    facts = {**ABLE, **REGISTERED}
    refused = ask("contracting_qualification", **{**facts, fact: False})
    assert told(refused) == f"not_met conditions; by {test}@四(二)"
    unknown = ask("contracting_qualification", **{**facts, fact: None})
    assert told(unknown) == f"undetermined; {LISTED}; missing {fact}; gaps entry_contracting"


# ------------------------------------------------------------------------------------------------- to whom

MATCHING: Facts = {**FIT, **ABLE, "hub_type": "社区基金会", "stage": "初创期"}
PROVISIONS = ("fund_entitlement", "park_seed_money", "hub_incubation", "contracting_qualification")


@pytest.mark.parametrize("provision", PROVISIONS)
@pytest.mark.parametrize(
    ("given", "applies"),
    [
        ({"division": "230102005"}, True),
        ({"division": "230103"}, False),
        ({"division": "230100"}, False),
        ({**REGISTERED, "established_on": "2023-06-01"}, True),
        ({**REGISTERED, "established_on": "2023-06-02"}, False),
        ({**REGISTERED, "established_on": None}, True),
        ({"status": "planned"}, False),
        ({"status": "deregistered"}, False),
        ({"status": "illegal"}, False),
    ],
    ids=str,
)
def test_the_report_is_about_organizations_that_daoli_registered_or_filed(
    provision: str, given: Facts, *, applies: bool
) -> None:
    decision = ask(provision, readings={"filed_in_park": "filed_too"}, **{**MATCHING, **given})
    assert (str(decision.reason) == "not_applicable") is not applies


@pytest.mark.parametrize("provision", PROVISIONS)
@pytest.mark.parametrize("fact", ["division", "status"])
def test_where_it_is_and_what_it_is_must_be_known(provision: str, fact: str) -> None:
    given = {**MATCHING, fact: None, "readings": {"filed_in_park": "filed_too", "normativity": "binding_practice"}}
    decision = ask(provision, **given)
    assert (str(decision.outcome), decision.missing) == ("undetermined", (f"organization.{fact}",))
