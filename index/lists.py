"""Which articles hold a term, and how often?

A frequent term keeps a list of its articles beside its positions, and every character of
Hangul, Hanja or kana keeps one instead of positions of its own: one syllable, words of one
frequent term, and questions are then answered without looking at positions.

A frequency is weighted by field as the ranking wants it (`WEIGHTS`): an occurrence in the
title counts 3, in the subtitle 2, in the body 1. In memory an entry is one number of 32 bits,
`article << 8 | frequency`, and frequencies of MOST and more stand apart. A draft on disk of no
more than 64 k articles has the two halves as `NAME_article` of 16 bits and `NAME_frequency` of 8.
In a file, with A articles in the segment, L lists, and n articles in a list:

    NAME_offset [L + 1]     how many entries stand before each list's
    NAME_kind [L]           how its articles are kept: WIDE, SHORT or BITS
    NAME_bits               BITS: A bits a list
    NAME_low, NAME_held     SHORT: low 8 bits of the articles, how many each has in every 256
    NAME_wide, NAME_in_wide WIDE: low 16 bits of the articles, how many in every 64 k
    NAME_tf                 frequencies, two bits each: 1, 2, 3, or 4 for one of `more`
    NAME_more               those from 4 on, in 8 bits, MOST for one of `most`
    NAME_more_offset [L+1]  how many of them stand before each list's
    NAME_most_at, NAME_most entries whose frequency is MOST or more, and what it is

A list is of the kind that takes the fewest bytes: bits from A / 8 articles on, and a byte an
article from A / 256 on. Two bits hold nine of ten frequencies. 1.3 bytes an entry for the
grams of 50,614 news articles, 5 as plain numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.blocks import Blocks
from corpus.index.characters import HANGUL, KANA, KIND
from corpus.index.layout import BLOCK, WEIGHTS, Arrays

if TYPE_CHECKING:  # what reads a list loads nothing that cuts a text
    from corpus.index.cut import Cut

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

WIDE, SHORT, BITS = 0, 1, 2  # kinds of lists
_FREQUENCY_BITS = 8  # of an entry
SHORT_BITS, WIDE_BITS = 8, 16  # of an article that each kind keeps
MORE = 4  # what stands in two bits for this frequency and all above it
MOST = 255  # and in a byte
# The four frequencies of every byte, as one number.
_FOUR = (
    ((np.arange(256)[:, None] >> np.array((0, 2, 4, 6)) & 3) + 1).astype(np.uint8).view(np.uint32)
).ravel()
# How many of the four frequencies of a byte are MORE.
_MORES = (_FOUR.view(np.uint8).reshape(-1, 4) == MORE).sum(axis=1).astype(np.uint8)
_HEAVIEST = max(WEIGHTS)
# The units that have a list of their own, and the first of them: white space, digits and small
# letters all stand before it.
_LISTED = (KIND >= HANGUL) & (KIND <= KANA)
_FIRST_LISTED = np.uint32(_LISTED.argmax())
_SUMMED = 1000  # positions, whose sums stretch by stretch cost less than a running sum of all


class Tally(NamedTuple):
    """`articles` ascending within a term, the weighted `frequency` in each, and `first`: the
    place of each one's first position."""

    articles: I64
    frequency: Array
    first: I64


def tally(positions: Array, blocks: Blocks, starts: I64 | None = None) -> Tally:
    """Positions (ascending within a term) counted by article.

    `starts` are the places at which a term's positions begin, where there are several.
    """
    count = len(positions)
    articles, weights = blocks.of(positions)
    edge = np.empty(count + 1, bool)
    edge[0] = True
    np.not_equal(articles[1:], articles[:-1], out=edge[1:count])
    if starts is not None:
        edge[starts] = True
    first = edge[:count].nonzero()[0]
    # Small numbers make small tables when several words are brought together.
    kind = np.uint16 if _HEAVIEST * count < 1 << 16 else np.uint32
    if count <= _SUMMED:
        frequency = np.add.reduceat(weights, first, dtype=kind) if count else first
    else:
        sums = np.zeros(count + 1, np.uint64 if _HEAVIEST * count >> 32 else np.uint32)
        np.cumsum(weights, out=sums[1:])
        before = sums.take(first)
        frequency = np.empty(len(first), kind)
        np.subtract(before[1:], before[:-1], out=frequency[:-1], casting="unsafe")
        frequency[-1] = sums[-1] - before[-1]
    return Tally(articles.take(first).astype(np.int64), frequency, first)


def moved(entries: U32, articles: int) -> U32:
    """Entries of which each article comes to lie so many further on."""
    return entries + (np.uint32(articles) << np.uint32(_FREQUENCY_BITS))


