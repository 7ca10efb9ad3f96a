"""Where does the text write a word in Hanja, wholly or in part?

금값 is found as 金값, 대통령 as 大統領: every character is the syllable itself or a Hanja
that reads as it. The Hanja of a segment are few (one unit in some thousand), so a word is
looked for from them. A segment keeps, since to gather them reads all of its text:

    hanja_at, hanja_unit    the offsets of the Hanja that have a reading, and which they are
    hanja_pair              every two syllables that stand or may be read side by side, one of
                            them a Hanja, ascending

0.002 bytes for a byte of news.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.index import hanja
from corpus.index.arrays import Array
from corpus.index.characters import FOLD, HANGUL, HANJA, KIND, any_of
from corpus.index.forms import HEADLINES, NO_WORDS, PARTICLES
from corpus.index.postings import ranges
from corpus.index.sets import together

if TYPE_CHECKING:
    from corpus.index.cut import Cut
    from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]


def arrays(cut: Cut) -> dict[str, Array]:
    """What a segment keeps of the Hanja of its text."""
    characters, _ = hanja.table()
    at = (cut.kinds == HANJA).nonzero()[0]
    units = cut.folded.take(at)
    known = characters.take(characters.searchsorted(units), mode="clip") == units
    at, units = at[known], units[known]
    return {
        "hanja_at": at.astype(np.uint32),
        "hanja_unit": units,
        "hanja_pair": pairs(at, units, cut.folded),
    }


def pairs(at: I64, units: U16, text: U16) -> U32:
    """The `hanja_pair` of some Hanja of a text: their offsets, and which they are."""
    found: list[U32] = []
    row, own = _readings(units)
    near = at.take(row).astype(np.int64)
    for step in (1, -1):
        inside = near < len(text) - 1 if step == 1 else near > 0
        there = FOLD.take(text.take(near[inside] + step))
        syllable = (KIND.take(there) == HANGUL).nonzero()[0]
        hanja_there, reading = _readings(there)
        sure = own[inside].take(np.concatenate((syllable, hanja_there))).astype(np.uint32)
        others = np.concatenate((there.take(syllable), reading)).astype(np.uint32)
        first, second = (sure, others) if step == 1 else (others, sure)
        found.append((first << np.uint32(16)) | second)
    return together(found)


class HanjaText:
    """The Hanja of one segment."""

    def __init__(self, view: SegmentView) -> None:
        self._text: U16 = view.text
        self._pair: U32 = view.arrays["hanja_pair"]
        self._arrays = view.arrays

    @cached_property
    def _by_reading(self) -> tuple[U16, I64]:
        """(readings ascending, offsets): a row for each reading of each Hanja, then by place;
        5 ms, which a word that is never written in Hanja need not wait for."""
        row, reading = _readings(self._arrays["hanja_unit"])
        order = np.argsort(reading, kind="stable")
        at = self._arrays["hanja_at"].take(row.take(order)).astype(np.int64)
        return reading.take(order), at

    def find(self, word: str) -> dict[str, I64]:
        """By form the offsets at which `word` (two or more syllables of Hangul) is written
        with at least one Hanja, ascending."""
        if not len(self._pair) or not self._may_occur(word):
            return {}
        units = [ord(one) for one in word]
        readings, places = self._by_reading
        found = []
        for place, unit in enumerate(units):
            low, high = readings.searchsorted(np.array((unit, unit + 1), np.uint16)).tolist()
            at = places[low:high] - place
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
        return {form: np.array(own, np.int64) for form, own in forms.items()}

    def _may_occur(self, word: str) -> bool:
        keys = np.array([ord(one) << 16 | ord(other) for one, other in pairwise(word)], np.uint32)
        place = self._pair.searchsorted(keys)
        return bool((self._pair.take(place, mode="clip") == keys).any())

    def _whole(self, at: I64) -> npt.NDArray[np.bool_]:
        """Which of two units each are both Hanja, or a whole word (`forms.ends_well`)."""
        first, second, after = (self._text.take(at + ahead, mode="clip") for ahead in (0, 1, 2))
        before = self._text.take(at - 1, mode="clip")
        may_end = any_of(PARTICLES).take(after) & ~any_of(HEADLINES).take(first)
        goes_on = (KIND.take(after) == HANGUL) & ~may_end
        mixed_end = (KIND.take(second) == HANGUL) & (goes_on | any_of(NO_WORDS).take(second))
        mixed_start = (KIND.take(first) == HANGUL) & (KIND.take(before) == HANGUL) & (at > 0)
        return ~(mixed_end | mixed_start)


def _readings(units: U16) -> tuple[I64, U16]:
    """(places in `units`, syllables): each reading of each that is a Hanja."""
    characters, readings = hanja.table()
    low = characters.searchsorted(units)
    count = characters.searchsorted(units, side="right") - low
    return np.repeat(np.arange(len(units)), count), readings.take(ranges(low, count))
