"""How is Korean text cut for engines that have no such rule? Into bigrams inside each run.

Runs of Latin letters and of digits stay whole, a run of one character stays as it is, and
positions count tokens, so that a phrase of the engine is a word of the text.
"""

from __future__ import annotations

import re
from operator import add

_RUN = re.compile(r"[a-z]+|[0-9]+|[가-힣]+|[^\W\d_a-z가-힣]+")


def grams(text: str) -> list[str]:
    """
    >>> grams("LG전자는 2분기")
    ['lg', '전자', '자는', '2', '분기']
    """
    tokens = []
    for run in _RUN.findall(text.lower()):
        if len(run) == 1 or run[0] < "\u0250":
            tokens.append(run)
        else:
            tokens += map(add, run, run[1:])
    return tokens


def snippet(text: str, terms: tuple[str, ...], around: int = 40) -> str:
    """The text around the first term found in it, the term between asterisks."""
    lowered = text.lower()
    for term in terms:
        at = lowered.find(term.lower())
        if at >= 0:
            end = at + len(term)
            return f"{text[max(0, at - around) : at]}*{text[at:end]}*{text[end : end + around]}"
    return text[: 2 * around]
