"""Where on the page is the story? In a container that many systems share, else where text is dense.

Common containers first, by how sure their name is; ND소프트, the system of hundreds of
papers, is one of them. An unknown page is judged by its text nodes: long ones outside
links give weight to the blocks around them, and the block that gathers most is the story.
"""

from __future__ import annotations

import re

from lxml import etree

from corpus.ingest.tree import Tree, plain, text_nodes
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


def dense(root: etree._Element) -> list[etree._Element]:
    """The block that gathers the most text outside links; [] where the page has too little."""
    weights: dict[etree._Element, float] = {}
    for holder, text in text_nodes(_TEXTS, root):
        node: etree._Element | None = holder
        body = text.strip()
        size = len(body)
        if size < 10:
            continue
        weight = size * (1.0 if _SENTENCE.search(body) else 0.3)
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
        return _whole_body(root)
    best = max(weights, key=lambda node: weights[node])
    return [best] if weights[best] >= _LEAST * 0.5 else []


def _whole_body(root: etree._Element) -> list[etree._Element]:
    body = root.find("body")
    if body is None:
        return []
    texts = [text for _, text in text_nodes(_TEXTS, root)]
    return [body] if sum(map(len, texts)) >= _LEAST and any(map(_SENTENCE.search, texts)) else []
