"""Which queries can be saved, under which names, and which can go again?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.errors import CorpusError, QueryError
from corpus.index import parser
from corpus.index.advice import no_query
from corpus.index.normal import normalized
from corpus.results import SavedQuery
from corpus.store_schema import now

_NAME = re.compile(r"[^\W_][\w-]{0,63}")


def checked(name: str, query: str, others: Sequence[SavedQuery]) -> SavedQuery:
    """The query as it is to be saved beside `others`. Raises CorpusError, QueryError."""
    name = normalized(name)
    if not _NAME.fullmatch(name):
        raise CorpusError(
            f"{name!r} cannot be a name: up to 64 letters, digits, - and _, a letter or digit first"
        )
    if not normalized(query):
        raise QueryError(query, None, f"nothing to save under {name}: give a query")
    known = {one.name: one.query for one in others} | {name: query}
    parser.parse(query, saved=known, name=name)
    return SavedQuery(name, query.strip(), now())


def free(name: str, queries: Sequence[SavedQuery]) -> SavedQuery:
    """The saved query `name`, which no other one uses. Raises CorpusError."""
    name = normalized(name)
    found = next((one for one in queries if one.name == name), None)
    if found is None:
        raise CorpusError(no_query(name, {one.name: one.query for one in queries}))
    users = [one.name for one in queries if one.name != name and name in parser.used(one.query)]
    if users:
        raise CorpusError(
            f"the saved query {name} is used by {', '.join(users)}; change or delete those first"
        )
    return found
