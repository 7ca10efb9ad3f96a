"""Where is the story on this page? Layout, system, named container, script data, dense text.

Asked in this order, the surest first; the first that gives lines is believed, but where it
gives few, script data that say more. Around the story stand its headline, lists of links and
what is never story: they are left out here, each recorded, and the byline stage goes over the
lines that remain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from corpus import normal
from corpus.ingest import containers, embedded, metadata
from corpus.ingest.lines import Lines, Part, lines_of
from corpus.ingest.linked import linked
from corpus.ingest.publishers.layouts import Layout
from corpus.ingest.publishers.systems import SYSTEMS
from corpus.ingest.tree import Tree, brief, name_of, plain

_HEADLINES = ("h1", "h2", "h3", "h4", "strong", "div", "p")
_LONGEST_HEAD = 300  # characters before a headline; more is story
_FLASH = 12  # characters that make a story on a page that says it is an article


@dataclass
class Story:
    """The body found: its lines, what stood inside it, and the rule that found it."""

    found: Lines = field(default_factory=Lines)
    layout: Layout = field(default_factory=Layout)
    script: embedded.Embedded | None = None
    rule: str = ""
    where: str = ""  # the selector, element or key that the rule went by
    nodes: list[etree._Element] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Characters of the lines."""
        return sum(map(len, self.found.lines))


def find(tree: Tree, head: metadata.Head, layouts: tuple[Layout, ...], headline: str) -> Story:
    """The story of a page; without lines, and with the rule "none", where there is none.

    `headline` is what the head calls the article: general rules leave it out of the story.
    """
    for layout in (*layouts, *(one for one in SYSTEMS if one not in layouts)):
        story = _by_layout(tree, layout)
        if story.found.lines:
            return story
    return _by_general_rules(tree, head, headline)


def _by_layout(tree: Tree, layout: Layout) -> Story:
    if layout.embedded:
        script = embedded.find(tree.source, tree.root)
        if script:
            return Story(
                Lines(script.lines, script.captions),
                layout,
                script,
                rule="layout, script data",
                where=script.where,
            )
    # Alternatives stand in order of preference, so they are asked one by one.
    for selector in filter(None, map(str.strip, layout.body.split(","))):
        nodes = tree.select(selector)
        if not nodes:
            continue
        drop = dict.fromkeys(tree.select(layout.drop), "page-part")
        drop |= dict.fromkeys(tree.select(layout.subtitle)[:1], "subtitle")
        found = _gather(nodes, linked(nodes) | drop, layout.captions, tree)
        if found.lines:
            return Story(
                found, layout, rule=f"layout {selector}", where=name_of(nodes), nodes=nodes
            )
    return Story(layout=layout)


def _by_general_rules(tree: Tree, head: metadata.Head, headline: str) -> Story:
    story = Story(rule="none")
    nodes = containers.named(tree)
    if nodes:
        found = _without_buttons(_gather(nodes, linked(nodes) | _up_to(headline, nodes), "", tree))
        story = Story(found, rule="container", where=name_of(nodes), nodes=nodes)
    if story.size < 200:
        script = embedded.find(tree.source, tree.root)
        if script and sum(map(len, script.lines)) > story.size:
            lines = Lines(script.lines, script.captions)
            return Story(lines, script=script, rule="script data", where=script.where)
    # A named container with a few words is a flash; what is dense then is something else.
    if not story.size:
        nodes = containers.dense(tree.root, headline)
        if not nodes and head.is_article:
            nodes = containers.dense(tree.root, headline, least=_FLASH)
        found = _without_buttons(_gather(nodes, linked(nodes) | _up_to(headline, nodes), "", tree))
        story = Story(found, rule="density", where=name_of(nodes), nodes=nodes)
    if story.size < 60:
        stated = max(head.all("ld:articleBody"), key=len, default="")
        if len(stated) > max(story.size, 60):
            lines = Lines(normal.lines(stated))
            return Story(lines, rule="articleBody in JSON-LD", where="articleBody")
        data = embedded.application(tree.root, headline)
        if data and sum(map(len, data.lines)) > max(story.size, 60):
            lines = Lines(data.lines, data.captions)
            return Story(lines, script=data, rule="script data", where=data.where)
    return story


def _gather(
    nodes: Iterable[etree._Element],
    drop: Mapping[etree._Element, str],
    captions: str,
    tree: Tree,
) -> Lines:
    marked = frozenset(tree.select(captions))
    out = Lines()
    done: set[etree._Element] = set()
    for node in nodes:
        if any(other in done for other in node.iterancestors()):
            continue
        done.add(node)
        found = lines_of(node, drop, marked)
        out.parts += (replace(part, before=part.before + len(out.lines)) for part in found.parts)
        out.lines += found.lines
        out.captions += found.captions
        out.signed += found.signed
        out.subtitle = out.subtitle or found.subtitle
    return out


_BUTTON = re.compile(
    r"(?:기사\s?)?(?:공유|인쇄|프린트|스크랩|저장|북마크|퍼가기|보내기|복사|번역|듣기|확대|축소|목록|닫기|구독)"
    r"(?:하기|보기)?|(?:글자|글씨|폰트)\s?(?:크기|확대|축소)?(?:\s?(?:조절|변경|설정))?"
    r"|(?:이메일|메일|링크|주소|url)\s?(?:복사|보내기|공유)?(?:하기)?"
    r"|페이스북|트위터|엑스|카카오톡|카카오스토리|카카오|라인|밴드|네이버\s?(?:블로그|밴드)?|블로그|텔레그램"
    r"|(?:댓글|좋아요|조회|조회수|추천|공감)\s?:?\s?[\d,]*(?:\s?개)?|가|크게|작게|보통|더보기|맨위로|top"
    r"|(?:이전|다음)\s?(?:기사|글)?|facebook|twitter|kakao|print|share|email",
    re.I,
)


_IMPRINT = re.compile("발행인|편집인|등록번호|대표전화|청소년보호|사업자|주소 ?:")


def _without_buttons(found: Lines) -> Lines:
    """Lines that only name a button, and the imprint at the end, go.

    General rules do not know the class names of the site.
    """
    kept: list[str] = []
    parts: list[Part] = []
    end = len(found.lines) - 6
    for at, line in enumerate(found.lines):
        button = len(line) <= 12 and _BUTTON.fullmatch(line.strip(" +-·|"))
        if button or (at >= end and len(set(_IMPRINT.findall(line))) > 1):
            parts.append(Part(at, line, "page-part"))
        else:
            kept.append(line)
    if not parts:
        return found
    gone = [part.before for part in parts]
    moved = [
        replace(part, before=part.before - sum(at < part.before for at in gone))
        for part in [*found.parts, *parts]
    ]
    found.lines, found.parts = kept, sorted(moved, key=lambda part: part.before)
    return found


def _up_to(headline: str, nodes: list[etree._Element]) -> dict[etree._Element, str]:
    """What stands inside `nodes` before and with the headline: breadcrumbs, dates, the headline."""
    key = "".join(headline.split())
    if not key:
        return {}
    for root in nodes:
        for node in root.iter(*_HEADLINES):
            if len(node) > 7 or brief(node, len(key)) != key:
                continue
            out = {node: "title"}
            step: etree._Element | None = node
            size = 0
            while step is not None and step is not root:
                for before in step.itersiblings(preceding=True):
                    if isinstance(before.tag, str):
                        size += len(plain(before))
                        out.setdefault(before, "page-part")
                step = step.getparent()
            return out if size <= _LONGEST_HEAD else {node: "title"}
    return {}
