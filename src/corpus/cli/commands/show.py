"""`corpus show`: one article."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from corpus.cli.options import corpus_command, formats, opened
from corpus.cli.output import cell, print_json
from corpus.cli.removed_text import removed_lines
from corpus.cli.screen import counted, page, table, terminal_columns
from corpus.cli.width import wrap

if TYPE_CHECKING:
    from corpus import Article


@corpus_command("show")
@click.argument("id")
@click.option(
    "--original", "what", flag_value="original", help="The bytes as they came, and nothing else."
)
@click.option("--removed", "what", flag_value="removed", help="What was stripped, and why.")
@click.option("--revisions", "what", flag_value="revisions", help="Every revision of the article.")
@formats("text", "json")
def command(id: str, what: str | None, format: str) -> None:
    """Print one article.

    A unique prefix of its id of six or more characters is enough.

    \b
    Example:
      corpus show k3f9a2
    """
    with opened() as c:
        if what == "original":
            data = c.original(id)
            sys.stdout.flush()
            sys.stdout.buffer.write(data)
            return
        if what == "revisions":
            found = c.revisions(id)
            if format == "json":
                print_json({"revisions": [article.to_dict() for article in found]})
            else:
                page(revision_lines(found))
            return
        article = c[id]
    if what == "removed":
        if format == "json":
            print_json({"id": article.id, "removed": article.to_dict()["removed"]})
        else:
            page(removed_lines(article))
    elif format == "json":
        print_json(article.to_dict())
    else:
        page(article_lines(article, terminal_columns()))


def article_lines(article: Article, width: int) -> Iterator[str]:
    """Title, what is known about the article, and its text in paragraphs."""
    yield from wrap(article.title or "(no title)", width)
    if article.subtitle:
        for part in article.subtitle.split("\n"):
            yield from wrap(part, width)
    yield ""
    yield from table((name, value) for name, value in facts(article) if value)
    for paragraph in article.body.split("\n") if article.body else ():
        yield ""
        yield from wrap(paragraph, width)


def facts(article: Article) -> Iterator[tuple[str, str]]:
    """Names and values of everything but the text."""
    record = article.to_dict()
    yield "published", when(article.published) or "undated"
    yield "modified", when(article.modified)
    yield "publisher", article.publisher or ""
    yield "agency", article.agency or ""
    yield "place", article.place or ""
    yield "section", article.section or ""
    yield "series", article.series or ""
    yield "reporters", cell(record["reporters"])
    for person in article.contributors:
        role = " ".join(part for part in (person.affiliation, person.role) if part)
        yield (
            person.role or "contributor",
            " ".join(
                part for part in (person.name, person.email, f"({role})" if role else "") if part
            ),
        )
    yield "keywords", cell(record["keywords"])
    for caption in article.captions:
        yield "caption", caption
    for note in article.notes:
        yield note.kind, note.text
    yield "rights", article.rights or ""
    yield "url", article.url or ""
    yield "origin", article.origin or ""
    yield "id", article.id or ""
    yield "revision", str(article.revision or "")
    yield "flags", cell(record["flags"])
    if article.removed:
        yield "removed", f"{counted(len(article.removed), 'piece')} (--removed shows them)"


def revision_lines(revisions: list[Article]) -> Iterator[str]:
    """One line for each revision: number, when it was captured or came in, what changed."""
    for before, article in zip([None, *revisions], revisions, strict=False):
        yield (
            f"{article.revision or 0:>3}  {when(article.captured) or 'capture time unknown'}  "
            f"{article.title}"
        )
        if before is not None:
            old, new = before.to_dict(), article.to_dict()
            skip = ("revision", "sha256", "captured", "first_seen", "origin")
            changed = [name for name in new if name not in skip and old[name] != new[name]]
            yield f"     changed: {', '.join(changed) or 'nothing that is shown'}"


def when(value: date | None) -> str:
    """A date, or date and time with its zone.

    >>> when(date(2021, 12, 1)), when(datetime.fromisoformat("2021-12-01T09:00:00+09:00"))
    ('2021-12-01', '2021-12-01 09:00 +09:00')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        text = value.isoformat(sep=" ", timespec="minutes")
        return f"{text[:16]} {text[16:]}".rstrip()
    return value.isoformat()
