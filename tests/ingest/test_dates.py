"""Every printed form of a date is read, none is invented."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ingest.dates import SEOUL, parse_date


def seoul(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SEOUL)  # type: ignore[arg-type, misc]  # parts are counted by the reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-04-07T10:09:46Z", datetime(2023, 4, 7, 10, 9, 46, tzinfo=timezone.utc)),  # noqa: UP017 - one spelling on 3.11+
        ("2025-06-04T02:37:08+0900", seoul(2025, 6, 4, 2, 37, 8)),
        ("2025-06-04T02:37:08.000+09:00", seoul(2025, 6, 4, 2, 37, 8)),
        ("2023-04-07 08:26:22", seoul(2023, 4, 7, 8, 26, 22)),
        ("20200522093902", seoul(2020, 5, 22, 9, 39, 2)),
        ("20200522", date(2020, 5, 22)),
        ("2026.01.29 18:40", seoul(2026, 1, 29, 18, 40)),
        ("2023. 11. 1. 03:05", seoul(2023, 11, 1, 3, 5)),
        ("2021.10.07. 오후 1:50", seoul(2021, 10, 7, 13, 50)),
        ("2021.10.07. 오전 12:05", seoul(2021, 10, 7, 0, 5)),
        ("2022.04.06 (23:40)", seoul(2022, 4, 6, 23, 40)),
        ("입력 2025.06.17 19:05 수정 2025.06.18 20:06", seoul(2025, 6, 17, 19, 5)),
        ("입력 2002-09-11 | 수정 2002-09-12", date(2002, 9, 11)),
        ("2022/12/07 18:49 송고", seoul(2022, 12, 7, 18, 49)),
        ("2023년 04월 07일 18시 36분", seoul(2023, 4, 7, 18, 36)),
        ("2023년 4월 7일(금) 오후 6시 36분 05초", seoul(2023, 4, 7, 18, 36, 5)),
        ("기사입력 2023-04-04 19:01 l 최종수정 2023-04-04 19:44", seoul(2023, 4, 4, 19, 1)),
        ("기사입력 2013-10-24 03:00:00", seoul(2013, 10, 24, 3, 0)),
        ("1992-06-05 18면", date(1992, 6, 5)),
        ("최종 업데이트 20.10.06 13:40", seoul(2020, 10, 6, 13, 40)),
        ("Tue May 07 10:00:00 KST 2024", seoul(2024, 5, 7, 10, 0)),
        ("2023-04-07 18:36 1면", seoul(2023, 4, 7, 18, 36)),
        ("2023-04-07 24:00", seoul(2023, 4, 8, 0, 0)),
        ("Fri, 07 Apr 2023 10:00:00 +0900", seoul(2023, 4, 7, 10, 0)),
        ("April 19, 2023", date(2023, 4, 19)),
        ("11:12 April 19, 2023", seoul(2023, 4, 19, 11, 12)),
        ("Sep. 3, 2021 2:05 p.m.", seoul(2021, 9, 3, 14, 5)),
        ("1680849586", seoul(2023, 4, 7, 15, 39, 46)),
        ("1680849586000", seoul(2023, 4, 7, 15, 39, 46)),
    ],
)
def test_every_form_of_the_press_is_read(text: str, expected: date) -> None:
    found = parse_date(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    ["", "어제", "2021-13-01", "2023-02-30 10:00", "0000-00-00 00:00:00", "1970-01-01T00:00:00Z",
     "2023-04-07T25:00", "12.5.3", "전화 02-398-8585", "9999-99-99"],
)  # fmt: skip
def test_an_impossible_date_is_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_iso_comes_back_as_it_went(when: datetime) -> None:
    aware = when.replace(tzinfo=SEOUL)
    assert parse_date(aware.isoformat()) == aware
    assert parse_date(when.strftime("%Y.%m.%d %H:%M")) == aware.replace(second=0, microsecond=0)


@given(st.text(alphabet="0123456789-./: 년월일시분오전후TZ+가", max_size=60))
def test_any_text_is_a_date_or_none(text: str) -> None:
    found = parse_date(text)
    assert found is None or 1900 <= found.year <= 2100 or str(found.year) in text
