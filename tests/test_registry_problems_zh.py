"""What is wrong with the rows of a registry is told in Chinese where people read it."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from registries import cleaned, told
from test_registry_answer import TWICE

from socorg_rules.cli import main
from socorg_rules.registry.problems_zh import in_chinese

WRONG = {
    "status": ["x", "", "x" * 99, "长\n行"],
    "uscc": ["91350100M000100Y44", "x", "91350100m000100y43", " "],
    "division": ["1", "x"],
    "established_on": ["2021-02-29", "1700-01-01", "x", "9999-12-31", "2022/3"],
    "registered_capital": ["0.001", "-1", "1000000000000", "x", "10万"],
    "income_share_state": ["2", "-1", "0.1234567"],
    "is_rural": ["x"],
    "fields": ["养老、养老", "、", "养老，助残"],
    "disclosed": ["x", "", "组织人员、x"],
}
SAID_BY_ENGINES = [
    TWICE,
    TWICE.replace("first", "last"),
    "other facts of the case make it something else; correct one of the two",
    "a provision that pays nothing is named; name the grant that was paid",
    "no provision of a known pack is named",
    "names no id, name or grade in `organization.honours`",
    "names several items of `organization.honours`; give each an `id`, and write that here",
    "the row does not say which item it belongs to; write its id in `organizations`",
    "no item of `organizations` has the id `x`",
    "expected a date, got date with a time `2022-03-01 08:00:00`",
    "expected a number, got binary fraction `nan`; write digits, with a point before decimals",
]


def is_chinese(text: str) -> bool:
    """Whether there is no English but in what is quoted, and in what is to be written."""
    words = re.sub(r"`[^`]*`|never|I、O、S、V、Z|\borganization\.[a-z_.\[\]0-9]+", "", text)
    return re.search("[A-Za-z]", words) is None and re.search("[\u4e00-\u9fff]", words) is not None


def every_problem() -> list[str]:
    """What tables say of wrong cells and keys."""
    said: list[str] = []
    for fact, values in WRONG.items():
        rows = {"row": [str(n) for n in range(len(values))], fact: values}
        said += [problem for _, _, problem in told(cleaned({"organization": pl.DataFrame(rows)}))]
        assert len(said) >= len(values)
    tables = {
        "organization": pl.DataFrame(
            {"row": ["a", "b", "b", None], "registered_capital": [0.001, 1e300, float("nan"), 1]}
        ),
        "honours": pl.DataFrame({"row": ["a", "a", "z"], "id": [1, 1, 1]}),
    }
    return said + [problem for _, _, problem in told(cleaned(tables))]


def test_every_problem_of_a_table_has_chinese_words() -> None:
    problems = {*every_problem(), *SAID_BY_ENGINES}
    assert {p for p in problems if not is_chinese(in_chinese(p))} == set()
    assert len(problems) > 35


def test_what_was_given_is_quoted_as_it_is() -> None:
    assert in_chinese("`a`b` is no whole number") == "`a`b` 不是整数"
    assert in_chinese("`a`b` is no value of this fact") == "`a`b` 不是规定的取值"
    assert in_chinese("`10万` counts in 万 or 亿; write all digits, as in 100000 for 10万") == (
        "`10万` 以万或亿计；请写出全部数字，如 10万 写成 100000"
    )
    assert in_chinese("`x` is no value of this fact; known: `a`, `b`") == "`x` 不是规定的取值；可填：`a`、`b`"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "`2021-02-29` 不是历法上有的日子"), ("en", "`2021-02-29` is no day of")]
)
def test_the_file_of_problems_is_in_the_language_asked_for(lang: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("编号,成立日期\n甲,2021-02-29\n", encoding="utf-8")
    asked = ["registry", str(tmp_path / "o.csv"), "--pack", "daoli", "-o", str(tmp_path / "d.csv"), "--lang", lang]
    done = CliRunner().invoke(main, [*asked, "--column", "organization.成立日期=established_on"])
    assert done.exit_code == 0, done.stderr
    (problem,) = pl.read_csv(tmp_path / "d-problems.csv")["problem"]
    assert problem.startswith(said)
