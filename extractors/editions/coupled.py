"""Which figure without a match became which of the other side, and what has become of it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.editions.quantities import Quantity

__all__ = ["couple", "digits", "what_became"]

_Pair = tuple[Quantity, Quantity]


def couple(left: Sequence[Quantity], right: Sequence[Quantity], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Which figure without a match became which: the most alike first, between the same matched neighbours."""
    scored = []
    for one in left:
        for other in right:
            cost = _unlike(one, other)
            slot = sum((x.start < one.start) != (y.start < other.start) for x, y in pairs)
            if cost is not None:
                scored.append((cost + slot, abs(left.index(one) - right.index(other)), one, other))
    coupled: list[_Pair] = []
    for _, _, one, other in sorted(scored, key=lambda row: row[:2]):
        if all(one is not x and other is not y for x, y in coupled):
            coupled.append((one, other))
    return sorted(coupled, key=lambda pair: pair[0].start)


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
