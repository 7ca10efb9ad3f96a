"""What can become of a page, a text or a record on a bad day? Seeded mutations of sound ones.

Input number N of a seed is always the same, so that a failure is named by two numbers.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.ingest import content

ROOT = Path(__file__).parents[2]
FIXTURES = (ROOT / "src" / "corpus" / "demo" / "articles", ROOT / "tests" / "ingest" / "pages")
KINDS = ("auto", "auto", "html", "html", "text", *content.KINDS)
CHARSETS = (None, None, None, "euc-kr", "utf-8", "iso-8859-1", "utf-16", "johab", "nonsense")
ENCODINGS = ("utf-8", "cp949", "utf-16-le", "utf-16-be", "utf-8-sig", "johab", "shift_jis", "utf-7")
LARGEST = 2_000_000  # bytes; larger inputs say nothing new about the rules, only about time

Mutation = Callable[[bytes, random.Random], bytes]


def originals(pages: Path | None = None) -> list[bytes]:
    """The articles of this repository, and the pages in a folder of one's own."""
    found = []
    for folder in FIXTURES:
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".jsonl":
                found += path.read_bytes().splitlines()
            elif path.suffix in (".html", ".txt"):
                found.append(path.read_bytes())
    if pages is not None:
        found += [path.read_bytes() for path in sorted(pages.rglob("*.html"))]
    return found


def mutant(sound: Sequence[bytes], seed: int, number: int) -> tuple[bytes, str, str | None, bool]:
    """Input `number` of `seed`: its bytes, and the kind, charset and cleanness to read it with."""
    choose = random.Random(f"{seed}:{number}")
    data = choose.choice(sound)
    for _ in range(choose.choice((1, 1, 2, 2, 3, 5))):
        mutate = choose.choice(HEAVY if choose.random() < 0.04 else LIGHT)
        data = mutate(data, choose)[:LARGEST]
    if choose.random() < 0.15:
        data = graft(data, choose.choice(sound), choose)
    kinds = ("auto", "jsonl") if data[:1] == b"{" else KINDS
    return data, choose.choice(kinds), choose.choice(CHARSETS), choose.random() < 0.1


def _span(data: bytes, choose: random.Random, longest: int) -> tuple[int, int]:
    start = choose.randrange(len(data) + 1)
    return start, min(len(data), start + choose.randrange(1, longest))


def graft(data: bytes, other: bytes, choose: random.Random) -> bytes:
    """A piece of another input stands in the middle, or all of it."""
    start, end = _span(other, choose, 5000) if choose.random() < 0.7 else (0, len(other))
    at = choose.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def flip(data: bytes, choose: random.Random) -> bytes:
    """Some bytes become others."""
    changed = bytearray(data)
    for _ in range(choose.randrange(1, 30) if changed else 0):
        changed[choose.randrange(len(changed))] = choose.randrange(256)
    return bytes(changed)


def repeat(data: bytes, choose: random.Random) -> bytes:
    """A piece stands there several times."""
    start, end = _span(data, choose, 3000)
    return data[:end] + data[start:end] * choose.randrange(1, 12) + data[end:]


def delete(data: bytes, choose: random.Random) -> bytes:
    """A piece is gone."""
    start, end = _span(data, choose, 3000)
    return data[:start] + data[end:]


def truncate(data: bytes, choose: random.Random) -> bytes:
    """The rest is gone, or the beginning."""
    at = choose.randrange(len(data) + 1)
    return data[:at] if choose.random() < 0.7 else data[at:]


def swap(data: bytes, choose: random.Random) -> bytes:
    """Two pieces change places."""
    first, second = sorted(choose.sample(range(len(data) + 1), 2)) if len(data) else (0, 0)
    third = choose.randrange(second, len(data) + 1)
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def encode(data: bytes, choose: random.Random) -> bytes:
    """Read in one charset and written in another."""
    text = data.decode(choose.choice(("utf-8", "cp949", "latin-1", "cp1252")), "replace")
    return text.encode(choose.choice(ENCODINGS), choose.choice(("replace", "ignore")))


