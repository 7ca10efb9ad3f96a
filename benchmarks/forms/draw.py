"""Queries whose words the news also write otherwise, with the places where they do.

    python benchmarks/forms/draw.py CORPUS --seed 7 > drawn.jsonl

From the words, phrases and numbers of the text, spread over kinds and frequencies, those are
kept that are found in another form. For each, up to three such matches: query, kind, form,
article, field, start, end; with --context what stands around them, for the reader who judges.
Nobody may publish that context: the labels hold none.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import corpus
from corpus.errors import CorpusError
from corpus.index import forms, hanja

WANTED = {"spacing": 90, "sign": 60, "hanja": 60, "abbreviation": 20}
SHOWN = 3  # matches of a query
TRIED = 40_000


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--context", type=int, default=0, metavar="CHARACTERS")
    options = parser.parse_args()
    drawn = random.Random(options.seed)
    with corpus.open(options.corpus) as archive:
        ids = sorted(archive)
        left = dict(WANTED)
        seen: set[str] = set()
        for query in candidates(archive, ids, drawn):
            if not any(left.values()):
                break
            if query in seen:
                continue
            seen.add(query)
            for row in judged(archive, query, left, drawn, options.context):
                print(json.dumps(row, ensure_ascii=False))


def candidates(archive: corpus.Corpus, ids: list[str], drawn: random.Random) -> Iterator[str]:
    """Words and phrases out of random articles; one in four comes from what is written in Hanja
    or with signs, which are rare."""
    yield from sorted(forms.ABBREVIATIONS)
    for _ in range(TRIED):
        text = archive[drawn.choice(ids)].body
        words = re.findall(r"[가-힣]{2,9}", text)
        pairs = re.findall(r"[가-힣A-Za-z]{2,6} [가-힣]{2,6}", text)
        numbers = re.findall(r"[0-9][0-9,.·ㆍ]*[0-9](?:[가-힣]{1,2}|km|㎞|kg|㎏|㎡)?", text)
        mixed = re.findall(r"[A-Za-z]{2,8}[가-힣]{2,5}|[가-힣]{2,6}[0-9]{1,3}", text)
        dotted = re.findall(r"[가-힣](?:[·ㆍ][가-힣]){1,3}|[가-힣]{2,4}[·ㆍ][가-힣]{2,4}", text)
        for some in (words, pairs, numbers, mixed, dotted):
            if some:
                one = drawn.choice(some)
                yield f'"{one}"' if " " in one else one
        for run in re.findall(r"[가-힣]*[一-鿿]+[가-힣]*", text)[:2]:
            reading = "".join(drawn.choice(hanja.readings(one) or one) for one in run)
            if len(reading) > 1 and re.fullmatch("[가-힣]+", reading):
                yield reading[: drawn.randint(2, len(reading))]


def judged(
    archive: corpus.Corpus,
    query: str,
    left: dict[str, int],
    drawn: random.Random,
    context: int,
) -> Iterator[dict[str, object]]:
    """The matches of a query to be judged, if there are any of a kind that is still wanted."""
    try:
        hits = archive.search(query, limit=200)
    except CorpusError:
        return
    kinds = Counter(one.kind for one in hits.forms if one.kind != "literal")
    kind = next((kind for kind in kinds if left.get(kind)), None)
    if kind is None:
        return
    matches = [(hit, match) for hit in hits for match in hit.matches if match.kind == kind]
    if not matches:
        return
    left[kind] -= 1
    for hit, match in drawn.sample(matches, min(SHOWN, len(matches))):
        text = getattr(hit.article, match.field) or ""
        row: dict[str, object] = {
            "query": query,
            "kind": kind,
            "form": text[match.start : match.end].replace("\n", " "),
            "id": hit.id,
            "field": match.field,
            "start": match.start,
            "end": match.end,
        }
        if context:
            before = text[max(0, match.start - context) : match.start]
            after = text[match.end : match.end + context]
            row["context"] = f"{before}[{row['form']}]{after}".replace("\n", "/")
        yield row


if __name__ == "__main__":
    main()
