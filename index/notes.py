"""Which articles have a note that holds a word or phrase?

Few articles have notes, and many of these the same one (a helpline), so the different notes of
a segment are kept folded, one behind the other, and looked through for every query. Those that
hold the characters are read as `marks` reads the text of an article, edges and all. The price:
among 20,000 different notes (7 MB), some 20 ms, and 0.3 s for a letter that all of them hold.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.index.marks import Marker
from corpus.index.query import Words
from corpus.index.view import SegmentView
from corpus.index.wildcards import Wildcard

I64 = npt.NDArray[np.int64]


def articles_with(words: Words, view: SegmentView) -> I64:
    """The articles that have `words`, as they are written, in one of their notes, ascending,
    deleted ones included."""
    notes = view.folded("note")
    sought = words.wild.longest if isinstance(words, Wildcard) else words.pattern.text
    spans = Marker([words]).spans
    return view.with_codes(
        "note", [place for place in notes.holding(sought) if spans(0, notes[place])]
    )
