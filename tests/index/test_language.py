"""Every operator of the language against a plain scan, on generated queries.

The queries come from a seed, so a failure can be had again. CORPUS_GENERATED_QUERIES says how
many are asked (200 in the normal run); how often each operator was among them is printed:

    CORPUS_GENERATED_QUERIES=2000 pytest -s tests/index/test_language.py
"""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import oracle
import pytest
from indexing import build_index
from oracle import Dates, Near, Noted, Publisher, Saved, Similar, Wildcard, Word

from corpus.article import Article, Note
from corpus.errors import QueryError
from corpus.index.protocol import Request

QUERIES = int(os.environ.get("CORPUS_GENERATED_QUERIES", "200"))
SEED = 20261126
A_CORPUS = 25  # queries

SYLLABLES = "가각간나낙네내이버벌과"
RUNS = (*SYLLABLES, *SYLLABLES, *SYLLABLES, "AI", "naver", "navers", "21", "金", "😀", "·", ",")
PUBLISHERS = ("한빛일보", "KBX", "누리경제")


def texts(draw: random.Random) -> str:
    words = [
        "".join(draw.choice(RUNS) for _ in range(draw.randint(1, 5)))
        for _ in range(draw.randint(0, 12))
    ]
    return "".join(word + draw.choice((" ", " ", " ", "\n")) for word in words).strip()


def articles(draw: random.Random) -> list[Article]:
    found = []
    for number in range(10):
        day = date(2020, 1, 1) + timedelta(days=draw.randint(0, 900))
        found.append(
            Article(
                id=f"a{number}",
                title=texts(draw).replace("\n", " "),
                subtitle=texts(draw).replace("\n", " ") if draw.random() < 0.3 else None,
                body=texts(draw),
                publisher=draw.choice((*PUBLISHERS, None)),
                published=day if draw.random() < 0.8 else None,
                notes=tuple(Note("editor", texts(draw)) for _ in range(draw.choice((0, 0, 1, 2)))),
            )
        )
    return found


class Drawn:
    """Queries over the words of some articles; `seen` counts their operators."""

    def __init__(self, draw: random.Random, some: list[Article], seen: Counter[str]) -> None:
        self.draw, self.seen = draw, seen
        self.words = sorted({word for one in some for word in (one.body or "").split()})
        self.publishers = sorted({one.publisher for one in some if one.publisher})
        self.of_notes = sorted(
            {word for one in some for note in one.notes for word in note.text.split()}
        )
        self.saved: dict[str, str] = {}

    def fields(self) -> tuple[str, ...]:
        chosen = self.draw.choice((None, None, None, "title", "subtitle", "body"))
        return oracle.FIELDS if chosen is None else (chosen,)

    def piece(self, least: int, most: int) -> str:
        word = self.draw.choice(self.words) if self.words else "가나"
        start = self.draw.randrange(len(word))
        return word[start : start + self.draw.randint(least, most)].strip("-") or "가"

    def leaf(self, fields: tuple[str, ...] | None = None) -> Word:
        fields = fields or self.fields()
        kind = self.draw.choice(("word", "star", "wildcard", "wildcard", "phrase", "similar"))
        self.seen[kind] += 1
        self.seen["field"] += len(fields) == 1
        begins, ends = self.draw.choice(((True, False), (False, True)))
        if kind == "word":
            return Word(self.piece(1, 4), fields=fields)
        if kind == "star":
            return Word(self.piece(1, 3), begins, ends, fields=fields)
        if kind == "phrase":
            text = " ".join(self.piece(1, 3) for _ in range(self.draw.randint(1, 2)))
            return Word(text, phrase=True, pure=self.draw.random() < 0.3, fields=fields)
        if kind == "similar":
            while len(oracle.typed(text := self.piece(2, 4))) < 6 or not text.isalpha():
                if self.draw.random() < 0.2:
                    text = "네이버"
                    break
            return Similar(text, fields=fields, most=self.draw.randint(1, 2))
        text = self.piece(1, 2)
        for _ in range(self.draw.randint(1, 2)):
            text += self.draw.choice(("?", "*", "*", "??")) + self.piece(1, 2)
        if self.draw.random() < 0.7:
            begins = ends = False
        return Wildcard(text, begins, ends, fields=fields)

    def noted(self) -> Noted:
        """A word or phrase of some note, mostly."""
        words, self.words = self.words, self.of_notes or self.words
        while isinstance(leaf := self.leaf(oracle.FIELDS), Similar):
            pass
        self.words = words
        return Noted(leaf)

    def query(self, depth: int = 0) -> object:
        kind = self.draw.choice(
            ("leaf", "leaf", "leaf", "near", "adj", "date", "publisher", "note", "saved")
            if depth > 1 or self.draw.random() < 0.3
            else ("and", "or", "not", "and", "or", "not", "near", "saved")
        )
        if kind == "leaf":
            return self.leaf()
        self.seen[kind] += 1
        if kind in ("near", "adj"):
            fields = self.fields()
            first, second = self.leaf(fields), self.leaf(fields)
            return Near(first, second, self.draw.randint(1, 6), kind == "adj")
        if kind == "date":
            first = date(2020, 1, 1) + timedelta(days=self.draw.randint(0, 900))
            return Dates(str(first), str(first + timedelta(days=self.draw.randint(0, 400))))
        if kind == "publisher" and self.publishers:
            return Publisher(self.draw.choice(self.publishers))
        if kind == "note":
            return self.noted()
        if kind == "saved":
            inner = self.query(depth + 1)
            name = f"q{len(self.saved)}"
            self.saved[name] = oracle.render(inner)
            return Saved(name, inner)
        if kind == "not":
            return ("not", self.query(depth + 1))
        if kind == "publisher":
            return self.leaf()
        return (kind, *(self.query(depth + 1) for _ in range(self.draw.randint(2, 3))))


