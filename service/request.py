"""One request: how it is asked, what kind of answer is taken, and how much of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urlsplit

import httpcore

from service.addresses import FetchError
from service.config import Settings
from service.connect import TAIL, Stream
from service.decode import decode_body
from service.robots import MAX_BYTES

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ALIKE = 16  # bytes: what is announced ends where the reading ended, or with the last of its chunks
_SMALL = 65_536  # bytes of an unwanted body that are read, so that its connection can be used again


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is fetched: its media types (None: any), how it is asked for. `cut`: the start of it will do."""

    kinds: frozenset[str] | None = None
    accept: str = "*/*"
    name: str = "a page"
    limit: int | None = None
    cut: bool = False


_XML = frozenset({"application/xml", "text/xml", ""})
PAGE = Wanted(
    kinds=_XML | {"text/html", "application/xhtml+xml"}, accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.1"
)
# Feeds and sitemaps come under any of these names; what is inside tells them apart.
LISTING = Wanted(
    kinds=(PAGE.kinds or frozenset())
    | {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "text/plain", "application/octet-stream"}
    | {"application/gzip", "application/x-gzip"},
    accept="application/rss+xml,application/atom+xml,application/xml;q=0.9,text/xml;q=0.9,text/html;q=0.5,*/*;q=0.1",
    name="a feed, a sitemap or a page",
)
ROBOTS = Wanted(limit=MAX_BYTES, cut=True, accept="text/plain,*/*;q=0.5")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; the body is read where the status is 200."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def location(self) -> str | None:
        """Where a redirect leads to."""
        return self.headers.get("location") if self.status in _REDIRECTS else None

    @property
    def charset(self) -> str | None:
        """The charset in the header."""
        return _media_type(self.headers)[1]


class Broken(FetchError):
    """The connection failed before there was an answer."""


def send(
    pool: httpcore.ConnectionPool, url: str, wanted: Wanted, settings: Settings, conditions: Mapping[str, str]
) -> Answer:
    """The answer to one GET. Raises FetchError; Broken where another attempt may help."""
    said = _headers(settings, wanted) | dict(conditions)
    headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in said.items()]
    waiting = {"timeout": {"pool": settings.fetch_connect_seconds}}
    with _errors(urlsplit(url).netloc), pool.stream("GET", url, headers=headers, extensions=waiting) as response:
        fields = _fields(response)
        if response.status == 200:
            limit = wanted.limit or settings.fetch_max_bytes
            return Answer(200, fields, _read(response, fields, wanted, limit))
        if fields.get("content-length", "").isdecimal() and int(fields["content-length"]) <= _SMALL:
            for _ in _raw(response):
                pass
        return Answer(response.status, fields)


def _read(response: httpcore.Response, fields: Mapping[str, str], wanted: Wanted, limit: int) -> bytes:
    if wanted.kinds is not None and (kind := _media_type(fields)[0]) not in wanted.kinds:
        raise FetchError(f"not {wanted.name} but {kind}")
    return decode_body(_raw(response), fields.get("content-encoding", ""), limit, cut=wanted.cut)


def _raw(response: httpcore.Response) -> Iterator[bytes]:
    """The body as it comes. A connection on which more came than was announced is not used again.

    Else the next answer on it would begin with what is left, or wait for its end for ever.
    """
    end = b"\r\n\r\n"  # of the head
    for chunk in response.iter_stream():
        end = (end + chunk)[-TAIL:]
        yield chunk
    stream = response.extensions.get("network_stream")
    if isinstance(stream, Stream) and not stream.last.endswith((end[-_ALIKE:], b"0\r\n\r\n")):
        stream.close()


@contextmanager
def _errors(host: str) -> Iterator[None]:
    """Turns what httpcore raises into FetchError."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError("the page took too long") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Broken(f"{host}: {error or type(error).__name__}") from error
    except httpcore.UnsupportedProtocol as error:
        raise FetchError(f"{host}: {error}") from error


def _headers(settings: Settings, wanted: Wanted) -> dict[str, str]:
    contact = f" (+{settings.contact})" if settings.contact else ""
    headers = {
        "User-Agent": settings.user_agent + contact,
        "Accept": wanted.accept,
        "Accept-Encoding": "gzip, deflate, br, zstd",
    }
    return headers if settings.fetch_keep_alive else headers | {"Connection": "close"}


def _fields(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in response.headers}


def _media_type(fields: Mapping[str, str]) -> tuple[str, str | None]:
    """The media type, empty where none is said, and the charset."""
    said = Message()
    said["Content-Type"] = fields.get("content-type", "")
    return said.get_content_type() if fields.get("content-type") else "", said.get_content_charset()
