"""Which article do these bytes hold? A function of one raw item, and of nothing else.

So it gives the same in any process and in any order. A fault of the rules, a page that
takes too long, and one that needs too much memory are that page's rejects.
"""

from __future__ import annotations

import msgspec

from corpus import normal
from corpus.article import Article
from corpus.errors import ArticleRejected
from corpus.ingest import EXTRACTOR, json_records, records
from corpus.ingest.raw import Extracted, How, Raw, Reading
from corpus.ingest.timing import TimeUp, within


def extract(raw: Raw, how: How) -> Extracted | ArticleRejected:
    """The article of one raw item, or why there is none."""
    try:
        return within(how.seconds, lambda: read(raw, how))
    except ArticleRejected as error:
        return raw.rejected(error.reason)
    except TimeUp:
        return raw.rejected(too_long(how))
    except MemoryError:
        return raw.rejected("its extraction needs more memory than there is")
    except Exception as error:
        fault = f"{type(error).__name__}: {error}"
        return raw.rejected(f"a bug of ours, please report it with this input: {fault}")


def too_long(how: How) -> str:
    """The reason of a page that took more than its time."""
    return f"its extraction took longer than {how.seconds:g} s and was stopped"


def read(raw: Raw, how: How) -> Extracted:
    """One raw item read. Raises ArticleRejected, and what a fault of the rules raises."""
    clean = how.clean
    if raw.form == "record":
        record = records.parse_record(json_records.utf8(raw.data), origin=raw.origin, line=raw.line)
        clean = clean or record.get("clean") is True
        article = records.article_of(
            record,
            origin=raw.origin,
            line=raw.line,
            clean=how.clean,
            publisher=how.publisher,
            section=how.section,
            id_prefix=how.id_prefix,
        )
    else:
        article = _one(raw, how)
    reading = Reading(raw.form, raw.url, raw.declared, clean, how.publisher, how.section)
    return Extracted(article, raw.data, raw.line, reading)


def _one(raw: Raw, how: How) -> Article:
    from corpus.ingest.decode import decode

    flags: list[str] = []
    if raw.form == "entry":
        from corpus.ingest.feeds import extract_entry

        article = extract_entry(raw.data, origin=raw.origin)
    else:
        decoded = decode(raw.data, declared=raw.declared, origin=raw.origin)
        if raw.form == "html":
            from corpus.ingest.damage import mend_page
            from corpus.ingest.page import extract_page

            source, damage = mend_page(decoded.text)
            flags += damage
            article = extract_page(source, url=raw.url, origin=raw.origin)
        else:
            from corpus.ingest.text import extract_text

            article = extract_text(
                decoded.text, origin=raw.origin, clean=how.clean, publisher=how.publisher
            )
        flags += ["encoding"] * decoded.repaired + ["mojibake"] * decoded.damaged
    if how.clean and raw.form != "text":
        article = _as_found(article)
    if not article.title and not article.body:
        # Nothing but a copyright line or the address of the newsroom was left of it.
        raise ArticleRejected(raw.origin, raw.line, "title and body are both empty")
    captured = records.time_of(raw.captured) if raw.captured else None
    return msgspec.structs.replace(
        article,
        origin=raw.origin,
        url=article.url or raw.url,
        captured=captured or article.captured,
        extractor=EXTRACTOR,
        publisher=article.publisher or how.publisher,
        section=article.section or how.section,
        flags=tuple(dict.fromkeys([*article.flags, *flags])),
    )


def _as_found(article: Article) -> Article:
    """A page's article with the body lines that its page gave."""
    from corpus.ingest.byline import restore

    lines = restore(article.body.split("\n") if article.body else [], article.removed)
    # Left-out parts of a page are recorded as they stood there.
    return msgspec.structs.replace(article, body=normal.text("\n".join(lines)), removed=())
