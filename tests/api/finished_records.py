"""JSON Lines of finished records, read without the ingest room: its own tests are elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from corpus.article import Article, Reporter
from corpus.errors import ArticleRejected

ARTICLES = (
    Article(
        id="techm-0001",
        title="네이버, 인공지능 논문 66편 발표",
        body="네이버가 하이퍼클로바 논문을 NeurIPS에서 발표했다.\n둘째 문단이다.",
        publisher="테크M",
        section="IT",
        reporters=(Reporter("이영아", "a@example.com"),),
        published=date(2021, 12, 1),
        url="https://techm.example.com/news/1",
        completeness="full",
    ),
    Article(
        id="techm-0002",
        title="카카오, 새 서비스",
        body="카카오가 네이버와 다른 서비스를 냈다.",
        publisher="테크M",
        section="IT",
        published=date(2022, 3, 1),
        completeness="lead",
    ),
    Article(
        id="jeonbuk-01",
        title="도의회, 교육 조례 통과",
        body="전북도의회는 네이버후드 조례를 통과시켰다.",
        publisher="전북일보",
        section="지역",
        completeness="full",
    ),
)


@dataclass(frozen=True)
class Extracted:
    article: Article
    original: bytes
    line: int | None
    reading: None = None


def read(
    sources: Iterable[str | Path], *, id_prefix: str = "", **_options: object
) -> Iterator[Extracted | ArticleRejected]:
    """A stand-in for corpus.ingest.sources.read."""
    for source in sources:
        if not Path(source).exists():
            yield ArticleRejected(str(source), None, "no such file")
            continue
        for number, line in enumerate(Path(source).read_bytes().splitlines(), 1):
            try:
                article = Article.from_json(line)
            except ValueError as error:
                yield ArticleRejected(str(source), number, str(error))
                continue
            name = None if article.id is None else id_prefix + article.id
            article = msgspec.structs.replace(article, id=name, origin=str(source))
            yield Extracted(article, line, number)
