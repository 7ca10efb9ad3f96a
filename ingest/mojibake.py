"""Was this text read in a wrong charset on its way, and what did it say?

Three mistakes make nearly all broken Korean: UTF-8 read as Latin-1 or cp1252 (once or twice),
CP949 read as these, and UTF-8 read as CP949. Each leaves runs of characters that hardly
occur otherwise and that, taken back to bytes, are sound text in the right charset. Only such
runs are read again, so one broken headline or paragraph among sound ones is found as well.
Where bytes were lost and more than one reading is possible, the text stays, and is flagged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import cast

REPAIRED, DAMAGED = "encoding", "mojibake"


def _latin_bytes() -> dict[str, int]:
    """Every character that a byte above 0x7F can have become under Latin-1 or cp1252."""
    found = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        character = bytes([byte]).decode("cp1252", "ignore")
        if character:
            found[character] = byte
    return found


_BYTES = _latin_bytes()
_LOST = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # cp1252 has no character for these: they become U+FFFD


def _class(low: int, high: int, extra: str = "") -> str:
    inside = "".join(character for character, byte in _BYTES.items() if low <= byte <= high)
    return f"[{re.escape(inside + extra)}]"


def _common() -> frozenset[str]:
    """The 2,350 syllables of KS X 1001, with which nearly all Korean is written."""
    rows = (bytes([lead, trail]) for lead in range(0xB0, 0xC9) for trail in range(0xA1, 0xFF))
    return frozenset(row.decode("euc_kr", "ignore") for row in rows) - {""}


COMMON = _common()

# UTF-8 read as Latin: two, three or four characters for each. U+FFFD stands for a lost byte.
_MORE = _class(0x80, 0xBF, "\ufffd")
_UTF8 = re.compile(
    f"(?:{_class(0xC2, 0xDF)}{_MORE}|{_class(0xE0, 0xEF)}{_MORE}{_MORE}"
    f"|{_class(0xF0, 0xF4)}{_MORE}{_MORE}{_MORE})+"
)
_QUOTE = re.compile("â(?:€|\x80)")  # how “ ” ‘ ’ … – begin, and nothing else
# CP949 read as Latin, a word of it: the second byte of rare syllables may be an ASCII letter.
_HIGH = _class(0x81, 0xFE)
_HIGH_WORD = re.compile(
    f"{_HIGH}(?:{_HIGH}|(?<={_class(0x81, 0xA0)})[A-Za-z]"
    f"|(?<={_class(0x81, 0xC6)})[A-Za-z](?={_HIGH}))*"
)
_ABOVE = re.compile("[\u00a1-\u00ff]")
# Syllables in use are two of these characters each, and side by side once ASCII is gone.
_HIGH_RUN = re.compile(_HIGH + "{6,}")
_DENSE = re.compile("[\u0080-\u009f\u00a1-\u00b6\u00b8-\u00ff\ufffd]{4}")
_HANGUL = re.compile("[가-힣]")
_STRONG = 3  # syllables in one run, or in sequence, that chance does not make
_RARE = 4  # different syllables beyond the 2,350: a text about 똠얌꿍 has one
_LONG = 80  # bytes; no Korean word is as long


def _hanja_leads() -> str:
    """The characters whose CP949 bytes can begin a Hangul syllable in UTF-8."""
    found = (bytes([lead, more]) for lead in range(0xEA, 0xEE) for more in range(0xA1, 0xC0))
    return "".join(pair.decode("cp949", "ignore") for pair in found)


_LEADS = frozenset(_hanja_leads() + "\ufffd")
# What is left of a run when the rest was read again.
_TRACE = "[\u0080-\u009f\u00a1-\u00b6\u00b8-\u00ff]"
_LEFT = re.compile(
    f"[가-힣]{_TRACE}|{_TRACE}(?:[가-힣]|{_TRACE})|(?<![A-Za-z])[\u00c0-\u00ff](?![A-Za-z])"
)
_ASCII = bytes(range(128))
_RUN = re.compile("[^\x00-\x7f]{2,}")
_GONE = re.compile("占쏙옙|\ufffd")  # the first is U+FFFD twice, read as CP949
_TRIGGER = re.compile(
    f"[\u0080-\u009f\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\ufffd占{_hanja_leads()}]"
)


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with its wrongly read runs read again, and what befell it.

    The flags are `encoding` where something was repaired and `mojibake` where damage is left.

    >>> repair("제목: ì„œìš¸, 5Â·18")
    ('제목: 서울, 5·18', ('encoding',))
    >>> repair("¼­¿ï½Ã°¡ ´Ù¸®¸¦ ³õ´Â´Ù. (»çÁø)")[0]
    '서울시가 다리를 놓는다. (사진)'
    >>> repair("Le président a été ému, °C, 5·18")
    ('Le président a été ému, °C, 5·18', ())
    """
    if text.isascii():
        return text, ()
    beyond = _beyond_ascii(text)
    if not _TRIGGER.search(beyond):
        return text, ()
    found, sure = text, True
    # Neighbours in the text are neighbours here: what is not here needs no look at the text.
    utf8 = _UTF8.search(beyond) and _UTF8.search("\n".join(_RUN.findall(text)))
    if utf8 or any(len(_ABOVE.findall(run)) >= 2 * _STRONG for run in _HIGH_RUN.findall(beyond)):
        # Either mistake makes a few runs that look like the other's.
        if _korean_pairs(text) > _hangul_runs(text):
            found, sure = _from_cp949(text)
            found = _from_utf8(found)
        else:
            found, sure = _from_cp949(_from_utf8(text))
    if found != text:
        beyond = _beyond_ascii(found)
    if leads := {*beyond} & _LEADS:
        found = _words_read_again(found, leads)
    if found == text:
        return text, (DAMAGED,) if _suspicious(text, beyond) else ()
    left = not sure or _suspicious(found, _beyond_ascii(found)) or _LEFT.search(found)
    return found, (REPAIRED, DAMAGED) if left else (REPAIRED,)


