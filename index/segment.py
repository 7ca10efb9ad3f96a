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
    char_unit, char_…       Hangul, Hanja and kana units with the list of each one's articles
    list_term, list_…       frequent terms with the list of each one's articles (in a file
                            only); how lists lie there, see `lists`
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from corpus.article import Article
from corpus.index import characters, grams, lists
from corpus.index.arrays import Array
from corpus.index.lists import BLOCK, HEAD, Arrays, Places
from corpus.index.packing import offsets
from corpus.index.postings import Postings
from corpus.index.strings import Strings

I64 = npt.NDArray[np.int64]

FIELDS = ("title", "subtitle", "body")
VALUE_FIELDS = ("publisher", "section", "reporter", "email", "url")
SHOWN_FIELDS = ("publisher", "section", "reporter")  # their values are listed as written
UNDATED = -(1 << 62)
_SEOUL = 9 * 3600  # seconds ahead of UTC

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
    "char_unit": "u2",
}
for _name in VALUE_FIELDS:
    TYPES |= {f"{_name}_first": "u4", f"{_name}_code": "u4"}
    TYPES |= {f"{_name}_folded": "u1", f"{_name}_folded_offset": "u4"}
for _name in SHOWN_FIELDS:
    TYPES |= {f"{_name}_shown": "u1", f"{_name}_shown_offset": "u4"}


