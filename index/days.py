"""Which calendar days does a date in a query mean?

A date is as coarse as it is written: 2021 is the whole year, 2021-10 the whole month, and
as a bound it includes all of it. 7d is today and the six days before, 2w, 3m and 1y as many
weeks, months and years up to today. Days are days in Seoul, as yyyymmdd.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

# Compiled at first use: most searches ask for no date.
_DATE = r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
_RELATIVE = r"([0-9]+)([dwmy])"
_MOST = 9_999  # of any unit

_SEOUL = timezone(timedelta(hours=9))  # without summer time since 1988

EARLIEST, LATEST = 1, 99991231  # bounds of an open range; an undated article has day 0


def day_of(when: date | None) -> int:
    """The day of a publication, 0 where there is none.

    >>> day_of(date(2021, 10, 3)), day_of(datetime(2021, 10, 3, 15, tzinfo=timezone.utc))
    (20211003, 20211004)
    """
    if when is None:
        return 0
    if isinstance(when, datetime):
        when = when.astimezone(_SEOUL)
    return when.year * 10000 + when.month * 100 + when.day


class BadDate(ValueError):
    """The text is no date; `at` is the code point (from 0) at which it stops being one."""

    def __init__(self, at: int, what: str) -> None:
        self.at = at
        super().__init__(what)


def period(text: str) -> tuple[int, int]:
    """(first, last) day of a year, month or day, or of the days up to today. Raises BadDate.

    >>> period("2021"), period("2024-02"), period("2021-10-03")
    ((20210101, 20211231), (20240201, 20240229), (20211003, 20211003))
    """
    match = re.fullmatch(_DATE, text)
    if match is None:
        if relative := re.fullmatch(_RELATIVE, text):
            return _up_to_today(*relative.groups())
        raise BadDate(0, f"{text!r} is no date; write 2021, 2021-10, 2021-10-03 or 7d")
    year = int(match[1])
    if year == 0:
        raise BadDate(0, "there is no year 0")
    if match[2] is None:
        return year * 10000 + 101, year * 10000 + 1231
    month = int(match[2])
    if not 1 <= month <= 12:
        raise BadDate(match.start(2), f"there is no month {match[2]}")
    last = _last_day(year, month)
    base = year * 10000 + month * 100
    if match[3] is None:
        return base + 1, base + last
    day = int(match[3])
    if not 1 <= day <= last:
        raise BadDate(match.start(3), f"{year}-{month:02} has no day {match[3]}")
    return base + day, base + day


def is_relative(text: str) -> bool:
    """Whether a date moves with today, as 7d does."""
    return re.fullmatch(_RELATIVE, text) is not None


def today() -> date:
    """The day that it is in Seoul."""
    return datetime.now(_SEOUL).date()


def _up_to_today(number: str, unit: str) -> tuple[int, int]:
    count = int(number) if len(number) < 10 else _MOST + 1
    if not 1 <= count <= _MOST:
        nearest = min(max(1, count), _MOST)
        raise BadDate(0, f"{number}{unit}: from 1 to {_MOST:,}; write {nearest}{unit}")
    last = today()
    end = _number(last)
    if unit in "dw":
        first = last.toordinal() - count * (7 if unit == "w" else 1) + 1
        return (_number(date.fromordinal(first)) if first >= 1 else EARLIEST), end
    months = last.year * 12 + last.month - 1 - count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return EARLIEST, end
    # The day after the same day then: a month up to 31 March begins with 1 March.
    day = min(last.day, _last_day(year, month + 1))
    return _number(date(year, month + 1, day) + timedelta(days=1)), end


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def shown(day: int) -> str:
    """
    >>> shown(20211003)
    '2021-10-03'
    """
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"


def _last_day(year: int, month: int) -> int:
    # `calendar.monthrange` takes 2 microseconds, and its import 1 for every date.
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def bound(text: str) -> int:
    """The last day of a period that ends a range. Raises BadDate.

    Not of a relative one: up to 7d, is that today or a week ago?
    """
    first, last = period(text)
    if is_relative(text):
        raise BadDate(0, f"{text} runs up to today; for the days before it write {_before(first)}")
    return last


def _before(first: int) -> str:
    if first == EARLIEST:
        return "a date"
    day = date(first // 10000, first // 100 % 100, first % 100)
    return shown(_number(day - timedelta(days=1))) if day > date.min else shown(first)


def span(text: str) -> tuple[int, int]:
    """(first, last) day of a period or of a range `FROM..TO` with one end open or none.

    >>> span("2021-10..2021"), span("..2020")
    ((20211001, 20211231), (1, 20201231))
    """
    if ".." not in text:
        return period(text)
    since, _, until = text.partition("..")
    if not since and not until:
        raise BadDate(0, "a range needs a date at one end: 2021.. or ..2021")
    first = period(since)[0] if since else EARLIEST
    try:
        last = bound(until) if until else LATEST
    except BadDate as error:
        raise BadDate(len(since) + 2 + error.at, str(error)) from None
    if first > last:
        raise BadDate(0, f"{since} is after {until}")
    return first, last
