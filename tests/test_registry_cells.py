"""One cell of a table: what a case takes, a table takes, and what a case refuses is refused in the same words."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from registries import cleaned, of_one, rows, told

from socorg_rules import CaseError, load_case
from socorg_rules.calendar import NEVER
from socorg_rules.facts import ELEMENTS, Fact, Type, entity_type
from socorg_rules.registry.cells import FALSE, TRUE
from socorg_rules.strategies import values
from socorg_rules.value import read_value
from socorg_rules.vocabulary import Organization

ORGANIZATION = entity_type(Organization)
FACTS = {name: fact for name, fact in ORGANIZATION.facts.items() if fact.of is None and name != "id"}
PLAIN = {name: fact for name, fact in FACTS.items() if fact.type not in ELEMENTS}
TEXT_ONLY = sorted(name for name, fact in PLAIN.items() if fact.type is not Type.YES_NO)


def stored(fact: Fact, value: Any) -> Any:  # noqa: ANN401
    """The value of a case as a clean table holds it."""
    return int(value * 10**6) if fact.type is Type.NUMBER and not fact.whole else value


def without_hint(text: str) -> str:
    """A message without the nearest right words, which a table cannot look for."""
    return re.sub(r"; (did you mean|known:) .*", "", text)


def told_by_case(fact: str, value: object) -> list[tuple[str, str]]:
    with pytest.raises(CaseError) as error:
        load_case({"organization": {fact: value}})
    return [(p.path, without_hint(p.message)) for p in error.value.problems]


def told_by_table(fact: str, value: object) -> list[tuple[str, str]]:
    return [(path, without_hint(message)) for _, path, message in told(cleaned(of_one(**{fact: value})))]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_a_case_takes_as_text_a_table_takes_as_the_same_value(data: st.DataObject) -> None:
    facts = data.draw(st.lists(st.sampled_from(TEXT_ONLY), min_size=1, max_size=12, unique=True))
    given_ = {name: data.draw(values(PLAIN[name])) for name in facts}
    texts = {name: str(value) for name, value in given_.items()}
    large = [n for n, v in given_.items() if PLAIN[n].type in {Type.MONEY, Type.NUMBER} and _too_large(PLAIN[n], v)]
    clean = cleaned(of_one(**texts))
    if large:
        assert [path for _, path, _ in told(clean)] == [f"organization.{n}" for n in sorted(large)]
    else:
        (found,) = rows(clean)["organization"]
        assert found == {"row": "a", **{n: stored(PLAIN[n], read_value(PLAIN[n], t)) for n, t in texts.items()}}


def _too_large(fact: Fact, value: Any) -> bool:  # noqa: ANN401
    return Decimal(value) >= (10**11 if fact.type is Type.MONEY else 10**9)


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("status", "registerd"),
        ("status", ""),
        ("name", "  \u3000"),
        ("uscc", "91350100M000100Y44"),
        ("uscc", "91350100m000100y43"),
        ("uscc", "91350100I000100Y43"),
        ("uscc", "9135"),
        ("division", "31011"),
        ("established_on", "2021-02-29"),
        ("established_on", "1900-02-29"),
        ("established_on", "2023-04-31"),
        ("established_on", "2023-13-01"),
        ("established_on", "1799-12-31"),
        ("established_on", "9999-12-31"),
        ("established_on", "Never"),
        ("established_on", "2023-06-01\n"),
        ("established_on", dt.date(1799, 12, 31)),
        ("established_on", dt.date(3000, 1, 1)),
        ("registered_capital", "1.005"),
        ("registered_capital", "1,000"),
        ("registered_capital", "-1"),
        ("registered_capital", -1),
        ("registered_capital", Decimal("-0.01")),
        ("registered_capital", Decimal("0.001")),
        ("income_share_state", "1.5"),
        ("income_share_state", "-0.5"),
        ("income_share_state", "50%"),
        ("income_share_state", Decimal("1.000001")),
        ("is_rural", "x"),
    ],
)
def test_what_a_case_refuses_a_table_refuses_in_the_same_words(fact: str, value: object) -> None:
    assert told_by_table(fact, value) == told_by_case(fact, value)


@pytest.mark.parametrize("value", ["2020-02-29", "2000-02-29", "1800-01-01", "2999-12-31", "2023-04-30"])
def test_a_day_at_an_end_of_the_calendar_is_one(value: str) -> None:
    (found,) = rows(cleaned(of_one(established_on=value)))["organization"]
    assert found["established_on"] == dt.date.fromisoformat(value)


def test_the_word_never_and_its_date_are_the_date_that_there_is_not() -> None:
    for value in ("never", NEVER):
        (found,) = rows(cleaned(of_one(established_on=value)))["organization"]
        assert found["established_on"] == NEVER


def test_a_day_with_midnight_as_its_time_is_that_day_and_no_other_time_is() -> None:
    midnight, noon = dt.datetime(2023, 6, 1), dt.datetime(2023, 6, 1, 12)  # noqa: DTZ001 - a day has no time zone
    for value in (midnight, "2023-06-01 00:00:00"):
        assert rows(cleaned(of_one(established_on=value)))["organization"][0]["established_on"] == dt.date(2023, 6, 1)
    ((path, message),) = told_by_table("established_on", noon)
    assert (path, message.partition(" `")[0]) == (
        "organization.established_on",
        "expected a date, got date with a time",
    )


@pytest.mark.parametrize("text", [*TRUE, *FALSE])
def test_yes_and_no_are_read_from_text(text: str) -> None:
    (found,) = rows(cleaned(of_one(is_rural=text)))["organization"]
    assert found["is_rural"] is (text in TRUE)


@pytest.mark.parametrize(
    ("value", "fen"),
    [(0.1, 10), (0.29, 29), (30000.0, 3_000_000), (123_456_789.01, 12_345_678_901), (1.000_000_5, 100), (7, 700)],
)
def test_a_binary_fraction_within_a_millionth_of_a_yuan_of_a_fen_is_that_sum(value: float, fen: int) -> None:
    (found,) = rows(cleaned(of_one(registered_capital=value)))["organization"]
    assert found["registered_capital"] == fen


@pytest.mark.parametrize(
    ("fact", "value", "message"),
    [
        ("registered_capital", 0.001, "`0.001` is finer than a fen; write at most two decimals"),
        ("registered_capital", 1.000_01, "`1.00001` is finer than a fen; write at most two decimals"),
        ("registered_capital", -1.0, "`-1.0` is less than 0 元, the least it can be"),
        ("registered_capital", float("nan"), "expected a sum in yuan, got binary fraction `nan`; write digits and at"),
        ("registered_capital", 1e11, "`100000000000.0` is 100000000000 or more, and tables hold less"),
        ("registered_capital", 10**11, "`100000000000` is 100000000000 or more, and tables hold less"),
        ("registered_capital", "100000000000.00", "`100000000000.00` is 100000000000 or more, and tables hold less"),
        ("income_share_state", 1 / 3, "`0.3333333333333333` has more than 6 decimals, and tables hold no more"),
        ("income_share_state", "0.1234567", "`0.1234567` has more than 6 decimals, and tables hold no more"),
        ("income_share_state", float("inf"), "expected a number, got binary fraction `inf`; write digits, with a"),
    ],
)
def test_a_number_that_a_table_cannot_hold_exactly_is_refused(fact: str, value: object, message: str) -> None:
    ((_, found),) = told_by_table(fact, value)
    assert found.startswith(message)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("养老、助残", ["养老", "助残"]),
        ("养老; 助残；社区", ["养老", "助残", "社区"]),
        ("养老", ["养老"]),
        ("无", []),
        (["养老"], ["养老"]),
        ([], []),
    ],
)
def test_lists_are_read_from_lists_and_from_text(value: object, expected: list[str]) -> None:
    (found,) = rows(cleaned(of_one(fields=value)))["organization"]
    assert found["fields"] == expected


@pytest.mark.parametrize(
    ("fact", "value", "message"),
    [
        ("fields", "", "the text is empty; leave out what is not known, write 无 for an empty list"),
        ("fields", "养老、", "`养老、` is no list of texts"),
        ("fields", ["养老", None], "`养老、 ` is no list of texts"),
        (
            "fields",
            "养老服务，社区治理",
            "`养老服务，社区治理` may be one or several, as it holds a comma; write `、` between",
        ),
        ("fields", "a,b、c", "`a,b、c` may be one or several, as it holds a comma; write `、` between"),
        ("fields", "养老、养老", "`养老、养老`: something is listed more than once; keep one"),
        ("disclosed", "组织人员、资产", "`组织人员、资产` is no list of values of this fact"),
        ("disclosed", ["资产"], "`资产` is no list of values of this fact"),
    ],
)
def test_a_list_with_something_wrong_in_it_is_told_as_a_whole(fact: str, value: object, message: str) -> None:
    assert told_by_table(fact, value) == [(f"organization.{fact}", message)]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    facts = {"status": "x", "division": "1", "is_rural": "y", "registered_capital": "z"}
    assert [path for path, _ in (p for f in facts for p in told_by_table(f, facts[f]))] == sorted(
        (f"organization.{f}" for f in facts), key=lambda p: list(facts).index(p.partition(".")[2])
    )
    assert len(told(cleaned(of_one(**facts)))) == len(facts)


@pytest.mark.parametrize(
    "written",
    [
        "2022-3-1", "2022/3/1", "2022/03/01", "2022.3.1", "2022年3月1日", "2022年03月01日", "２０２２年３月１日",
        "２０２２－０３－０１", "2022-03-01 00:00:00", "2022-03-01T00:00:00", "2022/3/1 00:00:00.000",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_form_that_leaves_no_doubt(written: str) -> None:
    assert rows(cleaned(of_one(established_on=written)))["organization"][0]["established_on"] == dt.date(2022, 3, 1)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2022年2月30日", "`2022年2月30日` is no day of the calendar"),
        ("2022/3-1", "expected a date, got text `2022/3-1`; write YYYY-MM-DD or never"),
        ("2022年3月", "expected a date, got text `2022年3月`; write YYYY-MM-DD or never"),
        ("3/1/2022", "expected a date, got text `3/1/2022`; write YYYY-MM-DD or never"),
        ("2022-03-01 08:30:00", "expected a date, got text `2022-03-01 08:30:00`; write YYYY-MM-DD or never"),
    ],
)
def test_a_day_in_doubt_is_told(written: str, message: str) -> None:
    assert told_by_table("established_on", written) == [("organization.established_on", message)]


def test_digits_of_full_width_are_digits() -> None:
    facts = {"registered_capital": "３００００．５０", "income_share_state": "０．２５", "division": "３１０１１０"}
    (found,) = rows(cleaned(of_one(**facts)))["organization"]
    expected = {"registered_capital": 3_000_050, "income_share_state": 250_000, "division": "310110"}
    assert {name: found[name] for name in facts} == expected


@pytest.mark.parametrize("written", ["10万", "１０万元", "1.5亿", "3 万"])
def test_a_sum_counted_in_ten_thousands_is_told_how_to_be_written(written: str) -> None:
    told_ = f"`{written}` counts in 万 or 亿; write all digits, as in 100000 for 10万"
    assert told_by_table("registered_capital", written) == [("organization.registered_capital", told_)]


def test_a_long_value_is_cut_and_kept_on_one_line() -> None:
    ((_, message),) = told_by_table("status", "长\n" * 100)
    assert message.startswith("`长\\n长\\n")
    assert "…` is no value of this fact" in message


def test_duckdb_says_the_same_of_every_kind_of_cell() -> None:
    tables = {
        "organization": pl.DataFrame(
            {
                "row": list("abcdef"),
                "status": ["x", "已登记", "", None, "planned", "x" * 99],
                "uscc": ["91350100M000100Y44", "91350100M000100Y43", "x", None, "91350100m000100Y43", " "],
                "established_on": ["2021/2/29", "２０２０年２月29日", "never", "1700-01-01", "2020.3.1", "9999-12-31"],
                "registered_capital": [0.1, 0.001, -1.0, 1e12, None, 7.0],
                "income_share_state": ["０．５", "2", "1万", "-1", "0.1234567", None],
                "is_rural": ["是", "x", None, "否", "true", "False"],
                "fields": [["养老"], [], None, ["a", "a"], [" "], ["b", None]],
                "disclosed": ["组织人员", "x", "无", None, "", "组织人员;重大活动"],
            }
        )
    }
    connection = duckdb.connect()
    connection.register("given_", tables["organization"].to_arrow())
    other = cleaned({"organization": connection.sql("from given_")})
    mine = cleaned(tables)
    assert told(other) == told(mine)
    assert rows(other) == rows(mine)
    assert len(told(mine)) > 20
