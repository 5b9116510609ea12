"""三(二)1: 50,000 / 30,000 / 10,000 yuan for a first 5A / 4A / 3A; for a higher grade later, the award is made up."""

import pytest
from yangpu_cases import Facts, ask, by_reading, claims, told

NOTHING = "not_met conditions; by grade_rewarded@三(二)1"


def won(*grades: str) -> list[Facts]:
    """Assessments, each written `3A 2022-01-10`."""
    return [dict(zip(("grade", "announced_on"), g.split(), strict=False)) for g in grades]


def paid(*sums: str) -> list[Facts]:
    """Payments, each written `3A 10000`."""
    return [{"provision": "grade_award", "item": s.split()[0], "amount": s.split()[1]} for s in sums]


def line(assessments: object, payments: object = (), readings: object = None, as_of: str = "2025-06-01") -> str:
    facts = {"assessments": list(assessments) if isinstance(assessments, list) else assessments}
    return told(ask("grade_award", as_of, readings, **facts, payments=payments))  # type: ignore[arg-type]


@claims(
    {
        "5A": (won("5A 2022-01-10"), "met, 50000"),
        "4A": (won("4A 2022-01-10"), "met, 30000"),
        "3A": (won("3A 2022-01-10"), "met, 10000"),
        "2A is not rewarded": (won("2A 2022-01-10"), NOTHING),
        "1A is not rewarded": (won("1A 2022-01-10"), NOTHING),
        "no grade": ([], NOTHING),
        "a grade counts from its announcement": (won("5A 2025-06-01"), "met, 50000"),
        "a grade not announced yet does not exist": (won("5A 2025-06-02"), NOTHING),
        "a grade without its day is assumed": (won("4A"), "met, 30000"),
        "a first 3A after a 2A": (won("2A 2022-01-10", "3A 2023-01-10"), "met, 10000"),
        "3A then 4A comes to the award of 4A": (won("3A 2022-01-10", "4A 2023-01-10"), "met, 30000"),
        "4A then 3A stays at the award of 4A": (won("4A 2022-01-10", "3A 2023-01-10"), "met, 30000"),
        "the same grade again is no first time": (won("3A 2022-01-10", "3A 2023-01-10"), "met, 10000"),
        "unknown assessments": (None, "undetermined, 0..50000; missing assessments; open prior_grade"),
        "a grade that is unknown": (
            [{"announced_on": "2022-01-10"}],
            "undetermined, 0..50000; missing assessments[0].grade",
        ),
    }
)
def test_grade_award(given: object, expected: str) -> None:
    assert line(given, []) == expected


UP = won("3A 2022-01-10", "4A 2023-01-10")
UP_TWICE = [*UP, *won("5A 2024-01-10")]


@claims(
    {
        "3A paid, then 4A: 20000 more": ((UP, paid("3A 10000")), "met, 30000; payable 20000; paid 10000"),
        "3A paid, then 5A: 40000 more": (
            (won("3A 2022-01-10", "5A 2023-01-10"), paid("3A 10000")),
            "met, 50000; payable 40000; paid 10000",
        ),
        "4A paid, then 5A: 20000 more": (
            (won("4A 2022-01-10", "5A 2023-01-10"), paid("4A 30000")),
            "met, 50000; payable 20000; paid 30000",
        ),
        "3A and 4A paid, then 5A: 20000 more": (
            (UP_TWICE, paid("3A 10000", "4A 20000")),
            "met, 50000; payable 20000; paid 30000",
        ),
        "3A paid short, then 4A: the rest is made up": (
            (UP, paid("3A 8000")),
            "met, 30000; payable 22000; paid 8000",
        ),
        "one fen short of the award": (
            (won("3A 2022-01-10"), paid("3A 9999.99")),
            "met, 10000; payable 0.01; paid 9999.99",
        ),
        "the award paid": ((won("3A 2022-01-10"), paid("3A 10000")), "not_met paid, 10000; payable 0; paid 10000"),
        "more than the award paid is not taken back": (
            (won("3A 2022-01-10"), paid("3A 12000")),
            "not_met paid, 10000; payable 0; paid 12000",
        ),
        "4A paid, then 3A: nothing more": (
            (won("4A 2022-01-10", "3A 2023-01-10"), paid("4A 30000")),
            "not_met paid, 30000; payable 0; paid 30000",
        ),
        "unknown payments": ((UP, None), "undetermined, 30000; payable 0..30000; missing payments"),
        "a payment of unknown sum": (
            (UP, [{"provision": "grade_award", "item": "3A"}]),
            "undetermined, 30000; payable 0..30000; missing payments[0].amount",
        ),
        "a payment that does not say for which grade": (
            (UP, [{"provision": "grade_award", "amount": 10000}]),
            "met, 30000; payable 20000; paid 10000",
        ),
    }
)
def test_a_higher_grade_is_made_up_to_its_award(given: tuple[object, object], expected: str) -> None:
    assert line(*given) == expected


