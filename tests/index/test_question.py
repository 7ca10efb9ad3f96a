"""Questions in natural language: how they are read, and every score against a plain scorer."""

from __future__ import annotations

import random
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import question_oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import Build, article, build_index
from oracle import FIELDS

from corpus.article import Article
from corpus.errors import QueryError
from corpus.index import any_term, lists, packing, question, writer
from corpus.index.endings import ENDINGS, is_empty, stem_length
from corpus.index.engine import WhooshIndex, open_index
from corpus.index.protocol import Answer, Request
from corpus.index.query import ALL_FIELDS


def ask(index: WhooshIndex, text: str, **more: Any) -> Answer:
    options = {key: more.pop(key) for key in ("limit", "offset", "sort") if key in more}
    return index.search(Request(text, match="any", **more), **options)


def ids(index: WhooshIndex, text: str, **more: Any) -> list[str]:
    return [row.id for row in ask(index, text, **more).rows]


def read_as(text: str) -> str:
    return str(question.read_question(text, fields=ALL_FIELDS))


# Reading


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("나트륨이라고", "나트륨"), ("도서관에서는", "도서관"), ("발표했나요", "발표"),
        ("출시되었습니까", "출시"), ("국가", "국가"), ("회의", "회의"), ("강물", "강물"),
        ("온라인", "온라인"), ("제주도", "제주"),
    ],
)  # fmt: skip
def test_a_particle_is_cut_off_a_stem_of_two_syllables(word: str, stem: str) -> None:
    assert word[: stem_length(word)] == stem


def test_endings_are_hangul_and_leave_words_that_ask_to_their_own_list() -> None:
    assert all("가" <= one <= "힣" for ending in ENDINGS for one in ending)
    assert is_empty("어디에서") and is_empty("누구인가요") and not is_empty("수영")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("나루호는 언제 강을 건넜나?", "any of (나루호, 강을, 건넜나; passed over: 언제)"),
        ("나루호 나루호는", "any of (나루호)"),
        ("LG전자의 5G 장비", "any of (lg전자, 5g, 장비)"),
        ("MacOS는 무엇인가요?", "any of (macos; passed over: 무엇인가요)"),
        ("강물 AND (호수 OR -바다)", "any of (강물, and, 호수, or, 바다)"),
        ("무엇 때문인가", "any of (때문; passed over: 무엇)"),
        ("누가 왜?", "any of (누가, 왜)"),
    ],
)
def test_what_is_asked_for_is_shown(text: str, shown: str) -> None:
    assert read_as(text) == shown


@pytest.mark.parametrize("text", ["?!", "😀", "\ud800", "\u0301", "()", "-", "\x00"])
def test_a_question_without_words_is_a_clear_error(text: str) -> None:
    with pytest.raises(QueryError, match="no word to look for"):
        read_as(text)


def test_a_question_is_bounded_by_characters_and_by_pieces() -> None:
    with pytest.raises(QueryError, match="10,000 characters"):
        read_as("가나 " * 4000)
    pieces = " ".join(chr(ord("가") + at) * 2 for at in range(1001))
    with pytest.raises(QueryError, match="1,000 different pieces of words at most"):
        read_as(pieces)
    assert len(question.read_question("가나 " * 3000, fields=ALL_FIELDS).terms) == 1


# Ranking


def rivers(**more: Any) -> list[Article]:
    return [
        article("ferry", "나루호 첫 운항", "나루호가 한빛강을 건넜다.", published=date(2021, 5, 1)),
        article(
            "bridge", "한빛강 다리", "다리가 놓였다. 강을 걸어서 건넌다.", publisher="한빛일보"
        ),
        article("split", "소식", "나루 호가 강가에 있다.", published=date(2022, 5, 1)),
        article("other", "다른 일", "아무 일도 없었다."),
    ]


@pytest.fixture(params=[(), (1, 2, 3)], ids=["one segment", "four segments"])
def index(request: pytest.FixtureRequest, build: Build) -> WhooshIndex:
    return build(rivers(), request.param)


