import json
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from case_strategies import ANYTHING, cases
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socorg_rules import assess, load_pack
from socorg_rules.cli import main
from socorg_rules.schema_answer import answer_schema
from socorg_rules.schema_explore import EXPLORATIONS
from socorg_rules.schema_pack import pack_schema

ROOT = Path(__file__).parents[1]
CASE = "examples/yangpu-new-organization.json"
COMPARE = ("compare-packs", CASE, "--as-of", "2023-06-01")
ASK = ("assess", CASE, "--pack", "yangpu", "--as-of", "2023-06-01")
RIVERSIDE = "tests/packs/riverside.py"
RIVERSIDE_ASK = ("assess", CASE, "--pack", RIVERSIDE, "--as-of", "2023-06-01")
COLOUR = re.compile(r"\x1b\[[0-9;]*[349][0-7]m")
FERRY = '{"organization": {"division": "990101", "riverside": {"keeps_ferry": true}, "payments": []}}'

BROKEN = """
from socorg_rules.pack import Clause, Pack, Source
from socorg_rules.provision import Grant, Route, up_to
from socorg_rules.refs import root
from socorg_rules.vocabulary import Organization
from socorg_rules.words import yuan

organization = root(Organization)
PACK = Pack(
    "broken", "坏包", "1", Source("文件", "机关", "1号", "2020", (Clause("一", "甲"), Clause("一", "乙"))),
    provisions=(
        Grant("gift", "补贴", clause="二", when=organization.is_small, amount=up_to(yuan(1))),
        Route("gift", "补贴", clause="一", when=organization.is_small),
    ),
)
"""


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands are those that one types in a clone of the project."""
    monkeypatch.chdir(ROOT)


def run(*args: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, args, input=given, prog_name="socorg-rules")


def process(*args: str, given: bytes = b"", env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "socorg_rules", *args]
    return subprocess.run(command, check=False, capture_output=True, input=given, env={**os.environ, **(env or {})})


def problems(result: Result) -> list[str]:
    """The lines on standard error of a command that was asked something wrong."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr.splitlines()


STORED = {
    "unknown-pack": ("assess", CASE, "--pack", "yanpu"),
    "no-file": ("assess", "examples/missing.json", "--pack", "yangpu"),
    "wrong-suffix": ("assess", "README.md", "--pack", "yangpu"),
    "wrong-day": ("assess", CASE, "--pack", "yangpu", "--as-of", "2023-02-30"),
    "wrong-readings": ("assess", CASE, "--pack", RIVERSIDE, "--reading", "bnk=both", "--reading", "bank=south"),
    "no-readings": ("assess", CASE, "--pack", RIVERSIDE, "--reading", "bank", "--reading", "=both"),
    "all-readings": (
        *("assess", CASE, "--pack", RIVERSIDE, "--pack", "yangpu", "--reading", "bnk=both"),
        *("--reading", "no_floor=zero", "--reading", "x"),
    ),
    "reading-twice": ("assess", CASE, "--pack", RIVERSIDE, "--reading", "bank=both", "--reading", "bank=north"),
    "wrong-case": ("assess", "-", "--pack", RIVERSIDE),
    "riverside-json": ("assess", "-", "--pack", RIVERSIDE, "--as-of", "2023-06-01", "--format", "json"),
    "riverside-pack": ("pack", RIVERSIDE),
    "riverside-pack-en": ("pack", RIVERSIDE, "--lang", "en"),
    "riverside-coverage": ("coverage", RIVERSIDE),
    "riverside-coverage-json": ("coverage", RIVERSIDE, "--format", "json"),
    "riverside-check": ("check", RIVERSIDE),
    "compare-packs": (*COMPARE, "--pack", RIVERSIDE, "--pack", "yangpu"),
    "compare-packs-en": (*COMPARE, "--pack", "yangpu", "--pack", "hainan", "--lang", "en", "--format", "markdown"),
    "compare-packs-wrong": ("compare-packs", "-", "--pack", RIVERSIDE, "--pack", "yangpu", "--reading", "bnk=both"),
}
INPUT = {
    "wrong-case": '{"organization": {"statu": "filed", "established_on": "2023-02-30", "registered_capital": 1.505}}',
    "riverside-json": FERRY,
    "compare-packs-wrong": '{"organization": {"statu": "filed"}}',
}


@pytest.mark.parametrize("name", STORED)
def test_the_program_says_what_is_stored(name: str, snapshot: Callable[[str, str], None]) -> None:
    result = run(*STORED[name], given=INPUT.get(name))
    said = f"{result.stdout}--- standard error\n{result.stderr}--- exit code {result.exit_code}\n"
    snapshot(f"cli-{name}.txt", said)


