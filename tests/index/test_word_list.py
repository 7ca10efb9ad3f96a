"""Words near by are those that a walk through all words finds, over any segments."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from indexing import article, build_index

from corpus.index import jamo, keyboard, word_list
from corpus.index.characters import fold
from corpus.index.engine import WhooshIndex
from corpus.index.view import SegmentView
from corpus.index.word_list import Near, joined, without_particle

LETTERS = "가나간난강LG1金 "
texts = st.lists(st.text(LETTERS, max_size=30), min_size=1, max_size=4)


def views_of(index: WhooshIndex) -> Sequence[SegmentView]:
    return index._snapshot.views


def near_words(views: Sequence[SegmentView], word: str, most: int) -> list[Near]:
    """The words of all segments at most `most` keys from `word`, each slip one edit."""
    keys = keyboard.keys(fold(word))
    return joined(view.word_list.near(keys, most, jamo.plain()) for view in views)


def distance(one: str, other: str) -> float:
    """How many keys apart two words are, with nothing left out of the comparison."""
    typed, meant = (keyboard.codes(keyboard.keys(word)) for word in (one, other))
    most = max(len(typed), len(meant))
    return float(jamo.distances(typed, meant[None], np.array([len(meant)]), most, jamo.plain())[0])


def all_words(bodies: Sequence[str]) -> dict[str, int]:
    """The words of the texts, and what they are without a particle."""
    found: Counter[str] = Counter()
    for body in bodies:
        for word in re.findall(r"\S+", body.lower()):
            found[word] += 1
            stem = without_particle(word)
            if stem is not None:
                found[stem] += 1
    return dict(found)


@settings(max_examples=40, deadline=None)
@given(texts, st.text(LETTERS.strip(), min_size=1, max_size=5), st.integers(0, 2))
def test_near_words_are_those_of_a_walk_through_all(
    bodies: list[str], word: str, most: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        articles = [article(f"a{at}", body=body) for at, body in enumerate(bodies)]
        index = build_index(Path(folder) / "index", articles, cuts=[1, 2])
        expected = {
            (known, count, apart)
            for known, count in all_words(bodies).items()
            if (apart := distance(word.lower(), known)) <= most
        }
        assert {tuple(near) for near in near_words(views_of(index), word, most)} == expected
        index.close()


def test_near_ones_come_first_then_frequent_ones(tmp_path: Path) -> None:
    index = build_index(tmp_path / "index", [article("a", body="가지 사지 사지 가치 가지가지")])
    found = [near.word for near in near_words(views_of(index), "가지", 1)]
    assert found == ["가지", "사지", "가치"]
    assert [near.word for near in near_words(views_of(index), "나지", 2)][:2] == ["사지", "가지"]


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("이재명은", "이재명"),
        ("정부는", "정부"),
        ("정부은", None),  # 은 stands behind a consonant
        ("서울로", "서울"),  # and 로 behind ㄹ, too
        ("서울에서는", "서울"),
        ("사과", None),  # two syllables stay
        ("LG가", "LG"),
        ("네이버", None),
        ("", None),
    ],
)
def test_particles_stand_behind_what_they_can(word: str, stem: str | None) -> None:
    assert without_particle(word) == stem


def test_words_are_found_by_their_initial_consonants(tmp_path: Path) -> None:
    bodies = ["하이퍼클로바를 만든 하이퍼클로바", "호아팜카리브 하이퍼", "가나 ㅎㅇㅍㅋㄹㅂ"]
    articles = [article(f"a{at}", body=body) for at, body in enumerate(bodies)]
    index = build_index(tmp_path / "index", articles, cuts=[1])
    found = joined(view.word_list.with_initials("ㅎㅇㅍㅋㄹㅂ") for view in views_of(index))
    assert [(near.word, near.occurrences) for near in found] == [
        ("하이퍼클로바", 2),
        ("호아팜카리브", 1),
    ]


def test_only_the_most_frequent_words_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_list, "MOST", 1)
    index = build_index(tmp_path / "index", [article("a", body="가지 나지 나지")])
    assert [near.word for near in near_words(views_of(index), "다지", 2)] == ["나지"]


def test_keys_of_a_word_too_long_find_nothing(tmp_path: Path) -> None:
    index = build_index(tmp_path / "index", [article("a", body="가" * 40)])
    (view,) = views_of(index)
    assert view.word_list.near(keyboard.keys("가" * 40), 1, jamo.plain()) == []
    assert near_words([view], "", 1) == []
