"""What could be written instead of a query that cannot be read?"""

from __future__ import annotations

from collections.abc import Mapping

from corpus.index.query import All, Either, Near, Node, Without, Words, alternatives, prefix

_LONGEST_HINT = 200  # characters of a query that an error spells out


def without_near(left: Node, sign: str, right: Node) -> str:
    """The query nearest to a NEAR with anything but words on one side."""
    one, other = grouped(left), grouped(right)
    parts = [f"{one} AND {other}"]
    if alternatives(left):
        match right:
            case Without() if alternatives(right.query):
                parts = [one, f"NOT {one} {sign} {grouped(right.query)}"]
            case All() if all(map(alternatives, right.subqueries)):
                parts = [f"{one} {sign} {grouped(part)}" for part in right.subqueries]
            case Near():
                parts = [f"{one} {sign} {grouped(Either(right.first))}", str(right)]
    elif alternatives(right):
        match left:
            case Without() if alternatives(left.query):
                parts = [other, f"NOT {grouped(left.query)} {sign} {other}"]
            case All() if all(map(alternatives, left.subqueries)):
                parts = [f"{grouped(part)} {sign} {other}" for part in left.subqueries]
            case Near():
                parts = [str(left), f"{grouped(Either(left.second))} {sign} {other}"]
    query = " AND ".join(parts)
    return f"write {query}" if len(query) <= _LONGEST_HINT else "AND finds both in one article"


def grouped(node: Node) -> str:
    """The query of a node, in parentheses where it is several."""
    several = isinstance(node, All | Either) and len(node.subqueries) > 1
    return f"({node})" if several else str(node)


def bare(words: tuple[Words, ...]) -> str:
    """The query of one side of a NEAR, without the field that it searches."""
    shown = [each.shown.removeprefix(prefix(each.fields)) for each in words]
    return shown[0] if len(shown) == 1 else f"({' OR '.join(shown)})"


def no_query(name: str, saved: Mapping[str, str]) -> str:
    """What to say where no query is saved under `name`."""
    from difflib import get_close_matches  # for an error only

    near = get_close_matches(name, saved, n=3, cutoff=0.5)
    if near:
        return f"there is no saved query {name!r}; near: {', '.join(near)}"
    return f"there is no saved query {name!r}; save one with: corpus query save {name} QUERY"