def test_generated_queries_find_what_a_scan_finds(tmp_path: Path) -> None:
    draw, seen = random.Random(SEED), Counter[str]()
    asked = hits = 0
    while asked < QUERIES:
        some = articles(draw)
        cuts = sorted(draw.sample(range(1, 10), draw.randint(0, 3)))
        index = build_index(tmp_path / f"index{asked}", some, cuts)
        drawn = Drawn(draw, some, seen)
        for _ in range(min(A_CORPUS, QUERIES - asked)):
            query = drawn.query()
            text = oracle.render(query)
            request = Request(text, exact=True, saved=tuple(drawn.saved.items()))
            answer = index.search(request, limit=None)
            assert answer.explain is not None
            explained = answer.explain()
            bound = oracle.bound(query, some)
            expected = {one.id for one in some if oracle.holds(bound, one)}
            assert {row.id for row in answer.rows} == expected, (asked, text)
            by_id = {one.id: one for one in some}
            for row in answer.rows:
                wanted = oracle.score(bound, by_id[row.id], some)
                assert row.score == pytest.approx(wanted, rel=1e-9, abs=1e-12), (asked, text)
                why = explained.hit(row.number)
                assert why["score"] == pytest.approx(row.score, rel=1e-9, abs=1e-12), (asked, text)
                for term in why["terms"]:
                    counted = sum(part["occurrences"] * part["weight"] for part in term["fields"])
                    assert counted == pytest.approx(term["tf"]), (asked, text)
                if isinstance(bound, Word):
                    marks = {(m.field, m.start, m.end) for m in answer.marks(by_id[row.id])}
                    assert marks == set(oracle.matches(bound, by_id[row.id])), (asked, text)
            asked += 1
            hits += bool(expected)
    operators = ", ".join(f"{count} {name}" for name, count in sorted(seen.items()))
    print(f"\n{asked} generated queries ({hits} with hits), seed {SEED}: {operators}")
    assert hits > asked / 3


