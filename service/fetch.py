"""Fetches pages from the public web, and from nowhere else: READ `Fetcher.get` FIRST.

`request.py` asks over the connections of `connect.py`; `robots.py` says what may be fetched, `pace.py` how fast;
`kept.py` keeps what came.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from extractors.types import Page
from service import robots
from service.addresses import FetchError, NotNow, check_url
from service.config import Settings
from service.connect import Resolve, open_pool, time_limit
from service.kept import KeptPages, Visit
from service.pace import TOO_MUCH, Pace
from service.request import PAGE, ROBOTS, Answer, Broken, Wanted, send

log = logging.getLogger(__name__)

_AGAIN = frozenset({429, 500, 502, 503, 504})  # what another attempt may mend


class Fetch(Protocol):
    """Gives the page at a URL. Raises FetchError."""

    def __call__(self, url: str) -> Page: ...


class Fetcher:
    """Fetches pages, one a process. Safe to share between threads; `close` gives its connections back."""

    def __init__(self, settings: Settings, *, resolve: Resolve | None = None, pace: Pace | None = None) -> None:
        self._settings = settings
        self._pool = open_pool(settings, resolve)
        self._pace = pace or Pace(settings)
        self._robots = robots.Robots(self._ask_robots, settings.user_agent)
        self.kept = KeptPages(settings.pages_dir) if settings.keep_pages else None
        self.limit = settings.fetch_max_bytes

    def __call__(self, url: str) -> Page:
        """The page at an http(s) URL on a public address, redirects followed. Raises FetchError."""
        return self.get(url, PAGE)

    def get(self, url: str, wanted: Wanted) -> Page:
        """What is at a URL, if it is of a wanted kind. What has not changed since the last visit is not sent again."""
        clock = _Clock(self._settings.fetch_seconds)
        here = check_url(url)
        for _ in range(self._settings.fetch_redirects + 1):
            crawl_delay = self._check_robots(here)
            visit, content = self._last_visit(here)
            answer = self._ask(here, wanted, clock, _conditions(visit), crawl_delay)
            if answer.location is not None:
                here = _follow(here, answer.location)
            elif answer.status == 304 and visit is not None and content is not None:
                return _page(url, self._keep(replace(visit, fetched_at=_now()), content), content)
            elif answer.status == 200:
                return _page(url, self._keep(_visit(here, answer), answer.body), answer.body)
            elif answer.status in TOO_MUCH:
                later = self._pace.promise(urlsplit(here).netloc, crawl_delay)
                raise NotNow(f"the server answered {answer.status}", later)
            else:
                raise FetchError(f"the server answered {answer.status}")
        raise FetchError(f"more than {self._settings.fetch_redirects} redirects")

    def rules(self, url: str) -> robots.Rules:
        """The robots.txt of the URL's site. Raises FetchError."""
        return self._robots.of(check_url(url))

    def delay(self, url: str) -> float:
        """Seconds that this site wants between two requests. Raises FetchError."""
        crawl_delay = self.rules(url).crawl_delay if self._settings.fetch_robots else 0.0
        return max(self._settings.fetch_delay_seconds, crawl_delay)

    def close(self) -> None:
        """Closes the connections."""
        self._pool.close()

    def _check_robots(self, url: str) -> float:
        if not self._settings.fetch_robots:
            return 0.0
        rules = self._robots.of(url)
        rules.check(url)
        return rules.crawl_delay

    def _ask_robots(self, url: str) -> tuple[int, bytes]:
        clock = _Clock(self._settings.fetch_seconds)
        for _ in range(self._settings.fetch_redirects + 1):
            answer = self._ask(url, ROBOTS, clock, {}, is_turn=False)
            if answer.location is None:
                return answer.status, answer.body
            url = _follow(url, answer.location)
        return 404, b""  # RFC 9309: what redirects for ever is not there

    def _ask(
        self,
        url: str,
        wanted: Wanted,
        clock: _Clock,
        conditions: Mapping[str, str],
        crawl_delay: float = 0.0,
        *,
        is_turn: bool = True,
    ) -> Answer:
        """The answer to a request, asked again where that may help. Raises FetchError."""
        host = urlsplit(url).netloc
        for attempt in range(1, self._settings.fetch_attempts + 1):
            if is_turn:
                self._pace.wait(host, crawl_delay)
            try:
                with clock.running():
                    answer = send(self._pool, url, wanted, self._settings, conditions)
            except Broken:
                if attempt == self._settings.fetch_attempts:
                    raise
            else:
                self._pace.learn(host, answer.status, answer.headers.get("retry-after"))
                if answer.status not in _AGAIN or attempt == self._settings.fetch_attempts:
                    return answer
            self._pace.pause(attempt)
        raise AssertionError("at least one attempt is made")

    def _last_visit(self, url: str) -> tuple[Visit | None, bytes | None]:
        """The last visit of an address that the server can compare with, and the page that it gave."""
        visit = self.kept.recall(url) if self.kept else None
        if self.kept is None or visit is None or not (visit.etag or visit.modified):
            return None, None
        content = self.kept.read(visit.page)
        return (visit, content) if content is not None else (None, None)

    def _keep(self, visit: Visit, content: bytes) -> Visit:
        """The visit, kept with its page, also one that came again. A full disk is said, the page read all the same."""
        if self.kept is None:
            return visit
        try:
            visit = replace(visit, page=self.kept.keep(content))
            self.kept.remember(visit)
        except OSError:
            log.warning("the page at %s is not kept", visit.url, exc_info=True)
        return visit


class _Clock:
    """The time that one page has on the network, redirects and attempts included; waiting for a turn is not counted."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @contextmanager
    def running(self) -> Iterator[None]:
        start = time.monotonic()
        try:
            with time_limit(self._left):
                yield
        finally:
            self._left -= time.monotonic() - start


def _follow(here: str, location: str) -> str:
    try:
        return check_url(urljoin(here, location))
    except ValueError as error:
        raise FetchError(f"redirected to what is no URL: {error}") from None


def _conditions(visit: Visit | None) -> dict[str, str]:
    if visit is None:
        return {}
    said = {"If-None-Match": visit.etag, "If-Modified-Since": visit.modified}
    return {name: value for name, value in said.items() if value}


def _visit(url: str, answer: Answer) -> Visit:
    headers = answer.headers
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return Visit(url=url, page="", charset=answer.charset, fetched_at=_now(), etag=etag, modified=modified)


def _page(url: str, visit: Visit, content: bytes) -> Page:
    return Page(content, url=visit.url, charset=visit.charset, fetched_at=visit.fetched_at, input=url)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
