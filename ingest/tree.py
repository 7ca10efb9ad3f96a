"""How is HTML text parsed once, and found again cheaply? lxml, and a few CSS selectors.

lxml builds the tree of a 100 kB page in under a millisecond, Beautiful Soup in ten, and
no stored page has needed Beautiful Soup: once the text is decoded here, what is lost in
lxml's own guess of CP949 cannot be lost. Selectors are the small part of CSS that
layouts need, compiled to XPath once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from lxml import etree

from corpus.ingest.words import words

# libxml2 gives up at 2,048 levels and drops the rest of the page; real pages have 30.
_MAX_DEPTH = 300
_BIG = 2_000_000  # characters; beyond it, attributes are cut before selectors read them
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
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
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


_STEP = re.compile(
    r"(?P<tag>\*|[a-zA-Z][\w-]*)?(?P<rest>(?:#[\w-]+|\.[\w-]+|\[[^\]]+\])*)\s*(?P<next>>|,|\s|$)\s*"
)
_ONE_STEP = re.compile(r"([a-zA-Z][\w-]*)?(?:[#.][\w-]+)+")
_PART = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[(?P<name>[\w:-]+)(?:(?P<how>[*^$]?=)[\"']?(?P<value>[^\]\"']*)[\"']?)?\]"
)


def _conditions(rest: str) -> str:
    out = []
    for part in _PART.finditer(rest):
        if part["id"]:
            out.append(f"@id='{part['id']}'")
        elif part["class"]:
            # The first test is cheap and fails almost everywhere.
            out.append(
                f"contains(@class,'{part['class']}') and "
                f"contains(concat(' ',normalize-space(@class),' '),' {part['class']} ')"
            )
        elif part["how"] is None:
            out.append(f"@{part['name']}")
        elif part["how"] == "=":
            out.append(f"@{part['name']}='{part['value']}'")
        elif part["how"] == "*=":
            out.append(f"contains(@{part['name']},'{part['value']}')")
        elif part["how"] == "^=":
            out.append(f"starts-with(@{part['name']},'{part['value']}')")
        else:
            raise ValueError(f"no selector of ours: {rest}")
    return f"[{' and '.join(out)}]" if out else ""


def xpath_of(selector: str) -> str:
    """The XPath of a selector; raises ValueError for CSS beyond tag#id.class[a=v] a > b, c.

    >>> xpath_of("#dic_area, div > [itemprop=articleBody]")
    ".//*[@id='dic_area']|.//div/*[@itemprop='articleBody']"
    """
    paths, path, axis, position = [], ".", "//", 0
    selector = selector.strip()
    while position < len(selector):
        step = _STEP.match(selector, position)
        if step is None or step.end() == position or not (step["tag"] or step["rest"]):
            raise ValueError(f"no selector of ours: {selector}")
        path += f"{axis}{step['tag'] or '*'}{_conditions(step['rest'])}"
        axis = "/" if step["next"] == ">" else "//"
        if step["next"] == ",":
            paths.append(path)
            path = "."
        position = step.end()
    return "|".join([*paths, path])


@dataclass(frozen=True)
class _Alternative:
    """One alternative of a selector: names that the source must hold, and how to find it."""

    names: tuple[str, ...]
    path: etree.XPath
    tag: str = ""  # with id and classes: a selector of one step, answered by the index
    id: str = ""
    classes: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def _alternatives(selector: str) -> tuple[_Alternative, ...]:
    out = []
    for one in map(str.strip, selector.split(",")):
        parts = list(_PART.finditer(one))
        names = tuple(
            part["id"] or part["class"] or part["value"] or part["name"] for part in parts
        )
        path = etree.XPath(xpath_of(one), smart_strings=False)
        classes = tuple(part["class"] for part in parts if part["class"])
        ids = [part["id"] for part in parts if part["id"]]
        simple = _ONE_STEP.fullmatch(one)
        if simple and len(ids) <= 1 and (ids or classes):
            out.append(_Alternative(names, path, simple[1] or "", ids[0] if ids else "", classes))
        else:
            out.append(_Alternative(names, path))
    return tuple(out)


def elements(path: etree.XPath, node: etree._Element) -> list[etree._Element]:
    """The elements that a path finds from `node`."""
    found = path(node)
    if not isinstance(found, list):
        return []
    return [each for each in found if isinstance(each, etree._Element)]


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
        """The elements that match, by alternative, each in document order.

        A name that is nowhere in the source needs no walk: that answers nine of ten
        selectors at a fiftieth of the price.
        """
        found: list[etree._Element] = []
        for one in _alternatives(selector) if selector else ():
            if not all(name in self.source for name in one.names):
                continue
            found += self._listed(one) if one.id or one.classes else elements(one.path, self.root)
        return found

    def _listed(self, one: _Alternative) -> list[etree._Element]:
        ids, classes = self._index
        listed = ids.get(one.id, []) if one.id else classes.get(one.classes[0], [])
        return [
            node
            for node in listed
            if (not one.tag or node.tag == one.tag)
            and all(name in (node.get("class") or "").split() for name in one.classes)
        ]

    @cached_property
    def _index(self) -> tuple[dict[str, list[etree._Element]], dict[str, list[etree._Element]]]:
        """Elements by id and by class: one walk of 0.3 ms, where each XPath takes 0.3 ms."""
        ids: dict[str, list[etree._Element]] = {}
        classes: dict[str, list[etree._Element]] = {}
        for node in self.root.iter(etree.Element):
            name = node.get("id")
            if name:
                ids.setdefault(name, []).append(node)
            value = node.get("class")
            if value:
                for each in dict.fromkeys(value.split()):
                    classes.setdefault(each, []).append(node)
        return ids, classes


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
