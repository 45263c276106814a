"""Finds the articles of a site: feeds, sitemaps, section pages. READ `discover` FIRST."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from extractors.types import Page
from extractors.urls import normalise_url
from service.addresses import FetchError
from service.feeds import Found, Listing, read_listing
from service.fetch import Fetcher
from service.request import LISTING
from service.sections import choose_articles, day_of, read_section

log = logging.getLogger(__name__)

_FEED_PATHS = ("/rss/home.rss", "/rss", "/feed")  # where papers have it that do not say so, the most usual first
_SITEMAP = "/sitemap.xml"
_DEPTH = 3  # of indexes in indexes; the protocol allows one
_SITEMAPS = 200  # read for one site: as many months as papers have been on the web
_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0?[1-9]|1[0-2])(?!\d)")


def discover(where: str, fetcher: Fetcher, *, since: date | None = None, pages: int = 10) -> Iterator[Found]:
    """The articles that a feed, a sitemap, a section page or a whole site (its bare host) names, each once.

    Those known to be older than `since` are left out; of a section that many `pages` are turned.
    Raises FetchError where nothing can be had there at all.
    """
    seen: set[str] = set()
    origin, search = _site(where), _Search(fetcher, since, pages)
    for found in search.site(origin) if origin else search.address(where):
        key = normalise_url(found.url) or found.url
        if key not in seen and not (since and found.day and found.day < since):
            seen.add(key)
            yield found


def _site(where: str) -> str | None:
    """The origin of a site, given by its host or home page; None for the address of something on it."""
    try:
        parts = urlsplit(where if "//" in where else f"https://{where}")
    except ValueError as error:
        raise FetchError(f"not a URL: {error}") from None
    return None if parts.path not in ("", "/") or parts.query else f"{parts.scheme}://{parts.netloc}"


@dataclass(slots=True)
class _Search:
    fetcher: Fetcher
    since: date | None
    pages: int
    read: set[str] = field(default_factory=set)

    def site(self, origin: str) -> Iterator[Found]:
        """Of a whole site: its feeds, then its sitemaps; its home page as a section where it has neither."""
        home = self.fetcher.get(f"{origin}/", LISTING)
        section = read_section(home)
        some = False
        for url in section.feeds or [origin + path for path in _FEED_PATHS]:
            listing = self._try(url)
            some = some or bool(listing)
            yield from self._entries(listing) if listing else ()
            if listing and not section.feeds:
                break
        for url in self._sitemaps(origin):
            if listing := self._try(url):
                some = True
                yield from self._entries(listing)
        if not some:
            yield from self._section(home)

    def address(self, url: str) -> Iterator[Found]:
        """Of one address, whatever it turns out to be."""
        page = self.fetcher.get(url, LISTING)
        listing = read_listing(page.content, page.url or url, self.fetcher.limit)
        yield from self._entries(listing) if listing else self._section(page)

    def _sitemaps(self, origin: str) -> list[str]:
        return self.fetcher.rules(origin).sitemaps or [origin + _SITEMAP]

    def _try(self, url: str) -> Listing | None:
        """The listing at an address that may not be there."""
        if url in self.read or len(self.read) >= _SITEMAPS:
            return None
        self.read.add(url)
        try:
            page = self.fetcher.get(url, LISTING)
            return read_listing(page.content, page.url or url, self.fetcher.limit)
        except FetchError as error:
            log.info("no list of articles at %s: %s", url, error)
            return None

    def _entries(self, listing: Listing, depth: int = 0) -> Iterator[Found]:
        if listing.kind == "feed":
            yield from listing.found
        elif listing.kind == "sitemap":
            yield from choose_articles(listing.found)
        elif depth < _DEPTH:
            for one in sorted(listing.found, key=_newest_first, reverse=True):
                if not self._is_old(one) and (below := self._try(one.url)):
                    yield from self._entries(below, depth + 1)

    def _is_old(self, sitemap: Found) -> bool:
        """Whether all that a sitemap names is older than what is wanted, by its date or by the month in its name."""
        day = sitemap.day or _month_of(sitemap.url)
        return bool(self.since and day and day < self.since)

    def _section(self, page: Page) -> Iterator[Found]:
        turned: set[str] = {page.url or ""}
        known: set[str] = set()
        for _ in range(self.pages):
            section = read_section(page)
            new = [one for one in section.articles if one.url not in known]
            known.update(one.url for one in new)
            yield from new
            if not new or section.next is None or section.next in turned or self._all_old(new):
                return
            turned.add(section.next)
            try:
                page = self.fetcher.get(section.next, LISTING)
            except FetchError as error:
                log.info("the next page %s is not there: %s", section.next, error)
                return

    def _all_old(self, found: list[Found]) -> bool:
        return self.since is not None and all(one.day and one.day < self.since for one in found)


def _newest_first(sitemap: Found) -> date:
    return sitemap.day or _month_of(sitemap.url) or date.max


def _month_of(url: str) -> date | None:
    """The last day of the month that a sitemap is named after (`news-2024-7.xml`)."""
    match = _MONTH.search(urlsplit(url).path.rpartition("/")[2])
    return day_of(f"/{match[1]}{int(match[2]):02}/") if match else None
