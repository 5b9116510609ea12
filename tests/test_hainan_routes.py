"""三(一)3 the lowered threshold and the direct way; 三(三)11 who must register, who may be filed, what is reviewed."""

from hainan_cases import Facts, ask, ask_filed, ask_planned, by_reading, claims, told

NOT_APPLICABLE = "not_met not_applicable; by not_yet_registered"
GAP = "undetermined; gaps threshold"
SIX_FIELDS = ("为民服务", "养老照护", "公益慈善", "促进和谐", "文体娱乐", "农村生产技术服务")
NAMED_ONLY = {"threshold_fields": "named_only"}
OTHER_FIELD = "not_met conditions; by in_threshold_field@三(一)3"


@claims(
    {
        **{f"{field}: the threshold is lowered, nobody knows to what": ({"fields": [field]}, GAP)
           for field in SIX_FIELDS},
        "a category without 类 counts as a field": ({"category": "养老照护类"}, GAP),
        "one of several fields suffices": ({"fields": ["法律援助", "养老照护"]}, GAP),
        "whether another field is meant by 等 is open": (
            {"fields": ["法律援助"], "category": "科技类"},
            "undetermined; open threshold_fields; gaps threshold",
        ),
        "another field is none under the narrow reading": (
            {"fields": ["法律援助"], "category": "科技类", "readings": NAMED_ONLY},
            OTHER_FIELD,
        ),
        "the field is not the category of community services": (
            {"fields": [], "category": "城乡社区服务类", "readings": NAMED_ONLY},
            OTHER_FIELD,
        ),
        "unknown fields are missing": (
            {"category": "科技类", "readings": NAMED_ONLY},
            "undetermined; missing fields; gaps threshold",
        ),
        "an unknown category is missing": (
            {"fields": [], "readings": NAMED_ONLY},
            "undetermined; missing category; gaps threshold",
        ),
    }
)  # fmt: skip
def test_threshold_lowering(given: Facts, expected: str) -> None:
    assert told(ask_planned("threshold_lowering", **given)) == expected
    assert told(ask_filed("threshold_lowering", **given)) == expected


def test_whether_the_conditions_of_registration_are_met_is_not_asked_on_the_ways_around_them() -> None:
    facts: Facts = {"fields": ["养老照护"], "category": "城乡社区服务类", "is_active_within_community": True}
    for meets in (True, False, None):
        assert told(ask_planned("threshold_lowering", **facts, meets_registration_conditions=meets)) == GAP
        assert told(ask_planned("direct_registration", **facts, meets_registration_conditions=meets)) == "met"


SERVES: Facts = {"category": "城乡社区服务类", "fields": [], "is_active_within_community": True}
OUTSIDE = "not_met conditions; by in_direct_scope@三(一)3"


@claims(
    {
        "an organization of community services that is active in its community": ({}, "met"),
        "community services as a field": ({"category": None, "fields": ["城乡社区服务"]}, "met"),
        "of another category": ({"category": "文体娱乐类"}, OUTSIDE),
        "one of the six fields does not do": ({"category": "养老照护类", "fields": ["养老照护"]}, OUTSIDE),
        "active outside of communities": ({"is_active_within_community": False}, OUTSIDE),
        "active somewhere": ({"is_active_within_community": None}, "undetermined; missing is_active_within_community"),
        "of an unknown category": (
            {"category": None, "fields": None},
            "undetermined; missing category fields",
        ),
        "it need not be known as a community organization": ({"is_community_organization": None}, "met"),
        "a supervising unit is not asked for": ({"has_supervising_unit": False}, "met"),
    }
)
def test_direct_registration(given: Facts, expected: str) -> None:
    assert told(ask_planned("direct_registration", **{**SERVES, **given})) == expected
    assert told(ask_filed("direct_registration", **{**SERVES, **given})) == expected


@by_reading(
    {
        "direct_route_scope": (
            {**SERVES, "category": "养老照护类"},
            {"community_services_only": OUTSIDE, "six_fields_too": "met"},
        ),
        "direct_route_scope_supervisor": (
            {**SERVES, "has_supervising_unit": False},
            {"not_needed": "met", "still_needed": "not_met conditions; by supervising_unit_settled@三(一)3"},
        ),
        "threshold_fields": (
            {**SERVES, "category": "科技类", "readings": {"direct_route_scope": "six_fields_too"}},
            {"named_only": OUTSIDE, "others_too": "met"},
        ),
    }
)
def test_direct_registration_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask_planned("direct_registration", **given)) == expected


@claims(
    {
        "the six fields are those of community organizations": (
            {"category": "养老照护类", "is_community_organization": False,
             "readings": {"direct_route_scope": "six_fields_too"}},
            OUTSIDE,
        ),
        "the six fields need no activity within the community": (
            {"category": "养老照护类", "is_active_within_community": False,
             "readings": {"direct_route_scope": "six_fields_too"}},
            "met",
        ),
        "the scope left open": (
            {"category": "养老照护类", "readings": {"direct_route_scope": None}},
            "undetermined; open direct_route_scope",
        ),
        "a supervising unit, where it is needed": (
            {"has_supervising_unit": True, "readings": {"direct_route_scope_supervisor": "still_needed"}},
            "met",
        ),
        "an unknown one": (
            {"readings": {"direct_route_scope_supervisor": "still_needed"}},
            "undetermined; missing has_supervising_unit",
        ),
    }
)  # fmt: skip
def test_the_readings_of_direct_registration_turn_on_these_facts(given: Facts, expected: str) -> None:
    assert told(ask_planned("direct_registration", **{**SERVES, **given})) == expected


