"""The title of an article: the heading that holds it, and its words without those of the site around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from lxml import etree

from extractors.article.bylines import is_office
from extractors.article.dates import read_moment
from extractors.article.html import length, text_of
from extractors.article.markup import is_named
from extractors.article.metadata import Metadata
from extractors.article.phrases import is_line
from extractors.article.selectors import compile_selector
from extractors.text import fold

__all__ = ["find_heading", "find_title", "heading_text", "is_part", "is_site_title"]

_SEPARATOR = re.compile(r"\s+[|–—»·•:>-]+\s+|\s*[|»]\s*|\s::\s")
_TITLE = 8  # characters; what is shorter is a section's or the site's name
_ALIKE = 0.5  # of the words: an h1 and a title for search engines say the same in other words
_VERY_ALIKE = 0.8
# Times as much weighs a heading that is the first part of the page's own title, one with which it begins, and an h1.
_WHOLE, _FIRST, _HIGHEST = 5.0, 2.0, 1.5
_LONGER = 2  # times as long is an h1 with most of a declared title, of which a lower heading has only the beginning
_WORD = re.compile(r"\w+")
_FEW_WORDS = 3  # a title's part with fewer is a section or the site's name
_FEW_PARTS = 3  # with more, a title names site and sections, before and after
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
_SITE_SHARE = 0.4  # of a title's letters, which the host has too


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
    declared = [_key(t) for t in (metadata.headline, metadata.title) if t]
    shown = list(_with_keys(compile_selector("h1, h2")(document)))
    headings = [pair for pair in shown if not is_line("sections", text_of(pair[0]))] or shown
    highest = [pair for pair in headings if pair[0].tag == "h1"]
    first = [pair for pair in highest if not _is_in_menu(pair[0])] or highest
    alike = [(max((_likeness(key, one) for one in declared), default=0.0), h, key) for h, key in first]
    best = max(alike, key=lambda one: one[0], default=None)
    repeated = [pair for pair in headings if len(pair[1]) >= _TITLE and any(pair[1] in one for one in declared)]
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
        if not _leads_home(element) and (key := _key(text_of(element))):
            yield element, key


def _weight(heading: etree._Element, key: str, metadata: Metadata) -> float:
    """How likely a heading that a declared title holds is it: there the site stands after it, kickers before."""
    weight = len(key) * (_HIGHEST if heading.tag == "h1" else 1)
    for title in filter(None, (metadata.headline, metadata.title)):
        if _key(_SEPARATOR.split(title)[0]) == key:
            return weight * _WHOLE
        if _key(title).startswith(key):
            return weight * _FIRST
    return weight


def _leads_home(heading: etree._Element) -> bool:
    """Whether a heading is the site's name, linked to its home page."""
    link = heading.find(".//a[@href]")
    return link is not None and _HOME_PAGE.fullmatch(link.get("href").strip()) is not None


def _deeper(document: etree._Element, declared: list[str]) -> etree._Element | None:
    """The first lower heading with which a declared title begins, where no higher one has it."""
    for element, key in _with_keys(_DEEPER(document)):
        if len(key) >= _TITLE and any(one.startswith(key) for one in declared):
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


def is_part(name: str, title: str | None) -> bool:
    """Whether a part of a page's title begins with a name, as with that of the site."""
    parts = _SEPARATOR.split(title or "")
    return len(parts) > 1 and any(fold(part.strip()).startswith(fold(name)) for part in parts)


def is_site_title(title: str | None, host: str | None) -> bool:
    """Whether a page's title names the site or its sections alone, as on old portals.

    >>> is_site_title("Tin tức > Xem tin", None), is_site_title("::: UBND HUYEN MUONG KY :::", "muongky.gov.vn")
    (True, True)
    """
    parts = [part for part in _SEPARATOR.split(title or "") if _WORD.search(part)]
    groups = ("sections", "site_titles")
    return all(any(is_line(group, part) for group in groups) or _names_site(part, host) for part in parts)


def _names_site(title: str, host: str | None) -> bool:
    labels = (host or "").replace("-", "").split(".")[:-1]
    letters = "".join(_WORD.findall(fold(title)))
    return any(len(one) > _FEW_WORDS and one in letters and len(one) >= _SITE_SHARE * len(letters) for one in labels)


def find_title(heading: etree._Element | None, metadata: Metadata, host: str | None = None) -> str | None:
    """The article's title, without the name of the site or section that pages add to it."""
    shown = heading_text(heading) if heading is not None else None
    declared = [unescape(t) for t in (metadata.headline, metadata.title) if t]
    if shown:
        key = _key(shown)
        if shown.isupper() and (small := _in_small_letters(key, declared, metadata.site)):
            return small
        if part := _part_of(key, declared, metadata.site):
            return part  # the heading holds a section or kicker before the title, or a subtitle after it
        if not declared or any(_likeness(key, _key(t)) >= _ALIKE for t in declared) or _is_only(heading, metadata):
            return shown
        if heading is not None and (heading.tag not in ("h1", "h2") or is_site_title(metadata.title, host)):
            return shown
    return declared[0] if metadata.headline else _without_site(declared[0], metadata.site) if declared else shown


def _in_small_letters(key: str, declared: list[str], site: str | None) -> str | None:
    """The declared title, with or without the site, with the words of a heading that is in capitals alone."""
    forms = (form for title in declared for form in (title, _without_site(title, site), *_SEPARATOR.split(title)))
    return next((form.strip() for form in forms if _key(form) == key and not form.isupper()), None)


def _part_of(key: str, declared: list[str], site: str | None) -> str | None:
    """The declared title, with or without the site, at the start or the end of a longer heading."""
    for title in declared:
        for one in dict.fromkeys((title, _without_site(title, site), _SEPARATOR.split(title)[0])):
            part = _key(one)
            if length(part) >= _TITLE and (key.endswith(f" {part}") or (one is title and key.startswith(f"{part} "))):
                return one.strip()
    return None


def heading_text(heading: etree._Element) -> str:
    """The text of a heading without the parts that are named a kicker or a subtitle, unless nothing is left."""
    beside = {e for e in heading.iter("span", "small", "em", "div", "p") if e.tag == "small" or is_named(e, "kicker")}
    left = " ".join("".join(_texts_without(heading, beside)).split()) if beside - {heading} else ""
    return left or text_of(heading)


def _texts_without(element: etree._Element, left_out: set[etree._Element]) -> Iterator[str]:
    """The texts below an element, a space in place of each element that is left out."""
    yield element.text or ""
    for child in element:
        if child in left_out:
            yield " "
        elif child.tag not in ("script", "style"):
            yield from _texts_without(child, left_out)
        yield child.tail or ""


def _is_only(heading: etree._Element | None, metadata: Metadata) -> bool:
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
        title = title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-")
    while len(parts := _SEPARATOR.split(title)) > 1 and is_office(parts[-1]):
        title = title[: title.rfind(parts[-1])].rstrip(" |–—»·•:-")
    return title
