"""Which piece of an article shows best why it was found?

Snippets are cut from the stored text at the offsets of the matches; nothing is analysed
again and no match is ever cut in two. The title needs no snippet: it is shown anyway.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from corpus.article import Article

Span = tuple[int, int]

_SENTENCE_ENDS = ((". ", 2), ("? ", 2), ("! ", 2), ("\n", 1))


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
    found: list[Snippet] = []
    for number, field, text in ((2, "body", article.body), (1, "subtitle", article.subtitle)):
        if not text or len(found) >= most:
            continue
        spans = spans_of(number, text)
        if not spans:
            continue
        if len(spans) > 1:
            spans = merged(spans)
        for start, end in _windows(text, spans, width, most - len(found)):
            found.append(_snippet(field, text, start, end, spans))
    if not found and (lead := article.body or article.subtitle or ""):
        field = "body" if article.body else "subtitle"
        found.append(_snippet(field, lead, 0, _end_at_word(lead, width), []))
    return tuple(found)


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
    start, end = spans[0][0], spans[-1][1]
    if end - start <= width or len(spans) == 1:
        # The window of all spans has the most words and matches; any other overlaps it.
        return [_window(text, start, end, width)]
    chosen: list[Span] = []
    for _, _, start, end in sorted(_ranked(text, spans, width)):
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


def _ranked(text: str, spans: Sequence[Span], width: int) -> list[tuple[int, int, int, int]]:
    """For each span the matches that fit `width` from it on: (minus the different words,
    minus the matches after the first, start of the first, end of the last)."""
    words = [text[start:end] for start, end in spans]
    alike = len(set(words)) == 1
    if not alike:
        words = [word.lower() for word in words]
    ranked = []
    last, count = 0, len(spans) - 1
    close = spans[0][1]  # the end of the last match that fits
    for first, (start, end) in enumerate(spans):
        if last < first:
            last, close = first, end
        while last < count and spans[last + 1][1] - start <= width:
            last += 1
            close = spans[last][1]
        different = 1 if alike or first == last else len(set(words[first : last + 1]))
        ranked.append((-different, first - last, start, close))
    return ranked


def _window(text: str, start: int, end: int, width: int) -> Span:
    """About `width` characters around the matches, from a sentence's beginning if it is near."""
    room = width - (end - start)
    if room < 0:
        room = 0
    earliest = start - room if start > room else 0
    begin = -1
    for mark, length in _SENTENCE_ENDS:
        at = text.rfind(mark, earliest, start)
        if at >= 0 and at + length > begin:
            begin = at + length
    if begin < 0:
        if earliest == 0:
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


def _snippet(field: str, text: str, start: int, end: int, spans: Sequence[Span]) -> Snippet:
    marks = tuple([(a - start, b - start) for a, b in spans if start <= a and b <= end])
    return Snippet(field, text[start:end].replace("\n", " "), start, marks)
