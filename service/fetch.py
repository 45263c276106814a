"""Fetches pages from the public web, and from nowhere else: READ `Fetcher.get` FIRST.

`connect.py` makes the connections, `robots.py` says what may be fetched, `pace.py` how fast, `kept.py` keeps what came.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import Message
from typing import Protocol
from urllib.parse import urljoin, urlsplit

import httpcore

from extractors.types import Page
from service import robots
from service.addresses import FetchError, check_url
from service.config import Settings
from service.connect import Resolve, open_pool, time_limit
from service.decode import decode_body
from service.kept import KeptPages, Visit
from service.pace import Pace

log = logging.getLogger(__name__)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})  # what another attempt may mend
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
_ROBOTS = Wanted(limit=robots.MAX_BYTES, cut=True, accept="text/plain,*/*;q=0.5")


class Fetch(Protocol):
    """Gives the page at a URL. Raises FetchError."""

    def __call__(self, url: str) -> Page: ...


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def location(self) -> str | None:
        return self.headers.get("location") if self.status in _REDIRECTS else None


class _Broken(FetchError):
    """The connection failed before there was an answer."""


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
                return _page(url, self._keep(replace(visit, fetched_at=_now())), content)
            elif answer.status == 200:
                return _page(url, self._keep(_visit(here, answer), answer.body), answer.body)
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
            answer = self._ask(url, _ROBOTS, clock, {}, is_turn=False)
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
    ) -> _Answer:
        """The answer to a request, asked again where that may help. Raises FetchError."""
        host = urlsplit(url).netloc
        for attempt in range(1, self._settings.fetch_attempts + 1):
            if is_turn:
                self._pace.wait(host, crawl_delay)
            try:
                with clock.running(), _errors(host):
                    answer = self._send(url, wanted, conditions)
            except _Broken:
                if attempt == self._settings.fetch_attempts:
                    raise
            else:
                self._pace.learn(host, answer.status, answer.headers.get("retry-after"))
                if answer.status not in _AGAIN or attempt == self._settings.fetch_attempts:
                    return answer
            self._pace.pause(attempt)
        raise AssertionError("at least one attempt is made")

    def _send(self, url: str, wanted: Wanted, conditions: Mapping[str, str]) -> _Answer:
        said = _headers(self._settings, wanted) | dict(conditions)
        headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in said.items()]
        waiting = {"timeout": {"pool": self._settings.fetch_connect_seconds}}
        with self._pool.stream("GET", url, headers=headers, extensions=waiting) as response:
            fields = _fields(response)
            if response.status != 200:
                if fields.get("content-length", "").isdecimal() and int(fields["content-length"]) <= _SMALL:
                    response.read()
                return _Answer(response.status, fields)
            if wanted.kinds is not None and (kind := _media_type(fields)[0]) not in wanted.kinds:
                raise FetchError(f"not {wanted.name} but {kind}")
            limit = wanted.limit or self._settings.fetch_max_bytes
            encoding = fields.get("content-encoding", "")
            return _Answer(200, fields, decode_body(response.iter_stream(), encoding, limit, cut=wanted.cut))

    def _last_visit(self, url: str) -> tuple[Visit | None, bytes | None]:
        """The last visit of an address that the server can compare with, and the page that it gave."""
        visit = self.kept.recall(url) if self.kept else None
        if self.kept is None or visit is None or not (visit.etag or visit.modified):
            return None, None
        content = self.kept.read(visit.page)
        return (visit, content) if content is not None else (None, None)

    def _keep(self, visit: Visit, content: bytes | None = None) -> Visit:
        """The visit, kept with its page. A full disk is said, and the page is read all the same."""
        if self.kept is None:
            return visit
        try:
            if content is not None:
                visit = replace(visit, page=self.kept.keep(content))
            self.kept.remember(visit)
        except OSError:
            log.warning("the page at %s is not kept", visit.url, exc_info=True)
        return visit


def fetch_page(url: str, settings: Settings, *, resolve: Resolve | None = None) -> Page:
    """The page at a URL, over a connection of its own. Raises FetchError."""
    fetcher = Fetcher(settings, resolve=resolve)
    try:
        return fetcher(url)
    finally:
        fetcher.close()


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


@contextmanager
def _errors(host: str) -> Iterator[None]:
    """Turns what httpcore raises into FetchError."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError("the page took too long") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise _Broken(f"{host}: {error or type(error).__name__}") from error
    except httpcore.UnsupportedProtocol as error:
        raise FetchError(f"{host}: {error}") from error


def _follow(here: str, location: str) -> str:
    try:
        return check_url(urljoin(here, location))
    except ValueError as error:
        raise FetchError(f"redirected to what is no URL: {error}") from None


def _headers(settings: Settings, wanted: Wanted) -> dict[str, str]:
    contact = f" (+{settings.contact})" if settings.contact else ""
    headers = {
        "User-Agent": settings.user_agent + contact,
        "Accept": wanted.accept,
        "Accept-Encoding": "gzip, deflate, br",
    }
    return headers if settings.fetch_keep_alive else headers | {"Connection": "close"}


def _conditions(visit: Visit | None) -> dict[str, str]:
    if visit is None:
        return {}
    said = {"If-None-Match": visit.etag, "If-Modified-Since": visit.modified}
    return {name: value for name, value in said.items() if value}


def _fields(response: httpcore.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1").strip() for name, value in response.headers}


def _media_type(fields: Mapping[str, str]) -> tuple[str, str | None]:
    """The media type, empty where none is said, and the charset."""
    said = Message()
    said["Content-Type"] = fields.get("content-type", "")
    return said.get_content_type() if fields.get("content-type") else "", said.get_content_charset()


def _visit(url: str, answer: _Answer) -> Visit:
    headers = answer.headers
    charset = _media_type(headers)[1]
    etag, modified = headers.get("etag"), headers.get("last-modified")
    return Visit(url=url, page="", charset=charset, fetched_at=_now(), etag=etag, modified=modified)


def _page(url: str, visit: Visit, content: bytes) -> Page:
    return Page(content, url=visit.url, charset=visit.charset, fetched_at=visit.fetched_at, input=url)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