def misread(data: bytes, choose: random.Random) -> bytes:
    """Read in a wrong charset and written as UTF-8."""
    return data.decode(choose.choice(("latin-1", "cp949", "cp1252")), "replace").encode()


def insert(data: bytes, choose: random.Random) -> bytes:
    """Something odd stands in the middle."""
    at = choose.randrange(len(data) + 1)
    return data[:at] + choose.choice(ODD) * choose.randrange(1, 4) + data[at:]


def tags(data: bytes, choose: random.Random) -> bytes:
    """Tags are doubled, never closed, or closed without being open."""
    name = choose.choice((b"div", b"p", b"table", b"article", b"script", b"span", b"a", b"td"))
    old = choose.choice((b"<" + name, b"</" + name + b">"))
    new = choose.choice((b"", old * 2, b"<" + name, b"</" + name, b"<!--", b"-->", b"<![CDATA["))
    return data.replace(old, new, choose.randrange(1, 20))


def keys(data: bytes, choose: random.Random) -> bytes:
    """A value of a record is of another type."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return insert(data, choose)
    if not isinstance(record, dict) or not record:
        return data
    name = choose.choice(sorted(record))
    record[name] = choose.choice(VALUES)
    return json.dumps(record, ensure_ascii=choose.random() < 0.5).encode("utf-8", "replace")


def nest(data: bytes, choose: random.Random) -> bytes:
    """Deep nesting."""
    tag = choose.choice((b"<div>", b"<table><tr><td>", b"<b>", b"<ul><li>", b"[", b'{"a":'))
    at = choose.randrange(len(data) + 1)
    return data[:at] + tag * choose.choice((100, 1000, 20_000)) + data[at:]


def attribute(data: bytes, choose: random.Random) -> bytes:
    """A huge attribute."""
    value = choose.choice((b"x", b" ", b"&amp;", b"\xb0\xa1", "가".encode(), b"class "))
    huge = value * choose.choice((1000, 50_000, 300_000))
    name = choose.choice((b"class", b"content", b"href", b"style", b"id"))
    return data.replace(b">", b" " + name + b'="' + huge + b'">', 1)


def storm(data: bytes, choose: random.Random) -> bytes:
    """One small thing, very many times."""
    at = choose.randrange(len(data) + 1)
    return data[:at] + choose.choice(ODD) * choose.choice((500, 5000, 60_000)) + data[at:]


LIGHT: tuple[Mutation, ...] = (
    flip, flip, repeat, delete, truncate, swap, encode, misread, insert, insert, tags, keys,
)  # fmt: skip
HEAVY: tuple[Mutation, ...] = (nest, attribute, storm)

ODD = (
    b"&#0;", b"&#1114112;", b"&amp;amp;quot;", b"&lt;", b"&#147;", b"\x00", b"\xff\xfe",
    b"\xef\xbf\xbd", b"\xb0", b"\x1b$)C", b"<br>", b"<!--", b"]]>", b"\r", b"\n", b"\t", b" ",
    b"?", b"[", b"(", b"{", b'"', b"\\", b"\\ud800", b"a@b.kr ", b"2023.04.05 ",
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":',
    b'<meta charset="utf-16">', b'<meta property="og:title" content="',
    b"<base href='http://[::1'>", b"<a href='http://[::1'>",
    *(text.encode() for text in (
        "占쏙옙", "ì„œ", "°¡¶÷", "\u200d", "\ufeff", "\uffa1\uffc2", "\u1112\u1161\u11ab", "\u0301",
        "\U0001f469", "?ⓒ", "▲", "김가온 기자 ", "(서울=한빛통신) ", "기자 ", "사진=",
        "저작권자 ⓒ ", "다.", "‘", "▶", "※ ", "[앵커]", "무단 전재 ", "(끝)", "#",
    )),
)  # fmt: skip
VALUES = (
    None, True, 0, -1, 1e308, "", " ", "\u0000", "\ufffd", [], {}, [None], ["a", 1], [["a"]],
    {"name": "김가온"}, [{"name": None}], "9999-99-99", "2023-02-30", "가" * 10_000, "<p>" * 500,
    "a@" * 500, "김가온 기자 " * 300, "http://[", {"a": {"b": [1, {}]}},
)  # fmt: skip
