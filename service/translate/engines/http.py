"""Requests to hosted engines: with a time limit, retries, a pace, and a pause after failures."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import Any

import requests

from service.pace import read_retry_after

__all__ = ["Breaker", "Caller", "Pacer", "Refused"]

_ATTEMPTS = 3
_RETRIED = frozenset({429, 500, 502, 503, 504})  # what passes: too many requests, a server that restarts
_BACKOFF = 0.5  # seconds before the second attempt, doubled before the third, jittered up to twice that
_ONE_REQUEST = 20.0  # seconds after which another attempt is worth more than waiting on
_LARGEST = 4_000_000  # bytes: no answer to a bundle of sentences comes near
_PIECE = 65_536
_MEANING = {
    401: "the key was refused",
    403: "the key was refused",
    413: "the text was too long",
    414: "the text was too long",
    429: "too many requests",
    456: "the quota is used up",
}


class Refused(Exception):
    """A provider gave no translation; the message says why, without the key and without the text."""

    def __init__(self, reason: str, *, status: int | None = None) -> None:
        super().__init__(reason)
        self.too_long = status in {413, 414}
        # A pair or a length that a provider does not take says nothing about its health.
        self.provider_is_well = self.too_long or status == 400


class Pacer:
    """Spaces requests evenly, so that no minute has more than `per_minute`."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._gap = 60 / per_minute
        self._clock = clock
        self._next = 0.0
        self._lock = threading.Lock()

    def reserve(self) -> float:
        """The seconds to wait before the request that is hereby taken."""
        with self._lock:
            now = self._clock()
            start = max(now, self._next)
            self._next = start + self._gap
            return start - now


class Breaker:
    """After `failures` in a row nothing is asked for `pause` seconds; then one request tries again."""

    def __init__(self, failures: int = 3, pause: float = 60.0, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._pause, self._clock = failures, pause, clock
        self._failed = 0
        self._until = 0.0
        self._lock = threading.Lock()

    def closed_for(self) -> float:
        """The seconds for which nothing may be asked; 0 where a request may go out."""
        with self._lock:
            return max(0.0, self._until - self._clock())

    def record(self, *, well: bool) -> None:
        with self._lock:
            self._failed = 0 if well else self._failed + 1
            if self._failed >= self._limit:
                self._until = self._clock() + self._pause


class Caller:
    """Sends the requests of one batch, which end at `deadline` (monotonic seconds). Raises Refused, nothing else."""

    def __init__(
        self, session: requests.Session, pacer: Pacer, deadline: float, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._session, self._pacer, self._deadline, self._sleep = session, pacer, deadline, sleep

    def send(self, method: str, url: str, **options: Any) -> requests.Response:
        """The answer, whose status is 2xx."""
        for attempt in range(_ATTEMPTS):
            self._wait(self._pacer.reserve())
            last = attempt + 1 == _ATTEMPTS
            try:
                limit = self._limit()
                with self._session.request(method, url, timeout=limit, stream=True, **options) as response:
                    content = _read(response, time.monotonic() + limit)
            except (requests.RequestException, OSError) as error:
                problem, pause = Refused(_unreached(error)), None
            except Exception as error:  # urllib3's own errors while the body is read
                problem, pause = Refused(f"the connection broke ({type(error).__name__})"), None
            else:
                if len(content) > _LARGEST:
                    raise Refused("the answer was too large")
                if response.ok:
                    response._content = content
                    return response
                status = response.status_code
                problem = Refused(f"HTTP {status}, {_MEANING.get(status, response.reason)}", status=status)
                pause = read_retry_after(response.headers.get("Retry-After"))
                last = last or status not in _RETRIED
            if last:
                raise problem
            self._wait(_BACKOFF * 2**attempt * (1 + random.random()) if pause is None else pause, problem)
        raise AssertionError("unreachable")

    def _limit(self) -> float:
        return max(0.1, min(_ONE_REQUEST, self._deadline - time.monotonic()))

    def _wait(self, seconds: float, problem: Refused | None = None) -> None:
        """Sleeps, or gives up at once where the time would not be enough."""
        if time.monotonic() + seconds >= self._deadline:
            raise problem or Refused("no time left")
        if seconds:
            self._sleep(seconds)


def _read(response: requests.Response, until: float) -> bytes:
    """The body, or as much as tells that it is too large; TimeoutError where it is not there in time."""
    content = bytearray()
    while len(content) <= _LARGEST and (piece := response.raw.read1(_PIECE, decode_content=True)):
        content += piece
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(content)


def _unreached(error: Exception) -> str:
    if isinstance(error, (requests.Timeout, TimeoutError)):
        return "no answer in time"
    return f"not reached ({type(error).__name__})"
