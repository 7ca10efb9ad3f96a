"""Which elements does a layout point at? The small part of CSS that layouts need.

`tag`, `#id`, `.class`, `[name]`, `[name=value]`, `[name*=value]`, `[name^=value]`, `a b`, `a > b`
and `a, b`. A selector is compiled once and matched from its last step backwards, as browsers
do: the last step names few elements, found by an index of ids and classes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

_STEP = re.compile(
    r"(?P<tag>\*|[a-zA-Z][\w-]*)?(?P<rest>(?:#[\w-]+|\.[\w-]+|\[[^\]]+\])*)\s*(?P<next>>|\s|$)\s*"
)
_PART = re.compile(
    r"#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[(?P<name>[\w:-]+)(?:(?P<how>[*^]?=)[\"']?(?P<value>[^\]\"']*)[\"']?)?\]"
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one element must be. `direct` says that the step before it is its parent."""

    tag: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()  # (name, how, value); how may be ""
    direct: bool = False

    def matches(self, node: etree._Element) -> bool:
        """Whether `node` itself is such an element."""
        if self.tag and node.tag != self.tag:
            return False
        if self.id and node.get("id") != self.id:
            return False
        if self.classes:
            value = node.get("class")
            if not value or not all(name in value for name in self.classes):
                return False
            names = value.split()
            if not all(name in names for name in self.classes):
                return False
        return all(_holds(node.get(name), how, wanted) for name, how, wanted in self.attributes)


def _holds(value: str | None, how: str, wanted: str) -> bool:
    if value is None:
        return False
    if how == "=":
        return value == wanted
    if how == "*=":
        return wanted in value
    return value.startswith(wanted) if how == "^=" else True


@dataclass(frozen=True, slots=True)
class Path:
    """One alternative of a selector: steps from the outermost to the element itself.

    `names` are strings of its attributes that a page must hold somewhere for it to match at
    all; ids and classes are looked up.
    """

    steps: tuple[Step, ...]
    names: tuple[str, ...]

    def matches(self, node: etree._Element) -> bool:
        """Whether `node` is the last step, and the others stand around it."""
        return self.steps[-1].matches(node) and _around(node, self.steps, len(self.steps) - 1)


def _around(node: etree._Element, steps: tuple[Step, ...], at: int) -> bool:
    """Whether what stands around `node`, which is steps[at], is as the steps before say."""
    if at == 0:
        return True
    if steps[at].direct:
        parent = node.getparent()
        return (
            parent is not None and steps[at - 1].matches(parent) and _around(parent, steps, at - 1)
        )
    return any(
        steps[at - 1].matches(up) and _around(up, steps, at - 1) for up in node.iterancestors()
    )


@lru_cache(maxsize=2048)
def compiled(selector: str) -> tuple[Path, ...]:
    """The alternatives of a selector, in order; raises ValueError for CSS beyond ours.

    >>> [len(path.steps) for path in compiled("#dic_area, div > [itemprop=articleBody]")]
    [1, 2]
    """
    return tuple(_path(one.strip(), selector) for one in selector.split(","))


def _path(text: str, selector: str) -> Path:
    steps: list[Step] = []
    position, direct = 0, False
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None or match.end() == position or not (match["tag"] or match["rest"]):
            raise ValueError(f"no selector of ours: {selector}")
        steps.append(_step(match["tag"] or "", match["rest"], selector, direct=direct))
        direct = match["next"] == ">"
        position = match.end()
    if not steps or direct:
        raise ValueError(f"no selector of ours: {selector}")
    names = [value or name for step in steps for name, _, value in step.attributes]
    return Path(tuple(steps), tuple(names))


def _step(tag: str, rest: str, selector: str, *, direct: bool) -> Step:
    parts = list(_PART.finditer(rest))
    if "".join(part[0] for part in parts) != rest:
        raise ValueError(f"no selector of ours: {selector}")
    ids = [part["id"] for part in parts if part["id"]]
    if len(ids) > 1:
        raise ValueError(f"no selector of ours, two ids for one element: {selector}")
    return Step(
        "" if tag == "*" else tag,
        ids[0] if ids else "",
        tuple(part["class"] for part in parts if part["class"]),
        tuple((p["name"], p["how"] or "", p["value"] or "") for p in parts if p["name"]),
        direct,
    )
