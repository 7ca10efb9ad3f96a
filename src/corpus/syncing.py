"""How does the index keep up with the store? It asks for what changed since it last looked.

The store commits first, the index after it, so that a kill between the two leaves an
index that is behind, never one that knows more. A writer completes it before anything
else is answered; a reader answers from what the index holds and says how much is
pending. What cannot be trusted (damaged, of another store, ahead of the store) a writer
makes anew, and a reader refuses.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Literal, Protocol

from corpus.errors import CorpusDamaged
from corpus.index.protocol import Change, Index, IndexStatus
from corpus.results import IndexState, Progress
from corpus.store import Store

MENDING = "run: corpus index rebuild"

Watch = Callable[[Progress], object] | None


class Apply(Protocol):
    """`Index.apply`, or the same with the old index left out."""

    def __call__(
        self,
        changes: Iterable[Change],
        *,
        store: str,
        seq: int,
        progress: Callable[[int], object] | None = None,
        memory: int | None = None,
    ) -> None: ...


class IndexRoom:
    """The index folder of one open corpus; `notices` is told what was mended."""

    def __init__(
        self, folder: Path, store: Store, notices: list[str], mode: Literal["r", "w"]
    ) -> None:
        self.folder = folder
        self._store, self._notices, self._mode = store, notices, mode
        self._index: Index | None = None

    def close(self) -> None:
        """Release the index's files."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def open(self) -> Index:
        """The index as it stands, of whatever store. Raises CorpusDamaged."""
        if self._index is None:
            # numpy and Whoosh take 100 ms to import: only for those who search.
            from corpus.index.engine import open_index

            try:
                self._index = open_index(self.folder)
            except CorpusDamaged as error:
                raise _with_mending(error) from error
        return self._index

    def ready(self) -> tuple[Index, int]:
        """The index to answer from, and how many articles changed since it was made.

        Raises CorpusDamaged to readers where it cannot be trusted.
        """
        if self._mode == "w":
            self.catch_up()
        index = self.open()
        state = index.status()
        # One statement for nearly every search: they take 10 microseconds each.
        return index, 0 if self._trust(state) == state.seq else self._store.change_count(state.seq)

    def _trust(self, state: IndexStatus) -> int:
        """The store's last change, where the index is of this store and not ahead of it."""
        seq = self._store.seq
        if state.store is not None and state.store != self._store.store_id:
            raise CorpusDamaged(self.folder, f"this is the index of another store; {MENDING}")
        if state.seq > seq:
            what = "the index is ahead of the store, which must be an older copy"
            raise CorpusDamaged(self.folder, f"{what}; {MENDING}")
        return seq

    def catch_up(self, progress: Watch = None, *, memory: int | None = None) -> int:
        """Bring in what changed, or make the index anew where it cannot be trusted.

        `memory` is that of `Index.apply`. Gives the number of changes brought in; for a
        writer only.
        """
        try:
            index = self.open()
            self._trust(index.status())
            return self._apply(index, progress, memory)
        except CorpusDamaged as error:
            if error.path == self._store.path:
                raise
            what = error.what.removesuffix(f"; {MENDING}")
            number = self.rebuild(progress, memory=memory)
            self._notices.append(f"the index was rebuilt from the store: {what}")
            return number

    def rebuild(self, progress: Watch = None, *, memory: int | None = None) -> int:
        """Make the index anew; gives the number of articles in it. For a writer only.

        Readers keep the old one until the new one is committed, unless it is too damaged
        to be opened.
        """
        from corpus.index.engine import destroy, open_index

        self.close()
        try:
            index = open_index(self.folder)
        except CorpusDamaged:
            destroy(self.folder)
            index = open_index(self.folder)
        return self._bring(partial(index.apply, rebuild=True), index, 0, progress, memory)

    def _apply(self, index: Index, progress: Watch, memory: int | None) -> int:
        since, seq = index.status().seq, self._store.seq
        if since == seq and index.status().store is not None:
            return 0
        if not seq:
            return 0
        return self._bring(index.apply, index, since, progress, memory)

    def _bring(
        self, apply: Apply, index: Index, since: int, progress: Watch, memory: int | None
    ) -> int:
        seq, total = self._store.seq, self._store.change_count(since)
        started = time.monotonic()

        def show(done: int) -> None:
            if progress is not None:
                seconds = time.monotonic() - started
                progress(Progress("index", done, total, seconds=seconds))

        show(0)
        changes = self._store.changes(since)
        apply(changes, store=self._store.store_id, seq=seq, progress=show, memory=memory)
        show(total)
        # Readers see one snapshot until they are opened anew, and this one is the old one.
        index.close()
        self._index = None
        return total

    def state(self) -> IndexState:
        """How the index stands; damage is an answer here."""
        try:
            index = self.open()
        except CorpusDamaged as error:
            seq = self._store.seq
            pending = self._store.change_count(0)
            return IndexState("damaged", 0, 0, seq, pending, 0, _size(self.folder), str(error))
        held = index.status()
        problem = None
        state: Literal["current", "behind", "empty", "foreign", "ahead", "damaged"]
        try:
            self._trust(held)
        except CorpusDamaged as error:
            foreign = held.store is not None and held.store != self._store.store_id
            state, problem = ("foreign" if foreign else "ahead"), str(error)
            pending = self._store.change_count(0)
        else:
            pending = self._store.change_count(held.seq)
            state = "behind" if pending else "current"
            if held.store is None:
                state = "empty"
        return IndexState(
            state=state,
            articles=held.articles,
            seq=held.seq,
            store_seq=self._store.seq,
            pending=pending,
            segments=held.segments,
            bytes=held.bytes,
            problem=problem,
        )


def _with_mending(error: CorpusDamaged) -> CorpusDamaged:
    if "corpus index rebuild" in error.what:
        return error
    return CorpusDamaged(error.path, f"{error.what}; {MENDING}")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
