"""Why is this page no article? The reason a person would give: a login wall, a list of links."""

from __future__ import annotations

import re

from corpus.ingest.containers import is_list
from corpus.ingest.tree import Tree, plain

_MISSING = re.compile(
    r"\b404\b|not found|페이지를 찾을 수 없|찾을 수 없(?:는|습니다)|존재하지 않(?:는|습니다)|"
    r"삭제된 (?:기사|페이지|글|게시물|콘텐츠)입니다|삭제되었거나|삭제되었습니다|"
    r"없는 (?:페이지|기사)|잘못된 (?:주소|접근|경로)|요청하신 (?:페이지|기사)|"
    r"서비스가 종료|유효하지 않은",
    re.I,
)
# In a headline 삭제 and 없는 are news: only what a server says.
_MISSING_TITLE = re.compile(
    r"\A\W*404\W*\Z|404 (?:error|not found)|error 404|not found|(?:페이지|기사)를 찾을 수 없"
    r"|존재하지 않는 (?:페이지|기사)",
    re.I,
)
_ALERT = re.compile(r"\balert\(\s*[\"']([^\"']{4,200})[\"']")
_LOGIN = re.compile(
    r"로그인|회원\s?전용|유료\s?회원|구독자\s?전용|sign in|log ?in|본인\s?인증|성인\s?인증", re.I
)
_DENIED = re.compile(
    r"access denied|403 forbidden|접근이 (?:거부|차단|제한)|비정상적인 접근|captcha|"
    r"로봇이 아닙니다|자동등록방지|just a moment|checking your browser|"
    r"enable javascript and cookies",
    re.I,
)
_ERROR = re.compile(r"\b50[0234]\b|server error|bad gateway|점검 중|일시적인 오류", re.I)


_WALL = re.compile(
    r"(?:유료|구독|프리미엄|회원|멤버십|로그인)[^.]{0,40}"
    r"(?:전용|독자만|회원만|하시면|하면 |후\s?이용|후\s?보실|필요합니다"
    r"|(?:읽을|볼|보실|이용하실|이용할) 수 있)"
    r"|이 (?:기사|콘텐츠|글)(?:은|는|의 (?:전문|전체|나머지))[^.]{0,30}"
    r"(?:유료|구독|로그인|회원|멤버십)"
    r"|(?:나머지|전체|이어지는) (?:기사|내용|글)[^.]{0,20}(?:구독|로그인|회원)",
)
_READING = re.compile(r"기사|콘텐츠|전문을|본문|로그인|구독")
_HANGUL = re.compile("[가-힣]")
_LONGEST_WALL = 120  # characters of a line that asks to pay or to log in


def take_wall(lines: list[str]) -> list[str]:
    """Take the lines that ask to pay or to log in off the end of `lines`; what was taken.

    A story may speak of subscriptions: only short last lines are asked, and only those in
    which this page speaks of itself.

    >>> lines = ["강이 맑아졌다고 시가 밝혔다.", "이 기사는 유료 회원 전용입니다.", "로그인"]
    >>> take_wall(lines), lines
    (['이 기사는 유료 회원 전용입니다.', '로그인'], ['강이 맑아졌다고 시가 밝혔다.'])
    """
    for at in range(max(0, len(lines) - 5), len(lines)):
        line = lines[at]
        asks = _WALL.search(line) and _READING.search(line) and _spoken(line)
        if asks and len(line) <= _LONGEST_WALL:
            rest = lines[at:]
            if sum(map(len, rest)) <= 3 * _LONGEST_WALL:
                del lines[at:]
                return rest
    return []


_SHORT = 150  # characters: the notice, an apology and a way home


def _spoken(text: str) -> bool:
    """Whether a page speaks to its reader: notices say 습니다, newspapers 다."""
    return "니다" in text or "세요" in text or not _HANGUL.search(text)


def missing(title: str, text: str) -> str | None:
    """The reason, where a page says itself that there is nothing; None otherwise.

    A story may well speak of a page that was deleted, so only a very short one is heard.
    """
    words = f"{title} {text}" if len(text) < _SHORT else title
    if _MISSING_TITLE.search(title) or (
        len(text) < _SHORT and _MISSING.search(text) and _spoken(text)
    ):
        return "a page that says the article does not exist (404), not an article"
    if _DENIED.search(words):
        return "a page that denies access, not an article"
    if _ERROR.search(title):
        return "a server's error page, not an article"
    return None


def reason(tree: Tree, title: str) -> str:
    """Why a page without a story has none."""
    root = tree.root
    body = root.find("body")
    text = plain(body) if body is not None else ""
    said = missing(title, text)
    alert = _ALERT.search(tree.source) if len(text) < _SHORT else None
    said = said or (missing("", alert[1]) if alert else None)
    if said:
        return said
    if tree.select("input[type=password]") or (len(text) < 1500 and _LOGIN.search(text)):
        return "a login page, not an article"
    linked = sum(len(plain(link)) for link in root.iter("a"))
    if len(text) > 40 and (linked * 10 > len(text) * 6 or is_list(root)):
        return "a list of links, not an article"
    if len(text) < 200 and next(root.iter("script"), None) is not None:
        return "a page whose text is loaded by scripts: no article in it"
    return "HTML without an article"