def entries(articles: Array, frequency: Array) -> U32:
    """Articles and frequencies, at most MOST, as one number each."""
    found = articles.astype(np.uint32)
    found <<= _FREQUENCY_BITS
    found |= np.minimum(frequency, MOST).astype(np.uint8)
    return found


def split(entries: U32) -> tuple[U32, npt.NDArray[np.uint8]]:
    """The articles and the frequencies, at most MOST, of entries."""
    return entries >> np.uint32(_FREQUENCY_BITS), entries.astype(np.uint8)  # the low byte alone


class Most(NamedTuple):
    """The frequencies of MOST and more: `key of the list << 32 | article` ascending, how often."""

    keys: U64
    frequency: U32

    @classmethod
    def of(cls, lists: Array, articles: Array, frequency: Array) -> Most:
        """From the key of the list, the article and the frequency of each."""
        keys = lists.astype(np.uint64) << np.uint64(32) | articles.astype(np.uint64)
        order = keys.argsort()
        return cls(keys.take(order), frequency.take(order).astype(np.uint32))

    @property
    def lists(self) -> I64:
        """The key of the list of each."""
        return (self.keys >> np.uint64(32)).astype(np.int64)

    @property
    def articles(self) -> I64:
        """The article of each."""
        return (self.keys & np.uint64(0xFFFFFFFF)).astype(np.int64)

    def fill(self, frequency: Array, lists: Array, articles: Array, sizes: I64) -> Array:
        """The frequencies of entries, of which those of MOST are looked up here; `lists` are the
        keys of their lists, `sizes` how many entries each has."""
        high = (frequency == MOST).nonzero()[0]
        if not len(high):
            return frequency
        of_list = lists.take(np.cumsum(sizes).searchsorted(high, side="right")).astype(np.uint64)
        wanted = of_list << np.uint64(32) | articles.take(high)
        filled = frequency.astype(np.uint32)
        filled[high] = self.frequency.take(self.keys.searchsorted(wanted))
        return filled


class Drafted(NamedTuple):
    """Lists in memory: their `keys` ascending, `offset` [L + 1], `entry`, and what is `most`."""

    keys: npt.NDArray[np.uint16]
    offset: U32
    entry: U32
    most: Most


def of_characters(cut: Cut, block_doc: U32) -> Drafted:
    """The list of every Hangul, Hanja or kana unit of a text of up to 64 k articles.

    A character of the title goes into the sort three times, one of the subtitle twice: so
    counting equal neighbours gives the weighted frequency.
    """
    heavy = [((block_doc & 0xFF) > least).nonzero()[0] for least in range(1, _HEAVIEST)]
    blocks = len(block_doc)
    rows = np.empty((blocks + sum(map(len, heavy)), BLOCK), np.uint32)
    own = rows[:blocks]
    own[:] = cut.folded.reshape(-1, BLOCK)
    own <<= 16
    own |= (block_doc >> 8)[:, None]  # `unit << 16 | article`
    for some in heavy:
        rows[blocks : blocks + len(some)] = own.take(some, axis=0)
        blocks += len(some)
    keys = rows.ravel()
    # Units of other kinds are sorted with the rest, then left out: that takes no longer than to
    # gather what is left without them.
    keys.sort()
    keys = keys[keys.searchsorted(_FIRST_LISTED << np.uint32(16)) :]
    edge = np.empty(len(keys) + 1, bool)
    edge[0] = edge[-1] = True
    np.not_equal(keys[1:], keys[:-1], out=edge[1:-1])
    edges = edge.nonzero()[0] if len(keys) else np.zeros(1, np.int64)
    different, frequency = keys.take(edges[:-1]), np.diff(edges)
    entry = entries(different & 0xFFFF, frequency)
    high = (frequency >= MOST).nonzero()[0]
    high = high[_LISTED.take(different.take(high) >> 16)]
    most = different.take(high)
    different >>= 16
    change = np.ones(len(different), bool)
    np.not_equal(different[1:], different[:-1], out=change[1:])
    begins = change.nonzero()[0]
    units, sizes = different.take(begins), np.diff(begins, append=len(different))
    listed = _LISTED.take(units)
    entry, units, sizes = entry[listed.repeat(sizes)], units[listed], sizes[listed]
    offset = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))
    return Drafted(
        units.astype(np.uint16),
        offset.astype(np.uint32),
        entry,
        Most.of(most >> 16, most & 0xFFFF, frequency.take(high)),
    )


