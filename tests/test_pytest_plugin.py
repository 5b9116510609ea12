"""The pytest plugin in real runs of pytest, over a fictional pack in a real git repository."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

PACK = (Path(__file__).parent / "packs" / "harbour.py").read_text("utf-8")
CASES = """
pack: harbour.py
as_of: 2023-06-01
case:
  organization:
    division: "990101"
    status: registered
    established_on: 2021-05-01
    honours: [{id: one, level: 市级, awarded_on: 2022-01-01}]
    payments: []
tests:
  - name: 开办补贴最高一千元
    expect: {opening: {outcome: met, payable: {min: 0, max: 1000}}}
  - name: 满三年的次日不再年轻
    as_of: 2024-05-02
    expect: {opening: {outcome: not_met, because: [young]}, space: not_met}
"""
CHANGES = """
[[change]]
pack = "harbour"
provisions = ["opening"]
"""

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def project(pytester: pytest.Pytester) -> Path:
    """A folder with a pack and its case tests, committed to git."""
    folder = pytester.path
    (folder / "harbour.py").write_text(PACK, "utf-8")
    (folder / "harbour.case.yaml").write_text(CASES, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\n", "utf-8")
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=x", "-c", "user.email=x@y", "commit", "-qm", "one"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)  # noqa: S607 - whichever git there is
    return folder


@pytest.fixture
def run(pytester: pytest.Pytester, project: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Pytest in a process of its own, in the project."""
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    monkeypatch.setenv("PYTHONUTF8", "1")
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *args: pytester.runpytest_subprocess("-p", "no:cacheprovider", *args, str(project))


def changed(project: Path, *swaps: tuple[str, str]) -> None:
    """Write the pack with other words in their places."""
    text = PACK
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    (project / "harbour.py").write_text(text, "utf-8")


# -------------------------------------------------------------------------------------------------- files of cases


def test_case_files_are_tests_of_their_own_names(run: Run) -> None:
    result = run("-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*harbour.case.yaml::开办补贴最高一千元 PASSED*", "*::满三年的次日不再年轻 PASSED*"])


def test_a_case_that_fails_tells_why_and_shows_no_traceback(run: Run, project: Path) -> None:
    changed(project, ("yuan(1000)", "yuan(900)"))
    result = run()
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "tests[[]0] 与预期不符（1 处），首先是 opening.payable",
            "opening 开办补贴（一）",
            "  tests[[]0].expect.opening.payable",
            "    预期 {min: 0.00, max: 1000.00}",
            "    实得 {min: 0.00, max: 900.00, per: once}",
            "依据：",
            "  - 应享：最高 900.00 元",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert ".py:" not in result.stdout.str()


def test_a_case_that_fails_is_told_in_english_where_that_is_asked_for(run: Run, project: Path) -> None:
    changed(project, ("yuan(1000)", "yuan(900)"))
    result = run("-o", "policy_lang=en")
    result.stdout.fnmatch_lines(
        ["*is not as expected (1), first opening.payable", "  - Entitlement: up to 900.00 yuan"]
    )


def test_a_file_with_mistakes_tells_all_of_them(run: Run, project: Path) -> None:
    text = CASES.replace("opening:", "openin:").replace("because", "becaus").replace("status:", "statu:")
    (project / "harbour.case.yaml").write_text(text, "utf-8")
    result = run()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines_random(
        [
            "harbour.case.yaml: case: organization.statu: no such fact; did you mean `status` or `stage`?",
            "harbour.case.yaml: tests[[]0].expect.openin: `harbour` has no such provision; did you mean `opening`?",
        ]
    )


def test_another_language_is_refused_once_before_any_test(run: Run, project: Path) -> None:
    changed(project, ("yuan(1000)", "yuan(900)"))
    result = run("-o", "policy_lang=zn")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: policy_lang: `zn` is not offered; known: `en`, `zh`"])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


# ------------------------------------------------------------------------------------------------------ baseline


def test_nothing_that_stays_as_it_was_fails_against_the_baseline(run: Run) -> None:
    result = run("--policy-baseline", "HEAD", "-v")
    result.assert_outcomes(passed=5)
    result.stdout.fnmatch_lines([f"policy-baseline::harbour::{n} PASSED*" for n in ("opening", "honour", "space")])