def _beyond_ascii(text: str) -> str:
    """The characters that are not ASCII: a tenth of a page, and a tenth of the time to search."""
    return text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "replace")


# ---------------------------------------------------------------- UTF-8 read as Latin


def _from_utf8(text: str) -> str:
    proven = False
    for _ in range(3):  # what was misread twice or three times
        readings = [(match, _reading(match[0])) for match in _UTF8.finditer(text)]
        # A run that proves itself lets short ones in the same text be read: a dot, an é.
        proven = proven or any(reading and _proves(reading, match) for match, reading in readings)
        if not proven or not readings:
            break
        before, text = text, _replaced(text, [pair for pair in readings if _usual(pair[1])])
        if text == before:
            break
    return text


def _hangul_runs(text: str) -> int:
    """The characters in runs that say Hangul in UTF-8."""
    runs = (match[0] for match in _UTF8.finditer(text))
    return sum(len(run) for run in runs if len(run) > 3 and _HANGUL.search(_reading(run)))


def _replaced(text: str, readings: Iterable[tuple[re.Match[str], str]]) -> str:
    parts, position = [], 0
    for match, reading in readings:
        if reading:
            parts += [text[position : match.start()], reading]
            position = match.end()
    return "".join([*parts, text[position:]])


def _usual(reading: str) -> bool:
    """Whether Korean text holds such characters: no alphabet between Latin and Hangul."""
    return all(each < "\u0180" or each >= "\u2000" or each in _BYTES for each in reading)


def _proves(reading: str, match: re.Match[str]) -> bool:
    """Whether a run can be nothing else: Hangul outside a Latin word, a quote, or many."""
    hangul = len(_HANGUL.findall(reading))
    if hangul >= 2 or _QUOTE.search(match[0]):
        return True
    if len(match[0]) >= 3 * _STRONG and all(character > "\u02ff" for character in reading):
        return True  # Hanja, kana or full-width signs
    before = match.string[match.start() - 1 : match.start()]
    return hangul == 1 and before not in _BYTES and not (before.isalpha() and before.isascii())


def _reading(run: str, depth: int = 3) -> str:
    """What a run says in UTF-8, read again where it was misread twice; "" where nothing sure."""
    text = _decoded([_BYTES.get(character) for character in run])
    if text and depth > 1 and _UTF8.search(text):
        again = _UTF8.sub(lambda match: _reading(match[0], depth - 1) or match[0], text)
        if _HANGUL.search(again):
            return again
    return text


def _decoded(data: Sequence[int | None]) -> str:
    """UTF-8 with lost bytes (None) filled in where one of the syllables in use fits alone."""
    known = [byte for byte in data if byte is not None]
    if len(known) == len(data):
        try:
            return bytes(known).decode()
        except UnicodeDecodeError:
            return ""
    out, at = [], 0
    while at < len(data):
        lead = data[at]
        assert lead is not None
        size = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        character = _character(tuple(data[at : at + size]))
        at += size
        if not character:
            return ""
        out.append(character)
    return "".join(out)


@lru_cache(maxsize=4096)  # a text has the same syllables again and again
def _character(piece: tuple[int | None, ...]) -> str:
    """What one character's bytes say; where some are lost, the one syllable in use that fits."""
    sure = None not in piece
    fitting = {
        bytes(cast(Sequence[int], filled)).decode("utf-8", "replace")
        for filled in ([piece] if sure else _filled(piece))
    }
    fitting = fitting - {"\ufffd"} if sure else fitting & COMMON
    return fitting.pop() if len(fitting) == 1 else ""


