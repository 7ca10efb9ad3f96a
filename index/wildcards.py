"""Where does a word stand of which some characters are open: 검?대, 인*능, 20?1?

A `?` is exactly one character that is no white space. A `*` inside a word is any number of
them, none included; the stars of one word stand for MOST_BETWEEN characters together at most.
From each place where the word can begin, the match is the shortest one.

The word is a row of blocks with a star between each two of them; a block is text with holes,
of one length. In a shortest match every block stands at the first place behind the one before
it: if any row of blocks reaches an end, the row of first places reaches one that is no later.
So two blocks are joined by one binary search for all places at once, in arrays no longer
than the places of a block. The same in the text of one article, with lists instead of arrays.

The outer edges follow the rule for words: Latin letters and digits are whole runs there, as
in Ne?rIPS; where a `?` or `*` stands beside them, their run may go on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus.index import characters
from corpus.index.characters import (
    FIRST_WHOLE,
    FOLD,
    LINE_FEED,
    MARK,
    NONE,
    SEPARATOR,
    SPACE,
    fold,
    kind_within,
)
from corpus.index.find import find, plan, with_astral
from corpus.index.query import Pattern, Span, Varying
from corpus.index.view import SegmentView

I64 = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

MOST_BETWEEN = 30  # characters that the stars of a word stand for
MOST_SIGNS = 20  # of ? and * in a word

_SIGNS = re.compile(r"([?*]+)")


class Block(NamedTuple):
    """Text with holes: `pieces` (offset, folded text) in `length` characters."""

    pieces: tuple[tuple[int, str], ...]
    length: int


class Wild(NamedTuple):
    """A word with open characters; `left_edge`, `right_edge` as those of a Pattern."""

    blocks: tuple[Block, ...]
    left_edge: bool
    right_edge: bool

    @property
    def longest(self) -> str:
        """The longest text without signs, which every match holds."""
        return max([text for block in self.blocks for _, text in block.pieces], key=len)


def wild(stem: str, *, begins: bool = False, ends: bool = False) -> Wild | None:
    """The word `stem`, which neither begins nor ends with a star; with a star before it
    (`ends`) or behind it (`begins`). None where it holds nothing but signs.

    A star beside a ? at either end of the word adds nothing to a shortest match.

    >>> wild("a*i")
    Wild(blocks=(Block(pieces=((0, 'a'),), length=1), Block(pieces=((0, 'i'),), length=1)), \
left_edge=True, right_edge=True)
    >>> wild("검?대").blocks, wild("가*?") == wild("가?")
    ((Block(pieces=((0, '검'), (2, '대')), length=3),), True)
    """
    parts = _SIGNS.split(fold(stem))
    if not any(parts[::2]):
        return None
    blocks: list[Block] = []
    pieces: list[tuple[int, str]] = []
    length = 0
    for number, part in enumerate(parts):
        if number % 2 == 0:
            if part:
                pieces.append((length, part))
                length += len(part)
            continue
        length += part.count("?")
        inside = pieces and any(parts[number + 1 :: 2])
        if "*" in part and inside:
            blocks.append(Block(tuple(pieces), length))
            pieces, length = [], 0
    blocks.append(Block(tuple(pieces), length))
    # A hole has the kind of whatever stands there: its edge is looked at in the text.
    first = characters.kinds_of(parts[0])[0] if parts[0] else None
    last = characters.kinds_of(parts[-1])[-1] if parts[-1] else None
    if len(parts) > 1:
        # So is that of marks on a hole, and of a mark on whatever stands before the match.
        if characters.kind_of(parts[0][:1] or " ") == MARK:
            first = None
        if all(characters.kind_of(one) == MARK for one in parts[-1]):
            last = None
    left = begins or (first is not None and first >= FIRST_WHOLE and not ends)
    right = ends or (last is not None and last >= FIRST_WHOLE and not begins)
    return Wild(tuple(blocks), left and first != NONE, right and last != NONE)


class Wildcard(Varying):
    """A word with open characters, as a leaf of the tree."""

    __slots__ = ("wild",)

    def __init__(self, wild: Wild, fields: Sequence[int], shown: str) -> None:
        super().__init__(wild, fields, shown)
        self.wild = wild

    def stretches(self, view: SegmentView) -> tuple[I64, I64]:
        """(starts, lengths) of the matches in a segment, ascending."""
        return find_wild(self.wild, view)

    def spans(self, text: str) -> list[Span]:
        """(start, end) of the matches in the text of one field, ascending."""
        return wild_spans(self.wild, text)


# in a segment


def find_wild(word: Wild, view: SegmentView) -> tuple[I64, I64]:
    """(starts, lengths) of the matches in the segment's text, ascending, deleted articles
    included."""
    first, *others = word.blocks
    starts = _places(first, view, left=word.left_edge, right=word.right_edge and not others)
    ends = starts + first.length
    between = np.zeros(len(starts), np.int64)
    for number, block in enumerate(others, 1):
        right = word.right_edge and number == len(others)
        there = _places(block, view, left=False, right=right)
        place = there.searchsorted(ends)
        begin = there.take(place, mode="clip") if len(there) else ends
        between += begin - ends
        keep = (place < len(there)) & (between <= MOST_BETWEEN)
        starts, between, begin, ends = starts[keep], between[keep], begin[keep], ends[keep]
        within = _without_white(ends, begin, view)
        starts, between, ends = starts[within], between[within], begin[within] + block.length
    return starts, ends - starts


def _places(block: Block, view: SegmentView, *, left: bool, right: bool) -> I64:
    """Where a block begins; `left`, `right`: whether it must begin or end a run there."""
    pieces = block.pieces
    base = max(range(len(pieces)), key=lambda number: len(pieces[number][1]))
    offset, text = pieces[base]
    # Marks that stand on nothing here have no kind: their edge is looked at in the text, too.
    kinds = characters.kinds_of(text)
    opens = left and base == 0 and offset == 0 and kinds[0] != NONE
    closes = right and offset + len(text) == block.length and kinds[-1] != NONE
    at = find(Pattern(text, opens, closes), view) - offset
    at = at[(at >= 0) & (at + block.length <= len(view.text))]
    for number, (offset, text) in enumerate(pieces):
        if number != base:
            at = _holding(text, offset, at, view)
    covered = {place for offset, text in pieces for place in range(offset, offset + len(text))}
    for place in range(block.length):
        if place not in covered:
            at = at[~_white(view.text.take(at + place))]
    if left and not opens:
        at = at[_edge(at, at - 1, view)]
    if right and not closes:
        last = at + (block.length - 1)
        at = at[_edge(last, last + 1, view)]
    return at


def _holding(text: str, offset: int, at: I64, view: SegmentView) -> I64:
    """Those of the places that have `text` at `offset`."""
    known = plan(Pattern(text, left_edge=False, right_edge=False))
    for place, unit in enumerate(known.units, offset):
        at = at[FOLD.take(view.text.take(at + place)) == unit]
    for place, code in known.astral.items():
        at = with_astral(at, offset + place, code, view)
    return at


def _edge(inner: I64, outer: I64, view: SegmentView) -> Mask:
    """Whether the run of `inner` ends before `outer`, which stands beside it."""
    kind = characters.kind_at(view.text, inner)
    return (kind == NONE) | (kind != characters.kind_at(view.text, outer))


def _white(units: npt.NDArray[np.uint16]) -> Mask:
    return (units == SPACE) | (units == LINE_FEED) | (units == SEPARATOR)


def _without_white(begin: I64, end: I64, view: SegmentView) -> Mask:
    """Whether the text from `begin` up to `end` holds neither white space nor a field's end."""
    free = np.ones(len(begin), bool)
    open_ = np.flatnonzero(begin < end)
    ahead = 0
    while len(open_):
        white = _white(view.text.take(begin.take(open_) + ahead))
        free[open_[white]] = False
        ahead += 1
        open_ = open_[~white]
        open_ = open_[begin.take(open_) + ahead < end.take(open_)]
    return free


