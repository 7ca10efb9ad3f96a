"""What stands on the page beside the story: printed dates, reporter boxes, breadcrumbs.

Asked for what the head does not say, and for e-mails of the reporters whom it names. Dates
stand behind a word (입력, 등록, 수정 …), reporters in a box with a mail link, sections at the
end of a path.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from urllib.parse import unquote

from lxml import etree

from corpus.article import Reporter, When
from corpus.ingest.dates import parse_date
from corpus.ingest.lines import SUBTITLE, multi
from corpus.ingest.people import is_personal, persons
from corpus.ingest.titles import same
from corpus.ingest.tree import HEADINGS, Tree, plain

_ENTERED = re.compile(
    r"(?:기사\s?입력|기사\s?승인|기사\s?전송|최초\s?입력|입력|등록|승인|송고|게재|작성|발행|게시|전송|날짜|일자"
    r"|Published|Posted|Input)\s?(?:시간|일시|날짜|일자|일|시각)?"
)
# Not 최종편집 and UPDATED: in the heads of sites they stand before the time of the whole site.
_CHANGED = re.compile(
    r"(?:최종\s?수정|기사\s?수정|수정|최종\s?업데이트|업데이트|Updated|Modified)"
    r"\s?(?:시간|일시|날짜|일자|일|시각)?"
)
_DAY = r"((?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\.?\s+(?:오[전후]\s)?\d{1,2}:\d{2}(?::\d{2})?)"
_SENT = re.compile(_DAY + r"\s*(?:송고|입력|등록|발행)")
_REVISED = re.compile(_DAY + r"\s*(?:최종\s?)?(?:수정|업데이트)")
_TAGS = re.compile(r"<!--.*?-->|<[^>]*>?", re.S)
_NEXT = re.compile(
    r"[\s:|.·(\[-]*(?=(?:19|20)\d\d\s?[-./년]|\d\d[./-]\d\d[./-]\d\d\.?\s+\d\d:\d\d)"
)
_MAIL_IN_LINK = re.compile(r"(?:mailto:|[?&]e?mail=)\s*([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.I)
_MAIL = re.compile(r"([A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_LABELLED = re.compile(
    r"(?:기자명|글쓴이|작성자|취재기자|등록자)\s*[:：]?\s*((?:<[^<>]{0,80}>|\s|&nbsp;|[:：])*)([^<>\n]{2,60})"
)
_SIGNATURE = re.compile(
    r"(?:\S{2,12}\s?=\s?)?[가-힣A-Z·,/ ]{2,24}?\s?(?:(?:선임|전문|인턴|수습|객원|시민)\s?)?"
    r"(?:기자|특파원|논설위원|칼럼니스트)"
)
_FOOT = re.compile(r"foot|copyright|address|company|caption", re.I)
_BOX = re.compile(r"report|journalist|byline|writer|author|profile|gija|editor", re.I)
_DATES = ".date, .datetime, .article_date, .news_date, .write_date, .view_date"
_DATE_WITHIN, _NAMES_WITHIN = 39, 29  # elements behind the headline
_PATH = (
    ".breadcrumb, .breadcrumbs, .location, .path, #location, .article-location, .loc, .page_path"
)


# The foot of a site says when the paper was registered: 등록번호 … 등록일 1966-03-08.
_IMPRINT = re.compile("등록번호|발행인|편집인|청소년보호|사업자")


def _dated(text: str, word: re.Pattern[str]) -> When | None:
    for tries, match in enumerate(word.finditer(text)):
        if tries > 60:
            return None
        if _IMPRINT.search(text, max(0, match.start() - 200), match.end() + 200):
            continue
        after = _TAGS.sub(" ", text[match.end() : match.end() + 260])
        start = _NEXT.match(after)
        if start:
            when = parse_date(after[start.end() : start.end() + 40])
            if when:
                return when
    return None


def entered(tree: Tree, selector: str = "") -> When | None:
    """The printed date of publication: by the layout, a <time>, or a word before it."""
    found = _at(tree, selector)
    if found:
        return found
    for node in tree.select("[data-date-time]")[:2]:
        when = parse_date(node.get("data-date-time") or "")
        if when:
            return when
    for node in tree.root.iter("time"):
        when = parse_date(node.get("datetime") or plain(node))
        if when:
            return when
    sent = _SENT.search(tree.source)
    return _dated(tree.source, _ENTERED) or (parse_date(sent[1]) if sent else None) or _loose(tree)


def changed(tree: Tree, selector: str = "") -> When | None:
    """The printed date of the last change."""
    found = _at(tree, selector)
    for node in tree.select("[data-modify-date-time]")[:1]:
        found = found or parse_date(node.get("data-modify-date-time") or "")
    found = found or _dated(tree.source, _CHANGED)
    if found or not _CHANGED.search(tree.source):
        return found
    revised = _REVISED.search(tree.source)
    return parse_date(revised[1]) if revised else None


def _at(tree: Tree, selector: str) -> When | None:
    for node in tree.select(selector)[:5]:
        when = parse_date(
            node.get("data-date-time") or node.get("data-modify-date-time") or plain(node)
        )
        if when:
            return when
    return None


def bare(tree: Tree, title: str) -> When | None:
    """A date printed alone between the headline and the story, without a word before it."""
    for node in _below_headline(tree, title, _DATE_WITHIN):
        text = (node.text or "").strip()
        if 8 <= len(text) <= 40 and text[0].isdigit() and _ONLY_DATE.fullmatch(text):
            return parse_date(text)
    return None


def _below_headline(tree: Tree, title: str, most: int) -> Iterator[etree._Element]:
    """The first `most` elements behind the headline; none where the page does not print it."""
    nodes = tree.root.iter(etree.Element)
    for node in nodes:
        if node.tag in HEADINGS and title and same(plain(node), title):
            yield from itertools.islice(nodes, most)
            return


_ONLY_DATE = re.compile(
    r"(?:19|20)\d\d\s?[-./년][\d\s\-./:년월일시분초오전후()월화수목금토]+(?:\s?[AP]M)?", re.I
)


def _loose(tree: Tree) -> When | None:
    for node in tree.select(_DATES)[:4]:
        text = plain(node)
        when = parse_date(text) if len(text) < 80 else None
        if when:
            return when
    return None


def boxed(tree: Tree, story: Collection[etree._Element], selector: str = "") -> list[Reporter]:
    """The reporters in boxes under or over the `story`: names beside a mail link or address.

    What stands inside the story is left to the byline stage, which knows photographers.
    """
    out: list[Reporter] = []
    for node in tree.select(selector)[:6]:
        out += persons(plain(node)[:120])
    for node in tree.walked.addressed[:60]:
        href = unquote((node.get("href") or "")[:300])
        match = _MAIL_IN_LINK.search(href) or _MAIL.search((node.text or "")[:300])
        if match and is_personal(match[1]) and not any(up in story for up in node.iterancestors()):
            out += _around(node, match[1])
    unique: dict[str | None, Reporter] = {}
    for one in out:
        if one.name not in unique or (one.email and not unique[one.name].email):
            unique[one.name] = one
    return list(unique.values())


def headed(tree: Tree, title: str) -> bool:
    """Whether the page prints its title as a heading of its own."""
    return any(same(plain(node), title) for node in tree.root.iter(*HEADINGS))


_CUT = re.compile(r"\s*(?:[|｜ㅣ│:<>＜＞–—]|::+|\s-\s)")


def heading(tree: Tree, title: str) -> str:
    """The heading on the page with which `title` begins, where a bar follows it there.

    What the site adds is no name that tables know, but the page prints the headline alone.
    """
    if not _CUT.search(title):
        return ""
    for node in tree.root.iter(*HEADINGS, "strong"):
        text = plain(node)
        if len(text) >= 8 and title.startswith(text) and _CUT.match(title, len(text)):
            return text
    return ""


def named(tree: Tree, title: str) -> list[Reporter]:
    """The reporters whom the page names without an address: by a word, or under the headline.

    Only for pages that name nobody else: lists of other articles print names too.
    """
    label = _LABELLED.search(tree.source)
    found = persons(label[2]) if label else []
    if found:
        return found
    for node in _below_headline(tree, title, _NAMES_WITHIN):
        text = " ".join((node.text or "").split())
        if 4 <= len(text) <= 40 and _SIGNATURE.fullmatch(text):
            return persons(text)
    return []


def _around(start: etree._Element, mail: str) -> list[Reporter]:
    node: etree._Element | None = start
    boxed_in = False
    for _ in range(5):
        if node is None or node.tag in ("body", "html", "footer", "figcaption"):
            return []
        names = f"{node.get('class') or ''} {node.get('id') or ''}"
        if _FOOT.search(names):
            return []
        boxed_in = boxed_in or bool(_BOX.search(names))
        text = plain(node)
        if len(text) > 200:
            return []
        text = text.replace(mail, " ")
        if boxed_in or "기자" in text:
            found = persons(text)
            if len(found) == 1:
                return [Reporter(found[0].name, mail)]
            if found:
                return []
        node = node.getparent()
    return []


def path_section(tree: Tree) -> str:
    """The last step of a breadcrumb that is a section, or ""."""
    for node in tree.select(_PATH)[:3]:
        steps = [step.strip() for step in re.split(r"[>›»＞|/]|&gt;", plain(node)) if step.strip()]
        if len(steps) > 1 and len(steps[-1]) <= 12:
            return steps[-1]
    return ""


_SUB_WORDS = re.compile("sub|mid|summary|precis|deck|standfirst", re.I)
_SUBTITLED = frozenset(
    ("h2", "h3", "h4", "h5", "div", "p", "strong", "td", "span", "dd", "ul", "em")
)


def subtitle(tree: Tree, story: etree._Element, title: str) -> str:
    """The subtitle between the headline and the story: named so, and boxed with the headline."""
    key = "".join(title.split())
    before: list[etree._Element] = []
    for value, node in _in_order(tree, story):
        if node is story:
            break
        if _SUB_WORDS.search(value):
            before.append(node)
    around = set(story.iterancestors())
    for node in reversed(before[-12:]):
        if (
            node in around
            or node.tag not in _SUBTITLED
            or not SUBTITLE.search(node.get("class") or "")
        ):
            continue
        text = plain(node)
        if not 4 < len(text) < 300 or node.find(".//a") is not None:
            continue
        if (
            key in "".join(text.split())
            or isinstance(parse_date(text), datetime)
            or _SIGNATURE.search(text[-20:])
        ):
            continue  # a box around headline, date and byline
        for up, _ in zip(node.iterancestors(), range(4), strict=False):
            if key in "".join(plain(up)[:4000].split()):
                return multi(node)
    return ""


def _in_order(tree: Tree, story: etree._Element) -> Iterable[tuple[str, etree._Element]]:
    """Elements with their class, in document order, the story among them."""
    if story.get("class"):
        return tree.walked.classes
    return ((node.get("class") or "", node) for node in tree.root.iter(etree.Element))
