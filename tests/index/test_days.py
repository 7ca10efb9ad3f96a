"""Dates that move with today: what they stand for on a fixed day."""

from __future__ import annotations

from datetime import date

import pytest
from indexing import Build, article

from corpus.errors import QueryError
from corpus.index import days, parser
from corpus.index.protocol import Request


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: date(2024, 3, 31))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("1d", 20240331),
        ("7d", 20240325),
        ("2w", 20240318),
        ("31d", 20240301),
        ("1m", 20240301),  # 29 February is the same day a month ago, where there is no 31
        ("3m", 20240101),
        ("12m", 20230401),
        ("1y", 20230401),
        ("366d", 20230401),
        ("9999y", days.EARLIEST),
        ("9999m", 11910101),
        ("53w", 20230327),
    ],
)
def test_a_relative_date_ends_today(text: str, first: int) -> None:
    assert days.span(text) == (first, 20240331)
    assert days.span(f"{text}..") == (first, days.LATEST)


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("date:0d", 5, "write 1d"),
        ("date:" + "9" * 50 + "m", 5, "write 9999m"),
        ("date:..7d", 7, "up to today; for the days before it write 2024-03-24"),
        ("date:2020..7d", 11, "write 2024-03-24"),
        ("date:7D", 5, "'7D' is no date; write 2021, 2021-10, 2021-10-03 or 7d"),
        ("date:d", 5, "is no date"),
    ],
)
def test_what_no_relative_date_can_be_names_the_nearest(
    text: str, position: int, hint: str
) -> None:
    with pytest.raises(QueryError, match=hint) as caught:
        parser.parse(text)
    assert caught.value.position == position


def test_it_is_read_as_the_days_that_it_stands_for() -> None:
    for text, read in (
        ("date:7d", "date:2024-03-25..2024-03-31"),
        ("날짜:7d..", "날짜:2024-03-25.."),
        ("date:9999y", "date:..2024-03-31"),
    ):
        assert str(parser.parse(text)) == read == str(parser.parse(read))


def test_it_narrows_a_search_in_the_text_and_as_a_filter(build: Build) -> None:
    index = build(
        [
            article("today", body="가", published=date(2024, 3, 31)),
            article("week", body="가", published=date(2024, 3, 25)),
            article("before", body="가", published=date(2024, 3, 24)),
            article("tomorrow", body="가", published=date(2024, 4, 1)),
        ]
    )

    def found(request: Request) -> list[str]:
        return [row.id for row in index.search(request, sort="oldest").rows]

    assert found(Request("가 date:7d")) == ["week", "today"]
    assert found(Request("가", since="7d")) == ["week", "today", "tomorrow"]
    assert index.search(Request("가", since="7d")).read_as == "가 AND date:2024-03-25.."
    with pytest.raises(QueryError, match="write 2024-03-24"):
        found(Request("가", until="7d"))


def test_today_is_the_day_in_seoul(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime, tzinfo

    monkeypatch.undo()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime(2024, 3, 31, 15, 0, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(days, "datetime", Clock)
    assert days.today() == date(2024, 4, 1)
