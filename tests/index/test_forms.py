"""Other forms of a word: what the contract lists, and the index against a plain scan."""

from __future__ import annotations

import itertools
import tempfile
from datetime import date
from pathlib import Path

import form_oracle
import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import Build, article, build_index

from corpus.article import Article
from corpus.index import forms, hanja
from corpus.index.engine import WhooshIndex
from corpus.index.protocol import FormCount, Request, Synonyms


def kinds(
    index: WhooshIndex, articles: list[Article], query: str, **more: object
) -> dict[str, set[str]]:
    """By id of each hit the kinds of its matches."""
    answer = index.search(Request(query, **more), limit=None)  # type: ignore[arg-type] # as given
    by_id = {one.id: one for one in articles}
    return {row.id: {m.kind for m in answer.marks(by_id[row.id])} for row in answer.rows}


@pytest.mark.parametrize(
    ("query", "kind", "hits", "misses"),
    [
        ("인공지능", "spacing", ["인공 지능의 시대", "새 ‘인공 지능’"], ["인공은 지능", "반인공 지능"]),
        ('"인공 지능"', "spacing", ["인공지능의", "인공 ‘지능’", "‘인공’ 지능", "인공(지능)"],
         ["인공, 지능", "인공. 지능", "반인공지능", "인공과 지능"]),
        ("시장경제", "spacing", ["시장 경제의 원리"], ["서울시장 경제", "시 장경제", "시장경 제"]),
        ('"이 대통령"', "spacing", ["이 ‘대통령’", "이(대통령)"], ["이대통령", "사람이 ‘대통령’"]),
        ("물류복합시설", "spacing", ["물류 복합 시설을", "물류 복합시설"], ["물류복합 시 설"]),
        ("AI반도체", "spacing", ["AI 반도체 공장"], ["AI, 반도체", "OpenAI 반도체"]),
        ('"AI 반도체"', "spacing", ["AI반도체", "AI(반도체)"], ["AI의 반도체"]),
        ("2021년", "spacing", [], ["2021 년"]),
        ("코로나19", "spacing", ["코로나 19 확산"], ["코로나 191"]),
        ("5·18", "sign", ["5ㆍ18 정신", "5‧18", "5•18", "5∙18", "5・18", "5.18"], ["518", "5, 18"]),
        ("5.18", "sign", ["5·18"], ["15·18", "5·180", "5·18개", "4·5·18"]),
        ("6·25", "sign", ["6.25 전쟁", "6.25전쟁"], ["6.25%", "6.25유로", "16.25"]),
        ("3·1운동", "sign", ["3.1운동을"], ["3.1 운동"]),
        ("2·3조", "sign", ["2ㆍ3조"], ["2.3조"]),
        ("달성1", "spacing", [], ["달성 1위"]),
        ("이에", "hanja", [], ["李에", "伊에"]),
        ("일반", "hanja", ["一般"], ["日반도체", "日반이"]),
        ("여자", "hanja", ["女자"], ["女자가"]),
        ("한미일", "sign", ["한·미·일 회담", "한ㆍ미ㆍ일의"], ["한·미일", "북한·미·일"]),
        ("한·미·일", "sign", ["한미일", "한ㆍ미ㆍ일"], ["북한미일"]),
        ("12000", "sign", ["12,000명"], ["112,000", "12,0001"]),
        ("12,000", "sign", ["12000원"], ["120000"]),
        ("2000명", "sign", ["2,000명"], ["12,000명"]),
        ("2021", "sign", [], ["2,021명"]),
        ("10km", "sign", ["10㎞ 거리"], ["110㎞"]),
        ("㈜한빛", "sign", ["(주)한빛"], ["(주) 한빛"]),
        ("금값", "hanja", ["金값이 뛴다", "金값"], ["金 값", "金값어치"]),
        ("대통령", "hanja", ["大統領", "大통령"], ["大統 領"]),
        ("여자", "hanja", ["女子", "女자"], ["女 자"]),
        ("이승엽", "hanja", ["李승엽", "李承燁"], []),
        ("현대", "hanja", ["現代"], ["現대표", "現 대표"]),
        ("당", "hanja", [], ["黨"]),
        ("미국", "abbreviation", ["美 대통령", "韓·美"], ["美人", "美術"]),
        ("검찰", "abbreviation", ["檢, 수사"], ["檢察總長"]),
    ],
)  # fmt: skip
def test_the_variants_of_the_contract(
    build: Build, query: str, kind: str, hits: list[str], misses: list[str]
) -> None:
    articles = [article(text, body=text) for text in (*hits, *misses, "아무 것도 아니다")]
    index = build(articles)
    found = kinds(index, articles, query)
    assert {text: found.get(text) for text in hits} == {text: {kind} for text in hits}
    assert [text for text in misses if kind in found.get(text, ())] == []
    exact = kinds(index, articles, query, exact=True)
    assert all(some == {"literal"} for some in exact.values())


