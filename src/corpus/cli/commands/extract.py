"""`corpus extract`: the article in each file, without a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from corpus.cli import boundary
from corpus.cli.options import corpus_command, jobs_option, kind_option
from corpus.cli.output import print_json_lines
from corpus.cli.removed_text import removed_lines
from corpus.cli.screen import counted
from corpus.errors import ArticleRejected

if TYPE_CHECKING:
    from corpus.archive import Kind
    from corpus.ingest.sources import Extracted

NUMBERED = re.compile(r"@\d+\Z")  # an element, entry or record: corpus.ingest.places


@corpus_command("extract")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True)
)
@kind_option
@jobs_option
@click.option("--explain", is_flag=True, help="Say on stderr which lines were taken out, and why.")
def command(
    files: tuple[str, ...],
    kind: Kind,
    jobs: int,
    explain: bool,  # noqa: FBT001 - click passes by name
) -> int:
    """Print the articles in each file, as JSON Lines.

    Reads what ingest reads and touches no corpus. The keys are those of an article, with
    "clean": true, so that ingest takes the lines back as they are. A record without an id
    of its own gets the name of its file without the ending (and the number of its line,
    entry or record, where a file holds many).

    \b
    Example:
      corpus extract page.html --explain
    """
    from corpus.ingest.sources import Skipped, read

    rejected = 0
    passed_over = 0

    def records() -> Iterator[dict[str, object]]:
        nonlocal rejected, passed_over
        for found in results:
            if isinstance(found, Skipped):
                passed_over += 1
                continue
            if isinstance(found, ArticleRejected):
                rejected += 1
                boundary.say(str(found))
                continue
            article = found.article
            if explain:
                click.echo(f"{place(found)}:", err=True)
                for line in removed_lines(article):
                    click.echo(f"  {line}", err=True)
            yield {**article.to_dict(), "id": article.id or file_id(found), "clean": True}

    with closing(read(files, kind=kind, jobs=jobs)) as results:
        print_json_lines(records())
    if passed_over:
        click.echo(f"{counted(passed_over, 'record')} passed over that hold no page", err=True)
    return boundary.REJECTED if rejected else boundary.DONE


def place(found: Extracted) -> str:
    """Where the article stood, as `file` or `file:line`."""
    origin = found.article.origin or "-"
    return origin if found.line is None else f"{origin}:{found.line}"


def file_id(found: Extracted) -> str:
    """An id for what has none: the name of the file, and the place in a file of many."""
    origin = found.article.origin or "-"
    name, _, number = origin.rpartition("@") if NUMBERED.search(origin) else (origin, "", "")
    stem = "stdin" if name == "-" else PurePath(name.rpartition("!/")[2]).stem
    if not number and found.line is not None:
        number = str(found.line)
    return f"{stem}-{number}" if number else stem
