"""Where no family fits: the part of any page that holds its article, by what its text is like.

Every block of a page is either prose (long, few links) or not (menus, teasers, buttons). The article is the element
with the most prose less what is not prose, a measure that one pass from the leaves up gives for all elements at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractors.article.html import holders, length
from extractors.article.markup import Marks, is_noise, mark, read_names

__all__ = ["Found", "drop", "find_article", "measure_prose", "prune"]

_DROPPED = frozenset(
    """
    script style noscript template iframe object embed canvas svg button select textarea input label audio
    video map nav footer dialog menu
    """.split()  # noqa: SIM905 (a list of single words is read more easily so)
)
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd mark nobr q s samp small span
    strike strong sub sup time tt u var wbr o:p
    """.split()  # noqa: SIM905 (a list of single words is read more easily so)
)
_OTHERS = etree.XPath(
    f"""{holders("descendant::*/@style[contains(.,'none')]")} | {holders("descendant::*/@aria-hidden[.='true']")}
    | .//aside | .//form"""
)
_PARAGRAPHS = etree.XPath("descendant::p")
_LEFT_OPEN = frozenset({"noscript", "button", "label", "menu", "nav", "select"})
_UNCLOSED = 3  # paragraphs; what has more, and the title, was never closed
_BODIES = etree.XPath("descendant::*[@itemprop='articleBody']")
_PROSE = 45  # characters; a shorter block is a button, a heading, a line of a menu
_DENSE = 1.4  # times its characters is what a title says in Chinese, Japanese, Korean or Thai, and what it counts for
_DENSITY = 1.6
_PROSE_ITEM = 70  # of a list item, since menus and teasers are lists
_LINKED = 0.45  # a block with a larger share of its text in links is no prose
_SHORT_COST = 0.25  # how much a character outside prose counts against an element, by trial on real pages
_LINK_COST = 0.9
# An element whose name says that it holds the article is taken when it holds this much, by trial on real pages.
_HINT_PROSE = 200  # characters
_HINT_SHARE = 0.25  # of the best element's worth
_ARTICLE_SHARE = 0.7  # the same of the `article` that the title stands in
_MAIN_SHARE = 0.4  # of the page's prose: an element that holds more is never dropped for its name
_OTHER_SHARE = 0.85  # the same for comments, which are often longer than the article


@dataclass(frozen=True, slots=True)
class _Sums:
    """By element, in document order: the characters of prose in it, and what counts against them."""

    prose: dict[etree._Element, float]
    cost: dict[etree._Element, float]


@dataclass(frozen=True, slots=True)
class Found:
    """The element that holds the article, the characters of prose in it and on the whole page; `named`: it says itself
    that it is the article."""

    element: etree._Element
    prose: float
    page_prose: float
    named: bool = False


def drop(element: etree._Element) -> None:
    """Takes an element out of its document; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is None:
            parent.text = (parent.text or "") + element.tail
        else:
            previous.tail = (previous.tail or "") + element.tail
        element.tail = None
    parent.remove(element)


def prune(root: etree._Element) -> None:
    """Takes out of an element what is never text: scripts, buttons, menus, what is hidden."""
    for element in list(root.iter(*_DROPPED)):
        if element is not root and not (element.tag in _LEFT_OPEN and _is_unclosed(element)):
            drop(element)


def _is_unclosed(element: etree._Element) -> bool:
    """Whether what no article stands in was never closed and holds the page."""
    return len(_PARAGRAPHS(element)) >= _UNCLOSED and (element.tag == "noscript" or element.find(".//h1") is not None)


def find_article(
    document: etree._Element, heading: etree._Element | None = None, marks: Marks | None = None
) -> Found | None:
    """The element with the article; the document loses its menus, comments and advertising, not what holds the heading.
    None without any prose."""
    body = document.find("body")
    if body is None:
        return None
    marks = mark(read_names(document)) if marks is None else marks
    prune(body)
    density = _density(document)
    sums = _measure(body, density)
    if not sums.prose[body]:
        return None
    _drop_noise(body, sums, marks, heading)
    worth = {element: prose - sums.cost[element] for element, prose in sums.prose.items()}
    best = max(reversed(worth), key=worth.__getitem__)  # of equals the innermost
    hinted = max((e for e in _hints(body, marks) if e in worth), key=worth.__getitem__, default=None)
    if hinted is not None and worth[hinted] > max(_HINT_PROSE / density, _HINT_SHARE * worth[best]):
        best = hinted
    elif heading is not None:
        best = _own_article(best, heading, worth)
    return Found(best, density * sums.prose[best], density * sums.prose[body], named=best is hinted)


def _own_article(best: etree._Element, heading: etree._Element, worth: dict[etree._Element, float]) -> etree._Element:
    """The `article` with the title where it holds most of the best element, or more than any other `article` in that:
    notes on its author, or other news, come after it."""
    own = next(heading.iterancestors("article"), None)
    if own is None or best not in own.iterancestors():
        return best
    others = [worth[e] for e in best.iter("article") if e is not own and e in worth and own not in e.iterancestors()]
    is_first = bool(others) and max(others) < worth.get(own, 0)
    return own if worth.get(own, 0) >= (_HINT_SHARE if is_first else _ARTICLE_SHARE) * worth[best] else best


def measure_prose(root: etree._Element) -> dict[etree._Element, float]:
    """For every element of a pruned tree, in document order, the characters of prose in it."""
    return _measure(root).prose


def _density(document: etree._Element) -> float:
    """How many characters of an alphabet one of the page's says, by its title."""
    title = document.findtext(".//title") or ""
    return _DENSITY if length(title) > _DENSE * len(title) else 1.0


