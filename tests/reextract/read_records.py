"""A page and records with bylines that older rules left in."""

from __future__ import annotations

import json
from pathlib import Path

STORY = "가람시는 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다."
PAGE = (
    "<!doctype html><html><head><title>가람시 새 다리</title></head>"
    f'<body><div id="articleBody"><p>{STORY}</p><p>도은설 기자 snow@hanbit.example</p></div></body>'
)


def record(number: int, **keys: object) -> dict[str, object]:
    """A record with a byline that newer rules take out."""
    return {
        "id": f"bridge-{number:03}",
        "title": f"가람시 새 다리 {number}호",
        "body": f"{STORY}\n{number}번째 다리다.\n도은설 기자 snow@hanbit.example",
        "publisher": "한빛일보",
        "published": f"2021-01-{number % 28 + 1:02}",
        **keys,
    }


def write(path: Path, *records: dict[str, object]) -> Path:
    """Records as JSON Lines."""
    lines = [json.dumps(each, ensure_ascii=False) + "\n" for each in records]
    path.write_text("".join(lines), encoding="utf-8")
    return path
