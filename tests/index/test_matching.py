"""What matches: the table of the contract, and the index against a plain scan."""

from __future__ import annotations

import tempfile
import unicodedata
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import Build, article, build_index
from oracle import Near, Noted, Wildcard, Word

from corpus import normal
from corpus.article import Article, Note
from corpus.index import packing, parts, writer
from corpus.index import wildcards as index_wildcards
from corpus.index.protocol import Request


def found(index: object, query: str, **more: object) -> list[str]:
    answer = index.search(Request(query, **({"exact": True} | more)), limit=None, sort="newest")  # type: ignore[attr-defined]
    assert answer.total == len(answer.rows)
    return sorted(row.id for row in answer.rows)


@pytest.mark.parametrize(
    ("text", "hits", "misses"),
    [
        ("LG전자", ["LG", "전자", "LG전자", "LG전", "lg전자", "ＬＧ"], ["G전", "L", '"LG 전자"']),
        ("LG 전자", ["LG", "전자", '"LG 전자"'], ["LG전자"]),
        ("1만2000명", ["2000", "만", "2000명", "1만2000명"], ["200", "1만2", "000"]),
        ("5G망", ["5", "G", "5G", "망", "5g망"], ["G망5"]),
        ("KBS2", ["KBS", "2", "KBS2"], ["BS2", "KB", "S2"]),
        ("NeurIPS2021", ["NeurIPS", "2021", "NeurIPS2021", "Neur*", "*IPS"], ["Neur", "IPS", "21"]),
        ("12,000", ["12", '"12,000"', "12,000", "000"], ["12000", "2,000", "12,00"]),
        ("he said 1164", ["said", "1164", "*id", "11*"], ["AI", "64", "116"]),
        ("서울시장 경제", ["장", "시장", "서울*", "*시장", "경제"], ["시장경제", "시장*", "*서울"]),
        ("사람이 대통령", ["대통령", '="이 대통령"', '"사람이 대통령"'], ['"이 대통령"']),
        ("이 대통령은", ['"이 대통령"', '="이 대통령"', "“이 대통령”", "이"], ["이대통령"]),
        ("[속보] 3:2 승", ["[속보]", "속보", "3:2", "3"], ["3:20", "속보]3"]),
        ("金값 日本 です", ["金", "값", "金값", "日", "本", "です", "값*", "*金"], ["日本です"]),
        ("Москва πνεύμα", ["москва", "ΠΝΕΎΜΑ", "πνεύμα"], ["моск", "νεύμα"]),
        ("x̄ 값", ["x̄"], ["x"]),
        ("웃음 😀 끝", ["😀", '"😀 끝"'], ["😁"]),
        ("𠀀𠀁 글자", ["𠀀", "𠀁", "𠀀𠀁"], ["𠀁𠀀", "𠀂"]),
        ("5ㆍ18", ["5", "18", "5ㆍ18"], ["5·18", "518"]),
        ("③항 ㈜한빛", ["③", "③항", "㈜한빛", "한빛"], ["3항"]),
    ],
)
def test_the_table_of_the_contract(
    build: Build, text: str, hits: list[str], misses: list[str]
) -> None:
    index = build([article("here", body=text), article("else", body="아무 것도 아니다")])
    for query in hits:
        assert found(index, query) == ["here"], query
    for query in misses:
        assert found(index, query) == [], query


def test_scattered_grams_are_not_a_hit(build: Build) -> None:
    index = build(
        [article("no", body="의원들은 국회 회의에서"), article("yes", body="국회의원들은")]
    )
    assert found(index, "국회의원") == ["yes"]


def test_a_phrase_crosses_a_line_but_never_a_field(build: Build) -> None:
    index = build(
        [
            article("lines", body="인공\n지능 연구"),
            article("fields", title="인공", subtitle="지능", body="지능"),
        ]
    )
    assert found(index, '"인공 지능"') == ["lines"]


def test_terms_of_an_and_may_stand_in_different_fields_and_not_excludes_any(build: Build) -> None:
    index = build(
        [
            article("both", title="네이버", body="카카오"),
            article("one", title="네이버", body="라인"),
            article("none", body="다음"),
        ]
    )
    assert found(index, "네이버 카카오") == ["both"]
    assert found(index, "네이버 -카카오") == ["one"]
    assert found(index, "NOT 네이버") == ["none"]
    assert found(index, "-네이버 OR 카카오") == ["both", "none"]
    assert found(index, "title:네이버 body:라인") == ["one"]
    assert found(index, "제목:(네이버 OR 다음) -본문:라인") == ["both"]
    assert found(index, "네이버", field="body") == []


def test_precedence_is_not_then_and_then_or(build: Build) -> None:
    index = build(
        [article(letter, body=letter) for letter in "가나다"] + [article("가나", body="가나")]
    )
    assert found(index, "가 나 OR 다") == ["가나", "다"]
    assert found(index, "다 OR 가 AND 나") == ["가나", "다"]
    assert found(index, "(다 OR 가) 나") == ["가나"]
    assert found(index, "가 -나") == ["가"]


