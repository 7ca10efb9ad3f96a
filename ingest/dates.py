"""When was it? Every form of date that Korean pages, feeds and records print.

One pattern finds year, month, day, then an optional clock and zone; no zone means
Korean time, a date without a clock stays a date. What is impossible (month 13,
30 February, year 0) is None: the caller keeps the raw text and flags it undated.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

from corpus.article import When

SEOUL = timezone(timedelta(hours=9))  # no summer time since 1988: a fixed offset is exact

_CLOCK = r"""
    (?:[T\s,|(]|에|\([월화수목금토일]\)|[월화수목금토일]요일)*
    (?P<half>오전|오후|AM|PM|am|pm)?\s*
    (?P<hour>\d{1,2})\s*(?:시|:)\s*
    (?P<minute>\d{1,2})\s*분?
    (?:\s*:\s*(?P<second>\d{1,2})(?:[.,](?P<fraction>\d{1,9}))?(?!\d)|\s*(?P<second2>\d{1,2})\s*초)?
    (?:\s*(?P<half_after>AM|PM|am|pm|a\.m\.|p\.m\.))?
    (?:\s*\(?(?P<zone>Z|[+-]\d{2}:?\d{2}|[+-]\d{2}(?!\d)|KST|JST|GMT|UTC|EST|EDT|PST|PDT)\b\)?)?
"""
_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>\d{4})\s*(?:[-./]|년)\s*(?P<month>\d{1,2})\s*(?:[-./]|월)\s*"
    r"(?P<day>\d{1,2})(?!\d)\s*(?:일|\.)?(?:" + _CLOCK + ")?",
    re.VERBOSE,
)
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)"
    r"(?:[T\s]?(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d))?"
    r"(?:\.(?P<fraction>\d+))?(?P<zone>Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_ENGLISH = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+"
    + _MONTH
    + r"|"
    + _MONTH.replace("word", "word2")
    + r"\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?)[,\s-]+(?P<year>\d{4})(?!\d)"
    r"(?:[,\s]+(?:at\s+)?(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"(?:\s*(?P<half_after>[ap]\.?m\.?))?"
    r"(?:\s*\(?(?P<zone>Z|[+-]\d{2}:?\d{2}|KST|GMT|UTC|EST|EDT|PST|PDT)\b)?)?",
    re.IGNORECASE,
)
# With two digits of the year only where a clock stands behind: "20.10.06 11:25" (오마이뉴스).
_SHORT = re.compile(
    r"(?<![\d.])(?P<year>\d\d)[./-](?P<month>[01]\d)[./-](?P<day>[0-3]\d)\.?\s+"
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?!\d)"
)
# As Java prints a date: "Tue May 01 10:00:00 KST 2024".
_JAVA = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)\s+" + _MONTH + r"\s+(?P<day>\d\d)\s+"
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)\s+(?P<zone>[A-Z]{3})\s+(?P<year>\d{4})",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?\W+\Z")
_EPOCH = re.compile(r"\d{10}|\d{13}")

_ZONES = {
    "Z": 0,
    "GMT": 0,
    "UTC": 0,
    "KST": 9,
    "JST": 9,
    "EST": -5,
    "EDT": -4,
    "PST": -8,
    "PDT": -7,
}
_FIRST_YEAR, _LAST_YEAR = 1883, 2199  # 한성순보 is the first Korean newspaper


def parse_date(text: str) -> When | None:
    """The first date in `text`, with its clock if it has one; None where there is none.

    Also None where the first date is impossible: a wrong date is worse than no date.

    >>> parse_date("입력 2021.10.07. 오후 1:50 | 수정 2021.10.08").isoformat()
    '2021-10-07T13:50:00+09:00'
    >>> parse_date("1992-06-05 18면"), parse_date("2021-13-01")
    (datetime.date(1992, 6, 5), None)
    """
    text = text.strip()[:2000]
    if _EPOCH.fullmatch(text) and not text.startswith(("19", "20")):
        return _from_epoch(text)
    found = min(
        (match for match in (p.search(text) for p in (_NUMERIC, _COMPACT, _ENGLISH)) if match),
        key=lambda match: match.start(),
        default=None,
    )
    found = found or _JAVA.search(text) or _SHORT.search(text)
    if found is None:
        return None
    parts = found.groupdict()
    if found.re is _JAVA:
        parts["month"] = str(_MONTHS.index(parts["word"].lower()) + 1)
    elif found.re is _SHORT:
        parts["year"] = f"20{parts['year']}"
    if found.re is _ENGLISH:
        word = (parts["word"] or parts["word2"]).lower()
        parts["month"] = str(_MONTHS.index(word[:3]) + 1)
        parts["day"] = parts["day"] or parts["day2"]
        clock = None if parts["hour"] else _BEFORE.search(text[: found.start()])
        if clock:  # "11:12 April 19, 2023"
            parts.update(clock.groupdict())
    try:
        return _build(parts)
    except ValueError:
        return None


def _build(parts: dict[str, str | None]) -> When:
    year, month, day = (int(parts[key] or 0) for key in ("year", "month", "day"))
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(year)
    whole = date(year, month, day)
    if parts.get("hour") is None:
        return whole
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    half = (parts.get("half") or parts.get("half_after") or "").lower().replace(".", "")
    if half in ("오후", "pm") and hour < 12:
        hour += 12
    elif half in ("오전", "am") and hour == 12:
        hour = 0
    fraction = (parts.get("fraction") or "")[:6].ljust(6, "0")
    later = timedelta(days=1) if (hour, minute) == (24, 0) else timedelta(0)
    when = datetime(
        year,
        month,
        day,
        0 if later else hour,
        minute,
        int(parts.get("second") or parts.get("second2") or 0),
        int(fraction),
        tzinfo=_zone(parts.get("zone")),
    )
    if when.timestamp() == 0:
        raise ValueError("an empty field printed as a date")
    return when + later


def _zone(text: str | None) -> timezone:
    if not text:
        return SEOUL
    text = text.upper()
    if text in _ZONES:
        return timezone(timedelta(hours=_ZONES[text]))
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _from_epoch(text: str) -> When | None:
    seconds = int(text) / (1000 if len(text) == 13 else 1)
    return datetime.fromtimestamp(seconds, tz=SEOUL) if seconds > 0 else None
