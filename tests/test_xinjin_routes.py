"""四(一): direct registration, registration of community organizations, filing first, several associations a trade."""

import pytest
from xinjin_cases import Facts, ask, ask_filed, ask_planned, by_reading, claims, told

FREE: Facts = {"category": "科技类", "prior_licence_basis": "无"}
NOT_OF_A_KIND = "not_met conditions; by of_the_four_kinds@四(一)1"
LICENCE_FIRST = "not_met conditions; by licence_allows@四(一)1"


@claims(
    {
        "industry associations": ({"category": "行业协会商会类"}, "met"),
        "science": ({}, "met"),
        "charities": ({"category": "公益慈善类"}, "met"),
        "community services": ({"category": "城乡社区服务类"}, "met"),
        "another kind": ({"category": "文体娱乐类"}, NOT_OF_A_KIND),
        "a kind that the vocabulary does not list": ({"category": "环保类"}, NOT_OF_A_KIND),
        "the kind unknown": ({"category": None}, "undetermined; missing category"),
        "a licence first by law": ({"prior_licence_basis": "法律"}, LICENCE_FIRST),
        "a licence first by administrative regulation": ({"prior_licence_basis": "行政法规"}, LICENCE_FIRST),
        "a licence asked for by a ministry alone does not count": ({"prior_licence_basis": "部门规章"}, "met"),
        "holding the licence does not open the way": (
            {"prior_licence_basis": "法律", "prior_licence_held": True},
            LICENCE_FIRST,
        ),
        "whether a licence is needed unknown": (
            {"prior_licence_basis": None},
            "undetermined; missing prior_licence_basis",
        ),
        "another kind, and a licence first": (
            {"category": "宗教类", "prior_licence_basis": "法律"},
            NOT_OF_A_KIND,
        ),
        "the conditions of registration are not asked for": ({"meets_registration_conditions": False}, "met"),
    }
)
def test_direct_registration(given: Facts, expected: str) -> None:
    assert told(ask_planned("direct_registration", **{**FREE, **given})) == expected


def test_a_filed_organization_may_ask_for_direct_registration() -> None:
    assert told(ask_filed("direct_registration", **FREE)) == "met"
    assert told(ask("direct_registration", **FREE)).startswith("not_met not_applicable")


COMMUNITY: Facts = {"is_community_organization": True, "meets_registration_conditions": True}


@claims(
    {
        "a community organization that meets the conditions": ({}, "met"),
        "one that does not meet them": (
            {"meets_registration_conditions": False},
            "not_met conditions; by meets_conditions@四(一)2",
        ),
        "no community organization": (
            {"is_community_organization": False},
            "not_met conditions; by is_community_organization@四(一)2",
        ),
        "neither known": (
            {"is_community_organization": None, "meets_registration_conditions": None},
            "undetermined; missing is_community_organization meets_registration_conditions",
        ),
    }
)
def test_community_registration(given: Facts, expected: str) -> None:
    assert told(ask_planned("community_registration", **{**COMMUNITY, **given})) == expected


NEIGHBOURS: Facts = {
    "category": "城乡社区服务类",
    "meets_registration_conditions": False,
    "serves_community_directly": True,
    "is_public_welfare": True,
}
CHARITY: Facts = {**NEIGHBOURS, "category": "公益慈善类"}
INCOME = "income_share_donations income_share_state"


@claims(
    {
        "a public service to the community that lacks the conditions": (NEIGHBOURS, "met"),
        "one that meets the conditions is registered": (
            {**NEIGHBOURS, "meets_registration_conditions": True},
            "not_met conditions; by lacks_conditions@四(一)2",
        ),
        "one that does not serve the community directly": (
            {**NEIGHBOURS, "serves_community_directly": False},
            "not_met conditions; by serves_directly@四(一)2",
        ),
        "one that is no public service": (
            {**NEIGHBOURS, "is_public_welfare": False},
            "not_met conditions; by filing_type@四(一)2",
        ),
        "whether it meets the conditions unknown": (
            {**NEIGHBOURS, "meets_registration_conditions": None},
            "undetermined; missing meets_registration_conditions",
        ),
        "whether it serves the community unknown": (
            {**NEIGHBOURS, "serves_community_directly": None},
            "undetermined; missing serves_community_directly",
        ),
        "whether it is a public service unknown": (
            {**NEIGHBOURS, "is_public_welfare": None},
            "undetermined; missing is_public_welfare",
        ),
        "a charity on its own income": ({**CHARITY, "lives_mainly_on_donations_or_state": False}, "met"),
        "a charity that lives on donations": (
            {**CHARITY, "lives_mainly_on_donations_or_state": True},
            "undetermined; open compulsory_or_filing",
        ),
        "a charity of which the income is unknown": (
            CHARITY,
            f"undetermined; missing lives_mainly_on_donations_or_state {INCOME}; open compulsory_or_filing",
        ),
        "of an unknown kind": (
            {**NEIGHBOURS, "category": None},
            f"undetermined; missing category lives_mainly_on_donations_or_state {INCOME}; open compulsory_or_filing",
        ),
        "of an unknown kind, and not living on donations": (
            {**NEIGHBOURS, "category": None, "lives_mainly_on_donations_or_state": False},
            "met",
        ),
    }
)
def test_filing_route(given: Facts, expected: str) -> None:
    assert told(ask_planned("filing_route", **given)) == expected
    assert told(ask_filed("filing_route", **given)) == expected


DEADLINE = "; gaps upgrade_deadline"


