"""Which keys write a text on the Korean keyboard (두벌식), and what do keys write?

Hangul and Latin share their keys: 인공지능 is dlsrhdwlsmd. So a word is compared as the keys
that write it. A slip of the finger is then one key, whatever it did to the syllables, and a
word typed in the wrong layout has the right keys already.
"""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from corpus.index.characters import U16

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_WRITTEN = (
    "r R s e E f a q Q t T d w W c z x v g"
    " k o i O j p u P h hk ho hl y n nj np nl b m ml l"
    " rt sw sg fr fa fq ft fx fv fg qt"
)
_KEYS = dict(
    zip(
        _INITIALS + _VOWELS + "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        _WRITTEN.split(),
        strict=True,
    )
)
_JAMO = {keys: jamo for jamo, keys in _KEYS.items()}
LETTERS = "".join([jamo for jamo, keys in _KEYS.items() if len(keys) == 1])

MOST_KEYS = 5  # of one character: an initial, two vowels, two finals


def keys(text: str) -> str:
    """The keys that write `text`; what is neither Hangul nor on a key stays as it is.

    >>> keys("인공지능"), keys("LG화학"), keys("ㅎㅇㅍ")
    ('dlsrhdwlsmd', 'LGghkgkr', 'gdv')
    """
    return "".join(map(_keys_of, text))


def _keys_of(character: str) -> str:
    if "가" <= character <= "힣":
        rest, final = divmod(ord(character) - _FIRST_SYLLABLE, len(_FINALS))
        initial, vowel = divmod(rest, len(_VOWELS))
        parts = _INITIALS[initial] + _VOWELS[vowel] + _FINALS[final].strip()
        return "".join([_KEYS[part] for part in parts])
    return _KEYS.get(character, character)


def letters(text: str) -> str:
    """The jamo that the keys of each syllable write one by one; all else stays as it is.

    >>> letters("값과lg"), letters("네입어"), letters("ㅋ")
    ('ㄱㅏㅂㅅㄱㅗㅏlg', 'ㄴㅔㅇㅣㅂㅇㅓ', 'ㅋ')
    """
    return "".join(map(_letters_of, text))


@lru_cache(16384)
def _letters_of(character: str) -> str:
    syllable = "가" <= character <= "힣"
    return "".join([_JAMO[key] for key in _keys_of(character)]) if syllable else character


def hangul(typed: str) -> str:
    """What the keys write on the Korean keyboard; what writes no jamo stays as it is.

    As every input method does: a consonant ends the syllable until a vowel follows, which
    takes it over.

    >>> hangul("dlsrhdwlsmd"), hangul("ekfrwl"), hangul("gdv"), hangul("rkqt")
    ('인공지능', '닭지', 'ㅎㅇㅍ', '값')
    """
    out: list[str] = []
    initial = vowel = final = ""  # the keys of the syllable being written

    def close() -> None:
        nonlocal initial, vowel, final
        if initial and vowel:
            place = (_INITIALS.index(_JAMO[initial]), _VOWELS.index(_JAMO[vowel]))
            end = _FINALS.index(_JAMO[final]) if final else 0
            code = (place[0] * len(_VOWELS) + place[1]) * len(_FINALS) + end
            out.append(chr(_FIRST_SYLLABLE + code))
        elif initial or vowel:
            out.append(_JAMO[initial or vowel])
        initial = vowel = final = ""

    for letter in typed:
        # Shift changes seven keys only.
        key = letter if letter in _JAMO else letter.lower()
        jamo = _JAMO.get(key)
        if jamo is None:
            close()
            out.append(letter)
        elif jamo in _VOWELS:
            if final:
                taken, final = final[-1], final[:-1]
                close()
                initial, vowel = taken, key
            elif vowel and vowel + key in _JAMO:
                vowel += key
            elif vowel:
                close()
                vowel = key
            else:
                vowel = key
        elif initial and vowel and final + key in _JAMO and _JAMO[final + key] in _FINALS:
            final += key
        else:
            close()
            initial = key
    close()
    return "".join(out)


