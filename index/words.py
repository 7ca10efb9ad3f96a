"""Which words does a segment's text hold, and how often?

A word is a maximal stretch of units that are of some kind (`characters.kinds` is not
NONE), folded: "LG전자는" is one word, "12,000" is two. A dictionary spells none of them:
each word is told by the place in the text where it stands first, which makes 6 bytes a
word (622,584 words in 50,614 articles of news: 0.058 of the text's UTF-8). The words are in
code-point order, so `dictionary` finds an exact word or a beginning by bisection.

Left out are words of more than LONGEST units (what crawls take for a word: addresses,
encoded pictures), and words with a character beyond the BMP: the text has only a stand-in
for it, and two different words would be counted as one.

Words are told apart by sorting their units, never by a hash, so every count is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.characters import FOLD, NONE, SEPARATOR, STAND_IN, U8, U16
from corpus.index.cut import Cut, Letters
from corpus.index.layout import Arrays
from corpus.index.postings import ranges

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]

LONGEST = 64  # units of a word
TYPES = {
    "word_at": "u4",
    "word_length": "u1",
    "word_count": "u1",  # MANY stands for that and more: `word_more` says it
    "word_more_at": "u4",  # the places of those words, ascending
    "word_more": "u4",
}
MANY = 255

_COLUMNS = 4  # letters compared at once
_BLOCK = 1 << 14  # words whose keys are made at once
_BITS = 63  # of a sorted number, besides the one that says whether a word goes on


@dataclass(frozen=True, slots=True)
class Words:
    """The different words of a text in code-point order.

    `at` [W]: offset in the text, in units, of a word's first occurrence; `length` [W] in
    units; `count` [W] of occurrences.
    """

    at: U32
    length: U8
    count: U32

    def __len__(self) -> int:
        return len(self.at)

    @classmethod
    def of(cls, at: Integers, length: U8, count: Integers) -> Words:
        """Words from wider numbers; raises OverflowError where they need more than 32 bits."""
        if len(at) and max(at.max(), count.max()) >= 1 << 32:
            raise OverflowError("a dictionary holds offsets and counts below 4 G")
        return cls(at.astype(np.uint32), length, count.astype(np.uint32))

    @classmethod
    def read(cls, arrays: Arrays) -> Words:
        """The words of a segment, drafted or in a file."""
        count = arrays["word_count"].astype(np.uint32)
        count[arrays["word_more_at"]] = arrays["word_more"]
        return cls(arrays["word_at"], arrays["word_length"], count)

    def arrays(self) -> dict[str, Array]:
        """The arrays of a segment that hold these words (types: TYPES)."""
        more = np.flatnonzero(self.count >= MANY).astype(np.uint32)
        return {
            "word_at": self.at,
            "word_length": self.length,
            "word_count": np.minimum(self.count, MANY).astype(np.uint8),
            "word_more_at": more,
            "word_more": self.count.take(more),
        }

    def between(self, first: int, last: int) -> Words:
        """The words at the places from `first` up to `last`."""
        some = slice(first, last)
        return Words(self.at[some], self.length[some], self.count[some])


def count(cut: Cut) -> Words:
    """The words of one chunk of text.

    Fastest for about 1 M units (9 ms); 16 M are possible, far more raise OverflowError. A
    word across the edge of a chunk would be cut, so chunks end where articles do.
    """
    at, length = _tokens(cut)
    order, first = arrange(cut.letters, at, length)
    begin = np.flatnonzero(first)
    chosen = order.take(begin)
    return Words.of(
        at.take(chosen),
        length.take(chosen).astype(np.uint8),
        np.diff(np.append(begin, len(order))),
    )


def _tokens(cut: Cut) -> tuple[I64, I64]:
    """(offsets, lengths) of all occurrences of words that are not left out."""
    inside = np.zeros(len(cut.kinds) + 2, bool)
    np.not_equal(cut.kinds, NONE, out=inside[1:-1])
    at = (inside[1:-1] > inside[:-2]).nonzero()[0]
    length = (inside[1:-1] > inside[2:]).nonzero()[0] + 1
    length -= at
    keep = length <= LONGEST
    if ((cut.letters.units & 0xFFF8) == STAND_IN).any():
        stand_ins = np.flatnonzero((cut.folded & 0xFFF8) == STAND_IN)
        stand_ins = stand_ins[cut.kinds.take(stand_ins) != NONE]
        keep[np.searchsorted(at, stand_ins, side="right") - 1] = False
    return (at, length) if keep.all() else (at[keep], length[keep])


def arrange(letters: Letters, at: I64, length: Integers) -> tuple[I64, Mask]:
    """The order of the words at `at`, equal ones as they came; which is the first of its equals.

    Most significant letters first, as many at a time as fit one 64-bit number together with
    the group (the words that were equal so far) and the place. In a chunk of news the first
    pass compares four letters, and 11 % of the words have more. For the 250,000 words of 1 M
    units this takes 6 ms, of which the sort itself 1.5; np.argsort of four letters 9 and
    np.lexsort 19, collections.Counter on the bytes 39. A table by hash with exact comparison
    (7 ms in a quiet cache, more in a busy one) left 70,000 words still to be ordered, and was
    slower in all.
    """
    width = letters.width
    order = place = who = np.arange(len(at))  # `who` of the words stands at `place`
    group = np.zeros(len(at), np.uint64)  # of words that are equal so far
    first = np.zeros(len(at), bool)
    start, size, compared = at, length, 0
    while len(place):
        bits = (len(place) - 1).bit_length()
        columns = min((_BITS - bits - int(group[-1]).bit_length()) // width, _COLUMNS)
        if columns < 1:
            raise OverflowError(f"{len(at)} words at once are too many")
        key = _keys(letters, start, size, columns)
        if compared:
            group <<= np.uint64(width * columns + 1 + bits)
            key |= group
        key.sort()
        by = (key & np.uint64((1 << bits) - 1)).view(np.int64)
        key >>= np.uint64(bits)
        opens = np.ones(len(key), bool)
        np.not_equal(key[1:], key[:-1], out=opens[1:])
        if compared:
            who = who.take(by)
            order[place] = who
            first[place] |= opens
        else:
            order = who = by
            first = opens
        # Left are groups of several words that all go on.
        begins = np.flatnonzero(opens)
        sizes = np.diff(begins, append=len(key))
        goes_on = (sizes > 1) & (key.take(begins) & np.uint64(1) > 0)
        begins, sizes = begins[goes_on], sizes[goes_on]
        left = ranges(begins, sizes)
        place, who = place.take(left), who.take(left)
        group = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
        compared += columns
        start, size = at.take(who) + compared, length.take(who) - compared
    return order, first


def _keys(letters: Letters, start: I64, size: Integers, columns: int) -> U64:
    """For each word what it is sorted by: its next letters from `start` on, whether more
    follow (a word stands before those that go on from it), and its place.

    A block at a time: so what is made on the way stays in the cache.
    """
    width, bits = letters.width, (len(start) - 1).bit_length()
    # By how many letters of a word are left: which of the next ones are its own.
    within = np.array(
        [(1 << width * _COLUMNS) - (1 << width * (_COLUMNS - own)) for own in range(_COLUMNS + 1)],
        np.uint64,
    )
    keys = np.empty(len(start), np.uint64)
    for first in range(0, len(start), _BLOCK):
        at, left = start[first : first + _BLOCK], size[first : first + _BLOCK]
        key = keys[first : first + _BLOCK]
        key[:] = letters.pairs.take(at)
        key <<= np.uint64(2 * width)
        key |= letters.pairs.take(at + 2, mode="clip")
        key &= within.take(left, mode="clip")
        key >>= np.uint64(width * (_COLUMNS - columns))
        key <<= np.uint64(1)
        key |= left > columns
        key <<= np.uint64(bits)
        key |= np.arange(first, first + len(at), dtype=np.uint64)
    return keys


def spell(text: U16, words: Words) -> U16:
    """The units of the words, folded, with a separator behind each."""
    sizes = words.length + np.int64(1)
    starts = before(sizes)
    at = np.repeat(words.at - starts, sizes)
    at += np.arange(len(at))
    units = FOLD.take(text.take(at, mode="clip"))
    units[starts[1:] - 1] = SEPARATOR
    units[-1:] = SEPARATOR
    return units


def spelled(text: U16, words: Words) -> list[str]:
    """The words as strings, folded."""
    units = spell(text, words).astype("<u2", copy=False)
    return units.tobytes().decode("utf-16-le", "surrogatepass").split(chr(SEPARATOR))[:-1]


def before(sizes: I64) -> I64:
    """The sum of the sizes before each."""
    return np.cumsum(sizes) - sizes
