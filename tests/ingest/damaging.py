"""What befalls Korean text on its way into an archive? Each known damage, done to sound text.

A damage gives what arrives, as text or as bytes; sound text comes back from it, or the
article is flagged. Random places come from the generator given, so that runs repeat.
"""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections.abc import Callable

from corpus import normal
from corpus.ingest.damage import mend
from corpus.ingest.decode import decode

Damage = Callable[[str, random.Random], str | bytes | None]
WINDOWS = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # bytes without a character in cp1252


def cp1252(data: bytes, lost: str | None = None) -> str:
    """As browsers read cp1252; `lost` stands for the five bytes that it does not define."""
    return "".join(
        chr(byte)
        if byte in WINDOWS and lost is None
        else (lost or "")
        if byte in WINDOWS
        else bytes([byte]).decode("cp1252")
        for byte in data
    )


def in_cp949(text: str) -> bytes | None:
    """The text in CP949, None where it cannot be."""
    try:
        return text.encode("cp949")
    except UnicodeEncodeError:
        return None


def _of_cp949(how: Callable[[bytes], str]) -> Damage:
    def damage(text: str, _: random.Random) -> str | None:
        data = in_cp949(text)
        return None if data is None else how(data)

    return damage


def lead_lost(text: str, choose: random.Random) -> bytes | None:
    """CP949 with the first byte of one syllable gone."""
    places = [at for at, each in enumerate(text) if "가" <= each <= "힣"]
    if in_cp949(text) is None or not places:
        return None
    at = choose.choice(places)
    return text[:at].encode("cp949") + text[at].encode("cp949")[1:] + text[at + 1 :].encode("cp949")


def credit_marked(text: str, _: random.Random) -> str:
    """A thin space before a credit became a question mark."""
    return f"{text}\n?ⓒ 한빛일보"


def inserted(character: str) -> Damage:
    """A character that nobody sees, at three places."""

    def damage(text: str, choose: random.Random) -> str:
        for _ in range(3):
            at = choose.randrange(len(text) + 1)
            text = text[:at] + character + text[at:]
        return text

    return damage


def one_lost(text: str, choose: random.Random) -> str:
    """One syllable became U+FFFD."""
    at = choose.randrange(len(text))
    return f"{text[:at]}\ufffd{text[at + 1 :]}"


def spaces_lost(text: str, _: random.Random) -> str | None:
    """All spaces of a text of many sentences gone."""
    return re.sub(r"\s", "", text * (1 + 400 // len(text)))


def compatible(text: str, _: random.Random) -> str | None:
    """Hanja as Korean systems of old numbered them."""
    pairs = {"李": "\uf9e1", "金": "\uf90a", "北": "\uf963", "女": "\uf981", "六": "\uf9d1"}
    damaged = "".join(pairs.get(each, each) for each in text)
    return damaged if damaged != text else None


def halved(text: str, _: random.Random) -> str:
    """Hangul as half-width jamo."""
    wide = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0xFFA1, 0xFFDD)}
    finals = {}
    for code in range(0xFFA1, 0xFFBF):
        letter = unicodedata.decomposition(chr(code)).split()[-1]
        name = unicodedata.name(chr(int(letter, 16))).split()[-1]
        for jamo in range(0x11A8, 0x11C3):
            if unicodedata.name(chr(jamo)).split()[-1] == name:
                finals[chr(jamo)] = chr(code)
    letters = unicodedata.normalize("NFD", text)
    return "".join(finals.get(each) or wide.get(each) or each for each in letters)


def _columns(text: str) -> int:
    return sum(2 if character > "\u0fff" else 1 for character in text)


def by_characters(paragraph: str, width: int = 60, indent: int = 4) -> list[str]:
    """As old wires cut: wherever the line is full; spaces at the cut stay."""
    lines, line = [], " " * indent
    for character in paragraph:
        if _columns(line) + _columns(character) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def by_words(paragraph: str, width: int = 60) -> list[str]:
    """As mail programs cut: before the word that does not fit."""
    lines, line = [], ""
    for word in paragraph.split():
        if line and _columns(f"{line} {word}") > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


