"""What can be asked? The nodes of a query tree.

Each node prints itself the way it was read. They are plain classes that know nothing of
how they are evaluated (`evaluate` does it, for whole segments at once) nor of Whoosh
(`whoosh_query` hands them to its searcher): importing Whoosh's query classes took a
process longer than answering did. Not dataclasses: each of those takes 0.7 ms to make.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from corpus.index import characters
from corpus.index.characters import FIRST_WHOLE, KANA, NONE
from corpus.index.layout import FIELDS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from corpus.index.forms import Form
    from corpus.index.view import SegmentView

    I64 = npt.NDArray[np.int64]

Span = tuple[int, int]  # start and end in the text of a field

ALL_FIELDS = (0, 1, 2)  # title, subtitle, body: their places in `segment.FIELDS`
ValueName = Literal["publisher", "section", "reporter", "email", "url", "id"]


class Node:
    """A question that an article answers with yes or no."""

    __slots__ = ()


class Pattern(NamedTuple):
    """Folded text to stand together in one field; a space stands for any white space.

    `left_edge`, `right_edge`: whether the match must begin or end a run there. A tuple, since
    it is a key that is asked for several times in every search.
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
        kinds = characters.kinds_of(folded) or [NONE]
        first, last = kinds[0], kinds[-1]
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


class Words(Node):
    """A word or phrase in some of the text fields: the leaf that matches and scores.

    `forms` are the other ways to write it that count as well; `hanja`: it is found as well
    where it is written in Hanja.
    """

    __slots__ = ("fields", "forms", "hanja", "key", "pattern", "shown")

    def __init__(
        self,
        pattern: Pattern,
        fields: Sequence[int],
        shown: str,
        forms: Sequence[Form] = (),
        *,
        hanja: bool = False,
    ) -> None:
        self.pattern = pattern
        self.fields = tuple(fields)
        self.shown = shown
        self.forms = tuple(forms)
        self.hanja = hanja
        # Equal for leaves that find the same.
        self.key: Hashable = (pattern, self.fields, self.forms, hanja)

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Words({self.pattern!r}, {self.fields})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Varying(Words):
    """A leaf whose matches differ in length, such as a word with open characters: it finds
    them itself. None of its matches holds white space.

    `sought` is what it looks for, equal where leaves find the same."""

    __slots__ = ()

    def __init__(self, sought: Hashable, fields: Sequence[int], shown: str) -> None:
        super().__init__(Pattern(shown, left_edge=False, right_edge=False), fields, shown)
        self.key = (sought, self.fields)

    def stretches(self, view: SegmentView) -> tuple[I64, I64]:
        """(starts, lengths) of the matches in a segment, whatever the field, ascending."""
        raise NotImplementedError

    def spans(self, text: str) -> list[Span]:
        """(start, end) of the matches in the text of one field, ascending."""
        raise NotImplementedError


class Near(Node):
    """A word of `first` and a word of `second`, at most `distance` eojeol (words between
    white space) apart in one field; `ordered`: the first before the second.

    Each side is one word or phrase, or alternatives. All of them search the same fields.
    """

    __slots__ = ("distance", "first", "ordered", "second")

    def __init__(
        self, first: Sequence[Words], second: Sequence[Words], distance: int, *, ordered: bool
    ) -> None:
        self.first = tuple(first)
        self.second = tuple(second)
        self.distance = distance
        self.ordered = ordered

    @property
    def words(self) -> tuple[Words, ...]:
        """The words of both sides, in the order of the query."""
        return self.first + self.second

    @property
    def key(self) -> tuple[tuple[Words, ...], tuple[Words, ...], int, bool]:
        """Equal for nodes that find the same."""
        return self.first, self.second, self.distance, self.ordered

    def __str__(self) -> str:
        operator = "ADJ" if self.ordered else "NEAR"
        return f"{_side(self.first)} {operator}/{self.distance} {_side(self.second)}"

    def __repr__(self) -> str:
        return f"Near({self.first!r}, {self.second!r}, {self.distance}, ordered={self.ordered})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Near) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class AskedTerm(NamedTuple):
    """What a question looks up: two neighbouring characters of one run, or (`alone`) a whole
    run; `lone` where that is one syllable. `weight` is its share in the score."""

    text: str
    alone: bool
    lone: bool
    weight: float


