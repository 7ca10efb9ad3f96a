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
from corpus.index.characters import fold, kind_within, written
from corpus.index.layout import FIELDS
from corpus.index.protocol import Match
from corpus.index.query import Near, Words

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
            return parts[0].spans(field, text)
        return sorted({span for part in parts for span in part.spans(field, text)})


class _Word:
    """A word made ready.

    To fold a text takes 10 microseconds, as long as to look 50 times for something in it. So
    a word is looked for in the ways its beginning is written, with small letters and capitals,
    and only a text that holds rarer characters that fold to these (full-width ones, the
    Kelvin sign) is folded before.
    """

    __slots__ = ("_edged", "_fields", "_forms", "_left", "_rare", "_right", "_spaced", "_text")

    def __init__(self, words: Words) -> None:
        pattern = words.pattern
        self._text = pattern.text
        self._fields = words.fields
        self._spaced = " " in pattern.text
        # The kinds that must not go on before and after a match; None where they may.
        self._left = kind_within(pattern.text, 0) if pattern.left_edge else None
        self._right = (
            kind_within(pattern.text, len(pattern.text) - 1) if pattern.right_edge else None
        )
        self._edged = pattern.left_edge or pattern.right_edge
        self._forms, self._rare = _ways(pattern.text)

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match in the text of a field, ascending."""
        if field not in self._fields:
            return []
        if self._spaced:
            text = text.replace("\n", " ")
        for character in self._rare:
            if character in text:
                text = fold(text)
                break
        wanted, forms = self._text, self._forms
        length, find = len(wanted), text.find
        found: list[Span] = []
        for form in forms:
            at = find(form)
            while at >= 0:
                found.append((at, at + length))
                at = find(form, at + 1)
        if len(forms) > 1:
            found.sort()
        if found and len(forms[0]) < length:
            found = [span for span in found if fold(text[span[0] : span[1]]) == wanted]
        if found and self._edged:
            left, right = self._left, self._right
            found = [
                span
                for span in found
                if (left is None or kind_within(text, span[0] - 1) != left)
                and (right is None or kind_within(text, span[1]) != right)
            ]
        return found


# Letters of a word's beginning, each of which doubles the ways to write it.
_LETTERS = 2


def _ways(folded: str) -> tuple[list[str], str]:
    """(how the beginning of a word is written, the rarer characters that fold to one of it).

    >>> _ways("g7 정상"), _ways("imf")[0]
    ((['g7 정상', 'G7 정상'], 'Ｇｇ７'), ['im', 'iM', 'Im', 'IM'])
    """
    forms, rare, letters = [""], "", 0
    for character in folded:
        others = written(character)
        capital = character.upper() if character.isascii() else character
        if capital == character:
            forms = [form + character for form in forms]
        elif letters == _LETTERS:
            break
        else:
            letters += 1
            forms = [form + one for form in forms for one in (character, capital)]
            others = others.replace(capital, "")
        rare += others
    return forms, rare


class _Pair:
    """Two groups of words made ready."""

    __slots__ = ("_distance", "_first", "_ordered", "_second")

    def __init__(self, node: Near) -> None:
        self._first = [_Word(words) for words in node.first]
        self._second = [_Word(words) for words in node.second]
        self._distance, self._ordered = node.distance, node.ordered

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match that takes part in a pair, ascending."""
        first, second = (
            list({span for word in side for span in word.spans(field, text)})
            for side in (self._first, self._second)
        )
        return near.paired(first, second, text, distance=self._distance, ordered=self._ordered)
