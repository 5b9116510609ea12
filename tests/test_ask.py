"""The dialogue at the terminal: what is typed, what is kept."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from socorg_rules.cli import main

FACILITY = ("ask", "longyang", "examples/longyang-base.json", "--as-of", "2022-06-01")


def run(*args: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, args, input=typed, prog_name="socorg-rules")


def test_the_dialogue_asks_in_chinese_and_gives_the_case_at_its_end() -> None:
    done = run("ask", "yangpu", "--as-of", "2023-06-01", typed="社会组织\n2\n0\n310110\n")
    assert done.exit_code == 0
    assert "第 1 问  登记状态是哪一种？" in done.stderr
    assert "2 已登记" in done.stderr
    told = {"status": "registered", "payments": [], "division": "310110"}
    assert json.loads(done.stdout) == {"organization": told}
    assert "共问 3 次，其中未答 0 次" in done.stderr


def test_an_answer_is_mended_taken_back_and_skipped() -> None:
    done = run("ask", "yangpu", "--as-of", "2023-06-01", typed="<\n1\n<\n已登计\n3\n<\n<\n?\n\n" )  # fmt: skip
    assert "没有“<”这一项" in done.stderr
    assert "did you mean `已登记`" in done.stderr
    assert "已是第一问" in done.stderr
    assert json.loads(done.stdout) == {"organization": {}}
    assert done.stderr.count("登记状态是哪一种") == 4


def test_help_tells_which_provisions_hang_on_it() -> None:
    done = run("ask", "yangpu", "--as-of", "2023-06-01", "--lang", "en", typed="organization\nh\n")
    assert "organization.status (text)" in done.stderr
    assert "opening subsidy 〔三(一)2〕 Payable: up to 10,000.00 yuan" in done.stderr


def test_lists_are_answered_by_numbers_and_words(tmp_path: Path) -> None:
    started = tmp_path / "started.json"
    started.write_text(json.dumps({"facility": {"kind": "township_base", "division": "530502"}}), encoding="utf-8")
    skipped = run("ask", "longyang", str(started), "--as-of", "2022-06-01", typed="?\n" * 60)
    assert skipped.exit_code == 0
    asked = [line for line in skipped.stderr.splitlines() if line.removeprefix("> ").startswith("第 ")]
    nth = next(n for n, line in enumerate(asked) if "基本功能有哪些" in line)
    typed = "?\n" * nth + "1、整合资源, 5\n"
    done = run("ask", "longyang", str(started), "--as-of", "2022-06-01", typed=typed)
    assert json.loads(done.stdout)["facility"]["functions"] == ["培育扶持", "整合资源", "成果展示"]


@pytest.mark.parametrize("name", ["kept.json", "kept.yaml"])
def test_the_case_is_kept_in_a_file_that_reads_back(name: str, tmp_path: Path) -> None:
    output = tmp_path / name
    done = run("ask", "yangpu", "--as-of", "2023-06-01", "-o", str(output), typed="1\n1\n")
    assert (done.exit_code, done.stdout) == (0, "")
    text = output.read_text("utf-8")
    assert (json.loads(text) if name.endswith("json") else yaml.safe_load(text)) == {
        "organization": {"status": "planned"}
    }
    assert run("ask", "yangpu", str(output), "--as-of", "2023-06-01").exit_code == 0


@pytest.mark.parametrize(
    ("output", "told"),
    [("case.toml", "no JSON or YAML file"), ("nowhere/case.json", "there is no folder `nowhere`; make it first")],
)
def test_a_place_where_it_cannot_be_kept_is_told_before_anything_is_asked(output: str, told: str) -> None:
    done = run("ask", "yangpu", "-o", output, typed="1\n")
    assert done.exit_code == 2
    assert told in done.stderr
    assert "第 1 问" not in done.stderr


def test_nobody_there_to_say_what_it_is_about_ends_it() -> None:
    done = run("ask", "yangpu")
    assert done.exit_code == 1
    assert "Traceback" not in done.stderr


def test_a_case_of_which_all_is_known_is_asked_nothing() -> None:
    done = run(*FACILITY)
    assert done.exit_code == 0
    assert json.loads(done.stdout)["facility"]