# in the text of an article


def wild_spans(word: Wild, text: str) -> list[Span]:
    """(start, end) of the matches in the text of one field, ascending."""
    text = fold(text)
    first, *others = word.blocks
    found = [(at, at + first.length, 0) for at in _starts(first, text)]
    if word.left_edge:
        found = [one for one in found if _ends_run(text, one[0], one[0] - 1)]
    for number, block in enumerate((first, *others)):
        last = number == len(others)
        if number:
            there = _starts(block, text)
            if last and word.right_edge:
                there = [at for at in there if _closes(text, at, block)]
            found = _joined(found, there, block, text)
        elif last and word.right_edge:
            found = [one for one in found if _closes(text, one[0], block)]
    return [(start, end) for start, end, _ in found]


def _joined(
    found: list[tuple[int, int, int]], there: list[int], block: Block, text: str
) -> list[tuple[int, int, int]]:
    """(start, end, characters of stars) of what was found and the next block behind it."""
    joined = []
    for start, end, between in found:
        place = bisect_left(there, end)
        if place == len(there):
            break
        begin = there[place]
        more = between + begin - end
        if more <= MOST_BETWEEN and not re.search("[ \n]", text[end:begin]):
            joined.append((start, begin + block.length, more))
    return joined


def _starts(block: Block, text: str) -> list[int]:
    expression, at = "", 0
    for offset, piece in block.pieces:
        expression += "[^ \n]" * (offset - at) + re.escape(piece)
        at = offset + len(piece)
    expression += "[^ \n]" * (block.length - at)
    return [match.start() for match in re.finditer(f"(?={expression})", text)]


def _closes(text: str, at: int, block: Block) -> bool:
    end = at + block.length
    return _ends_run(text, end - 1, end)


def _ends_run(text: str, inner: int, outer: int) -> bool:
    kind = kind_within(text, inner)
    return kind == NONE or kind != kind_within(text, outer)
