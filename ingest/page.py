"""What is the article on this page? Its metadata, its body lines and what stands beside them."""

from __future__ import annotations

from corpus.article import Article
from corpus.errors import ArticleRejected


def extract_page(text: str, *, url: str | None = None, origin: str = "page") -> Article:
    """The article of one HTML page, already decoded; `url` is where it came from, if known.

    Raises ArticleRejected (at `origin`) where the page holds no article.
    """
    raise ArticleRejected(origin, None, "HTML without an article")
