"""A document -> the parts of its article: by a family's selectors, by general extraction, or by trafilatura."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from extractors.article.authors import choose_author, read_by
from extractors.article.blocks import Block, Picture, read_blocks
from extractors.article.bylines import is_stamp
from extractors.article.clean import is_bare_source, is_date_line, names_source, read_source_line
from extractors.article.dates import Moment, read_moment
from extractors.article.general import drop, find_article, prune
from extractors.article.headings import find_heading
from extractors.article.html import length, text_of
from extractors.article.layout import between, following, last_section, preceding
from extractors.article.markup import Names, is_noise, mark, read_names
from extractors.article.metadata import Metadata
from extractors.article.opening import (
    LONGEST_LINE,
    SHORTEST_LEAD,
    begins_with,
    captions_of,
    lead_of,
    mark_captions,
    short_lines,
    without_bylines,
)
from extractors.article.published import announced, date_texts, find_date, is_clock, near_first
from extractors.article.selectors import compile_selector, select
from extractors.article.sites import Family
from extractors.article.teasers import drop_teasers
from extractors.article.title_words import is_site_title
from extractors.article.titles import find_title
from extractors.article.trim import trim
from extractors.urls import host_of

__all__ = ["Parts", "read_fallback", "read_family", "read_general"]

_FIRST = 3  # blocks of a body among which a line with the date alone is looked for
_NOISE_SHARE = 0.4  # of the body's text: an element that holds more is kept whatever its name
_AFTER = 6  # elements after the body where an aggregator's source line is looked for
_CUT = 8  # lines cut off the body among which the date is looked for
_SURE = 0.5  # of the page's prose: with less in the article the page may be a list, or the article in pieces
_ENOUGH = 250  # characters of prose; a shorter article may be one that was not found
_SENTENCE_END = re.compile(r"\w[.!?…。！？।](?:\s|$|[\"'”’»)])")  # links and buttons have none


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
    moment = find_date(shown, metadata, short_lines(around), url, vietnamese=vietnamese)
    lead = _text(without_bylines(select(document, family.lead))) or (
        None if family.lead_in_body else lead_of(around, title)
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


def _text(elements: list[etree._Element]) -> str | None:
    return " ".join(t for e in elements if (t := text_of(e))) or None


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
    drop_teasers(body)
    size = len(text_of(body))
    for element in body.iter(etree.Element):
        if element is not body and is_noise(element) and len(text_of(element)) < _NOISE_SHARE * size:
            drop(element)


def read_general(
    document: etree._Element, metadata: Metadata, names: Names | None = None, *, url: str | None, vietnamese: bool
) -> Parts:
    """The parts of any page. `sure` is false where the page's text lies elsewhere too: trafilatura is then asked."""
    heading = find_heading(document, metadata, host_of(url))
    title = find_title(heading, metadata, host_of(url))
    names = names or read_names(document)
    marks = mark(names)
    dates = date_texts(document, heading, marks, metadata)
    said, late = (None, None) if dates or metadata.date else announced(document, metadata)
    author = choose_author(document, heading, marks, metadata, host_of(url), names.properties)
    found = find_article(document, heading, marks)
    if found is None:
        moment = find_date(dates, metadata, (said or "",), url, vietnamese=vietnamese, late=late)
        return Parts(
            "general", title, None, (), (), moment, author, metadata.section, metadata.tags, sure=False, titled=False
        )
    around = between(heading, found.element) if heading is not None else preceding(found.element)
    mark_captions(found.element)
    before = captions_of(around)
    blocks, pictures = read_blocks(found.element)
    trimmed = trim(blocks, title)
    if heading is None and is_site_title(title, host_of(url)):
        title = _first_line(blocks, trimmed) or title
    cut = [
        b.text
        for b, kept in zip(blocks, trimmed, strict=True)
        if b.text and not kept.text and len(b.text) < LONGEST_LINE
    ]
    lines = (*short_lines(e for e in around if heading is not None or not is_clock(e)), *cut[:_CUT])
    moment = find_date(dates, metadata, (*lines, said or ""), url, vietnamese=vietnamese, late=late)
    return Parts(
        "general",
        title,
        lead_of(around, title),
        (*before, *trimmed),
        tuple(replace(picture, at=picture.at + len(before)) for picture in pictures),
        moment,
        author or read_by(lines),
        metadata.section,
        metadata.tags,
        lead_first=begins_with(trimmed, metadata.description),
        titled=heading is not None,
        sure=found.named or (found.prose >= _SURE * found.page_prose and found.prose >= _ENOUGH),
    )


def _first_line(blocks: list[Block], trimmed: list[Block]) -> str | None:
    """The first line cut off before the prose that may be a title: pages in tables have no heading."""
    for block, kept in zip(blocks, trimmed, strict=True):
        if kept.text and kept.kind == "paragraph":
            return None
        if SHORTEST_LEAD // 2 <= length(block.text) <= LONGEST_LINE and block.linked < _NOISE_SHARE:
            return None if read_moment(block.text) else block.text
    return None


def read_fallback(page_text: str, parts: Parts) -> Parts:
    """The parts with the body that trafilatura finds, where general extraction is not sure and it finds more."""
    import trafilatura  # 0.3 s and 40 MB: only where it is needed

    text = trafilatura.extract(page_text, fast=True, include_comments=False)
    lines = (line.strip() for line in (text or "").split("\n"))
    blocks = tuple(Block(line, "paragraph") for line in lines if line and not is_stamp(line))
    if _sentences(blocks) <= _sentences(parts.blocks):
        return parts
    return replace(parts, adapter="trafilatura", lead=None, blocks=blocks, pictures=())


def _sentences(blocks: tuple[Block, ...]) -> int:
    """The characters of the blocks that hold a sentence."""
    return sum(len(block.text) for block in blocks if _SENTENCE_END.search(block.text))
