"""How does Whoosh's own searcher run a query of this index?

As one Whoosh query that holds the whole tree: its matcher hands Whoosh the finished
articles and scores of a segment, as `evaluate` computed them. A search by `engine` needs
none of this and does not import it; it is for programs that open the index themselves:

    from whoosh.index import open_dir
    from corpus.index.whoosh_query import parse

    with open_dir(folder).searcher() as searcher:
        results = searcher.search(parse("네이버 -카카오"))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from whoosh.matching.mcore import ListMatcher, Matcher, NullMatcher
from whoosh.query.qcore import Query

from corpus.index import parser
from corpus.index.evaluate import F64, I64, Snapshot
from corpus.index.query import ALL_FIELDS, Node
from corpus.index.similar import resolved


def parse(text: str, *, fields: Sequence[int] = ALL_FIELDS) -> TreeQuery:
    """The query text as `parser.parse` reads it, for Whoosh's searcher. Raises QueryError.

    >>> str(parse("네이버 -카카오"))
    '네이버 AND NOT 카카오'
    """
    return TreeQuery(parser.parse(text, fields=fields))


class TreeQuery(Query):
    """A query tree of this index as a leaf among Whoosh's queries.

    It can be combined with others, Whoosh's own included: `parse("가") & Term("title", "나")`.
    """

    boost = 1.0

    def __init__(self, tree: Node) -> None:
        self.tree = tree

    def matcher(self, searcher: Any, context: Any = None) -> Matcher:
        """The articles of the searcher's one segment, with scores over the whole index."""
        articles, scores = _evaluated(self.tree, searcher)
        if not len(articles):
            return NullMatcher()
        return _Scored(articles.tolist(), scores.tolist())

    def estimate_size(self, ixreader: Any) -> int:
        return int(ixreader.doc_count())

    def normalize(self) -> Query:
        return self  # the parser builds no redundant nodes, and `str` is how it was read

    def field(self) -> None:
        return None

    def __str__(self) -> str:
        return str(self.tree)

    def __repr__(self) -> str:
        return f"TreeQuery({self.tree!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TreeQuery) and repr(self.tree) == repr(other.tree)

    def __hash__(self) -> int:
        return hash(repr(self.tree))


class _Scored(ListMatcher):
    """Finished scores; weights of zero are scores too (ListMatcher takes them for none)."""

    def weight(self) -> float:
        return float(self._weights[self._i])

    score = weight

    def supports_block_quality(self) -> bool:
        return False

    def max_quality(self) -> float:
        return float(max(self._weights))


def _evaluated(tree: Node, searcher: Any) -> tuple[I64, F64]:
    """(articles, scores) of the one segment that a Whoosh searcher is over.

    Statistics are those of the whole index: Whoosh searches segment by segment, with a
    parent that knows them all.
    """
    parent = searcher.get_parent()
    readers = [reader for reader, _ in parent.reader().leaf_readers()]
    snapshot = getattr(parent, "_corpus_snapshot", None)
    if snapshot is None:
        snapshot = Snapshot([reader._perdoc.view for reader in readers])
        parent._corpus_snapshot = snapshot
    tree = resolved(tree, snapshot.views, str(tree))
    articles, scores = snapshot.evaluate(tree, readers.index(searcher.reader()))
    return articles, np.zeros(len(articles)) if scores is None else scores