def test_the_article_that_answers_comes_first_and_the_total_counts_any_piece(
    index: WhooshIndex,
) -> None:
    answer = ask(index, "나루호는 언제 한빛강을 건넜나요?")
    assert [row.id for row in answer.rows] == ["ferry", "bridge", "split"]
    assert answer.total == 3
    assert answer.read_as == "any of (나루호, 한빛강, 건넜; passed over: 언제)"
    assert index.count(Request("나루호는 언제 한빛강을 건넜나요?", match="any")).total == 3


def test_filters_fields_and_order_hold_for_questions(index: WhooshIndex) -> None:
    asked = "나루호는 한빛강을 건넜나요?"
    assert ids(index, asked, since="2021") == ["ferry", "split"]
    assert ask(index, asked, since="2021").left_out == 1
    assert ids(index, asked, publisher=("한빛일보",)) == ["bridge"]
    assert ids(index, asked, field="title") == ["ferry", "bridge"]
    assert ids(index, asked, sort="newest") == ["split", "ferry", "bridge"]
    assert ids(index, asked, limit=1, offset=1) == ["bridge"]
    assert ids(index, asked, undated="only") == ["bridge"]
    assert ids(index, "", publisher=("한빛일보",)) == ["bridge"]
    shown = ask(index, asked, until="2021").read_as
    assert shown == "any of (나루호, 한빛강, 건넜) AND date:..2021"


def test_a_question_that_finds_nothing_is_an_empty_answer(index: WhooshIndex) -> None:
    asked = Request("Quixote는?", match="any")
    assert index.search(asked).total == 0
    assert index.suggest(asked, 0) == ()


def test_whole_stems_are_marked_and_pieces_where_there_are_none(index: WhooshIndex) -> None:
    by_id = {one.id: one for one in rivers()}
    marks = ask(index, "나루호는?").marks
    assert [(m.field, m.start, m.end, m.kind) for m in marks(by_id["ferry"])] == [
        ("title", 0, 3, "literal"),
        ("body", 0, 3, "literal"),
    ]
    assert [(m.field, m.start, m.end, m.kind) for m in marks(by_id["split"])] == [
        ("body", 0, 2, "part")
    ]


def test_words_that_stand_together_count_more_than_words_that_do_not(build: Build) -> None:
    far = "강물 " + "사이 " * 9 + "다리"
    index = build(
        [
            article("near", body="강물 다리 " + "사이 " * 9),
            article("far", body=far.ljust(33)),
            article("turned", body="다리 강물 " + "사이 " * 9),
            article("none", body="사이 " * 11),
        ]
    )
    rows = ask(index, "강물의 다리").rows
    assert [row.id for row in rows] == ["near", "far", "turned"]
    assert rows[0].score > rows[1].score == pytest.approx(rows[2].score)


# The index against the plain scorer

ALPHABETS = (
    "가나는 ",
    "가나다의\n ",
    "강물에서 ",
    "가A 1는",
    "ab가는 1",
    "金가あ은 ",
    "ạ̇가 x",
    "𠀀가나 😀",
)
letters = st.shared(st.sampled_from(ALPHABETS), key="letters")


def text_of(most: int) -> st.SearchStrategy[str]:
    drawn = letters.flatmap(lambda some: st.text(sorted(set(some)), max_size=most))
    return drawn.map(lambda text: unicodedata.normalize("NFC", text))


texts = text_of(30)
article_lists = st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=7)


def check_against_oracle(
    index: WhooshIndex, text: str, live: list[Article], field: str | None = None
) -> None:
    asked = question_oracle.read(text)
    if asked is None:
        if text.strip():
            with pytest.raises(QueryError):
                ask(index, text, field=field)
        return
    fields = FIELDS if field is None else (field,)
    expected = {one.id: one for one in live if question_oracle.holds(asked, one, fields)}
    answer = ask(index, text, field=field, limit=None)
    assert {row.id for row in answer.rows} == set(expected)
    assert answer.total == len(expected)
    for row in answer.rows:
        one = expected[row.id]
        wanted = question_oracle.score(asked, one, live, fields)
        assert row.score == pytest.approx(wanted, rel=1e-9)
        marks = {(m.field, m.start, m.end) for m in answer.marks(one)}
        assert marks == question_oracle.marks(asked, one, fields)
        assert marks
    # The first few, however they are found, are the first of all, with the same scores.
    for few in (1, 2, 4):
        first = ask(index, text, field=field, limit=few)
        assert (first.total, first.rows) == (answer.total, answer.rows[:few])


