"""`corpus search`: find articles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal, Unpack

import click

from corpus.cli import boundary, explain_text, hits_text
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
    use_color,
)
from corpus.cli.output import (
    check_columns,
    chosen,
    print_json,
    print_json_lines,
    print_table,
    to_json,
    write_line,
)
from corpus.cli.screen import page, terminal_columns

if TYPE_CHECKING:
    from corpus import Hit, Hits

TABLE_COLUMNS = (
    "rank",
    "id",
    "published",
    "publisher",
    "section",
    "reporters",
    "title",
    "matched",
    "where",
    "score",
    "url",
    "snippet",
)


@corpus_command("search", query=True)
@query_argument
@filters
@click.option(
    "--sort",
    type=click.Choice(["score", "newest", "oldest"]),
    default="score",
    show_default=True,
    help="Which articles come first.",
)
@limit_option("How many to show. [default: 10; all of them with --format ids]")
@click.option(
    "--offset",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    show_default=True,
    help="How many to skip.",
)
@formats("text", "json", "jsonl", "csv", "tsv", "ids")
@columns_option
@bom_option
@click.option("--explain", is_flag=True, help="Say how it was read, found and scored.")
@click.option(
    "--correct",
    is_flag=True,
    help="Where little is found, answer the first suggestion instead, and say so.",
)
@click.option("--fail-empty", is_flag=True, help="Exit with 1 where nothing is found.")
def command(
    query: tuple[str, ...],
    sort: Literal["score", "newest", "oldest"],
    limit: Rows,
    offset: int,
    format: str,
    columns: tuple[str, ...] | None,
    bom: bool,  # noqa: FBT001 - click passes by name
    explain: bool,  # noqa: FBT001 - click passes by name
    correct: bool,  # noqa: FBT001 - click passes by name
    fail_empty: bool,  # noqa: FBT001 - click passes by name
    **narrowed: Unpack[Filters],
) -> int:
    """Find the articles that a query describes.

    Words side by side must all be there, -word must not. A word is found anywhere in the
    text, particles included. Also OR, NOT, parentheses, "phrases" (quoted for the shell as
    '"…"'), fields such as title:word, and dates such as date:2021. A token with one hyphen
    belongs to the query. The query may be empty where a filter is given.

    \b
    Example:
      corpus search 네이버 -카카오 --since 2021-10 --sort newest
    """
    check_columns(format, columns, bom=bom)
    if limit is None:
        limit = "all" if format == "ids" else 10
    rows = None if limit == "all" else limit
    with opened() as c:
        asked = " ".join(query)
        hits = c.search(asked, sort=sort, limit=rows, offset=offset, correct=correct, **narrowed)
        if (instead := hits.corrected) is not None:
            click.echo(f"corrected: {asked} -> {instead.query} ({instead.reason})", err=True)
        if format == "text":
            color = use_color()
            hint = one_syllable(query) if narrowed["match"] == "all" else None
            drawn = hits_text.draw(
                hits, width=terminal_columns(), color=color, short_id=c.short_id, hint=hint
            )
            page(chain(drawn, explain_text.draw(hits) if explain else ()))
        elif format == "json":
            print_document(hits, columns, explain=explain)
        else:
            for line in (hits_text.total_line(hits), *hits_text.foot(hits)):
                click.echo(line, err=True)
            if explain:
                click.echo(to_json(hits.explain()), err=True)
            print_rows(hits, format, columns, bom=bom)
    return boundary.NO_MATCH if fail_empty and not hits.total else boundary.DONE


def one_syllable(query: tuple[str, ...]) -> str | None:
    """What to try where one syllable finds too much."""
    text = " ".join(query)
    if len(text) == 1 and "가" <= text <= "힣":
        return f"'{text}*' where it begins a word"
    return None


def print_document(hits: Hits, columns: tuple[str, ...] | None, *, explain: bool) -> None:
    """One JSON document; --columns chooses the keys of each hit, flat as in a table."""
    document = hits.to_dict()
    if columns:
        document["hits"] = [chosen(row, columns) for row in flat(hits)]
    if explain:
        document["explain"] = {**hits.explain(), "hits": [hit.explain() for hit in hits]}
    print_json(document)


def print_rows(hits: Hits, format: str, columns: tuple[str, ...] | None, *, bom: bool) -> None:
    """One hit a line."""
    if format == "ids":
        for hit in hits:
            write_line(hit.id)
    elif format == "jsonl" and columns is None:
        print_json_lines(hit.to_dict() for hit in hits)
    elif format == "jsonl":
        print_json_lines(flat(hits), columns)
    else:
        print_table(flat(hits), columns or TABLE_COLUMNS, kind=format, bom=bom)


def flat(hits: Hits) -> Iterator[dict[str, Any]]:
    """Each hit as one record: its rank, what it is found by, and the keys of the article."""
    for rank, hit in enumerate(hits, hits.offset + 1):
        yield {
            "rank": rank,
            "id": hit.id,
            "score": round(hit.score, 6),
            "matched": len(hit.matches),
            "where": hit.where,
            "snippet": snippet_text(hit),
            **{name: value for name, value in hit.article.to_dict().items() if name != "id"},
        }


def snippet_text(hit: Hit) -> str:
    """The first snippet, matches in brackets, on one line."""
    found = hit.snippets
    return hits_text.line(found[0], hit, width=200, color=False) if found else ""
