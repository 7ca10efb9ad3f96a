"""What could have been meant, where a query finds nothing or little?

For each word of the query that itself finds little, other words are weighed as a noisy
channel does: how likely is the slip, times how frequent is the word. What is offered has been
counted, and finds more than the query did. Nothing of this runs for a query that finds
enough, and nothing before somebody reads the suggestions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

import msgspec

from corpus.errors import QueryError
from corpus.index import jamo, keyboard
from corpus.index.characters import HANGUL, fold, kind_of
from corpus.index.protocol import LITTLE, Request, Suggestion
from corpus.index.query_words import QueryWord, query_words, replaced
from corpus.index.view import SegmentView
from corpus.index.word_list import Near, joined, without_particle

MOST = 5  # suggestions
_TRIED = 16  # queries counted at most
_MOST_WORDS = 20  # words of a query that are looked at
_LONGEST = 40  # keys of a word that is helped
_WORDS = 3  # words of a query that are corrected at once

# The error model: how many times less likely a word is for each edit, as a logarithm; and
# what the other slips cost, in edits (docs/decisions/0010-suggestions.md).
SHARPNESS = 5.0
_LAYOUT = 0.2  # typed with the other layout on
_PARTICLE = 0.6
_APART = 1.0  # two words written as one
_TOGETHER = 0.5  # one word written as two
_LEFT_OUT = 100.0  # a word fewer asks for something else: always last

_QUOTES = tuple('"“”')
_LONG = 6  # keys of a word that may hold two slips


class _Guess(NamedTuple):
    text: str
    score: float  # the lower, the likelier
    reason: str


def suggest(
    request: Request,
    found: int,
    views: Sequence[SegmentView],
    count: Callable[[Request], int],
) -> tuple[Suggestion, ...]:
    """Up to MOST queries that find more than the `found` articles of a request, likely ones
    first; none where that is more than LITTLE. `count` tells how many a request finds."""
    if found > LITTLE or not request.query.strip():
        return ()
    offered: list[Suggestion] = []
    tried = {request.query}
    for guess in islice(_Speller(request, views, count).queries(found), _TRIED):
        if guess.text in tried:
            continue
        tried.add(guess.text)
        total = _counted(count, msgspec.structs.replace(request, query=guess.text))
        if total > found:
            offered.append(Suggestion(guess.text, total, guess.reason))
            if len(offered) == MOST:
                break
    return tuple(offered)


def _counted(count: Callable[[Request], int], request: Request) -> int:
    try:
        return count(request)
    except QueryError:  # a word that reads as an operator where it now stands
        return 0


class _Speller:
    """What could be meant by one request."""

    def __init__(
        self,
        request: Request,
        views: Sequence[SegmentView],
        count: Callable[[Request], int],
    ) -> None:
        self._query = request.query
        self._views, self._count = views, count
        # Words by themselves: without the filters, which say nothing of the spelling.
        self._alone = Request(field=request.field, exact=request.exact, synonyms=request.synonyms)
        self._known: dict[str, int] = {}

    def queries(self, finds: int) -> Iterator[_Guess]:
        """Other queries than the one that finds so many articles, the likeliest first."""
        words = [
            word for word in query_words(self._query) if len(keyboard.keys(word.text)) <= _LONGEST
        ]
        del words[_MOST_WORDS:]
        # Where a word finds nothing, that is why; one that finds little is only then suspect.
        found = [self._finds(word.text, word.field) for word in words]
        most = 0 if 0 in found else LITTLE
        rare = [word for word, total in zip(words, found, strict=True) if total <= most]
        guesses = [*self._corrected(rare[:_WORDS]), *self._together(words)]
        # What finds anything may be all that is wanted: with a word fewer it is another question.
        if len(words) > 1 and not finds:
            guesses.extend(self._left_out(words))
        return iter(sorted(guesses, key=lambda guess: (guess.score, guess.text)))

    def _finds(self, text: str, field: str = "") -> int:
        """How many articles a word finds by itself."""
        query = field + text
        if query not in self._known:
            self._known[query] = _counted(
                self._count, msgspec.structs.replace(self._alone, query=query)
            )
        return self._known[query]

    # whole queries

    def _corrected(self, rare: list[QueryWord]) -> Iterator[_Guess]:
        """Every rare word by its best guess, and each by its others in turn."""
        guesses = [(word, some) for word in rare if (some := self._guesses(word))]
        if not guesses:
            return
        best = [some[0] for _, some in guesses]
        yield self._with(guesses, best)
        for at, (_, some) in enumerate(guesses):
            for other in some[1:]:
                yield self._with(guesses, [*best[:at], other, *best[at + 1 :]])

    def _with(self, guesses: list[tuple[QueryWord, list[_Guess]]], chosen: list[_Guess]) -> _Guess:
        query = self._query
        for (word, _), guess in reversed(list(zip(guesses, chosen, strict=True))):
            query = replaced(query, word, guess.text)
        reasons = dict.fromkeys(guess.reason for guess in chosen)
        return _Guess(query, sum(guess.score for guess in chosen), ", ".join(reasons))

    def _together(self, words: list[QueryWord]) -> Iterator[_Guess]:
        """Two words side by side as one."""
        for one, two in pairwise(words):
            between = self._query[one.end : two.start]
            if between.strip() or two.field or one.starred or two.starred:
                continue
            if total := self._finds(one.text + two.text, one.field):
                query = self._query[: one.end] + self._query[two.start :]
                yield _Guess(query, _score(_TOGETHER, total), "written together")

    def _left_out(self, words: list[QueryWord]) -> Iterator[_Guess]:
        """The query without its rarest word."""
        word = min(words, key=lambda each: (self._finds(each.text, each.field), -each.start))
        start, end = word.start - len(word.field), word.end
        if word.starred:
            start -= self._query[start - 1 : start] == "*"
            end += self._query[end : end + 1] == "*"
        before, after = self._query[:start].rstrip(), self._query[end:].lstrip()
        if before.endswith(" AND"):
            before = before.removesuffix(" AND")
        else:
            after = after.removeprefix("AND ")
        inner = before.endswith(("(", ":")) or after.startswith(")")
        inner = inner or (word.quoted and (before[-1:] in _QUOTES or after[:1] in _QUOTES))
        query = f"{before}{after}" if inner else f"{before} {after}".strip()
        yield _Guess(query, _LEFT_OUT, f"without {word.text}")

    # single words

    def _guesses(self, word: QueryWord) -> list[_Guess]:
        """What could be meant by a word, the likeliest first."""
        text = word.text
        found = [*self._by_initials(text), *self._by_layout(text)]
        if not word.starred:
            found += [*self._without_particle(text), *self._apart(text)]
        near = self._near(text, 1)
        # Two slips only where one explains nothing: they explain nearly everything.
        if not (near or found) and len(keyboard.keys(text)) >= _LONG:
            near = self._near(text, 2)
        best: dict[str, _Guess] = {}
        for guess in sorted([*found, *near], key=lambda guess: (guess.score, guess.text)):
            if guess.text != fold(text):
                best.setdefault(guess.text, guess)
        return list(best.values())[:_TRIED]

    def _near(self, text: str, most: int) -> list[_Guess]:
        """Words of the corpus that a slip or two turn into `text`."""
        typed = dict.fromkeys((keyboard.keys(fold(text)), keyboard.keys(text)))
        costs = jamo.slips()
        found = joined(
            view.word_list.near(keys, most, costs) for view in self._views for keys in typed
        )
        # Nobody means one syllable who typed more: a particle, mostly.
        least = min(len(text), 2)
        return [self._slip(text, near) for near in found if least <= len(near.word)]

    def _slip(self, text: str, near: Near) -> _Guess:
        cost, reason = near.distance, "similar spelling"
        if _has_hangul(text) != _has_hangul(near.word):
            cost += _LAYOUT
            layout = _layout_reason(near.word)
            reason = f"{layout}, {reason}" if near.distance else layout
        return _Guess(near.word, _score(cost, near.occurrences), reason)

    def _by_layout(self, text: str) -> Iterator[_Guess]:
        """What the same keys write in the other layout, wherever it stands in a word."""
        other = keyboard.keys(text).lower() if _has_hangul(text) else keyboard.hangul(text)
        whole = other.isascii() or all("가" <= letter <= "힣" for letter in other)
        if other != text and whole and (total := self._finds(other)):
            yield _Guess(other, _score(_LAYOUT, total), _layout_reason(other))

    def _by_initials(self, text: str) -> Iterator[_Guess]:
        """Words of which only the initial consonants were typed."""
        letters = keyboard.initials(text)
        if letters is None or len(letters) < 2:
            return
        found = joined(view.word_list.with_initials(letters) for view in self._views)
        for near in found[:_TRIED]:
            yield _Guess(near.word, _score(0.0, near.occurrences), "initial consonants")

    def _without_particle(self, text: str) -> Iterator[_Guess]:
        stem = without_particle(text)
        if stem is not None and (total := self._finds(stem)):
            reason = f"without the particle {text[len(stem) :]}"
            yield _Guess(stem, _score(_PARTICLE, total), reason)

    def _apart(self, text: str) -> Iterator[_Guess]:
        """Two words of the corpus that were written as one."""
        if not _has_hangul(text):
            return
        for at in range(2, len(text) - 1):
            one, two = text[:at], text[at:]
            if self._stands(one) and self._stands(two) and (total := self._finds(f"{one} {two}")):
                yield _Guess(f"{one} {two}", _score(_APART, total), "written apart")

    def _stands(self, text: str) -> bool:
        return any(view.word_list.count_of(text) for view in self._views)


def _score(cost: float, count: int) -> float:
    return SHARPNESS * cost - math.log(count)


def _has_hangul(text: str) -> bool:
    return any(kind_of(letter) == HANGUL for letter in text)


def _layout_reason(meant: str) -> str:
    return "typed in the Latin layout" if _has_hangul(meant) else "typed in the Korean layout"
