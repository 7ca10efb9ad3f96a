"""What does a query text mean?

The text is cut into words, phrases, operators, fields and parentheses; a recursive
descent over the pieces builds the tree by the precedence NEAR and ADJ, NOT, AND (also by
a space), OR. Errors name the place in the text and what to write.

One word takes 5 microseconds. The regular expression knows neither the operators nor the
fields, since compiling it is a part of every cold start: 0.4 ms, with the names 0.9.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.errors import QueryError
from corpus.index import days, forms
from corpus.index.protocol import Synonyms
from corpus.index.query import (
    ALL_FIELDS,
    All,
    Days,
    Either,
    Everything,
    Near,
    Node,
    Pattern,
    Value,
    ValueName,
    Without,
    Words,
    parts_of,
)

MOST_CHARACTERS = 10_000
MOST_TERMS = 1_000
DEEPEST = 50  # parentheses and NOTs within each other
MOST_SAVED = 100_000  # characters of the saved queries that a query stands for
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
DATE_FIELDS = ("date", "날짜")
SAVED_FIELDS = ("query", "질의")

_FIELDS = frozenset((*TEXT_FIELDS, *VALUE_FIELDS, *DATE_FIELDS, *SAVED_FIELDS))
_SHOWN_FIELDS = ("title", "subtitle", "body")
_PROXIMITY = ("NEAR", "ADJ")
_QUOTES = ('"', "“", "”")

# A phrase, a word, a parenthesis, a quotation mark without a partner.
_PIECE = re.compile(r'\s*(?:(=?(?:"[^"]*"|“[^”"]*[”"]))|([^\s()"“”]+)|([()])|(["“”]))')
_PHRASE, _WORD, _PARENTHESIS, _QUOTE = 1, 2, 3, 4

# 하이퍼클로버~, 대통령~2; but 1~2월 and 3~5 are ranges.
_SIMILAR = re.compile(r"([^~]*[^~0-9])~([0-9]*)|([^~]*[0-9])~()")

# What the store removes from every text, a query may hold as well. Compiled when one does.
# The store takes these controls for cp1252 read as Latin-1.
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
_CONTROL = "[\x00-\x1f\x7f-\x9f]"
_INVISIBLE = "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"

_NONE_SAVED: Mapping[str, str] = {}

# (kind, text, start): one of ( ) NOT AND OR near field phrase word end.
_Part = tuple[str, str, int]


def parse(
    text: str,
    *,
    fields: Sequence[int] = ALL_FIELDS,
    exact: bool = False,
    synonyms: Sequence[Synonyms] = (),
    saved: Mapping[str, str] = _NONE_SAVED,
    name: str | None = None,
) -> Node:
    """The tree of a query text; `fields` are those that words without a field search.

    Unless `exact`, words and phrases are found in their other forms as well (see `forms`),
    `synonyms` among them. `saved` are the queries that query:NAME stands for, by name; `name`
    is that of the text itself, where it is about to be saved. An empty text asks for all
    articles. Raises QueryError.

    >>> str(parse("네이버 -카카오 OR 라인"))
    '네이버 AND NOT 카카오 OR 라인'
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            text, MOST_CHARACTERS, f"a query may have {MOST_CHARACTERS:,} characters at most"
        )
    parts = _cut(text)
    if len(parts) == 1:
        return Everything()
    given = _Given(saved, synonyms, exact)
    return _Descent(text, parts, given, () if name is None else (name,)).tree(tuple(fields))


def normalized(text: str) -> str:
    """As the store normalises: NFC, nothing invisible, one space where there is any."""
    # Printable is what is no control, nothing invisible, and no white space but the space.
    if not (text.isprintable() and unicodedata.is_normalized("NFC", text)):
        visible = re.sub(_INVISIBLE, "", text).translate(_CP1252)
        # In the end: taking out a character between two others can let them compose.
        text = unicodedata.normalize("NFC", re.sub(_CONTROL, " ", visible))
    return " ".join(text.split())


def used(text: str) -> set[str]:
    """The names of the saved queries that a query text uses itself. Raises QueryError.

    >>> used("네이버 -query:표본")
    {'표본'}
    """
    parts = _cut(text)
    fields = {f"{name}:" for name in SAVED_FIELDS}
    return {
        normalized(part[1])
        for field, part in pairwise(parts)
        if field[0] == "field" and field[1] in fields and part[0] == "word"
    }


# Cutting


def _cut(text: str) -> list[_Part]:
    """The pieces of a text, the last of them the end."""
    parts: list[_Part] = []
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
    quoted = text[end : end + 1] in _QUOTES
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


# Building


