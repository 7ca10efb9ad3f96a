"""Where do a query's words stand in one article?

The index knows which articles hold the words, and could tell the places too; but only the
few articles that are shown are ever asked for theirs, and in a text that has been read a
search by `str.find` is quicker (3 microseconds) than any cut out of the index's arrays. The
rules are those of `find`: folded characters side by side, edges by kind, marks with the
character they stand on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from corpus.article import Article
from corpus.index import near
from corpus.index.characters import HANGUL, KANA, fold, kind_of, kind_within
from corpus.index.protocol import Match
from corpus.index.query import Near, Words
from corpus.index.segment import FIELDS

Span = tuple[int, int]


class Marker:
    """Called with an article it gives the matches of `words`, by field, start and end.

    Each match occurs once, whichever words find it; occurrences that overlap all count. Of a
    `Near` only those are marked that have a partner. Markers of equal words are equal.
    """

    def __init__(self, words: Sequence[Words | Near]) -> None:
        self._words = tuple(words)

    @cached_property
    def _parts(self) -> list[_Word | _Pair]:
        return [_Word(one) if isinstance(one, Words) else _Pair(one) for one in self._words]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marker) and self._words == other._words

    def __hash__(self) -> int:
        return hash(self._words)

    def __call__(self, article: Article) -> tuple[Match, ...]:
        """Raises nothing: an article without the words has no matches."""
        found: list[Match] = []
        for field, text in enumerate((article.title, article.subtitle, article.body)):
            if text:
                name = FIELDS[field]
                found += [Match(name, start, end) for start, end in self.spans(field, text)]
        return tuple(found)

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of the matches in the text of one field (0, 1, 2), ascending."""
        parts = self._parts
        if len(parts) == 1:  # one word's places are in order and different
            part = parts[0]
            return part.spans(field, fold(text) if part.folds else text)
        folded = None
        spans: list[Span] = []
        for part in parts:
            if part.folds:
                if folded is None:
                    folded = fold(text)
                spans += part.spans(field, folded)
            else:
                spans += part.spans(field, text)
        return sorted(set(spans))


class _Word:
    """A word made ready. `folds`: whether it is to be looked for in the folded text."""

    __slots__ = ("_edged", "_fields", "_left", "_length", "_right", "_spaced", "_text", "folds")

    def __init__(self, words: Words) -> None:
        pattern = words.pattern
        self._text, self._length = pattern.text, len(pattern.text)
        self._fields = words.fields
        self._spaced = " " in pattern.text
        # The kinds that must not go on before and after a match; None where they may.
        self._left = kind_within(pattern.text, 0) if pattern.left_edge else None
        self._right = kind_within(pattern.text, self._length - 1) if pattern.right_edge else None
        self._edged = pattern.left_edge or pattern.right_edge
        # No other character folds to Hangul, Hanja, kana or a space.
        self.folds = not all(one == " " or HANGUL <= kind_of(one) <= KANA for one in pattern.text)

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match in the text of a field, ascending."""
        if field not in self._fields:
            return []
        if self._spaced:
            text = text.replace("\n", " ")
        wanted, length, find = self._text, self._length, text.find
        found: list[Span] = []
        at = find(wanted)
        while at >= 0:
            found.append((at, at + length))
            at = find(wanted, at + 1)
        if found and self._edged:
            left, right = self._left, self._right
            found = [
                span
                for span in found
                if (left is None or kind_within(text, span[0] - 1) != left)
                and (right is None or kind_within(text, span[1]) != right)
            ]
        return found


class _Pair:
    """Two groups of words made ready."""

    __slots__ = ("_distance", "_first", "_ordered", "_second", "folds")

    def __init__(self, node: Near) -> None:
        self._first = [_Word(words) for words in node.first]
        self._second = [_Word(words) for words in node.second]
        self._distance, self._ordered = node.distance, node.ordered
        self.folds = any(word.folds for word in (*self._first, *self._second))

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match that takes part in a pair, ascending."""
        first, second = (
            list({span for word in side for span in word.spans(field, text)})
            for side in (self._first, self._second)
        )
        return near.paired(first, second, text, distance=self._distance, ordered=self._ordered)