def _hints(body: etree._Element, marks: Marks) -> Iterator[etree._Element]:
    """Elements that say that they hold the article."""
    yield from _BODIES(body)
    yield from (e for e, groups in marks.items() if "body" in groups)


def _drop_noise(body: etree._Element, sums: _Sums, marks: Marks, heading: etree._Element | None) -> None:
    """Takes noise out of the document and off the sums of what holds it."""
    kept = {heading, *heading.iterancestors()} if heading is not None else set()
    prose, cost = sums.prose, sums.cost
    total = prose[body]
    known = dict.fromkeys([*marks, *_OTHERS(body)])
    noisy = []
    for element in known:
        if element in prose and element not in kept:
            share = _OTHER_SHARE if "other" in marks.get(element, ()) else _MAIN_SHARE
            if prose[element] < share * total and is_noise(element):
                noisy.append(element)
    for element in noisy:
        if element not in prose:  # inside noise that is already out
            continue
        for above in element.iterancestors():
            if above not in prose:  # html, above body
                break
            prose[above] -= prose[element]
            cost[above] -= cost[element]
        for below in element.iter(etree.Element):
            prose.pop(below, None)
        drop(element)


def _measure(body: etree._Element, density: float = 1.0) -> _Sums:
    """For every element of a page, in document order, what its text is worth."""
    elements = list(body.iter(etree.Element))
    places = {element: at for at, element in enumerate(elements)}
    own, linked = [0] * len(elements), [0] * len(elements)  # characters of a block, not yet counted as prose or not
    prose, cost = [0.0] * len(elements), [0.0] * len(elements)
    for at in range(len(elements) - 1, -1, -1):
        element, tag = elements[at], elements[at].tag
        if text := element.text:
            own[at] += len(text.strip())
        if tag == "a":  # also around whole blocks, as teasers are
            linked[at], cost[at], prose[at] = own[at], cost[at] + prose[at], 0.0
        inline = tag in _INLINE
        if own[at] and not inline:
            more, less = _settle(tag, own[at], linked[at], density)
            prose[at] += more
            cost[at] += less
        if not at:
            break
        above = places[element.getparent()]
        if inline and own[at]:
            own[above] += own[at]
            linked[above] += linked[at]
        prose[above] += prose[at]
        cost[above] += cost[at]
        if tail := element.tail:
            own[above] += len(tail.strip())
    return _Sums(dict(zip(elements, prose, strict=True)), dict(zip(elements, cost, strict=True)))


def _settle(tag: str, own: int, linked: int, density: float) -> tuple[float, float]:
    """The prose of a block, and what it costs."""
    least = _PROSE_ITEM if tag in ("li", "td", "dd") else _PROSE
    if own * density >= least and linked < _LINKED * own:
        return own, linked * _LINK_COST / 2
    return 0.0, 0.0 if tag.startswith("h") else linked * _LINK_COST + (own - linked) * _SHORT_COST