def initials(text: str) -> str | None:
    """`text` where it is nothing but consonants that begin syllables (초성), else None."""
    return text if text and all(letter in _INITIALS for letter in text) else None


# The same for arrays of units.

_LETTERS = "abcdefghijklmnopqrstuvwxyzQWERTOP0123456789"
_CODES = {letter: code for code, letter in enumerate(_LETTERS, 1)}
_BITS = 64
_OTHERS = len(_LETTERS) + 1  # from here on the classes of characters that are on no key


def codes(typed: str) -> U16:
    """[n] the keys as numbers: what is on no key has its code point, others are below 64.

    A character beyond the BMP counts as U+FFFF.
    """
    found = [_CODES.get(letter) or min(max(ord(letter), _BITS), 0xFFFF) for letter in typed]
    return np.array(found, np.uint16)


def classes(code: U16) -> npt.NDArray[np.uint8]:
    """The numbers of keys, and for what is on no key one of a few: below 64."""
    other = _OTHERS + code % np.uint16(_BITS - _OTHERS)
    return np.where(code < _OTHERS, code, other).astype(np.uint8)


@cache
def unit_keys() -> U16:
    """[65536, MOST_KEYS] the `codes` of the keys that write each folded unit, zeros behind."""
    table = np.zeros((1 << 16, MOST_KEYS), np.uint16)
    table[:, 0] = np.maximum(np.arange(1 << 16), _BITS)
    table[0, 0] = 0  # between words
    for letter in [*_LETTERS[:26], *_LETTERS[-10:]]:
        table[ord(letter), 0] = _CODES[letter]
    for jamo, written in _KEYS.items():
        table[ord(jamo), : len(written)] = codes(written)
    initial = np.array([[_CODES[_KEYS[jamo]]] for jamo in _INITIALS], np.uint16)
    vowel, final = _padded(_VOWELS), _padded(_FINALS)
    shape = (len(_INITIALS), len(_VOWELS), len(_FINALS))
    parts = np.concatenate(
        [
            np.broadcast_to(initial[:, None, None], (*shape, 1)),
            np.broadcast_to(vowel[None, :, None], (*shape, 2)),
            np.broadcast_to(final[None, None], (*shape, 2)),
        ],
        axis=-1,
    ).reshape(-1, MOST_KEYS)
    order = np.argsort(parts == 0, axis=1, kind="stable")
    table[_FIRST_SYLLABLE : _LAST_SYLLABLE + 1] = np.take_along_axis(parts, order, axis=1)
    return table


def _padded(jamo: str) -> U16:
    rows = np.zeros((len(jamo), 2), np.uint16)
    for row, letter in zip(rows, jamo, strict=True):
        written = codes(_KEYS.get(letter, ""))
        row[: len(written)] = written
    return rows


@cache
def initial_units() -> U16:
    """[65536] the initial consonant of each syllable, as its lone jamo; 0 for what is none."""
    table = np.zeros(1 << 16, np.uint16)
    letters = np.array([ord(jamo) for jamo in _INITIALS], np.uint16)
    table[_FIRST_SYLLABLE : _LAST_SYLLABLE + 1] = np.repeat(letters, len(_VOWELS) * len(_FINALS))
    return table


def beside(one: str, other: str) -> bool:
    """Whether two keys touch each other, or are one key with and without shift.

    >>> beside("r", "t"), beside("r", "f"), beside("r", "R"), beside("r", "y")
    (True, True, True, False)
    """
    here, there = _place(one), _place(other)
    if one == other or here is None or there is None:
        return False
    return abs(here[0] - there[0]) <= 1 and abs(here[1] - there[1]) <= 1


def neighbours(key: str) -> str:
    """The keys that touch a key and write a jamo, and itself with shift."""
    return "".join([other for other in _JAMO if len(other) == 1 and beside(key, other)])


_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHIFT_OF_ROW = (-0.5, 0.0, 0.25, 0.75)  # how far right a row begins, in keys


def _place(key: str) -> tuple[int, float] | None:
    for row, letters in enumerate(_ROWS):
        if (at := letters.find(key.lower())) >= 0:
            return row, at + _SHIFT_OF_ROW[row]
    return None
