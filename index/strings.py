"""How does a list of strings lie in a file so that one can be found without reading all?

As UTF-8 between line feeds, with the offset of each: a value is a slice, an exact value
is found by searching the bytes between two line feeds, a value or prefix in an ordered
list by bisection. None of it builds the list in Python: a dictionary of 100,000 words
costs a search nothing until it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np

from corpus.index.arrays import Array


def _utf8(text: str) -> bytes:
    # Runs with a character beyond the BMP hold its stand-in, a lone surrogate.
    return text.encode("utf-8", "surrogatepass")


class Strings(msgspec.Struct, frozen=True):
    """`data`: line feed, value, line feed, value, …, line feed. `offset` [n + 1]."""

    data: Array
    offset: Array

    @classmethod
    def of(cls, values: Sequence[str]) -> Strings:
        """Raises ValueError where a value holds a line feed."""
        encoded = [_utf8(value) for value in values]
        data = b"\n" + b"".join(value + b"\n" for value in encoded)
        if data.count(b"\n") != len(encoded) + 1:
            raise ValueError("a value holds a line feed")
        lengths = np.fromiter(map(len, encoded), np.int64, len(encoded)) + 1
        starts = np.concatenate(([1], 1 + np.cumsum(lengths)))
        if starts[-1] >= 1 << 32:
            raise OverflowError("more than 4 GB of values in one segment")
        return cls(np.frombuffer(data, np.uint8), starts.astype(np.uint32))

    def __len__(self) -> int:
        return len(self.offset) - 1

    def raw(self, place: int) -> bytes:
        """The value at `place` as UTF-8; as bytes they order by code point."""
        start, end = int(self.offset[place]), int(self.offset[place + 1]) - 1
        value: bytes = self.data[start:end].tobytes()
        return value

    def __getitem__(self, place: int) -> str:
        return self.raw(place).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        data = self.data.tobytes().decode("utf-8", "surrogatepass")
        return iter(data.split("\n")[1:-1])

    def bisect(self, value: bytes) -> int:
        """The first place whose value is not below `value`; the list must be in order."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.raw(middle) < value:
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

    def _search(self, wanted: bytes, *, ahead: int) -> list[int]:
        data = self.data.tobytes()
        at = data.find(wanted)
        found = []
        while at >= 0:
            found.append(at + ahead)
            at = data.find(wanted, at + len(wanted) - 1)
        places = np.searchsorted(self.offset, np.array(found, np.int64), side="right") - 1
        return [int(place) for place in places if place >= 0]
