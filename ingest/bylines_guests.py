"""Who wrote from outside, or heads a local office? A name and what the person is, on its own line.

"도은설 가람대 행정학과 교수" has the shape of a list of guests as well, so only a line below a
sentence, or above the first one, is offered here; the caller knows where it stands.
"""

from __future__ import annotations

import re

from corpus.article import Contributor, Reporter
from corpus.ingest import bylines_names as names
from corpus.ingest.bylines_people import Byline

_COLUMNIST = re.compile(
    rf"(?:[\[<][^\[\]<>]{{2,14}}[\]>]\s?)?(?P<name>{names.NAME_PATTERN})\s?[|│]\s?"
    r"(?P<titles>[가-힣A-Za-z·,() ]{2,44}(?<![다요]))"
)
_STAFF = re.compile(r"(?:팀장|부장|국장|편집장)\Z")
_GUEST = re.compile(
    rf"[/|▶■*\[(]?\s?(?P<name>{names.NAME_PATTERN})\s?[·,(/|]?\s?"
    r"(?P<where>(?:[가-힣A-Za-z&·]{2,14}[\s·,]{1,2}){0,3}?(?:[가-힣A-Za-z]{1,10}?(?=[가-힣]{2,4}[)\]]?\Z))?)"
    r"(?:(?P<role>(?:명예|석좌|초빙|겸임|특임|부)?교수|변호사|회계사|세무사|노무사|(?:문학|영화|음악|미술|문화|정치|시사|대중문화|여행|방송)?평론가|"
    r"(?:방송|여행|동화|사진|수필)?작가|소설가|시인|수필가|선임연구위원|연구위원|선임연구원|연구원|전문의)"
    r"|(?P<staff>(?:취재|편집|보도|총괄|지역)?(?:본부장|지사장|지국장|편집장)|(?:취재|편집|보도|사회|경제|정치|문화)(?:부장|국장|팀장)))[)\]]?"
)


def guest(text: str) -> Byline | None:
    """Who wrote from outside, or heads a local office: "도은설 가람대 행정학과 교수".

    >>> found = guest("도은설 가람대 행정학과 교수").contributors[0]
    >>> found.name, found.role, found.affiliation
    ('도은설', '교수', '가람대 행정학과')
    >>> guest("가람시장 김가온 드림")
    """
    if len(text) > 60:
        return None
    columnist = _COLUMNIST.fullmatch(text) if "|" in text or "│" in text else None
    if columnist and names.is_name(columnist["name"]):
        who, titles = columnist["name"], columnist["titles"]
        if names.TITLE.search(titles) or _STAFF.search(titles):
            return Byline([Reporter(who)], strength=2, titled=True)
        return Byline([], [Contributor(who, role=titles)], strength=2, titled=True)
    match = _GUEST.fullmatch(text) if len(text) <= 45 else None
    if match is None or not names.is_name(match["name"]) or names.TITLE.search(match["where"]):
        return None
    found = Byline(strength=2, titled=True)
    if match["staff"]:
        found.reporters.append(Reporter(match["name"]))
        return found
    where = " ".join(match["where"].split()) or None
    found.contributors.append(Contributor(match["name"], role=match["role"], affiliation=where))
    return found
