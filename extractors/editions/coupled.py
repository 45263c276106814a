"""Which figure without a match became which of the other side, and what has become of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.editions.quantities import Quantity

__all__ = ["couple", "digits", "what_became"]

_Pair = tuple[Quantity, Quantity]


def couple(left: Sequence[Quantity], right: Sequence[Quantity], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Which figure without a match became which: the most alike first, between the same matched neighbours."""
    scored = []
    starts = sorted(x.start for x, _ in pairs), sorted(y.start for _, y in pairs)
    for i, one in enumerate(left):
        for j in range(max(0, i - _REACH), min(len(right), i + _REACH + 1)):
            cost = _unlike(one, right[j])
            slot = abs(bisect_left(starts[0], one.start) - bisect_left(starts[1], right[j].start))
            if cost is not None:
                scored.append((cost + slot, abs(i - j), one, right[j]))
    coupled: list[_Pair] = []
    taken: tuple[set[int], set[int]] = set(), set()
    for _, _, one, other in sorted(scored, key=lambda row: row[:2]):
        if one.start not in taken[0] and other.start not in taken[1]:
            taken[0].add(one.start)
            taken[1].add(other.start)
            coupled.append((one, other))
    return sorted(coupled, key=lambda pair: pair[0].start)


_REACH = 50  # figures on either side of one that it may have become


def _unlike(one: Quantity, other: Quantity) -> int | None:
    """0 for the same digits, 1 for nearly the same, 3 for others; None where they cannot be one figure."""
    a, b = digits(one), digits(other)
    if a == b:
        return 0
    if one.mark != other.mark:
        return None
    if len(a) == len(b) and (sorted(a) == sorted(b) or sum(x != y for x, y in zip(a, b, strict=True)) == 1):
        return 1
    return 3


def digits(one: Quantity) -> str:
    """The digits that count: 0,07 and 0.7 and 70 have the same."""
    return "".join(map(str, one.plain[0].normalize().as_tuple().digits))


def what_became(one: Quantity, other: Quantity) -> str:
    """What has become of a figure, in words."""
    if digits(one) == digits(other):
        if one.plain[0] != other.plain[0] and one.scale == other.scale:
            return f"the decimal sign is lost or moved, by a factor of {_factor(one, other)}"
        return f"the scale differs by a factor of {_factor(one, other)}"
    return "the value differs"


def _factor(one: Quantity, other: Quantity) -> str:
    small, large = sorted((one.value, other.value))
    return f"{(large / small).normalize():f}" if small else "any size"
