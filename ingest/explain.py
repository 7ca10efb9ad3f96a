"""Which rule decided what? A list of decisions, kept only while somebody asks for it.

A page takes dozens of decisions. Whoever wants to see them opens `collecting`; without it
`note` costs a look at one variable, so the code that decides says what it did in place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """A field of the record, the value taken for it, and the rule with where it looked."""

    field: str
    value: str
    rule: str


_decisions: ContextVar[list[Decision] | None] = ContextVar("decisions", default=None)


@contextmanager
def collecting() -> Iterator[list[Decision]]:
    """Collect what is decided inside the block, in order.

    >>> with collecting() as found:
    ...     note("title", "갯벌의 하루", "meta og:title")
    >>> found[0].rule
    'meta og:title'
    """
    found: list[Decision] = []
    token = _decisions.set(found)
    try:
        yield found
    finally:
        _decisions.reset(token)


def active() -> bool:
    """Whether somebody is collecting."""
    return _decisions.get() is not None


def note(field: str, value: object, rule: str) -> None:
    """Say that `rule` gave `value` for `field`; an empty value is no decision."""
    found = _decisions.get()
    if found is not None and value:
        found.append(Decision(field, str(value), rule))