def test_who_writes_a_star_or_an_equals_sign_gets_the_text_as_it_is(build: Build) -> None:
    index = build([article("a", body="인공 지능"), article("b", body="인공지능")])
    for query in ('="인공 지능"', "인공지능*", "*인공지능"):
        assert index.search(Request(query)).total == 1, query
    assert index.search(Request("인공지능")).total == 2
    assert index.search(Request("인공지능", exact=True)).total == 1


def test_forms_are_counted_apart_and_the_literal_one_ranks_first(build: Build) -> None:
    index = build(
        [
            article("spaced", body="인공 지능 연구"),
            article("both", body="인공지능, 인공 지능"),
            article("plain", body="인공지능 연구소"),
            article("dotted", body="인·공·지·능 넉 자"),
        ],
        [2],
    )
    answer = index.search(Request("인공지능"), limit=None)
    assert answer.forms == (
        FormCount("인공지능", "인공지능", "literal", 2),
        FormCount("인공지능", "인공 지능", "spacing", 1),
        FormCount("인공지능", "인·공·지·능", "sign", 1),
    )
    assert answer.total == 4 and [row.id for row in answer.rows][:2] == ["both", "plain"]
    assert index.count(Request("인공지능 연구")).forms == (
        FormCount("인공지능", "인공지능", "literal", 1),
        FormCount("인공지능", "인공 지능", "spacing", 1),
    )
    assert index.search(Request("인공지능", exact=True)).forms == ()
    assert index.search(Request("연구소")).forms == ()
    assert index.search(Request("넉 -인공지능")).total == 0


def test_near_counts_and_marks_other_forms(build: Build) -> None:
    text = "인공 지능 논문 백 편, 그리고 아주 먼 뒤의 논문"
    one = article("a", body=text)
    answer = build([one]).search(Request("인공지능 NEAR/1 논문"))
    assert answer.total == 1
    assert [(text[m.start : m.end], m.kind) for m in answer.marks(one)] == [
        ("인공 지능", "spacing"),
        ("논문", "literal"),
    ]


def test_synonyms_hold_for_the_days_they_are_said_to_hold(build: Build) -> None:
    articles = [
        Article(id="before", body="엑스 사용자", published=date(2023, 7, 23)),
        Article(id="after", body="엑스 사용자", published=date(2023, 7, 24)),
        Article(id="undated", body="엑스 사용자"),
        Article(id="literal", body="트위터 사용자", published=date(2020, 1, 1)),
    ]
    group = Synonyms(("트위터", "엑스"), 20230724, 99991231)
    answer = build(articles).search(Request("트위터", synonyms=(group,)), limit=None)
    assert {row.id for row in answer.rows} == {"after", "literal"}
    assert [m.kind for m in answer.marks(articles[1])] == ["synonym"]
    assert answer.marks(articles[0]) == () == answer.marks(articles[2])
    always = Synonyms(("트위터", "엑스"))
    assert build(articles).search(Request("엑스", synonyms=(always,))).total == 4


def test_a_word_has_a_bounded_number_of_forms() -> None:
    for text in ("가나" * 100, "가나 " * 60 + "다라", "a1" * 80, "·" * 300, "1,000" * 50):
        assert len(forms.of(text.strip())) <= forms.MOST_FORMS


def test_readings_of_hanja_know_the_initial_sound_rule() -> None:
    for character, syllables in (("女", "녀여"), ("老", "로노"), ("率", "률율"), ("李", "리이")):
        assert set(syllables) <= set(hanja.readings(character))
    assert hanja.readings("a") == hanja.readings("😀") == ""