BEFORE = won("3A 2020-01-10", "4A 2023-01-10")
FALLEN = won("4A 2022-01-10", "3A 2023-01-10")


@by_reading(
    {
        "first_time": (
            {"assessments": FALLEN},
            {"not_below_earlier": "met, 30000", "literal": "met, 40000", "first_ever": "met, 30000"},
        ),
        "top_up": (
            {"assessments": won("3A 2022-01-10", "5A 2023-01-10"), "payments": paid("3A 10000")},
            {
                "difference": "met, 50000; payable 40000; paid 10000",
                "full": "met, 60000; payable 50000; paid 10000",
            },
        ),
        "top_up_base": (
            {"assessments": UP, "payments": paid("3A 8000")},
            {
                "actually_paid": "met, 30000; payable 22000; paid 8000",
                "nominal": "met, 30000; payable 20000; paid 8000",
            },
        ),
        "next_round": (
            {"assessments": won("3A 2022-01-10", "3A 2023-01-10", "4A 2024-01-10")},
            {"any_later": "met, 30000", "immediately_following": "met, 10000"},
        ),
        "prior_grade": (
            {"assessments": BEFORE},
            {"deducted": "met, 30000; payable 20000", "not_deducted": "met, 30000"},
        ),
        "retroactivity": (
            {"assessments": won("3A 2021-07-20")},
            {"application_date": "met, 10000", "event_since_effect": NOTHING, "event_since_2021": "met, 10000"},
        ),
        "silent_registration_grade_award": (
            {"assessments": won("3A 2022-01-10"), "division": "310115"},
            {"implied": "not_met not_applicable; by registered_here@三(二)1", "not_required": "met, 10000"},
        ),
    }
)
def test_grade_award_under_each_reading(given: Facts, expected: str) -> None:
    assert told(ask("grade_award", "2025-06-01", **given)) == expected


def turned(reading: str, assessments: list[Facts], payments: list[Facts] | None = None) -> str:
    """The decision under readings, each written `name=alternative`."""
    return line(assessments, payments or [], dict(r.split("=") for r in reading.split()))


LITERAL, FIRST_EVER = "first_time=literal", "first_time=first_ever"


