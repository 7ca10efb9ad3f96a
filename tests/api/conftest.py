"""A corpus with a few articles, read by the stand-in of finished_records.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from finished_records import ARTICLES, read

import corpus
from corpus.article import Article
from corpus.ingest import sources


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "read", read)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes articles as JSON Lines; gives the file."""

    def to_file(*articles: Article, name: str = "in.jsonl") -> Path:
        path = tmp_path / name
        path.write_bytes(b"".join(article.to_json() + b"\n" for article in articles))
        return path

    return to_file


@pytest.fixture
def folder(tmp_path: Path, write: Callable[..., Path]) -> Path:
    """The folder of a corpus that holds ARTICLES."""
    with corpus.create(tmp_path / "archive") as c:
        c.ingest(write(*ARTICLES))
    return tmp_path / "archive"


@pytest.fixture
def c(folder: Path) -> Iterator[corpus.Corpus]:
    """That corpus, open to read."""
    with corpus.open(folder) as opened:
        yield opened


@pytest.fixture
def w(folder: Path) -> Iterator[corpus.Corpus]:
    """That corpus, open to write."""
    with corpus.open(folder, mode="w") as opened:
        yield opened
