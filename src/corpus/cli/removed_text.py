"""How is shown what was taken out of an article? Its place, its reason, its text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.article import Article


def removed_lines(article: Article) -> Iterator[str]:
    """One line for each piece; a reason that ends in ? is doubtful."""
    if not article.removed:
        yield "nothing was taken out"
        return
    rows = [
        (f"{piece.line}:{piece.column + 1}", piece.reason, piece.text.rstrip("\n"))
        for piece in article.removed
    ]
    width = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for where, reason, text in rows:
        yield f"{where:>{width[0]}}  {reason:<{width[1]}}  {text}"
