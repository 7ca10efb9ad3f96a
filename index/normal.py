"""How would the store have kept a text that somebody typed?

Queries are normalised as stored text is, so that either finds the other. What the store takes
away from every text, a query may hold as well; nearly none does.
"""

from __future__ import annotations

import unicodedata


def normalized(text: str) -> str:
    """As the store normalises (`corpus.normal`), on one line.

    >>> normalized("\u1112\u1161\u11ab\u1100\u116e\u11a8"), normalized("ﾾￂﾤ")
    ('한국', '한')
    """
    # Printable is what is no control, nothing invisible, and no white space but the space.
    # Beyond U+FF9F are letters of half width.
    clean = text.isascii() or (max(text) < "\uffa0" and unicodedata.is_normalized("NFC", text))
    if not (clean and text.isprintable()):
        from corpus import normal

        text = normal.line(text)
    return " ".join(text.split())
