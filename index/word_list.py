"""Which words of a segment are near one that was typed?

The words of the dictionary, and what is left of them without a particle: 인공지능은 and
인공지능이 make 인공지능, with both counts. Each has two signatures of 64 bits: which keys
write it, and which two keys stand side by side. A slip changes few bits of either, so
comparing the signatures of all words at once leaves some hundreds, whose keys are compared
exactly (`jamo`).

Made at the first question, in 1 s for the 698,274 of 50,614 articles of news, and kept: 25
bytes a word, so at most 52 MB a segment, since only its MOST most frequent words are taken.
After that a question takes some milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index import jamo, keyboard
from corpus.index.characters import FOLD, HANGUL, KIND, SEPARATOR, U8, U16, fold
from corpus.index.cut import Letters
from corpus.index.words import Words, arrange, before, spell, spelled

I64 = npt.NDArray[np.int64]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
Mask = npt.NDArray[np.bool_]

MOST = 1 << 20  # words of a segment that are looked through, the most frequent ones

# Particles and endings of the copula. What they stand behind ends in a consonant, in a
# vowel, or in either.
_AFTER_CONSONANT = "은 이 을 과 으로 이나 이란 이라 이라고 이라는 이며 이고 이다 으로는 으로의"
_AFTER_VOWEL = "는 가 를 와 나 란 라 라고 라는 며 다"
_AFTER_VOWEL_OR_RIEUL = "로 로는 로의"
_AFTER_ANY = (
    "의 에 도 만 에서 에게 에는 에도 에서는 에서도 에서의 에게는 에만 까지 까지는 까지도"
    " 부터 부터는 보다 보다는 처럼 께서 께서는 하고 마다 조차 밖에 만의 만은 만이 만을"
    " 들 들은 들이 들을 들의 들도 들에게 측 측은 측이 씨 씨는 씨가 씨의 님"
    " 등 등의 등을 등이 등은 등에"
)


class Near(NamedTuple):
    """A word of the corpus, how often it stands there, and how far it is in edits."""

    word: str
    occurrences: int
    distance: float


class WordList:
    """The words of one segment, ordered by how many keys write them."""

    def __init__(self, text: U16, words: Words) -> None:
        self._text = text
        self._at, self._length, self._count = _with_stems(text, _frequent(words))
        keys, self._keys, self._pairs = _signatures(text, self._at, self._length)
        order = np.argsort(keys, kind="stable")
        self._at, self._length = self._at.take(order), self._length.take(order)
        self._count = self._count.take(order)
        self._keys, self._pairs = self._keys.take(order), self._pairs.take(order)
        # Where the words of each number of keys begin.
        self._begin = keys.take(order).searchsorted(np.arange(_LONGEST + 2))

    def __len__(self) -> int:
        return len(self._at)

    def near(self, typed: str, most: int, costs: jamo.Costs) -> list[Near]:
        """The words within `most` edits of keys from the keys `typed`, each at its costs."""
        code = keyboard.codes(typed)
        if not 0 < len(code) <= _LONGEST:
            return []
        low, high = max(1, len(code) - most), min(_LONGEST, len(code) + most)
        first, last = int(self._begin[low]), int(self._begin[high + 1])
        keys, pairs = _signature(code)
        bits = np.bitwise_count
        there = self._keys[first:last]
        keep = (bits(there & ~keys) <= most) & (bits(keys & ~there) <= most)
        at = np.flatnonzero(keep)
        # Two keys changed places: three pairs are new and three are gone.
        there = self._pairs[first:last].take(at)
        at = at[(bits(there & ~pairs) <= 3 * most) & (bits(pairs & ~there) <= 3 * most)] + first
        if not len(at):
            return []
        rows, lengths = _key_rows(self._text, self._at.take(at), self._length.take(at))
        apart = jamo.distances(code, rows, lengths, most, costs)
        # A few cheap slips may cost less than `most` dear ones; they are as likely.
        within = apart <= most * float(costs.instead.max()) + 1e-6
        return self._listed(at[within], apart[within].tolist())

    def with_initials(self, letters: str) -> list[Near]:
        """The words of as many syllables whose initial consonants are `letters`."""
        at = np.flatnonzero(self._length == len(letters))
        table = keyboard.initial_units()
        for place, letter in enumerate(letters):
            unit = self._text.take(self._at.take(at).astype(np.int64) + place)
            at = at[table.take(unit) == ord(letter)]
        return self._listed(at, [0.0] * len(at))

    def count_of(self, word: str) -> int:
        """How often a word stands in the text, with and without particles."""
        wanted = fold(word)
        found = self.near(keyboard.keys(wanted), 0, jamo.plain())
        return sum(each.occurrences for each in found if each.word == wanted)

    def _listed(self, at: I64, apart: Sequence[float]) -> list[Near]:
        words = Words(self._at.take(at), self._length.take(at), self._count.take(at))
        return list(map(Near, spelled(self._text, words), words.count.tolist(), apart))


def joined(parts: Iterable[Iterable[Near]]) -> list[Near]:
    """The words of several segments, counts added, near ones first, then frequent ones."""
    counts: dict[str, int] = {}
    apart: dict[str, float] = {}
    for part in parts:
        for each in part:
            counts[each.word] = counts.get(each.word, 0) + each.occurrences
            apart[each.word] = min(apart.get(each.word, each.distance), each.distance)
    found = [Near(word, count, apart[word]) for word, count in counts.items()]
    return sorted(found, key=lambda each: (each.distance, -each.occurrences, each.word))


# Making the list

_LONGEST = 40  # keys of a word that is looked through: some fifteen syllables


def _frequent(words: Words) -> Words:
    if len(words) <= MOST:
        return words
    some = np.sort(np.argpartition(words.count, len(words) - MOST)[-MOST:])
    return Words(words.at.take(some), words.length.take(some), words.count.take(some))


def _with_stems(text: U16, words: Words) -> tuple[U32, U8, U32]:
    """(offsets, lengths, counts) of the words and of what they are without a particle."""
    if not len(words):
        return words.at, words.length, words.count
    units = spell(text, words)
    sizes = words.length.astype(np.int64)
    starts = before(sizes + 1)
    left = sizes - _particle_sizes(units, starts, sizes)
    has = np.flatnonzero(left < sizes)
    at = np.concatenate((starts, starts.take(has)))
    length = np.concatenate((sizes, left.take(has)))
    source = np.concatenate((np.arange(len(sizes)), has))
    order, first = arrange(Letters.of(units), at, length)
    firsts = np.flatnonzero(first)
    chosen = order.take(firsts)
    count = np.add.reduceat(words.count.take(source.take(order)), firsts, dtype=np.int64)
    return (
        words.at.take(source.take(chosen)),
        length.take(chosen).astype(np.uint8),
        count.clip(max=0xFFFFFFFF).astype(np.uint32),
    )


class _Group(NamedTuple):
    """Particles of one length: as numbers, ascending, and what may stand before each."""

    length: int
    numbers: U64
    after: U8


_CONSONANT, _VOWEL, _RIEUL = 1, 2, 4


@cache
def particles() -> dict[str, int]:
    """Each particle, and behind which endings it stands."""
    found = dict.fromkeys(_AFTER_ANY.split(), _CONSONANT | _VOWEL | _RIEUL)
    found |= dict.fromkeys(_AFTER_CONSONANT.split(), _CONSONANT | _RIEUL)
    found |= dict.fromkeys(_AFTER_VOWEL.split(), _VOWEL)
    return found | dict.fromkeys(_AFTER_VOWEL_OR_RIEUL.split(), _VOWEL | _RIEUL)


@cache
def _by_length() -> list[_Group]:
    found = []
    for length in range(1, max(map(len, particles())) + 1):
        some = sorted(each for each in particles() if len(each) == length)
        numbers = [sum(ord(unit) << 16 * place for place, unit in enumerate(each[::-1]))
                   for each in some]  # fmt: skip
        order = np.argsort(np.array(numbers, np.uint64))
        after = np.array([particles()[each] for each in some], np.uint8)
        found.append(_Group(length, np.array(numbers, np.uint64)[order], after[order]))
    return found


@cache
def _endings() -> U8:
    """[65536] how a unit ends: a consonant, a vowel, ㄹ; anything may follow other scripts."""
    table = np.full(1 << 16, _CONSONANT | _VOWEL | _RIEUL, np.uint8)
    finals = np.arange(0xD7A4 - 0xAC00) % 28
    table[0xAC00:0xD7A4] = np.where(finals == 0, _VOWEL, np.where(finals == 8, _RIEUL, _CONSONANT))
    return table


def _particle_sizes(units: U16, starts: I64, sizes: I64) -> I64:
    """How long the longest particle is that each word ends in; 0 where none does.

    Two characters must be left.
    """
    found = np.zeros(len(sizes), np.int64)
    number = np.zeros(len(sizes), np.uint64)
    ends = starts + sizes
    for known in _by_length():
        unit = units.take(np.maximum(ends - known.length, 0)).astype(np.uint64)
        number |= unit << np.uint64(16 * (known.length - 1))
        place = known.numbers.searchsorted(number).clip(max=len(known.numbers) - 1)
        ending = _endings().take(units.take(np.maximum(ends - known.length - 1, 0)))
        fits = (known.numbers.take(place) == number) & (known.after.take(place) & ending > 0)
        found[fits & (sizes - known.length >= 2)] = known.length
    return found


def without_particle(word: str) -> str | None:
    """The word without the longest particle that it ends in, if two characters are left.

    >>> without_particle("이재명은"), without_particle("인공지능"), without_particle("정부는")
    ('이재명', None, '정부')
    """
    if not word or KIND[min(ord(word[-1]), 0xFFFF)] != HANGUL:
        return None
    units = np.array([min(ord(letter), 0xFFFF) for letter in word], np.uint16)
    size = int(_particle_sizes(units, np.zeros(1, np.int64), np.array([len(units)]))[0])
    return word[:-size] if size else None


# Signatures


def _bits(code: npt.NDArray[np.uint8]) -> U64:
    return np.where(code > 0, np.uint64(1) << code.astype(np.uint64), np.uint64(0))


def _pair_bits(one: npt.NDArray[np.uint8], two: npt.NDArray[np.uint8]) -> U64:
    number = (one.astype(np.uint32) << np.uint32(6) | two) * np.uint32(0x9E3779B1)
    return np.uint64(1) << (number >> np.uint32(26)).astype(np.uint64)


def _signature(code: U16) -> tuple[np.uint64, np.uint64]:
    """Which keys, and which pairs of keys, the last one with the end of the word."""
    found = keyboard.classes(code)
    pairs = _pair_bits(found, np.append(found[1:], np.uint8(0)))
    return np.bitwise_or.reduce(_bits(found)), np.bitwise_or.reduce(pairs)


class _Tables(NamedTuple):
    """By unit: the number of its keys, their bits, the bits of its pairs, its edge keys."""

    size: U8
    keys: U64
    pairs: U64
    first: npt.NDArray[np.uint8]
    last: npt.NDArray[np.uint8]


@cache
def _tables() -> _Tables:
    codes = keyboard.unit_keys()
    there = codes > 0
    classes = keyboard.classes(codes) * there
    count = there.sum(axis=1).astype(np.uint8)
    inside = np.where(there[:, 1:], _pair_bits(classes[:, :-1], classes[:, 1:]), np.uint64(0))
    last = classes[np.arange(1 << 16), np.maximum(count, 1) - 1]
    return _Tables(
        count,
        np.bitwise_or.reduce(_bits(classes), axis=1),
        np.bitwise_or.reduce(inside, axis=1),
        np.ascontiguousarray(classes[:, 0]),
        last,
    )


_AT_ONCE = 1 << 16  # words whose signatures are made at once


def _signatures(text: U16, at: U32, length: U8) -> tuple[U8, U64, U64]:
    """Of each word the number of its keys, their bits and those of their pairs."""
    tables = _tables()
    nothing = np.zeros(0, np.uint64)
    parts: list[tuple[U8, U64, U64]] = [(np.zeros(0, np.uint8), nothing, nothing)]
    for begin in range(0, len(at), _AT_ONCE):
        some = slice(begin, begin + _AT_ONCE)
        units = spell(text, Words(at[some], length[some], at[some]))
        starts = before(length[some].astype(np.int64) + 1)
        count = np.add.reduceat(tables.size.take(units), starts, dtype=np.int64)
        across = _pair_bits(
            tables.last.take(units), np.append(tables.first.take(units[1:]), np.uint8(0))
        )
        across[units == SEPARATOR] = 0
        across |= tables.pairs.take(units)
        parts.append(
            (
                count.clip(max=_LONGEST + 1).astype(np.uint8),
                np.bitwise_or.reduceat(tables.keys.take(units), starts),
                np.bitwise_or.reduceat(across, starts),
            )
        )
    counts, keys, pairs = zip(*parts, strict=True)
    return np.concatenate(counts), np.concatenate(keys), np.concatenate(pairs)


def _key_rows(text: U16, at: U32, length: U8) -> tuple[U16, I64]:
    """([n, W] the keys of each word with zeros behind, [n] how many)."""
    widest = int(length.max())
    place = np.arange(widest)
    units = FOLD.take(text.take(at.astype(np.int64)[:, None] + place, mode="clip"))
    units[place >= length[:, None]] = SEPARATOR
    keys = keyboard.unit_keys().take(units, axis=0).reshape(len(at), -1)
    there = keys > 0
    lengths = there.sum(axis=1)
    rows = np.zeros((len(at), int(lengths.max())), np.uint16)
    rows[np.arange(rows.shape[1]) < lengths[:, None]] = keys[there]
    return rows, lengths
