"""Years and numbers of months that an edition has changed, where each side has just one that the other lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.editions.align import Block
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.editions.spelled import read_spelled

__all__ = ["find_changed_times"]

_Range = tuple[int, int]
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/]|[.,]\d)(?! ?%)")
_MONTHS = re.compile(r"(?<![\d.,/-])(\d{1,2})(?: tháng(?! \d)|[ -]months?\b| Monaten?\b| mois\b)", re.IGNORECASE)
_ANY = re.compile(r"\d+")


def find_changed_times(ours: Side, theirs: Side, blocks: Sequence[Block]) -> Iterator[Conflict]:
    """The year or the number of months of a block that has become another."""
    for n, block in enumerate(blocks):
        if block.original[0] == block.original[1] or block.edition[0] == block.edition[1]:
            continue
        around = blocks[max(0, n - 1) : n + 2]
        near = (
            _span(ours, (around[0].original[0], around[-1].original[1])),
            _span(theirs, (around[0].edition[0], around[-1].edition[1])),
        )
        for pattern in (_YEAR, _MONTHS):
            left = _lacking(ours, _span(ours, block.original), theirs, near[1], pattern)
            right = _lacking(theirs, _span(theirs, block.edition), ours, near[0], pattern)
            if len(left) == len(right) == 1:
                a, b = ours.span(*left[0]), theirs.span(*right[0])
                yield Conflict("figure", a, b, f"{a.text} became {b.text}: another time")


def _span(side: Side, sentences: _Range) -> _Range:
    return side.sentences[sentences[0]][0], side.sentences[sentences[1] - 1][1]


def _lacking(one: Side, span: _Range, other: Side, near: _Range, pattern: re.Pattern[str]) -> list[_Range]:
    """The times of a stretch of text that the other has nowhere near, neither in digits nor in words."""
    found = [match for match in pattern.finditer(one.text, *span) if match.group()[:1].isdigit()]
    if not found:
        return []
    known = set(_ANY.findall(other.text, *near))
    spelled = read_spelled(other.text[near[0] : near[1]], other.pack).numbers
    return [
        match.span()
        for match in found
        if (number := _ANY.match(match.group())) and number[0] not in known and Decimal(number[0]) not in spelled
    ]
