"""What is in this archive? Its members, one after another, read where they stand.

Nothing is unpacked to disk, so no name can lead anywhere; a name that tries to is
rejected all the same, as links, devices and encrypted members are, each by its name.
The list of a zip archive stands at its end: one that cannot be read backwards (standard
input, an archive inside another) is first copied as it is, still packed.
"""

from __future__ import annotations

import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import PurePosixPath
from typing import IO

from corpus.errors import ArticleRejected
from corpus.ingest.flow import Flow
from corpus.ingest.limits import MOST_BYTES, MOST_HEADER, MOST_LISTED, megabytes

Members = Iterator[tuple[str, Flow] | ArticleRejected]

_END = struct.Struct("<4s4H2LH")  # of a zip archive: how long its list is, and where
_LONGEST_END = _END.size + 0xFFFF
_ENCRYPTED = 0x1
_UTF8 = 0x800
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
_OFFICE = ("[Content_Types].xml", "mimetype")


def members_of(flow: Flow, form: str, origin: str) -> Members:
    """Every member of a zip or tar archive: its name, and its stream until the next is asked for.

    Folders and hidden files are passed over, as on disk. Every other member that is no
    plain file is an ArticleRejected at `origin!/name`.
    """
    yield from (_zipped if form == "zip" else _taped)(flow, origin)


def _zipped(flow: Flow, origin: str) -> Members:
    try:
        with _seekable(flow, origin) as file, zipfile.ZipFile(_listed(file, origin)) as archive:
            names = {info.filename for info in archive.infolist()}
            if not names.isdisjoint(_OFFICE):
                raise ArticleRejected(
                    origin,
                    None,
                    "an office document (docx, xlsx, hwpx, epub, …), which is not read; "
                    "save a table as CSV, a text as plain text",
                )
            for info in archive.infolist():
                name = _name(info)
                if info.is_dir() or _is_hidden(name):
                    continue
                place = f"{origin}!/{name}"
                said = _refused(name, stat.S_IFMT(info.external_attr >> 16))
                if info.flag_bits & _ENCRYPTED:
                    said = "encrypted; unpack it with its password and take in what comes out"
                if said:
                    yield ArticleRejected(place, None, said)
                    continue
                try:
                    member = archive.open(info)
                except _ZIP_FAULTS as error:
                    yield ArticleRejected(place, None, f"cannot be unpacked: {error}")
                    continue
                with member:
                    yield name, flow.inner(member.read, *_ZIP_FAULTS)
    except zipfile.BadZipFile as error:
        reason = flow.cut or f"a zip archive that is damaged or cut off: {error}"
        yield ArticleRejected(origin, None, reason)
    except ArticleRejected as error:
        yield error


def _seekable(flow: Flow, origin: str) -> AbstractContextManager[IO[bytes]]:
    """The archive's bytes as they are, in a file that can be read backwards."""
    if flow.file.seekable():
        return nullcontext(flow.file)
    file = tempfile.SpooledTemporaryFile(max_size=MOST_BYTES)  # noqa: SIM115 - the caller's with
    while data := flow.file.read(1 << 20):
        file.write(data)
    if flow.cut:
        file.close()
        raise ArticleRejected(origin, None, flow.cut)
    file.seek(0)
    return file


def _listed(file: IO[bytes], origin: str) -> IO[bytes]:
    """The file again, once its list of members is known to be short enough to be held."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read(_LONGEST_END)
    at = tail.rfind(b"PK\x05\x06")
    length = 0
    if at >= 0 and len(tail) >= at + _END.size:
        length = _END.unpack_from(tail, at)[5]
        if length == 0xFFFFFFFF:  # zip64: everything between the members and here
            length = size // 8  # a list of this share has members of no bytes
    if length > MOST_LISTED:
        reason = f"a zip archive whose list of members is longer than {megabytes(MOST_LISTED)}"
        raise ArticleRejected(origin, None, reason)
    file.seek(0)
    return file


def _name(info: zipfile.ZipInfo) -> str:
    """The member's name; zips made on Korean Windows have it in CP949 and say nothing."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for codec in ("utf-8", "cp949"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return info.filename


def _taped(flow: Flow, origin: str) -> Members:
    try:
        with tarfile.open(fileobj=flow.file, mode="r|", tarinfo=_Header, errors="replace") as tar:
            while (info := tar.next()) is not None:
                tar.members.clear()  # type: ignore[attr-defined]  # it remembers all, a kilobyte each
                if info.isdir() or _is_hidden(info.name):
                    continue
                place = f"{origin}!/{info.name}"
                said = _refused(info.name, 0) or _no_file(info)
                if said:
                    yield ArticleRejected(place, None, said)
                    continue
                member = tar.extractfile(info)
                if member is not None:
                    yield info.name, flow.inner(member.read, tarfile.TarError, OSError)
    except (tarfile.TarError, OSError, EOFError, ValueError, OverflowError) as error:
        reason = flow.cut or f"a tar archive that is damaged or cut off from here on: {error}"
        yield ArticleRejected(origin, None, reason)
        return
    if flow.cut:
        yield ArticleRejected(origin, None, flow.cut)


class _Header(tarfile.TarInfo):
    """A member's header, whose extra records and long names are held only where they are short."""

    def _proc_member(self, tar: tarfile.TarFile) -> tarfile.TarInfo:
        plain = self.isreg() or self.isdir() or self.islnk() or self.issym() or self.isdev()
        if not plain and self.size > MOST_HEADER:
            raise tarfile.ReadError(f"a header of more than {megabytes(MOST_HEADER)}")
        return super()._proc_member(tar)  # type: ignore[misc,no-any-return]  # documented, not typed


def _no_file(info: tarfile.TarInfo) -> str | None:
    if info.issym():
        return f"a symbolic link (to {info.linkname}), which is not followed"
    if info.islnk():
        return f"a hard link (to {info.linkname}), which is not followed"
    if info.issparse():
        return "a sparse file, which may be of any size; pack it without holes"
    if info.ischr() or info.isblk():
        return "a device, not a file"
    if info.isfifo():
        return "a named pipe, not a file"
    return None if info.isreg() else "not a plain file"


def _refused(name: str, mode: int) -> str | None:
    if mode == stat.S_IFLNK:
        return "a symbolic link, which is not followed"
    if mode and mode != stat.S_IFREG:
        return "not a plain file"
    path = PurePosixPath(name.replace("\\", "/"))
    if ".." in path.parts or path.is_absolute() or name[1:3] in (":\\", ":/") or "\0" in name:
        return "its name leads out of the archive; rename it if it is an article"
    return None


def _is_hidden(name: str) -> bool:
    """What archivers add and folders hide: .DS_Store, __MACOSX/, .git/."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part[:1] == "." and part not in (".", "..") for part in parts) or (
        parts[:1] == ("__MACOSX",)
    )
