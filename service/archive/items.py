"""What an archive holds, as the runner sees it: items to process, failures, and what is passed over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


class BatchError(Exception):
    """What the caller can mend: a source that is not there, a folder in use, a package that is missing."""


class Damaged(Exception):
    """A file that cannot be read on from here: cut off, broken, or a decompression bomb."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may cost. Nothing is extracted to disk, so only memory and time are at stake."""

    entries: int = 5_000_000  # a provincial paper publishes some 30,000 articles a year: five of them for thirty years
    page_bytes: int = 20_000_000  # news pages weigh 50 KB to 1 MB; beyond this it is no page
    ratio: int = 200  # HTML deflates 4 to 20 fold, pages of one menu up to some 60; a bomb does 1000
    ratio_from: int = 10_000_000  # below this many bytes a high ratio harms nobody
    seconds: int = 120  # a page takes tens of milliseconds, its translation some seconds


@dataclass(frozen=True, slots=True)
class Item:
    """One article to process. `content` is bytes of HTML, UTF-8 text, or empty where only the URL is given."""

    input: str
    kind: Literal["html", "text", "url"]
    content: bytes = b""
    url: str | None = None
    charset: str | None = None
    title: str | None = None
    published_at: str | None = None
    language: str | None = None
    to: str | None = None
    fetched_at: str | None = None

    @property
    def content_hash(self) -> str:
        """SHA-256 over all that the record follows from: the content, what is told about it, the target language.

        The place where it was found is left out, so that a moved or renamed archive is known again.
        """
        told = [self.kind, self.url, self.charset, self.title, self.published_at, self.language, self.to]
        return hashlib.sha256(json.dumps(told).encode() + b"\n" + self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Failure:
    """What gave no record, at which stage (`read`, `worker` or a stage of the pipeline) and why."""

    input: str
    stage: str
    reason: str
    content_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that is no article: an image, a folder, a redirect."""

    input: str


Entry = Item | Failure | Ignored


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read: the limits, the default target language, and who is told how many bytes were taken in."""

    limits: Limits = Limits()
    to: str | None = None
    count: Callable[[int], None] = lambda _: None
