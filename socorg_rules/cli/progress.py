"""How far a long work is, shown while it lasts."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def shown_progress(name: str) -> Iterator[Callable[[int, int], None]]:
    """What is told how far the work is, and shows it where a person reads standard error."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    bar = Progress(console=console, transient=True) if console.is_terminal else None
    with bar or nullcontext():
        task = bar.add_task(name, total=None) if bar is not None else None

        def told(done: int, of: int) -> None:
            if bar is not None and task is not None:
                bar.update(task, completed=done, total=of)

        yield told
