"""A corpus written for these tests, and a way to run command lines on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.cli import main

# Twelve articles that 연구소 finds, one that nothing but its own words finds, one undated.
ARTICLES: list[dict[str, object]] = [
    {
        "id": f"lab-{number:04}",
        "title": f"새 연구소 {number}호 문 열어",
        "body": "\n".join(
            [
                f"한빛대는 {number}일 판교에 연구소를 열었다고 밝혔다.",
                "연구소는 인공지능을 교육에 쓰는 길을 찾는다. " * 3,
            ]
        ),
        "publisher": "한빛일보" if number % 2 else "새벽통신",
        "section": "과학",
        "reporters": [{"name": "김가온", "email": "gaon@hanbit.example"}],
        "published": f"20{9 + number:02}-03-{number:02}T09:00:00+09:00",
        "url": f"https://hanbit.example/news/{number}",
        "clean": True,
    }
    for number in range(1, 13)
] + [
    {
        "id": "tide-0001",
        "title": "‘물때’를 읽는 사람들…갯벌의 하루",
        "subtitle": "조석표를 손으로 그린다",
        "body": "갯벌에서는 NeurIPS2021 논문보다 조석표가 먼저다.\n카카오 지도에는 없는 길이다.",
        "publisher": "한빛일보",
        "section": "지역",
        "published": "2022-05-01",
        "clean": True,
    },
    {
        "id": "undated-0001",
        "title": "날짜를 잃은 기사",
        "body": "조석표가 언제 그려졌는지 아무도 모른다.",
        "clean": True,
    },
]


@dataclass(frozen=True)
class Run:
    """What one command line did."""

    code: int
    out: str
    err: str
    data: bytes

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


def write_lines(path: Path, records: list[dict[str, object]]) -> Path:
    """Records as a JSON Lines file."""
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus of ARTICLES; nobody writes to it."""
    folder = tmp_path_factory.mktemp("built")
    source = write_lines(folder / "articles.jsonl", ARTICLES)
    path = folder / "archive"
    for args in (["init", str(path)], ["--corpus", str(path), "ingest", str(source)]):
        result = CliRunner().invoke(main, args)
        assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def archive(built: Path, tmp_path: Path) -> Path:
    """A copy of the corpus, to be written to."""
    return Path(shutil.copytree(built, tmp_path / "archive"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Run one command line inside this process."""
    for name in ("CORPUS_DIR", "CORPUS_DEBUG", "NO_COLOR", "PAGER"):
        monkeypatch.delenv(name, raising=False)

    def call(*args: str | Path, stdin: str | bytes | None = None) -> Run:
        try:
            runner = CliRunner(mix_stderr=False)  # click before 8.2
        except TypeError:
            runner = CliRunner()
        result = runner.invoke(main, [str(arg) for arg in args], input=stdin)
        return Run(result.exit_code, result.stdout, result.stderr, result.stdout_bytes)

    return call


@pytest.fixture
def shell() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run one command line as a process of its own."""

    def call(*args: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "corpus", *(str(arg) for arg in args)]
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("CORPUS_DIR", "CORPUS_DEBUG", "NO_COLOR")
        }
        return subprocess.run(  # type: ignore[call-overload, no-any-return]
            command, env=environment, capture_output=True, timeout=60, **options
        )

    return call
