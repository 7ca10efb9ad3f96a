"""`corpus reextract`: read the kept originals again with the rules of this version."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Unpack

import click

from corpus.cli import boundary
from corpus.cli.options import (
    Filters,
    corpus_command,
    filters,
    formats,
    memory_option,
    opened,
    query_argument,
    use_color,
)
from corpus.cli.output import print_json, write_line
from corpus.cli.progress import bar
from corpus.cli.screen import articles, counted, table, terminal_columns

if TYPE_CHECKING:
    from corpus.results import ArticleChange, NotReread, ReextractReport

_NAMED = 20  # articles named on stderr; --format json lists all


@corpus_command("reextract", query=True)
@query_argument
@filters
@click.option("--diff", is_flag=True, help="Show what would change, write nothing.")
@memory_option
@formats("text", "json")
def command(
    query: tuple[str, ...],
    diff: bool,  # noqa: FBT001 - click passes by name
    memory: int | None,
    format: str,
    **narrowed: Unpack[Filters],
) -> int:
    """Read kept originals again with this version's rules.

    Of the articles that the query finds; without a query, all. What differs becomes a new
    revision. Fields that people edited stay as they are and are named on stderr, as are
    articles without an original and originals that the rules now refuse (exit code 4).

    \b
    Example:
      corpus reextract --publisher 한빛일보 --diff
      corpus reextract --publisher 한빛일보
    """
    from corpus.cli.changes_text import change_lines

    text = format == "text"
    with opened("r" if diff else "w") as c, bar() as progress:
        width, color = terminal_columns(), use_color()

        def show(change: ArticleChange) -> None:
            for line in change_lines(change, c.short_id(change.id), width, color=color):
                write_line(line)
            write_line("")

        done = c.reextract(
            " ".join(query),
            diff=diff,
            changed=show if diff and text else None,
            progress=None if diff and text else progress,
            memory=memory,
            **narrowed,
        )
        for line in left_lines(done, c.short_id, width):
            boundary.say(line)
    if text:
        for line in summary(done):
            write_line(line)
    else:
        print_json(done.to_dict())
    return boundary.REJECTED if done.rejected else boundary.DONE


def left_lines(done: ReextractReport, short: Callable[[str], str], width: int) -> Iterator[str]:
    """What stays as it is against the rules: edits, refused originals, lost ones."""
    from corpus.cli.changes_text import kept_line

    room = width - len("corpus: ")
    yield from _first([kept_line(each, short(each.id), room) for each in done.kept], "edits")
    yield from _first(_named(done.rejected), "refused originals")
    yield from _first(_named(done.skipped), "articles without an original")


def _named(left: Sequence[NotReread]) -> list[str]:
    return [f"{each.id}: {each.reason}; the article stays as it is" for each in left]


def _first(lines: Sequence[str], what: str) -> Iterator[str]:
    yield from lines[:_NAMED]
    if len(lines) > _NAMED:
        yield f"and {len(lines) - _NAMED:,} more {what} (--format json lists all)"


def summary(done: ReextractReport) -> Iterator[str]:
    """What a re-extraction did, in a column of figures."""
    read = done.changed + done.unchanged + len(done.rejected)
    yield f"{articles(read)} read again by rules {done.extractor} in {done.seconds:.1f} s"
    rows = [
        ("would change" if done.diff else "changed", done.changed, ""),
        ("unchanged", done.unchanged, ""),
        ("finished", done.finished, 'records that say "clean": true'),
        ("no original", len(done.skipped), "not kept; they stay as they are"),
        ("refused", len(done.rejected), "by the rules now; they stay as they are"),
        ("edits kept", len(done.kept), "where the rules say something else"),
    ]
    always = ("would change", "changed", "unchanged")
    yield from (
        f"  {line}"
        for line in table(
            (name, f"{number:>9,}" + (f"  {note}" if number and note else ""))
            for name, number, note in rows
            if number or name in always
        )
    )
    if done.fields:
        fields = ", ".join(f"{name} {number:,}" for name, number in done.fields)
        yield f"by field: {fields}"
    if done.read_as:
        yield f"read as: {done.read_as}"
    if done.pending:
        yield f"not asked: {counted(done.pending, 'article')} not in the index yet"
    yield from (f"notice: {notice}" for notice in done.notices)
    if done.diff:
        yield "nothing was written (--diff)"
