"""How far is long work? A bar with rate and remaining time on stderr, only on a terminal.

rich takes 30-60 ms to import: it is loaded only where a bar is drawn.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.results import Progress


@contextmanager
def bar(label: str) -> Iterator[Callable[[Progress], None] | None]:
    """Yields what the API's `progress` takes: a function, or None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar

    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rejected]}", style="red"),
        console=Console(stderr=True),
        transient=True,
    ) as drawn:
        task = drawn.add_task(label, total=None, rate="", rejected="")

        def show(progress: Progress) -> None:
            speed = drawn.tasks[0].speed
            drawn.update(
                task,
                completed=progress.done,
                total=progress.total,
                rate=f"{speed:,.0f}/s" if speed else "",
                rejected=f"{progress.rejected} rejected" if progress.rejected else "",
            )

        yield show