SIGNS = ("(", ")", '"', "“", "”", "-", "*", "?", "~", ":", "NEAR/3", "AND", "OR", "NOT", "가", "a", " ",
         "date:", "title:", "note:", "query:", "=", "\\", "[", "]", "+", "{2}", "^", "$", "|", "\x00", "\u200b",
         "ㄱ", "\u1100\u1161", "😀", "\u202e", "שלום", "مرحبا", "12", "\n")  # fmt: skip


def test_whatever_is_typed_is_answered_or_refused_by_name(tmp_path: Path) -> None:
    """Nothing typed at random ends in any error but a QueryError with a place."""
    draw = random.Random(SEED)
    index = build_index(tmp_path / "index", articles(draw))
    refused = 0
    for _ in range(1000):
        text = "".join(draw.choice(SIGNS) for _ in range(draw.randint(1, 12)))
        try:
            index.search(Request(text))
        except QueryError as error:
            refused += 1
            assert error.position is None or 0 <= error.position <= len(text)
            assert error.hint
    assert 100 < refused < 1000


BAD = {
    "blank": "   \n\t",
    "operators alone": "AND OR NOT",
    "stop characters alone": "... --- !!!",
    "a quotation mark": '"가나',
    "a parenthesis": "((가)",
    "NEAR/0": "가 NEAR/0 나",
    "NEAR/100000": "가 NEAR/100000 나",
    "10,000 characters": "가나" * 5_000,
    "10,001 characters": "가" * 10_001,
    "500 ORs": " OR ".join(f"가{n}" for n in range(501)),
    "500 NEARs": " ".join(f"(가 NEAR/3 나{n})" for n in range(400)),
    "1,001 words": "가 " * 1_001,
    "a star alone": "*",
    "stars around": "*가*",
    "stars everywhere": "가*" * 30,
    "deep nesting": "(" * 3_000 + "가" + ")" * 3_000,
    "many NOTs": "NOT " * 2_000 + "가",
    "many hyphens": "-" * 3_000 + "가",
    "control characters": "\x00\x01\x1b[31m가\x7f",
    "lone jamo": "ㄱ ㅏ ㄴㄷ \u1100 \u1161 \u11a8",
    "emoji": "😀 👩\u200d👩\u200d👧 🇰🇷",
    "NFD": "\u1112\u1161\u11ab\u1100\u116e\u11a8",
    "mixed direction": "שלום \u202e가나\u202c مرحبا abc",
    "a regular expression": r"^(가|나)+.*[a-z]{2,}\d$",
    "a lone surrogate": "가\ud800나",
    "a long similar word": "가" * 9_000 + "~",
    "a long number behind ~": "네이버~" + "9" * 5_000,
    "a long relative date": "date:" + "9" * 5_000 + "d",
    "a name that is no query": "query:없음",
}


@pytest.mark.parametrize("query", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("exact", [True, False])
def test_a_bad_query_is_answered_or_refused_never_with_everything(
    tmp_path: Path, query: str, *, exact: bool
) -> None:
    some = articles(random.Random(SEED))
    index = build_index(tmp_path / "index", some)
    try:
        answer = index.search(Request(query, exact=exact), limit=None)
    except QueryError as error:
        assert error.position is None or 0 <= error.position <= len(query)
        assert error.hint
    else:
        assert not query.strip() or answer.total < len(some)
        for row in answer.rows if query.strip() else ():
            assert answer.marks(next(one for one in some if one.id == row.id))


def test_a_word_that_is_near_too_many_is_refused_with_the_limit(tmp_path: Path) -> None:
    words = " ".join(
        f"네이{chr(0xAC00 + 28 * 21 * n + 28 * v)}" for n in range(19) for v in range(21)
    )
    more = " ".join(
        f"{chr(0xAC00 + 28 * 21 * n + 28 * v)}이버" for n in range(19) for v in range(21)
    )
    index = build_index(tmp_path / "index", [Article(id="a", title="가", body=f"{words} {more}")])
    with pytest.raises(
        QueryError, match=r"words of this corpus, 512 at most; write 네이버~ \(at"
    ) as caught:
        index.search(Request("가 네이버~2"))
    assert caught.value.position == 2
    assert index.search(Request("네이버~")).total == 1
