"""How do a query and its filters become one request to the index?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from corpus.index.protocol import Request, Synonyms, Undated

if TYPE_CHECKING:
    from corpus.results import SavedQuery

Filter = str | Sequence[str] | None


def request(
    query: str,
    *,
    since: str | None,
    until: str | None,
    publisher: Filter,
    section: Filter,
    reporter: Filter,
    field: str | None,
    match: Literal["all", "any"],
    exact: bool,
    undated: Undated | None,
    synonyms: tuple[Synonyms, ...],
    saved: Callable[[], Iterable[SavedQuery]],
) -> Request:
    """One value of a filter or several of them, all as tuples.

    `saved` gives the saved queries; it is called where the query may name one."""
    return Request(
        query=query,
        since=since,
        until=until,
        publisher=_values(publisher),
        section=_values(section),
        reporter=_values(reporter),
        field=field,
        match=match,
        exact=exact,
        undated=undated,
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
