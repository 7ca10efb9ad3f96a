"""`corpus count`: how many articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Unpack

import click

from corpus.cli.hits_text import form_lines, left_out, with_forms
from corpus.cli.options import (
    Filters,
    bom_option,
    columns_option,
    corpus_command,
    filters,
    formats,
    opened,
    query_argument,
)
from corpus.cli.output import check_columns, chosen, print_json, print_json_lines, print_table
from corpus.cli.screen import page
from corpus.cli.width import columns as width_of
from corpus.errors import QueryError

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.results import Counts


@corpus_command("count", query=True)
@query_argument
@filters
@click.option(
    "--by",
    type=click.Choice(["year", "month", "day", "publisher", "section", "reporter"]),
    help="Count in groups.",
)
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help="Count every query of FILE, one a line (- is standard input).",
)
@formats("text", "json", "jsonl", "csv", "tsv")
@columns_option
@bom_option
def command(
    query: tuple[str, ...],
    by: Literal["year", "month", "day", "publisher", "section", "reporter"] | None,
    batch: Path | None,
    format: str,
    columns: tuple[str, ...] | None,
    bom: bool,  # noqa: FBT001 - click passes by name
    **narrowed: Unpack[Filters],
) -> None:
    """Count articles; without a query, all of them.

    \b
    Example:
      corpus count 인공지능 --by year
    """
    check_columns(format, columns, bom=bom)
    if batch is not None and (query or by):
        raise click.UsageError("--batch brings its own queries and no groups")
    with opened() as c:
        if batch is not None:
            rows = list(batched(c, batch, narrowed))
            print_counts(rows, ("query", "articles"), format, columns, bom=bom)
            return
        counts = c.count(" ".join(query), by=by, **narrowed)
    if format == "text":
        page(text_lines(counts))
        return
    if format == "json" and columns is None:
        print_json(counts.to_dict())
        return
    if format != "json":
        for line in notes(counts):
            click.echo(line, err=True)
    if by is None:
        print_counts([{"articles": counts.total}], ("articles",), format, columns, bom=bom)
        return
    groups = [{by: name, "articles": number} for name, number in counts.groups]
    print_counts(groups, (by, "articles"), format, columns, bom=bom)


def batched(c: Corpus, path: Path, narrowed: Filters) -> Iterator[dict[str, Any]]:
    """The count of every line that is not empty; a bad query is named with its line."""
    with click.open_file(str(path), encoding="utf-8-sig") as lines:
        for number, text in enumerate(lines, 1):
            if not (query := text.strip()):
                continue
            try:
                found = c.count(query, **narrowed)
            except QueryError as error:
                hint = f"{path}:{number}: {error.hint}"
                raise QueryError(error.query, error.position, hint) from error
            yield {"query": query, "articles": found.total}


def print_counts(
    rows: list[dict[str, Any]],
    names: tuple[str, ...],
    format: str,
    columns: tuple[str, ...] | None,
    *,
    bom: bool,
) -> None:
    """Rows of names and numbers in any format."""
    if format == "text":
        width = max((len(f"{row['articles']:,}") for row in rows), default=1)
        page(f"{row['articles']:>{width},}  {row[names[0]]}" for row in rows)
    elif format == "json":
        print_json({"counts": [chosen(row, columns) for row in rows]})
    elif format == "jsonl":
        print_json_lines(rows, columns)
    else:
        print_table(rows, columns or names, kind=format, bom=bom)


def text_lines(counts: Counts) -> Iterator[str]:
    """The total, the groups with a bar each, and what the figures do not hold."""
    yield with_forms(counts.total, counts.forms) + (f" by {counts.by}" if counts.by else "")
    names = [name if name is not None else "(none)" for name, _ in counts.groups]
    width = max((width_of(name) for name in names), default=0)
    digits = max((len(f"{number:,}") for _, number in counts.groups), default=0)
    most = max((number for _, number in counts.groups), default=0) or 1
    for name, (_, number) in zip(names, counts.groups, strict=True):
        bar = "#" * max(1 if number else 0, round(30 * number / most))
        yield f"  {name}{' ' * (width - width_of(name))}  {number:>{digits},}  {bar}".rstrip()
    yield from notes(counts)


def notes(counts: Counts) -> Iterator[str]:
    """How the query was read, what was left out, what is pending."""
    if counts.read_as:
        yield f"read as: {counts.read_as}"
    yield from form_lines(counts.total, counts.forms)
    yield from left_out(counts.left_out, counts.pending)
