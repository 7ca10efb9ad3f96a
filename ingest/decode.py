"""Which characters do these bytes stand for? The ones that decode, whatever was declared.

Korean pages lie about their charset: `euc-kr` stands on UTF-8 pages, and always
means CP949, its superset (뷁, 똠 have no place in EUC-KR proper). So: a byte order
mark, then UTF-16 if there are NULs and it can be read so, then strict UTF-8, then what was
declared, then CP949, then Johab, then UTF-8 or CP949, whichever gives fewer replacement
characters; cp1252 only where a server's default was declared and no Korean stands there.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpus.errors import ArticleRejected
from corpus.ingest.words import words


@dataclass(frozen=True)
class Decoded:
    """Text, the Python codec that gave it, and what had to be overcome.

    `repaired`: a charset was declared and another one was right. `damaged`: some
    bytes belong to no character and stand in the text as U+FFFD.
    """

    text: str
    encoding: str
    repaired: bool
    damaged: bool


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"BZh", "a bzip2 file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office or HWP document"),
    (b"HWP Document File", "an HWP document"),
    (b"ID3", "an MP3 sound file"),
    (b"OggS", "an Ogg sound file"),
)

# Every name by which Korean servers and editors mean CP949.
_KOREAN = words(
    "euc-kr euckr euc_kr cp949 ms949 uhc windows-949 x-windows-949 ksc5601 ks_c_5601 "
    "ks_c_5601-1987 ks_c_5601-1989 ksc_5601 ks_x_1001 ksx1001 korean iso-ir-149 "
    "cseuckr csksc56011987 949"
)
# Servers send these when nobody set a charset: they say nothing about a Korean page.
_DEFAULTS = frozenset({"iso8859-1", "cp1252", "ascii", "latin-1", "iso8859-15"})

_META = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.I)
_PROLOG = re.compile(rb"\A\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.I)
_SIGNS = frozenset("\r\n\t·ㆍ…“”‘’「」『』〈〉《》【】☎▲△▶◆■□○●※→ⓒ©°℃㎡㎞–—")
_HEAD = 16_384  # the meta of one press site stands after 9 kB of inlined style


def decode(data: bytes, *, declared: str | None = None, origin: str = "input") -> Decoded:
    """The text of `data`; `declared` is the charset of an HTTP header, if there was one.

    Raises ArticleRejected (at `origin`) for empty and for binary content.

    >>> decode("뷁".encode("cp949"), declared="euc-kr")
    Decoded(text='뷁', encoding='cp949', repaired=False, damaged=False)
    >>> decode("한국".encode(), declared="euc-kr").repaired
    True
    """
    found = _decode(data, declared, origin) if data.strip() else None
    if found is None or not found.text:  # a mark or an escape alone is no text either
        raise ArticleRejected(origin, None, "empty file")
    return found


def _decode(data: bytes, declared: str | None, origin: str) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, declared)
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise ArticleRejected(origin, None, f"looks like {what}, not text")
    nuls = data.count(0)
    if nuls:
        encoding_or_none = _utf16(data)
        if encoding_or_none:
            return _decoded(data, encoding_or_none, declared)
        if nuls * 1000 > len(data) and nuls > 2:
            raise ArticleRejected(origin, None, "looks like binary data (NUL bytes), not text")
        clean = _decode(data.replace(b"\0", b" "), declared, origin)
        return Decoded(clean.text, clean.encoding, clean.repaired, damaged=True)
    return _without_mark(data, declared)


def _without_mark(data: bytes, declared: str | None) -> Decoded:
    # Not one UTF-8 character can be CP949 by chance for long: a text of 30 Hangul
    # syllables in CP949 is never valid UTF-8.
    if b"\x1b$)C" not in data:
        try:
            return _sound(data.decode("utf-8"), "utf-8", data, declared)
        except UnicodeDecodeError:
            pass
    name = _codec(declared) or _codec(_declared_inside(data))
    if b"\x1b$)C" in data:
        name = "iso2022_kr"
    if name and name not in _DEFAULTS and name not in ("utf-8", "cp949"):
        text = _strict(data, name)
        if text is not None:
            return _sound(text, name, data, declared)
    text = _strict(data, "cp949")
    if text is not None and not (name in _DEFAULTS and not _mostly_korean(text)):
        return _sound(text, "cp949", data, declared)
    text = _strict(data, "johab")
    if text is not None and _mostly_korean(text):
        return _sound(text, "johab", data, declared)
    if name in _DEFAULTS and not _mostly_korean(data.decode("cp949", "replace")):
        loose = data.decode("utf-8", "replace")
        if loose.count("\ufffd") * 50 > len(loose):
            return _sound(data.decode("cp1252", "replace"), "cp1252", data, None)
    best = min(("utf-8", "cp949"), key=lambda codec: data.decode(codec, "replace").count("\ufffd"))
    return Decoded(data.decode(best, "replace"), best, _other(data, declared, best), damaged=True)


def _sound(text: str, encoding: str, data: bytes, declared: str | None) -> Decoded:
    return Decoded(text, encoding, _other(data, declared, encoding), damaged=False)


def _decoded(data: bytes, encoding: str, declared: str | None) -> Decoded:
    text = data.decode(encoding, "replace")
    damaged = "\ufffd" in text or "\0" in text
    return Decoded(text.replace("\0", " "), encoding, _other(data, declared, encoding), damaged)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _declared_inside(data: bytes) -> str | None:
    head = data[:_HEAD]
    found = _PROLOG.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else None


def _codec(name: str | None) -> str | None:
    """Python's name of a charset; None where it is unknown or no charset at all."""
    if not name:
        return None
    key = name.strip().strip("\"'").lower()
    if key in _KOREAN or key.replace("_", "-") in _KOREAN:
        return "cp949"
    try:
        found = codecs.lookup(key)
    except (LookupError, ValueError):
        return None
    # base64, rot13 and the like are codecs too
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _other(data: bytes, declared: str | None, used: str) -> bool:
    """Whether a charset was declared and `used` is not it (plain ASCII fits any)."""
    claims = [_codec(declared), _codec(_declared_inside(data))]
    wrong = any(claim and _family(claim) != _family(used) for claim in claims)
    return wrong and not data.isascii()


def _family(codec: str) -> str:
    return "utf" if codec.startswith("utf") else codec


def _mostly_korean(text: str) -> bool:
    beyond = [character for character in text[:20_000] if character > "\x7f"]
    hangul = sum("가" <= character <= "힣" for character in beyond)
    return hangul * 2 > len(beyond)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, in the order of bytes in which the text can be read.

    The NULs of spaces, digits and tags do not tell the order: the low byte of 대 is one, too.
    """
    if len(data) % 2:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        if _readable(data[:8192].decode(encoding, "replace")):
            return encoding if _strict(data, encoding) is not None else None
    return None


def _readable(text: str) -> bool:
    sample = text[:4096]
    known = sum(
        "가" <= character <= "힣" or " " <= character <= "~" or character in _SIGNS
        for character in sample
    )
    return known * 4 >= len(sample) * 3
