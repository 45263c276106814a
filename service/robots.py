"""robots.txt (RFC 9309): what a host lets be fetched, how slowly, and where its sitemaps are."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from service.addresses import FetchError

MAX_BYTES = 512_000  # what is behind them is not read; RFC 9309 asks for 500 KiB at least

_KEPT_SECONDS = 86_400  # RFC 9309: no longer than a day
_CLOSED_SECONDS = 300  # a host whose robots.txt cannot be had is asked for it again after five minutes
_HOSTS = 10_000  # remembered at a time
_MOST_DELAY = 3600.0  # seconds; who writes more would rather forbid it

Ask = Callable[[str], tuple[int, bytes]]  # the status and the body at a URL, redirects followed. Raises FetchError.


@dataclass(frozen=True, slots=True)
class Rules:
    """The robots.txt of one host. `refusal` says why nothing may be fetched at all."""

    parsed: Protego
    agent: str
    until: float
    refusal: str | None = None

    def check(self, url: str) -> None:
        """Raises FetchError where the address may not be fetched."""
        if self.refusal:
            raise FetchError(self.refusal)
        if not self.parsed.can_fetch(url, self.agent):
            raise FetchError("robots.txt of the site does not allow it")

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests, 0 where the host does not say."""
        delay = self.parsed.crawl_delay(self.agent)
        return min(max(0.0, float(delay or 0.0)), _MOST_DELAY)

    @property
    def sitemaps(self) -> list[str]:
        """The addresses of the site's sitemaps."""
        return list(dict.fromkeys(self.parsed.sitemaps))


class Robots:
    """The robots.txt files of the hosts that were asked, each read once a day. Safe to share between threads."""

    def __init__(self, ask: Ask, agent: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._agent, self._clock = ask, agent.partition("/")[0].strip() or "*", clock
        self._rules: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def of(self, url: str) -> Rules:
        """The rules for an address. Raises FetchError where the host cannot be reached: then it is closed."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules.get(origin)
        if rules is None or rules.until < self._clock():
            rules = self._read(origin)
            with self._lock:
                while len(self._rules) >= _HOSTS:
                    self._rules.pop(next(iter(self._rules)))
                self._rules[origin] = rules
        return rules

    def _read(self, origin: str) -> Rules:
        status, body = self._ask(f"{origin}/robots.txt")
        now = self._clock()
        if status == 429 or status >= 500:
            why = f"robots.txt of the site cannot be had (answered {status}): nothing is fetched there meanwhile"
            return Rules(Protego.parse(""), self._agent, now + _CLOSED_SECONDS, why)
        if len(body) >= MAX_BYTES:  # the last line may be cut, and `Disallow: /a…` would close the whole site
            body = body[: body.rfind(b"\n") + 1]
        text = body.decode("utf-8", "replace").removeprefix("\ufeff") if status == 200 else ""
        return Rules(Protego.parse(text), self._agent, now + _KEPT_SECONDS)
