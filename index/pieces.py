"""Which words, phrases, operators, fields and parentheses is a query text made of?

One regular expression cuts the text; what may be more than a word is looked at where it stands.
The expression knows neither the operators nor the fields, since compiling it is a part of every
cold start: 0.4 ms, with the names 0.9.
"""

from __future__ import annotations

import re

from corpus.errors import QueryError
from corpus.index.query import ValueName

MOST_DISTANCE = 1_000  # eojeol between the words of a NEAR; few articles are longer

TEXT_FIELDS = {"title": 0, "subtitle": 1, "body": 2, "제목": 0, "부제": 1, "본문": 2}
VALUE_FIELDS: dict[str, ValueName] = {
    "publisher": "publisher",
    "section": "section",
    "reporter": "reporter",
    "email": "email",
    "url": "url",
    "id": "id",
    "언론사": "publisher",
    "섹션": "section",
    "기자": "reporter",
}
NOTE_FIELDS = ("note", "메모")
DATE_FIELDS = ("date", "날짜")
SAVED_FIELDS = ("query", "질의")

QUOTES = ('"', "“", "”")

_FIELDS = frozenset((*TEXT_FIELDS, *VALUE_FIELDS, *NOTE_FIELDS, *DATE_FIELDS, *SAVED_FIELDS))
_PROXIMITY = ("NEAR", "ADJ")

# A phrase, a word, a parenthesis, a quotation mark without a partner.
_PIECE = re.compile(r'\s*(?:(=?(?:"[^"]*"|“[^”"]*[”"]))|([^\s()"“”]+)|([()])|(["“”]))')
_PHRASE, _WORD, _PARENTHESIS = 1, 2, 3  # the groups; the last one is an error

# (kind, text, start): one of ( ) NOT AND OR near field phrase word end.
Piece = tuple[str, str, int]


def cut(text: str) -> list[Piece]:
    """The pieces of a text, the last of them the end. Raises QueryError.

    >>> [piece for _, piece, _ in cut('-title:네이버 "초대 논문"')]
    ['-', 'title:', '네이버', '"초대 논문"', '']
    """
    parts: list[Piece] = []
    at = 0
    while found := _PIECE.match(text, at):
        group = found.lastindex
        assert group is not None  # the expression is one of its groups
        piece: str = found[group]
        at = found.end()
        start = at - len(piece)
        if group == _WORD:
            kind = "word"
            if piece[0] in "-AON" or ":" in piece:
                kind, at = _special(text, start, piece)
                piece = text[start:at]
        elif group == _PHRASE:
            kind = "phrase"
        elif group == _PARENTHESIS:
            kind = piece
        else:
            raise QueryError(text, start, "this quotation mark has no partner")
        parts.append((kind, piece, start))
    parts.append(("end", "", len(text)))
    return parts


def _special(text: str, start: int, piece: str) -> tuple[str, int]:
    """(kind, end) of a piece that may be more than a word, if it stands where a word begins."""
    end = start + len(piece)
    if start and not (text[start - 1].isspace() or text[start - 1] in "(-"):
        return "word", end
    quoted = text[end : end + 1] in QUOTES
    if piece[0] == "-":
        if piece == "-" and not quoted and text[end : end + 1] != "(":
            raise QueryError(text, start, "a - alone excludes nothing; write -word")
        return "NOT", start + 1
    if piece in ("AND", "OR", "NOT") and not quoted:
        return piece, end
    name, _, number = piece.partition("/")
    if name in _PROXIMITY and not number.strip("-+.,0123456789"):
        _check_distance(text, start, piece)
        return "near", end
    name, colon, _ = piece.partition(":")
    if colon and name in _FIELDS:
        return "field", start + len(name) + 1
    return "word", end


def _check_distance(text: str, start: int, piece: str) -> None:
    name, _, number = piece.partition("/")
    digits = number.replace(",", "")
    wanted = 3
    if digits.isdigit():
        wanted = int(digits) if len(digits) < 10 else MOST_DISTANCE + 1
        if digits == number and 1 <= wanted <= MOST_DISTANCE:
            return
    nearest = min(max(1, wanted), MOST_DISTANCE)
    itself = "" if number else f'; for the word itself, "{piece}"'
    raise QueryError(
        text,
        start,
        f"{name} needs the distance in words, from 1 to {MOST_DISTANCE:,}: "
        f"write {name}/{nearest}{itself}",
    )
