"""How would the store have kept a text that somebody typed?

Queries are normalised as stored text is, so that either finds the other. What the store takes
away from every text, a query may hold as well; nearly none does.
"""

from __future__ import annotations

import re
import unicodedata

# Both expressions are compiled when a text first needs them.
# The store takes these controls for cp1252 read as Latin-1.
_CP1252 = {
    byte: bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x85, 0x8D, 0x8F, 0x90, 0x9D)
}
_CONTROL = "[\x00-\x1f\x7f-\x9f]"
_INVISIBLE = "[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"


def normalized(text: str) -> str:
    """As the store normalises: NFC, nothing invisible, one space where there is any."""
    # Printable is what is no control, nothing invisible, and no white space but the space.
    if not (text.isprintable() and unicodedata.is_normalized("NFC", text)):
        visible = re.sub(_INVISIBLE, "", text).translate(_CP1252)
        # In the end: taking out a character between two others can let them compose.
        text = unicodedata.normalize("NFC", re.sub(_CONTROL, " ", visible))
    return " ".join(text.split())
