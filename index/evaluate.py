"""Which articles does a query tree match, and how well?

Sets of articles are sorted arrays of article numbers within a segment; AND, OR and NOT
are set operations on them. Scores come afterwards, for the articles that matched.

Words score as `bm25` says. AND and OR add the scores of their parts in the order of the
query, whatever the segments, so the same archive gives the same numbers however it is
split. Filters and NOT add nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index import bm25, characters, literal
from corpus.index.common import Common
from corpus.index.forms import Form
from corpus.index.layout import WEIGHTS
from corpus.index.parts import Part, aligned, count_any, spread, thinned
from corpus.index.proximity import near_articles
from corpus.index.query import (
    All,
    Asked,
    Days,
    Either,
    Everything,
    InNotes,
    Near,
    Node,
    Undated,
    Value,
    Without,
    Words,
)
from corpus.index.sets import summed, together
from corpus.index.united import FormFound, Found, other_forms, united
from corpus.index.view import SegmentView

if TYPE_CHECKING:  # a search for words needs none of it
    from corpus.index.any_term import Gathered

I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_WEIGHTS = np.array(WEIGHTS, np.float64)
# Found words kept between searches, in articles (64 MB at most) and in words.
_KEPT = 1 << 22
_KEPT_WORDS = 1024


class Answered(NamedTuple):
    """One word in all segments: by segment as asked alone, its other forms, and all united."""

    literal: tuple[Found | Common, ...]
    others: tuple[list[FormFound], ...]
    all: tuple[Found | Common, ...]


class Result(NamedTuple):
    """Articles of one segment, ascending, and their scores; no scores where nothing scores."""

    articles: I64
    scores: F64 | None


class Snapshot:
    """The segments of one commit, with what queries share: statistics and found words."""

    def __init__(self, views: Sequence[SegmentView]) -> None:
        self.views = tuple(views)
        self._found: dict[object, Answered] = {}
        self._gathered: dict[object, tuple[Gathered, ...]] = {}
        self._kept = 0  # articles in `_found` and `_gathered`

    @cached_property
    def articles(self) -> int:
        """Live articles."""
        return sum(int(view.live_mask.sum()) for view in self.views)

    @cached_property
    def norms(self) -> tuple[F64, ...]:
        """Per segment, the norm of each article (see `bm25`)."""
        return self._norms(bm25.K1, bm25.B)

    @cached_property
    def rough_norms(self) -> tuple[bm25.F32, ...]:
        """`norms`, rounded."""
        return tuple([norm.astype(np.float32) for norm in self.norms])

    @cached_property
    def question_norms(self) -> tuple[F64, ...]:
        """`norms` as questions in natural language take them."""
        from corpus.index import any_term

        return self._norms(any_term.K1, any_term.B)

    def _norms(self, k1: float, b: float) -> tuple[F64, ...]:
        mean = self.mean_length or 1.0  # without any text nothing is ever scored
        return tuple(
            k1 * (1 - b + b * (view.field_length @ _WEIGHTS) / mean) for view in self.views
        )

    @cached_property
    def mean_length(self) -> float:
        """The mean weighted length of live articles, in characters."""
        # Whole characters first: the same mean whatever the order of the articles.
        characters_of = np.zeros(3, np.int64)
        for view in self.views:
            lengths = view.field_length if view.live is None else view.field_length[view.live]
            characters_of += lengths.sum(axis=0, dtype=np.int64)
        return float(characters_of @ _WEIGHTS) / max(1, self.articles)

    def found(self, words: Words) -> tuple[Found | Common, ...]:
        """Which articles have `words`, in whatever form, per segment."""
        return self.answered(words).all

    def answered(self, words: Words) -> Answered:
        """Which articles have `words`, and which have its other forms."""
        found = self._found.get(words.key)
        if found is None:
            own = every = tuple([literal.look_up(words, view) for view in self.views])
            others: tuple[list[FormFound], ...] = ()
            if words.forms or words.hanja:
                others = tuple([other_forms(words, view) for view in self.views])
                if any(others):
                    every = tuple(map(united, own, others))
            found = self._found[words.key] = Answered(own, others, every)
            self._kept += sum([each.df for each in every])
        return found

    def forms(self, words: Words) -> tuple[Form, ...]:
        """The other forms of `words` that occur, in the order of their rules."""
        occurring = {one.form: None for some in self.answered(words).others for one in some}
        return tuple(sorted(occurring, key=lambda form: _place(form, words)))

    def gathered(self, asked: Asked) -> tuple[Gathered, ...]:
        """What a question's terms have, per segment."""
        gathered = self._gathered.get(asked.key)
        if gathered is None:
            from corpus.index.any_term import Gathered

            gathered = self._gathered[asked.key] = tuple(
                [Gathered(asked, view) for view in self.views]
            )
            self._kept += sum([len(each.articles) for each in gathered])
        return gathered

    def forget(self) -> None:
        """Let go of found words where they are many: a page turned finds its words again."""
        if self._kept > _KEPT or len(self._found) + len(self._gathered) > _KEPT_WORDS:
            self._found.clear()
            self._gathered.clear()
            self._kept = 0

    def idf(self, found: tuple[Found | Common, ...]) -> float:
        """Inverse document frequency of a word as asked, over live articles."""
        df = sum([each.df for each in found])
        return math.log(1 + (self.articles - df + 0.5) / (df + 0.5))

    # evaluation

    def matching(self, node: Node, segment: int) -> I64:
        """The live articles of a segment that `node` matches, ascending."""
        return self.evaluate(node, segment, scored=False).articles

    def evaluate(self, node: Node, segment: int, *, scored: bool = True) -> Result:
        """What `node` matches in a segment, and how well."""
        match node:
            case Words():
                found = self.found(node)
                articles = found[segment].articles
                if not scored:
                    return Result(articles, None)
                norm, frequency = self.norms[segment].take(articles), found[segment].frequency
                return Result(articles, bm25.scores(self.idf(found), frequency, norm))
            case All():
                return self._all(node, segment, scored=scored)
            case Either():
                parts = [self._part(child, segment, scored=scored) for child in node.subqueries]
                return self._either(parts, segment, scored=scored)
            case Near():
                return self._near(node, segment, scored=scored)
            case Asked():
                return self._asked(node, segment, scored=scored)
        return Result(self._filtered(node, segment), None)

    def _filtered(self, node: Node, segment: int) -> I64:
        """The live articles that a node without scores matches, ascending."""
        view = self.views[segment]
        match node:
            case Days():
                held = _in_days(node, view.day)
            case Undated():
                held = view.undated
            case Value():
                return _of_live(_with_value(node, view), view)
            case InNotes():
                return _of_live(_with_note(node, view), view)
            case Everything():
                held = view.live_mask
            case Without():
                held = view.live_mask.copy()
                held[self.matching(node.query, segment)] = False
                return held.nonzero()[0]
            case _:
                raise TypeError(f"{node!r} is no node of this index's queries")
        return (held if view.live is None else held & view.live).nonzero()[0]

    def _all(self, node: All, segment: int, *, scored: bool) -> Result:
        articles, parts = self._met(node, segment, scored=scored)
        return self._scored(articles, parts, segment) if scored else Result(articles, None)

    def _met(self, node: All, segment: int, *, scored: bool) -> tuple[I64, list[Part]]:
        """(the articles that all parts match: the rarest part's, thinned by all others; the parts
        in the query's order, with their values `here`)."""
        parts: list[Part] = []
        filters: list[Node] = []
        for child in node.subqueries:
            if isinstance(child, Days | Undated | Without):
                filters.append(child)
            else:
                parts.append(self._part(child, segment, scored=scored))
        if not parts:
            parts.append(Part(self._filtered(filters.pop(), segment)))
        view = self.views[segment]
        base = min(parts, key=len)
        articles = base.articles
        base.here = base.values
        done = [base]
        for part in sorted(parts, key=len):
            if part is base:
                continue
            there, part.here = aligned(part, articles, view)
            done.append(part)
            articles = thinned(articles, there, done)
        for child in filters:
            articles = thinned(articles, self._among(child, segment, articles), done)
        return articles, parts

    def _scored(self, articles: I64, parts: Sequence[Part], segment: int) -> Result:
        """The articles with what the parts' values `here` add up to."""
        norm = self.norms[segment].take(articles)
        total: F64 | None = None
        for part in parts:
            if part.here is not None:
                own = part.here if part.idf is None else bm25.scores(part.idf, part.here, norm)
                total = own if total is None else total + own
        return Result(articles, total)

    def _among(self, node: Node, segment: int, articles: I64) -> Mask:
        """Which of some live articles a filter matches."""
        view = self.views[segment]
        match node:
            case Days():
                return _in_days(node, view.day.take(articles))
            case Undated():
                return view.undated.take(articles)
            case Without():
                return ~self._having(node.query, segment, articles)
        raise TypeError(f"{node!r} is no filter")

    def _having(self, node: Node, segment: int, articles: I64) -> Mask:
        """Which of some live articles `node` matches."""
        view = self.views[segment]
        if isinstance(node, Words) and node.key not in self._found:
            # Nothing is scored: how many others have it, and how often, does not matter.
            there = literal.holding(node, articles, view)
            if there is not None:
                return there
        return aligned(self._part(node, segment, scored=False), articles, view)[0]

    def _either(self, parts: Sequence[Part], segment: int, *, scored: bool) -> Result:
        view = self.views[segment]
        if all(part.idf is not None for part in parts):
            return self._added(parts, segment)
        if sum(map(len, parts)) * 8 > view.articles:
            held = view.scratch(bool)
            for part in parts:
                held[part.articles] = True
            articles = held.nonzero()[0]
            held[articles] = False
        else:
            articles = together([part.articles for part in parts])
        return self._sum(parts, articles, segment) if scored else Result(articles, None)

    def _added(self, parts: Sequence[Part], segment: int) -> Result:
        """The articles of some words, of which none scores 0, and their scores added in the order
        of the words; each is scored for its own articles alone, since most have one of them."""
        view, norms = self.views[segment], self.norms[segment]
        own = []
        for part in parts:
            assert part.idf is not None
            assert part.values is not None
            own.append(bm25.scores(part.idf, part.values, norms.take(part.articles)))
        every, scores = np.concatenate([part.articles for part in parts]), np.concatenate(own)
        if len(every) * 8 > view.articles:
            total = summed(every, scores, view.articles)
            articles = (total > 0).nonzero()[0]
            return Result(articles, total.take(articles))
        articles = together([part.articles for part in parts])
        return Result(articles, summed(articles.searchsorted(every), scores, len(articles)))

    def _near(self, node: Near, segment: int, *, scored: bool) -> Result:
        """Scored as the words would be that stand near each other: by all their occurrences."""
        parts = [self._part(words, segment, scored=scored) for words in node.words]
        sides = (parts[: len(node.first)], parts[len(node.first) :])
        size = self.views[segment].articles
        both = np.ones(size, bool)
        for side in sides:
            held = np.zeros(size, bool)
            for part in side:
                held[part.articles] = True
            both &= held
        articles = near_articles(node, both.nonzero()[0], self.views[segment])
        return self._sum(parts, articles, segment) if scored else Result(articles, None)

    def _asked(self, node: Asked, segment: int, *, scored: bool) -> Result:
        from corpus.index import any_term

        gathered = self.gathered(node)
        if not scored:
            return Result(gathered[segment].matching().nonzero()[0], None)
        found = any_term.scores(node, gathered, self.question_norms, self.articles, segment)
        articles = found.nonzero()[0]
        return Result(articles, found.take(articles))

    def first(self, node: Node, segment: int, most: int) -> tuple[Result, int]:
        """(at least those articles that can be among the first `most`, how many match)."""
        match node:
            case Words():
                part = self._part(node, segment, scored=True)
                part.here = part.values
                result = self._first_of(part.articles, [part], segment, most)
                return result, len(part)
            case All():
                articles, parts = self._met(node, segment, scored=True)
                return self._first_of(articles, parts, segment, most), len(articles)
            case Either():
                return self._first_of_either(node, segment, most)
            case Asked():
                from corpus.index import any_term

                articles, scores, total = any_term.first(
                    node, self.gathered(node), self.question_norms, self.articles, segment, most
                )
                return Result(articles, scores), total
        result = self.evaluate(node, segment)
        return result, len(result.articles)

    def _first_of(self, articles: I64, parts: Sequence[Part], segment: int, most: int) -> Result:
        """`_scored`; where words alone score, of those that can be among the first."""
        scoring = [part for part in parts if part.here is not None]
        words = [
            (part.idf, part.here)
            for part in scoring
            if part.idf is not None and part.here is not None
        ]
        if len(words) == len(scoring):
            places = bm25.first(articles, words, self.rough_norms[segment], most)
            if places is not None:
                articles = articles.take(places)
                for part, (_, here) in zip(scoring, words, strict=True):
                    part.here = here.take(places)
        return self._scored(articles, scoring, segment)

    def _first_of_either(self, node: Either, segment: int, most: int) -> tuple[Result, int]:
        """Where the rarest word's articles score more than any without it could, they alone."""
        parts = [self._part(child, segment, scored=True) for child in node.subqueries]
        idfs = [part.idf for part in parts if part.idf is not None]
        if len(idfs) == len(parts):
            place = bm25.leading(idfs, list(map(len, parts)), most)
            if place is not None:
                result = self._sum(parts, parts[place].articles, segment)
                assert result.scores is not None
                if bm25.outdo(result.scores, sum(idfs) - idfs[place], most):
                    return result, count_any(parts, place, self.views[segment])
        result = self._either(parts, segment, scored=True)
        return result, len(result.articles)

    def _sum(self, parts: Sequence[Part], articles: I64, segment: int) -> Result:
        """The articles with what the parts give them, wherever they have it."""
        for part in parts:
            if part.scored:
                part.here = spread(part, articles, self.views[segment])
        return self._scored(articles, parts, segment)

    def _part(self, node: Node, segment: int, *, scored: bool) -> Part:
        if isinstance(node, Words):
            found = self.found(node)
            own, idf = found[segment], self.idf(found) if scored else None
            if isinstance(own, Common):
                return Part(own, None, idf)
            return Part(own.articles, own.frequency if scored else None, idf)
        result = self.evaluate(node, segment, scored=scored)
        return Part(result.articles, result.scores)


def _place(form: Form, words: Words) -> tuple[int, str]:
    at = words.forms.index(form) if form in words.forms else len(words.forms)
    return at, form.shown


def _in_days(node: Days, day: npt.NDArray[np.int32]) -> Mask:
    held = (day >= node.first) & (day <= node.last)  # no day, 0, is before any first
    return held | (day == 0) if node.undated else held


def _of_live(articles: I64, view: SegmentView) -> I64:
    return view.only_live(articles, articles)[0]


def _with_value(node: Value, view: SegmentView) -> I64:
    if node.name == "id":
        return np.array(view.ids.equal(node.value), np.int64)
    codes = view.folded(node.name).equal(characters.fold(node.value))
    return view.with_codes(node.name, codes) if codes else np.zeros(0, np.int64)


def _with_note(node: InNotes, view: SegmentView) -> I64:
    from corpus.index import notes  # few queries look there

    return notes.articles_with(node.words, view)
