"""Make the environment of the peers: `python benchmarks/search/peers.py [FOLDER]`.

Apart from ours, so that nothing of theirs is installed with the corpus. SQLite comes with
Python; Xapian has no wheel and comes from Debian's python3-xapian for the system's Python.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

FOLDER = Path(__file__).parents[2] / ".venv-peers"
PEERS = ("tantivy==0.27.0", "whoosh3==3.54.0")


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    venv.create(folder, with_pip=True)
    subprocess.run([python_of(folder), "-m", "pip", "install", "--quiet", *PEERS], check=True)
    print(f"{folder}: {', '.join(PEERS)}")
    missing = why_no_xapian()
    print(f"xapian: {missing}" if missing else f"xapian: {xapian_python()}")


def python_of(folder: Path) -> str:
    """The interpreter of a virtual environment."""
    return str(folder / "bin" / "python")


def xapian_python() -> str:
    """The interpreter that Debian's packages belong to."""
    return shutil.which("python3", path="/usr/bin") or "python3"


def why_no_xapian() -> str | None:
    """None where Xapian can be used."""
    command = [xapian_python(), "-c", "import xapian"]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return None
    return "skipped: python3-xapian is not installed (apt-get install python3-xapian)"


if __name__ == "__main__":
    main()
