"""Rules that give something else have another version, so that old articles can be told."""

from __future__ import annotations

import re

import rules_given

from corpus.ingest import EXTRACTOR

RECORD = "run python tests/ingest/rules_given.py"


def test_the_version_is_a_day_and_a_number() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(\.[1-9]\d*)?", EXTRACTOR)


def test_what_the_rules_give_is_recorded_under_their_version() -> None:
    version, _ = rules_given.recorded()
    assert version == EXTRACTOR, f"EXTRACTOR is {EXTRACTOR}, rules.json knows {version}: {RECORD}"


def test_rules_that_give_something_else_have_another_version() -> None:
    version, before = rules_given.recorded()
    now = rules_given.given()
    assert now.keys() & before.keys(), f"rules.json knows none of the fixtures: {RECORD}"
    differ = rules_given.changed(now, before)
    assert not differ or version != EXTRACTOR, (
        f"{len(differ)} fixtures give other articles than under EXTRACTOR {version}: "
        f"raise it in ingest/__init__.py and {RECORD}"
    )
