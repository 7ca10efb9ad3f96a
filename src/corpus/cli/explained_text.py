"""How is shown which rule decided what? A line for each field, then what was taken out.

For people the place, the rule and the value in columns; for programs one JSON object an
article, with the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.article import Article, Removed
    from corpus.ingest.explain import Decision

_LONGEST = 60  # characters of a value on a line
_STAGE = "read in the text"  # what no element of the page explains, the byline stage took out


def explained_lines(article: Article, decisions: Sequence[Decision]) -> Iterator[str]:
    """A line for each decision, then one for each piece taken out: place, reason, rule, text."""
    fields = [each for each in decisions if each.field != "removed"]
    rows = [(each.field, each.rule, _short(each.value)) for each in fields]
    width = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for field, rule, value in rows:
        yield f"{field:<{width[0]}}  {rule:<{width[1]}}  {value}"
    pieces = [
        (f"{piece.line}:{piece.column + 1}", piece.reason, rule, _short(piece.text.rstrip("\n")))
        for piece, rule in _removed(article, decisions)
    ]
    width = [max((len(piece[column]) for piece in pieces), default=0) for column in (0, 1, 2)]
    for at, reason, rule, text in pieces:
        yield f"{at:>{width[0]}}  {reason:<{width[1]}}  {rule:<{width[2]}}  {text}"
    if not pieces:
        yield "nothing was taken out"


def explained(
    article: Article, decisions: Sequence[Decision], *, origin: str, line: int | None, id: str
) -> dict[str, object]:
    """The same as one object: `decisions` with field, value and rule; `removed` with rules."""
    return {
        "format_version": 1,
        "origin": origin,
        "line": line,
        "id": id,
        "decisions": [
            {"field": each.field, "value": each.value, "rule": each.rule}
            for each in decisions
            if each.field != "removed"
        ],
        "removed": [
            {
                "line": piece.line,
                "column": piece.column,
                "text": piece.text,
                "reason": piece.reason,
                "rule": rule,
            }
            for piece, rule in _removed(article, decisions)
        ],
    }


def _removed(article: Article, decisions: Sequence[Decision]) -> Iterator[tuple[Removed, str]]:
    elements = {each.value: each.rule for each in decisions if each.field == "removed"}
    for piece in article.removed:
        yield piece, elements.get(piece.text.rstrip("\n"), _STAGE)


def _short(value: str) -> str:
    line = " / ".join(value.split("\n"))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
