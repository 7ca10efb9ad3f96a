"""How does text reach a reader: coloured, marked, counted, paged when it is long?

Text for people is printed line by line; only on a terminal, and only when it does not
fit the screen, it goes through the pager ($PAGER, empty or `cat` for none).
"""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Literal

import click

_MARK = ("\x1b[1;31m", "\x1b[0m")  # what grep and ripgrep do to a match
_DIM = ("\x1b[2m", "\x1b[0m")

Span = tuple[int, int]


def page(lines: Iterable[str]) -> None:
    """Print lines on stdout, through a pager if it is a terminal and they overflow it."""
    if not (sys.stdout.isatty() and sys.stdin.isatty()) or no_pager():
        for line in lines:
            sys.stdout.write(line + "\n")
        return
    source = iter(lines)
    height = _terminal("LINES", 24)
    first = list(itertools.islice(source, height))
    if len(first) < height:
        sys.stdout.write("".join(line + "\n" for line in first))
        return
    # -F leaves at once what fits, -R passes colour, -X keeps the text on the screen.
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager((line + "\n" for line in itertools.chain(first, source)), color=True)


def _terminal(name: Literal["COLUMNS", "LINES"], otherwise: int) -> int:
    # As shutil.get_terminal_size does it, which brings three compressors along.
    told = os.environ.get(name, "")
    if told.isdecimal() and int(told):
        return int(told)
    try:
        size = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        return otherwise
    return (size.columns if name == "COLUMNS" else size.lines) or otherwise


def no_pager() -> bool:
    """Whether $PAGER says that there shall be none."""
    return os.environ.get("PAGER", "less").strip() in ("", "cat")


def terminal_columns() -> int:
    """Columns to draw in: 80 in a pipe, the terminal's between 60 and 120 otherwise."""
    if not sys.stdout.isatty():
        return 80
    return min(120, max(60, _terminal("COLUMNS", 80)))


def marked(text: str, marks: Sequence[Span], *, color: bool) -> str:
    """The text with its marks in colour, or in brackets; touching marks become one.

    >>> marked("대규모 인공지능 연구", [(4, 6), (6, 8)], color=False)
    '대규모 [인공지능] 연구'
    """
    before, after = _MARK if color else ("[", "]")
    parts = []
    position = 0
    for start, end in merged(marks):
        parts += [text[position:start], before, text[start:end], after]
        position = end
    return "".join([*parts, text[position:]])


def merged(marks: Sequence[Span]) -> list[Span]:
    """Marks in order, overlapping and touching ones as one."""
    result: list[Span] = []
    for start, end in sorted(marks):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def dim(text: str, *, color: bool) -> str:
    """Text of second rank: faint where there is colour."""
    return f"{_DIM[0]}{text}{_DIM[1]}" if color else text


def articles(number: int) -> str:
    """A number of articles, in words.

    >>> articles(1), articles(4218)
    ('1 article', '4,218 articles')
    """
    return counted(number, "article")


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def sized(number: int) -> str:
    """A number of bytes as people read it.

    >>> sized(512), sized(1_530_000)
    ('512 bytes', '1.5 MB')
    """
    if number < 1000:
        return f"{number} bytes"
    size = float(number)
    for unit in ("kB", "MB", "GB"):
        size /= 1000
        if size < 1000:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:.1f} TB"


def table(rows: Iterable[tuple[str, str]]) -> Iterable[str]:
    """Names and values in two columns; names are ours, and ASCII."""
    pairs = list(rows)
    width = max((len(name) for name, _ in pairs), default=0)
    return (f"{name:<{width}}  {value}".rstrip() for name, value in pairs)