def test_a_changed_number_fails_with_the_smallest_case(run: Run, project: Path) -> None:
    changed(project, ("yuan(500)", "yuan(600)"))
    result = run("--policy-baseline", "HEAD")
    result.assert_outcomes(passed=4, failed=1)
    result.stdout.fnmatch_lines(
        [
            "未声明的变化：harbour.honour",
            "*500.00 元*600.00 元*",
            "# as_of: *",
            "organization:",
            "未声明的变化：harbour.honour，见案例测试",
            "  - 开办补贴最高一千元（tests[[]0]）：met 500.00 → met 600.00",
        ]
    )


def test_texts_that_cannot_be_compared_are_told_without_a_traceback(run: Run, project: Path) -> None:
    changed(
        project,
        ("import Organization", "import Jurisdiction, Organization"),
        ('clause="三", when=young', 'clause="三", reach=HERE, when=HERE'),
        ("young = ", 'HERE = root(Jurisdiction).division.within("99")\nyoung = '),
    )
    (project / "harbour.case.yaml").write_text(CASES.replace(", space: not_met", ""), "utf-8")
    result = run("--policy-baseline", "HEAD", "-k", "space")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*space*organization*jurisdiction*"])
    assert "Traceback" not in result.stdout.str()


def test_what_is_declared_passes_and_what_is_not_fails(run: Run, project: Path) -> None:
    changed(project, ("yuan(1000)", "yuan(1000 + 1)"), ("yuan(500)", "yuan(600)"))
    (project / "harbour.case.yaml").write_text(CASES.replace("max: 1000", "max: 1001"), "utf-8")
    (project / "policy-changes.toml").write_text(CHANGES, "utf-8")
    result = run("--policy-baseline", "HEAD")
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(["FAILED policy-baseline::harbour::honour*"])


def test_a_declared_change_holds_for_those_whom_it_names_alone(run: Run, project: Path) -> None:
    """The ceiling rises for everybody, and only the change for the young is declared: those of whom the test fails."""
    changed(project, ("registered & young,", "registered,"))
    (project / "harbour.case.yaml").write_text(CASES.replace(", because: [young]", ""), "utf-8")
    (project / "policy-changes.toml").write_text(CHANGES + 'where = ["young"]\n', "utf-8")
    result = run("--policy-baseline", "HEAD", "--deselect", "harbour.case.yaml::满三年的次日不再年轻")
    result.assert_outcomes(passed=4, failed=1, deselected=1)
    (project / "policy-changes.toml").write_text(CHANGES + 'where = ["registered"]\n', "utf-8")
    result = run("--policy-baseline", "HEAD", "--deselect", "harbour.case.yaml::满三年的次日不再年轻")
    result.assert_outcomes(passed=5, deselected=1)


def test_a_change_from_a_day_on_is_no_change_before_it(run: Run, project: Path) -> None:
    amended = PACK + '\nPACK = PACK.amend("2024", "2024-01-01", parameters={"opening.ceiling": 1200})\n'
    (project / "harbour.py").write_text(amended, "utf-8")
    (project / "policy-changes.toml").write_text(CHANGES + "since = 2024-01-01\n", "utf-8")
    run("--policy-baseline", "HEAD").assert_outcomes(passed=6)
    (project / "policy-changes.toml").write_text(CHANGES + "since = 2024-01-02\n", "utf-8")
    result = run("--policy-baseline", "HEAD")
    result.assert_outcomes(passed=5, failed=1)
    result.stdout.fnmatch_lines(["# as_of: 2024-01-01"])


def test_a_provision_that_is_added_or_gone_must_be_declared(run: Run, project: Path) -> None:
    changed(project, ('"space", "孵化场地"', '"room", "孵化场地"'))
    (project / "harbour.case.yaml").write_text(CASES.replace("space", "room"), "utf-8")
    result = run("--policy-baseline", "HEAD")
    result.assert_outcomes(passed=4, failed=2)
    (project / "policy-changes.toml").write_text(CHANGES.replace('["opening"]', '["space", "room"]'), "utf-8")
    run("--policy-baseline", "HEAD").assert_outcomes(passed=7)


