"""`corpus words`: what a query really matched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Unpack

import click

from corpus.cli.hits_text import left_out
from corpus.cli.options import (
    Filters,
    Rows,
    bom_option,
    columns_option,
    corpus_command,
    filters,
    formats,
    limit_option,
    opened,
    query_argument,
)
from corpus.cli.output import check_columns, chosen, print_json, print_json_lines, print_table
from corpus.cli.screen import articles, page

if TYPE_CHECKING:
    from corpus import WordCounts


@corpus_command("words", query=True)
@query_argument
@filters
@limit_option("How many words to show.", default="50")
@formats("text", "json", "jsonl", "csv", "tsv")
@columns_option
@bom_option
def command(
    query: tuple[str, ...],
    limit: Rows,
    format: str,
    columns: tuple[str, ...] | None,
    bom: bool,  # noqa: FBT001 - click passes by name
    **narrowed: Unpack[Filters],
) -> None:
    """List the words of the text that a query matched.

    Those that hold a match of QUERY, the most frequent first.

    Words are what stands between spaces and signs, particles included, in lower case. They
    are counted in the articles that the whole query finds.

    \b
    Example:
      corpus words '당*'
    """
    check_columns(format, columns, bom=bom)
    with opened() as c:
        found = c.words(" ".join(query), limit=None if limit == "all" else limit, **narrowed)
    if format == "text":
        page(text_lines(found))
        return
    rows = [{"word": word, "count": count} for word, count in found.words]
    if format == "json":
        document = found.to_dict()
        del document["format_version"]
        print_json(document | {"words": [chosen(row, columns) for row in rows]})
        return
    for line in (total_line(found), *notes(found)):
        click.echo(line, err=True)
    if format == "jsonl":
        print_json_lines(rows, columns)
    else:
        print_table(rows, columns or ("word", "count"), kind=format, bom=bom)


def text_lines(found: WordCounts) -> Iterator[str]:
    """The total, a line for each word, and what the figures do not hold."""
    yield total_line(found)
    width = max((len(f"{count:,}") for _, count in found.words), default=0)
    for word, count in found.words:
        yield f"  {count:>{width},}  {word}"
    yield from notes(found)


def total_line(found: WordCounts) -> str:
    """How many different words there are, how often they stand where, how many follow."""
    words = f"{found.different:,} word{'' if found.different == 1 else 's'}"
    places = f"{found.occurrences:,} place{'' if found.occurrences == 1 else 's'}"
    return f"{words} in {places} of {articles(found.articles)}; {len(found.words):,} shown"


def notes(found: WordCounts) -> Iterator[str]:
    """How the query was read, what was left out, what is pending, what more there is."""
    yield f"read as: {found.read_as}"
    yield from left_out(found.left_out, found.pending)
    if more := found.different - len(found.words):
        yield f"more: {more:,} words (--limit all)"
