"""What the verbs of the command line share: options, and what is read from and said on the standard streams."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..pack import Pack

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


def say(text: str) -> None:
    """One line on standard error."""
    click.echo(" ".join(text.split()), err=True)


def put_json(data: object) -> None:
    """Plain data on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def standard_input() -> bytes:
    """All of it.

    Raises:
        CaseError: it is closed.
    """
    from ..errors import CaseError

    if sys.stdin is None:
        raise CaseError("standard input is closed; give the path of a file")
    return sys.stdin.buffer.read()


def on_a_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def chosen_readings(given: tuple[str, ...], asked: Iterable[Pack]) -> dict[str, str | None]:
    """The alternative chosen of each reading. Where a choice is none, what is wrong with the others is told as well."""
    from ..assess import read_readings
    from ..errors import CaseError, Problem

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
