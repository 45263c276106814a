"""Feeds (RSS, Atom, RDF) and sitemaps (lists, news, indexes) -> the addresses in them.

lxml reads them, mending what is broken. Entities are never expanded and nothing is loaded: a document that declares
entities of its own is refused, which no feed has a reason to do and every entity bomb must.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from lxml import etree

from extractors.article.dates import find_latest_date
from service.addresses import FetchError, absolute_url
from service.decode import decode_body

_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ROOTS = {"rss": "feed", "feed": "feed", "RDF": "feed", "urlset": "sitemap", "sitemapindex": "index"}
_ENTRIES = {"item", "entry", "url", "sitemap"}
_DATES = ("publication_date", "pubDate", "published", "date", "issued", "updated", "lastmod", "modified")
_AMERICAN = re.compile(r"\b[AP]M\b", re.IGNORECASE)  # .NET's own form: the month comes first, which no rule can see
_DATE_CHARS = 60  # longer than any date
_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_HEAD = 1024  # bytes that hold the root of a document, or tell that it is a page


@dataclass(frozen=True, slots=True)
class Found:
    """An address and the day it was published, where that is said."""

    url: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses in a feed or a sitemap, in its order; of an index they are those of sitemaps."""

    kind: Literal["feed", "sitemap", "index"]
    found: tuple[Found, ...]


def read_listing(content: bytes, base: str, limit: int) -> Listing | None:
    """The feed or sitemap in a document at address `base`; None where it is neither, but a page.

    gzip is taken off. Raises FetchError beyond `limit` bytes, for a bomb, and for what is broken beyond reading.
    """
    if content.startswith(b"\x1f\x8b"):
        content = decode_body([content], "gzip", limit)
    root = _root(content)
    kind = _ROOTS.get(_name(root)) if root is not None else None
    if root is None or kind is None:
        return None
    entries = (element for element in root.iter(etree.Element) if _name(element) in _ENTRIES)
    found = {one.url: one for entry in entries if (one := _read_entry(entry, base))}
    return Listing(kind, tuple(found.values()))  # type: ignore[arg-type]


def _root(content: bytes) -> etree._Element | None:
    plain = content.replace(b"\0", b"")  # UTF-16 writes ASCII with a zero beside each letter
    if _ENTITIES.search(plain):
        raise FetchError("the document declares entities of its own")
    if re.search(rb"<(?:!doctype\s+)?html", plain[:_HEAD], re.IGNORECASE):
        return None
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    try:
        return etree.fromstring(content.lstrip(), parser)
    except etree.XMLSyntaxError:
        return None


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _read_entry(entry: etree._Element, base: str) -> Found | None:
    parts: dict[str, str] = {}
    link = None
    # Two levels hold all (news:news holds the date); what lies deeper must not be read again for each entry above it.
    for element in (*entry, *(below for child in entry for below in child)):
        name, text = _name(element), (element.text or "").strip()
        if name == "link" and element.get("href"):
            if element.get("rel", "alternate") == "alternate":
                link = link or element.get("href")
        elif text and not (name == "guid" and element.get("isPermaLink", "true").lower() != "true"):
            parts.setdefault(name, text)
    address = link or parts.get("loc") or parts.get("link") or parts.get("guid")
    url = absolute_url(address, base) if address else None
    return Found(url, next((day for name in _DATES if (day := read_day(parts.get(name)))), None)) if url else None


def read_day(text: str | None) -> date | None:
    """The day in a date as feeds and sitemaps write it: RFC 822, ISO 8601 (a month is its first day), or as papers do.

    >>> read_day("Thu, 11 Jul 2024 09:07:00 +0700"), read_day("2024-07"), read_day("11/07/2024 09:07")
    (datetime.date(2024, 7, 11), datetime.date(2024, 7, 1), datetime.date(2024, 7, 11))
    """
    if not text or len(text) > _DATE_CHARS or _AMERICAN.search(text):
        return None
    return next(_days(text.strip()), None)


def _days(text: str) -> Iterator[date]:
    try:
        if match := _DAY.match(text):
            yield date(int(match[1]), int(match[2]), int(match[3] or 1))
        else:
            yield parsedate_to_datetime(text).date()
    except ValueError:
        if moment := find_latest_date(text):
            yield datetime.fromisoformat(moment[0]).date()
