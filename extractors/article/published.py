"""When an article appeared, as its page shows and declares it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from datetime import UTC, date
from functools import cache
from itertools import chain

from lxml import etree

from extractors.article.boilerplate import any_of
from extractors.article.dates import VIETNAM, Moment, Order, date_spans, read_moment
from extractors.article.html import holders, text_of
from extractors.article.markup import Marks
from extractors.article.metadata import Metadata

__all__ = ["announced", "date_texts", "find_date", "is_clock", "near_first"]

_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=\D|$)")
_MARKED = etree.XPath(
    f"""{holders("//@itemprop[.='datePublished' or .='dateCreated']")} | //time[@datetime or @pubdate] |
    {holders("//@property[contains(.,'datePublished') or contains(.,'dateCreated') or contains(.,'dc:created')]")}"""
)
_SHOWN_TEXT = "[normalize-space()][not(parent::script or parent::style)]"
_FOLLOWING = etree.XPath(f"following::text(){_SHOWN_TEXT}[position() <= 32]")
_PRECEDING = etree.XPath(f"preceding::text(){_SHOWN_TEXT}[position() <= 8]")
_ATTRIBUTES = etree.XPath(
    "following::*[position() <= 24]/@*[name()='title' or starts-with(name(),'data-')]", smart_strings=False
)
_MACHINE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?!\d)")
_HEADER = re.compile(
    r"""(?<![\w-])(?:top|top-bar)(?![\w-])|(?<![a-z])(?:header|topbar|masthead|clock|weather|today|now|current(?:time|date)?
    |hom-?nay)(?![a-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_WORDS, _TIME = 36, 20  # characters before a date with words that announce it, and after it with its time
_SHOWN = 3  # elements with a date; more are those of other articles
_BEFORE = 3  # times as far away is an element before the title
_OPENING = 2  # the lead and the first paragraph
_LINE = 100  # characters of a text that shows a date; a sentence about an event is longer


@cache
def _changed() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of('before_change')})?\s*(?:{any_of('changed')})(?!\w)", re.IGNORECASE)


@cache
def _announced() -> re.Pattern[str]:
    late = rf"(?P<change>(?:{any_of('before_change')})\s(?:\w+\s){{0,2}}?(?:{any_of('changed')}))"
    return re.compile(rf"(?:{any_of('announced')}|{late})(?=\s|:)", re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('other_dates')})(?!\w)|©", re.IGNORECASE)


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
    for text in _said(shown, metadata, around):
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


def _said(shown: Iterable[etree._Element | str], metadata: Metadata, around: Iterable[str]) -> Iterator[str | None]:
    for element in shown:
        if isinstance(element, str):
            yield element
            continue
        yield element.get("datetime") or element.get("content")
        yield text_of(element)
    yield metadata.date
    yield from around


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


def date_texts(document: etree._Element, heading: etree._Element | None, marks: Marks, metadata: Metadata) -> list[str]:
    """Texts with the date, the surest first: what marks itself as one, what is named so, what stands near the title.

    None where the page declares its date: elements may then be of comments and of other articles.
    """
    if metadata.date_is_sure and read_moment(metadata.date):
        return []
    held = {heading, *heading.iterancestors()} if heading is not None else set()
    marked = [element for element in _MARKED(document) if not _is_of_others(element, held, marks)]
    near: list[etree._Element] = []
    if not marked:
        named = (e for e, groups in marks.items() if "date" in groups and any(map(_is_date, _texts(e))))
        marked = [e for e in named if not (is_clock(e, held) or _is_of_others(e, held, marks))]
        near = [] if metadata.date and not marked else list(_near(heading))
    shown = _nearest([*marked, *near], heading)
    texts = [text for element in shown[:_SHOWN] for text in _texts(element)]
    if not (texts or metadata.date):
        texts = _hidden(heading)
    return sorted(texts, key=lambda text: _changed().match(text) is not None)


