"""Fetches Firefox Translations models: the list, then each file, resumed, checked, and placed when all are there.

A mirror (`CHITIEU_MODELS_URL`) is a folder of static files: `records.json`, the list as Mozilla publishes it, and
the files at the `location` that the list gives them. Without a mirror Mozilla's own servers are asked, which are
meant for Firefox: whoever runs a service should keep a mirror.
"""

from __future__ import annotations

import json
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from fxtranslate import discovery
from tqdm import tqdm

from service.translate.engines.models import legs, place

__all__ = ["PullError", "available", "fetch_records", "pull"]

_MOZILLA_FILES = "https://firefox-settings-attachments.cdn.mozilla.net/"
_WANTED = frozenset({"model", "lex", "vocab", "srcvocab", "trgvocab"})
# Firefox' own preference on a desktop machine: the larger model where there is one.
_ARCHITECTURES = ("base-memory", "base", "tiny")
_ATTEMPTS = 4  # a broken connection is taken up again where it broke
_PAUSE = 0.2  # seconds before the second attempt, doubled each time
_TIMEOUT = (10, 30)  # seconds to connect, and between two pieces
_PIECE = 1 << 16
_LARGEST = 500_000_000  # bytes of one file; the largest published model has about 60 MB


class PullError(ValueError):
    """A model could not be fetched; the message says what to do."""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    url: str
    sha256: str | None


def fetch_records(models_url: str | None) -> str:
    """The list of models as published. PullError where it cannot be had."""
    url = f"{models_url.rstrip('/')}/records.json" if models_url else discovery.records_url()
    try:
        response = requests.get(url, timeout=_TIMEOUT)
        response.raise_for_status()
        discovery.parse_records(response.text)
    except requests.RequestException as error:
        raise PullError(f"no list of models from {url}: {_short(error)}; CHITIEU_MODELS_URL names a mirror") from error
    except ValueError as error:
        raise PullError(f"{url} is no list of models: {error}") from error
    return response.text


def available(records: str) -> list[str]:
    """The directions in the list that this engine can load."""
    return sorted(f"{source}-{target}" for source, target in discovery.model_pairs(records))


def pull(pair: str, models_dir: Path, *, models_url: str | None = None, progress: bool = True) -> list[str]:
    """Fetches what translating `pair` (vi-en, or vi-de by way of English) needs, and returns the directions fetched.

    Files that came whole are kept for the next try. PullError with the reason where it cannot be done.
    """
    match = re.fullmatch(r"([a-z]{2,3}(?:_[a-z]+)?)-([a-z]{2,3}(?:_[a-z]+)?)", pair)
    if not match or match[1] == match[2]:
        raise PullError(f"{pair!r} is no pair of languages such as vi-en")
    records = fetch_records(models_url)
    listed = available(records)
    directions = [pair] if pair in listed else legs(match[1], match[2])
    if absent := [direction for direction in directions if direction not in listed]:
        raise PullError(f"the list has no model {' and '.join(absent)}; `models list` shows what there is")
    base = models_url.rstrip("/") + "/" if models_url else _MOZILLA_FILES
    for direction in directions:
        _pull_direction(direction, _choose(records, direction, base), models_dir, progress)
    return directions


def _choose(records: str, direction: str, base: str) -> list[_File]:
    """The files of the newest version of a direction's model."""
    source, target = direction.split("-")
    rows = [
        row
        for row in discovery.parse_records(records)
        if (row["sourceLanguage"], row["targetLanguage"]) == (source, target) and row["fileType"] in _WANTED
    ]
    versions = {row["version"] for row in rows if _loadable(records, row["location"])}
    best = max((r for r in rows if r["fileType"] == "model" and r["version"] in versions), key=_rank, default=None)
    if best is None:
        raise PullError(f"the list has no model file for {direction} that can be loaded")
    chosen = [row for row in rows if (row["version"], row["architecture"]) == (best["version"], best["architecture"])]
    return [
        _File(_safe(row["name"]), base + str(row["location"]).lstrip("/"), row["decompressedHash"]) for row in chosen
    ]


