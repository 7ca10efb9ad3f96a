"""What does the corpus answer with? Frozen records, each with `to_dict()`.

What `--format json` prints is `to_dict()`: plain JSON types, absent values None, times in
ISO 8601, and at the top level `"format_version": 1`. Keys may be added within a version,
never renamed or removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, overload

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.index.protocol import Explained, FormCount, Marks, Match, Suggestion
from corpus.index.snippets import Snippet, cut

FORMAT_VERSION = 1


def plain(value: Any) -> Any:
    """`value` in JSON's own types: records as dicts, tuples as lists, times in ISO 8601.

    >>> plain((Path("a"), date(2021, 12, 1), Match("title", 0, 2)))
    ['a', '2021-12-01', {'field': 'title', 'start': 0, 'end': 2, 'kind': 'literal'}]
    """
    if isinstance(value, Article):
        return value.to_dict()
    if isinstance(value, ArticleRejected):
        return {"origin": value.origin, "line": value.line, "reason": value.reason}
    if isinstance(value, msgspec.Struct):
        return _named(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Path) else value


def _named(value: msgspec.Struct) -> dict[str, Any]:
    return {name: plain(getattr(value, name)) for name in value.__struct_fields__}


class Record(msgspec.Struct, frozen=True):
    """What every answer can do: say itself in plain JSON types.

    Not a dataclass: defining one takes 1 ms, and a search from cold defines them all.
    """

    def to_dict(self) -> dict[str, Any]:
        """The whole record with `format_version`; see the module's docstring."""
        return {"format_version": FORMAT_VERSION, **_named(self)}


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


class Counts(Record, frozen=True):
    """How many articles match, in all and per group of `by` (groups is empty without it).

    The group None holds the articles that have no value. An article with two reporters
    counts once in each one's group and once in `total`. `forms` counts apart what was found
    under another form of a word.
    """

    total: int
    groups: tuple[tuple[str | None, int], ...]
    left_out: int
    pending: int
    read_as: str
    by: str | None
    forms: tuple[FormCount, ...] = ()


class SavedQuery(Record, frozen=True):
    """A query that query:`name` stands for; `saved` is when, in UTC."""

    name: str
    query: str
    saved: datetime


class WordCounts(Record, frozen=True):
    """Which words of the text a query matched, the most frequent first.

    `words` are those asked for, folded (lower case), each with its occurrences; `different`
    counts all of them and `occurrences` their places, in `articles` articles.
    """

    words: tuple[tuple[str, int], ...]
    different: int
    occurrences: int
    articles: int
    left_out: int
    pending: int
    read_as: str


class Progress(Record, frozen=True):
    """How far an ingest, a re-extraction or an index update has come.

    `phase` is ingest, reextract or index; `done` counts articles in that phase; `total` the
    articles to do, None where unknown; `bytes_done` and `bytes_total` (None: unknown, as
    with standard input) count source bytes; `path` is what is being read.
    """

    phase: Literal["ingest", "index", "reextract"]
    done: int
    total: int | None = None
    rejected: int = 0
    bytes_done: int = 0
    bytes_total: int | None = None
    path: str | None = None
    seconds: float = 0.0


class KeptOut(Record, frozen=True):
    """An input that was not taken in because article `id` was deleted for `reason`."""

    id: str
    origin: str | None
    line: int | None
    reason: str


class IngestReport(Record, frozen=True):
    """What an ingest did, in articles; `seconds` of wall time, the index included.

    `undated` counts the articles that have no date, `encodings_repaired` pages whose declared
    charset was not the real one, `suspicious` holds sentences (one canonical URL on 12
    articles: …), `passed_over` counts by sort what a crawl holds beside pages (requests,
    images, answers that are no page), `lines_removed` the pieces that byline and
    boilerplate removal took, `lines_doubtful` those of them it was not sure about.
    `notices` say what else happened, such as an index that had to be rebuilt.
    """

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    kept_out: tuple[KeptOut, ...] = ()
    rejected: tuple[ArticleRejected, ...] = ()
    undated: int = 0
    encodings_repaired: int = 0
    suspicious: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()
    lines_removed: int = 0
    lines_doubtful: int = 0
    seconds: float = 0.0
    dry_run: bool = False
    notices: tuple[str, ...] = ()

    def write(self, path: str | Path) -> None:
        """The rejects as JSON Lines {"origin", "line", "reason"}: what `--retry` reads.

        Raises OSError.
        """
        lines = [msgspec.json.encode(plain(reject)) + b"\n" for reject in self.rejected]
        Path(path).write_bytes(b"".join(lines))


