"""Does any input make the extraction crash, hang or swell? Mutated pages, by the hundred thousand.

    python benchmarks/fuzz.py --inputs 200000 --jobs 2 [PAGES] --out benchmarks/runs/DATE/fuzz.json

Mutates the project's own pages, texts and records (and those of a folder PAGES, which stay
there): bytes turned, pieces doubled, dropped or swapped between inputs, tags nested, charsets
changed, cut off, entities and attributes blown up. Each is given to `extract_bytes` in a
worker process of 2 GB, as one of the formats. An article or an ArticleRejected is right;
anything else, an end of the process, or more than the time for one page is a finding, and is
written to the folder --keep so that it can be read again. Ends with 1 if there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import ArticleRejected
from corpus.ingest.content import KINDS
from corpus.ingest.raw import Extracted, How, Raw
from corpus.ingest.sources import extract_bytes
from corpus.ingest.timing import TimeUp, within
from corpus.ingest.workers import extract_all

ROOT = Path(__file__).parents[1]
OWN = ("tests/ingest/pages", "src/corpus/demo/articles", "tests/ingest/bylines")
BUG, SLOW = "bug: ", "slow: "
CHARSETS = ("cp949", "utf-16", "utf-16-be", "utf-8-sig", "johab")
LONGEST = 400_000  # bytes of an input before it is mutated


def one(raw: Raw, how: How) -> Extracted | ArticleRejected:
    """What the extraction gives for one input; `raw.origin` is number|kind|name."""
    kind = raw.origin.split("|")[1]
    try:
        article = within(how.seconds, lambda: extract_bytes(raw.data, kind=kind))
    except ArticleRejected as error:
        return ArticleRejected(raw.origin, None, f"refused: {error.reason}")
    except TimeUp:
        return ArticleRejected(raw.origin, None, f"{SLOW}more than {how.seconds:g} s")
    except Exception as error:
        return ArticleRejected(raw.origin, None, f"{BUG}{type(error).__name__}: {error}")
    return Extracted(article, b"")


def seeds(folder: Path | None) -> list[tuple[str, bytes]]:
    """Every own page, text and record, and those of the folder."""
    folders = [ROOT / name for name in OWN] + ([folder] if folder else [])
    files = [path for where in folders for path in sorted(where.rglob("*")) if path.is_file()]
    return [(path.name, path.read_bytes()[:LONGEST]) for path in files]


def mutated(drawn: random.Random, known: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """One input: a seed with one to six changes."""
    name, data = drawn.choice(known)
    for _ in range(drawn.randint(1, 6)):
        data = drawn.choice(MUTATORS)(drawn, data, known) or b"\n"
    return name, data


def piece(drawn: random.Random, data: bytes, most: int = 2000) -> tuple[int, int]:
    start = drawn.randrange(len(data))
    return start, min(len(data), start + drawn.randint(1, most))


def turn(drawn: random.Random, data: bytes, _: object) -> bytes:
    some = bytearray(data)
    for _ in range(drawn.randint(1, 30)):
        some[drawn.randrange(len(some))] = drawn.randrange(256)
    return bytes(some)


def double(drawn: random.Random, data: bytes, _: object) -> bytes:
    start, end = piece(drawn, data)
    return data[:end] + data[start:end] * drawn.randint(1, 20) + data[end:]


def drop(drawn: random.Random, data: bytes, _: object) -> bytes:
    start, end = piece(drawn, data)
    return data[:start] + data[end:]


def cut(drawn: random.Random, data: bytes, _: object) -> bytes:
    return data[: drawn.randint(1, len(data))]


def graft(drawn: random.Random, data: bytes, known: list[tuple[str, bytes]]) -> bytes:
    _, other = drawn.choice(known)
    if not other:
        return data
    start, end = piece(drawn, other, 5000)
    at = drawn.randrange(len(data))
    return data[:at] + other[start:end] + data[at:]


def nest(drawn: random.Random, data: bytes, _: object) -> bytes:
    tag = drawn.choice((b"div", b"p", b"b", b"table", b"a", b"span", b"article", b"svg", b"ul"))
    at = drawn.randrange(len(data))
    return data[:at] + (b"<" + tag + b">") * drawn.choice((3, 50, 2000)) + data[at:]


def charset(drawn: random.Random, data: bytes, _: object) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(drawn.choice(CHARSETS), "replace")


def misread(drawn: random.Random, data: bytes, _: object) -> bytes:
    return data.decode(drawn.choice(("latin-1", "cp949")), "replace").encode()


def storm(drawn: random.Random, data: bytes, _: object) -> bytes:
    what = drawn.choice(
        (b"&amp;", b"&#38;", b"&quot;", b"&nbsp;", b"&#x", b"&lol9;", b"<!--", b"]]>")
    )
    at = drawn.randrange(len(data))
    return data[:at] + what * drawn.choice((5, 300, 5000)) + data[at:]


def attribute(drawn: random.Random, data: bytes, _: object) -> bytes:
    at = drawn.randrange(len(data))
    long = drawn.choice((b"a", b"\xea\xb0\x80", b" x", b"@.", b"(", b"=", b"0-")) * 20_000
    return data[:at] + b'<p class="' + long + b'">' + data[at:]


def token(drawn: random.Random, data: bytes, _: object) -> bytes:
    words = (
        "기자",
        "=",
        "(서울=한빛)",
        "@",
        "▲",
        "ⓒ",
        "\n",
        "[",
        "\0",
        "\ufeff",
        "【",
        "{",
        '"',
        ",",
        "http://",
    )
    at = drawn.randrange(len(data))
    return data[:at] + drawn.choice(words).encode() * drawn.choice((1, 3, 400)) + data[at:]


MUTATORS = (turn, double, drop, cut, graft, nest, charset, misread, storm, attribute, token)


def inputs(number: int, seed: int, known: list[tuple[str, bytes]]) -> Iterator[Raw]:
    for at in range(number):
        drawn = random.Random(seed * 1_000_000_007 + at)
        name, data = mutated(drawn, known)
        kind = drawn.choice(("auto", "html", "html", "html", "text", *KINDS))
        yield Raw("text", data, f"{at}|{kind}|{name}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("pages", type=Path, nargs="?")
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10.0, help="the limit for one input")
    parser.add_argument("--keep", type=Path, help="a folder for what was found")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    known = [each for each in seeds(options.pages) if each[1]]
    outcomes: Counter[str] = Counter()
    findings = []
    begun = time.monotonic()
    given = inputs(options.inputs, options.seed, known)
    how = How(seconds=options.seconds)
    for found in extract_all(given, how, options.jobs, task="fuzz:one"):
        if isinstance(found, Extracted):
            outcomes["article"] += 1
        elif isinstance(found, ArticleRejected):
            refused = found.reason.startswith("refused: ")
            outcomes["refused" if refused else "finding"] += 1
            if not refused:
                findings.append({"input": found.origin, "what": found.reason})
                print(found.origin, found.reason, flush=True)
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    at = int(found.origin.split("|")[0])
                    drawn = random.Random(options.seed * 1_000_000_007 + at)
                    (options.keep / f"{options.seed}-{at}").write_bytes(mutated(drawn, known)[1])
    report = {
        "command": f"python {' '.join(sys.argv)}",
        "seeds": len(known),
        "inputs": options.inputs,
        "outcomes": dict(outcomes),
        "findings": findings,
        "seconds": round(time.monotonic() - begun),
        "peak_mb_of_a_worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10,
        "load": os.getloadavg(),
    }
    print(json.dumps(report, ensure_ascii=False))
    if options.out:
        options.out.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
