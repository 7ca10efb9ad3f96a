"""What form is text stored in? NFC, nothing invisible, single spaces, lines by line feeds.

Every text passes here first, so that offsets, hashes and comparisons mean the same everywhere.
Clean text, which most is, costs three scans and comes back as the same object.
"""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
# Format characters that carry nothing a reader sees. U+2065 is unassigned and stays, and so do
# the joiners that make one picture of several (👩‍🚀).
_PICTURE = "\u2640\u2642\u2695\u2696\u2708\u2764\u27a1\u2194\u2195\U0001f000-\U0001faff"
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
    f"|(?<![{_PICTURE}\ufe0f])\u200d+|\u200d+(?![{_PICTURE}])"
)
# cp1252 read as Latin-1, or its numbers in HTML: no text means these controls.
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)  # not defined; U+0085 is a line break
}
_HALVED = re.compile("[\uffa0-\uffdc]+")
_CONTROLS = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
# Whatever the slow path would change, apart from composition: a break that is no line feed, an
# invisible or control character, a lone surrogate, a space that is no U+0020 or not alone.
_DIRTY = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2064"
    "\u2066-\u206f\u3000\ufeff\uffa0-\uffdc\ud800-\udfff]|  | \n|\n |\n\n"
)
REPLACEMENT = "\ufffd"


def text(raw: str) -> str:
    """The stored form: lines without their outer spaces, no empty line, joined by line feeds.

    >>> text("\\u1112\\u1161\\u11ab\\u1100\\u116e\\u11a8  뉴스\\r\\n\\u200b\\r\\n 둘째\\u00a0줄 ")
    '한국 뉴스\\n둘째 줄'
    """
    clean = raw if raw.isascii() else unicodedata.normalize("NFC", raw)
    if not _DIRTY.search(clean) and clean == clean.strip():
        return clean
    # Twice: taking out what stands between two joiners can leave one that joins nothing.
    clean = _INVISIBLE.sub("", _INVISIBLE.sub("", _BREAKS.sub("\n", clean)))
    clean = clean.translate(_CP1252)
    if _HALVED.search(clean):
        from corpus.halfwidth import composed

        clean = _HALVED.sub(lambda match: composed(match[0]), clean)
    clean = _SURROGATES.sub(REPLACEMENT, _CONTROLS.sub(" ", clean))
    # Taking out a character between two others can let them compose.
    clean = unicodedata.normalize("NFC", clean)
    return "\n".join(filter(None, (" ".join(piece.split()) for piece in clean.split("\n"))))


def line(raw: str) -> str:
    """The stored form on one line, for titles and names.

    >>> line("'AI 최강자'\\n네이버")
    "'AI 최강자' 네이버"
    """
    return text(raw).replace("\n", " ")


def lines(raw: str) -> list[str]:
    """The stored form line by line; empty text has no lines."""
    clean = text(raw)
    return clean.split("\n") if clean else []


def damaged(raw: str) -> bool:
    """Whether normalising replaces something: a lone surrogate, half of a broken character."""
    return not raw.isascii() and _SURROGATES.search(raw) is not None
