"""`corpus export`: every article that a query finds, whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Unpack

import click

from corpus.cli.hits_text import form_lines
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
from corpus.cli.output import check_columns, print_json_lines, print_table
from corpus.cli.screen import articles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus import Article


@corpus_command("export", query=True)
@query_argument
@filters
@formats("jsonl", "csv", default="jsonl")
@columns_option
@bom_option
def command(
    query: tuple[str, ...],
    format: str,
    columns: tuple[str, ...] | None,
    bom: bool,  # noqa: FBT001 - click passes by name
    **narrowed: Unpack[Filters],
) -> None:
    """Print whole articles, without a limit.

    Newest first; without a query, all of them. JSON Lines carry "clean": true, so that
    ingest takes them back as they are.

    \b
    Example:
      corpus export 인공지능 --since 2021 > ai.jsonl
      corpus export --format csv --bom --columns id,published,title,body > all.csv
    """
    check_columns(format, columns, bom=bom)
    with opened() as c:
        records = rows(c.export(" ".join(query), **narrowed))
        if format == "jsonl":
            number = print_json_lines(records, columns)
        else:
            number = print_table(records, columns or table_columns(), kind=format, bom=bom)
        counts = c.count(" ".join(query), **narrowed)
    click.echo(f"{articles(number)} exported", err=True)
    for line in form_lines(counts.total, counts.forms):
        click.echo(line, err=True)


def rows(found: Iterable[Article]) -> Iterator[dict[str, Any]]:
    """Articles as records that ingest takes back unchanged."""
    for article in found:
        yield {**article.to_dict(), "clean": True}


def table_columns() -> tuple[str, ...]:
    """Every key of an article, in the record's order."""
    from corpus.article import Article

    return Article.__struct_fields__
