"""How far is long work? A bar with rate and remaining time on stderr, only on a terminal.

rich takes 30-60 ms to import: it is loaded only where a bar is drawn.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.cli.screen import articles

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.results import Progress

_PHASES = {"ingest": "reading", "reextract": "reading again", "index": "indexing"}


@contextmanager
def bar() -> Iterator[Callable[[Progress], None] | None]:
    """Yields what the API's `progress` takes: a function, or None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with drawn(Console(stderr=True)) as show:
        yield show


@contextmanager
def drawn(console: Console) -> Iterator[Callable[[Progress], None]]:
    """A bar on `console`: phase, share done, articles, articles a second, time left."""
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    phase = ""
    began = time.monotonic()
    with Bar(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[figures]}"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as shown:
        task = shown.add_task("", total=None, figures="")

        def show(progress: Progress) -> None:
            nonlocal phase, began
            if progress.phase != phase:
                # The first report comes after the first articles: they count from the start.
                began = time.monotonic() if phase else began
                phase = progress.phase
                shown.reset(task, description=_PHASES.get(phase, phase))
            done, total = progress.done, progress.total
            if total is None and progress.bytes_total:
                # Nobody knows how many articles a file holds, but how much of it is read.
                done, total = progress.bytes_done, progress.bytes_total
            seconds = max(time.monotonic() - began, 0.1)
            figures = f"{articles(progress.done)}, {progress.done / seconds:,.0f}/s"
            if progress.rejected:
                figures += f", {progress.rejected:,} rejected"
            shown.update(task, completed=done, total=total, figures=figures)

        yield show
