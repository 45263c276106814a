"""Bodies that an edition has taken for others: the Youth Union for the Women's Union."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.editions.align import Block
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.types import Span

__all__ = ["find_changed_bodies"]

# Kinds of bodies of which a place has one each, and which no translation takes for each other.
_APART = frozenset(
    [
        "farmers_union",
        "womens_union",
        "youth_union",
        "veterans_association",
        "trade_union",
        "red_cross",
        "elderly_association",
        "police",
        "court",
        "procuracy",
    ]
)


def find_changed_bodies(ours: Side, theirs: Side, blocks: Sequence[Block]) -> Iterator[Conflict]:
    """Where a block has one such body that the other side lacks here and around, and the other side has another."""
    if ours.pack is None or theirs.pack is None:
        return
    for n, block in enumerate(blocks):
        around = blocks[max(0, n - 1) : n + 2]
        one, other = _bodies(ours, [block.original]), _bodies(theirs, [block.edition])
        near = _bodies(ours, [b.original for b in around]), _bodies(theirs, [b.edition for b in around])
        lost, new = sorted(one.keys() - near[1].keys()), sorted(other.keys() - near[0].keys())
        if len(lost) == len(new) == 1:
            a, b = one[lost[0]], other[new[0]]
            yield Conflict("name", a, b, f"{a.text} became {b.text}: another kind of body")


def _bodies(side: Side, sentences: Sequence[tuple[int, int]]) -> dict[str, Span]:
    """The first mention of each kind of body in some sentences."""
    found: dict[str, Span] = {}
    for unit in side.record.units:
        for mention in unit.mentions:
            number = side.sentence_at(mention.start)
            inside = number is not None and any(first <= number < end for first, end in sentences)
            if unit.type in _APART and inside:
                found.setdefault(unit.type, mention)
    return found
