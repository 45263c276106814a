"""What stands where on a page: before, between and after its elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from extractors.article.html import text_of
from extractors.text import fold

__all__ = ["between", "following", "last_section", "preceding"]

_HOME = frozenset({"trang chu", "home", "startseite", "accueil", "homepage"})


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
