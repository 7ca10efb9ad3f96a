"""How does Whoosh read a segment that is arrays?

Through its codec interface: a segment names its codec, the codec gives readers over the
arrays. Whoosh's own searcher and reader then work on the index: stored fields, deletions,
lengths, terms and postings. Writing goes through `writer` alone; asking the codec for
Whoosh's writers is refused, so that nobody rewrites a segment in another format unawares.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh import columns
from whoosh.codec import base
from whoosh.matching.mcore import ListMatcher, Matcher
from whoosh.reading import TermInfo

from corpus.errors import CorpusError
from corpus.index.layout import FIELDS, UNDATED
from corpus.index.segment_file import SegmentFile
from corpus.index.view import SegmentView

_REFUSED = "this index is written by corpus.index.writer alone"


class GramSegment(base.Segment):
    """A SegmentFile as Whoosh's table of contents holds it."""

    def __init__(self, file: SegmentFile) -> None:
        # Not Whoosh's own: it would draw a random name.
        self.indexname, _, self.segid = file.name.partition("_")
        self.compound = False
        self.file = file

    def codec(self) -> GramCodec:
        return GramCodec()

    def should_assemble(self) -> bool:
        return False  # a compound file would be read into memory by every reader

    def doc_count_all(self) -> int:
        return self.file.articles

    def deleted_count(self) -> int:
        return self.file.articles - self.file.live_articles()

    def deleted_docs(self) -> set[int]:
        live = self.file.live()
        return set() if live is None else set(np.flatnonzero(~live).tolist())

    def is_deleted(self, docnum: int) -> bool:
        live = self.file.live()
        return False if live is None else bool(~live[docnum])

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002 - Whoosh's signature
        raise CorpusError(_REFUSED)


class GramCodec(base.Codec):
    """Readers over the arrays of a GramSegment."""

    def per_document_reader(self, storage: Any, segment: GramSegment) -> _Articles:
        return _Articles(segment.file.open(Path(storage.folder)), segment)

    def terms_reader(self, storage: Any, segment: GramSegment) -> _Terms:
        return _Terms(segment.file.open(Path(storage.folder)))

    def new_segment(self, storage: Any, indexname: str) -> Any:
        raise CorpusError(_REFUSED)

    def per_document_writer(self, storage: Any, segment: Any) -> Any:
        raise CorpusError(_REFUSED)

    def field_writer(self, storage: Any, segment: Any) -> Any:
        raise CorpusError(_REFUSED)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:  # noqa: FBT001, FBT002 - Whoosh's signature
        raise CorpusError(_REFUSED)

    def postings_reader(self, *_: Any, **__: Any) -> Any:
        raise CorpusError("postings are read through terms_reader().matcher()")


class _Articles(base.PerDocumentReader):
    """Per-article data: ids, numbers, revisions, values, dates, lengths."""

    def __init__(self, view: SegmentView, segment: GramSegment) -> None:
        self.view = view
        self._segment = segment

    def doc_count(self) -> int:
        return self.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.has_deletions()

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> set[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname == "published"

    def list_columns(self) -> list[str]:
        return ["published"]

    def column_reader(self, fieldname: str, column: columns.Column) -> columns.ColumnReader:
        return _Published(self.view)

    def _lengths(self, fieldname: str) -> npt.NDArray[np.uint32]:
        if fieldname not in FIELDS:
            return np.zeros(self._segment.doc_count_all(), np.uint32)
        return self.view.field_length[:, FIELDS.index(fieldname)]

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._lengths(fieldname)[docnum]) if fieldname in FIELDS else default

    def field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).sum())

    def min_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        return int(self._lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        found: dict[str, Any] = {
            "id": self.view.ids[docnum],
            "number": int(self.view.arrays["number"][docnum]),
            "revision": int(self.view.arrays["revision"][docnum]),
        }
        for name in ("publisher", "section", "reporter"):
            if values := self.view.values_of(name, docnum):
                found[name] = ",".join(values)
        return found


class _Published(columns.ColumnReader):
    """Publication times as Whoosh keeps them: naive UTC as microseconds since year 1."""

    def __init__(self, view: SegmentView) -> None:
        self._stamp = view.arrays["stamp"]
        self._reverse = False

    def __getitem__(self, docnum: int) -> int:
        stamp = int(self._stamp[docnum])
        if stamp == UNDATED:
            return 0
        since = datetime(1970, 1, 1) - datetime.min + timedelta(seconds=stamp)
        return (since.days * 86400 + since.seconds) * 1_000_000

    def __len__(self) -> int:
        return len(self._stamp)

    def sort_key(self, docnum: int) -> int:  # type: ignore[override] # Whoosh's numeric columns give int
        return -self[docnum] if self._reverse else self[docnum]

    def __iter__(self) -> Iterator[int]:
        return (self[docnum] for docnum in range(len(self)))

    def set_reverse(self) -> None:
        self._reverse = True


class _Terms(base.TermsReader):
    """The grams and whole runs of the three text fields, and where they stand."""

    def __init__(self, view: SegmentView) -> None:
        self._view = view

    def _postings(
        self, field: str, text: bytes
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """(articles, positions) of a term in one field, deleted articles included."""
        positions = self._view.term_positions(text.decode("utf-8", "surrogatepass"))
        articles = self._view.articles_of(positions)
        held = self._view.field_of(positions) == FIELDS.index(field)
        return articles[held], positions[held]

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in FIELDS and len(self._postings(field, text)[0]) > 0

    def cursor(self, fieldname: str, fieldobj: Any) -> base.EmptyCursor:
        return base.EmptyCursor()  # spelling suggestions on grams would be meaningless

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in sorted(FIELDS):
            for text in sorted(
                term.encode("utf-8", "surrogatepass") for term in self._view.all_terms()
            ):
                if (field, text) in self:
                    yield field, text

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (
            (field, text) for field, text in self.terms() if (field, text) >= (fieldname, prefix)
        )

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        if fieldname not in FIELDS:
            raise KeyError((fieldname, text))
        articles, _ = self._postings(fieldname, text)
        if not len(articles):
            raise KeyError((fieldname, text))
        different, counts = np.unique(articles, return_counts=True)
        lengths = self._view.field_length[different, FIELDS.index(fieldname)]
        return TermInfo(
            weight=float(len(articles)),
            df=len(different),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(counts.max()),
            minid=int(different[0]),
            maxid=int(different[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return self.term_info(fieldname, text).weight()

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return self.term_info(fieldname, text).doc_frequency()

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Matcher:
        articles, _ = self._postings(fieldname, text)
        different, counts = np.unique(articles, return_counts=True)
        return ListMatcher(
            different.tolist(),
            counts.astype(float).tolist(),
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self.term_info(fieldname, text),
        )

    def indexed_field_names(self) -> list[str]:
        return list(FIELDS)
