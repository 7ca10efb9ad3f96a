"""Which articles hold a term, and how often?

A frequent term keeps a list of its articles beside its positions, and every character of
Hangul, Hanja or kana keeps one instead of positions of its own: one syllable, and words of
one term, are then answered without looking at positions at all.

A frequency is weighted by field as the ranking wants it (`WEIGHTS`): an occurrence in the
title counts 3, in the subtitle 2, in the body 1. In memory an entry is one number, `article
<< 8 | frequency`; in a file the low 16 bits of the articles and the frequencies stand apart,
and a list is cut into buckets of 64 k articles:

    NAME_offset [L + 1]         how many entries stand before each list's
    NAME_low                    low 16 bits of the articles
    NAME_held [L * buckets]     entries of each list in each bucket (absent with one bucket)
    NAME_tf                     frequencies; MOST stands for anything from MOST up
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.grams import Cut

I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]

WEIGHTS = (3, 2, 1)  # of an occurrence in title, subtitle, body
MOST = 255
MOST_ARTICLES = 1 << 24  # of a segment: an entry has 24 bits for its article

BLOCK = 32  # units: from an offset to its article is one look-up in `block_doc`
BLOCK_BITS = 5
HEAD = np.uint32(1 << 31)  # in `block_doc`: some of the block is title or subtitle
_ARTICLE = np.uint32((1 << 31) - 1)
_BUCKET = 1 << 16  # articles


class Arrays(Protocol):
    """The arrays of one segment by name: a dict of them, or an ArrayFile."""

    def __getitem__(self, name: str, /) -> Array: ...

    def __contains__(self, name: object, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Places:
    """Whose text stands where: `block_doc` as in `segment`; [articles] where each subtitle
    and each body begins."""

    block_doc: U32
    subtitle: U32
    body: U32


class Tally(NamedTuple):
    """`articles` ascending within a term, their weighted `frequency`, and `first` [entries]:
    the place of each one's first position."""

    articles: U32
    frequency: I64
    first: I64


def tally(positions: Array, places: Places, starts: I64 | None = None) -> Tally:
    """Positions (ascending within a term) counted by article.

    `starts` are the places at which a term's positions begin, where there are several.
    """
    count = len(positions)
    blocks = places.block_doc.take(positions >> BLOCK_BITS)
    articles = blocks & _ARTICLE
    edge = np.empty(count + 1, bool)
    edge[0] = edge[count] = True
    np.not_equal(articles[1:], articles[:-1], out=edge[1:count])
    if starts is not None:
        edge[starts] = True
    edges = edge.nonzero()[0]
    if not count:
        edges = edges[:1]
    first = edges[:-1]
    frequency = edges[1:] - first
    # Nearly all positions stand in bodies; only blocks with the HEAD bit can hold others.
    head = (blocks >= HEAD).nonzero()[0]
    if len(head):
        there, whose = positions.take(head), articles.take(head)
        more = (there < places.body.take(whose)).astype(np.int64)
        more += there < places.subtitle.take(whose)
        of = first.searchsorted(head, side="right") - 1
        frequency += np.bincount(of, more, len(first)).astype(np.int64)
    return Tally(articles.take(first), frequency, first)


def entries(articles: U32, frequency: I64) -> U32:
    """Articles and frequencies as one number each."""
    return articles << np.uint32(8) | np.minimum(frequency, MOST).astype(np.uint32)


@dataclass(frozen=True, slots=True)
class Drafted:
    """Lists in memory: their `keys` ascending, `offset` [L + 1], `entry`."""

    keys: npt.NDArray[np.uint16]
    offset: U32
    entry: U32


def of_characters(cut: Cut, places: Places) -> Drafted:
    """The list of every Hangul, Hanja or kana unit of a text.

    A character of the title goes into the sort three times, one of the subtitle twice: so
    counting equal neighbours gives the weighted frequency.
    """
    at = np.flatnonzero(cut.gram_mask)
    blocks = places.block_doc.take(at >> BLOCK_BITS)
    articles = blocks & _ARTICLE
    wide = np.uint32 if len(places.body) <= 1 << 16 else np.uint64
    keys = cut.folded.take(at).astype(wide)
    keys <<= wide(16 if wide is np.uint32 else 32)
    keys |= articles
    head = (blocks >= HEAD).nonzero()[0]
    there, whose = at.take(head), articles.take(head)
    of_head = keys.take(head)
    keys = np.concatenate(
        (
            keys,
            of_head[there < places.body.take(whose)],
            of_head[there < places.subtitle.take(whose)],
        )
    )
    keys.sort()
    edge = np.empty(len(keys) + 1, bool)
    edge[0] = edge[-1] = True
    np.not_equal(keys[1:], keys[:-1], out=edge[1:-1])
    edges = np.flatnonzero(edge) if len(keys) else np.zeros(1, np.int64)
    different = keys.take(edges[:-1])
    shift = wide(16 if wide is np.uint32 else 32)
    units = (different >> shift).astype(np.uint16)
    owners = (different & wide((1 << int(shift)) - 1)).astype(np.uint32)
    begins = np.flatnonzero(np.concatenate(([True], units[1:] != units[:-1]))[: len(units)])
    return Drafted(
        units.take(begins),
        np.append(begins, len(units)).astype(np.uint32),
        entries(owners, np.diff(edges)),
    )


class Lists:
    """The lists called NAME of one segment, drafted or in a file."""

    def __init__(self, name: str, arrays: Arrays) -> None:
        self.offset: U32 = arrays[f"{name}_offset"]
        drafted = f"{name}_entry" in arrays
        self._entry: U32 | None = arrays[f"{name}_entry"] if drafted else None
        if self._entry is None:
            self._low, self._tf = arrays[f"{name}_low"], arrays[f"{name}_tf"]
            held = arrays[f"{name}_held"]
            lists = len(self.offset) - 1
            self._held = held.reshape(lists, len(held) // lists) if len(held) else None

    def of(self, place: int) -> tuple[I64, U8]:
        """(articles ascending, weighted frequencies up to MOST) of one list in a file."""
        start, end = int(self.offset[place]), int(self.offset[place + 1])
        articles = self._low[start:end].astype(np.int64)
        if self._held is not None:
            held = self._held[place]
            articles += np.repeat(np.arange(len(held)) * _BUCKET, held)
        return articles, self._tf[start:end]

    def between(self, first: int, last: int) -> U32:
        """The entries of the lists `first` to `last` (exclusive), list by list."""
        start, end = int(self.offset[first]), int(self.offset[last])
        if self._entry is not None:
            return self._entry[start:end]
        found = self._low[start:end].astype(np.uint32)
        found <<= np.uint32(8)
        found |= self._tf[start:end]
        if self._held is not None:
            held = self._held[first:last].ravel()
            buckets = np.tile(np.arange(self._held.shape[1], dtype=np.uint32), last - first)
            found += np.repeat(buckets << np.uint32(24), held)
        return found
