"""Filters, dates, order, counts, and what is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from indexing import Build, article

from corpus.article import Article, Reporter
from corpus.errors import CorpusDamaged, QueryError
from corpus.index.engine import WhooshIndex, open_index
from corpus.index.protocol import Request

KST = timezone(timedelta(hours=9))


def newspapers() -> list[Article]:
    return [
        article("a", "강물", "가", publisher="한빛일보", section="사회", published=date(2021, 12, 31)),
        article(
            "b", "강물", "가", publisher="KBX", section="정치",
            published=datetime(2021, 12, 31, 15, 30, tzinfo=UTC),  # 2022-01-01 in Seoul
            reporters=(Reporter("김가람", "ram@kbx.example"), Reporter("이나래", None)),
        ),
        article(
            "c", "강물", "가", publisher="kbx", url="https://kbx.example/C",
            published=datetime(2022, 3, 1, 9, 0, tzinfo=KST), reporters=(Reporter("이나래", None),),
        ),
        article("d", "강물", "가", publisher="한빛 일보"),
        article("e", "다른", "나", published=date(2022, 3, 1)),
    ]  # fmt: skip


def ids(index: WhooshIndex, query: str = "", **more: object) -> list[str]:
    options = {key: more.pop(key) for key in ("limit", "offset", "sort") if key in more}
    answer = index.search(Request(query, **more), **options)
    return [row.id for row in answer.rows]


@pytest.fixture(params=[(), (1, 2, 3, 4)], ids=["one segment", "five segments"])
def index(request: pytest.FixtureRequest, build: Build) -> WhooshIndex:
    return build(newspapers(), request.param)


def test_days_are_days_in_seoul_and_bounds_include_the_whole_period(index: WhooshIndex) -> None:
    assert ids(index, "date:2021") == ["a"]
    assert ids(index, "date:2022-01-01") == ["b"]
    assert ids(index, until="2021") == ["a"]
    assert ids(index, since="2022", sort="oldest") == ["b", "e", "c"]
    assert ids(index, "date:2022-01..2022-02") == ["b"]
    assert ids(index, "날짜:..2022-01 -date:2021") == ["b"]


def test_undated_articles_match_no_date_but_its_not_and_are_counted(index: WhooshIndex) -> None:
    assert ids(index, "강물 date:2021..", sort="newest") == ["c", "b", "a"]
    assert index.search(Request("강물 date:2021..")).left_out == 1
    assert index.search(Request("강물", until="2030")).left_out == 1
    assert index.search(Request("강물")).left_out == 0
    assert ids(index, "NOT date:2021..") == ["d"]
    assert ids(index, "강물", since="2021", undated="include") == ["c", "b", "a", "d"]
    assert ids(index, "강물", undated="only") == ["d"]
    assert ids(index, undated="only") == ["d"]
    included = index.search(Request("강물", since="2021", undated="include"))
    assert included.left_out == 0 and included.read_as == "강물 AND (date:2021.. OR undated)"


def test_order_is_score_then_newest_then_undated_then_id(index: WhooshIndex, build: Build) -> None:
    # All five are equally long, and 강물 weighs the same in four of them.
    assert ids(index, "강물") == ["c", "b", "a", "d"]
    assert ids(index, sort="newest") == ["c", "e", "b", "a", "d"]
    assert ids(index, sort="oldest") == ["a", "b", "e", "c", "d"]
    assert ids(index, sort="newest", limit=2, offset=1) == ["e", "b"]
    assert ids(index, limit=0) == []
    assert ids(index, offset=99) == []
    assert ids(index, limit=None) == ["c", "e", "b", "a", "d"]


def test_equal_in_everything_goes_by_id_whatever_the_segments(build: Build) -> None:
    index = build([article(f"{at:02}", "가") for at in (7, 3, 9, 1, 5, 8)], (2, 4))
    assert ids(index, "가", limit=3) == ["01", "03", "05"]
    assert ids(index, "가", limit=3, offset=3) == ["07", "08", "09"]


def test_values_match_whole_and_folded_and_repeated_options_are_alternatives(
    index: WhooshIndex,
) -> None:
    assert sorted(ids(index, "publisher:KBX")) == ["b", "c"]
    assert sorted(ids(index, "언론사:ｋｂｘ OR 언론사:한빛일보")) == ["a", "b", "c"]
    assert ids(index, 'publisher:"한빛 일보"') == ["d"]
    assert sorted(ids(index, publisher=("KBX", "한빛일보"))) == ["a", "b", "c"]
    assert sorted(ids(index, reporter=("이나래",))) == ["b", "c"]
    assert ids(index, "기자:김가람 섹션:정치") == ["b"]
    assert ids(index, "email:ram@kbx.example") == ["b"]
    assert ids(index, "email:nobody@kbx.example") == []
    assert ids(index, "url:https://kbx.example/C") == ["c"]
    assert ids(index, "id:d OR id:e", sort="newest") == ["e", "d"]
    assert ids(index, "id:D") == []


@pytest.mark.parametrize(
    ("query", "options", "hint", "position"),
    [
        ("강물 publisher:한빗일보", {}, "near: 한빛일보, 한빛 일보", 13),
        ("", {"publisher": ("한빛",)}, "near: 한빛 일보, 한빛일보", None),
        ("", {"reporter": ("최다정",)}, "no reporter '최다정'", None),
        ("섹션:문화", {}, "no section '문화'", 3),
    ],
)
def test_a_value_the_corpus_does_not_have_is_an_error_that_names_near_ones(
    index: WhooshIndex,
    query: str,
    options: dict[str, tuple[str, ...]],
    hint: str,
    position: int | None,
) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        ids(index, query, **options)
    assert caught.value.position == position


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"since": "2021-13"}, "there is no month 13"),
        ({"until": "gestern"}, "'gestern' is no date"),
        ({"since": "2022", "until": "2021"}, "--since 2022 is after --until 2021"),
        ({"field": "url"}, "no field 'url'"),
        ({"limit": -1}, "cannot be negative"),
    ],
)
def test_options_that_make_no_sense_are_query_errors(
    index: WhooshIndex, options: dict[str, object], hint: str
) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        ids(index, "강물", **options)
    assert caught.value.position is None


def test_counts_by_period_and_value(index: WhooshIndex) -> None:
    def groups(by: str, query: str = "") -> dict[str | None, int]:
        return dict(index.count(Request(query), by).groups)

    assert list(groups("year").items()) == [("2021", 1), ("2022", 3), (None, 1)]
    assert groups("month") == {"2021-12": 1, "2022-01": 1, "2022-03": 2, None: 1}
    assert groups("day", "date:2022-03") == {"2022-03-01": 2}
    assert groups("publisher") == {"한빛일보": 1, "KBX": 1, "kbx": 1, "한빛 일보": 1, None: 1}
    assert list(groups("reporter").items()) == [("이나래", 2), ("김가람", 1), (None, 3)]
    assert index.count(Request("강물")).total == 4
    assert index.count(Request("강물 date:2021..")).left_out == 1
    assert index.count(Request("강물")).groups == ()
    assert index.values("reporter") == {"이나래": 2, "김가람": 1}


def test_how_a_request_was_read_names_every_filter(index: WhooshIndex) -> None:
    request = Request(
        "강물 -(가 OR 나)", since="2021", publisher=("KBX", "한빛 일보"), field="title"
    )
    answer = index.search(request)
    assert answer.read_as == (
        "title:강물 AND NOT (title:가 OR title:나)"
        ' AND (publisher:KBX OR publisher:"한빛 일보") AND date:2021..'
    )
    assert index.search(Request("")).read_as == "all articles"


def test_filters_and_not_add_no_score(index: WhooshIndex) -> None:
    def score(query: str) -> float:
        return float(index.search(Request(query)).rows[0].score)

    assert score("강물 date:2022-03") == score("강물 publisher:kbx date:2022-03") > 0
    assert score("date:2021") == score("NOT 강물") == 0


def test_a_title_weighs_more_than_a_body(build: Build) -> None:
    index = build([article("body", "나", "강물"), article("title", "강물", "나")])
    assert ids(index, "강물") == ["title", "body"]


def test_a_segment_that_whoosh_itself_wrote_is_noticed(build: Build, tmp_path: Path) -> None:
    from whoosh.index import open_dir

    build(newspapers())
    writer = open_dir(str(tmp_path / "index")).writer()
    writer.add_document(title="가")
    writer.commit(merge=False)
    with pytest.raises(CorpusDamaged, match="another program"):
        open_index(tmp_path / "index")
