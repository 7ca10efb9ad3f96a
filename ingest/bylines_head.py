"""Where does the story begin? Behind the dateline, if there is one near the top.

(가람=한빛통신) 도은설 기자 = … says place, agency and reporter; what stands above it that is no
sentence is a subtitle or a caption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.article import Contributor, Reporter
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_people as people
from corpus.ingest import publishers

_BRACKET = re.compile(
    r"\s*(?:\[([^\[\]]{2,80})\]|\(([^()]{2,60})\)|【([^【】]{2,60})】|<([^<>]{2,40})>|〈([^〈〉]{2,40})〉)\s*"
)
_INSIDE = re.compile(
    r"(?:\[[^\[\]=]{2,14}\](?=\s?[가-힣]{2,4}\s?(?:기자|특파원)\s?=)|\[[^\[\]]{0,40}?(?:기자|특파원)\s?\]|【[^【】]{2,50}】|[\[(][^\[\]()=]{1,14}=[^\[\]()=]{2,14}[\])](?=[^=]{2,40}(?:기자|특파원)\s?=))"
)
_EQUALS = re.compile(r"\s*([^=\"“”‘’]{2,70}?)\s?=\s*")
_ENGLISH = re.compile(
    r"(?P<place>[A-Z][A-Z .,/]{2,30}),\s"
    r"(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2}(?:,\s\d{4})?)\s"
    r"\((?P<agency>[A-Z][A-Za-z. ]{2,20})\)\s(?:--|—|–|-)\s*"
)
_BY = re.compile(
    r"By\s(?P<names>[A-Z][A-Za-z.-]+(?:\s[A-Z][A-Za-z.-]+){1,3}(?:(?:,|\sand)\s[A-Z][A-Za-z.-]+(?:\s[A-Z][A-Za-z.-]+){1,3})*)"
)
_ENGLISH_TITLE = re.compile(
    r"(?:Senior|Staff|Contributing|Guest|Culture|Business|Sports|Special)?\s?"
    r"(?:Reporter|Writer|Correspondent|Editor|Columnist|Photographer)s?"
)
# Without a name a tag must be a publisher beyond doubt: [경제], [종합], [스포츠] are sections.
_TAG_ONLY = re.compile(
    r".{2,14}(?:뉴스|일보|신문|닷컴|타임[스즈]|저널|데일리|통신|투데이|방송|헤럴드|기자연대)|.{0,3}(?:KBS|MBC|SBS|CBS|KNN|TBC)(?:\s[가-힣]{2})?"
)
# 하노이(베트남)= is a place and its country; 헤럴드경제(부산)= is a paper and a place.
_COUNTRY = re.compile(r"([가-힣]{2,10})\s?\(\s?[가-힣]{2,10}\)(?=\s?[=·])")
_MAX_BEFORE = 420  # characters of subtitle and caption glued before a dateline
_MIN_AFTER = 60  # a bracket with less behind it closes a caption
_MIN_CUT_AFTER = 25  # … unless the record was cut off there


@dataclass(slots=True)
class Dateline:
    """What a dateline says, and where in the line it begins and ends."""

    start: int
    end: int
    place: str | None = None
    agency: str | None = None
    publisher: str | None = None
    reporters: list[Reporter] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)

    @property
    def named(self) -> bool:
        """Whether it names who wrote it."""
        return bool(self.reporters)


def at_start(line: str) -> Dateline | None:
    """The dateline that opens a line, brackets, names and sign of equality together.

    >>> found = at_start("(로마=연합뉴스) 도은설 특파원 = 가람시 당국이")
    >>> found.place, found.agency, found.reporters[0].name, found.end
    ('로마', '연합뉴스', '도은설', 20)
    >>> at_start("(재)고창군장학재단이"), at_start("[사설] 통계가 말하지 않는")
    (None, None)
    """
    if "＝" in line[:80]:
        line = line.replace("＝", "=")
    if not line or line[0] not in "[(【<〈":
        return _named(line) or _english(line)
    found: Dateline | None = None
    at = 0
    for _ in range(3):
        match = _BRACKET.match(line, at)
        inside = next(filter(None, match.groups()), None) if match else None
        read = _inside(inside.strip(), whole=match.end() == len(line)) if match and inside else None
        if match is not None and read is None and found is None and inside:
            return _tagged(line, match.end(), inside.strip())
        if match is None or read is None:
            break
        found = _joined(found, read)
        at = match.end()
    if found is None:
        return None
    found.end = at
    return _after(line, found)


def _tagged(line: str, at: int, tag: str) -> Dateline | None:
    """Behind a tag that no table knows, names and a sign of equality: [누리통] 김솔 기자 = …"""
    named = _named(line[at:])
    if named is None:
        return None
    named.end += at
    named.publisher = tag if names.is_press(tag) else None
    return named


def _joined(first: Dateline | None, second: Dateline) -> Dateline:
    if first is None:
        return second
    first.place = first.place or second.place
    first.agency = first.agency or second.agency
    first.publisher = first.publisher or second.publisher
    first.reporters = first.reporters or second.reporters
    return first


def _after(line: str, found: Dateline) -> Dateline:
    """Names between the bracket and the sign of equality."""
    if "=" not in line[found.end : found.end + 72]:
        return found
    if line[found.end] == "=":
        found.end += 1
    else:
        match = _EQUALS.match(line, found.end)
        byline = people.read(match[1]) if match else None
        if match is None or byline is None or not (byline.titled and byline.reporters):
            return found
        found.reporters = found.reporters or byline.reporters
        found.end = match.end()
    while found.end < len(line) and line[found.end] == " ":
        found.end += 1
    return found


def _inside(text: str, *, whole: bool) -> Dateline | None:
    """What a bracket says; `whole` when nothing stands behind it: [KBS 청주], [CBS 뉴스쇼]."""
    if "=" not in text:
        text = _parted(text)
    elif "(" in text:
        text = _COUNTRY.sub(lambda found: found[0 if names.is_press(found[1]) else 1], text)
    left, equals, right = (part.strip() for part in text.partition("="))
    if equals and (not left or _PICTURE.fullmatch(left)):
        return None
    byline = people.read(text)
    if byline is not None and byline.reporters and (byline.titled or byline.publisher):
        # [한빛일보 도은설]: without a title only a publisher beyond doubt, and nothing else.
        plain = byline.unknown == 0 and byline.publisher in publishers_of(text)
        if byline.strength < 2 and not (equals and byline.publisher) and not plain:
            return None
        return Dateline(0, 0, byline.place, None, byline.publisher, byline.reporters)
    if byline is not None and byline.desk and byline.contributors and not byline.unknown:
        return Dateline(0, 0, publisher=byline.publisher, contributors=byline.contributors)
    if equals:
        return Dateline(0, 0, left, right) if len(left) <= 24 and _is_agency(right) else None
    if publishers.is_publisher(text) and not _SECTION_LIKE.fullmatch(text):
        return Dateline(0, 0, publisher=text)
    first, _, rest = text.partition(" ")
    if (
        publishers.is_publisher(first)
        and rest
        and (whole or rest in names.PLACES or publishers.is_publisher(rest))
    ):
        return Dateline(0, 0, publisher=first)
    return (
        Dateline(0, 0, publisher=text)
        if _TAG_ONLY.fullmatch(text) and names.is_press(text)
        else None
    )


def _parted(text: str) -> str:
    """The bracket with a sign of equality where the publisher ends, if a name follows at once.

    >>> _parted("헤럴드경제-도은설 기자"), _parted("스포츠서울도은설 기자"), _parted("단독")
    ('헤럴드경제=도은설 기자', '스포츠서울=도은설 기자', '단독')
    """
    word = text.split(" ", 1)[0]
    for end in range(len(word) - 2, 2, -1) if "기자" in text else ():
        if publishers.is_publisher(word[:end]) and names.is_name(word[end:].lstrip("-")):
            return f"{word[:end]}={word[end:].lstrip('-')}{text[len(word) :]}"
    return text


def publishers_of(text: str) -> list[str]:
    """The first word of a bracket, if it is a publisher that the table knows."""
    first = text.split(" ", 1)[0]
    return [first] if publishers.is_publisher(first) and " " in text else []


_PICTURE = re.compile(
    r"(?:자료\s?)?(?:사진|자료|그래픽|이미지|출처|영상|제공|일러스트|캡처)(?:\s?(?:제공|출처))?"
)
_SECTION_LIKE = re.compile(r"연합|한경|매경|머투|헤럴드|스포츠|경제|코리아|더벨")


def _is_agency(text: str) -> bool:
    return len(text) <= 20 and (
        text in ("聯合", "공동취재단")
        or names.is_press(text)
        or any(names.is_press(part.strip()) for part in re.split(r"[/·]", text) if part.strip())
    )


def _named(line: str) -> Dateline | None:
    """Names and sign of equality alone: the bracket before them was lost."""
    match = _EQUALS.match(line) if "=" in line[:30] and "기자" in line[:24] else None
    byline = people.read(match[1]) if match and len(match[1]) <= 24 else None
    if (
        match is None
        or byline is None
        or byline.unknown
        or not (byline.titled and byline.reporters)
    ):
        return None
    return Dateline(0, match.end(), byline.place, reporters=byline.reporters)


def _english(line: str) -> Dateline | None:
    match = _ENGLISH.match(line) if line[:1].isupper() and line[:1].isascii() else None
    if match is None:
        return None
    return Dateline(0, match.end(), match["place"].title(), match["agency"])


def english_byline(line: str) -> list[Reporter]:
    """The people of a line such as "By Kim Na-rae".

    >>> [who.name for who in english_byline("By Kim Na-rae and Do Eun-seol")]
    ['Kim Na-rae', 'Do Eun-seol']
    """
    match = _BY.fullmatch(line) if line.startswith("By ") and len(line) < 90 else None
    if match is None:
        return []
    people = re.split(r",\s?(?:and\s)?|\sand\s", match["names"])
    return [Reporter(name) for name in people if not _ENGLISH_TITLE.fullmatch(name)]


def inside(line: str) -> Dateline | None:
    """A named dateline within the first characters of a line that lost its line breaks."""
    # Cheap first: nearly every line has neither bracket nor sign before a title.
    head = line[: _MAX_BEFORE + 60]
    if "기자" not in head and "특파원" not in head:
        return None
    least = _MIN_CUT_AFTER if line.endswith(("...", "…")) else _MIN_AFTER
    for match in _INSIDE.finditer(head, 1):
        if match.start() > _MAX_BEFORE or len(line) - match.end() < least:
            break
        found = at_start(line[match.start() :])
        if found is not None and found.named:
            found.start = match.start()
            found.end += match.start()
            return found
    return None


_GLUED_CREDITS = re.compile(
    r"(?:\((?:[^()]{1,60}[ /])?(?:사진|자료|그래픽)[^()]{0,40}\)|"
    r"\[(?:[^\[\]]{1,60}[ /])?(?:사진|자료|그래픽)[^\[\]]{0,40}\]|[가-힣A-Za-z0-9]{2,14}\s제공|"
    r"▲\s?[^ⓒ©]{1,80}[ⓒ©]\s?(?:[가-힣]{2,4}?|[^.]{1,30}?(?:제공|홈페이지))|[ⓒ©][^.]{1,40}?(?:홈페이지|제공|페이스북|캡처|갈무리))"
    r"\s{0,3}(?=[가-힣“‘\"'])(?!(?:하[는고며여]|한다|받[아은]|된|되[는어]|항))"
)


def credit_after(line: str, start: int, found: Dateline) -> int:
    """Where the story goes on when the credit of a picture is glued behind the dateline."""
    window = line[start : start + 160]
    for reporter in found.reporters if window.startswith("▲") else ():
        own = re.match(
            rf"▲\s?[^ⓒ©]{{1,80}}[ⓒ©]\s?{re.escape(reporter.name or '')}(?=[가-힣])", window
        )
        if own:
            return start + own.end()
    match = _GLUED_CREDITS.match(window)
    if match is None or captions.ends_like_sentence(match[0].rstrip()):
        return start
    return start + match.end()
