"""Notes, which stand beside the story: found by note: and by nothing else."""

from __future__ import annotations

import pytest
from indexing import Build, article

from corpus.article import Article, Note
from corpus.index.engine import WhooshIndex
from corpus.index.protocol import Request


def newspapers() -> list[Article]:
    help_ = Note("helpline", "우울하면 자살예방 상담전화 109, KBS도 돕습니다.")
    return [
        article("help", "강물", "가", notes=(help_,)),
        article("same", "다른", "상담", notes=(help_, help_)),
        article(
            "mended", "강물", "나",
            notes=(Note("correction", "지난 기사를\n바로잡습니다"), Note("editor", "이 대통령은")),
        ),
        article("plain", "상담", "강물 109"),
    ]  # fmt: skip


@pytest.fixture(params=[(), (1, 2, 3)], ids=["one segment", "four segments"])
def index(request: pytest.FixtureRequest, build: Build) -> WhooshIndex:
    return build(newspapers(), request.param)


def found(index: WhooshIndex, query: str) -> list[str]:
    return sorted(row.id for row in index.search(Request(query), limit=None).rows)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("note:상담", ["help", "same"]),
        ("메모:담전", ["help", "same"]),
        ("note:kbs", ["help", "same"]),
        ("note:ＫＢＳ도", ["help", "same"]),
        ("note:BS", []),
        ("note:109", ["help", "same"]),
        ("note:10", []),
        ("note:109,", ["help", "same"]),
        ('note:"자살예방 상담전화"', ["help", "same"]),
        ('메모:"기사를 바로잡습니다"', ["mended"]),
        ('note:"바로잡습니다 이"', []),
        ('note:"이 대통령"', ["mended"]),
        ("note:상담*", ["help", "same"]),
        ("note:*상담 OR note:자*전화", []),
        ("note:상*화 note:1?9", ["help", "same"]),
        ("note:없음", []),
    ],
)
def test_words_of_notes_follow_the_rules_for_text(
    index: WhooshIndex, query: str, ids: list[str]
) -> None:
    assert found(index, query) == ids


def test_a_word_is_looked_for_as_it_is_written(index: WhooshIndex) -> None:
    assert found(index, "note:자살예방상담전화") == []
    assert found(index, 'note:"자살 예방"') == []


def test_notes_are_searched_by_note_alone(index: WhooshIndex) -> None:
    assert found(index, "상담") == ["plain", "same"]
    assert found(index, "바로잡습니다") == found(index, "body:바로잡습니다") == []


def test_a_note_combines_with_everything_and_adds_no_score_and_no_mark(index: WhooshIndex) -> None:
    assert found(index, "강물 note:상담") == ["help"]
    assert found(index, "강물 -note:상담") == ["mended", "plain"]
    assert found(index, "note:대통령 OR title:(다른 note:상담)") == ["mended", "same"]
    assert found(index, "NOT (note:상담 OR note:대통령)") == ["plain"]
    [row] = index.search(Request("강물 note:상담")).rows
    assert row.score == next(each.score for each in index.search(Request("강물")).rows
                             if each.id == "help")  # fmt: skip
    answer = index.search(Request("note:상담"))
    assert [row.score for row in answer.rows] == [0, 0]
    assert answer.marks(newspapers()[1]) == ()
    assert answer.forms == ()


def test_how_a_note_was_read_is_told(index: WhooshIndex) -> None:
    answer = index.search(Request('강물 메모:상담 -note:"이 대통령"'))
    assert answer.read_as == '강물 AND note:상담 AND NOT note:"이 대통령"'
    assert answer.explain is not None
    told = answer.explain().query()
    assert told["in_words"] == (
        'articles with 강물 and with note:상담 and without note:"이 대통령"'
    )
    assert [part["kind"] for part in told["tree"]["parts"]] == ["word", "note", "not"]
    assert told["tree"]["parts"][1] == {"kind": "note", "query": "note:상담", "parts": []}
    assert [term["term"] for term in told["terms"]] == ["강물"]


def test_a_revision_has_the_notes_it_came_with(index: WhooshIndex) -> None:
    from corpus.index.protocol import Change

    changed = article("help", "강물", "가", notes=(Note("editor", "새 메모"),), revision=2)
    index.apply([Change(1, changed), Change(2, None)], store="a store", seq=9)
    assert found(index, "note:상담") == []
    assert found(index, "note:메모") == ["help"]
    assert found(index, "note:대통령") == ["mended"]
