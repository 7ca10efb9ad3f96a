"""Rules of an older version: they left every byline in the body."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from corpus.ingest import byline


def _untouched(lines: Sequence[str]) -> byline.Stripped:
    return byline.Stripped(tuple(lines))


@contextmanager
def older_rules() -> Iterator[None]:
    """What is read inside is read by those rules."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(byline, "strip", _untouched)
        for module in ("corpus.ingest.extracting.EXTRACTOR", "corpus.ingest.records.EXTRACTOR"):
            patch.setattr(module, "1")
        yield
