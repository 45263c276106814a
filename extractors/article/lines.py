"""The blocks of a body -> the lines of an article: what is not of the article goes, what it names stays as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.article.blocks import Block
from extractors.article.bylines import read_byline
from extractors.article.clean import (
    is_bare_source,
    is_boilerplate,
    is_end,
    is_page_end,
    is_page_line,
    is_paywall,
    is_teaser,
    mend_line,
    read_source_line,
)
from extractors.article.credits import is_credit, strip_credit
from extractors.text import normalise
from extractors.urls import normalise_url

__all__ = ["Lines", "clean_blocks"]

_LINK_ONLY = 0.8  # of a line's text in links: it points to another article
_HEADLINE = 200  # characters; a teaser is not longer
_REST = 0.6  # of a body's prose
_PROSE = 100  # characters of a paragraph that is no headline
_COPYRIGHT = 300  # characters of a line with the sign: a picture's
_OWNER = 60  # characters from the sign to the end of a caption: whose the picture is
_SENTENCE = 45  # characters of a sentence that is more than a button
_TAIL = 60  # characters of sentences that may follow the note that the rest is to be paid for: what an offer says
_SIGNATURE = 3  # the last lines of a body among which a byline is looked for


@dataclass(slots=True)
class Lines:
    """The lines that stay, with the block that each came from; what the lines taken out said."""

    texts: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    captions: dict[int, str] = field(default_factory=dict)
    author: str | None = None
    original_url: str | None = None
    paywalled: bool = False


def clean_blocks(
    blocks: tuple[Block, ...], known: tuple[str | None, ...] = (), *, sealed: bool = False, general: bool = False
) -> Lines:
    """The article's lines. `known`: title, lead, section and author, which a body may repeat. `sealed`: nothing of the
    article comes after its source line or a heading of related news, as with an aggregator. `general`: the layout is
    not known, so that lines of any site are looked for."""
    lines = Lines()
    seen = {text.casefold() for text in known if text}
    rest, prose = _sums(blocks)
    pending = False  # after ">>" or a heading of related news: headlines that follow are teasers
    for index, block in enumerate(blocks):
        text = mend_line(normalise(block.text).replace("\n", " "))
        if not text:
            continue
        if _takes_source(lines, block, text, any_word=sealed):
            if sealed and lines.original_url:
                break
        elif is_paywall(text) and rest[index + 1] <= _TAIL:  # behind the note at which a page breaks off comes little
            lines.paywalled = True
        elif is_end(text) or (general and is_page_end(text)):
            if sealed or _is_over(blocks, index, prose):
                break
            pending = True
        elif is_teaser(text) or (pending and _is_headline(block, text)):
            pending = pending or len(text) < 4
        elif general and "©" in text and _is_copyright(text):
            lines.captions[index] = strip_credit(text)
        elif not (is_boilerplate(text) or is_credit(text) or _is_link(block) or (general and is_page_line(text))):
            pending = False
            _keep(lines, seen, index, block, strip_credit(text))
    _take_byline(lines, blocks)
    return lines


def _takes_source(lines: Lines, block: Block, text: str, *, any_word: bool) -> bool:
    """Reads a source line; what stands before the source is the author where it is short, else it stays."""
    if is_bare_source(text) and block.href:
        lines.original_url = lines.original_url or normalise_url(block.href)
        return True
    source = read_source_line(text, any_word=any_word)
    if source is None:
        return False
    before, url = source
    lines.original_url = lines.original_url or url or (normalise_url(block.href) if block.href else None)
    if before and (author := read_byline(before)):
        lines.author = lines.author or author
    elif before:
        lines.texts.append(before)
        lines.origins.append(-1)
    return True


def _sums(blocks: tuple[Block, ...]) -> tuple[list[int], list[int]]:
    """For every block, and the end, the characters of sentences in paragraphs, and those of prose, from there on."""
    rest, prose = [0], [0]
    for block in reversed(blocks):
        size = len(block.text) if block.linked < 0.5 else 0
        rest.append(rest[-1] + (size if size >= _SENTENCE and block.kind == "paragraph" else 0))
        prose.append(prose[-1] + (size if size >= _PROSE else 0))
    return rest[::-1], prose[::-1]


def _is_over(blocks: tuple[Block, ...], index: int, prose: list[int]) -> bool:
    """Whether a heading like "related news" ends the article. It does not where a list of headlines follows and then
    plain text, nor where most of the text is still to come: that is a box inside the body."""
    after = next((i for i in range(index + 1, len(blocks)) if blocks[i].kind != "item" and blocks[i].text), len(blocks))
    if index + 1 < after < len(blocks) and blocks[after].linked < _LINK_ONLY and not is_end(blocks[after].text):
        return False
    return prose[index] <= _REST * prose[0]


def _is_copyright(text: str) -> bool:
    """Whether a line with the sign says whose a picture is: it opens or closes the line, or the line is no sentence."""
    if len(text) >= _COPYRIGHT:
        return False
    return text[0] == "©" or "©" in text[-_OWNER:] or "." not in text


def _is_headline(block: Block, text: str) -> bool:
    return len(text) < _HEADLINE and (block.linked > 0.5 or block.kind == "item" or text[-1] not in '.!?…:”"')


def _is_link(block: Block) -> bool:
    return block.linked >= _LINK_ONLY and block.kind in ("paragraph", "item")


def _keep(lines: Lines, seen: set[str], index: int, block: Block, text: str) -> None:
    key = text.casefold()
    if key in seen and (len(key) > 40 or (lines.texts and lines.texts[-1].casefold() == key) or not lines.texts):
        return
    seen.add(key)
    lines.texts.append(text)
    lines.origins.append(index)
    if block.kind == "caption":
        lines.captions[index] = text


def _take_byline(lines: Lines, blocks: tuple[Block, ...]) -> None:
    """Takes the author's name off the end of the body."""
    for at in range(len(lines.texts) - 1, max(0, len(lines.texts) - 1 - _SIGNATURE), -1):
        index = lines.origins[at]
        block = blocks[index] if index >= 0 else None
        if block is None or block.kind not in ("paragraph", "row"):
            continue
        if author := read_byline(lines.texts[at]):
            lines.author = lines.author or author
            del lines.texts[at], lines.origins[at]
