"""The folder that a batch writes: records.jsonl, duplicates.jsonl, failures.jsonl and manifest.json."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from service.archive.items import BatchError, Failure
from service.archive.seen import Seen

_BLOCK = 1 << 16


class Output:
    """Appends whole lines, so that a run that was killed can go on; one run at a time."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.seen = Seen()
        self._records = _open(folder / "records.jsonl")
        _lock(self._records, folder)
        self._duplicates = _open(folder / "duplicates.jsonl")
        self._failures = _open(folder / "failures.jsonl")
        for file in (self._records, self._duplicates, self._failures):
            _cut_partial_line(file)
        self.records = sum(1 for _ in self._recall())

    def _recall(self) -> Iterator[None]:
        """Notes what earlier runs have done, a step a record."""
        for line in _values(self.folder / "duplicates.jsonl"):
            self.seen.add(line["content_hash"])
        for number, record in enumerate(_values(self.folder / "records.jsonl"), 1):
            try:
                self.seen.add(record["processing"]["content_hash"])
                self.seen.add(_identity(record["id"], record["translation"]["target"]))
            except (KeyError, TypeError) as error:
                raise BatchError(f"{self.folder}/records.jsonl: line {number} was not written by batch") from error
            yield

    def forget_failures(self, sources: list[Path]) -> None:
        """Takes the failures of these sources out of failures.jsonl: the run tries them again."""
        path, new = self.folder / "failures.jsonl", self.folder / "failures.jsonl.new"
        with new.open("wb") as file:
            file.writelines(_line(value) for value in _values(path) if not _is_within(value["input"], sources))
        self._failures.close()
        new.replace(path)
        self._failures = _open(path)

    def write(self, line: bytes, *, id: str, target: str | None, note: dict[str, Any]) -> bool:
        """Appends the record, or `note` to the duplicates where the same article is there already."""
        if self.seen.add(_identity(id, target)):
            _append(self._records, line + b"\n")
            self.records += 1
            return True
        _append(self._duplicates, _line(note | {"id": id}))
        return False

    def fail(self, failure: Failure) -> None:
        _append(self._failures, _line(asdict(failure)))

    def read_manifest(self) -> dict[str, Any]:
        path = self.folder / "manifest.json"
        return json.loads(path.read_bytes()) if path.exists() else {}

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Replaces the manifest in one step: a reader never sees half of it."""
        path, new = self.folder / "manifest.json", self.folder / "manifest.json.new"
        new.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        new.replace(path)

    def close(self) -> None:
        for file in (self._records, self._duplicates, self._failures):
            os.fsync(file.fileno())
            file.close()
        self.seen.close()


def _identity(id: str, target: str | None) -> str:
    """What is written once: an article's record in one target language."""
    return f"{id} {target}"


def _is_within(place: str, sources: list[Path]) -> bool:
    return any(place == str(s) or place.startswith((f"{s}#", f"{s}{os.sep}")) for s in sources)


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _open(path: Path) -> BinaryIO:
    return path.open("a+b")


def _append(file: BinaryIO, line: bytes) -> None:
    file.write(line)
    file.flush()  # a line at a time: what a kill can take is the line that is being written


def _lock(file: BinaryIO, folder: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BatchError(f"{folder}: another run is writing here") from error


def _cut_partial_line(file: BinaryIO) -> None:
    """Cuts off what a killed run left of its last line."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - _BLOCK)
        file.seek(start)
        at = file.read(end - start).rfind(b"\n")
        if at >= 0:
            end = start + at + 1
            break
        end = start
    os.ftruncate(file.fileno(), end)


def _values(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise BatchError(f"{path}: line {number} is damaged; remove it or use another folder") from error
