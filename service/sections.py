"""Section pages: which links are articles, where the next page is, where the feeds are."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from lxml import etree

from extractors.article.html import parse_page
from extractors.article.sites import families, find_host
from extractors.types import Page
from extractors.urls import host_of, same_site
from service.addresses import absolute_url
from service.feeds import Found

_LINKS = etree.XPath("//a[@href] | //area[@href]")
_NEXT = etree.XPath("//link[@rel='next']/@href | //a[@rel='next']/@href", smart_strings=False)
_FEEDS = etree.XPath("//link[@href][contains(@type,'rss') or contains(@type,'atom')]/@href", smart_strings=False)
_PAGE = re.compile(
    r"(?:[?&](?:page|p|trang|paged|pg|pageindex)=|[/-](?:page|trang|p)[/-]?)(\d{1,5})(?=$|[&./#?])", re.IGNORECASE
)
_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])(?:[/-]?(0[1-9]|[12]\d|3[01]))?(?=\D|$)")
_MOST_LINKS = 5000  # of a page that are looked at; the busiest home pages have some hundreds
_WORDS = 5  # of a slug: sections are named in up to four syllables (`van-hoa-xa-hoi`), headlines in more
_OTHER = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp4|mp3|pdf|docx?|xlsx?|zip|css|js|xml|rss)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """What a page links to: its articles in their order, its next page, its feeds."""

    articles: tuple[Found, ...]
    next: str | None
    feeds: tuple[str, ...]


def read_section(page: Page) -> Section:
    """The links of a page, as of the address that it was fetched from."""
    document, base = parse_page(page), page.url or ""
    if document is None:
        return Section((), None, ())
    links = list(dict.fromkeys(absolute_url(element.get("href"), base) for element in _LINKS(document)[:_MOST_LINKS]))
    own = [url for url in links if url and same_site(url, base)]
    others = [url for url in own if url != base.partition("#")[0]]
    articles = choose_articles(Found(url, day_of(url)) for url in others)
    feeds = [url for href in _FEEDS(document) if (url := absolute_url(href, base))]
    return Section(tuple(articles), _next_page(document, own, base), tuple(dict.fromkeys(feeds)))


def choose_articles(found: Iterable[Found]) -> list[Found]:
    """Those whose address is an article's: as their paper writes them, or, where none is, with a long slug."""
    given = list(found)
    return [one for one in given if _is_of_family(one.url)] or [one for one in given if _is_headline(one.url)]


def _is_of_family(url: str) -> bool:
    path, host = urlsplit(url).path, find_host(host_of(url))
    names = host.families if host else ()
    return any(pattern.search(path) for name in names for pattern in families()[name].addresses)


def _is_headline(url: str) -> bool:
    path = urlsplit(url).path
    if _OTHER.search(path) or _PAGE.search(url):
        return False
    slugs = [re.sub(r"\.\w{2,5}$", "", part) for part in path.split("/")]
    return any(len([word for word in re.split(r"[-_]", slug) if word]) >= _WORDS for slug in slugs[-2:])


def day_of(url: str) -> date | None:
    """The last day that an address can be of, where it holds year and month.

    >>> day_of("https://bao.vn/xa-hoi/202407/duong-moi-3a5b7c9/")
    datetime.date(2024, 7, 31)
    """
    match = _MONTH.search(urlsplit(url).path)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    last = monthrange(year, month)[1]
    return date(year, month, min(int(match[3] or last), last))


def _next_page(document: etree._Element, links: list[str], base: str) -> str | None:
    """The page after this one: as declared, as linked, or as the papers of this family number them."""
    for href in _NEXT(document):
        if (url := absolute_url(href, base)) and same_site(url, base):
            return url
    number = _number(base) + 1
    stem = _stem(base)
    for url in links:
        if _PAGE.search(url) and _number(url) == number and _stem(url) == stem:
            return url
    return next(_by_pattern(base, number), None)


def _by_pattern(base: str, number: int) -> Iterator[str]:
    host = find_host(host_of(base))
    for name in host.families if host else ():
        for pattern in families()[name].paging:
            yield urljoin(_PAGE.sub("", base) if number > 2 else base, pattern.replace("{page}", str(number)))


def _number(url: str) -> int:
    match = _PAGE.search(url)
    return int(match[1]) if match else 1


def _stem(url: str) -> str:
    """The address of a section without its page: what all of its pages have in common."""
    parts = urlsplit(_PAGE.sub("", url))
    query = "&".join(sorted(p for p in parts.query.split("&") if p and not p.endswith("=")))
    return re.sub(r"\.\w{2,5}$", "", parts.path).rstrip("/") + f"?{query}"
