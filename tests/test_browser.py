"""Everything that is displayed, in a real browser: no boxes for letters, nothing cut off or loaded, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import OVERFLOWING, PALE, SCHEMES, TOFU, WIDTHS, chromium, shown, started
from explained import guild
from test_display import THINGS

from socorg_rules import (
    CaseFile,
    assess,
    charts,
    compare,
    compare_packs,
    load_case,
    load_pack,
    paths_to,
    robustness,
    rule_graph,
    timeline,
)
from socorg_rules.charts import export

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
NEW = str(ROOT / "examples" / "yangpu-new-organization.json")
AS_OF = "2023-06-01"

Page = Callable[[Path], object]


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _pages() -> dict[str, Page]:
    """How each page is written to a file."""
    yangpu = load_pack("yangpu")
    answer = assess(NEW, yangpu, AS_OF, engine="reference")
    district = assess(str(ROOT / "examples" / "daoli-district.json"), "daoli", AS_OF, engine="reference")
    file = CaseFile(yangpu, NEW, AS_OF, engine="reference")
    through_time = timeline(NEW, yangpu, "2022-01-01", "2026-12-31")
    told = {
        "answer": answer,
        "answer-of-a-report": district,
        "decision": answer["grade_award"],
        "case": load_case(NEW),
        "pack": yangpu,
        "comparison": compare_packs(NEW, as_of=AS_OF),
        "file": file,
        "change": file.advance("2024-06-01")[0],
        "timeline-as-table": through_time,
        "robustness": robustness(NEW, yangpu, AS_OF),
        "paths": paths_to(NEW, yangpu, "contest_subsidy", AS_OF),
        "difference": compare(yangpu, yangpu.changed(parameters={"opening_subsidy.ceiling": 20_000})),
    }
    opening = answer["opening_subsidy"]
    drawn = {
        "waterfall": charts.waterfall(answer),
        "waterfall-of-toyland": charts.waterfall(guild()),
        "timeline": charts.timeline(through_time),
        "coverage": charts.coverage(load_pack("xinjin")),
        "graph": rule_graph("hainan", "talent_target"),
        "graph-decided": rule_graph(yangpu, "opening_subsidy", opening, depth=1),
        "graph-in-english": rule_graph(yangpu, "salary_subsidy", answer["salary_subsidy"], depth=1, lang="en"),
    }
    pages: dict[str, Page] = {}
    for name, thing in told.items():
        pages[name] = lambda path, thing=thing: _text(path, thing.explain(form="html"))
    pages["answer-in-english"] = lambda path: _text(path, answer.explain("en", "html"))
    for name, picture in drawn.items():
        pages[name] = lambda path, picture=picture: export(picture, path)
    return pages


PAGES = _pages()


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
    PAGES[name](path)
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
