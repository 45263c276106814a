"""Reads web archives (WARC) with FastWARC, an extra that only this module imports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.archive.items import BatchError, Damaged, Entry, Failure, Ignored, Item, Reading
from service.archive.streams import Tail, open_stream

_HTML = ("text/html", "application/xhtml+xml")


def require_fastwarc() -> Any:
    """The module `fastwarc.warc`; `BatchError` with what to install where it is missing."""
    try:
        from fastwarc import warc
    except ImportError as error:
        raise BatchError("reading WARC files needs FastWARC: pip install FastWARC") from error
    return warc


def read_warc(path: Path, reading: Reading) -> Iterator[Entry]:
    """The HTML pages that were answered with 200; the input is the file's name and the record's offset."""
    fastwarc = require_fastwarc()
    kinds = fastwarc.WarcRecordType.response | fastwarc.WarcRecordType.resource
    with open_stream(path, reading) as stream:
        tail = Tail(stream)
        try:
            # unpacked here: FastWARC takes the cut-off end of a gzip file for the end of the archive
            records = fastwarc.ArchiveIterator(tail, record_types=kinds, parse_http=False, stream_detect=False)
            for number, record in enumerate(records, 1):
                if number > reading.limits.entries:
                    raise Damaged(f"more than {reading.limits.entries:,} entries")
                yield _read_record(f"{path}#{record.stream_pos}", record, reading)
        except OSError as error:  # what FastWARC raises on malformed records
            raise Damaged(f"not a sound WARC file: {error}") from error
        except BaseException as error:  # a panic in its Rust code is no Exception; the rest of the archive goes on
            if type(error).__name__ != "PanicException":
                raise
            raise Damaged(f"FastWARC failed on it: {error}") from error
        if not tail.last.replace(b"\r", b"").endswith(b"\n\n"):
            raise Damaged("the file ends early: its last record has no end")


def _read_record(name: str, record: Any, reading: Reading) -> Entry:
    limit, size = reading.limits.page_bytes, record.content_length
    if size > limit:
        return Failure(name, "read", f"larger than {limit:,} bytes")
    record.freeze()
    if record.content_length != size:
        raise Damaged(f"the file ends early: the record at {record.stream_pos} is cut off")
    return _read_http(name, record, reading)


def _read_http(name: str, record: Any, reading: Reading) -> Entry:
    try:
        record.parse_http(auto_decode="all")
        content = record.reader.read(reading.limits.page_bytes + 1)
    except OSError as error:
        return Failure(name, "read", f"the answer's HTTP is broken: {error}")
    if record.is_http and record.http_headers.status_code != 200:
        return Ignored(name)
    if (record.http_content_type or record.headers.get("Content-Type", "")).split(";")[0].strip() not in _HTML:
        return Ignored(name)
    if len(content) > reading.limits.page_bytes:
        return Failure(name, "read", f"larger than {reading.limits.page_bytes:,} bytes")
    return Item(
        name,
        "html",
        content,
        url=record.headers.get("WARC-Target-URI"),
        charset=record.http_charset,
        to=reading.to,
        fetched_at=record.headers.get("WARC-Date"),
    )
