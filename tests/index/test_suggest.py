"""Suggestions say what was meant, with exact counts, and only where little is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from indexing import article, build_index

from corpus.index import suggest as module
from corpus.index.engine import WhooshIndex
from corpus.index.protocol import LITTLE, Change, Request, Suggestion

BODIES = [
    "인공지능을 배우는 연구소. Naver가 만든 하이퍼클로바는 크다.",
    "인공지능 연구소가 문을 열었다. 하이퍼클로바 소개.",
    "이재명과 만난 사람. 조석표를 그린다.",
    "이재명의 하루. 시장경제 원칙.",
    "시장 골목의 경제. 갯벌 지도.",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    articles = [article(f"a{at}", title="제목", body=body) for at, body in enumerate(BODIES)]
    return build_index(tmp_path_factory.mktemp("suggest") / "index", articles, cuts=[2])


def offered(index: WhooshIndex, query: str, **more: object) -> list[Suggestion]:
    request = Request(query=query, **more)  # type: ignore[arg-type] # as given
    return list(index.suggest(request, index.search(request, limit=0).total))


@pytest.mark.parametrize(
    ("query", "meant", "total", "reason"),
    [
        ("dlsrhdwlsmd", "인공지능", 2, "typed in the Latin layout"),
        ("ㅜㅁㅍㄷㄱ", "naver", 1, "typed in the Korean layout"),
        ("ㅎㅇㅍㅋㄹㅂ", "하이퍼클로바", 2, "initial consonants"),
        ("인공지눙", "인공지능", 2, "similar spelling"),
        ("인공지느", "인공지능", 2, "similar spelling"),
        ("하이퍼크로바", "하이퍼클로바", 2, "similar spelling"),
        ("이재명은", "이재명", 2, "without the particle 은"),
        ("갯벌골목", "갯벌 골목", 1, "written apart"),
        ("조 석표", "조석표", 1, "written together"),
        ("ghswo 조석표", "조석표", 1, "without ghswo"),
    ],
)
def test_what_was_meant_comes_first(
    index: WhooshIndex, query: str, meant: str, total: int, reason: str
) -> None:
    if query == "조 석표":  # side by side they find what holds both
        query, meant = f'"{query}"', f'"{meant}"'
    assert offered(index, query)[0] == Suggestion(meant, total, reason)


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("연구소 인공지눙", "연구소 인공지능"),
        ("인공지눙 -조석표", "인공지능 -조석표"),
        ("body:인공지눙 OR 없는낱말", "body:인공지능 OR 없는낱말"),
        ("인공지눙* NEAR/3 연구소", "인공지능* NEAR/3 연구소"),
        ('"인공지눙 연구소"', '"인공지능 연구소"'),
        ("인공지눙 연구쇼", "인공지능 연구소"),
        ("(인공지눙 OR 갯벌골목) 하이퍼크로바", "(인공지능 OR (갯벌 골목)) 하이퍼클로바"),
    ],
)
def test_operators_stay(index: WhooshIndex, query: str, meant: str) -> None:
    assert offered(index, query)[0].query == meant


def test_every_suggestion_finds_what_it_says_and_more_than_the_query(index: WhooshIndex) -> None:
    for query in ("인공지눙", "이재명의", "조석표", "ㅎㅇㅍㅋㄹㅂ", "연구소 갯벌", "시장경재"):
        request = Request(query=query)
        found = index.count(request).total
        for each in index.suggest(request, found):
            assert each.total == index.count(Request(query=each.query)).total > found


def test_no_word_is_left_out_where_something_is_found(index: WhooshIndex) -> None:
    assert offered(index, "조석표 이재명") == []
    assert [each.query for each in offered(index, "조석표 갯벌")][-1] in ("조석표", "갯벌")


def test_filters_hold_for_suggestions(index: WhooshIndex) -> None:
    assert offered(index, "인공지눙", field="title") == []
    assert offered(index, "인공지눙", field="body")[0].total == 2


def test_nothing_is_computed_where_enough_is_found(
    index: WhooshIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_Speller", None)
    assert index.suggest(Request(query="인공지눙"), LITTLE + 1) == ()
    assert index.suggest(Request(query=" "), 0) == ()


@pytest.mark.parametrize(
    "query", ["-조석표", "publisher:없음", '="없다"', "😀", "ㅋㅋㅋ", "없" * 900]
)
def test_what_cannot_be_helped_gets_nothing(index: WhooshIndex, query: str) -> None:
    assert index.suggest(Request(query=query), 0) == ()


def test_words_of_deleted_articles_are_not_offered(tmp_path: Path) -> None:
    articles = [article("a", body="조석표"), article("b", body="갯벌")]
    index = build_index(tmp_path / "index", articles)
    assert [each.query for each in offered(index, "조석펴")] == ["조석표"]
    index.apply([Change(1, None)], store="a store", seq=9)
    assert offered(index, "조석펴") == []
