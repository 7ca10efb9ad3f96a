"""How do articles get from the sources into the store? Batch by batch, each committed whole.

A batch is looked up, decided and written in one transaction. Killed at any moment, the
same call again goes over what is in (unchanged) and completes the rest. Memory holds one
batch, the rejects and nothing else.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol, cast

import msgspec

from corpus.article import Article
from corpus.deciding import Arrived, Known, Table, Verdict, decide
from corpus.errors import ArticleRejected, CorpusError
from corpus.identity import derived_id, fingerprint, id_fault, moment, number_key, url_key
from corpus.results import IngestReport, KeptOut, Progress
from corpus.store_schema import now
from corpus.store_writer import Addition, StoreWriter, Tallies, clean

# A commit waits for the disk (some milliseconds): 500 articles make that negligible; the
# other bounds are for long articles and for slow ones, so that a kill costs two seconds.
BATCH_ARTICLES = 500
BATCH_BYTES = 8_000_000
BATCH_SECONDS = 2.0
PROGRESS_SECONDS = 0.1
SUSPICIOUS_SHOWN = 100
SORTS_COUNTED = 100  # a crawl names content types of its own making


def bytes_of(sources: Iterable[str | Path]) -> int | None:
    """The bytes in the files and folders named, for a progress bar; None with "-"."""
    total = 0
    for source in sources:
        if str(source) == "-":
            return None
        for folder, folders, names in os.walk(source):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if not name.startswith("."):
                    total += _bytes(Path(folder, name))
        total += _bytes(Path(source))
    return total


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def rejected_origins(report: Path) -> list[str | Path]:
    """The places that a report file (`IngestReport.write`) lists, each once, in order.

    Raises OSError, and CorpusError where a line is not of such a report.
    """
    origins: dict[str, None] = {}
    with report.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                reject = msgspec.json.decode(line, type=_Reject)
            except msgspec.MsgspecError as error:
                what = f"{report}:{number}: this is not the report of an ingest ({error})"
                raise CorpusError(what) from error
            origins[reject.origin] = None
    return list(origins)


class _Reject(msgspec.Struct):
    origin: str


class Extracted(Protocol):
    """What a source yields for an article (corpus.ingest.sources.Extracted)."""

    @property
    def article(self) -> Article: ...
    @property
    def original(self) -> bytes: ...
    @property
    def line(self) -> int | None: ...
    @property
    def reading(self) -> msgspec.Struct | None: ...


class Skipped(Protocol):
    """What a source yields for what rightly is no article (corpus.ingest.raw.Skipped)."""

    @property
    def what(self) -> str: ...


class IngestRun:
    """One ingest into a store that is open to be written."""

    def __init__(
        self,
        store: StoreWriter,
        *,
        sources: Sequence[str],
        keep_originals: bool,
        dry_run: bool,
        progress: Callable[[Progress], object] | None = None,
        bytes_total: int | None = None,
    ) -> None:
        self._store, self._sources = store, tuple(sources)
        self._keep, self._dry_run = keep_originals and not dry_run, dry_run
        self._progress, self._bytes_total = progress, bytes_total
        self._tallies = Tallies()
        self._passed_over: Counter[str] = Counter()
        self._started = self._shown = time.monotonic()
        self._bytes = self._done = self._run = 0
        self._path: str | None = None

    def run(self, items: Iterable[Extracted | ArticleRejected | Skipped]) -> IngestReport:
        """Take in everything. `seconds` of the report does not know of the index yet.

        On any exception, Ctrl-C included, the open batch is rolled back, the log says
        interrupted and the exception goes on.
        """
        suspicious: tuple[str, ...] = ()
        try:
            self._begin()
            for batch in self._batches(items):
                if not self._dry_run:
                    self._store.begin()
                self._take(batch)
                if not self._dry_run:
                    self._store.commit()
            suspicious = self._suspicious()
            if self._dry_run:
                self._store.rollback()
            else:
                self._store.finish_run(self._run, "done", suspicious=suspicious)
        except BaseException as error:
            self._store.interrupt_run(self._run, error, suspicious)
            raise
        self._bytes = self._bytes_total or self._bytes  # line feeds are in no original
        self._show(force=True)
        tallies = self._tallies
        return IngestReport(
            added=tallies.added,
            revised=tallies.revised,
            unchanged=tallies.unchanged,
            kept_out=tuple(tallies.kept_out),
            rejected=tuple(tallies.rejected),
            undated=tallies.undated,
            encodings_repaired=tallies.encodings_repaired,
            suspicious=suspicious,
            passed_over=tuple(
                sorted(self._passed_over.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
            lines_removed=tallies.lines_removed,
            lines_doubtful=tallies.lines_doubtful,
            seconds=time.monotonic() - self._started,
            dry_run=self._dry_run,
        )

    def _begin(self) -> None:
        self._store.forget_seen()
        if self._dry_run:
            # One transaction that is never committed: decisions see what "was written".
            self._store.begin()
        else:
            self._run = self._store.start_run("ingest", self._sources)

    def _batches(
        self, items: Iterable[Extracted | ArticleRejected | Skipped]
    ) -> Iterator[list[Arrived | ArticleRejected]]:
        batch: list[Arrived | ArticleRejected] = []
        size, opened = 0, time.monotonic()
        for item in items:
            if isinstance(item, ArticleRejected):
                arrived: Arrived | ArticleRejected = item
            elif hasattr(item, "original"):  # to ask `isinstance` of a protocol takes ten times
                arrived = _arrived(cast(Extracted, item))
            else:
                self._pass_over(item)
                continue
            batch.append(arrived)
            if isinstance(arrived, Arrived):
                size += len(arrived.original)
                self._bytes += len(arrived.original)
                self._path = arrived.article.origin
            self._done += 1
            late = time.monotonic() - opened > BATCH_SECONDS
            if late or len(batch) >= BATCH_ARTICLES or size >= BATCH_BYTES:
                yield batch
                batch, size, opened = [], 0, time.monotonic()
            self._show()
        if batch:
            yield batch

    def _pass_over(self, item: Skipped) -> None:
        known = item.what in self._passed_over or len(self._passed_over) < SORTS_COUNTED
        self._passed_over[item.what if known else "other sorts"] += 1
        self._show()

    def _take(self, batch: list[Arrived | ArticleRejected]) -> None:
        rejects_before = len(self._tallies.rejected)
        arrivals = [each for each in batch if isinstance(each, Arrived)]
        table = Table(self._store.known(arrivals))
        number = self._store.next_number()
        additions: list[Addition] = []
        seen: list[Known] = []
        first_seen = now()
        for each in batch:
            if isinstance(each, ArticleRejected):
                self._tallies.rejected.append(each)
                continue
            verdict = decide(each, table, self._load)
            known = self._count(each, verdict)
            if verdict.outcome == "added":
                known = Known(
                    number,
                    verdict.id,
                    each.url,
                    each.article.publisher,
                    each.title,
                    1,
                    0,
                    each.captured,
                )
                number += 1
            if known is None:
                continue
            if verdict.outcome != "unchanged":
                additions.append(_addition(known, each, first_seen))
                table.add(known)
            if known.seen is None:
                known.seen = each.place
                seen.append(known)
        self._store.write(additions, seen, run=self._run, keep=self._keep)
        if not self._dry_run:
            fresh = self._tallies.rejected[rejects_before:]
            self._store.note_run(self._run, self._tallies, fresh)

    def _load(self, known: Known) -> Article:
        return self._store.record(known.number, known.revision)

    def _count(self, each: Arrived, verdict: Verdict) -> Known | None:
        """Count the verdict; gives the known article where it was met again."""
        tallies, article = self._tallies, each.article
        if verdict.outcome == "rejected":
            reject = ArticleRejected(article.origin or "-", each.line, verdict.reason)
            tallies.rejected.append(reject)
            return None
        if verdict.outcome == "kept_out":
            assert verdict.known is not None
            tallies.kept_out.append(
                KeptOut(verdict.known.id, article.origin, each.line, verdict.reason)
            )
            return None
        if verdict.outcome == "added":
            tallies.added += 1
        elif verdict.outcome == "revised":
            tallies.revised += 1
        else:
            tallies.unchanged += 1
        tallies.undated += article.published is None
        tallies.encodings_repaired += "encoding" in article.flags
        tallies.lines_removed += len(article.removed)
        tallies.lines_doubtful += sum(each.reason.endswith("?") for each in article.removed)
        return verdict.known

    def _suspicious(self) -> tuple[str, ...]:
        shared = self._store.shared_urls()
        sentences = [
            f"one canonical URL on {number} articles: {url}"
            for url, number in shared[:SUSPICIOUS_SHOWN]
        ]
        if len(shared) > SUSPICIOUS_SHOWN:
            sentences.append(f"and {len(shared) - SUSPICIOUS_SHOWN} more URLs like these")
        return tuple(sentences)

    def _show(self, *, force: bool = False) -> None:
        moment_now = time.monotonic()
        if self._progress is None or (moment_now - self._shown < PROGRESS_SECONDS and not force):
            return
        self._shown = moment_now
        total = self._bytes_total
        self._progress(
            Progress(
                phase="ingest",
                done=self._done,
                rejected=len(self._tallies.rejected),
                bytes_done=self._bytes if total is None else min(self._bytes, total),
                bytes_total=total,
                path=self._path,
                seconds=moment_now - self._started,
            )
        )


def _arrived(item: Extracted) -> Arrived | ArticleRejected:
    article, original, line = item.article, item.original, item.line
    origin = clean(article.origin or "-")
    if origin != article.origin:
        article = msgspec.structs.replace(article, origin=origin)
    fault = None if article.id is None else id_fault(article.id)
    if fault is not None:
        return ArticleRejected(origin, line, fault)
    if not (article.sha256 or "").isascii() or not (article.extractor or "").isascii():
        return ArticleRejected(origin, line, "sha256 and extractor must be ASCII")
    if not article.title and not article.body:
        return ArticleRejected(origin, line, "title and body are both empty")
    digest = sha256(original)
    try:
        content = fingerprint(article)
        captured = moment(article.captured)
        url = url_key(article.url)
        url_id = None if url is None or article.id is not None else derived_id(url)
        place = origin if line is None else f"{origin}:{line}"
    except (ValueError, OverflowError, TypeError, RecursionError) as error:
        return ArticleRejected(origin, line, f"the record cannot be stored as JSON: {error}")
    return Arrived(
        article=article,
        original=original,
        digest=digest.digest(),
        content=content,
        url=url,
        title=number_key(article.title),
        url_id=url_id,
        content_id="" if article.id is not None else derived_id(digest.hexdigest()),
        captured=captured,
        place=place,
        line=line,
        reading=None if item.reading is None else msgspec.json.encode(item.reading).decode(),
    )


def _addition(known: Known, arrived: Arrived, seen: object) -> Addition:
    """The next revision of `known`, which is brought up to date."""
    known.revisions += 1
    revision = known.revisions
    late = bool(known.captured and arrived.captured and arrived.captured < known.captured)
    if not late or revision == 1:
        known.revision = revision
        known.title = arrived.title
        known.url = known.url or arrived.url
        known.publisher = known.publisher or arrived.article.publisher
        known.captured = arrived.captured or known.captured
    known.contents.add(arrived.content)
    known.originals.add(arrived.digest)
    article = arrived.article
    record = msgspec.structs.replace(
        article,
        id=known.id,
        revision=revision,
        first_seen=seen,
        sha256=article.sha256 or arrived.digest.hex(),
    )
    return Addition(known, arrived, revision, known.revision == revision, record.to_json())
