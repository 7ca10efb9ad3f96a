"""What is to be done with an article that arrives? Added, revised, unchanged, kept out, rejected.

A pure function of the article and of what the store knows about its possible identities
(see identity.py), so that every rule can be tested without a file. The same content
again is looked for first: then the same input twice changes nothing, whatever else the
rules would say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from corpus.article import Article
from corpus.identity import OVERLAP, overlap

# A URL that more articles share than these names none of them: texts are not compared.
COMPARED = 8

Outcome = Literal["added", "revised", "unchanged", "kept_out", "rejected"]


@dataclass(slots=True)
class Known:
    """What the store knows of one article; kept up to date through a batch.

    `url` and `publisher` are the first ones known: a later revision without them must not
    make room for another article. `contents` and `originals` are the fingerprints and
    SHA-256 digests of all revisions, `title` is the key of the current title, `deleted`
    the reason where it was deleted, `seen` the place where this run already met it.
    """

    number: int
    id: str
    url: str | None
    publisher: str | None
    title: int
    revision: int
    revisions: int
    captured: str | None = None
    deleted: str | None = None
    seen: str | None = None
    contents: set[bytes] = field(default_factory=set)
    originals: set[bytes] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Arrived:
    """An article with everything that its identity can rest on.

    `url` is the identity key (None where the URL names no article), `url_id` and
    `content_id` are the ids it would get by URL and by content; `place` is where it
    came from, as messages name it; `reading` says how the original was read, as JSON.
    """

    article: Article
    original: bytes
    digest: bytes
    content: bytes
    url: str | None
    title: int
    url_id: str | None
    content_id: str
    captured: str | None
    place: str
    line: int | None
    reading: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do: `known` is the article concerned, `id` the id of a new one.

    `reason` says why it was rejected or, of a deleted article, why that was deleted.
    """

    outcome: Outcome
    known: Known | None = None
    id: str = ""
    reason: str = ""


class Table:
    """The known articles of one batch, by id and by URL, in order of arrival."""

    def __init__(self, known: Iterable[Known] = ()) -> None:
        self._by_id: dict[str, Known] = {}
        self._by_url: dict[str, list[Known]] = {}
        for each in known:
            self.add(each)

    def add(self, known: Known) -> None:
        """Put in one article, or find a known one by the URL that it has got since."""
        self._by_id[known.id] = known
        if known.url is not None:
            same = self._by_url.setdefault(known.url, [])
            if not any(each is known for each in same):
                same.append(known)
                same.sort(key=lambda each: each.number)

    def by_id(self, id: str | None) -> Known | None:
        """The article with this id."""
        return None if id is None else self._by_id.get(id)

    def candidates(self, arrived: Arrived) -> Iterator[Known]:
        """The articles that one without a given id could be, the likeliest first."""
        first = self.by_id(arrived.url_id)
        if first is not None:
            yield first
        if arrived.url is not None:
            for known in self._by_url.get(arrived.url, ()):
                if known is not first:
                    yield known


def decide(arrived: Arrived, table: Table, load: Callable[[Known], Article]) -> Verdict:
    """What to do with one article, whose id is sound.

    `load` reads a current revision from the store, where texts must be compared.
    """
    if arrived.article.id is not None:
        return _by_given_id(arrived, arrived.article.id, table)
    candidates = list(table.candidates(arrived))
    by_content = table.by_id(arrived.content_id)
    for known in (*candidates, *(() if by_content is None else (by_content,))):
        if _same(arrived, known):
            return _settled(known)
    titled = [known for known in candidates if known.title == arrived.title]
    if titled:
        # One that this run already met comes first: the last run met it, too.
        known = min(titled, key=lambda known: known.seen is None)
        return _changed(arrived, known, f"the URL {arrived.url}")
    shared = len(candidates) > COMPARED or any(known.seen for known in candidates)
    if by_content is None and not shared:
        for known in candidates:
            if overlap(load(known).body, arrived.article.body) >= OVERLAP:
                return _changed(arrived, known, f"the URL {arrived.url}")
    if by_content is not None:
        return _changed(arrived, by_content, f"the id {by_content.id}")
    if arrived.url_id is not None and not candidates:
        return Verdict("added", id=arrived.url_id)
    return Verdict("added", id=arrived.content_id)


def _by_given_id(arrived: Arrived, id: str, table: Table) -> Verdict:
    known = table.by_id(id)
    if known is None:
        return Verdict("added", id=id)
    if known.deleted is None and not _same(arrived, known) and not known.seen:
        contradiction = _contradiction(arrived, known)
        if contradiction is not None:
            return Verdict(
                "rejected",
                reason=f"the id {id} belongs to another article ({contradiction}); "
                "--id-prefix keeps both",
            )
    return _settled(known) if _same(arrived, known) else _changed(arrived, known, f"the id {id}")


def _same(arrived: Arrived, known: Known) -> bool:
    return arrived.digest in known.originals or arrived.content in known.contents


def _settled(known: Known) -> Verdict:
    if known.deleted is not None:
        return Verdict("kept_out", known, reason=known.deleted)
    return Verdict("unchanged", known)


def _changed(arrived: Arrived, known: Known, what: str) -> Verdict:
    if known.deleted is not None:
        return Verdict("kept_out", known, reason=known.deleted)
    if known.seen is not None:
        reason = f"{what} came already in this run, at {known.seen}, with other content"
        return Verdict("rejected", known, reason=reason)
    return Verdict("revised", known)


def _contradiction(arrived: Arrived, known: Known) -> str | None:
    if known.url is not None and arrived.url is not None and known.url != arrived.url:
        return f"its URL is {known.url}, here {arrived.url}"
    here = arrived.article.publisher
    if here is not None and known.publisher is not None and known.publisher != here:
        return f"its publisher is {known.publisher}, here {here}"
    return None