@pytest.mark.parametrize(
    ("args", "culprit"),
    [
        (("asess",), "'asess'"),
        (("assess", CASE), "'--pack'"),
        (("assess", "--pack", "yangpu"), "'CASE'"),
        ((*ASK, "--langue", "zh"), "--langue"),
        ((*ASK, "--format", "pdf"), "'pdf'"),
        (("schema", "fact"), "'fact'"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_a_wrong_command_line_is_one_line_that_names_the_culprit(args: tuple[str, ...], culprit: str) -> None:
    # The words are click's, and change with its versions.
    (line,) = problems(run(*args))
    assert culprit in line
    assert "--help`)" in line


def test_help_names_every_verb_and_speaks_chinese() -> None:
    said = run("--help").stdout
    assert "社会组织" in said
    for verb in main.commands:
        assert f"  {verb} " in said
        result = run(verb, "-h")
        assert result.exit_code == 0
        assert re.search("[一-龥].*。", result.stdout)


def test_without_a_verb_it_helps_and_answers_nothing() -> None:
    result = run()
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == run("--help").stdout


def test_its_json_is_the_answer_with_the_readings_that_it_depends_on() -> None:
    result = run(*ASK, "--format", "json")
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data == assess(CASE, "yangpu", "2023-06-01").to_dict(depends_on=True)
    assert all("depends_on" in d and "trace" not in d for d in data["decisions"])
    jsonschema.Draft202012Validator(answer_schema()).validate(data)


def test_the_trace_is_added_where_it_is_asked_for() -> None:
    data = json.loads(run(*ASK, "--format", "json", "--trace").stdout)
    assert all(d["trace"] for d in data["decisions"])


def test_several_packs_answer_one_after_the_other() -> None:
    data = json.loads(run(*ASK, "--pack", RIVERSIDE, "--format", "json").stdout)
    assert [a["pack"] for a in data["answers"]] == ["yangpu", "riverside"]
    text = run(*ASK, "--pack", RIVERSIDE).stdout
    assert text.index("开办补贴") < text.index("渡船补贴")


def test_a_pack_named_twice_answers_once() -> None:
    assert run(*ASK, "--pack", "yangpu").stdout == run(*ASK).stdout


def test_standard_input_reads_like_the_file() -> None:
    given = Path(CASE).read_bytes()
    assert run("assess", "-", *ASK[2:], given=given).stdout == run(*ASK).stdout


def test_standard_input_is_never_taken_for_a_path() -> None:
    assert problems(run("assess", "-", *ASK[2:], given=json.dumps(CASE)))[0].startswith("expected a case")


def test_a_reading_can_be_chosen_and_left_open() -> None:
    asked = ("assess", "-", "--pack", RIVERSIDE, "--format", "json")
    chosen = json.loads(run(*asked, "--reading", "bank=north", given=FERRY).stdout)
    assert chosen["readings"] == {"bank": "north"}
    left = json.loads(run(*asked, "--reading", "bank=", given=FERRY).stdout)
    assert left["readings"] == {"bank": None}


def test_without_a_day_it_is_today() -> None:
    data = json.loads(run("assess", CASE, "--pack", "yangpu", "--format", "json").stdout)
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", data["as_of"])


@pytest.mark.parametrize("form", ["text", "html", "markdown"])
@pytest.mark.parametrize(("lang", "word"), [("zh", "开办补贴"), ("en", "Opening subsidy")])
def test_every_form_speaks_both_languages(form: str, lang: str, word: str) -> None:
    result = run(*ASK, "--format", form, "--lang", lang)
    assert (result.exit_code, result.stderr) == (0, "")
    assert word in result.stdout
    assert "\x1b" not in result.stdout


def test_the_installed_packs_are_listed() -> None:
    lines = run("packs").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [
        row["pack"] for row in json.loads(run("packs", "--format", "json").stdout)
    ]
    assert "yangpu" in {line.split()[0] for line in lines}


def test_a_pack_that_is_broken_hides_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socorg_rules.packs", lambda: ["gone", "yangpu"])
    result = run("packs")
    assert result.exit_code == 2
    assert result.stdout.startswith("yangpu ")
    assert result.stderr.startswith("no pack is called `gone`")


def test_an_exported_pack_has_the_published_form() -> None:
    for pack in ("yangpu", RIVERSIDE):
        data = json.loads(run("pack", pack, "--format", "json").stdout)
        jsonschema.Draft202012Validator(pack_schema()).validate(data)


def test_every_clause_of_a_pack_is_accounted_for() -> None:
    rows = json.loads(run("coverage", "yangpu", "--format", "json").stdout)
    assert [r["clause"] for r in rows] == [c.locator for c in load_pack("yangpu").source.clauses]
    assert all(set(r) == {"clause", "status", "provisions", "note"} for r in rows)


@pytest.mark.parametrize("what", ["facts", "answer", "pack", *EXPLORATIONS])
def test_a_schema_is_a_sound_schema(what: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema", what).stdout))


def test_check_lists_everything_that_is_wrong_at_once(tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text(BROKEN, "utf-8")
    said = problems(run("check", str(file)))
    unreached = "has no test of reach: the pack has none for organization; add one there, or `reach=` here"
    assert [line.replace(str(file), "broken.py") for line in said] == [
        f"broken.py:9: broken.{line}"
        for line in (
            "gift: 2 provisions have this id; each needs its own",
            "source: clause `一` is listed 2 times",
            "gift: cites clause `二`, which the source does not list; known: `一`",
            f"gift: {unreached}",
            f"gift: {unreached}",
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PACK = (", "file.py:1: '(' was never closed"),
        ("import nowhere_at_all", "file.py:1: ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("x = 1", "`file.py` holds 0 packs; a pack file holds one, as `PACK = Pack(…)`"),
    ],
)
def test_what_python_trips_over_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "file.py"
    file.write_text(text, "utf-8")
    assert [line.replace(str(file), "file.py") for line in problems(run("check", str(file)))] == [told]


def test_a_sound_pack_is_summed_up() -> None:
    result = run("check", "yangpu")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("yangpu: ")


JSON = (cases() | cases(ANYTHING) | ANYTHING).map(json.dumps)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=30)
    | st.text(max_size=30).map(lambda t: t.encode("utf-8", "surrogatepass"))
    | JSON.map(str.encode)
)
def test_no_input_ends_in_a_traceback(given: bytes) -> None:
    result = run("assess", "-", *ASK[2:], "--format", "json", given=given)
    if result.exit_code == 0:
        assert json.loads(result.stdout)["pack"] == "yangpu"
        assert result.stderr == ""
    else:
        assert all(map(str.strip, problems(result)))
        assert "Traceback" not in result.stderr
        assert "unforeseen" not in result.stderr


def test_an_unforeseen_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise KeyError("a\nb")

    monkeypatch.setattr("socorg_rules.load._from_entry_point", fail)
    result = run("check", "yangpu")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "unforeseen, please report it: KeyError: 'a\\nb'\n"


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("socorg_rules.load._from_entry_point", interrupt)
    result = run("check", "yangpu")
    assert (result.exit_code, result.stdout, result.stderr.strip()) == (1, "", "")


def test_python_m_is_the_same_program() -> None:
    done = process(*ASK)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == run(*ASK).stdout
    assert process("--version").stdout.decode() == run("--version").stdout


def test_the_installed_script_is_the_same_program() -> None:
    script = Path(sys.executable).with_name("socorg-rules")
    done = subprocess.run([script, "--version"], check=True, capture_output=True, text=True)
    assert done.stdout == run("--version").stdout


def test_bad_input_ends_with_2_and_one_line_a_problem() -> None:
    done = process("assess", "-", "--pack", "yangpu", given=b'{"organization": {"a": 1, "b": 2}}')
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 2


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gb18030"},
    ],
    ids=lambda env: next(iter(env.items())),
)
def test_files_and_pipes_get_utf_8_whatever_the_locale(env: dict[str, str]) -> None:
    assert process(*RIVERSIDE_ASK, env=env).stdout == process(*RIVERSIDE_ASK).stdout
    assert "社会组织" in process("--help", env=env).stdout.decode()


def test_a_chinese_file_name_is_told_in_the_c_locale() -> None:
    done = process("assess", "没有.json", "--pack", "yangpu", env={"LC_ALL": "C"})
    assert done.stderr.decode() == "没有.json: there is no such file\n"


def test_a_closed_pipe_is_quiet() -> None:
    command = [sys.executable, "-m", "socorg_rules", "schema", "facts"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.close()
        assert done.stderr.read() == b""
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_told() -> None:
    command = [sys.executable, "-m", "socorg_rules", "schema", "facts"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, check=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.decode().strip() == "No space left on device"


@pytest.mark.parametrize("closing", ["<&-", ">&-", "2>&-"])
def test_a_closed_standard_stream_is_no_disaster(closing: str) -> None:
    command = f"exec {sys.executable} -m socorg_rules assess - --pack yangpu {closing}"
    done = subprocess.run(["/bin/sh", "-c", command], check=False, capture_output=True, stdin=subprocess.DEVNULL)
    assert done.returncode in {1, 2}
    assert b"Traceback" not in done.stderr


def on_a_terminal(*args: str, **env: str) -> str:
    """What the program prints on a terminal."""
    main_end, program_end = pty.openpty()
    clean = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"}}
    command = [sys.executable, "-m", "socorg_rules", *args]
    with subprocess.Popen(
        command, stdout=program_end, stderr=program_end, env={**clean, "TERM": "xterm-256color", **env}
    ) as done:
        os.close(program_end)
        said = b""
        while select.select([main_end], [], [], 60)[0]:
            try:
                said += os.read(main_end, 65536)
            except OSError:  # the program has left
                break
    os.close(main_end)
    assert done.returncode == 0
    return said.decode()


def test_a_terminal_gets_colours_and_a_tree() -> None:
    said = on_a_terminal(*RIVERSIDE_ASK)
    assert COLOUR.search(said)
    assert "├" in said


def test_no_color_is_respected_on_a_terminal() -> None:
    assert COLOUR.search(on_a_terminal(*RIVERSIDE_ASK))
    assert not COLOUR.search(on_a_terminal(*RIVERSIDE_ASK, NO_COLOR="1"))
    assert "\x1b[" not in on_a_terminal(*RIVERSIDE_ASK, TERM="dumb")
