"""Is every container read where it stands, and is nothing in it followed, swallowed or believed?"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from ingest_inputs import BODY, TEXT, Read, given, page, record

from corpus.ingest import archives, flow, limits
from corpus.ingest.sources import read

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def taped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            raw = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return out.getvalue()


LINES = f"{record(id='1')}\n{record(id='2')}\n".encode()
MEMBERS: dict[str, str | bytes] = {
    "2021/b.html": page("하나"),
    "2021/a.txt": TEXT,
    "r.jsonl": LINES,
    "t.csv": f"제목,본문\n넷,{BODY.splitlines()[0]}\n",
}


@pytest.mark.parametrize("packer", PACKERS)
def test_a_compressed_file_is_read_as_what_is_in_it(tmp_path: Path, packer: str) -> None:
    read = given(tmp_path, "a.dat", PACKERS[packer](LINES))
    assert [article.id for article in read.articles] == ["1", "2"]
    assert [found.line for found in read.found] == [1, 2]
    assert read.places == ["a.dat", "a.dat"]
    assert given(tmp_path, "b.dat", PACKERS[packer](page().encode())).articles[0].body == BODY


@pytest.mark.parametrize("packer", PACKERS)
def test_compressed_parts_one_after_another_are_one_file(tmp_path: Path, packer: str) -> None:
    pack = PACKERS[packer]
    data = pack(LINES[:30]) + pack(b"") + pack(LINES[30:])
    assert len(given(tmp_path, "a.dat", data).articles) == 2


@pytest.mark.parametrize("archive", [zipped(**MEMBERS), taped(**MEMBERS)], ids=["zip", "tar"])
def test_members_are_read_in_the_order_of_the_archive_by_their_content(
    tmp_path: Path, archive: bytes
) -> None:
    read = given(tmp_path, "a.dat", archive)
    assert read.rejects == []
    assert read.titles == ["하나", "다리", "다리", "다리", "넷"]
    assert [article.origin for article in read.articles] == [
        f"{tmp_path}/a.dat!/{name}"
        for name in ("2021/b.html", "2021/a.txt", "r.jsonl", "r.jsonl", "t.csv")
    ]
    assert [found.line for found in read.found] == [None, None, 1, 2, 2]


def test_archives_in_archives_are_read_to_a_bounded_depth(tmp_path: Path) -> None:
    inner = zipped(**{"c.jsonl.gz": gzip.compress(LINES)})
    deep = given(tmp_path, "a.tar.gz", gzip.compress(taped(**{"b.zip": inner})))
    assert deep.rejects == []
    assert [article.origin for article in deep.articles] == [
        f"{tmp_path}/a.tar.gz!/b.zip!/c.jsonl.gz"
    ] * 2
    deeper = given(tmp_path, "a.zip", zipped(**{"a.tar.gz": gzip.compress(taped(b=inner))}))
    assert deeper.articles == []
    assert f"more than {limits.MOST_DEPTH} deep" in deeper.rejects[0].reason


def test_a_zip_without_an_end_of_its_own_is_read_from_standard_input() -> None:
    class Pipe(io.RawIOBase):
        """Standard input: it can be read, and nothing else."""

        def __init__(self, data: bytes) -> None:
            self._data = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            return self._data.read(min(size, 7) if size > 0 else size)

    found = list(read(["-"], stdin=Pipe(zipped(a=TEXT, b=TEXT))))  # type: ignore[arg-type]
    assert [each.article.origin for each in found] == ["-!/a", "-!/b"]  # type: ignore[union-attr]


def test_names_of_members_made_on_korean_windows_are_readable(tmp_path: Path) -> None:
    raw = zipped(xxxx=TEXT).replace(b"xxxx", "기사".encode("cp949"))
    assert given(tmp_path, "a.zip", raw).places == ["기사"]


def test_hidden_members_and_folders_are_passed_over_as_on_disk(tmp_path: Path) -> None:
    members = {"__MACOSX/._a": b"x", ".DS_Store": b"x", "d/": b"", "d/a.txt": TEXT}
    assert given(tmp_path, "a.zip", zipped(**members)).places == ["a.txt"]
    assert given(tmp_path, "a.tar", taped(**{"._a": b"x", "a.txt": TEXT})).places == ["a.txt"]


# ------------------------------------------------------------------------------ bombs

# Empty lines are passed over one by one, so that only the ratio can stop them.
BOMB = LINES + b"\n" * (8 << 20)


@pytest.mark.parametrize("packer", PACKERS)
def test_a_compressed_bomb_is_stopped_at_the_ratio_that_is_named(
    tmp_path: Path, packer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "FREE_BYTES", 1 << 20)
    read = given(tmp_path, "a.dat", PACKERS[packer](BOMB))
    assert len(read.articles) == 2
    assert f"{limits.MOST_RATIO} times" in read.rejects[0].reason
    assert "1 MB" in read.rejects[0].reason


@pytest.mark.parametrize(
    "pack", [zipped, lambda **m: gzip.compress(taped(**m))], ids=["zip", "tgz"]
)
def test_a_bomb_in_an_archive_is_stopped_and_named(
    tmp_path: Path, pack: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "FREE_BYTES", 1 << 20)
    read = given(tmp_path, "a.dat", pack(good=TEXT, bomb=BOMB))
    assert len(read.articles) == 3
    assert any("bomb" in reject.reason for reject in read.rejects)


def test_a_page_that_unpacks_to_more_than_a_page_is_rejected(tmp_path: Path) -> None:
    data = gzip.compress(b"<html><body>" + b"\0" * (limits.MOST_BYTES + 10))
    (reject,) = given(tmp_path, "a.gz", data).rejects
    assert "64 MB" in reject.reason or "300 times" in reject.reason


def test_many_bombs_of_one_kernel_share_one_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "FREE_BYTES", 1 << 20)
    monkeypatch.setattr(flow, "MOST_RATIO", 10)
    members: dict[str, str | bytes] = {f"m{n:02}": BOMB[: 1 << 18] for n in range(12)}
    read = given(tmp_path, "a.zip", zipped(**members))
    bombs = [Path(reject.origin).name for reject in read.rejects if "bomb" in reject.reason]
    assert bombs
    assert bombs == list(members)[-len(bombs) :]
    assert len(bombs) > 4


def test_a_list_of_members_that_is_too_long_to_be_held_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_LISTED", 1000)
    many = zipped(**{f"member-{number}": TEXT for number in range(40)})
    assert "list of members" in given(tmp_path, "a.zip", many).rejects[0].reason


# ------------------------------------------------------- what is named and never followed


def test_names_that_lead_out_of_the_archive_are_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT.replace("다리", "비밀"), encoding="utf-8")
    names = [
        "../secret.txt",
        "/etc/passwd",
        "a/../../secret.txt",
        "C:\\secret.txt",
        "..\\secret.txt",
    ]
    members: dict[str, str | bytes] = dict.fromkeys(names, TEXT)
    for data in (zipped(**members), taped(**members)):
        read = given(tmp_path, "a.dat", data)
        assert read.articles == []
        assert [reject.origin for reject in read.rejects] == [
            f"{tmp_path}/a.dat!/{name}" for name in names
        ]
        assert all("leads out of the archive" in reject.reason for reject in read.rejects)


def test_links_devices_and_pipes_in_a_tar_are_named(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT, encoding="utf-8")
    out = io.BytesIO()
    kinds = {
        "soft": (tarfile.SYMTYPE, "symbolic link (to ../secret.txt)"),
        "hard": (tarfile.LNKTYPE, "hard link (to ../secret.txt)"),
        "character": (tarfile.CHRTYPE, "device"),
        "block": (tarfile.BLKTYPE, "device"),
        "fifo": (tarfile.FIFOTYPE, "named pipe"),
    }
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, (kind, _) in kinds.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "../secret.txt"
            archive.addfile(info)
        info = tarfile.TarInfo("last.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    read = given(tmp_path, "a.tar", out.getvalue())
    assert read.places == ["last.txt"]
    assert [Path(reject.origin).name for reject in read.rejects] == list(kinds)
    for reject, (_, part) in zip(read.rejects, kinds.values(), strict=True):
        assert part in reject.reason


def test_a_symbolic_link_in_a_zip_is_named(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a.txt", TEXT)
    read = given(tmp_path, "a.zip", out.getvalue())
    assert read.places == ["a.txt"]
    assert "symbolic link" in read.rejects[0].reason


def test_a_sparse_member_is_named_and_not_blown_up(tmp_path: Path) -> None:
    header = bytearray(tarfile.TarInfo("holes").tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[483:495] = b"%011o\0" % (1 << 32)  # 4 GB, none of them there
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    data = bytes(header) + bytes(1024)
    (reject,) = given(tmp_path, "a.tar", data).rejects
    assert "sparse" in reject.reason


def test_a_long_header_of_a_member_is_not_held(tmp_path: Path) -> None:
    info = tarfile.TarInfo("././@PaxHeader")
    info.type, info.size = tarfile.XHDTYPE, 1 << 30
    read = given(tmp_path, "a.tar", info.tobuf(tarfile.USTAR_FORMAT) + bytes(4096))
    assert "a header of more than 1 MB" in read.rejects[0].reason


def test_an_encrypted_member_is_named_with_what_to_do(tmp_path: Path) -> None:
    data = bytearray(zipped(**{"a.txt": TEXT, "b.txt": TEXT}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        data[place] |= 1
    read = given(tmp_path, "a.zip", bytes(data))
    assert read.places == ["b.txt"]
    assert "encrypted" in read.rejects[0].reason


def test_office_documents_are_no_archives_of_articles(tmp_path: Path) -> None:
    data = zipped(**{"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"})
    (reject,) = given(tmp_path, "result.xlsx", data).rejects
    assert "CSV" in reject.reason


# ------------------------------------------------------------------------ cut and damaged


@pytest.mark.parametrize("packer", PACKERS)
def test_what_came_before_a_cut_is_kept_and_the_cut_is_a_reject(
    tmp_path: Path, packer: str
) -> None:
    import random

    choose = random.Random(1)
    syllables = [chr(code) for code in range(0xAC00, 0xD7A3)]
    bodies = ["".join(choose.choices(syllables, k=2000)) for _ in range(400)]
    lines = "".join(f"{record(id=str(n), body=body)}\n" for n, body in enumerate(bodies)).encode()
    packed = PACKERS[packer](lines)
    read = given(tmp_path, "a.dat", packed[: len(packed) * 2 // 3])
    assert [article.id for article in read.articles] == [str(n) for n in range(len(read.articles))]
    # bzip2 works in blocks of 900 kB, of which only whole ones can be read.
    assert len(read.articles) > (90 if packer == "bz2" else 200)
    assert len(read.rejects) == 1
    assert "cut off" in read.rejects[0].reason


@pytest.mark.parametrize("packer", PACKERS)
@pytest.mark.parametrize("content", [page().encode(), TEXT.encode()], ids=["page", "text"])
def test_a_page_that_is_cut_off_is_never_taken_for_a_whole_one(
    tmp_path: Path, packer: str, content: bytes
) -> None:
    packed = PACKERS[packer](content)
    for size in range(12, len(packed), 23):
        read = given(tmp_path, "a.dat", packed[:size])
        assert read.articles == []
        assert len(read.rejects) == 1


def test_damage_in_the_middle_of_a_compressed_file_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(LINES * 500, 1))
    packed[len(packed) // 2] ^= 0xFF
    read = given(tmp_path, "a.gz", bytes(packed))
    assert "damaged" in read.rejects[-1].reason


def test_a_tar_that_is_cut_keeps_the_members_before_the_cut(tmp_path: Path) -> None:
    data = taped(a=TEXT, b=TEXT, c=TEXT * 50)
    read = given(tmp_path, "a.tar", data[:3000])
    assert read.places == ["a", "b"]
    assert any("cut off" in reject.reason for reject in read.rejects)
    packed = given(tmp_path, "a.tgz", gzip.compress(data, 0)[:3100])
    assert packed.places[:2] == ["a", "b"]
    assert len(packed.articles) == 2
    assert packed.rejects


def test_a_zip_that_is_cut_or_has_a_wrong_checksum_is_named(tmp_path: Path) -> None:
    whole = zipped(a=TEXT, b=TEXT)
    assert "cut off" in given(tmp_path, "a.zip", whole[:-30]).rejects[0].reason
    broken = bytearray(whole)
    broken[whole.index(b"PK\x01\x02") + 16] ^= 0xFF  # the checksum of a
    read = given(tmp_path, "b.zip", bytes(broken))
    assert read.places == ["b"]
    assert "CRC" in read.rejects[0].reason


def test_a_zip_in_the_middle_of_a_cut_file_is_named(tmp_path: Path) -> None:
    packed = gzip.compress(zipped(a=TEXT))
    assert "cut off" in given(tmp_path, "a.gz", packed[:-20]).rejects[0].reason


def test_a_member_method_that_nobody_knows_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped(a=TEXT, b=TEXT))
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + 10, 99)
    struct.pack_into("<H", data, data.index(b"PK\x03\x04") + 8, 99)
    read = given(tmp_path, "a.zip", bytes(data))
    assert read.places == ["b"]
    assert "cannot be unpacked" in read.rejects[0].reason


def test_zeros_behind_the_end_of_a_gzip_file_are_padding(tmp_path: Path) -> None:
    assert given(tmp_path, "a.gz", gzip.compress(LINES) + bytes(1024)).rejects == []
    behind = given(tmp_path, "b.gz", gzip.compress(LINES) + b"something else")
    assert len(behind.articles) == 2
    assert len(behind.rejects) == 1


# ---------------------------------------------------------------------- places to read again


def test_a_place_inside_a_file_is_read_alone(tmp_path: Path) -> None:
    given(
        tmp_path,
        "a.zip",
        zipped(**{"x/b.txt": TEXT, "x/c.json": f"[{record()},{record(title='둘')}]"}),
    )
    assert Read(tmp_path / "a.zip!/x/b.txt").places == ["b.txt"]
    again = Read(tmp_path / "a.zip!/x/c.json@2", tmp_path / "a.zip!/x/b.txt")
    assert again.places == ["b.txt", "c.json@2"]
    (tmp_path / "odd@2").write_text(TEXT, encoding="utf-8")
    assert Read(tmp_path / "odd@2").places == ["odd@2"]
    assert "no such file" in Read(tmp_path / "none.zip!/b").rejects[0].reason
