"""Which words does a segment's text hold, and how often?

A word is a maximal stretch of units that are of some kind (`characters.kinds` is not
NONE), folded: "LG전자는" is one word, "12,000" is two. A dictionary spells none of them:
each word is told by a place in the text where it stands, so it costs DICTIONARY_BYTES a
word. The words are in code-point order, which answers an exact word and a beginning by
bisection. Left out are words of more than LONGEST units (what crawls take for a word:
addresses, encoded pictures) and words with a character beyond the BMP: for that the text
has only a stand-in, and two different words would be counted as one.

Words are told apart by sorting their units, never by a hash, so every count is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.arrays import Array
from corpus.index.characters import FOLD, NONE, SEPARATOR, STAND_IN, U8, U16

if TYPE_CHECKING:  # segments are made with this module
    from corpus.index.segment import Arrays

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.integer]
Mask = npt.NDArray[np.bool_]

LONGEST = 64  # units of a word
TYPES = {"word_at": "u4", "word_length": "u1", "word_count": "u4"}

_COLUMNS = 4  # units compared at once
_ROOM = 1 << 63
# By the length of a word: which bits of its next four units belong to it.
_WITHIN = np.array([0, (1 << 16) - 1, (1 << 32) - 1, (1 << 48) - 1, (1 << 64) - 1], np.uint64)
_CHUNK = 1 << 20  # units counted at once
_BUCKET = 1 << 19  # words merged at once
_SAMPLED = 256  # of so many words one tells where to cut
_SPELLED = 1 << 14  # words spelled at once


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

    def arrays(self) -> dict[str, Array]:
        """The arrays of a segment that hold these words (types: TYPES)."""
        return {"word_at": self.at, "word_length": self.length, "word_count": self.count}

    def between(self, first: int, last: int) -> Words:
        """The words at the places from `first` up to `last`."""
        some = slice(first, last)
        return Words(self.at[some], self.length[some], self.count[some])


def count(folded: U16, kinds: U8) -> Words:
    """The words of one chunk of text; `kinds` are `characters.kinds(folded)`.

    At most 16 M units; fastest for about 1 M. A word across the edge of a chunk would be
    cut, so chunks end where articles do.
    """
    at, length = _tokens(folded, kinds)
    order, first = _arrange(folded, at, length)
    begin = np.flatnonzero(first)
    chosen = order.take(begin)
    return Words.of(
        at.take(chosen),
        length.take(chosen).astype(np.uint8),
        np.diff(np.append(begin, len(order))),
    )


def _tokens(folded: U16, kinds: U8) -> tuple[I64, I64]:
    """(offsets, lengths) of all occurrences of words that are not left out."""
    inside = np.zeros(len(kinds) + 2, bool)
    np.not_equal(kinds, NONE, out=inside[1:-1])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    at = edges[::2]
    length = edges[1::2] - at
    keep = length <= LONGEST
    stand_ins = np.flatnonzero((folded & 0xFFF8) == STAND_IN)
    stand_ins = stand_ins[kinds.take(stand_ins) != NONE]
    keep[np.searchsorted(at, stand_ins, side="right") - 1] = False
    return (at, length) if keep.all() else (at[keep], length[keep])


def _arrange(folded: U16, at: I64, length: Integers) -> tuple[I64, Mask]:
    """The order of the words at `at`, equal ones as they came; which is the first of its equals.

    Most significant units first, as many at a time as fit one 64-bit number with the
    number of the group of words that were equal so far and the place: np.sort on such
    numbers takes 3 ms for the 250,000 words of 1 M units, np.argsort 9, np.lexsort 19,
    collections.Counter on the words as bytes 39. In a chunk of news, which has some 2,000
    different letters, the first pass compares 4 units; 11 % of the words are longer.
    """
    padded = np.concatenate((folded, np.zeros(_COLUMNS, np.uint16)))
    # From any unit on, the four next ones as one number.
    fours = np.ndarray(len(folded), "<u8", padded, strides=(2,))
    order = place = who = np.arange(len(at))  # `who` of the words stands at `place`
    group = np.zeros(len(at), np.uint64)  # of words that are equal so far
    first = np.zeros(len(at), bool)
    start, size, compared = at, length, 0
    while len(place):
        units = (fours[start] & _WITHIN.take(size, mode="clip")).view(np.uint16)
        # Letters by their rank in these words: so they take few bits.
        rank = np.cumsum(np.bincount(units, minlength=1 << 16) > 0, dtype=np.uint16)
        letters = int(rank[-1]) + 1
        bits = (len(place) - 1).bit_length()
        room = (_ROOM >> bits) // (int(group[-1]) + 1)
        columns = 0
        while room >= letters and columns < _COLUMNS:
            columns, room = columns + 1, room // letters
        if not columns:
            raise OverflowError(f"{len(at)} words at once are too many")
        codes = rank.take(units).reshape(-1, _COLUMNS)
        key = group
        for column in range(columns):
            key *= np.uint64(letters)
            key += codes[:, column]
        # Last whether more units follow: a word stands before those that go on from it.
        key <<= np.uint64(1)
        key |= size > columns
        key <<= np.uint64(bits)
        key |= np.arange(len(place), dtype=np.uint64)
        key.sort()
        who = who.take((key & np.uint64((1 << bits) - 1)).view(np.int64))
        if compared:
            order[place] = who
        else:
            order = who
        key >>= np.uint64(bits)
        opens = np.ones(len(key) + 1, bool)
        np.not_equal(key[1:], key[:-1], out=opens[1:-1])
        if compared:
            first[place] |= opens[:-1]
        else:
            first = opens[:-1].copy()
        # Left are groups of several words that all go on.
        left = np.flatnonzero((key & np.uint64(1)).astype(bool) & ~(opens[:-1] & opens[1:]))
        place, who = place.take(left), who.take(left)
        group = np.cumsum(opens.take(left), dtype=np.uint64) - np.uint64(1)
        compared += columns
        start, size = at.take(who) + compared, length.take(who) - compared
    return order, first


@dataclass(frozen=True, slots=True)
class Part:
    """A dictionary to merge, and the text that its words point into.

    `start`: where the text begins in the merged one. `kept`: None where all of it stays,
    else the offsets (begins [n], ends [n]) of what stays: whole articles or stretches of
    neighbours, ascending; they come to lie one behind the other from `start` on.
    """

    text: U16
    words: Words
    start: int
    kept: tuple[I64, I64] | None = None


def merge(parts: Sequence[Part]) -> Words:
    """The words of the merged text, of `parts` in the order of their texts.

    A part of which not all is kept is counted anew, for only its text tells in which
    articles a word stood. Raises OverflowError where the merged text has 4 G units.
    """
    return _merge(
        [
            part if part.kept is None else replace(part, words=recount(part.text, *part.kept))
            for part in parts
        ]
    )


def recount(text: U16, begins: I64, ends: I64) -> Words:
    """The words of `text` between `begins` and `ends` (edges of articles), at offsets in `text`.

    Counts about 1 M units at a time and merges on the way: memory stays within a few times
    the result.
    """
    held: list[Part] = []
    for chunk in _chunks(text, begins, ends):
        folded = FOLD.take(np.concatenate([text[begin:end] for begin, end in chunk]))
        words = count(folded, characters.kinds(folded))
        begin, end = np.array(chunk, np.int64).T
        at = _carried(words.at, _before(end - begin), begin)
        held.append(Part(text, Words.of(at, words.length, words.count), 0))
        if sum(len(part.words) for part in held[1:]) > max(8 * _BUCKET, len(held[0].words)):
            held = [Part(text, _merge(held), 0)]
    return _merge(held)


def _chunks(text: U16, begins: I64, ends: I64) -> Iterator[list[tuple[int, int]]]:
    """Stretches of together about 1 M units; they end where the given ones or fields do."""
    chunk: list[tuple[int, int]] = []
    room = _CHUNK
    for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
        while begin < end:
            far, cut = room, min(begin + room, end)
            while cut < end and text[cut - 1] != SEPARATOR:
                separators = np.flatnonzero(text[begin:cut] == SEPARATOR)
                far *= 2
                cut = begin + int(separators[-1]) + 1 if len(separators) else min(begin + far, end)
            chunk.append((begin, cut))
            room -= cut - begin
            begin = cut
            if room < _CHUNK // 8:
                yield chunk
                chunk, room = [], _CHUNK
    if chunk:
        yield chunk


def _merge(parts: Sequence[Part]) -> Words:
    parts = [part for part in parts if len(part.words)]
    if not parts:
        return Words(np.zeros(0, np.uint32), np.zeros(0, np.uint8), np.zeros(0, np.uint32))
    merged = [_merge_bucket(some) for some in _buckets(parts)]
    at, length, occurrences = (np.concatenate(column) for column in zip(*merged, strict=True))
    return Words.of(at, length, occurrences)


def _buckets(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts cut at the same words, so that about _BUCKET words at once are merged."""
    heads = [_heads(part, np.arange(0, len(part.words), _SAMPLED)) for part in parts]
    samples = np.sort(np.concatenate(heads))
    number = sum(len(part.words) for part in parts) // _BUCKET + 1
    splitters = samples.take(np.arange(1, number) * len(samples) // number)
    cuts = [[0, *_bisect(part, splitters).tolist(), len(part.words)] for part in parts]
    for bucket in range(number):
        yield [
            replace(part, words=part.words.between(cut[bucket], cut[bucket + 1]))
            for part, cut in zip(parts, cuts, strict=True)
        ]


def _bisect(part: Part, heads: U64) -> I64:
    """For each of `heads` the first of the words whose head is not below it."""
    low, high = np.zeros(len(heads), np.int64), np.full(len(heads), len(part.words))
    while (low < high).any():
        # Where it is found already, `middle` is `low` and both stay.
        middle = (low + high) // 2
        below = (low < high) & (_heads(part, middle) < heads)
        low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
    return low


def _heads(part: Part, places: I64) -> U64:
    """The first four units of the words at `places` (the last at W), ordered as the words are."""
    at = part.words.at.take(places, mode="clip").astype(np.int64)
    length = part.words.length.take(places, mode="clip")
    head = np.zeros(len(places), np.uint64)
    for column in range(4):
        unit = FOLD.take(part.text.take(at + column, mode="clip")) * (length > column)
        head = head << np.uint64(16) | unit
    return head


def _merge_bucket(parts: Sequence[Part]) -> tuple[I64, U8, I64]:
    """(offsets in the merged text, lengths, counts) of the words of all `parts`."""
    length = np.concatenate([part.words.length for part in parts])
    folded = np.concatenate([_spell(part.text, part.words) for part in parts])
    begins = np.cumsum(length + np.int64(1)) - length - 1
    order, first = _arrange(folded, begins, length)
    firsts = np.flatnonzero(first)
    chosen = order.take(firsts)
    at = np.concatenate([_moved(part) for part in parts])
    occurrences = np.concatenate([part.words.count for part in parts]).take(order)
    return (
        at.take(chosen),
        length.take(chosen),
        np.add.reduceat(occurrences, firsts, dtype=np.int64),
    )


def _moved(part: Part) -> I64:
    """Where the words of a part stand in the merged text."""
    if part.kept is None:
        return part.words.at.astype(np.int64) + part.start
    begins, ends = part.kept
    return _carried(part.words.at, begins, part.start + _before(ends - begins))


def _carried(at: U32, old: I64, new: I64) -> I64:
    """Offsets after each stretch that began at `old` was moved to begin at `new`."""
    return at + (new - old).take(np.searchsorted(old, at, side="right") - 1)


def _before(sizes: I64) -> I64:
    """The sum of the sizes before each."""
    return np.cumsum(sizes) - sizes


def _spell(text: U16, words: Words) -> U16:
    """The units of the words, folded, with a separator behind each."""
    sizes = words.length + np.int64(1)
    before = _before(sizes)
    at = np.repeat(words.at - before, sizes)
    at += np.arange(len(at))
    units = FOLD.take(text.take(at, mode="clip"))
    units[before[1:] - 1] = SEPARATOR
    units[-1:] = SEPARATOR
    return units


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of a segment, for reading; `text` is the segment's, in units, not folded."""

    text: U16
    words: Words

    @classmethod
    def of(cls, arrays: Arrays) -> Dictionary:
        """The dictionary of a segment, drafted or in a file: `text` and the arrays of TYPES."""
        return cls(arrays["text"], Words(*(arrays[name] for name in TYPES)))

    def __len__(self) -> int:
        return len(self.words)

    def count_of(self, word: str) -> int:
        """How often `word`, folded, stands in the text as a whole word; 0 if it never does."""
        wanted = characters.fold(word)
        place = self._bisect(wanted)
        found = place < len(self) and self._word(place) == wanted
        return int(self.words.count[place]) if found else 0

    def beginning(self, prefix: str) -> Iterator[tuple[str, int]]:
        """(word, count) of the words that begin with `prefix`, folded; in code-point order."""
        wanted = characters.fold(prefix)
        first, last = self._bisect(wanted), self._bisect(wanted, len(wanted))
        for begin in range(first, last, _SPELLED):
            words = self.words.between(begin, min(begin + _SPELLED, last))
            yield from _listed(_decode(_spell(self.text, words)), words)

    def items(self) -> Iterator[tuple[str, int]]:
        """(word, count) of all words in code-point order."""
        return self.beginning("")

    def containing(self, part: str) -> Iterator[tuple[str, int]]:
        """(word, count) of the words that hold `part`, folded; in code-point order."""
        wanted = characters.fold(part)
        for begin in range(0, len(self), _SPELLED):
            words = self.words.between(begin, begin + _SPELLED)
            spelled = _decode(_spell(self.text, words))
            if wanted in spelled:
                yield from (found for found in _listed(spelled, words) if wanted in found[0])

    def _word(self, place: int) -> str:
        begin = int(self.words.at[place])
        return _decode(FOLD.take(self.text[begin : begin + int(self.words.length[place])]))

    def _bisect(self, wanted: str, prefix: int | None = None) -> int:
        """The first place not below `wanted`; given `prefix`, whose beginning is above it."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            word = self._word(middle)
            if word < wanted if prefix is None else word[:prefix] <= wanted:
                low = middle + 1
            else:
                high = middle
        return low


def _decode(units: U16) -> str:
    return units.astype("<u2", copy=False).tobytes().decode("utf-16-le", "surrogatepass")


def _listed(spelled: str, words: Words) -> Iterator[tuple[str, int]]:
    """(word, count) of words from their spelling by `_spell`."""
    return zip(spelled[:-1].split(chr(SEPARATOR)), words.count.tolist(), strict=True)
