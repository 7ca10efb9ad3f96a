"""What does a query text mean?

Whoosh's parser with one plugin of ours: a tagger that cuts the text into words, phrases,
operators, fields and parentheses, and a filter that builds the tree by the precedence
NOT, AND (also by a space), OR. Errors name the place in the text and what to write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from whoosh.qparser.default import QueryParser
from whoosh.qparser.plugins import Plugin
from whoosh.qparser.syntax import GroupNode, NotGroup, SyntaxNode
from whoosh.qparser.taggers import Tagger
from whoosh.query.qcore import Query

from corpus.errors import QueryError
from corpus.index import days
from corpus.index.query import (
    ALL_FIELDS,
    All,
    Days,
    Either,
    Everything,
    Pattern,
    Value,
    ValueName,
    Without,
    Words,
)

MOST_CHARACTERS = 10_000
MOST_TERMS = 1_000
DEEPEST = 50  # parentheses and NOTs within each other

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
DATE_FIELDS = ("date", "날짜")
LATER_FIELDS = ("query",)

_FIELD = re.compile(
    "({}):".format("|".join((*TEXT_FIELDS, *VALUE_FIELDS, *DATE_FIELDS, *LATER_FIELDS)))
)
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()]|$)")
_PROXIMITY = re.compile(r"(?:NEAR|ADJ)(?:/[0-9]*)?(?=[\s()]|$)")
_PHRASE = re.compile(r'(=?)(?:"([^"]*)"|“([^”"]*)[”"])')
_WORD = re.compile(r'[^\s()"“”]+')
_VALUE = re.compile(r'"([^"]*)"|“([^”"]*)[”"]|([^\s()"“”]+)')
# What the store removes from every text, a query may hold as well.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")


def parse(text: str, *, fields: Sequence[int] = ALL_FIELDS) -> Query:
    """The tree of a query text; `fields` are those that words without a field search.

    An empty text asks for all articles. Raises QueryError.

    >>> str(parse("네이버 -카카오 OR 라인"))
    '네이버 AND NOT 카카오 OR 라인'
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            text, MOST_CHARACTERS, f"a query may have {MOST_CHARACTERS:,} characters at most"
        )
    parser = QueryParser(None, None, plugins=[_Syntax(text, tuple(fields))])
    return parser.parse(text, normalize=False)


# Nodes of Whoosh's syntax tree


