"""Deciding a registry from files to files, a batch at a time, within bounded memory."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import attrs
import polars as pl

from ..errors import CaseError, Problem
from ..pack import Pack
from .answer import RegistryAnswer
from .assess import assess_registry
from .batches import BATCH, batches
from .files import Tables
from .headings import Columns
from .problems_zh import problems_in
from .summary import Lang, Summary
from .tables import read_part
from .workbook import write_workbook

FORMS = {".parquet": "parquet", ".csv": "csv", ".xlsx": "xlsx"}


@attrs.frozen
class Output:
    """What is written of a registry.

    Args:
        path: the file of the decisions: `.parquet` or `.csv`, with `NAME-problems` beside it, or one workbook, `.xlsx`.
        lang: the language of a workbook, and of what is said of problems.
        with_items: also `NAME-items`, what was decided of each item; a workbook has none.
    """

    path: Path
    lang: Lang = "zh"
    with_items: bool = False


def decide_files(
    tables: Mapping[str, object],
    pack: Pack,
    as_of: dt.date,
    out: Output,
    readings: Mapping[str, str | None] | None = None,
    columns: Columns | None = None,
    *,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    size: int = BATCH,
) -> Summary:
    """Decide a registry and write what is decided, and beside it what is wrong with the rows that are not.

    Args:
        tables: as for `assess_registry`.
        pack: the rules; of several editions, the one in force on the day decides.
        as_of: the day of the question.
        out: what is written.
        readings: as for `assess_registry`.
        columns: as for `assess_registry`.
        progress: told how many batches of how many are done.
        size: how many organizations are decided at a time.

    Raises:
        CaseError: the tables, the question or the form is not valid.
    """
    form = FORMS.get(out.path.suffix.lower())
    if form is None:
        raise CaseError(Problem(str(out.path), f"the name of what is written ends in one of {', '.join(FORMS)}"))
    if form == "xlsx" and out.with_items:
        raise CaseError(Problem("items", "a workbook has no table of items; write Parquet or CSV"))
    name, pack = out.path.stem, pack.on(as_of)
    dealt = batches(tables, [pack], columns, size)
    summary = Summary(pack, dealt.root, str(as_of))
    with tempfile.TemporaryDirectory(prefix="socorg-rules-") as folder:
        kept = Path(folder) if form == "xlsx" else out.path.parent
        answer: RegistryAnswer | None = None
        with Tables(kept, "parquet" if form == "xlsx" else form) as files:
            for number, batch in enumerate(dealt.tables):
                progress(number, dealt.count)
                clean = read_part(batch, [pack], columns)
                answer = (answer or assess_registry(clean, pack, as_of, readings)).over(clean)
                summary.add(answer.decisions, answer.problems)
                files.write(name, answer.decisions)
                files.write(f"{name}-problems", problems_in(answer.problems, out.lang))
                if out.with_items:
                    files.write(f"{name}-items", answer.items)
        progress(dealt.count, dealt.count)
        if form == "xlsx":
            out.path.parent.mkdir(parents=True, exist_ok=True)
            found, wrong = (kept / f"{name}{end}.parquet" for end in ("", "-problems"))
            write_workbook(out.path, pl.scan_parquet(found), pl.read_parquet(wrong), summary, out.lang)
    return summary


def misplaced(out: Path, read: Iterable[Path]) -> Iterator[Problem]:
    """Where nothing can be written; or what is would take the place of what is read, or be read as a table the next
    time."""
    files = [out.with_name(f"{out.stem}{end}{out.suffix}") for end in ("", "-problems", "-items")]
    yield from (Problem(str(file), "is a folder; name a file") for file in files if file.is_dir())
    yield from (
        Problem(str(above), "is a file, and not a folder to write into") for above in out.parents if above.is_file()
    )
    written = [file.resolve() for file in files]
    for source in read:
        if source.resolve() in written:
            yield Problem(str(out), f"would overwrite `{source}`, which is read; write elsewhere")
        elif source.is_dir() and written[0].is_relative_to(source.resolve()):
            yield Problem(str(out), f"lies in `{source}`, all of which is read; write elsewhere")
