"""Which language is it in? The one whose script most letters belong to; Latin asks the page."""

from __future__ import annotations

import re

_LANGUAGES = frozenset({"en", "fr", "es", "de", "it", "pt", "vi", "id", "ru", "ar", "th", "mn"})
_HANGUL = re.compile("[가-힣]+")
_SAMPLE = 4000  # characters: shares settle long before


def of(text: str, *, hint: str = "") -> str | None:
    """The ISO 639-1 code of `text`, None where it has no letters; `hint` is what the page states.

    >>> of("네이버 AI 논문 발표"), of("Top KBO pitchers", hint="ko"), of("2021")
    ('ko', 'en', None)
    """
    sample = text[:_SAMPLE]
    hangul = len(sample) - len(_HANGUL.sub("", sample))
    if hangul * 10 >= len(sample) or hangul > 200:
        return "ko"
    letters = [letter for letter in sample if letter.isalpha()]
    if not letters:
        return "ko" if hangul else None
    if hangul * 10 >= len(letters):
        return "ko"
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in letters)
    if kana * 20 >= len(letters):
        return "ja"
    if sum("\u4e00" <= letter <= "\u9fff" for letter in letters) * 4 >= len(letters):
        return "zh"
    stated = hint.strip().lower()[:2]
    return stated if stated in _LANGUAGES else "en"
