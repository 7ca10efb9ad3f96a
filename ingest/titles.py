"""What is the headline, without the site's own name? The part before the last bar that names it.

Sites add " - 조선일보", " | 한국일보", "-정치ㅣ한국일보" (a Hangul vowel as bar), " : 네이버 뉴스".
A tail goes when it is the publisher, the site, a portal or, after one of these went, a
section; or when another title on the page ends before it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from corpus.ingest import publishers
from corpus.ingest.words import words

_BAR = re.compile(r"\s*(?::{2,4}|\s[-–—:<>·]\s?|\s?[-–—:<>·]\s|[|｜ㅣ∣│┃«»<>]|-|:)\s*")
_SECTIONS = words(
    "뉴스 정치 경제 사회 국제 세계 문화 연예 스포츠 생활 오피니언 "
    "사설 칼럼 it 과학 전국 지역 산업 증권 금융 부동산 "
    "국회/정당 종합 전체기사 기사 기사본문 뉴스기사 라이프 "
    "건강 피플 인물 교육 환경 북한 world news"
)
_AROUND = re.compile(
    r"뉴스|닷컴|\.com|신문사|온라인|인터넷|모바일|the|news|tv|대한민국|대표|언론|기사|본문|홈|[()\[\]]",
    re.I,
)
_LONGEST = 1000  # characters; a longer headline is an attack or a body
_PREFIX = re.compile(r"\A\[([^\]]{1,12})\]\s*")


def _key(text: str) -> str:
    return "".join(text.split()).casefold()


def same(one: str, other: str) -> bool:
    """Whether two headlines are one, whatever their spaces."""
    return "".join(one.split()) == "".join(other.split())


def tidy(title: str) -> str:
    """One line, with entities that were escaped twice and inch signs used as quotes mended.

    >>> tidy('″꽉 닫힌 지갑″ &quot;열어라&quot;')
    '"꽉 닫힌 지갑" "열어라"'
    """
    text = " ".join(html.unescape(title[:_LONGEST]).split())
    return text.replace("″", '"') if text.count("″") % 2 == 0 else text


def without_site(title: str, sites: Iterable[str], section: str | None = None) -> str:
    """`title` without the site's name (and a section before it) at its end.

    >>> without_site("장동혁, 부담 커졌다-정치ㅣ한국일보", ["한국일보"])
    '장동혁, 부담 커졌다'
    >>> without_site("A-B 회담", ["한국일보"])
    'A-B 회담'
    """
    names = [key for key in map(_key, sites) if len(key) > 1]
    text, gone = title, False
    while True:
        bars = list(_BAR.finditer(text))
        if not bars or bars[-1].start() == 0:
            break
        tail = text[bars[-1].end() :].strip()
        # A bare hyphen or colon is common inside headlines: only the site's own name after it.
        loose = bars[-1][0] in "-:"
        known = _is_own(tail, names) if loose else _is_site(tail, names)
        if not (known or (gone and _is_section(tail, section))):
            break
        text, gone = text[: bars[-1].start()].rstrip(), True
    prefix = _PREFIX.match(text)
    if gone and prefix and _is_section(prefix[1], section):
        text = text[prefix.end() :]
    return _without_prefix(text, names) or title


def _without_prefix(text: str, names: list[str]) -> str:
    """`text` without the site's own name before its first bar: "::: 가람신문 ::: …"."""
    text = _LEADING.sub("", text)
    bar = _AFTER_NAME.search(text)
    if bar and bar.start() and _is_own(text[: bar.start()].strip(), names):
        return text[bar.end() :].strip()
    return text


# A bare hyphen or colon joins names in headlines (KBS-MBC), angles hold the names of works.
_LEADING = re.compile(r"\A\s*(?::{2,4}|[|｜ㅣ│┃])\s*")
_AFTER_NAME = re.compile(r"\s*(?::{2,4}|\s[-–—:]\s|[|｜ㅣ│┃])\s*")


def _is_site(tail: str, names: list[str]) -> bool:
    known = publishers.is_publisher(tail) or publishers.is_portal(tail)
    return known or _is_own(tail, names)


def _is_own(tail: str, names: list[str]) -> bool:
    key = _key(tail)
    if not key or len(key) > 40:
        return not key
    if key in names:
        return True
    return any(name in key and not _AROUND.sub("", key.replace(name, "")) for name in names)


def _is_section(tail: str, section: str | None) -> bool:
    key = _key(tail)
    return key in _SECTIONS or (section is not None and key == _key(section))


def choose(candidates: Iterable[str], sites: Iterable[str], section: str | None = None) -> str:
    """The headline among what the page calls its title, best source first; "" if none is one."""
    names = [site for site in sites if site]
    clean = []
    for raw in dict.fromkeys(candidates):  # most of them say the same
        text = without_site(tidy(raw), names, section) if raw else ""
        if text and not _is_site(text, [_key(name) for name in names]):
            clean.append(text)
    if not clean:
        return ""
    best = clean[0]
    for other in clean[1:]:
        cut = best.removeprefix(other)
        if (
            other != best
            and cut != best
            and len(other) >= 8
            and re.match(r"\s*[|｜ㅣ│:<>–—]|\s+-\s", cut)
        ):
            best = other  # the page's headline ends where a bar begins
        stem = best.rstrip(".…")
        if best.endswith(("...", "…")) and len(other) > len(stem) and other.startswith(stem):
            best = other  # og:title is cut off at some length
    return best
