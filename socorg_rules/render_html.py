"""Explanations as HTML: a page that stands alone, or a part of one. It loads nothing, and reads well in the dark."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from .document import Block, Bullets, Clause, Code, Document, Inline, Line, Mark, Node, Section, Table, Tree
from .render import MARKS, harmless
from .style import CLASS, PAGE_STYLE, STYLE

TAGS = {"zh": "zh-CN", "en": "en"}
"""What HTML calls the two languages."""

CSP = "default-src 'none';style-src 'unsafe-inline'"
"""What a page may do: be styled as it says itself. It runs nothing and loads nothing."""
UNBROKEN = 18
"""How many characters of a cell stay in one line: a date, a sum, a title. A table that is too wide is scrolled."""
UNFOLDED = 2
"""Down to which level the lines of a derivation lie open."""


def as_html(document: Document) -> str:
    """A whole page."""
    return page("".join(document.title), document.lang, _framed(document))


def page(title: str, lang: str, *content: Element, style: str = PAGE_STYLE) -> str:
    """A page of its own that holds some content and loads nothing."""
    whole = Element("html", lang=TAGS[lang])
    head = SubElement(whole, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": CSP})
    SubElement(head, "title").text = harmless(title)
    SubElement(head, "style").text = style
    SubElement(whole, "body").extend(content)
    return f"<!DOCTYPE html>\n{tostring(whole, encoding='unicode', method='html')}\n"


def as_fragment(*documents: Document) -> str:
    """The part of a page that a notebook shows: a document, or the same in two languages with a switch between them.

    The switch is a box and a style, no script. Where a notebook takes styles away, the first language is shown.
    """
    return tostring(_framed(*documents), encoding="unicode", method="html")


def _framed(first: Document, *others: Document) -> Element:
    frame = Element("div", {"class": CLASS})
    SubElement(frame, "style").text = STYLE
    if others:
        SubElement(frame, "input", {"type": "checkbox", "aria-label": "English"})
    frame.append(_article(first))
    for other in others:
        article = _article(other)
        article.set("hidden", "hidden")
        frame.append(article)
    return frame


def _article(document: Document) -> Element:
    article = Element("div", {"lang": TAGS[document.lang]})
    _head(SubElement(article, "h1"), document.title, document.mark)
    for block in document.blocks:
        _add(article, block, 2)
    return article


def _head(into: Element, text: Inline, mark: Mark | None) -> None:
    """Running text behind its mark, where it has one."""
    if mark is not None:
        into.set("class", mark)
        shown = SubElement(into, "span", {"class": "mark"})
        shown.text, shown.tail = MARKS[mark], " "
    _write(into, text)


def _write(into: Element, text: Inline) -> None:
    """Put running text behind whatever an element already holds."""
    for piece in text:
        if isinstance(piece, Code):
            SubElement(into, "code").text = harmless(piece)
        elif isinstance(piece, Clause):
            SubElement(into, "span", {"class": "clause"}).text = harmless(piece.locator)
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
        case Table():
            _tabulate(SubElement(into, "div", {"class": "scroll"}), block)
        case Tree(nodes=nodes):
            _grow(into, nodes)
        case Section(title=title, blocks=blocks, folded=folded, mark=mark):
            section = SubElement(into, "details", {"class": "part"}) if folded else SubElement(into, "section")
            _head(SubElement(section, "summary" if folded else f"h{min(level, 6)}"), title, mark)
            for part in blocks:
                _add(section, part, level + 1)


def _tabulate(into: Element, shown: Table) -> None:
    table = SubElement(into, "table")
    for kind, row in (("th", shown.head), *(("td", row) for row in shown.rows)):
        line = SubElement(table, "tr")
        for text in row:
            short = len("".join(text)) <= UNBROKEN
            _write(SubElement(line, kind, {"class": "short"} if short else {}), text)


def _grow(into: Element, nodes: tuple[Node, ...], level: int = 1) -> None:
    """A derivation; each line folds away what it was worked out from."""
    listed = SubElement(into, "ul", {"class": "tree"})
    for node in nodes:
        line = SubElement(listed, "li")
        if node.parts:
            fold = SubElement(line, "details", {"open": "open"} if level < UNFOLDED else {})
            _head(SubElement(fold, "summary"), node.text, node.mark)
            _grow(fold, node.parts, level + 1)
        else:
            _head(line, node.text, node.mark)