@pytest.mark.parametrize(
    ("reading", "grades", "expected"),
    [
        (LITERAL, "4A 2022-01-10, 3A 2023-01-10, 3A 2024-01-10", "met, 40000"),
        (LITERAL, "3A 2022-01-10, 4A 2023-01-10, 3A 2024-01-10", "met, 30000"),
        (LITERAL, "5A 2022-01-10, 4A 2023-01-10, 3A 2024-01-10", "met, 90000"),
        (LITERAL, "4A 2022-01-10, 3A 2022-01-10", "met, 30000"),
        (LITERAL, "3A 2022-01-10, 5A 2023-01-10", "met, 50000"),
        (FIRST_EVER, "2A 2022-01-10, 4A 2023-01-10", NOTHING),
        (FIRST_EVER, "4A 2023-01-10, 2A 2024-01-10", "met, 30000"),
        (FIRST_EVER, "3A 2022-01-10, 4A 2023-01-10", "met, 30000"),
        ("top_up=full", "3A 2022-01-10, 4A 2023-01-10, 5A 2024-01-10", "met, 90000"),
        ("top_up=full", "4A 2022-01-10, 4A 2023-01-10", "met, 30000"),
        ("top_up=full", "2A 2022-01-10, 3A 2023-01-10", "met, 10000"),
        ("top_up=full", "4A 2022-01-10, 3A 2023-01-10", "met, 30000"),
        ("top_up=full", "3A 2022-01-10, 4A 2022-01-10", "met, 40000"),
        ("next_round=immediately_following", "3A 2022-01-10, 4A 2023-01-10, 5A 2024-01-10", "met, 50000"),
        ("next_round=immediately_following", "2A 2022-01-10, 2A 2023-01-10, 3A 2024-01-10", "met, 10000"),
        ("next_round=immediately_following", "4A 2022-01-10, 3A 2023-01-10, 5A 2024-01-10", "met, 30000"),
        ("next_round=immediately_following", "3A 2022-01-10, 2A 2023-01-10, 4A 2024-01-10", "met, 10000"),
        ("next_round=immediately_following", "3A 2022-01-10, 4A 2023-01-10, 4A 2024-01-10", "met, 30000"),
        ("retroactivity=event_since_effect", "3A 2021-07-21", "met, 10000"),
        ("retroactivity=event_since_2021", "3A 2020-12-31", NOTHING),
        ("retroactivity=event_since_2021", "3A 2021-01-01", "met, 10000"),
        # What was first won before is not won first again, and a fall is no first time either.
        ("retroactivity=event_since_effect", "3A 2020-01-10, 3A 2023-01-10", NOTHING),
        ("retroactivity=event_since_effect", "4A 2021-07-20, 3A 2023-01-10", NOTHING),
        ("retroactivity=event_since_effect", "3A 2021-07-21, 3A 2023-01-10", "met, 10000"),
        ("retroactivity=event_since_2021", "3A 2020-12-31, 3A 2023-01-10", NOTHING),
        ("retroactivity=event_since_2021", "3A 2021-01-01, 3A 2023-01-10", "met, 10000"),
        ("retroactivity=event_since_effect first_time=literal", "4A 2020-01-10, 3A 2023-01-10", "met, 10000"),
        ("retroactivity=event_since_effect first_time=literal", "4A 2020-01-10, 3A 2021-07-20", NOTHING),
        ("retroactivity=event_since_effect top_up=full", "3A 2020-01-10, 3A 2023-01-10, 4A 2024-01-10", "met, 30000"),
        ("next_round=immediately_following first_time=literal", "4A 2022-01-10, 3A 2023-01-10", "met, 30000"),
        ("next_round=immediately_following top_up=full", "3A 2022-01-10, 3A 2023-01-10, 4A 2024-01-10", "met, 10000"),
    ],
)
def test_the_readings_of_the_grade_award_turn_on_order_and_days(reading: str, grades: str, expected: str) -> None:
    plain = f"{reading} prior_grade=not_deducted"
    assert turned(plain, won(*grades.split(", "))) == expected
    assert turned(plain, won(*reversed(grades.split(", ")))) == expected


@claims(
    {
        "one grade without its day is not below itself": (won("5A"), "met, 50000"),
        "the same grade, once without its day": (won("3A", "3A 2023-01-01"), "met, 10000"),
        "the highest after a grade that is unknown": (
            [{"announced_on": "2022-01-01"}, *won("5A 2023-01-01")],
            "met, 50000",
        ),
        "the lowest after a grade that is unknown may be below it": (
            [{"announced_on": "2022-01-01"}, *won("3A 2023-01-01")],
            "met, 10000..60000; missing assessments[0].grade",
        ),
        "a lower grade may come after one without its day": (
            won("4A", "3A 2023-01-01"),
            "met, 30000..40000; missing assessments[0].announced_on",
        ),
    }
)
def test_what_is_not_known_leaves_a_second_award_open_only_where_a_higher_grade_may_stand_before(
    given: list[Facts], expected: str
) -> None:
    assert turned(f"{LITERAL} prior_grade=not_deducted", given) == expected


DEDUCTED, NOMINAL = "prior_grade=deducted", "top_up_base=nominal"


