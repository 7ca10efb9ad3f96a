"""Where do a query's words stand in one article?

The index knows which articles hold the words, and could tell the places too; but only the
few articles that are shown are ever asked for theirs, and in a text that has been read a
search by `str.find` is quicker (3 microseconds) than any cut out of the index's arrays. The
rules are those of `find`: folded characters side by side, edges by kind, marks with the
character they stand on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from corpus.article import Article
from corpus.index import near
from corpus.index.characters import fold, kind_within, written
from corpus.index.days import day_of
from corpus.index.forms import CLASSES, Form, ends_well
from corpus.index.layout import FIELDS
from corpus.index.protocol import Match
from corpus.index.query import Near, Pattern, Varying, Words

Span = tuple[int, int]


class Marker:
    """Called with an article it gives the matches of `words`, by field, start and end.

    `forms` are by word the other forms that are marked as well. Each match occurs once,
    whichever words find it, as what the first of them says; occurrences that overlap all
    count. Of a `Near` only those are marked that have a partner. Markers of equal words are
    equal.
    """

    def __init__(
        self,
        words: Sequence[Words | Near],
        forms: Mapping[Words, Sequence[Form]] | None = None,
    ) -> None:
        self._words = tuple(words)
        self._forms = {key: tuple(some) for key, some in (forms or {}).items() if some}

    @cached_property
    def _parts(self) -> list[_Part]:
        parts: list[_Part] = []
        for one in self._words:
            if isinstance(one, Near):
                parts.append(_Pair(one, self._forms))
            else:
                parts += _all_forms(one, self._forms)
        return parts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marker) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._words)

    def _key(self) -> tuple[object, ...]:
        return self._words, self._forms

    def __call__(self, article: Article) -> tuple[Match, ...]:
        """Raises nothing: an article without the words has no matches."""
        marker = self._on(article)
        found: list[Match] = []
        for field, text in enumerate((article.title, article.subtitle, article.body)):
            if text:
                name = FIELDS[field]
                found += [
                    Match(name, start, end, kind)
                    for (start, end), kind in sorted(marker._kinds(field, text).items())
                ]
        return tuple(found)

    def spans_in(self, article: Article) -> Callable[[int, str], list[Span]]:
        """`spans` for the fields of one article."""
        return self._on(article)._quick if self._dated else self._quick

    @cached_property
    def _quick(self) -> Callable[[int, str], list[Span]]:
        """`spans`; that of the only part where there is no other."""
        return self._parts[0].spans if len(self._parts) == 1 else self.spans

    @cached_property
    def _dated(self) -> bool:
        return any(form.last for some in self._forms.values() for form in some)

    def _on(self, article: Article) -> Marker:
        """This marker without the forms that are of another time than the article."""
        if not self._dated:
            return self
        day = day_of(article.published)
        kept = {
            word: [form for form in some if not form.last or form.first <= day <= form.last]
            for word, some in self._forms.items()
        }
        return Marker(self._words, kept)

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of the matches in the text of one field (0, 1, 2), ascending."""
        return sorted({span for part in self._parts for span in part.spans(field, text)})

    def _kinds(self, field: int, text: str) -> dict[Span, str]:
        return _first_kinds(self._parts, field, text)


def _first_kinds(parts: Sequence[_Part], field: int, text: str) -> dict[Span, str]:
    """By match its kind, as the first of the parts that find it says."""
    found: dict[Span, str] = {}
    for part in parts:
        for span, kind in part.kinds(field, text):
            found.setdefault(span, kind)
    return found


def _all_forms(
    words: Words, forms: Mapping[Words, Sequence[Form]]
) -> Sequence[_Plain | _Word | _Varying]:
    """A word and its other forms, the literal one first."""
    if isinstance(words, Varying):
        return [_Varying(words)]
    pattern = words.pattern
    edged = pattern.left_edge or pattern.right_edge
    plain = not edged and _HANGUL.fullmatch(pattern.text)
    return [
        _Plain(pattern.text, words.fields) if plain else _Word(pattern, words.fields),
        *(_Word(form.pattern, words.fields, form) for form in forms.get(words, ())),
    ]


_HANGUL = re.compile("[가-힣]+")


