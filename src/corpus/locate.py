"""Which corpus is meant? The named one, else `$CORPUS_DIR`, else the nearest one upwards.

As git finds its repository: the folder that holds corpus.toml.
"""

from __future__ import annotations

import os
from pathlib import Path

from corpus.errors import CorpusNotFound
from corpus.settings import FILE


def locate(path: str | Path | None = None) -> Path:
    """The absolute folder of the corpus. Raises CorpusNotFound.

    A named folder (by `path` or by the environment) is not searched upwards: a typing
    error must not write into another corpus.
    """
    named = path if path is not None else os.environ.get("CORPUS_DIR") or None
    if named is not None:
        folder = Path(named).expanduser().absolute()
        if not (folder / FILE).is_file():
            raise CorpusNotFound(Path(named))
        return folder
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    raise CorpusNotFound(None)
