"""The rooms together, with nothing stood in for: bytes in, hits out, and out again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import corpus
from corpus.ingest import sources
from corpus.ingest.sources import read as real_read

RECORDS = [
    {
        "id": "a-000001",
        "title": "갯벌의 하루",
        "body": "조석표를 그리는 사람이 있다.\n둘째 문단이다.",
        "published": "2021-10-03",
        "press": "한빛일보",
        "clean": True,
        "mood": {"color": "회색"},
    },
    {"id": "a-000002", "title": "둘째 기사", "text": "본문이다.", "date": "2021-13-45"},
]


@pytest.fixture(autouse=True)
def _nothing_stood_in_for(_reader: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "read", real_read)


def test_an_export_taken_in_elsewhere_is_the_same_but_for_when_and_where(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps(each) for each in RECORDS), encoding="utf-8")
    with corpus.create(tmp_path / "one") as c:
        report = c.ingest(source)
        assert (report.added, report.rejected) == (2, ())
        assert [hit.id for hit in c.search("조석표", since="2021-10")] == ["a-000001"]
        assert c["a-000001"].extra == {"mood": {"color": "회색"}}
        assert c["a-000002"].published is None
        exported = [each.to_dict() | {"clean": True} for each in c.export()]
        whole = tmp_path / "out.jsonl"
        whole.write_text("\n".join(json.dumps(each) for each in exported), encoding="utf-8")
        assert c.ingest(whole).unchanged == 2
    with corpus.create(tmp_path / "other") as c:
        c.ingest(whole)
        again = [each.to_dict() | {"clean": True} for each in c.export()]
        assert c.verify().problems == ()
    for record in (*exported, *again):
        for key in ("revision", "first_seen", "origin"):
            del record[key]
    assert again == exported


def test_one_text_becomes_an_article_without_a_corpus() -> None:
    article = corpus.extract("제목이다\n본문 한 줄이 여기 있다.".encode())
    assert article.title == "제목이다"
    with pytest.raises(corpus.ArticleRejected):
        corpus.extract(b"")


@pytest.mark.parametrize(
    "text", ["우주인 👩\u200d🚀", "가족\u200b 👨\u200d👩\u200d👧", "ﾾￂﾤﾡￂﾷ 다리", "ＡＩ\u3000대학"]
)
def test_a_piece_of_a_text_finds_it_however_the_text_came(tmp_path: Path, text: str) -> None:
    records = [
        {"id": "a-000001", "title": text, "body": f"오늘 {text} 소식이다.", "clean": True},
        # What is left of them without the joiner is another picture.
        {"id": "a-000002", "title": "우주인 👩🚀", "body": "가족 👨👩👧 소식이다.", "clean": True},
    ]
    source = tmp_path / "in.jsonl"
    source.write_text("\n".join(json.dumps(each) for each in records), encoding="utf-8")
    with corpus.create(tmp_path / "one") as c:
        c.ingest(source)
        assert [hit.id for hit in c.search(text)] == ["a-000001"]
        assert [hit.id for hit in c.search(f'"{text}"')] == ["a-000001"]
