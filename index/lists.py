"""Which articles hold a term, and how often?

A frequent term keeps a list of its articles beside its positions, and every character of
Hangul, Hanja or kana keeps one instead of positions of its own: one syllable, and words of
one frequent term, are then answered without looking at positions at all.

A frequency is weighted by field as the ranking wants it (`WEIGHTS`): an occurrence in the
title counts 3, in the subtitle 2, in the body 1. In memory an entry is one number, `article
<< 32 | frequency`. In a file, with A articles in the segment, L lists, and n articles in a list:

    NAME_offset [L + 1]     how many entries stand before each list's
    NAME_bits               the lists of more than A / 16 articles, each as A bits
    NAME_low                the others': low 16 bits of the articles
    NAME_held [.. * buckets] and how many each has in every 64 k articles
    NAME_tf                 frequencies, two in a byte, (n + 1) // 2 bytes a list
    NAME_more_at, NAME_more entries whose frequency is HIGH or more, and what it is

A bitmap beats 16-bit numbers from A / 16 on, and half a byte holds 98 % of the frequencies:
1.2 bytes an entry for the characters of 50,614 news articles, 5 as plain numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.layout import BLOCK, BLOCK_BITS, WEIGHTS, Arrays

if TYPE_CHECKING:  # what reads a list loads nothing that cuts a text
    from corpus.index.cut import Cut

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

HIGH = 15  # what stands in half a byte for a frequency kept elsewhere
BUCKET_BITS = 16  # articles of a bucket of a list


_SUMMED = 1000  # positions, of which sums cost less than the calls that go around them


class Tally(NamedTuple):
    """`articles` ascending within a term, the weighted `frequency` in each, and `first`: the
    place of each one's first position."""

    articles: I64
    frequency: Array
    first: I64


def tally(positions: Array, block_doc: U32, starts: I64 | None = None) -> Tally:
    """Positions (ascending within a term) counted by article.

    `starts` are the places at which a term's positions begin, where there are several.
    """
    count = len(positions)
    blocks = block_doc.take(positions >> BLOCK_BITS)
    articles = blocks >> 8
    edge = np.empty(count + 1, bool)
    edge[0] = True
    np.not_equal(articles[1:], articles[:-1], out=edge[1:count])
    if starts is not None:
        edge[starts] = True
    first = edge[:count].nonzero()[0]
    # Small numbers make small tables when several words are brought together.
    kind = np.uint16 if max(WEIGHTS) * count < 1 << 16 else np.uint32
    weights = blocks.astype(np.uint8)  # the low byte alone
    if count <= _SUMMED:
        frequency = np.add.reduceat(weights, first, dtype=kind) if count else first
    else:
        frequency = np.empty(len(first), kind)
        np.subtract(first[1:], first[:-1], out=frequency[:-1], casting="unsafe")
        frequency[-1] = count - first[-1]
        # Few stand in the title or subtitle and count more; these come first in an article.
        heavy = (weights > 1).nonzero()[0]
        if len(heavy):
            begins = edge.take(heavy).nonzero()[0]
            more = np.add.reduceat(weights.take(heavy) - np.uint8(1), begins, dtype=kind)
            frequency[(weights.take(first) > 1).nonzero()[0]] += more
    return Tally(articles.take(first).astype(np.int64), frequency, first)


def entries(articles: I64, frequency: Array) -> U64:
    """Articles and frequencies as one number each."""
    found: U64 = (articles << 32 | frequency).view(np.uint64)
    return found


class Drafted(NamedTuple):
    """Lists in memory: their `keys` ascending, `offset` [L + 1], `entry`."""

    keys: npt.NDArray[np.uint16]
    offset: U32
    entry: U64


def of_characters(cut: Cut, block_doc: U32) -> Drafted:
    """The list of every Hangul, Hanja or kana unit of a text of up to 64 k articles.

    A character of the title goes into the sort three times, one of the subtitle twice: so
    counting equal neighbours gives the weighted frequency.
    """
    # Units of other kinds become 0 and are sorted with the rest, then cut off: that takes
    # no longer than to gather what is left without them.
    rows = (cut.folded * cut.gram_mask).reshape(-1, BLOCK)
    parts = [_keys(rows, block_doc)]
    for least in range(1, max(WEIGHTS)):
        heavy = ((block_doc & 0xFF) > least).nonzero()[0]
        parts.append(_keys(rows.take(heavy, axis=0), block_doc.take(heavy)))
    keys = np.concatenate(parts, axis=None)
    keys.sort()
    keys = keys[keys.searchsorted(np.uint32(1 << 16)) :]
    edge = np.empty(len(keys) + 1, bool)
    edge[0] = edge[-1] = True
    np.not_equal(keys[1:], keys[:-1], out=edge[1:-1])
    edges = edge.nonzero()[0] if len(keys) else np.zeros(1, np.int64)
    different = keys.take(edges[:-1])
    units = (different >> 16).astype(np.uint16)
    change = np.ones(len(units), bool)
    np.not_equal(units[1:], units[:-1], out=change[1:])
    begins = change.nonzero()[0]
    entry = different.astype(np.uint64)
    entry <<= 32
    entry &= 0xFFFF << 32
    entry |= np.diff(edges).view(np.uint64)
    return Drafted(units.take(begins), np.append(begins, len(units)).astype(np.uint32), entry)


