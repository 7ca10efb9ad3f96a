"""Bytes in, `Article` out: sources, decoding, page layouts, bylines, dates.

Useful for: turning what an archive holds into articles. Not useful for: storing or
finding them; this room knows nothing of the store, the index or the command line.
"""

if __name__ != "corpus.ingest":
    raise ImportError("import corpus.ingest: under a bare name every class would exist twice")

EXTRACTOR = "2026-11-26.2"
"""The version of the rules that take an article out of its bytes; stands on every article.

The day of the last change of what they give, with .2, .3, … for more changes of one day.
tests/ingest/test_rules.py fails where they give something else under the same version;
`corpus reextract --diff` shows what a new version changes.
"""
