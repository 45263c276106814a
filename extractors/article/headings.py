"""The heading that holds the title of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from extractors.article.boilerplate import is_line
from extractors.article.dates import read_moment
from extractors.article.html import text_of
from extractors.article.metadata import Metadata
from extractors.article.selectors import compile_selector
from extractors.article.title_words import SEPARATOR, is_site_title, key_of, likeness

__all__ = ["SHORTEST_TITLE", "find_heading", "is_only"]

SHORTEST_TITLE = 8  # characters; what is shorter is a section's or the site's name
_ALIKE = 0.5  # of the words: an h1 and a title for search engines say the same in other words
_VERY_ALIKE = 0.8
# Times as much weighs a heading that is the first part of the page's own title, one with which it begins, and an h1.
_WHOLE, _FIRST, _HIGHEST = 5.0, 2.0, 1.5
_LONGER = 2  # times as long is an h1 with most of a declared title, of which a lower heading has only the beginning
_HOME_PAGE = re.compile(r"(?:.*https?://[^/]*)?/?(?:index\.\w+)?")
_DEEPER = etree.XPath("//h3 | //h4 | //*[@itemprop='headline']")
_NAMED = etree.XPath(
    """//*[self::h2 or self::h3 or self::h4][not(ancestor::nav or ancestor::a or ancestor::footer or descendant::a)]
    | //*[self::div or self::p or self::td or self::span or self::h3 or self::h4 or self::h5 or self::h6]
    [contains(@class,'itle') or contains(@class,'tieu') or contains(@class,'head') or contains(@class,'ubject')
    or contains(@id,'itle') or contains(@id,'tieu')][not(ancestor::nav or ancestor::a or ancestor::footer)]"""
)
_FIRST_PROSE = etree.XPath(
    "(//body//text()[string-length(normalize-space())>=90][not(parent::script or parent::style or ancestor::a)])[1]/.."
)
_PROSE_AFTER = etree.XPath(
    "(following::text()[string-length(normalize-space())>=90][not(parent::script or parent::style)])[1]/.."
)
_MENUS = ("nav", "footer", "a")
_H1_AFTER = etree.XPath("following::h1")
_SHORTEST, _LONGEST = 12, 250  # characters of a title that is known by its element's name alone


def find_heading(document: etree._Element, metadata: Metadata, host: str | None = None) -> etree._Element | None:
    """The heading with the title, or the last one before the prose where that is only the name of the site."""
    heading = _find_heading(document, metadata, host)
    if heading is not None and is_site_title(text_of(heading), host):
        named = _named(document, metadata, host)
        return heading if named is None else named
    return heading


def _find_heading(document: etree._Element, metadata: Metadata, host: str | None) -> etree._Element | None:
    """The heading with the title: the one that the page's own title begins with, or repeats, else the h1 most like it,
    else the only h1, else what its name says to be one, before the first prose."""
    declared = [key_of(t) for t in (metadata.headline, metadata.title) if t]
    shown = list(_with_keys(compile_selector("h1, h2")(document)))
    headings = [pair for pair in shown if not is_line("sections", text_of(pair[0]))] or shown
    highest = [pair for pair in headings if pair[0].tag == "h1"]
    first = [pair for pair in highest if not _is_in_menu(pair[0])] or highest
    alike = [(max((likeness(key, one) for one in declared), default=0.0), h, key) for h, key in first]
    best = max(alike, key=lambda one: one[0], default=None)
    repeated = [pair for pair in headings if len(pair[1]) >= SHORTEST_TITLE and any(pair[1] in one for one in declared)]
    if repeated:
        heading, key = max(repeated, key=lambda pair: _weight(pair[0], pair[1], metadata))
        longer = best is not None and heading.tag != "h1" and len(key) * _LONGER <= len(best[2])
        if best is None or best[0] < _VERY_ALIKE or not (longer or key in best[2]):
            return heading
    if best and best[0] >= _ALIKE:
        return best[1]
    if (deeper := _deeper(document, declared)) is not None:
        return deeper
    if first:
        return first[0][0]
    return headings[0][0] if headings and not declared else _named(document, metadata, host)


def _with_keys(elements: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    """Headings with the words of their texts, but for those that lead to the home page."""
    for element in elements:
        if not _leads_home(element) and (key := key_of(text_of(element))):
            yield element, key


def _weight(heading: etree._Element, key: str, metadata: Metadata) -> float:
    """How likely a heading that a declared title holds is it: there the site stands after it, kickers before."""
    weight = len(key) * (_HIGHEST if heading.tag == "h1" else 1)
    for title in filter(None, (metadata.headline, metadata.title)):
        if key_of(SEPARATOR.split(title)[0]) == key:
            return weight * _WHOLE
        if key_of(title).startswith(key):
            return weight * _FIRST
    return weight


def _leads_home(heading: etree._Element) -> bool:
    """Whether a heading is the site's name, linked to its home page."""
    link = heading.find(".//a[@href]")
    return link is not None and _HOME_PAGE.fullmatch(link.get("href").strip()) is not None


def _deeper(document: etree._Element, declared: list[str]) -> etree._Element | None:
    """The first lower heading with which a declared title begins, where no higher one has it."""
    for element, key in _with_keys(_DEEPER(document)):
        if len(key) >= SHORTEST_TITLE and any(one.startswith(key) for one in declared):
            return element
    return None


def _named(document: etree._Element, metadata: Metadata, host: str | None) -> etree._Element | None:
    """The last element before the first prose whose name says that it is a title, where what the page declares is
    no title of an article."""
    if metadata.headline or not is_site_title(metadata.title, host):
        return None
    prose = _FIRST_PROSE(document)
    if not prose:
        return None
    end = {element: at for at, element in enumerate(document.iter(etree.Element))}
    found = None
    for element in _NAMED(document):
        if end[element] >= end[prose[0]]:
            break
        text = text_of(element)
        if _SHORTEST <= len(text) <= _LONGEST and not (is_site_title(text, host) or read_moment(text)):
            found = element
    return found


def is_only(heading: etree._Element | None, metadata: Metadata) -> bool:
    """Whether a heading is the one h1 of a page, not in its menu, or the only one before the prose."""
    if heading is None or heading.tag != "h1" or metadata.headline:
        return False
    headings = compile_selector("h1")(heading.getroottree().getroot())
    shown = [e for e in headings if text_of(e) and not _is_in_menu(e)]
    return shown == [heading] or (len(shown) > 1 and shown[0] is heading and _is_after_prose(shown[1], heading))


def _is_in_menu(heading: etree._Element) -> bool:
    return any(one.tag in _MENUS for one in heading.iterancestors())


def _is_after_prose(element: etree._Element, heading: etree._Element) -> bool:
    """Whether an element stands after the first prose that follows a heading."""
    prose = _PROSE_AFTER(heading)
    return bool(prose) and element in _H1_AFTER(prose[0])