EXACT: dict[str, Damage] = {
    "UTF-8 read as Latin-1": lambda text, _: text.encode().decode("latin-1"),
    "UTF-8 read as cp1252": lambda text, _: cp1252(text.encode()),
    "UTF-8 read as cp1252, twice": lambda text, _: cp1252(cp1252(text.encode()).encode()),
    "CP949 read as Latin-1": _of_cp949(lambda data: data.decode("latin-1")),
    "CP949 read as cp1252": _of_cp949(cp1252),
    "UTF-8 declared euc-kr": lambda text, _: f'<meta charset="euc-kr">{text}'.encode(),
    "CP949 declared utf-8": lambda text, _: in_cp949(f'<meta charset="utf-8">{text}'),
    "UTF-16 LE with mark": lambda text, _: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE with mark": lambda text, _: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 LE without mark": lambda text, _: text.encode("utf-16-le"),
    "UTF-16 BE without mark": lambda text, _: text.encode("utf-16-be"),
    "NFD": lambda text, _: unicodedata.normalize("NFD", text),
    "zero-width spaces": inserted("\u200b"),
    "zero-width joiners": inserted("\u200d"),
    "soft hyphens": inserted("\u00ad"),
    "byte order marks inside": inserted("\ufeff"),
    "control characters at spaces": lambda text, _: text.replace(" ", " \x01"),
    "no-break spaces": lambda text, _: text.replace(" ", "\u00a0"),
    "ideographic spaces": lambda text, _: text.replace(" ", "\u3000"),
    "entities": lambda text, _: html.escape(text.replace("“", '"').replace("”", '"')),
    "entities twice": lambda text, _: html.escape(html.escape(text)),
    "numbers of cp1252": lambda text, _: text.replace("“", "\x93").replace("”", "\x94"),
    "compatibility ideographs": compatible,
    "half-width jamo": halved,
    "question mark before a credit": credit_marked,
}
"""Damage that can be undone."""

LOSSY: dict[str, Damage] = {
    "UTF-8 read as cp1252, five bytes lost": lambda text, _: cp1252(text.encode(), "\ufffd"),
    "UTF-8 read as cp1252, five bytes dropped": lambda text, _: cp1252(text.encode(), ""),
    "CP949 read as cp1252, five bytes lost": _of_cp949(lambda data: cp1252(data, "\ufffd")),
    "CP949 read as Latin-1, 80-9F and AD dropped": _of_cp949(
        lambda data: re.sub("[\u0080-\u009f\u00ad]", "", data.decode("latin-1"))
    ),
    "UTF-8 read as CP949": lambda text, _: text.encode().decode("cp949", "replace"),
    "UTF-8 read as CP949, lost as ?": lambda text, _: (
        text.encode().decode("cp949", "replace").replace("\ufffd", "?")
    ),
    "U+FFFD read as CP949": lambda text, choose: one_lost(text, choose).replace("\ufffd", "占쏙옙"),
    "first byte of a syllable lost": lead_lost,
    "a syllable lost": one_lost,
    "all spaces lost": spaces_lost,
}
"""Damage of which something may stay; then it must be flagged."""

MARKS = {"mojibake", "no-spaces"}


def arrived(damaged: str | bytes) -> tuple[str, set[str]]:
    """What the rules make of it: the text in its stored form, and the flags that warn."""
    flags: set[str] = set()
    if isinstance(damaged, bytes):
        found = decode(damaged)
        flags |= {"mojibake"} if found.damaged else set()
        damaged = re.sub(r"\A<meta[^>]*>", "", found.text)
    text, told = mend(damaged, tags=False)
    return normal.text(text), (flags | set(told)) & MARKS


def outcome(kind: str, text: str, choose: random.Random) -> str | None:
    """exact, flagged or wrong; None where this damage cannot befall this text."""
    damaged = {**EXACT, **LOSSY}[kind](text, choose)
    if damaged is None:
        return None
    found, flags = arrived(damaged)
    wanted = normal.text(text)
    if kind == "question mark before a credit":
        wanted += "\nⓒ 한빛일보"
    elif kind == "numbers of cp1252":
        wanted = normal.text(text)
    elif kind == "entities":
        wanted = normal.text(text.replace("“", '"').replace("”", '"'))
    if found == wanted:
        return "exact"
    return "flagged" if flags else "wrong"
