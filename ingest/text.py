"""Which part of a plain text is what? The first line is the title, the rest body and byline."""

from __future__ import annotations

import msgspec

from corpus import normal
from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest import records
from corpus.ingest.damage import mend


def extract_text(
    text: str, *, origin: str = "text", clean: bool = False, publisher: str | None = None
) -> Article:
    """The article of one plain text. Raises ArticleRejected (at `origin`) for an empty one.

    `clean` leaves the body as it is. `publisher` is for a text that names none; else the
    domain of a reporter's e-mail tells it, where only one publisher uses that domain.
    """
    flags: tuple[str, ...] = ("mojibake",) if normal.damaged(text) else ()
    if not clean:
        text, damage = mend(text, tags=False)
        flags += damage
    lines = normal.lines(text)
    if not lines:
        raise ArticleRejected(origin, None, "empty file")
    article = Article(title=lines[0], body="\n".join(lines[1:]), flags=tuple(dict.fromkeys(flags)))
    if clean:
        return msgspec.structs.replace(article, flags=(*article.flags, "undated"))
    return records.without_boilerplate(article, publisher=publisher)
