"""Other articles' headlines, with what is said of each, in and around an article."""

from __future__ import annotations

from lxml import etree

from extractors.article.general import drop
from extractors.article.headings import find_heading
from extractors.article.html import length, text_of
from extractors.article.layout import following
from extractors.article.metadata import Metadata

__all__ = ["drop_lists", "drop_teasers"]

_BOXES = ("div", "section", "article", "aside", "li", "td", "blockquote")
_TEASER = 500  # characters of a headline and what is said of it
_HEADLINE = 20  # characters; a shorter link is a place or a name
_LINK_ONLY = 0.8  # of a headline's text in its link
_MOST = 0.4  # of the text of a body: with more of them it is a list
_TEASER_LINKS = etree.XPath(
    "descendant::*[self::h2 or self::h3 or self::h4 or self::h5][ancestor::a[@href] or descendant::a[@href]]"
)


def drop_teasers(body: etree._Element) -> None:
    """Takes other articles' headlines with what is said of them out of a body that is not a list of such."""
    boxes = [element for element in body.iterdescendants(*_BOXES) if _is_teaser_box(element)]
    if boxes and sum(len(text_of(box)) for box in boxes) < _MOST * len(text_of(body)):
        for box in boxes:
            drop(box)


def _is_teaser_box(element: etree._Element) -> bool:
    """Whether a part of a body holds another article's headline, linked, and a little text below it."""
    parts = [child for child in element if text_of(child)]
    size = length(text_of(element))
    if len(parts) != 2 or size > _TEASER or (element.text or "").strip():
        return False
    links = [parts[0], *parts[0].iterdescendants()] if parts[0].tag != "a" else [parts[0]]
    linked = sum(len(text_of(link)) for link in links if link.tag == "a" and link.get("href"))
    return linked >= max(_HEADLINE, _LINK_ONLY * len(text_of(parts[0]))) and not (parts[0].tail or "").strip()


def drop_lists(document: etree._Element, metadata: Metadata) -> bool:
    """Takes teasers of other articles off a page that is more of them than of its own: those in asides, and those in
    and after the <article> that holds the title. Whether there were any."""
    heading = find_heading(document, metadata)
    if heading is None or heading.tag != "h1" or heading.find(".//a") is not None:
        return False
    kept = {heading, *heading.iterancestors()}
    own = next(heading.iterancestors("article"), None)
    lists = list(document.iter("aside"))
    if own is not None:
        lists += [*own.iterdescendants("section", "article", "ul"), *following(own)]
    lists = [e for e in lists if e not in kept and _is_teasers(e)]
    for element in lists:
        drop(element)
    return bool(lists)


def _is_teasers(element: etree._Element) -> bool:
    """Whether an element holds linked headlines with little text to each."""
    links = len(_TEASER_LINKS(element))
    return 0 < length(text_of(element)) <= links * _TEASER
