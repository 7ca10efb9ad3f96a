"""How do a query and its filters become one request to the index?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from corpus.index.protocol import Request, Synonyms, Undated

if TYPE_CHECKING:
    from corpus.results import SavedQuery

Filter = str | Sequence[str] | None


class Filters(TypedDict):
    """What narrows a query, and how it is read: the options that all questions share."""

    since: str | None
    until: str | None
    publisher: Filter
    section: Filter
    reporter: Filter
    field: str | None
    match: Literal["all", "any"]
    exact: bool
    undated: Undated | None


def request(
    query: str,
    *,
    synonyms: tuple[Synonyms, ...],
    saved: Callable[[], Iterable[SavedQuery]],
    **filters: Unpack[Filters],
) -> Request:
    """One value of a filter or several of them, all as tuples.

    `saved` gives the saved queries; it is called where the query may name one."""
    return Request(
        query=query,
        since=filters["since"],
        until=filters["until"],
        publisher=_values(filters["publisher"]),
        section=_values(filters["section"]),
        reporter=_values(filters["reporter"]),
        field=filters["field"],
        match=filters["match"],
        exact=filters["exact"],
        undated=filters["undated"],
        synonyms=synonyms,
        saved=tuple((one.name, one.query) for one in saved()) if _names_query(query) else (),
    )


def _names_query(query: str) -> bool:
    return "query:" in query or "질의:" in query


def narrows(request: Request) -> bool:
    """Whether a filter says which articles are meant, so that the query may be empty."""
    values = (request.since, request.until, request.publisher, request.section, request.reporter)
    return any(values) or request.undated == "only"


def _values(given: Filter) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else tuple(given)