# The index against a scan that knows the rules and nothing of how forms are made

ALPHABETS = (
    "가나다라 ",
    "가나 ‘’(,",
    "가나A1 ",
    "가나·ㆍ.1 ",
    "1,02가 ",
    "金금값가 ",
    "여女자子 ",
    "美국미國 ",
)
letters = st.shared(st.sampled_from(ALPHABETS), key="letters")


def text_of(least: int, most: int, without: str = "") -> st.SearchStrategy[str]:
    return letters.flatmap(
        lambda some: st.text(sorted(set(some) - set(without)), min_size=least, max_size=most)
    )


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(text_of(0, 8), text_of(0, 16)), min_size=1, max_size=5),
    text_of(1, 7, " (‘’,"),
    st.booleans(),
    text_of(1, 4, " (‘’,"),
    st.sets(st.integers(1, 4), max_size=2),
)
def test_forms_equal_a_scan_however_segmented(
    contents: list[tuple[str, str]], first: str, phrase: bool, second: str, cuts: set[int]
) -> None:
    word = f"{first} {second}" if phrase else first
    articles = [
        Article(id=f"a{at}", title=title.strip(), body=body.strip())
        for at, (title, body) in enumerate(contents)
    ]
    query = f'"{word}"'
    with tempfile.TemporaryDirectory() as folder:
        index = build_index(Path(folder) / "index", articles, sorted(cuts))
        answer = index.search(Request(query), limit=None)
        expected = {
            one.id: form_oracle.matches(word, one)
            for one in articles
            if form_oracle.matches(word, one)
        }
        assert {row.id for row in answer.rows} == set(expected), query
        by_id = {one.id: one for one in articles}
        for row in answer.rows:
            marks = [(m.field, m.start, m.end, m.kind) for m in answer.marks(by_id[row.id])]
            assert marks == sorted(expected[row.id], key=form_oracle.in_order), query
            wanted = form_oracle.score(word, by_id[row.id], articles)
            assert row.score == pytest.approx(wanted, rel=1e-9), query
        if answer.forms:
            assert sum(one.articles for one in answer.forms) == answer.total


# What stands before a word, which sign in it, and behind which syllables.
WRITTEN = st.tuples(
    st.sampled_from(("", " ", "가", "나 ", "·", "\n")),
    st.sampled_from(" \n·ㆍ."),
    st.sampled_from((set(range(7)), {1}, {2}, {3})) | st.sets(st.integers(0, 6), max_size=3),
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(WRITTEN, max_size=6), min_size=1, max_size=3),
    st.sampled_from(("가나다", "나가나", "가나다라", "가가나나", "가나다라마바", "가나다라가나사")),
)
def test_a_word_is_found_spaced_and_dotted_however_it_is_written(
    contents: list[list[tuple[str, str, set[int]]]], word: str
) -> None:
    bodies = [
        "".join(
            before + "".join(one + sign * (at in places) for at, one in enumerate(word))
            for before, sign, places in some
        )
        for some in contents
    ]
    articles = [Article(id=f"a{at}", body=body.strip()) for at, body in enumerate(bodies)]
    with tempfile.TemporaryDirectory() as folder:
        index = build_index(Path(folder) / "index", articles)
        answer = index.search(Request(word), limit=None)
        expected = {one.id: len(form_oracle.matches(word, one)) for one in articles}
        found = {row.id: len(answer.marks(articles[row.number - 1])) for row in answer.rows}
        assert found == {name: count for name, count in expected.items() if count}


def test_a_segment_whose_only_hanja_stand_alone_is_searched(build: Build) -> None:
    index = build([article("a", body="金 값")])
    assert index.search(Request("금값")).total == 0


def test_the_oracle_of_forms_agrees_with_the_oracle_of_words_on_what_is_literal() -> None:
    for word, text in itertools.product(("가나", "가나 다", "a1"), ("가나 다", "a1 가나다", "ba1")):
        literal = [(s, s + len(word)) for s in oracle.scan(oracle.Word(word, phrase=True), text)]
        found = [(s, e) for s, e, kind in form_oracle.scan(word, text) if kind == "literal"]
        assert found == literal
