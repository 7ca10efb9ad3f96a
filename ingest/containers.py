"""Where on the page is the story? In a container that many systems share, else where text is dense.

Common containers first, by how sure their name is; ND소프트, the system of hundreds of
papers, is one of them. An unknown page is judged by its text nodes: long ones outside
links give weight to the blocks around them, and the block that gathers most is the story.
"""

from __future__ import annotations

import re

from lxml import etree

from corpus.ingest.titles import same
from corpus.ingest.tree import HEADINGS, Tree, brief, plain, text_nodes
from corpus.ingest.words import words

# In this order: what names the body itself before what may hold more than the body.
COMMON = (
    "#article-view-content-div",  # ND소프트
    "#dic_area",
    "[itemprop=articleBody]",
    "#articleBody",
    "#article_body",
    "#articlebody",
    "#article-body",
    "#articeBody",
    "#articleBodyContents",
    "#articletxt",
    "#article_txt",
    "#newsContent",
    "#news_body_area",
    "#newsViewArea",
    "#textBody",
    "#artBody",
    "#harmonyContainer",
    "#article-view-content",
    ".article_body",
    ".article-body",
    ".article_txt",
    ".article-text",
    ".article_content",
    ".article-content",
    ".news_body",
    ".news_view",
    ".news_txt",
    ".news_text",
    ".view_con",
    ".view_cont",
    ".view_content",
    ".view_text",
    ".article_view",
    ".entry-content",
    ".post-content",
    ".story-news",
    ".detail-body",
    ".news_article",
    ".viewer",
    "article",
)

_PART = 20  # characters of sentences that make a block beside the story part of it
_LEAST = 60  # characters outside links that make a body; shorter ones need a named container
_SENTENCE = re.compile(r"[다요죠까][.?!”\"'’]|[.!?][\"”]?(?:\s|$)")
_INLINE = words(
    "span b strong em i u font small big sup sub mark a center ins s strike q cite abbr p"
)
_BESIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|reply\w*|relat\w*|footer|foot|copyright|aside|side\w*|ranking|nav\w*|gnb|menu|banner|"
    r"share|sns|caption|recommend\w*|popular|best|list|hidden|blind|login|terms|policy|company|addr\w*|jebo)(?:$|[\s_-])",
    re.I,
)
_TEXTS = etree.XPath(
    "//body//text()[string-length(.) > 12 and not(ancestor::script or ancestor::style "
    "or ancestor::a or ancestor::noscript or ancestor::button or ancestor::select "
    "or ancestor::textarea or ancestor::footer or ancestor::nav or ancestor::aside "
    "or ancestor::figcaption or ancestor::iframe)]"
)


def named(tree: Tree) -> list[etree._Element]:
    """The elements of the first common container that holds a story; [] if none does.

    Several elements of one name are taken together where none is inside another and
    each holds text (paragraphs marked one by one), else the one with the most text.
    """
    for selector in COMMON:
        found = tree.select(selector)
        if not found:
            continue
        if selector == "article" and len(found) > 3:
            continue  # a list of teasers
        texts = [(len(plain(node)), node) for node in found[:40]]
        size, best = max(texts, key=lambda pair: pair[0])
        if size < 15 or _links(best) * 2 > size:
            continue
        if selector == "article" and size < _LEAST:
            continue
        if len(found) > 1 and selector == "[itemprop=articleBody]":
            outer = [
                node
                for _, node in texts
                if not any(other in found for other in node.iterancestors())
            ]
            if size * 2 < sum(length for length, node in texts if node in outer):
                return outer
        return [best]
    return []


def _links(node: etree._Element) -> int:
    return sum(len(plain(link)) for link in node.iter("a"))


