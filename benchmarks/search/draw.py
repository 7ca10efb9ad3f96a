"""Which queries are asked? 600 in 12 classes, spread over how many articles have the words.

Words are cut from the articles with a fixed seed. A word drawn from running text is
nearly always a common one, and a word drawn from the dictionary nearly always a rare one;
so candidates are sorted into bands of document frequency (estimated from a sample of
10,000 articles) and every band gives the same number, as far as it has any.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from queries import ONE_SYLLABLE, Query
from records import Record

SEED = 20211130
PER_CLASS = 50
SAMPLE = 10_000
CANDIDATES = 4_000  # drawn per class before the bands are filled
BANDS = (0.0002, 0.002, 0.02, 0.2)  # shares of the articles: 10, 100, 1000, 10000 of 50,000
_HANGUL = re.compile("[가-힣]+")
_LATIN = re.compile("[A-Za-z]{2,}")
_PAIR = re.compile("(?<![가-힣])[가-힣]{2,} [가-힣]{2,}")
_OPERATORS = {"AND", "OR", "NOT", "NEAR", "ADJ"}

Candidate = tuple[float, Query]  # share of the articles, as estimated; the query


def draw(records: Sequence[Record]) -> list[Query]:
    """All queries, shuffled; the same for the same records."""
    return _Draw(records).all()


class _Draw:
    def __init__(self, records: Sequence[Record]) -> None:
        self._chance = random.Random(SEED)
        self._records = records
        self._sample = records[:: max(1, len(records) // SAMPLE)][:SAMPLE]
        self._days = sorted(record.day for record in records if record.day)
        self._counts: dict[int, Counter[str]] = {}

    def all(self) -> list[Query]:
        chosen: list[Query] = []
        for length in (2, 3, 4, 5, 6, 1):
            kind = ONE_SYLLABLE if length == 1 else f"{length} syllables"
            chosen += self._spread(partial(self._word, kind, length))
        latin = self._share_of(lambda text: set(map(str.lower, _LATIN.findall(text))))
        chosen += self._spread(lambda: self._latin(latin))
        pairs = self._share_of(lambda text: {_cut(pair) for pair in _PAIR.findall(text)})
        chosen += self._spread(lambda: self._phrase(pairs))
        chosen += self._spread(lambda: self._two("and", "two-term AND", same=True, by=min))
        chosen += self._spread(lambda: self._two("or", "OR", same=False, by=max))
        chosen += self._spread(lambda: self._two("not", "NOT", same=False, by=_first))
        if self._days:
            chosen += self._spread(self._dated)
        self._chance.shuffle(chosen)
        return chosen

    # one candidate of each class; None where the article at hand has none

    def _word(self, kind: str, length: int) -> Candidate | None:
        word = self._piece(self._any(), length)
        if word is None:
            return None
        return self._share(word), Query(kind, "word", (word,))

    def _latin(self, shares: Counter[str]) -> Candidate | None:
        found = _LATIN.findall(self._any().text)
        word = self._chance.choice(found) if found else ""
        if not word or word in _OPERATORS:
            return None
        return shares[word.lower()] / len(self._sample), Query("Latin words", "word", (word,))

    def _phrase(self, shares: Counter[str]) -> Candidate | None:
        found = _PAIR.findall(self._any().body)
        if not found:
            return None
        pair = _cut(self._chance.choice(found))
        return shares[pair] / len(self._sample), Query("two-word phrase", "phrase", (pair,))

    def _two(
        self, op: str, kind: str, *, same: bool, by: Callable[[Iterable[float]], float]
    ) -> Candidate | None:
        record = self._any()
        other = record if same else self._any()
        a, b = (self._piece(one, self._chance.choice((2, 3))) for one in (record, other))
        if not a or not b or a in b or b in a:
            return None
        return by((self._share(a), self._share(b))), Query(kind, op, (a, b))

    def _dated(self) -> Candidate | None:
        found = self._word("AND with dates", self._chance.choice((2, 3)))
        if found is None:
            return None
        low, high = sorted(self._chance.choice(self._days) for _ in range(2))
        share, query = found
        return share, Query(query.kind, query.op, query.terms, (low, high))

    # how they are drawn

    def _any(self) -> Record:
        return self._chance.choice(self._records)

    def _piece(self, record: Record, length: int) -> str | None:
        runs = [run for run in _HANGUL.findall(record.text) if len(run) >= length]
        if not runs:
            return None
        run: str = self._chance.choice(runs)
        at = self._chance.randrange(len(run) - length + 1)
        return run[at : at + length]

    def _share(self, word: str) -> float:
        length = len(word)
        if length not in self._counts:
            self._counts[length] = self._share_of(lambda text: _pieces(text, length))
        return self._counts[length][word] / len(self._sample)

    def _share_of(self, terms: Callable[[str], set[str]]) -> Counter[str]:
        counts: Counter[str] = Counter()
        for record in self._sample:
            counts.update(terms(record.text))
        return counts

    def _spread(self, candidate: Callable[[], Candidate | None]) -> list[Query]:
        bands: list[list[Query]] = [[] for _ in range(len(BANDS) + 1)]
        seen = set()
        for _ in range(CANDIDATES):
            found = candidate()
            if found is None or found[1].text in seen:
                continue
            seen.add(found[1].text)
            bands[sum(found[0] >= edge for edge in BANDS)].append(found[1])
        # Round and round the bands, until there are enough.
        chosen: list[Query] = []
        for turn in range(PER_CLASS):
            chosen += [band[turn] for band in bands if turn < len(band)]
        return chosen[:PER_CLASS]


def _first(shares: Iterable[float]) -> float:
    return next(iter(shares))


def _pieces(text: str, length: int) -> set[str]:
    return {
        run[at : at + length]
        for run in _HANGUL.findall(text)
        for at in range(len(run) - length + 1)
    }


def _cut(pair: str) -> str:
    """A phrase as people ask it: without the end of the second word.

    >>> _cut("이재명 대표는")
    '이재명 대표'
    """
    first, second = pair.split(" ")
    return f"{first} {second[:2]}"
