"""Is every shape of byline, notice, caption and script taken apart as the tables say?

The tables in tests/ingest/bylines hold articles written for this test in the layouts of the
press. A case opens with `# what it shows`; then come the lines as published, with ⟦ and ⟧ around
what must go, and everything else must stay; then `> key value` for what the record must say:
reporter (name, address or nothing), contributor (name, role), place, agency, publisher, rights,
note (its kind), page, keywords, captions, subtitle. Reporters are always compared as a whole.
{1} {2} {3} stand for sentences of a story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus import normal
from corpus.ingest.byline import restore, strip

SENTENCES = {
    "{1}": "가람시가 낡은 다리를 걷어내고 새 다리를 놓기로 했다고 12일 밝혔다.",
    "{2}": "시는 주민 설명회를 세 차례 열어 의견을 듣고 내년 봄에 공사를 시작할 계획이다.",
    "{3}": "한편 다리 이름은 시민 공모로 정해 다음 달에 발표한다.",
}
TABLES = sorted((Path(__file__).parent / "bylines").glob("*.txt"))


@dataclass
class Case:
    """Lines as published, the lines that must stay, and what the record must say."""

    name: str
    raw: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    says: list[tuple[str, str]] = field(default_factory=list)

    def all(self, key: str) -> list[str]:
        return [value for each, value in self.says if each == key]


def read(path: Path) -> list[Case]:
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            cases.append(Case(f"{path.stem}: {line[2:]}"))
        elif line.startswith("> "):
            key, _, value = line[2:].partition(" ")
            cases[-1].says.append((key, value))
        elif line:
            for mark, sentence in SENTENCES.items():
                line = line.replace(mark, sentence)
            cases[-1].raw.append(re.sub("[⟦⟧]", "", line))
            kept = " ".join(re.sub("⟦[^⟧]*⟧", "", line).split())
            cases[-1].kept += [kept] if kept else []
    return cases


CASES = [case for path in TABLES for case in read(path)]


def test_the_tables_hold_what_they_promise() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_what_is_no_story_goes_and_the_rest_stays(case: Case) -> None:
    lines = normal.lines("\n".join(case.raw))
    found = strip(lines)
    assert list(found.lines) == normal.lines("\n".join(case.kept))
    assert [f"{who.name or '-'} {who.email or ''}".strip() for who in found.reporters] == case.all(
        "reporter"
    )
    crew = [f"{who.name} {who.role}" for who in found.contributors]
    assert [each for each in case.all("contributor") if each not in crew] == []
    for key in ("place", "agency", "publisher"):
        assert [getattr(found, key)] == case.all(key) or not case.all(key)
    assert found.rights in case.all("rights") or not case.all("rights")
    assert [note.kind for note in found.notes] == case.all("note")
    assert [found.print.page if found.print else None] == case.all("page") or not case.all("page")
    assert [" ".join(found.keywords)] == case.all("keywords") or not case.all("keywords")
    assert [each for each in case.all("captions") if each not in found.captions] == []
    assert all(each in (found.subtitle or "").split("\n") for each in case.all("subtitle"))
    assert restore(found.lines, found.removed) == lines
