"""The command line `socorg-rules`: every verb asks the library, and imports of it only what the verb needs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from .answer import Answer, Answers
    from .errors import Problem
    from .pack import Pack

FAILED, BAD_INPUT = 1, 2
"""Exit codes beside 0: anything unforeseen, and input that its writer can mend."""

Verb = TypeVar("Verb", bound=Callable[..., Any])

lang_option = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the text."
)

reading_option = click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=ALTERNATIVE",
    help="Take this alternative of a reading; `NAME=` leaves it open. May be repeated.",
)


def format_option(*forms: str) -> Callable[[Verb], Verb]:
    """The option `--format`, text where it is left out."""
    choice = click.Choice(["text", *forms])
    return click.option("--format", "form", type=choice, default="text", show_default=True, help="Form of the output.")


class Program(click.Group):
    """The whole program: what goes wrong in any verb becomes lines on standard error and an exit code."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - whatever click's own takes
        """Run the program, and leave Python with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            _speak_chinese(stream)
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
            if sys.stdout is not None:
                sys.stdout.flush()
        except (BrokenPipeError, SystemExit):  # whoever read the output has seen enough: click may have noticed first
            _forget_output()
            code = FAILED
        except (click.Abort, KeyboardInterrupt):
            code = FAILED
        except Exception as error:  # noqa: BLE001 - nobody above this line reads a traceback
            code = _tell(error)
        sys.exit(code if isinstance(code, int) else 0)


def _tell(error: BaseException) -> int:
    """Say what went wrong, one problem a line; the exit code."""
    from .errors import RulesError

    if isinstance(error, RulesError):
        complain(error.problems)
        return BAD_INPUT
    if isinstance(error, click.ClickException):
        context = error.ctx if isinstance(error, click.UsageError) else None
        hint = f" (see `{context.command_path} --help`)" if context else ""
        message = error.format_message().rstrip(".")
        _line(message[:1].lower() + message[1:] + hint)
        return BAD_INPUT
    if isinstance(error, OSError):
        _line(": ".join(str(told) for told in (error.filename, error.strerror or str(error)) if told))
    else:
        _line(f"unforeseen, please report it: {type(error).__name__}: {error}")
    return FAILED


def complain(problems: Iterable[Problem]) -> None:
    """Problems on standard error, one a line."""
    for problem in problems:
        _line(str(problem))


def _line(text: str) -> None:
    click.echo(" ".join(text.split()), err=True)


def _speak_chinese(stream: Any) -> None:  # noqa: ANN401 - what stands in for a standard stream need not be one
    """Files and pipes get UTF-8 whatever the locale; a terminal gets its own encoding, unless that is ASCII."""
    if hasattr(stream, "reconfigure"):
        own = stream.isatty() and stream.encoding.lower() not in {"ascii", "us-ascii", "ansi_x3.4-1968"}
        stream.reconfigure(encoding=None if own else "utf-8", errors="backslashreplace")


def _forget_output() -> None:
    """Point standard output nowhere, so that Python does not fail once more when it flushes it at the end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):  # no real stream
        return


def put_json(data: object) -> None:
    """Plain data on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
    epilog="Exit codes: 0 answered, 2 bad input (the problems are on standard error, one a line), 1 anything else.",
)
@click.version_option(package_name="socorg-rules", message="%(prog)s %(version)s")
@click.pass_context
def main(context: click.Context) -> None:
    """Decide what policy on social organizations grants, demands and forbids, and say why.

    社会组织扶持政策：能享受什么、金额多少、依据何在、还缺什么。
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help(), err=True)
        context.exit(BAD_INPUT)


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


@main.command(short_help="Answer the question that a case puts.")
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
    from . import assess as ask
    from . import load_case_text, load_pack

    asked = [load_pack(pack) for pack in dict.fromkeys(packs)]
    source = load_case_text(_standard_input(), asked) if case == "-" else case
    taken = _readings(readings, asked)
    about = asked[0] if len(asked) == 1 else asked
    answer = ask(source, about, as_of, taken, engine="reference")  # for one case, no engine is made faster than this
    _put_answer(answer, form, lang, trace=trace)


@main.command("compare-packs", short_help="Show what a case would get in several places.")
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
    from . import compare_packs, load_case_text, load_pack
    from . import packs as installed

    asked = [load_pack(pack) for pack in dict.fromkeys(packs)]
    source = load_case_text(_standard_input(), asked) if case == "-" else case
    taken = _readings(readings, asked or map(load_pack, installed()))
    _put_answer(compare_packs(source, asked or None, as_of, taken, engine="reference"), form, lang)


def _put_answer(answer: Answer | Answers, form: str, lang: str, *, trace: bool = False) -> None:
    if form == "json":
        put_json(answer.to_dict(trace=trace, depends_on=True))
    else:
        from .render import render

        form = "tree" if form == "text" and _on_a_terminal() else form
        click.echo(render(answer, form, lang, whole=trace), nl=False)


def _standard_input() -> bytes:
    from .errors import CaseError

    if sys.stdin is None:
        raise CaseError("standard input is closed; give the path of a file")
    return sys.stdin.buffer.read()


