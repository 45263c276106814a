"""Weights, which a translation may convert: 85 tạ are 8.5 tonnes."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["same_weight", "weight_at"]

_POWERS = {
    "kg|kilos?|kilogramme?s?|kilogramm|ki-?lô-?gam|ki-?lô|cân": 0,
    "yến": 1,
    "tạ|quintals?|quintaux|quintais|quintales|doppelzentnern?|dt": 2,
    "tấn|tonnen?|tonnes|tons?|toneladas?|t": 3,
}
_SPACE = "[\\s\u00a0\u202f]"
_NAMED = "|".join(f"(?P<p{power}>{words})" for words, power in _POWERS.items())
_UNIT = re.compile(
    rf"(?:{_SPACE}?(?:-|–|—|to|bis|à|a|đến|tới|and|und|et|và){_SPACE}?\d+(?:[.,]\d+)*)?{_SPACE}?"
    rf"(?:[^\W\d_]+{_SPACE}){{0,2}}?(?:de |of )?(?:{_NAMED})\b",
    re.IGNORECASE,
)


def weight_at(text: str, end: int) -> int | None:
    """The power of ten by which the unit behind a number exceeds a kilogram; None where it is no weight.

    >>> weight_at("85 tạ/ha", 2), weight_at("8.5 million tonnes", 3), weight_at("3 - 4 tấn", 1), weight_at("5 xã", 1)
    (2, 3, 3, None)
    """
    match = _UNIT.match(text, end)
    return int(match.lastgroup[1:]) if match and match.lastgroup else None


def same_weight(one: tuple[Decimal, int | None], other: tuple[Decimal, int | None]) -> bool:
    """Whether two numbers with different units of weight are one weight."""
    a, b = one[1], other[1]
    return a is not None and b is not None and a != b and one[0].scaleb(a) == other[0].scaleb(b)
