"""How does a list of strings lie in a file so that one can be found without reading all?

As UTF-8 between line feeds, with the offset of each: a value is a slice, an exact value
is found by searching the bytes between two line feeds, a value or prefix in an ordered
list by bisection. None of it builds the list in Python: a dictionary of 100,000 words
costs a search nothing until it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus.index.arrays import Array

_LINE_FEED = ord("\n")
_TOO_MUCH = "more than 4 GB of values in one segment"


def _utf8(text: str) -> bytes:
    # Runs with a character beyond the BMP hold its stand-in, a lone surrogate.
    return text.encode("utf-8", "surrogatepass")


class Strings:
    """`data`: line feed, value, line feed, value, …, line feed. `offset` [n + 1]."""

    def __init__(self, data: Array, offset: Array) -> None:
        self.data, self.offset = data, offset
        # Single values come out of memoryviews three times faster than out of arrays.
        self._bytes, self._at = data.data, offset.data

    @classmethod
    def of(cls, values: Sequence[str]) -> Strings:
        """Raises ValueError where a value holds a line feed."""
        data = np.frombuffer(_utf8("\n".join(["", *values, ""])), np.uint8)
        starts = np.flatnonzero(data == _LINE_FEED) + 1
        if len(starts) != len(values) + 1:
            raise ValueError("a value holds a line feed")
        if starts[-1] >= 1 << 32:
            raise OverflowError(_TOO_MUCH)
        return cls(data, starts.astype(np.uint32))

    @classmethod
    def joined(cls, parts: Sequence[tuple[Strings, Array | None]]) -> Strings:
        """The values of several lists, of each only those at the places given (None: all)."""
        line_feed = np.frombuffer(b"\n", np.uint8)
        data = [line_feed]
        lengths = []
        for strings, places in parts:
            # Each value with the line feed behind it.
            start = strings.offset[:-1].astype(np.int64)
            length = strings.offset[1:] - start
            if places is None:
                data.append(strings.data[1:])
            else:
                start, length = start.take(places), length.take(places)
                shift = start - (np.cumsum(length) - length)
                data.append(strings.data.take(np.repeat(shift, length) + np.arange(length.sum())))
            lengths.append(length)
        offset = np.cumsum(np.concatenate([np.ones(1, np.int64), *lengths]))
        if offset[-1] >= 1 << 32:
            raise OverflowError(_TOO_MUCH)
        return cls(np.concatenate(data), offset.astype(np.uint32))

    def __len__(self) -> int:
        return len(self.offset) - 1

    def raw(self, place: int) -> bytes:
        """The value at `place` as UTF-8; as bytes they order by code point."""
        return bytes(self._bytes[self._at[place] : self._at[place + 1] - 1])

    def __getitem__(self, place: int) -> str:
        return self.several((place,))[0]

    def several(self, places: Sequence[int]) -> list[str]:
        """The values at some places: a call for each would take longer than the value."""
        data, at = self._bytes, self._at
        return [
            str(data[at[place] : at[place + 1] - 1], "utf-8", "surrogatepass") for place in places
        ]

    def __iter__(self) -> Iterator[str]:
        data = self.data.tobytes().decode("utf-8", "surrogatepass")
        return iter(data.split("\n")[1:-1])

    def bisect(self, value: bytes) -> int:
        """The first place whose value is not below `value`; the list must be in order."""
        data, offset = self._bytes, self._at
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(data[offset[middle] : offset[middle + 1] - 1]) < value:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, value: str) -> int | None:
        """The place of `value` in an ordered list."""
        wanted = _utf8(value)
        place = self.bisect(wanted)
        return place if place < len(self) and self.raw(place) == wanted else None

    def beginning(self, prefix: str) -> range:
        """The places of all values of an ordered list that begin with `prefix`."""
        wanted = _utf8(prefix)
        # 0xFF occurs in no UTF-8: behind every value with the prefix, before any other.
        return range(self.bisect(wanted), self.bisect(wanted + b"\xff"))

    def ending(self, suffix: str) -> list[int]:
        """The places of all values that end with `suffix`, in any list."""
        return self._search(_utf8(suffix) + b"\n", ahead=0)

    def equal(self, value: str) -> list[int]:
        """The places of all values equal to `value`, in any list."""
        return self._search(b"\n" + _utf8(value) + b"\n", ahead=1)

    def holding(self, text: str) -> list[int]:
        """The places of all values that `text` (not empty) stands in, in any list, ascending."""
        data, wanted = self.data.tobytes(), _utf8(text)
        found = []
        at = data.find(wanted)
        while at >= 0:
            found.append(at)
            at = data.find(wanted, data.find(b"\n", at))  # a value once
        return self._places(found)

    def _search(self, wanted: bytes, *, ahead: int) -> list[int]:
        data = self.data.tobytes()
        at = data.find(wanted)
        found = []
        while at >= 0:
            found.append(at + ahead)
            at = data.find(wanted, at + len(wanted) - 1)
        return self._places(found)

    def _places(self, at: Sequence[int]) -> list[int]:
        """Which values the bytes `at` belong to."""
        places = np.searchsorted(self.offset, np.array(at, np.int64), side="right") - 1
        return [int(place) for place in places if place >= 0]
