"""Which articles should each query find? What a plain scan of the text says.

Python's `in` and a regular expression give the candidates; `tests/oracle.py`, which spells
the rules out, decides them. For a word of Hangul its rule is containment: there the oracle
is only asked about the first few, lest a scan of common syllables take hours.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from queries import Query
from records import Record

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

import oracle
from oracle import Word

_AROUND = 40  # characters before and after a candidate that the oracle gets to see
_ASKED = 20
_HANGUL = re.compile("[가-힣]+")


def expected(records: Sequence[Record], queries: Sequence[Query]) -> Iterator[list[int]]:
    """The numbers of the records that each query finds, ascending."""
    # Fields apart by NUL: no phrase runs across it.
    texts = [oracle.fold(record.title) + "\0" + oracle.fold(record.body) for record in records]
    days = [record.day for record in records]
    for query in queries:
        yield [records[at].number for at in _found(query, texts, days)]


def _found(query: Query, texts: Sequence[str], days: Sequence[int]) -> list[int]:
    parts = [_holders(term, texts, phrase=query.op == "phrase") for term in query.terms]
    found = parts[0]
    for other in parts[1:]:
        found = {"and": found & other, "or": found | other, "not": found - other}[query.op]
    if query.days is not None:
        low, high = query.days
        found = {at for at in found if low <= days[at] <= high}
    return sorted(found)


def _holders(term: str, texts: Sequence[str], *, phrase: bool) -> set[int]:
    word = Word(term, phrase=phrase)
    folded = oracle.fold(term)
    if _HANGUL.fullmatch(folded):
        found = [at for at, text in enumerate(texts) if folded in text]
        for at in found[:_ASKED]:
            start = max(0, texts[at].index(folded) - _AROUND)
            assert oracle.scan(word, texts[at][start : start + 2 * _AROUND + len(folded)]), term
        return set(found)
    holds = _decided(word, folded)
    first = folded.split(" ")[0]
    return {at for at, text in enumerate(texts) if first in text and holds(text)}


def _decided(word: Word, folded: str) -> Callable[[str], bool]:
    pattern = re.compile(re.escape(folded).replace(r"\ ", "[ \n]"))

    def holds(text: str) -> bool:
        for match in pattern.finditer(text):
            start = max(0, match.start() - _AROUND)
            around = text[start : match.end() + _AROUND]
            if match.start() - start in oracle.scan(word, around):
                return True
        return False

    return holds
