"""How do a segment's positions lie on disk?

Split in two: the low bits of every position, and how many positions its term has in each
bucket of text that the low bits can address. Decoding is one repeat and one addition. Three
groups of terms, by what costs the fewest bytes:

    dense   low 16 bits, counts of 32 bits in buckets of 64 k units
    mid     low 16 bits, counts of 8 bits in the same buckets
    rare    low 24 bits (`rare_low`, `rare_high`), counts of 16 bits in buckets of 16 M units

    GROUP_term [T]           the terms of the group, ascending (none for `rare`: all others)
    GROUP_held [T * buckets] how many positions each has in each bucket
    GROUP_low, rare_high     their positions' low bits, term by term

A draft in memory is not split: its positions stand in one array. Written by `packing`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.layout import Arrays

U32 = npt.NDArray[np.uint32]
I64 = npt.NDArray[np.int64]

_NONE: U32 = np.zeros(0, np.uint32)
RARE_BITS = 24  # of a rare term's position that are kept as they are


class Postings:
    """The positions of a segment's terms, wherever and however they are kept.

    `units` is the length of the text.
    """

    def __init__(self, arrays: Arrays, units: int) -> None:
        self._offset = arrays["post_offset"]
        self._at = self._offset.data
        self._whole: U32 | None = None
        if "positions" in arrays:
            self._whole = arrays["positions"]
            return
        self._common = [_Common(name, arrays, self._offset, units) for name in ("dense", "mid")]
        self._rare = _Rare(arrays, units)

    def of(self, term: int) -> U32:
        """The positions of one term, ascending."""
        start, end = self._at[term], self._at[term + 1]
        if self._whole is not None:
            return self._whole[start:end]
        row = term
        count = end - start
        for group in self._common:
            place, before = group.before(term)
            if place is not None:
                return group.decode(place)
            start -= before[1]
            row -= before[0]
        return self._rare.decode(row, 1, start, start + count)

    def each(self, terms: Sequence[int]) -> tuple[U32, list[int], list[int]]:
        """A few terms' positions, term by term: (positions, the order of the terms as places in
        `terms`, how many each has)."""
        at = self._at
        if self._whole is not None:
            sizes = [at[term + 1] - at[term] for term in terms]
            whole = np.concatenate([self._whole[:0], *map(self.of, terms)])
            return whole, list(range(len(terms))), sizes
        numbers = np.array(terms, np.uint32)
        left = list(range(len(terms)))
        order: list[int] = []
        parts: list[U32] = []
        before = [(0, 0)] * len(terms)
        for group in self._common:
            if not len(group.terms) or not left:
                continue
            places = group.terms.searchsorted(numbers)
            same = (group.terms.take(places, mode="clip") == numbers).tolist()
            own = [number for number in left if same[number]]
            rows = places.tolist()
            if own:
                parts.append(group.each([rows[number] for number in own]))
                order += own
                left = [number for number in left if not same[number]]
            starts = group.starts.take(places).tolist()
            before = [
                (row + more, start + many)
                for (row, start), more, many in zip(before, rows, starts, strict=True)
            ]
        if left:
            rare = [
                (term - row, at[term] - start, at[term + 1] - start)
                for number in left
                for term, (row, start) in ((terms[number], before[number]),)
            ]
            parts.append(self._rare.each(rare))
            order += left
        sizes = [at[terms[number] + 1] - at[terms[number]] for number in order]
        found = parts[0] if len(parts) == 1 else np.concatenate([_NONE, *parts])
        return found, order, sizes

    def between(self, first: int, last: int) -> U32:
        """The positions of the terms `first` to `last` (exclusive), term by term."""
        if self._whole is not None:
            return self._whole[int(self._offset[first]) : int(self._offset[last])]
        wanted = np.array((first, last), np.uint32)
        common: list[int] = []
        for group in self._common:
            low, high = group.terms.searchsorted(wanted).tolist()
            common += group.terms[low:high].tolist()
        parts = [np.zeros(0, np.uint32)]
        at = first
        # Stretches of rare terms are decoded at once.
        for term in [*sorted(common), last]:
            if at < term:
                start, end = int(self._offset[at]), int(self._offset[term])
                row = at
                for group in self._common:
                    _, before = group.before(at)
                    start, end, row = start - before[1], end - before[1], row - before[0]
                parts.append(self._rare.decode(row, term - at, start, end))
            if term < last:
                parts.append(self.of(term))
            at = term + 1
        return np.concatenate(parts)

    def several(self, terms: I64) -> U32:
        """The positions of any terms, in any order; of hundreds faster than `each`."""
        start = self._offset.take(terms).astype(np.int64)
        count = self._offset.take(terms + 1) - start
        if self._whole is not None:
            return self._whole.take(ranges(start, count))
        rows = terms.copy()
        rare = np.ones(len(terms), bool)
        parts = []
        for group in self._common:
            place = group.terms.searchsorted(terms.astype(np.uint32))
            own = np.append(group.terms, np.uint32(0)).take(place) == terms
            own &= place < len(group.terms)
            parts += [group.decode(one) for one in place[own].tolist()]
            rare &= ~own
            start -= group.starts.take(place)
            rows -= place
        return np.concatenate([self._rare.gather(rows[rare], start[rare], count[rare]), *parts])


class _Common:
    """The terms of a group that keeps the low 16 bits."""

    def __init__(self, name: str, arrays: Arrays, offset: Array, units: int) -> None:
        self.terms: U32 = arrays[f"{name}_term"]
        counts = offset.take(self.terms + np.uint32(1)).astype(np.int64) - offset.take(self.terms)
        self.starts: I64 = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        # Bisecting a memoryview takes a third of what a search for one number in an array does.
        self._term, self._start = self.terms.data, self.starts.data
        self._buckets: U32 = np.arange(-(-units >> 16), dtype=np.uint32) << np.uint32(16)
        self._held = arrays[f"{name}_held"].reshape(-1, max(1, len(self._buckets)))
        self._low = arrays[f"{name}_low"]

    def before(self, term: int) -> tuple[int | None, tuple[int, int]]:
        """(the place of a term in the group, None for any other; how many terms of the group
        come before it, and how many positions)."""
        place = bisect_left(self._term, term)
        found = place < len(self._term) and self._term[place] == term
        return (place if found else None), (place, self._start[place])

    def decode(self, place: int) -> U32:
        """The positions of one term."""
        found: U32 = self._buckets.repeat(self._held[place])
        found |= self._low[self._start[place] : self._start[place + 1]]
        return found

    def each(self, places: Sequence[int]) -> U32:
        """The positions of some terms, term by term."""
        if len(places) == 1:
            return self.decode(places[0])
        held = self._held.take(places, axis=0)
        found: U32 = _over(self._buckets, len(places)).repeat(held.ravel())
        start = self._start
        found |= np.concatenate([self._low[start[place] : start[place + 1]] for place in places])
        return found


class _Rare:
    """All other terms, one row each."""

    def __init__(self, arrays: Arrays, units: int) -> None:
        self._low, self._high = arrays["rare_low"], arrays["rare_high"]
        self._buckets: U32 = np.arange(-(-units >> RARE_BITS), dtype=np.uint32)
        self._buckets <<= np.uint32(RARE_BITS)
        self._held = arrays["rare_held"].reshape(-1, max(1, len(self._buckets)))

    def decode(self, row: int, rows: int, start: int, end: int) -> U32:
        """The positions `start` to `end`, which are those of neighbouring terms."""
        found = self._high[start:end].astype(np.uint32)
        found <<= 16
        found |= self._low[start:end]
        if len(self._buckets) == 2 and rows == 1:
            found[self._held[row, 0] :] += self._buckets[1]
        elif len(self._buckets) > 1:
            found += np.repeat(np.tile(self._buckets, rows), self._held[row : row + rows].ravel())
        return found

    def each(self, rare: Sequence[tuple[int, int, int]]) -> U32:
        """The positions of some terms: the row, start and end of each."""
        found = np.concatenate([self._high[start:end] for _, start, end in rare]).astype(np.uint32)
        found <<= 16
        found |= np.concatenate([self._low[start:end] for _, start, end in rare])
        if len(self._buckets) > 1:
            held = self._held.take([row for row, _, _ in rare], axis=0).ravel()
            found += _over(self._buckets, len(rare)).repeat(held)
        return found

    def gather(self, rows: I64, start: I64, count: I64) -> U32:
        """The positions of any terms: their rows, where they begin, how many they are."""
        at = ranges(start, count)
        found = self._high.take(at).astype(np.uint32)
        found <<= 16
        found |= self._low.take(at)
        if len(self._buckets) > 1:
            held = self._held.take(rows, axis=0).ravel()
            found += np.repeat(np.tile(self._buckets, len(rows)), held)
        return found


def _over(values: U32, times: int) -> U32:
    """`values` over and over (np.tile takes five times as long)."""
    found = np.empty((times, len(values)), values.dtype)
    found[:] = values
    return found.ravel()


def ranges(start: I64, count: I64) -> I64:
    """The numbers from each start on, as many as `count` says, one behind the other."""
    shift = start - (np.cumsum(count) - count)
    found: I64 = np.repeat(shift, count)
    found += np.arange(len(found))
    return found