def test_a_declared_change_that_no_difference_needs_fails_and_is_named(run: Run, project: Path) -> None:
    changed(project, ("yuan(500)", "yuan(600)"))
    declared = CHANGES.replace('["opening"]', '["honour", "opening"]')
    (project / "policy-changes.toml").write_text(declared, "utf-8")
    result = run("--policy-baseline", "HEAD")
    result.assert_outcomes(passed=5, failed=1)
    told = ["已声明，而没有差别需要它，请删去：", "  - change[[]0].provisions: opening"]
    result.stdout.fnmatch_lines([*told, "FAILED policy-baseline::harbour::policy-changes.toml*"])
    assert "provisions: honour" not in result.stdout.str()


def test_of_two_declared_changes_that_cover_the_same_one_is_not_needed(run: Run, project: Path) -> None:
    changed(project, ("yuan(500)", "yuan(600)"))
    twice = CHANGES.replace('["opening"]', '["honour"]') * 2
    (project / "policy-changes.toml").write_text(twice, "utf-8")
    result = run("--policy-baseline", "HEAD", "-o", "policy_lang=en")
    result.assert_outcomes(passed=5, failed=1)
    told = ["declared, and no difference needs it; remove it:", "  - change[[]0].provisions: honour"]
    result.stdout.fnmatch_lines(told)
    assert "change[1]" not in result.stdout.str()


def test_a_change_may_be_declared_of_a_pack_that_this_run_leaves_out(run: Run, project: Path) -> None:
    other = CHANGES.replace('"harbour"', '"yangpu"').replace('"opening"', '"opening_subsidy"')
    (project / "policy-changes.toml").write_text(other, "utf-8")
    run("--policy-baseline", "HEAD").assert_outcomes(passed=5)


def test_the_items_of_a_baseline_are_chosen_like_any_test(run: Run) -> None:
    run("--policy-baseline", "HEAD", "-k", "honour").assert_outcomes(passed=1, deselected=4)
    run("--policy-baseline", "HEAD", "-k", "harbour and not opening").assert_outcomes(passed=4, deselected=1)
    run("--policy-baseline", "HEAD", "-k", "not policy-baseline").assert_outcomes(passed=2, deselected=3)
    one = ["--deselect", "policy-baseline::harbour::space"]
    run("--policy-baseline", "HEAD", *one).assert_outcomes(passed=4, deselected=1)


def test_a_pack_that_the_revision_does_not_have_is_told_as_new(run: Run, project: Path) -> None:
    (project / "quay.py").write_text(PACK.replace('"harbour"', '"quay"'), "utf-8")
    (project / "quay.case.yaml").write_text(CASES.replace("harbour.py", "quay.py"), "utf-8")
    result = run("--policy-baseline", "HEAD")
    result.assert_outcomes(passed=7, skipped=1)
    result.stdout.fnmatch_lines(["policy-baseline::quay::quay: Skipped: 新的政策包，无可对照（*quay.py@HEAD*"])
    (project / "policy-changes.toml").write_text(CHANGES.replace('"harbour"', '"quay"'), "utf-8")
    run("--policy-baseline", "HEAD").assert_outcomes(passed=7, skipped=1)


def test_every_mistake_of_the_declared_changes_is_told(run: Run, project: Path) -> None:
    text = """
[[change]]
pack = "harbor"
[[change]]
pack = "harbour"
provisions = ["openning"]
where = ["yuong"]
since = "2024-02-30"
wheer = []
[[change]]
pack = "harbour"
provisions = "opening"
[[change]]
pack = "harbour"
provisions = ["honour", "space"]
where = ["of_the_city"]
"""
    (project / "policy-changes.toml").write_text(text, "utf-8")
    result = run("--policy-baseline", "HEAD")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "*policy-changes.toml: change[[]0].pack: `harbor` is no pack of this run; did you mean `harbour`?",
            "*change[[]1].wheer: no such key; did you mean `where`?",
            "*change[[]1].provisions[[]0]: `harbour` has no such provision; did you mean `opening`?",
            "*change[[]1].where[[]0]: `harbour` has no condition of this id; did you mean `young`?",
            "*change[[]1].since: `2024-02-30` is no day of the calendar; write it as `YYYY-MM-DD`",
            "*change[[]2].provisions: is a list of names",
            "*change[[]3].provisions[[]1]: `space` does not decide item by item about `honour` of `honours`*",
        ]
    )


