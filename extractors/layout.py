"""What stands around an article on its page: title, date, section, lines before and after the body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC

from lxml import etree

from extractors.dates import VIETNAM, Moment, read_moment
from extractors.html import text_of
from extractors.metadata import Metadata
from extractors.selectors import compile_selector
from extractors.text import fold

__all__ = ["between", "find_date", "find_heading", "find_title", "following", "last_section"]

_SEPARATOR = re.compile(r"\s+[|–—»·•:-]+\s+|\s*[|»]\s*|\s::\s")
_HOME = frozenset({"trang chu", "home", "startseite", "accueil", "homepage"})
_FEW_WORDS = 3  # a title's part with fewer is a section or the site's name
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=\D|$)")


def find_heading(document: etree._Element, metadata: Metadata) -> etree._Element | None:
    """The h1 that holds the title: the one that the page's own title repeats, else the longest."""
    headings = [(h, text) for h in compile_selector("h1")(document) if (text := text_of(h))]
    known = fold(f"{metadata.title or ''} {metadata.headline or ''}")
    repeated = [pair for pair in headings if fold(pair[1]) in known]
    best = max(repeated or headings, key=lambda pair: len(pair[1]), default=None)
    return best[0] if best else None


def find_title(heading: etree._Element | None, metadata: Metadata) -> str | None:
    """The article's title, without the name of the site or section that pages add to it."""
    declared = metadata.headline or metadata.title
    shown = text_of(heading) if heading is not None else None
    if shown and (not declared or _same_start(shown, declared) or _same_start(shown, metadata.title or "")):
        return shown
    if metadata.headline:
        return metadata.headline
    return _without_site(metadata.title, metadata.site) if metadata.title else shown


def _same_start(shown: str, declared: str) -> bool:
    a, b = re.sub(r"\W+", "", fold(shown)), re.sub(r"\W+", "", fold(declared))
    return bool(a) and (a in b or (len(b) > 10 and b in a))


def _without_site(title: str, site: str | None) -> str:
    if site and fold(title).endswith(fold(site)) and len(title) > len(site):
        title = title[: len(title) - len(site)].rstrip(" |–—»·•:-")
    parts = _SEPARATOR.split(title)
    if len(parts) > 1 and len(parts[-1].split()) <= _FEW_WORDS < len(title.split()) - len(parts[-1].split()):
        return title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-")
    return title


def find_date(
    shown: Iterable[etree._Element], metadata: Metadata, around: Iterable[str], url: str | None, *, vietnamese: bool
) -> Moment | None:
    """When the article appeared: from the elements that show it, the page's own statement, the lines under the title
    (`around`) or the address, the first of them with a time of day before any without."""
    zone = VIETNAM if vietnamese else UTC
    days = []
    for text in _date_texts(shown, metadata, around):
        if moment := read_moment(text, zone=zone, convert=vietnamese):
            if moment[1] == "minute":
                return moment
            days.append(moment)
    if days:
        return days[0]
    match = _URL_DATE.search(url or "")
    return read_moment("-".join(match.groups()), zone=zone) if match else None


def _date_texts(shown: Iterable[etree._Element], metadata: Metadata, around: Iterable[str]) -> Iterator[str | None]:
    for element in shown:
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