class _Given(NamedTuple):
    """What a query is read with, beside its text."""

    saved: Mapping[str, str]
    synonyms: Sequence[Synonyms]
    exact: bool


class _Descent:
    """Recursive descent over the pieces; `inside` are the saved queries that it is in."""

    __slots__ = ("at", "depth", "expanded", "given", "inside", "parts", "place", "terms", "text")

    def __init__(
        self, text: str, parts: list[_Part], given: _Given, inside: tuple[str, ...]
    ) -> None:
        self.text = text
        self.parts = parts
        self.given = given
        self.inside = inside
        self.at = 0
        self.terms = 0
        self.depth = 0
        self.expanded = 0  # characters of saved queries
        self.place: int | None = None  # of a saved query, in the text that somebody typed

    def tree(self, fields: tuple[int, ...]) -> Node:
        node = self.either(fields)
        if (part := self.parts[self.at])[0] != "end":
            raise self.error(part, "this ) has no partner")
        return node

    def error(self, part: _Part, hint: str) -> QueryError:
        return QueryError(self.text, part[2], hint)

    def either(self, fields: tuple[int, ...]) -> Node:
        node = self.all(fields)
        if self.parts[self.at][0] != "OR":
            return node
        nodes = [node]
        while self.parts[self.at][0] == "OR":
            self.at += 1
            nodes.append(self.all(fields))
        return Either(nodes)

    def all(self, fields: tuple[int, ...]) -> Node:
        node = self.single(fields)
        if self.parts[self.at][0] in ("OR", ")", "end"):
            return node
        nodes = [node]
        while (kind := self.parts[self.at][0]) not in ("OR", ")", "end"):
            if kind == "AND":
                self.at += 1
            nodes.append(self.single(fields))
        # A date in a saved query filters as one beside it would.
        return All([part for node in nodes for part in parts_of(node)])

    def single(self, fields: tuple[int, ...]) -> Node:
        part = self.parts[self.at]
        if part[0] == "NOT":
            self.at += 1
            self.deeper(part)
            node: Node = Without(self.single(fields))
            self.depth -= 1
            return node
        node = self.operand(fields)
        return self.near(part, node, fields) if self.parts[self.at][0] == "near" else node

    def operand(self, fields: tuple[int, ...]) -> Node:
        part = self.parts[self.at]
        kind = part[0]
        if kind == "word" or kind == "phrase":
            self.at += 1
            return self.leaf(part, fields)
        if kind == "field":
            self.at += 1
            return self.in_field(part, fields)
        if kind == "(":
            self.at += 1
            return self.group(part, fields)
        before = self.parts[self.at - 1][1] if self.at else "the beginning"
        raise self.error(part, f"a word is missing after {before}")

    def group(self, opening: _Part, fields: tuple[int, ...]) -> Node:
        self.deeper(opening)
        node = self.either(fields)
        if self.parts[self.at][0] == "end":
            raise self.error(opening, "this ( has no partner")
        self.at += 1
        self.depth -= 1
        return node

    def deeper(self, part: _Part) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(part, f"parentheses and NOTs nest {DEEPEST} deep at most")

    def near(self, start: _Part, left: Node, fields: tuple[int, ...]) -> Node:
        """`left`, which begins at the piece `start`, near what follows."""
        operator = self.parts[self.at]
        sign = operator[1]
        self.at += 1
        beside = self.parts[self.at]
        # A NOT is read to its end so that the error can say what to write.
        right = self.single(fields) if beside[0] == "NOT" else self.operand(fields)
        first, second = _alternatives(left), _alternatives(right)
        if not first or not second:
            wrong = beside if first else start
            raise self.error(
                wrong,
                f"{sign} stands between words, phrases or an OR of them; "
                f"{_without_near(left, sign, right)}",
            )
        if (next_operator := self.parts[self.at])[0] == "near":
            self.at += 1
            third = _grouped(self.operand(fields))
            joined = f"{_grouped(left)} {sign} {_grouped(right)}"
            raise self.error(
                next_operator,
                f"{sign} stands between two words; "
                f"write {joined} AND {_grouped(right)} {next_operator[1]} {third}",
            )
        words = (*first, *second)
        if len({each.fields for each in words}) > 1:
            chosen = next(each.fields for each in words if each.fields != fields)
            joined = f"{_bare(first)} {sign} {_bare(second)}"
            raise self.error(
                operator,
                f"both sides of {sign} must search the same fields; "
                f"write {_prefix(chosen)}({joined})",
            )
        name, _, distance = sign.partition("/")
        return Near(first, second, int(distance), ordered=name == "ADJ")

    def in_field(self, field: _Part, fields: tuple[int, ...]) -> Node:
        _, shown, start = field
        name = shown[:-1]
        part = self.parts[self.at]
        kind, piece, position = part
        if position != start + len(shown) or kind not in ("word", "phrase", "("):
            raise self.error(field, f"write what to look for behind {shown} without a space")
        if name in SAVED_FIELDS:
            return self.saved_query(part, fields)
        if name in TEXT_FIELDS:
            return self.operand((TEXT_FIELDS[name],))
        if kind == "(":
            raise self.error(part, f"write {shown}A OR {shown}B")
        self.at += 1
        self.count(part)
        if name in DATE_FIELDS:
            try:
                first, last = days.span(piece)
            except days.BadDate as error:
                raise QueryError(self.text, position + error.at, str(error)) from None
            if days.is_relative(piece.partition("..")[0]):  # shown as the days that it stands for
                since = days.shown(first) if first > days.EARLIEST else ""
                piece = f"{since}..{days.shown(last) if last < days.LATEST else ''}"
            return Days(first, last, shown + piece)
        value = piece
        if kind == "phrase":
            value = "" if piece[0] == "=" else piece[1:-1]
        value = normalized(value)
        if not value:
            raise self.error(part, f"{shown} needs a value")
        return Value(VALUE_FIELDS[name], value, self.typed(position), shown + piece)

    def typed(self, position: int) -> int:
        """The place in the text that somebody typed."""
        return position if self.place is None else self.place

    def saved_query(self, part: _Part, fields: tuple[int, ...]) -> Node:
        """What the saved query that `part` names finds, as if it stood here in parentheses."""
        kind, name, position = part
        if kind != "word":
            raise self.error(part, "write the name of a saved query: query:NAME")
        self.at += 1
        name = normalized(name)
        text = self.given.saved.get(name)
        if name in self.inside:
            row = ", ".join((*self.inside[self.inside.index(name) :], name))
            raise self.error(part, f"the saved query {name} would stand for itself ({row})")
        if text is None:
            raise self.error(part, no_query(name, self.given.saved))
        self.expanded += len(text)
        if self.expanded > MOST_SAVED:
            raise self.error(part, f"saved queries hold {MOST_SAVED:,} characters at most, in all")
        self.deeper(part)
        try:
            inner = _Descent(text, _cut(text), self.given, (*self.inside, name))
            inner.terms, inner.depth, inner.expanded = self.terms, self.depth, self.expanded
            inner.place = self.typed(position)
            node = inner.tree(fields)
        except QueryError as error:
            raise self.error(part, f"in the saved query {name}: {error}") from None
        self.depth -= 1
        self.terms, self.expanded = inner.terms, inner.expanded
        return node

    def count(self, part: _Part) -> None:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise self.error(part, f"a query may have {MOST_TERMS:,} terms at most")

    def leaf(self, part: _Part, fields: tuple[int, ...]) -> Words:
        self.count(part)
        kind, piece, _ = part
        shown = _prefix(fields) + piece
        if kind == "word":
            return self.word(part, fields)
        pure = piece[0] == "="
        text = normalized(piece[1 + pure : -1])
        if not text:
            raise self.error(part, "these quotation marks hold nothing to look for")
        return self.words(Pattern.phrase(text, pure=pure), fields, shown, plain=not pure)

    def words(self, pattern: Pattern, fields: tuple[int, ...], shown: str, *, plain: bool) -> Words:
        """The leaf of a word or phrase; with its other forms, if it is `plain`."""
        if self.given.exact or not plain:
            return Words(pattern, fields, shown)
        other = (*forms.of(pattern.text), *forms.synonyms(pattern.text, self.given.synonyms))
        return Words(pattern, fields, shown, other, hanja=forms.may_be_hanja(pattern.text))

    def word(self, part: _Part, fields: tuple[int, ...]) -> Words:
        _, text, start = part
        shown = _prefix(fields) + text
        if "~" in text:
            if text[0] == "~" and start and self.text[start - 1] in _QUOTES:
                raise self.error(
                    part, "~ goes with one word; for words near each other: A NEAR/3 B"
                )
            if tail := _SIMILAR.fullmatch(text):
                return self.similar(part, fields, tail[1] or tail[3], tail[2] or "")
        stem = normalized(text.strip("*"))
        begins, ends = text[-1] == "*", text[0] == "*"
        if not stem.strip("?*"):
            unseen = "this holds nothing that can be seen; write a word"
            raise self.error(part, _NOTHING_KNOWN if text.strip("?*") != text else unseen)
        if begins and ends:
            hint = f"a plain word is found anywhere; write {stem} without the stars"
            raise self.error(part, hint)
        if "?" in stem or "*" in stem:
            return self.wildcard(part, fields, stem, begins=begins, ends=ends)
        # Who writes a star says how the word is to stand.
        plain = not (begins or ends)
        return self.words(Pattern.word(stem, begins=begins, ends=ends), fields, shown, plain=plain)

    def similar(self, part: _Part, fields: tuple[int, ...], word: str, most: str) -> Words:
        # Few queries have one; what answers it is loaded with it.
        from corpus.index.similar import Similar, refusal

        number = int(most) if most and len(most) < 10 else 1 if not most else 10
        pattern = Pattern.word(normalized(word))
        if "*" in word or "?" in word:
            whole = re.sub("[?*]", "", word)
            hint = f"~ goes with a whole word; write {word}" + (f", or {whole}~" if whole else "")
            raise self.error(part, hint)
        refused = refusal(pattern.text, number)
        if refused:
            raise self.error(part, refused)
        return Similar(pattern, fields, _prefix(fields) + part[1], number, self.typed(part[2]))

    def wildcard(
        self, part: _Part, fields: tuple[int, ...], stem: str, *, begins: bool, ends: bool
    ) -> Words:
        # Few queries have one, and loading what answers it takes as long as a search.
        from corpus.index.wildcards import MOST_SIGNS, Wildcard, wild

        if " " in stem:
            raise self.error(part, "a word with ? or * holds no control characters")
        signs = stem.count("?") + stem.count("*")
        if signs > MOST_SIGNS:
            raise self.error(part, f"a word may have {MOST_SIGNS} of ? and * at most")
        word = wild(stem, begins=begins, ends=ends)
        assert word is not None  # it holds more than signs
        for _ in word.blocks[1:]:
            self.count(part)
        return Wildcard(word, fields, _prefix(fields) + part[1])


