"""Which language is it in? The one whose script most letters belong to; Latin asks the page."""

from __future__ import annotations

import re

_LANGUAGES = frozenset({"en", "fr", "es", "de", "it", "pt", "vi", "id", "ru", "ar", "th", "mn"})
_HANGUL = re.compile("[가-힣]+")
_LETTERS = re.compile(r"[\W\d_]+")  # all but letters
_KANA = re.compile("[\u3040-\u30ff]+")
_HANJA = re.compile("[\u4e00-\u9fff]+")
_SAMPLE = 4000  # characters: shares settle long before
_ENOUGH = 200  # syllables that make a text Korean, whatever else stands in it


def of(text: str, *, hint: str = "") -> str | None:
    """The ISO 639-1 code of `text`, None where it has no letters; `hint` is what the page states.

    >>> of("네이버 AI 논문 발표"), of("Top KBO pitchers", hint="ko"), of("2021")
    ('ko', 'en', None)
    """
    # Most texts have shown enough Hangul in a tenth of the sample.
    for sample in (text[: _ENOUGH * 2], text[:_SAMPLE]):
        hangul = len(sample) - len(_HANGUL.sub("", sample))
        if hangul > _ENOUGH:
            return "ko"
    if hangul * 10 >= len(sample):
        return "ko"
    letters = len(_LETTERS.sub("", sample))
    if not letters:
        return "ko" if hangul else None
    if hangul * 10 >= letters:
        return "ko"
    if not sample.isascii():
        if (len(sample) - len(_KANA.sub("", sample))) * 20 >= letters:
            return "ja"
        if (len(sample) - len(_HANJA.sub("", sample))) * 4 >= letters:
            return "zh"
    stated = hint.strip().lower()[:2]
    return stated if stated in _LANGUAGES else "en"
