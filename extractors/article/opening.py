"""What stands between the title of an article and its body: the lead, captions, short lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from extractors.article.blocks import LONGEST_CAPTION, Block, read_blocks
from extractors.article.bylines import is_stamp, read_byline
from extractors.article.html import length, text_of
from extractors.article.markup import is_named
from extractors.text import fold

__all__ = [
    "LONGEST_LINE",
    "SHORTEST_LEAD",
    "begins_with",
    "captions_of",
    "lead_of",
    "mark_captions",
    "short_lines",
    "without_bylines",
]

_LEAD = 60  # characters; what is shorter between title and body is a date, a name, a button
SHORTEST_LEAD = 30  # characters of a whole sentence, which none of these is
_LONGEST_LEAD = 600
_LEAD_NAME = re.compile(
    r"""(?<![a-z])(?:sub-?title|sub-?head(?:line)?|standfirst|lead|lede|deck|dek|chapo|chapeau|sapo|vorspann|unterzeile
    |untertitel|subtitulo|entradilla|bajada|tom-?tat|mo-?ta)(?![a-z])""",
    re.VERBOSE | re.IGNORECASE,
)
_STOPS = (".", "!", "?", "…", "。", "।")
LONGEST_LINE = 120  # characters of a line before the body with the date in it


def lead_of(around: list[etree._Element], title: str | None) -> str | None:
    """Among the elements between title and body what is named a lead or subtitle, else the first unlinked paragraph
    that is long, or a whole sentence."""
    key = fold(title or "")
    for element in around:
        if (named := _named_lead(element)) and fold(named) != key:
            return named
        if length(text_of(element)) < SHORTEST_LEAD:
            continue
        for block in read_blocks(element)[0]:
            if (
                length(block.text) >= (SHORTEST_LEAD if block.text.endswith(_STOPS) else _LEAD)
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
            if plain and SHORTEST_LEAD // 2 <= length(text) <= _LONGEST_LEAD:
                return text
    return None


def without_bylines(elements: list[etree._Element]) -> list[etree._Element]:
    """Elements of a lead less those at its end that name the author, in pages where both are bold paragraphs."""
    return [e for at, e in enumerate(elements) if not at or read_byline(text_of(e)) is None]


def begins_with(blocks: list[Block], description: str | None) -> bool:
    """Whether the first prose is what the page gives as its description: the lead."""
    first = next((block.text for block in blocks if len(block.text) >= _LEAD), "")
    start = fold(description or "")[:_LEAD]
    return len(start) == _LEAD and fold(first[: 2 * _LEAD]).startswith(start)


def captions_of(around: list[etree._Element]) -> list[Block]:
    """The captions of pictures between title and body."""
    blocks = []
    for element in around:
        mark_captions(element)
        blocks += [
            Block(t, "caption") for e in element.iter("figcaption") if 0 < len(t := text_of(e)) <= LONGEST_CAPTION
        ]
    return blocks


def mark_captions(body: etree._Element) -> None:
    """Makes a caption of what is named so; a name of a whole part of the page says nothing."""
    for element in body.iter("div", "p", "span", "td", "small", "li"):
        if is_named(element, "caption") and len(text_of(element)) <= LONGEST_CAPTION:
            element.tag = "figcaption"


def short_lines(around: Iterable[etree._Element]) -> list[str]:
    return [text for element in around if (text := text_of(element)) and len(text) < LONGEST_LINE]
