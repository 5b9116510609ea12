"""The verb `ask`: an interview at the terminal, in Chinese or English, with the case to keep at its end.

The dialogue goes to standard error, so that standard output holds the case alone where no file is named.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import chosen_readings, lang_option, put_json, reading_option

if TYPE_CHECKING:
    from ..facts import EntityType
    from ..interview import Interview
    from ..interview_query import Query
    from ..pack import Pack
    from ..phrases import Speech

SKIP, BACK, HELP = ("?", "？"), ("<", "《"), ("h", "帮助", "help")
"""What is typed in the place of an answer."""


@click.command("ask", short_help="Ask for what a pack needs to know, and keep the case.")
@click.argument("pack")
@click.argument("case", required=False)
@click.option("--as-of", metavar="YYYY-MM-DD", help="Day of the question; today where left out.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where to keep the case: a JSON or YAML file. Standard output where left out.",
)
@reading_option
@lang_option
def ask(
    pack: str, case: str | None, as_of: str | None, output: Path | None, lang: str, readings: tuple[str, ...]
) -> None:
    """Ask, one by one, for the facts that PACK needs: the one that decides most comes first. CASE is what is known.

    Answer with a value or its number in the list; `?` skips, `<` goes back, `h` says why it is asked. The end of input
    ends the dialogue, and the case is kept as it is by then.

    逐一询问所需的事实，最要紧的先问；最后保存案例。
    """
    from .. import interview, load_pack
    from ..phrases import Speech
    from ..phrases_explore import EXPLORE

    _refuse_place(output)
    loaded = load_pack(pack)
    say = Speech("zh" if lang == "zh" else "en", EXPLORE)
    known: object = case if case is not None else {_root(loaded, say).name: {}}
    talk = interview(known, loaded, as_of, chosen_readings(readings, [loaded]))
    _tell(say("dialogue.keys"))
    _converse(talk, say)
    _keep(talk, output)
    for line in _summary(talk, say):
        _tell(line)


def _refuse_place(output: Path | None) -> None:
    """Say before anything is asked that the case could not be kept there."""
    if output is None:
        return
    if output.suffix not in {".json", ".yaml", ".yml"}:
        raise click.BadParameter(f"`{output}` is no JSON or YAML file; end its name with .json or .yaml")
    if not output.parent.is_dir():
        raise click.BadParameter(f"there is no folder `{output.parent}`; make it first")


def _root(pack: Pack, say: Speech) -> EntityType:
    """What the case is about; asked for where the pack speaks of several."""
    if len(pack.roots) == 1:
        return pack.roots[0]
    _tell(say("dialogue.about"))
    _tell("  " + "  ".join(f"{n} {r.label if say.chinese else r.name}" for n, r in enumerate(pack.roots, 1)))
    while (line := _line()) is not None:
        found = [r for n, r in enumerate(pack.roots, 1) if line in {str(n), r.name, r.label}]
        if found:
            return found[0]
        _tell(say("dialogue.no_such", given=line))
    raise click.Abort


def _converse(talk: Interview, say: Speech) -> None:
    """Ask until nothing is left, or nobody answers."""
    from ..errors import CaseError

    shown: Query | None = None
    while (query := talk.question) is not None:
        if query is not shown:
            _ask(query, talk, say)
            shown = query
        line = _line()
        if line is None:
            return
        try:
            if _reply(line, query, talk, say):
                shown = None
        except CaseError as error:
            for problem in error.problems:
                _tell(f"  ✗ {problem}")


def _reply(line: str, query: Query, talk: Interview, say: Speech) -> bool:
    """Do what was typed; whether the question is to be shown again."""
    if line in HELP:
        _explain(query, talk, say)
    elif line in SKIP:
        talk.skip()
    elif line in BACK:
        if not talk.back():
            _tell(say("dialogue.no_way_back"))
        return True
    elif line:
        talk.answer(_chosen(query, line))
    return False


def _ask(query: Query, talk: Interview, say: Speech) -> None:
    _tell("")
    _tell(say("dialogue.nth", n=talk.asked + 1, text=query.text if say.chinese else query.text_en))
    _tell(f"  {query.why if say.chinese else query.why_en}")
    if query.values:
        _tell("  " + "  ".join(f"{n} {_name(query, value, say)}" for n, value in enumerate(query.values, 1)))


def _name(query: Query, value: str, say: Speech) -> str:
    return query.values[value] if say.chinese else value


def _explain(query: Query, talk: Interview, say: Speech) -> None:
    """Why it is asked, provision by provision, and the fact by its path."""
    _tell(f"  {query.path} ({query.type})" + (say("judgement") if query.judgement else ""))
    for name in query.provisions:
        decision = talk.result[name]
        title = decision.title if say.chinese else name.replace("_", " ")
        sums = say("payable", amount=say.amount(decision.payable.to_dict())) if decision.payable else ""
        _tell("  · " + "".join(say.cited(title, decision.clause)) + (f" {sums}" if sums else ""))


def _chosen(query: Query, line: str) -> object:
    """What was typed; the number of a listed value stands for it."""
    listed = list(query.values)

    def one(text: str) -> str:
        is_number = text.isdecimal() and 1 <= int(text) <= len(listed) and text not in listed
        return listed[int(text) - 1] if is_number and query.kind != "count" and query.type != "number" else text

    if query.kind == "list" and listed:
        return "、".join(one(part.strip()) for part in line.replace("，", "、").replace(",", "、").split("、"))
    return one(line)


def _line() -> str | None:
    """What is typed; None at the end of input, or where the dialogue is broken off."""
    click.echo("> ", err=True, nl=False)
    try:
        line = sys.stdin.readline() if sys.stdin is not None else ""
    except KeyboardInterrupt:
        line = ""
    if not line:
        _tell("")
        return None
    return line.strip()


def _keep(talk: Interview, output: Path | None) -> None:
    data: dict[str, Any] = talk.case.to_dict()
    if output is None:
        put_json(data)
    elif output.suffix == ".json":
        output.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    else:
        import yaml

        output.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _summary(talk: Interview, say: Speech) -> Iterator[str]:
    """How it ended: how many questions, what is met, what stays open."""
    result = talk.result
    yield say("dialogue.end", n=talk.asked, skipped=len(talk.skipped))
    for outcome in ("met", "discretionary", "undetermined"):
        decisions = getattr(result, outcome)
        if decisions:
            yield say(f"group.{outcome}", n=len(decisions))
        for d in decisions:
            title = d.title if say.chinese else d.provision.replace("_", " ")
            sums = say("payable", amount=say.amount(d.payable.to_dict())) if d.payable else ""
            yield "  " + "".join(say.cited(title, d.clause)) + (f" {sums}" if sums else "")


def _tell(line: str) -> None:
    click.echo(line, err=True)
