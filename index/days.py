"""Which calendar days does a date in a query mean?

A date is as coarse as it is written: 2021 is the whole year, 2021-10 the whole month, and
as a bound it includes all of it. Days are days in Seoul, as yyyymmdd.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

# Compiled at first use: most searches ask for no date.
_DATE = r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?"
_RELATIVE = r"[0-9]+[dwmy]"

_SEOUL = timezone(timedelta(hours=9))

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
    """(first, last) day of a year, month or day. Raises BadDate.

    >>> period("2021"), period("2024-02"), period("2021-10-03")
    ((20210101, 20211231), (20240201, 20240229), (20211003, 20211003))
    """
    match = re.fullmatch(_DATE, text)
    if match is None:
        if re.fullmatch(_RELATIVE, text):
            raise BadDate(0, f"{text}: relative dates are not in this version; write 2021-10-03..")
        raise BadDate(0, f"{text!r} is no date; write 2021, 2021-10 or 2021-10-03")
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


def _last_day(year: int, month: int) -> int:
    # `calendar.monthrange` takes 2 microseconds, and its import 1 for every date.
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


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
        last = period(until)[1] if until else LATEST
    except BadDate as error:
        raise BadDate(len(since) + 2 + error.at, str(error)) from None
    if first > last:
        raise BadDate(0, f"{since} is after {until}")
    return first, last
