"""Verbs about packs: `packs`, `pack`, `coverage`, `schema`, `check` and `new-pack`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .options import format_option, lang_option, put_json

if TYPE_CHECKING:
    from ..errors import Problem
    from ..pack import Pack


@click.command("packs")
@format_option("json")
def list_packs(form: str) -> None:
    """List the packs that are installed.

    列出已安装的政策包。
    """
    from .. import PackError

    found, problems = installed()
    rows = [{"pack": pack.id, "title": pack.title, "edition": pack.edition} for pack in found]
    if form == "json":
        put_json(rows)
    else:
        for row in rows:
            click.echo("  ".join(row.values()))
    if problems:
        raise PackError(problems)


def installed() -> tuple[list[Pack], list[Problem]]:
    """The installed packs that load, and what is wrong with the others."""
    from .. import PackError, load_pack, packs

    found: list[Pack] = []
    problems: list[Problem] = []
    for id_ in packs():
        try:
            found.append(load_pack(id_))
        except PackError as error:
            problems += error.problems
    return found, problems


@click.command("pack", short_help="Show what a pack holds.")
@click.argument("pack")
@format_option("json", "html", "markdown")
@lang_option
def show_pack(pack: str, form: str, lang: str) -> None:
    """Show what PACK holds: its provisions, its readings and the clauses of its document.

    查看政策包的规定、对文本的理解和出处。
    """
    from .. import load_pack

    loaded = load_pack(pack)
    if form == "json":
        from ..schema_pack import pack_data

        put_json(pack_data(loaded))
    else:
        click.echo(loaded.explain(lang, form), nl=False)


@click.command(short_help="Account for every clause of a document.")
@click.argument("pack")
@format_option("json")
def coverage(pack: str, form: str) -> None:
    """Account for every clause of the document behind PACK: encoded, open, or without a decision.

    逐条说明文件各款的处理：已编入、待明确或无需判定。
    """
    from .. import load_pack
    from .text import coverage_lines

    loaded = load_pack(pack)
    if form == "json":
        put_json([row.to_dict() for row in loaded.coverage])
    else:
        click.echo("\n".join(coverage_lines(loaded)))


@click.command(short_help="Print a JSON Schema.")
@click.argument(
    "what",
    type=click.Choice(
        [
            *("facts", "answer", "pack", "case-test", "comparison"),
            *("impact", "interview", "paths", "robustness", "sweep", "timeline"),
        ]
    ),
)
def schema(what: str) -> None:
    """Print a JSON Schema: of case files or case tests (with the installed packs' own facts), answers, exported packs,
    comparisons or explorations.

    输出案例、案例测试、答复、政策包、对照或各种推演结果的 JSON Schema。
    """
    if what in {"facts", "case-test"}:
        from .. import PackError
        from ..assess import known_facts
        from ..schema_case_test import case_test_schema
        from ..schema_facts import facts_schema

        made = facts_schema if what == "facts" else case_test_schema
        sound, problems = installed()
        put_json(made(*known_facts(sound)))
        if problems:
            raise PackError(problems)
    elif what == "comparison":
        from ..change.schema_comparison import comparison_schema

        put_json(comparison_schema())
    elif what in {"answer", "pack"}:
        from ..schema_answer import answer_schema
        from ..schema_pack import pack_schema

        put_json(answer_schema() if what == "answer" else pack_schema())
    else:
        from ..schema_explore import EXPLORATIONS

        put_json(EXPLORATIONS[what]())


@click.command(short_help="List what is wrong with a pack.")
@click.argument("pack")
def check(pack: str) -> None:
    """Check PACK, an id or a file: list what is wrong with it, or say what it holds.

    A mistake in building an expression stops at the first, with file and line; the rest is listed at once.

    检查政策包：表达式写错时报第一处（文件与行号），其余问题一次列出。
    """
    from .. import load_pack
    from .text import held

    click.echo(held(load_pack(pack)))


@click.command("new-pack", short_help="Begin a pack of your own in a new folder.")
@click.argument("name")
@click.option("--into", metavar="FOLDER", default=".", help="Where the new folder goes; here where left out.")
def begin_pack(name: str, into: str) -> None:
    """Begin a pack called NAME: a folder of that name with a clause, a provision, their tests and what installs them.

    新建一个独立的政策包：一个条款、一项规定、测试和安装文件。
    """
    from ..new_pack import new_pack

    made = new_pack(name, into)
    for path in made:
        click.echo(str(path))
    click.echo(f"Next: `pip install --editable {made[0].parent}`, then `socorg-rules packs` lists `{name}`.")
