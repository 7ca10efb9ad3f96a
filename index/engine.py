"""How does the embedded engine answer the Index protocol?

A folder is opened as one snapshot: the segments that the newest table of contents names.
Answers are cut from arrays; ties are broken by newest, undated last, then id, whatever
the segments.
"""

from __future__ import annotations

import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import CorpusDamaged, QueryError
from corpus.index import toc
from corpus.index.characters import fold
from corpus.index.evaluate import Snapshot
from corpus.index.forms import Form
from corpus.index.marks import Marker
from corpus.index.protocol import (
    LITTLE,
    Answer,
    By,
    Change,
    Explained,
    FormCount,
    IndexStatus,
    Marks,
    Request,
    Row,
    Sort,
    Suggestion,
    Tally,
    ValueField,
    WordTally,
)
from corpus.index.query import Asked, Near, Node, Value, Words, parts_of, positive_words
from corpus.index.rank import Ranked, best
from corpus.index.request import Reading, read
from corpus.index.sets import among
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]

_TRIES = 10  # a commit may remove a file between reading its name and opening it
_DAY_DIVISOR = {"day": 1, "month": 100, "year": 10_000}


def open_index(folder: Path) -> WhooshIndex:
    """The index at `folder` as it stands; a folder that does not exist is an empty index.

    Raises CorpusDamaged where it holds anything but what was written.
    """
    for _ in range(_TRIES):
        contents = toc.read(folder)
        try:
            views = [segment.open(folder) for segment in contents.segments]
        except FileNotFoundError as error:
            if toc.latest(folder) == contents.generation:
                raise CorpusDamaged(
                    Path(error.filename), "is missing; mend it with: corpus index rebuild"
                ) from None
            time.sleep(0.01)
            continue
        return WhooshIndex(folder, contents, views)
    raise CorpusDamaged(folder, "commits came faster than it could be opened; try again")


