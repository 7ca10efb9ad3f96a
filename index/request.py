"""What does a request ask, its query text and filters taken together?

One tree: the parsed text AND one node per filter. So the filters follow the same rules as
fields in the text, and `read_as` shows everything that decided.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from corpus.errors import QueryError
from corpus.index import days, parser
from corpus.index.layout import FIELDS
from corpus.index.normal import normalized
from corpus.index.protocol import Request
from corpus.index.query import (
    ALL_FIELDS,
    All,
    Days,
    Either,
    Everything,
    Node,
    Undated,
    Value,
    ValueName,
    Without,
    Words,
    parts_of,
)


class Reading(msgspec.Struct, frozen=True):
    """`tree` answers the request; `undated` finds what only a date filter keeps out of it
    (None where no date filter does); `values` are the field values it names."""

    tree: Node
    undated: Node | None
    values: tuple[Value, ...]


def read(request: Request) -> Reading:
    """Raises QueryError."""
    fields: Sequence[int] = ALL_FIELDS
    if request.field is not None:
        if request.field not in FIELDS:
            raise QueryError(
                request.field, None, f"no field {request.field!r}: title, subtitle or body"
            )
        fields = (FIELDS.index(request.field),)
    tree: Node
    if request.match == "any" and request.query.strip():
        from corpus.index.question import read_question  # a search for words needs none of it

        tree = read_question(request.query, fields=fields)
    else:
        tree = parser.parse(
            request.query,
            fields=fields,
            exact=request.exact,
            synonyms=request.synonyms,
            saved=dict(request.saved),
        )
    filters = _filters(request)
    if not filters and isinstance(tree, Words):
        return Reading(tree, None, ())  # nearly every request
    parts = [*parts_of(tree), *filters]
    if request.undated == "include":
        parts = [_with_undated(part) for part in parts]
    if len(parts) > 1:  # "all articles AND …" says nothing
        parts = [part for part in parts if not isinstance(part, Everything)]
    tree = parts[0] if len(parts) == 1 else All(parts)
    return Reading(tree, _kept_out(parts), tuple(_values(tree)))


def _filters(request: Request) -> list[Node]:
    """One node for each filter beside the text."""
    filters: list[Node] = []
    if request.publisher:
        filters.append(_any_of("publisher", request.publisher))
    if request.section:
        filters.append(_any_of("section", request.section))
    if request.reporter:
        filters.append(_any_of("reporter", request.reporter))
    if request.since is not None or request.until is not None:
        filters.append(_between(request.since, request.until))
    if request.undated == "only":
        filters.append(Undated())
    return filters


def _any_of(name: ValueName, values: Sequence[str]) -> Node:
    nodes = []
    for value in values:
        shown = f'{name}:"{value}"' if " " in value else f"{name}:{value}"
        nodes.append(Value(name, normalized(value), None, shown))
    return nodes[0] if len(nodes) == 1 else Either(nodes)


def _between(since: str | None, until: str | None) -> Days:
    text = f"{since or ''}..{until or ''}"
    try:
        first = days.period(since)[0] if since is not None else days.EARLIEST
        last = days.bound(until) if until is not None else days.LATEST
    except days.BadDate as error:
        raise QueryError(text, None, str(error)) from None
    if first > last:
        raise QueryError(text, None, f"--since {since} is after --until {until}")
    if since is not None and days.is_relative(since):
        text = f"{days.shown(first) if first > days.EARLIEST else ''}..{until or ''}"
    return Days(first, last, f"date:{text}")


def _with_undated(part: Node) -> Node:
    if isinstance(part, Days):
        return Days(part.first, part.last, part.shown, undated=True)
    return part


def _kept_out(parts: Sequence[Node]) -> Node | None:
    """What matches but for having no date, where a date is demanded at the top."""
    # A loop: `any` with a generator takes three times as long.
    for part in parts:
        if isinstance(part, Days) and not part.undated:
            return All([Undated(), *(part for part in parts if not isinstance(part, Days))])
    return None


def _values(node: Node) -> list[Value]:
    match node:
        case Value():
            return [node]
        case Without():
            return _values(node.query)
        case All() | Either():
            return [value for part in node.subqueries for value in _values(part)]
    return []
