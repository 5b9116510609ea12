"""Explanations as text, as a tree, as Markdown and as HTML: what a case holds is shown, never obeyed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from unicodedata import east_asian_width

import pytest
from explained import AS_OF, GUILD, town, toyland
from hypothesis import given, settings
from hypothesis import strategies as st
from toyland import PACK

from socorg_rules.assess import assess
from socorg_rules.document import Bullets, Code, Document, Line, Node, Section, Table, Tree
from socorg_rules.errors import CaseError
from socorg_rules.render import as_markdown, as_text, as_tree, harmless, render
from socorg_rules.render_html import as_fragment, as_html

HOSTILE = "<script>alert(1)</script> & \"'*_`[x](http://evil.example)|# \x1b[31m\u202e\n- 1. www.evil.example"

VOID = {"meta", "br", "hr", "img", "link", "input"}


class Page(HTMLParser):
    """Collects what a browser would see, and complains about what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.text = ""
        self.feed(html)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def columns(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def hostile() -> Document:
    text = (HOSTILE, Code("guild.name"), HOSTILE)
    node = Node("holds", text, (Node("fails", text), Node("open", text), Node("value", text)))
    inner = (Line(text), Bullets((text,)), Table((HOSTILE,), ((HOSTILE,),)), Tree((node,)))
    return Document("en", (HOSTILE,), (*inner, Section(text, inner), Section(text, inner, folded=True)))


# -------------------------------------------------------------------------------------------------- stored texts


@pytest.mark.parametrize(("form", "suffix"), [("tree", "tree.txt"), ("markdown", "md"), ("html", "html")])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_decision_looks_as_stored(snapshot: Callable[[str, str], None], form: str, suffix: str, lang: str) -> None:
    snapshot(f"toyland-badge_prize.{lang}.{suffix}", toyland()["badge_prize"].explain(lang, form))


# ---------------------------------------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("form", "lang", "told"),
    [
        ("pdf", "zh", "form: `pdf` is not offered; known: `html`, `markdown`, `text`, `tree`"),
        ("markdwon", "zh", "form: `markdwon` is not offered; did you mean `markdown`?"),
        ("text", "fr", "lang: `fr` is not offered; known: `en`, `zh`"),
    ],
)
def test_an_unknown_form_or_language_is_refused(form: str, lang: str, told: str) -> None:
    with pytest.raises(CaseError, match=f"^{re.escape(told)}$"):
        render(toyland(), form, lang)


def test_form_and_language_are_complained_about_together() -> None:
    with pytest.raises(CaseError) as refused:
        toyland().explain("fr", "pdf")
    assert [p.path for p in refused.value.problems] == ["form", "lang"]


def test_several_answers_are_told_one_after_the_other() -> None:
    several = assess({"guild": GUILD}, [PACK], AS_OF)
    assert "玩具国行会扶持办法" in several.explain()
    assert "Toyland" not in several.explain("en")
    assert Page(several.explain(form="html")).text.count("基准日") > 1


# ----------------------------------------------------------------------------------------------------------- text


def test_columns_of_a_table_stand_below_each_other_whatever_the_script() -> None:
    table = Table(("事项", "Sum"), (("第1项“月桂”", "1"), ("x", "22")))
    rows = as_text(Document("zh", ("t",), (table,))).splitlines()[2:]
    assert len({columns(row[: row.rindex("  ") + 2]) for row in rows}) == 1


@given(st.text())
def test_nothing_in_a_text_reaches_the_terminal_as_a_command(text: str) -> None:
    shown = harmless(text)
    assert all(c.isprintable() for c in shown)
    assert not text.isprintable() or shown == text


@pytest.mark.parametrize("form", [as_text, as_tree, as_markdown])
def test_no_control_character_and_no_turned_direction_is_left(form: Callable[[Document], str]) -> None:
    shown = form(hostile())
    assert all(c.isprintable() or c == "\n" for c in shown)
    assert "\\x1b[31m" in shown.replace("\\\\", "\\").replace("\\[", "[")


# ----------------------------------------------------------------------------------------------------------- tree


def test_a_tree_goes_to_a_pipe_without_colours_and_without_wrapping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    shown = toyland()["opening_gift"].explain(form="tree")
    assert "\x1b" not in shown
    assert max(map(len, shown.splitlines())) > 40


def test_a_tree_on_a_terminal_is_coloured_and_no_wider_than_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    shown = toyland()["opening_gift"].explain(form="tree")
    assert "\x1b[" in shown
    rows = re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()
    assert max(map(columns, rows)) <= 60


