"""What does the index keep of an article, and how does a pile of articles become a segment?

A segment is a set of named arrays, in memory while it is drafted and in one file
(`arrays.ArrayFile`) afterwards; both are read the same way. With D articles, U units of
text, R different runs and K different grams:

    text [U]                units of all fields, unfolded; article by article, each field
                            that is not empty on a multiple of BLOCK and with at least one
                            separator behind it
    astral_at, astral_code  offsets in `text` whose character lies beyond the BMP, and which
    block_doc [U / BLOCK]   the article and field that a block belongs to: `article << 8 |
                            weight of the field`; in a file it lies as `blocks` says
    field_start [3 D]       offset in `text` of each article's title, subtitle, body
    field_length [3 D]      their lengths in characters
    number, revision [D]    the article in the store
    day [D]                 day of publication in Seoul as yyyymmdd, 0 where undated
    stamp [D]               time of publication, seconds since 1970 in UTC, UNDATED where none
    id_bytes, id_offset     the ids
    NAME_folded …           per value field, notes among them: `first` [D + 1] and `code` tell
                            each article's values, `folded` and (where people list them) `shown`
                            spell them
    run_bytes, run_offset   whole runs in code-point order; a run's place is its term number
    gram_keys [K]           `first unit << 16 | second unit`; term number R + place
    post_offset [R + K + 1] how many positions stand before each term's
    positions               offsets in `text`, ascending within a term; in a file they are
                            split as `postings` says
    char_unit, char_…       Hangul, Hanja and kana units with the list of each one's articles
    hanja_at, hanja_…       the Hanja of the text, see `hanja_forms`
    word_at, word_…         the words of the text and how often each occurs, see `words`
    list_term, list_…       frequent terms with the list of each one's articles (in a file
                            only); how lists lie there, see `lists`
    tri_key, tri_…          the same of frequent words of three syllables, see `trigrams`
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import numpy.typing as npt

from corpus.article import Article
from corpus.index import characters, grams, hanja_forms, lists, words
from corpus.index.arrays import Array
from corpus.index.cut import Cut
from corpus.index.layout import BLOCK, SHOWN_FIELDS, UNDATED, VALUE_FIELDS, WEIGHTS
from corpus.index.packing import offsets
from corpus.index.strings import Strings

I64 = npt.NDArray[np.int64]

_SEOUL = 9 * 3600  # seconds ahead of UTC

TYPES: dict[str, str] = {
    "text": "u2",
    "astral_at": "u4",
    "astral_code": "u4",
    "block_doc": "u4",
    "block_low": "u1",
    "block_base": "u4",
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
    "hanja_at": "u4",
    "hanja_unit": "u2",
    "hanja_pair": "u4",
    **words.TYPES,
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

_PADDING = ["\0" * room for room in range(BLOCK + 1)]
# `(length | _ROOM) + 1` is what a field takes: a multiple, one separator at least.
_ROOM = BLOCK - 1


class Draft:
    """Articles collected in memory until `arrays` cuts them into terms.

    `units` is how much text it holds; 1 M units at a time are inverted fastest, since
    then the sort stays in the cache (docs/decisions/0004-postings-in-arrays.md).
    """

    def __init__(self) -> None:
        self.units = 0
        self._numbers: list[int] = []
        self._articles: list[Article] = []

    def __len__(self) -> int:
        return len(self._numbers)

    def add(self, number: int, article: Article) -> None:
        """Take one article; `number` is its number in the store."""
        if article.id is None:
            raise ValueError(f"article number {number} has no id")
        if article.title:
            self.units += (len(article.title) | _ROOM) + 1
        if article.subtitle:
            self.units += (len(article.subtitle) | _ROOM) + 1
        # An article has a block of its own even without any text.
        self.units += (len(article.body) | _ROOM) + 1
        self._numbers.append(number)
        self._articles.append(article)

    def arrays(self) -> dict[str, Array]:
        """The segment of the articles taken so far."""
        articles = self._articles
        # Each field with its padding behind it.
        text = [""] * (6 * len(articles))
        text[::6] = [article.title for article in articles]
        text[2::6] = [article.subtitle or "" for article in articles]
        text[4::6] = [article.body for article in articles]
        lengths = np.fromiter(map(len, text[::2]), np.int64, len(text) // 2)
        rooms = (lengths | _ROOM) + 1
        rooms.reshape(-1, 3)[:, :2][lengths.reshape(-1, 3)[:, :2] == 0] = 0
        text[1::2] = map(_PADDING.__getitem__, (rooms - lengths).tolist())
        starts = np.cumsum(rooms) - rooms
        encoded = characters.encode("".join(text))
        block_doc = block_table(rooms // BLOCK)
        cut = Cut.of(encoded.units)
        postings = grams.invert(cut)
        held = lists.of_characters(cut, block_doc)
        runs = Strings.of(postings.runs)
        ids = Strings.of([article.id or "" for article in articles])
        published = [article.published for article in articles]
        stamp = {when: stamp_of(when) for when in set(published)}  # many are of one day
        stamps = np.fromiter(map(stamp.__getitem__, published), np.int64, len(published))
        revisions = [article.revision or 1 for article in articles]
        arrays: dict[str, Array] = {
            "text": encoded.units,
            "astral_at": np.fromiter(encoded.astral.keys(), np.uint32, len(encoded.astral)),
            "astral_code": np.fromiter(encoded.astral.values(), np.uint32, len(encoded.astral)),
            "block_doc": block_doc,
            "field_start": starts.astype(np.uint32),
            "field_length": lengths.astype(np.uint32),
            "number": np.array(self._numbers, np.int64),
            "revision": np.array(revisions, np.uint32),
            "day": seoul_days(stamps),
            "stamp": stamps,
            "id_bytes": ids.data,
            "id_offset": ids.offset,
            "run_bytes": runs.data,
            "run_offset": runs.offset,
            "gram_keys": postings.grams,
            "post_offset": offsets(postings.counts),
            "positions": postings.positions,
            "char_unit": held.keys,
            "char_offset": held.offset,
            "char_entry": held.entry,
            "char_most_key": held.most.keys,
            "char_most": held.most.frequency,
            **hanja_forms.arrays(cut),
            **words.count(cut).arrays(),
        }
        each = range(len(articles))
        by = [(at, one) for at, article in enumerate(articles) for one in article.reporters]
        whose = [at for at, _ in by]
        notes = [(at, one.text) for at, article in enumerate(articles) for one in article.notes]
        for name, owners, values in (
            ("publisher", each, [article.publisher for article in articles]),
            ("section", each, [article.section for article in articles]),
            ("url", each, [article.url for article in articles]),
            ("reporter", whose, [one.name for _, one in by]),
            ("email", whose, [one.email for _, one in by]),
            ("note", [at for at, _ in notes], [text for _, text in notes]),
        ):
            arrays |= value_arrays(name, len(articles), owners, values)
        return arrays


def block_table(blocks: I64) -> npt.NDArray[np.uint32]:
    """`block_doc` of articles whose fields are `blocks` [3 D] long."""
    field = np.arange(len(blocks), dtype=np.uint32)
    weight = np.tile(np.array(WEIGHTS, np.uint32), len(blocks) // 3)
    return np.repeat(field // 3 << 8 | weight, blocks)


def value_arrays(
    name: str, articles: int, owners: Sequence[int], values: Sequence[str | None]
) -> dict[str, Array]:
    """The arrays of one value field from its values as they came, in the articles' order;
    `owners` are the articles that they belong to."""
    kept = name in SHOWN_FIELDS
    # Cleaned once per different value: an archive has few publishers and many articles.
    clean: dict[str | None, str] = {}
    for value in set(values):
        text = " ".join(value.split()) if value else ""
        clean[value] = text if kept else characters.fold(text)
    different = sorted(set(clean.values()) - {""})
    code = {value: place for place, value in enumerate(different)}
    code_of = {value: code.get(text, -1) for value, text in clean.items()}
    codes = np.fromiter(map(code_of.__getitem__, values), np.int64, len(values))
    owner = np.array(owners, np.int64)
    owner, codes = owner[codes >= 0], codes[codes >= 0]
    if len(owner) > 1 and (owner[1:] == owner[:-1]).any():
        # An article has a value once, where it is first named.
        _, first = np.unique(owner * len(different) + codes, return_index=True)
        first.sort()
        owner, codes = owner[first], codes[first]
    return {
        f"{name}_first": offsets(np.bincount(owner, minlength=articles)),
        f"{name}_code": codes.astype(np.uint32),
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
