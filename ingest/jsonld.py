"""What does the page say of its article in JSON-LD? Read it even where it is not quite JSON.

MBC writes // comments, 연합뉴스 leaves trailing commas, SBS escapes quotes twice and adds
fifteen blocks about its brands: only articles are read, organisations never.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_TOKENS = re.compile(r'("(?:\\.|[^"\\])*(?:"|\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)', re.S)
_TRAILING = re.compile(r'("(?:\\.|[^"\\])*(?:"|\Z))|,(\s*+[}\]])', re.S)
_CONTROL = re.compile(r"[\x00-\x1f]")
_SALVAGED = re.compile(
    r'"(headline|datePublished|dateModified|articleSection)"\s*:\s*"((?:\\.|[^"\\\n])*)"'
)
_LONGEST = 2_000_000  # characters; the longest real block had 40,000
_TYPES = re.compile(r"\w{0,20}Article|BlogPosting")


def articles(blocks: Iterator[str]) -> list[dict[str, Any]]:
    """The article objects of all blocks, in order; broken blocks give what can be saved.

    >>> articles(iter(['{"@type": "NewsArticle", // 제목\\n "headline": "가",}']))[0]["headline"]
    '가'
    """
    found: list[dict[str, Any]] = []
    for block in blocks:
        if "Article" in block[:_LONGEST] or "BlogPosting" in block:
            found.extend(_of_block(block[:_LONGEST]))
    return found


def _of_block(block: str) -> Iterator[dict[str, Any]]:
    text = block.strip().removeprefix("<!--").removesuffix("-->").strip()
    value = _parse(text)
    if value is None:
        salvaged = {key: _unescape(raw) for key, raw in _SALVAGED.findall(text)}
        if salvaged:
            yield {"@type": "NewsArticle", **salvaged}
        return
    todo, seen = [value], 0
    while todo and seen < 2000:
        node = todo.pop(0)
        seen += 1
        if isinstance(node, list):
            todo = node + todo
        elif isinstance(node, dict):
            if is_article(node):
                yield node
            else:
                graph = node.get("@graph") or node.get("mainEntity")
                if isinstance(graph, list | dict):
                    todo.append(graph)


def is_article(node: dict[str, Any]) -> bool:
    """Whether a JSON-LD object is of an article type."""
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and _TYPES.fullmatch(name.split("/")[-1]) for name in names)


def _parse(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    tidy = _TOKENS.sub(lambda match: match[1] or " ", text)
    tidy = _TRAILING.sub(lambda match: match[1] or match[2], tidy)
    try:
        return json.loads(_CONTROL.sub(" ", tidy), strict=False)
    except (ValueError, RecursionError):
        return None


def _unescape(raw: str) -> str:
    try:
        return str(json.loads(f'"{raw}"', strict=False))
    except ValueError:
        return raw


def text_of(value: Any) -> str:
    """The string in a property that may be a string, a list or an object with a name."""
    if isinstance(value, list):
        value = next((item for item in value if text_of(item)), "")
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or value.get("url") or ""
    return html.unescape(value).strip() if isinstance(value, str) else ""


def people_of(value: Any) -> list[tuple[str, str]]:
    """(name, e-mail) of every author who is not an organisation."""
    out = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            out.append((html.unescape(item), ""))
        elif isinstance(item, dict) and item.get("@type") != "Organization":
            name, mail = item.get("name"), item.get("email")
            for one in name if isinstance(name, list) else [name]:
                if isinstance(one, str):
                    mail_text = mail.removeprefix("mailto:") if isinstance(mail, str) else ""
                    out.append((html.unescape(one), mail_text))
    return out
