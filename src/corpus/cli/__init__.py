"""How do people ask the corpus from a shell? `corpus COMMAND`, one file per command.

A command parses, makes one call of the public API and prints: data on stdout,
everything else on stderr. Only the command group (group.py) turns errors into exit
codes. What a command does not need is not imported: a search starts in a fraction of
the time that an HTML parser takes to load.
"""

from __future__ import annotations

import os

# NumPy's BLAS starts a thread for every processor while it is imported, which takes 15-40 ms;
# a command has one small matrix to multiply.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from corpus.cli.group import main

__all__ = ["main"]
