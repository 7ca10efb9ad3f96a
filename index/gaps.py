"""Where may another form of a word or phrase begin, seen from one term alone?

Most forms stand nowhere. That shows at the positions of one term that several of them share, which
takes less than to look for each; `find` has the last word about what is left.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index.characters import FOLD, SPACE
from corpus.index.find import NOWHERE, candidates, plan, stands_for
from corpus.index.forms import ANY_DOT, ANY_QUOTE, Form
from corpus.index.layout import LONE
from corpus.index.query import Pattern, Words
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]

_QUOTE = ord(ANY_QUOTE)


class Beginnings:
    """Where the forms of some words may begin in a segment."""

    def __init__(self, words: Words, view: SegmentView) -> None:
        self._pattern, self._syllables, self._view = words.pattern, words.hanja, view

    def of(self, form: Form) -> I64 | None:
        """At least the offsets at which a form begins; None where nothing is known of them."""
        text = form.pattern.text
        longer = len(text) - len(self._pattern.text)
        if (quote := text.find(ANY_QUOTE)) >= 0:
            # The sign or a space comes first.
            return _begins(self._signed.get(quote) or self._signed.get(quote - 1), longer)
        if not self._syllables:
            return None
        if form.kind == "spacing":
            behind, gaps = self._spaced
            return _begins(
                gaps.get(text.rindex(" ") - longer + 1 if behind else text.index(" ")), longer
            )
        return _dotted_begins(self._pattern.text, self._view) if ANY_DOT in text else None

    @cached_property
    def _signed(self) -> dict[int, _Gap]:
        return {gap.place: gap for gap in _signed_gaps(self._pattern, self._view)}

    @cached_property
    def _spaced(self) -> tuple[bool, dict[int, _Gap]]:
        gaps = _spaced_gaps(self._pattern.text, self._view)
        return any(gap.behind for gap in gaps), {gap.place: gap for gap in gaps}


def _begins(gap: _Gap | None, longer: int) -> I64 | None:
    """Where a form may begin that has a sign in a gap (None: nowhere) and is `longer`."""
    return NOWHERE if gap is None else gap.begins(longer)


class _Gap(NamedTuple):
    """A gap before the unit at `place`, and the offsets at which a form may begin that has a sign
    or a space there (None: anywhere), by how many units it is longer."""

    place: int
    candidates: I64 | None
    behind: bool  # whether the term that gave the candidates stands behind the gap

    def begins(self, longer: int) -> I64 | None:
        """The candidates for a form that is `longer` by so many units."""
        if self.candidates is None or not self.behind:
            return self.candidates
        return self.candidates - longer


def _signed_gaps(pattern: Pattern, view: SegmentView) -> list[_Gap]:
    """The spaces of a phrase at which a quote or bracket may stand instead of the space or beside
    it, and where: seen from the rarest term alone, which nearly always is nowhere."""
    known = plan(pattern)
    places = [at for at, unit in enumerate(known.units) if unit == SPACE]
    some = candidates(pattern, known, view)
    if not some.last:  # candidates of no term
        return [_Gap(place, None, behind=False) for place in places]
    found = []
    for place in places:
        # From the term over the gap, which is three units wide at most, to the next unit.
        behind = some.last > place
        step = -1 if behind else 1
        one, two = (
            view.text.take(some.at + (place + step * ahead), mode="clip") for ahead in (0, 1)
        )
        at = some.at[stands_for(_QUOTE, one) | stands_for(_QUOTE, two)]
        if not len(at):
            continue
        wanted = known.units[place + step]
        follows = np.zeros(len(at), bool)
        for ahead in (1, 2, 3):
            there = FOLD.take(view.text.take(at + (place + step * ahead), mode="clip"))
            follows |= there == wanted
        if follows.any():
            found.append(_Gap(place, at[follows], behind))
    return found


def _spaced_gaps(word: str, view: SegmentView) -> list[_Gap]:
    """The places at which a word of four or more syllables of Hangul may have a space: its first
    space, or where the gaps are `behind` its last.

    A piece has two syllables at least, so every spaced form holds the first gram and the last.
    """
    units, text = [ord(one) for one in word], view.text
    first, last = view.term_of_gram(*units[:2]), view.term_of_gram(*units[-2:])
    if first is None or last is None:
        return []
    behind = view.occurrences(last) < view.occurrences(first)
    at = view.positions(last if behind else first).astype(np.int64)
    if behind:
        at -= len(units) - 2  # where the word begins that ends here
    found = []
    for place in range(2, len(units) - 1):
        space = text.take(at + (place - behind), mode="clip")
        here = at.take(stands_for(SPACE, space).nonzero()[0])
        if not len(here):
            continue
        # The two units on the other side, the next one first.
        for beyond in (place - 1, place - 2) if behind else (place, place + 1):
            there = text.take(here + (beyond - 1 if behind else beyond + 1), mode="clip")
            here = here.take((there == units[beyond]).nonzero()[0])
        if len(here):
            found.append(_Gap(place, here, behind))
    return found


def _dotted_begins(word: str, view: SegmentView) -> I64:
    """The offsets at which a word of syllables may begin that has a sign between any two: a run
    of its own is each, and the next one stands two units behind it."""
    rarest = least = -1
    for place, one in enumerate(word[:-1]):
        number = view.term_of_gram(ord(one), LONE)
        if number is None:
            return NOWHERE
        often = view.occurrences(number)
        if rarest < 0 or often < least:
            rarest, least, term = place, often, number
    at = view.positions(term).astype(np.int64)
    there = view.text.take(at + 2, mode="clip")
    return at.take((there == ord(word[rarest + 1])).nonzero()[0]) - 2 * rarest