class Lists:
    """The lists called NAME of one segment of `articles` in its file."""

    def __init__(self, name: str, arrays: Arrays, articles: int) -> None:
        self.offset: U32 = arrays[f"{name}_offset"]
        self._articles = articles
        self._at = self.offset.data
        kinds = arrays[f"{name}_kind"]
        sizes = np.diff(self.offset.astype(np.int64))
        # Where each list lies among those of its kind: its row, and its first low bits.
        row, start = np.empty((2, len(kinds)), np.int64)
        for kind in (WIDE, SHORT, BITS):
            own = (kinds == kind).nonzero()[0]
            row[own] = np.arange(len(own))
            start[own] = np.cumsum(sizes[own]) - sizes[own]
        self._kind, self._row, self._start = kinds.data, row.data, start.data
        self._bits = arrays[f"{name}_bits"].reshape(-1, -(-articles // 8))
        self._low, self._wide = arrays[f"{name}_low"], arrays[f"{name}_wide"]
        buckets = max(1, -(-articles >> SHORT_BITS))
        self._held = arrays[f"{name}_held"].reshape(-1, buckets)
        self._base = np.arange(buckets) << SHORT_BITS
        held = arrays[f"{name}_in_wide"]
        self._in_wide = held.reshape(-1, -(-articles >> WIDE_BITS)) if len(held) else None
        self._tf, self._more = arrays[f"{name}_tf"], arrays[f"{name}_more"]
        self._more_at = arrays[f"{name}_more_offset"].data
        self._most_at, self._most = arrays[f"{name}_most_at"], arrays[f"{name}_most"]

    def size(self, place: int) -> int:
        """How many articles one list has."""
        return int(self._at[place + 1] - self._at[place])

    def of(self, place: int) -> tuple[I64, Array]:
        """(articles ascending, weighted frequencies) of one list of a file."""
        return self.several((place,))

    def several(self, places: Sequence[int]) -> tuple[I64, Array]:
        """`of` some lists of a file, list by list."""
        kinds = [self._kind[place] for place in places]
        if kinds.count(SHORT) == len(kinds):
            return self._short(places), self.frequencies(places)
        parts = [
            self._short((place,)) if kind == SHORT else self._other(place)
            for place, kind in zip(places, kinds, strict=True)
        ]
        return np.concatenate(parts), self.frequencies(places)

    def _short(self, places: Sequence[int]) -> I64:
        """The articles of lists of the kind SHORT, list by list."""
        starts = [(self._start[place], self.size(place)) for place in places]
        lows = [self._low[start : start + size] for start, size in starts]
        held = self._held.take([self._row[place] for place in places], axis=0)
        base = np.empty(held.shape, np.int64)
        base[:] = self._base
        found: I64 = base.ravel().repeat(held.ravel())
        found |= np.concatenate(lows)
        return found

    def _other(self, place: int) -> I64:
        """The articles of a list of another kind."""
        if self._kind[place] == BITS:
            held = np.unpackbits(self.bits(place), count=self._articles)
            found: I64 = held.view(bool).nonzero()[0]
            return found
        start = self._start[place]
        articles = self._wide[start : start + self.size(place)].astype(np.int64)
        if self._in_wide is not None:
            in_bucket = self._in_wide[self._row[place]]
            articles += np.repeat(np.arange(len(in_bucket)) << WIDE_BITS, in_bucket)
        return articles

    def kind(self, place: int) -> int:
        """WIDE, SHORT or BITS."""
        return self._kind[place]

    def bits(self, place: int) -> npt.NDArray[np.uint8]:
        """The articles of one list of the kind BITS, as np.packbits has them."""
        row: npt.NDArray[np.uint8] = self._bits[self._row[place]]
        return row

    def among(self, place: int, articles: I64) -> tuple[I64, Array]:
        """(which of `articles`, as places in them, one list of the kind BITS holds, the weighted
        frequency in each of these)."""
        bits = np.zeros(-(-self._articles // 64) * 8, np.uint8)
        bits[: -(-self._articles // 8)] = self.bits(place)
        words = bits.view(">u8").astype(np.uint64)  # an article's bit is the higher the lower it is
        word, bit = articles >> 6, (63 - (articles & 63)).astype(np.uint64)
        own = words.take(word) >> bit  # its own bit is the lowest
        held = (own & np.uint64(1)).nonzero()[0]
        own, word = own.take(held), word.take(held)
        # How many entries the list has up to each, of the words before it and of its own.
        counts = np.bitwise_count(words)
        entry = (counts.cumsum(dtype=np.int64) - counts).take(word) + np.bitwise_count(own)
        entry += self._at[place] - 1
        return held, self._frequency_at(place, entry)

    def _frequency_at(self, place: int, entry: I64) -> Array:
        """The weighted frequencies of some entries of one list, by their numbers in all lists."""
        start, byte = self._at[place], entry >> 2
        shift = ((entry & 3) << 1).astype(np.uint8)
        packed = self._tf.take(byte) >> shift  # its own two bits are the lowest
        found: Array = (packed & np.uint8(3)) + np.uint8(1)
        high = (found == MORE).nonzero()[0]
        if len(high):
            # How many `more` the list has in all bytes up to its own, less those from it on.
            first = start >> 2
            before = _MORES.take(self._tf[first : (self._at[place + 1] + 3) >> 2])
            sums = before.cumsum(dtype=np.int64).take(byte.take(high) - first)
            sums -= _MORES.take(packed.take(high))
            sums += self._more_at[place] - int(
                _MORES[self._tf[first] & ((1 << 2 * (start & 3)) - 1)]
            )
            more = self._more.take(sums)
            found[high] = more
            most = (more == MOST).nonzero()[0]
            if len(most):
                most = high.take(most)
                found = found.astype(np.uint32)
                wanted = entry.take(most).astype(np.uint32)
                found[most] = self._most.take(self._most_at.searchsorted(wanted))
        return found

    def frequencies(self, places: Sequence[int]) -> Array:
        """The weighted frequencies of some lists of a file, list by list, article by article."""
        parts, rest = [], []
        for place in places:
            start, end = self._at[place], self._at[place + 1]
            four = _FOUR.take(self._tf[start >> 2 : (end + 3) >> 2])
            parts.append(four.view(np.uint8)[start & 3 : (start & 3) + end - start])
            rest.append(self._more[self._more_at[place] : self._more_at[place + 1]])
        found: Array = parts[0] if len(parts) == 1 else np.concatenate(parts)
        more = rest[0] if len(rest) == 1 else np.concatenate(rest)
        high = (found == MORE).nonzero()[0]
        found[high] = more
        if (more == MOST).any():
            found = found.astype(np.uint32)
            at = 0
            for place in places:
                start, end = self._at[place], self._at[place + 1]
                wanted = np.array((start, end), np.uint32)
                low, high = self._most_at.searchsorted(wanted).tolist()
                entry = self._most_at[low:high].astype(np.int64)
                found[entry - (start - at)] = self._most[low:high]
                at += end - start
        return found

    def between(self, first: int, last: int) -> U32:
        """The entries of the lists `first` to `last` (exclusive), list by list."""
        parts = [entries(*self.of(place)) for place in range(first, last)]
        return np.concatenate([np.zeros(0, np.uint32), *parts])

    def most(self, keys: Array) -> Most:
        """The frequencies of MOST and more; `keys` [L] are those of the lists."""
        held = self.offset.searchsorted(self._most_at, side="right") - 1
        articles = [
            self.of(place)[0].take(self._most_at[held == place] - self.offset[place])
            for place in np.unique(held).tolist()
        ]
        none = np.zeros(0, np.int64)
        return Most.of(keys.take(held), np.concatenate([none, *articles]), self._most)


class DraftLists:
    """The lists called NAME of a draft, which only a merge reads."""

    def __init__(self, name: str, arrays: Arrays) -> None:
        self.offset: U32 = arrays[f"{name}_offset"]
        self._most = Most(arrays[f"{name}_most_key"], arrays[f"{name}_most"])
        self._halves = f"{name}_article" in arrays
        parts = ("article", "frequency") if self._halves else ("entry",)
        self._parts = [arrays[f"{name}_{part}"] for part in parts]

    def between(self, first: int, last: int) -> U32:
        """The entries of the lists `first` to `last` (exclusive), list by list."""
        some = slice(int(self.offset[first]), int(self.offset[last]))
        parts = [part[some] for part in self._parts]
        return entries(*parts) if self._halves else parts[0]

    def most(self, _: Array) -> Most:
        """The frequencies of MOST and more."""
        return self._most


def to_merge(name: str, arrays: Arrays, articles: int) -> Lists | DraftLists:
    """The lists called NAME, of a draft or of a file."""
    drafted = f"{name}_most_key" in arrays
    return DraftLists(name, arrays) if drafted else Lists(name, arrays, articles)


def kinds(sizes: I64, articles: int) -> npt.NDArray[np.uint8]:
    """Of which kind lists of so many articles are, by what takes the fewest bytes."""
    buckets = -(-articles >> SHORT_BITS)
    found = np.full(len(sizes), WIDE, np.uint8)
    found[sizes > buckets] = SHORT
    found[np.minimum(sizes + buckets, 2 * sizes) * 8 > articles] = BITS
    return found