class _Plain:
    """A word of syllables alone, which is written in one way and found wherever it stands: most
    words that are looked for, made ready in a tenth of the time."""

    __slots__ = ("_fields", "_text")

    def __init__(self, text: str, fields: Sequence[int]) -> None:
        self._text, self._fields = text, fields

    def kinds(self, field: int, text: str) -> list[tuple[Span, str]]:
        """`spans`, each with the kind of the form."""
        return [(span, "literal") for span in self.spans(field, text)]

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match in the text of a field, ascending."""
        found: list[Span] = []
        if field in self._fields:
            wanted, find = self._text, text.find
            length = len(wanted)
            at = find(wanted)
            while at >= 0:
                found.append((at, at + length))
                at = find(wanted, at + 1)
        return found


class _Word:
    """A word made ready.

    To fold a text takes 10 microseconds, as long as to look 50 times for something in it. So
    a word is looked for in the ways its beginning is written, with small letters and capitals,
    and only a text that holds rarer characters that fold to these (full-width ones, the
    Kelvin sign) is folded before.
    """

    __slots__ = (
        "_edged", "_fields", "_forms", "_guards", "_kind", "_left", "_mixed", "_rare", "_right",
        "_signs", "_spaced", "_text",
    )  # fmt: skip

    def __init__(self, pattern: Pattern, fields: Sequence[int], form: Form | None = None) -> None:
        self._text = pattern.text
        self._fields = fields
        self._kind = "literal" if form is None else form.kind
        self._guards = ("", "") if form is None else (form.not_behind, form.not_before)
        self._spaced = " " in pattern.text
        # The kinds that must not go on before and after a match; None where they may.
        self._left = kind_within(pattern.text, 0) if pattern.left_edge else None
        self._right = (
            kind_within(pattern.text, len(pattern.text) - 1) if pattern.right_edge else None
        )
        self._edged = pattern.left_edge or pattern.right_edge
        self._forms, self._rare = _ways(pattern.text)
        self._signs = _with_signs(pattern.text)
        self._mixed = self._kind == "hanja" and len(pattern.text) == 2

    def kinds(self, field: int, text: str) -> list[tuple[Span, str]]:
        """`spans`, each with the kind of the form."""
        return [(span, self._kind) for span in self.spans(field, text)]

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match in the text of a field, ascending."""
        if field not in self._fields:
            return []
        wanted, length = self._text, len(self._text)
        found: list[Span] = []
        if self._spaced:
            text = text.replace("\n", " ")
        if self._signs is not None:
            text = fold(text)
            signed = [(one.start(), one.end(1)) for one in self._signs.finditer(text)]
            return self._whole(signed, text)
        for character in self._rare:
            if character in text:
                text = fold(text)
                break
        forms, find = self._forms, text.find
        for form in forms:
            at = find(form)
            while at >= 0:
                found.append((at, at + length))
                at = find(form, at + 1)
        if len(forms) > 1:
            found.sort()
        if found and len(forms[0]) < length:
            found = [span for span in found if fold(text[span[0] : span[1]]) == wanted]
        return self._whole(found, text)

    def _whole(self, found: list[Span], text: str) -> list[Span]:
        """Those of the places that begin and end a run where they must."""
        if self._mixed:
            found = [span for span in found if ends_well(text, *span)]
        behind, before = self._guards
        if behind or before:
            found = [
                (start, end)
                for start, end in found
                if not (start and text[start - 1] in behind)
                and not (end < len(text) and text[end] in before)
            ]
        if found and self._edged:
            left, right = self._left, self._right
            found = [
                span
                for span in found
                if (left is None or kind_within(text, span[0] - 1) != left)
                and (right is None or kind_within(text, span[1]) != right)
            ]
        return found


def _with_signs(text: str) -> re.Pattern[str] | None:
    """What finds a pattern with a class of signs in folded text; None where it has none."""
    if not any(name in text for name in CLASSES):
        return None
    parts = [f"[{re.escape(CLASSES[one])}]" if one in CLASSES else re.escape(one) for one in text]
    return re.compile(f"(?=({''.join(parts)}))")


class _Varying:
    """A leaf that looks for its matches itself, in the fields that it searches."""

    __slots__ = ("_words",)

    def __init__(self, words: Varying) -> None:
        self._words = words

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match in the text of a field, ascending."""
        return self._words.spans(text) if field in self._words.fields else []

    def kinds(self, field: int, text: str) -> list[tuple[Span, str]]:
        """`spans`, each with its kind."""
        return [(span, "literal") for span in self.spans(field, text)]


# Letters of a word's beginning, each of which doubles the ways to write it.
_LETTERS = 2


def _ways(folded: str) -> tuple[list[str], str]:
    """(how the beginning of a word is written, the rarer characters that fold to one of it).

    >>> _ways("g7 정상"), _ways("imf")[0]
    ((['g7 정상', 'G7 정상'], 'Ｇｇ７'), ['im', 'iM', 'Im', 'IM'])
    """
    forms, rare, letters = [""], "", 0
    for character in folded:
        others = written(character)
        capital = character.upper() if character.isascii() else character
        if capital == character:
            forms = [form + character for form in forms]
        elif letters == _LETTERS:
            break
        else:
            letters += 1
            forms = [form + one for form in forms for one in (character, capital)]
            others = others.replace(capital, "")
        rare += others
    return forms, rare


class _Pair:
    """Two groups of words made ready."""

    __slots__ = ("_distance", "_first", "_ordered", "_second")

    def __init__(self, node: Near, forms: Mapping[Words, Sequence[Form]]) -> None:
        self._first = [one for words in node.first for one in _all_forms(words, forms)]
        self._second = [one for words in node.second for one in _all_forms(words, forms)]
        self._distance, self._ordered = node.distance, node.ordered

    def spans(self, field: int, text: str) -> list[Span]:
        """(start, end) of every match that takes part in a pair, ascending."""
        return [span for span, _ in self.kinds(field, text)]

    def kinds(self, field: int, text: str) -> list[tuple[Span, str]]:
        """`spans`, each with the kind of the form that it is."""
        first, second = (_first_kinds(side, field, text) for side in (self._first, self._second))
        paired = near.paired(
            list(first), list(second), text, distance=self._distance, ordered=self._ordered
        )
        return [(span, first.get(span) or second[span]) for span in paired]


_Part = _Plain | _Word | _Varying | _Pair
