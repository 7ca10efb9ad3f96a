"""What do terms, lists and words need to know of a text before it is cut?

Its units, folded, their kinds, and its letters as numbers so small that several fit one sorted
number: a chunk of news has some 1,750 different ones, so 11 bits tell each. Two in 22 bits say
which gram it is, and four in 44 leave room for the place, so that words are brought into order
by sorting plain numbers. The numbers ascend as the units do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.characters import FOLD, U8, U16, look_up, stretches

U32 = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as units, folded, with the kind of each (a mark has that of what it is on)."""

    folded: U16
    kinds: U8
    letters: Letters

    @classmethod
    def of(cls, units: U16) -> Cut:
        """`units` as `characters.encode` gives them."""
        folded = look_up(FOLD, units)
        return cls(folded, characters.kinds(folded), Letters.of(folded))


@dataclass(frozen=True, slots=True)
class Letters:
    """The units of a text as numbers from 1 on, below `1 << width`.

    `pairs` [U + 2]: at every offset the number there `<< width | the next one`, 0 behind the
    end. `units`: the unit of each number, 0 for number 0.
    """

    pairs: U32
    width: int
    units: U16

    @classmethod
    def of(cls, text: U16) -> Letters:
        """The letters of a text of U units."""
        occurs = np.zeros(1 << 16, bool)
        for some in stretches(len(text)):
            occurs[text[some].astype(np.intp)] = True
        units = np.append(0, np.flatnonzero(occurs)).astype(np.uint16)
        width = (len(units) - 1).bit_length()
        number = np.cumsum(occurs, dtype=np.uint32)
        pairs = np.zeros(len(text) + 2, np.uint32)
        for some in stretches(len(text)):
            # With the first one of the next stretch.
            numbers = number.take(text[some.start : some.stop + 1], mode="clip")
            own = pairs[some]
            np.left_shift(numbers[: len(own)], np.uint32(width), out=own)
            own[: len(numbers) - 1] |= numbers[1:]
        return cls(pairs, width, units)
