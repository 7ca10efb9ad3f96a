"""Which words of a query text could be misspelled, and where do they stand?

Only words that are looked for in the text: none under a NOT, none that are values of a field,
none with a sign for other characters inside. The text itself is kept, so that a word can be
replaced with all operators left alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.index.pieces import TEXT_FIELDS, cut

_QUOTED = re.compile(r'[^\s()"“”]+')


class QueryWord(NamedTuple):
    """A word at `start` of a query text; `field` as it was written before it (title:);
    `quoted` inside a phrase; `starred` with a * at an edge."""

    text: str
    start: int
    field: str = ""
    quoted: bool = False
    starred: bool = False

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.start + len(self.text)


def query_words(text: str) -> list[QueryWord]:
    """The words of a query in their order. Raises QueryError where it cannot be cut.

    >>> [word.text for word in query_words('"초대 논문" OR title:네이버* -카카오 date:2021')]
    ['초대', '논문', '네이버']
    """
    found: list[QueryWord] = []
    groups = [False]  # for each open parenthesis, whether what is in it is left out
    leave = False  # the next operand
    field = ""
    for kind, piece, start in cut(text):
        if kind == "NOT":
            leave = True
        elif kind == "field":
            leave = leave or piece[:-1] not in TEXT_FIELDS
            field = piece
        elif kind == "(":
            groups.append(leave or groups[-1])
            leave = False
        elif kind == ")":
            if len(groups) > 1:
                groups.pop()
            field = ""
        elif kind in ("word", "phrase"):
            if not (leave or groups[-1]):
                words_of = _in_phrase if kind == "phrase" else _in_word
                found += words_of(piece, start, field)
            leave, field = False, ""
    return found


def _in_word(piece: str, start: int, field: str) -> list[QueryWord]:
    core = piece.strip("*")
    at = start + len(piece) - len(piece.lstrip("*"))
    return [QueryWord(core, at, field, starred=core != piece)] if _plain(core) else []


def _in_phrase(piece: str, start: int, field: str) -> list[QueryWord]:
    return [
        QueryWord(word[0], start + word.start(), field, quoted=True)
        for word in _QUOTED.finditer(piece)
        if piece[0] != "=" and _plain(word[0])
    ]


def _plain(word: str) -> bool:
    return bool(word) and not set("*?~") & set(word)


def replaced(text: str, word: QueryWord, by: str) -> str:
    """The query with a word replaced; several words instead of one stand in parentheses
    where they would otherwise come between operators."""
    several = " " in by and not word.quoted
    alone = not (word.field or re.search(r'[()"“”:]|\b(OR|NOT|NEAR|ADJ)\b|(^|\s)-', text))
    return text[: word.start] + (f"({by})" if several and not alone else by) + text[word.end :]
