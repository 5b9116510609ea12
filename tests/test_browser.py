"""Everything that is displayed, in a real browser: no boxes for letters, nothing cut off or loaded, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import OVERFLOWING, PALE, SCHEMES, TOFU, WIDTHS, chromium, shown, started
from explained import guild
from test_display import THINGS

from socorg_rules import (
    Answer,
    CaseFile,
    Graph,
    Impact,
    Sweep,
    Timeline,
    assess,
    charts,
    compare,
    compare_packs,
    impact,
    interview,
    load_case,
    load_pack,
    paths_to,
    robustness,
    rule_graph,
    sweep,
    timeline,
)  # fmt: skip
from socorg_rules.charts import export
from socorg_rules.displayed import Displayed
from socorg_rules.phrases import Lang
from socorg_rules.registry.synthetic import synthetic

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
NEW = str(ROOT / "examples" / "yangpu-new-organization.json")
DISTRICT = str(ROOT / "examples" / "daoli-district.json")
AS_OF = "2023-06-01"

YANGPU = load_pack("yangpu")
RAISED = YANGPU.changed(parameters={"opening_subsidy.ceiling": 20_000, "honour_award.amount.市级": 40_000})
CEILINGS = (5_000, 10_000, 15_000)


@cache
def answer() -> Answer:
    return assess(NEW, YANGPU, AS_OF, engine="reference")


@cache
def through_time() -> Timeline:
    return timeline(NEW, YANGPU, "2022-01-01", "2026-12-31")


@cache
def registry() -> dict[str, Any]:
    (tables,) = synthetic(120, 7)
    return dict(tables)


@cache
def scenario() -> Impact:
    return impact(registry(), YANGPU, RAISED, AS_OF)


@cache
def curve() -> Sweep:
    return sweep(registry(), YANGPU, "opening_subsidy.ceiling", CEILINGS, AS_OF)


def decided(provision: str, lang: Lang = "zh") -> Graph:
    return rule_graph(YANGPU, provision, answer()[provision], depth=1, lang=lang)


TOLD: dict[str, Callable[[], Displayed]] = {
    "answer": answer,
    "answer-of-a-report": lambda: assess(DISTRICT, "daoli", AS_OF, engine="reference"),
    "decision": lambda: answer()["grade_award"],
    "case": lambda: load_case(NEW),
    "pack": lambda: YANGPU,
    "comparison": lambda: compare_packs(NEW, as_of=AS_OF),
    "file": lambda: CaseFile(YANGPU, NEW, AS_OF, engine="reference"),
    "changes": lambda: CaseFile(YANGPU, NEW, AS_OF, engine="reference").advance("2024-06-01"),
    "timeline-as-table": through_time,
    "robustness": lambda: robustness(NEW, YANGPU, AS_OF),
    "interview": lambda: interview({"organization": {}}, YANGPU, AS_OF),
    "paths": lambda: paths_to(NEW, YANGPU, "contest_subsidy", AS_OF),
    "difference": lambda: compare(YANGPU, RAISED),
    "impact-as-table": scenario,
    "sweep-as-table": curve,
}
DRAWN: dict[str, Callable[[], Any]] = {
    "waterfall": lambda: charts.waterfall(answer()),
    "waterfall-of-toyland": lambda: charts.waterfall(guild()),
    "timeline": lambda: charts.timeline(through_time()),
    "coverage": lambda: charts.coverage(load_pack("xinjin")),
    "impact": lambda: charts.impact(scenario()),
    "sweep": lambda: charts.sweep(curve()),
    "graph": lambda: rule_graph("hainan", "talent_target"),
    "graph-decided": lambda: decided("opening_subsidy"),
    "graph-in-english": lambda: decided("salary_subsidy", "en"),
}


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _write(name: str, path: Path) -> None:
    """Write a page to a file."""
    if name in DRAWN:
        export(DRAWN[name](), path)
    elif name in TOLD:
        _text(path, TOLD[name]().explain(form="html"))
    else:
        _text(path, TOLD[name.removesuffix("-in-english")]().explain("en", "html"))


PAGES = (*TOLD, *DRAWN, "answer-in-english")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if program is None:
        pytest.skip("Chromium is not installed here")
    with started(program) as found:
        yield found


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where screenshots go: `--screenshots FOLDER` keeps them for people to look at."""
    folder = Path(request.config.getoption("--screenshots") or tmp_path)
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_readable(name: str, browser: Browser, tmp_path: Path, pictures: Path) -> None:
    path = tmp_path / "page.html"
    _write(name, path)
    behind = []
    for scheme in SCHEMES:
        with shown(browser, path, scheme) as page:
            behind.append(page.ask("getComputedStyle(document.body).backgroundColor"))
            seen, tofu = page.ask(TOFU)
            assert seen > 0
            assert tofu == []
            for width in WIDTHS:
                page.page.set_viewport_size({"width": width, "height": 900})
                assert page.ask(OVERFLOWING) == [], f"{scheme}, {width} pixels"
                picture = page.page.screenshot(path=pictures / f"{name}-{width}-{scheme}.png", full_page=True)
                assert picture.startswith(b"\x89PNG")
            page.unfold()
            assert page.ask(OVERFLOWING) == [], f"{scheme}, all unfolded"
            assert page.ask(PALE)[1] == [], scheme
            assert page.requests == [path.as_uri()]
            assert page.complaints == []
    assert behind == ["rgb(255, 255, 255)", "rgb(20, 24, 31)"]


