"""How does a body element become lines? Blocks and breaks end a line; what is no story goes.

One walk without recursion gives the lines in order, the captions, and the subtitle that
some papers put at the head of the body. Scripts, players, share boxes, related lists and
the like go by tag, by class or by being hidden, never by their words: words are the
byline stage's work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from corpus.ingest import explain
from corpus.ingest.tree import name_of, plain
from corpus.ingest.words import words

_NEVER = words(
    "script style noscript template iframe video audio object embed button select textarea svg "
    "canvas nav aside footer input label map head title dialog "
    "amp-ad amp-embed amp-sidebar amp-list amp-iframe amp-video amp-youtube amp-social-share "
    "amp-analytics amp-consent amp-sticky-ad amp-auto-ads"
)
_BLOCKS = words(
    "p div section article blockquote h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tr tbody "
    "thead tfoot caption figure figcaption center pre address main header "
    "hr details summary body html fieldset form"
)
_WORDS = (
    r"ads?|adv|advert\w*|adsense|banner\w*|share\w*|sns\w*|social|relat\w*|relation\w*|reply\w*|comments?|recommend\w*|"
    r"copyrights?|copy_?right|journalist\w*|reporters?|byline\w*|writer\w*|author|tags?|hashtags?|keywords?|"
    r"subscrib\w*|newsletter\w*|promo\w*|popup|btn\w*|buttons?|util\w*|toolbar|player|vod|videos?|movie|"
    r"ranking|rank|poll|vote|dable\w*|taboola\w*|hidden|blind|is_blind|a11y|skip\w*|sr-only|screen_out|"
    r"pagination|paging|breadcrumbs?|gnb|lnb|snb|nav\w*|emotion\w*|reaction\w*|like|likes|"
    r"jebo|report_?box|sponsor\w*|mostview|popular|bestnews|"
    r"tts|audio|listen|translate|fontsize|date|datetime|infos?|viewer_?count|photo_?list|link_?news|news_?link"
)
_DROPPED = re.compile(
    rf"(?:^|[\s_-])(?:{_WORDS})(?:$|[\s_-])|(?:ad|banner)\d+\b|RelatedNews|relatedNews|[a-z](?:Tag|Share|Sns|Reply|Comment)s?(?:$|[\sA-Z])|\badBox|\badArea"
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:captions?|cap|img_?desc|photo_?desc|pic_?desc|image_?desc|img_?txt|img_?text|image_?text|"
    r"photo_?txt|photo_?text|photo_?caption|imgcaption|img_?cap|txt_caption|end_photo_org|desc-con|"
    r"thum_figure_txt|photo_?info|photo_?exp)(?:$|[\s_-])|[a-z]Caption\b|aboutPhoto|end_photo_org"
)
_PICTURE = re.compile(
    r"(?:^|[\s_-])(?:img\w*|image\w*|photo\w*|pic|picture|figure|thumb\w*)(?:$|[\s_-])|[a-z](?:Img|Photo|Image)\b",
    re.I,
)
SUBTITLE = re.compile(
    r"(?:^|[\s_-])(?:sub_?-?(?:title|tit|ttl|head|heading|headline)\w*|tit(?:le)?[-_]sub|mid_?-?title\w*|"
    r"summary_?tit\w*|article_?summary|media_end_summary|news_?summary|deck|standfirst|art_sub|precis)(?:$|[\s_-])|subTitle|subTit\b",
    re.I,
)
_SIGNED = re.compile(r"report|journalist|byline|writer|author", re.I)
_REASONS = (
    ("byline", _SIGNED),
    ("copyright", re.compile("copy", re.I)),
    ("hashtag", re.compile("tag|keyword", re.I)),
    ("tip-off", re.compile("jebo|report_?box", re.I)),
    (
        "related",
        re.compile("relat|recommend|rank|popular|mostview|best|link_?news|news_?link", re.I),
    ),
    ("promo", re.compile("ad|banner|promo|subscrib|newsletter|sponsor|dable|taboola", re.I)),
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_MARKED = re.compile(
    r"\A\s*[▲△▼▽◀◁↑↓]|\A\s*[\[(]?(?:사진|자료사진|그래픽|일러스트|이미지)\s*[=:/]|(?:사진|자료)\s?(?:제공|=)\s*\S+\s*\Z"
    r"|(?<!다)[\s./)\]](?:\S+\s)?(?:제공|캡처|캡쳐|연합뉴스|뉴시스|뉴스1|자료사진|게티이미지\S*|DB)[\])]?\s*\Z"
)
_NOTHING: Mapping[etree._Element, str] = {}
_LONGEST_CAPTION = 600  # characters; a longer text beside a picture is the story


@dataclass(frozen=True, slots=True)
class Part:
    """The text of an element left out of the body: how many body lines stand before it."""

    before: int
    text: str
    reason: str


@dataclass
class Lines:
    """Lines of the body in order, captions, and the subtitle if one stood at the head."""

    lines: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    subtitle: str = ""
    signed: list[str] = field(default_factory=list)  # texts of reporter boxes left out
    parts: list[Part] = field(default_factory=list)  # all elements left out by their class


def lines_of(
    root: etree._Element,
    drop: Mapping[etree._Element, str] = _NOTHING,
    captions: frozenset[etree._Element] = frozenset(),
) -> Lines:
    """The lines of `root` without the elements in `drop` and without what is never story.

    `drop` gives the reason for each; the elements in `captions` are captions whatever they
    look like.
    """
    out = Lines()
    buffer: list[str] = []
    after_picture = False
    size = -1
    kept: etree._Element | None = None  # the element whose line feeds are breaks
    todo: list[tuple[etree._Element, bool]] = [(root, False)]
    while todo:
        node, leaving = todo.pop()
        tag = node.tag
        if leaving:
            if node is kept:
                kept = None
            if tag in _BLOCKS:
                after_picture = _flush(buffer, out, after_picture)
            elif tag == "td" or tag == "th":
                buffer.append(" ")
            if node is not root and node.tail:
                buffer.append(node.tail)
            continue
        if not isinstance(tag, str):  # a comment; the story goes on behind it
            if node.tail and node is not root:
                buffer.append(node.tail)
            continue
        if tag in ("br", "img", "wbr"):
            if tag == "br":
                after_picture = _flush(buffer, out, after_picture)
            after_picture = after_picture or tag == "img"
            if node.tail:
                buffer.append(node.tail)
            continue
        if node is not root:
            head = not out.lines and not "".join(buffer).strip()
            fate = "never" if tag in _NEVER else _fate(node, tag, first=head)
            fate = "caption" if node in captions else fate
            told = drop.get(node, "") if fate != "never" else ""
            if told:
                fate = "drop"
            elif fate == "drop":
                size = len(plain(root)) if size < 0 else size
                own = len(plain(node))
                if own > 150 and own * 5 > size * 2:
                    fate = ""  # its class word means nothing: it holds most of the story
            if fate:
                if tag in _BLOCKS or fate not in ("never", "drop"):
                    after_picture = _flush(buffer, out, after_picture)
                if fate == "drop":
                    _leave_out(node, told, out)
                elif fate in ("caption", "picture"):
                    caption = _caption_text(node)
                    if caption:
                        out.captions.append(caption)
                    explain.note("captions", caption, f"element {name_of([node])}")
                    after_picture = not caption
                elif fate == "subtitle":
                    out.subtitle = multi(node)
                if node.tail:
                    buffer.append(node.tail)
                continue
        if tag in _BLOCKS:
            after_picture = _flush(buffer, out, after_picture)
        if kept is None and _keeps(node, tag):
            kept = node
        if node.text and kept is not None and "\n" in node.text:
            for piece in node.text.split("\n"):
                buffer.append(piece)
                after_picture = _flush(buffer, out, after_picture)
        elif node.text:
            buffer.append(node.text)
        todo.append((node, True))
        if len(node):
            todo.extend((child, False) for child in reversed(node))
    _flush(buffer, out, after_picture)
    return out


def _leave_out(node: etree._Element, told: str, out: Lines) -> None:
    """Note an element that is dropped; `told` is the reason that the caller gave, or ""."""
    names = f"{node.get('class')} {node.get('id')}"
    text = plain(node)
    if _SIGNED.search(names):
        out.signed.append(text[:200])
    if text and not _unseen(node):
        reason = told if told not in ("", "page-part") else _reason(names)
        out.parts.append(Part(len(out.lines), text, reason))
        explain.note("removed", text, f"element {name_of([node])}")


def _flush(buffer: list[str], out: Lines, after_picture: bool) -> bool:  # noqa: FBT001 - private state
    """End a line; returns whether the next one still stands right behind a picture."""
    if not buffer:
        return after_picture
    raw = "".join(buffer)
    buffer.clear()
    if "\n" in raw and len(raw) > _LONG and (pieces := _sentences(raw)):
        out.lines += pieces
        return False
    line = " ".join(raw.split())
    if not line:
        return after_picture
    if after_picture and len(line) < _LONGEST_CAPTION and _MARKED.search(line):
        out.captions.append(line)
    else:
        out.lines.append(line)
    return False


_LONG = 200  # characters of a text whose own line feeds may be its paragraphs
_FULL = re.compile(r"[다요죠까음임함][.?!]?[\"'”’)]*\Z|[.?!][\"'”’)]*\Z")


def _sentences(raw: str) -> list[str]:
    """The lines of a text that was written line by line; [] where it was only wrapped.

    Sites that show line feeds by a style sheet print whole paragraphs between them; source
    that is wrapped breaks inside sentences.
    """
    pieces = [piece for piece in (" ".join(one.split()) for one in raw.split("\n")) if piece]
    full = sum(bool(_FULL.search(piece)) for piece in pieces)
    return pieces if len(pieces) > 2 and full * 5 >= len(pieces) * 4 else []


def _keeps(node: etree._Element, tag: str) -> bool:
    """Whether line feeds inside an element are breaks by what it says itself."""
    return tag == "pre" or "white-space:pre" in (node.get("style") or "").replace(" ", "")


def _fate(node: etree._Element, tag: str, *, first: bool) -> str:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if _unseen(node):
        return "drop"
    if tag == "form":  # older sites wrap the whole page in one
        return "drop"
    if tag == "figure":
        return "drop" if "video" in names else "picture"
    if tag == "figcaption" or _CAPTION.search(names):
        return "caption"
    if tag == "table":
        return "picture" if _is_picture_table(node) else ""
    if names != " ":
        if first and SUBTITLE.search(names):
            return "subtitle" if len(plain(node)) < 400 else ""
        if _PICTURE.search(names) and _is_picture(node):
            return "picture"
        if _DROPPED.search(names):
            return "drop"
    return ""


def _unseen(node: etree._Element) -> bool:
    style = node.get("style")
    return bool(
        (style and _UNSEEN.search(style))
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
    )


def _reason(names: str) -> str:
    """Why an element with these class names is no story, in the words of the byline stage."""
    return next((reason for reason, pattern in _REASONS if pattern.search(names)), "page-part")


def _is_picture_table(node: etree._Element) -> bool:
    if node.find(".//img") is None:
        return False
    text = plain(node)
    return (
        len(text) < _LONGEST_CAPTION
        and len(node.findall(".//tr")) <= 4
        and node.find(".//p/br") is None
    )


def _is_picture(node: etree._Element) -> bool:
    return node.find(".//img") is not None and len(plain(node)) < _LONGEST_CAPTION


def _caption_text(node: etree._Element) -> str:
    """The caption in a picture box: its caption element, else its text without buttons."""
    if node.tag == "figure":
        inner = node.find(".//figcaption")
        if inner is not None:
            node = inner
    if "video" in (node.get("class") or ""):
        return ""
    return plain(node, _NEVER - {node.tag}, without="blind")


def multi(node: etree._Element) -> str:
    """A subtitle of several lines, as the record keeps it."""
    inner = Lines()
    buffer: list[str] = []
    for child in node.iter():
        if not isinstance(child.tag, str):
            continue
        if child.tag in _BLOCKS or child.tag == "br":
            _flush(buffer, inner, False)  # noqa: FBT003 - private state
        if child.text and child.tag not in _NEVER:
            buffer.append(child.text)
        if child.tail and child is not node:
            buffer.append(child.tail)
    _flush(buffer, inner, False)  # noqa: FBT003 - private state
    return "\n".join(inner.lines)