@claims(
    {
        "left open, the earlier grade may be deducted or not": (
            ("first_time=not_below_earlier", BEFORE, []),
            "met, 30000; payable 20000..30000; open prior_grade",
        ),
        "won the day before the effect": (
            (DEDUCTED, won("3A 2021-07-20", "4A 2023-01-10"), []),
            "met, 30000; payable 20000",
        ),
        "won on the day of effect": ((DEDUCTED, won("3A 2021-07-21", "4A 2023-01-10"), []), "met, 30000"),
        "risen on the day of effect": (
            (DEDUCTED, won("3A 2020-01-10", "4A 2021-07-21"), []),
            "met, 30000; payable 20000",
        ),
        "risen before the effect": ((DEDUCTED, won("3A 2020-01-10", "4A 2021-07-20"), []), "met, 30000"),
        "not risen since": ((DEDUCTED, won("4A 2020-01-10", "4A 2023-01-10"), []), "met, 30000"),
        "fallen since": ((DEDUCTED, won("4A 2020-01-10", "3A 2023-01-10"), []), "met, 30000"),
        "the best of the earlier grades is deducted": (
            (DEDUCTED, won("4A 2020-01-10", "3A 2019-01-10", "5A 2023-01-10"), []),
            "met, 50000; payable 20000",
        ),
        "what was paid since is deducted beside it": (
            (DEDUCTED, [*BEFORE, *won("5A 2024-01-10")], paid("4A 20000")),
            "met, 50000; payable 20000; paid 20000",
        ),
        "what was paid for it is not deducted twice": (
            (DEDUCTED, [*BEFORE, *won("5A 2024-01-10")], paid("3A 10000", "4A 20000")),
            "met, 50000; payable 20000; paid 30000",
        ),
        "what was paid for it above its award is deducted": (
            (DEDUCTED, BEFORE, paid("3A 12000")),
            "met, 30000; payable 18000; paid 12000",
        ),
        "what was paid for it below its award is not all that is deducted": (
            (DEDUCTED, BEFORE, paid("3A 8000")),
            "met, 30000; payable 20000; paid 8000",
        ),
        "not deducted, only payments count": (
            ("prior_grade=not_deducted", BEFORE, paid("3A 8000")),
            "met, 30000; payable 22000; paid 8000",
        ),
        "nominal, two rises": (
            (NOMINAL, UP_TWICE, paid("3A 8000", "4A 19000")),
            "met, 50000; payable 20000; paid 27000",
        ),
        "nominal, the last rise paid": (
            (NOMINAL, UP_TWICE, paid("3A 8000", "4A 19000", "5A 20000")),
            "not_met paid, 50000; payable 0; paid 47000",
        ),
        "nominal, the last rise paid short": (
            (NOMINAL, UP_TWICE, paid("3A 8000", "4A 19000", "5A 19999.99")),
            "met, 50000; payable 0.01; paid 46999.99",
        ),
        "nominal, the present grade paid short": (
            (NOMINAL, won("4A 2022-01-10"), paid("4A 10000")),
            "met, 30000; payable 20000; paid 10000",
        ),
        "nominal, an earlier grade paid above its award": (
            (NOMINAL, UP, paid("3A 12000")),
            "met, 30000; payable 20000; paid 12000",
        ),
        "nominal, a payment of nothing": ((NOMINAL, won("4A 2022-01-10"), paid("4A 0")), "met, 30000"),
        "nominal, the same grade again tops nothing up": (
            (NOMINAL, won("3A 2022-01-10", "3A 2023-01-10"), paid("3A 8000")),
            "met, 10000; payable 2000; paid 8000",
        ),
        "nominal, of two grades of one day neither tops the other up": (
            (NOMINAL, won("3A 2022-01-10", "4A 2022-01-10"), paid("3A 8000")),
            "met, 30000; payable 22000; paid 8000",
        ),
        "nominal, an earlier grade never paid": ((NOMINAL, UP, []), "met, 30000"),
        "nominal, a grade paid after a fall": (
            (f"{NOMINAL} {LITERAL}", FALLEN, paid("4A 30000", "3A 9000")),
            "met, 40000; payable 1000; paid 39000",
        ),
        "nominal, payments name the pack": (
            (NOMINAL, UP, [{**paid("3A 8000")[0], "provision": "yangpu.grade_award"}]),
            "met, 30000; payable 20000; paid 8000",
        ),
        "nominal, a payment that names the assessment by its id": (
            (NOMINAL, [{**UP[0], "id": "a"}, UP[1]], paid("a 8000")),
            "met, 30000; payable 20000; paid 8000",
        ),
        "nominal and deducted": (
            (f"{NOMINAL} {DEDUCTED}", [*BEFORE, *won("5A 2024-01-10")], paid("4A 19000")),
            "met, 50000; payable 20000; paid 19000",
        ),
        "nominal and deducted, nothing paid": ((f"{NOMINAL} {DEDUCTED}", BEFORE, []), "met, 30000; payable 20000"),
        "full, both grades paid": (
            (f"top_up=full {NOMINAL}", UP, paid("3A 10000", "4A 30000")),
            "not_met paid, 40000; payable 0; paid 40000",
        ),
        "full, the higher grade paid short": (
            (f"top_up=full {NOMINAL}", UP, paid("3A 8000", "4A 30000")),
            "met, 40000; payable 2000; paid 38000",
        ),
        "other payments are no part of it": (
            (NOMINAL, UP, [{"provision": "opening_subsidy", "amount": 5000}]),
            "met, 30000",
        ),
    }
)
def test_what_an_earlier_grade_takes_off(given: tuple[str, list[Facts], list[Facts]], expected: str) -> None:
    assert turned(*given) == expected


def test_a_single_grade_since_the_effect_depends_on_no_reading() -> None:
    decision = ask("grade_award", assessments=won("3A 2022-01-10"))
    assert (decision.clause, decision.kind) == ("三(二)1", "grant")
    assert decision.depends_on == ()
