"""Articles for the tests of formats, and a way to read bytes as a file."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.errors import ArticleRejected
from corpus.ingest.raw import Result
from corpus.ingest.sources import Extracted, Skipped, read

FIRST = "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다."
SECOND = "시는 주민 설명회를 세 차례 열어 의견을 듣고 내년 봄에 공사를 시작할 계획이다."
BYLINE = "도은설 기자 snow@hanbit.example"
BODY = f"{FIRST}\n{SECOND}"
TEXT = f"다리\n{FIRST}\n{SECOND}\n{BYLINE}\n"


def page(title: str = "다리", charset: str = "utf-8") -> str:
    """A page of a paper that nobody knows."""
    return (
        f"<!DOCTYPE html><html><head><meta charset='{charset}'><title>{title} - 한빛일보</title>"
        f"<meta property='og:title' content='{title}'></head><body><article>"
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{BYLINE}</p></article></body></html>"
    )


def record(**keys: object) -> str:
    """A JSON record on one line."""
    return json.dumps({"title": "다리", "body": FIRST, **keys}, ensure_ascii=False)


class Read:
    """What the sources gave: articles, rejects, and what was passed over."""

    def __init__(self, *sources: Path, **options: object) -> None:
        self.all: list[Result] = list(read(sources, **options))  # type: ignore[arg-type]
        self.found = [each for each in self.all if isinstance(each, Extracted)]
        self.articles = [each.article for each in self.found]
        self.rejects = [each for each in self.all if isinstance(each, ArticleRejected)]
        self.skipped = [each for each in self.all if isinstance(each, Skipped)]

    @property
    def titles(self) -> list[str]:
        return [article.title for article in self.articles]

    @property
    def places(self) -> list[str]:
        """Where each article stood, without the folder."""
        return [Path(article.origin or "").name for article in self.articles]


def given(folder: Path, name: str, data: str | bytes, **options: object) -> Read:
    """A file with `data`, read."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Read(path, **options)
