"""How is HTML text parsed once, and found again cheaply? lxml, and one walk over the elements.

lxml builds the tree of a 100 kB page in under a millisecond, Beautiful Soup in ten, and
no stored page has needed Beautiful Soup: once the text is decoded here, what is lost in
lxml's own guess of CP949 cannot be lost. Selectors (corpus.ingest.selectors) are answered
from the ids and classes that one walk gives.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from corpus.ingest.selectors import Step, compiled
from corpus.ingest.words import words

HEADINGS = words("h1 h2 h3 h4")
"""Tags in which pages print the headline."""

# libxml2 gives up at 2,048 levels and drops the rest of the page; real pages have 30.
_MAX_DEPTH = 300
_BIG = 2_000_000  # characters; beyond it, attributes are cut before selectors read them
_SHORT = 300  # elements in one whose text is short
_LONGEST_NAME = 2000  # characters of a class, id or style

_PROLOG = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)[^<>]*+>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)


class NoTree(Exception):
    """The text cannot be read as HTML at all."""


def parse(text: str) -> etree._Element:
    """The root of the page; raises NoTree where nothing in `text` is an element or text."""
    clean = _PROLOG.sub("", text).replace("\0", " ")
    root, complete = _parse(clean)
    if not complete:
        root, _ = _parse(_flattened(clean))
    if len(text) > _BIG:
        for node in root.iter(etree.Element):
            for name in ("class", "id", "style"):
                value = node.get(name)
                if value and len(value) > _LONGEST_NAME:
                    node.set(name, value[:_LONGEST_NAME])
    return root


def _parse(text: str) -> tuple[etree._Element, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NoTree(str(error)) from None
    if root is None:
        raise NoTree("no element")
    last = parser.error_log.last_error
    return root, last is None or "Excessive depth" not in last.message


def _flattened(text: str) -> str:
    """`text` without the tags that nest deeper than pages do; its words stay."""
    depth = over = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth, over
        if match[2].lower() in _VOID:
            return match[0]
        if match[1]:
            if over:
                over -= 1
                return " "
            depth = max(0, depth - 1)
        elif depth >= _MAX_DEPTH:
            over += 1
            return " "
        else:
            depth += 1
        return match[0]

    return _TAG.sub(keep, text)


def text_nodes(path: etree.XPath, node: etree._Element) -> list[tuple[etree._Element, str]]:
    """The texts that a path finds from `node`, each with the element that it stands in."""
    out: list[tuple[etree._Element, str]] = []
    found = path(node)
    for text in found if isinstance(found, list) else []:
        if isinstance(text, etree._ElementUnicodeResult):
            holder = text.getparent()
            holder = holder.getparent() if holder is not None and text.is_tail else holder
            if holder is not None:
                out.append((holder, str(text)))
    return out


@dataclass(frozen=True)
class Tree:
    """A parsed page and its source, which answers most selectors without a walk."""

    root: etree._Element
    source: str

    def select(self, selector: str) -> list[etree._Element]:
        """The elements that match, by alternative, each in document order; none for ""."""
        found: list[etree._Element] = []
        for path in compiled(selector) if selector else ():
            if all(name in self.source for name in path.names):
                found += filter(path.matches, self._candidates(path.steps[-1]))
        return found

    def _candidates(self, step: Step) -> Iterable[etree._Element]:
        if step.id:
            return self.walked.ids.get(step.id, [])
        if step.classes:
            return self.classed(step.classes[0])
        for name, _, value in step.attributes:
            if name == "class":
                return [node for words_, node in self.walked.classes if value in words_]
        return self.root.iter(step.tag or etree.Element)

    def classed(self, name: str) -> list[etree._Element]:
        """The elements with the word `name` in their class, in document order."""
        return self._by_word.get(name, [])

    @cached_property
    def _by_word(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for value, node in self.walked.classes:
            for name in dict.fromkeys(value.split()):
                found.setdefault(name, []).append(node)
        return found

    @cached_property
    def walked(self) -> Walked:
        """What one walk over the elements gives: 0.4 ms, where each XPath takes 0.3 ms."""
        found = Walked()
        for node in self.root.iter(etree.Element):
            name = node.get("id")
            if name:
                found.ids.setdefault(name, []).append(node)
            value = node.get("class")
            if value:
                found.classes.append((value, node))
            text = node.text
            if text and "@" in text:
                if node.tag not in _NO_ADDRESS:
                    found.addressed.append(node)
            elif node.tag == "a":
                href = node.get("href")
                if href and ("@" in href or "%40" in href):
                    found.addressed.append(node)
        return found


@dataclass
class Walked:
    """Elements by id, by class in document order, and those with a mail address in them."""

    ids: dict[str, list[etree._Element]] = field(default_factory=dict)
    classes: list[tuple[str, etree._Element]] = field(default_factory=list)
    addressed: list[etree._Element] = field(default_factory=list)


_NO_ADDRESS = words("script style title textarea")
_SKIPPED = words("script style noscript template iframe")
_BREAKS = words("br p div li td th dt dd tr h1 h2 h3 h4 h5 h6 figcaption")


def plain(element: etree._Element, skipped: frozenset[str] = _SKIPPED, without: str = "") -> str:
    """All text of an element on one line, without the elements whose tags are `skipped`.

    Elements with the word `without` in their class are skipped as well, if one is given.

    >>> plain(etree.fromstring("<p>가<b>나<i>다</i>라</b>마<br/>바</p>"))
    '가나다라마 바'
    """
    pieces: list[str] = []
    todo: list[etree._Element | str] = [element]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            pieces.append(node)
            continue
        tag = node.tag
        if not isinstance(tag, str) or tag in skipped:  # a comment has no tag
            continue
        if without and without in (node.get("class") or ""):
            continue
        if tag in _BREAKS:
            pieces.append(" ")
        if node.text:
            pieces.append(node.text)
        for child in reversed(node):
            if child.tail:
                todo.append(child.tail)
            if child.tag in _BREAKS:
                todo.append(" ")
            todo.append(child)
    return " ".join("".join(pieces).split())


def brief(element: etree._Element, limit: int) -> str | None:
    """All text of an element, scripts too, without spaces; None where it is over `limit` long,
    or in so many elements that it is none.

    Costs no more than that, however much is inside: for questions asked at every level.
    """
    if next(itertools.islice(element.iter(), _SHORT, None), None) is not None:
        return None  # thousands of tags without a word
    pieces: list[str] = []
    size = 0
    for text in element.itertext():
        piece = "".join(str(text).split())
        size += len(piece)
        if size > limit:
            return None
        pieces.append(piece)
    return "".join(pieces)


def name_of(nodes: Sequence[etree._Element]) -> str:
    """The first of `nodes` as a person would point at it: div#body.text; "" for none."""
    if not nodes:
        return ""
    node = nodes[0]
    name = str(node.tag)
    if node.get("id"):
        name += f"#{node.get('id')}"
    for word in (node.get("class") or "").split()[:3]:
        name += f".{word}"
    return name[:120]
