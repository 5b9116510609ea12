"""Explanations as plain text, as a tree for the terminal, as Markdown and as HTML.

Whatever a case holds (names, first of all) is shown as what it is: nothing in it is taken for markup or for a command
to the terminal.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args
from unicodedata import east_asian_width

from .document import Block, Bullets, Code, Document, Inline, Line, Mark, Node, Section, Table, Tree
from .errors import CaseError, Problem, nearest
from .explain import explain
from .phrases import Lang

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree as RichTree

    from .answer import Answer, Answers, Decision

Form = Literal["text", "tree", "markdown", "html"]

MARKS: dict[Mark, str] = {"holds": "✓", "fails": "✗", "open": "?", "value": "·"}
STYLES: dict[Mark, str] = {"holds": "green", "fails": "red", "open": "yellow", "value": "dim"}

NEVER_WRAPPED = 100_000
"""How wide a line may become where it does not go to a terminal."""


def render(what: Decision | Answer | Answers, form: str = "text", lang: str = "zh", *, whole: bool = True) -> str:
    """Explain a decision, an answer or several answers.

    Args:
        what: the thing to explain.
        form: `text`, `tree` (for a terminal), `markdown` or `html` (a page that stands alone).
        lang: `zh` or `en`.
        whole: with the derivations; without them only what decides. A comparison of packs shows none.

    Raises:
        CaseError: there is no such form or language.
    """
    wrong_form(form, lang)
    return as_form(_document(what, "zh" if lang == "zh" else "en", whole=whole), form)


def wrong_form(form: str, lang: str) -> None:
    """Raise where a form or a language is not offered.

    Raises:
        CaseError: it names what is.
    """
    problems = [
        Problem(name, f"`{given}` is not offered{nearest(given, known)}")
        for name, given, known in (("form", form, get_args(Form)), ("lang", lang, get_args(Lang)))
        if given not in known
    ]
    if problems:
        raise CaseError(problems)


def as_form(document: Document, form: str) -> str:
    """A document as text, as a tree, as Markdown or as a page."""
    match form:
        case "tree":
            return as_tree(document)
        case "markdown":
            return as_markdown(document)
        case "html":
            from .render_html import as_html  # noqa: PLC0415 - most explanations are text

            return as_html(document)
    return as_text(document)


def fragment(what: Decision | Answer | Answers) -> str:
    """The explanation in Chinese as a part of an HTML page, for notebooks."""
    from .render_html import as_fragment  # noqa: PLC0415 - as above

    return as_fragment(_document(what))


def _document(what: Decision | Answer | Answers, lang: Lang = "zh", *, whole: bool = True) -> Document:
    from .pack_comparison import PackComparison  # noqa: PLC0415 - it asks for answers, which ask for this module
    from .side_by_side import side_by_side  # noqa: PLC0415

    if isinstance(what, PackComparison):
        return side_by_side(what, lang)
    return explain(what.to_dict(trace=True, depends_on=True), lang, whole=whole)


def harmless(text: str) -> str:
    r"""Text without anything that a terminal would obey or that would turn its direction: such characters are named.

    >>> harmless("red \x1b[31m")
    'red \\x1b[31m'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _plain(text: Inline) -> str:
    return harmless("".join(text))


# ------------------------------------------------------------------------------------------------------- text


def as_text(document: Document) -> str:
    """Plain text, sections indented."""
    title = _plain(document.title)
    lines = [title, "=" * _width(title), *(line for b in document.blocks for line in _text(b))]
    return "\n".join(lines) + "\n"


def _text(block: Block, indent: str = "") -> Iterator[str]:
    match block:
        case Line(text=text):
            yield indent + _plain(text)
        case Bullets(items=items):
            yield from (f"{indent}- {_plain(item)}" for item in items)
        case Table():
            yield from (indent + row for row in _columns(block))
        case Tree(nodes=nodes):
            yield from (line for n in nodes for line in _branch(n, indent))
        case Section(title=title, blocks=blocks):
            yield ""
            yield indent + _plain(title)
            yield from (line for b in blocks for line in _text(b, f"{indent}  "))