def _is_of_others(element: etree._Element, held: set[etree._Element], marks: Marks) -> bool:
    """Whether an element stands in a part of the page without the title that holds comments, or in its foot."""
    for one in (element, *element.iterancestors()):
        if one in held:
            return False
        if _is_foot(one) or "other" in marks.get(one, ()):
            return True
    return False


def _is_foot(element: etree._Element) -> bool:
    """Whether an element is a menu, or the foot of the page, not of an article in it."""
    return element.tag == "nav" or (element.tag == "footer" and next(element.iterancestors("article"), None) is None)


def _nearest(shown: list[etree._Element], heading: etree._Element | None) -> list[etree._Element]:
    """The elements by their distance from the title, those after it first where the distance is alike; those that say
    that they show a change last."""
    if len(shown) < 2:
        return shown
    root = shown[0].getroottree()
    order = {element: at for at, element in enumerate(root.iter(etree.Element))}
    start = order[heading] if heading is not None else 0

    def place(element: etree._Element) -> tuple[bool, int]:
        at = order[element]
        return _is_change(element), at - start if at >= start else _BEFORE * (start - at)

    return sorted(dict.fromkeys(shown), key=place)


def _is_change(element: etree._Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    changed = "updated" in names or "modif" in names
    return changed and not ("publish" in names or "created" in names or "entry-date" in names)


def _texts(element: etree._Element) -> Iterator[str]:
    yield from filter(None, (element.get(key) for key in ("datetime", "content", "title")))
    yield text_of(element)


def _is_date(text: str) -> bool:
    return len(text) <= _LINE and read_moment(text) is not None and not _others().search(text)


def _near(heading: etree._Element | None) -> Iterator[etree._Element]:
    """The element with the first text near the title that shows a date of publication, those after the title first."""
    if heading is None:
        return
    held = set(heading.iterancestors())
    late = None
    for text in _texts_near(heading):
        if not _is_date(" ".join(text.split())):
            continue
        element = text.getparent().getparent() if text.is_tail else text.getparent()
        line = text_of(element)
        if len(line) > _LINE or _others().search(line) or is_clock(element, held):
            continue
        if not _changed().match(line):
            yield element
            return
        late = element if late is None else late
    if late is not None:
        yield late


def _hidden(heading: etree._Element | None) -> list[str]:
    """The dates of a machine in attributes of the first elements after the title, which show how long ago it was."""
    return [] if heading is None else [text for text in _ATTRIBUTES(heading) if _MACHINE.match(text) and _is_date(text)]


def _texts_near(heading: etree._Element) -> Iterator[etree._ElementUnicodeResult]:
    """The texts after the title up to the article's second prose, those before the title, then more of those after."""
    following = _FOLLOWING(heading)
    prose = [at for at, text in enumerate(following) if len(text) > _LINE][:_OPENING]
    start = prose[-1] if len(prose) == _OPENING else len(following)
    return chain(following[:start], _PRECEDING(heading)[::-1], following[start:])


def is_clock(element: etree._Element, held: Container[etree._Element] = ()) -> bool:
    """Whether an element stands in a header of the page without the title, where the date is that of the visit."""
    above = (e for e in (element, *element.iterancestors("header", "nav", "div", "footer")) if e not in held)
    return any(_is_foot(e) or _HEADER.search(f"{e.tag} {e.get('class')} {e.get('id')}") for e in above)


def announced(document: etree._Element, metadata: Metadata) -> tuple[str | None, str | None]:
    """The date that the page announces in words ("published on …"), and that of its last change."""
    change = metadata.modified
    for text in (metadata.description or "", text_of(document)):
        for start, end in date_spans(text):
            said = list(_announced().finditer(text, max(0, start - _WORDS), start))
            if said and said[-1]["change"]:
                change = change or text[start : end + _TIME]
            elif said:
                return text[start : end + _TIME], change
    return None, change
