"""`corpus ingest`: take articles in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.cli import boundary
from corpus.cli.options import (
    corpus_command,
    formats,
    jobs_option,
    kind_option,
    memory_option,
    opened,
)
from corpus.cli.output import print_json
from corpus.cli.progress import bar
from corpus.cli.screen import articles, counted, table

if TYPE_CHECKING:
    from corpus.archive import Kind
    from corpus.results import IngestReport

SORTS_SHOWN = 4


@corpus_command("ingest")
@click.argument("sources", metavar="SOURCE...", nargs=-1, type=click.Path(allow_dash=True))
@kind_option
@jobs_option
@click.option("--dry-run", is_flag=True, help="Decide everything, write nothing.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the rejects to FILE, as JSON Lines with origin, line and reason.",
)
@click.option(
    "--retry",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="REPORT",
    help="Read only the places again that a report of rejects lists.",
)
@click.option(
    "--id-prefix",
    default="",
    metavar="P",
    help="Put P before every given id, so that two sources may use the same ids.",
)
@click.option("--clean", is_flag=True, help="Leave bodies as they are: no byline removal.")
@click.option("--publisher", metavar="NAME", help="The publisher of articles that name none.")
@click.option("--section", metavar="NAME", help="The section of articles that name none.")
@memory_option
@formats("text", "json")
def command(
    sources: tuple[str, ...],
    kind: Kind,
    jobs: int,
    dry_run: bool,  # noqa: FBT001 - click passes by name
    report: Path | None,
    retry: Path | None,
    id_prefix: str,
    clean: bool,  # noqa: FBT001 - click passes by name
    publisher: str | None,
    section: str | None,
    memory: int | None,
    format: str,
) -> int:
    """Take articles in: files, folders, archives, - for stdin.

    Web pages, plain text (first line the title), JSON, tables (CSV, TSV), feeds (RSS,
    Atom) and crawls (WARC), also in zip, tar, gz, zst, xz and bz2, told apart by their
    content. The same content again changes nothing. What cannot be taken is named on
    stderr with its place and reason, the rest goes in, and the exit code is 4.

    \b
    Example:
      corpus ingest 2021/ news.jsonl --report rejects.jsonl
    """
    if not sources and retry is None:
        raise click.UsageError("name the files or folders to take in, or - for standard input")
    with opened("w") as c, bar() as progress:
        done = c.ingest(
            sources,
            kind=kind,
            clean=clean,
            publisher=publisher,
            section=section,
            id_prefix=id_prefix,
            dry_run=dry_run,
            jobs=jobs,
            progress=progress,
            retry=retry,
            memory=memory,
        )
    if report is not None:
        done.write(report)
    for reject in done.rejected:
        boundary.say(str(reject))
    if format == "json":
        print_json(done.to_dict())
    else:
        for line in summary(done, report):
            click.echo(line)
    return boundary.REJECTED if done.rejected else boundary.DONE


def sorts(done: IngestReport) -> str:
    """What a crawl held beside pages, the most frequent sorts first."""
    named = [f"{what} {number:,}" for what, number in done.passed_over[:SORTS_SHOWN]]
    return ", ".join([*named, *["…"] * (len(done.passed_over) > SORTS_SHOWN)])


def summary(done: IngestReport, report: Path | None) -> Iterator[str]:
    """What an ingest did, in a column of figures; lines that would say nothing are left out."""
    taken = done.added + done.revised + done.unchanged
    verb = "would be read" if done.dry_run else "read"
    rate = f", {taken / done.seconds:,.0f} a second" if done.seconds > 1 else ""
    yield f"{articles(taken)} {verb} in {done.seconds:.1f} s{rate}"
    where = f"listed in {report}" if report else "listed above; --report FILE keeps them"
    doubtful = f"{done.lines_doubtful:,} of them doubtful"
    rows = [
        ("added", done.added, ""),
        ("revised", done.revised, ""),
        ("unchanged", done.unchanged, ""),
        ("kept out", len(done.kept_out), "deleted before"),
        ("rejected", len(done.rejected), where),
        ("undated", done.undated, ""),
        ("repaired", done.encodings_repaired, "charset was not the declared one"),
        ("passed over", sum(number for _, number in done.passed_over), sorts(done)),
        ("lines out", done.lines_removed, f"bylines, promotion; {doubtful}"),
    ]
    always = ("added", "revised", "unchanged", "rejected")
    yield from (
        f"  {line}"
        for line in table(
            (name, f"{number:>9,}" + (f"  {note}" if number and note else ""))
            for name, number, note in rows
            if number or name in always
        )
    )
    if done.suspicious:
        yield f"suspicious: {counted(len(done.suspicious), 'thing')}"
        yield from (f"  {sentence}" for sentence in done.suspicious)
    yield from (f"notice: {notice}" for notice in done.notices)
    if done.dry_run:
        yield "nothing was written (--dry-run)"
