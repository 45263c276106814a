"""Connections to checked addresses alone, kept open and used again.

httpcore does the HTTP, because its network backend is a public interface: name look-up, connecting and every
read and write go through `_Connector` and `Stream`, so that the address that is checked is the address that is
connected to (no DNS rebinding; Host and SNI keep the name) and the time limit holds for a dripping header too.
A connection that is used again goes to the address that was checked when it was made: no name is looked up anew.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as LookupTimeout
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import certifi
import httpcore

from service.addresses import FetchError, is_public
from service.config import Settings

Resolve = Callable[[str, int], list[str]]

_CONNECTIONS = 100  # open at a time, far above the threads of a process
_IDLE_CONNECTIONS = 20  # hosts that a process talks to in turn
_IDLE_SECONDS = 15.0  # servers close what is idle after 5 to 75 seconds

TAIL = 64  # bytes: enough to tell the end of a body

# Of the request that this thread makes: a connection outlives the request that opened it.
_deadline: ContextVar[float] = ContextVar("deadline", default=0.0)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Within it no look-up, connecting, reading or writing of this thread takes longer in total."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def open_pool(settings: Settings, resolve: Resolve | None = None) -> httpcore.ConnectionPool:
    """A pool of connections, safe to share between threads. What is asked of it must stand in a `time_limit`."""
    return httpcore.ConnectionPool(
        ssl_context=_tls(),
        network_backend=_Connector(settings, resolve or resolve_name),
        max_connections=_CONNECTIONS,
        max_keepalive_connections=_IDLE_CONNECTIONS if settings.fetch_keep_alive else 0,
        keepalive_expiry=_IDLE_SECONDS,
    )


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

    def __init__(self, settings: Settings, resolve: Resolve) -> None:
        self._settings, self._resolve = settings, resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        until = min(_deadline.get(), time.monotonic() + self._settings.fetch_connect_seconds)
        addresses = self._look_up(host, port, until)
        for address in addresses:
            if not (self._settings.allow_private_addresses or is_public(address)):
                raise FetchError(f"{host} is not a public address")
        error: Exception = FetchError(f"{host} has no address")
        for address in addresses:
            try:
                return Stream(super().connect_tcp(address, port, _left(until), local_address, socket_options))
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


class Stream(httpcore.NetworkStream):
    """A connection on which no read or write outlasts the deadline of the request under way."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self.last = b""  # of what was read, see `request.py`

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        data = self._inner.read(max_bytes, _left(_deadline.get()))
        self.last = (self.last + data)[-TAIL:]
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, _left(_deadline.get()))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return Stream(self._inner.start_tls(ssl_context, server_hostname, _left(_deadline.get())))

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(until: float) -> float:
    """Seconds until a moment. Raises FetchError when it has passed."""
    if (left := until - time.monotonic()) <= 0:
        raise FetchError("the page took too long")
    return left