MEETS: Facts = {"meets_registration_conditions": True}
FAILS: Facts = {"meets_registration_conditions": False}
MAY_CHOOSE = {"filing_choice": "may_choose"}


@claims(
    {
        "who meets the conditions must register": (MEETS, "met"),
        "whatever it would rather do": ({**MEETS, "seeks_filing": True}, "met"),
        "who does not meet them need not": (
            FAILS,
            "not_met conditions; by meets_registration_conditions@三(三)11",
        ),
        "unknown conditions are missing": ({}, "undetermined; missing meets_registration_conditions"),
        "who may choose and chooses filing need not": (
            {**MEETS, "seeks_filing": True, "readings": MAY_CHOOSE},
            "not_met conditions; by not_choosing_filing@三(三)11",
        ),
        "who may choose and does not choose filing must": (
            {**MEETS, "seeks_filing": False, "readings": MAY_CHOOSE},
            "met",
        ),
        "who may choose and has not said": (
            {**MEETS, "readings": MAY_CHOOSE},
            "undetermined; missing seeks_filing",
        ),
        "the choice left open": (
            {**MEETS, "seeks_filing": True, "readings": {"filing_choice": None}},
            "undetermined; open filing_choice",
        ),
    }
)
def test_registration_duty(given: Facts, expected: str) -> None:
    assert told(ask_planned("registration_duty", **given)) == expected


def test_a_filed_organization_that_has_come_to_meet_the_conditions_must_register_unless_it_may_choose() -> None:
    assert told(ask_filed("registration_duty", **MEETS)) == "met"
    assert told(ask_filed("registration_duty", **MEETS, seeks_filing=False, readings=MAY_CHOOSE)) == (
        "not_met conditions; by not_choosing_filing@三(三)11"
    )


FILING = "; gaps filing_classes"
MUST_REGISTER = "not_met conditions; by filing_open@三(三)11"


@claims(
    {
        "who does not meet the conditions may be filed": (FAILS, f"met{FILING}"),
        "who meets them may not": (MEETS, MUST_REGISTER),
        "unknown conditions are missing": ({}, f"undetermined; missing meets_registration_conditions{FILING}"),
        "with a street": ({**FAILS, "filing_office": "街道办事处"}, f"met{FILING}"),
        "with a township": ({**FAILS, "filing_office": "乡镇人民政府"}, f"met{FILING}"),
        "not with the county": (
            {**FAILS, "filing_office": "县级民政部门"},
            "not_met conditions; by filing_office@三(三)11",
        ),
        "who meets them may where there is a choice": ({**MEETS, "readings": MAY_CHOOSE}, f"met{FILING}"),
        "the choice left open": (
            {**MEETS, "readings": {"filing_choice": None}},
            f"undetermined; open filing_choice{FILING}",
        ),
        "the choice left open makes no difference to who does not meet them": (
            {**FAILS, "readings": {"filing_choice": None}},
            f"met{FILING}",
        ),
    }
)
def test_filing_route(given: Facts, expected: str) -> None:
    assert told(ask_planned("filing_route", **given)) == expected
    assert told(ask_filed("filing_route", **given)) == expected


COMPLETE: Facts = {"seeks_filing": True, "filing_materials_complete": True}


@claims(
    {
        "complete materials pass": ({}, "met"),
        "incomplete ones do not": (
            {"filing_materials_complete": False},
            "not_met conditions; by filing_materials_complete@三(三)11",
        ),
        "materials of which nothing is known": (
            {"filing_materials_complete": None},
            "undetermined; missing filing_materials_complete",
        ),
        "who does not ask to be filed": ({"seeks_filing": False}, "not_met conditions; by seeks_filing@三(三)11"),
        "who has not said": ({"seeks_filing": None}, "undetermined; missing seeks_filing"),
        "whether the materials are true is not reviewed": ({"has_false_filing_materials": True}, "met"),
    }
)
def test_filing_review(given: Facts, expected: str) -> None:
    decision = ask_planned("filing_review", **{**COMPLETE, **given})
    assert told(decision) == expected
    assert [row.test for row in decision.checklist or ()] == ["备案材料完整"]


CREDIT = "; gaps credit_measures"


@claims(
    {
        "false materials": ({"has_false_filing_materials": True}, f"met{CREDIT}"),
        "true materials": (
            {"has_false_filing_materials": False},
            "not_met conditions; by filing_materials_false@三(三)11",
        ),
        "unknown": ({}, f"undetermined; missing has_false_filing_materials{CREDIT}"),
    }
)
def test_false_filing(given: Facts, expected: str) -> None:
    assert told(ask_filed("false_filing", **given)) == expected


def test_who_is_registered_needs_no_way_to_registration() -> None:
    for provision in (
        "threshold_lowering", "direct_registration", "registration_duty", "filing_route", "filing_review",
        "false_filing",
    ):  # fmt: skip
        decision = ask(provision, **SERVES, **COMPLETE, **MEETS)
        assert told(decision).startswith(NOT_APPLICABLE)


def test_each_way_names_the_office() -> None:
    assert (ask_planned("direct_registration", **SERVES).result or "").startswith("直接向县级民政部门")
    assert (ask_planned("filing_route", **FAILS).result or "").startswith("由街道办事处（乡镇人民政府）备案")
    duty = ask_planned("registration_duty", **MEETS).duty
    assert duty is not None
    assert duty["who"] == "社区社会组织"