def test_decomposed_input_finds_composed_text(build: Build) -> None:
    index = build([article("한", title="한국", body="검찰청")])
    assert found(index, unicodedata.normalize("NFD", "한국")) == ["한"]


def test_nothing_invisible_in_a_query_matters(build: Build) -> None:
    index = build([article("a", body="인공지능")])
    assert found(index, "인공\u200b지능\ufeff") == ["a"]
    assert found(index, "인공\u0000지능") == []


# The index against the scan

# Few letters at a time, so that words and texts collide often.
ALPHABETS = (
    "가나 ",
    "가나다\n ",
    "가A 1",
    "aAb가 ",
    "1２,가 ",
    "金가あ ",
    "가ạ̇ x",
    "ж가a·- ",
    "😀가a𠀀 ",
)
letters = st.shared(st.sampled_from(ALPHABETS), key="letters")


def text_of(least: int, most: int, without: str = "") -> st.SearchStrategy[str]:
    drawn = letters.flatmap(
        lambda some: st.text(sorted(set(some) - set(without)), min_size=least, max_size=most)
    )
    return drawn.map(lambda text: unicodedata.normalize("NFC", text))


texts = text_of(0, 12)


@st.composite
def words(draw: st.DrawFn) -> Word:
    phrase = draw(st.booleans())
    text = " ".join(draw(text_of(1, 4, "\n" if phrase else " \n")).split())
    if not phrase:
        text = text.lstrip("-")
    if not text:
        text = "가"
    star = draw(st.sampled_from(("", "", "begins", "ends"))) if not phrase else ""
    fields = draw(st.sampled_from((oracle.FIELDS, oracle.FIELDS, ("title",), ("body",))))
    pure = phrase and draw(st.booleans())
    return Word(text, star == "begins", star == "ends", phrase, pure, fields)


@st.composite
def wildcards(draw: st.DrawFn) -> Wildcard:
    pieces = draw(st.lists(text_of(1, 2, " \n"), min_size=1, max_size=3))
    signs = st.sampled_from(("?", "*", "??", "*?", "?**"))
    text = "".join(piece + draw(signs) for piece in pieces) + draw(text_of(0, 2, " \n"))
    text = draw(st.sampled_from(("", "", "?", "?*"))) + text.lstrip("-*").rstrip("*")
    if not set(text) & set("?*") or not set(text) - set("?*"):
        text = "가?"
    star = draw(st.sampled_from(("", "", "begins", "ends")))
    fields = draw(st.sampled_from((oracle.FIELDS, oracle.FIELDS, ("title",), ("body",))))
    return Wildcard(text, star == "begins", star == "ends", fields=fields, most=MOST_BETWEEN)


MOST_BETWEEN = 1  # characters of stars, so that the limit is met in short texts
leaves = words() | wildcards()


@st.composite
def nears(draw: st.DrawFn) -> Near:
    first, second = draw(leaves), draw(leaves)
    second = replace(second, fields=first.fields)
    return Near(first, second, draw(st.integers(1, 3)), draw(st.booleans()))


noted = st.builds(Noted, leaves.map(lambda word: replace(word, fields=oracle.FIELDS)))
queries = st.recursive(
    leaves | nears() | noted,
    lambda inner: st.one_of(
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("and"), inner, inner),
        st.tuples(st.just("or"), inner, inner, inner),
    ),
    max_leaves=5,
)
notes = texts.map(lambda text: Note("editor", normal.text(text)))
note_lists = st.lists(notes, max_size=2).map(tuple)
article_lists = st.lists(st.tuples(texts, texts, texts, note_lists), min_size=1, max_size=7)
Contents = list[tuple[str, str, str, tuple[Note, ...]]]


# From how many positions on a term has a list: so that lists answer here, and positions too.
listed = st.sampled_from((1, 2, 256))
# And whether a common word is asked about the articles that are left, or read.
few = st.sampled_from((0, parts._FEW))