# From how many positions on a term has a list of its articles, and positions are not summed.
frequent = st.sampled_from((1, 2, packing.SIZES.listed))


@contextmanager
def counted(least: int) -> Iterator[None]:
    """Terms of `least` positions and more are treated as frequent ones are."""
    with (
        patch.object(packing, "SIZES", packing.Sizes(listed=least, share=1 << 20)),
        patch.object(lists, "_SUMMED", least),
    ):
        yield


def test_the_first_few_of_many_are_the_first_of_all(tmp_path: Path) -> None:
    # Enough articles that most are passed over, with words of all frequencies, and terms with
    # lists of either kind that begin a word and that do not.
    chance = random.Random(5)
    words = [chr(ord("가") + 28 * at) + chr(ord("나") + 28 * (at % 7)) for at in range(60)]
    words[1::2] = [word + chr(ord("다") + 28 * (at % 5)) for at, word in enumerate(words[1::2])]
    weights = [1 / (at + 1) for at in range(60)]

    def text(most: int) -> str:
        return " ".join(chance.choices(words, weights, k=chance.randint(1, most)))

    articles = [Article(id=f"a{at:04}", title=text(3), body=text(40)) for at in range(700)]
    with counted(20):
        index = build_index(tmp_path / "index", articles, [500])
        passed_over = 0
        for _ in range(60):
            asked = text(6)
            every = ask(index, asked, limit=None)
            for few in (1, 3, 10):
                first = ask(index, asked, limit=few)
                assert (first.total, first.rows) == (every.total, every.rows[:few]), asked
            passed_over += every.total > 4 * 10
    assert passed_over > 20


def test_the_oracle_knows_the_parameters() -> None:
    assert (question_oracle.K1, question_oracle.B) == (any_term.K1, any_term.B)
    assert (question_oracle.PAIR, question_oracle.WITHIN) == (any_term.PAIR, any_term.WITHIN)
    assert (question_oracle.SHARED, question_oracle.LONE) == (question.SHARED, question.LONE_WEIGHT)


@settings(max_examples=300, deadline=None)
@given(
    article_lists,
    st.lists(text_of(20), min_size=1, max_size=4),
    st.sets(st.integers(1, 6), max_size=3),
    st.sampled_from((None, None, "title", "body")),
    frequent,
)
def test_hits_scores_and_marks_equal_the_plain_scorer_however_segmented(
    contents: list[tuple[str, str, str]],
    asked: list[str],
    cuts: set[int],
    field: str | None,
    least: int,
) -> None:
    articles = [
        Article(id=f"a{at}", title=t.strip().replace("\n", " "), subtitle=s.strip() or None, body=b)
        for at, (t, s, b) in enumerate(contents)
    ]
    with tempfile.TemporaryDirectory() as folder, counted(least):
        index = build_index(Path(folder) / "index", articles, sorted(cuts))
        for text in asked:
            check_against_oracle(index, text, articles, field)


@settings(max_examples=60, deadline=None)
@given(article_lists, st.data(), frequent)
def test_deleted_and_revised_articles_leave_no_trace_in_scores(
    contents: list[tuple[str, str, str]], data: st.DataObject, least: int
) -> None:
    articles = [Article(id=f"a{at}", title=t, body=b) for at, (t, _, b) in enumerate(contents)]
    with tempfile.TemporaryDirectory() as folder, counted(least):
        path = Path(folder) / "index"
        build_index(path, articles, [1, 3])
        live = dict(enumerate(articles, 1))
        for seq in range(4, 7):
            number = data.draw(st.integers(1, len(articles)), label="changed")
            text = data.draw(st.one_of(st.none(), texts), label="new text")
            changed = None
            if text is None:
                live.pop(number, None)
            else:
                changed = live[number] = Article(id=f"a{number - 1}", title=text, revision=seq)
            writer.apply(
                path, [writer.Change(number, changed)], store="a store", seq=seq,
                limits=writer.Limits(ratio=0),
            )  # fmt: skip
        check_against_oracle(
            open_index(path), data.draw(text_of(20), label="question"), [*live.values()]
        )
