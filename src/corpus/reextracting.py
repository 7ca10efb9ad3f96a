"""What do newer rules make of the kept originals? The same articles, better read; edits stay.

An article's base is its last revision that the rules made. What differs between the base and
the current revision was edited, and stays; every other field is what the rules of today take
out of the base's original. A revision is written only where a field changes, batch by batch
as in an ingest: killed at any moment, the same call again completes the rest.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from corpus.article import Article
from corpus.deciding import Arrived, Known
from corpus.errors import ArticleRejected
from corpus.identity import KNOWN_TO_STORE, fingerprint, number_key, url_key
from corpus.ingest import EXTRACTOR
from corpus.ingest.raw import Reading
from corpus.ingest.rereading import guess, read_again
from corpus.ingesting import BATCH_ARTICLES, BATCH_SECONDS, PROGRESS_SECONDS
from corpus.results import (
    ArticleChange,
    FieldChange,
    KeptEdit,
    NotReread,
    Progress,
    ReextractReport,
    plain,
)
from corpus.store import History, Kept, Store
from corpus.store_schema import now
from corpus.store_writer import Addition, StoreWriter, Tallies

BLOCK = 100  # articles looked up at a time
FIELDS = tuple(name for name in Article.__struct_fields__ if name not in KNOWN_TO_STORE)
# Fields that describe each other: one of them edited, none of them changes.
_TOGETHER = ("body", "removed", "completeness", "flags")

Hear = Callable[[ArticleChange], object] | None
Watch = Callable[[Progress], object] | None


@dataclass(frozen=True, slots=True)
class Reread:
    """What became of one article: `article` is the new record, None where nothing changes."""

    article: Article | None
    base: Kept
    reading: Reading
    change: ArticleChange | None
    kept: tuple[KeptEdit, ...]


class ReextractRun:
    """One re-extraction over articles of a store; `diff` writes nothing."""

    def __init__(
        self,
        store: Store,
        *,
        diff: bool,
        read_as: str,
        pending: int = 0,
        hear: Hear = None,
        progress: Watch = None,
    ) -> None:
        self._store, self._diff, self._hear, self._progress = store, diff, hear, progress
        self._read_as, self._pending = read_as, pending
        self._changed = self._unchanged = self._finished = self._done = self._total = 0
        self._fields: Counter[str] = Counter()
        self._changes: list[ArticleChange] = []
        self._kept: list[KeptEdit] = []
        self._skipped: list[NotReread] = []
        self._rejected: list[NotReread] = []
        self._started = self._shown = time.monotonic()

    def run(self, numbers: Sequence[int]) -> ReextractReport:
        """Go over the articles `numbers`, in this order; the report knows no index yet.

        On any exception, Ctrl-C included, the open batch is rolled back, the log says
        interrupted and the exception goes on.
        """
        self._total = len(numbers)
        if self._diff:
            for block in _blocks(numbers):
                self._consider(block)
        else:
            assert isinstance(self._store, StoreWriter)
            self._apply(self._store, numbers)
        self._show(force=True)
        return ReextractReport(
            extractor=EXTRACTOR,
            diff=self._diff,
            read_as=self._read_as,
            changed=self._changed,
            unchanged=self._unchanged,
            finished=self._finished,
            fields=tuple((name, self._fields[name]) for name in FIELDS if self._fields[name]),
            changes=tuple(self._changes),
            kept=tuple(self._kept),
            skipped=tuple(self._skipped),
            rejected=tuple(self._rejected),
            pending=self._pending,
            seconds=time.monotonic() - self._started,
        )

    def _apply(self, store: StoreWriter, numbers: Sequence[int]) -> None:
        store.forget_seen()
        run = store.start_run("reextract", [self._read_as] if self._read_as else [])
        try:
            held: list[Addition] = []
            opened = time.monotonic()
            for block in _blocks(numbers):
                held += self._consider(block)
                if len(held) >= BATCH_ARTICLES or time.monotonic() - opened > BATCH_SECONDS:
                    self._write(store, run, held)
                    held, opened = [], time.monotonic()
            self._write(store, run, held)
            store.finish_run(run, "done", note=f"rules {EXTRACTOR}")
        except BaseException as error:
            store.interrupt_run(run, error)
            raise

    def _write(self, store: StoreWriter, run: int, additions: list[Addition]) -> None:
        store.begin()
        # The originals are known by their digests: none is written a second time.
        store.write(additions, (), run=run, keep=False)
        counts = Tallies(revised=self._changed, unchanged=self._unchanged + self._finished)
        store.note_run(run, counts, ())
        store.commit()

    def _consider(self, numbers: Sequence[int]) -> list[Addition]:
        additions = []
        for history in self._store.histories(numbers):
            found = self._reread(history)
            if found is not None:
                self._kept += found.kept
                if found.change is None or found.article is None:
                    self._unchanged += 1
                else:
                    self._take(found.change)
                    additions.append(_addition(history, found, found.article))
            self._done += 1
            self._show()
        return additions

    def _reread(self, history: History) -> Reread | None:
        """None for an article that is finished, has no original, or is now refused."""
        found = _base(self._store, history)
        if found is None:
            self._finished += 1
            return None
        base, reading = found
        if base.data is None:
            reason = "the original was not kept"
            self._skipped.append(NotReread(history.id, reason))
            return None
        origin = base.article.origin or history.id
        original = self._store.expand(history, base)
        try:
            fresh = read_again(original, reading, origin=origin, line=base.line)
        except ArticleRejected as error:
            self._rejected.append(NotReread(history.id, str(error)))
            return None
        return merge(history, base, reading, fresh)

    def _take(self, change: ArticleChange) -> None:
        self._changed += 1
        self._fields.update(each.field for each in change.fields)
        if self._hear is not None:
            self._hear(change)
        elif self._diff:
            self._changes.append(change)

    def _show(self, *, force: bool = False) -> None:
        moment = time.monotonic()
        if self._progress is None or (moment - self._shown < PROGRESS_SECONDS and not force):
            return
        self._shown = moment
        self._progress(
            Progress(
                phase="reextract",
                done=self._done,
                total=self._total,
                rejected=len(self._rejected),
                seconds=moment - self._started,
            )
        )


def merge(history: History, base: Kept, reading: Reading, fresh: Article) -> Reread:
    """The current article with what `fresh`, the base read again, says in unedited fields."""
    current = history.kept[-1].article
    edited = _edited(history, base, reading)
    if not edited.keys().isdisjoint(_TOGETHER):
        since = max(edited.get(name, 0) for name in _TOGETHER)
        edited |= {name: edited.get(name, since) for name in _TOGETHER}
    values = {name: getattr(fresh, name) for name in FIELDS if name not in edited}
    merged = msgspec.structs.replace(
        current,
        **values,
        origin=base.article.origin,
        sha256=base.article.sha256,
        extractor=EXTRACTOR,
    )
    if "published" in edited and "flags" not in edited:
        flags = [flag for flag in merged.flags if flag != "undated"]
        flags += ["undated"] * (merged.published is None)
        merged = msgspec.structs.replace(merged, flags=tuple(flags))
    kept = tuple(
        KeptEdit(history.id, name, edited[name], _value(current, name), _value(fresh, name))
        for name in FIELDS
        if name in edited and getattr(current, name) != getattr(fresh, name)
    )
    fields = tuple(
        FieldChange(name, _value(current, name), _value(merged, name))
        for name in FIELDS
        if getattr(current, name) != getattr(merged, name)
    )
    if not fields:
        return Reread(None, base, reading, None, kept)
    change = ArticleChange(history.id, current.title, current.extractor, fields)
    return Reread(merged, base, msgspec.structs.replace(reading, edited=edited), change, kept)


def _base(store: Store, history: History) -> tuple[Kept, Reading] | None:
    """The last revision that the rules made, and how it was read; None where a person made all."""
    for kept in reversed(history.kept):
        if kept.reading is not None:
            reading = msgspec.json.decode(kept.reading, type=Reading)
        elif kept.data is not None:
            reading = guess(store.expand(history, kept), kept.article)
        else:
            reading = Reading()
        if not reading.finished:
            return kept, reading
    return None


def _edited(history: History, base: Kept, reading: Reading) -> dict[str, int]:
    """The fields that people changed, each with the revision that did."""
    edited = {name: number for name, number in reading.edited.items() if name in FIELDS}
    current = history.kept[-1].article
    after = history.kept[history.kept.index(base) + 1 :]
    for name in FIELDS if after else ():
        value = getattr(current, name)
        if value != getattr(base.article, name):
            first = next(each.article for each in after if getattr(each.article, name) == value)
            edited[name] = first.revision or 0
    return edited


def _value(article: Article, name: str) -> object:
    return plain(getattr(article, name))


def _addition(history: History, found: Reread, article: Article) -> Addition:
    """The revision that `found` becomes: current, and of its base's original."""
    known = Known(
        history.number,
        history.id,
        history.url,
        history.publisher,
        number_key(article.title),
        history.revisions + 1,
        history.revisions + 1,
        history.captured,
    )
    known.url = known.url or url_key(article.url)
    known.publisher = known.publisher or article.publisher
    record = msgspec.structs.replace(article, revision=known.revision, first_seen=now())
    arrived = Arrived(
        article=record,
        original=b"",
        digest=found.base.digest,
        content=fingerprint(record),
        url=known.url,
        title=known.title,
        url_id=None,
        content_id="",
        captured=history.captured,
        place="",
        line=found.base.line,
        reading=msgspec.json.encode(found.reading).decode(),
    )
    return Addition(known, arrived, known.revision, current=True, record=record.to_json())


def _blocks(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[start : start + BLOCK] for start in range(0, len(numbers), BLOCK)]
