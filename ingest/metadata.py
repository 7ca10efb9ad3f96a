"""What does the head of a page say? Every meta tag, canonical link and JSON-LD article, read once.

Meta tags are lists of values by lower-case name, because sites repeat them with other
content (article:author: a Facebook page, then a person). Which of them is believed stands
in the order of the tuples below: what was right most often on stored pages comes first.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml import etree

from corpus.article import Reporter, When
from corpus.ingest import explain, jsonld, people, publishers
from corpus.ingest.dates import parse_date
from corpus.ingest.titles import tidy

PUBLISHED = (
    "article:published_time",
    "ld:datePublished",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "og:regdate",
    "datepublished",
    "dd:published_time",
    "nextweb:createdate",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "article_date_original",
    "ld:dateCreated",
)
MODIFIED = (
    "article:modified_time",
    "ld:dateModified",
    "article:modified",
    "og:article:modified_time",
    "datemodified",
    "dd:modified_time",
    "nextweb:moddate",
    "lastmod",
    "last-modified",
    "dcterms.modified",
)
SECTION = (
    "article:section",
    "og:article:section",
    "ld:articleSection",
    "dd:category",
    "nextweb:section",
    "content_category",
    "me2:category2",
    "articlesection",
    "section",
    "category",
    "ld:genre",
)
TITLE = (
    "og:title",
    "ld:headline",
    "dable:title",
    "dd:title",
    "nextweb:artsubject",
    "twitter:title",
    "title",
    "dc.title",
)
AUTHOR = (
    "dable:author",
    "og:article:author",
    "dd:author",
    "nextweb:reporter",
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "twitter:creator",
)
PUBLISHER = (
    "article:media_name",
    "me2:category1",
    "dd:publisher",
    "ld:publisher",
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "copyright",
    "og:article:author",
    "twitter:creator",
)
# Slots where a person may stand instead of the paper.
_SLOTS = ("publisher", "dc.publisher", "og:article:author", "twitter:creator", "me2:category1")
_RIGHTS = re.compile(r"copyrights?|ⓒ|©|\(c\)|all rights? reserved.?|무단.*", re.I)
KEYWORDS = (
    "news_keywords",
    "article:tag",
    "nextweb:keyword",
    "ld:keywords",
    "keywords",
    "dable:keyword",
)

_MOST_VALUES = 20  # of one meta tag; no real page repeats one more often
_LONGEST_VALUE = 5000  # characters of one meta tag

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|ico|mp4)$", re.I)  # itemprop=url of a logo
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|NaPm|kakao_from|cds|input)=[^&]*&?")


def where(name: str) -> str:
    """A name of the tables above, as a person would look for it in the page.

    >>> where("og:title"), where("ld:headline")
    ('meta og:title', 'JSON-LD headline')
    """
    return f"JSON-LD {name[3:]}" if name.startswith("ld:") else f"meta {name}"


@dataclass
class Head:
    """What the head gave; filled once, then only read."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    canonical: str = ""
    base: str = ""
    title: str = ""
    lang: str = ""
    next: str = ""  # the address of the next part, where the story goes on
    articles: list[dict[str, Any]] = field(default_factory=list)

    def all(self, name: str) -> list[str]:
        """Every value of a meta tag, or of a JSON-LD property where `name` begins with ld:."""
        if name.startswith("ld:"):
            key = name[3:]
            return [text for item in self.articles if (text := jsonld.text_of(item.get(key)))]
        return self.metas.get(name, [])

    def first(self, names: Iterable[str]) -> str:
        """The first value that is not empty, by order of names."""
        return self.pick(names)[0]

    def pick(self, names: Iterable[str]) -> tuple[str, str]:
        """The first value that is not empty, and the name that it stood under."""
        return next(
            ((value, name) for name in names for value in self.all(name) if value), ("", "")
        )

    @property
    def is_article(self) -> bool:
        """Whether the page itself says that it is one article."""
        return bool(self.articles) or bool(self.first(("article:published_time", "og:regdate")))


