"""The dictionary holds the words that a plain count finds, however the text was cut."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.index import characters, dictionary, word_merge, words
from corpus.index.cut import Cut
from corpus.index.dictionary import Dictionary
from corpus.index.word_merge import Part, merge, recount
from corpus.index.words import LONGEST, Words

# Few letters, so that words meet again; marks, Hanja, emoji, Hanja beyond the BMP, full-width.
LETTERS = "가나다 .A1a" + "́⃝" + "金" + "😀𠀀" + "Ａａ"
articles = st.lists(st.text(LETTERS, max_size=40) | st.text("가나", max_size=140), max_size=12)


def plain_count(texts: Sequence[str]) -> dict[str, int]:
    """The words of the texts, character by character, in code-point order."""
    found: Counter[str] = Counter()
    for text in texts:
        word, kind = "", characters.NONE
        for character in [*text, "\0"]:
            own = characters.kind_of(character)
            kind = kind if own == characters.MARK else own
            if kind != characters.NONE:
                word += character
            elif word:
                if len(word) <= LONGEST and max(word) <= "\uffff":
                    found[characters.fold(word)] += 1
                word = ""
    return dict(sorted(found.items()))


def laid_out(texts: Sequence[str]) -> tuple[characters.U16, list[int]]:
    """The units of the texts one behind the other, each followed by separators; their edges."""
    padded = [text + "\0" * (8 - len(text) % 8) for text in texts]
    edges = [0]
    for text in padded:
        edges.append(edges[-1] + len(text))
    return characters.encode("".join(padded)).units, edges


def counted(text: characters.U16) -> Words:
    return words.count(Cut.of(text))


def same(some: Words, other: Words) -> bool:
    return all(np.array_equal(array, other.arrays()[name]) for name, array in some.arrays().items())


@given(articles)
def test_a_chunk_has_the_words_that_a_plain_count_finds(texts: list[str]) -> None:
    text, _ = laid_out(texts)
    found = list(Dictionary(text, counted(text)).items())
    assert found == list(plain_count(texts).items())


@given(articles)
def test_a_word_is_told_by_its_first_occurrence(texts: list[str]) -> None:
    text, _ = laid_out(texts)
    folded = characters.FOLD.take(text)
    kinds = characters.kinds(folded)
    inside = np.flatnonzero(kinds != characters.NONE)
    begins = [at for at in inside.tolist() if at == 0 or kinds[at - 1] == characters.NONE]
    found = counted(text)
    for at, length in zip(found.at.tolist(), found.length.tolist(), strict=True):
        ending = at + length
        assert kinds[at:ending].all() and not kinds[ending : ending + 1].any()
        word = folded[at:ending].tolist()
        assert at == next(
            b
            for b in begins
            if folded[b : b + length].tolist() == word and not kinds[b + length : b + length + 1]
        )


@given(articles, st.data())
def test_merged_chunks_are_the_dictionary_of_the_whole(
    texts: list[str], data: st.DataObject
) -> None:
    text, edges = laid_out(texts)
    cuts = sorted({0, edges[-1], *data.draw(st.lists(st.sampled_from(edges)))})
    parts = [
        Part(text[begin:end], counted(text[begin:end]), begin)
        for begin, end in itertools.pairwise(cuts)
    ]
    assert same(merge(parts), counted(text))


@given(st.lists(articles, min_size=1, max_size=4), st.data())
def test_a_merge_counts_only_the_articles_that_are_kept(
    sources: list[list[str]], data: st.DataObject
) -> None:
    parts: list[Part] = []
    left: list[str] = []
    for texts in sources:
        text, edges = laid_out(texts)
        keep = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
        begins = np.array([b for b, k in zip(edges, keep, strict=False) if k], np.int64)
        ends = np.array([e for e, k in zip(edges[1:], keep, strict=False) if k], np.int64)
        start = laid_out(left)[1][-1]
        parts.append(Part(text, counted(text), start, None if all(keep) else (begins, ends)))
        left += [text for text, k in zip(texts, keep, strict=True) if k]
    merged, _ = laid_out(left)
    found = merge(parts)
    assert dict(Dictionary(merged, found).items()) == plain_count(left)
    assert same(found, counted(merged))


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (words, "_BITS", 22),
        (word_merge, "_CHUNK", 40),
        (word_merge, "_BUCKET", 3),
        (word_merge, "_SAMPLED", 1),
        (dictionary, "_SPELLED", 2),
    ],
)
@given(articles)
def test_no_block_size_changes_what_is_found(
    module: ModuleType, name: str, value: int, texts: list[str]
) -> None:
    text, edges = laid_out(texts)
    whole = counted(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, value)
        begins, ends = np.array(edges[:-1], np.int64), np.array(edges[1:], np.int64)
        parts = [Part(text[b:e], counted(text[b:e]), b) for b, e in zip(begins, ends, strict=True)]
        assert same(recount(text, begins, ends), whole)
        assert same(merge(parts), whole)
        assert dict(Dictionary(text, whole).items()) == plain_count(texts)
        assert list(Dictionary(text, whole).containing("나")) == [
            (word, count) for word, count in plain_count(texts).items() if "나" in word
        ]


@pytest.mark.parametrize("length", [1, 3, 4, 5, 7, 8, 9, 12, 13, 63, 64])
def test_words_that_differ_only_at_their_end_are_told_apart(length: int) -> None:
    stem = "가" * (length - 1)
    text, _ = laid_out([f"{stem}나 {stem}다 {stem} {stem}나나", f"{stem}나,{stem}a"])
    found = Dictionary(text, counted(text))
    assert found.count_of(stem + "나") == 2
    assert found.count_of(stem + "다") == found.count_of(stem + "A") == 1
    assert found.count_of(stem + "나나") == (length < LONGEST)


def test_words_of_more_than_64_units_are_left_out() -> None:
    text, _ = laid_out(["가" * 64 + " " + "나" * 65 + " 다"])
    assert list(Dictionary(text, counted(text)).items()) == [("다", 1), ("가" * 64, 1)][::-1]


def test_words_with_a_character_beyond_the_bmp_are_left_out_whole() -> None:
    # 𠀀 and 𠀁 have the same stand-in; 😀 is no part of a word.
    text, _ = laid_out(["𠀀자 𠀁자 자𠀀 가𠀀가 가😀나", "다󠄀 라"])
    found = Dictionary(text, counted(text))
    assert list(found.items()) == [("가", 1), ("나", 1), ("라", 1)]
    assert found.count_of("𠀀자") == 0 and list(found.beginning("𠀀")) == []


def test_a_text_of_many_different_letters_needs_no_more_than_64_bits() -> None:
    letters = [chr(code) for code in range(0x3400, 0xD7A4) if characters.KIND[code]]
    several = [a + b + a + b for a, b in zip(letters, letters[::-1], strict=True)]
    text, _ = laid_out([" ".join(several), " ".join(several[::3])])
    assert dict(Dictionary(text, counted(text)).items()) == plain_count(
        [" ".join(several), *several[::3]]
    )


def test_an_empty_text_has_an_empty_dictionary() -> None:
    empty = counted(characters.encode("").units)
    found = Dictionary(characters.encode("").units, empty)
    assert len(found) == 0 and list(found.items()) == [] and found.count_of("가") == 0
    assert list(found.beginning("가")) == list(found.containing("가")) == []
    assert len(merge([])) == 0
    assert len(merge([Part(found.text, empty, 0)] * 2)) == 0


def test_a_part_of_which_nothing_is_kept_leaves_no_words() -> None:
    text, _ = laid_out(["가 나"])
    nothing = np.zeros(0, np.int64)
    assert len(merge([Part(text, counted(text), 0, (nothing, nothing))])) == 0


@given(articles, st.text(LETTERS + "라", max_size=3))
def test_looking_up_finds_what_the_list_holds(texts: list[str], asked: str) -> None:
    text, _ = laid_out(texts)
    found = Dictionary(text, counted(text))
    expected = plain_count(texts)
    folded = characters.fold(asked)
    assert len(found) == len(expected)
    assert found.count_of(asked) == expected.get(folded, 0)
    listed = list(expected.items())
    assert list(found.beginning(asked)) == [pair for pair in listed if pair[0].startswith(folded)]
    assert list(found.containing(asked)) == [pair for pair in listed if folded in pair[0]]


def test_a_merged_text_beyond_32_bits_is_refused() -> None:
    text, _ = laid_out(["가"])
    part = Part(text, counted(text), 0)
    with pytest.raises(OverflowError):
        merge([replace(part, start=1 << 32)])


def test_the_arrays_of_a_segment_are_read_as_they_were_made() -> None:
    text, _ = laid_out(["LG전자는 LG전자는 12,000원"])
    made = counted(text).arrays()
    assert {name: array.dtype.str[1:] for name, array in made.items()} == words.TYPES
    found = Dictionary.of({"text": text, **made})
    assert list(found.items()) == [("000원", 1), ("12", 1), ("lg전자는", 2)]
