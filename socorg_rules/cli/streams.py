"""The verb for streams of events: `watch`."""

from __future__ import annotations

from typing import Any

import click

from .options import chosen_readings, reading_option, say


@click.command(short_help="Keep many case files up to date from a stream of events.")
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
    from .. import load_pack
    from ..watch import follow

    loaded = load_pack(pack)
    done = follow(loaded, folder, events, state, readings=chosen_readings(readings, [loaded]), **more)
    if not done.finished:
        say("the last line is not finished; it is left for the next run")
    say(", ".join(f"{number} {what}" for what, number in done.counts.items()))
