"""How does a script use a corpus? Through one object, `Corpus`, for reading or writing.

Reading never writes and never waits for a writer. A writer holds the corpus's lock from
`open(mode="w")` to `close()`. Every command of the command line is one call in here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal

from corpus.article import Article
from corpus.index.protocol import By, Sort, Undated
from corpus.results import (
    Counts,
    Hits,
    IndexState,
    IngestReport,
    Progress,
    Run,
    Status,
    Verification,
)

Mode = Literal["r", "w"]
Kind = Literal["auto", "html", "text", "jsonl", "csv", "rss", "warc"]
Filter = str | Sequence[str] | None


def open(  # noqa: A001 - the contract's name
    path: str | Path | None = None, mode: Mode = "r", *, wait: float = 10.0
) -> Corpus:
    """The corpus at `path`; None: `$CORPUS_DIR`, else the nearest folder upwards with one.

    A writer waits up to `wait` seconds for another one. Raises CorpusNotFound,
    CorpusTooNew, CorpusLocked (mode w) and CorpusDamaged (articles.db is not readable).
    """
    raise NotImplementedError


def create(path: str | Path) -> Corpus:
    """A new corpus in the folder `path` (made if need be; files beside it are fine), to write.

    Raises CorpusError where there is one already, OSError where nothing can be written.
    """
    raise NotImplementedError


def extract(data: bytes, url: str | None = None) -> Article:
    """The article in the bytes of one page, text or JSON record; touches no corpus.

    Raises ArticleRejected.
    """
    raise NotImplementedError


class Corpus:
    """An open corpus; a context manager. `path` is its folder, `mode` r or w."""

    path: Path
    mode: Mode

    def search(
        self,
        query: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
        sort: Sort = "score",
        limit: int | None = 10,
        offset: int = 0,
    ) -> Hits:
        """The articles that `query` finds, best first, `limit` of them (None: all).

        Several values of one filter are alternatives, different filters must all hold.
        `since` and `until` are dates as people write them (2021, 2021-10, 2021-10-03);
        both bounds include the whole period. The query may be empty where a filter is
        given. Raises QueryError, also for a publisher, section or reporter that the
        corpus does not have (naming near ones), and CorpusDamaged.
        """
        raise NotImplementedError

    def count(
        self,
        query: str = "",
        *,
        by: By | None = None,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
    ) -> Counts:
        """How many articles match, per group of `by`; an empty query means all.

        Raises as `search` does.
        """
        raise NotImplementedError

    def export(
        self,
        query: str = "",
        *,
        since: str | None = None,
        until: str | None = None,
        publisher: Filter = None,
        section: Filter = None,
        reporter: Filter = None,
        field: str | None = None,
        match: Literal["all", "any"] = "all",
        exact: bool = False,
        undated: Undated | None = None,
    ) -> Iterator[Article]:
        """Every matching article, newest first, never capped; an empty query means all.

        Raises as `search` does, before the first article.
        """
        raise NotImplementedError

    def ingest(
        self,
        sources: Iterable[str | Path] = (),
        *,
        kind: Kind = "auto",
        clean: bool = False,
        publisher: str | None = None,
        section: str | None = None,
        id_prefix: str = "",
        dry_run: bool = False,
        jobs: int = 1,
        progress: Callable[[Progress], object] | None = None,
        retry: str | Path | None = None,
    ) -> IngestReport:
        """Take in the articles of `sources`: files, folders, "-" for standard input.

        The same content again changes nothing. What cannot be taken is in the report's
        `rejected`, the rest goes in. `dry_run` decides everything and writes nothing.
        `retry` names a report file: the places that it lists are read again. Committed
        every few hundred articles; the index follows at the end. Raises NotYet (jobs
        above 1, formats of later versions), OSError and KeyboardInterrupt; what was
        committed stays, and the same call again completes it.
        """
        raise NotImplementedError

    def delete(self, ids: str | Iterable[str], *, reason: str) -> list[str]:
        """Take articles out by id or unique prefix; gives their full ids.

        All or none: an unknown id raises ArticleNotFound and nothing is deleted. The
        reason must not be blank (CorpusError). A deleted article is kept out when the
        same input comes again; its revisions and originals stay in articles.db.
        """
        raise NotImplementedError

    def __getitem__(self, id: str) -> Article:
        """The current revision by id or unique prefix of at least six characters.

        Raises ArticleNotFound.
        """
        raise NotImplementedError

    def __len__(self) -> int:
        """The number of live articles, pending ones included."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[str]:
        """The ids of the live articles in order of arrival."""
        raise NotImplementedError

    def __contains__(self, id: object) -> bool:
        """Whether a live article has exactly this id."""
        raise NotImplementedError

    def resolve(self, id: str) -> str:
        """The full id for an id or a unique prefix of at least six characters.

        Raises ArticleNotFound: with the candidates of an ambiguous prefix, with the
        reason where the article was deleted, else with near ids.
        """
        raise NotImplementedError

    def short_id(self, id: str) -> str:
        """The shortest prefix, of at least six characters, that names only this article."""
        raise NotImplementedError

    def revisions(self, id: str) -> list[Article]:
        """Every revision in order of arrival. Raises ArticleNotFound."""
        raise NotImplementedError

    def original(self, id: str, revision: int | None = None) -> bytes:
        """The bytes that a revision (None: the current one) was made from.

        Raises ArticleNotFound, and CorpusError where there is no such revision or the
        corpus keeps no originals.
        """
        raise NotImplementedError

    def status(self) -> Status:
        """What the corpus holds, and how its index stands."""
        raise NotImplementedError

    def log(self, limit: int | None = 20) -> list[Run]:
        """The last `limit` ingests and deletions (None: all), newest first."""
        raise NotImplementedError

    def index_status(self) -> IndexState:
        """How the index stands to the store; a damaged one is an answer, not an error."""
        raise NotImplementedError

    def update_index(self, progress: Callable[[Progress], object] | None = None) -> int:
        """Bring the index up to date; the number of changed articles brought in.

        An index that cannot be trusted is rebuilt, which `notices` tells.
        """
        raise NotImplementedError

    def rebuild_index(self, progress: Callable[[Progress], object] | None = None) -> int:
        """Make the index anew from the store; the number of articles in it."""
        raise NotImplementedError

    def verify(self) -> Verification:
        """Read everything: the store, the originals, the index, and both against each other."""
        raise NotImplementedError

    @property
    def notices(self) -> tuple[str, ...]:
        """What happened besides what was asked, such as an index that was rebuilt."""
        raise NotImplementedError

    def close(self) -> None:
        """Release the files and the lock; a second time does nothing."""
        raise NotImplementedError

    def __enter__(self) -> Corpus:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
