"""`corpus extract`: the article in each file, without a corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from corpus.cli import boundary
from corpus.cli.options import corpus_command, kind_option
from corpus.cli.output import print_json_lines
from corpus.cli.removed_text import removed_lines
from corpus.errors import ArticleRejected

if TYPE_CHECKING:
    from corpus.archive import Kind
    from corpus.ingest.sources import Extracted


@corpus_command("extract")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True)
)
@kind_option
@click.option("--explain", is_flag=True, help="Say on stderr which lines were taken out, and why.")
def command(files: tuple[str, ...], kind: Kind, explain: bool) -> int:  # noqa: FBT001
    """Print the article in each file, as JSON Lines.

    Touches no corpus. The keys are those of an article, with "clean": true, so that ingest
    takes the lines back as they are. A record without an id of its own gets the name of its
    file without the ending (and the number of its line, where a file holds many).

    \b
    Example:
      corpus extract page.html --explain
    """
    from corpus.ingest.sources import read

    rejected = 0

    def records() -> Iterator[dict[str, object]]:
        nonlocal rejected
        for found in read(files, kind=kind):
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

    print_json_lines(records())
    return boundary.REJECTED if rejected else boundary.DONE


def place(found: Extracted) -> str:
    """Where the article stood, as `file` or `file:line`."""
    origin = found.article.origin or "-"
    return origin if found.line is None else f"{origin}:{found.line}"


def file_id(found: Extracted) -> str:
    """An id for what has none: the name of the file, and the line in a file of many."""
    origin = found.article.origin or "-"
    name = "stdin" if origin == "-" else PurePath(origin).stem
    return name if found.line is None else f"{name}-{found.line}"
