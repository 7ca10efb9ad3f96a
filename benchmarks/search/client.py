"""How does the run speak with an engine? With a worker process in the engine's own Python."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

WORKER = Path(__file__).with_name("worker.py")


class WorkerFailed(Exception):
    """The process ended; the message is the last line that it said."""


class Client:
    """A worker; a context manager that ends it."""

    def __init__(self, engine: str, folder: Path, python: str, core: int | None) -> None:
        self.engine = engine
        command = [python, str(WORKER), engine, str(folder)]
        if core is not None:
            command += ["--core", str(core)]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.modes: tuple[str, ...] = tuple(self.do("hello")["modes"])

    def do(self, command: str, **arguments: Any) -> dict[str, Any]:
        """The answer to one command. Raises WorkerFailed."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(json.dumps({"do": command, **arguments}) + "\n")
            stdin.flush()
            line = stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            _, said = self._process.communicate()
            raise WorkerFailed((said.strip().splitlines() or ["it said nothing"])[-1])
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, which: Sequence[int], mode: str) -> list[int]:
        """Nanoseconds of each of the queries."""
        spent: list[int] = self.do("ask", which=list(which), mode=mode)["nanoseconds"]
        return spent

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.communicate()