class FieldChange(Record, frozen=True):
    """What newer rules make of one field: its value `before` and `after`, in JSON's own types."""

    field: str
    before: Any
    after: Any


class ArticleChange(Record, frozen=True):
    """What newer rules change in one article; `extractor` is the version that made it."""

    id: str
    title: str
    extractor: str | None
    fields: tuple[FieldChange, ...]


class KeptEdit(Record, frozen=True):
    """A field that stays as a person left it in `revision`; the rules would say `newer`."""

    id: str
    field: str
    revision: int
    value: Any
    newer: Any


class NotReread(Record, frozen=True):
    """An article that stays as it is, and why."""

    id: str
    reason: str


class ReextractReport(Record, frozen=True):
    """What newer rules change, in articles; `seconds` of wall time, the index included.

    `changed` have a new revision (with `diff`: would get one), `unchanged` say the same under
    the rules of version `extractor`, `finished` are records that say they shall stay as they
    are. `fields` counts the changes by field, `changes` lists them (with `diff` only, and
    not where a function was given that hears them one by one). `kept` are edits that the
    rules would have overwritten, `skipped` articles without an original, `rejected` those
    whose original the rules now refuse; both stay as they are. `pending` articles are not
    in the index yet and were not asked.
    """

    extractor: str
    diff: bool
    read_as: str
    changed: int = 0
    unchanged: int = 0
    finished: int = 0
    fields: tuple[tuple[str, int], ...] = ()
    changes: tuple[ArticleChange, ...] = ()
    kept: tuple[KeptEdit, ...] = ()
    skipped: tuple[NotReread, ...] = ()
    rejected: tuple[NotReread, ...] = ()
    pending: int = 0
    seconds: float = 0.0
    notices: tuple[str, ...] = ()


class IndexState(Record, frozen=True):
    """How the index stands to the store.

    `state`: current, behind (`pending` articles changed since), empty (nothing indexed
    yet), foreign (made from another store), ahead (the store is older) or damaged; for
    the last three `problem` says what shows it and what mends it. `bytes` on disk.
    """

    state: Literal["current", "behind", "empty", "foreign", "ahead", "damaged"]
    articles: int
    seq: int
    store_seq: int
    pending: int
    segments: int
    bytes: int
    problem: str | None = None


class Run(Record, frozen=True):
    """One entry of the log: an ingest, a re-extraction or a deletion.

    `state` is done, interrupted (Ctrl-C or an error; `note` names it) or unfinished
    (still running, or killed); what it had committed is counted and stays. `note` is
    the reason of a deletion. `rejects` and `suspicious` are as in the report.
    """

    number: int
    what: Literal["ingest", "delete", "reextract"]
    state: Literal["done", "interrupted", "unfinished"]
    started: datetime
    finished: datetime | None
    sources: tuple[str, ...]
    added: int
    revised: int
    unchanged: int
    kept_out: int
    rejected: int
    deleted: int
    note: str | None
    rejects: tuple[ArticleRejected, ...]
    suspicious: tuple[str, ...]


class Status(Record, frozen=True):
    """What the corpus holds. Sizes are bytes: `original_bytes` as they came,
    `original_stored` compressed, `store_bytes` all of articles.db. `last_run` counts its
    rejects; `Corpus.log` lists them."""

    path: Path
    store: str
    format: int
    seq: int
    articles: int
    deleted: int
    revisions: int
    originals: int
    original_bytes: int
    original_stored: int
    store_bytes: int
    index: IndexState
    last_run: Run | None


class Verification(Record, frozen=True):
    """What reading everything found. Each problem is a sentence that names the article
    and what mends it; `pending` articles are not yet in the index, which is no damage."""

    problems: tuple[str, ...]
    articles: int
    revisions: int
    originals: int
    pending: int
    seconds: float

    @property
    def sound(self) -> bool:
        """No problem was found."""
        return not self.problems

    def to_dict(self) -> dict[str, Any]:
        """The record with `sound`."""
        return {"format_version": FORMAT_VERSION, "sound": self.sound, **_named(self)}
