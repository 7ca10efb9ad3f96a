"""What `import corpus` exports, and what it costs."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import corpus
from corpus import errors

NAMES = (
    "Article ArticleChange ArticleNotFound ArticleRejected Contributor Corpus CorpusDamaged"
    " CorpusError CorpusLocked CorpusNotFound CorpusTooNew Counts FieldChange FormCount Hit"
    " Hits IndexState IngestReport KeptEdit KeptOut Match NotReread NotYet Note Print Progress"
    " QueryError ReextractReport Removed Reporter Run SavedQuery Snippet Status Suggestion"
    " Verification WordCounts create extract open"
)


def test_the_exported_names_are_these() -> None:
    assert sorted(corpus.__all__) == NAMES.split()


def test_every_error_is_exported() -> None:
    names = {name for name, value in vars(errors).items() if inspect.isclass(value)} - {"Path"}
    assert names <= set(corpus.__all__)


@pytest.mark.parametrize("name", NAMES.split())
def test_every_name_is_there_and_documented(name: str) -> None:
    assert inspect.getdoc(getattr(corpus, name))


def test_every_method_of_a_corpus_is_documented() -> None:
    public = [name for name in dir(corpus.Corpus) if not name.startswith("_")]
    assert [name for name in public if not inspect.getdoc(getattr(corpus.Corpus, name))] == []


def test_any_other_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'opne'"):
        corpus.opne  # noqa: B018 - the access is what is tested


def _loaded_by(code: str) -> set[str]:
    script = f"import sys; {code}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return set(done.stdout.decode().split())


def test_import_corpus_costs_nothing() -> None:
    heavy = {"sqlite3", "msgspec", "numpy", "whoosh", "lxml", "bs4", "zstandard", "rich", "click"}
    assert _loaded_by("import corpus") & heavy == set()


def test_opening_to_read_loads_no_parser_and_no_writer() -> None:
    heavy = {"numpy", "whoosh", "lxml", "bs4", "zstandard", "rich", "click"}
    assert _loaded_by("import corpus; corpus.open") & heavy == set()
