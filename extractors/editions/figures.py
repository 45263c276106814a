"""The figures of a block of sentences matched, and what has become of those that do not match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise, product

from extractors.editions.align import Block
from extractors.editions.bases import Bases
from extractors.editions.checked import Checked
from extractors.editions.contexts import Contexts
from extractors.editions.coupled import couple, digits, what_became
from extractors.editions.quantities import Quantity
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.editions.spelled import Spelled, read_spelled
from extractors.editions.swapped import find_swapped, same_kind
from extractors.editions.things import Things

__all__ = ["Lone", "compare_figures"]

_Pair = tuple[Quantity, Quantity]
_POINTS = re.compile("[\\s\u00a0\u202f-]*(?:points?|punkten?)\\b", re.IGNORECASE)
_ROUNDING = Decimal("0.05")  # of the value, where a translation has changed the scale word (2,614 tỷ: 2.6 trillion)
_REACH = 100  # figures on either side of one in which its match is looked for
_TRADED = 20  # figures without a match of two blocks that may have been exchanged
_SHARE = Decimal("0.5")  # points between a percentage and the share that it was written as


@dataclass(frozen=True)
class _Half:
    """The figures of one side in a block, and those of its neighbours, which may explain one that has no match."""

    side: Side
    figures: tuple[Quantity, ...]
    near: tuple[Quantity, ...]
    spelled: Spelled

    @property
    def hard(self) -> list[Quantity]:
        return [one for one in self.figures if not one.soft]


@dataclass(frozen=True, slots=True)
class _Matched:
    """A block with the figures that have a match there, and those of both sides that have none."""

    block: Block
    ours: _Half
    theirs: _Half
    pairs: list[_Pair]
    left: list[Quantity]
    right: list[Quantity]


@dataclass(frozen=True, slots=True)
class Lone:
    """The figures of a block, by side, of which the other side has nothing at all."""

    block: Block
    original: tuple[Quantity, ...]
    edition: tuple[Quantity, ...]


def compare_figures(
    original: Side, edition: Side, blocks: Sequence[Block], checked: Checked
) -> tuple[list[Conflict], list[Lone]]:
    """The figures that differ, in the order of the text, and those that only one side has."""
    ours, theirs = Contexts(original), Contexts(edition)
    things = Things(original), Things(edition)
    bases = Bases(original), Bases(edition)
    conflicts: list[Conflict] = []
    lone: list[Lone] = []
    matched = [_read(things, blocks, n) for n, block in enumerate(blocks) if _is_whole(block)]
    exchanged = [pair for both in pairwise(matched) for pair in _traded(original, edition, *both)]
    for one in matched:
        pairs, left, right = one.pairs, one.left, one.right
        wrong = _take(left, right, _rescaled)
        left, right = _excuse(left, one.theirs), _excuse(right, one.ours)
        coupled = couple(left, right, pairs)
        lone.append(Lone(one.block, _others(left, [x for x, _ in coupled]), _others(right, [x for _, x in coupled])))
        exchanged += find_swapped(ours, theirs, one.block, pairs)
        known = {x.start for x, _ in exchanged}
        counted = things[0].find_exchanged(things[1], pairs)
        exchanged += [(x, y) for x, y in counted if x.start not in known]
        swapped = {x.start for x, _ in exchanged}
        pairs = [(x, y) for x, y in pairs if x.start not in swapped]
        for x, y in sorted([*wrong, *coupled], key=lambda pair: pair[0].start):
            conflicts.append(_conflict(original, edition, x, y, what_became(x, y)))
        for x, y in pairs:
            problem = _unmarked(x, y, original, edition) or ours.differs(x, theirs, y, checked)
            if problem := problem or things[0].differs(x, things[1], y) or bases[0].differs(x, bases[1], y):
                conflicts.append(_conflict(original, edition, x, y, problem))
    conflicts += (_conflict(original, edition, x, y, "two figures are exchanged") for x, y in exchanged)
    return conflicts, lone


def _is_whole(block: Block) -> bool:
    return block.original[0] < block.original[1] and block.edition[0] < block.edition[1]


def _read(things: tuple[Things, Things], blocks: Sequence[Block], number: int) -> _Matched:
    original, edition = things[0].side, things[1].side
    block, around = blocks[number], blocks[max(0, number - 1) : number + 2]
    a = _half(original, block.original, [near.original for near in around])
    b = _half(edition, block.edition, [near.edition for near in around])
    return _Matched(block, a, b, *_match(a, b, things))


def _traded(original: Side, edition: Side, one: _Matched, other: _Matched) -> Iterator[_Pair]:
    """The figures that two blocks in a row have in each other's place; they are taken off what is left of both."""
    if max(map(len, (one.left, one.right, other.left, other.right))) > _TRADED:
        return
    if not (_is_anchored(original, edition, one.block) and _is_anchored(original, edition, other.block)):
        return
    for x, y in product(list(one.left), list(one.right)):
        for v, w in product(list(other.left), list(other.right)):
            if x in one.left and v in other.left and _equal(x, w) and _equal(v, y) and same_kind(original, x, v):
                one.left.remove(x)
                one.right.remove(y)
                other.left.remove(v)
                other.right.remove(w)
                yield from ((x, y), (v, w))


