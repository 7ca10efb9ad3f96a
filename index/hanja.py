"""Which syllables does a Hanja read as?

The table `hanja.z` holds the readings of Unihan's kHangul (Unicode 15.0, 8,526 characters,
Unicode License: LICENSE-UNICODE.txt) and, by the initial-sound rule (두음법칙), those that a
reading has at the beginning of a word: 녀 여, 리 이, 로 노; 률 and 렬 are 율 and 열 behind a
vowel as well. `python -m corpus.index.hanja Unihan_Readings.txt` writes it anew.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

U16 = npt.NDArray[np.uint16]

_TABLE = Path(__file__).with_name("hanja.z")
_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
_NIEUN, _RIEUL, _IEUNG = 2, 5, 11  # as initial consonants
_WITH_Y = {2, 3, 6, 7, 12, 17, 20}  # ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ


@lru_cache(1)
def table() -> tuple[U16, U16]:
    """(characters, readings), a row for each reading, by character and then by reading."""
    rows = np.frombuffer(zlib.decompress(_TABLE.read_bytes()), "<u2").reshape(2, -1)
    return rows[0], rows[1]


def readings(character: str) -> str:
    """The syllables that a character may read as; empty where it is no Hanja of the table.

    >>> readings("金"), readings("李"), readings("가")
    ('금김', '리이', '')
    """
    if len(character) != 1 or character > "\uffff":
        return ""
    characters, syllables = table()
    low, high = characters.searchsorted((ord(character), ord(character) + 1)).tolist()
    return "".join(map(chr, syllables[low:high].tolist()))


@lru_cache(256)
def reads_as(syllable: int) -> npt.NDArray[np.bool_]:
    """[65536] whether a unit is the syllable itself or a Hanja that reads as it."""
    characters, syllables = table()
    found = np.zeros(1 << 16, bool)
    found[characters[syllables == syllable]] = True
    found[syllable] = True
    return found


def initial_sounds(syllable: str) -> Iterator[str]:
    """How a reading is said where it begins a word, if otherwise.

    >>> [*initial_sounds("녀")], [*initial_sounds("로")], [*initial_sounds("률")]
    (['여'], ['노'], ['율'])
    """
    code = ord(syllable) - _FIRST
    initial, rest = divmod(code, _VOWELS * _FINALS)
    softened = rest // _FINALS in _WITH_Y
    if initial in (_NIEUN, _RIEUL) and softened:
        yield chr(_FIRST + _IEUNG * _VOWELS * _FINALS + rest)
    elif initial == _RIEUL:
        yield chr(_FIRST + _NIEUN * _VOWELS * _FINALS + rest)


def _rows(unihan: str) -> Iterator[tuple[int, int]]:
    for line in unihan.splitlines():
        parts = line.split("\t")
        if len(parts) < 3 or parts[1] != "kHangul":
            continue
        code = int(parts[0].removeprefix("U+"), 16)
        if code > 0xFFFF:
            continue
        for value in parts[2].split():
            syllable = value.partition(":")[0]
            if not (len(syllable) == 1 and _FIRST <= ord(syllable) <= _LAST):
                continue
            for one in (syllable, *initial_sounds(syllable)):
                yield code, ord(one)


def write_table(unihan: Path) -> None:
    """Write `hanja.z` from Unihan_Readings.txt."""
    rows = np.array(sorted(set(_rows(unihan.read_text(encoding="utf-8")))), "<u2")
    _TABLE.write_bytes(zlib.compress(rows.T.tobytes(), 9))


if __name__ == "__main__":
    write_table(Path(sys.argv[1]))
