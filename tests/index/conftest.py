from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from indexing import Build, build_index

from corpus.article import Article
from corpus.index.engine import WhooshIndex


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """`build(articles, cuts)`: an index in the test's own folder."""

    def make(articles: Sequence[Article], cuts: Sequence[int] = ()) -> WhooshIndex:
        return build_index(tmp_path / "index", articles, cuts)

    return make
