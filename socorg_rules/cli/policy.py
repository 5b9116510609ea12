"""Verbs about changes of a policy: `diff`."""

from __future__ import annotations

import click

from .options import chosen_readings, format_option, lang_option, on_a_terminal, put_json, reading_option

DIFFERENT = 1
"""The exit code where some case is decided differently."""


@click.command(short_help="Show which decisions a changed text changes.")
@click.argument("old")
@click.argument("new")
@click.option("--as-of", metavar="YYYY-MM-DD", help="Day of all questions; days near the rules' dates where left out.")
@reading_option
@click.option("--effort", type=click.IntRange(min=1), help="How many cases to look at in all.")
@format_option("json", "html", "markdown")
@lang_option
@click.pass_context
def diff(
    context: click.Context,
    old: str,
    new: str,
    as_of: str | None,
    readings: tuple[str, ...],
    effort: int | None,
    form: str,
    lang: str,
) -> None:
    """Compare two texts of a policy by the cases that they decide: OLD and NEW are each the id of a pack, a file, or
    FILE@REVISION, the file as git holds it at a revision.

    Each provision that differs is shown with the smallest case that it decides differently, and where the derivations
    part. Of packs with several editions, those are compared that decide on the same days, span by span. Exit codes: 0
    no difference found, 1 decisions differ on some day, 2 bad input.

    对照两个版本：哪些规定对哪些案例的判定不同，附最小案例。
    """
    from ..change.compare import EFFORT, compare
    from ..change.sources import read_pack

    packs = [read_pack(named) for named in (old, new)]
    taken = chosen_readings(readings, packs[1:])
    found = compare(packs[0], packs[1], as_of, taken, effort=effort or EFFORT)
    if form == "json":
        put_json(found.to_dict())
    else:
        click.echo(found.explain(lang, "tree" if form == "text" and on_a_terminal() else form), nl=False)
    if found.different:
        context.exit(DIFFERENT)
