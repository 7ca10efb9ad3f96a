"""What does a question in natural language ask for?

For the grams of its words' stems, and for words that follow each other in it. No operator is
read and no dictionary asked: a word (what stands between white space or signs) is cut into
runs of one script, its last run loses its particle or ending (`endings`), and what remains is

    a gram            two neighbouring syllables of the stem
    a lone syllable   a run of one syllable that is the whole stem: as a run of its own
    a run             Latin letters or digits, whole

Words that only ask (무엇인가, 설명해 주세요) are passed over, and so is what stands in particles
and on their seam, unless nothing else is left. What occurs twice counts once. How each is
weighed is written in `any_term`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from corpus.errors import QueryError
from corpus.index import characters
from corpus.index.characters import FIRST_WHOLE, HANGUL, MARK, NONE
from corpus.index.endings import LEAST, is_empty, stem_length
from corpus.index.normal import normalized
from corpus.index.parser import MOST_TERMS, check_length
from corpus.index.query import Asked, AskedTerm

# A stem's grams say one thing together: each is divided by a power of how many they are.
# 0 would let 조선민주주의인민공화국 outweigh all other words, 1 would make the gram of a word of
# two syllables worth ten of its grams.
SHARED = 0.4
# A syllable alone is a counter or a name's beginning more often than a word (년, 한, 김).
LONE_WEIGHT = 0.5

_Run = tuple[str, int]  # folded, of which kind


def read_question(text: str, *, fields: Sequence[int]) -> Asked:
    """The question as it is weighed; raises QueryError where it has no words or too many.

    >>> str(read_question("네이버는 언제 인공지능 논문을 발표했나?", fields=(0, 1, 2)))
    'any of (네이버, 인공지능, 논문, 발표; passed over: 언제)'
    """
    check_length(text)
    words = _words(characters.fold(normalized(text)))
    told: list[tuple[str, list[AskedTerm]]] = []
    over: list[str] = []
    for word in words:
        whole = "".join([run for run, _ in word])
        found = ("", []) if is_empty(whole) else _weighed(word, cut=True)
        if found[1]:
            told.append(found)
        else:
            over.append(whole)
    if not told:
        told, over = [found for word in words if (found := _weighed(word, cut=False))[1]], []
    if not told:
        raise QueryError(text, None, "no word to look for: write letters or digits")
    return _asked(text, told, over, fields)


def _asked(
    text: str, told: Sequence[tuple[str, list[AskedTerm]]], over: list[str], fields: Sequence[int]
) -> Asked:
    place: dict[tuple[str, bool], int] = {}  # of a term by what it looks up
    terms: list[AskedTerm] = []
    heads: list[int] = []
    words: dict[str, tuple[AskedTerm, ...]] = {}
    for stem, own in told:
        words.setdefault(stem, tuple(own))
        head = None
        for term in own:
            at = place.setdefault((term.text, term.alone), len(terms))
            if at == len(terms):
                terms.append(term)
            elif terms[at].weight < term.weight:
                terms[at] = term
            if head is None and not term.lone:
                head = at
        if head is not None:
            heads.append(head)
    if len(terms) > MOST_TERMS:
        raise QueryError(
            text,
            None,
            f"a question may have {MOST_TERMS:,} different pieces of words at most, "
            f"this one has {len(terms):,}: shorten it",
        )
    pairs = dict.fromkeys(pair for pair in pairwise(heads) if pair[0] != pair[1])
    shown = ", ".join(words)
    if over:
        shown += f"; passed over: {', '.join(dict.fromkeys(over))}"
    return Asked(
        tuple(terms), tuple(pairs), tuple(words.items()), tuple(fields), f"any of ({shown})"
    )


def _words(folded: str) -> list[list[_Run]]:
    """The words of a text, each as its runs of one script."""
    words: list[list[_Run]] = []
    before = NONE
    for character, kind in zip(folded, characters.kinds_of(folded), strict=True):
        if kind == NONE:
            pass
        elif before == NONE:
            words.append([(character, kind)])
        elif before == kind:
            run, _ = words[-1][-1]
            words[-1][-1] = (run + character, kind)
        else:
            words[-1].append((character, kind))
        before = kind
    return words


def _weighed(word: Sequence[_Run], *, cut: bool) -> tuple[str, list[AskedTerm]]:
    """(the stem of a word, what it looks up)."""
    stem: list[str] = []
    found: list[tuple[str, bool]] = []
    for number, (run, kind) in enumerate(word):
        if kind >= FIRST_WHOLE:
            stem.append(run)
            found.append((run, True))
            continue
        end = len(run)
        if cut and kind == HANGUL and number == len(word) - 1:
            end = stem_length(run, 0 if number else LEAST)
        stem.append(run[:end])
        if end == len(run) == 1:
            found.append((run, True))
        found += [(run[at : at + 2], False) for at in range(end - 1)]
    found = [(text, alone) for text, alone in found if _plain(text, alone=alone)]
    many = sum(1 for text, alone in found if not _lone(text, alone=alone))
    shared = max(1, many) ** -SHARED
    terms = []
    for text, alone in dict.fromkeys(found):
        lone = _lone(text, alone=alone)
        terms.append(AskedTerm(text, alone, lone, LONE_WEIGHT * shared if lone else shared))
    return "".join(stem), terms


def _lone(text: str, *, alone: bool) -> bool:
    return alone and len(text) == 1 and characters.kind_of(text) < FIRST_WHOLE


def _plain(text: str, *, alone: bool) -> bool:
    """Whether the index tells a piece from all others by its units: characters beyond the BMP
    share a stand-in, and a gram with a mark depends on what the mark stands on."""
    if any(one > "\uffff" or "\ud800" <= one <= "\udfff" for one in text):
        return False
    return alone or all(characters.kind_of(one) != MARK for one in text)