@settings(max_examples=400, deadline=None)
@given(
    article_lists,
    st.lists(queries, min_size=1, max_size=4),
    st.sets(st.integers(1, 6), max_size=3),
    listed,
    few,
)
def test_hits_scores_and_marks_equal_a_scan_however_segmented(
    contents: Contents, asked: list[object], cuts: set[int], least: int, few: int
) -> None:
    articles = [
        Article(
            id=f"a{at}",
            title=t.strip().replace("\n", " "),
            subtitle=s.strip() or None,
            body=b,
            notes=n,
        )
        for at, (t, s, b, n) in enumerate(contents)
    ]
    sizes = packing.Sizes(listed=least)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(packing, "SIZES", sizes),
        patch.object(parts, "_FEW", few),
        patch.object(index_wildcards, "MOST_BETWEEN", MOST_BETWEEN),
    ):
        index = build_index(Path(folder) / "index", articles, sorted(cuts))
        for query in asked:
            answer = index.search(Request(oracle.render(query), exact=True), limit=None)
            expected = {one.id for one in articles if oracle.holds(query, one)}
            assert {row.id for row in answer.rows} == expected, oracle.render(query)
            by_id = {one.id: one for one in articles}
            for row in answer.rows:
                wanted = oracle.score(query, by_id[row.id], articles)
                assert row.score == pytest.approx(wanted, rel=1e-9), oracle.render(query)
                if isinstance(query, Word):
                    marks = {(m.field, m.start, m.end) for m in answer.marks(by_id[row.id])}
                    assert marks == set(oracle.matches(query, by_id[row.id]))
                elif isinstance(query, Near):
                    marks = {(m.field, m.start, m.end) for m in answer.marks(by_id[row.id])}
                    pairs = oracle.pairs(query, by_id[row.id])
                    assert marks == {one for pair in pairs for one in pair}
                elif isinstance(query, Noted):
                    assert answer.marks(by_id[row.id]) == ()


@settings(max_examples=100, deadline=None)
@given(article_lists, st.data(), listed, few)
def test_deletions_and_revisions_leave_what_a_fresh_index_would_hold(
    contents: Contents, data: st.DataObject, least: int, few: int
) -> None:
    articles = [
        Article(id=f"a{at}", title=t, body=b, notes=n) for at, (t, _, b, n) in enumerate(contents)
    ]
    sizes = packing.Sizes(listed=least)
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(packing, "SIZES", sizes),
        patch.object(parts, "_FEW", few),
        patch.object(index_wildcards, "MOST_BETWEEN", MOST_BETWEEN),
    ):
        path = Path(folder) / "index"
        index = build_index(path, articles, [1, 3])
        live = dict(enumerate(articles, 1))
        for seq in range(4, 7):
            number = data.draw(st.integers(1, len(articles)), label="changed")
            text = data.draw(st.one_of(st.none(), texts), label="new text")
            changed = None
            if text is None:
                live.pop(number, None)
            else:
                some = data.draw(note_lists, label="new notes")
                changed = live[number] = Article(
                    id=f"a{number - 1}", title=text, notes=some, revision=seq
                )
            writer.apply(
                path, [writer.Change(number, changed)], store="a store", seq=seq,
                limits=writer.Limits(ratio=data.draw(st.integers(0, 4), label="ratio")),
            )  # fmt: skip
        from corpus.index.engine import open_index

        index = open_index(path)
        assert sorted(index.entries()) == sorted((n, a.revision or 1) for n, a in live.items())
        query = data.draw(queries | noted, label="query")
        answer = index.search(Request(oracle.render(query), exact=True), limit=None)
        expected = {one.id: one for one in live.values() if oracle.holds(query, one)}
        assert {row.id for row in answer.rows} == set(expected)
        for row in answer.rows:
            wanted = oracle.score(query, expected[row.id], list(live.values()))
            assert row.score == pytest.approx(wanted, rel=1e-9)


def test_articles_of_any_shape_are_found_as_a_scan_finds_them(build: Build) -> None:
    million = 1_000_000
    huge = "가나다라 " * (million // 5) + "끝말 " + "마바 " * (2 * million // 3)  # 9 MB of UTF-8
    articles = [
        article("huge", title="긴 글", body=huge),
        article("ones", body=" ".join("가나다라마"[at % 5] for at in range(100_000))),
        article("arabic", title="السلام", body="السلام عليكم ورحمة الله"),
        article("emoji", title="😀😀", body="👩‍👩‍👧 가족 😀 끝"),
        article("marks", title="제목", body="\u0301\u0302\u0303 \u1100\u0301"),
        article("no title", body="본문뿐"),
        article("no body", title="제목뿐"),
        article("nothing", title="", body=""),
    ]
    index = build(articles, [3, 5])
    assert found(index, "끝말") == ["huge"]
    assert found(index, "다라") == ["huge"]
    assert index.search(Request("나")).total == 2
    assert len(index.search(Request("끝말 OR 마바")).marks(articles[0])) == 1 + 2 * million // 3
    assert found(index, '"가 나 다 라 마 가"') == ["ones"]
    assert found(index, "السلام") == ["arabic"] and found(index, "سلام") == []
    assert found(index, "😀") == ["emoji"] and found(index, "가족") == ["emoji"]
    for query in ("\u0301", "\u0302\u0303", "\u1100\u0301"):
        words = Word(query)
        expected = [one.id for one in articles[3:] if oracle.matches(words, one)]
        assert found(index, query) == expected, ascii(query)
    assert found(index, "제목") == ["marks", "no body"]
    assert found(index, "NOT 가 NOT 제목 NOT 본문") == ["arabic", "nothing"]
