"""Why was this found, and what did it cost? The answer to --explain; nothing else asks.

A query is told in words, as a tree, and term by term: its forms, where it stands how often,
and the time that looking it up anew takes. A hit is told by what its score adds up from: for
every term its occurrences by field, and the figures of the formula in `evaluate`.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.index import any_term, days
from corpus.index.bm25 import K1
from corpus.index.evaluate import Snapshot
from corpus.index.find import places_of
from corpus.index.layout import FIELDS, WEIGHTS
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
    Varying,
    Without,
    Words,
)
from corpus.index.united import I64, VARIANT_WEIGHT

MOST_FORMS = 20  # of a term that are listed; `forms_more` counts the rest


class Explainer:
    """What can be told of one answered query; `scored`: whether its hits have scores."""

    def __init__(self, tree: Node, snapshot: Snapshot, *, scored: bool) -> None:
        self._tree, self._snapshot, self._scored = tree, snapshot, scored
        self._places: dict[tuple[object, int], list[tuple[str, I64]]] = {}

    def query(self) -> dict[str, Any]:
        """`in_words`, `tree` and `terms` of the query, in plain JSON types."""
        terms = dict.fromkeys(_terms(self._tree))
        return {
            "in_words": f"articles {told(self._tree)}",
            "tree": _branch(self._tree),
            "terms": [
                self._question(term) if isinstance(term, Asked) else self._term(term)
                for term in terms
            ],
        }

    def _term(self, words: Words) -> dict[str, Any]:
        anew = Snapshot(self._snapshot.views)
        start = time.perf_counter()
        answered = anew.answered(words)
        spent = time.perf_counter() - start
        forms = [
            {
                "form": form.shown,
                "kind": form.kind,
                "articles": sum(
                    len(one.found.articles)
                    for some in answered.others
                    for one in some
                    if one.form == form
                ),
            }
            for form in anew.forms(words)
        ]
        literal = sum(len(found.articles) for found in answered.literal)
        segments = range(len(self._snapshot.views))
        return {
            "term": words.shown,
            "fields": [FIELDS[field] for field in words.fields],
            "articles": sum(len(found.articles) for found in answered.all),
            "occurrences": sum(
                len(at) for segment in segments for _, at in self._where(words, segment)
            ),
            "literal_articles": literal,
            "forms": forms[:MOST_FORMS],
            "forms_more": max(0, len(forms) - MOST_FORMS),
            "microseconds": round(spent * 1e6),
        }

    def _question(self, asked: Asked) -> dict[str, Any]:
        """A question as one term: its many parts are looked up together."""
        anew = Snapshot(self._snapshot.views)
        start = time.perf_counter()
        gathered = anew.gathered(asked)
        spent = time.perf_counter() - start
        matching = [each.matching().nonzero()[0] for each in gathered]
        articles = sum(map(len, matching))
        terms = range(len(asked.terms))
        return {
            "term": asked.shown,
            "fields": [FIELDS[field] for field in asked.fields],
            "articles": articles,
            "occurrences": sum(
                len(each.places(terms, held)[0])
                for each, held in zip(gathered, matching, strict=True)
            ),
            "literal_articles": articles,
            "forms": [],
            "forms_more": 0,
            "microseconds": round(spent * 1e6),
        }

    def _where(self, words: Words, segment: int) -> list[tuple[str, I64]]:
        """(kind, offsets) of a term in the live articles of a segment."""
        found = self._places.get((words.key, segment))
        if found is None:
            view = self._snapshot.views[segment]
            literal = places_of(words, view)
            if view.live is not None:
                literal = literal[view.live.take(view.articles_of(literal))]
            others = self._snapshot.answered(words).others
            found = [("literal", literal)]
            found += [(one.form.kind, one.positions) for one in (others[segment] if others else ())]
            self._places[words.key, segment] = found
        return found

    # hits

    def hit(self, number: int) -> dict[str, Any]:
        """The `score` of the article with this number in the store and the `terms` whose
        contributions add up to it, in plain JSON types."""
        segment, article = self._located(number)
        terms: list[dict[str, Any]] = []
        if self._scored:
            for part in self._scoring(self._tree, segment, article):
                if isinstance(part, Asked):
                    terms += self._answering(part, segment, article)
                else:
                    terms.append(self._contribution(part, segment, article))
        return {"score": sum(term["contribution"] for term in terms), "terms": terms}

    def _located(self, number: int) -> tuple[int, int]:
        for segment, view in enumerate(self._snapshot.views):
            held = np.flatnonzero((view.number == number) & view.live_mask)
            if len(held):
                return segment, int(held[0])
        raise LookupError(f"no live article has the number {number}")

    def _scoring(self, node: Node, segment: int, article: int) -> Iterator[Words | Asked]:
        """The terms that add to the score of an article that `node` matches, in order."""
        match node:
            case Words() | Asked():
                yield node
            case All():
                for part in node.subqueries:
                    yield from self._scoring(part, segment, article)
            case Either():
                for part in node.subqueries:
                    if self._matches(part, segment, article):
                        yield from self._scoring(part, segment, article)
            case Near():
                yield from (one for one in node.words if self._matches(one, segment, article))

    def _matches(self, node: Node, segment: int, article: int) -> bool:
        return bool(np.isin(article, self._snapshot.matching(node, segment)))

    def _contribution(self, words: Words, segment: int, article: int) -> dict[str, Any]:
        found = self._snapshot.found(words)
        here = found[segment]
        frequency = float(here.frequency[here.articles.searchsorted(article)])
        norm = float(self._snapshot.norms[segment][article])
        idf = self._snapshot.idf(found)
        return {
            "term": words.shown,
            "fields": self._by_field(words, segment, article),
            "tf": frequency,
            "df": sum(len(one.articles) for one in found),
            "articles": self._snapshot.articles,
            "idf": idf,
            "norm": norm,
            "contribution": idf * (K1 + 1) * frequency / (frequency + norm),
        }

    def _answering(self, asked: Asked, segment: int, article: int) -> Iterator[dict[str, Any]]:
        """What each part of a question adds, then each two that stand together (formula:
        `any_term`)."""
        gathered = self._snapshot.gathered(asked)
        own, norm = gathered[segment], float(self._snapshot.question_norms[segment][article])
        at, starts = own.places(range(len(asked.terms)), np.array((article,)))
        _, weight = own.fields_of(at)
        at = at.astype(np.int64)
        idf, places = [], []
        for number, term in enumerate(asked.terms):
            some = slice(starts[number], starts[number + 1])
            weights = weight[some]
            places.append((at[some], weights))
            df = int(sum(each.df[number] for each in gathered))
            idf.append(math.log1p((self._snapshot.articles - df + 0.5) / (df + 0.5)))
            if len(weights):
                tf = float(weights.sum(dtype=np.int64))
                share = term.weight * (any_term.K1 + 1) * tf / (tf + norm)
                yield self._part(term.text, weights, tf, df, idf[-1], norm, idf[-1] * share)
        for one, other in asked.pairs:
            (first, weight), (second, its_weight) = places[one], places[other]
            gap = second[None, :] - first[:, None]
            same = weight[:, None] == its_weight[None, :]
            if ((gap > 0) & (gap <= any_term.WITHIN) & same).any():
                both = (idf[one] + idf[other]) / 2
                name = f"{asked.terms[one].text} … {asked.terms[other].text}"
                yield self._part(name, weight[:0], 1.0, 0, both, norm, any_term.PAIR * both)

    def _part(
        self,
        name: str,
        weights: npt.NDArray[np.uint8],
        tf: float,
        df: int,
        idf: float,
        norm: float,
        contribution: float,
    ) -> dict[str, Any]:
        fields = [
            {
                "field": FIELDS[field],
                "kind": "literal",
                "occurrences": int((weights == weight).sum()),
                "weight": float(weight),
            }
            for field, weight in enumerate(WEIGHTS)
            if (weights == weight).any()
        ]
        return {
            "term": name,
            "fields": fields,
            "tf": tf,
            "df": df,
            "articles": self._snapshot.articles,
            "idf": idf,
            "norm": norm,
            "contribution": contribution,
        }

    def _by_field(self, words: Words, segment: int, article: int) -> list[dict[str, Any]]:
        """By field and kind how often the term stands in the article, and what each counts."""
        view = self._snapshot.views[segment]
        counts: dict[tuple[int, str], int] = {}
        for kind, at in self._where(words, segment):
            inside = at[(at >= view.start[article]) & (at < view.end[article])]
            for field in view.field_of(inside).tolist():
                counts[field, kind] = counts.get((field, kind), 0) + 1
        return [
            {
                "field": FIELDS[field],
                "kind": kind,
                "occurrences": count,
                "weight": WEIGHTS[field] * (1.0 if kind == "literal" else VARIANT_WEIGHT),
            }
            for (field, kind), count in sorted(counts.items())
        ]


def _terms(node: Node) -> Iterator[Words | Asked]:
    match node:
        case Words() | Asked():
            yield node
        case Near():
            yield from node.words
        case Without():
            yield from _terms(node.query)
        case All() | Either():
            for part in node.subqueries:
                yield from _terms(part)


def _branch(node: Node) -> dict[str, Any]:
    """A node and those below it, each as it was read."""
    below: tuple[Node, ...] = ()
    match node:
        case Varying():
            kind = "wildcard"
        case Words():
            kind = "word"
        case Asked():
            kind = "question"
        case Near():
            kind, below = ("adj" if node.ordered else "near"), node.words
        case All():
            kind, below = "and", node.subqueries
        case Either():
            kind, below = "or", node.subqueries
        case Without():
            kind, below = "not", (node.query,)
        case Days():
            kind = "date"
        case Value():
            kind = node.name
        case InNotes():
            kind = "note"
        case Undated():
            kind = "undated"
        case _:
            kind = "all"
    return {"kind": kind, "query": str(node), "parts": [_branch(part) for part in below]}


def told(node: Node) -> str:
    """A query in words, behind "articles".

    >>> from corpus.index.parser import parse
    >>> told(parse("네이버 -title:카카오 date:2021"))
    'with 네이버 and without title:카카오 and from 2021-01-01 to 2021-12-31'
    """
    match node:
        case Words() | InNotes():
            return f"with {node}"
        case Asked():
            return f"with anything of: {node.shown}"
        case Near():
            sides = [" or ".join(one.shown for one in side) for side in (node.first, node.second)]
            order = "before" if node.ordered else "near"
            return f"with {sides[0]} {order} {sides[1]}, at most {node.distance} words apart"
        case All():
            return " and ".join(_inner(part) for part in node.subqueries)
        case Either():
            return " or ".join(_inner(part) for part in node.subqueries)
        case Without():
            if isinstance(node.query, Words | InNotes):
                return f"without {node.query}"
            return f"other than ({told(node.query)})"
        case Days():
            since = f"from {days.shown(node.first)} " if node.first > days.EARLIEST else ""
            until = f"to {days.shown(node.last)}" if node.last < days.LATEST else "on"
            undated = " or undated" if node.undated else ""
            return f"{since}{until}{undated}" if since else f"up {until}{undated}"
        case Value():
            return f"whose {node.name} is {node.value}"
        case Undated():
            return "without a date"
        case Everything():
            return "of all kinds"
    raise TypeError(f"{node!r} cannot be told")


def _inner(part: Node) -> str:
    return f"({told(part)})" if isinstance(part, All | Either) else told(part)
