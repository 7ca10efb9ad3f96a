"""How is a text cut into index terms?

Into bigrams inside a run of Hangul, Hanja or kana, because particles attach to nouns and
words have no fixed edges; runs of Latin letters, of digits and of other scripts stay
whole, because "AI" must not match "said". A character that is a run of its own makes a
LONE term, so that every character stands in some term; which articles hold a character,
and how often, is kept beside the terms (`lists`). A position is an offset in the text.
The price: a posting for every two characters that stand together.

There are two forms, tested equal on arbitrary text: `invert` for thousands of articles at
once, and `terms`, term by term, which `tokenizer` gives Whoosh.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.characters import FIRST_WHOLE, FOLD, HANGUL, KANA, NONE, U8, U16

_SHORT = 8  # ASCII letters of a run that fit one 64-bit number
# A gram's key is its two units; the keys below the first combining mark are run numbers.
MOST_RUNS = 0x0300 << 16


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as units, folded, with the kind of each (a mark has that of what it is on)."""

    folded: U16
    kinds: U8

    @classmethod
    def of(cls, units: U16) -> Cut:
        """`units` as `characters.encode` gives them."""
        folded = FOLD.take(units)
        return cls(folded, characters.kinds(folded))

    @property
    def gram_mask(self) -> npt.NDArray[np.bool_]:
        """Which units are of a kind that is cut into bigrams."""
        # One comparison: NONE wraps around to 255.
        found: npt.NDArray[np.bool_] = self.kinds - np.uint8(HANGUL) <= KANA - HANGUL
        return found


@dataclass(frozen=True, slots=True)
class Postings:
    """Terms of one text and where each stands, both in ascending order.

    `runs`: the whole runs, folded, in code-point order; the key of a run is its place
    here, the key of a gram `first unit << 16 | second unit` (second unit LONE for a run of
    one character). `keys` [K], `counts` [K],
    `positions` [sum of counts]: offsets in units.
    """

    runs: list[str]
    keys: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint32]
    positions: npt.NDArray[np.uint32]


def invert(cut: Cut) -> Postings:
    """All terms of a text below 4 G units.

    Key and position are sorted together as one 64-bit number: np.sort is several times
    faster on that than any argsort is on the keys.
    """
    folded, kinds = cut.folded, cut.kinds
    following = np.zeros(len(kinds), bool)  # the next unit is of the same run
    np.equal(kinds[1:], kinds[:-1], out=following[:-1])
    mask = cut.gram_mask
    pairs = np.flatnonzero(mask & following)
    mask &= ~following
    mask[1:] &= ~following[:-1]
    lone = np.flatnonzero(mask)
    starts, lengths = _whole_runs(kinds, following)
    runs, numbers = _number_runs(folded, starts, lengths)
    if len(runs) >= MOST_RUNS:
        raise OverflowError(f"{len(runs)} different runs in one chunk, at most {MOST_RUNS}")

    both = np.empty(len(starts) + len(lone) + len(pairs), np.uint64)
    halves = both.view(np.uint32).reshape(-1, 2)
    high, low = halves[:, int(_LITTLE)], halves[:, int(not _LITTLE)]
    first, last = len(starts), len(starts) + len(lone)
    grams = folded.astype(np.uint32)
    grams <<= 16
    high[:first] = numbers
    high[first:last] = grams.take(lone)
    grams[:-1] |= folded[1:]
    high[last:] = grams.take(pairs)
    low[:first], low[first:last], low[last:] = starts, lone, pairs
    both.sort()
    edge = np.empty(len(both) + 1, bool)
    edge[0] = edge[-1] = True
    np.not_equal(high[1:], high[:-1], out=edge[1:-1])
    edges = np.flatnonzero(edge) if len(both) else np.zeros(1, np.int64)
    keys = high.take(edges[:-1])
    counts = np.diff(edges).astype(np.uint32)
    return Postings(runs, keys, counts, low.copy())


_LITTLE = sys.byteorder == "little"


def _whole_runs(
    kinds: U8, following: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """(starts, lengths) of the runs that stay whole."""
    whole = kinds >= FIRST_WHOLE
    first = whole.copy()
    first[1:] &= ~following[:-1]
    starts = np.flatnonzero(first)
    ends = np.flatnonzero(whole & ~following) + 1
    return starts, ends - starts


def _number_runs(
    folded: U16, starts: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]
) -> tuple[list[str], npt.NDArray[np.int64]]:
    """(different runs in code-point order, the number of each run among them).

    Nearly all runs are a few ASCII letters or digits: those are packed into one number
    each, by column, and become strings only once per different run.
    """
    packed = np.zeros(len(starts), np.uint64)
    short = lengths <= _SHORT
    for column in range(_SHORT):
        live = lengths > column
        units = np.where(live, folded.take(starts + column, mode="clip"), 0)
        short &= units < 128
        packed |= (units & 127).astype(np.uint64) << np.uint64(8 * (_SHORT - 1 - column))
    different, inverse = np.unique(packed[short], return_inverse=True)
    names: list[str] = different.astype(">u8").view("S8").astype("U8").tolist()
    long_at = np.flatnonzero(~short)
    long_names = [
        folded[start : start + length].tobytes().decode("utf-16-le", "surrogatepass")
        for start, length in zip(
            starts.take(long_at).tolist(), lengths.take(long_at).tolist(), strict=True
        )
    ]
    # The short ones are in order; the long ones, which are few, go between them.
    inserted = sorted(set(long_names))
    before = np.array([bisect_left(names, name) for name in inserted], np.int64)
    place = np.arange(len(names))
    place += before.searchsorted(place, side="right")
    number_of = {
        name: at + more
        for more, (name, at) in enumerate(zip(inserted, before.tolist(), strict=True))
    }
    numbers = np.empty(len(starts), np.int64)
    numbers[short] = place.take(inverse)
    numbers[long_at] = [number_of[name] for name in long_names]
    return sorted([*names, *inserted]), numbers


def terms(text: str) -> Iterator[tuple[str, int]]:
    """(term, offset) of every gram and whole run of a normalised text, in the text's order.

    A term of one character is a run of its own.

    >>> list(terms("LG전자는 5G 수 조"))
    [('lg', 0), ('전자', 2), ('자는', 3), ('5', 6), ('g', 7), ('수', 9), ('조', 11)]
    """
    folded = characters.fold(text)
    kind = NONE
    start = 0
    for at, character in enumerate([*folded, "\0"]):
        found = characters.kind_of(character)
        if found == characters.MARK:
            found = kind
        if found == kind:
            continue
        if kind >= FIRST_WHOLE or (at - start == 1 and kind != NONE):
            yield folded[start:at], start
        elif kind != NONE:
            for first in range(start, at - 1):
                yield folded[first : first + 2], first
        kind, start = found, at
