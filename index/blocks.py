"""Which article, and which of its fields, does an offset in the text lie in?

A look-up by block of text. In memory `block_doc` says for every block `article << 8 | weight
of the field`. In a file it takes a byte a block instead of four:

    block_low [blocks]      `article - that of the first block of its GROUP << 2 | weight`
    block_base [groups]     the article of the first block of every GROUP

A GROUP has no more articles than blocks, so six bits hold the difference. The table of 50,614
news articles has 0.9 MB then and stays in a processor's cache: what counts positions asks for
places all over it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.layout import BLOCK_BITS, Arrays

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]

_GROUP_BITS = 6  # blocks of a group
_WEIGHT_BITS = 2
_AT_ONCE = 1 << 20  # blocks, whole groups of them


class Blocks:
    """The table of one segment, drafted or in a file."""

    def __init__(self, arrays: Arrays) -> None:
        self._whole: U32 | None = None
        if "block_doc" in arrays:
            self._whole = arrays["block_doc"]
        else:
            self._low, self._base = arrays["block_low"], arrays["block_base"]

    def of(self, positions: Array) -> tuple[U32, U8]:
        """(the article, the weight of the field) of each offset."""
        if self._whole is not None:
            found = self._whole.take(positions >> BLOCK_BITS)
            weight = found.astype(np.uint8)  # the low byte alone
            found >>= 8
            return found, weight
        low = self._low.take(positions >> BLOCK_BITS)
        articles = self._base.take(positions >> (BLOCK_BITS + _GROUP_BITS))
        articles += low >> _WEIGHT_BITS
        low &= (1 << _WEIGHT_BITS) - 1
        return articles, low


def packed(block_doc: U32) -> dict[str, Array]:
    """The arrays of a file, from `block_doc`."""
    base = block_doc[:: 1 << _GROUP_BITS] >> 8
    low = np.empty(len(block_doc), np.uint8)
    for start in range(0, len(low), _AT_ONCE):
        some = block_doc[start : start + _AT_ONCE]
        found = some >> 8
        groups = base[start >> _GROUP_BITS : (start + _AT_ONCE) >> _GROUP_BITS]
        found -= groups.repeat(1 << _GROUP_BITS)[: len(some)]
        found <<= _WEIGHT_BITS
        found |= some & 0xFF
        low[start : start + _AT_ONCE] = found
    return {"block_low": low, "block_base": base}
