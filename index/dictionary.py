"""How are the words of a segment looked up?

By bisection over places in the text: nothing is built but the counts (1 ms for 622,584
words), so an exact word or a beginning costs 20 readings of the text, 0.1 ms. Only what asks
for any part of a word spells them all: 80 ms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.index import characters
from corpus.index.characters import FOLD, SEPARATOR, U16
from corpus.index.layout import Arrays
from corpus.index.words import Words, spell

_SPELLED = 1 << 14  # words spelled at once


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of a segment, for reading; `text` is the segment's, in units, not folded."""

    text: U16
    words: Words

    @classmethod
    def of(cls, arrays: Arrays) -> Dictionary:
        """The dictionary of a segment, drafted or in a file: `text` and the arrays of TYPES."""
        return cls(arrays["text"], Words.read(arrays))

    def __len__(self) -> int:
        return len(self.words)

    def count_of(self, word: str) -> int:
        """How often `word`, folded, stands in the text as a whole word; 0 if it never does."""
        wanted = characters.fold(word)
        place = self._bisect(wanted)
        found = place < len(self) and self._word(place) == wanted
        return int(self.words.count[place]) if found else 0

    def beginning(self, prefix: str) -> Iterator[tuple[str, int]]:
        """(word, count) of the words that begin with `prefix`, folded; in code-point order."""
        wanted = characters.fold(prefix)
        first, last = self._bisect(wanted), self._bisect(wanted, len(wanted))
        for begin in range(first, last, _SPELLED):
            words = self.words.between(begin, min(begin + _SPELLED, last))
            yield from _listed(_decode(spell(self.text, words)), words)

    def items(self) -> Iterator[tuple[str, int]]:
        """(word, count) of all words in code-point order."""
        return self.beginning("")

    def containing(self, part: str) -> Iterator[tuple[str, int]]:
        """(word, count) of the words that hold `part`, folded; in code-point order."""
        wanted = characters.fold(part)
        for begin in range(0, len(self), _SPELLED):
            words = self.words.between(begin, begin + _SPELLED)
            spelled = _decode(spell(self.text, words))
            if wanted in spelled:
                yield from (found for found in _listed(spelled, words) if wanted in found[0])

    def _word(self, place: int) -> str:
        begin = int(self.words.at[place])
        return _decode(FOLD.take(self.text[begin : begin + int(self.words.length[place])]))

    def _bisect(self, wanted: str, prefix: int | None = None) -> int:
        """The first place not below `wanted`; given `prefix`, whose beginning is above it."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            word = self._word(middle)
            if word < wanted if prefix is None else word[:prefix] <= wanted:
                low = middle + 1
            else:
                high = middle
        return low


def _decode(units: U16) -> str:
    return units.astype("<u2", copy=False).tobytes().decode("utf-16-le", "surrogatepass")


def _listed(spelled: str, words: Words) -> Iterator[tuple[str, int]]:
    """(word, count) of words from their spelling by `words.spell`."""
    return zip(spelled[:-1].split(chr(SEPARATOR)), words.count.tolist(), strict=True)
