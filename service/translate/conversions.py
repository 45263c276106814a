"""Measures that a translation says in another unit: 36 months are three years, 0.4 m 40 cm, 60 tạ six tonnes."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from extractors.conventions import convention
from service.translate.figures import Figure, worth
from service.translate.shares import Share
from service.translate.side import Side
from service.translate.units import unit_of

__all__ = ["is_converted"]

_NEAR = Decimal("0.001")  # of the amount


def is_converted(one: Side, figure: Figure, other: Side) -> bool:
    """Whether the other side has the amount of a measure in another unit."""
    unit = unit_of(one, figure)
    if unit is None or not unit.is_measure or unit.kind == "money" or figure.mark:
        return False
    amount = worth(figure) * unit.size
    return any(
        kind == unit.kind and key != unit.key and abs(known - amount) <= amount * _NEAR
        for kind, key, known in _amounts(other)
    )


@lru_cache(maxsize=16)
def _amounts(side: Side) -> frozenset[tuple[str, str, Decimal]]:
    """The measures of a sentence, in digits and in words: kind, unit, amount in the smallest unit."""
    half = convention(side.language).half
    halves = [Share(*match.span(), 1, 2) for match in half.finditer(side.text.lower())] if half else []
    spoken = [*map(side.spoken, side.numerals), *map(side.spoken, (*side.shares, *halves))]
    measured = [(figure, unit_of(side, figure)) for figure in (*side.figures, *spoken) if not figure.mark]
    return frozenset(
        (unit.kind, unit.key, worth(figure) * unit.size) for figure, unit in measured if unit and unit.is_measure
    )
