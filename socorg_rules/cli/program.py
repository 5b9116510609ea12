"""The command line `socorg-rules`: every verb asks the library, and imports of it only what the verb needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from .options import say

if TYPE_CHECKING:
    from ..errors import Problem

VERBS = {
    "ask": "dialogue",
    "assess": "answers",
    "chart": "charts",
    "check": "packs",
    "compare-packs": "answers",
    "coverage": "packs",
    "diff": "policy",
    "impact": "scenarios",
    "make-registry": "registry",
    "new-pack": "packs",
    "pack": "packs",
    "packs": "packs",
    "paths": "explore",
    "registry": "registry",
    "robustness": "explore",
    "schema": "packs",
    "sweep": "scenarios",
    "timeline": "explore",
    "verify": "verify",
    "watch": "streams",
}
"""Each verb with the module that holds it; only that one is loaded."""

FAILED, BAD_INPUT = 1, 2
"""Exit codes beside 0: anything unforeseen, and input that its writer can mend."""


class Program(click.Group):
    """The whole program: what goes wrong in any verb becomes lines on standard error and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """Every verb, by name."""
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A verb, from the module that holds it."""
        if cmd_name not in VERBS:
            return None
        module = import_module(f"{__package__}.{VERBS[cmd_name]}")
        return next(c for c in vars(module).values() if isinstance(c, click.Command) and c.name == cmd_name)

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
    from ..errors import RulesError

    if isinstance(error, RulesError):
        complain(error.problems)
        return BAD_INPUT
    if isinstance(error, click.ClickException):
        context = error.ctx if isinstance(error, click.UsageError) else None
        hint = f" (see `{context.command_path} --help`)" if context else ""
        message = error.format_message().rstrip(".")
        say(message[:1].lower() + message[1:] + hint)
        return BAD_INPUT
    if isinstance(error, OSError):
        say(": ".join(str(told) for told in (error.filename, error.strerror or str(error)) if told))
    else:
        say(f"unforeseen, please report it: {type(error).__name__}: {error}")
    return FAILED


def complain(problems: Iterable[Problem]) -> None:
    """Problems on standard error, one a line."""
    for problem in problems:
        say(str(problem))


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
