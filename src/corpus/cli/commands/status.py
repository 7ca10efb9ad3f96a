"""`corpus status`: what the corpus holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from corpus.cli.commands.log import run_line
from corpus.cli.options import corpus_command, formats, opened
from corpus.cli.output import print_json
from corpus.cli.screen import sized, table

if TYPE_CHECKING:
    from corpus.results import IndexState, Status


@corpus_command("status")
@formats("text", "json")
def command(format: str) -> None:
    """Say what the corpus holds, and how its index stands.

    \b
    Example:
      corpus status
    """
    with opened() as c:
        status = c.status()
    if format == "json":
        print_json(status.to_dict())
        return
    for line in table(facts(status)):
        click.echo(line)


def facts(status: Status) -> Iterator[tuple[str, str]]:
    """Names and values, the figures of most interest first."""
    yield "corpus", str(status.path)
    yield "articles", f"{status.articles:,}"
    if status.deleted:
        yield "deleted", f"{status.deleted:,}"
    yield "revisions", f"{status.revisions:,}"
    stored = f"{sized(status.original_bytes)}, {sized(status.original_stored)} compressed"
    yield "originals", f"{status.originals:,} ({stored})"
    yield "store", f"{sized(status.store_bytes)}, format {status.format}, change {status.seq:,}"
    yield "index", index_text(status.index)
    yield (
        "last run",
        run_line(status.last_run).lstrip() if status.last_run else "none yet: corpus ingest",
    )


def index_text(index: IndexState) -> str:
    """How the index stands, and what to do about it, on one line."""
    size = f"{index.articles:,} articles, {sized(index.bytes)}"
    if index.state == "current":
        return f"current: {size}"
    if index.state in ("behind", "empty"):
        step = f"; {index.pending:,} pending (corpus index update)" if index.pending else ""
        return f"{index.state}: {size}{step}"
    return f"{index.state}: {index.problem or 'run: corpus index rebuild'}"
