"""What can be asked of a word so frequent that its articles lie in the file as bits?

Read whole, 200,000 of 800,000 articles and their frequencies take half a millisecond. Beside a
rarer word only a few of them are wanted, so such a word waits until somebody says which.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.lists import Lists
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


class Common:
    """The live articles of one list of the kind BITS of a segment; `df` is how many."""

    __slots__ = ("_lists", "_place", "_view", "_whole", "df")

    def __init__(self, lists: Lists, place: int, view: SegmentView) -> None:
        self._lists, self._place, self._view = lists, place, view
        self._whole: tuple[I64, Array] | None = None
        self.df = lists.size(place) if view.live is None else ones(self.bits)

    @property
    def bits(self) -> U8:
        """The articles as np.packbits has them."""
        bits, live = self._lists.bits(self._place), self._view.live
        return bits if live is None else bits & np.packbits(live)

    @property
    def articles(self) -> I64:
        """All of them, ascending."""
        return self._read()[0]

    @property
    def frequency(self) -> Array:
        """The weighted frequency in each."""
        return self._read()[1]

    def _read(self) -> tuple[I64, Array]:
        if self._whole is None:
            self._whole = self._view.only_live(*self._lists.of(self._place))
        return self._whole

    def holds(self, wanted: I64) -> Mask:
        """Which of the `wanted` live articles are among them."""
        own = self._lists.bits(self._place).take(wanted >> 3)
        own <<= (wanted & 7).astype(np.uint8)  # its own bit is the highest
        return own > 127

    def among(self, wanted: I64) -> tuple[I64, Array]:
        """(which of the `wanted` live articles are among them, as places in `wanted`, the
        frequency in each of these)."""
        return self._lists.among(self._place, wanted)


def ones(bits: U8) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))
