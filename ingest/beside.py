"""What stands on the page beside the story: printed dates, reporter boxes, breadcrumbs.

Asked only for what the head does not say. Dates stand behind a word (입력, 등록, 수정 …),
reporters in a box with a mail link, sections at the end of a path.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from lxml import etree

from corpus.article import Reporter, When
from corpus.ingest.dates import parse_date
from corpus.ingest.people import is_personal, persons
from corpus.ingest.tree import plain, select

_ENTERED = re.compile(
    r"(?:기사\s?입력|최초\s?입력|입력|등록|승인|송고|게재|작성|발행|게시|Published|Posted|Input)"
    r"\s?(?:시간|일시|날짜|일자|일|시각)?"
)
_CHANGED = re.compile(
    r"(?:최종\s?수정|기사\s?수정|수정|최종\s?업데이트|업데이트|최종\s?편집|Updated|Modified)\s?(?:시간|일시|날짜|일자|일|시각)?"
)
_SENT = re.compile(r"(\d{4}/\d{2}/\d{2} \d{2}:\d{2})\s*송고")
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>?", re.S)
_NEXT = re.compile(r"[\s:|.·(\[-]*(?=(?:19|20)\d\d\s?[-./년])")
_MAIL_IN_LINK = re.compile(r"(?:mailto:|[?&]e?mail=)\s*([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.I)
_BOX = re.compile(r"report|journalist|byline|writer|author|profile|gija|editor", re.I)
_PATH = (
    ".breadcrumb, .breadcrumbs, .location, .path, #location, .article-location, .loc, .page_path"
)


def _dated(text: str, word: re.Pattern[str]) -> When | None:
    for tries, match in enumerate(word.finditer(text)):
        if tries > 60:
            return None
        after = _TAGS.sub(" ", text[match.end() : match.end() + 260])
        start = _NEXT.match(after)
        if start:
            when = parse_date(after[start.end() : start.end() + 40])
            if when:
                return when
    return None


def entered(text: str, root: etree._Element, selector: str = "") -> When | None:
    """The printed date of publication: by the layout, a <time>, or a word before it."""
    if selector:
        found = _at(root, selector)
        if found:
            return found
    for node in root.iter("time"):
        when = parse_date(node.get("datetime") or plain(node))
        if when:
            return when
    sent = _SENT.search(text)
    return _dated(text, _ENTERED) or (parse_date(sent[1]) if sent else None) or _loose(root)


def changed(text: str, root: etree._Element, selector: str = "") -> When | None:
    """The printed date of the last change."""
    return (_at(root, selector) if selector else None) or _dated(text, _CHANGED)


def _at(root: etree._Element, selector: str) -> When | None:
    for node in select(root, selector)[:5]:
        when = parse_date(
            node.get("data-date-time") or node.get("data-modify-date-time") or plain(node)
        )
        if when:
            return when
    return None


def _loose(root: etree._Element) -> When | None:
    for node in select(
        root, ".date, .datetime, .article_date, .news_date, .write_date, .view_date"
    )[:4]:
        text = plain(node)
        when = parse_date(text) if len(text) < 80 else None
        if when:
            return when
    return None


def boxed(root: etree._Element, selector: str = "") -> list[Reporter]:
    """The reporters in boxes under or over the story: names with the address of a mail link."""
    out: list[Reporter] = []
    for node in select(root, selector)[:6] if selector else []:
        out += persons(plain(node)[:120])
    for link in root.iter("a"):
        href = link.get("href")
        if not href or "@" not in unquote(href[:300]):
            continue
        match = _MAIL_IN_LINK.search(unquote(href[:300]))
        if match and is_personal(match[1]):
            out += _around(link, match[1])
    unique: dict[str | None, Reporter] = {}
    for one in out:
        if one.name not in unique or (one.email and not unique[one.name].email):
            unique[one.name] = one
    return list(unique.values())


def _around(link: etree._Element, mail: str) -> list[Reporter]:
    node: etree._Element | None = link
    boxed_in = False
    for _ in range(5):
        if node is None or node.tag in ("body", "html"):
            return []
        boxed_in = boxed_in or bool(
            _BOX.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        )
        text = plain(node).replace(mail, " ")
        if len(text) > 160:
            return []
        if boxed_in or "기자" in text:
            found = persons(text)
            if len(found) == 1:
                return [Reporter(found[0].name, mail)]
            if found:
                return []
        node = node.getparent()
    return []


def path_section(root: etree._Element) -> str:
    """The last step of a breadcrumb that is a section, or ""."""
    for node in select(root, _PATH)[:3]:
        steps = [step.strip() for step in re.split(r"[>›»＞|/]|&gt;", plain(node)) if step.strip()]
        if len(steps) > 1 and len(steps[-1]) <= 12:
            return steps[-1]
    return ""
