"""How many terminal columns does a text take, and how is it cut to fit?

A Hangul syllable takes two. Quotes, dots and dashes that East Asian fonts draw wide
have no reliable width ("ambiguous"): they count as one where columns are padded and as
two where a line must not overflow, and what must line up stands before them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_ZERO = frozenset(("Mn", "Me", "Cf", "Cc"))


def char_columns(char: str, *, ambiguous: int = 1) -> int:
    """Columns of one code point: 0 for combining marks and controls, 2 for wide ones.

    >>> [char_columns(char) for char in "한a\\u0301"]
    [2, 1, 0]
    """
    if " " <= char <= "~":
        return 1
    if "가" <= char <= "힣":
        return 2
    kind = unicodedata.east_asian_width(char)
    if kind in "WF":
        return 2
    # Vowels and finals of conjoining jamo stack on the consonant before them.
    if unicodedata.category(char) in _ZERO or "\u1160" <= char <= "\u11ff":
        return 0
    return ambiguous if kind == "A" else 1


def columns(text: str, *, ambiguous: int = 1) -> int:
    """Columns of a text on one line.

    >>> columns("테크M"), columns("‘말’"), columns("‘말’", ambiguous=2)
    (5, 4, 6)
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(char_columns(char, ambiguous=ambiguous) for char in text)


def fitting(text: str, limit: int, *, ambiguous: int = 2) -> int:
    """How many code points from the start fit into `limit` columns."""
    used = 0
    for position, char in enumerate(text):
        used += char_columns(char, ambiguous=ambiguous)
        if used > limit:
            return position
    return len(text)


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as fits before an ellipsis.

    >>> cut("도의회, AI 교육 조례 첫 통과", 12)
    '도의회, AI…'
    """
    if columns(text, ambiguous=2) <= limit:
        return text
    return text[: fitting(text, limit - 2)].rstrip(" …") + "…"


def pad(text: str, width: int) -> str:
    """The text in a column of `width`; a longer one ends in ~, whose width is sure.

    >>> pad("테크M", 7) + "|", pad("서울경제신문", 7) + "|"
    ('테크M  |', '서울경~|')
    """
    if columns(text) > width:
        text = text[: fitting(text, width - 1, ambiguous=1)] + "~"
    return text + " " * (width - columns(text))


def wrap(text: str, width: int) -> Iterator[str]:
    """The lines of one paragraph, broken at spaces, and inside words wider than a line.

    >>> list(wrap("네이버는 1일 판교에 연구센터를 열었다", 16))
    ['네이버는 1일', '판교에', '연구센터를', '열었다']
    """
    line = ""
    room = width
    for word in text.split(" "):
        size = columns(word, ambiguous=2)
        if line and size + 1 <= room:
            line += " " + word
            room -= size + 1
            continue
        if line:
            yield line
        while size > width:
            place = max(1, fitting(word, width))
            yield word[:place]
            word = word[place:]
            size = columns(word, ambiguous=2)
        line, room = word, width - size
    if line:
        yield line
