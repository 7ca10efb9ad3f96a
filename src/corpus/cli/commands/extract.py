"""`corpus extract`: the article in each file, without a corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import click

from corpus.cli import boundary
from corpus.cli.explained_text import explained, explained_lines
from corpus.cli.options import corpus_command, jobs_option, kind_option
from corpus.cli.output import print_json_lines
from corpus.cli.screen import counted
from corpus.errors import ArticleRejected, CorpusDamaged

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
@click.option("--explain", is_flag=True, help="Say on stderr which rule decided what, and why.")
@click.option(
    "--explain-to",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write the same to FILE, as JSON Lines.",
)
@click.option(
    "--layouts",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Use the [[layouts]] tables of this TOML file as well.",
)
def command(
    files: tuple[str, ...],
    kind: Kind,
    jobs: int,
    explain: bool,  # noqa: FBT001
    explain_to: str | None,
    layouts: str | None,
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
    import json  # --help needs none

    from corpus.ingest.explain import collecting
    from corpus.ingest.sources import Skipped, read

    if explain or explain_to:
        jobs = 1  # what the rules say is heard in this process

    _use(layouts)
    rejected = 0
    passed_over = 0

    def records(stack: ExitStack) -> Iterator[dict[str, object]]:
        nonlocal rejected, passed_over
        path = Path(explain_to) if explain_to else None
        report = stack.enter_context(path.open("w", encoding="utf-8")) if path else None
        decisions = stack.enter_context(collecting()) if explain or explain_to else []
        for found in stack.enter_context(closing(read(files, kind=kind, jobs=jobs))):
            decided = list(decisions)
            decisions.clear()
            if isinstance(found, Skipped):
                passed_over += 1
                continue
            if isinstance(found, ArticleRejected):
                rejected += 1
                boundary.say(str(found))
                continue
            article = found.article
            name = article.id or file_id(found)
            if explain:
                click.echo(f"{place(found)}:", err=True)
                for line in explained_lines(article, decided):
                    click.echo(f"  {line}", err=True)
            if report:
                origin = article.origin or "-"
                said = explained(article, decided, origin=origin, line=found.line, id=name)
                report.write(json.dumps(said, ensure_ascii=False) + "\n")
            yield {**article.to_dict(), "id": name, "clean": True}

    with ExitStack() as stack:
        print_json_lines(records(stack))
    if passed_over:
        click.echo(f"{counted(passed_over, 'record')} passed over that hold no page", err=True)
    return boundary.REJECTED if rejected else boundary.DONE


def _use(path: str | None) -> None:
    """Use the layouts of a TOML file, or none but the program's, for the rest of this process."""
    from corpus import settings
    from corpus.ingest.publishers.layouts import LayoutError, install

    try:
        install(() if path is None else settings.layouts(Path(path)))
    except CorpusDamaged as error:
        raise click.UsageError(f"--layouts {error}") from error
    except LayoutError as error:
        raise click.UsageError(f"--layouts {path}: {error}; correct it") from error


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
