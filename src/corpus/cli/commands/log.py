"""`corpus log`: what was done to the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.cli.options import Rows, corpus_command, formats, limit_option, opened
from corpus.cli.output import print_json, print_json_lines
from corpus.cli.screen import page

if TYPE_CHECKING:
    from corpus.results import Run


@corpus_command("log")
@limit_option("How many runs.", default="20")
@formats("text", "json", "jsonl")
def command(limit: Rows, format: str) -> None:
    """List the ingests and deletions, newest first.

    \b
    Example:
      corpus log --limit 5
    """
    with opened() as c:
        runs = c.log(None if limit == "all" else limit)
    if format == "json":
        print_json({"runs": [run.to_dict() for run in runs]})
    elif format == "jsonl":
        print_json_lines(run.to_dict() for run in runs)
    else:
        page(text_lines(runs))


def text_lines(runs: list[Run]) -> Iterator[str]:
    """One line a run, what it read or why it deleted under it."""
    if not runs:
        yield "nothing was done to this corpus yet"
    for run in runs:
        yield run_line(run)
        if run.sources:
            yield f"       {' '.join(run.sources)}"
        if run.note:
            yield f"       {run.note}"
        yield from (f"       {reject}" for reject in run.rejects[:3])
        if len(run.rejects) > 3:
            yield f"       and {len(run.rejects) - 3:,} more rejected (--format json)"


def run_line(run: Run) -> str:
    """Number, time, what was done, and the figures that are not zero."""
    names = ("added", "revised", "unchanged", "kept_out", "rejected", "deleted")
    figures = [(name, getattr(run, name)) for name in names]
    done = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in figures if number)
    state = "" if run.state == "done" else f" ({run.state})"
    started = run.started.astimezone().isoformat(sep=" ", timespec="minutes")[:16]
    return f"{run.number:>4}  {started}  {run.what}{state}: {done or 'no change'}"
