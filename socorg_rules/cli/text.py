"""What a pack holds, in lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..editions import BEGINNING

if TYPE_CHECKING:
    from ..pack import Pack
    from ..reading import Reading


def held(pack: Pack) -> str:
    """One line on what a sound pack holds.

    >>> from socorg_rules import load_pack
    >>> held(load_pack("yangpu")).startswith("yangpu: ")
    True
    """
    counts = Counter(row.status for row in pack.coverage)
    clauses = ", ".join(f"{counts[status]} {status}" for status in ("encoded", "open", "none"))
    sizes = {"provision": pack.provisions, "reading": pack.readings, "clause": pack.coverage}
    told = ", ".join(f"{len(of)} {word}{'' if len(of) == 1 else 's'}" for word, of in sizes.items())
    return f"{pack.id}: {told} ({clauses})"


def coverage_lines(pack: Pack) -> Iterator[str]:
    """A line for each clause of the document, and their count."""
    for row in pack.coverage:
        yield f"{row.clause}  {row.status}: " + " — ".join(filter(None, (", ".join(row.provisions), row.note)))
    yield held(pack)


def pack_lines(pack: Pack, lang: str) -> Iterator[str]:
    """The document, the provisions, the readings and the clauses of a pack."""
    source, chinese = pack.source, lang == "zh"
    yield f"{pack.id}  {pack.title}"
    yield "  ".join(filter(None, (source.title, source.authority, source.number, source.issued_on, pack.edition)))
    if not pack.normative:
        yield "本文件是工作报告，不是规范性文件" if chinese else "The document is a report, not a rule."
    yield from ("", "条款项目" if chinese else "Provisions")
    for plan in pack.plans.values():
        p = plan.provision
        about = plan.root.label if chinese else plan.root.name
        yield f"  {p.clause}  {p.id}  {p.title}  ({p.kind}, {about})"
    if len(pack.editions) > 1:
        yield from ("", "版本" if chinese else "Editions")
        yield from (f"  {line}" for line in _edition_lines(pack, chinese=chinese))
    yield from ("", "参数" if chinese else "Parameters")
    for given in pack.parameters.values():
        yield f"  {given.clause}  {given.name}  {given.value}{given.unit and ' ' + given.unit}  {given.label}"
    yield from ("", "解释选项" if chinese else "Readings")
    for reading in pack.readings.values():
        yield from _reading_lines(reading, chinese=chinese)
    yield from ("", "文件各款" if chinese else "Clauses")
    for clause in source.clauses:
        yield f"  {clause.locator}  {clause.about}"


def _edition_lines(pack: Pack, *, chinese: bool) -> Iterator[str]:
    """From which day on which edition decides."""
    for begins, edition in pack.spans:
        since = ("自始" if chinese else "from the beginning") if begins == BEGINNING else begins.isoformat()
        yield f"{since}  {edition.edition}  {edition.content_hash[:12]}"


def _reading_lines(reading: Reading, *, chinese: bool) -> Iterator[str]:
    yield f"  {reading.clause}  {reading.name}  {reading.question if chinese else reading.question_en}"
    for name, alternative in reading.alternatives.items():
        mark = "*" if name == reading.default else "-"
        yield f"    {mark} {name}  {alternative.label if chinese else alternative.label_en}"
    if reading.default is None:
        yield f"    {'未选定' if chinese else 'open'}：{reading.because}"
    else:
        yield f"    {'取 * 之理由' if chinese else 'why *'}：{reading.because}"
