"""The words that a query matched are those of a plain scan, whatever was deleted."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import oracle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import article, build_index

from corpus.article import Article
from corpus.index import word_counts
from corpus.index.engine import WhooshIndex
from corpus.index.protocol import Change, Request

LETTERS = "가나다 .aA1́"
texts = st.text(LETTERS, max_size=30) | st.text("가나", min_size=60, max_size=90)
articles = st.lists(st.tuples(texts, texts), min_size=1, max_size=5)
queries = st.builds(
    oracle.Word,
    st.text("가나다a1", min_size=1, max_size=2),
    st.booleans(),
    st.just(False),
) | st.builds(oracle.Word, st.text("가나", min_size=1, max_size=2), ends=st.booleans())


def scanned(word: oracle.Word, live: list[Article]) -> dict[str, int]:
    """Each word of the text that holds a match, character by character."""
    found: Counter[str] = Counter()
    for one in live:
        spans = set()
        for field, start, end in oracle.matches(word, one):
            text = getattr(one, field)
            kinds = oracle.kinds(text)
            while start and kinds[start - 1] != "none":
                start -= 1
            while end < len(text) and kinds[end] != "none":
                end += 1
            spans.add((field, start, end))
        for field, start, end in spans:
            if end - start <= 64:
                found[oracle.fold(getattr(one, field)[start:end])] += 1
    return dict(found)


@settings(max_examples=80, deadline=None)
@given(articles, queries, st.integers(0, 4), st.sampled_from([1, 3, 1 << 18]))
def test_counts_are_those_of_a_scan(
    given_texts: list[tuple[str, str]], word: oracle.Word, gone: int, at_once: int
) -> None:
    held = [
        article(f"a{at}", title=title, body=body) for at, (title, body) in enumerate(given_texts)
    ]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_counts, "_AT_ONCE", at_once)
        index = build_index(Path(folder) / "index", held, cuts=[2])
        live = list(held)
        if gone < len(held):
            index.apply([Change(gone + 1, None)], store="a store", seq=9)
            del live[gone]
        found = index.words(Request(query=oracle.render(word)))
        assert dict(found.words) == scanned(word, live)
        assert list(found.words) == sorted(found.words, key=lambda item: (-item[1], item[0]))
        index.close()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    bodies = ["당대표는 여당 당대표다. 당 안팎", "야당은 AI당을 said", "인공\n지능은 인공 지능을"]
    held = [article(f"a{at}", body=body) for at, body in enumerate(bodies)]
    return build_index(tmp_path_factory.mktemp("words") / "index", held)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("당", "ai당을 당 당대표는 당대표다 야당은 여당"),
        ("당*", "ai당을 당 당대표는 당대표다"),
        ("*당", "당 여당"),
        ("AI", "ai당을"),
        ("당 -여당", "ai당을 야당은"),
        ("여당 OR 야당", "야당은 여당"),
        ("title:당", ""),
        ("여당 NEAR/1 당대표", "당대표는 당대표다 여당"),
    ],
)
def test_words_are_counted_where_the_whole_query_matches(
    index: WhooshIndex, query: str, words: str
) -> None:
    assert sorted(word for word, _ in index.words(Request(query=query)).words) == words.split()


def test_a_phrase_counts_with_its_edges_whole(index: WhooshIndex) -> None:
    found = index.words(Request(query='"인공 지능"')).words
    assert found == (("인공 지능은", 1), ("인공 지능을", 1))
