"""Which words of the text are nearly the word of a query: 하이퍼클로버~, 대통령~2?

Compared are letters as they are typed: a syllable is its jamo, compound vowels and finals
are the two that they are typed as (ㅘ is ㅗ and ㅏ, ㄺ is ㄹ and ㄱ), and a consonant is the
same at the beginning of a syllable and at its end, so 네입어 is one letter from 네이버. The
distance is the least number of letters to put in, take out, change, or swap with the next
one (`jamo.distances`).

Candidates are the stretches that begin a run in some word of the text, as long as the word
give or take a character for each letter. A mask of the letters in each, taken for all words at
once, leaves few of them: it is off by no more letters than the distance allows. The rest are
compared letter by letter, all at once.

Of two stretches of which one begins the other only the closer one counts, the shorter where
they are equally close: 대통령이 is no second match beside 대통령.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.errors import QueryError
from corpus.index import characters, jamo
from corpus.index.characters import DIGIT, FIRST_WHOLE, NONE, SEPARATOR, U8, U16
from corpus.index.forms import Form
from corpus.index.keyboard import LETTERS, letters
from corpus.index.query import All, Either, Near, Node, Pattern, Without, Words
from corpus.index.view import SegmentView
from corpus.index.words import spell

I64 = npt.NDArray[np.int64]
U64 = npt.NDArray[np.uint64]

MOST_DISTANCE = 2
MOST_WORDS = 512  # that one word stands for
LEAST_LETTERS = {1: 4, 2: 6}  # of a word, by distance: fewer would stand for nearly anything

_SPELLED = 1 << 17  # words spelled at once
_COMPARED = 1 << 14  # stretches compared letter by letter at once


class Similar(Words):
    """A word, or a stretch at most `most` letters from it that begins a run.

    What it stands for depends on the words of the text; `resolved` says it.
    """

    __slots__ = ("most", "position")

    def __init__(
        self, pattern: Pattern, fields: Sequence[int], shown: str, most: int, position: int
    ) -> None:
        super().__init__(pattern, fields, shown)
        self.key = (pattern, self.fields, most)
        self.most = most
        self.position = position  # in the query text


def similar(text: str, most: int, views: Sequence[SegmentView]) -> list[str]:
    """The stretches at most `most` letters from `text` (folded) that begin a run in the words
    of these segments, the closest first; not `text` itself.

    Words that the dictionary of a segment leaves out (more than 64 characters, or any beyond
    the BMP) are not looked at. The words of deleted articles are, until their segment is merged.
    """
    wanted = letters(text)
    found: set[str] = set()
    for view in views:
        found |= _candidates(text, most, view)
    found.discard(text)
    stretches = sorted(found)
    near: dict[str, float] = {}
    for start in range(0, len(stretches), _COMPARED):
        some = stretches[start : start + _COMPARED]
        off = _apart(wanted, [letters(one) for one in some], most)
        near |= {one: apart for one, apart in zip(some, off, strict=True) if apart <= most}
    kept = _closest({text: 0} | near)
    return sorted(kept - {text}, key=lambda one: (near[one], one))


def pattern_of(stretch: str) -> Pattern:
    """Where a stretch stands for the word: at the beginning of a run, and as a whole run
    where it ends with Latin letters or digits."""
    kinds = characters.kinds_of(stretch)
    return Pattern(stretch, left_edge=True, right_edge=kinds[-1] >= FIRST_WHOLE)


def resolved(tree: Node, views: Sequence[SegmentView], query: str) -> Node:
    """The tree with what its similar words stand for in these segments.

    Raises QueryError where that is more than MOST_WORDS.
    """
    match tree:
        case Similar():
            return _with_forms(tree, views, query)
        case Without():
            return Without(resolved(tree.query, views, query))
        case All() | Either():
            return type(tree)([resolved(part, views, query) for part in tree.subqueries])
        case Near():
            first, second = (
                [
                    _with_forms(one, views, query) if isinstance(one, Similar) else one
                    for one in side
                ]
                for side in (tree.first, tree.second)
            )
            return Near(first, second, tree.distance, ordered=tree.ordered)
    return tree


def _with_forms(word: Similar, views: Sequence[SegmentView], query: str) -> Words:
    found = similar(word.pattern.text, word.most, views)
    if len(found) > MOST_WORDS:
        fewer = f"{word.shown.partition('~')[0]}{'~' if word.most > 1 else ''}"
        raise QueryError(
            query,
            word.position,
            f"{word.shown} stands for {len(found):,} words of this corpus, {MOST_WORDS} at most; "
            f"write {fewer}",
        )
    forms = [Form(pattern_of(one), "fuzzy", one) for one in found]
    return Words(word.pattern, word.fields, word.shown, forms)


# Candidates


def _candidates(text: str, most: int, view: SegmentView) -> set[str]:
    """A superset of the stretches of one segment that are near enough."""
    words = view.words.words
    wanted = _mask_of(text)
    found: set[str] = set()
    for begin in range(0, len(words), _SPELLED):
        some = words.between(begin, begin + _SPELLED)
        units = spell(view.text, some)
        kinds = characters.kinds(units)
        masks = _masks().take(units)
        starts = np.flatnonzero((kinds != NONE) & (kinds != np.append(SEPARATOR, kinds[:-1])))
        ends = np.flatnonzero(units == SEPARATOR)
        room = ends.take(ends.searchsorted(starts)) - starts
        for length in range(max(1, len(text) - most), len(text) + most + 1):
            at = starts[room >= length]
            last = at + (length - 1)
            whole = kinds.take(last) >= FIRST_WHOLE
            at = at[~(whole & (kinds.take(last) == kinds.take(last + 1)))]
            held = np.zeros(len(at), np.uint64)
            for ahead in range(length):
                held |= masks.take(at + ahead)
            at = at[_at_most(wanted & ~held, most) & _at_most(held & ~wanted, most)]
            found.update(_spelled(units, at, length))
    return found


def _spelled(units: U16, at: I64, length: int) -> list[str]:
    """The different stretches of one length at some places."""
    rows = np.ascontiguousarray(units[at[:, None] + np.arange(length)].astype("<u2"))
    joined = rows.tobytes().decode("utf-16-le")
    return [joined[start : start + length] for start in range(0, len(joined), length)]


def _at_most(masks: U64, most: int) -> npt.NDArray[np.bool_]:
    """Whether so many bits are set at most: each round takes the lowest away."""
    for _ in range(most):
        masks = masks & (masks - np.uint64(1))
    return masks == 0


@lru_cache(1)
def _masks() -> U64:
    """[65536] by unit the bits of its letters; other characters share the bits above."""
    found = np.uint64(1) << (np.arange(1 << 16, dtype=np.uint64) % np.uint64(24) + np.uint64(40))
    for code in (*range(0x3131, 0x3164), *range(0xAC00, 0xD7A4)):
        found[code] = _mask(letters(chr(code)))
    return found


def _mask(typed: str) -> np.uint64:
    bits = [LETTERS.find(letter) for letter in typed]
    return np.uint64(sum({1 << (bit if bit >= 0 else 40 + ord(letter) % 24)
                          for bit, letter in zip(bits, typed, strict=True)}))  # fmt: skip


def _mask_of(text: str) -> np.uint64:
    mask = np.uint64(0)
    for character in text:
        mask |= _masks()[ord(character)]
    return mask


# Distances


def _apart(wanted: str, others: Sequence[str], most: int) -> list[float]:
    """How many letters each of the others is from `wanted`; exact up to `most`."""
    lengths = np.array([len(one) for one in others], np.int64)
    width = int(lengths.max(initial=0))
    padded = "".join([one.ljust(width, "\0") for one in others])
    rows = np.frombuffer(padded.encode("utf-16-le"), "<u2").reshape(len(others), width)
    typed = np.array([ord(letter) for letter in wanted], np.uint16)
    found: list[float] = jamo.distances(typed, rows, lengths, most, jamo.plain()).tolist()
    return found


def _closest(near: dict[str, float]) -> set[str]:
    """The closest ones, of which none begins another."""
    kept: set[str] = set()
    begun: set[str] = set()
    for one in sorted(near, key=lambda one: (near[one], len(one), one)):
        first = {one[:end] for end in range(1, len(one)) if _stands_in(one[:end], one)}
        if one not in begun and not first & kept:
            kept.add(one)
            begun |= first
    return kept


def _stands_in(first: str, whole: str) -> bool:
    """Whether `first`, as `pattern_of` has it, stands wherever `whole` does, which it begins."""
    kinds = characters.kinds_of(whole)
    last = kinds[len(first) - 1]
    return last < FIRST_WHOLE or last != kinds[len(first)]


# What cannot be asked


def refusal(stem: str, most: int) -> str | None:
    """Why no words are similar to `stem` (folded), and what to write; None where some are."""
    if not 1 <= most <= MOST_DISTANCE:
        nearest = min(max(1, most), MOST_DISTANCE)
        return f"~ takes words 1 or {MOST_DISTANCE} letters away; write {stem}~{nearest}"
    kinds: U8 | list[int] = characters.kinds_of(stem)
    if NONE in kinds or any(character > "\uffff" for character in stem):
        return f'~ goes with one word without signs; for the text itself: ="{stem}"'
    if all(kind == DIGIT for kind in kinds):
        return f"a number near another is another number; write {stem} or {stem[:-1]}?"
    if len(stem) > 32:
        return f"~ goes with a word of 32 characters at most; write {stem[:16]}*"
    count = len(letters(unicodedata.normalize("NFC", stem)))
    if count < LEAST_LETTERS[most]:
        fits = [fewer for fewer, least in LEAST_LETTERS.items() if count >= least]
        nearest_query = f"{stem}~{fits[-1]}" if fits else stem
        return (
            f"~{most} needs a word of {LEAST_LETTERS[most]} letters (jamo); {stem} has {count}: "
            f"write {nearest_query}"
        )
    return None
