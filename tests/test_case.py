import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from case_strategies import ANYTHING, EXACT, KINDS, OWN, cases
from hypothesis import HealthCheck, given, settings

from socorg_rules.calendar import NEVER
from socorg_rules.case import Case, read_case, read_case_text
from socorg_rules.errors import CaseError
from socorg_rules.facts import Items, OwnFacts, Payment, Record
from socorg_rules.value import uscc_check_character
from socorg_rules.vocabulary import Assessment, Honour, Office, Organization, Project

WRONG = sorted((Path(__file__).parent / "wrong_cases").iterdir())

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(source: object, own: tuple[OwnFacts, ...] = OWN) -> Case:
    return read_case(source, KINDS, own)


def organization(**facts: object) -> dict[str, object]:
    return dict(read({"organization": facts}).record.values)


def problems(source: object) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read(source)
    return [str(p) for p in caught.value.problems]


def complaint(**facts: object) -> str:
    (only,) = problems({"organization": facts})
    return only


def told_of(path: Path) -> list[str]:
    """What is said of the text of a file that is wrong."""
    with pytest.raises(CaseError) as caught:
        read_case_text(path.read_bytes(), KINDS, OWN, form=path.suffix[1:], name=path.name)  # type: ignore[arg-type]
    return str(caught.value).splitlines()


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.name)
def test_a_case_lists_every_mistake_in_the_stored_words(path: Path, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"{path.name}.txt", "\n".join(told_of(path)) + "\n")


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.name)
def test_a_file_reads_like_its_text(path: Path) -> None:
    assert problems(path) == [line.replace(path.name, str(path)) for line in told_of(path)]


def test_values_are_stored_exactly() -> None:
    assert organization(
        registered_capital="1234.5",
        income_share_state=Decimal("0.35"),
        income_share_donations="0.50",
        established_on=dt.date(2020, 6, 1),
        applied_on="never",
        status="已登记",
        stage="初创期",
        is_small=False,
        division="310110",
        fields=["养老", "助残"],
        name=" 名 ",
    ) == {
        "registered_capital": 123450,
        "income_share_state": Fraction(7, 20),
        "income_share_donations": Fraction(1, 2),
        "established_on": dt.date(2020, 6, 1),
        "applied_on": NEVER,
        "status": "registered",
        "stage": "初创期",
        "is_small": False,
        "division": "310110",
        "fields": ("养老", "助残"),
        "name": " 名 ",
    }


@pytest.mark.parametrize("sum_", [30000, Decimal(30000), Decimal("3E+4"), "30000", "30000.0", "030000.00"])
def test_a_sum_is_the_same_however_it_is_written(sum_: object) -> None:
    assert organization(registered_capital=sum_) == {"registered_capital": 3000000}


@pytest.mark.parametrize(
    "sum_",
    [
        0.5,
        30000.0,
        True,
        "1e3",
        "+1",
        "-1",
        "1,000",
        "1.005",
        "",
        "１０",
        "1.",
        ".5",
        "1 ",
        "Infinity",
        -1,
        10**15,
        [1],
    ],
)
def test_what_is_no_sum_of_yuan_is_refused(sum_: object) -> None:
    assert complaint(registered_capital=sum_).startswith("organization.registered_capital: ")


def test_a_binary_fraction_is_refused_with_its_remedy() -> None:
    assert complaint(registered_capital=0.1) == (
        "organization.registered_capital: expected a sum in yuan, got binary fraction `0.1`; "
        'a binary fraction is not exact: write it in quotes, "0.1"'
    )


@pytest.mark.parametrize("number", ["7", 7, Decimal("7.000"), "7.0"])
def test_a_whole_number_is_stored_as_one(number: object) -> None:
    values = read({"jurisdiction": {"township_count": number}}).record.values
    assert values == {"township_count": 7}
    assert isinstance(values["township_count"], int)


def test_nothing_is_unknown() -> None:
    assert organization(name=None, offices=None, fields=None, toyland=None) == {}


def test_an_empty_list_is_known_to_be_empty() -> None:
    values = organization(offices=[], fields=[])
    assert values["fields"] == ()
    assert values["offices"].records == ()  # type: ignore[attr-defined]
    assert values["offices"].complete  # type: ignore[attr-defined]