def destroy(folder: Path) -> None:
    """Remove the whole index folder; the store can rebuild it."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


class WhooshIndex:
    """The embedded engine: one snapshot of a Whoosh index of array segments."""

    def __init__(self, folder: Path, contents: toc.Contents, views: list[SegmentView]) -> None:
        self._folder = folder
        self._contents = contents
        self._snapshot = Snapshot(views)
        self._status = _status(contents)

    # the snapshot

    def status(self) -> IndexStatus:
        """Where the index stands."""
        return self._status

    def entries(self) -> Iterator[tuple[int, int]]:
        """(number, revision) of every live article."""
        for view in self._snapshot.views:
            live = np.flatnonzero(view.live_mask)
            numbers, revisions = view.number.take(live), view.revision.take(live)
            yield from zip(numbers.tolist(), revisions.tolist(), strict=True)

    def values(self, field: ValueField) -> dict[str, int]:
        """Every value of a field as stored, with its number of live articles."""
        counts: Counter[str] = Counter()
        for view in self._snapshot.views:
            counts.update(dict(_value_counts(view, field, np.flatnonzero(view.live_mask))))
        return dict(counts)

    def check(self) -> list[str]:
        """Every file read whole and compared with its checksums."""
        from corpus.index.arrays import ArrayFile

        problems = []
        for segment in self._contents.segments:
            try:
                ArrayFile(segment.path(self._folder)).check()
            except (CorpusDamaged, OSError) as error:
                problems.append(str(error))
        return problems

    def close(self) -> None:
        """Let go of the files; they are unmapped with the last view of them."""
        self._snapshot = Snapshot(())

    # writing

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
        """Bring in changes and commit; this object then shows the new state."""
        from corpus.index import writer

        writer.apply(
            self._folder,
            changes,
            store=store,
            seq=seq,
            progress=progress,
            limits=None if memory is None else writer.Limits(memory=memory),
            rebuild=rebuild,
        )
        new = open_index(self._folder)
        self._contents, self._snapshot = new._contents, new._snapshot
        self._status = new._status

    # answering

    def search(
        self,
        request: Request,
        *,
        limit: int | None = 10,
        offset: int = 0,
        sort: Sort = "score",
    ) -> Answer:
        """The articles that match, best first."""
        if offset < 0 or (limit is not None and limit < 0):
            raise QueryError(request.query, None, "limit and offset cannot be negative")
        self._snapshot.forget()
        reading = self._read(request)
        segments = range(len(self._snapshot.views))
        scored = sort == "score"
        most = None if limit is None else offset + limit
        words = positive_words(reading.tree)
        forms = self._forms(words)
        if scored and most is not None and not forms:  # what has forms is counted whole
            firsts = [self._snapshot.first(reading.tree, segment, most) for segment in segments]
            results = [result for result, _ in firsts]
            total = sum([count for _, count in firsts])
        else:
            results = [
                self._snapshot.evaluate(reading.tree, segment, scored=scored)
                for segment in segments
            ]
            total = sum([len(result.articles) for result in results])
        ranked = best(self._snapshot.views, results, sort, most)[offset:]
        rows = self._rows(ranked)
        return Answer(
            total,
            rows,
            self._left_out(reading),
            str(reading.tree),
            _question_marker(reading.tree) or Marker(words, forms),
            self._counted(forms, [result.articles for result in results]) if forms else (),
            _Explain(reading.tree, self._snapshot, scored=scored),
        )

    def count(self, request: Request, by: By | None = None) -> Tally:
        """How many articles match, all in all and per group."""
        reading = self._read(request)
        found = self._found(reading)
        groups: Counter[str | None] = Counter()
        if by is not None:
            for view, articles in zip(self._snapshot.views, found, strict=True):
                groups.update(dict(_groups(view, by, articles)))
        # Periods in order of time, values by how many articles they have.
        in_time = by in _DAY_DIVISOR
        named = sorted(
            ((name, count) for name, count in groups.items() if name is not None),
            key=lambda item: (0 if in_time else -item[1], item[0]),
        )
        last = [(None, groups[None])] if groups[None] else []
        total = sum(len(articles) for articles in found)
        forms = self._counted(self._forms(positive_words(reading.tree)), found)
        return Tally(total, (*named, *last), self._left_out(reading), str(reading.tree), forms)

    def _forms(self, words: Sequence[Words | Near]) -> dict[Words, tuple[Form, ...]]:
        """By word its other forms that occur."""
        found = {}
        for one in words:
            for word in one.words if isinstance(one, Near) else (one,):
                if (word.forms or word.hanja) and (forms := self._snapshot.forms(word)):
                    found[word] = forms
        return found

    def _counted(
        self, forms: dict[Words, tuple[Form, ...]], articles: Sequence[I64]
    ) -> tuple[FormCount, ...]:
        """How many of `articles` (by segment) have each form of a word, and none before it."""
        counts: list[FormCount] = []
        for word, some in forms.items():
            answered = self._snapshot.answered(word)
            literal = 0
            by_form = dict.fromkeys(some, 0)
            for segment, found in enumerate(articles):
                left = ~among(found, answered.literal[segment].articles)
                literal += len(found) - int(left.sum())
                having = {one.form: one.found.articles for one in answered.others[segment]}
                for form in some:
                    if form in having:
                        new = left & among(found, having[form])
                        by_form[form] += int(new.sum())
                        left &= ~new
            if any(by_form.values()):
                counts.append(FormCount(word.shown, word.shown, "literal", literal))
                counts += [
                    FormCount(word.shown, form.shown, form.kind, count)
                    for form, count in by_form.items()
                    if count
                ]
        return tuple(counts)

    def words(self, request: Request) -> WordTally:
        """The words of the text that hold a match; most frequent first, then by code point."""
        from corpus.index.word_counts import count_words

        reading = self._read(request)
        found = self._found(reading)
        counts = count_words(positive_words(reading.tree), self._snapshot.views, found)
        words = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        total = sum(len(articles) for articles in found)
        return WordTally(tuple(words), total, self._left_out(reading), str(reading.tree))

    def suggest(self, request: Request, found: int) -> tuple[Suggestion, ...]:
        """Queries that find more than the `found` articles of a request, likely ones first."""
        if found > LITTLE or request.match == "any":  # a question has no operators to mend
            return ()  # without loading what helps
        from corpus.index.suggest import suggest

        self._snapshot.forget()
        return suggest(request, found, self._snapshot.views, lambda one: self.count(one).total)

    def _read(self, request: Request) -> Reading:
        reading = read(request)
        if "~" in request.query or request.saved:
            reading = self._with_similar(reading, request)
        for value in reading.values:
            self._must_exist(value, request)
        return reading

    def _with_similar(self, reading: Reading, request: Request) -> Reading:
        from corpus.index.similar import resolved  # few queries have one

        views = self._snapshot.views
        undated = reading.undated and resolved(reading.undated, views, request.query)
        tree = resolved(reading.tree, views, request.query)
        return Reading(tree, undated, reading.values)

    def _must_exist(self, value: Value, request: Request) -> None:
        """A publisher that the corpus does not have is a slip of the pen, not an answer."""
        name = value.name
        if name == "email" or name == "url" or name == "id":
            return
        if any(view.folded(name).equal(fold(value.value)) for view in self._snapshot.views):
            return
        near = _near(value.value, [*self.values(name)])
        hint = f"the corpus has no {name} {value.value!r}"
        if near:
            hint += "; near: " + ", ".join(near)
        raise QueryError(request.query, value.position, hint)

    def _found(self, reading: Reading) -> list[I64]:
        return [
            self._snapshot.matching(reading.tree, segment)
            for segment in range(len(self._snapshot.views))
        ]

    def _left_out(self, reading: Reading) -> int:
        if reading.undated is None:
            return 0
        return sum(
            len(self._snapshot.matching(reading.undated, segment))
            for segment, view in enumerate(self._snapshot.views)
            if view.has_undated  # most archives know all dates
        )

    def _rows(self, ranked: Sequence[Ranked]) -> list[Row]:
        numbers = [view.number_of for view in self._snapshot.views]
        revisions = [view.revision_of for view in self._snapshot.views]
        return [
            Row(numbers[segment](article), revisions[segment](article), name, -below)
            for below, _, name, segment, article in ranked
        ]


def _question_marker(tree: Node) -> Marks | None:
    for part in parts_of(tree):
        if isinstance(part, Asked):
            from corpus.index.question_marks import QuestionMarker

            return QuestionMarker(part)
    return None


class _Explain:
    """Makes what tells of an answer, when it is asked; equal for equal questions."""

    def __init__(self, tree: Node, snapshot: Snapshot, *, scored: bool) -> None:
        self._tree, self._snapshot, self._scored = tree, snapshot, scored

    def __call__(self) -> Explained:
        from corpus.index.explain import Explainer  # hardly anyone asks

        return Explainer(self._tree, self._snapshot, scored=self._scored)

    def _key(self) -> tuple[str, bool]:
        return str(self._tree), self._scored

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Explain) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())


def _status(contents: toc.Contents) -> IndexStatus:
    segments = contents.segments
    return IndexStatus(
        store=contents.store,
        seq=contents.seq,
        articles=sum([segment.live_articles() for segment in segments]),
        segments=len(segments),
        bytes=sum([segment.size for segment in segments]),
    )


def _groups(view: SegmentView, by: By, articles: I64) -> Iterator[tuple[str | None, int]]:
    if by == "publisher" or by == "section" or by == "reporter":
        yield from _value_counts(view, by, articles)
        first = view.arrays[f"{by}_first"].astype(np.int64)
        none = int((np.diff(first).take(articles) == 0).sum())
        if none:
            yield None, none
        return
    days = view.day.take(articles) // _DAY_DIVISOR[by]
    for day, count in zip(*(x.tolist() for x in np.unique(days, return_counts=True)), strict=True):
        yield (None if day == 0 else _period_name(day, by)), count


def _period_name(number: int, by: By) -> str:
    """
    >>> _period_name(2021, "year"), _period_name(202103, "month")
    ('2021', '2021-03')
    """
    if by == "year":
        return f"{number:04}"
    rest, last = divmod(number, 100)
    return f"{_period_name(rest, 'year' if by == 'month' else 'month')}-{last:02}"


def _value_counts(view: SegmentView, name: ValueField, articles: I64) -> Iterator[tuple[str, int]]:
    first = view.arrays[f"{name}_first"].astype(np.int64)
    chosen = np.zeros(view.articles, bool)
    chosen[articles] = True
    codes = view.arrays[f"{name}_code"][np.repeat(chosen, np.diff(first))]
    shown = view.shown(name)
    counts = np.bincount(codes, minlength=len(shown))
    for code in np.flatnonzero(counts).tolist():
        yield shown[code], int(counts[code])


def _near(value: str, values: list[str]) -> list[str]:
    """Up to three values that look like `value`, compared by jamo."""
    from difflib import get_close_matches  # for an error only: a search does without

    spelled = {unicodedata.normalize("NFD", fold(known)): known for known in values}
    wanted = unicodedata.normalize("NFD", fold(value))
    inside = [known for known in values if fold(value) in fold(known)]
    close = [spelled[found] for found in get_close_matches(wanted, spelled, n=3, cutoff=0.6)]
    return list(dict.fromkeys([*inside, *close]))[:3]