def read(root: etree._Element) -> Head:
    """The head of the page; metas in the body count too, where sites have put them."""
    head = Head(lang=(root.get("lang") or "").strip().lower())
    blocks: list[str] = []
    for node in root.iter("meta", "link", "script", "title", "base"):
        tag = node.tag
        if tag == "meta":
            content = (node.get("content") or "").strip()
            name = node.get("property") or node.get("name") or node.get("itemprop")
            if name and content:
                values = head.metas.setdefault(name.strip().lower()[:80], [])
                if len(values) < _MOST_VALUES:
                    values.append(content[:_LONGEST_VALUE])
        elif tag == "link":
            rel = (node.get("rel") or "").lower()
            if rel == "canonical" and not head.canonical:
                head.canonical = (node.get("href") or "").strip()
            elif rel == "next" and not head.next:
                head.next = (node.get("href") or "").strip()
        elif tag == "script":
            if "ld+json" in (node.get("type") or "") and node.text:
                blocks.append(node.text)
        elif tag == "title":
            if not head.title and _in_head(node):  # an <svg> has titles too
                head.title = " ".join((node.text or "").split())
        elif not head.base:
            head.base = (node.get("href") or "").strip()
    head.articles = jsonld.articles(iter(blocks))
    return head


def _in_head(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is None or parent.tag in ("head", "html", "body")


# ---------------------------------------------------------------- address


def _absolute(address: str, base: str) -> str:
    """`address` as an absolute http address, or ""; never raises."""
    if not address:
        return ""
    try:
        joined = urljoin(base, address) if base else address
        parts = urlsplit(joined)
    except ValueError:  # "http://[broken"
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname:
        return ""
    query = _TRACKING.sub("", parts.query).rstrip("&") if "=" in parts.query else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _is_home(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/", "/index.html", "/index.php") and not parts.query


def address_of(head: Head, url: str | None) -> str | None:
    """The one address of the article, absolute: canonical, else og:url, JSON-LD, then `url`.

    A canonical that points at the front page is wrong wherever another address does not.
    """
    others = [
        (value, where(name))
        for name in ("og:url", "ld:mainEntityOfPage", "ld:url", "dable:url", "url", "twitter:url")
        for value in head.all(name)
    ]
    bases = (_absolute(one, "") for one in [url or "", *(value for value, _ in others), head.base])
    base = next(filter(None, bases), "")
    given = [(head.canonical, "link rel=canonical"), *others, (url or "", "where it came from")]
    found = [
        (one, rule)
        for raw, rule in given
        if (one := _absolute(raw, base)) and not _PICTURE.search(urlsplit(one).path)
    ]
    best, rule = next((pair for pair in found if not _is_home(pair[0])), (found or [("", "")])[0])
    explain.note("url", best, rule)
    return best or None


# ---------------------------------------------------------------- publisher


def publisher_of(head: Head, address: str | None, source: str = "") -> tuple[str | None, str]:
    """The one name of who published it, and the rule: the domain table, else the page itself.

    On a portal the paper stands where authors stand (og:article:author). `source` is the
    page, asked for its copyright line where nothing else names the paper.
    """
    if address and publishers.is_portal(address):
        return _carried(head)
    known_name = publishers.name_for_domain(address) if address else None
    if known_name:
        return known_name, "domain table"
    for name in PUBLISHER:
        for value in head.all(name):
            # "중앙일보 | 네이버": the paper stands before the bar
            part = re.split(r"\s*[|｜]\s*", tidy(value))[0] if name in _SLOTS else tidy(value)
            text = " ".join(_RIGHTS.sub(" ", part).split()).strip(" .,-")
            if not text or len(text) > 30 or text.startswith("http") or publishers.is_portal(text):
                continue
            if publishers.is_publisher(text):
                return publishers.canonical(text), where(name)
            # 연합뉴스(영문) gives the reporter as meta publisher
            if name in _SLOTS and people.persons(text):
                continue
            return text, where(name)
    holder = rights_holder(source, head.title)
    return (publishers.canonical(holder), "copyright line") if holder else (None, "")


def _carried(head: Head) -> tuple[str | None, str]:
    for name in (
        "og:article:author",
        "article:author",
        "twitter:creator",
        "author",
        "ld:publisher",
    ):
        for value in head.all(name):
            known = re.split(r"\s*[|｜]\s*", value)[0].strip()
            if known and not publishers.is_portal(known) and not known.startswith("http"):
                return publishers.canonical(known), where(name)
    return None, ""


_HOLDER = re.compile(
    r"(?:저작권자|[ⓒ©]|&copy;|copyrights?|\(c\))(?:\s|[ⓒ©:|]|&copy;|\(c\)|by\b|copyrights?|<[^<>]*>|(?:19|20)\d\d|-)*"
    r"(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9&·. ]{1,24}?)"
    r"\s*(?=[,(<\[|]|무단|저작권|all\b|corp|co\.|inc|\.\s|주식회사|http|www|&gt;|$)",
    re.I,
)
_RIGHTS_MARK = re.compile("[ⓒ©]|저작권자|opyright")
_RIGHTS_END = re.compile(r"[^<>\n]{0,60}")


def rights_line(source: str) -> str | None:
    """The first copyright line on the page that forbids copying, in one piece of text.

    >>> rights_line("<p>관련</p><p>&lt;저작권자 © 가람신문 무단전재 및 재배포 금지&gt;</p>")
    '<저작권자 © 가람신문 무단전재 및 재배포 금지>'
    """
    at = -1
    for _ in range(10):
        at = source.find("무단", at + 1)
        if at < 0:
            return None
        start = max(source.rfind(mark, max(0, at - 100), at) for mark in "<>\n") + 1
        line = html.unescape(source[start:at] + _RIGHTS_END.match(source, at)[0]).strip()  # type: ignore[index]  # it matches nothing too
        attribute = '="' in line
        if start and not attribute and _RIGHTS_MARK.search(line):
            return " ".join(line.split())
    return None


_PRESS = re.compile(
    r"일보|신문|뉴스|타임[즈스]|저널|방송|통신|미디어|투데이|경제|매일|데일리|리뷰|포스트|news|times|daily",
    re.I,
)


def rights_holder(source: str, title: str) -> str:
    """Whom the copyright line names, where that is a paper; "" else.

    >>> rights_holder("<p>저작권자 © 가람신문 무단전재 및 재배포 금지</p>", "")
    '가람신문'
    """
    for tries, match in enumerate(_HOLDER.finditer(source)):
        if tries > 40:
            break
        name = " ".join(match["name"].split()).strip(" .&")
        if publishers.is_publisher(name) or (_PRESS.search(name) and len(name) > 2):
            return name
        if len(name) > 1 and title.endswith(name):
            return name
    return ""


# ---------------------------------------------------------------- dates


@dataclass(frozen=True)
class Dated:
    """A date found and the name that it stood under, or the raw text of an impossible one."""

    when: When | None = None
    raw: str = ""
    rule: str = ""


def date_of(head: Head, names: Iterable[str], utc_labels: Iterable[str] = ()) -> Dated:
    """The first date among the metas `names`; `utc_labels` name those whose zone is a lie.

    연합뉴스TV writes the UTC clock with +09:00 behind it in dd:published_time.
    """
    raw = ""
    for name in names:
        for value in head.all(name):
            when = parse_date(value)
            if when is None:
                raw = raw or value
                continue
            if name in utc_labels and isinstance(when, datetime):
                when = when.replace(tzinfo=timezone.utc)  # noqa: UP017 - same object on every Python
            return Dated(when, "", where(name))
    return Dated(None, raw)


# ---------------------------------------------------------------- people


def authors_of(head: Head) -> list[Reporter]:
    """The persons that metadata names, each once, with an e-mail where one is certain."""
    found: dict[str, str | None] = {}

    def note(reporters: Iterable[Reporter], name: str) -> None:
        for reporter in reporters:
            if reporter.name and not found.get(reporter.name):
                explain.note("reporters", reporter.name, where(name))
                found[reporter.name] = reporter.email

    for item in head.articles:
        for name, mail in jsonld.people_of(item.get("author")):
            note(people.persons(name, mail), "ld:author")
    mails = head.all("nextweb:email")
    for key in AUTHOR:
        for value in head.all(key):
            if value.startswith(("http", "@")):
                continue
            mail = mails[0] if key == "nextweb:reporter" and mails else ""
            note(people.persons(tidy(value), mail), key)
    return [Reporter(name=name, email=mail) for name, mail in found.items()]


def goes_on(head: Head, address: str | None) -> bool:
    """Whether the story has another page: a rel=next that is this address with a page number."""
    following = _absolute(head.next, address or "")
    if not following or not address:
        return False
    own, other = urlsplit(address), urlsplit(following)
    if own.netloc != other.netloc:
        return False
    if own.path == other.path:
        return bool(re.search(r"(?:^|&)(?:page|p|pg|pageno|part)=\d+", other.query, re.I))
    return bool(re.fullmatch(re.escape(own.path.rstrip("/")) + r"/(?:page/)?\d{1,2}/?", other.path))


def keywords_of(head: Head, text: str, publisher: str | None) -> tuple[str, ...]:
    """The keywords that the article itself contains: sites repeat their own name on every page."""
    own = publishers.canonical(publisher or "").casefold()
    found: dict[str, None] = {}
    for name in KEYWORDS:
        for value in head.all(name)[:40]:
            for word in re.split(r"\s*[,;|]\s*", value[:2000]):
                key = tidy(word).lstrip("#")
                if 1 < len(key) <= 40 and key in text and key.casefold() != own:
                    found[key] = None
        if found:
            break
    return tuple(found)[:30]
