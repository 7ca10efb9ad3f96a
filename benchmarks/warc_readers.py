"""Which library reads a crawl, and how fast? warcio, fastwarc, and what is here, on one file.

    pip install fastwarc && python benchmarks/warc_readers.py PAGES --out FILE

A WARC of 1,000 responses is made of the *.html in PAGES, one gzip member a record. Counted
is reading alone, without extraction: records and megabytes of content a second of
processor time, best of three. The damaged files hold five records, the third one bad.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus.ingest.flow import opened
from corpus.ingest.opening import items_of
from corpus.ingest.raw import Raw

RECORDS = 1_000


def crawl(pages: list[bytes], *, gzip: bool = True) -> list[bytes]:
    """One record for each page."""
    records = []
    for number, data in enumerate(pages):
        out = io.BytesIO()
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
        writer = WARCWriter(out, gzip=gzip)
        writer.write_record(
            writer.create_warc_record(
                f"https://pages.example/{number}",
                "response",
                payload=io.BytesIO(data),
                http_headers=headers,
            )
        )
        records.append(out.getvalue())
    return records


def by_warcio(data: bytes) -> tuple[int, int]:
    sizes = [
        len(record.content_stream().read())
        for record in ArchiveIterator(io.BytesIO(data))
        if record.rec_type == "response"
    ]
    return len(sizes), sum(sizes)


def by_fastwarc(data: bytes) -> tuple[int, int]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    sizes = [
        len(record.reader.read())
        for record in ArchiveIterator(io.BytesIO(data))
        if record.record_type == WarcRecordType.response
    ]
    return len(sizes), sum(sizes)


def by_corpus(data: bytes) -> tuple[int, int]:
    sizes = [
        len(item.data)
        for item in items_of(opened(io.BytesIO(data)), "a.warc.gz")
        if isinstance(item, Raw)
    ]
    return len(sizes), sum(sizes)


def timed(reader: Callable[[bytes], tuple[int, int]], data: bytes) -> dict[str, object]:
    best = 1e9
    for _ in range(3):
        start = time.process_time()
        number, size = reader(data)
        best = min(best, time.process_time() - start)
    return {
        "records": number,
        "records_per_second": round(number / best),
        "mb_per_second": round(size / best / 1e6),
    }


def survived(reader: Callable[[bytes], tuple[int, int]], data: bytes) -> str:
    """How many of four good records are read, and how it ended."""
    try:
        return f"{reader(data)[0]} read"
    except Exception as error:
        return f"ended by {type(error).__name__}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    pages = [path.read_bytes() for path in sorted(options.pages.glob("*.html"))]
    whole = b"".join(crawl(list(islice(cycle(pages), RECORDS))))
    five = crawl(pages[:5])
    flipped = bytearray(five[2])
    for at in range(200, 400):
        flipped[at] ^= 0x55
    plain = crawl(pages[:5], gzip=False)
    damaged = {
        "a damaged gzip member": b"".join([*five[:2], bytes(flipped), *five[3:]]),
        "garbage between records": b"".join([*plain[:2], b"garbage\r\n\r\n", *plain[3:]]),
    }
    rows = {}
    for reader in (by_warcio, by_fastwarc, by_corpus):
        name = reader.__name__.removeprefix("by_")
        rows[name] = timed(reader, whole)
        rows[name] |= {what: survived(reader, data) for what, data in damaged.items()}
        print(name, rows[name])
    if options.out:
        versions = {name: version(name) for name in ("warcio", "fastwarc")}
        run = {"command": f"python {' '.join(sys.argv)}", "versions": versions, "rows": rows}
        options.out.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
