"""How much may one input cost? Bounds on bytes, depth, ratio, seconds and memory, all in one place.

Each stands in the message of what it refuses, so that whoever meets one knows its number.
"""

from __future__ import annotations

MOST_BYTES = 64 << 20
"""Of one page, text, record, row or entry: the longest article is a thousandth of it."""

MOST_DEPTH = 4
"""Containers inside containers: crawls.zip > part.tar > (gz) > pages.warc.gz is four deep."""

MOST_RATIO = 300
"""Bytes that may come out of a file for each byte that went in. Pages of one site in one
tar.xz, mostly the same template, reach 50; deflate ends at 1,032 and xz far above."""

FREE_BYTES = 64 << 20
"""What may come out of a file before the ratio counts: small files compress by chance."""

MOST_SECONDS = 10.0
"""Processor time for the extraction of one article. A page of 100 kB takes a hundredth."""

MOST_MEMORY = 2 << 30
"""Address space of one worker process (--jobs), where the system lets a process be bounded."""

MOST_HEADER = 1 << 20
"""Of what stands before the content: the headers of a WARC record, the extra of a tar member."""

MOST_LISTED = 256 << 20
"""Of the list of members at the end of a zip archive, which has to be held: 3 million names."""


def megabytes(number: int) -> str:
    """`number` of bytes for a message.

    >>> megabytes(MOST_BYTES)
    '64 MB'
    """
    return f"{number >> 20:,} MB"
