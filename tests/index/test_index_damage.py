"""Does a damaged or foreign index ever give anything but a clear error that a rebuild mends?"""

from __future__ import annotations

import os
import pickle
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from indexing import article, build_index, some_articles

from corpus.errors import CorpusDamaged, CorpusError
from corpus.index import arrays, toc, writer
from corpus.index.engine import destroy, open_index
from corpus.index.protocol import Change, Request


def noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def truncate(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def zero_a_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(arrays._HEADER_ROOM)
        file.write(bytes(64))


def flip_a_bit_at_the_end(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-30] ^= 1
    path.write_bytes(data)


def remove(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("pattern", ["*.arrays", "*.toc"])
@pytest.mark.parametrize(
    "harm", [noise, truncate, empty, zero_a_page, flip_a_bit_at_the_end, remove]
)
def test_damage_is_named_and_a_rebuild_mends_it(
    tmp_path: Path, pattern: str, harm: Callable[[Path], None]
) -> None:
    articles = some_articles(60)
    changes = [Change(number, one) for number, one in enumerate(articles, 1)]
    before = build_index(tmp_path / "index", articles).search(Request("가"), limit=None)
    [path] = (tmp_path / "index").glob(pattern)
    harm(path)
    with pytest.raises(CorpusDamaged, match="corpus index rebuild") as caught:
        open_index(tmp_path / "index")
    assert str(tmp_path / "index") in str(caught.value.path)
    writer.apply(tmp_path / "index", changes, store="a store", seq=1, rebuild=True)
    assert open_index(tmp_path / "index").search(Request("가"), limit=None) == before


def test_swapped_segment_files_are_noticed(tmp_path: Path) -> None:
    build_index(tmp_path / "one", some_articles(30, seed=1))
    build_index(tmp_path / "two", some_articles(30, seed=2))
    [mine] = (tmp_path / "one").glob("*.arrays")
    [other] = (tmp_path / "two").glob("*.arrays")
    shutil.copyfile(other, mine)
    with pytest.raises(CorpusDamaged):
        open_index(tmp_path / "one")


def test_a_segment_file_in_the_place_of_another_of_its_size_is_noticed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_index(tmp_path / name, [article(name, body=f"가나다 {name}")])
    [mine] = (tmp_path / "one").glob("*.arrays")
    [other] = (tmp_path / "two").glob("*.arrays")
    assert mine.stat().st_size == other.stat().st_size
    times = mine.stat()
    shutil.copyfile(other, mine)
    os.utime(mine, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(CorpusDamaged, match="of another segment"):
        open_index(tmp_path / "one")


def test_an_index_copied_without_its_times_is_read_whole_and_trusted(tmp_path: Path) -> None:
    index = build_index(tmp_path / "index", some_articles(30))
    shutil.copytree(tmp_path / "index", tmp_path / "copy", copy_function=shutil.copyfile)
    copy = open_index(tmp_path / "copy")
    assert copy.search(Request("가"), limit=None) == index.search(Request("가"), limit=None)
    assert copy.check() == []


def test_check_finds_a_flipped_bit_behind_an_unchanged_time(tmp_path: Path) -> None:
    build_index(tmp_path / "index", some_articles(30))
    [path] = (tmp_path / "index").glob("*.arrays")
    times = path.stat()
    flip_a_bit_at_the_end(path)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert len(open_index(tmp_path / "index").check()) == 1


def test_an_index_of_another_store_is_refused(tmp_path: Path) -> None:
    index = build_index(tmp_path, some_articles(3))
    with pytest.raises(CorpusDamaged, match="another store"):
        index.apply([], store="another", seq=5)


def test_no_pickle_of_an_index_is_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_index(tmp_path, some_articles(3))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a pickle was loaded")

    monkeypatch.setattr(pickle, "loads", refuse)
    monkeypatch.setattr(pickle, "load", refuse)
    monkeypatch.setattr(pickle, "Unpickler", refuse)
    assert open_index(tmp_path).status().articles == 3
    build_index(tmp_path, some_articles(3)[:1])


def test_an_index_rewritten_by_another_program_is_noticed(tmp_path: Path) -> None:
    from whoosh import fields, index

    build_index(tmp_path, some_articles(3))
    (tmp_path / "foreign").mkdir()
    index.create_in(str(tmp_path / "foreign"), fields.Schema(a=fields.ID))
    [table] = (tmp_path / "foreign").glob("*.toc")
    newer = (toc.latest(tmp_path) or 0) + 1
    shutil.copyfile(table, tmp_path / f"_MAIN_{newer}.toc")
    with pytest.raises(CorpusDamaged, match="another program"):
        open_index(tmp_path)


def test_a_missing_folder_is_an_empty_index_and_destroy_makes_one(tmp_path: Path) -> None:
    assert open_index(tmp_path / "none").status().articles == 0
    index = build_index(tmp_path / "index", some_articles(3))
    index.close()
    destroy(tmp_path / "index")
    assert open_index(tmp_path / "index").search(Request("가")).total == 0


def test_random_bytes_never_give_anything_but_a_clear_error(tmp_path: Path) -> None:
    build_index(tmp_path, some_articles(20))
    files = [*tmp_path.glob("*.arrays"), *tmp_path.glob("*.toc")]
    draw = random.Random(3)
    for _ in range(60):
        path = draw.choice(files)
        before, times = path.read_bytes(), path.stat()
        data = bytearray(before)
        for _ in range(draw.randrange(1, 4)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        path.write_bytes(data)
        try:
            assert open_index(tmp_path).search(Request("가")).total >= 0
            assert bytes(data) == before or path.suffix == ".arrays"
        except CorpusError:
            pass
        path.write_bytes(before)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
