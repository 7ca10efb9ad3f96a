"""What does the index keep of an article, and how does a pile of articles become a segment?

A segment is a set of named arrays, in memory while it is drafted and in one file
(`arrays.ArrayFile`) afterwards; both are read the same way. With D articles, U units of
text, R different runs and K different grams:

    text [U]                units of all fields, unfolded; article by article, each on a
                            multiple of BLOCK: title, separator, subtitle, separator, body,
                            at least one separator
    astral_at, astral_code  offsets in `text` whose character lies beyond the BMP, and which
    block_doc [U / BLOCK]   the article that a block belongs to, with the bit HEAD where some
                            of the block stands before the article's body
    field_start [3 D]       offset in `text` of each article's title, subtitle, body
    field_length [3 D]      their lengths in characters
    number, revision [D]    the article in the store
    day [D]                 day of publication in Seoul as yyyymmdd, 0 where undated
    stamp [D]               time of publication, seconds since 1970 in UTC, UNDATED where none
    id_bytes, id_offset     the ids
    NAME_folded …           per value field: `first` [D + 1] and `code` tell each article's
                            values, `folded` and (where people list them) `shown` spell them
    run_bytes, run_offset   whole runs in code-point order; a run's place is its term number
    gram_keys [K]           `first unit << 16 | second unit`; term number R + place
    post_offset [R + K + 1] how many positions stand before each term's
    positions               offsets in `text`, ascending within a term; in a file they are
                            split as `postings` says
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.article import Article
from corpus.index import characters, grams
from corpus.index.arrays import Array
from corpus.index.postings import Postings
from corpus.index.strings import Strings

BLOCK = 32  # units: from an offset to its article is one look-up in `block_doc`
FIELDS = ("title", "subtitle", "body")
VALUE_FIELDS = ("publisher", "section", "reporter", "email", "url")
SHOWN_FIELDS = ("publisher", "section", "reporter")  # their values are listed as written
UNDATED = -(1 << 62)
HEAD = np.uint32(1 << 31)  # in `block_doc`: some of the block is title or subtitle
SEOUL = timezone(timedelta(hours=9))

TYPES: dict[str, str] = {
    "text": "u2",
    "astral_at": "u4",
    "astral_code": "u4",
    "block_doc": "u4",
    "field_start": "u4",
    "field_length": "u4",
    "number": "i8",
    "revision": "u4",
    "day": "i4",
    "stamp": "i8",
    "id_bytes": "u1",
    "id_offset": "u4",
    "run_bytes": "u1",
    "run_offset": "u4",
    "gram_keys": "u4",
    "post_offset": "u4",
}
for _name in VALUE_FIELDS:
    TYPES |= {f"{_name}_first": "u4", f"{_name}_code": "u4"}
    TYPES |= {f"{_name}_folded": "u1", f"{_name}_folded_offset": "u4"}
for _name in SHOWN_FIELDS:
    TYPES |= {f"{_name}_shown": "u1", f"{_name}_shown_offset": "u4"}


class Arrays(Protocol):
    """The arrays of one segment by name: a dict of them, or an ArrayFile."""

    def __getitem__(self, name: str, /) -> Array: ...


def seoul_day(when: date) -> int:
    """The calendar day in Seoul as yyyymmdd.

    >>> seoul_day(datetime(2021, 12, 31, 16, 0, tzinfo=timezone.utc))
    20220101
    """
    day = when.astimezone(SEOUL).date() if isinstance(when, datetime) else when
    return day.year * 10000 + day.month * 100 + day.day


def stamp_of(when: date) -> int:
    """Seconds since 1970 in UTC; a date without a time is its midnight in Seoul."""
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=SEOUL)
    return int(when.timestamp())


class Draft:
    """Articles collected in memory until `arrays` cuts them into terms.

    `units` is how much text it holds; 1 M units at a time are inverted fastest, since
    then the sort stays in the cache (docs/decisions/0004-postings-in-arrays.md).
    """

    def __init__(self) -> None:
        self.units = 0
        self._text: list[str] = []
        self._starts: list[int] = []
        self._lengths: list[int] = []
        self._numbers: list[int] = []
        self._revisions: list[int] = []
        self._days: list[int] = []
        self._stamps: list[int] = []
        self._ids: list[str] = []
        self._values: dict[str, list[Sequence[str]]] = {name: [] for name in VALUE_FIELDS}

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, article: Article) -> None:
        """Take one article; `number` is its number in the store."""
        if article.id is None:
            raise ValueError(f"article number {number} has no id")
        title, subtitle, body = article.title, article.subtitle or "", article.body
        lengths = (len(title), len(subtitle), len(body))
        used = sum(lengths) + 2
        padding = BLOCK - used % BLOCK
        self._text += (title, "\0", subtitle, "\0", body, "\0" * padding)
        start = self.units
        self._starts += (start, start + lengths[0] + 1, start + lengths[0] + lengths[1] + 2)
        self._lengths += lengths
        self.units += used + padding
        self._numbers.append(number)
        self._revisions.append(article.revision or 1)
        self._ids.append(article.id)
        when = article.published
        self._days.append(0 if when is None else seoul_day(when))
        self._stamps.append(UNDATED if when is None else stamp_of(when))
        names = [person.name for person in article.reporters]
        mails = [person.email for person in article.reporters]
        for name, values in (
            ("publisher", (article.publisher,)),
            ("section", (article.section,)),
            ("reporter", names),
            ("email", mails),
            ("url", (article.url,)),
        ):
            lines = (" ".join(value.split()) for value in values if value)
            self._values[name].append(tuple(dict.fromkeys(lines)))

    def arrays(self) -> dict[str, Array]:
        """The segment of the articles taken so far."""
        encoded = characters.encode("".join(self._text))
        postings = grams.invert(encoded.units)
        runs = Strings.of(postings.runs)
        ids = Strings.of(self._ids)
        starts = np.array(self._starts, np.int64)
        ends = np.append(starts[3::3], self.units)
        blocks = (ends - starts[::3]) // BLOCK
        arrays: dict[str, Array] = {
            "text": encoded.units,
            "astral_at": np.fromiter(encoded.astral.keys(), np.uint32, len(encoded.astral)),
            "astral_code": np.fromiter(encoded.astral.values(), np.uint32, len(encoded.astral)),
            "block_doc": block_table(starts[::3], starts[2::3], blocks),
            "field_start": starts.astype(np.uint32),
            "field_length": np.array(self._lengths, np.uint32),
            "number": np.array(self._numbers, np.int64),
            "revision": np.array(self._revisions, np.uint32),
            "day": np.array(self._days, np.int32),
            "stamp": np.array(self._stamps, np.int64),
            "id_bytes": ids.data,
            "id_offset": ids.offset,
            "run_bytes": runs.data,
            "run_offset": runs.offset,
            "gram_keys": postings.keys[len(postings.runs) :],
            "post_offset": offsets(postings.counts),
            "positions": postings.positions,
        }
        for name, values in self._values.items():
            arrays |= value_arrays(name, values)
        return arrays


def block_table(
    starts: npt.NDArray[np.integer], bodies: npt.NDArray[np.integer], blocks: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint32]:
    """`block_doc` of articles with text from `starts`, bodies from `bodies`, `blocks` long."""
    table = np.repeat(np.arange(len(blocks), dtype=np.uint32), blocks)
    first = np.concatenate((np.zeros(1, np.int64), np.cumsum(blocks)[:-1]))
    heads = -(-(bodies.astype(np.int64) - starts.astype(np.int64)) // BLOCK)
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(heads)[:-1]))
    table[
        np.repeat(first[: len(heads)] - before[: len(heads)], heads) + np.arange(heads.sum())
    ] |= HEAD
    return table


def postings_of(arrays: Arrays) -> Postings:
    """The positions of a segment, drafted or in a file."""
    names = ("sparse", "dense_term", "dense_held", "dense_low")
    kept = ("positions",) if isinstance(arrays, dict) else names
    return Postings(arrays["post_offset"], **{name: arrays[name] for name in kept})


def offsets(counts: npt.NDArray[np.integer]) -> npt.NDArray[np.uint32]:
    """Where each of consecutive stretches begins, and where the last one ends."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    if found[-1] >= 1 << 32:
        raise OverflowError(f"{found[-1]} entries in one segment; at most {(1 << 32) - 1}")
    return found.astype(np.uint32)


def value_arrays(name: str, values: Sequence[Sequence[str]]) -> dict[str, Array]:
    """The arrays of one value field from every article's values."""
    if name not in SHOWN_FIELDS:
        values = [[characters.fold(value) for value in held] for held in values]
    different = sorted({value for held in values for value in held})
    code = {value: place for place, value in enumerate(different)}
    codes = [code[value] for held in values for value in held]
    return {
        f"{name}_first": offsets(np.fromiter(map(len, values), np.int64, len(values))),
        f"{name}_code": np.array(codes, np.uint32),
        **spelled(name, different),
    }


def spelled(name: str, values: Sequence[str]) -> dict[str, Array]:
    """The arrays that spell the different values of a field, by code."""
    folded = Strings.of([characters.fold(value) for value in values])
    found = {f"{name}_folded": folded.data, f"{name}_folded_offset": folded.offset}
    if name in SHOWN_FIELDS:
        shown = Strings.of(values)
        found |= {f"{name}_shown": shown.data, f"{name}_shown_offset": shown.offset}
    return found
