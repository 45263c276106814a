"""What stands around an article on its page: date, section, lines before and after the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date

from lxml import etree

from extractors.article.dates import VIETNAM, Moment, Order, read_moment
from extractors.article.html import text_of
from extractors.article.metadata import Metadata
from extractors.text import fold

__all__ = ["between", "find_date", "following", "last_section", "near_first", "preceding"]

Shown = etree._Element | str
_HOME = frozenset({"trang chu", "home", "startseite", "accueil", "homepage"})
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=\D|$)")


def near_first(
    shown: list[etree._Element], heading: etree._Element | None, body: etree._Element
) -> list[etree._Element]:
    """Elements that show a date, those of the article first: between title and body, inside the body, before the title
    in the same part of the page. Others are the clock in the page's header and the dates of other articles."""
    if len(shown) < 2:
        return shown
    order = {element: at for at, element in enumerate(body.getroottree().iter(etree.Element))}
    start = order.get(heading, order[body]) if heading is not None else order[body]
    end = max(order[e] for e in body.iter(etree.Element))

    def distance(element: etree._Element) -> tuple[int, int]:
        at = order[element]
        if start <= at <= end:
            return (0, at)
        return (1, start - at) if at < start else (2, at)

    return sorted(shown, key=distance)


def find_date(
    shown: Iterable[etree._Element | str],
    metadata: Metadata,
    around: Iterable[str],
    url: str | None,
    *,
    vietnamese: bool,
    late: str | None = None,
) -> Moment | None:
    """When the article appeared: from the elements or texts that show it, the page's own statement, the lines around
    the title (`around`), the address or what is said of a change (`late`); of the same day one with a time first."""
    zone = VIETNAM if vietnamese else UTC
    order: Order = "day" if vietnamese else _order(metadata)
    first: Moment | None = None
    for text in _date_texts(shown, metadata, around):
        moment = read_moment(text, zone=zone, convert=vietnamese, order=order)
        if moment is None or (first and _days_between(first, moment) > 1):
            continue
        if moment[1] == "minute":
            return moment
        first = first or moment
    if first:
        return first
    match = _URL_DATE.search(url or "")
    address = read_moment("-".join(match.groups()), zone=zone) if match else None
    return address or read_moment(late, zone=zone, convert=vietnamese, order=order)


def _days_between(one: Moment, other: Moment) -> int:
    return abs((date.fromisoformat(one[0][:10]) - date.fromisoformat(other[0][:10])).days)


def _order(metadata: Metadata) -> Order:
    """Which comes first in a date of figures with slashes: pages in American English have the month there."""
    return "month" if (metadata.language or "").lower().replace("_", "-") == "en-us" else "week"


def _date_texts(
    shown: Iterable[etree._Element | str], metadata: Metadata, around: Iterable[str]
) -> Iterator[str | None]:
    for element in shown:
        if isinstance(element, str):
            yield element
            continue
        yield element.get("datetime") or element.get("content")
        yield text_of(element)
    yield metadata.date
    yield from around


def between(start: etree._Element | None, end: etree._Element) -> list[etree._Element]:
    """The outermost elements after `start` and before `end`, in document order; none if they stand otherwise."""
    if start is None:
        return []
    above = set(start.iterancestors())
    found: list[etree._Element] = []
    node = end
    while node is not None and node not in above:
        for sibling in node.itersiblings(preceding=True):
            if sibling is start:
                return found[::-1]
            if sibling in above:
                return _after(start, sibling) + found[::-1]
            found.append(sibling)
        node = node.getparent()
    return []


def _after(start: etree._Element, ancestor: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    node = start
    while node is not ancestor:
        found += node.itersiblings()
        node = node.getparent()
    return found


def preceding(element: etree._Element, levels: int = 2) -> list[etree._Element]:
    """The elements before an element and before its parents, `levels` up, in document order."""
    found: list[etree._Element] = []
    node = element
    for _ in range(levels + 1):
        if node is None or node.tag in ("body", "html"):
            break
        found += node.itersiblings(etree.Element, preceding=True)
        node = node.getparent()
    return found[::-1]


def following(element: etree._Element, levels: int = 2) -> Iterator[etree._Element]:
    """The elements after an element and after its parents, `levels` up."""
    node = element
    for _ in range(levels + 1):
        if node is None or node.tag in ("body", "html"):
            return
        yield from node.itersiblings(etree.Element)
        node = node.getparent()


def last_section(links: Iterable[etree._Element], title: str | None) -> str | None:
    """The last link of a breadcrumb that is neither the home page nor the article itself."""
    names = [text_of(link) for link in links]
    kept = [n for n in names if n and fold(n) not in _HOME and n != title]
    return kept[-1] if kept else None
