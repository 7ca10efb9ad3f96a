"""What does taking articles in cost, by format and number of jobs? Whole commands, timed.

    python benchmarks/ingest.py NEWS.jsonl PAGES --out benchmarks/runs/DATE/ingest.json

NEWS.jsonl is cut to its first 10,000 records; PAGES, a folder of *.html, is read fifty times
over, from files, from one zip archive and from one WARC file. Seconds are wall time of
`corpus ingest` into a new corpus, the index included; memory is the largest resident size of
the command and of its largest worker. Last, JSON Lines of one gigabyte and a page of one.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from itertools import islice
from pathlib import Path

RECORDS = 10_000
TIMES = 50
GIGABYTE = 1 << 30
MEASURE = (
    "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr);"
    "sys.exit(code)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("news", type=Path)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = {
            "JSON Lines": records(options.news, folder),
            "pages": pages(options.pages, folder),
            "pages in a zip": zipped(options.pages, folder),
            "pages in a WARC": crawled(options.pages, folder),
        }
        for what, path in inputs.items():
            for jobs in (1, 2):
                row = {"input": what, "jobs": jobs, **ingested(path, folder, jobs)}
                rows.append(row)
                print(row)
            if path.is_file():
                path.unlink()
        huge = folder / "huge.jsonl"
        with options.news.open("rb") as news, huge.open("wb") as out:
            some = b"".join(islice(news, 2_000))
            while out.tell() < GIGABYTE:
                out.write(some)
        rows.append({"input": "1 GB of JSON Lines, 2,000 different", "jobs": 1,
                     **ingested(huge, folder, 1)})  # fmt: skip
        print(rows[-1])
        with huge.open("wb") as out:
            out.write(b"<!doctype html><p>")
            out.truncate(GIGABYTE)
        rows.append({"input": "1 GB of a page", "jobs": 1, **ingested(huge, folder, 1)})
        print(rows[-1])
    if options.out:
        machine = {"load": os.getloadavg(), "cores": os.cpu_count(), "python": sys.version}
        command = f"python {' '.join(sys.argv)}"
        text = json.dumps({"machine": machine, "command": command, "rows": rows}, indent=1)
        options.out.write_text(text + "\n", encoding="utf-8")


def ingested(source: Path, folder: Path, jobs: int) -> dict[str, object]:
    """`corpus ingest` of one source into a new corpus."""
    target = Path(tempfile.mkdtemp(dir=folder))
    corpus = [str(Path(sys.executable).with_name("corpus"))]
    subprocess.run([*corpus, "init", str(target)], check=True, capture_output=True)
    command = [*corpus, "--corpus", str(target), "ingest", str(source), "--jobs", str(jobs)]
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command, "--format", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    report = json.loads(done.stdout)
    taken = sum(report[name] for name in ("added", "revised", "unchanged"))
    return {
        "articles": taken,
        "rejected": len(report["rejected"]),
        "seconds": round(seconds, 2),
        "articles_per_second": round(taken / seconds),
        "peak_mb": round(int(done.stderr.split()[-1]) / 1024),
    }


def records(news: Path, folder: Path) -> Path:
    path = folder / "news.jsonl"
    with news.open("rb") as file:
        path.write_bytes(b"".join(islice(file, RECORDS)))
    return path


def copies(source: Path) -> list[tuple[str, bytes]]:
    """Every page so many times, each time with other bytes."""
    return [
        (f"{turn}/{page.name}", page.read_bytes() + b"<!-- %d -->" % turn)
        for turn in range(TIMES)
        for page in sorted(source.glob("*.html"))
    ]


def pages(source: Path, folder: Path) -> Path:
    for name, data in copies(source):
        path = folder / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "pages"


def zipped(source: Path, folder: Path) -> Path:
    path = folder / "pages.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in copies(source):
            archive.writestr(name, data)
    return path


def crawled(source: Path, folder: Path) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = folder / "pages.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for name, data in copies(source):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1")
            record = writer.create_warc_record(
                f"https://pages.example/{name}", "response",
                payload=io.BytesIO(data), http_headers=headers,
            )  # fmt: skip
            writer.write_record(record)
    return path


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
