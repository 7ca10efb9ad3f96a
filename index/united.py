"""Where do a word and its other forms stand in a segment, all together?

A word without other forms in the text is answered as it always was, by lists and numbers;
only what was found under another form is united with it. What is written by two rules (5·18
is its own sign form) counts once, as the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index.characters import any_of
from corpus.index.common import Common
from corpus.index.find import find, stretches_of
from corpus.index.forms import Form
from corpus.index.gaps import Beginnings
from corpus.index.lists import tally
from corpus.index.query import ALL_FIELDS, Pattern, Words
from corpus.index.sets import among
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]

# An occurrence under another form weighs half of one as asked: literal ranks above variant.
VARIANT_WEIGHT = 0.5


class Found(NamedTuple):
    """One word in one segment: the live articles that have it, ascending, and its weighted
    frequency in each."""

    articles: I64
    frequency: npt.NDArray[np.number]

    @property
    def df(self) -> int:
        """How many articles."""
        return len(self.articles)


class FormFound(NamedTuple):
    """A form that occurs in a segment, its offsets, ascending, and the articles."""

    form: Form
    positions: I64
    found: Found


def other_forms(words: Words, view: SegmentView) -> list[FormFound]:
    """The forms of `words` that live articles of the segment have, apart from the literal."""
    found: list[FormFound] = []
    seen: dict[int, list[I64]] = {}  # offsets by length: what another form found already
    for form, positions in _places(words, view):
        length = len(form.pattern.text)
        if not len(positions):
            continue
        if form.kind != "fuzzy":  # many, all different and none the word itself
            if length == len(words.pattern.text) and length not in seen:
                seen[length] = [find(words.pattern, view)]
            for known in seen.setdefault(length, []):
                positions = positions[~among(positions, known)]
            seen[length].append(positions)
        if words.fields != ALL_FIELDS:
            positions = positions[np.isin(view.field_of(positions), words.fields)]
        if form.last:
            day = view.day.take(view.articles_of(positions))
            positions = positions[(form.first <= day) & (day <= form.last) & (day != 0)]
        if view.live is not None:
            positions = positions[view.live.take(view.articles_of(positions))]
        if len(positions):
            articles, frequency, _ = tally(positions, view.blocks)
            found.append(FormFound(form, positions, Found(articles, frequency)))
    return found


def _places(words: Words, view: SegmentView) -> Iterator[tuple[Form, I64]]:
    beginnings = Beginnings(words, view)
    for form in words.forms:
        among = beginnings.of(form)
        if among is not None and not len(among):
            continue
        at = find(form.pattern, view, among)
        if form.not_behind and len(at):
            before = view.text.take(at - 1, mode="clip")
            at = at[(at == 0) | ~any_of(form.not_behind).take(before)]
        if form.not_before and len(at):
            end = at + len(form.pattern.text)
            after = view.text.take(end, mode="clip")
            at = at[(end == len(view.text)) | ~any_of(form.not_before).take(after)]
        yield form, at
    if words.hanja:
        for text, positions in sorted(view.hanja.find(words.pattern.text).items()):
            pattern = Pattern(text, left_edge=False, right_edge=False)
            yield Form(pattern, "hanja", text), positions


def united(literal: Found | Common, others: list[FormFound]) -> Found | Common:
    """The articles of a word with those of its forms, and their frequencies added up."""
    if not others:
        return literal
    articles, frequency = literal.articles, literal.frequency.astype(np.float64)
    for _, _, (own, weighted) in others:  # few beside the literal ones
        new = ~among(own, articles)
        if new.any():
            place = articles.searchsorted(own[new])
            articles = np.insert(articles, place, own[new])
            frequency = np.insert(frequency, place, 0.0)
        frequency[articles.searchsorted(own)] += weighted.astype(np.float64) * VARIANT_WEIGHT
    return Found(articles, frequency)


def all_places(words: Words, view: SegmentView) -> list[tuple[I64, int]]:
    """(offsets ascending, characters of each match) of a word and its forms."""
    return [
        *stretches_of(words, view),
        *(
            (one.positions, len(one.form.pattern.text))
            for one in (other_forms(words, view) if words.forms or words.hanja else ())
        ),
    ]
