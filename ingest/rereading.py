"""How was this original read, and what do today's rules make of it?

An original alone does not say all that its article came from: the charset of an HTTP header,
the address of a page, what the caller said about all inputs. `Reading` keeps that beside the
bytes, so that they can be read again in the same way years later.
"""

from __future__ import annotations

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest import records, sources


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an original was read with.

    `kind` is html, text or record (a JSON object); "" where nobody noted it and the content
    has to tell. `url` is where it came from, `charset` what an HTTP header declared, `clean`
    whether the body was left as it is, `publisher` and `section` are for one that names none.
    `edited` are the fields that a person changed, each with the revision that did.
    """

    kind: str = ""
    url: str | None = None
    charset: str | None = None
    clean: bool = False
    publisher: str | None = None
    section: str | None = None
    edited: dict[str, int] = {}

    @property
    def finished(self) -> bool:
        """Whether a person (or an export) said that the record is as it shall be."""
        return self.kind == "record" and self.clean


def guess(original: bytes, article: Article) -> Reading:
    """How an original was probably read that came in before this was noted.

    What its article says stands in for what the caller said then.
    """
    start = original.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"{":
        try:
            record = records.parse_record(sources.as_utf8(original), origin="-", line=None)
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
    with sources.contained(origin, line):
        if reading.kind != "record":
            return sources.extract_bytes(
                original,
                kind=reading.kind or "auto",
                url=reading.url,
                origin=origin,
                declared=reading.charset,
                clean=reading.clean,
                publisher=reading.publisher,
                section=reading.section,
            )
        record = records.parse_record(sources.as_utf8(original).strip(), origin=origin, line=line)
        return records.article_of(
            record,
            origin=origin,
            line=line,
            clean=reading.clean,
            publisher=reading.publisher,
            section=reading.section,
        )
