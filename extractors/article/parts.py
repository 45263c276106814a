"""A document -> the parts of its article: by a family's selectors, by general extraction, or by trafilatura."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from extractors.article.authors import choose_author, read_by
from extractors.article.blocks import LONGEST_CAPTION, Block, Picture, read_blocks
from extractors.article.bylines import is_stamp, read_byline
from extractors.article.clean import is_bare_source, is_date_line, names_source, read_source_line
from extractors.article.dates import Moment, read_moment
from extractors.article.general import drop, find_article, prune
from extractors.article.html import length, text_of
from extractors.article.layout import (
    between,
    find_date,
    following,
    last_section,
    near_first,
    preceding,
)
from extractors.article.markup import is_named, is_noise, mark
from extractors.article.metadata import Metadata
from extractors.article.published import announced, date_texts, is_clock
from extractors.article.selectors import compile_selector, select
from extractors.article.sites import Family
from extractors.article.titles import find_heading, find_title, is_site_title
from extractors.article.trim import trim
from extractors.text import fold
from extractors.urls import host_of

__all__ = ["Parts", "drop_lists", "read_fallback", "read_family", "read_general"]

_LEAD = 60  # characters; what is shorter between title and body is a date, a name, a button
_SHORT_LEAD = 30  # characters of a whole sentence, which none of these is
_LONGEST_LEAD = 600
_LEAD_NAME = re.compile(
    r"""(?<![a-z])(?:sub-?title|sub-?head(?:line)?|standfirst|lead|lede|deck|dek|chapo|chapeau|sapo|vorspann|unterzeile
    |untertitel|subtitulo|entradilla|bajada|tom-?tat|mo-?ta)(?![a-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_STOPS = (".", "!", "?", "…", "。", "।")
_FIRST = 3  # blocks of a body among which a line with the date alone is looked for
_BOXES = ("div", "section", "article", "aside", "li", "td", "blockquote")
_TEASER = 500  # characters of a headline and what is said of it
_HEADLINE = 20  # characters; a shorter link is a place or a name
_LINK_ONLY = 0.8  # of a headline's text in its link
_NOISE_SHARE = 0.4  # of the body's text: an element that holds more is kept whatever its name
_AFTER = 6  # elements after the body where an aggregator's source line is looked for


@dataclass(frozen=True, slots=True)
class Parts:
    """What an adapter found, not yet cleaned. `blocks` are the body's; `around` the lines between title and body."""

    adapter: str
    title: str | None
    lead: str | None
    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...]
    moment: Moment | None
    author: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    lead_first: bool = False
    aggregator: bool = False
    sure: bool = True
    titled: bool = True  # the title stands on the page, above what it is of


def read_family(
    document: etree._Element, family: Family, metadata: Metadata, *, url: str | None, vietnamese: bool
) -> Parts:
    """The parts of a page of a known family."""
    body = max(select(document, family.body), key=lambda e: len(text_of(e)))
    heading = next(iter(select(document, family.title)), None)
    title = text_of(heading) if heading is not None else None
    title = title or find_title(find_heading(document, metadata), metadata)
    around = between(heading, body)
    shown = near_first(select(document, family.date), heading, body)
    moment = find_date(shown, metadata, _short_lines(around), url, vietnamese=vietnamese)
    lead = _text(_without_bylines(select(document, family.lead))) or (
        None if family.lead_in_body else _lead_of(around, title)
    )
    author = _text(select(document, family.author))
    section = last_section(select(document, family.section), title)
    tags = tuple(dict.fromkeys(t for e in select(document, family.tags) if (t := text_of(e).lstrip("#").strip(" ,"))))
    after = _source_blocks(body) if family.aggregator else []
    _clean(body, family)
    blocks, pictures = read_blocks(body)
    dates = [block.text for block in blocks[:_FIRST] if is_date_line(block.text)]
    blocks = [Block("", block.kind) if block.text in dates else block for block in blocks]
    if dates and (moment is None or moment[1] == "day"):
        moment = read_moment(dates[0]) or moment
    return Parts(
        family.name,
        title,
        lead,
        (*blocks, *after),
        tuple(pictures),
        moment,
        author,
        section or metadata.section,
        tags or metadata.tags,
        lead_first=family.lead_in_body,
        aggregator=family.aggregator,
    )


def _without_bylines(elements: list[etree._Element]) -> list[etree._Element]:
    """Elements of a lead less those at its end that name the author, in pages where both are bold paragraphs."""
    return [e for at, e in enumerate(elements) if not at or read_byline(text_of(e)) is None]


def _text(elements: list[etree._Element]) -> str | None:
    return " ".join(t for e in elements if (t := text_of(e))) or None


def _lead_of(around: list[etree._Element], title: str | None) -> str | None:
    """Among the elements between title and body what is named a lead or subtitle, else the first unlinked paragraph
    that is long, or a whole sentence."""
    key = fold(title or "")
    for element in around:
        if (named := _named_lead(element)) and fold(named) != key:
            return named
        if length(text_of(element)) < _SHORT_LEAD:
            continue
        for block in read_blocks(element)[0]:
            if (
                length(block.text) >= (_SHORT_LEAD if block.text.endswith(_STOPS) else _LEAD)
                and block.kind != "caption"
                and block.linked < 0.5
                and fold(block.text) != key
                and not is_stamp(block.text)
            ):
                return block.text
    return None


def _named_lead(element: etree._Element) -> str | None:
    for one in element.iter("div", "p", "h2", "h3", "h4", "section", "span"):
        if _LEAD_NAME.search(f"{one.get('class') or ''} {one.get('itemprop') or ''}"):
            text = text_of(one)
            plain = not (is_stamp(text) or read_byline(text)) and one.find(".//a") is None
            if plain and _SHORT_LEAD // 2 <= length(text) <= _LONGEST_LEAD:
                return text
    return None


def _captions_of(around: list[etree._Element]) -> list[Block]:
    """The captions of pictures between title and body."""
    blocks = []
    for element in around:
        _mark_captions(element)
        blocks += [
            Block(t, "caption") for e in element.iter("figcaption") if 0 < len(t := text_of(e)) <= LONGEST_CAPTION
        ]
    return blocks


def _short_lines(around: Iterable[etree._Element]) -> list[str]:
    return [text for element in around if (text := text_of(element)) and len(text) < _DATE_LINE]


def _source_blocks(body: etree._Element) -> list[Block]:
    """The source line of an aggregator that stands after the body."""
    for _, element in zip(range(_AFTER), following(body), strict=False):
        if not names_source(text_of(element)):
            continue
        for block in read_blocks(element)[0]:
            if read_source_line(block.text) or (block.href and is_bare_source(block.text)):
                return [block]
    return []


def _clean(body: etree._Element, family: Family) -> None:
    for css in family.remove:
        for element in compile_selector(css)(body):
            drop(element)
    for css in family.caption:
        for element in compile_selector(css)(body):
            element.tag = "figcaption"
    prune(body)
    _drop_teasers(body)
    size = len(text_of(body))
    for element in body.iter(etree.Element):
        if element is not body and is_noise(element) and len(text_of(element)) < _NOISE_SHARE * size:
            drop(element)


def _drop_teasers(body: etree._Element) -> None:
    """Takes other articles' headlines with what is said of them out of a body that is not a list of such."""
    boxes = [element for element in body.iterdescendants(*_BOXES) if _is_teaser_box(element)]
    if boxes and sum(len(text_of(box)) for box in boxes) < _NOISE_SHARE * len(text_of(body)):
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


_TEASER_LINKS = etree.XPath(
    "descendant::*[self::h2 or self::h3 or self::h4 or self::h5][ancestor::a[@href] or descendant::a[@href]]"
)


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


def read_general(document: etree._Element, metadata: Metadata, *, url: str | None, vietnamese: bool) -> Parts:
    """The parts of any page. `sure` is false where the page's text lies elsewhere too: trafilatura is then asked."""
    heading = find_heading(document, metadata, host_of(url))
    title = find_title(heading, metadata, host_of(url))
    marks = mark(document)
    dates = date_texts(document, heading, marks, metadata)
    said, late = (None, None) if dates or metadata.date else announced(document, metadata)
    author = choose_author(document, heading, marks, metadata, host_of(url))
    found = find_article(document, heading, marks)
    if found is None:
        moment = find_date(dates, metadata, (said or "",), url, vietnamese=vietnamese, late=late)
        return Parts(
            "general", title, None, (), (), moment, author, metadata.section, metadata.tags, sure=False, titled=False
        )
    around = between(heading, found.element) if heading is not None else preceding(found.element)
    _mark_captions(found.element)
    before = _captions_of(around)
    blocks, pictures = read_blocks(found.element)
    trimmed = trim(blocks, title)
    if heading is None and is_site_title(title, host_of(url)):
        title = _first_line(blocks, trimmed) or title
    cut = [
        b.text for b, kept in zip(blocks, trimmed, strict=True) if b.text and not kept.text and len(b.text) < _DATE_LINE
    ]
    lines = (*_short_lines(e for e in around if heading is not None or not is_clock(e)), *cut[:_CUT])
    moment = find_date(dates, metadata, (*lines, said or ""), url, vietnamese=vietnamese, late=late)
    return Parts(
        "general",
        title,
        _lead_of(around, title),
        (*before, *trimmed),
        tuple(replace(picture, at=picture.at + len(before)) for picture in pictures),
        moment,
        author or read_by(lines),
        metadata.section,
        metadata.tags,
        lead_first=_begins_with(trimmed, metadata.description),
        titled=heading is not None,
        sure=found.named or (found.prose >= _SURE * found.page_prose and found.prose >= _ENOUGH),
    )


def _first_line(blocks: list[Block], trimmed: list[Block]) -> str | None:
    """The first line cut off before the prose that may be a title: pages in tables have no heading."""
    for block, kept in zip(blocks, trimmed, strict=True):
        if kept.text and kept.kind == "paragraph":
            return None
        if _SHORT_LEAD // 2 <= length(block.text) <= _DATE_LINE and block.linked < _NOISE_SHARE:
            return None if read_moment(block.text) else block.text
    return None


def _mark_captions(body: etree._Element) -> None:
    """Makes a caption of what is named so; a name of a whole part of the page says nothing."""
    for element in body.iter("div", "p", "span", "td", "small", "li"):
        if is_named(element, "caption") and len(text_of(element)) <= LONGEST_CAPTION:
            element.tag = "figcaption"


def _begins_with(blocks: list[Block], description: str | None) -> bool:
    """Whether the first prose is what the page gives as its description: the lead."""
    first = next((block.text for block in blocks if len(block.text) >= _LEAD), "")
    start = fold(description or "")[:_LEAD]
    return len(start) == _LEAD and fold(first[: 2 * _LEAD]).startswith(start)


_DATE_LINE = 120  # characters of a line before the body with the date in it
_CUT = 8  # lines cut off the body among which the date is looked for
_SURE = 0.5  # of the page's prose: with less in the article the page may be a list, or the article in pieces
_ENOUGH = 250  # characters of prose; a shorter article may be one that was not found


def read_fallback(page_text: str, parts: Parts) -> Parts:
    """The parts with the body that trafilatura finds, where general extraction is not sure and it finds more."""
    import trafilatura  # 0.3 s and 40 MB: only where it is needed

    text = trafilatura.extract(page_text, fast=True, include_comments=False)
    blocks = tuple(Block(line.strip(), "paragraph") for line in (text or "").split("\n") if line.strip())
    if _sentences(blocks) <= _sentences(parts.blocks):
        return parts
    return replace(parts, adapter="trafilatura", lead=None, blocks=blocks, pictures=())


_SENTENCE_END = re.compile(r"\w[.!?…。！？।](?:\s|$|[\"'”’»)])")  # links and buttons have none


def _sentences(blocks: tuple[Block, ...]) -> int:
    """The characters of the blocks that hold a sentence."""
    return sum(len(block.text) for block in blocks if _SENTENCE_END.search(block.text))
