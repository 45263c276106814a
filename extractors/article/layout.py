"""What stands around an article on its page: title, date, section, lines before and after the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date
from html import unescape

from lxml import etree

from extractors.article.dates import VIETNAM, Moment, Order, read_moment
from extractors.article.html import text_of
from extractors.article.markup import is_named
from extractors.article.metadata import Metadata
from extractors.article.selectors import compile_selector
from extractors.text import fold

__all__ = ["between", "find_date", "find_heading", "find_title", "following", "last_section", "near_first", "preceding"]

Shown = etree._Element | str
_SEPARATOR = re.compile(r"\s+[|–—»·•:-]+\s+|\s*[|»]\s*|\s::\s")
_TITLE = 8  # characters; what is shorter is a section's or the site's name
_ALIKE = 0.5  # of the words: an h1 and a title for search engines say the same in other words
_VERY_ALIKE = 0.8
_WORD = re.compile(r"\w+")
_HOME = frozenset({"trang chu", "home", "startseite", "accueil", "homepage"})
_FEW_WORDS = 3  # a title's part with fewer is a section or the site's name
_FEW_PARTS = 3  # with more, a title names site and sections, before and after
_HOME_PAGE = re.compile(r"(?:.*https?://[^/]*)?/?(?:index\.\w+)?")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=\D|$)")


def find_heading(document: etree._Element, metadata: Metadata) -> etree._Element | None:
    """The heading with the title: the one that the page's own title begins with, or repeats, else the h1 most like it,
    else the only h1."""
    declared = [_key(t) for t in (metadata.headline, metadata.title) if t]
    shown = (h for h in compile_selector("h1, h2")(document) if not _leads_home(h))
    headings = [(h, key) for h in shown if (key := _key(text_of(h)))]
    first = [pair for pair in headings if pair[0].tag == "h1"]
    alike = [(max((_likeness(key, one) for one in declared), default=0.0), h, key) for h, key in first]
    best = max(alike, key=lambda one: one[0], default=None)
    repeated = [pair for pair in headings if len(pair[1]) >= _TITLE and any(pair[1] in one for one in declared)]
    if repeated:
        heading, key = max(repeated, key=lambda pair: (any(one.startswith(pair[1]) for one in declared), len(pair[1])))
        if best is None or best[0] < _VERY_ALIKE or key not in best[2]:
            return heading
    return best[1] if best else headings[0][0] if headings and not declared else None


def _leads_home(heading: etree._Element) -> bool:
    """Whether a heading is the site's name, linked to its home page."""
    link = heading.find(".//a[@href]")
    return link is not None and _HOME_PAGE.fullmatch(link.get("href").strip()) is not None


def find_title(heading: etree._Element | None, metadata: Metadata) -> str | None:
    """The article's title, without the name of the site or section that pages add to it."""
    shown = heading_text(heading) if heading is not None else None
    declared = [unescape(t) for t in (metadata.headline, metadata.title) if t]
    if shown:
        key = _key(shown)
        parts = [
            t for t in declared if len(t) >= _TITLE and (key.endswith(f" {_key(t)}") or key.startswith(f"{_key(t)} "))
        ]
        if parts:  # the heading holds a section or kicker before the title, or a subtitle after it
            return parts[0]
        if not declared or any(_likeness(key, _key(t)) >= _ALIKE for t in declared) or _is_only(heading, metadata):
            return shown
    return declared[0] if metadata.headline else _without_site(declared[0], metadata.site) if declared else shown


def heading_text(heading: etree._Element) -> str:
    """The text of a heading without the parts that are named a kicker or a subtitle, unless nothing is left."""
    beside = [e for e in heading.iter("span", "small", "em", "div", "p") if e.tag == "small" or is_named(e, "kicker")]
    text = text_of(heading)
    for element in beside:
        text = text.replace(text_of(element), " ", 1) if len(text_of(element)) < len(text) else text
    return " ".join(text.split()) or text_of(heading)


def _is_only(heading: etree._Element | None, metadata: Metadata) -> bool:
    """Whether a heading is the one h1 of a page, not in its menu."""
    if heading is None or heading.tag != "h1" or metadata.headline:
        return False
    inside = any(e.tag in ("nav", "footer", "a") for e in heading.iterancestors())
    return not inside and len(compile_selector("h1")(heading.getroottree().getroot())) == 1


def _key(text: str) -> str:
    """The words of a title alone: quotation marks, dashes and hidden hyphens differ from one place to another."""
    return " ".join(_WORD.findall(fold(text.replace("\u00ad", ""))))


def _likeness(one: str, other: str) -> float:
    """The share of the words of the shorter text that the other has too."""
    a, b = set(_WORD.findall(one)), set(_WORD.findall(other))
    return len(a & b) / (min(len(a), len(b)) or 1)


def _without_site(title: str, site: str | None) -> str:
    if site and fold(title).endswith(fold(site)) and len(title) > len(site):
        title = title[: len(title) - len(site)].rstrip(" |–—»·•:-")
    parts = _SEPARATOR.split(title)
    if len(parts) > _FEW_PARTS:
        return max(parts, key=len)
    if len(parts) > 1 and len(parts[-1].split()) <= _FEW_WORDS < len(title.split()) - len(parts[-1].split()):
        return title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-")
    return title


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
