"""What is in this stream? Raw items, whatever containers they are packed in.

Compressed streams are read through, archives member by member, each by its own content,
to a small depth. What cannot be read is an ArticleRejected in its turn, and the reading
goes on; an article that is cut off is never taken for a whole one.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus.errors import ArticleRejected
from corpus.ingest import archives, csv_rows, json_records
from corpus.ingest.content import container_of, kind_of
from corpus.ingest.flow import Flow
from corpus.ingest.limits import MOST_BYTES, MOST_DEPTH, megabytes
from corpus.ingest.raw import Form, Found, Raw


def items_of(flow: Flow, origin: str, kind: str = "auto", depth: int = 0) -> Iterator[Found]:
    """Every raw item in a stream; `kind` is what the caller says its content is, or auto."""
    head = flow.head()
    form = container_of(head)
    try:
        if form is None:
            yield from _content(flow, head, origin, kind)
        elif depth == MOST_DEPTH:
            reason = f"archives within archives, more than {MOST_DEPTH} deep; unpack the outer ones"
            raise ArticleRejected(origin, None, reason)
        elif form in ("zip", "tar"):
            for member in archives.members_of(flow, form, origin):
                if isinstance(member, ArticleRejected):
                    yield member
                else:
                    name, inner = member
                    yield from items_of(inner, f"{origin}!/{name}", kind, depth + 1)
        elif form == "gzip":
            yield from _gzipped(flow, origin, kind, depth)
        else:
            yield from items_of(flow.unpacked(form), origin, kind, depth + 1)
    except ArticleRejected as error:
        yield error


def _gzipped(flow: Flow, origin: str, kind: str, depth: int) -> Iterator[Found]:
    inner, members = flow.members()
    if inner.head().startswith(b"WARC/"):
        from corpus.ingest.warc import pages_of

        following: Flow | None = inner
        while following is not None:
            yield from pages_of(following, origin, members)
            following = flow.resumed(members, b"WARC/")
    else:
        yield from items_of(inner, origin, kind, depth + 1)


def _content(flow: Flow, head: bytes, origin: str, kind: str) -> Iterator[Found]:
    if flow.cut and not head:
        raise ArticleRejected(origin, None, flow.cut)
    found = kind_of(head, origin)
    if kind != "auto" and found != "warc":
        found = kind
    if found == "jsonl":
        yield from json_records.records_of(flow, origin)
    elif found == "csv":
        yield from csv_rows.rows_of(flow, origin)
    elif found == "rss":
        from corpus.ingest.feeds import entries_of

        yield from entries_of(flow, origin)
    elif found == "warc":
        from corpus.ingest.warc import pages_of

        yield from pages_of(flow, origin)
    else:
        yield _whole(flow, origin, "html" if found == "html" else "text")


def _whole(flow: Flow, origin: str, form: Form) -> Raw:
    data = flow.file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ArticleRejected(origin, None, f"larger than {megabytes(MOST_BYTES)}: not one article")
    if flow.cut:
        raise ArticleRejected(origin, None, flow.cut)
    return Raw(form, data, origin)
