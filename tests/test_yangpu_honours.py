"""三(二)2: an organization registered here gets 80,000 yuan for a national honour, 50,000 for a municipal one."""

from yangpu_cases import Facts, ask, by_reading, claims, items, told

HONOUR = {"name": "甲奖", "level": "国家级", "holder": "organization", "awarded_on": "2022-12-01"}
CITY = {**HONOUR, "name": "乙奖", "level": "市级", "awarded_on": "2022-05-01"}
NANJING = {**CITY, "granted_in": "320100"}
NATIONAL, MUNICIPAL = "met, 80000", "met, 50000"
NO_LEVEL = "not_met conditions; by honour_level@三(二)2"
NO_HONOUR = "not_met conditions; by 所获荣誉@三(二)2"


@claims(
    {
        "a national honour": ([HONOUR], NATIONAL),
        "a municipal honour": ([CITY], MUNICIPAL),
        "an honour of the district": ([{**HONOUR, "level": "区级"}], NO_LEVEL),
        "both": ([HONOUR, CITY], "met, 130000"),
        "two municipal ones": ([CITY, {**CITY, "name": "丙奖"}], "met, 100000"),
        "a municipal honour given in the district": ([{**CITY, "granted_in": "310110"}], MUNICIPAL),
        "a municipal honour of another city": ([NANJING], NO_LEVEL),
        "a national honour given in another city": ([{**HONOUR, "granted_in": "320100"}], NATIONAL),
        "an honour of the staff": (
            [{**HONOUR, "holder": "staff"}],
            "not_met conditions; by honour_holder@三(二)2",
        ),
        "an honour of unknown holder": (
            [{**HONOUR, "holder": None}],
            "undetermined, 80000; missing honours[0].holder",
        ),
        "an honour of unknown level": (
            [{**HONOUR, "level": None}],
            "undetermined, 0..80000; missing honours[0].level",
        ),
        "an honour without its day is assumed": ([{**HONOUR, "awarded_on": None}], NATIONAL),
        "an honour of today": ([{**HONOUR, "awarded_on": "2023-06-01"}], NATIONAL),
        "an honour of tomorrow does not exist yet": ([{**HONOUR, "awarded_on": "2023-06-02"}], NO_HONOUR),
        "no honour": ([], NO_HONOUR),
        "unknown honours": (None, "undetermined, 0..?; missing honours"),
        "honours that may not be all": (
            {"items": [HONOUR], "complete": False},
            "met, 80000; missing honours",
        ),
    }
)
def test_honour_award(given: object, expected: str) -> None:
    assert told(ask("honour_award", honours=given)) == expected


def test_a_payment_uses_up_the_honour_that_it_names() -> None:
    payment = {"provision": "honour_award", "item": "甲奖", "amount": 80000}
    assert told(ask("honour_award", honours=[HONOUR], payments=[payment])) == (
        "not_met paid, 80000; payable 0; paid 80000"
    )
    decision = ask("honour_award", honours=[HONOUR, CITY], payments=[payment])
    assert told(decision) == "met, 50000; paid 80000"
    assert items(decision) == ["not_met paid, 80000; payable 0; paid 80000", "met, 50000"]


def test_unknown_payments_leave_an_honour_open() -> None:
    assert told(ask("honour_award", honours=[HONOUR], payments=None)) == (
        "undetermined, 80000; payable 0..80000; missing payments"
    )


SAME = {**CITY, "name": "丙奖", "matter": "助老", "awarded_on": "2023-02-01"}
THREE = [{**HONOUR, "matter": "助老"}, {**CITY, "matter": "助残"}, SAME]


@by_reading(
    {
        "honour_unit": (
            {"honours": THREE},
            {
                "per_honour": "met, 180000",
                "highest_only": "met, 80000",
                "highest_per_year": "met, 130000",
                "same_matter_once": "met, 130000",
            },
        ),
        "honour_level": ({"honours": [NANJING]}, {"shanghai": NO_LEVEL, "any_city": MUNICIPAL}),
        "honour_holder": (
            {"honours": [{**HONOUR, "holder": "staff"}]},
            {"organization": "not_met conditions; by honour_holder@三(二)2", "staff_too": NATIONAL},
        ),
        "retroactivity": (
            {"honours": [{**HONOUR, "awarded_on": "2021-07-20"}]},
            {
                "application_date": NATIONAL,
                "event_since_effect": "not_met conditions; by honour_counts@三(二)2",
                "event_since_2021": NATIONAL,
            },
        ),
    }
)
def test_honour_award_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("honour_award", **given)) == expected


GRANTED, YIELDS = "met", "not_met conditions"


def granted(alternative: str, *honours: Facts, **readings: str) -> list[str]:
    decision = ask("honour_award", honours=list(honours), readings={"honour_unit": alternative, **readings})
    return [line.partition(",")[0] for line in items(decision)]


def test_which_honours_are_rewarded_depends_on_the_unit() -> None:
    assert granted("per_honour", *THREE) == [GRANTED] * 3
    assert granted("highest_only", *THREE) == [GRANTED, YIELDS, YIELDS]
    assert granted("highest_per_year", *THREE) == [GRANTED, YIELDS, GRANTED]
    assert granted("same_matter_once", *THREE) == [GRANTED, GRANTED, YIELDS]


def test_of_two_equal_honours_the_earlier_is_rewarded() -> None:
    earlier, later = CITY, {**CITY, "name": "丙奖", "awarded_on": "2022-05-02"}
    for unit in ("highest_only", "highest_per_year"):
        assert granted(unit, earlier, later) == [GRANTED, YIELDS]
        assert granted(unit, later, earlier) == [YIELDS, GRANTED]
    assert granted("highest_per_year", earlier, {**later, "awarded_on": "2023-01-01"}) == [GRANTED, GRANTED]


def test_an_honour_yields_only_to_one_that_is_rewarded() -> None:
    assert granted("highest_only", {**HONOUR, "holder": "staff"}, CITY) == [YIELDS, GRANTED]
    assert granted("highest_only", {**NANJING, "awarded_on": "2022-01-01"}, CITY) == [YIELDS, GRANTED]
    early = {**HONOUR, "awarded_on": "2021-07-20"}
    assert granted("highest_only", early, CITY, retroactivity="event_since_effect") == [YIELDS, GRANTED]
    assert granted("highest_only", early, CITY) == [GRANTED, YIELDS]


def test_an_honour_that_yields_names_the_unit() -> None:
    decision = ask("honour_award", honours=[HONOUR, CITY], readings={"honour_unit": "highest_only"})
    alone = ask("honour_award", honours=[{**CITY, "holder": "staff"}], readings={"honour_unit": "highest_only"})
    assert decision.items is not None
    assert told(alone) == "not_met conditions; by honour_holder@三(二)2"
    assert {step["id"] for step in decision.trace["derivations"][1]["when"]["parts"] if step["truth"] is False} == {
        "honour_unit"
    }
