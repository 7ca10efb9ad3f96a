"""Snippets are cut from the stored text and marked whole."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.index.layout import FIELDS
from corpus.index.protocol import Match
from corpus.index.snippets import Snippet, _window, merged
from corpus.index.snippets import cut as cut_spans

BODY = (
    "네이버가 새 연구센터를 열었다. 판교에 들어선 센터에는 연구자 백 명이 일한다.\n"
    "인공지능 논문은 지난해 66편이 나왔다. 논문 가운데 절반은 대학과 함께 썼다. "
    "회사는 내년에도 인공지능 연구에 힘을 쏟겠다고 밝혔다."
)


def cut(article: Article, matches: list[Match], **how: int) -> tuple[Snippet, ...]:
    def spans_of(field: int, text: str) -> list[tuple[int, int]]:
        return sorted((one.start, one.end) for one in matches if one.field == FIELDS[field])

    return cut_spans(article, spans_of, **how)


def marked(snippet: Snippet) -> str:
    text, out = snippet.text, ""
    at = 0
    for start, end in snippet.marks:
        out += text[at:start] + "[" + text[start:end] + "]"
        at = end
    return out + text[at:]


def matches_of(word: str, field: str = "body", text: str = BODY) -> list[Match]:
    starts = [at for at in range(len(text)) if text.startswith(word, at)]
    return [Match(field, at, at + len(word)) for at in starts]


def test_the_window_with_the_most_different_words_comes_first() -> None:
    article = Article(id="a", title="제목", body=BODY)
    found = cut(article, [*matches_of("인공지능"), *matches_of("논문")], width=40)
    assert marked(found[0]).startswith("[인공지능] [논문]은 지난해 66편이 나왔다.")
    assert found[0].text == BODY.replace("\n", " ")[found[0].offset :][: len(found[0].text)]


def test_windows_do_not_overlap_and_are_as_many_as_asked() -> None:
    article = Article(id="a", body=BODY)
    found = cut(article, matches_of("연구"), width=30, most=5)
    spans = sorted((s.offset, s.offset + len(s.text)) for s in found)
    assert len(found) == 2  # the first two matches share a window
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))


def test_a_match_longer_than_the_window_is_shown_whole() -> None:
    article = Article(id="a", body="가" * 300)
    [snippet] = cut(article, [Match("body", 50, 250)], width=20)
    assert snippet.marks == ((50 - snippet.offset, 250 - snippet.offset),)


def test_a_hit_in_the_title_alone_shows_the_lead_unmarked() -> None:
    [snippet] = cut(Article(id="a", title="가", body=BODY), [Match("title", 0, 1)], width=20)
    assert snippet == Snippet("body", "네이버가 새 연구센터를 열었다.", 0, ())
    assert cut(Article(id="a", title="가"), [Match("title", 0, 1)]) == ()


def test_a_subtitle_is_shown_where_the_body_has_no_match() -> None:
    article = Article(id="a", title="가", subtitle="부제에만 있는 말", body="본문")
    [snippet] = cut(article, [Match("subtitle", 0, 2)])
    assert (snippet.field, marked(snippet)) == ("subtitle", "[부제]에만 있는 말")


spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12)


@given(st.text("가나 .\n", min_size=70, max_size=200), spans, st.integers(5, 60), st.integers(1, 4))
def test_marks_are_whole_matches_inside_the_text_of_the_field(
    body: str, drawn: list[tuple[int, int]], width: int, most: int
) -> None:
    matches = [Match("body", start, start + length) for start, length in drawn]
    whole = merged([(m.start, m.end) for m in matches])
    found = cut(Article(id="a", body=body), matches, width=width, most=most)
    assert len(found) <= most
    for snippet in found:
        end = snippet.offset + len(snippet.text)
        assert body[snippet.offset : end].replace("\n", " ") == snippet.text
        for start, stop in snippet.marks:
            assert (start + snippet.offset, stop + snippet.offset) in whole
    if matches:
        assert any(snippet.marks for snippet in found)


@given(
    st.text("가나 .\n?", min_size=70, max_size=250),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), min_size=1, max_size=9),
    st.integers(5, 60),
    st.integers(1, 4),
)
def test_the_first_window_holds_the_richest_cluster_and_no_window_cuts_a_match(
    body: str, drawn: list[tuple[int, int]], width: int, most: int
) -> None:
    matches = [Match("body", start, start + length) for start, length in drawn]
    whole = merged([(m.start, m.end) for m in matches])
    found = cut(Article(id="a", body=body), matches, width=width, most=most)

    def rank(first: int) -> tuple[int, int, int]:
        # As `cut` promises: the most different words, the most matches, the first.
        start = whole[first][0]
        held = [span for span in whole[first:] if span[1] - start <= width] or [whole[first]]
        return -len({body[a:b].lower() for a, b in held}), -len(held), start

    first = min(range(len(whole)), key=rank)
    held = [span for span in whole[first:] if span[1] - whole[first][0] <= width]
    windows = [(one.offset, one.offset + len(one.text)) for one in found]
    for start, end in held or [whole[first]]:
        assert windows[0][0] <= start and end <= windows[0][1]
    for one, (begin, stop) in zip(found, windows, strict=True):
        assert list(one.marks) == sorted(one.marks)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(one.marks))
        inside = [(a - begin, b - begin) for a, b in whole if begin <= a and b <= stop]
        assert list(one.marks) == inside != []


def plain_window(text: str, start: int, end: int, width: int) -> tuple[int, int]:
    """The window of matches from `start` to `end`, place by place."""
    room = max(0, width - (end - start))
    earliest = max(0, start - room)
    sentences = [
        at + len(mark)
        for mark in (". ", "? ", "! ", "\n")
        for at in range(earliest, start - len(mark) + 1)
        if text.startswith(mark, at)
    ]
    if sentences:
        begin = max(sentences)
    elif earliest == 0:
        begin = 0
    else:
        begin = start - room // 2
        begin = next((at + 1 for at in range(begin, start) if text[at] == " "), begin)
    stop = min(len(text), max(end, begin + width))
    if stop < len(text):
        spaces = [at for at in range(end + 1, stop + 1) if text[at] == " "]
        stop = spaces[-1] if spaces else stop
    return begin, stop


@settings(max_examples=1000)
@given(st.text("가나 .?!\n", min_size=1, max_size=60), st.data())
def test_a_window_begins_with_a_sentence_that_is_near_and_ends_with_a_word(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    width = data.draw(st.integers(1, 40))
    assert _window(text, start, end, width) == plain_window(text, start, end, width)