def _keys(rows: npt.NDArray[np.uint16], block_doc: U32) -> U32:
    """`unit << 16 | article` of every unit of some blocks, a row each."""
    keys = rows.astype(np.uint32)
    keys <<= 16
    keys |= block_doc[:, None] >> 8
    return keys


class Lists:
    """The lists called NAME of one segment of `articles`, drafted or in a file."""

    def __init__(self, name: str, arrays: Arrays, articles: int) -> None:
        self.offset: U32 = arrays[f"{name}_offset"]
        drafted = f"{name}_entry" in arrays
        self._entry: U64 | None = arrays[f"{name}_entry"] if drafted else None
        if drafted:
            return
        self._articles = articles
        offset = self.offset.astype(np.int64)
        sizes = offset[1:] - offset[:-1]
        self._as_bits = as_bits(sizes, articles)
        self._bits = arrays[f"{name}_bits"].reshape(-1, -(-articles // 8))
        self._low, self._tf = arrays[f"{name}_low"], arrays[f"{name}_tf"]
        self._more_at, self._more = arrays[f"{name}_more_at"], arrays[f"{name}_more"]
        # Where each list lies: by its number among the bitmaps or among the others.
        self._before = np.concatenate((np.zeros(1, np.int64), np.cumsum(self._as_bits)))
        self._low_start = np.concatenate(
            (np.zeros(1, np.int64), np.cumsum(np.where(self._as_bits, 0, sizes)))
        )
        self._tf_start = np.concatenate((np.zeros(1, np.int64), np.cumsum((sizes + 1) // 2)))
        buckets = -(-articles >> BUCKET_BITS)
        held = arrays[f"{name}_held"]
        self._held = held.reshape(-1, buckets) if len(held) else None

    def of(self, place: int) -> tuple[I64, Array]:
        """(articles ascending, weighted frequencies) of one list of a file."""
        start, end = int(self.offset[place]), int(self.offset[place + 1])
        bits = int(self._before[place])
        if self._as_bits[place]:
            held = np.unpackbits(self._bits[bits], count=self._articles)
            articles = held.view(bool).nonzero()[0]
        else:
            low = int(self._low_start[place])
            articles = self._low[low : low + end - start].astype(np.int64)
            if self._held is not None:
                in_bucket = self._held[place - bits]
                articles += np.repeat(np.arange(len(in_bucket)) << BUCKET_BITS, in_bucket)
        packed = self._tf[int(self._tf_start[place]) : int(self._tf_start[place + 1])]
        frequency = np.empty(2 * len(packed), np.uint8)
        np.bitwise_and(packed, 15, out=frequency[::2])
        np.right_shift(packed, 4, out=frequency[1::2])
        frequency = frequency[: end - start]
        low, high = self._more_at.searchsorted(np.array((start, end), np.uint32)).tolist()
        if low < high:
            more = self._more[low:high]
            if more.max() > np.iinfo(np.uint8).max:
                frequency = frequency.astype(np.uint32)
            frequency[self._more_at[low:high] - np.uint32(start)] = more
        return articles, frequency

    def between(self, first: int, last: int) -> U64:
        """The entries of the lists `first` to `last` (exclusive), list by list."""
        if self._entry is not None:
            return self._entry[int(self.offset[first]) : int(self.offset[last])]
        found = [self.of(place) for place in range(first, last)]
        parts = [entries(articles, tf.astype(np.int64)) for articles, tf in found]
        return np.concatenate([np.zeros(0, np.uint64), *parts])


def as_bits(sizes: I64, articles: int) -> npt.NDArray[np.bool_]:
    """Which lists, by the number of their articles, are kept as bitmaps."""
    found: npt.NDArray[np.bool_] = sizes * 16 > articles
    return found
