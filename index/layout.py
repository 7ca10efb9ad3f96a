"""What do the arrays of a segment count by? The numbers and names that all of them share.

Light on purpose: what answers a search takes it from here, and loads nothing that writes.
"""

from __future__ import annotations

from typing import Protocol

from corpus.index.arrays import Array

FIELDS = ("title", "subtitle", "body")
# A note is kept as a value, since few articles have one and many have the same.
VALUE_FIELDS = ("publisher", "section", "reporter", "email", "url", "note")
SHOWN_FIELDS = ("publisher", "section", "reporter")  # their values are listed as written

WEIGHTS = (3, 2, 1)  # of an occurrence in title, subtitle, body
UNDATED = -(1 << 62)  # the time of publication of an article that has none
LONE = 0  # the second unit of the term of a character that is a run of its own

# From an offset in the text to its article is a look-up by block (`blocks`): a block lies in
# one field of one article.
BLOCK_BITS = 5
BLOCK = 1 << BLOCK_BITS  # units
MOST_ARTICLES = 1 << 24  # of a segment


class Arrays(Protocol):
    """The arrays of one segment by name: a dict of them, or an ArrayFile."""

    def __getitem__(self, name: str, /) -> Array: ...

    def __contains__(self, name: object, /) -> bool: ...
