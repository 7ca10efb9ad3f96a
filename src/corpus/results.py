"""What does the corpus answer with? Frozen records, each with `to_dict()`.

What `--format json` prints is `to_dict()`: plain JSON types, absent values None, times in
ISO 8601, and at the top level `"format_version": 1`. Keys may be added within a version,
never renamed or removed.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.index.protocol import FormCount

FORMAT_VERSION = 1


def plain(value: Any) -> Any:
    """`value` in JSON's own types: records as dicts, tuples as lists, times in ISO 8601.

    >>> plain((Path("a"), date(2021, 12, 1), FormCount("5·18", "5ㆍ18", "sign", 1)))
    ['a', '2021-12-01', {'word': '5·18', 'form': '5ㆍ18', 'kind': 'sign', 'articles': 1}]
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
