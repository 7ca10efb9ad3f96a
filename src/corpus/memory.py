"""How much memory may the making of an index take? What people write, in bytes.

It bounds what is held before it goes to disk, not the whole process: the interpreter, NumPy
and the articles on their way come on top.
"""

from __future__ import annotations

LEAST = 64 << 20  # below it, time goes into merging what was written in crumbs
_UNITS = {"K": 10, "M": 20, "G": 30}


def size(text: str) -> int:
    """A size as bytes: a number, or one with K, M or G (powers of 1024, an added B is fine).

    Raises ValueError, also below 64M.

    >>> size("512M"), size("2gb"), size("67108864")
    (536870912, 2147483648, 67108864)
    """
    plain = text.strip().upper().removesuffix("B")
    shift = _UNITS.get(plain[-1:], 0)
    number = plain[:-1] if shift else plain
    if not (number.isascii() and number.isdecimal()):
        raise ValueError(f"{text!r} is no size: write 512M, 2G or a number of bytes")
    memory = int(number) << shift
    enough(memory)
    return memory


def enough(memory: int | None) -> None:
    """Raises ValueError where `memory`, in bytes, is less than 64M; None is as much as usual."""
    if memory is not None and memory < LEAST:
        raise ValueError(f"{memory:,} bytes are too little to work in: at least 64M")
