"""Which article does somebody mean by an id, or by its first characters?

An id as it stands always wins; a prefix of at least six characters must be unique among
the live articles. Nothing is guessed: what is near is named.
"""

from __future__ import annotations

from corpus.errors import ArticleNotFound
from corpus.store import Entry, Store

SHORTEST = 6
_NAMED = 5


def entry(store: Store, id: str) -> Entry:
    """The live article with the id or unique prefix `id`. Raises ArticleNotFound."""
    found = store.find(id)
    if found is not None:
        if found.deleted_at is not None:
            day = found.deleted_at[:10]
            raise ArticleNotFound(id, f"it was deleted on {day}: {found.deleted_reason}")
        return found
    if len(id) < SHORTEST:
        short = f"a prefix needs {SHORTEST} characters or more"
        raise ArticleNotFound(id, short if store.ids_beginning(id, 1) else "")
    candidates = store.ids_beginning(id, _NAMED + 1)
    if len(candidates) > 1:
        named = ", ".join(candidates[:_NAMED]) + (", …" if len(candidates) > _NAMED else "")
        raise ArticleNotFound(id, f"several articles begin so: {named}")
    whole = store.find(candidates[0]) if candidates else None
    if whole is None:
        near = _near(store, id)
        raise ArticleNotFound(id, f"near: {', '.join(near)}" if near else "")
    return whole


def _near(store: Store, id: str) -> list[str]:
    """Ids that share at least the first half of `id`, the closest first."""
    for length in range(len(id) - 1, max(len(id) // 2, 2), -1):
        found = store.ids_beginning(id[:length], 3)
        if found:
            return found
    return []


def short_id(store: Store, id: str) -> str:
    """The shortest prefix of `id`, at least six characters, that no other id begins with."""
    shared = max(
        (_common(id, other) for other in store.neighbours(id) if other is not None), default=0
    )
    return id[: max(SHORTEST, shared + 1)]


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