def seoul_days(stamps: I64) -> npt.NDArray[np.int32]:
    """The calendar days in Seoul of times in seconds, as yyyymmdd; 0 for UNDATED.

    >>> seoul_days(np.array([stamp_of(date(2022, 1, 1)), stamp_of(date(2022, 1, 1)) - 1])).tolist()
    [20220101, 20211231]
    """
    days = ((stamps + _SEOUL) // 86400).astype("M8[D]")
    months = days.astype("M8[M]")
    number = (months.astype(np.int64) // 12 + 1970) * 10_000
    number += (months.astype(np.int64) % 12 + 1) * 100 + (days - months).astype(np.int64) + 1
    return np.where(stamps == UNDATED, 0, number).astype(np.int32)


def stamp_of(when: date | None) -> int:
    """Seconds since 1970 in UTC; a date without a time is its midnight in Seoul."""
    if when is None:
        return UNDATED
    if isinstance(when, datetime):
        return math.floor(when.timestamp())
    return (when.toordinal() - _EPOCH) * 86400 - _SEOUL


_EPOCH = date(1970, 1, 1).toordinal()


class Draft:
    """Articles collected in memory until `arrays` cuts them into terms.

    `units` is how much text it holds; 1 M units at a time are inverted fastest, since
    then the sort stays in the cache (docs/decisions/0004-postings-in-arrays.md).
    """

    def __init__(self) -> None:
        self.units = 0
        self._text: list[str] = []
        self._numbers: list[int] = []
        self._articles: list[Article] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, article: Article) -> None:
        """Take one article; `number` is its number in the store."""
        if article.id is None:
            raise ValueError(f"article number {number} has no id")
        title, subtitle, body = article.title, article.subtitle or "", article.body
        used = len(title) + len(subtitle) + len(body) + 2
        padding = BLOCK - used % BLOCK
        self._text += (title, "\0", subtitle, "\0", body, "\0" * padding)
        self.units += used + padding
        self._numbers.append(number)
        self._articles.append(article)

    def arrays(self) -> dict[str, Array]:
        """The segment of the articles taken so far."""
        articles = self._articles
        lengths = np.fromiter(map(len, self._text), np.int64, len(self._text)).reshape(-1, 6)
        edges = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths.sum(axis=1))))
        starts = edges[:-1, None] + np.concatenate(
            (np.zeros((len(articles), 1), np.int64), np.cumsum(lengths, axis=1)[:, [1, 3]]), axis=1
        )
        encoded = characters.encode("".join(self._text))
        places = places_of(starts, np.diff(edges) // BLOCK)
        cut = grams.Cut.of(encoded.units)
        postings = grams.invert(cut)
        held = lists.of_characters(cut, places)
        runs = Strings.of(postings.runs)
        ids = Strings.of([article.id or "" for article in articles])
        stamps = np.fromiter(
            (stamp_of(article.published) for article in articles), np.int64, len(articles)
        )
        revisions = (article.revision or 1 for article in articles)
        arrays: dict[str, Array] = {
            "text": encoded.units,
            "astral_at": np.fromiter(encoded.astral.keys(), np.uint32, len(encoded.astral)),
            "astral_code": np.fromiter(encoded.astral.values(), np.uint32, len(encoded.astral)),
            "block_doc": places.block_doc,
            "field_start": starts.astype(np.uint32).ravel(),
            "field_length": lengths[:, [0, 2, 4]].astype(np.uint32).ravel(),
            "number": np.array(self._numbers, np.int64),
            "revision": np.fromiter(revisions, np.uint32, len(articles)),
            "day": seoul_days(stamps),
            "stamp": stamps,
            "id_bytes": ids.data,
            "id_offset": ids.offset,
            "run_bytes": runs.data,
            "run_offset": runs.offset,
            "gram_keys": postings.keys[len(postings.runs) :],
            "post_offset": offsets(postings.counts),
            "positions": postings.positions,
            "char_unit": held.keys,
            "char_offset": held.offset,
            "char_entry": held.entry,
        }
        names = [tuple(who.name for who in article.reporters) for article in articles]
        mails = [tuple(who.email for who in article.reporters) for article in articles]
        arrays |= value_arrays("publisher", [(article.publisher,) for article in articles])
        arrays |= value_arrays("section", [(article.section,) for article in articles])
        arrays |= value_arrays("url", [(article.url,) for article in articles])
        arrays |= value_arrays("reporter", names)
        arrays |= value_arrays("email", mails)
        return arrays


def places_of(starts: I64, blocks: I64) -> Places:
    """Whose text stands where, of articles `blocks` long with fields from `starts` [D, 3]."""
    return Places(
        block_table(starts[:, 0], starts[:, 2], blocks),
        starts[:, 1].astype(np.uint32),
        starts[:, 2].astype(np.uint32),
    )


def block_table(starts: I64, bodies: I64, blocks: I64) -> npt.NDArray[np.uint32]:
    """`block_doc` of articles with text from `starts`, bodies from `bodies`, `blocks` long."""
    table = np.repeat(np.arange(len(blocks), dtype=np.uint32), blocks)
    heads = -(-(bodies - starts) // BLOCK)
    first = np.cumsum(blocks) - blocks
    before = np.cumsum(heads) - heads
    table[np.repeat(first - before, heads) + np.arange(heads.sum())] |= HEAD
    return table


def postings_of(arrays: Arrays) -> Postings:
    """The positions of a segment, drafted or in a file."""
    names = ("sparse", "dense_term", "dense_held", "dense_low")
    kept = ("positions",) if "positions" in arrays else names
    return Postings(arrays["post_offset"], **{name: arrays[name] for name in kept})


def value_arrays(name: str, values: Sequence[Iterable[str | None]]) -> dict[str, Array]:
    """The arrays of one value field from every article's values as they came."""
    kept = name in SHOWN_FIELDS
    # Cleaned once per different value: an archive has few publishers and many articles.
    clean: dict[str | None, str] = {}
    for value in {value for held in values for value in held}:
        text = " ".join(value.split()) if value else ""
        clean[value] = text if kept else characters.fold(text)
    different = sorted(set(clean.values()) - {""})
    code = {value: place for place, value in enumerate(different)}
    code_of = {value: code[text] for value, text in clean.items() if text}
    codes: list[int] = []
    counts = []
    for held in values:
        before = len(codes)
        for value in held:
            found = code_of.get(value)
            if found is not None and found not in codes[before:]:
                codes.append(found)
        counts.append(len(codes) - before)
    return {
        f"{name}_first": offsets(np.array(counts, np.int64)),
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
