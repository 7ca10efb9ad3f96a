"""`python -m corpus` is the command `corpus`."""

from __future__ import annotations

from corpus.cli import main

if __name__ == "__main__":
    main(prog_name="corpus")