def test_a_file_of_changes_that_is_not_there_is_told_where_it_is_named(run: Run, project: Path) -> None:
    (project / "pytest.ini").write_text("[pytest]\npolicy_changes = nofile.toml\n", "utf-8")
    result = run("--policy-baseline", "HEAD")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: policy_changes: `nofile.toml` is no file in *"])


def test_a_revision_that_git_does_not_know_is_told(run: Run) -> None:
    result = run("--policy-baseline", "v9")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --policy-baseline: `*harbour.py@v9`: git says: *"])


def test_packs_can_be_named_in_the_ini_file(run: Run, project: Path) -> None:
    (project / "harbour.case.yaml").unlink()
    result = run("--policy-baseline", "HEAD", "-o", "policy_packs=harbour.py")
    result.assert_outcomes(passed=3)
    result = run("--policy-baseline", "HEAD", "-o", "policy_packs=harbuor.py")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: policy_packs: `*harbuor.py` is no file"])
    result = run("--policy-baseline", "HEAD")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: no pack to look at; name packs in the ini option `policy_packs`*"])


# -------------------------------------------------------------------------------------------- one id, one text


def installed(project: Path, monkeypatch: pytest.MonkeyPatch, names: str = "PACK") -> None:
    """Install the pack of the project, so that the id `harbour` names what its file holds under this name."""
    info = project / "harbour-1.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[socorg_rules.packs]\nharbour = harbour:{names}\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(project))


AMENDED = PACK + '\nPACK_2024 = PACK.amend("2024", "2024-01-01", parameters={"opening.ceiling": 1200})\n'


@pytest.mark.parametrize("option", ["--policy-baseline=HEAD", "--policy-coverage"])
def test_two_texts_of_one_id_are_refused_with_the_places_that_name_them(
    option: str, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "harbour.py").write_text(AMENDED, "utf-8")
    (project / "by_id.case.yaml").write_text(CASES.replace("harbour.py", "harbour"), "utf-8")
    installed(project, monkeypatch)
    result = run(option)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    edition = "edition {} of *harbour.py, named by *{}.case.yaml"
    both = f"{edition.format('*', 'by_id')}; {edition.format('2024', 'harbour')}"
    result.stderr.fnmatch_lines([f"ERROR: `harbour` is not one text in this run: {both}; *pip install -e .*"])
    installed(project, monkeypatch, "PACK_2024")
    assert run(option, "--co").ret == pytest.ExitCode.OK


@pytest.mark.parametrize("named_first", ["harbour.py", "twin.py"])
def test_a_copy_is_not_taken_for_the_file_that_has_changed(named_first: str, run: Run, project: Path) -> None:
    changed(project, ("yuan(500)", "yuan(600)"))
    (project / "twin.py").write_text((project / "harbour.py").read_text("utf-8"), "utf-8")
    (project / "twin.case.yaml").write_text(CASES.replace("harbour.py", "twin.py"), "utf-8")
    for named in ((), ("-o", f"policy_packs={named_first}")):
        result = run("--policy-baseline", "HEAD", *named)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(["ERROR: `harbour` is not one text in this run: *.py, named by *.py, named by *"])


def test_a_change_that_is_not_installed_yet_does_not_slip_through_the_baseline(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "harbour.py").write_text(AMENDED, "utf-8")
    (project / "harbour.case.yaml").write_text(CASES.replace("harbour.py", "harbour"), "utf-8")
    installed(project, monkeypatch)
    result = run("--policy-baseline", "HEAD")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --policy-baseline: `harbour` is not what *harbour.py holds by now; *"])
    installed(project, monkeypatch, "PACK_2024")
    run("--policy-baseline", "HEAD").assert_outcomes(passed=4, failed=1)


