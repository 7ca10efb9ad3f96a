"""What does Whoosh know of an article?

The fields by name and kind. Postings and columns are written by `writer` and read by
`codec`; the field objects make the index a Whoosh index that `whoosh.index.open_dir`
opens and whose fields any Whoosh program can list.
"""

from __future__ import annotations

from whoosh import fields

from corpus.index.tokenizer import GramTokenizer


def make_schema() -> fields.Schema:
    """The schema of every corpus index; equal for all of them, so it carries no state."""
    gram = GramTokenizer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        number=fields.NUMERIC(int, bits=64, stored=True),
        revision=fields.NUMERIC(int, bits=32, stored=True),
        title=fields.TEXT(analyzer=gram),
        subtitle=fields.TEXT(analyzer=gram),
        body=fields.TEXT(analyzer=gram),
        publisher=fields.KEYWORD(commas=True, stored=True),
        section=fields.KEYWORD(commas=True, stored=True),
        reporter=fields.KEYWORD(commas=True, stored=True),
        email=fields.KEYWORD(commas=True),
        url=fields.ID,
        note=fields.TEXT(analyzer=gram),
        published=fields.DATETIME(sortable=True),
    )
