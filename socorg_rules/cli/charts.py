"""The verb `chart`: pictures of answers, timelines, clauses and rules, each a file that stands alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import Verb, chosen_readings, lang_option, reading_option, say, standard_input
from .scenarios import about_a_registry, impact_of, sweep_of

if TYPE_CHECKING:
    import altair as alt

    from ..graph import Graph
    from ..pack import Pack
    from ..phrases import Lang

output_option = click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    help="Where the picture goes; its name ends in `.html` (stands alone), `.png`, `.svg` or `.json`.",
)
pack_option = click.option("--pack", required=True, metavar="PACK", help="Id of a pack or path of its file.")
day_option = click.option("--as-of", metavar="YYYY-MM-DD", help="Day of the question; today where left out.")


def about_a_case(verb: Verb) -> Verb:
    """What a picture of a case takes beside the case."""
    for option in (output_option, lang_option, reading_option, pack_option):
        verb = option(verb)
    return verb


def _source(case: str, pack: Pack) -> object:
    from .. import load_case_text

    return load_case_text(standard_input(), [pack]) if case == "-" else case


def _put(picture: alt.TopLevelMixin | Graph, output: str) -> None:
    from ..charts import export

    say(f"wrote {export(picture, output)}")


@click.group("chart", short_help="Draw an answer, a timeline, the clauses of a document or the rules of a provision.")
def chart() -> None:
    """Draw a picture into a file that stands alone: HTML, PNG, SVG or JSON.

    把答复、时间线、条款覆盖或规则绘成图；生成的文件不联网即可打开。
    """


@chart.command(short_help="What each grant entitles to, what was paid, what is payable.")
@click.argument("case")
@day_option
@about_a_case
def waterfall(case: str, pack: str, as_of: str | None, readings: tuple[str, ...], lang: Lang, output: str) -> None:
    """Draw entitlement, paid and payable of each grant for CASE.

    每项补助的应享、已领、可领。
    """
    from .. import assess, load_pack
    from ..charts import waterfall as drawn

    loaded = load_pack(pack)
    answer = assess(_source(case, loaded), loaded, as_of, chosen_readings(readings, [loaded]), engine="reference")
    _put(drawn(answer, lang), output)


@chart.command(short_help="How each provision is decided from one day to another.")
@click.argument("case")
@click.option("--from", "start", required=True, metavar="YYYY-MM-DD", help="The first day.")
@click.option("--to", "end", required=True, metavar="YYYY-MM-DD", help="The last day, included.")
@about_a_case
def timeline(case: str, pack: str, start: str, end: str, readings: tuple[str, ...], lang: Lang, output: str) -> None:
    """Draw how each provision is decided for CASE while nothing but time changes.

    随时间推移，各项规定的结论如何变化。
    """
    from .. import load_pack
    from .. import timeline as through_time
    from ..charts import timeline as drawn

    loaded = load_pack(pack)
    shown = through_time(_source(case, loaded), loaded, start, end, chosen_readings(readings, [loaded]))
    _put(drawn(shown, lang), output)


@chart.command(short_help="What became of each clause of a document.")
@click.argument("pack")
@lang_option
@output_option
def coverage(pack: str, lang: Lang, output: str) -> None:
    """Draw which clauses of the document behind PACK are encoded, by how many provisions, and which are open.

    文件各款的编入情况。
    """
    from .. import load_pack
    from ..charts import coverage as drawn

    _put(drawn(load_pack(pack), lang), output)


@chart.command(short_help="The rules of a provision.")
@click.argument("pack")
@click.argument("provision")
@click.option("--case", metavar="CASE", help="Mark how each test comes out for this case.")
@day_option
@click.option("--depth", type=click.IntRange(0), default=0, show_default=True, help="How many conditions are opened.")
@reading_option
@lang_option
@output_option
def graph(
    pack: str,
    provision: str,
    case: str | None,
    as_of: str | None,
    depth: int,
    readings: tuple[str, ...],
    lang: Lang,
    output: str,
) -> None:
    """Draw the rules of PROVISION, one of the provisions of PACK.

    一项规定的规则图；给出案例时标出各项测试的结果。
    """
    from .. import assess, load_pack, rule_graph

    loaded = load_pack(pack)
    decision = None
    if case is not None:
        taken = chosen_readings(readings, [loaded])
        decision = assess(_source(case, loaded), loaded, as_of, taken, engine="reference").get(provision)
    _put(rule_graph(loaded, provision, decision, depth=depth, lang=lang), output)


@chart.command(short_help="Who a changed policy makes better or worse off.")
@click.argument("organizations", metavar="ORGS", type=Path)
@click.argument("old")
@click.argument("new")
@about_a_registry
@output_option
def impact(
    organizations: Path,
    old: str,
    new: str,
    as_of: str | None,
    readings: tuple[str, ...],
    lang: Lang,
    output: str,
    **tables: Any,  # noqa: ANN401 - of the options for tables
) -> None:
    """Draw how many in the registry in ORGS can claim how much more or less under NEW than under OLD.

    政策改动对名册的影响：多少组织多领、少领多少。
    """
    from ..charts.scenarios import impact as drawn

    _put(drawn(impact_of(organizations, tables, old, new, as_of, readings), lang), output)


@chart.command(short_help="What a number of a policy comes to at several values.")
@click.argument("organizations", metavar="ORGS", type=Path)
@click.argument("pack")
@click.argument("parameter")
@click.argument("values", nargs=-1, required=True)
@about_a_registry
@output_option
def sweep(
    organizations: Path,
    pack: str,
    parameter: str,
    values: tuple[str, ...],
    as_of: str | None,
    readings: tuple[str, ...],
    lang: Lang,
    output: str,
    **tables: Any,  # noqa: ANN401 - of the options for tables
) -> None:
    """Draw what the registry in ORGS would come to with PARAMETER of PACK at each of VALUES.

    某个数取不同数值时，名册的支出曲线。
    """
    from ..charts.scenarios import sweep as drawn

    _put(drawn(sweep_of(organizations, tables, pack, parameter, values, as_of, readings), lang), output)