class Asked(Node):
    """A question in natural language: at least one of its terms stands in an article.

    `pairs` are places of terms that begin words which follow each other in the question;
    `words` are (stem, what it looks up), for marking. Made by `question.read_question`.
    """

    __slots__ = ("fields", "key", "pairs", "shown", "terms", "words")

    def __init__(
        self,
        terms: tuple[AskedTerm, ...],
        pairs: tuple[tuple[int, int], ...],
        words: tuple[tuple[str, tuple[AskedTerm, ...]], ...],
        fields: tuple[int, ...],
        shown: str,
    ) -> None:
        self.terms, self.pairs, self.words = terms, pairs, words
        self.fields, self.shown = fields, shown
        self.key = (terms, pairs, fields)  # equal for questions that find and score the same

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Asked({self.terms!r}, {self.pairs!r}, {self.fields})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


class Days(Node):
    """Published from `first` to `last` (yyyymmdd in Seoul, inclusive); `undated` articles too?"""

    __slots__ = ("first", "last", "shown", "undated")

    def __init__(self, first: int, last: int, shown: str, *, undated: bool = False) -> None:
        self.first, self.last, self.shown, self.undated = first, last, shown, undated

    def __str__(self) -> str:
        return f"({self.shown} OR undated)" if self.undated else self.shown

    def __repr__(self) -> str:
        return f"Days({self.first}, {self.last}, undated={self.undated})"


class Undated(Node):
    """Without a date of publication."""

    __slots__ = ()

    def __str__(self) -> str:
        return "undated"

    __repr__ = __str__


class Value(Node):
    """A whole value of a field, folded: publisher, section, reporter, email, url, id."""

    __slots__ = ("name", "position", "shown", "value")

    def __init__(self, name: ValueName, value: str, position: int | None, shown: str) -> None:
        self.name: ValueName = name
        self.value = value
        self.position = position  # in the query text; None where it came as an option
        self.shown = shown

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Value({self.name!r}, {self.value!r})"


class InNotes(Node):
    """`words` stand in one of an article's notes, as they are written; adds no score."""

    __slots__ = ("words",)

    def __init__(self, words: Words) -> None:
        self.words = words

    def __str__(self) -> str:
        return f"note:{self.words.shown}"

    def __repr__(self) -> str:
        return f"InNotes({self.words!r})"


class Everything(Node):
    """All articles."""

    __slots__ = ()

    def __str__(self) -> str:
        return "all articles"

    __repr__ = __str__


class All(Node):
    """Every part matches; scores add."""

    __slots__ = ("subqueries",)

    def __init__(self, subqueries: Sequence[Node]) -> None:
        self.subqueries = tuple(subqueries)

    def __str__(self) -> str:
        return " AND ".join([_inner(part, Either) for part in self.subqueries])

    def __repr__(self) -> str:
        return f"All({self.subqueries!r})"


class Either(Node):
    """At least one part matches; scores of those that do add."""

    __slots__ = ("subqueries",)

    def __init__(self, subqueries: Sequence[Node]) -> None:
        self.subqueries = tuple(subqueries)

    def __str__(self) -> str:
        return " OR ".join([str(part) for part in self.subqueries])

    def __repr__(self) -> str:
        return f"Either({self.subqueries!r})"


class Without(Node):
    """The part does not match; adds no score."""

    __slots__ = ("query",)

    def __init__(self, query: Node) -> None:
        self.query = query

    def __str__(self) -> str:
        return f"NOT {_inner(self.query, All, Either)}"

    def __repr__(self) -> str:
        return f"Without({self.query!r})"


def alternatives(node: Node) -> tuple[Words, ...]:
    """The words of one side of a NEAR; none where it is anything but words."""
    if isinstance(node, Words):
        return (node,)
    if not isinstance(node, Either):
        return ()
    found = [alternatives(part) for part in node.subqueries]
    return tuple([words for part in found for words in part]) if all(found) else ()


def positive_words(node: Node) -> list[Words | Near]:
    """What has matches that a reader wants to see: all that is under no NOT, in order."""
    match node:
        case Words() | Near():
            return [node]
        case All() | Either():
            return [words for part in node.subqueries for words in positive_words(part)]
    return []


def parts_of(tree: Node) -> tuple[Node, ...]:
    """What must match together: the parts of an `All`, or the tree alone."""
    return tree.subqueries if isinstance(tree, All) else (tree,)


def prefix(fields: tuple[int, ...]) -> str:
    """How a query names the text fields that it searches: nothing where these are all.

    >>> prefix((0,)), prefix(ALL_FIELDS)
    ('title:', '')
    """
    if fields == ALL_FIELDS:
        return ""
    return ",".join([FIELDS[field] for field in fields]) + ":"


def _inner(part: Node, *grouped: type[Node]) -> str:
    return f"({part})" if isinstance(part, grouped) else str(part)


def _side(words: tuple[Words, ...]) -> str:
    return str(words[0]) if len(words) == 1 else f"({' OR '.join(map(str, words))})"
