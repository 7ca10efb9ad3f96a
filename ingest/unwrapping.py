"""Which of these lines were cut at a fixed width, as wires and typewriters did it?

Lines of one width in a row, most of which end inside a sentence, are joined into paragraphs;
the sign is that the next word would not have fitted. Lists, tables and verse have lines of
many widths and stay. Where a line was cut at its last column, nothing says whether a space
stood there; the words of the text itself decide, else it was a word.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

_PARAGRAPH = re.compile(r"[ \u3000]{2,}\S|\t\S")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*\s*\Z|[)\]>]\s*\Z")
_WIDEST = 100  # columns; no wire or typewriter is wider


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