def test_no_color_is_respected_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    shown = toyland()["opening_gift"].explain(form="tree")
    assert not re.search(r"\x1b\[[0-9;]*3\d", shown)


def test_names_are_no_markup_of_the_tree() -> None:
    assert "[red]甲[/red]" in toyland(name="[red]甲[/red]").explain(form="tree")


# ------------------------------------------------------------------------------------------------------- Markdown


def test_markdown_shows_what_would_be_markup() -> None:
    shown = as_markdown(Document("en", (HOSTILE,), (Line(("- 1. a",)), Table(("a|b",), (("c|d",),)))))
    assert "\\<script\\>" in shown
    assert "http\\://" in shown
    assert "www\\.evil" in shown
    assert "\\- 1\\. a" in shown or "\\- 1. a" in shown
    assert "c\\|d" in shown
    assert "\n- 1" not in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("+ a", "\\+ a"),
        ("---", "\\---"),
        ("800.00 yuan", "800.00 yuan"),
        ("-500", "-500"),
        ("a: 1. b", "a: 1. b"),
        (".5", ".5"),
        (":tada:", "\\:tada:"),
    ],
)
def test_markdown_escapes_what_would_begin_a_list_and_no_figure(text: str, shown: str) -> None:
    document = Document("en", ("t",), (Line((text,)), Bullets(((text,),)), Bullets((("a ", Code("b"), text),))))
    assert as_markdown(document).splitlines()[2:5:2] == [shown, f"- {shown}"]
    assert as_markdown(document).splitlines()[6] == f"- a `b`{text.replace(':t', chr(92) + ':t')}"


def test_markdown_tables_escape_no_figure() -> None:
    table = Table(("1. Sum",), (("800.00 yuan: 2",), ("1. a",)))
    assert as_markdown(Document("en", ("t",), (table,))).splitlines()[2:] == [
        "| 1. Sum |",
        "| --- |",
        "| 800.00 yuan: 2 |",
        "| 1. a |",
    ]


def test_markdown_code_survives_backticks() -> None:
    assert "``a`b``" in as_markdown(Document("en", ("t",), (Line((Code("a`b"),)),)))


def test_every_line_of_a_markdown_table_has_the_same_cells() -> None:
    rows = [row for row in toyland()["badge_prize"].explain(form="markdown").splitlines() if row.startswith("|")]
    assert len({row.count("|") - row.count("\\|") for row in rows}) == 1


# ----------------------------------------------------------------------------------------------------------- HTML


def test_html_holds_no_tag_that_the_case_brought() -> None:
    page = Page(as_html(hostile()))
    assert "script" not in page.tags
    assert "<script>alert(1)</script>" in page.text


@settings(deadline=None)
@given(st.text())
def test_html_shows_any_name_as_it_is(name: str) -> None:
    page = Page(as_html(Document("zh", (name,), (Line((name,)), Tree((Node("holds", (name,)),))))))
    assert page.text.count(harmless(name)) >= 3
    assert page.tags <= {"html", "head", "meta", "title", "style", "body", "div", "h1", "p", "ul", "li", "span"}


def test_a_page_loads_nothing() -> None:
    page = Page(toyland().explain(form="html"))
    assert not {"script", "link", "img", "iframe"} & page.tags
    assert not {name for name, _ in page.attributes} & {"src", "href", "onclick"}
    assert "url(" not in as_html(hostile())
    assert "@import" not in as_html(hostile())


@pytest.mark.parametrize(("lang", "tag"), [("zh", "zh-CN"), ("en", "en")])
def test_a_page_tells_its_language(lang: str, tag: str) -> None:
    assert ("lang", tag) in Page(town().explain(lang, "html")).attributes


def test_a_page_folds_its_derivations_and_reads_well_in_the_dark() -> None:
    html = toyland().explain(form="html")
    assert {"details", "summary"} <= Page(html).tags
    assert "color-scheme:light dark" in html
    assert "light-dark(" in html


def test_a_notebook_gets_a_fragment() -> None:
    answer = toyland()
    several = assess({"guild": GUILD}, [PACK], AS_OF)
    for shown in (answer._repr_html_(), answer["opening_gift"]._repr_html_(), several._repr_html_()):
        assert shown.startswith("<div ")
        assert {"html", "body"}.isdisjoint(Page(shown).tags)
    assert as_fragment(hostile()).startswith("<div ")
