"""Deciding a registry from files to files, a batch at a time, within bounded memory."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from ..errors import CaseError, Problem
from ..pack import Pack
from .assess import assess_registry
from .batches import BATCH, batches
from .files import Tables
from .headings import Columns
from .summary import Lang, Summary
from .workbook import write_workbook

FORMS = {".parquet": "parquet", ".csv": "csv", ".xlsx": "xlsx"}


def decide_files(
    tables: Mapping[str, object],
    pack: Pack,
    as_of: dt.date,
    out: Path,
    readings: Mapping[str, str | None] | None = None,
    columns: Columns | None = None,
    *,
    lang: Lang = "zh",
    progress: Callable[[int, int], None] = lambda _done, _of: None,
    size: int = BATCH,
) -> Summary:
    """Decide a registry and write what is decided, and beside it what is wrong with the rows that are not.

    Args:
        tables: as for `assess_registry`.
        pack: the rules.
        as_of: the day of the question.
        readings: as for `assess_registry`.
        columns: as for `assess_registry`.
        out: the file of the decisions: `.parquet` or `.csv`, with `NAME-items` and `NAME-problems` beside it, or one
            workbook, `.xlsx`.
        lang: the language of a workbook.
        progress: told how many batches of how many are done.
        size: how many organizations are decided at a time.

    Raises:
        CaseError: the tables, the question or the form is not valid.
    """
    form = FORMS.get(out.suffix.lower())
    if form is None:
        raise CaseError(Problem(str(out), f"the name of what is written ends in one of {', '.join(FORMS)}"))
    dealt = batches(tables, [pack], columns, size)
    summary = Summary(pack, dealt.root, str(as_of))
    with tempfile.TemporaryDirectory(prefix="socorg-rules-") as folder:
        kept = Path(folder) if form == "xlsx" else out.parent
        with Tables(kept, "parquet" if form == "xlsx" else form) as files:
            for number, batch in enumerate(dealt.tables):
                progress(number, dealt.count)
                _decide(batch, pack, as_of, readings, columns, files, out.stem, summary)
        progress(dealt.count, dealt.count)
        if form == "xlsx":
            decisions, problems = (kept / f"{out.stem}{end}.parquet" for end in ("", "-problems"))
            write_workbook(out, pl.scan_parquet(decisions), pl.read_parquet(problems), summary, lang)
    return summary


def _decide(
    batch: Mapping[str, object],
    pack: Pack,
    as_of: dt.date,
    readings: Mapping[str, str | None] | None,
    columns: Columns | None,
    files: Tables,
    name: str,
    summary: Summary,
) -> None:
    """Decide a batch and write it."""
    answer = assess_registry(batch, pack, as_of, readings, columns)
    decisions, problems = collected(answer.decisions), collected(answer.problems)
    summary.add(decisions, problems.height)
    files.write(name, decisions)
    files.write(f"{name}-items", collected(answer.items))
    files.write(f"{name}-problems", problems)


def collected(frame: Any) -> pl.DataFrame:  # noqa: ANN401 - a lazy frame of Narwhals or of Polars
    """A frame that was decided, in memory."""
    native = nw.to_native(frame, pass_through=True)
    made: pl.DataFrame = native.collect() if isinstance(native, pl.LazyFrame) else native
    return made
