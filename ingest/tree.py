"""How is HTML text parsed once, and found again cheaply? lxml, and a few CSS selectors.

lxml builds the tree of a 100 kB page in under a millisecond, Beautiful Soup in ten, and
no stored page has needed Beautiful Soup: once the text is decoded here, what is lost in
lxml's own guess of CP949 cannot be lost. Selectors are the small part of CSS that
layouts need, compiled to XPath once.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

# Deep nesting is cut by code points, not by recursion: pages have 30 levels, attacks 100,000.
MAX_DEPTH = 400

_PROLOG = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>")


class NoTree(Exception):
    """The text cannot be read as HTML at all."""


def parse(text: str) -> etree._Element:
    """The root of the page; raises NoTree where nothing in `text` is an element or text."""
    data = _PROLOG.sub("", text).encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, compact=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NoTree(str(error)) from None
    if root is None:
        raise NoTree("no element")
    return root


_STEP = re.compile(
    r"(?P<tag>\*|[a-zA-Z][\w-]*)?(?P<rest>(?:#[\w-]+|\.[\w-]+|\[[^\]]+\])*)\s*(?P<next>>|,|\s|$)\s*"
)
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
            out.append(f"contains(concat(' ',normalize-space(@class),' '),' {part['class']} ')")
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


@lru_cache(maxsize=1024)
def _compiled(selector: str) -> etree.XPath:
    return etree.XPath(xpath_of(selector), smart_strings=False)


def select(root: etree._Element, selector: str) -> list[etree._Element]:
    """The elements under `root` that match, in document order."""
    found = _compiled(selector)(root)
    return [node for node in found if isinstance(node, etree._Element)] if found else []


_SKIPPED = frozenset({"script", "style", "noscript", "template", "iframe"})


def plain(element: etree._Element) -> str:
    """All text of an element on one line, without scripts and styles."""
    pieces = []
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in _SKIPPED and node.text:
            pieces.append(node.text)
        if node.tail and node is not element:
            pieces.append(node.tail)
        if node.tag in ("br", "p", "div", "li"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())
