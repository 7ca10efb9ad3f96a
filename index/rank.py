"""Which of the articles found come first?

By score, or by time; ties by newest, undated last, then by id, whatever the segments. Of a
segment only those are put in order that can be among the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt

from corpus.index.bm25 import border
from corpus.index.evaluate import Result
from corpus.index.layout import UNDATED
from corpus.index.protocol import Sort
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]


# (score, negative, 0.0 where nothing is ranked; time, negated so that what comes first is lower;
# id; segment; article): one article, a plain tuple since these are made by `zip` alone and are
# in the order of the answer.
Ranked = tuple[float, int, str, int, int]


def best(
    views: Sequence[SegmentView], results: Sequence[Result], sort: Sort, most: int | None
) -> list[Ranked]:
    """The first `most` articles in order (None: all)."""
    ranked: list[Ranked] = []
    for segment, (view, (articles, scores)) in enumerate(zip(views, results, strict=True)):
        if most is not None and len(articles) > most:
            articles, scores = _likely(view, articles, scores, sort, most)
        below = [0.0] * len(articles) if scores is None else (-scores).tolist()
        later = _later(view, articles, sort).tolist()
        own = articles.tolist()
        ids = view.ids.several(own)
        ranked += zip(below, later, ids, repeat(segment), own, strict=False)
    ranked.sort()
    return ranked[:most]


def _later(view: SegmentView, articles: I64, sort: Sort) -> I64:
    times = view.stamp.take(articles)
    if sort != "oldest":
        return -times
    return np.where(times == UNDATED, -times, times)  # last here too


def _likely(
    view: SegmentView, articles: I64, scores: F64 | None, sort: Sort, most: int
) -> tuple[I64, F64 | None]:
    """Those that can be among the first `most` of more than that many."""
    if not most:
        return articles[:0], None if scores is None else scores[:0]
    if scores is None:
        later = _later(view, articles, sort)
        return articles[later <= np.partition(later, most - 1)[most - 1]], None
    chosen = (scores >= border(scores, most)).nonzero()[0]
    articles, scores = articles.take(chosen), scores.take(chosen)
    if len(articles) == most:
        return articles, scores
    least = np.partition(scores, -most)[-most]  # the border of many is a little low
    chosen = (scores >= least).nonzero()[0]
    articles, scores = articles.take(chosen), scores.take(chosen)
    if len(articles) > 4 * most:
        # Many of one score, such as that of one word in leads of one length: the first in time.
        tied = scores == least
        later = _later(view, articles, sort)
        wanted = most - int(len(tied) - tied.sum())
        last = np.partition(later[tied], wanted - 1)[wanted - 1]
        keep = ~tied | (later <= last)
        articles, scores = articles[keep], scores[keep]
    return articles, scores
