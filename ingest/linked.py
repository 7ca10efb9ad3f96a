"""Which blocks inside the story are no story? Lists of links, promotion, machine summaries.

Papers set "related" boxes between paragraphs, often under class names that say nothing. A
block all of whose text is link text is no paragraph: it goes with its heading, recorded
with its reason. Where links make up half of a story they are its text, and stay.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from lxml import etree

from corpus.ingest.tree import brief, plain
from corpus.ingest.words import words

_BLOCKS = words("p div ul ol li dl dt dd section table tr td h2 h3 h4 h5 h6 strong center")
_HEADS = words("p div h2 h3 h4 h5 h6 strong b span dt em")
_LISTS = words("ul ol dl")
_MOST = 500  # links; a page with more is no story
_LONGEST = 120  # characters of a headline; longer linked text is a linked paragraph
# A source that the story names, a reporter's page and an address stay.
_KEPT = re.compile(r"https?://|www\.|@|(?:기자|특파원|논설위원|PD)\s*\Z|\A\s*[\[(]?사진|\A#")
_HEAD = re.compile(
    r"관련|함께|추천|인기|주요|많이|더\s?보기|기사|뉴스|이슈|오늘의|핫|화제"
    r"|related|read more|more from",
    re.I,
)
# What may stand beside the link in such a block: "☞", "[관련기사]", "관련 뉴스 :".
_LABEL = re.compile(
    r"(?:[\s☞▶►▷→·■□◆•○●\-\[\]<>()【】「」:：|/]|관련|연관|추천|이전|다음|기사|뉴스|보도|영상|포토|읽기|보기"
    r"|바로가기|함께|더)*"
)
_SUMMARY = re.compile(
    r"(?:AI|인공지능)?\s?(?:가\s)?(?:기사\s?|핵심\s?|[3세]\s?줄\s?)?요약(?:봇)?", re.I
)
_HEADINGS = 300  # looked at: more than the longest page has
_LONGEST_SUMMARY = 600  # characters
_SENTENCE = re.compile(r"[다요죠까][.?!]")


def linked(roots: Iterable[etree._Element]) -> dict[etree._Element, str]:
    """The blocks under `roots` that only link elsewhere or sum up, each with its reason."""
    out: dict[etree._Element, str] = {}
    for root in roots:
        out |= dict.fromkeys(_summaries(root), "page-part")
        links = [node for node in root.iter("a") if node.get("href") is not None]
        if len(links) > _MOST or not any(map(_apart, links)):
            continue
        texts = {node: plain(node) for node in links}
        if sum(map(len, texts.values())) * 2 > len(plain(root)):
            continue
        pure: dict[etree._Element, bool] = {}
        for link in links:
            if not _leads(texts[link]) or not _apart(link):
                continue
            if any(up in out for up in link.iterancestors()):
                continue
            block = _block(link, root, texts, pure)
            if block is not None:
                out[block] = "related"
                head = _heading(block)
                if head is not None:
                    out[head] = "related"
    return out


def _summaries(root: etree._Element) -> Iterable[etree._Element]:
    """The boxes that a machine's summary of the story stands in, by their headings."""
    headings = root.iter("b", "strong", "h2", "h3", "h4", "h5", "dt", "em")
    # Each may hold all the others: 20,000 nested tags would be walked 200 million times.
    for node in itertools.islice(headings, _HEADINGS):
        text = brief(node, 12)
        box = node.getparent()
        if not text or not _SUMMARY.fullmatch(text) or box is None or box is root:
            continue
        if brief(box, _LONGEST_SUMMARY) is not None:
            yield box


def _leads(text: str) -> bool:
    """Whether a link text may be the headline of another article, or promotion."""
    return 4 <= len(text) <= _LONGEST and not _KEPT.search(text)


def _block(
    link: etree._Element,
    root: etree._Element,
    texts: dict[etree._Element, str],
    pure: dict[etree._Element, bool],
) -> etree._Element | None:
    """The largest block around `link` that holds nothing but links; None if there is none."""
    best = link if _alone(link) else None
    node = link.getparent()
    while node is not None and node is not root:
        if node not in pure:
            pure[node] = _pure(node, texts)
        if not pure[node]:
            break
        if node.tag in _BLOCKS:
            best = node
        node = node.getparent()
    return best


def _pure(node: etree._Element, texts: dict[etree._Element, str]) -> bool:
    """Whether all text of `node` is that of links which lead elsewhere."""
    if node.tag not in _LISTS and next(node.iter("img"), None) is not None:
        return False  # a picture may stand with its caption
    inside = [text for one in node.iter("a") if (text := texts.get(one))]
    rest = plain(node)
    for text in inside:
        rest = rest.replace(text, " ", 1)
    return bool(_LABEL.fullmatch(rest)) and all(map(_leads, inside))


def _apart(link: etree._Element) -> bool:
    """Whether no text stands right before or after a link: most links are words of a sentence."""
    if link.tail and link.tail.strip():
        return False
    before = link.getprevious()
    parent = link.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    return not text or bool(_LABEL.fullmatch(text))


def _alone(link: etree._Element) -> bool:
    """Whether a link stands on a line of its own, between breaks."""
    before, after = link.getprevious(), link.getnext()
    breaks = before is not None and before.tag == "br" and (after is None or after.tag == "br")
    return breaks and _apart(link)


def _heading(block: etree._Element) -> etree._Element | None:
    """The heading right before a list of links: short, no sentence, with a word for it."""
    before = block.getprevious()
    if before is None or before.tag not in _HEADS or (before.tail or "").strip():
        return None
    text = plain(before)
    short = 0 < len(text) <= 25 and not _SENTENCE.search(text)
    return before if short and _HEAD.search(text) else None
