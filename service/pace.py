"""How fast a host is asked: a pause between requests that grows when the host says that it is too much."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from service.addresses import NotNow
from service.config import Settings

TOO_MUCH = frozenset({429, 503})

_FIRST_DELAY = 1.0  # seconds between requests after a first complaint, where there was no pause before
_MOST_DELAY = 60.0  # a host that still complains is asked once a minute
_MOST_PAUSE = 86_400.0  # whatever Retry-After says: tomorrow is soon enough to ask again
_GROWTH = 2.0  # at every complaint, as TCP halves its window
_RELIEF = 0.9  # at every good answer: back at the old pace after some twenty of them
_HOSTS = 10_000  # remembered at a time; those that may be asked again are forgotten first


_patience: ContextVar[float] = ContextVar("patience", default=float("inf"))


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Within it this thread waits no longer than this for a turn, whatever the settings say."""
    token = _patience.set(seconds)
    try:
        yield
    finally:
        _patience.reset(token)


@dataclass(slots=True)
class _Host:
    """`next_at` is the next free turn; `promised_at` the last turn that somebody was told to come back for."""

    delay: float
    next_at: float = 0.0
    promised_at: float = 0.0


class Pace:
    """The turns of all hosts in one process. Safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._least, self._patience = settings.fetch_delay_seconds, settings.fetch_wait_seconds
        self._retry = settings.fetch_retry_seconds
        self._clock, self._sleep = clock, sleep
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, crawl_delay: float = 0.0) -> None:
        """Returns when it is this request's turn. Raises NotNow where that is too far away."""
        with self._lock:
            state, now = self._state(host), self._clock()
            at = max(now, state.next_at)
            if at - now > min(self._patience, _patience.get()):
                message = f"{host} asks to be left alone for another {at - now:.0f} s"
                raise NotNow(message, self._promise(state, crawl_delay))
            state.next_at = at + max(state.delay, crawl_delay)
        if at > now:
            self._sleep(at - now)

    def promise(self, host: str, crawl_delay: float = 0.0) -> float:
        """In how many seconds to come back to a host: those who ask one after the other are told one turn each."""
        with self._lock:
            return self._promise(self._state(host), crawl_delay)

    def _promise(self, state: _Host, crawl_delay: float) -> float:
        now = self._clock()
        state.promised_at = max(now, state.next_at, state.promised_at + max(state.delay, crawl_delay))
        return state.promised_at - now

    def learn(self, host: str, status: int, retry_after: str | None = None) -> None:
        """Takes note of an answer: slower after 429 and 503, a little faster after any other."""
        with self._lock:
            state = self._state(host)
            if status not in TOO_MUCH:
                state.delay = max(self._least, state.delay * _RELIEF if state.delay > _FIRST_DELAY / 2 else 0.0)
                return
            state.delay = min(max(state.delay * _GROWTH, _FIRST_DELAY), _MOST_DELAY)
            pause = max(state.delay, min(read_retry_after(retry_after) or 0.0, _MOST_PAUSE))
            state.next_at = max(state.next_at, self._clock() + pause)

    def pause(self, attempt: int) -> None:
        """Waits before attempt 1, 2, … a random part of 1, 2, 4 … times the setting ("full jitter")."""
        self._sleep(random.uniform(0, self._retry * 2 ** (attempt - 1)))

    def _state(self, host: str) -> _Host:
        if host not in self._hosts:
            if len(self._hosts) >= _HOSTS:
                now = self._clock()
                self._hosts = {name: state for name, state in self._hosts.items() if state.next_at > now}
            self._hosts[host] = _Host(self._least)
        return self._hosts[host]


def read_retry_after(value: str | None) -> float | None:
    """The seconds in a Retry-After header, which holds seconds or a date; None where it holds neither."""
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