def _loadable(records: str, location: str | None) -> bool:
    """Whether fxtranslate takes the version of a record: `model_pairs` leaves out what it does not."""
    alone = [
        record for record in json.loads(records)["data"] if record.get("attachment", {}).get("location") == location
    ]
    return bool(discovery.model_pairs(json.dumps({"data": alone})))


def _rank(row: dict[str, Any]) -> tuple[list[int], int]:
    version = [int(part) for part in re.findall(r"\d+", row["version"] or "")]
    architecture = row["architecture"]
    return version, -_ARCHITECTURES.index(architecture) if architecture in _ARCHITECTURES else -len(_ARCHITECTURES)


def _safe(name: str | None) -> str:
    """A file name from the list, which must not lead out of the folder."""
    if not name or not re.fullmatch(r"[\w][\w.-]*", name):
        raise PullError(f"the list holds a file with the name {name!r}")
    return name


def _pull_direction(direction: str, files: list[_File], models_dir: Path, progress: bool) -> None:
    partial = models_dir / ".partial" / direction
    partial.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models_dir, prefix=".pull-") as temporary:
        for file in files:
            compressed = partial / f"{file.name}.{(file.sha256 or 'unchecked')[:12]}.zst"
            _download(file, compressed, progress)
            (Path(temporary) / file.name).write_bytes(_verify(file, compressed))
        place(Path(temporary), models_dir / direction)
    for leftover in partial.iterdir():
        leftover.unlink()
    partial.rmdir()


def _verify(file: _File, compressed: Path) -> bytes:
    try:
        return bytes(discovery.verify_and_decompress(compressed.read_bytes(), file.sha256))
    except ValueError as error:
        compressed.unlink()
        raise PullError(
            f"{file.name} is not what the list promises ({error}); it was thrown away, try again"
        ) from error


def _download(file: _File, path: Path, progress: bool) -> None:
    """Fetches a file, going on where an earlier try ended; a whole one is left as it is."""
    finished = path.with_suffix(".done")
    if finished.exists() and path.exists():
        return
    for attempt in range(_ATTEMPTS):
        try:
            _fetch(file, path, progress)
        except (requests.RequestException, OSError) as error:
            status = getattr(getattr(error, "response", None), "status_code", 0)
            if attempt + 1 == _ATTEMPTS or 400 <= status < 500:
                raise PullError(f"{file.url}: {_short(error)}; what came is kept, pull again to go on") from error
            time.sleep(_PAUSE * 2**attempt)
        else:
            finished.touch()
            return


def _fetch(file: _File, path: Path, progress: bool) -> None:
    have = path.stat().st_size if path.exists() else 0
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"} if have else {"Accept-Encoding": "identity"}
    with requests.get(file.url, headers=headers, stream=True, timeout=_TIMEOUT) as response:
        if response.status_code == 416:  # nothing is left to fetch, or what we have is not of this file
            path.unlink()
            raise requests.ConnectionError("the part that was kept does not fit")
        response.raise_for_status()
        resumed = response.status_code == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        have = have if resumed else 0
        length = response.headers.get("Content-Length")
        whole = have + int(length) if length else None
        with path.open("ab" if resumed else "wb") as out, _bar(file.name, have, whole, progress) as bar:
            for piece in response.iter_content(_PIECE):
                out.write(piece)
                bar.update(len(piece))
                if out.tell() > _LARGEST:
                    raise PullError(f"{file.url} has more than {_LARGEST} bytes")
    if whole is not None and path.stat().st_size != whole:
        raise requests.ConnectionError(f"{path.stat().st_size} of {whole} bytes came")


def _bar(name: str, have: int, whole: int | None, shown: bool) -> Any:
    return tqdm(desc=name, initial=have, total=whole, unit="B", unit_scale=True, disable=None if shown else True)


def _short(error: Exception) -> str:
    response = getattr(error, "response", None)
    return f"HTTP {response.status_code}" if response is not None else type(error).__name__
