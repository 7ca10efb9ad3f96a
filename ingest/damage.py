"""What befell this text on its way? CP949 read as Latin, tags left in it, lines cut at a width.

Each is undone only where it shows beyond doubt, since a text mended wrongly is worse than
one that shows its damage.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

_LATIN = re.compile("[\u00a1-\u00ff]")
_HANGUL = re.compile("[가-힣]")
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|td|h[1-6]|section|figure|table)\b[^<>]{0,300}/?>", re.I)
_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|font|img|sup|sub)(?:\s[^<>]{0,400})?/?>", re.I
)
_PARAGRAPH = re.compile(r"[ \u3000]{2,}\S|\t\S")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*\s*\Z|[)\]>]\s*\Z")
_WIDEST = 100  # columns; no wire or typewriter is wider


def mend(text: str, *, tags: bool = True) -> tuple[str, tuple[str, ...]]:
    """The text without damage that can be undone, and the flags that say what was there.

    `tags` says whether HTML in it is damage; in a file that was named a text it is not.
    """
    text, flags = _reread(text)
    if tags and "<" in text:
        text = _untagged(text)
    return unwrap(text), flags


def _reread(text: str) -> tuple[str, tuple[str, ...]]:
    """CP949 bytes that somebody read as Latin-1: many letters above U+00A0, hardly a Hangul."""
    latin = len(_LATIN.findall(text))
    if latin < 8 or latin * 4 < len(text) or len(_HANGUL.findall(text)) * 10 > latin:
        return text, ()
    data = bytearray()
    for character in text:
        for codec in ("latin-1", "cp1252"):
            try:
                data += character.encode(codec)
            except UnicodeEncodeError:
                continue
            break
        else:
            data += b"?"
    read = bytes(data).decode("cp949", "replace")
    good = len(_HANGUL.findall(read))
    return (read, ("mojibake",)) if good * 3 > latin else (text, ("mojibake",))


def _untagged(text: str) -> str:
    """A body that was delivered as HTML, as lines."""
    if len(_BLOCK_TAG.findall(text)) >= 2:
        from corpus.ingest.lines import lines_of
        from corpus.ingest.tree import NoTree, parse

        try:
            found = lines_of(parse(text))
        except NoTree:
            return text
        return "\n".join(found.lines) or text
    return _INLINE_TAG.sub("", text)


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def unwrap(text: str) -> str:
    """Lines that were cut at a fixed width, joined again into paragraphs.

    >>> lines = "    가나다라마바사아자차카\\n타파하 갔다.\\n    둘째 문단이다. 길게 쓴\\n다."
    >>> print(unwrap(f"{lines}\\n    셋째 문단도 이렇게 길\\n다."))
    가나다라마바사아자차카타파하 갔다.
    둘째 문단이다. 길게 쓴다.
    셋째 문단도 이렇게 길다.
    """
    lines = re.split(r"\r\n|\r|\n", text)
    filled = [line for line in lines if line.strip()]
    indented = sum(_PARAGRAPH.match(line) is not None for line in filled)
    if len(filled) < 5 or indented < 2 or max(map(len, filled)) > _WIDEST:
        return text
    widths = sorted(_columns(line.rstrip()) for line in filled)
    width = widths[-1]
    open_ends = [
        line
        for line, below in itertools.pairwise(lines)
        if line.strip() and below.strip() and not _PARAGRAPH.match(below)
    ]
    full = sum(_columns(line.rstrip()) >= width - 8 for line in open_ends)
    cut = sum(not _SENTENCE_END.search(line) for line in open_ends)
    if width > _WIDEST or full < 2 or cut < 2:
        return text
    out: list[str] = []
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
            continue
        previous = out[-1] if out else ""
        long_enough = _columns(previous.rsplit("\n", 1)[-1].rstrip()) >= width - 8
        if fresh or _PARAGRAPH.match(line) or not long_enough:
            out.append(line)
        else:
            # A cut inside a word leaves the line full to its last column.
            glue = "" if _ends_full(previous, width) and not _both_latin(previous, line) else " "
            out[-1] = f"{previous}\n{glue}{line.strip()}"
        fresh = False
    return "\n".join(paragraph.replace("\n", "").strip() for paragraph in out)


def _ends_full(previous: str, width: int) -> bool:
    last = previous.rsplit("\n", 1)[-1]
    return not last.endswith(" ") and _columns(last.rstrip()) >= width - 1


def _both_latin(previous: str, line: str) -> bool:
    before, after = previous.rstrip()[-1:], line.strip()[:1]
    return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
