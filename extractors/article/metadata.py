"""What a page says about itself in `meta`, `link` and JSON-LD, whatever its layout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import etree

from extractors.article.html import text_of
from extractors.article.phrases import is_line
from extractors.article.selectors import compile_selector

__all__ = ["Metadata", "read_metadata"]

_META = etree.XPath("//meta[@content]")
_LD = etree.XPath("//script[contains(@type,'ld+json')]")
_TYPES = ("Article", "Posting", "Report", "Review", "Recipe")  # NewsArticle, BlogPosting, …
_DATE_KEYS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "sailthru.date",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article.published",
    "article:published",
    "rnews:datepublished",
)
_WEAK_KEYS = ("date", "dc.date", "dcterms.date")  # often the day of the last change, or of the visit
_CHANGE_KEYS = ("article:modified_time", "og:updated_time", "last-modified", "dcterms.modified")
_TITLE_KEYS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "sailthru.title")
_AUTHOR_KEYS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl")


@dataclass(frozen=True, slots=True)
class Metadata:
    """None, or empty, where the page does not say. `title` has the site's suffix; `free` is false behind a paywall.
    `author` may be a company or an address, `people` are persons, `company` writes where no person does."""

    title: str | None = None
    headline: str | None = None
    description: str | None = None
    site: str | None = None
    date: str | None = None
    date_is_sure: bool = False
    modified: str | None = None
    author: str | None = None
    people: str | None = None
    company: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    canonical: str | None = None
    body: str | None = None
    image: str | None = None
    free: bool = True
    is_website: bool = False
    language: str | None = None


def read_metadata(document: etree._Element) -> Metadata:
    """The page's own statements; where several are made the most specific wins."""
    meta, tags = _read_meta(document)
    article, names, dates = _read_json_ld(document)
    people, bodies = _authors(article.get("author") or article.get("creator"), names)
    link = compile_selector("link[rel=canonical]")(document)
    title = compile_selector("head title")(document) or compile_selector("title")(document)
    date = _string(article.get("datePublished")) or _first(meta, *_DATE_KEYS) or dates.get("datePublished")
    return Metadata(
        title=_title(meta, text_of(title[0]) if title else None),
        headline=_string(article.get("headline")),
        description=_first(meta, "og:description", "description", "twitter:description"),
        site=_first(meta, "og:site_name", "application-name") or _authors(article.get("publisher"), names)[1],
        date=date or _first(meta, *_WEAK_KEYS),
        date_is_sure=date is not None,
        modified=_string(article.get("dateModified")) or _first(meta, *_CHANGE_KEYS) or dates.get("dateModified"),
        author=people or _first(meta, *_AUTHOR_KEYS),
        company=bodies,
        people=people,
        section=_string(article.get("articleSection")) or _first(meta, "article:section"),
        tags=tuple(dict.fromkeys(tags)) or _keywords(article, meta),
        canonical=(link[0].get("href") if link else None) or meta.get("og:url"),
        body=_string(article.get("articleBody")),
        image=meta.get("og:image"),
        free=_is_free(article, meta),
        is_website=meta.get("og:type", "").lower() == "website",
        language=document.get("lang") or meta.get("og:locale"),
    )


def _read_meta(document: etree._Element) -> tuple[dict[str, str], list[str]]:
    meta: dict[str, str] = {}
    tags = []
    for element in _META(document):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        content = " ".join(element.get("content").split())
        if key == "article:tag" and content:
            tags.append(content)
        elif key and content:
            meta.setdefault(key, content)
    return meta, tags


def _title(meta: dict[str, str], shown: str | None) -> str | None:
    """The title that the page declares, unless it is only that of a section."""
    declared = [meta[key] for key in _TITLE_KEYS if key in meta]
    return next((title for title in declared if not is_line("sections", title)), shown or next(iter(declared), None))


def _first(meta: dict[str, str], *keys: str) -> str | None:
    return next((meta[key] for key in keys if key in meta), None)


def _read_json_ld(document: etree._Element) -> tuple[dict[str, Any], dict[str, dict[str, Any]], dict[str, str]]:
    """The page's article, all that the page names by an address of its own (`@id`), and its first dates."""
    articles: list[dict[str, Any]] = []
    named: dict[str, dict[str, Any]] = {}
    dates: dict[str, str] = {}
    for script in _LD(document):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):  # many a site writes broken JSON; its other statements still count
            continue
        for item in _items(data, depth=0):
            if isinstance(key := item.get("@id"), str) and "name" in item:
                named[key] = item
            if _is_article(item):
                articles.append(item)
            for date in ("datePublished", "dateModified"):
                if value := _string(item.get(date)):
                    dates.setdefault(date, value)
    return max(articles, key=len, default={}), named, dates


def _items(data: Any, *, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:  # @graph -> WebPage -> mainEntity -> article
        return
    if isinstance(data, list):
        for one in data:
            yield from _items(one, depth=depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _items(data.get(key), depth=depth + 1)


def _is_article(item: dict[str, Any]) -> bool:
    types = item.get("@type")
    return any(isinstance(t, str) and t.endswith(_TYPES) for t in (types if isinstance(types, list) else [types]))


def _string(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _authors(value: Any, named: dict[str, dict[str, Any]]) -> tuple[str | None, str | None]:
    """The names of the persons, and of the companies, in an `author` or `publisher`."""
    people: list[str] = []
    bodies: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        key = one.get("@id") if isinstance(one, dict) else None
        given = named.get(key, one) if isinstance(key, str) else one
        name = _string(given.get("name") if isinstance(given, dict) else given)
        kind = str(given.get("@type", "")) if isinstance(given, dict) else ""
        if name:
            (bodies if "Organization" in kind else people).append(unescape(name))
    return ", ".join(people) or None, ", ".join(bodies) or None


def _keywords(article: dict[str, Any], meta: dict[str, str]) -> tuple[str, ...]:
    words = article.get("keywords") or _first(meta, "news_keywords", "keywords") or ()
    parts = words if isinstance(words, list) else str(words).split(",") if words else []
    return tuple(dict.fromkeys(" ".join(p.split()) for p in parts if isinstance(p, str) and p.strip()))


def _is_free(article: dict[str, Any], meta: dict[str, str]) -> bool:
    locked = meta.get("article:content_tier", "").lower() in ("locked", "metered", "paid")
    return not locked and str(article.get("isAccessibleForFree", True)).lower() not in ("false", "no", "0")
