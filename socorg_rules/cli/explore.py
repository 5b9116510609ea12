"""Verbs that explore a case: `timeline`, `paths` and `robustness`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import (
    chosen_readings,
    format_option,
    lang_option,
    on_a_terminal,
    put_json,
    reading_option,
    standard_input,
)

if TYPE_CHECKING:
    from typing import Protocol

    from ..pack import Pack

    class Explored(Protocol):
        """What an exploration found."""

        def to_dict(self) -> dict[str, object]:
            """Plain data."""

        def explain(self, lang: str = "zh", form: str = "text") -> str:
            """What was found, in words."""


pack_option = click.option("--pack", required=True, help="Id of a pack or path of its file.")
day_option = click.option("--as-of", metavar="YYYY-MM-DD", help="Day of the question; today where left out.")
form_option = format_option("json", "html", "markdown")


@click.command(short_help="Show what changes when, from one day to another.")
@click.argument("case")
@pack_option
@click.option("--from", "start", required=True, metavar="YYYY-MM-DD", help="The first day.")
@click.option("--to", "end", required=True, metavar="YYYY-MM-DD", help="The last day, included.")
@reading_option
@lang_option
@form_option
def timeline(case: str, pack: str, start: str, end: str, form: str, lang: str, readings: tuple[str, ...]) -> None:
    """Show what the passing of time changes for CASE: a JSON, YAML or TOML file, or `-` for JSON on standard input.

    同一案例随时间的变化：每条规定何时起、为何变化。
    """
    from .. import load_pack
    from .. import timeline as look

    asked = load_pack(pack)
    _put(look(_case(case, asked), asked, start, end, chosen_readings(readings, [asked])), form, lang)


@click.command(short_help="Show what it would take for a provision to be met, or to pay more.")
@click.argument("case")
@pack_option
@click.option("--provision", required=True, help="Id of the provision.")
@click.option("--more", is_flag=True, help="Look for a larger sum, not only for the outcome.")
@day_option
@reading_option
@lang_option
@form_option
def paths(
    case: str,
    pack: str,
    provision: str,
    as_of: str | None,
    form: str,
    lang: str,
    readings: tuple[str, ...],
    *,
    more: bool,
) -> None:
    """Show the cheapest changes of CASE after which a provision is met. What cannot be changed stays as it is.

    怎样才能符合某条规定：最省的改变，或者只须等待。
    """
    from .. import load_pack, paths_to

    asked = load_pack(pack)
    taken = chosen_readings(readings, [asked])
    found = paths_to(_case(case, asked), asked, provision, as_of, taken, wanted="more" if more else "met")
    _put(found, form, lang)


@click.command(short_help="Show what stands under every reading, and what hangs on one.")
@click.argument("case")
@pack_option
@day_option
@reading_option
@lang_option
@form_option
def robustness(case: str, pack: str, as_of: str | None, form: str, lang: str, readings: tuple[str, ...]) -> None:
    """Show what of CASE stands however the text is read, what hangs on a reading, and what lies between in money.

    哪些结论无论如何理解都成立，哪些取决于理解，金额相差多少。
    """
    from .. import load_pack
    from .. import robustness as look

    asked = load_pack(pack)
    _put(look(_case(case, asked), asked, as_of, chosen_readings(readings, [asked])), form, lang)


def _case(case: str, pack: Pack) -> object:
    """The case that a path names, or that standard input holds."""
    from .. import load_case_text

    return load_case_text(standard_input(), [pack]) if case == "-" else case


def _put(found: Explored, form: str, lang: str) -> None:
    if form == "json":
        put_json(found.to_dict())
    else:
        click.echo(found.explain(lang, "tree" if form == "text" and on_a_terminal() else form), nl=False)
