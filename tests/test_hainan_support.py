"""三(一)2, 4, 5 and 三(二)6, 三(三)10: what the authority may give to an organization. All of it is discretionary."""

import pytest
from hainan_cases import Facts, ask, ask_filed, ask_planned, by_reading, claims, items, told

ASKS: Facts = {"requests_lottery_theme": "扶老"}
SUM = "; gaps lottery_amount"
GRANTED = f"discretionary{SUM}"
NO_THEME = "not_met conditions; by lottery_theme@三(一)4"


@claims(
    {
        **{f"{theme} is one of the four themes": ({"requests_lottery_theme": theme}, GRANTED)
           for theme in ("扶老", "助残", "救孤", "济困")},
        "another theme may be meant by 等": (
            {"requests_lottery_theme": "助学"},
            f"undetermined; open lottery_themes{SUM}",
        ),
        "no project": ({"requests_lottery_theme": "无"}, NO_THEME),
        "an unknown project": ({}, f"undetermined; missing requests_lottery_theme{SUM}"),
    }
)  # fmt: skip
def test_lottery_support(given: Facts, expected: str) -> None:
    assert told(ask("lottery_support", **given)) == expected


@by_reading(
    {
        "lottery_themes": (
            {"requests_lottery_theme": "助学"},
            {"named_only": NO_THEME, "others_too": GRANTED},
        ),
        "lottery_right": (ASKS, {"binds_the_fund": GRANTED, "individual_right": f"met{SUM}"}),
    }
)
def test_lottery_support_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("lottery_support", **given)) == expected


def test_only_who_is_paid_is_open_for_a_filed_organization() -> None:
    assert told(ask_filed("lottery_support", **ASKS)) == f"discretionary; open lottery_payee{SUM}"
    results = {
        reading: ask_filed("lottery_support", **ASKS, readings={"lottery_payee": reading}).result
        for reading in ("itself", "through_hub", None)
    }
    assert results == {
        "itself": "资助款付给组织本身",
        "through_hub": "资助款由枢纽型社区社会组织代管",
        None: None,
    }
    assert ask("lottery_support", **ASKS, readings={"lottery_payee": "through_hub"}).result == "资助款付给组织本身"


def test_the_money_has_no_figure() -> None:
    decision = ask("lottery_support", **ASKS)
    assert decision.entitlement is None
    assert decision.payable is None


@claims(
    {
        "idle public premises": ({"uses_premises": "idle_public"}, "discretionary"),
        "none": ({"uses_premises": "none"}, "not_met conditions; by idle_public_premises@三(一)5"),
        "unknown": ({}, "undetermined; missing uses_premises"),
    }
)
def test_idle_premises(given: Facts, expected: str) -> None:
    assert told(ask("idle_premises", **given)) == expected
    assert told(ask_filed("idle_premises", **given)) == expected


SMALL = "; gaps small_org"


@claims(
    {
        "a small organization": ({"is_small": True}, f"discretionary{SMALL}"),
        "one that is not small": ({"is_small": False}, "not_met conditions; by is_small@三(三)10"),
        "unknown": ({}, f"undetermined; missing is_small{SMALL}"),
    }
)
def test_joint_party_branch(given: Facts, expected: str) -> None:
    assert told(ask("joint_party_branch", **given)) == expected
    assert told(ask_filed("joint_party_branch", **given)) == expected


CHARITY: Facts = {"category": "公益慈善类", "fields": [], "committee_has_means": True}
COMMITTEE = "; gaps means_test committee_amount"


@claims(
    {
        "a charity where the committee has the means": ({}, f"discretionary{COMMITTEE}"),
        "charity as a field": ({"category": None, "fields": ["公益慈善"]}, f"discretionary{COMMITTEE}"),
        "no charity": ({"category": "文体娱乐类"}, "not_met conditions; by is_charitable@三(一)5"),
        "a committee without means": (
            {"committee_has_means": False},
            "not_met conditions; by committee_has_means@三(一)5",
        ),
        "a committee of which nothing is known": (
            {"committee_has_means": None},
            f"undetermined; missing committee_has_means{COMMITTEE}",
        ),
    }
)
def test_committee_support(given: Facts, expected: str) -> None:
    assert told(ask("committee_support", **{**CHARITY, **given})) == expected
    assert told(ask_filed("committee_support", **{**CHARITY, **given})) == expected


