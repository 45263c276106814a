"""JSON Lines: an article a line, with the keys of the body of `POST /v1/articles`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from service.archive.items import Entry, Failure, Item, Reading
from service.archive.streams import read_lines

_KEYS = ("url", "html", "text", "title", "published_at", "language", "to")


def read_jsonl(name: str, stream: BinaryIO, reading: Reading) -> Iterator[Entry]:
    """An item a line, its input the file's name and the number of the line. Other keys are passed over."""
    for number, line in read_lines(stream, reading.limits.page_bytes):
        place = f"{name}#{number}"
        if line is None:
            yield Failure(place, "read", f"longer than {reading.limits.page_bytes:,} bytes")
        else:
            yield _read_line(place, line, reading)


def _read_line(place: str, line: bytes, reading: Reading) -> Entry:
    try:
        value = json.loads(line)
    except ValueError as error:  # UnicodeDecodeError is one too
        return Failure(place, "read", f"not JSON ({error})")
    if problem := _problem(value):
        return Failure(place, "read", problem)
    told: dict[str, Any] = {key: value.get(key) or None for key in ("url", "title", "published_at", "language")}
    to = value.get("to") or reading.to
    if html := value.get("html"):
        return Item(place, "html", html.encode("utf-8", "replace"), charset="utf-8", to=to, **told)
    if text := value.get("text"):
        return Item(place, "text", text.encode("utf-8", "replace"), to=to, **told)
    return Item(place, "url", to=to, **told)


def _problem(value: Any) -> str | None:
    if not isinstance(value, dict):
        return "not a JSON object"
    for key in _KEYS:
        if not isinstance(value.get(key), str | None):
            return f"{key}: not a string"
    if value.get("html") and value.get("text"):
        return "html and text: give one of them"
    if not any(value.get(key) for key in ("html", "text", "url")):
        return "neither html nor text nor url"
    return None
