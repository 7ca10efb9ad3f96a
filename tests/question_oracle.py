"""The oracle of questions: reads a question and scores articles slowly and plainly.

With the index it shares the lists of endings and of words that only ask, and the record.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from oracle import FIELDS, WEIGHTS, WHOLE, fold, kinds, length

from corpus.article import Article
from corpus.index.endings import ENDINGS, is_empty

K1, B, PAIR, WITHIN, SHARED, LONE = 0.8, 0.65, 0.3, 12, 0.4, 0.5

Term = tuple[str, str]  # gram, lone or run; its text


@dataclass
class Word:
    stem: str
    terms: list[Term]


@dataclass
class Question:
    words: list[Word]
    weights: dict[Term, float] = field(default_factory=dict)
    pairs: list[tuple[Term, Term]] = field(default_factory=list)


def runs_of(text: str) -> list[tuple[int, str, str]]:
    """(start, run, kind) of the maximal runs of one kind; `text` is folded."""
    found: list[tuple[int, str, str]] = []
    of = kinds(text)
    for at, character in enumerate(text):
        if at and of[at] == of[at - 1]:
            start, run, kind = found.pop()
            found.append((start, run + character, kind))
        else:
            found.append((at, character, of[at]))
    return found


def read(text: str) -> Question | None:
    """None where the text has nothing to look for."""
    folded = fold(" ".join(unicodedata.normalize("NFC", text).split()))
    groups: list[list[tuple[str, str]]] = [[]]
    for _, run, kind in runs_of(folded):
        if kind == "none":
            groups.append([])
        else:
            groups[-1].append((run, kind))
    groups = [group for group in groups if group]
    words = [cut(group) for group in groups if not is_empty("".join(run for run, _ in group))]
    words = [word for word in words if word.terms]
    if not words:
        words = [word for group in groups if (word := cut(group, whole=True)).terms]
    if not words:
        return None
    question = Question(words)
    heads = []
    for word in words:
        shared = 1 / max(1, sum(1 for kind, _ in word.terms if kind != "lone")) ** SHARED
        for term in word.terms:
            weight = shared * (LONE if term[0] == "lone" else 1)
            question.weights[term] = max(weight, question.weights.get(term, 0))
        heads += [term for term in word.terms if term[0] != "lone"][:1]
    for one, other in pairwise(heads):
        if one != other and (one, other) not in question.pairs:
            question.pairs.append((one, other))
    return question


def cut(group: list[tuple[str, str]], *, whole: bool = False) -> Word:
    stem, terms = "", []
    for at, (run, kind) in enumerate(group):
        keep = run
        if not whole and kind == "hangul" and at == len(group) - 1:
            endings = [run[-size:] for size in range(len(run), 0, -1) if run[-size:] in ENDINGS]
            for ending in endings:
                if at or len(run) - len(ending) >= 2:
                    keep = run[: len(run) - len(ending)]
                    break
        stem += keep
        if kind in WHOLE:
            terms.append(("run", run))
        elif len(run) == 1 and keep == run:
            terms.append(("lone", run))
        else:
            terms += [("gram", keep[i : i + 2]) for i in range(len(keep) - 1)]
    return Word(stem, [term for term in terms if tellable(term)])


def tellable(term: Term) -> bool:
    """No character beyond the BMP; no combining mark in a gram."""
    kind, text = term
    if any(ord(one) > 0xFFFF for one in text):
        return False
    return kind != "gram" or not any(unicodedata.category(one)[0] == "M" for one in text)


def places(term: Term, text: str) -> list[int]:
    """Where a term stands in the text of one field."""
    kind, wanted = term
    found = []
    for start, run, run_kind in runs_of(fold(text)):
        if kind == "gram" and run_kind not in (*WHOLE, "none"):
            found += [start + i for i in range(len(run) - 1) if run[i : i + 2] == wanted]
        elif kind in ("lone", "run") and run == wanted:
            found.append(start)
    return found


def frequency(term: Term, article: Article, fields: Sequence[str]) -> float:
    return sum(WEIGHTS[name] * len(places(term, getattr(article, name) or "")) for name in fields)


def together(pair: tuple[Term, Term], article: Article, fields: Sequence[str]) -> bool:
    one, other = pair
    return any(
        0 < second - first <= WITHIN
        for name in fields
        for first in places(one, getattr(article, name) or "")
        for second in places(other, getattr(article, name) or "")
    )


def holds(question: Question, article: Article, fields: Sequence[str] = FIELDS) -> bool:
    return any(frequency(term, article, fields) for term in question.weights)


def score(
    question: Question, article: Article, live: Sequence[Article], fields: Sequence[str] = FIELDS
) -> float:
    def idf(df: int) -> float:
        return math.log(1 + (len(live) - df + 0.5) / (df + 0.5))

    mean = sum(map(length, live)) / len(live)
    norm = K1 * (1 - B + B * length(article) / mean)
    parts = []
    for term, weight in question.weights.items():
        tf = frequency(term, article, fields)
        if tf:
            df = sum(1 for each in live if frequency(term, each, fields))
            parts.append(weight * idf(df) * tf * (K1 + 1) / (tf + norm))
    for one, other in question.pairs:
        if together((one, other), article, fields):
            both = [sum(1 for each in live if frequency(x, each, fields)) for x in (one, other)]
            parts.append(PAIR * (idf(both[0]) + idf(both[1])) / 2)
    return math.fsum(parts)


def marks(
    question: Question, article: Article, fields: Sequence[str] = FIELDS
) -> set[tuple[str, int, int]]:
    """Whole stems where they stand in a field, else the pieces, those that touch as one."""
    import oracle

    found = set()
    for name in fields:
        text = getattr(article, name) or ""
        for word in question.words:
            whole = [(at, at + len(word.stem)) for at in oracle.scan(oracle.Word(word.stem), text)]
            if not whole:
                covered = set()
                for term in word.terms:
                    for at in places(term, text):
                        covered |= set(range(at, at + len(term[1])))
                starts = sorted(at for at in covered if at - 1 not in covered)
                ends = sorted(at + 1 for at in covered if at + 1 not in covered)
                whole = list(zip(starts, ends, strict=True))
            found |= {(name, start, end) for start, end in whole}
    return found
