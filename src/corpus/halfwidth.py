"""Which syllables do half-width letters spell? Those that a typist would have meant.

Old terminals wrote Hangul letter by letter in U+FFA0 to U+FFDC. A consonant before a vowel
begins a syllable, any other one ends the syllable before it; so there is one reading.
"""

from __future__ import annotations

import unicodedata

_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"


def composed(halved: str) -> str:
    """The syllables of a run of half-width letters; letters that make none stay single.

    >>> composed("ﾤﾡￂﾡﾷￊ")
    'ㄴ각여'
    """
    letters = [letter for letter in map(_full, halved) if letter.strip()]
    out: list[str] = []
    at = 0
    while at < len(letters):
        lead, vowel, final, after = (letters[at : at + 4] + [""] * 4)[:4]
        if lead not in _LEADS or not vowel or vowel not in _VOWELS:
            out.append(lead)
            at += 1
            continue
        closes = final != "" and final in _FINALS and not (after != "" and after in _VOWELS)
        number = (_LEADS.index(lead) * 21 + _VOWELS.index(vowel)) * 28
        out.append(chr(0xAC00 + number + (_FINALS.index(final) if closes else 0)))
        at += 3 if closes else 2
    return "".join(out)


def _full(letter: str) -> str:
    """The letter in its usual width; the filler and unassigned codes are a space."""
    meaning = unicodedata.decomposition(letter).split()
    return " " if len(meaning) < 2 or letter == "\uffa0" else chr(int(meaning[1], 16))