def _branch(node: Node, indent: str) -> Iterator[str]:
    yield f"{indent}{MARKS[node.mark]} {_plain(node.text)}"
    yield from (line for part in node.parts for line in _branch(part, f"{indent}  "))


def _columns(table: Table) -> Iterator[str]:
    rows = [tuple(harmless(cell) for cell in row) for row in (table.head, *table.rows)]
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """How many columns a text takes: two for each Chinese character."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


# ------------------------------------------------------------------------------------------------------- tree


def as_tree(document: Document) -> str:
    """A tree for the terminal: coloured and as wide as it is, where there is one; `NO_COLOR` is respected."""
    from rich.console import Console  # noqa: PLC0415 - slow to import, and only a tree needs it
    from rich.tree import Tree as RichTree  # noqa: PLC0415

    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else NEVER_WRAPPED
    out = io.StringIO()
    top = RichTree(_styled(document.title, "bold"))
    for block in document.blocks:
        _grow(top, block)
    Console(file=out, force_terminal=terminal, width=width, highlight=False, emoji=False).print(top)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _styled(text: Inline, style: str = "") -> Text:
    from rich.text import Text  # noqa: PLC0415

    pieces = [(harmless(piece), "cyan" if isinstance(piece, Code) else style) for piece in text]
    return Text.assemble(*pieces)


def _grow(tree: RichTree, block: Block) -> None:
    match block:
        case Line(text=text):
            tree.add(_styled(text))
        case Bullets(items=items):
            for item in items:
                tree.add(_styled(item))
        case Table():
            for row in _columns(block):
                tree.add(_styled((row,)))
        case Tree(nodes=nodes):
            for node in nodes:
                _grow_node(tree, node)
        case Section(title=title, blocks=blocks):
            below = tree.add(_styled(title, "bold"))
            for part in blocks:
                _grow(below, part)


def _grow_node(tree: RichTree, node: Node) -> None:
    below = tree.add(_styled((f"{MARKS[node.mark]} ",), STYLES[node.mark]) + _styled(node.text))
    for part in node.parts:
        _grow_node(below, part)


# --------------------------------------------------------------------------------------------------- Markdown

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~#&@$]|:(?=//|[a-z0-9_+-]+:)|(?<=www)\.)", re.IGNORECASE)
_STARTS_A_LIST = re.compile(r"^\s*(?=[-+](?:[-\s]|$))|^\s*\d{1,9}(?=[.)](?:\s|$))")


def as_markdown(document: Document) -> str:
    """Markdown, GitHub's dialect where it matters: tables, and no bare addresses made into links."""
    blocks = [f"# {_marked(document.title)}", *(part for b in document.blocks for part in _markdown(b, 2))]
    return "\n\n".join(blocks) + "\n"


def _marked(text: Inline) -> str:
    return "".join(_code(piece) if isinstance(piece, Code) else _escaped(piece) for piece in text)


def _begun(text: Inline) -> str:
    """Text at the start of a line, which begins no list of its own."""
    return _STARTS_A_LIST.sub(r"\g<0>\\", _marked(text))


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", harmless(text))


def _code(text: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}{harmless(text)}{fence}"


def _markdown(block: Block, level: int) -> Iterator[str]:
    match block:
        case Line(text=text):
            yield _begun(text)
        case Bullets(items=items):
            yield "\n".join(f"- {_begun(item)}" for item in items)
        case Table(head=head, rows=rows):
            cells = [tuple(map(_escaped, row)) for row in (head, *rows)]
            lines = [cells[0], ("---",) * len(head), *cells[1:]]
            yield "\n".join(f"| {' | '.join(row)} |" for row in lines)
        case Tree(nodes=nodes):
            yield "\n".join(line for n in nodes for line in _markdown_node(n, ""))
        case Section(title=title, blocks=blocks):
            yield f"{'#' * min(level, 6)} {_marked(title)}"
            yield from (part for b in blocks for part in _markdown(b, level + 1))


def _markdown_node(node: Node, indent: str) -> Iterator[str]:
    yield f"{indent}- {MARKS[node.mark]} {_marked(node.text)}"
    yield from (line for part in node.parts for line in _markdown_node(part, f"{indent}  "))
