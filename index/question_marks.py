"""Where does what a question asked for stand in one article?

In each field a word of the question is marked by its whole stem where that stands there, as a
query word would be; where it does not, by the pieces of it that were counted, those that touch
as one. So every article found has a mark, and one that has 인공지능 shows no 지능 beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from corpus.article import Article
from corpus.index.layout import FIELDS
from corpus.index.marks import Marker, Span
from corpus.index.protocol import Match
from corpus.index.query import Asked, AskedTerm, Pattern, Words
from corpus.index.snippets import merged


class QuestionMarker:
    """The marks of a question; its matches are of kind `literal` where a whole stem stands and
    `part` where only pieces of one do. Markers of equal questions are equal."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    @cached_property
    def _words(self) -> list[tuple[Marker, Marker]]:
        """(of the whole stem, of its pieces) for every word."""
        fields = self._asked.fields
        return [
            (
                Marker([Words(Pattern.word(stem), fields, stem)]),
                Marker([_piece(term, fields) for term in terms]),
            )
            for stem, terms in self._asked.words
        ]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QuestionMarker) and self._asked == other._asked

    def __hash__(self) -> int:
        return hash(self._asked)

    def __call__(self, article: Article) -> tuple[Match, ...]:
        """By field, start and end."""
        found: list[Match] = []
        for field, text in enumerate((article.title, article.subtitle, article.body)):
            if text:
                found += [
                    Match(FIELDS[field], start, end, kind)
                    for (start, end), kind in sorted(self._kinds(field, text).items())
                ]
        return tuple(found)

    def spans_in(self, article: Article) -> Callable[[int, str], list[Span]]:
        """`spans`: a question is read alike for every article."""
        return self.spans

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of the marks in the text of one field (0, 1, 2), ascending."""
        return sorted(self._kinds(field, text))

    def _kinds(self, field: int, text: str) -> dict[Span, str]:
        found: dict[Span, str] = {}
        for whole, pieces in self._words:
            spans = whole.spans(field, text)
            if spans:
                found |= dict.fromkeys(spans, "literal")
            else:
                for span in merged(pieces.spans(field, text)):
                    found.setdefault(span, "part")
        return found


def _piece(term: AskedTerm, fields: Sequence[int]) -> Words:
    return Words(Pattern(term.text, term.alone, term.alone), fields, term.text)
