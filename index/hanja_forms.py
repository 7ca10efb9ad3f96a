"""Where does the text write a word in Hanja, wholly or in part?

금값 is found as 金값, 대통령 as 大統領: every character is the syllable itself or a Hanja
that reads as it. The Hanja of a segment are few (one unit in some thousand), so all of them
are kept with their readings, and a word is looked for from them.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.index import hanja
from corpus.index.characters import FOLD, HANGUL, KIND, any_of
from corpus.index.forms import HEADLINES, NO_WORDS, PARTICLES
from corpus.index.layout import LONE
from corpus.index.postings import ranges
from corpus.index.sets import together

if TYPE_CHECKING:
    from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]

_RANGES = ((0x3400, 0xA000), (0xF900, 0xFB00))  # the units of the table of readings


class HanjaText:
    """The Hanja of one segment."""

    def __init__(self, view: SegmentView) -> None:
        self._text: U16 = view.text
        at = _places(view)
        row, reading = _readings(FOLD.take(self._text.take(at)))
        order = np.argsort(reading, kind="stable")
        # A row for each reading of each Hanja, by reading and then by place.
        self._reading: U16 = reading.take(order)
        self._at: I64 = at.take(row).take(order)

    @cached_property
    def _pairs(self) -> U32:
        """Every two syllables that stand or may be read side by side, one of them a Hanja."""
        found = []
        own = self._reading.astype(np.uint32)
        for step in (1, -1):
            there = FOLD.take(self._text.take(self._at + step, mode="clip"))
            syllable = np.flatnonzero(KIND.take(there) == HANGUL)
            hanja_there, reading = _readings(there)
            of_hanja = own.take(np.concatenate((syllable, hanja_there)))
            others = np.concatenate((there.take(syllable), reading)).astype(np.uint32)
            found.append(of_hanja << 16 | others if step == 1 else others << 16 | of_hanja)
        return np.unique(np.concatenate(found))

    def find(self, word: str) -> dict[str, I64]:
        """By form the offsets at which `word` (two or more syllables of Hangul) is written
        with at least one Hanja, ascending."""
        if not len(self._at) or not self._may_occur(word):
            return {}
        units = [ord(one) for one in word]
        found = []
        for place, unit in enumerate(units):
            low, high = self._reading.searchsorted(np.array((unit, unit + 1), np.uint16)).tolist()
            at = self._at[low:high] - place
            at = at[(at >= 0) & (at <= len(self._text) - len(units))]
            for other, wanted in enumerate(units):
                if other != place and len(at):
                    at = at[hanja.reads_as(wanted).take(self._text.take(at + other))]
            found.append(at)
        at = together(found)
        if len(units) == 2:
            at = at[self._whole(at)]
        forms: dict[str, list[int]] = {}
        for one in at.tolist():
            form = self._text[one : one + len(units)].tobytes().decode("utf-16-le", "replace")
            forms.setdefault(form, []).append(one)
        return {form: np.array(places, np.int64) for form, places in forms.items()}

    def _may_occur(self, word: str) -> bool:
        keys = np.array([ord(one) << 16 | ord(other) for one, other in pairwise(word)], np.uint32)
        place = self._pairs.searchsorted(keys)
        return bool((self._pairs.take(place, mode="clip") == keys).any())

    def _whole(self, at: I64) -> npt.NDArray[np.bool_]:
        """Which of two units each are both Hanja, or a whole word (`forms.ends_well`)."""
        first, second, after = (self._text.take(at + ahead, mode="clip") for ahead in (0, 1, 2))
        before = self._text.take(at - 1, mode="clip")
        may_end = any_of(PARTICLES).take(after) & ~any_of(HEADLINES).take(first)
        goes_on = (KIND.take(after) == HANGUL) & ~may_end
        mixed_end = (KIND.take(second) == HANGUL) & (goes_on | any_of(NO_WORDS).take(second))
        mixed_start = (KIND.take(first) == HANGUL) & (KIND.take(before) == HANGUL) & (at > 0)
        return ~(mixed_end | mixed_start)


def _places(view: SegmentView) -> I64:
    """The offsets of all units that may be Hanja with a reading, ascending."""
    keys, runs = view.gram_keys, len(view.runs)
    found = [np.zeros(0, np.int64)]
    for first, last in _RANGES:
        low, high = keys.searchsorted(np.array((first << 16, last << 16), np.uint32)).tolist()
        if low == high:
            continue
        found.append(view.postings.between(runs + low, runs + high).astype(np.int64))
        # A gram's second unit is the first of another, but at the end of a run.
        pairs = low + np.flatnonzero((keys[low:high] & np.uint32(0xFFFF)) != LONE)
        found.append(view.postings.several(runs + pairs).astype(np.int64) + 1)
    at = np.concatenate(found)
    at.sort()
    kept = np.ones(len(at), bool)
    np.not_equal(at[1:], at[:-1], out=kept[1:])
    return at[kept]


def _readings(units: U16) -> tuple[I64, U16]:
    """(places in `units`, syllables): each reading of each that is a Hanja."""
    characters, readings = hanja.table()
    low = characters.searchsorted(units)
    count = characters.searchsorted(units, side="right") - low
    return np.repeat(np.arange(len(units)), count), readings.take(ranges(low, count))