SUPPORTED: dict[str, Facts] = {
    "lottery_support": ASKS,
    "idle_premises": {"uses_premises": "idle_public"},
    "committee_support": CHARITY,
    "joint_party_branch": {"is_small": True},
}


@pytest.mark.parametrize("provision", SUPPORTED)
def test_filed_organizations_are_supported_unless_only_registered_ones_are(provision: str) -> None:
    facts, registered_only = SUPPORTED[provision], {"dual_status": "registered_only"}
    clause = ask_filed(provision, **facts).clause
    assert ask_filed(provision, **facts).outcome.value == "discretionary"
    assert told(ask_filed(provision, **facts, readings=registered_only)) == (
        f"not_met not_applicable; by may_be_supported@{clause}"
    )
    assert ask(provision, **facts, readings=registered_only).outcome.value == "discretionary"
    assert ask_filed(provision, **facts, readings={"dual_status": None}).open_readings[0] == "dual_status"
    assert told(ask_planned(provision, **facts)) == f"not_met not_applicable; by may_be_supported@{clause}"


def test_hub_organizations_serve_those_that_are_no_legal_persons() -> None:
    assert told(ask_filed("hub_services")) == "discretionary"
    assert told(ask("hub_services")) == "not_met not_applicable; by is_filed@三(一)5"
    assert told(ask_planned("hub_services")).startswith("not_met not_applicable")


# ------------------------------------------------------------------------------------------- 三(一)2 priorities

KEY_SERVICES = ("家庭", "健康", "养老", "育幼", "志愿", "维权")
KEY = ["社会工作", *KEY_SERVICES, *(f"{service}服务" for service in KEY_SERVICES)]
RANK = "; gaps priority_effect"
NAMED_ONLY = {"priority_effect_fields": "named_only"}
NO_PRIORITY = (
    "not_met conditions; by key_field@三(一)2 rural_charity@三(一)2 encouraged_charity@三(一)2 "
    "culture_and_sport@三(一)2 rural_field@三(一)2"
)


def active(*fields: str, **facts: object) -> Facts:
    return {"category": "科技类", "is_rural": False, "fields": list(fields), **facts}


@claims(
    {
        **{f"{field} is a key field": (active(field), f"discretionary{RANK}") for field in KEY},
        "a charity of rural revitalization": (active("公益慈善", "乡村振兴"), f"discretionary{RANK}"),
        **{f"a charity for {field}": (active(field, category="公益慈善类"), f"discretionary{RANK}")
           for field in ("特殊群体救助", "环境保护", "公共卫生")},
        "culture and sport": (active(category="文体娱乐类"), f"discretionary{RANK}"),
        **{f"a rural organization for {field}": (active(field, is_rural=True), f"discretionary{RANK}")
           for field in ("农业技术推广", "生产经营", "乡村产业发展", "乡村产业发展服务", "乡村生态环境保护")},
        "whether another field is meant by 等 is open": (
            active("法律援助"),
            f"undetermined; open priority_effect_fields{RANK}",
        ),
        "revitalization without charity": (active("乡村振兴", readings=NAMED_ONLY), NO_PRIORITY),
        "public health without charity": (active("公共卫生", readings=NAMED_ONLY), NO_PRIORITY),
        "charity alone": (active("公益慈善", readings=NAMED_ONLY), NO_PRIORITY),
        "farming techniques in town": (active("农业技术推广", readings=NAMED_ONLY), NO_PRIORITY),
        "a rural organization of another field": (
            active("法律援助", is_rural=True, readings=NAMED_ONLY),
            NO_PRIORITY,
        ),
        "unknown fields": (
            {"category": "科技类", "is_rural": False, "readings": NAMED_ONLY},
            f"undetermined; missing fields{RANK}",
        ),
        "farming techniques somewhere": (
            active("农业技术推广", is_rural=None, readings=NAMED_ONLY),
            f"undetermined; missing is_rural{RANK}",
        ),
    }
)  # fmt: skip
def test_cultivation_priority(given: Facts, expected: str) -> None:
    assert told(ask_planned("cultivation_priority", **given)) == expected


