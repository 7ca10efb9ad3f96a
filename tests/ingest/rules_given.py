"""What do the rules give for the articles of this repository, as a digest for each?

python tests/ingest/rules_given.py     records it in rules.json, after EXTRACTOR was raised
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from corpus.errors import ArticleRejected
from corpus.identity import fingerprint
from corpus.ingest import EXTRACTOR
from corpus.ingest.sources import extract_bytes

RECORDED = Path(__file__).with_name("rules.json")
ROOT = Path(__file__).parents[2]
FIXTURES = (ROOT / "src" / "corpus" / "demo" / "articles", Path(__file__).parent / "pages")


def originals() -> Iterator[bytes]:
    """Every page, text and record of the fixtures."""
    for folder in FIXTURES:
        for path in sorted(folder.rglob("*")):
            if path.suffix == ".jsonl":
                yield from path.read_bytes().splitlines()
            elif path.suffix in (".html", ".txt"):
                yield path.read_bytes()


def given() -> dict[str, str]:
    """By the digest of an original that of its article: a changed fixture is another one."""
    found = {}
    for original in originals():
        try:
            digest = fingerprint(extract_bytes(original)).hex()
        except ArticleRejected as error:
            digest = error.reason
        found[sha256(original).hexdigest()[:16]] = digest
    return found


def recorded() -> tuple[str, dict[str, str]]:
    """The version and the digests of rules.json."""
    kept = json.loads(RECORDED.read_text(encoding="utf-8"))
    return kept["extractor"], kept["given"]


def changed(now: dict[str, str], before: dict[str, str]) -> list[str]:
    """The originals in both whose articles differ."""
    return [key for key in now if key in before and now[key] != before[key]]


def main() -> None:
    now = given()
    if RECORDED.exists():
        version, before = recorded()
        if version == EXTRACTOR and changed(now, before):
            sys.exit(f"the rules give something else: raise EXTRACTOR ({EXTRACTOR}) first")
    text = json.dumps({"extractor": EXTRACTOR, "given": now}, indent=1)
    RECORDED.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
