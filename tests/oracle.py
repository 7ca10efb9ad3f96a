"""The oracle: a plain scan of the text and a plain scorer, slow and obviously right.

Nothing here is shared with the index but the article record. Kinds of characters are taken
from the running Python's Unicode, which agrees on everything the tests draw.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.article import Article

FIELDS = ("title", "subtitle", "body")
WEIGHTS = {"title": 3.0, "subtitle": 2.0, "body": 1.0}
K1, B = 1.2, 0.75
WHOLE = ("latin", "digit", "other")  # runs that match as a whole


def fold(text: str) -> str:
    folded = []
    for character in text:
        if "！" <= character <= "～":
            character = chr(ord(character) - 0xFEE0)
        lower = character.lower()
        folded.append(lower if len(lower) == 1 else character)
    return "".join(folded)


def kinds(text: str) -> list[str]:
    """The kind of every character; a combining mark has that of the character before it."""
    found: list[str] = []
    for character in text:
        name = unicodedata.name(character, "")
        category = unicodedata.category(character)
        if category.startswith("M"):
            found.append(found[-1] if found else "none")
        elif character == "ㆍ":
            found.append("none")
        elif category == "Nd":
            found.append("digit")
        elif "HANGUL" in name and category == "Lo":
            found.append("hangul")
        elif name.startswith(("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH")) or character == "々":
            found.append("hanja")
        elif name.startswith(("HIRAGANA", "KATAKANA")) and category.startswith("L"):
            found.append("kana")
        elif name.startswith(("LATIN", "FULLWIDTH LATIN")):
            found.append("latin")
        elif category.startswith("L"):
            found.append("other")
        else:
            found.append("none")
    return found


@dataclass(frozen=True)
class Word:
    """A word or phrase of a query: its text, which stars it had, in which fields."""

    text: str
    begins: bool = False
    ends: bool = False
    phrase: bool = False
    pure: bool = False
    fields: tuple[str, ...] = FIELDS


def scan(word: Word, text: str) -> list[int]:
    """Every offset at which the word stands in the text of one field."""
    wanted, there = fold(word.text), fold(text)
    of_word, of_text = kinds(wanted), kinds(there)
    first = wanted.split(" ")[0]
    found = []
    for at in range(len(there) - len(wanted) + 1):
        end = at + len(wanted)
        if any(
            not (b in " \n" if a == " " else a == b)
            for a, b in zip(wanted, there[at:end], strict=True)
        ):
            continue
        begins_run = at == 0 or of_text[at - 1] != of_word[0]
        ends_run = end == len(there) or of_text[end] != of_word[-1]
        need_begin = word.begins or (of_word[0] in WHOLE and not word.ends)
        need_end = word.ends or (of_word[-1] in WHOLE and not word.begins)
        if (
            word.phrase
            and not word.pure
            and " " in wanted
            and len(first) == 1
            and of_word[0] in ("hangul", "hanja", "kana")
        ):
            need_begin = True
        if need_begin and of_word[0] != "none" and not begins_run:
            continue
        if need_end and of_word[-1] != "none" and not ends_run:
            continue
        found.append(at)
    return found


@dataclass(frozen=True)
class Wildcard(Word):
    """A word whose text holds ? (one character) and * (up to `most` characters in all)."""

    most: int = 30


@dataclass(frozen=True)
class Similar(Word):
    """A word and the stretches at most `most` letters from it; `others` are those that occur
    (`bound`), each to begin a run."""

    most: int = 1
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dates:
    """Published on a day from `first` to `last`, as ISO writes it."""

    first: str
    last: str


@dataclass(frozen=True)
class Publisher:
    """The whole name of the publisher, folded."""

    name: str


@dataclass(frozen=True)
class Noted:
    """A word or phrase in one of the notes."""

    word: Word


@dataclass(frozen=True)
class Saved:
    """A query that was saved under a name."""

    name: str
    query: object


def bound(query: object, articles: Sequence[Article]) -> object:
    """The query with what its similar words stand for in these articles."""
    if isinstance(query, Similar):
        return replace(query, others=similar(query.text, query.most, articles))
    if isinstance(query, Near):
        first, second = bound(query.first, articles), bound(query.second, articles)
        return replace(query, first=first, second=second)
    if isinstance(query, Saved):
        return bound(query.query, articles)
    if isinstance(query, tuple):
        return (query[0], *(bound(part, articles) for part in query[1:]))
    return query


def similar(word: str, most: int, articles: Sequence[Article]) -> tuple[str, ...]:
    """The stretches near a word that begin a run, apart from itself."""
    wanted = fold(word)
    near = {wanted: 0}
    for article in articles:
        for field in FIELDS:
            for text in re.split(r"[^\w\u0300-\u036f]+", fold(getattr(article, field) or "")):
                kinds_of = kinds(text)
                for start in range(len(text)):
                    if start and kinds_of[start] == kinds_of[start - 1]:
                        continue
                    for end in range(start + 1, len(text) + 1):
                        last = kinds_of[end - 1]
                        if last in WHOLE and end < len(text) and kinds_of[end] == last:
                            continue
                        stretch = text[start:end]
                        apart = edits(tuple(typed(wanted)), tuple(typed(stretch)))
                        if apart <= most:
                            near[stretch] = apart
    kept: list[str] = []
    for one in sorted(near, key=lambda one: (near[one], len(one), one)):
        if not any(begins(one, other) or begins(other, one) for other in kept):
            kept.append(one)
    return tuple(sorted(set(kept) - {wanted}))


def begins(one: str, other: str) -> bool:
    """Whether a stretch stands wherever another does, which it begins; whole runs never do."""
    if one == other or not other.startswith(one):
        return False
    of_other = kinds(other)
    last = of_other[len(one) - 1]
    return not (last in WHOLE and of_other[len(one)] == last)


_TWO = {
    "WA": "O A", "WAE": "O AE", "OE": "O I", "WEO": "U EO", "WE": "U E", "WI": "U I", "YI": "EU I",
}  # fmt: skip


def typed(text: str) -> list[str]:
    """The letters of a text by their names in Unicode, compound ones as two."""
    found: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        name = unicodedata.name(character)
        if "SEONG " in name:
            jamo = name.split(" ")[-1]
            found += _TWO.get(jamo, jamo.replace("-", " ")).split()
        else:
            found.append(character)
    return found


@lru_cache(None)
def edits(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Letters to put in, take out, change or swap, by the definition."""
    if not one or not other:
        return len(one) + len(other)
    least = min(
        edits(one[1:], other) + 1,
        edits(one, other[1:]) + 1,
        edits(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if len(one) > 1 and len(other) > 1 and (one[0], one[1]) == (other[1], other[0]):
        least = min(least, edits(one[2:], other[2:]) + 1)
    return least


def spans(word: Word, text: str) -> list[tuple[int, int]]:
    """(start, end) of every match in the text of one field."""
    if isinstance(word, Wildcard):
        return scan_wildcard(word, text)
    if isinstance(word, Similar):
        found = {(at, at + len(word.text)) for at in scan(plain(word), text)}
        for other in word.others:
            found |= {(at, at + len(other)) for at in scan(beginning(other), text)}
        return sorted(found)
    return [(at, at + len(word.text)) for at in scan(word, text)]


def plain(word: Word) -> Word:
    return Word(word.text, fields=word.fields)


def beginning(stretch: str) -> Word:
    """A stretch that begins a run; Latin letters and digits at its end are a whole one."""
    return Word(stretch, begins=True, ends=kinds(stretch)[-1] in WHOLE)


def scan_wildcard(word: Wildcard, text: str) -> list[tuple[int, int]]:
    """From every start the shortest stretch that the word with its open characters fits."""
    wanted, there = fold(word.text), fold(text)
    # A star beside a ? at either end adds nothing.
    wanted = re.sub(r"^\*+(?=\?)|(?<=\?)\*+$", "", wanted)
    while re.search(r"^\?+\*|\*\?+$", wanted):
        wanted = re.sub(r"^(\?+)\*+|\*+(\?+)$", r"\1\2", wanted)
    of_text = kinds(there)
    first, last = wanted[0], wanted[-1]
    whole_first = first != "?" and kinds(wanted)[0] in WHOLE
    whole_last = last != "?" and kinds(wanted.replace("*", "?"))[-1] in WHOLE
    found = []
    for start in range(len(there)):
        for end in range(start + 1, len(there) + 1):
            if not fits(wanted, there[start:end], word.most):
                continue
            begins_run = start == 0 or of_text[start - 1] != of_text[start]
            ends_run = end == len(there) or of_text[end] != of_text[end - 1]
            need_begin = word.begins or (whole_first and not word.ends)
            need_end = word.ends or (whole_last and not word.begins)
            if need_begin and of_text[start] != "none" and not begins_run:
                continue
            if need_end and of_text[end - 1] != "none" and not ends_run:
                continue
            found.append((start, end))
            break
    return found


def fits(wanted: str, text: str, most: int) -> bool:
    """Whether a text is what a word with open characters asks for, its stars `most` of it."""
    if not wanted:
        return not text
    if wanted[0] == "*":
        rests = range(min(most, len(text)) + 1)
        return any(
            fits(wanted[1:], text[rest:], most - rest)
            for rest in rests
            if not set(text[:rest]) & set(" \n")
        )
    same = bool(text) and (text[0] not in " \n" if wanted[0] == "?" else text[0] == wanted[0])
    return same and fits(wanted[1:], text[1:], most)


def matches(word: Word, article: Article) -> list[tuple[str, int, int]]:
    """(field, start, end) of every match in an article."""
    return [
        (field, *span)
        for field in FIELDS
        if field in word.fields
        for span in spans(word, getattr(article, field) or "")
    ]


@dataclass(frozen=True)
class Near:
    """Two words at most `distance` eojeol apart in one field."""

    first: Word
    second: Word
    distance: int
    ordered: bool


def near_pairs(
    first: Sequence[Word],
    second: Sequence[Word],
    article: Article,
    *,
    distance: int,
    ordered: bool,
) -> list[tuple[tuple[str, int, int], tuple[str, int, int]]]:
    """Every two matches, one out of each group of words, at most `distance` words apart in
    one field; the same match twice is no pair."""

    def word_at(text: str, at: int) -> int:
        # How many times white space begins before a place.
        before = text[:at].replace("\n", " ")
        return sum(1 for i, c in enumerate(before) if c == " " and before[max(0, i - 1) : i] != " ")

    found = []
    for one in (span for word in first for span in matches(word, article)):
        for other in (span for word in second for span in matches(word, article)):
            (field, start, end), (other_field, other_start, other_end) = one, other
            if field != other_field or one == other or (ordered and start > other_start):
                continue
            text = getattr(article, field)
            apart = 0
            if end <= other_start:
                apart = word_at(text, other_start) - word_at(text, end - 1)
            elif other_end <= start:
                apart = word_at(text, start) - word_at(text, other_end - 1)
            if apart <= distance:
                found.append((one, other))
    return found


def pairs(query: Near, article: Article) -> list[tuple[tuple[str, int, int], tuple[str, int, int]]]:
    distance, ordered = query.distance, query.ordered
    return near_pairs([query.first], [query.second], article, distance=distance, ordered=ordered)


# A query is a Word, a Near, ("and", a, b, …), ("or", a, b, …) or ("not", a).


def holds(query: object, article: Article) -> bool:
    if isinstance(query, Word):
        return bool(matches(query, article))
    if isinstance(query, Near):
        return bool(pairs(query, article))
    if isinstance(query, Dates):
        day = str(article.published or "")[:10]
        return bool(day) and query.first <= day <= query.last
    if isinstance(query, Publisher):
        return fold(article.publisher or "") == fold(query.name)
    if isinstance(query, Noted):
        return any(spans(query.word, note.text) for note in article.notes)
    assert isinstance(query, tuple)
    operator, *parts = query
    if operator == "not":
        return not holds(parts[0], article)
    return {"and": all, "or": any}[operator](holds(part, article) for part in parts)


def score(query: object, article: Article, live: Sequence[Article]) -> float:
    """BM25F as docs/decisions/0005-ranking.md writes it, over the live articles."""
    if isinstance(query, Word):
        tf = sum(WEIGHTS[field] for field, _, _ in matches(query, article))
        if isinstance(query, Similar):  # an occurrence in another form weighs half
            literal = sum(WEIGHTS[field] for field, _, _ in matches(plain(query), article))
            tf = literal + (tf - literal) / 2
        if not tf:
            return 0.0
        df = sum(1 for one in live if matches(query, one))
        mean = sum(map(length, live)) / len(live)
        idf = math.log(1 + (len(live) - df + 0.5) / (df + 0.5))
        return idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * length(article) / mean))
    if isinstance(query, Near):
        words = (query.first, query.second)
        return sum(score(word, article, live) for word in words) if holds(query, article) else 0.0
    if isinstance(query, Dates | Publisher | Noted):
        return 0.0
    assert isinstance(query, tuple)
    operator, *parts = query
    if operator == "not" or not holds(query, article):
        return 0.0
    return math.fsum(score(part, article, live) for part in parts)


