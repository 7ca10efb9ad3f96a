"""Which of these lines were cut at a fixed width, as wires and typewriters did it?

Those after which the next word would not have fitted, in a text whose sentences end inside
lines as well; such lines are joined into paragraphs. Lists, tables and verse have lines that
end early, or sentences that end with them, and stay. Where a line was cut at its very last
column nothing says whether a space stood there; the words of the text itself decide, else
it was inside a word. The price: one look at the longest line of nearly every text.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_INDENT = re.compile(r"[ \u3000]{2,}\S|\t\S|\u3000\S")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*\s*\Z|[)\]>]\s*\Z")
_INSIDE = re.compile(r"[가-힣][.?!][”\"’']?\s+\S")  # a sentence that ends inside a line
_BULLET = re.compile(
    r"\s*(?:[▲△▶▷◆◇■□●○※☞◈▣•·ㆍ*-]|\(?\d{1,2}[.)]\s|[①-⑳]|[가나다라마바사아자차카타파하]\)\s)"
)
_CELLS = re.compile(r"\S(?:\t| {3,})\S")
_ASCII, _HANGUL = re.compile(r"[\x00-\x7f]+"), re.compile("[가-힣]+")
_WIDEST, _NARROWEST = 100, 40  # columns; no wire or typewriter is wider, no verse so wide
_FEWEST, _LONGER = 5, 3  # lines


@dataclass(frozen=True, slots=True)
class _Joint:
    """Between two lines: `tight` where the next word would not have fitted, `cut` where a
    sentence goes on, `full` where the line is full to its last column."""

    tight: bool
    cut: bool
    full: bool


_Joints = list[_Joint | None]


def unwrap(text: str) -> str:
    """Lines that were cut at a fixed width, joined again into paragraphs; else the text itself."""
    if text.count("\n") + text.count("\r") < _FEWEST - 1:
        return text
    lines = re.split(r"\r\n|\r|\n", text) if "\r" in text else text.split("\n")
    filled = [line for line in lines if line.strip()]
    longer = [len(line) for line in filled if len(line) > _WIDEST]
    if len(filled) < _FEWEST or len(longer) > _LONGER or sum(longer) * 2 > len(text):
        return text  # most texts: their paragraphs are whole
    if any(map(_CELLS.search, filled)):
        return text
    joints = max(_readings(lines), key=_evidence, default=[])
    cut = [each for each in joints if each and each.cut]
    both = zip(lines, joints, strict=False)
    tight = [line for line, each in both if each and each.cut and each.tight]
    if len(tight) < 2 or len(cut) - len(tight) > max(1, len(tight) // 4):
        return text
    if not _is_prose(lines, "".join(tight)):
        return text
    in_words = 2 * sum(each.full for each in cut if each.tight) >= len(tight)
    # Where one space at a cut was kept, all were.
    pairs = zip(lines, lines[1:], joints, strict=False)
    kept = any(a.endswith(" ") or b.startswith(" ") for a, b, each in pairs if each and each.tight)
    words = (
        frozenset() if kept else frozenset(each for line in lines for each in line.split()[1:-1])
    )
    out: list[str] = []
    for number, line in enumerate(lines):
        joint = joints[number - 1] if number else None
        if not line.strip():
            continue
        if joint is None or not joint.tight or not out:
            out.append(line.strip())
        else:
            glue = _glue(lines[number - 1], line, words) if in_words else " "
            out[-1] = f"{out[-1]}{glue}{line.strip()}"
    return "\n".join(out)


def _evidence(joints: _Joints) -> int:
    """How much speaks for a width: the cuts that had to be less those that had not."""
    return sum(1 if each.tight else -1 for each in joints if each and each.cut)


def _readings(lines: list[str]) -> Iterator[_Joints]:
    """What stands between the lines for each width at which they may have been cut: that of the
    longest, or of one of the next where some are longer, as headlines and links are.

    Quotes and dots take two columns on Korean systems and one on others.
    """
    for wide in ("WF", "WFA"):
        columns = [_columns(line.rstrip(), wide) for line in lines]
        longest = sorted(columns, reverse=True)[: _LONGER + 1]
        for width in dict.fromkeys(longest):
            if _NARROWEST <= width <= _WIDEST:
                yield [
                    _joint(lines[at : at + 2], columns[at : at + 2], width, wide)
                    for at in range(len(lines) - 1)
                ]


def _joint(pair: list[str], columns: list[int], width: int, wide: str) -> _Joint | None:
    """None where a paragraph or an item of a list ends for sure."""
    line, below = pair
    if not line.strip() or not below.strip() or _INDENT.match(below) or _BULLET.match(below):
        return None
    if max(columns) > width:
        return None
    word = _columns(below.split(None, 1)[0], wide)
    tight = columns[0] + 1 + word > width and columns[0] * 3 > width * 2
    return _Joint(tight, _SENTENCE_END.search(line) is None, columns[0] >= width - 1)


def _is_prose(lines: list[str], cut: str) -> bool:
    """Whether sentences end inside lines, or paragraphs are set off, with few digits among them."""
    if sum(map(str.isdigit, cut)) * 5 > len(cut):
        return False  # a table
    inside = sum(_INSIDE.search(line.strip()) is not None for line in lines)
    indented = sum(_INDENT.match(line) is not None for line in lines)
    groups = itertools.groupby(lines, key=lambda line: bool(line.strip()))
    set_off = sum(len(list(group)) > 1 for filled, group in groups if filled)
    return inside >= 2 or indented >= 2 or set_off >= 3


def _glue(line: str, below: str, words: frozenset[str]) -> str:
    """What stood between a line cut at its last column and the next: a space or nothing.

    `words` are those inside the lines of the text, none where spaces were kept at the cuts.
    """
    if line[-1:].isspace() or below[:1].isspace():
        return " "
    if not words:
        return ""
    before, after = line.split()[-1], below.split(None, 1)[0]
    if before[-1].isascii() and after[0].isascii():
        return " " if before[-1].isalnum() and after[0].isalnum() else ""
    if before + after in words:
        return ""
    apart = _SENTENCE_END.search(before) or (before in words and after in words)
    return " " if apart else ""


def _columns(line: str, wide: str) -> int:
    beyond = _ASCII.sub("", line)
    signs = _HANGUL.sub("", beyond)  # few: only of these the widths are looked up
    hangul = len(beyond) - len(signs)
    return len(line) + hangul + sum(unicodedata.east_asian_width(each) in wide for each in signs)
