"""How are tables of words written? As one string of words, which reads better than quoted lists."""

from __future__ import annotations


def words(table: str) -> frozenset[str]:
    """The words of a table, separated by white space.

    >>> sorted(words("p div"))
    ['div', 'p']
    """
    return frozenset(table.split())
