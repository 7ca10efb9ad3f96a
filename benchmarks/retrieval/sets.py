"""What is a retrieval set, how does it become a corpus, and how is a run scored?

A set is a folder with corpus.jsonl (_id, title, text), queries.jsonl (_id, text) and
qrels.tsv (query-id, corpus-id, score; a head line).
"""

from __future__ import annotations

import hashlib
import json
import math
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import corpus

DEPTH = 100  # hits of a question that are kept


class Questions(NamedTuple):
    """The judged questions of a set by id, and the ids of the documents that answer each."""

    text: dict[str, str]
    relevant: dict[str, set[str]]


def questions(folder: Path) -> Questions:
    relevant: defaultdict[str, set[str]] = defaultdict(set)
    with (folder / "qrels.tsv").open(encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            question, document, score = line.rstrip("\n").split("\t")
            if int(score) > 0:
                relevant[question].add(document)
    text = {row["_id"]: row["text"] for row in _rows(folder / "queries.jsonl")}
    return Questions({each: text[each] for each in relevant}, dict(relevant))


def fingerprint(folder: Path) -> str:
    """SHA-256 over the three files of a set."""
    digest = hashlib.sha256()
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def build(folder: Path, archive: Path) -> None:
    """A corpus of the set's documents, as they are (no byline removal).

    Their ids are numbers: a corpus stores text in NFC, and some sets name documents in NFD.
    """
    with (
        tempfile.TemporaryDirectory() as scratch,
        corpus.create(archive) as made,
    ):
        records = Path(scratch) / "records.jsonl"
        with records.open("w", encoding="utf-8") as out:
            for number, row in enumerate(_rows(folder / "corpus.jsonl")):
                record = {
                    "id": f"{number:06}",
                    "title": row["title"] or "",
                    "body": row["text"],
                    "clean": True,
                }
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
        report = made.ingest([str(records)])
        for reject in report.rejected:
            print(f"rejected: {reject}")


def documents(folder: Path) -> list[str]:
    """The ids of a set's documents, by their numbers."""
    return [row["_id"] for row in _rows(folder / "corpus.jsonl")]


def run(
    archive: Path, asked: Mapping[str, str], ids: Sequence[str], depth: int = DEPTH
) -> dict[str, list[tuple[str, float]]]:
    """(document, score), best first, for every question, by the public API."""
    found = {}
    with corpus.open(archive) as opened:
        for each, text in asked.items():
            hits = opened.search(text, match="any", limit=depth)
            found[each] = [(ids[int(hit.id)], hit.score) for hit in hits]
    return found


def write_trec(path: Path, found: Mapping[str, Sequence[tuple[str, float]]]) -> None:
    """The run in TREC's format."""
    with path.open("w", encoding="utf-8") as out:
        for question, hits in found.items():
            for rank, (document, score) in enumerate(hits, 1):
                out.write(f"{question} Q0 {document} {rank} {score:.6f} corpus\n")


def figures(
    found: Mapping[str, Sequence[tuple[str, float]]], relevant: Mapping[str, set[str]]
) -> dict[str, float]:
    """nDCG@10 (binary gain), MRR@10 and recall@100: means over all judged questions."""
    ndcg = reciprocal = recall = 0.0
    for question, wanted in relevant.items():
        hits = [rank for rank, (one, _) in enumerate(found.get(question, ())) if one in wanted]
        ideal = sum(1 / math.log2(rank + 2) for rank in range(min(10, len(wanted))))
        ndcg += sum(1 / math.log2(rank + 2) for rank in hits if rank < 10) / ideal
        reciprocal += 1 / (hits[0] + 1) if hits and hits[0] < 10 else 0.0
        recall += sum(1 for rank in hits if rank < DEPTH) / len(wanted)
    count = len(relevant)
    return {
        "questions": count,
        "ndcg@10": round(ndcg / count, 4),
        "mrr@10": round(reciprocal / count, 4),
        "recall@100": round(recall / count, 4),
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
