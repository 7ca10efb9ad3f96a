"""How does a search look in 80 columns?

    4,218 articles; 1-10 shown
     1 2023-05-02 테크M     k3f9a2 7x full  네이버, 인공지능 논문 66편 발표
       …초대규모 [인공지능] ‘하이퍼클로바’ 관련 연구가…
    read as: 인공지능 AND date:2021..

Fixed columns first, since quotes and dots have no reliable width. A hit has one line
of text; the title is coloured where there is colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus.cli.screen import Span, articles, dim, marked, merged
from corpus.cli.width import char_columns, columns, cut, fitting, pad

if TYPE_CHECKING:
    from corpus import FormCount, Hit, Hits, Snippet

_INDENT = "   "
_SAMPLE = 100  # hits; also the block in which articles are loaded
_PUBLISHER = (9, 12)  # columns: short names line up as drawn, long ones take three more


def draw(
    hits: Hits,
    *,
    width: int,
    color: bool,
    short_id: Callable[[str], str],
    hint: str | None = None,
) -> Iterator[str]:
    """The lines of a search; `short_id` gives the short form of an id, `hint` a next step."""
    rows = list(hits)
    # A hit's id is measured, shown and, of the first, named as the next step.
    short_id = lru_cache(2 * _SAMPLE)(short_id)
    yield total_line(hits)
    rank_width = max(2, len(str(hits.offset + len(rows))))
    # All hits may be 50,000: the first ones say how wide the columns are, and lines flow.
    count_width = max((len(str(len(hit.matches))) for hit in rows[:_SAMPLE]), default=1)
    id_width = min(12, max((columns(short_id(hit.id)) for hit in rows[:_SAMPLE]), default=0))
    names = [columns(hit.article.publisher or "") for hit in rows[:_SAMPLE]]
    name_width = min(_PUBLISHER[1], max(_PUBLISHER[0], *names)) if names else 0
    for rank, hit in enumerate(rows, hits.offset + 1):
        article = hit.article
        name = short_id(hit.id)
        head = " ".join(
            (
                f"{rank:>{rank_width}}",
                article.published.isoformat()[:10] if article.published else "undated   ",
                pad(article.publisher or "-", name_width),
                # An id longer than its column stays whole: it must be typed to be of use.
                name + " " * max(0, id_width - columns(name)),
                f"{len(hit.matches):>{count_width}}x",
                f"{article.completeness or '-':<5}",
            )
        )
        snippet = next(iter(hit.snippets), None)
        told = snippet is not None and bool(snippet.marks)
        title = title_text(hit, max(20, width - columns(head) - 1), color=color, told=told)
        yield f"{head} {title}".rstrip()
        if snippet is not None:
            yield _INDENT + line(snippet, hit, width=width - len(_INDENT), color=color)
    yield from foot(hits, color=color)
    if rows:
        shown = hits.offset + len(rows)
        steps = [f"--offset {shown}"] if shown < hits.total else []
        steps += [hint] if hint else []
        yield f"next: {'; '.join([*steps, f'corpus show {short_id(rows[0].id)}'])}"


def total_line(hits: Hits) -> str:
    """How many articles there are, and which of them follow."""
    total = with_forms(hits.total, hits.forms)
    shown = len(hits)
    if not shown:
        return f"{total}; none shown" if hits.total else total
    first, last = hits.offset + 1, hits.offset + shown
    return f"{total}; {first}-{last} shown" if last > first else f"{total}; {first} shown"


def foot(hits: Hits, *, color: bool = False) -> Iterator[str]:
    """How the query was read, what was left out and what is pending."""
    if hits.read_as:
        yield f"read as: {hits.read_as}"
    yield from form_lines(hits.total, hits.forms)
    yield from left_out(hits.left_out, hits.pending)
    for suggestion in hits.suggestions:
        found = f"{articles(suggestion.total)}, {suggestion.reason}"
        yield f"perhaps: {suggestion.query} {dim(f'({found})', color=color)}"


def with_forms(total: int, forms: Sequence[FormCount]) -> str:
    """The number of articles, and how many of them have which form of the query's one word.

    >>> with_forms(4, ())
    '4 articles'
    """
    counted = ", ".join(f"{one.articles:,} {one.form}" for one in forms if one.articles)
    return f"{articles(total)} ({counted})" if is_whole(total, forms) else articles(total)


def form_lines(total: int, forms: Sequence[FormCount]) -> Iterator[str]:
    """The forms of every word of a query of several, and the way to do without them."""
    if not forms:
        return
    if not is_whole(total, forms):
        for word in dict.fromkeys(one.word for one in forms):
            counted = [f"{one.articles:,} {one.form}" for one in forms if one.word == word]
            yield f"forms of {word}: {', '.join(counted)}"
    yield "other forms of a word were found too; --exact finds only what is written so"


def is_whole(total: int, forms: Sequence[FormCount]) -> bool:
    """Whether the forms are those of one word, and all articles have one of them."""
    return len({one.word for one in forms}) == 1 and total == sum(one.articles for one in forms)


def left_out(undated: int, pending: int) -> Iterator[str]:
    """What the figures do not hold, each with the way to see it."""
    if undated:
        yield f"left out: {undated:,} undated (--undated include)"
    if pending:
        yield f"pending: {articles(pending)} changed since (corpus index update)"


def title_text(hit: Hit, room: int, *, color: bool, told: bool) -> str:
    """The title in `room` columns; its matches are marked if there is colour for it.

    Where the text below shows no match (not `told`), the title must: it is then cut around
    its first match, in brackets if need be.
    """
    title = " ".join((hit.article.title or "(no title)").split("\n"))
    marks = merged([(match.start, match.end) for match in hit.matches if match.field == "title"])
    if marks and not told:
        return fitted(title, marks, room, color=color)
    shown = cut(title, room)
    kept = len(shown) if shown == title else len(shown) - 1
    return marked(shown, within(marks, 0, kept), color=True) if color else shown


def line(snippet: Snippet, hit: Hit, *, width: int, color: bool) -> str:
    """One line of a snippet, with … where the field goes on."""
    field = getattr(hit.article, snippet.field) or ""
    more = snippet.offset > 0, snippet.offset + len(snippet.text) < len(field)
    text = snippet.text.replace("\n", " ")
    return fitted(text, list(snippet.marks), width, color=color, more=more)


def fitted(
    text: str,
    marks: Sequence[Span],
    width: int,
    *,
    color: bool,
    more: tuple[bool, bool] = (False, False),
) -> str:
    """The text in `width` columns, around its marks and only whole ones.

    `more` says whether the text itself goes on before and after.
    """
    shown = 0
    # An ellipsis may be as wide as a syllable, or half of it.
    room = width - 2 * sum(more)
    while True:
        brackets = 0 if color else 2 * shown
        start, end = window(text, marks, room - brackets)
        if (start > 0 and not more[0]) or (end < len(text) and not more[1]):
            start, end = window(text, marks, width - 4 - brackets)
        inside = within(marks, start, end)
        # More room for brackets can only leave marks out: this ends.
        if color or len(inside) <= shown:
            break
        shown += 1
    before = "…" if more[0] or start > 0 else ""
    after = "…" if more[1] or end < len(text) else ""
    return before + marked(text[start:end], inside, color=color) + after


def window(text: str, marks: Sequence[Span], width: int) -> Span:
    """Which part of the text fits `width` columns: the first mark, more after it than before.

    It begins with a word where one begins before the mark.

    >>> text = "가나다 라마 바사아 자차카타파하"
    >>> text[slice(*window(text, [(7, 9)], 20))]
    '라마 바사아 자차카타'
    """
    if columns(text, ambiguous=2) <= width:
        return 0, len(text)
    first, last = richest(text, marks, width)
    room = width - columns(text[first:last], ambiguous=2)
    start = first
    # A third before the match: what follows a word in Korean says more than what precedes it.
    left = max(room // 3, room - columns(text[last:], ambiguous=2))
    while start > 0 and (size := char_columns(text[start - 1], ambiguous=2)) <= left:
        start -= 1
        left -= size
    if start and text[start - 1] != " " and " " in text[start:first]:
        start = text.index(" ", start) + 1
    end = start + max(fitting(text[start:], width), last - start)
    for begin, stop in marks:
        # Never half a match: the line ends before one that does not fit.
        if begin < end < stop and begin >= last:
            end = begin
    if end < len(text):
        end = max(last, len(text[:end].rstrip()))
    return start, end


def richest(text: str, marks: Sequence[Span], width: int) -> Span:
    """The mark after which most different words are marked within `width` columns.

    >>> richest("가 나나나나 가 다", [(0, 1), (7, 8), (9, 10)], 8)
    (7, 8)
    """
    best = (0, (0, 0))
    for number, (first, last) in enumerate(marks):
        near = [
            text[start:end].lower()
            for start, end in marks[number:]
            if columns(text[first:end], ambiguous=2) <= width
        ]
        if len(set(near)) > best[0]:
            best = (len(set(near)), (first, last))
    return best[1] if best[0] else (marks[0] if marks else (0, 0))


def within(marks: Sequence[Span], start: int, end: int) -> list[Span]:
    """The marks that lie wholly between two offsets, counted from the first of them."""
    return [(a - start, b - start) for a, b in marks if start <= a and b <= end]