def dense(
    root: etree._Element, headline: str = "", *, least: int = _LEAST // 2
) -> list[etree._Element]:
    """The block that gathers the most text outside links; [] where the page has too little.

    Blocks before the `headline` count for less, rows of like parts (comments, teasers) for
    nothing. A story in several blocks of one kind side by side comes as all of them.
    """
    weights: dict[etree._Element, float] = {}
    rows: dict[etree._Element, bool] = {}
    before = _before(root, headline)
    for holder, text in text_nodes(_TEXTS, root):
        node: etree._Element | None = holder
        body = text.strip()
        size = len(body)
        if size < 10 or _in_row(holder, rows):
            continue
        weight = size * (1.0 if _SENTENCE.search(body) else 0.3)
        if holder in before:
            weight *= 0.3
        steps = 0
        while node is not None and node.tag in _INLINE and steps < 12:
            node = node.getparent()
            steps += 1
        share = 1.0
        for _ in range(3):
            if node is None or node.tag in ("body", "html"):
                break
            if _BESIDE.search(f"{node.get('class') or ''} {node.get('id') or ''}"):
                break
            weights[node] = weights.get(node, 0.0) + weight * share
            share *= 0.6
            node = node.getparent()
    if not weights:
        return [] if any(rows.values()) else _whole_body(root)
    best = max(weights, key=lambda node: weights[node])
    return _beside(best, weights) if weights[best] >= least else []


_ROWS = 4  # like parts that make a row; a story has fewer pictures with links and dates
_LONGEST_PART = 800  # characters of a comment or a teaser
_UP = 5  # levels between a text and the part of a row that it belongs to
_DAY = re.compile(r"(?:19|20)\d\d\s?[-./년]\s?\d|\d\s?(?:분|시간|일)\s?전|답글|신고|추천|공감")


def _before(root: etree._Element, headline: str) -> frozenset[etree._Element]:
    """The elements before the headline as the page prints it; none where it does not."""
    if not headline:
        return frozenset()
    seen: list[etree._Element] = []
    for node in root.iter(etree.Element):
        if node.tag in HEADINGS and len(node) < 8 and same(plain(node), headline):
            return frozenset(seen)
        seen.append(node)
    return frozenset()


def _in_row(holder: etree._Element, rows: dict[etree._Element, bool]) -> bool:
    """Whether a text stands in one of several like parts: a comment, a teaser."""
    node = holder.getparent()
    for _ in range(_UP):
        if node is None or node.tag in ("body", "html"):
            return False
        if node not in rows:
            rows[node] = _is_row(node)
        if rows[node]:
            return True
        node = node.getparent()
    return False


def _is_row(node: etree._Element) -> bool:
    """Whether the children are like parts of several pieces, each with a link or a date."""
    if len(node) < _ROWS:
        return False
    kinds: dict[tuple[object, str | None], int] = {}
    total = 0
    for child in node:
        if not isinstance(child.tag, str) or child.tag in ("br", "script", "style"):
            continue
        total += 1
        part = child[0] if len(child) == 1 and child[0].tag == "a" else child  # <li><a>…</a></li>
        if len(part) > 1 and not _own_text(part):
            # Parts of the page itself (header, content, footer) have names and are long.
            named = not (child.get("id") or "0")[-1].isdigit()
            text = None if named else brief(child, _LONGEST_PART)
            if text is not None and (
                next(child.iter("a"), None) is not None or _DAY.search(text[:200])
            ):
                kind = (child.tag, child.get("class"))
                kinds[kind] = kinds.get(kind, 0) + 1
    return max(kinds.values(), default=0) >= max(_ROWS, total * 0.7)


def _own_text(node: etree._Element) -> bool:
    return bool((node.text or "").strip()) or any((child.tail or "").strip() for child in node)


def is_list(root: etree._Element) -> bool:
    """Whether a page is rows of teasers or comments rather than a story."""
    return any(_is_row(node) for node in root.iter("ul", "ol", "div", "section", "tbody", "table"))


def _beside(node: etree._Element, weights: dict[etree._Element, float]) -> list[etree._Element]:
    """`node` and the blocks beside it of the same tag and class that hold story too."""
    parent = node.getparent()
    kind = (node.tag, node.get("class"))
    if parent is None or not kind[1] or parent.tag == "html":
        return [node]
    return [
        one
        for one in parent
        if one is node or ((one.tag, one.get("class")) == kind and weights.get(one, 0.0) >= _PART)
    ]


def _whole_body(root: etree._Element) -> list[etree._Element]:
    body = root.find("body")
    if body is None:
        return []
    texts = [text for _, text in text_nodes(_TEXTS, root)]
    return [body] if sum(map(len, texts)) >= _LEAST and any(map(_SENTENCE.search, texts)) else []
