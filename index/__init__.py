"""Which articles say it, where, and how well?

Useful for: grams, postings, queries, ranking, snippets. Not useful for: HTML, SQL or
the command line, of which this room knows nothing.
"""

if __name__ != "corpus.index":
    raise ImportError("import corpus.index: under a bare name every class would exist twice")
