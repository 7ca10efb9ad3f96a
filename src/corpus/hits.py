"""What does a search answer with? Its hits, whose articles are read when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import msgspec

from corpus.article import Article
from corpus.index.protocol import Explained, FormCount, Marks, Match, Suggestion
from corpus.index.snippets import Snippet, cut
from corpus.results import FORMAT_VERSION, plain


class Page(dict[int, Article]):
    """By row (from 0) the articles behind one answer, loaded a block at a time.

    `load` takes (number, revision) pairs and gives their articles; it is called once for
    each block of `BLOCK` rows, at the first access to one of them, and only the last few
    blocks are kept, so that a walk over all hits needs bounded memory. `mark` tells where
    the query's words stand in an article; it is asked once for as long as that is kept.

    A dict, since most rows that are asked for are there: three calls less for each.
    """

    BLOCK = 100
    KEPT = 4

    def __init__(
        self,
        keys: Sequence[tuple[int, int]],
        load: Callable[[Sequence[tuple[int, int]]], dict[tuple[int, int], Article]],
        mark: Marks,
        explain: Callable[[], Explained] | None = None,
    ) -> None:
        self._keys, self._load, self.mark = keys, load, mark
        self._explain = explain
        self._marked: dict[int, tuple[Match, ...]] = {}

    @cached_property
    def explained(self) -> Explained | None:
        """What tells of the answer that the page is of."""
        return None if self._explain is None else self._explain()

    def __missing__(self, row: int) -> Article:
        """Raises CorpusError once the corpus is closed."""
        while len(self) > self.BLOCK * (self.KEPT - 1):
            oldest = next(iter(self))
            del self[oldest]
            self._marked.pop(oldest, None)
        first = row - row % self.BLOCK
        keys = self._keys[first : first + self.BLOCK]
        found = self._load(keys)
        self.update(enumerate([found[key] for key in keys], first))
        return self[row]

    def matches(self, row: int) -> tuple[Match, ...]:
        """Where the words stand in the article of row `row`; raises as the article does."""
        found = self._marked.get(row)
        if found is None:
            found = self._marked[row] = self.mark(self[row])
        return found


class Hit(msgspec.Struct, frozen=True, eq=False):
    """One found article.

    `score` is BM25F (0.0 where nothing was scored), `revision` the revision that was
    indexed. `article`, `matches` and `snippets` are read from the store at first access.
    Hits are equal that stand for the same revision in the same place, by the same score.
    """

    id: str
    score: float
    revision: int
    number: int
    row: int
    page: Page

    @property
    def article(self) -> Article:
        """The record as it was indexed; raises CorpusError once the corpus is closed."""
        return self.page[self.row]

    @property
    def matches(self) -> tuple[Match, ...]:
        """Where the query's words stand, in order of field and place; offsets are code
        points of the stored field. Raises as `article` does."""
        return self.page.matches(self.row)

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """Up to three cuttings around the matches: field, text, offset, marks."""
        article = self.page[self.row]
        return cut(article, self.page.mark.spans_in(article), most=3)

    @property
    def matched(self) -> int:
        """How many times the query's words stand in the article."""
        return len(self.matches)

    @property
    def where(self) -> str | None:
        """How much of the article the corpus holds: full, lead or title."""
        return self.article.completeness

    def explain(self) -> dict[str, Any]:
        """What the score adds up from: `score`, and `terms`, each with its occurrences by
        field, tf, df, idf, norm and contribution (formula: `corpus.index.evaluate`); no
        terms where nothing was scored."""
        explained = self.page.explained
        found = {"score": 0.0, "terms": []} if explained is None else explained.hit(self.number)
        return {"id": self.id, **found}

    def to_dict(self) -> dict[str, Any]:
        """id, score, revision, matched, where, matches, snippets and the whole article."""
        return {
            "format_version": FORMAT_VERSION,
            "id": self.id,
            "score": self.score,
            "revision": self.revision,
            "matched": self.matched,
            "where": self.where,
            "matches": plain(self.matches),
            "snippets": plain(self.snippets),
            "article": self.article.to_dict(),
        }

    def _key(self) -> tuple[str, float, int, int, int]:
        return self.id, self.score, self.revision, self.number, self.row

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Hit) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"Hit(id={self.id!r}, score={self.score!r}, revision={self.revision!r})"


class Hits(Sequence[Hit]):
    """What a search found: a sequence of the hits asked for, with what is known of all.

    `total` counts all matching articles, `left_out` the undated ones that only a date
    filter kept out, `pending` the articles changed since the index was last brought up
    to date, `read_as` says how the query was read, `forms` counts apart what was found
    under another form of a word, `corrected` is the suggestion that took the place of the
    query (None: it stands as given). `len()` is the number of rows here. Frozen, as every
    record.
    """

    total: int
    left_out: int
    pending: int
    read_as: str
    offset: int
    rows: tuple[Hit, ...]
    forms: tuple[FormCount, ...]
    corrected: Suggestion | None

    def __init__(
        self,
        total: int,
        left_out: int,
        pending: int,
        read_as: str,
        offset: int,
        rows: tuple[Hit, ...],
        forms: tuple[FormCount, ...] = (),
        suggest: Callable[[], tuple[Suggestion, ...]] = tuple,
        corrected: Suggestion | None = None,
        page: Page | None = None,
    ) -> None:
        # Neither a dataclass (1 ms to define) nor a Struct, which can be no Sequence.
        self.__dict__.update(
            total=total,
            left_out=left_out,
            pending=pending,
            read_as=read_as,
            offset=offset,
            rows=rows,
            forms=forms,
            corrected=corrected,
            _suggest=suggest,
            _suggestions=None,
            _page=page,
        )

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Other queries that find more, likely ones first, where this one found nothing or
        three articles at most. Looked for at the first access; raises CorpusError where the
        corpus is closed by then."""
        found: tuple[Suggestion, ...] | None = self.__dict__["_suggestions"]
        if found is None:
            found = self.__dict__["_suggestions"] = self.__dict__["_suggest"]()
        return found

    def _told(self) -> dict[str, Any]:
        # What is suggested follows from the rest, and takes time.
        return {name: value for name, value in vars(self).items() if name[0] != "_"}

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"what a search found is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"what a search found is frozen: {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return self._told() == other._told() if isinstance(other, Hits) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._told().values()))

    def __repr__(self) -> str:
        shown = ("read_as", "total", "left_out", "pending", "corrected", "offset")
        return f"Hits({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.rows)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.rows[index]

    def explain(self) -> dict[str, Any]:
        """How the query was read and what it found, without the hits.

        Beside what `to_dict` has: `in_words` and `tree`, the query as it was understood, and
        `terms`: of each its forms, the articles and occurrences that it has by itself, and
        the microseconds that it takes to look up.
        """
        page: Page | None = self.__dict__["_page"]
        explained = None if page is None else page.explained
        return {**self._summary(), **({} if explained is None else explained.query())}

    def _summary(self) -> dict[str, Any]:
        return {
            "read_as": self.read_as,
            "total": self.total,
            "left_out": self.left_out,
            "pending": self.pending,
            "suggestions": plain(self.suggestions),
            "forms": plain(self.forms),
            "corrected": plain(self.corrected),
        }

    def to_dict(self) -> dict[str, Any]:
        """total, left_out, pending, read_as, suggestions, forms, corrected, offset and `hits`."""
        hits = [hit.to_dict() for hit in self.rows]
        for hit in hits:
            del hit["format_version"]
        return {
            "format_version": FORMAT_VERSION,
            **self._summary(),
            "offset": self.offset,
            "hits": hits,
        }
