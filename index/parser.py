"""What does a query text mean?

A recursive descent over its `pieces` builds the tree by the precedence NEAR and ADJ, NOT, AND
(also by a space), OR. Errors name the place in the text and what to write. One word takes 5
microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus.errors import QueryError
from corpus.index import advice, days, forms
from corpus.index.normal import normalized
from corpus.index.pieces import (
    DATE_FIELDS,
    NOTE_FIELDS,
    QUOTES,
    SAVED_FIELDS,
    TEXT_FIELDS,
    VALUE_FIELDS,
    Piece,
    cut,
)
from corpus.index.protocol import Synonyms
from corpus.index.query import (
    ALL_FIELDS,
    All,
    Days,
    Either,
    Everything,
    InNotes,
    Near,
    Node,
    Pattern,
    Value,
    Without,
    Words,
    alternatives,
    parts_of,
    prefix,
)

MOST_CHARACTERS = 10_000
MOST_TERMS = 1_000
DEEPEST = 50  # parentheses and NOTs within each other
MOST_SAVED = 100_000  # characters of the saved queries that a query stands for

# 하이퍼클로버~, 대통령~2; but 1~2월 and 3~5 are ranges.
_SIMILAR = re.compile(r"([^~]*[^~0-9])~([0-9]*)|([^~]*[0-9])~()")

_NONE_SAVED: Mapping[str, str] = {}


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
    check_length(text)
    parts = cut(text)
    if len(parts) == 1:
        return Everything()
    given = _Given(saved, synonyms, exact)
    return _Descent(text, parts, given, () if name is None else (name,)).tree(tuple(fields))


def check_length(text: str) -> None:
    """Raises QueryError where a query has more characters than any may."""
    if len(text) > MOST_CHARACTERS:
        raise QueryError(
            text, MOST_CHARACTERS, f"a query may have {MOST_CHARACTERS:,} characters at most"
        )


def used(text: str) -> set[str]:
    """The names of the saved queries that a query text uses itself. Raises QueryError.

    >>> used("네이버 -query:표본")
    {'표본'}
    """
    parts = cut(text)
    fields = {f"{name}:" for name in SAVED_FIELDS}
    return {
        normalized(part[1])
        for field, part in pairwise(parts)
        if field[0] == "field" and field[1] in fields and part[0] == "word"
    }


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
        self, text: str, parts: list[Piece], given: _Given, inside: tuple[str, ...]
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

    def error(self, part: Piece, hint: str) -> QueryError:
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

    def group(self, opening: Piece, fields: tuple[int, ...]) -> Node:
        self.deeper(opening)
        node = self.either(fields)
        if self.parts[self.at][0] == "end":
            raise self.error(opening, "this ( has no partner")
        self.at += 1
        self.depth -= 1
        return node

    def deeper(self, part: Piece) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error(part, f"parentheses and NOTs nest {DEEPEST} deep at most")

    def near(self, start: Piece, left: Node, fields: tuple[int, ...]) -> Node:
        """`left`, which begins at the piece `start`, near what follows."""
        operator = self.parts[self.at]
        sign = operator[1]
        self.at += 1
        beside = self.parts[self.at]
        # A NOT is read to its end so that the error can say what to write.
        right = self.single(fields) if beside[0] == "NOT" else self.operand(fields)
        first, second = alternatives(left), alternatives(right)
        if not first or not second:
            wrong = beside if first else start
            raise self.error(
                wrong,
                f"{sign} stands between words, phrases or an OR of them; "
                f"{advice.without_near(left, sign, right)}",
            )
        if (next_operator := self.parts[self.at])[0] == "near":
            self.at += 1
            third = advice.grouped(self.operand(fields))
            joined = f"{advice.grouped(left)} {sign} {advice.grouped(right)}"
            raise self.error(
                next_operator,
                f"{sign} stands between two words; "
                f"write {joined} AND {advice.grouped(right)} {next_operator[1]} {third}",
            )
        words = (*first, *second)
        if len({each.fields for each in words}) > 1:
            chosen = next(each.fields for each in words if each.fields != fields)
            joined = f"{advice.bare(first)} {sign} {advice.bare(second)}"
            raise self.error(
                operator,
                f"both sides of {sign} must search the same fields; "
                f"write {prefix(chosen)}({joined})",
            )
        name, _, distance = sign.partition("/")
        return Near(first, second, int(distance), ordered=name == "ADJ")

    def in_field(self, field: Piece, fields: tuple[int, ...]) -> Node:
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
        if name in NOTE_FIELDS:
            return self.in_notes(part, shown)
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

    def in_notes(self, part: Piece, shown: str) -> Node:
        """A word or phrase in the notes, by the rules for text, but only as it is written."""
        if part[0] == "word" and (tail := _SIMILAR.fullmatch(part[1])):
            hint = f"~ does not look in notes; write {shown}{tail[1] or tail[3]}"
            raise self.error(part, hint)
        words = self.leaf(part, ALL_FIELDS)
        if words.forms or words.hanja:
            words = Words(words.pattern, ALL_FIELDS, words.shown)
        return InNotes(words)

    def typed(self, position: int) -> int:
        """The place in the text that somebody typed."""
        return position if self.place is None else self.place

    def saved_query(self, part: Piece, fields: tuple[int, ...]) -> Node:
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
            raise self.error(part, advice.no_query(name, self.given.saved))
        self.expanded += len(text)
        if self.expanded > MOST_SAVED:
            raise self.error(part, f"saved queries hold {MOST_SAVED:,} characters at most, in all")
        self.deeper(part)
        try:
            inner = _Descent(text, cut(text), self.given, (*self.inside, name))
            inner.terms, inner.depth, inner.expanded = self.terms, self.depth, self.expanded
            inner.place = self.typed(position)
            node = inner.tree(fields)
        except QueryError as error:
            raise self.error(part, f"in the saved query {name}: {error}") from None
        self.depth -= 1
        self.terms, self.expanded = inner.terms, inner.expanded
        return node

    def count(self, part: Piece) -> None:
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise self.error(part, f"a query may have {MOST_TERMS:,} terms at most")

    def leaf(self, part: Piece, fields: tuple[int, ...]) -> Words:
        self.count(part)
        kind, piece, _ = part
        shown = prefix(fields) + piece
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

    def word(self, part: Piece, fields: tuple[int, ...]) -> Words:
        _, text, start = part
        shown = prefix(fields) + text
        if "~" in text:
            if text[0] == "~" and start and self.text[start - 1] in QUOTES:
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

    def similar(self, part: Piece, fields: tuple[int, ...], word: str, most: str) -> Words:
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
        return Similar(pattern, fields, prefix(fields) + part[1], number, self.typed(part[2]))

    def wildcard(
        self, part: Piece, fields: tuple[int, ...], stem: str, *, begins: bool, ends: bool
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
        return Wildcard(word, fields, prefix(fields) + part[1])


_NOTHING_KNOWN = (
    "? and * stand for open characters of a word: 검?대, 인*능; 이란* begins one, *이란 ends one"
)
