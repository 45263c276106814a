"""What a page says about its article in JSON-LD, broken as it may be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import etree

__all__ = ["Item", "LinkedData", "first_string", "names_of", "read_json_ld"]

Item = dict[str, Any]
LinkedData = tuple[Item, dict[str, Item], dict[str, str]]

_SCRIPTS = etree.XPath("//script[contains(@type,'ld+json')]")
_TYPES = ("Article", "Posting", "Report", "Review", "Recipe")  # NewsArticle, BlogPosting, …
_DEEPEST = 4  # @graph -> WebPage -> mainEntity -> article
_START = re.compile(r"""\{(?=\s*["'}])|(?<!CDATA)\[(?=\s*["{\[])""")
_SURPLUS_COMMA = re.compile(r",(?=\s*[\]}])")
_DATE = re.compile(r"""["'](datePublished|dateModified)["']\s*:\s*["']([^"'\n]{8,40})["']""")
_DATES = ("datePublished", "dateModified", "dateCreated")
_DECODER = json.JSONDecoder(strict=False)


def read_json_ld(document: etree._Element) -> LinkedData:
    """The page's article, all that the page names by an address of its own (`@id`), and its first dates."""
    articles: list[Item] = []
    named: dict[str, Item] = {}
    dates: dict[str, str] = {}
    for script in _SCRIPTS(document):
        text = script.text or ""
        data = _load(text)
        if data is None:
            dates = dict(_DATE.findall(text)[::-1]) | dates
        for item in _items(data, depth=0):
            if isinstance(key := item.get("@id"), str) and "name" in item:
                named[key] = item
            if _is_article(item):
                articles.append(item)
            for date in _DATES:
                if value := first_string(item.get(date)):
                    dates.setdefault(date, value)
    return max(articles, key=len, default={}), named, dates


def _load(text: str) -> Any:
    """What a script holds; None where it is broken in another way than many a site's: in a comment or CDATA, with a
    stop after it or a comma too many."""
    start = _START.search(text)
    if start is None:
        return None
    for mended in (text, _SURPLUS_COMMA.sub("", text)):
        try:
            return _DECODER.raw_decode(mended, start.start())[0]
        except (ValueError, RecursionError):
            continue
    return None


def _items(data: Any, *, depth: int) -> Iterator[Item]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _items(one, depth=depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _items(data.get(key), depth=depth + 1)


def _is_article(item: Item) -> bool:
    types = item.get("@type")
    return any(isinstance(t, str) and t.endswith(_TYPES) for t in (types if isinstance(types, list) else [types]))


def first_string(value: Any) -> str | None:
    """A string, or the first of a list, on one line; None where there is none."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    return " ".join(value.encode("utf-8", "replace").decode().split()) or None  # JSON can write half a letter


def _name(person: Item) -> str | None:
    parts = (first_string(person.get(key)) for key in ("givenName", "familyName"))
    return first_string(person.get("name")) or " ".join(part for part in parts if part) or None


def names_of(value: Any, named: dict[str, Item]) -> tuple[str | None, str | None]:
    """The names of the persons, and of the companies, in an `author` or `publisher`."""
    people: list[str] = []
    bodies: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        key = one.get("@id") if isinstance(one, dict) else None
        given = named.get(key, one) if isinstance(key, str) else one
        name = _name(given) if isinstance(given, dict) else first_string(given)
        kind = str(given.get("@type", "")) if isinstance(given, dict) else ""
        if name:
            (bodies if "Organization" in kind else people).append(unescape(name))
    return ", ".join(people) or None, ", ".join(bodies) or None
