"""Verbs for whole registries: `registry` and `make-registry`."""

from __future__ import annotations

import math
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import Verb, chosen_readings, lang_option, reading_option, say
from .progress import shown_progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def collection_options(verb: Verb) -> Verb:
    """An option for the table of each collection, and one for what is no table."""
    from ..facts import entity_type
    from ..vocabulary import ROOTS

    facts = [fact for cls in ROOTS for fact in entity_type(cls).facts.values() if fact.of is not None]
    for fact in reversed(facts):
        flag, told = f"--{fact.name.replace('_', '-')}", f"Table: {fact.label}."
        verb = click.option(flag, f"table_{fact.name}", metavar="FILE", type=Path, help=told)(verb)
    told = "A file or sheet in ORGS that is no table of the registry. May be repeated."
    return click.option("--leave-out", "left_out", multiple=True, metavar="NAME", help=told)(verb)


def tables_of(organizations: Path, options: Mapping[str, Any]) -> dict[str, object]:
    """The tables in ORGS, and those that the options name."""
    from ..registry.batches import tables_in

    return tables_in(organizations, _further(options), options["left_out"])


def _further(options: Mapping[str, Any]) -> dict[str, Path]:
    named = ((name.removeprefix("table_"), path) for name, path in options.items() if name.startswith("table_"))
    return {name: path for name, path in named if path is not None}


@click.command(short_help="Decide a whole registry, from files to files.")
@click.argument("organizations", metavar="ORGS", type=Path)
@collection_options
@click.option("--pack", required=True, help="Id of a pack or path of its file.")
@click.option("--as-of", metavar="YYYY-MM-DD", help="Day of the question; today where left out.")
@click.option("-o", "--out", metavar="OUT", type=Path, required=True, help="File to write: .parquet, .csv or .xlsx.")
@click.option(
    "--column",
    "said",
    multiple=True,
    metavar="TABLE.HEADING=FACT",
    help="What a heading means; `TABLE.HEADING=` leaves the column out. May be repeated.",
)
@click.option("--items", "with_items", is_flag=True, help="Write a table of items too, where provisions decide them.")
@reading_option
@lang_option
def registry(
    organizations: Path,
    pack: str,
    as_of: str | None,
    out: Path,
    said: tuple[str, ...],
    readings: tuple[str, ...],
    lang: Any,  # noqa: ANN401 - one of two words, as the option says
    *,
    with_items: bool,
    **tables: Any,  # noqa: ANN401 - of the options for tables
) -> None:
    """Decide the registry in ORGS under a pack: a folder, a workbook or a file (Parquet, CSV or Excel).

    In a folder or workbook, each file or sheet is called like its table (`organization`, `staff` …).

    按政策包判定整个名册：目录、工作簿或单个文件，表头可用中文。
    """
    from .. import CaseError, load_pack
    from ..assess import read_day, read_readings
    from ..errors import Problem

    with _extra():
        from ..registry.run import Output, decide_files, misplaced

    loaded = load_pack(pack)
    problems: list[Problem] = []
    day, columns, taken = read_day(as_of, problems), _columns(said, problems), chosen_readings(readings, [loaded])
    read_readings([loaded], taken, problems)
    problems += misplaced(out, [organizations, *_further(tables).values()])
    if problems:
        raise CaseError(problems)
    with shown_progress("registry") as progress:
        summary = decide_files(
            tables_of(organizations, tables),
            loaded,
            day,
            Output(out, lang, with_items),
            taken,
            columns,
            progress=progress,
        )
    click.echo("\n".join(summary.lines(lang)))


def _columns(said: tuple[str, ...], problems: list[Any]) -> dict[str, dict[str, str | None]]:
    """What is said of headings, by table; what is wrong with it joins the problems."""
    from ..errors import Problem

    columns: dict[str, dict[str, str | None]] = {}
    for choice in said:
        heading, sign, fact = choice.rpartition("=")
        table, dot, column = heading.partition(".")
        if not (sign and dot and table and column):
            problems.append(Problem("column", f"`{choice}` says nothing of a heading; write `TABLE.HEADING=FACT`"))
        else:
            columns.setdefault(table, {})[column] = fact or None
    return columns


@contextmanager
def _extra() -> Iterator[None]:
    """What reads tables is an extra; where it is not installed, that is said."""
    try:
        yield
    except ImportError as error:
        from .. import CaseError

        told = f"tables cannot be read here ({str(error).rstrip('.')}); install `socorg-rules[registry]`"
        raise CaseError(told) from error


def _number(_context: click.Context, _option: click.Parameter, share: float) -> float:
    """What is no number (`nan`) is in no range either."""
    if math.isnan(share):
        raise click.BadParameter("`nan` is no number")
    return share


@click.command("make-registry", short_help="Write a registry of fictional organizations.")
@click.argument("n", metavar="N", type=click.IntRange(min=1))
@click.option("--seed", metavar="S", type=click.IntRange(min=0), default=1, show_default=True, help="Which registry.")
@click.option("-o", "--out", metavar="DIR", type=Path, required=True, help="Folder to write into.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "xlsx"]),
    default="parquet",
    show_default=True,
    help="Form.",
)
@click.option(
    "--invalid",
    metavar="SHARE",
    type=click.FloatRange(0, 1),
    callback=_number,
    default=0.0,
    help="Share of rows with each kind of mistake; none where left out.",
)
def make(n: int, seed: int, out: Path, form: str, invalid: float) -> None:
    """Write a registry of N fictional organizations, with all that belongs to them, into a folder.

    Names and codes are clearly those of no one. The same N and seed give the same registry.

    生成虚构的社会组织名册，用于试算和测试。
    """
    with _extra():
        from ..registry.synthetic import make_registry

    for path in make_registry(n, seed, out, form, invalid):
        click.echo(str(path))
    say(f"{n} fictional organizations / 虚构数据，并无其人其事")