def length(article: Article) -> float:
    return sum(WEIGHTS[field] * len(getattr(article, field) or "") for field in FIELDS)


def render(query: object) -> str:
    """The query as a person would type it, every group in parentheses."""
    if isinstance(query, Word):
        text = f'"{query.text}"' if query.phrase else query.text
        text = "=" * query.pure + text + "*" * query.begins
        text = "*" * query.ends + text
        if isinstance(query, Similar):
            text += "~" if query.most == 1 else f"~{query.most}"
        return text if query.fields == FIELDS else f"{query.fields[0]}:{text}"
    if isinstance(query, Near):
        operator = "ADJ" if query.ordered else "NEAR"
        return f"{render(query.first)} {operator}/{query.distance} {render(query.second)}"
    if isinstance(query, Dates):
        return f"date:{query.first}..{query.last}"
    if isinstance(query, Publisher):
        return f"publisher:{query.name}"
    if isinstance(query, Noted):
        return f"note:{render(query.word)}"
    if isinstance(query, Saved):
        return f"query:{query.name}"
    assert isinstance(query, tuple)
    operator, *parts = query
    if operator == "not":
        return f"NOT {render(parts[0])}"
    return "(" + {"and": " AND ", "or": " OR "}[operator].join(map(render, parts)) + ")"
