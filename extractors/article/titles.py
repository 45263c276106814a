"""The title of an article: the words of its heading without those of the site around it."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from lxml import etree

from extractors.article.headings import SHORTEST_TITLE, is_only
from extractors.article.html import length, text_of
from extractors.article.markup import is_named
from extractors.article.metadata import Metadata
from extractors.article.title_words import SEPARATOR, is_site_title, key_of, likeness, without_site

__all__ = ["find_title", "heading_text"]

_ALIKE = 0.5  # of the words: an h1 and a title for search engines say the same in other words


def find_title(heading: etree._Element | None, metadata: Metadata, host: str | None = None) -> str | None:
    """The article's title, without the name of the site or section that pages add to it."""
    shown = heading_text(heading) if heading is not None else None
    declared = [unescape(t) for t in (metadata.headline, metadata.title) if t]
    if shown:
        key = key_of(shown)
        if shown.isupper() and (small := _in_small_letters(key, declared, metadata.site)):
            return small
        if part := _part_of(key, declared, metadata.site):
            return part  # the heading holds a section or kicker before the title, or a subtitle after it
        if not declared or any(likeness(key, key_of(t)) >= _ALIKE for t in declared) or is_only(heading, metadata):
            return shown
        if heading is not None and (heading.tag not in ("h1", "h2") or is_site_title(metadata.title, host)):
            return shown
    return declared[0] if metadata.headline else without_site(declared[0], metadata.site) if declared else shown


def _in_small_letters(key: str, declared: list[str], site: str | None) -> str | None:
    """The declared title, with or without the site, with the words of a heading that is in capitals alone."""
    forms = (form for title in declared for form in (title, without_site(title, site), *SEPARATOR.split(title)))
    return next((form.strip() for form in forms if key_of(form) == key and not form.isupper()), None)


def _part_of(key: str, declared: list[str], site: str | None) -> str | None:
    """The declared title, with or without the site, at the start or the end of a longer heading."""
    for title in declared:
        for one in dict.fromkeys((title, without_site(title, site), SEPARATOR.split(title)[0])):
            part = key_of(one)
            if length(part) >= SHORTEST_TITLE and (
                key.endswith(f" {part}") or (one is title and key.startswith(f"{part} "))
            ):
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
