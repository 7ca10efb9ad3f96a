"""How does Whoosh cut a text into the terms of this index? As `grams.terms` does.

The schema in the table of contents names this class by its module, so `open_dir` in
another program imports it; a search does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer

from corpus.index.grams import terms


class GramTokenizer(Tokenizer):
    """`terms` as Whoosh tokens; position and startchar are both the offset in the text."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        token = Token(positions=True, chars=True, mode=options.get("mode", ""))
        for term, offset in terms(value):
            token.text = term
            token.boost = 1.0
            token.stopped = False
            token.pos = token.startchar = options.get("start_char", 0) + offset
            token.endchar = token.startchar + len(term)
            yield token
