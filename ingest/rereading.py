"""How was this original read, and what do today's rules make of it?

The bytes alone do not say all that their article came from: the charset of an HTTP header, the
address of a page, what the caller said about all inputs. A `raw.Reading` keeps that beside
them, so that they can be read again in the same way years later.
"""

from __future__ import annotations

from typing import cast

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest import extracting, json_records, records, sources
from corpus.ingest.raw import Form, How, Raw, Reading


def guess(original: bytes, article: Article) -> Reading:
    """How an original was probably read that was stored without its Reading, as once they were.

    What its article says stands in for what the caller said then.
    """
    start = original.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        try:
            record = records.parse_record(json_records.utf8(original), origin="-", line=None)
        except ArticleRejected:
            pass
        else:
            clean = record.get("clean") is True
            return Reading("record", None, None, clean, article.publisher, article.section)
    return Reading(url=article.url, publisher=article.publisher, section=article.section)


def read_again(original: bytes, reading: Reading, *, origin: str, line: int | None) -> Article:
    """The article that the rules of this version take out of `original`.

    Raises ArticleRejected (at `origin`, `line`), also for a fault of the rules.
    """
    if not reading.kind:
        return sources.extract_bytes(
            original,
            url=reading.url,
            origin=origin,
            declared=reading.charset,
            clean=reading.clean,
            publisher=reading.publisher,
            section=reading.section,
        )
    form = cast(Form, reading.kind)
    raw = Raw(form, original, origin, line=line, url=reading.url, declared=reading.charset)
    found = extracting.extract(raw, How(reading.clean, reading.publisher, reading.section))
    if isinstance(found, ArticleRejected):
        raise found
    return found.article
