"""How do a segment's positions lie on disk?

Split in two: the low 16 bits of every position, and how many positions its term has in each
bucket of text that these can address. Decoding is one repeat and one addition. Three
groups of terms, by what costs the fewest bytes:

    dense   counts of 32 bits in buckets of 64 k units
    mid     counts of 8 bits in the same buckets
    rare    bits 16 to 23 of every position, counts of 16 bits in buckets of 16 M units

    low [positions]          the low bits, term by term
    GROUP_term [T]           the terms of the group, ascending (none for `rare`: all others)
    GROUP_held [T * buckets] how many positions each has in each bucket
    rare_high                the middle bits, term by term

A draft in memory is not split: its positions stand in one array. On disk all its terms are rare,
unless it has more than one bucket of these: then it is not split either. Written by `packing`.
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
        self._low = arrays["low"]
        self._common = [_Common(name, arrays, self._offset, units) for name in ("dense", "mid")]
        self._rare = _Rare(arrays, units)

    def of(self, term: int) -> U32:
        """The positions of one term, ascending."""
        start, end = self._at[term], self._at[term + 1]
        if self._whole is not None:
            return self._whole[start:end]
        found = self._high(term, start, end)
        found |= self._low[start:end]
        return found

    def _high(self, term: int, start: int, end: int) -> U32:
        """The positions of one term without their low bits."""
        row, first = term, start
        for group in self._common:
            place, before = group.before(term)
            if place is not None:
                return group.high(place)
            row -= before[0]
            first -= before[1]
        return self._rare.high(row, 1, first, first + end - start)

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
            if left:
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
        stretches = [(at[terms[number]], at[terms[number] + 1]) for number in order]
        sizes = [end - start for start, end in stretches]
        if not parts:
            return _NONE, order, sizes
        found = parts[0] if len(parts) == 1 else np.concatenate(parts)
        lows = [self._low[start:end] for start, end in stretches]
        found |= lows[0] if len(lows) == 1 else np.concatenate(lows)
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
                parts.append(self._rare.high(row, term - at, start, end))
            if term < last:
                parts.append(self._high(term, self._at[term], self._at[term + 1]))
            at = term + 1
        found = np.concatenate(parts)
        found |= self._low[int(self._offset[first]) : int(self._offset[last])]
        return found

    def several(self, terms: I64) -> U32:
        """The positions of any terms, in any order; of hundreds faster than `each`."""
        start = self._offset.take(terms).astype(np.int64)
        count = self._offset.take(terms + 1) - start
        at = ranges(start, count)
        if self._whole is not None:
            return self._whole.take(at)
        rows = terms.copy()
        rare = np.ones(len(terms), bool)
        common = []
        for group in self._common:
            place = group.terms.searchsorted(terms.astype(np.uint32))
            own = np.append(group.terms, np.uint32(0)).take(place) == terms
            own &= place < len(group.terms)
            common.append((group, place, own))
            rare &= ~own
            start -= group.starts.take(place)
            rows -= place
        found = np.zeros(len(at), np.uint32)
        found[rare.repeat(count)] = self._rare.gather(rows[rare], start[rare], count[rare])
        for group, place, own in common:
            if own.any():
                found[own.repeat(count)] = group.each(place[own].tolist())
        found |= self._low.take(at)
        return found


class _Common:
    """The terms of a group whose positions are told by the buckets they are in."""

    def __init__(self, name: str, arrays: Arrays, offset: Array, units: int) -> None:
        self.terms: U32 = arrays[f"{name}_term"]
        counts = offset.take(self.terms + np.uint32(1)).astype(np.int64) - offset.take(self.terms)
        self.starts: I64 = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        # Bisecting a memoryview takes a third of what a search for one number in an array does.
        self._term, self._start = self.terms.data, self.starts.data
        self._buckets: U32 = np.arange(-(-units >> 16), dtype=np.uint32) << np.uint32(16)
        self._held = arrays[f"{name}_held"].reshape(-1, max(1, len(self._buckets)))

    def before(self, term: int) -> tuple[int | None, tuple[int, int]]:
        """(the place of a term in the group, None for any other; how many terms of the group
        come before it, and how many positions)."""
        place = bisect_left(self._term, term)
        found = place < len(self._term) and self._term[place] == term
        return (place if found else None), (place, self._start[place])

    def high(self, place: int) -> U32:
        """The positions of one term without their low bits."""
        return self._buckets.repeat(self._held[place])

    def each(self, places: Sequence[int]) -> U32:
        """`high` of some terms, term by term."""
        if len(places) == 1:
            return self.high(places[0])
        held = self._held.take(places, axis=0)
        return _over(self._buckets, len(places)).repeat(held.ravel())


class _Rare:
    """All other terms, one row each. Positions are without their low bits."""

    def __init__(self, arrays: Arrays, units: int) -> None:
        self._high = arrays["rare_high"]
        self._buckets: U32 = np.arange(-(-units >> RARE_BITS), dtype=np.uint32)
        self._buckets <<= np.uint32(RARE_BITS)
        self._held = arrays["rare_held"].reshape(-1, max(1, len(self._buckets)))

    def high(self, row: int, rows: int, start: int, end: int) -> U32:
        """The positions `start` to `end`, which are those of neighbouring terms."""
        found = self._high[start:end].astype(np.uint32)
        found <<= 16
        if len(self._buckets) == 2 and rows == 1:
            found[self._held[row, 0] :] += self._buckets[1]
        elif len(self._buckets) > 1:
            found += np.repeat(np.tile(self._buckets, rows), self._held[row : row + rows].ravel())
        return found

    def each(self, rare: Sequence[tuple[int, int, int]]) -> U32:
        """The positions of some terms: the row, start and end of each."""
        found = np.concatenate([self._high[start:end] for _, start, end in rare]).astype(np.uint32)
        found <<= 16
        if len(self._buckets) > 1:
            held = self._held.take([row for row, _, _ in rare], axis=0).ravel()
            found += _over(self._buckets, len(rare)).repeat(held)
        return found

    def gather(self, rows: I64, start: I64, count: I64) -> U32:
        """The positions of any terms: their rows, where they begin, how many they are."""
        found = self._high.take(ranges(start, count)).astype(np.uint32)
        found <<= 16
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
