"""Which articles can everybody see? Thirty-five that were written for this project.

People, companies, publishers and events are invented; every address ends in .example.
`articles/` imitates eight content systems, one folder each, beside plain texts and JSON
Lines; `expected/` mirrors it with what a careful reader takes from each file. Two trees,
not one, so that `corpus ingest` can be pointed at the articles and meets nothing else.

Useful for: the demo, the READMEs, the tests. Not useful for: measuring quality, since
whoever wrote the articles knew the rules that read them.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def articles() -> Path:
    """The folder of pages, texts and records; `corpus ingest` takes it whole.

    >>> sorted(path.name for path in articles().glob("*.jsonl"))
    ['records.jsonl']
    """
    return _folder("articles")


def expected() -> Path:
    """The folder of expected records: `NAME.json` stands where `articles()` has `NAME.*`.

    One object for a page or a text, a list for JSON Lines. The keys: title, subtitle,
    body (a list of lines), reporters, publisher, section, url, published, modified,
    language, captions; null is what the page does not say.
    """
    return _folder("expected")


def _folder(name: str) -> Path:
    # The compiled dependencies cannot run from a zip file either: resources are real files.
    return Path(str(files(__name__).joinpath(name)))
