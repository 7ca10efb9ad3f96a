"""Is a search drawn as the interface says, in 80 columns, with whole matches marked?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.cli import hits_text
from corpus.cli.screen import marked, merged
from corpus.cli.width import columns
from corpus.hits import Hits
from corpus.index.protocol import Match, Suggestion


@dataclass(frozen=True)
class Cutting:
    """What the index room calls a snippet."""

    field: str
    text: str
    offset: int
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Found:
    """A hit that needs no store: the whole of a field is its snippet."""

    article: Article
    matches: tuple[Match, ...]

    @property
    def id(self) -> str:
        return self.article.id or ""

    @property
    def snippets(self) -> tuple[Cutting, ...]:
        marks = [(match.start, match.end) for match in self.matches if match.field == "body"]
        return (Cutting("body", self.article.body, 0, tuple(marks)),)


def hits(articles: Sequence[Article], word: str, *, total: int = 0, **facts) -> Hits:
    """The hits of a plain scan for one word."""
    rows = tuple(Found(article, scan(article, word)) for article in articles)
    known = {"left_out": 0, "pending": 0, "read_as": word, "offset": 0, **facts}
    return Hits(total=total or len(rows), rows=rows, **known)


def scan(article: Article, word: str) -> tuple[Match, ...]:
    """Every place of the word in title and body."""
    return tuple(
        Match(field, start, start + len(word))
        for field in ("title", "body")
        for start in range(len(getattr(article, field)))
        if getattr(article, field).startswith(word, start)
    )


def draw(found: Hits, *, color: bool = False, width: int = 80) -> list[str]:
    return list(hits_text.draw(found, width=width, color=color, short_id=lambda name: name[:6]))


PAPER = Article(
    id="k3f9a2xyz",
    title="네이버, 인공지능 논문 66편 발표",
    body="판교의 연구원들이 쓴 글이다. 초대규모 인공지능 ‘하이퍼클로바’ 관련 연구가 그 가운데 "
    "열둘이다. 나머지는 음성과 번역에 관한 것이라고 회사는 밝혔다. 발표는 다음 달에 있다.",
    publisher="테크M",
    published=date(2023, 5, 2),
    completeness="full",
)
COUNCIL = Article(
    id="p81c07xyz",
    title="도의회, AI 교육 조례 첫 통과",
    body="도내 학교의 인공지능 교육을 지원하는 조례가 통과됐다.",
    publisher="전북일보",
    published=date(2022, 11, 30),
    completeness="lead",
)


def test_a_search_is_drawn_to_the_letter() -> None:
    found = hits(
        [PAPER, COUNCIL], "인공지능", total=4218, read_as="인공지능 AND date:2021..", left_out=37
    )
    assert draw(found) == [
        "4,218 articles; 1-2 shown",
        " 1 2023-05-02 테크M     k3f9a2 2x full  네이버, 인공지능 논문 66편 발표",
        "   …쓴 글이다. 초대규모 [인공지능] ‘하이퍼클로바’ 관련 연구가 그 가운데 열…",
        " 2 2022-11-30 전북일보  p81c07 1x lead  도의회, AI 교육 조례 첫 통과",
        "   도내 학교의 [인공지능] 교육을 지원하는 조례가 통과됐다.",
        "read as: 인공지능 AND date:2021..",
        "left out: 37 undated (--undated include)",
        "next: --offset 2; corpus show k3f9a2",
    ]


def test_colour_marks_the_title_too_and_needs_no_brackets() -> None:
    lines = draw(hits([PAPER], "인공지능"), color=True)
    assert "네이버, \x1b[1;31m인공지능\x1b[0m 논문" in lines[1]
    assert "초대규모 \x1b[1;31m인공지능\x1b[0m ‘하이퍼클로바’" in lines[2]
    assert not any("[인공지능" in line for line in lines)


def test_a_match_in_the_title_alone_is_marked_there() -> None:
    article = Article(id="t", title="연구소 문 열어", body="본문에는 없다.")
    assert draw(hits([article], "연구소"))[1:3] == [
        " 1 undated    -         t 1x -     [연구소] 문 열어",
        "   본문에는 없다.",
    ]


def test_a_long_title_is_cut_around_the_match_that_nothing_else_shows() -> None:
    title = "한빛대·HB전자 공동연구팀, 세계 최대 학술대회에서 인공지능 논문 열두 편 발표"
    article = Article(id="t", title=title, body="본문에는 없다.", publisher="한빛일보")
    [_, first, *_] = draw(hits([article], "인공지능 논문"))
    assert first.endswith("…학술대회에서 [인공지능 논문] 열두 편 발표")
    assert columns(first, ambiguous=2) <= 80


def test_no_hit_says_so_and_how_the_query_was_read() -> None:
    assert draw(hits([], "없는말")) == ["0 articles", "read as: 없는말"]


def test_an_offset_beyond_the_end_says_that_none_is_shown() -> None:
    assert draw(hits([], "연구", total=12, offset=20))[0] == "12 articles; none shown"


def test_pending_articles_and_suggestions_are_told() -> None:
    offered = (Suggestion("인공지능", 12, "typed on a Latin keyboard"),)
    assert draw(hits([], "dls", pending=3, suggest=lambda: offered)) == [
        "0 articles",
        "read as: dls",
        "pending: 3 articles changed since (corpus index update)",
        "perhaps: 인공지능 (12 articles, typed on a Latin keyboard)",
    ]


def test_the_last_page_points_to_an_article_only() -> None:
    lines = draw(hits([PAPER], "인공지능", total=11, offset=10))
    assert lines[0] == "11 articles; 11 shown"
    assert lines[1].startswith("11 2023-05-02")
    assert lines[-1] == "next: corpus show k3f9a2"


def test_columns_stand_still_whatever_the_publisher() -> None:
    names = ["한국대학신문사협의회보", "테크M", None, "ABC"]
    articles = [
        Article(id=f"{row}bcdef", title="제목", body="글 연구", publisher=name)
        for row, name in enumerate(names)
    ]
    rows = [line for line in draw(hits(articles, "연구")) if line.endswith("제목")]
    assert len({columns(row[: row.index("bcdef")]) for row in rows}) == 1
    assert "~" in rows[0]


TEXT = st.text(alphabet="가나다 a‘’\n", max_size=200)


@given(TEXT, st.text(alphabet="가나다", min_size=1, max_size=4), st.booleans())
def test_no_line_is_wider_than_the_screen_and_no_mark_is_cut(
    body: str, word: str, color: bool
) -> None:
    article = Article(id="abcdef", title=body[:90].replace("\n", " "), body=body)
    for line in draw(hits([article], word), color=color)[1:-2]:
        bare = line.replace("\x1b[1;31m", "").replace("\x1b[0m", "")
        assert columns(bare, ambiguous=2) <= 80
        if not color and line.startswith("   "):
            assert line.count("[") == line.count("]")
            assert all(len(part.split("]")[0]) >= len(word) for part in line.split("[")[1:])


@given(TEXT, st.lists(st.tuples(st.integers(0, 50), st.integers(1, 5)), max_size=6))
def test_marking_changes_nothing_but_the_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [(start, min(start + size, len(text))) for start, size in spans if start < len(text)]
    plain = marked(text, marks, color=False).replace("[", "").replace("]", "")
    assert plain == text
    assert sum(end - start for start, end in merged(marks)) <= len(text)
