"""Reads directories, ZIP and tar files, pages, texts and JSON Lines, one entry at a time and nothing on disk."""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from service.archive.items import BatchError, Damaged, Entry, Failure, Ignored, Item, Reading
from service.archive.lines import read_jsonl
from service.archive.streams import CountedFile, Tail, gunzip, open_stream

_PAGES = {".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl"}
_READABLE = "a directory, .html, .htm, .txt, .jsonl (each also .gz), .zip, .tar, .tar.gz, .tgz, .warc or .warc.gz"
_TAR_BLOCK = 512  # tar's unit: read by it, a file that is cut off gives all it has; two empty ones end a file


def check_sources(sources: list[Path], out: Path) -> None:
    """Raises `BatchError` for a source that is not there, of no known kind or around `out`, before any work is done."""
    if not sources:
        raise BatchError("no source given")
    for source in sources:
        if not source.exists():
            raise BatchError(f"{source}: no such file or directory")
        if source.is_dir() and out.resolve().is_relative_to(source.resolve()):
            raise BatchError(f"{out}: lies inside the source {source}, and would be read as part of it")
        if not source.is_dir() and _kind(source.name) is None:
            raise BatchError(f"{source}: not something that batch reads; it reads {_READABLE}")
        if _kind(source.name) == "warc":
            from service.archive.warc import require_fastwarc

            require_fastwarc()


def count_bytes(sources: list[Path]) -> int:
    """The size of all that will be read, for the time left."""
    files = (path for source in sources for path in _files(source) if isinstance(path, Path))
    return sum(path.stat().st_size for path in files if _kind(path.name) and path.is_file())


def read_source(source: Path, reading: Reading) -> Iterator[Entry]:
    """Every article of the source, in a fixed order; what cannot be read is a `Failure`, and the rest goes on."""
    for path in _files(source):
        if isinstance(path, Failure):
            yield path
        elif _kind(path.name) is None:
            yield Ignored(str(path))
        elif source.is_dir() and not path.resolve().is_relative_to(source.resolve()):
            yield Failure(str(path), "read", "a link that leads out of the directory")
        elif not path.is_file():
            yield Failure(str(path), "read", "not a file that can be read")
        else:
            yield from _read_file(path, reading)


def _files(source: Path) -> Iterator[Path | Failure]:
    """The source itself or all files below it in a fixed order, and folders that cannot be opened."""
    if not source.is_dir():
        yield source
        return
    closed: list[OSError] = []
    for folder, folders, names in os.walk(source, onerror=closed.append):
        folders.sort()
        yield from (Path(folder) / name for name in sorted(names))
    yield from (Failure(str(error.filename), "read", error.strerror or str(error)) for error in closed)


def _read_file(path: Path, reading: Reading) -> Iterator[Entry]:
    try:
        kind = _kind(path.name)
        if kind == "zip":
            yield from _read_zip(path, reading)
        elif kind == "tar":
            yield from _read_tar(path, reading)
        elif kind == "warc":
            from service.archive.warc import read_warc

            yield from read_warc(path, reading)
        else:
            with open_stream(path, reading) as stream:
                yield from _read_entry(str(path), stream, reading, unpacked=True)
    except (Damaged, OSError, zipfile.BadZipFile, tarfile.TarError, zlib.error) as error:
        yield Failure(str(path), "read", str(error) or type(error).__name__)


def _kind(name: str) -> str | None:
    name = name.lower()
    if name.endswith((".tar", ".tar.gz", ".tgz")):
        return "tar"
    if name.endswith((".warc", ".warc.gz")):
        return "warc"
    if name.endswith(".zip"):
        return "zip"
    return _PAGES.get(PurePosixPath(name.removesuffix(".gz")).suffix)


def _read_entry(name: str, stream: BinaryIO, reading: Reading, *, unpacked: bool = False) -> Iterator[Entry]:
    """A page, a text or JSON Lines, from a file or from inside an archive."""
    if name.lower().endswith(".gz") and not unpacked:
        stream = gunzip(stream, reading.limits)
    kind = _kind(name)
    if kind == "jsonl":
        yield from read_jsonl(name, stream, reading)
        return
    content = stream.read(reading.limits.page_bytes + 1)
    if len(content) > reading.limits.page_bytes:
        yield Failure(name, "read", f"larger than {reading.limits.page_bytes:,} bytes")
    elif kind == "html":
        yield Item(name, "html", content, to=reading.to)
    else:
        yield _text_item(name, content, reading)


def _text_item(name: str, content: bytes, reading: Reading) -> Entry:
    try:
        return Item(name, "text", content.decode("utf-8-sig").encode(), to=reading.to)
    except UnicodeDecodeError as error:
        return Failure(name, "read", f"not UTF-8 text (byte {error.start})")


def _refuse(name: str, number: int, reading: Reading) -> str | None:
    """Why an entry of an archive is not read, or None."""
    if number > reading.limits.entries:
        raise Damaged(f"more than {reading.limits.entries:,} entries")
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in name[:2]:
        return "its path leads out of the archive"
    return None


def _read_zip(path: Path, reading: Reading) -> Iterator[Entry]:
    with io.BufferedReader(CountedFile(path, reading)) as raw, zipfile.ZipFile(raw) as archive:
        for number, info in enumerate(archive.infolist(), 1):
            name = f"{path}#{info.filename}"
            if reason := _refuse(info.filename, number, reading):
                yield Failure(name, "read", reason)
            elif _kind(info.filename) not in _PAGES.values():
                yield Ignored(name)
            elif _is_bomb(info, reading):
                yield Failure(name, "read", f"unpacks to more than {reading.limits.ratio} times its size")
            else:
                yield from _read_member(name, archive, info, reading)


def _is_bomb(info: zipfile.ZipInfo, reading: Reading) -> bool:
    # zipfile never gives out more than the declared size, so that the declared ratio is the real one
    limits = reading.limits
    return info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1)


def _read_member(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, reading: Reading) -> Iterator[Entry]:
    try:
        with archive.open(info) as stream:
            yield from _read_entry(name, stream, reading)  # type: ignore[arg-type]
    except (Damaged, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        yield Failure(name, "read", str(error) or type(error).__name__)


def _read_tar(path: Path, reading: Reading) -> Iterator[Entry]:
    with open_stream(path, reading) as stream:
        tail = Tail(stream)
        with tarfile.open(fileobj=tail, mode="r|", bufsize=_TAR_BLOCK) as archive:
            number = 0
            while (member := archive.next()) is not None:
                number += 1
                archive.members.clear()  # type: ignore[attr-defined]  # they would pile up: memory has to stay constant
                yield from _read_tar_member(f"{path}#{member.name}", number, archive, member, reading)
        if tail.last.strip(b"\0"):
            raise Damaged("the file ends early: it has no end-of-archive mark")
        while stream.read(_TAR_BLOCK):  # padding; read on so that a broken end of the gzip data shows
            pass


def _read_tar_member(
    name: str, number: int, archive: tarfile.TarFile, member: tarfile.TarInfo, reading: Reading
) -> Iterator[Entry]:
    if reason := _refuse(member.name, number, reading):
        yield Failure(name, "read", reason)
    elif not member.isfile() or _kind(member.name) not in _PAGES.values():
        yield Ignored(name)
    else:
        content = archive.extractfile(member)
        assert content is not None  # only links and folders give None
        yield from _read_entry(name, content, reading)  # type: ignore[arg-type]