def test_cases_count_alike_whether_they_name_the_id_or_the_file(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(project, monkeypatch)
    report = project / "coverage.json"
    run("--policy-coverage-report", str(report)).assert_outcomes(passed=2)
    alone = json.loads(report.read_text("utf-8"))
    one, two = CASES.split("  - name: 满三年")
    (project / "harbour.case.yaml").write_text(one, "utf-8")
    by_id = one.partition("  - name")[0].replace("harbour.py", "harbour")
    (project / "by_id.case.yaml").write_text(f"{by_id}  - name: 满三年{two}", "utf-8")
    run("--policy-coverage-report", str(report)).assert_outcomes(passed=2)
    assert json.loads(report.read_text("utf-8")) == alone


# ------------------------------------------------------------------------------------------------------ coverage


def test_coverage_reports_each_test_of_the_clauses_and_fails_under_a_threshold(run: Run, project: Path) -> None:
    report = project / "coverage.json"
    result = run("--policy-coverage-report", str(report), "--policy-coverage-fail-under", "99", "-v")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*policy coverage*", "harbour.opening *", "FAIL: * fewer than 99 %*"])
    told = json.loads(report.read_text("utf-8"))
    rows = {(r["provision"], r["name"]): r["marks"] for r in told["packs"][0]["tests"]}
    assert rows["opening", "young"] == {"true": True, "false": True, "unknown": False, "decisive": True}
    assert rows["opening", "registered"] == {"true": True, "false": False, "unknown": False, "decisive": True}
    assert rows["honour", "of_the_city"] == {"true": True, "false": False, "unknown": False, "decisive": True}
    assert run("--policy-coverage-fail-under", "10").ret == pytest.ExitCode.OK


def test_a_report_that_cannot_be_written_and_a_share_over_a_hundred_are_refused_before_any_test(
    run: Run, project: Path
) -> None:
    for option, given in (("report", str(project / "none" / "coverage.json")), ("fail-under", "300")):
        result = run(f"--policy-coverage-{option}", given)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines([f"ERROR: --policy-coverage-{option}: `{given}` is no *"])


def test_coverage_of_no_pack_is_an_error_and_no_figure(run: Run, project: Path) -> None:
    (project / "harbour.case.yaml").unlink()
    (project / "test_one.py").write_text("def test_one(): pass\n", "utf-8")
    result = run("--policy-coverage-report", str(project / "coverage.json"))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: no pack to look at; name packs in the ini option `policy_packs`*"])
    result.stdout.no_fnmatch_line("*policy coverage*")
    assert not (project / "coverage.json").exists()


def test_coverage_counts_what_any_test_asks(run: Run, project: Path) -> None:
    text = """
from socorg_rules import assess
def test_one():
    assess({"organization": {}}, "PATH", "2023-06-01")
"""
    (project / "harbour.case.yaml").unlink()
    (project / "test_one.py").write_text(text.replace("PATH", str(project / "harbour.py")), "utf-8")
    report = project / "coverage.json"
    run("--policy-coverage-report", str(report), "-o", "policy_packs=harbour.py").assert_outcomes(passed=1)
    told = json.loads(report.read_text("utf-8"))
    assert all(r["marks"]["unknown"] for r in told["packs"][0]["tests"] if r["provision"] == "space")


def test_workers_of_xdist_count_together(run: Run, project: Path) -> None:
    pytest.importorskip("xdist")
    report = project / "coverage.json"
    run("--policy-coverage-report", str(report)).assert_outcomes(passed=2)
    alone = json.loads(report.read_text("utf-8"))
    run("--policy-coverage-report", str(report), "-n", "2").assert_outcomes(passed=2)
    assert json.loads(report.read_text("utf-8")) == alone


# ---------------------------------------------------------------------------------------------------- unasked for


def test_where_nothing_is_asked_of_it_the_plugin_loads_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys
        def test_one():
            loaded = {n for n in sys.modules if n.startswith("socorg_rules")}
            assert loaded == {"socorg_rules", "socorg_rules.pytest_plugin"}
            assert not {"yaml", "attrs", "hypothesis.strategies"} & sys.modules.keys()
        """
    )
    pytester.runpytest_subprocess("-p", "no:hypothesispytest").assert_outcomes(passed=1)


def test_the_library_needs_no_pytest() -> None:
    code = "import sys; sys.modules['pytest'] = None; import socorg_rules.case_tests, socorg_rules.assess"
    subprocess.run([sys.executable, "-c", code], check=True)
