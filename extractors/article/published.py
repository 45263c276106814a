"""When an article appeared, as a page of no known layout shows it: the texts in which its date is to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from extractors.article.dates import read_moment
from extractors.article.html import text_of
from extractors.article.markup import Marks, is_named
from extractors.article.metadata import Metadata

__all__ = ["announced", "date_texts"]

_MARKED = etree.XPath(
    """//@itemprop[.='datePublished' or .='dateCreated']/.. | //time[@datetime or @pubdate]
    | //@property[contains(.,'datePublished') or contains(.,'dateCreated')]/.."""
)
_FOLLOWING = etree.XPath("following::text()[normalize-space()][position() <= 16]", smart_strings=False)
_PRECEDING = etree.XPath("preceding::text()[normalize-space()][position() <= 8]", smart_strings=False)
_HEADER = re.compile(
    r"(?<![\w-])(?:site-|page-|main-)?(?:header|topbar|top-bar|top|masthead|clock|weather)(?![\w-])", re.I
)
_ANNOUNCED = re.compile(
    r"""(?:veröffentlicht|erschienen|publiziert|geschrieben|eingestellt|erstellt|verfasst|published|posted|released|publi[ée]
    |publicado|pubblicato|mise?\sen\sligne|notizia|opublikowano|gepubliceerd|đăng|stand)
    (?:\s(?:am|on|le|el|il|del|op|dnia|lúc))?\s?:?\s(?P<date>.{6,40})""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_SHOWN = 3  # elements with a date; more are those of other articles
_BEFORE = 3  # times as far away is an element before the title
_LINE = 100  # characters of a text that shows a date; a sentence about an event is longer


def date_texts(document: etree._Element, heading: etree._Element | None, marks: Marks, metadata: Metadata) -> list[str]:
    """Texts with the date, the surest first: what marks itself as one, what is named so, what stands near the title.

    None where the page declares its date: elements may then be of comments and of other articles.
    """
    if metadata.date_is_sure and read_moment(metadata.date):
        return []
    marked = [element for element in _MARKED(document) if not is_named(element, "other")]
    if not marked:
        named = (e for e, groups in marks.items() if "date" in groups and _is_date(text_of(e)))
        marked = [element for element in named if not _is_clock(element, heading)]
    texts = [text for element in _nearest(marked, heading)[:_SHOWN] for text in _texts(element)]
    return texts or ([] if metadata.date else list(_near(heading)))


def _nearest(shown: list[etree._Element], heading: etree._Element | None) -> list[etree._Element]:
    """The elements by their distance from the title, those after it first where the distance is alike."""
    if heading is None or len(shown) < 2:
        return shown
    order = {element: at for at, element in enumerate(heading.getroottree().iter(etree.Element))}
    start = order[heading]
    return sorted(shown, key=lambda e: order[e] - start if order[e] >= start else _BEFORE * (start - order[e]))


def _texts(element: etree._Element) -> Iterator[str]:
    yield from filter(None, (element.get(key) for key in ("datetime", "content", "title")))
    yield text_of(element)


def _is_date(text: str) -> bool:
    return len(text) <= _LINE and read_moment(text) is not None


def _near(heading: etree._Element | None) -> Iterator[str]:
    if heading is not None:
        for text in (*_FOLLOWING(heading), *_PRECEDING(heading)[::-1]):
            if _is_date(line := " ".join(text.split())):
                yield line
                return


def _is_clock(element: etree._Element, heading: etree._Element | None) -> bool:
    """Whether an element stands in a header of the page without the title, where the date is that of the visit."""
    held = set(heading.iterancestors()) if heading is not None else set()
    above = (e for e in element.iterancestors("header", "nav", "div", "footer") if e not in held)
    return any(e.tag in ("nav", "footer") or _HEADER.search(f"{e.tag} {e.get('class')} {e.get('id')}") for e in above)


def announced(document: etree._Element, metadata: Metadata) -> str | None:
    """The date that the page announces in words ("published on …"), else that of its last change."""
    for text in (metadata.description or "", text_of(document)):
        for match in _ANNOUNCED.finditer(text):
            if read_moment(match["date"]):
                return match["date"]
    return metadata.modified