@pytest.mark.parametrize("complete", [True, False])
def test_a_collection_can_be_open(complete: bool) -> None:  # noqa: FBT001 - parametrized
    offices = organization(offices={"items": [{"division": "310110"}], "complete": complete})["offices"]
    assert isinstance(offices, Items)
    assert offices.complete is complete
    assert [r.values for r in offices.records] == [{"division": "310110"}]


def test_an_item_has_the_same_path_in_an_open_collection() -> None:
    assert complaint(offices={"items": [{"division": "x"}], "complete": False}).startswith(
        "organization.offices[0].division: "
    )


@pytest.mark.parametrize(
    "given", [{"items": []}, {"complete": False}, {"items": [], "complete": 0}, {"items": {}, "complete": True}, {}]
)
def test_an_open_collection_says_both_what_it_holds_and_whether_that_is_all(given: object) -> None:
    assert complaint(offices=given).startswith("organization.offices")


@pytest.mark.parametrize(
    "day", ["2023-02-30", "2023-2-3", "20230203", "1799-12-31", "3000-01-01", "9999-12-31", "Never", "２０23-01-01"]
)
def test_what_is_no_day_is_refused(day: str) -> None:
    assert complaint(established_on=day).startswith("organization.established_on: ")


def test_a_date_with_a_time_is_refused() -> None:
    assert "date with a time" in complaint(established_on=dt.datetime(2020, 6, 1, tzinfo=dt.UTC))


@pytest.mark.parametrize("code", ["31", "3101", "310110", "310110001", "310110001002"])
def test_a_division_has_2_4_6_9_or_12_digits(code: str) -> None:
    assert organization(division=code) == {"division": code}


@pytest.mark.parametrize("code", ["3", "310", "31011", "3101100", "３１", "31011x", 310110, True, ""])
def test_what_is_no_division_code_is_refused(code: object) -> None:
    assert complaint(division=code).startswith("organization.division: ")


def test_every_single_slip_in_a_credit_code_is_found() -> None:
    right = "91350100M000100Y43"
    assert organization(uscc=right) == {"uscc": right}
    for i, old in enumerate(right):
        for new in "0123456789ABCDEFGHJKLMNPQRTUWXY":
            if new != old:
                assert "check character" in complaint(uscc=right[:i] + new + right[i + 1 :])


def test_published_credit_codes_have_the_right_check_character() -> None:
    for code in ("91350100M000100Y43", "91110000600037341L", "91440300708461136T"):
        assert uscc_check_character(code) == code[-1]


def test_items_with_one_id_are_refused() -> None:
    assert complaint(honours=[{"id": "a"}, {"id": "b"}, {"id": "a"}]) == (
        "organization.honours[2].id: `a` is already the id of organization.honours[0]"
    )


def test_packs_own_facts_stand_under_the_name_of_the_pack() -> None:
    source = {"organization": {"toyland": {"rank": 3}, "payments": [{"toyland": {"stamped": True}}]}}
    case = read(source)
    assert case.record.values["toyland.rank"] == 3
    assert case.record.values["payments"].records[0].values == {"toyland.stamped": True}
    assert case.to_dict() == source


def test_own_facts_of_a_pack_that_is_not_there_are_unknown() -> None:
    with pytest.raises(CaseError, match=r"^organization\.toyland: no such fact"):
        read({"organization": {"toyland": {"rank": 3}}}, own=())


def test_entities_built_in_code_read_like_their_file() -> None:
    built = Organization(
        name="甲",
        registered_capital=30000,
        established_on=dt.date(2020, 6, 1),
        assessments=[Assessment(grade="5A"), Assessment()],
        offices={"items": [Office(leased_until=NEVER)], "complete": False},
        payments=(Payment(amount=100),),
    )
    built.own = {"toyland": {"motto": "甲"}}  # type: ignore[attr-defined]
    in_a_file = {
        "organization": {
            "name": "甲",
            "established_on": "2020-06-01",
            "registered_capital": "30000.00",
            "assessments": [{"grade": "5A"}, {}],
            "offices": {"items": [{"leased_until": "never"}], "complete": False},
            "payments": [{"amount": "100.00"}],
            "toyland": {"motto": "甲"},
        }
    }
    for source in (built, {"organization": built}):
        assert read(source).to_dict() == in_a_file
    assert read(in_a_file).to_dict() == in_a_file


