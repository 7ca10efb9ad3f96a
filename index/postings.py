"""How do a segment's positions lie on disk?

A frequent term keeps the low 16 bits of its positions, and how many it has in every bucket
of 64 k units; a rare one keeps positions of 32 bits, since the buckets would cost more than
they save. Half the bytes for nearly all postings, and decoding is one
repeat and one OR: 0.6-1 ns a posting.

    sparse                  positions of the rare terms, term by term
    dense_term [D]          the frequent terms, ascending
    dense_held [D * buckets] how many positions each has in each bucket
    dense_low               their positions' low 16 bits, term by term

A term that fills a whole bucket (a text of one character) counts as rare: 65,536 does not
fit the 16 bits of `dense_held`.

A draft in memory is not split: its positions stand in one array.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array, ArrayWriter

U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]

BUCKET = 1 << 16  # units
LEAST = 256  # positions of a frequent term, at the least

_READ = 1 << 21  # lows copied at once


class Postings:
    """The positions of a segment's terms, wherever and however they are kept.

    `offset` [terms + 1]: how many positions stand before each term's.
    """

    def __init__(self, offset: Array, **kept: Array) -> None:
        self._offset = offset
        self._whole = kept.get("positions")
        if self._whole is None:
            self._sparse, self._low = kept["sparse"], kept["dense_low"]
            self._terms = kept["dense_term"]
            held = kept["dense_held"]
            self._held = held.reshape(len(self._terms), len(held) // max(1, len(self._terms)))
            counts = offset[self._terms + 1].astype(np.int64) - offset[self._terms]
            self._starts: I64 = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))

    def of(self, term: int) -> U32:
        """The positions of one term, ascending."""
        start, end = int(self._offset[term]), int(self._offset[term + 1])
        if self._whole is not None:
            return self._whole[start:end]
        place = int(self._terms.searchsorted(np.uint32(term)))
        if place < len(self._terms) and self._terms[place] == term:
            return self._dense(place)
        before = int(self._starts[place])  # positions of frequent terms before this one
        return self._sparse[start - before : end - before]

    def between(self, first: int, last: int) -> U32:
        """The positions of the terms `first` to `last` (exclusive), term by term."""
        start, end = int(self._offset[first]), int(self._offset[last])
        if self._whole is not None:
            return self._whole[start:end]
        low, high = self._terms.searchsorted(np.array((first, last), np.uint32)).tolist()
        if low == high:
            before = int(self._starts[low])
            return self._sparse[start - before : end - before]
        parts = []
        at = first
        for place in range(low, high):
            term = int(self._terms[place])
            if at < term:
                parts.append(self.between(at, term))
            parts.append(self._dense(place))
            at = term + 1
        if at < last:
            parts.append(self.between(at, last))
        return np.concatenate(parts)

    def _dense(self, place: int) -> U32:
        held = self._held[place]
        buckets = np.arange(len(held), dtype=np.uint32) << np.uint32(16)
        found = np.repeat(buckets, held)
        found |= self._low[int(self._starts[place]) : int(self._starts[place + 1])]
        return found


def write(out: ArrayWriter, blocks: Iterable[U32], counts: I64, units: int) -> None:
    """Write the positions of all terms, given term by term in any blocks of whole terms.

    `counts` [terms] are the positions of each term, `units` the length of the text.
    """
    buckets = -(-units // BUCKET)
    dense = counts >= max(LEAST, buckets + buckets // 4)
    held: list[npt.NDArray[np.uint16]] = []
    with tempfile.TemporaryFile() as lows:

        def sparse() -> Iterator[U32]:
            term = 0
            for block in blocks:
                last = term
                size = 0
                while size < len(block):
                    size += int(counts[last])
                    last += 1
                yield _split(block, counts[term:last], dense[term:last], buckets, held, lows)
                term = last

        out.add("sparse", sparse(), "u4")
        out.add("dense_term", (np.flatnonzero(dense),), "u4")
        out.add("dense_held", held, "u2")
        lows.seek(0)
        out.add("dense_low", _parts(lows), "u2")


def _split(
    block: U32,
    counts: I64,
    dense: npt.NDArray[np.bool_],
    buckets: int,
    held: list[npt.NDArray[np.uint16]],
    lows: BinaryIO,
) -> U32:
    """The rare terms' positions of a block; the frequent ones' go to `lows` and `held`.

    A frequent term that turns out to fill a bucket is made a rare one in `dense`.
    """
    if not dense.any():
        return block
    start = np.concatenate(([0], np.cumsum(counts)))
    edges = np.arange(1, buckets + 1, dtype=np.int64) * BUCKET
    for term in np.flatnonzero(dense).tolist():
        positions = block[start[term] : start[term + 1]]
        counted = np.diff(positions.searchsorted(edges), prepend=0)
        if counted.max() >= BUCKET:
            dense[term] = False
            continue
        held.append(counted.astype(np.uint16))
        lows.write((positions & np.uint32(0xFFFF)).astype("<u2").tobytes())
    return block[np.repeat(~dense, counts)]


def _parts(lows: BinaryIO) -> Iterator[npt.NDArray[np.uint16]]:
    while data := lows.read(2 * _READ):
        yield np.frombuffer(data, "<u2")
