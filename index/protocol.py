"""What does any search engine owe the corpus?

One protocol. The embedded engine answers it today; a server for corpora that
outgrow one machine can answer it too. Offsets are code points of the stored field.

The records are Structs: a dataclass takes 1 ms to define, and a search from cold defines
them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, Protocol

import msgspec

from corpus.article import Article

Sort = Literal["score", "newest", "oldest"]
By = Literal["year", "month", "day", "publisher", "section", "reporter"]
ValueField = Literal["publisher", "section", "reporter"]
Undated = Literal["include", "only"]


class Synonyms(msgspec.Struct, frozen=True):
    """Words that mean the same, as the query reads them (folded), in articles published from
    `first` to `last` (yyyymmdd; 0 and 0: whenever)."""

    words: tuple[str, ...]
    first: int = 0
    last: int = 0


class Request(msgspec.Struct, frozen=True):
    """A question: the query text and the filters beside it.

    Repeated values of one filter are alternatives; different filters must all hold.
    `since` and `until` are dates as people write them (2021, 2021-10, 2021-10-03).
    """

    query: str = ""
    since: str | None = None
    until: str | None = None
    publisher: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    reporter: tuple[str, ...] = ()
    field: str | None = None  # title, subtitle or body: the only field searched
    match: Literal["all", "any"] = "all"
    exact: bool = False  # no other forms of a word, only the text as it is written
    undated: Undated | None = None
    synonyms: tuple[Synonyms, ...] = ()
    saved: tuple[tuple[str, str], ...] = ()  # queries by name, where the text has query:NAME


class Match(msgspec.Struct, frozen=True, gc=False):
    """Where a query word stands: `field`[`start`:`end`], and by which rule it matched."""

    field: str
    start: int
    end: int
    kind: str = "literal"


class Row(msgspec.Struct, frozen=True, gc=False):
    """One found article: its store number and revision, id and score."""

    number: int
    revision: int
    id: str
    score: float


class Marks(Protocol):
    """Where the words of a query stand, each place once; code points of the stored field."""

    def __call__(self, article: Article, /) -> tuple[Match, ...]:
        """In an article: by field (title, subtitle, body), start and end."""
        ...

    def spans_in(self, article: Article, /) -> Callable[[int, str], Sequence[tuple[int, int]]]:
        """What gives (start, end) in the text of one field (0, 1, 2) of the article, ascending."""
        ...


class Explained(Protocol):
    """What can be told of an answer, in plain JSON types."""

    def query(self) -> dict[str, Any]:
        """`in_words`, `tree` and `terms`: how the query was read, and what each term found
        and cost."""
        ...

    def hit(self, number: int, /) -> dict[str, Any]:
        """`score` and `terms`: what the score of the article of this number adds up from."""
        ...


class FormCount(msgspec.Struct, frozen=True, gc=False):
    """How many of the articles found have a `word` of the query in a `form` of this `kind`,
    and in none of the forms counted before it; the word as asked (literal) comes first."""

    word: str
    form: str
    kind: str
    articles: int


class Answer(msgspec.Struct, frozen=True):
    """What a search found.

    `total` counts all matching articles, `rows` holds the ones asked for,
    `left_out` counts the undated articles that only a date filter kept out,
    `read_as` says how the query was read, `marks` tells where its words stand in an article,
    `forms` counts the forms of every word that was found in more than one, and `explain`
    gives what tells of the answer.
    """

    total: int
    rows: Sequence[Row]
    left_out: int
    read_as: str
    marks: Marks
    forms: tuple[FormCount, ...] = ()
    explain: Callable[[], Explained] | None = None


class Tally(msgspec.Struct, frozen=True):
    """Articles per group, in the group's own order; the group None holds what has no value."""

    total: int
    groups: tuple[tuple[str | None, int], ...]
    left_out: int
    read_as: str
    forms: tuple[FormCount, ...] = ()


LITTLE = 3  # articles: a query that finds no more is helped


class Suggestion(msgspec.Struct, frozen=True):
    """Another query that would find something: its text, its articles, and why it is offered."""

    query: str
    total: int
    reason: str


class WordTally(msgspec.Struct, frozen=True):
    """Words of the text, folded, with their occurrences; the most frequent first."""

    words: tuple[tuple[str, int], ...]
    articles: int
    left_out: int
    read_as: str


class Change(msgspec.Struct, frozen=True, gc=False):
    """One article as the store has it now; `article` is None where it was deleted."""

    number: int
    article: Article | None


class IndexStatus(msgspec.Struct, frozen=True):
    """The `store` and the change `seq` that the index has reached; `bytes` on disk."""

    store: str | None
    seq: int
    articles: int
    segments: int
    bytes: int


class Index(Protocol):
    """A searchable copy of a store. Readers see one snapshot until they are opened anew."""

    def status(self) -> IndexStatus: ...

    def apply(
        self,
        changes: Iterable[Change],
        *,
        store: str,
        seq: int,
        progress: Callable[[int], object] | None = None,
        rebuild: bool = False,
        memory: int | None = None,
    ) -> None:
        """Bring in changed articles and commit; afterwards the index is at `seq` of `store`.

        An article that the index already has is replaced; every number occurs once.
        `progress` is called with the number of changes taken so far. Nothing is visible
        before the commit. With `rebuild` the index is made from the changes alone.
        `memory` bounds what is held before it goes to disk, in bytes (None: as the engine
        thinks best).
        """
        ...

    def search(
        self,
        request: Request,
        *,
        limit: int | None = 10,
        offset: int = 0,
        sort: Sort = "score",
    ) -> Answer:
        """Raises QueryError; `limit` None means all."""
        ...

    def count(self, request: Request, by: By | None = None) -> Tally:
        """Raises QueryError. An article with two reporters counts once in each one's group."""
        ...

    def words(self, request: Request) -> WordTally:
        """The words of the text that hold a match of the query; raises QueryError."""
        ...

    def suggest(self, request: Request, found: int) -> tuple[Suggestion, ...]:
        """Queries that find more than the `found` articles of a request, likely ones first."""
        ...

    def values(self, field: ValueField) -> dict[str, int]:
        """Every value of a field as stored, with its number of articles."""
        ...

    def entries(self) -> Iterable[tuple[int, int]]:
        """(number, revision) of every live article, for `verify`."""
        ...

    def check(self) -> list[str]:
        """Damage found by reading everything: one sentence each, empty when sound."""
        ...

    def close(self) -> None: ...