def test_an_entity_in_the_place_of_another_is_refused() -> None:
    assert complaint(honours=[Office()]) == (
        "organization.honours[0]: expected an object with the facts of `honour`, got the entity `office`"
    )
    assert (
        complaint(honours=Honour())
        == "organization.honours: expected a list, got the entity `honour`; write [ ] around it"
    )
    assert "got the entity `project`" in problems({"organization": Project()})[0]
    assert "got the entity `honour`" in problems(Honour())[0]


def test_mistakes_in_an_entity_built_in_code_have_their_paths() -> None:
    built = Organization(assessments=[Assessment(grade="6A")], is_small=1)  # type: ignore[arg-type]
    built.own = {"toyland": {"rnk": 1}, "name": {"x": 1}}  # type: ignore[attr-defined]
    paths = [line.partition(":")[0] for line in problems(built)]
    assert paths == [
        "organization.is_small",
        "organization.assessments[0].grade",
        "organization.toyland.rnk",
        "organization.name",
    ]
    built = Organization()
    built.own = []  # type: ignore[attr-defined]
    assert problems(built) == ["organization.own: expected an object of packs, got a list"]


@pytest.mark.parametrize(
    "source",
    [{}, [], None, 3, b"x", Organization, {"organization": None}, {"organization": {}, "project": {}}, {1: {}}],
)
def test_a_case_is_about_one_root_entity(source: object) -> None:
    assert problems(source)


def test_any_mapping_is_an_object() -> None:
    assert read(OrderedDict(organization=OrderedDict(name="a"))).to_dict() == {"organization": {"name": "a"}}


def test_a_name_that_comes_twice_is_found_wherever_it_stands() -> None:
    for form, text in {
        "json": '{"project": {"amount": 1, "amount": 1}, "project": {}, "x": 1}',
        "yaml": "project: {amount: 1, amount: 1}\nproject: {}\nx: 1",
    }.items():
        with pytest.raises(CaseError) as caught:
            read_case_text(text, KINDS, form=form)  # type: ignore[arg-type]
        assert [p.path for p in caught.value.problems] == ["project", "x"]


def test_messages_stay_on_one_line_and_short() -> None:
    line = complaint(division="a\nb\x1b" + "x" * 1000)
    assert line.endswith(f", got text `a\\nb\\x1b{'x' * 52}…`")


@unhurried
@given(cases())
def test_every_sound_case_is_read_and_comes_back_as_it_was(source: dict[str, object]) -> None:
    plain = read(source).to_dict()
    assert read(plain).to_dict() == plain
    assert read_case_text(json.dumps(plain), KINDS, OWN).to_dict() == plain


def test_a_number_is_written_with_all_its_zeros() -> None:
    plain = read({"organization": {"income_share_state": "0.00000025"}}).to_dict()
    assert plain == {"organization": {"income_share_state": "0.00000025"}}
    assert read(plain).to_dict() == plain


@unhurried
@given(cases())
def test_stored_values_survive_the_round_trip(source: dict[str, object]) -> None:
    def values(record: Record) -> dict[str, object]:
        return {
            k: ([values(r) for r in v.records], v.complete) if isinstance(v, Items) else v
            for k, v in record.values.items()
        }

    case = read(source)
    again = read(case.to_dict())
    assert again.root is case.root
    assert values(again.record) == values(case.record)


def outcome(source: object) -> Case | CaseError:
    try:
        return read(source)
    except CaseError as error:
        return error


def answers(source: object) -> None:
    found = outcome(source)
    if isinstance(found, Case):
        assert read(found.to_dict()).to_dict() == found.to_dict()
    else:
        assert found.problems
        assert all(p.message and "\n" not in str(p) for p in found.problems)


@unhurried
@given(cases(ANYTHING | EXACT))
def test_a_noisy_case_gives_a_case_or_says_what_is_wrong(source: dict[str, object]) -> None:
    answers(source)


@unhurried
@given(ANYTHING.filter(lambda v: not isinstance(v, str)))
def test_anything_gives_a_case_or_says_what_is_wrong(source: object) -> None:
    answers(source)
    answers({"organization": source})
