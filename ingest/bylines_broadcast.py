"""How does a broadcast report begin, end and credit its crew? [앵커], sign-offs, 영상취재."""

from __future__ import annotations

import re

from corpus.article import Contributor, Reporter
from corpus.ingest import bylines_captions as captions
from corpus.ingest import bylines_names as names
from corpus.ingest import bylines_people as people

_SPEAKS = r"(?:기자|특파원|앵커|캐스터|리포터)"
_SIGN_OFF = re.compile(
    r"(?:[가-힣A-Za-z·,() ]{2,24}에서,?\s)?(?:지금까지\s)?"
    r"(?:[가-힣]{2,12}에서,?\s)?(?:[가-힣A-Za-z0-9 ]{0,16}\s)?"
    r"(?:KBS|MBC|SBS|YTN|MBN|JTBC|TV조선|채널A|연합뉴스TV|OBS|CBS|EBS|TBS|KNN|TJB|UBC|KBC|CJB|JTV|G1|JIBS|[A-Z]{2,5}|"
    r"[가-힣]{2,6}(?:방송|뉴스|TV))\s?(?:뉴스|NEWS|news)?\s?"
    rf"(?P<name>{names.NAME_PATTERN})\s?(?:\[?(?P<mail>[A-Za-z0-9._@-]+)\]?)?\s?{_SPEAKS}?"
    r"\s?(?:입니다|이었습니다|였습니다)\s?\.?(?:\s?[\[(]\s?(?P<mail2>[A-Za-z0-9._-]+@[A-Za-z0-9._-]*)\s?[\])])?"
)
_ANY_STATION = re.compile(
    r"(?:[가-힣]{2,8}에서,?\s)?[가-힣A-Za-z0-9]{1,9}[가-힣A-Za-z0-9](?<![은는이가의도로])(?:\s?(?:뉴스|NEWS))?\s"
    rf"(?P<name>{names.NAME_PATTERN})\s?(?:기자)?입니다\.?"
)
_SO_FAR = re.compile(
    rf"지금까지\s.{{1,40}}?(?P<name>{names.NAME_PATTERN})\s?{_SPEAKS}?\s?(?:였|이었|입)?(?:습)?니다\.?"
    r"|(?:지금까지\s.{1,50}|[가-힣A-Za-z0-9 ]{2,9}(?:터치|뉴스|브리핑|리포트|센터|룸|톡))"
    r"(?:였습니다|이었습니다|전해\s?드렸습니다)\.?"
)
_AFFILIATE = re.compile(
    rf"(?:[A-Z]{{2,4}}|G1)\s?(?:뉴스)?\s(?P<name>{names.NAME_PATTERN})(?:\[(?P<mail>[A-Za-z0-9._@-]+)\]?)?\.?"
)
_CREW = (
    r"(?:영상\s?취재|영상\s?편집|촬영\s?기자|촬영|편집|취재|그래픽|자막|화면\s?제공|자료\s?조사|자료\s?제공|영상|음성|작가|연출|진행|"
    r"제작(?:진)?|구성|CG|VJ|책임\s?프로듀서|프로듀서|조연출|리서처|인턴|삽화|취재\s?데스크|디자인|내레이션|오디오|조명|번역|"
    r"취재\s?기자|기획|카메라|음향|기술|타이틀|출연|행정)"
)
_CREDITS = re.compile(rf"[(\[\s]{{0,3}}{_CREW}\s?[:：/]")
_CREDIT_PAIR = re.compile(rf"{_CREW}\s?[:：]\s?{names.NAME_PATTERN}")
_MARK = re.compile(
    r"[\[【<〈◀(]\s?(?:앵커(?:멘트|\s?리포트)?|기자|리포트|VCR|리포터|녹취|오프닝|클로징|앵커\s?(?:브리핑|코멘트)|인터뷰|아나운서)"
    r"\s?[\]】>〉▶)]|●\s?(?:앵커|기자)\s?[:：]?"
)


def is_mark(text: str) -> bool:
    """Whether a line is only a marker such as [앵커] or ◀ 리포트 ▶."""
    return len(text) <= 14 and _MARK.fullmatch(text) is not None


def _signed(match: re.Match[str]) -> people.Byline:
    groups = match.groupdict()
    name, mail = groups.get("name"), groups.get("mail") or groups.get("mail2")
    found = people.Byline(strength=2)
    if name and names.is_name(name):
        found.reporters.append(Reporter(name, mail))
    return found


def sign_off(text: str) -> people.Byline | None:
    """Who speaks the sentence with which a report ends; None where it is no such sentence.

    >>> sign_off("도쿄에서 KBS 뉴스 홍길동입니다.").reporters[0].name
    '홍길동'
    >>> sign_off("날씨였습니다.")
    """
    if not text.rstrip(". ").endswith("니다") and "니다. [" not in text and "니다. (" not in text:
        affiliate = _AFFILIATE.fullmatch(text) if len(text) <= 40 and text[0].isascii() else None
        return _signed(affiliate) if affiliate and names.is_name(affiliate["name"]) else None
    if len(text) > 80:
        return None
    match = _SIGN_OFF.fullmatch(text)
    if match and names.is_name(match["name"]):
        return _signed(match)
    match = _SO_FAR.fullmatch(text)
    return _signed(match) if match else None


def of_any_station(text: str) -> people.Byline | None:
    """Who signs off for a station that no table knows; only within a script, whose end it is.

    >>> of_any_station("누리통 김솔입니다.").reporters[0].name
    '김솔'
    >>> of_any_station("범인은 김솔입니다."), of_any_station("도은설 특파원입니다.")
    (None, None)
    """
    match = _ANY_STATION.fullmatch(text) if len(text) <= 40 else None
    if match is None or not names.is_name(match["name"]):
        return None
    return _signed(match)


def crew(text: str) -> people.Byline | None:
    """The crew that a line of credits names; None where it is no such line.

    >>> [each.name for each in crew("영상취재 : 홍길동/영상편집 : 김철수").contributors]
    ['홍길동', '김철수']
    """
    if len(text) > 400 or not (_CREDITS.match(text) or len(_CREDIT_PAIR.findall(text)) >= 3):
        return None
    byline = people.read(text)
    if byline is not None:
        return byline
    if (
        captions.ends_like_sentence(text)
        or "다." in text
        or (len(text) > 120 and len(_CREDIT_PAIR.findall(text)) < 3)
    ):
        return None
    mails = [mail for mail in map(people.tidy_mail, names.EMAIL.findall(text)) if mail]
    byline = people.Byline(strength=1)
    byline.mails = [mail for mail in mails if not names.is_desk_mail(mail)]
    byline.contributors.append(Contributor(role=text))
    return byline
