"""Of which kind is a character, and which other one does it equal?

Two tables over the code points, fixed in `characters.z` and not taken from the running
Python: an index that was built under one version of Unicode is read under the next, and
both must cut the text alike. `python -m corpus.index.characters` writes the file anew
(which makes every index out of date: raise `segment.FORMAT` with it).

A text becomes one 16-bit unit per code point, so that a position in the index is an
offset in the stored field. A character beyond the BMP becomes a stand-in that keeps its
kind (STAND_IN + kind, from the surrogates, which no text holds); which one it was stands
in a table beside (`Units.astral`).
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec
import numpy as np
import numpy.typing as npt

U16 = npt.NDArray[np.uint16]
U8 = npt.NDArray[np.uint8]
T = TypeVar("T", bound=np.generic)

# Kinds of characters. Runs never cross from one kind to another.
NONE = 0  # white space, punctuation, symbols
HANGUL = 1
HANJA = 2
KANA = 3
LATIN = 4
DIGIT = 5
OTHER = 6  # every other script
MARK = 7  # a combining mark: of the kind of the character before it

FIRST_WHOLE = LATIN  # kinds from here to OTHER match as whole runs, those before it as grams

STAND_IN = 0xD800
SEPARATOR = 0  # between fields and articles; no stored text holds it
SPACE, LINE_FEED = 0x20, 0x0A

_TABLE = Path(__file__).with_name("characters.z")
_PLANES = 0x20000  # planes 0 and 1 by table, the others by rule


def _load() -> tuple[U8, U16]:
    data = zlib.decompress(_TABLE.read_bytes())
    kinds = np.frombuffer(data, np.uint8, _PLANES)
    # Kept as differences, mostly zero: 6 KB where the table itself takes 120.
    fold = np.frombuffer(data, "<u2", 0x10000, _PLANES) + np.arange(0x10000, dtype=np.uint16)
    return kinds, fold


_KINDS, FOLD = _load()
# By unit: the BMP, with the kinds of the stand-ins at their place.
KIND: U8 = _KINDS[:0x10000].copy()
KIND[STAND_IN : STAND_IN + 8] = np.arange(8)
# The same of a character that need not be folded yet; bytes, since a NumPy array gives out
# single numbers five times slower.
_KIND_FOLDED = _KINDS.take(FOLD).tobytes()

# For texts of a few characters: an item of a memoryview takes 34 ns, one of an array 126.
_KIND_OF, _FOLD_OF = _KINDS.data, FOLD.data
_SHORT = 12  # characters that are folded one by one in less time than as an array


def kind_of(character: str) -> int:
    """The kind of one code point (MARK for combining marks).

    >>> [kind_of(c) for c in "가 A金7ㆍ"] == [HANGUL, NONE, LATIN, HANJA, DIGIT, NONE]
    True
    """
    code = ord(character)
    if code < _PLANES:
        kind: int = _KIND_OF[code]
        return kind
    if code < 0x40000:
        return HANJA
    return MARK if 0xE0100 <= code < 0xE01F0 else NONE


def kinds_of(text: str) -> list[int]:
    """The kind of every character of a short text, as `kinds` has it.

    >>> kinds_of("가A") == [HANGUL, LATIN]
    True
    """
    found: list[int] = []
    for character in text:
        kind = kind_of(character)
        if kind == MARK:
            kind = found[-1] if found else NONE
        found.append(kind)
    return found


def fold(text: str) -> str:
    """Each code point by the one it is compared as: full-width ASCII, lower case.

    One to one, so offsets stay. No NFKC (it would turn ㆍ into a jamo), no casefold.

    >>> fold("ＬＧ전자 KBS ㆍ")
    'lg전자 kbs ㆍ'
    """
    if text.isascii():
        return text.lower()
    if len(text) <= _SHORT:
        try:
            return "".join([chr(_FOLD_OF[ord(character)]) for character in text])
        except IndexError:  # a character beyond the BMP
            pass
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        units: U16 = np.frombuffer(data, "<u2")
        folded = FOLD.take(units).tobytes().decode("utf-16-le", "surrogatepass")
        if len(folded) == len(text):  # two lone surrogates side by side would become one
            return folded
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").copy()
    beyond = points > 0xFFFF
    points[~beyond] = FOLD.take(points[~beyond])
    for at in beyond.nonzero()[0].tolist():
        lower = text[at].lower()
        if len(lower) == 1:
            points[at] = ord(lower)
    return points.tobytes().decode("utf-32-le", "surrogatepass")


@lru_cache(256)  # to look through the table takes 30 microseconds
def written(folded: str) -> str:
    """The other characters that `fold` to one.

    >>> written("k"), written("가")
    ('K\u212aＫｋ', '')
    """
    if folded == " " or HANGUL <= kind_of(folded) <= KANA:  # none, by the rules for them
        return ""
    if folded > "\uffff":
        capital = folded.upper()
        return capital if capital != folded and len(capital) == 1 else ""
    code = ord(folded)
    return "".join(
        [chr(one) for one in np.flatnonzero(np.equal(FOLD, code)).tolist() if one != code]
    )


@lru_cache
def any_of(characters: str) -> npt.NDArray[np.bool_]:
    """[65536] which units are one of the characters.

    >>> any_of("가나").take([0xAC00, 0xAC01]).tolist()
    [True, False]
    """
    found = np.zeros(1 << 16, bool)
    found[[ord(one) for one in characters]] = True
    return found


def kind_within(text: str, at: int) -> int:
    """`kinds` of one place of a text, folded or not; NONE before its beginning and at its end.

    >>> kind_within("가A1", 1) == kind_within("가ａ1", 1) == LATIN
    True
    """
    if at >= len(text):
        return NONE
    while at >= 0:
        character = text[at]
        kind = _KIND_FOLDED[ord(character)] if character < "\U00010000" else kind_of(character)
        if kind != MARK:
            return kind
        at -= 1
    return NONE


class Units(msgspec.Struct, frozen=True):
    """A text as units, not folded; `astral` maps offsets to code points beyond the BMP."""

    units: U16
    astral: dict[int, int]


def encode(text: str) -> Units:
    """One 16-bit unit per code point of `text`; a lone surrogate becomes U+FFFD.

    >>> encode("가😀").units.tolist() == [0xAC00, STAND_IN + NONE]
    True
    """
    with suppress(UnicodeEncodeError):  # which a lone surrogate raises
        data = text.encode("utf-16-le")
        if len(data) == 2 * len(text):
            return Units(np.frombuffer(data, "<u2"), {})
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    units: U16 = points.astype(np.uint16)
    units[(points & 0xFFFFF800) == STAND_IN] = 0xFFFD
    beyond = np.flatnonzero(points > 0xFFFF)
    astral = {int(at): int(points[at]) for at in beyond}
    for at, code in astral.items():
        units[at] = STAND_IN + kind_of(chr(code))
    return Units(units, astral)


_AT_ONCE = 1 << 15  # units looked up at once


def stretches(size: int) -> Iterator[slice]:
    """Stretches of a text of `size` units: NumPy looks up by 64-bit numbers, and so many of
    them stay in the cache, which takes half the time."""
    for begin in range(0, size, _AT_ONCE):
        yield slice(begin, min(begin + _AT_ONCE, size))


def look_up(table: npt.NDArray[T], units: U16) -> npt.NDArray[T]:
    """What a table [65536] has for every unit of a long text."""
    found = np.empty(len(units), table.dtype)
    for some in stretches(len(units)):
        table.take(units[some], out=found[some], mode="clip")
    return found


def kinds(folded: U16) -> U8:
    """The kind of every unit; a mark has the kind of the character that it stands on."""
    found = look_up(KIND, folded)
    marks = (found == MARK).nonzero()[0]
    if len(marks):
        # Marks side by side stand on the unit before the first of them.
        first = np.flatnonzero(np.diff(marks, prepend=-2) > 1)
        base = np.repeat(marks[first] - 1, np.diff(first, append=len(marks)))
        found[marks] = np.where(base >= 0, found.take(base, mode="clip"), NONE)
    return found


def kind_at(units: U16, at: npt.NDArray[np.int64]) -> U8:
    """`kinds(units)[at]` without looking at the rest; NONE at -1 and at len(units)."""
    inside = (at >= 0) & (at < len(units))
    found = np.where(inside, KIND.take(FOLD.take(units.take(at, mode="clip"))), NONE)
    marks = np.flatnonzero(found == MARK)
    while len(marks):
        at = at.copy()
        at[marks] -= 1
        found[marks] = np.where(
            at[marks] >= 0, KIND.take(FOLD.take(units.take(at[marks], mode="clip"))), NONE
        )
        marks = marks[found[marks] == MARK]
    return found.astype(np.uint8, copy=False)


def _kind_by_unicode(code: int) -> int:
    character = chr(code)
    if code in (0x318D, 0x119E):  # ㆍ is a letter to Unicode and a middle dot to the press
        return NONE
    category = unicodedata.category(character)
    if category in ("Mn", "Mc", "Me"):
        return MARK
    if category == "Nd":
        return DIGIT
    name = unicodedata.name(character, "")
    if name.startswith(("HANGUL", "HALFWIDTH HANGUL")) and category[0] == "L":
        return HANGUL
    if name.startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEO", "CJK RADICAL", "KANGXI")) or (
        code in (0x3005, 0x3006, 0x3007, 0x303B)
    ):
        return HANJA
    if (
        name.startswith(("HIRAGANA", "KATAKANA", "HALFWIDTH KATAKANA", "HENTAIGANA"))
        and category[0] == "L"
    ) or code in (0x30FC, 0xFF70):
        return KANA
    if category[0] == "L":
        latin = name.startswith(("LATIN", "FULLWIDTH LATIN", "MODIFIER LETTER SMALL"))
        return LATIN if latin or code in (0xAA, 0xBA) else OTHER
    return NONE


def _fold_by_unicode(code: int) -> int:
    if 0xFF01 <= code <= 0xFF5E:
        code -= 0xFEE0
    if 0xD800 <= code < 0xE000:
        return code
    lower = chr(code).lower()
    return ord(lower) if len(lower) == 1 and ord(lower) < 0x10000 else code


def tables() -> tuple[U8, U16]:
    """The two tables by the running Python's Unicode: kinds of planes 0 and 1, folds of plane 0."""
    found = [_kind_by_unicode(code) for code in range(_PLANES)]
    return (
        np.array(found, np.uint8),
        np.array([_fold_by_unicode(code) for code in range(0x10000)], np.uint16),
    )


def write_tables() -> None:
    """Write `characters.z` by the running Python's Unicode."""
    found, folds = tables()
    differences = (folds - np.arange(0x10000, dtype=np.uint16)).astype("<u2")
    _TABLE.write_bytes(zlib.compress(found.tobytes() + differences.tobytes(), 9))


if __name__ == "__main__":
    write_tables()