def _is_anchored(original: Side, edition: Side, block: Block) -> bool:
    """Whether the two sides of a block share a name: they are about the same, whatever its figures are."""
    ours, theirs = (
        {anchor for n in range(*span) for anchor in side.anchors[n] if isinstance(anchor, str) and ":" not in anchor}
        for side, span in ((original, block.original), (edition, block.edition))
    )
    return bool(ours & theirs)


def _others(figures: Sequence[Quantity], taken: Sequence[Quantity]) -> tuple[Quantity, ...]:
    others = {one.start for one in taken}
    return tuple(one for one in figures if one.start not in others)


def _half(side: Side, sentences: tuple[int, int], around: Sequence[tuple[int, int]]) -> _Half:
    first, last = min(s for s, e in around), max(e for s, e in around)
    wide = side.sentences[first][0], side.sentences[last - 1][1]
    narrow = side.sentences[sentences[0]][0], side.sentences[sentences[1] - 1][1]
    return _Half(
        side,
        tuple(one for one in side.quantities if narrow[0] <= one.start < narrow[1]),
        tuple(one for one in side.quantities if wide[0] <= one.start < wide[1]),
        read_spelled(side.text[narrow[0] : narrow[1]], side.pack),
    )


def _match(a: _Half, b: _Half, things: tuple[Things, Things]) -> tuple[list[_Pair], list[Quantity], list[Quantity]]:
    """Figures of equal value, of equal mark first, nearest in order first; and what is left of both sides."""
    left, right = a.hard, b.hard
    pairs: list[_Pair] = []
    converted = _converter(*things)
    for test in (lambda x, y: _equal(x, y) and x.mark == y.mark, _equal, converted, _rounded):
        pairs += _take(left, right, test)
    return sorted(pairs, key=lambda pair: pair[0].start), left, right


def _take(left: list[Quantity], right: list[Quantity], test: Callable[[Quantity, Quantity], bool]) -> list[_Pair]:
    """The pairs that pass the test, nearest in order first; they are taken off both lists."""
    ranked = [
        (abs(i - j), i, j)
        for i, one in enumerate(left)
        for j in range(max(0, i - _REACH), min(len(right), i + _REACH + 1))
        if test(one, right[j])
    ]
    first: set[int] = set()
    second: set[int] = set()
    taken: list[_Pair] = []
    for _, i, j in sorted(ranked):
        if i not in first and j not in second:
            first.add(i)
            second.add(j)
            taken.append((left[i], right[j]))
    left[:] = [one for i, one in enumerate(left) if i not in first]
    right[:] = [one for j, one in enumerate(right) if j not in second]
    return taken


def _equal(one: Quantity, other: Quantity) -> bool:
    return not set(one.values).isdisjoint(other.values)


def _converter(ours: Things, theirs: Things) -> Callable[[Quantity, Quantity], bool]:
    """Whether a measure is the other in another unit: 85 tạ and 8.5 tonnes."""

    def test(one: Quantity, other: Quantity) -> bool:
        amounts = ours.amount(one), theirs.amount(other)
        return amounts[0] is not None and amounts[0] == amounts[1]

    return test


def _rounded(one: Quantity, other: Quantity) -> bool:
    """A figure in another scale word (2.614 tỷ: 2.6 trillion) may have been rounded on the way."""
    changed = one.scale != other.scale and one.scale and other.scale and one.plain[0] != other.plain[0]
    return bool(changed) and abs(one.value - other.value) <= _ROUNDING * one.value


def _rescaled(one: Quantity, other: Quantity) -> bool:
    """Whether a figure surely became the other: same digits, but for the scale word or the decimal sign."""
    if one.mark != other.mark or digits(one) != digits(other):
        return False
    telling = (
        one.mark or (one.scale and other.scale) or any(x.plain[0] != x.plain[0].to_integral() for x in (one, other))
    )
    return bool(telling) or (one.scale != other.scale and one.plain[0] == other.plain[0])


def _excuse(left: Sequence[Quantity], other: _Half) -> list[Quantity]:
    """Without those that the other side has nearby: as a date or a rank, in a neighbouring sentence, as a word."""
    soft = {value for one in other.near if one.soft for value in one.values}
    own = {one.start for one in other.figures}
    near = [one for one in other.near if not one.soft and one.start not in own]
    moved = {mark: {value for one in near if one.mark == mark for value in one.values} for mark in ("", "%")}
    known = {"": soft | moved[""] | other.spelled.numbers, "%": moved["%"] | other.spelled.percentages}
    left = [one for one in left if known[one.mark].isdisjoint((*one.values, *one.plain))]
    return [one for one in left if not (one.mark and _is_share(one.value, other.spelled.percentages))]


def _is_share(value: Decimal, shares: Iterable[Decimal]) -> bool:
    """33,3% is a third."""
    return any(abs(value - share) < _SHARE for share in shares)


def _unmarked(one: Quantity, other: Quantity, original: Side, edition: Side) -> str | None:
    """A percent sign that is lost or added, where both languages are known."""
    if one.mark == other.mark or original.pack is None or edition.pack is None:
        return None
    if one.mark and "điểm" in original.text[one.number : one.end] and _POINTS.match(edition.text, other.end):
        return None
    return "the percent sign is lost" if one.mark else "a percent sign is added"


def _conflict(original: Side, edition: Side, one: Quantity, other: Quantity, problem: str) -> Conflict:
    ours, theirs = original.span(one.start, one.end), edition.span(other.start, other.end)
    return Conflict("figure", ours, theirs, f"{ours.text} became {theirs.text}: {problem}")
