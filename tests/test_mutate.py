"""The mutation tool itself, on a toy pack with one test."""

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[1] / "tools" / "mutate.py"
TOY = '''
"""A toy of 12 lines, none of which is this one."""

LABEL = "7 words"


def reward(age: int, zone: str) -> int:
    if (age >= 18) & (zone == "310110"):
        return 500
    return 0


PACK = dict(known=("never_met:7", "overlap:1+2"))
'''
TEST = """
def test_the_reward_is_for_adults():
    from toy import reward

    assert [reward(17, "310110"), reward(18, "310110")] == [0, 500]
"""


def mutate(folder: Path, test: str, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "toy.py").write_text(TOY)
    (folder / "test_toy.py").write_text(test)
    command = [sys.executable, str(TOOL), "toy.py", "--tests", "test_toy.py", *options]
    return subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)


def test_the_tool_lists_what_it_changes_in_the_lines_it_is_given(tmp_path: Path) -> None:
    assert mutate(tmp_path, TEST, "--list", "--only", "5-9").stdout.splitlines() == [
        "toy.py:8: & -> |",
        "toy.py:8: >= -> >",
        "toy.py:8: 18 -> 19",
        "toy.py:8: 18 -> 17",
        "toy.py:8: == -> !=",
        "toy.py:8: 310110 -> another text",
        "toy.py:8: 310110 -> 310111",
        "toy.py:8: 310110 -> 310109",
        "toy.py:9: 500 -> 501",
        "toy.py:9: 500 -> 499",
    ]


def test_what_the_pack_declares_for_verify_is_no_rule_and_is_left_as_it_is(tmp_path: Path) -> None:
    assert "known" in TOY.splitlines()[12]
    assert not mutate(tmp_path, TEST, "--list", "--only", "13").stdout


def test_the_tool_is_content_where_every_change_is_noticed(tmp_path: Path) -> None:
    done = mutate(tmp_path, TEST)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "   12 killed" in done.stdout


def test_the_tool_finds_the_change_that_no_test_notices(tmp_path: Path) -> None:
    done = mutate(tmp_path, TEST.replace("reward(17", "reward(16"), "--jobs", "1")
    assert done.returncode == 1
    assert "   11 killed" in done.stdout
    assert "    1 survivors\n    toy.py:8: 18 -> 17\n" in done.stdout


def test_the_tool_stops_where_the_tests_fail_already(tmp_path: Path) -> None:
    done = mutate(tmp_path, TEST.replace("500]", "501]"))
    assert done.returncode == 2
    assert "survivors" not in done.stdout
