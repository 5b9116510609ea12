"""Charts show what answers hold: ranges as ranges, what is not decided apart, and no clause or day left out."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from explained import guild, toyland
from hypothesis import given
from hypothesis import strategies as st
from toyland import PACK

from socorg_rules import CaseError, assess, charts, load_pack, packs, timeline
from socorg_rules.charts import export, files
from socorg_rules.charts.coverage import split
from socorg_rules.cli import main
from socorg_rules.pack import Pack

ROOT = Path(__file__).parents[1]
DISTRICT = str(ROOT / "examples" / "daoli-district.json")
NEW = str(ROOT / "examples" / "yangpu-new-organization.json")


def values(spec: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a specification of Vega-Lite
    """The data that a chart holds."""
    return [row for rows in spec.to_dict()["datasets"].values() for row in rows]


# ------------------------------------------------------------------------------------------------------ waterfall


def bars(provision: str) -> dict[str, list[dict[str, Any]]]:
    title = guild()[provision].title
    rows = [r for r in values(charts.waterfall(guild())) if title in r["provision"]]
    return {step: [r for r in rows if r["of"] == step] for step in ("entitlement", "paid", "payable")}


def test_a_range_is_full_up_to_its_least_and_light_to_its_most() -> None:
    certain, possible = bars("apprentice_wage")["payable"]
    amount = guild()["apprentice_wage"].payable
    assert amount is not None
    assert (certain["low"], certain["high"], certain["full"]) == (0, float(amount.min), 1.0)
    assert (possible["low"], possible["high"]) == (float(amount.min), float(amount.max or 0))
    assert 0 < possible["full"] < 1


def test_a_certain_sum_is_one_full_bar() -> None:
    (bar,) = bars("stall_subsidy")["payable"]
    assert bar["full"] == 1.0
    assert bar["high"] == 450.0


def test_what_is_not_decided_is_only_outlined_and_marked() -> None:
    shown = [r for r in values(charts.waterfall(guild())) if not r["decided"]]
    assert {r["full"] for r in shown if r["of"] != "paid"} == {0.0}
    assert all(r["told"].startswith("?") for r in shown if r["of"] != "paid")
    assert {r["provision"][0] for r in shown} <= {"?", "◇"}


def test_what_was_paid_stands_where_it_was_taken_off() -> None:
    answer = toyland(badges=[{"name": "橡叶", "grade": "铜", "awarded_on": "2022-10-01"}], payments=[])
    for row in (r for r in values(charts.waterfall(answer)) if r["of"] == "paid" and r["per"] == "once"):
        assert row["low"] <= row["high"]
    (paid,) = bars("badge_prize")["paid"]
    assert (paid["low"], paid["high"]) == (0.0, 5000.0)


def test_the_sum_of_all_months_is_told_and_not_held_against_one_month() -> None:
    monthly = [r for r in values(charts.waterfall(guild())) if r["per"] == "month" and r["of"] == "paid"]
    assert monthly
    assert all(r["high"] == 0 and "累计" in r["told"] for r in monthly)


def test_an_answer_without_any_figure_is_refused_by_name() -> None:
    with pytest.raises(CaseError, match="waterfall: no grant of this answer has a figure"):
        charts.waterfall(assess(DISTRICT, "daoli", "2023-06-01"))


# ------------------------------------------------------------------------------------------------------- timeline


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_timeline_shows_every_day_of_every_provision_once(lang: Any) -> None:  # noqa: ANN401
    shown = timeline(NEW, "yangpu", "2022-01-01", "2026-12-31")
    rows = values(charts.timeline(shown, lang))
    titles = list(dict.fromkeys(r["provision"] for r in rows))
    assert len(titles) == len(shown.rows)
    for title in titles:
        mine = [(r["start"], r["end"]) for r in rows if r["provision"] == title]
        assert mine[0][0] == "2022-01-01"
        assert mine[-1][1] == "2027-01-01"
        assert all(a[1] == b[0] for a, b in pairwise(mine))


def test_every_outcome_of_a_timeline_has_its_own_mark_and_colour() -> None:
    spec = charts.timeline(timeline(NEW, "yangpu", "2022-01-01", "2026-12-31")).to_dict()
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert len(set(scale["range"])) == len({word[0] for word in scale["domain"]}) == 4


def test_a_mark_stands_only_where_there_is_room() -> None:
    rows = values(charts.timeline(timeline(NEW, "yangpu", "2022-01-01", "2026-12-31")))
    days = {r["mark"]: dt.date.fromisoformat(r["end"]) - dt.date.fromisoformat(r["start"]) for r in rows}
    assert min(r for mark, r in days.items() if "元" in mark) > dt.timedelta(days=365)
    assert "" in days


# ------------------------------------------------------------------------------------------------------- coverage


@pytest.mark.parametrize("pack", [*map(load_pack, packs()), PACK], ids=lambda p: p.id)
def test_a_map_of_clauses_has_each_clause_once_and_in_order(pack: Pack) -> None:
    rows = values(charts.coverage(pack))
    assert [r["clause"] for r in rows] == [row.clause for row in pack.coverage]
    assert len({(r["part"], r["n"]) for r in rows}) == len(rows)


def test_an_open_clause_is_marked() -> None:
    marked = [r["rest"] for r in values(charts.coverage(PACK)) if r["status"] == "待明确"]
    assert len(marked) == sum(row.status == "open" for row in PACK.coverage)
    assert all(rest.startswith("?") for rest in marked)


@given(st.sampled_from("一二三四五六七八九十"), st.sampled_from(["", "(一)", "（二）", "(三)12", "一是", "3"]))
def test_a_locator_is_split_without_losing_anything(part: str, rest: str) -> None:
    assert split(part + rest) == (part, rest or part)


# --------------------------------------------------------------------------------------------------------- export


@pytest.mark.parametrize("form", ["html", "png", "svg", "json"])
def test_a_chart_becomes_a_file_of_its_own(form: str, tmp_path: Path) -> None:
    path = export(charts.waterfall(guild()), tmp_path / f"picture.{form}")
    held = path.read_bytes()
    match form:
        case "png":
            assert held.startswith(b"\x89PNG")
        case "json":
            assert json.loads(held)["title"]["text"] == "甲行会"
        case _:
            assert "开业礼金" in held.decode()


def test_a_page_of_a_chart_may_load_nothing(tmp_path: Path) -> None:
    page = export(charts.coverage(PACK), tmp_path / "page.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert " src=" not in re.sub(r"<script>.*?</script>", "<script></script>", page, flags=re.DOTALL)
    assert "<script src" not in page


def test_a_name_cannot_end_the_script_that_it_stands_in(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script>"
    page = export(charts.waterfall(toyland(name=hostile)), tmp_path / "page.html").read_text(encoding="utf-8")
    assert hostile not in page
    assert page.count("</script>") == page.count("<script>") == 2


def test_another_form_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(
        CaseError,
        match=r"output: the name `picture\.pdf` says no form that is offered; end it in one of `\.html`, `\.p",
    ):
        export(charts.coverage(PACK), tmp_path / "picture.pdf")


def test_without_a_chinese_font_no_png_is_made_and_the_remedy_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vl_convert.svg_to_png", lambda _svg, **_: b"the same box for every letter")
    monkeypatch.setattr(files, "chinese_can_be_drawn", files.chinese_can_be_drawn.__wrapped__)
    with pytest.raises(CaseError, match=r"no font here has Chinese.*fonts-noto-cjk"):
        export(charts.coverage(PACK), tmp_path / "picture.png")
    assert not (tmp_path / "picture.png").exists()


@pytest.mark.parametrize("missing", ["altair", "vl_convert"])
def test_without_the_extra_the_remedy_is_told(missing: str) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; import socorg_rules.charts"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT)
    assert re.search(
        r"CaseError: charts cannot be made here .*; install `socorg-rules\[charts\]`$", done.stderr.strip()
    )


# --------------------------------------------------------------------------------------------------- command line


@pytest.mark.parametrize(
    "args",
    [
        ["waterfall", NEW, "--pack", "yangpu", "--as-of", "2023-06-01"],
        ["timeline", NEW, "--pack", "yangpu", "--from", "2023-01-01", "--to", "2024-12-31", "--lang", "en"],
        ["coverage", "hainan"],
        ["graph", "yangpu", "rent_subsidy"],
        ["graph", "yangpu", "rent_subsidy", "--case", NEW, "--as-of", "2023-06-01", "--depth", "2"],
    ],
    ids=" ".join,
)
def test_the_program_draws(args: list[str], tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    done = CliRunner().invoke(main, ["chart", *args, "-o", str(path)])
    assert (done.exit_code, done.stderr.strip()) == (0, f"wrote {path}")
    assert path.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["coverage", "yangpu", "-o", "x.gif"], "output: the name `x.gif` says no form"),
        (
            ["coverage", "yangpu", "-o", "/nowhere/a.png"],
            "there is no folder `/nowhere`; make it, or name a file in one",
        ),
        (["graph", "yangpu", "rent_subsidies", "-o", "x.svg"], "did you mean `rent_subsidy`"),
        (["timeline", NEW, "--pack", "yangpu", "--from", "2023", "--to", "2024-01-01", "-o", "x.svg"], "start: "),
    ],
)
def test_what_cannot_be_drawn_is_told_in_a_line(args: list[str], told: str) -> None:
    done = CliRunner().invoke(main, ["chart", *args])
    assert done.exit_code == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
