"""Explanations as HTML: a page that stands alone, or a part of one. It loads nothing, and reads well in the dark."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from .document import Block, Bullets, Code, Document, Inline, Line, Node, Section, Table, Tree
from .render import MARKS, harmless

CLASS = "socorg-rules"

STYLE = """
.socorg-rules{--ink:#1d2430;--soft:#5b6472;--line:#d5dae2;--good:#18794e;--bad:#c0362c;--open:#8a6100;
color:var(--ink);font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
max-width:60rem}
.socorg-rules h1{font-size:1.5rem}
.socorg-rules h2{font-size:1.2rem;border-bottom:1px solid var(--line)}
.socorg-rules h3,.socorg-rules h4,.socorg-rules h5,.socorg-rules h6{font-size:1rem;margin-bottom:.3rem}
.socorg-rules table{border-collapse:collapse}
.socorg-rules th,.socorg-rules td{border:1px solid var(--line);padding:.2rem .6rem;text-align:left}
.socorg-rules code{color:var(--soft);overflow-wrap:anywhere}
.socorg-rules summary{cursor:pointer;color:var(--soft)}
.socorg-rules ul.tree{list-style:none;padding-left:1.2rem}
.socorg-rules .holds>.mark{color:var(--good)}
.socorg-rules .fails>.mark{color:var(--bad)}
.socorg-rules .open>.mark{color:var(--open)}
@media (prefers-color-scheme:dark){
.socorg-rules{--ink:#e4e7ec;--soft:#a3adba;--line:#3b4350;--good:#5bd19a;--bad:#ff8a80;--open:#ffcf66}}
"""

PAGE_STYLE = """
:root{color-scheme:light dark}
body{margin:2rem auto;padding:0 1rem;max-width:60rem;background:#fff}
@media (prefers-color-scheme:dark){body{background:#14181f}}
"""


def as_html(document: Document) -> str:
    """A whole page."""
    page = Element("html", lang=_lang(document))
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = harmless("".join(document.title))
    SubElement(head, "style").text = PAGE_STYLE
    SubElement(page, "body").append(_article(document))
    return f"<!DOCTYPE html>\n{tostring(page, encoding='unicode', method='html')}\n"


def as_fragment(document: Document) -> str:
    """The part of a page that a notebook shows."""
    return tostring(_article(document), encoding="unicode", method="html")


def _lang(document: Document) -> str:
    return "zh-CN" if document.lang == "zh" else "en"


def _article(document: Document) -> Element:
    article = Element("div", {"class": CLASS, "lang": _lang(document)})
    SubElement(article, "style").text = STYLE
    _write(SubElement(article, "h1"), document.title)
    for block in document.blocks:
        _add(article, block, 2)
    return article


def _write(into: Element, text: Inline) -> None:
    """Put running text behind whatever an element already holds."""
    for piece in text:
        if isinstance(piece, Code):
            SubElement(into, "code").text = harmless(piece)
        elif len(into):
            into[-1].tail = (into[-1].tail or "") + harmless(piece)
        else:
            into.text = (into.text or "") + harmless(piece)


def _add(into: Element, block: Block, level: int) -> None:
    match block:
        case Line(text=text):
            _write(SubElement(into, "p"), text)
        case Bullets(items=items):
            listed = SubElement(into, "ul")
            for item in items:
                _write(SubElement(listed, "li"), item)
        case Table(head=head, rows=rows):
            table = SubElement(into, "table")
            for cell, row in (("th", head), *(("td", row) for row in rows)):
                line = SubElement(table, "tr")
                for shown in row:
                    SubElement(line, cell).text = harmless(shown)
        case Tree(nodes=nodes):
            _grow(into, nodes)
        case Section(title=title, blocks=blocks, folded=folded):
            section = SubElement(into, "details" if folded else "section")
            _write(SubElement(section, "summary" if folded else f"h{min(level, 6)}"), title)
            for part in blocks:
                _add(section, part, level + 1)


def _grow(into: Element, nodes: tuple[Node, ...]) -> None:
    listed = SubElement(into, "ul", {"class": "tree"})
    for node in nodes:
        line = SubElement(listed, "li", {"class": node.mark})
        mark = SubElement(line, "span", {"class": "mark"})
        mark.text, mark.tail = MARKS[node.mark], " "
        _write(line, node.text)
        if node.parts:
            _grow(line, node.parts)
