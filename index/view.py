"""What can one segment tell, and where does a term stand in it?

A view over a segment's arrays with the look-ups that queries and Whoosh's readers share.
Nothing is read before it is asked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.arrays import Array
from corpus.index.blocks import Blocks
from corpus.index.layout import LONE, Arrays
from corpus.index.lists import Lists
from corpus.index.postings import Postings
from corpus.index.strings import Strings

if TYPE_CHECKING:
    from corpus.index.dictionary import Dictionary
    from corpus.index.hanja_forms import HanjaText
    from corpus.index.word_list import WordList

I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


class SegmentView:
    """One segment for reading; `live` marks the articles not deleted (None: all)."""

    def __init__(self, arrays: Arrays, live: Mask | None = None) -> None:
        self.arrays = arrays
        self.live = live

    @cached_property
    def text(self) -> characters.U16:
        """The units of all fields [U], not folded."""
        return self.arrays["text"]

    @cached_property
    def articles(self) -> int:
        """How many articles the segment holds, deleted ones included."""
        return len(self.arrays["number"])

    @cached_property
    def blocks(self) -> Blocks:
        """The article that each block of text belongs to, and the weight of its field."""
        return Blocks(self.arrays)

    @cached_property
    def number(self) -> I64:
        """[articles] their numbers in the store."""
        return self.arrays["number"]

    @cached_property
    def revision(self) -> npt.NDArray[np.uint32]:
        """[articles] the revisions that are indexed."""
        return self.arrays["revision"]

    @cached_property
    def number_of(self) -> Callable[[int], int]:
        """The number in the store of one article."""
        return self.number.data.__getitem__

    @cached_property
    def revision_of(self) -> Callable[[int], int]:
        """The indexed revision of one article."""
        return self.revision.data.__getitem__

    @cached_property
    def day(self) -> npt.NDArray[np.int32]:
        """[articles] day of publication as yyyymmdd, 0 where undated."""
        return self.arrays["day"]

    @cached_property
    def undated(self) -> Mask:
        """[articles] which have no day."""
        return self.day == 0

    @cached_property
    def has_undated(self) -> bool:
        """Whether any article has no day, deleted ones included."""
        return bool(self.undated.any())

    @cached_property
    def stamp(self) -> I64:
        """[articles] time of publication in seconds, UNDATED where there is none."""
        return self.arrays["stamp"]

    @cached_property
    def gram_keys(self) -> npt.NDArray[np.uint32]:
        """The keys of the grams, ascending."""
        return self.arrays["gram_keys"]

    # Single numbers come out of a memoryview three times faster than out of an array.

    @cached_property
    def _gram_key(self) -> memoryview:
        return self.gram_keys.data

    @cached_property
    def _post_offset(self) -> memoryview:
        return self.arrays["post_offset"].data

    @cached_property
    def _characters(self) -> Lists:
        return Lists("char", self.arrays, self.articles)

    @cached_property
    def _char_unit(self) -> npt.NDArray[np.uint16]:
        return self.arrays["char_unit"]

    @cached_property
    def list_term(self) -> npt.NDArray[np.uint32]:
        """The numbers of the frequent terms, ascending; by place in `lists`."""
        return self.arrays["list_term"]

    @cached_property
    def _list_term(self) -> memoryview:
        return self.list_term.data

    @cached_property
    def lists(self) -> Lists:
        """The article lists of the frequent terms."""
        return Lists("list", self.arrays, self.articles)

    @cached_property
    def postings(self) -> Postings:
        """The positions of every term."""
        return Postings(self.arrays, len(self.text))

    @cached_property
    def field_start(self) -> npt.NDArray[np.uint32]:
        """[articles, 3] offsets of title, subtitle and body."""
        return self.arrays["field_start"].reshape(-1, 3)

    @cached_property
    def field_length(self) -> npt.NDArray[np.uint32]:
        """[articles, 3] characters of title, subtitle and body."""
        return self.arrays["field_length"].reshape(-1, 3)

    @cached_property
    def start(self) -> I64:
        """[articles] where the text of each begins."""
        return self.field_start[:, 0].astype(np.int64)

    @cached_property
    def end(self) -> I64:
        """[articles] where the text of each ends, padding included."""
        return np.append(self.start[1:], len(self.text))

    @cached_property
    def ids(self) -> Strings:
        """The articles' ids."""
        return Strings(self.arrays["id_bytes"], self.arrays["id_offset"])

    @cached_property
    def runs(self) -> Strings:
        """The whole runs in code-point order."""
        return Strings(self.arrays["run_bytes"], self.arrays["run_offset"])

    @cached_property
    def words(self) -> Dictionary:
        """The words of the text with their counts, those of deleted articles included."""
        from corpus.index.dictionary import Dictionary  # a search needs none

        return Dictionary.of(self.arrays)

    @cached_property
    def hanja(self) -> HanjaText:
        """The Hanja of the text with their readings."""
        from corpus.index.hanja_forms import HanjaText  # only where a word may be written so

        return HanjaText(self)

    @cached_property
    def word_list(self) -> WordList:
        """The words by the keys that write them, made for whoever found too little."""
        from corpus.index.word_list import WordList

        return WordList(self.text, self.words.words)

    @cached_property
    def live_mask(self) -> Mask:
        """`live`, spelled out."""
        return np.ones(self.articles, bool) if self.live is None else self.live

    def scratch(self, dtype: npt.DTypeLike) -> Array:
        """[articles] zeros, to be left as zeros: fresh ones cost a page fault for every 4 KB
        that is touched, half a millisecond among 800,000 articles."""
        name = np.dtype(dtype).str
        found = self._scratch.get(name)
        if found is None:
            found = self._scratch[name] = np.zeros(self.articles, dtype)
        return found

    @cached_property
    def _scratch(self) -> dict[str, Array]:
        return {}

    def only_live(self, articles: I64, values: Array) -> tuple[I64, Array]:
        """Those of some articles that are not deleted, and the value of each."""
        if self.live is None:
            return articles, values
        live = self.live.take(articles)
        return articles[live], values[live]

    def articles_of(self, positions: Array) -> I64:
        """The article that each offset belongs to."""
        return self.blocks.of(positions)[0].astype(np.int64)

    def field_of(self, positions: Array) -> npt.NDArray[np.uint8]:
        """0, 1 or 2: title, subtitle or body, for any offsets."""
        return np.uint8(3) - self.blocks.of(positions)[1]

    # terms

    def term_of_run(self, run: str) -> int | None:
        """The term number of a whole run (folded)."""
        return self.runs.find(run)

    def terms_of_grams(self, keys: Sequence[int]) -> list[int] | None:
        """The term numbers of gram keys; None where one of them does not occur."""
        # One by one: a word has few, and to make an array of them takes as long as this.
        found, known, runs = [], self._gram_key, len(self.runs)
        for key in keys:
            place = bisect_left(known, key)
            if place == len(known) or known[place] != key:
                return None
            found.append(runs + place)
        return found

    def term_of_gram(self, first: int, second: int) -> int | None:
        """The term number of a gram of two folded units."""
        found = self.terms_of_grams((first << 16 | second,))
        return None if found is None else found[0]

    def beginning_with(self, unit: int) -> npt.NDArray[np.uint32]:
        """The offsets at which a unit stands that does not end a longer run, gram by gram."""
        wanted = np.array((unit << 16, (unit + 1) << 16), np.uint32)
        low, high = self.gram_keys.searchsorted(wanted).tolist()
        # All grams that begin with the unit lie side by side.
        return self.postings.between(len(self.runs) + low, len(self.runs) + high)

    def ending_runs(self, unit: int) -> npt.NDArray[np.uint32]:
        """The offsets at which a unit ends a run of two or more, gram by gram."""
        # 60 microseconds for 113,000 grams: a table of them by second unit is not worth it.
        grams = np.flatnonzero(self.gram_keys & np.uint32(0xFFFF) == unit)
        last = self.postings.several(len(self.runs) + grams) + np.uint32(1)
        return last[characters.kind_at(self.text, last.astype(np.int64) + 1) != _kind(unit)]

    def of_character(self, unit: int) -> tuple[Lists, int] | None:
        """Where the list of a folded unit of Hangul, Hanja or kana lies; None for any other."""
        units = self._char_unit
        place = int(units.searchsorted(np.uint16(unit)))
        if place == len(units) or units[place] != unit:
            return None
        return self._characters, place

    def listed(self, term: int) -> tuple[Lists, int] | None:
        """Where the list of a frequent term lies; None for any other."""
        terms = self._list_term
        place = bisect_left(terms, term)
        return (self.lists, place) if place < len(terms) and terms[place] == term else None

    def of_trigram(self, units: Sequence[int]) -> tuple[Lists, int] | None:
        """Where the list of three units of Hangul lies; None where they have none."""
        if self._trigrams is None:
            return None
        keys, held = self._trigrams
        key = units[0] << 32 | units[1] << 16 | units[2]
        place = bisect_left(keys, key)
        return (held, place) if place < len(keys) and keys[place] == key else None

    @cached_property
    def _trigrams(self) -> tuple[memoryview, Lists] | None:
        """Their keys and lists; none before a segment is in a file."""
        if "tri_key" not in self.arrays:
            return None
        return self.arrays["tri_key"].data, Lists("tri", self.arrays, self.articles)

    def occurrences(self, term: int) -> int:
        """How many positions the term has."""
        offset = self._post_offset
        return int(offset[term + 1] - offset[term])

    def positions(self, term: int) -> npt.NDArray[np.uint32]:
        """The offsets at which the term stands, ascending."""
        return self.postings.of(term)

    def term_positions(self, term: str) -> I64:
        """The offsets of a term as `grams.terms` spells it; empty where there is none."""
        units = characters.encode(term).units if not _has_stand_in(term) else _raw_units(term)
        kinds = characters.kinds(units)
        if len(kinds) and kinds[0] >= characters.FIRST_WHOLE:
            number = self.term_of_run(_spell(units))
        elif 1 <= len(kinds) <= 2:
            number = self.term_of_gram(int(units[0]), int(units[1]) if len(kinds) == 2 else LONE)
        else:
            number = None
        if number is None:
            return np.zeros(0, np.int64)
        return self.positions(number).astype(np.int64)

    def all_terms(self) -> list[str]:
        """Every term as a string: whole runs, then grams."""
        keys = self.gram_keys.tolist()
        grams = [chr(key >> 16) + (chr(key & 0xFFFF) if key & 0xFFFF else "") for key in keys]
        return [*self.runs, *grams]

    # values

    def values_of(self, name: str, article: int) -> list[str]:
        """The values of one article in a shown value field, as written."""
        first = self.arrays[f"{name}_first"]
        shown = self.shown(name)
        codes = self.arrays[f"{name}_code"][int(first[article]) : int(first[article + 1])]
        return [shown[code] for code in codes.tolist()]

    def shown(self, name: str) -> Strings:
        """The different values of a shown field, by code."""
        return Strings(self.arrays[f"{name}_shown"], self.arrays[f"{name}_shown_offset"])

    def folded(self, name: str) -> Strings:
        """The folded values of a field, by code."""
        return Strings(self.arrays[f"{name}_folded"], self.arrays[f"{name}_folded_offset"])

    def with_codes(self, name: str, codes: list[int]) -> I64:
        """The articles that have any of the values, ascending, deleted ones included."""
        held = np.isin(self.arrays[f"{name}_code"], np.array(codes, np.uint32))
        at = np.flatnonzero(held)
        articles = np.searchsorted(self.arrays[f"{name}_first"], at, side="right") - 1
        return np.unique(articles)


def _kind(unit: int) -> int:
    return int(characters.KIND[unit])


def _has_stand_in(term: str) -> bool:
    return any(0xD800 <= ord(character) < 0xE000 for character in term)


def _raw_units(term: str) -> characters.U16:
    return np.frombuffer(term.encode("utf-16-le", "surrogatepass"), "<u2")


def _spell(units: characters.U16) -> str:
    return units.tobytes().decode("utf-16-le", "surrogatepass")
