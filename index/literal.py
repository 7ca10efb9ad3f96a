"""Which articles of a segment hold a word as it is written?

A list says so where the word has one (a syllable, a frequent gram or run, a frequent word of
three syllables); elsewhere its places are found and counted.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.index.arrays import Array
from corpus.index.common import Common
from corpus.index.find import Plan, find, places_of, plan, term_of
from corpus.index.lists import BITS, Lists, tally
from corpus.index.parts import Part, aligned
from corpus.index.query import ALL_FIELDS, Varying, Words
from corpus.index.united import Found
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def look_up(words: Words, view: SegmentView) -> Found | Common:
    """The live articles that hold a word as it is written."""
    if words.fields == ALL_FIELDS and not isinstance(words, Varying):
        exact = _exactly(plan(words.pattern), view)
        if exact is not None:
            return exact
    return _counted(places_of(words, view), view)


def _exactly(known: Plan, view: SegmentView) -> Found | Common | None:
    """What a character, term or trigram says that alone answers a pattern; None where none does."""
    if known.exact is None:
        return None
    if known.exact == "character":
        held = view.of_character(known.units[0])
        return _NOTHING if held is None else _listed(*held, view)
    if known.exact == "trigram":
        held = view.of_trigram(known.units)
        return None if held is None else _listed(*held, view)
    term = term_of(known, view)
    if term is None:
        return _NOTHING
    held = view.listed(term)
    return _counted(view.positions(term), view) if held is None else _listed(*held, view)


def _listed(lists: Lists, place: int, view: SegmentView) -> Found | Common:
    if lists.kind(place) == BITS:
        return Common(lists, place, view)
    return Found(*view.only_live(*lists.of(place)))


def _counted(positions: Array, view: SegmentView) -> Found:
    articles, frequency, _ = tally(positions, view.blocks)
    return Found(*view.only_live(articles, frequency))


def holding(words: Words, articles: I64, view: SegmentView) -> Mask | None:
    """Which of some articles hold a word; None where a list says it, or where other forms count."""
    if words.forms or words.hanja or words.fields != ALL_FIELDS or isinstance(words, Varying):
        return None
    known = plan(words.pattern)
    if known.exact == "character":
        return None
    if known.exact == "trigram":
        if view.of_trigram(known.units) is not None:
            return None
    elif known.exact is not None:
        term = term_of(known, view)
        if term is None or view.listed(term) is not None:
            return None
    at = find(words.pattern, view, inside=articles)
    return aligned(Part(view.articles_of(at)), articles, view)[0]


_NOTHING = Found(np.zeros(0, np.int64), np.zeros(0, np.int64))
