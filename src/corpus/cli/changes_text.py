"""How is shown what newer rules change? As in `diff -u`: by article and field, - before, + after.

Long lines are cut at 80 columns of text and go on under their sign, so that a body of one
paragraph shows where it changed; of lines that stay, one stands around a change.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from corpus.cli.output import person
from corpus.cli.width import cut, wrap

if TYPE_CHECKING:
    from corpus.results import ArticleChange, KeptEdit

_SIGNS = {"-": "\x1b[31m", "+": "\x1b[32m"}  # as git and diff draw them


def change_lines(change: ArticleChange, name: str, width: int, *, color: bool) -> Iterator[str]:
    """One article under its id (`name`) and title, and every field that differs."""
    yield cut(f"{name}  {change.title or '(no title)'}", width)
    for each in change.fields:
        yield f"  {each.field}"
        before, after = value_lines(each.before), value_lines(each.after)
        for sign, text in difference(before, after):
            for line in wrap(text, width - 6) if text else [""]:
                drawn = f"    {sign} {line}".rstrip()
                yield f"{_SIGNS[sign]}{drawn}\x1b[0m" if color and sign in _SIGNS else drawn


def difference(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Signs and lines: - gone, + new, a space for one that stays, @ for where it is.

    >>> list(difference(["가", "나"], ["가", "다"]))
    [(' ', '가'), ('-', '나'), ('+', '다')]
    """
    several = len(before) > 4 or len(after) > 4
    for line in list(difflib.unified_diff(before, after, n=1, lineterm=""))[2:]:
        if line.startswith("@@"):
            if several:
                start = line.split()[1].lstrip("-").split(",")[0]
                yield "@", f"line {start}"
        else:
            yield line[0], line[1:]


def value_lines(value: Any) -> list[str]:
    """A value as lines that can be compared: one for each paragraph, person or piece."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return value.split("\n")
    if isinstance(value, list):
        return [line for item in value for line in _item(item)]
    if isinstance(value, dict):
        return [f"{key}: {_json(item)}" for key, item in value.items() if item is not None]
    return [_json(value)]


def _item(item: Any) -> list[str]:
    if isinstance(item, str):
        return item.split("\n")
    if set(item) == {"name", "email"}:
        return [person(item)]
    if {"line", "column", "text", "reason"} <= set(item):
        place = f"{item['line']}:{item['column'] + 1}"
        return [f"{place}  {item['reason']}  {item['text'].rstrip()}".replace("\n", " ")]
    return ["  ".join(str(part) for part in item.values() if part is not None)]


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def kept_line(kept: KeptEdit, name: str, width: int) -> str:
    """One edit that stays, and what the rules would say."""
    newer = " / ".join(value_lines(kept.newer)) or "nothing"
    text = f"kept {name} {kept.field}: edited in revision {kept.revision}; rules say: {newer}"
    return cut(text, width)