_NOTHING_KNOWN = (
    "? and * stand for open characters of a word: 검?대, 인*능; 이란* begins one, *이란 ends one"
)


def no_query(name: str, saved: Mapping[str, str]) -> str:
    """What to say where no query is saved under `name`."""
    from difflib import get_close_matches  # for an error only

    near = get_close_matches(name, saved, n=3, cutoff=0.5)
    if near:
        return f"there is no saved query {name!r}; near: {', '.join(near)}"
    return f"there is no saved query {name!r}; save one with: corpus query save {name} QUERY"


def _prefix(fields: tuple[int, ...]) -> str:
    if fields == ALL_FIELDS:
        return ""
    return ",".join([_SHOWN_FIELDS[field] for field in fields]) + ":"


def _alternatives(node: Node) -> tuple[Words, ...]:
    """The words of one side of a NEAR; none where it is anything but words."""
    if isinstance(node, Words):
        return (node,)
    if not isinstance(node, Either):
        return ()
    found = [_alternatives(part) for part in node.subqueries]
    return tuple([words for part in found for words in part]) if all(found) else ()


# What to write instead

_LONGEST_HINT = 200  # characters of a query that an error spells out


def _without_near(left: Node, sign: str, right: Node) -> str:
    """The query nearest to a NEAR with anything but words on one side."""
    one, other = _grouped(left), _grouped(right)
    parts = [f"{one} AND {other}"]
    if _alternatives(left):
        match right:
            case Without() if _alternatives(right.query):
                parts = [one, f"NOT {one} {sign} {_grouped(right.query)}"]
            case All() if all(map(_alternatives, right.subqueries)):
                parts = [f"{one} {sign} {_grouped(part)}" for part in right.subqueries]
            case Near():
                parts = [f"{one} {sign} {_grouped(Either(right.first))}", str(right)]
    elif _alternatives(right):
        match left:
            case Without() if _alternatives(left.query):
                parts = [other, f"NOT {_grouped(left.query)} {sign} {other}"]
            case All() if all(map(_alternatives, left.subqueries)):
                parts = [f"{_grouped(part)} {sign} {other}" for part in left.subqueries]
            case Near():
                parts = [str(left), f"{_grouped(Either(left.second))} {sign} {other}"]
    query = " AND ".join(parts)
    return f"write {query}" if len(query) <= _LONGEST_HINT else "AND finds both in one article"


def _grouped(node: Node) -> str:
    several = isinstance(node, All | Either) and len(node.subqueries) > 1
    return f"({node})" if several else str(node)


def _bare(words: tuple[Words, ...]) -> str:
    shown = [each.shown.removeprefix(_prefix(each.fields)) for each in words]
    return shown[0] if len(shown) == 1 else f"({' OR '.join(shown)})"
