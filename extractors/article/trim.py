"""Cuts what stands before and after the prose of a body that no adapter knows."""

from __future__ import annotations

from extractors.article.blocks import Block
from extractors.article.bylines import is_stamp, read_byline
from extractors.article.clean import is_attribution
from extractors.article.html import length
from extractors.text import fold

__all__ = ["trim"]

_PROSE = 60  # characters; what is shorter at the start is a name, a date, a section
_HEAD = 8  # first blocks among which date and author stand beside each other
_HEAD_SHARE = 0.2  # of the text: with more before it, the heading is one of several
_LINKED = 0.8  # of a line's text in links
_TAIL = 2.0  # so many more teasers than paragraphs make a tail
_TAIL_SHARE = 0.3  # of the text: a longer tail is the article
_KEPT = ("heading", "caption", "row")  # kinds of blocks that belong to an article before its first prose too
_LOOSE = 3  # short lines at the end; with more the article ends in verses, a list, a score
_STOPS = (".", "!", "?", "…", ":", "”", '"', "“", "«", "»", ")", "’", "。", "！", "？", "」")


def trim(blocks: list[Block], title: str | None) -> list[Block]:
    """The blocks from the title to the last before the teasers, without names and dates before the first prose.

    Pictures keep their places: what is cut is emptied, not taken out.
    """
    start, end = _start(blocks, title), _end(blocks)
    stamps = _stamps(blocks[start:end], start)
    prose = next((i for i in range(start, end) if i not in stamps and _is_prose(blocks[i])), start)
    return [
        block if start <= i < end and i not in stamps and (i >= prose or block.kind in _KEPT) else Block("", block.kind)
        for i, block in enumerate(blocks)
    ]


def _stamps(blocks: list[Block], start: int) -> set[int]:
    """The numbers of lines with date and author among the first, up to the first prose after the lead."""
    found, prose = set(), 0
    for at, block in enumerate(blocks[:_HEAD], start):
        if block.kind == "paragraph" and is_stamp(block.text):
            found.add(at)
        elif _is_prose(block):
            prose += 1
        if prose > 1:
            break
    return found


def _is_prose(block: Block) -> bool:
    long = length(block.text) >= _PROSE or block.text.endswith(_STOPS)
    return block.kind not in _KEPT and long and block.linked < _LINKED


def _start(blocks: list[Block], title: str | None) -> int:
    """Where the article begins: after the title where the body repeats it."""
    key = fold(title or "")
    first = next((i + 1 for i, b in enumerate(blocks) if b.kind == "heading" and key and fold(b.text).endswith(key)), 0)
    return 0 if sum(len(b.text) for b in blocks[:first]) > _HEAD_SHARE * sum(len(b.text) for b in blocks) else first


def _end(blocks: list[Block]) -> int:
    """Where a tail of links, with a sentence after each perhaps, begins; headings that nothing follows go with it."""
    end, best, score, prose = len(blocks), 0.0, 0.0, 0
    most = _TAIL_SHARE * sum(len(b.text) for b in blocks if b.linked < _LINKED)
    for i in range(len(blocks) - 1, -1, -1):
        block = blocks[i]
        if block.linked >= _LINKED:
            score += 1.0
        elif length(block.text) >= _PROSE:
            score -= 1.0
            prose += len(block.text)
        if prose > most:
            break
        if score >= _TAIL and score > best:
            end, best = i, score
    last = end
    while last and _is_loose_end(blocks[last - 1]):
        last -= 1
    loose = sum(b.kind == "paragraph" and bool(b.text) for b in blocks[last:end])
    return last if loose <= _LOOSE else end


def _is_loose_end(block: Block) -> bool:
    """Whether a last block is a heading of nothing, a button, the name of a box; a byline is read later."""
    if block.kind == "paragraph":
        short = len(block.text) < _PROSE and not block.text.endswith(_STOPS)
        return is_attribution(block.text) or (short and read_byline(block.text) is None)
    return block.kind in ("heading", "caption") or not block.text
