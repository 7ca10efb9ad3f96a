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
        known = plan(words.pattern)
        term = term_of(known, view)
        held = _list_of(known, term, view)
        if held is not None:
            return _listed(*held, view)
        if term is not None:
            return _counted(view.positions(term), view)
    return _counted(places_of(words, view), view)


def holding(words: Words, articles: I64, view: SegmentView) -> Mask | None:
    """Which of some articles hold a word; None where a list says it, or where other forms count."""
    if words.forms or words.hanja or words.fields != ALL_FIELDS or isinstance(words, Varying):
        return None
    known = plan(words.pattern)
    if _list_of(known, term_of(known, view), view) is not None:
        return None
    at = find(words.pattern, view, inside=articles)
    return aligned(Part(view.articles_of(at)), articles, view)[0]


def _list_of(known: Plan, term: int | None, view: SegmentView) -> tuple[Lists, int] | None:
    """The list that alone answers a pattern, of the `term` that does so; None where none does."""
    if term is not None:
        return view.listed(term)
    if known.exact == "character":
        return view.of_character(known.units[0])
    return view.of_trigram(known.units) if known.exact == "trigram" else None


def _listed(lists: Lists, place: int, view: SegmentView) -> Found | Common:
    if lists.kind(place) == BITS:
        return Common(lists, place, view)
    return Found(*view.only_live(*lists.of(place)))


def _counted(positions: Array, view: SegmentView) -> Found:
    articles, frequency, _ = tally(positions, view.blocks)
    return Found(*view.only_live(articles, frequency))
