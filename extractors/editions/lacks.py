"""What one side lacks: whole sentences, sentences that the alignment joined to others, single figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.editions.align import Block
from extractors.editions.checked import Checked
from extractors.editions.figures import Lone
from extractors.editions.mentions import find_names
from extractors.editions.quantities import Quantity, is_end
from extractors.editions.report import Conflict
from extractors.editions.side import Anchor, Side
from extractors.editions.spelled import read_spelled

__all__ = ["find_lacks"]

_ALL = 100
_Range = tuple[int, int]
_ROOM = 0.5  # of the length that the lone sentence should have
_SEAM = re.compile(r"[,;:–—]\s")
_STOPS = '.!?…:"”“»)'


def find_lacks(
    ours: Side, theirs: Side, blocks: Sequence[Block], lone: Sequence[Lone], checked: Checked
) -> Iterator[Conflict]:
    """The sentences and figures that only one of the two texts has.

    Titles, captions and bylines, which end without a stop, come and go; so do remarks in brackets.
    """
    ratio = len(theirs.text) / max(1, len(ours.text))
    for n, block in enumerate(blocks):
        around = [*blocks[max(0, n - 1) : n], *blocks[n + 1 : n + 2]]
        if not any(_has_room(ours, block.original, near.original, theirs, near.edition, ratio) for near in around):
            yield from _whole(ours, block.original, block.edition, original=True)
        if not any(_has_room(theirs, block.edition, near.edition, ours, near.original, 1 / ratio) for near in around):
            yield from _whole(theirs, block.edition, block.original, original=False)
    for left in lone:
        block = left.block
        for side, other, here, there, figures in (
            (ours, theirs, block.original, block.edition, left.original),
            (theirs, ours, block.edition, block.original, left.edition),
        ):
            others = left.edition if side is ours else left.original
            if not others:
                yield from _within(side, other, (here, there), figures, checked, original=side is ours)


def _has_room(side: Side, lone: _Range, near: _Range, other: Side, there: _Range, ratio: float) -> bool:
    """Whether a neighbour may have taken a lone sentence in: it is longer for it, has a seam, and all that is firm.

    What is firm are names and figures, which may have become words.
    """
    if lone[0] == lone[1] or near[0] == near[1] or there[0] == there[1]:
        return False
    start, end = other.sentences[there[0]][0], other.sentences[there[1] - 1][1]
    length = _length(side, lone)
    if end - start - ratio * _length(side, near) < _ROOM * ratio * length or not _SEAM.search(other.text, start, end):
        return False
    spelled = read_spelled(other.text[start:end], other.pack).numbers
    known = frozenset[Anchor]().union(*(_telling(other, n) for n in range(*there)))
    here = side.sentences[lone[0]][0], side.sentences[lone[1] - 1][1]
    names = {
        side.words[i].key
        for name in find_names(side)
        for i in range(name.first, name.end)
        if here[0] <= side.words[i].start < here[1]
    }
    figures = [one for one in side.quantities if here[0] <= one.start < here[1] and not one.soft]
    said = (bool({value.normalize() for value in one.values} & (known | spelled)) for one in figures)
    return names <= known and all(said)


def _length(side: Side, sentences: _Range) -> int:
    return side.sentences[sentences[1] - 1][1] - side.sentences[sentences[0]][0]


def _whole(side: Side, here: _Range, there: _Range, *, original: bool) -> Iterator[Conflict]:
    if here[0] == here[1] or there[0] != there[1]:
        return
    span = side.span(side.sentences[here[0]][0], side.sentences[here[1] - 1][1])
    if span.text[-1] in _STOPS and side.text.count(span.text) == 1 and not _is_note(span.text):
        yield _sentence(side, (span.start, span.end), original=original)


def _within(
    side: Side,
    other: Side,
    block: tuple[tuple[int, int], tuple[int, int]],
    figures: Sequence[Quantity],
    checked: Checked,
    *,
    original: bool,
) -> Iterator[Conflict]:
    """The sentence of figures that the other side lacks, where it shares nothing with that side, else the figures.

    Small bare numbers are left out in passing, and are no conflict, but at the end of a range.
    """
    (first, end), there = block
    known = frozenset[Anchor]().union(*(_telling(other, n) for n in range(*there)))
    for number in range(first, end):
        span = side.sentences[number]
        agrees = checked.agrees if original else checked.agrees_added
        mine = [one for one in figures if span[0] <= one.start < span[1] and agrees(one)]
        hard = [one for one in side.quantities if span[0] <= one.start < span[1] and not one.soft]
        if not mine:
            continue
        if end - first > 1 and len(mine) == len(hard) and not _telling(side, number) & known:
            yield _sentence(side, span, original=original)
            continue
        for one in mine:
            if _is_firm(one) or is_end(side.text, one, side.quantities):
                yield _figure(side, one, original=original)


def _is_firm(one: Quantity) -> bool:
    """A percentage (but 100 %, which becomes "all"), an amount with a scale word, a decimal number, a large one."""
    if one.mark:
        return one.value != _ALL
    return one.scale > 0 or one.value > _ALL or one.plain[0] != one.plain[0].to_integral()


def _telling(side: Side, number: int) -> frozenset[Anchor]:
    """The names and numbers of a sentence, without the kinds of unit and office, which others share."""
    return frozenset(a for a in side.anchors[number] if not isinstance(a, str) or ":" not in a)


def _sentence(side: Side, span: tuple[int, int], *, original: bool) -> Conflict:
    if original:
        return Conflict("missing", side.span(*span), None, "the edition lacks this sentence of the original")
    return Conflict("added", None, side.span(*span), "the original has no such sentence")


def _figure(side: Side, one: Quantity, *, original: bool) -> Conflict:
    span = side.span(one.start, one.end)
    if original:
        return Conflict("figure", span, None, f"the edition lacks {span.text}")
    return Conflict("figure", None, span, f"the original has no {span.text}")


def _is_note(text: str) -> bool:
    """Whether a sentence is a remark in brackets, as papers name their sources in: "(Theo TTXVN)"."""
    return text.startswith("(") and text.endswith(")")
