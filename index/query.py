"""What can be asked? The nodes of a query tree.

They are Whoosh queries, so Whoosh's own searcher runs them, and each prints itself the
way it was read. All of them are evaluated by `evaluate`, for whole segments at once;
`matcher` hands Whoosh the finished arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from whoosh.matching.mcore import ListMatcher, Matcher, NullMatcher
from whoosh.query.compound import And, Or
from whoosh.query.qcore import Query
from whoosh.query.wrappers import Not

from corpus.index import characters
from corpus.index.characters import FIRST_WHOLE, KANA, NONE

ALL_FIELDS = (0, 1, 2)  # title, subtitle, body: their places in `segment.FIELDS`
ValueName = Literal["publisher", "section", "reporter", "email", "url", "id"]


class ArrayQuery(Query):
    """A node that is evaluated for a whole snapshot at once."""

    boost = 1.0

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The articles of the searcher's one segment, with scores over the whole index."""
        from corpus.index import evaluate

        articles, scores = evaluate.for_whoosh(self, searcher)
        if not len(articles):
            return NullMatcher()
        return _Scored(articles.tolist(), scores.tolist())

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def normalize(self) -> Query:
        return self  # the parser builds no redundant nodes, and `str` is how it was read

    def field(self) -> None:
        return None


class _Scored(ListMatcher):
    """Finished scores; weights of zero are scores too (ListMatcher takes them for none)."""

    def weight(self) -> float:
        return float(self._weights[self._i])

    score = weight

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return float(max(self._weights))


@dataclass(frozen=True, slots=True)
class Pattern:
    """Folded text to stand together in one field; a space stands for any white space.

    `left_edge`, `right_edge`: whether the match must begin or end a run there.
    """

    text: str
    left_edge: bool
    right_edge: bool

    @classmethod
    def word(cls, text: str, *, begins: bool = False, ends: bool = False) -> Pattern:
        """By the rules for words: Latin letters and digits at an edge are whole runs, Hangul
        edges are free; with a star one edge is turned: `text*` (begins), `*text` (ends).

        >>> Pattern.word("LG전자")
        Pattern(text='lg전자', left_edge=True, right_edge=False)
        """
        folded = characters.fold(text)
        first, last = _edge_kinds(folded)
        left = begins or (first >= FIRST_WHOLE and not ends)
        right = ends or (last >= FIRST_WHOLE and not begins)
        return cls(folded, left and first != NONE, right and last != NONE)

    @classmethod
    def phrase(cls, text: str, *, pure: bool) -> Pattern:
        """As a word; unless `pure`, a first word of one syllable must begin a run, since
        "이 대통령" does not mean 사람이 대통령."""
        plain = cls.word(text)
        first, _, more = plain.text.partition(" ")
        kind = characters.kind_of(first[:1]) if first else NONE
        begins = not pure and bool(more) and len(first) == 1 and NONE < kind <= KANA
        return cls(plain.text, plain.left_edge or begins, plain.right_edge)


def _edge_kinds(folded: str) -> tuple[int, int]:
    found = characters.kinds(characters.encode(folded).units).tolist()
    return (found[0], found[-1]) if found else (NONE, NONE)


class Words(ArrayQuery):
    """A word or phrase in some of the text fields: the leaf that matches and scores."""

    def __init__(self, pattern: Pattern, fields: Sequence[int], shown: str) -> None:
        self.pattern = pattern
        self.fields = tuple(fields)
        self.shown = shown

    @property
    def key(self) -> tuple[Pattern, tuple[int, ...]]:
        """Equal for leaves that find the same."""
        return self.pattern, self.fields

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Words({self.pattern!r}, {self.fields})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Days(ArrayQuery):
    """Published from `first` to `last` (yyyymmdd in Seoul, inclusive); `undated` articles too?"""

    def __init__(self, first: int, last: int, shown: str, *, undated: bool = False) -> None:
        self.first, self.last, self.shown, self.undated = first, last, shown, undated

    def __str__(self) -> str:
        return f"({self.shown} OR undated)" if self.undated else self.shown

    def __repr__(self) -> str:
        return f"Days({self.first}, {self.last}, undated={self.undated})"


class Undated(ArrayQuery):
    """Without a date of publication."""

    def __str__(self) -> str:
        return "undated"

    __repr__ = __str__


class Value(ArrayQuery):
    """A whole value of a field, folded: publisher, section, reporter, email, url, id."""

    def __init__(self, name: ValueName, value: str, position: int | None, shown: str) -> None:
        self.name: ValueName = name
        self.value = value
        self.position = position  # in the query text; None where it came as an option
        self.shown = shown

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Value({self.name!r}, {self.value!r})"


class Everything(ArrayQuery):
    """All articles."""

    def __str__(self) -> str:
        return "all articles"

    __repr__ = __str__


class All(ArrayQuery, And):
    """Every part matches; scores add."""

    def __str__(self) -> str:
        return " AND ".join(_inner(part, Either) for part in self.subqueries)


class Either(ArrayQuery, Or):
    """At least one part matches; scores of those that do add."""

    def __str__(self) -> str:
        return " OR ".join(str(part) for part in self.subqueries)


class Without(ArrayQuery, Not):
    """The part does not match; adds no score."""

    def __str__(self) -> str:
        return f"NOT {_inner(self.query, All, Either)}"


def _inner(part: Query, *grouped: type[Query]) -> str:
    return f"({part})" if isinstance(part, grouped) else str(part)
