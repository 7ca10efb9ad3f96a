"""tantivy with a field more: the different syllables of each article, without positions.

Only its answers to one syllable are of interest; `tantivy_engine` builds faster.
"""

from __future__ import annotations

from engines.tantivy_engine import Tantivy


def make() -> Tantivy:
    return Tantivy(syllables=True)
