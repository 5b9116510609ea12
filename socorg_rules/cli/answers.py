"""Verbs that answer about one case: `assess` and `compare-packs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import (
    Verb,
    chosen_readings,
    format_option,
    lang_option,
    on_a_terminal,
    put_json,
    reading_option,
    standard_input,
)

if TYPE_CHECKING:
    from ..answer import Answer, Answers


def question_options(verb: Verb) -> Verb:
    """What a verb that answers about a case takes: the day, the readings, the form and the language."""
    for option in (
        reading_option,
        lang_option,
        format_option("json", "html", "markdown"),
        click.option("--as-of", metavar="YYYY-MM-DD", help="Day of the question; today where left out."),
    ):
        verb = option(verb)
    return verb


@click.command(short_help="Answer the question that a case puts.")
@click.argument("case")
@click.option(
    "--pack", "packs", multiple=True, required=True, help="Id of a pack or path of its file; may be repeated."
)
@question_options
@click.option("--trace", is_flag=True, help="Give the whole derivation, not only its decisive part.")
def assess(
    case: str,
    packs: tuple[str, ...],
    as_of: str | None,
    form: str,
    lang: str,
    readings: tuple[str, ...],
    *,
    trace: bool,
) -> None:
    """Answer the question that CASE puts: a JSON, YAML or TOML file, or `-` for JSON on standard input.

    依政策包逐条判定一个案例。
    """
    from .. import assess as ask
    from .. import load_case_text, load_pack

    asked = [load_pack(pack) for pack in dict.fromkeys(packs)]
    source = load_case_text(standard_input(), asked) if case == "-" else case
    taken = chosen_readings(readings, asked)
    about = asked[0] if len(asked) == 1 else asked
    answer = ask(source, about, as_of, taken, engine="reference")  # for one case, no engine is made faster than this
    _put_answer(answer, form, lang, trace=trace)


@click.command("compare-packs", short_help="Show what a case would get in several places.")
@click.argument("case")
@click.option(
    "--pack",
    "packs",
    multiple=True,
    help="Id of a pack or path of its file; may be repeated. All installed packs about such a case where left out.",
)
@question_options
def compare(
    case: str, packs: tuple[str, ...], as_of: str | None, form: str, lang: str, readings: tuple[str, ...]
) -> None:
    """Show what the organization of CASE would get in several places: each pack's provisions side by side, by kind.

    Under each pack the case is decided as if it stood in that pack's place, all other facts as they are.

    同一案例在各地政策下的对照：视同设在当地，其余事实照旧。
    """
    from .. import compare_packs, load_case_text, load_pack
    from .. import packs as installed

    asked = [load_pack(pack) for pack in dict.fromkeys(packs)]
    source = load_case_text(standard_input(), asked) if case == "-" else case
    taken = chosen_readings(readings, asked or map(load_pack, installed()))
    _put_answer(compare_packs(source, asked or None, as_of, taken, engine="reference"), form, lang)


def _put_answer(answer: Answer | Answers, form: str, lang: str, *, trace: bool = False) -> None:
    if form == "json":
        put_json(answer.to_dict(trace=trace, depends_on=True))
    else:
        from ..render import render

        form = "tree" if form == "text" and on_a_terminal() else form
        click.echo(render(answer, form, lang, whole=trace), nl=False)
