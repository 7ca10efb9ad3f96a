"""What befell this text on its way? Wrong charsets, tags and entities left in it, lost
characters, lines cut at a width.

Each is undone only where it shows beyond doubt, since a text mended wrongly is worse than
one that shows its damage. What is seen and cannot be undone is flagged.
"""

from __future__ import annotations

import html
import re

from corpus.ingest import mojibake
from corpus.ingest.unwrapping import unwrap

__all__ = ["mend", "mend_page", "mend_part", "unwrap"]

_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|td|h[1-6]|section|figure|table)\b[^<>]{0,300}/?>", re.I)
_INLINE_TAG = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|font|img|sup|sub)(?:\s[^<>]{0,400})?/?>", re.I
)
# Entities that content systems write; "&copy=1" of an address has no semicolon.
_NAMED = (
    "quot|apos|amp|lt|gt|nbsp|middot|hellip|[lr][sd]quo|[lr]aquo|bull|copy|reg|trade|times|deg|"
    "ndash|mdash|sim|plusmn|divide|uarr|darr|larr|rarr|hearts|permil|euro|pound|yen|sect"
)
_ENTITY = re.compile(rf"&(?:{_NAMED}|#\d{{2,6}}|#[xX][0-9a-fA-F]{{2,5}});")
_TWICE = re.compile(rf"&amp;(?=(?:{_NAMED}|#\d{{2,6}}|#[xX][0-9a-fA-F]{{2,5}});)")
# In HTML, numbers from 128 to 159 mean cp1252, which libxml2 does not know.
_C1 = re.compile(r"&#(?:1(2[89]|[345]\d)|[xX]([89][0-9a-fA-F]));?")
# What CP949 has no character for, a question mark took its place: thin spaces before a credit,
# and the dot in days that are known by their dates.
_CREDIT_SIGN = re.compile(r"\?\s?(?:ⓒ|뉴스1|News1)")  # begins with a letter to look for: quick
_CREDIT = re.compile(r"(?:(?<=[\s=/(\[<>:])|\A)\?(?=\s?(?:ⓒ|뉴스1|News1))")
_DAY = re.compile(
    r"(?<![\w?.])(3\?1절|3\?1\s?운동|4\?3|4\?19|5\?16|5\?18|6\?10|6\?25|6\?15|8\?15|12\?12|12\?3)(?![\d?])"
)
_DAY_SIGN = re.compile(r"\d\?\d")
_LOST_MARK = re.compile(
    r"\?(?:ⓒ|뉴스1|News1)|(?<![\w/=&])\d\?\d(?![\w=&])|[가-힣]\?[가-힣]\?[가-힣]|[가-힣]\?{3,}[가-힣]"
)
_CLOSE = 120  # characters without a space that no Korean writes


def mend(text: str, *, tags: bool = True) -> tuple[str, tuple[str, ...]]:
    """The text without damage that can be undone, and the flags that say what was there.

    `tags` says whether HTML in it is damage; in a file that was named a text it is not.
    `encoding` says that characters were repaired, `mojibake` that damage is left, `no-spaces`
    that they were lost, `rewrapped` that lines cut at a width were joined.
    """
    text, flags = mend_part(text)
    if tags and "<" in text:
        text, _ = mend_part(_untagged(text))
    joined = unwrap(text)
    if joined != text:
        flags += ("rewrapped",)
    if _spaceless(joined):
        flags += ("no-spaces",)
    return joined, flags


def mend_part(text: str) -> tuple[str, tuple[str, ...]]:
    """The same for a headline, a name or another part that is no whole text.

    >>> mend_part("&amp;quot;ì„œìš¸&amp;quot; 5?18")
    ('"서울" 5·18', ('encoding',))
    """
    text, flags = mojibake.repair(text)
    if "&" in text:
        text = _entities(text)
    return _lost_marks(text, flags)


def mend_page(source: str) -> tuple[str, tuple[str, ...]]:
    """The same for the source of a page, before it is parsed."""
    source, flags = mojibake.repair(source)
    if "&#" in source:
        source = _C1.sub(_cp1252, source)
    if "&amp;" in source:
        source = _TWICE.sub("&", source)
    if _CREDIT_SIGN.search(source):
        source = _CREDIT.sub("", source)
    return source, flags


def _entities(text: str) -> str:
    for _ in range(2):  # escaped twice
        fewer = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        if fewer == text:
            break
        text = fewer
    return text


def _cp1252(match: re.Match[str]) -> str:
    byte = int(match[2], 16) if match[2] else 100 + int(match[1])
    return bytes([byte]).decode("cp1252", "ignore") or " "


def _lost_marks(text: str, flags: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if "?" not in text:
        return text, flags
    mended = _CREDIT.sub("", text) if _CREDIT_SIGN.search(text) else text
    if _DAY_SIGN.search(mended):
        mended = _DAY.sub(lambda match: match[0].replace("?", "·"), mended)
    if mended != text:
        flags += (mojibake.REPAIRED,)
    if _LOST_MARK.search(mended):
        flags += (mojibake.DAMAGED,)
    return mended, tuple(dict.fromkeys(flags))


def _spaceless(text: str) -> bool:
    """Whether Korean sentences stand there without the spaces between their words."""
    words = text.split()
    if max(map(len, words), default=0) < _CLOSE:
        return False
    longest = max(words, key=len)
    return sum("가" <= each <= "힣" for each in longest) * 2 > len(longest)


def _untagged(text: str) -> str:
    """A body that was delivered as HTML, as lines."""
    if len(_BLOCK_TAG.findall(text)) >= 2:
        from corpus.ingest.lines import lines_of
        from corpus.ingest.tree import NoTree, parse

        try:
            found = lines_of(parse(text))
        except NoTree:
            return text
        return "\n".join(found.lines) or text
    return _INLINE_TAG.sub("", text)
