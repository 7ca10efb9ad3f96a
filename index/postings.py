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

A draft in memory is not split: its positions stand in one array. Written by `packing`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array

U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]

BUCKET = 1 << 16  # units


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
            self._buckets = np.arange(self._held.shape[1], dtype=np.uint32) << np.uint32(16)
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

    def several(self, terms: I64) -> U32:
        """The positions of any terms (ascending), the rare ones' first."""
        start = self._offset.take(terms).astype(np.int64)
        held = self._offset.take(terms + 1) - start
        if self._whole is not None:
            return self._whole.take(_ranges(start, held))
        place = self._terms.searchsorted(terms.astype(np.uint32))
        dense = self._terms.take(place, mode="clip") == terms if len(self._terms) else place < 0
        rare = ~dense
        start -= self._starts.take(place)  # positions of frequent terms before each
        parts = [self._sparse.take(_ranges(start[rare], held[rare]))]
        parts += [self._dense(one) for one in place[dense].tolist()]
        return np.concatenate(parts)

    def _dense(self, place: int) -> U32:
        held = self._held[place]
        found = np.repeat(self._buckets, held)
        found |= self._low[int(self._starts[place]) : int(self._starts[place + 1])]
        return found


def _ranges(start: I64, length: I64) -> I64:
    """The numbers from each start on, as many as `length` says, one behind the other."""
    shift = start - (np.cumsum(length) - length)
    found: I64 = np.repeat(shift, length) + np.arange(length.sum())
    return found
