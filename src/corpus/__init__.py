"""A searchable corpus of Korean news articles.

    import corpus

    with corpus.create("archive") as c:
        report = c.ingest(["2021/"])
    with corpus.open("archive") as c:
        for hit in c.search("네이버 논문"):
            print(hit.id, hit.article.title)

Names are loaded at first use, so that `import corpus` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.archive import Corpus, create, extract, open  # noqa: A004 - the contract's name
    from corpus.article import Article, Contributor, Note, Print, Removed, Reporter
    from corpus.errors import (
        ArticleNotFound,
        ArticleRejected,
        CorpusDamaged,
        CorpusError,
        CorpusLocked,
        CorpusNotFound,
        CorpusTooNew,
        NotYet,
        QueryError,
    )
    from corpus.hits import Hit, Hits
    from corpus.index.protocol import FormCount, Match, Suggestion
    from corpus.index.snippets import Snippet
    from corpus.results import (
        ArticleChange,
        Counts,
        FieldChange,
        IndexState,
        IngestReport,
        KeptEdit,
        KeptOut,
        NotReread,
        Progress,
        ReextractReport,
        Run,
        SavedQuery,
        Status,
        Verification,
        WordCounts,
    )

__all__ = [
    "Article",
    "ArticleChange",
    "ArticleNotFound",
    "ArticleRejected",
    "Contributor",
    "Corpus",
    "CorpusDamaged",
    "CorpusError",
    "CorpusLocked",
    "CorpusNotFound",
    "CorpusTooNew",
    "Counts",
    "FieldChange",
    "FormCount",
    "Hit",
    "Hits",
    "IndexState",
    "IngestReport",
    "KeptEdit",
    "KeptOut",
    "Match",
    "NotReread",
    "NotYet",
    "Note",
    "Print",
    "Progress",
    "QueryError",
    "ReextractReport",
    "Removed",
    "Reporter",
    "Run",
    "SavedQuery",
    "Snippet",
    "Status",
    "Suggestion",
    "Verification",
    "WordCounts",
    "create",
    "extract",
    "open",
]

_HOMES = {
    "corpus.archive": ("Corpus", "create", "extract", "open"),
    "corpus.article": ("Article", "Contributor", "Note", "Print", "Removed", "Reporter"),
    "corpus.errors": (
        "ArticleNotFound",
        "ArticleRejected",
        "CorpusDamaged",
        "CorpusError",
        "CorpusLocked",
        "CorpusNotFound",
        "CorpusTooNew",
        "NotYet",
        "QueryError",
    ),
    "corpus.hits": ("Hit", "Hits"),
    "corpus.index.protocol": ("FormCount", "Match", "Suggestion"),
    "corpus.index.snippets": ("Snippet",),
    "corpus.results": (
        "ArticleChange",
        "Counts",
        "FieldChange",
        "IndexState",
        "IngestReport",
        "KeptEdit",
        "KeptOut",
        "NotReread",
        "Progress",
        "ReextractReport",
        "Run",
        "SavedQuery",
        "Status",
        "Verification",
        "WordCounts",
    ),
}
_home_of = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _home_of:
        raise AttributeError(f"module 'corpus' has no attribute {name!r}")
    value = getattr(import_module(_home_of[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__name__", "__path__"]
