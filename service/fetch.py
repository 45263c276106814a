"""Fetches a page from the public web, and from nowhere else.

httpcore does the HTTP, because its network backend is a public interface: name look-up, connecting and every
read and write go through `_Connector` and `_Stream`, so that the address that is checked is the address that is
connected to (no DNS rebinding; Host and SNI keep the name) and the time limit holds for a dripping header too.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from datetime import UTC, datetime
from email.message import Message
from functools import cache
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit

import certifi
import httpcore

from extractors.types import Page
from service.addresses import FetchError, check_url, is_public
from service.config import Settings
from service.decode import decode_body

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

Resolve = Callable[[str, int], list[str]]


class Fetch(Protocol):
    """Gives the page at a URL. Raises FetchError."""

    def __call__(self, url: str) -> Page: ...


def fetch_page(url: str, settings: Settings, *, resolve: Resolve | None = None) -> Page:
    """The page at an http(s) URL on a public address, redirects followed. Raises FetchError."""
    deadline = time.monotonic() + settings.fetch_seconds
    connector = _Connector(settings, deadline, resolve or resolve_name)
    here = url
    with httpcore.ConnectionPool(ssl_context=_tls(), network_backend=connector) as pool:
        for _ in range(settings.fetch_redirects + 1):
            with _errors(here), pool.stream("GET", check_url(here), headers=_headers(settings)) as response:
                headers = _fields(response)
                if response.status not in _REDIRECTS or "location" not in headers:
                    return _page(url, here, response, limit=settings.fetch_max_bytes)
                here = _follow(here, headers["location"])
    raise FetchError(f"more than {settings.fetch_redirects} redirects")


def _follow(here: str, location: str) -> str:
    try:
        return urljoin(here, location)
    except ValueError as error:
        raise FetchError(f"redirected to what is no URL: {error}") from None


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order of the resolver. Decimal, octal and hexadecimal spellings are read here."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@cache
def _lookups() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(8, "lookup")  # the system's resolver takes no time limit: it is waited for, not trusted


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


class _Connector(httpcore.SyncBackend):
    """Connects to checked addresses alone, until the deadline."""

    def __init__(self, settings: Settings, deadline: float, resolve: Resolve) -> None:
        self._settings, self._deadline, self._resolve = settings, deadline, resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        until = min(self._deadline, time.monotonic() + self._settings.fetch_connect_seconds)
        addresses = self._look_up(host, port, until)
        for address in addresses:
            if not (self._settings.allow_private_addresses or is_public(address)):
                raise FetchError(f"{host} is not a public address")
        error: Exception = FetchError(f"{host} has no address")
        for address in addresses:
            try:
                stream = super().connect_tcp(address, port, _left(until), local_address, socket_options)
                return _Stream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
        raise error

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise FetchError("sockets of this machine are not fetched from")

    def _look_up(self, host: str, port: int, until: float) -> list[str]:
        try:
            return _lookups().submit(self._resolve, host, port).result(_left(until))
        except LookupTimeout:
            raise FetchError(f"the look-up of {host} took too long") from None
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host} is not known: {error}") from None


class _Stream(httpcore.NetworkStream):
    """A connection on which no read or write outlasts the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(until: float) -> float:
    """Seconds until a moment. Raises FetchError when it has passed."""
    if (left := until - time.monotonic()) <= 0:
        raise FetchError("the page took too long")
    return left


class _errors:
    """Turns what httpcore raises into FetchError."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, httpcore.TimeoutException):
            raise FetchError("the page took too long") from error
        if isinstance(error, (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError)):
            raise FetchError(f"{urlsplit(self._url).netloc}: {error or type(error).__name__}") from error


def _headers(settings: Settings) -> dict[bytes | str, bytes | str]:
    contact = f" (+{settings.contact})" if settings.contact else ""
    return {
        "User-Agent": settings.user_agent + contact,
        "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
        "Accept-Encoding": "gzip, deflate, br",
        "Connection": "close",
    }


def _fields(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in response.headers}


def _page(url: str, final: str, response: httpcore.Response, *, limit: int) -> Page:
    headers = _fields(response)
    if response.status != 200:
        raise FetchError(f"the server answered {response.status}")
    kind = Message()
    kind["Content-Type"] = headers.get("content-type", "")
    if headers.get("content-type") and kind.get_content_type() not in _HTML_TYPES:
        raise FetchError(f"not a page but {kind.get_content_type()}")
    return Page(
        content=decode_body(response.iter_stream(), headers.get("content-encoding", ""), limit),
        url=final,
        charset=kind.get_content_charset(),
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        input=url,
    )
