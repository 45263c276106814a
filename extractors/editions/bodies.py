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
    said = _bodies(ours), _bodies(theirs)
    for n, block in enumerate(blocks):
        around = blocks[max(0, n - 1) : n + 2]
        one, other = _joined(said[0], block.original), _joined(said[1], block.edition)
        if one.keys() == other.keys():
            continue
        near = (
            _joined(said[0], (around[0].original[0], around[-1].original[1])),
            _joined(said[1], (around[0].edition[0], around[-1].edition[1])),
        )
        lost, new = sorted(one.keys() - near[1].keys()), sorted(other.keys() - near[0].keys())
        if len(lost) == len(new) == 1:
            a, b = one[lost[0]], other[new[0]]
            yield Conflict("name", a, b, f"{a.text} became {b.text}: another kind of body")


def _bodies(side: Side) -> list[dict[str, Span]]:
    """For each sentence the first mention of each kind of body."""
    found: list[dict[str, Span]] = [{} for _ in side.sentences]
    for unit in side.record.units:
        for mention in unit.mentions if unit.type in _APART else ():
            number = side.sentence_at(mention.start)
            if unit.type and number is not None:
                found[number].setdefault(unit.type, mention)
    return found


def _joined(said: Sequence[dict[str, Span]], sentences: tuple[int, int]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for bodies in said[sentences[0] : sentences[1]]:
        found = bodies | found
    return found