# ------------------------------------------------------------------------------------------------------ notebooks


def in_a_notebook(path: Path, fragment: str, around: str = "") -> Path:
    _text(path, f'<!DOCTYPE html><html><meta charset="utf-8"><body {around}>{fragment}</body></html>')
    return path


@pytest.mark.parametrize("name", THINGS)
def test_the_switch_shows_one_language_or_the_other(name: str, browser: Browser, tmp_path: Path) -> None:
    path = in_a_notebook(tmp_path / "cell.html", THINGS[name]._repr_html_())
    seen = "[...document.querySelectorAll('[lang]')].filter(e => e.offsetHeight).map(e => e.lang)"
    with shown(browser, path) as page:
        assert page.ask(seen) == ["zh-CN"]
        page.page.get_by_role("checkbox", name="English").check()
        assert page.ask(seen) == ["en"]
        assert page.ask(OVERFLOWING) == []
        page.page.get_by_role("checkbox").uncheck()
        assert page.ask(seen) == ["zh-CN"]


@pytest.mark.parametrize(
    ("around", "dark"),
    [
        ('data-jp-theme-light="false"', True),
        ('data-jp-theme-light="true"', False),
        ('class="vscode-dark"', True),
        ('class="vscode-light"', False),
    ],
)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_notebook_s_theme_wins_over_the_system_s(
    browser: Browser, tmp_path: Path, scheme: str, around: str, *, dark: bool
) -> None:
    path = in_a_notebook(tmp_path / "cell.html", THINGS["decision"]._repr_html_(), around)
    with shown(browser, path, scheme) as page:
        found = page.ask("getComputedStyle(document.querySelector('.socorg-rules')).backgroundColor")
        assert found == ("rgb(20, 24, 31)" if dark else "rgb(255, 255, 255)")
        assert page.ask(PALE)[1] == []


# -------------------------------------------------------------------------------------- the tests can fail


def test_what_is_looked_for_is_found(browser: Browser, tmp_path: Path) -> None:
    wide = '<div style="width:300px"><p style="width:2000px">宽</p></div><p style="color:#eee">浅\U0003fffe</p>'
    with shown(browser, in_a_notebook(tmp_path / "bad.html", wide)) as page:
        assert len(page.ask(OVERFLOWING)) >= 2
        assert page.ask(TOFU) == [3, ["\U0003fffe"]]
        assert page.ask(PALE)[1] != []
        page.ask("fetch('http://127.0.0.1:9/').catch(() => 0)")
        assert "http://127.0.0.1:9/" in page.requests
