"""What does an entry of a feed say? RSS, Atom and RDF, read as the page that it is a part of.

A feed is cut into feeds of one entry each, which are the originals: alone, an entry knows
neither its paper nor its language. feedparser reads the many dialects; the entry's HTML
then goes through the rules for pages, the text through those for bylines.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest.content import DOCTYPE
from corpus.ingest.flow import Flow
from corpus.ingest.limits import MOST_BYTES, megabytes
from corpus.ingest.raw import Found, Raw

if TYPE_CHECKING:
    from lxml import etree

_PROLOG = re.compile(r"\A\s*<\?xml[^>]*\?>")
# With it go the entities that a feed declares: no feed needs them, and bombs are made of them.
_DOCTYPE = re.compile(DOCTYPE.decode(), re.S)
_ENTRIES = frozenset({"item", "entry"})
_PLACE = "entry-stands-here"
_MOST_FIELD = 4096  # bytes of what a feed says of itself: its title, address, language
_HOLDERS = frozenset({"rss", "channel", "feed", "RDF"})
_GENERIC = re.compile(
    r"\s*(?:[-:|>·]|::)\s*(?:전체\s?(?:기사|뉴스)?|최신\s?(?:기사|뉴스)?|주요\s?(?:기사|뉴스)|rss.*|.{1,12})\Z",
    re.I,
)
_MARKUP = re.compile(r"<[a-zA-Z!/][^>]*>")
_BREAKS = re.compile(r"(?:\r\n?|\n)\s*")
_CUT = re.compile(
    r"(?:\[?(?:\.{3}|…)\]?|더\s?보기|기사\s?전문\s?보기|read more|continue reading.*)\s*\Z",
    re.I,
)
_END = re.compile(r"[.?!다요죠까]['\"”’)\]]*\Z")
# A description of several finished paragraphs is the article; a synopsis is one.
_FULL_CHARACTERS, _FULL_LINES = 500, 3


def entries_of(flow: Flow, origin: str) -> Iterator[Found]:
    """Every entry of a feed, each as a feed of its own; its number from 1 stands in the origin."""
    from lxml import etree

    from corpus.ingest.decode import decode

    data = flow.file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ArticleRejected(origin, None, f"a feed larger than {megabytes(MOST_BYTES)}")
    text = _PROLOG.sub("", decode(data, origin=origin).text.replace("\0", " "))
    text = _DOCTYPE.sub("", text, count=1)
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleRejected(origin, None, f"a feed that cannot be read: {error}") from None
    if root is None:
        raise ArticleRejected(origin, None, "a feed that cannot be read: no element")
    found = [node for node in root.iter(etree.Element) if _name(node) in _ENTRIES]
    entries = [node for node in found if _name(node.getparent()) in _HOLDERS]
    for entry in entries:
        if (holder := entry.getparent()) is not None:
            holder.remove(entry)
    before, after = _shell(root)
    for number, entry in enumerate(entries, 1):
        entry.tail = None
        data = before + etree.tostring(entry, encoding="utf-8") + after
        yield Raw("entry", data, f"{origin}@{number}")
    if flow.cut:
        yield ArticleRejected(origin, None, flow.cut)
    elif not entries:
        yield ArticleRejected(origin, None, "a feed without entries")


def _name(node: etree._Element | None) -> str:
    if node is None or not isinstance(node.tag, str):
        return ""
    return node.tag.rpartition("}")[2]


def _shell(root: etree._Element) -> tuple[bytes, bytes]:
    """What stands before and behind an entry in a feed that has no other, in UTF-8."""
    from lxml import etree

    channel = next((child for child in root if _name(child) == "channel"), root)
    for child in list(channel):
        if len(etree.tostring(child)) > _MOST_FIELD:  # each entry repeats it
            channel.remove(child)
    # The items of RSS 1.0 stand beside their channel.
    etree.SubElement(root if _name(root) == "RDF" else channel, _PLACE)
    feed = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    before, _, after = feed.partition(f"<{_PLACE}/>".encode())
    return before, after


def extract_entry(data: bytes, *, origin: str) -> Article:
    """The article in a feed of one entry. Raises ArticleRejected (at `origin`) for none."""
    import feedparser

    from corpus.ingest.page import extract_page

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=True)
    if not feed.entries:
        raise ArticleRejected(origin, None, "a feed without entries")
    if len(feed.entries) > 1:
        raise ArticleRejected(origin, None, "holds several entries, one article was expected")
    entry = feed.entries[0]
    content = max((one.get("value") or "" for one in entry.get("content", ())), key=len, default="")
    summary = entry.get("summary") or ""
    text = content if len(content) >= len(summary) else summary
    title = _plain(entry.get("title") or "")
    if not title and not _plain(text):
        raise ArticleRejected(origin, None, "an entry without a title and without a text")
    link = entry.get("link") or (entry.get("id") if _is_address(entry.get("id")) else None)
    try:
        article = extract_page(_page(feed.feed, entry, title, text, link), url=link, origin=origin)
    except ArticleRejected:
        if not title:
            raise
        article = Article(title=title, url=link, flags=("undated", "empty-body"))
    return msgspec.structs.replace(
        article,
        title=article.title or title,
        source_id=entry.get("id") or None,
        url=article.url or link,
        completeness=_completeness(article, text, is_content=text is content and bool(content)),
    )


def _completeness(article: Article, text: str, *, is_content: bool) -> str:
    """full, lead or title: a feed says by its element whether it gives the text or a synopsis."""
    if not article.body:
        return "title"
    if _CUT.search(_plain(text)):
        return "lead"
    if is_content:
        return "full"
    lines = article.body.count("\n") + 1
    whole = len(article.body) >= _FULL_CHARACTERS and lines >= _FULL_LINES
    return "full" if whole and _END.search(article.body) else "lead"


def _page(feed: Any, entry: Any, title: str, text: str, link: str | None) -> str:
    """The entry as a page: its fields where a page has them, its text in the body."""
    # The plain lookup: feedparser's own gives one date for another, with a warning.
    dates = [dict.get(entry, name) for name in ("published", "created", "updated")]
    authors = [one.get("name") or one.get("email") for one in entry.get("authors", ())]
    section = next((tag.get("term") for tag in entry.get("tags", ()) if tag.get("term")), None)
    source = entry.get("source") or {}
    metas = [
        ("og:title", title),
        ("og:type", "article"),
        ("og:url", link),
        ("article:published_time", next(filter(None, dates), None)),
        ("article:modified_time", dates[2] if any(dates[:2]) else None),
        ("article:section", section),
        ("author", ", ".join(filter(None, authors)) or entry.get("author")),
        ("og:site_name", _site(source.get("title") or feed.get("title") or "")),
        ("news_keywords", ",".join(tag.get("term") or "" for tag in entry.get("tags", ())[1:])),
    ]
    head = "".join(
        f'<meta property="{name}" content="{html.escape(value)}">' for name, value in metas if value
    )
    language = html.escape(entry.get("language") or feed.get("language") or "")
    body = text if _MARKUP.search(text) else _BREAKS.sub("<br>\n", text)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head>'
        f'<body><div itemprop="articleBody">{body}</div></body></html>'
    )


def _site(title: str) -> str:
    """The paper in the title of its feed ("한빛일보 - 전체기사")."""
    return _GENERIC.sub("", _plain(title)) or _plain(title)


def _plain(text: str) -> str:
    return " ".join(html.unescape(_MARKUP.sub(" ", text)).split())


def _is_address(value: object) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))
