"""Queries kept in a corpus: saved, used, replaced, deleted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import corpus


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    records = [
        {"id": "a", "title": "네이버 논문", "body": "가", "clean": True},
        {"id": "b", "title": "카카오 논문", "body": "나", "clean": True},
        {"id": "c", "title": "라인", "body": "다", "clean": True},
    ]
    source = tmp_path / "news.jsonl"
    source.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    with corpus.create(tmp_path / "archive") as c:
        c.ingest([source])
    return tmp_path / "archive"


def test_a_saved_query_is_there_for_everyone_who_opens_the_corpus(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        saved = c.save_query("포털", " 네이버 OR 카카오 ")
        assert (saved.name, saved.query) == ("포털", "네이버 OR 카카오")
        c.save_query("논문", "query:포털 논문")
        assert c.save_query("포털", "네이버 OR 라인").saved.tzinfo is not None
    with corpus.open(archive) as c:
        assert [(one.name, one.query) for one in c.queries()] == [
            ("논문", "query:포털 논문"),
            ("포털", "네이버 OR 라인"),
        ]
        hits = c.search("query:논문")
        assert [hit.id for hit in hits] == ["a"]
        assert hits.read_as == "(네이버 OR 라인) AND 논문"
        assert c.count("-query:포털").total == 1
        assert {article.id for article in c.export("질의:포털")} == {"a", "c"}
        assert c.verify().sound


def test_only_a_query_that_can_be_read_is_saved(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        c.save_query("가", "나 OR query_다")
        for name in ("", "두 낱말", "a:b", "-x", "(x)", "가" * 65, "x*", "\u200b"):
            with pytest.raises(corpus.CorpusError, match="cannot be a name"):
                c.save_query(name, "가")
        for query, hint in (
            ("  ", "nothing to save"),
            ("가 AND", "a word is missing"),
            ("query:나", "no saved query '나'"),
            ("다 query:가", "would stand for itself"),
        ):
            with pytest.raises(corpus.QueryError, match=hint):
                c.save_query("가", query)
        c.save_query("나", "query:가")
        with pytest.raises(corpus.QueryError, match="would stand for itself"):
            c.save_query("가", "query:나")
        assert [one.query for one in c.queries()] == ["나 OR query_다", "query:가"]


def test_a_query_that_others_use_stays(archive: Path) -> None:
    with corpus.open(archive, mode="w") as c:
        c.save_query("가", "나")
        c.save_query("다", "-query:가")
        with pytest.raises(corpus.CorpusError, match="used by 다"):
            c.delete_query("가")
        assert c.delete_query("다").query == "-query:가"
        c.delete_query("가")
        with pytest.raises(corpus.CorpusError, match="no saved query '가'"):
            c.delete_query("가")
        assert c.queries() == []


def test_saving_needs_a_writer(archive: Path) -> None:
    with corpus.open(archive) as c:
        with pytest.raises(corpus.CorpusError, match="open for reading"):
            c.save_query("가", "나")
        with pytest.raises(corpus.CorpusError, match="open for reading"):
            c.delete_query("가")
