"""Verbs about a changed policy on a whole registry: `impact` and `sweep`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import Verb, chosen_readings, format_option, lang_option, on_a_terminal, put_json, reading_option
from .registry import collection_options, tables_of

if TYPE_CHECKING:
    from ..displayed import Displayed
    from ..registry.impact import Impact
    from ..registry.sweep import Sweep

day_option = click.option("--as-of", metavar="YYYY-MM-DD", help="Day of the question; today where left out.")


def about_a_registry(verb: Verb) -> Verb:
    """What a scenario takes beside the policy."""
    for option in (lang_option, reading_option, day_option, collection_options):
        verb = option(verb)
    return verb


def impact_of(
    organizations: Path,
    tables: dict[str, Any],
    old: str,
    new: str,
    as_of: str | None,
    readings: tuple[str, ...],
) -> Impact:
    """The impact that the arguments of a verb ask for."""
    from ..change.sources import read_pack
    from ..registry.impact import impact as found

    before, after = read_pack(old), read_pack(new)
    taken = chosen_readings(readings, [after])
    return found(tables_of(organizations, tables), before, after, as_of, taken)


def sweep_of(
    organizations: Path,
    tables: dict[str, Any],
    pack: str,
    parameter: str,
    values: tuple[str, ...],
    as_of: str | None,
    readings: tuple[str, ...],
) -> Sweep:
    """The sweep that the arguments of a verb ask for."""
    from .. import load_pack
    from ..registry.sweep import sweep as found

    loaded = load_pack(pack)
    tried = [number(v) for v in values]
    return found(tables_of(organizations, tables), loaded, parameter, tried, as_of, chosen_readings(readings, [loaded]))


def number(text: str) -> object:
    """A value as a parameter takes it: a number exactly as written, or a day; what is neither as it is."""
    from decimal import Decimal, InvalidOperation

    from ..calendar import parse_day

    try:
        exact = Decimal(text)
    except InvalidOperation:
        return parse_day(text) or text
    if not exact.is_finite():
        return text
    return int(exact) if exact == exact.to_integral_value() else exact


@click.command(short_help="Show what a changed policy does to a registry.")
@click.argument("organizations", metavar="ORGS", type=Path)
@click.argument("old")
@click.argument("new")
@about_a_registry
@format_option("json", "html", "markdown")
def impact(
    organizations: Path,
    old: str,
    new: str,
    as_of: str | None,
    readings: tuple[str, ...],
    form: str,
    lang: str,
    **tables: Any,  # noqa: ANN401 - of the options for tables
) -> None:
    """Show who in the registry in ORGS is better or worse off under NEW than under OLD, and what both come to.

    ORGS is as for `registry`; OLD and NEW are as for `diff`.

    政策改动对整个名册的影响：谁受益、谁受损、支出如何变化。
    """
    _put(impact_of(organizations, tables, old, new, as_of, readings), form, lang)


@click.command(short_help="Show what a number of a policy would come to at several values.")
@click.argument("organizations", metavar="ORGS", type=Path)
@click.argument("pack")
@click.argument("parameter")
@click.argument("values", nargs=-1, required=True)
@about_a_registry
@format_option("json", "html", "markdown")
def sweep(
    organizations: Path,
    pack: str,
    parameter: str,
    values: tuple[str, ...],
    as_of: str | None,
    readings: tuple[str, ...],
    form: str,
    lang: str,
    **tables: Any,  # noqa: ANN401 - of the options for tables
) -> None:
    """Show what the registry in ORGS would come to with PARAMETER of PACK at each of VALUES.

    `socorg-rules pack PACK` lists the parameters.

    某个数取不同数值时，名册的支出和受影响者。
    """
    _put(sweep_of(organizations, tables, pack, parameter, values, as_of, readings), form, lang)


def _put(found: Impact | Sweep, form: str, lang: str) -> None:
    if form == "json":
        put_json(found.to_dict())
    else:
        shown: Displayed = found
        click.echo(shown.explain(lang, "tree" if form == "text" and on_a_terminal() else form), nl=False)
