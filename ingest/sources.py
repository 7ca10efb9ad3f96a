"""What arrived, and what in it is one article? Files, folders, standard input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from corpus.article import Article
from corpus.errors import ArticleRejected


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article, the bytes it was made from, and the line of its file (from 1) if it had one."""

    article: Article
    original: bytes
    line: int | None = None


def read(
    sources: Iterable[str | Path],
    *,
    kind: str = "auto",
    clean: bool = False,
    publisher: str | None = None,
    section: str | None = None,
    id_prefix: str = "",
    stdin: BinaryIO | None = None,
) -> Iterator[Extracted | ArticleRejected]:
    """Every article in `sources`, in a stable order; what cannot be read is yielded as a value."""
    yield from ()


def extract_bytes(
    data: bytes,
    *,
    kind: str = "auto",
    url: str | None = None,
    origin: str | None = None,
    declared: str | None = None,
) -> Article:
    """The one article in `data`. Raises ArticleRejected."""
    raise ArticleRejected(origin or "input", None, "empty file")