class _Part(SyntaxNode):
    """A piece of the text; `kind` is one of ( ) NOT AND OR field, or leaf."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.text = text

    def r(self) -> str:
        return f"{self.kind}:{self.text}"


class _Leaf(SyntaxNode):
    """A finished leaf of the query tree."""

    def __init__(self, leaf: Query, part: _Part) -> None:
        self.leaf = leaf
        self.set_range(part.startchar, part.endchar)

    def r(self) -> str:
        return repr(self.leaf)

    def query(self, parser: Any) -> Query:
        return self.leaf


class _AllGroup(GroupNode):
    qclass = All


class _EitherGroup(GroupNode):
    qclass = Either


class _WithoutGroup(NotGroup):
    qclass = Without


class _Whole(GroupNode):
    """The root: its one child is the tree."""

    def query(self, parser: Any) -> Query:
        tree: Query = self[0].query(parser) if len(self) else Everything()
        return tree


# The plugin


class _Syntax(Plugin):
    def __init__(self, text: str, fields: tuple[int, ...]) -> None:
        self.text = text
        self.fields = fields

    def taggers(self, parser: Any) -> list[tuple[Tagger, int]]:
        return [(_Cutter(), 0)]

    def filters(self, parser: Any) -> list[tuple[Callable[[Any, GroupNode], GroupNode], int]]:
        return [(self.build, 600)]  # after Whoosh has removed the white space

    def build(self, parser: Any, group: GroupNode) -> GroupNode:
        return _Whole([_Builder(self.text, list(group)).tree(self.fields)] if len(group) else [])


class _Cutter(Tagger):
    """Cuts off the piece of the text that begins at a position."""

    def match(self, parser: Any, text: str, pos: int) -> _Part | None:
        character = text[pos]
        if character.isspace():
            return None  # Whoosh's own plugin takes it
        kind, end = self._piece(text, pos, character)
        part = _Part(kind, text[pos:end])
        part.set_range(pos, end)
        return part

    def _piece(self, text: str, pos: int, character: str) -> tuple[str, int]:
        if character in "()":
            return character, pos + 1
        starts = pos == 0 or text[pos - 1].isspace() or text[pos - 1] in "(-"
        if starts:
            if character == "-":
                if pos + 1 == len(text) or text[pos + 1].isspace() or text[pos + 1] == ")":
                    raise QueryError(text, pos, "a - alone excludes nothing; write -word")
                return "NOT", pos + 1
            if match := _OPERATOR.match(text, pos):
                return match[1], match.end()
            if match := _PROXIMITY.match(text, pos):
                raise QueryError(
                    text, pos, f"{match[0]} is not in this version; AND finds both in one article"
                )
            if match := _FIELD.match(text, pos):
                return "field", match.end()
        if match := _PHRASE.match(text, pos):
            return "leaf", match.end()
        if character in '"“”':
            raise QueryError(text, pos, "this quotation mark has no partner")
        match = _WORD.match(text, pos)
        assert match is not None  # anything but the characters handled above
        return "leaf", match.end()


class _Builder:
    """Recursive descent over the parts."""

    def __init__(self, text: str, parts: list[_Part]) -> None:
        self.text = text
        self.parts = parts
        self.at = 0
        self.terms = 0
        self.depth = 0

    def tree(self, fields: tuple[int, ...]) -> SyntaxNode:
        node = self.either(fields)
        if (part := self.peek()) is not None:
            raise self.error(part, "this ) has no partner")
        return node

    def peek(self) -> _Part | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def error(self, part: _Part | None, hint: str) -> QueryError:
        position = len(self.text) if part is None else part.startchar
        return QueryError(self.text, position, hint)

    def either(self, fields: tuple[int, ...]) -> SyntaxNode:
        parts = [self.all(fields)]
        while (part := self.peek()) is not None and part.kind == "OR":
            self.at += 1
            parts.append(self.all(fields))
        return parts[0] if len(parts) == 1 else _EitherGroup(parts)

    def all(self, fields: tuple[int, ...]) -> SyntaxNode:
        parts = [self.single(fields)]
        while (part := self.peek()) is not None and part.kind not in ("OR", ")"):
            if part.kind == "AND":
                self.at += 1
            parts.append(self.single(fields))
        return parts[0] if len(parts) == 1 else _AllGroup(parts)

    def single(self, fields: tuple[int, ...]) -> SyntaxNode:
        part = self.peek()
        if part is None or part.kind in ("AND", "OR", ")"):
            before = self.parts[self.at - 1].text if self.at else "the beginning"
            raise self.error(part, f"a word is missing after {before}")
        self.at += 1
        if part.kind == "leaf":
            return self.leaf(part, fields)
        if part.kind == "field":
            return self.in_field(part, fields)
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(part, f"parentheses and NOTs nest {DEEPEST} deep at most")
        if part.kind == "NOT":
            node: SyntaxNode = _WithoutGroup([self.single(fields)])
        else:
            node = self.either(fields)
            closing = self.peek()
            if closing is None:
                raise self.error(part, "this ( has no partner")
            self.at += 1
        self.depth -= 1
        return node

    def in_field(self, field: _Part, fields: tuple[int, ...]) -> SyntaxNode:
        name = field.text[:-1]
        part = self.peek()
        if part is None or part.startchar != field.endchar or part.kind not in ("leaf", "("):
            raise self.error(field, f"write what to look for behind {field.text} without a space")
        if name in LATER_FIELDS:
            raise self.error(field, f"{field.text} is not in this version")
        if name in TEXT_FIELDS:
            return self.single((TEXT_FIELDS[name],))
        if part.kind == "(":
            raise self.error(part, f"write {field.text}A OR {field.text}B")
        self.at += 1
        self.count(part)
        shown = field.text + part.text
        if name in DATE_FIELDS:
            try:
                first, last = days.span(part.text)
            except days.BadDate as error:
                raise QueryError(self.text, part.startchar + error.at, str(error)) from None
            return _Leaf(Days(first, last, shown), part)
        match = _VALUE.fullmatch(part.text)
        value = " ".join(next(g for g in match.groups() if g is not None).split()) if match else ""
        if not value:
            raise self.error(part, f"{field.text} needs a value")
        node = Value(VALUE_FIELDS[name], normalized(value), part.startchar, shown)
        return _Leaf(node, part)

    def count(self, part: _Part) -> None:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise self.error(part, f"a query may have {MOST_TERMS:,} terms at most")

    def leaf(self, part: _Part, fields: tuple[int, ...]) -> SyntaxNode:
        self.count(part)
        match = _PHRASE.fullmatch(part.text)
        if match is not None:
            text = normalized(match[2] if match[2] is not None else match[3])
            if not text:
                raise self.error(part, "these quotation marks hold nothing to look for")
            pattern = Pattern.phrase(text, pure=bool(match[1]))
        else:
            pattern = self.word(part)
        shown = part.text
        if fields != ALL_FIELDS:
            shown = ",".join(("title", "subtitle", "body")[field] for field in fields) + ":" + shown
        return _Leaf(Words(pattern, fields, shown), part)

    def word(self, part: _Part) -> Pattern:
        text = part.text
        if "?" in text:
            position = part.startchar + text.index("?")
            hint = f'? for one character is not in this version; for the sign itself: ="{text}"'
            raise QueryError(self.text, position, hint)
        if len(text) > 1 and text.endswith("~"):
            raise self.error(part, f"~ for similar words is not in this version; write {text[:-1]}")
        begins, ends = text.endswith("*"), text.startswith("*")
        stem = normalized(text.strip("*"))
        if not stem:
            raise self.error(part, "a * needs a word: 이란* begins one, *이란 ends one")
        if begins and ends:
            hint = f"a plain word is found anywhere; write {stem} without the stars"
            raise self.error(part, hint)
        if "*" in stem:
            position = part.startchar + text.index("*", 1)
            hint = "a * inside a word is not in this version; only at one end (이란* or *이란)"
            raise QueryError(self.text, position, hint)
        return Pattern.word(stem, begins=begins, ends=ends)


def normalized(text: str) -> str:
    """As the store normalises: NFC, nothing invisible, one space where there is any."""
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(_CONTROL.sub(" ", visible).split())
