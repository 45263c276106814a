"""Two figures of a block in each other's place: "A 12 %, B 15 %" in the original, "A 15 %, B 12 %" in the edition.

A translation seldom turns a list around, and where it does, what the figures belong to is turned around too: the
names between them, and the words that say how they are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.checks.calendars import read_calendar
from extractors.conventions import PART_OF
from extractors.editions.align import Block
from extractors.editions.contexts import Contexts
from extractors.editions.quantities import Quantity
from extractors.editions.side import Side

__all__ = ["find_swapped", "same_kind"]

_Pair = tuple[Quantity, Quantity]
_Range = tuple[int, int]
# Between a part and the whole that it is said of, with whose it is.
_PART = re.compile(
    r"[^.,;:\d]{0,40}?\b(?:of|among|von|der|des|aus|unter|sur|parmi|trên|trong|thuộc)\b[^.,;:\d]{0,40}", re.IGNORECASE
)
_COUNTED = re.compile(r"[\s\u00a0\u202f]([^\W\d_]+)")
_LISTED = 40  # figures behind one with which it may have been exchanged
_FAR = 160  # characters between two figures of one list


def find_swapped(ours: Contexts, theirs: Contexts, block: Block, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    """The figures that stand in each other's place, each with what stands in its own; no figure twice.

    `pairs` are the figures of equal value in the block, in the order of the original.
    """
    taken: set[int] = set()
    for at, first in enumerate(pairs):
        for second in pairs[at + 1 : at + 1 + _LISTED]:
            if taken & {first[0].start, second[0].start} or not _crossed(first, second):
                continue
            if _is_swap(ours, theirs, block, first, second) and not _is_parted(first, second, pairs):
                taken |= {first[0].start, second[0].start}
                yield from ((first[0], second[1]), (second[0], first[1]))


def _crossed(first: _Pair, second: _Pair) -> bool:
    near = second[0].start - first[0].end <= _FAR and abs(first[1].start - second[1].start) <= 2 * _FAR
    return near and second[1].start < first[1].start and first[0].value != second[0].value


def _is_parted(first: _Pair, second: _Pair, pairs: Sequence[_Pair]) -> bool:
    """Whether another figure stands between the two on one side alone: whole clauses have changed their places."""
    ours = {x.start for x, _ in pairs if first[0].start < x.start < second[0].start}
    return ours != {x.start for x, y in pairs if second[1].start < y.start < first[1].start}


def same_kind(side: Side, one: Quantity, other: Quantity) -> bool:
    """Whether two figures can be items of one list: of one mark, both scaled or neither, and of one thing."""
    if one.mark != other.mark or bool(one.scale) != bool(other.scale):
        return False
    if one.mark:
        return True
    counted = [match[1].lower() if (match := _COUNTED.match(side.text, q.end)) else None for q in (one, other)]
    return counted[0] == counted[1] or None in counted


def _is_swap(ours: Contexts, theirs: Contexts, block: Block, first: _Pair, second: _Pair) -> bool:
    a, b = ours.side, theirs.side
    parts = (
        PART_OF.fullmatch(a.text, first[0].end, second[0].start),
        PART_OF.fullmatch(b.text, second[1].end, first[1].start),
    )
    if (
        not first[0].mark
        and second[0].value < first[0].value
        and _PART.fullmatch(b.text, second[1].end, first[1].start)
    ):
        return False  # 2,150 ha, trong đó 640 ha: 640 of the commune's 2,150 hectares
    if any(parts):  # "14 of 19" and "19 of 14"; but "of 19 … 14" says the same
        return all(parts)
    if not same_kind(a, first[0], second[0]):
        return False
    kinds = ours.kinds(first[0]), ours.kinds(second[0]), theirs.kinds(first[1]), theirs.kinds(second[1])
    by_value = len(kinds[0] & kinds[2]) + len(kinds[1] & kinds[3])
    by_place = len(kinds[0] & kinds[3]) + len(kinds[1] & kinds[2])
    return by_value <= by_place and not _moved(a, b, block, first[0], second[0])


def _moved(a: Side, b: Side, block: Block, first: Quantity, second: Quantity) -> bool:
    """Whether any name or date before the first figure follows, in the edition, one that stands between the two."""
    start = max(
        [a.sentences[block.original[0]][0], *(q.end for q in a.quantities if not q.soft and q.end <= first.start)]
    )
    known = _places(b, (b.sentences[block.edition[0]][0], b.sentences[block.edition[1] - 1][1]))
    whole = _places(a, (a.sentences[block.original[0]][0], a.sentences[block.original[1] - 1][1]))
    before, between = (
        [known[key][0] for key in _places(a, span) if len(known.get(key, ())) == 1 == len(whole[key])]
        for span in ((start, first.start), (first.end, second.start))
    )
    return any(x > y for x in before for y in between)


def _places(side: Side, span: _Range) -> dict[object, list[int]]:
    """Where the capitalised words and the dates of a stretch of text stand."""
    found: dict[object, list[int]] = {}
    for word in side.words:
        if span[0] <= word.start < span[1] and word.capital and len(word.key) > 1:
            found.setdefault(word.key, []).append(word.start)
    for one in side.quantities:
        if span[0] <= one.start < span[1] and one.soft:
            found.setdefault(one.value, []).append(one.start)
    for start, key in read_calendar(side.text[slice(*span)], side.language).places:
        found.setdefault(key, []).append(span[0] + start)
    return found