@by_reading(
    {
        "priority_effect_fields": (
            active("法律援助"),
            {"named_only": NO_PRIORITY, "others_too": f"discretionary{RANK}"},
        )
    }
)
def test_cultivation_priority_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("cultivation_priority", **given)) == expected


# ------------------------------------------------------------------------------------------------- 三(二)6 people


def test_everybody_who_works_for_it_is_encouraged_to_be_examined() -> None:
    from_today, from_tomorrow = {"joined_on": "2022-06-01"}, {"joined_on": "2022-06-02"}
    staff: Facts = {"staff": [{}, {"is_employed": True}, {"is_employed": False}, from_today, from_tomorrow]}
    works, does_not = "discretionary", "not_met conditions"
    for decision in (ask("exam_encouragement", **staff), ask_filed("exam_encouragement", **staff)):
        assert items(decision) == [works, works, does_not, works, does_not]
    assert told(ask("exam_encouragement")) == "undetermined; missing staff"
    assert told(ask("exam_encouragement", staff=[])).startswith("not_met")


WORKER = {"is_social_worker": True, "is_lead": True}
NO_WORKER = "not_met conditions; by has_social_worker@三(二)6"


@claims(
    {
        "a social worker founds it": ({"founders": [WORKER]}, "discretionary"),
        "the only founder named is taken to lead": ({"founders": [{"is_social_worker": True}]}, "discretionary"),
        "a social worker who does not lead": ({"founders": [{**WORKER, "is_lead": False}]}, NO_WORKER),
        "a founder who is none": ({"founders": [{**WORKER, "is_social_worker": False}]}, NO_WORKER),
        **{f"{c} works for it": ({"staff": [{"certificate": c}]}, "discretionary")
           for c in ("助理社会工作师", "社会工作师", "高级社会工作师")},
        "somebody without a certificate works for it": ({"staff": [{"certificate": "无"}]}, NO_WORKER),
        "a social worker who has left": (
            {"staff": [{"certificate": "社会工作师", "is_employed": False}]},
            NO_WORKER,
        ),
        "nobody": ({}, NO_WORKER),
        "unknown staff": ({"staff": None}, "undetermined; missing staff"),
    }
)  # fmt: skip
def test_social_worker_support(given: Facts, expected: str) -> None:
    facts = {"founders": [], "staff": [], **given}
    assert told(ask("social_worker_support", **facts)) == expected
    assert told(ask_planned("social_worker_support", **facts)) == expected


NO_TALENT = "not_met conditions; by has_rural_talent@三(二)6"


@claims(
    {
        **{f"{who} founds a rural organization": ({"founders": [{"background": who}]}, "discretionary")
           for who in ("退休干部", "高校毕业生", "复转军人", "返乡创业人员", "乡贤")},
        "one works for it": ({"staff": [{"background": "乡贤"}]}, "discretionary"),
        "one who has left": ({"staff": [{"background": "乡贤", "is_employed": False}]}, NO_TALENT),
        "somebody else": ({"founders": [{"background": "教师"}]}, NO_TALENT),
        "an organization in town": (
            {"is_rural": False, "founders": [{"background": "乡贤"}]},
            "not_met conditions; by is_rural@三(二)6",
        ),
        "somewhere": (
            {"is_rural": None, "founders": [{"background": "乡贤"}]},
            "undetermined; missing is_rural",
        ),
        "of unknown background": ({"founders": [{}]}, "undetermined; missing founders[0].background"),
    }
)  # fmt: skip
def test_rural_talent_support(given: Facts, expected: str) -> None:
    facts = {"is_rural": True, "founders": [], "staff": [], **given}
    assert told(ask("rural_talent_support", **facts)) == expected
    assert told(ask_filed("rural_talent_support", **facts)) == expected
