"""Which part of a plain text is what? The first line is the title, the rest body and byline."""

from __future__ import annotations

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest import normal


def extract_text(text: str, *, origin: str = "text", clean: bool = False) -> Article:
    """The article of one plain text. Raises ArticleRejected (at `origin`) for an empty one."""
    lines = normal.lines(text)
    if not lines:
        raise ArticleRejected(origin, None, "empty file")
    return Article(title=lines[0], body="\n".join(lines[1:]))