def _filled(piece: Sequence[int | None]) -> list[list[int]]:
    ways: list[list[int]] = [[]]
    for byte in piece:
        ways = [[*way, each] for way in ways for each in (_LOST if byte is None else (byte,))]
    return ways


# ---------------------------------------------------------------- CP949 read as Latin


def _from_cp949(text: str) -> tuple[str, bool]:
    """The text read again, and whether no byte had to be filled in."""
    if _korean_pairs(text) < 2 * _STRONG:
        return text, True
    # Quotes and dots of sound parts are characters of cp1252, too.
    words = [match for match in _HIGH_WORD.finditer(text) if _ABOVE.search(match[0])]
    readings = [(match, *_pairs(match[0])) for match in words]
    found = _replaced(text, [(match, reading) for match, reading, _ in readings])
    return found, all(sure for *_, sure in readings)


def _korean_pairs(text: str) -> int:
    """The characters in runs that are undoubtedly syllables in use, written in CP949."""
    found = 0
    for match in _HIGH_WORD.finditer(text):
        if len(match[0]) < 2 * _STRONG:
            continue
        reading, _ = _pairs(match[0])
        if sum(each in COMMON for each in reading) >= _STRONG and _is_korean(reading):
            found += len(match[0])
    return found


def _pairs(word: str) -> tuple[str, bool]:
    """What a word says in CP949, and whether that is sure: AD, a soft hyphen, is often lost."""
    data = bytes(_BYTES.get(character, ord(character)) for character in word)
    try:
        return data.decode("cp949"), True
    except UnicodeDecodeError:
        pass
    fitting = set()
    for at in range(1, len(data) + 1 if len(data) < _LONG else 0, 2):
        try:
            text = (data[:at] + b"\xad" + data[at:]).decode("cp949")
        except UnicodeDecodeError:
            continue
        if all(character in COMMON for character in text if character > "\x7f"):
            fitting.add(text)
    return (fitting.pop(), False) if len(fitting) == 1 else ("", False)


def _is_korean(text: str) -> bool:
    """Whether nearly all characters beyond ASCII are syllables in use."""
    beyond = [character for character in text if character > "\x7f"]
    return sum(character in COMMON for character in beyond) * 5 >= len(beyond) * 4


# ---------------------------------------------------------------- UTF-8 read as CP949


def _words_read_again(text: str, leads: Iterable[str]) -> str:
    """The text with those words read again that hold one of `leads`: an honest page has few
    (李, 原), and `find` passes over the rest fifty times faster than a pattern."""
    parts, done = [], 0
    for at in sorted([at for lead in leads for at in _places(text, lead)]):
        if at < done:
            continue  # in a word that was read
        start, end = at, at + 1
        while start > done and "\x80" <= text[start - 1] <= "\uffff":
            start -= 1
        while end < len(text) and "\x80" <= text[end] <= "\uffff":
            end += 1
        parts += [text[done:start], _unfolded(text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def _places(text: str, character: str) -> Iterator[int]:
    at = text.find(character)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)


def _unfolded(word: str) -> str:
    if len(word) < 2:
        return word
    data: list[int | None] = []
    for character in word:
        if character == "\ufffd":
            data.append(None)
            continue
        try:
            data += character.encode("cp949")
        except UnicodeEncodeError:
            return word
    text = _syllables(data)
    return text if len(text) >= 2 else word


def _syllables(data: Sequence[int | None]) -> str:
    """Three bytes a syllable; a lost first one where only one syllable in use fits."""
    if len(data) % 3:
        return ""
    out = []
    for at in range(0, len(data), 3):
        first, *rest = data[at : at + 3]
        fitting = set()
        for lead in (0xEA, 0xEB, 0xEC, 0xED) if first is None else (first,):
            if None not in rest:
                try:
                    character = bytes([lead, *(byte or 0 for byte in rest)]).decode()
                except UnicodeDecodeError:
                    continue
                if character in COMMON:
                    fitting.add(character)
        if len(fitting) != 1:
            return ""
        out.append(fitting.pop())
    return "".join(out)


# ---------------------------------------------------------------- what is left


def _suspicious(text: str, beyond: str) -> bool:
    """Whether signs of damage stand in the text that nothing could repair."""
    if _rare(beyond):
        return True
    if not (_GONE.search(beyond) or _DENSE.search(beyond)):
        return False
    return bool(_GONE.search(text) or _DENSE.search(text))


def _rare(text: str) -> bool:
    """Many syllables that nobody writes, as misread UTF-8 gives them."""
    if sum("가" <= character <= "힣" for character in {*text} - COMMON) < _RARE:
        return False
    hangul = _HANGUL.findall(text)
    rare = [character for character in hangul if character not in COMMON]
    return len(rare) * 20 >= len(hangul)
