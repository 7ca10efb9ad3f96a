"""What passes from the sources to the extraction? One article's bytes, with what is known of them.

Sources are cheap and know no HTML; extraction is a function of one raw item and nothing
else, so that it can run in any process and in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import msgspec

from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest.limits import MOST_SECONDS

Form = Literal["html", "text", "record", "entry"]


class Raw(msgspec.Struct, frozen=True, omit_defaults=True):
    """The bytes of one article and where they stood.

    `line` counts from 1 where the file has lines, `row` where it is a table. `url`,
    `declared` (the charset of an HTTP header) and `captured` are what the place says that
    the bytes may not: an HTTP archive has them.
    """

    form: Form
    data: bytes
    origin: str
    line: int | None = None
    row: int | None = None
    url: str | None = None
    declared: str | None = None
    captured: str | None = None

    def rejected(self, reason: str) -> ArticleRejected:
        """The reject of this item; a table is reported by its rows."""
        row = "" if self.row is None else f"row {self.row}: "
        return ArticleRejected(self.origin, self.line, row + reason)


class How(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the caller says about everything that is read; `seconds` is the time for one article."""

    clean: bool = False
    publisher: str | None = None
    section: str | None = None
    id_prefix: str = ""
    seconds: float = MOST_SECONDS


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an original was read with, so that it can be read in the same way years later.

    `kind` is html, text, record (a JSON object) or entry (of a feed); "" where nobody noted
    it and the content has to tell. `url` is where it came from, `charset` what an HTTP header
    declared, `clean` whether the body was left as it is, `publisher` and `section` are for
    one that names none. `edited` are the fields that a person changed, each with the
    revision that did.
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


@dataclass(frozen=True, slots=True)
class Extracted:
    """One article, the bytes it was made from, the line of its file (from 1) if it had one,
    and how the bytes were read."""

    article: Article
    original: bytes
    line: int | None = None
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a source rightly holds beside articles: `what` names its sort, to be counted."""

    origin: str
    what: str


Found = Raw | ArticleRejected | Skipped
Result = Extracted | ArticleRejected | Skipped
