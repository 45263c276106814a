"""The pages that were fetched or given, kept compressed under the hash of their content, and what servers said of them.

    pages/ab/abcd….gz        the bytes as they came, without their content encoding
    pages/urls/12/1234….json the last visit of an address: hash, ETag, Last-Modified, charset, time

Plain files: several processes write at once without locks, since a file appears whole or not at all and its name says
what is in it. gzip, because every Python can read it; zstd is in the standard library from 3.14 on only.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import logging
import os
import re
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

log = logging.getLogger(__name__)

_LEVEL = 6  # gzip's own default; 9 takes twice the time for one per cent
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """The last time that an address gave a page: what it was, and what the server wants to hear at the next visit."""

    url: str
    page: str
    charset: str | None
    fetched_at: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A kept page: its hash, its size on the disk in bytes, when it last came."""

    name: str
    size: int
    changed: float


class KeptPages:
    """A folder of pages. Safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Keeps a page; the SHA-256 of its bytes, in hexadecimal, under which `read` finds it. Raises OSError."""
        name = hashlib.sha256(content).hexdigest()
        file = self._page(name)
        try:
            os.utime(file)  # it is of use still, see `service/tidy.py`
        except FileNotFoundError:
            _write(file, gzip.compress(content, _LEVEL, mtime=0))
        return name

    def read(self, name: str) -> bytes | None:
        """The page with this hash; None where it is not there any more."""
        try:
            packed = self._page(name).read_bytes()
            if not packed:  # gzip takes nothing for an empty page
                raise EOFError("the file is empty")
            return gzip.decompress(packed)
        except FileNotFoundError:
            return None
        except (
            gzip.BadGzipFile,
            EOFError,
            zlib.error,
        ):  # by a power failure; it is kept anew when it comes again
            log.warning("the kept page %s is damaged and thrown away", name, exc_info=True)
            self._page(name).unlink(missing_ok=True)
        except OSError:
            log.warning("the kept page %s cannot be read", name, exc_info=True)
        return None

    def remember(self, visit: Visit) -> None:
        """Keeps what is known of an address, in place of the visit before. Raises OSError."""
        _write(self._visit(visit.url), json.dumps(asdict(visit)).encode())

    def recall(self, url: str) -> Visit | None:
        """The last visit of an address."""
        return _read_visit(self._visit(url))

    def pages(self) -> Iterator[File]:
        """All kept pages, in no order."""
        for path in self._folder.glob("[0-9a-f][0-9a-f]/*.gz"):
            if not _HASH.fullmatch(path.stem):  # not ours
                continue
            with contextlib.suppress(FileNotFoundError):  # another process tidies too
                state = path.stat()
                yield File(path.stem, state.st_size, state.st_mtime)

    def visits(self) -> Iterator[Visit]:
        """The last visit of every address, in no order."""
        for path in self._folder.glob("urls/*/*.json"):
            if visit := _read_visit(path):
                yield visit

    def has(self, name: str) -> bool:
        """Whether the page with this hash is kept."""
        return self._page(name).exists()

    def delete(self, name: str) -> None:
        """Deletes a page. Raises OSError."""
        self._page(name).unlink(missing_ok=True)

    def forget(self, url: str) -> None:
        """Deletes what is known of an address. Raises OSError."""
        self._visit(url).unlink(missing_ok=True)

    def delete_torn(self, before: float) -> None:
        """Deletes the files that a process which died left half written before a moment. Raises OSError."""
        for path in (*self._folder.glob("??/.*"), *self._folder.glob("urls/??/.*")):
            with contextlib.suppress(FileNotFoundError):  # another process tidies too
                if path.stat().st_mtime < before:
                    path.unlink()

    def _page(self, name: str) -> Path:
        return self._folder / name[:2] / f"{name}.gz"

    def _visit(self, url: str) -> Path:
        name = hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / "urls" / name[:2] / f"{name}.json"


def _read_visit(file: Path) -> Visit | None:
    try:
        return Visit(**json.loads(file.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        log.warning("the visit in %s cannot be read", file, exc_info=True)
        return None


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        Path(temporary).replace(file)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