def _on_a_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _readings(given: tuple[str, ...], asked: Iterable[Pack]) -> dict[str, str | None]:
    """The alternative chosen of each reading. Where a choice is none, what is wrong with the others is told as well."""
    from .assess import read_readings
    from .errors import CaseError, Problem

    taken: dict[str, str | None] = {}
    problems: list[Problem] = []
    for choice in given:
        name, sign, alternative = choice.partition("=")
        if not sign or not name:
            problems.append(Problem("readings", f"`{choice}` chooses nothing; write `name=alternative`"))
        elif taken.setdefault(name, alternative or None) != (alternative or None):
            problems.append(Problem(f"readings.{name}", "chosen twice, and not alike; keep one"))
    if problems:
        read_readings(list(asked), taken, problems)
        raise CaseError(problems)
    return taken


@main.command(short_help="Keep many case files up to date from a stream of events.")
@click.argument("pack")
@click.option("--cases", "folder", metavar="DIR", required=True, help="Folder of case files, each called by its name.")
@click.option("--events", metavar="FILE|-", required=True, help="Events as JSON lines; `-` for standard input.")
@click.option("--state", metavar="FILE|URL", default="watch.sqlite", show_default=True, help="Where all is kept.")
@click.option("--changes", metavar="FILE|-", default="-", help="Where changes go; standard output if left out.")
@click.option("--rejects", metavar="FILE", default="rejects.jsonl", show_default=True, help="Where bad events go.")
@click.option("--as-of", metavar="YYYY-MM-DD", help="Day on which a new state begins.")
@reading_option
@click.option("--engine", default="forward", show_default=True, help="Engine that decides; all decide alike.")
@click.option("--trace", is_flag=True, help="Write each change with its whole derivation.")
def watch(
    pack: str,
    folder: str,
    events: str,
    state: str,
    readings: tuple[str, ...],
    **more: Any,  # noqa: ANN401 - handed on
) -> None:
    """Apply a stream of EVENTS to the case files of a folder, and write a line for each decision that changes.

    按事件流更新各组织的案卷，结论有变即输出一行。
    """
    from . import load_pack
    from .watch import follow

    loaded = load_pack(pack)
    done = follow(loaded, folder, events, state, readings=_readings(readings, [loaded]), **more)
    if not done.finished:
        _line("the last line is not finished; it is left for the next run")
    _line(", ".join(f"{number} {what}" for what, number in done.counts.items()))


@main.command("packs")
@format_option("json")
def list_packs(form: str) -> None:
    """List the packs that are installed.

    列出已安装的政策包。
    """
    from . import PackError, load_pack, packs

    problems: list[Problem] = []
    rows = []
    for id_ in packs():
        try:
            pack = load_pack(id_)
        except PackError as error:
            problems += error.problems
        else:
            rows.append({"pack": id_, "title": pack.title, "edition": pack.edition})
    if form == "json":
        put_json(rows)
    else:
        for row in rows:
            click.echo("  ".join(row.values()))
    if problems:
        raise PackError(problems)


@main.command("pack", short_help="Show what a pack holds.")
@click.argument("pack")
@format_option("json")
@lang_option
def show_pack(pack: str, form: str, lang: str) -> None:
    """Show what PACK holds: its provisions, its readings and the clauses of its document.

    查看政策包的条款、解释选项和出处。
    """
    from . import load_pack
    from .cli_text import pack_lines

    loaded = load_pack(pack)
    if form == "json":
        from .schema_pack import pack_data

        put_json(pack_data(loaded))
    else:
        click.echo("\n".join(pack_lines(loaded, lang)))


@main.command(short_help="Account for every clause of a document.")
@click.argument("pack")
@format_option("json")
def coverage(pack: str, form: str) -> None:
    """Account for every clause of the document behind PACK: encoded, open, or without a decision.

    逐条说明文件各款的处理：已编入、待明确或无需判定。
    """
    from . import load_pack
    from .cli_text import coverage_lines

    loaded = load_pack(pack)
    if form == "json":
        put_json([row.to_dict() for row in loaded.coverage])
    else:
        click.echo("\n".join(coverage_lines(loaded)))


@main.command(short_help="Print a JSON Schema.")
@click.argument("what", type=click.Choice(["facts", "answer", "pack"]))
def schema(what: str) -> None:
    """Print a JSON Schema: of case files (with the installed packs' own facts), of answers, or of exported packs.

    输出案例、答复或政策包的 JSON Schema。
    """
    if what == "facts":
        from . import load_pack, packs
        from .assess import known_facts
        from .schema_facts import facts_schema

        put_json(facts_schema(*known_facts(load_pack(p) for p in packs())))
    else:
        from .schema_answer import answer_schema
        from .schema_pack import pack_schema

        put_json(answer_schema() if what == "answer" else pack_schema())


@main.command(short_help="List what is wrong with a pack.")
@click.argument("pack")
def check(pack: str) -> None:
    """Check PACK, an id or a file: list what is wrong with it, or say what it holds.

    A mistake in building an expression stops at the first, with file and line; the rest is listed at once.

    检查政策包：表达式写错时报第一处（文件与行号），其余问题一次列出。
    """
    from . import load_pack
    from .cli_text import held

    click.echo(held(load_pack(pack)))


@main.command("new-pack", short_help="Begin a pack of your own in a new folder.")
@click.argument("name")
@click.option("--into", metavar="FOLDER", default=".", help="Where the new folder goes; here where left out.")
def begin_pack(name: str, into: str) -> None:
    """Begin a pack called NAME: a folder of that name with a clause, a provision, their tests and what installs them.

    新建一个独立的政策包：一个条款、一项规定、测试和安装文件。
    """
    from .new_pack import new_pack

    made = new_pack(name, into)
    for path in made:
        click.echo(str(path))
    click.echo(f"Next: `pip install --editable {made[0].parent}`, then `socorg-rules packs` lists `{name}`.")
