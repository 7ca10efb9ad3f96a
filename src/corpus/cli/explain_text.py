"""How is it told, in 80 columns, why an article was found and what the query cost?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus.cli.screen import articles
from corpus.cli.width import cut

if TYPE_CHECKING:
    from corpus import Hits

_WIDTH = 80
_FORMS = 5  # of a term that are shown


def draw(hits: Hits) -> Iterator[str]:
    """The lines of --explain under a search: the query, its terms, then hit by hit."""
    told = hits.explain()
    yield ""
    yield _fitting(f"explain: {told['in_words']}")
    yield from _tree(told["tree"], "  ")
    for term in told["terms"]:
        yield from _term(term)
    for rank, hit in enumerate(hits, hits.offset + 1):
        why = hit.explain()
        yield _fitting(f"{rank:>2} {hit.id} score {hit.score:.3f}")
        if not why["terms"]:
            yield "     nothing was scored"
        for term in why["terms"]:
            yield from _contribution(term)


def _fitting(line: str) -> str:
    return cut(line, _WIDTH)


def _tree(branch: dict[str, Any], indent: str) -> Iterator[str]:
    if branch["parts"]:
        yield f"{indent}{branch['kind']}"
        for part in branch["parts"]:
            yield from _tree(part, indent + "  ")
    else:
        yield _fitting(f"{indent}{branch['kind']} {branch['query']}")


def _term(term: dict[str, Any]) -> Iterator[str]:
    found = f"{articles(term['articles'])}, {term['occurrences']:,} times"
    yield _fitting(f"  {term['term']}: {found}, {term['microseconds']:,} µs")
    for form in term["forms"][:_FORMS]:
        yield _fitting(f"    = {form['form']} ({form['kind']}): {articles(form['articles'])}")
    more = len(term["forms"]) - _FORMS + term["forms_more"]
    if more > 0:
        yield f"    and {more} more forms (--format json)"


def _contribution(term: dict[str, Any]) -> Iterator[str]:
    places = ", ".join(
        f"{place['occurrences']}x {place['field']}"
        + ("" if place["kind"] == "literal" else f" ({place['kind']})")
        for place in term["fields"]
    )
    yield _fitting(f"     {term['contribution']:.3f} {term['term']}: {places}")
    yield (
        f"           tf {term['tf']:g}, df {term['df']:,} of {term['articles']:,}, "
        f"idf {term['idf']:.3f}, norm {term['norm']:.3f}"
    )
