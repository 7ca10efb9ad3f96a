"""What do people mistype? A seeded drawing of words from a corpus and of slips in them.

A word is drawn if people could ask for it: Hangul, two to eight syllables, standing in the
text both alone and with at least two different particles (so that it is a noun or a name), or
Latin letters for the Korean layout. Words are spread evenly over strata of how many articles
find them. A slip is made in the keys that write the word, and written as an input method
writes the keys.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.index import keyboard
from corpus.index.word_list import without_particle

STRATA = ((1, 3), (4, 15), (16, 63), (64, 255), (256, 1023), (1024, None))


@dataclass(frozen=True)
class Mistake:
    """What was meant (`right`) and what was typed (`wrong`); `articles` that find the right."""

    kind: str
    right: str
    wrong: str
    articles: int

    @property
    def stratum(self) -> str:
        low, high = stratum(self.articles)
        return f"{low}-{high}" if high else f"{low}+"


def stratum(articles: int) -> tuple[int, int | None]:
    """The stratum of a word by the articles that find it."""
    return next(each for each in reversed(STRATA) if articles >= each[0])


def nouns(words: dict[str, int]) -> list[str]:
    """Of the words of a dictionary those that stand alone and with two particles or more."""
    particles: dict[str, set[str]] = defaultdict(set)
    for word in words:
        stem = without_particle(word)
        if stem is not None and stem in words:
            particles[stem].add(word[len(stem) :])
    return sorted(
        word
        for word, some in particles.items()
        if len(some) >= 2 and 2 <= len(word) <= 8 and all("가" <= one <= "힣" for one in word)
    )


def latin(words: dict[str, int]) -> list[str]:
    """Words of three Latin letters or more."""
    return sorted(
        word for word in words if 3 <= len(word) <= 12 and word.isascii() and word.isalpha()
    )


def dropped(word: str, dice: random.Random) -> str:
    keys = keyboard.keys(word)
    at = dice.randrange(len(keys))
    return keyboard.hangul(keys[:at] + keys[at + 1 :])


def doubled(word: str, dice: random.Random) -> str:
    keys = keyboard.keys(word)
    at = dice.randrange(len(keys))
    return keyboard.hangul(keys[:at] + keys[at] + keys[at:])


def swapped(word: str, dice: random.Random) -> str:
    keys = keyboard.keys(word)
    at = dice.randrange(len(keys) - 1)
    return keyboard.hangul(keys[:at] + keys[at + 1] + keys[at] + keys[at + 2 :])


def neighbour(word: str, dice: random.Random) -> str:
    keys = keyboard.keys(word)
    at = dice.randrange(len(keys))
    return keyboard.hangul(keys[:at] + dice.choice(keyboard.neighbours(keys[at])) + keys[at + 1 :])


def latin_layout(word: str, dice: random.Random) -> str:
    return keyboard.keys(word)


def korean_layout(word: str, dice: random.Random) -> str:
    return keyboard.hangul(word)


def apart(phrase: str, dice: random.Random) -> str:
    # In a phrase: two words side by side find whatever holds both, the right word as well.
    at = dice.randrange(2, len(phrase) - 1)
    return f"{phrase[:at]} {phrase[at:]}"


def together(words: str, dice: random.Random) -> str:
    return words.replace(" ", "")


Slip = Callable[[str, random.Random], str]
SLIPS: dict[str, Slip] = {
    slip.__name__: slip
    for slip in (
        dropped,
        doubled,
        swapped,
        neighbour,
        latin_layout,
        korean_layout,
        apart,
        together,
    )
}


def pairs(texts: Sequence[str], known: set[str]) -> Iterator[str]:
    """Two words that stand side by side in a text, both of them known."""
    for text in texts:
        words = text.split()
        for one, two in pairwise(words):
            if one in known and two in known:
                yield f"{one} {two}"


def draw(
    words: dict[str, int],
    texts: Sequence[str],
    count: Callable[[str], int],
    *,
    seed: int,
    each: int,
) -> list[Mistake]:
    """`each` mistakes of every kind, spread over the strata; fewer where a stratum is small."""
    dice = random.Random(seed)
    known = nouns(words)
    pools = {
        "korean_layout": latin(words),
        "apart": [f'"{word}"' for word in known],
        "together": sorted(set(pairs(texts, set(known)))),
    }
    found = []
    for kind, slip in SLIPS.items():
        pool = list(pools.get(kind, known))
        dice.shuffle(pool)
        left = {each_stratum: -(-each // len(STRATA)) for each_stratum in STRATA}
        for right in pool:
            if not any(left.values()):
                break
            articles = count(right)
            if articles == 0 or not left[stratum(articles)]:
                continue
            wrong = slip(right, dice)
            if wrong == right:
                continue
            left[stratum(articles)] -= 1
            found.append(Mistake(kind, right, wrong, articles))
    return found
