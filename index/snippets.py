"""Which piece of an article shows best why it was found?

Snippets are cut from the stored text at the offsets of the matches; nothing is analysed
again and no match is ever cut in two. The title needs no snippet: it is shown anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.article import Article
from corpus.index.protocol import Match

_SENTENCE_ENDS = (". ", "? ", "! ", "\n")


@dataclass(frozen=True, slots=True)
class Snippet:
    """`text` is `field`[`offset` : `offset + len(text)`] of the stored field, with its line
    feeds as spaces; `marks` are (start, end) relative to `text`, ascending, not touching."""

    field: str
    text: str
    offset: int
    marks: tuple[tuple[int, int], ...]


def cut(
    article: Article, matches: Sequence[Match], *, width: int = 80, most: int = 1
) -> tuple[Snippet, ...]:
    """At most `most` snippets of about `width` characters, the best first.

    The best window holds the most different matched words, then the most matches, then
    stands first in the body. Windows do not overlap. Without a match in body or subtitle
    the article's first characters are shown, unmarked.
    """
    found: list[Snippet] = []
    for field, text in (("body", article.body), ("subtitle", article.subtitle or "")):
        spans = merged([(m.start, m.end) for m in matches if m.field == field])
        for start, end in islice(_windows(text, spans, width), most - len(found)):
            found.append(_snippet(field, text, start, end, spans))
    if not found and (lead := article.body or article.subtitle or ""):
        field = "body" if article.body else "subtitle"
        found.append(_snippet(field, lead, 0, _end_at_word(lead, width), []))
    return tuple(found)


def merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping or touching spans as one, ascending.

    >>> merged([(4, 6), (0, 2), (1, 3)])
    [(0, 3), (4, 6)]
    """
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _windows(text: str, spans: Sequence[tuple[int, int]], width: int) -> Iterator[tuple[int, int]]:
    """(start, end) of windows around the spans, the best first, none overlapping."""
    ranked = []
    last = 0
    for first, (start, end) in enumerate(spans):
        last = max(last, first)
        while last + 1 < len(spans) and spans[last + 1][1] - start <= width:
            last += 1
        words = {text[a:b].lower() for a, b in spans[first : last + 1]}
        ranked.append((-len(words), first - last, start, max(end, spans[last][1])))
    chosen: list[tuple[int, int]] = []
    for _, _, start, end in sorted(ranked):
        window = _window(text, start, end, width)
        if all(window[1] <= a or b <= window[0] for a, b in chosen):
            chosen.append(window)
            yield window


def _window(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """About `width` characters around the matches, from a sentence's beginning if it is near."""
    room = max(0, width - (end - start))
    earliest = max(0, start - room)
    begin = -1
    for mark in _SENTENCE_ENDS:
        if (at := text.rfind(mark, earliest, start)) >= 0:
            begin = max(begin, at + len(mark))
    if begin < 0 and earliest == 0:
        begin = 0
    elif begin < 0:
        begin = start - room // 2
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else begin
    stop = min(len(text), max(end, begin + width))
    if stop < len(text):
        space = text.rfind(" ", end, stop + 1)
        stop = space if space > end else stop
    return begin, stop


def _end_at_word(text: str, width: int) -> int:
    if len(text) <= width:
        return len(text)
    space = max(text.rfind(" ", 1, width + 1), text.rfind("\n", 1, width + 1))
    return space if space > 0 else width


def _snippet(
    field: str, text: str, start: int, end: int, spans: Sequence[tuple[int, int]]
) -> Snippet:
    marks = tuple((a - start, b - start) for a, b in spans if start <= a and b <= end)
    return Snippet(field, text[start:end].replace("\n", " "), start, marks)
