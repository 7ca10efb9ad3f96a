"""Which words of a query text could be misspelled, and where do they stand?

Only words that are looked for in the text: none under a NOT, none that are values of a field,
none with a sign for other characters inside. The text itself is kept, so that a word can be
replaced with all operators left alone.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.index.parser import DATE_FIELDS, SAVED_FIELDS, TEXT_FIELDS, VALUE_FIELDS

_PIECE = re.compile(r'(=?["“”])|([()])|([^\s()"“”]+)')
_OPERATORS = ("AND", "OR")
_NEAR = re.compile(r"(NEAR|ADJ)/\d+")
_VALUES = {*VALUE_FIELDS, *DATE_FIELDS, *SAVED_FIELDS}


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
    """The words of a query in their order.

    >>> [word.text for word in query_words('"초대 논문" OR title:네이버* -카카오 date:2021')]
    ['초대', '논문', '네이버']
    """
    found: list[QueryWord] = []
    groups = [False]  # for each open parenthesis, whether what is in it is left out
    leave = False  # the next operand
    quote: bool | None = None  # inside quotation marks: whether what is in them is left out
    field = ""
    for piece in _PIECE.finditer(text):
        mark, bracket, word = piece.groups()
        if mark:
            quote = (leave or groups[-1] or mark[0] == "=") if quote is None else None
            if quote is None:
                leave, field = False, ""
        elif quote is not None:
            if word and not quote and not set("*?~") & set(word):
                found.append(QueryWord(word, piece.start(), field, quoted=True))
        elif bracket == "(":
            groups.append(leave or groups[-1])
            leave = False
        elif bracket:
            if len(groups) > 1:
                groups.pop()
            field = ""
        elif word in _OPERATORS or _NEAR.fullmatch(word):
            continue
        elif word == "NOT":
            leave = True
        else:
            bare = word.lstrip("-")
            leave = leave or bare != word
            name, colon, rest = bare.partition(":")
            if colon and name in _VALUES:
                leave = True
                bare = rest
            elif colon and name in TEXT_FIELDS:
                field, bare = name + ":", rest
            if not bare:
                continue  # what it belongs to follows
            core = bare.strip("*")
            start = piece.end() - len(bare.lstrip("*"))
            if core and not (leave or groups[-1] or set("*?~") & set(core)):
                found.append(QueryWord(core, start, field, starred=core != bare))
            leave, field = False, ""
    return found


def replaced(text: str, word: QueryWord, by: str) -> str:
    """The query with a word replaced; several words instead of one stand in parentheses
    where they would otherwise come between operators."""
    several = " " in by and not word.quoted
    alone = not (word.field or re.search(r'[()"“”:]|\b(OR|NOT|NEAR|ADJ)\b|(^|\s)-', text))
    return text[: word.start] + (f"({by})" if several and not alone else by) + text[word.end :]
