"""Byte streams that count what they read and say when a file ends too early."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from service.archive.items import Damaged, Limits, Reading

_TAIL = 512  # tar's unit: an empty block of this size ends the file
_BLOCK = 1 << 16  # large enough that the calls cost nothing, small enough for constant memory


class CountedFile(io.FileIO):
    """A file that tells `reading.count` how many bytes were taken from it."""

    def __init__(self, path: Path, reading: Reading) -> None:
        super().__init__(path)
        self._count = reading.count

    def readinto(self, buffer: Any) -> int:
        size = super().readinto(buffer) or 0
        self._count(size)
        return size

    def readall(self) -> bytes:
        data = super().readall() or b""
        self._count(len(data))
        return data


class GzipReader(io.RawIOBase):
    """The content of a gzip file of one or many members.

    All that a damaged file still holds is given out before `Damaged` is raised: the standard
    library's reader drops the block in which the file ends, FastWARC's passes over the end in silence.
    """

    def __init__(self, raw: BinaryIO, limits: Limits) -> None:
        self._raw, self._limits = raw, limits
        self._member = zlib.decompressobj(wbits=31)
        self._rest = b""
        self._taken = self._given = 0

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Where the stream is: it can tell its place, and go nowhere else."""
        if (offset, whence) not in ((0, io.SEEK_CUR), (self._given, io.SEEK_SET)):
            raise io.UnsupportedOperation("seek")
        return self._given

    def readinto(self, buffer: Any) -> int:
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _next(self, size: int) -> bytes:
        while True:
            block = self._rest or self._raw.read(_BLOCK)
            if not block:
                return self._at_end(size)
            self._rest = b""
            data = self._inflate(block, size)
            if data:
                return data

    def _inflate(self, block: bytes, size: int) -> bytes:
        if self._member.eof:
            block = block.lstrip(b"\0")  # padding between or after members
            if not block:
                return b""
            self._member = zlib.decompressobj(wbits=31)
        try:
            data = self._member.decompress(block, size)
        except zlib.error as error:
            raise Damaged(f"the gzip data is broken ({error})") from error
        self._rest = self._member.unconsumed_tail or self._member.unused_data
        self._taken += len(block) - len(self._rest)
        self._given += len(data)
        if self._given > self._limits.ratio_from and self._given > self._limits.ratio * max(self._taken, 1):
            raise Damaged(f"unpacks to more than {self._limits.ratio} times its size")
        return data

    def _at_end(self, size: int) -> bytes:
        data = b"" if self._member.eof else self._member.decompress(b"", size)
        if not data and not self._member.eof and self._taken:
            raise Damaged("the file ends early: it is cut off inside its gzip data")
        return data


class Tail(io.RawIOBase):
    """Passes reads on and keeps the end of what was read: how a tar or a WARC file ends shows whether it is whole.

    Neither tarfile nor FastWARC looks.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.last = stream, b""

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read1(size)  # type: ignore[attr-defined]
        self.last = (self.last + data[-_TAIL:])[-_TAIL:]
        return data

    def tell(self) -> int:
        return self._stream.tell()


def open_stream(path: Path, reading: Reading) -> BinaryIO:
    """The file for reading, unpacked where its name ends in .gz or .tgz."""
    raw: BinaryIO = io.BufferedReader(CountedFile(path, reading), _BLOCK)
    return gunzip(raw, reading.limits) if path.suffix.lower() in (".gz", ".tgz") else raw


def gunzip(raw: BinaryIO, limits: Limits) -> BinaryIO:
    return io.BufferedReader(GzipReader(raw, limits), _BLOCK)


def read_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Number (from 1) and bytes of each line that is not blank; None for a line longer than `limit`."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit or line.endswith(b"\n"):
            if line.strip():
                yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(limit)
        yield number, None
