"""Which piece of an article shows best why it was found?

Snippets are cut from the stored text at the offsets of the matches; nothing is analysed
again and no match is ever cut in two. The title needs no snippet: it is shown anyway.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from corpus.article import Article

Span = tuple[int, int]

# Of a sentence; nearly all end in ". ".
_RARE_ENDS = ("? ", "! ", "\n")


class Snippet(msgspec.Struct, frozen=True, gc=False):
    """`text` is `field`[`offset` : `offset + len(text)`] of the stored field, with its line
    feeds as spaces; `marks` are (start, end) relative to `text`, ascending, not touching."""

    field: str
    text: str
    offset: int
    marks: tuple[Span, ...]


def cut(
    article: Article,
    spans_of: Callable[[int, str], Sequence[Span]],
    *,
    width: int = 80,
    most: int = 1,
) -> tuple[Snippet, ...]:
    """At most `most` snippets of about `width` characters, the best first.

    `spans_of` gives the (start, end) of the matches in the text of a field (1: subtitle,
    2: body), ascending; it is not asked for more than is shown.

    The best window holds the most different matched words, then the most matches, then
    stands first in the body. Windows do not overlap. Without a match in body or subtitle
    the article's first characters are shown, unmarked.
    """
    body, subtitle = article.body, article.subtitle
    found: list[Snippet] = []
    if body:
        spans = spans_of(2, body)
        if spans:
            found = _cuttings("body", body, spans, width, most)
    if subtitle and len(found) < most:
        spans = spans_of(1, subtitle)
        if spans:
            found += _cuttings("subtitle", subtitle, spans, width, most - len(found))
    if not found and (lead := body or subtitle or ""):
        shown = _on_one_line(lead[: _end_at_word(lead, width)])
        found.append(Snippet("body" if body else "subtitle", shown, 0, ()))
    return tuple(found)


def _cuttings(field: str, text: str, spans: Sequence[Span], width: int, most: int) -> list[Snippet]:
    """Up to `most` snippets of one field, which has matches."""
    if len(spans) > 1:
        last = -1
        for start, end in spans:
            if start <= last:
                spans = merged(spans)
                break
            last = end
    first, last = spans[0][0], spans[-1][1]
    if last - first <= width or len(spans) == 1:
        # The window of all matches has the most of them; any other overlaps it.
        begin, stop = _window(text, first, last, width)
        marks = tuple([(start - begin, end - begin) for start, end in spans])
        return [Snippet(field, _on_one_line(text[begin:stop]), begin, marks)]
    found = []
    for begin, stop in _windows(text, spans, width, most):
        marks = tuple(
            [(start - begin, end - begin) for start, end in spans if begin <= start and end <= stop]
        )
        found.append(Snippet(field, _on_one_line(text[begin:stop]), begin, marks))
    return found


def _on_one_line(text: str) -> str:
    # Few have a line feed, and to look takes a third of what `replace` does.
    return text.replace("\n", " ") if "\n" in text else text


def merged(spans: Sequence[Span]) -> list[Span]:
    """Overlapping or touching spans as one, ascending.

    >>> merged([(4, 6), (0, 2), (1, 3)])
    [(0, 3), (4, 6)]
    """
    out: list[Span] = []
    last = -1
    for span in sorted(spans):
        if span[0] > last:
            out.append(span)
            last = span[1]
        elif span[1] > last:
            last = span[1]
            out[-1] = (out[-1][0], last)
    return out


def _windows(text: str, spans: Sequence[Span], width: int, most: int) -> list[Span]:
    """(start, end) of up to `most` windows around the spans, the best first, none overlapping."""
    chosen: list[Span] = []
    for start, end in _groups(text, spans, width):
        # A window holds its matches: where these lie in a chosen one, it would overlap.
        if chosen and not _free(start, end, chosen):
            continue
        window = _window(text, start, end, width)
        if not chosen or _free(*window, chosen):
            chosen.append(window)
            if len(chosen) == most:
                break
    return chosen


def _free(start: int, end: int, chosen: list[Span]) -> bool:
    # A loop: `all` with a generator takes three times as long for one or two windows.
    for a, b in chosen:  # noqa: SIM110
        if start < b and a < end:
            return False
    return True


def _groups(text: str, spans: Sequence[Span], width: int) -> Sequence[Span]:
    """(start, end) of the spans that fit `width` from each of them on: first those with the
    most different words, then with the most matches, then the first."""
    for (start, _), (_, end) in pairwise(spans):
        if end - start <= width:
            break
    else:  # half of the articles: no two fit
        return spans
    ends = [end for _, end in spans]
    # For each match how many of those after it fit.
    more = [
        bisect_right(ends, start + width, after) - after
        for after, (start, _) in enumerate(spans, 1)
    ]
    places = range(len(spans))
    rank = more
    words = [text[start:end] for start, end in spans]
    if len(set(words)) > 1:
        words = [word.lower() for word in words]
        many = len(spans)
        rank = [
            many * len(set(words[place : place + 1 + after])) + after if after else many
            for place, after in enumerate(more)
        ]
    return [
        (spans[place][0], ends[place + more[place]])
        for place in sorted(places, key=rank.__getitem__, reverse=True)
    ]


def _window(text: str, start: int, end: int, width: int) -> Span:
    """About `width` characters around the matches, from a sentence's beginning if it is near."""
    room = width - (end - start)
    if room < 0:
        room = 0
    earliest = start - room if start > room else 0
    before = text[earliest:start]
    begin = before.rfind(". ")
    if begin >= 0:
        begin += 2
    # To look for one character takes a third of `rfind`.
    if "\n" in before or "?" in before or "!" in before:
        for mark in _RARE_ENDS:
            if (at := before.rfind(mark)) >= 0:
                begin = max(begin, at + len(mark))
    if begin >= 0:
        begin += earliest
    elif earliest == 0:
        begin = 0
    else:
        begin = start - room // 2
        begin = text.find(" ", begin, start) + 1 or begin
    stop = begin + width
    if stop < end:
        stop = end
    if stop >= len(text):
        return begin, len(text)
    space = text.rfind(" ", end, stop + 1)
    return begin, space if space > end else stop


def _end_at_word(text: str, width: int) -> int:
    if len(text) <= width:
        return len(text)
    space = max(text.rfind(" ", 1, width + 1), text.rfind("\n", 1, width + 1))
    return space if space > 0 else width