@claims(
    {
        "once it meets the conditions, whether it must register is open": (
            {"meets_registration_conditions": True},
            f"undetermined; open upgrade{DEADLINE}",
        ),
        "as long as it does not meet them there is no duty": (
            {"meets_registration_conditions": False},
            "not_met conditions; by now_meets_conditions@四(一)2",
        ),
        "whether it meets them unknown": (
            {},
            f"undetermined; missing meets_registration_conditions; open upgrade{DEADLINE}",
        ),
    }
)
def test_filing_upgrade(given: Facts, expected: str) -> None:
    assert told(ask_filed("filing_upgrade", **given)) == expected


def test_only_filed_organizations_are_to_become_registered() -> None:
    for asked in (ask, ask_planned):
        decision = asked("filing_upgrade", meets_registration_conditions=True)
        assert told(decision) == "not_met not_applicable; by is_filed@四(一)2"


TRADE: Facts = {
    "category": "行业协会商会类",
    "industry_level": "小类",
    "same_industry_association_exists": True,
}
NO_TRADE = "not_met conditions; by is_industry_association@四(一)3"


@claims(
    {
        "by the smallest class, though there is one already": (TRADE, "met"),
        "by the smallest class, the first": ({**TRADE, "same_industry_association_exists": False}, "met"),
        "no industry association": ({**TRADE, "category": "科技类"}, NO_TRADE),
        "by a middle class": (
            {**TRADE, "industry_level": "中类", "association_basis": "行业分类"},
            "undetermined; open multi",
        ),
        "by a large class": (
            {**TRADE, "industry_level": "大类", "association_basis": "行业分类"},
            "undetermined; open multi",
        ),
        "by a link of the chain": ({**TRADE, "industry_level": "大类", "association_basis": "产业链环节"}, "met"),
        "by the way of trading": ({**TRADE, "industry_level": "大类", "association_basis": "经营方式"}, "met"),
        "by the kind of service": ({**TRADE, "industry_level": "大类", "association_basis": "服务类型"}, "met"),
        "by an unknown basis": (
            {**TRADE, "industry_level": "大类"},
            "undetermined; missing association_basis; open multi",
        ),
        "by an unknown class": (
            {**TRADE, "industry_level": None},
            "undetermined; missing industry_level association_basis; open multi",
        ),
        "the kind unknown": ({**TRADE, "category": None}, "undetermined; missing category"),
        "whether there is one already may be told yet": (
            {**TRADE, "same_industry_association_exists": None},
            "met; missing same_industry_association_exists",
        ),
    }
)
def test_multiple_associations(given: Facts, expected: str) -> None:
    assert told(ask_planned("multiple_associations", **given)) == expected


@by_reading(
    {
        "licence": (
            {"provision": "direct_registration", **FREE, "prior_licence_basis": "行政法规", "prior_licence_held": True},
            {"excluded": LICENCE_FIRST, "once_licensed": "met"},
        ),
        "filing_type": (
            {"provision": "filing_route", **NEIGHBOURS, "category": "文体娱乐类", "is_public_welfare": False},
            {"public_service_only": "not_met conditions; by filing_type@四(一)2", "any_type": "met"},
        ),
        "compulsory_or_filing": (
            {"provision": "filing_route", **CHARITY, "lives_mainly_on_donations_or_state": True},
            {"registration_prevails": "not_met conditions; by not_compelled@四(一)2", "filing_allowed": "met"},
        ),
        "multi": (
            {
                "provision": "multiple_associations",
                **TRADE,
                "industry_level": "中类",
                "association_basis": "行业分类",
            },
            {"small_class_only": "not_met conditions; by basis_allows@四(一)3", "coarser_too": "met"},
        ),
    }
)
def test_routes_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_planned(**given)) == expected


@by_reading(
    {
        "upgrade": (
            {"meets_registration_conditions": True},
            {"compulsory": f"met{DEADLINE}", "optional": "not_met conditions; by upgrade_is_due@四(一)2"},
        ),
    }
)
def test_filing_upgrade_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_filed("filing_upgrade", **given)) == expected


@pytest.mark.parametrize(
    ("held", "expected"),
    [(True, "met"), (False, LICENCE_FIRST), (None, "undetermined; missing prior_licence_held")],
)
def test_once_licensed_the_licence_must_be_held(held: bool | None, expected: str) -> None:  # noqa: FBT001
    facts: Facts = {**FREE, "prior_licence_basis": "法律", "prior_licence_held": held}
    readings = {"licence": "once_licensed"}
    assert told(ask_planned("direct_registration", readings=readings, **facts)) == expected


@pytest.mark.parametrize(
    ("provision", "facts", "result"),
    [
        ("direct_registration", FREE, "县行政审批局（可征询有关部门意见）"),
        ("community_registration", COMMUNITY, "县行政审批局"),
        ("filing_route", NEIGHBOURS, "镇乡（街道）"),
        ("multiple_associations", TRADE, "可与已有的同业协会商会并存，也可跨区域"),
        ("multiple_associations", {**TRADE, "same_industry_association_exists": False}, "可以设立，也可跨区域"),
    ],
)
def test_a_route_names_its_office_or_what_it_allows(provision: str, facts: Facts, result: str) -> None:
    assert ask_planned(provision, **facts).result == result


def test_the_upgrade_is_registered_by_the_county() -> None:
    duty = ask_filed("filing_upgrade", meets_registration_conditions=True).duty
    assert duty == {"who": "已备案的社会组织", "action": "在县行政审批局登记", "due": None}
