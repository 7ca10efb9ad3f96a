"""The engine of this repository, below its public API: `corpus.index` alone, no store.

`ours` merges as it always does; `ours@5` makes five segments and leaves them apart. Beside the
snippet that the harness cuts for every engine alike it gives the product's own ("windows"): the
best window of all matches.
"""

from __future__ import annotations

from codecs import utf_16_le_decode
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from queries import Query
from records import Record, Source
from segmented import snippet

from corpus.article import Article
from corpus.index import writer
from corpus.index.engine import WhooshIndex, open_index
from corpus.index.protocol import Change, Request
from corpus.index.request import read
from corpus.index.snippets import cut
from corpus.index.view import SegmentView


def make(segments: str | None = None) -> Ours:
    return Ours(int(segments) if segments else None)


def article_of(record: Record) -> Article:
    """The record as the corpus would hold it."""
    year, rest = divmod(record.day, 10_000)
    month, day = divmod(rest, 100)
    return Article(
        id=record.id,
        title=record.title,
        body=record.body,
        publisher=record.publisher,
        section=record.section,
        published=date(year, month, day) if record.day else None,
    )


class _Text:
    """The text of a segment and where each article's lies in it."""

    def __init__(self, view: SegmentView) -> None:
        self.units = view.text.data
        self.starts, self.lengths = (
            view.arrays[name].data for name in ("field_start", "field_length")
        )


class Ours:
    modes = ("snippets", "windows", "ids")

    _index: WhooshIndex
    _readings: dict[Request, Any]
    _places: dict[int, tuple[_Text, int]]  # number to where it is: the engine has no such look-up

    def __init__(self, segments: int | None) -> None:
        self._segments = segments

    def build(self, folder: Path, records: Source) -> None:
        if self._segments is not None:
            _build_apart(folder, records, self._segments)
            return
        index = open_index(folder)
        index.apply(_changes(records), store="benchmark", seq=1)
        index.close()

    def open(self, folder: Path) -> None:
        self._index = open_index(folder)
        # The tree is made outside the clock, as peers get theirs.
        self._readings = {}
        self._index._read = self._readings.__getitem__
        self._places = {}

    def prepare(self, query: Query) -> tuple[Request, Query]:
        if not self._places:
            self._places = {
                number: (text, at)
                for view in self._index._snapshot.views
                for text in [_Text(view)]
                for at, number in enumerate(view.arrays["number"].tolist())
            }
        # Peers know no other forms.
        asked = "any" if query.op == "any" else "all"
        request = Request(query.text, match=asked, exact=True)
        self._readings[request] = read(request)
        return request, query

    def forget(self) -> None:
        for name in ("_found", "_gathered"):
            remembered = getattr(self._index._snapshot, name, None)
            if remembered is not None:
                remembered.clear()

    def ask(self, prepared: tuple[Request, Query], mode: str) -> tuple[int, list[Any]]:
        request, query = prepared
        answer = self._index.search(request)
        ids = [row.id for row in answer.rows]
        if mode == "ids":
            return answer.total, ids
        places = [self._places[row.number] for row in answer.rows]
        shown: list[Any]
        if mode == "snippets":
            shown = [snippet(_whole(*place), query.wanted) for place in places]
        else:
            texts = [_article(*place) for place in places]
            shown = [cut(text, answer.marks.spans_in(text)) for text in texts]
        return answer.total, list(zip(ids, shown, strict=True))

    def numbers(self, prepared: tuple[Request, Query]) -> Iterator[int]:
        # What `search` puts in order; a row for each would take minutes over all queries.
        found = self._index._found(self._readings[prepared[0]])
        for view, articles in zip(self._index._snapshot.views, found, strict=True):
            yield from view.arrays["number"].take(articles).tolist()

    def add(self, records: list[Record]) -> None:
        self._index.apply(_changes(records), store="benchmark", seq=records[-1].number)


def _whole(read: _Text, at: int) -> str:
    """Title, subtitle and body of one article, with what stands between them, from the index's
    own copy of the text."""
    # Numbers by memoryview, and one decoding; by name, the codec would be looked up as long.
    last = 3 * at + 2
    end = read.starts[last] + read.lengths[last]
    return utf_16_le_decode(read.units[read.starts[3 * at] : end], "replace")[0]


def _article(read: _Text, at: int) -> Article:
    """The same as an article."""
    text = _whole(read, at)
    first, second, third = read.starts[3 * at : 3 * at + 3]
    title, subtitle, body = read.lengths[3 * at : 3 * at + 3]
    second, third = second - first, third - first
    return Article(
        title=text[:title],
        subtitle=text[second : second + subtitle],
        body=text[third : third + body],
    )


def _build_apart(folder: Path, records: Source, segments: int) -> None:
    """As many commits, none merged with an older one."""
    share = -(-len(records) // segments)
    changes = _changes(records)
    for seq in range(1, segments + 1):
        writer.apply(
            folder,
            islice(changes, share),
            store="benchmark",
            seq=seq,
            limits=writer.Limits(ratio=0),
        )


def _changes(records: Iterable[Record]) -> Iterator[Change]:
    return (Change(record.number, article_of(record)) for record in records)
