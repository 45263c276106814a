"""Measures that a translation says in another unit: 36 months are three years, 0.4 m 40 cm, 60 tạ six tonnes."""

from __future__ import annotations

from bisect import bisect_right
from decimal import Decimal
from functools import lru_cache

from extractors.checks.figures import Figure, worth
from extractors.checks.shares import Share
from extractors.checks.side import Side
from extractors.checks.units import unit_of
from extractors.concepts import Concept
from extractors.conventions import convention

__all__ = ["is_converted"]

_NEAR = Decimal("0.001")  # of the amount


def is_converted(one: Side, figure: Figure, other: Side) -> bool:
    """Whether the other side has the amount of a measure in another unit."""
    unit = _unit(one, figure)
    if unit is None or not unit.is_measure or unit.kind == "money" or figure.mark:
        return False
    amount = worth(figure) * unit.size
    return any(
        kind == unit.kind and key != unit.key and abs(known - amount) <= amount * _NEAR
        for kind, key, known in _amounts(other)
    )


def _unit(side: Side, figure: Figure) -> Concept | None:
    """The unit of a figure, or of the other end of the range that it begins: 50 to 55 quintals."""
    at = bisect_right(side.figures, figure.start, key=lambda other: other.start)
    last = side.figures[at] if at < len(side.figures) else None
    if last and side.rules and side.rules.between.fullmatch(side.text, figure.end, last.start):
        return unit_of(side, figure) or unit_of(side, last)
    return unit_of(side, figure)


@lru_cache(maxsize=16)
def _amounts(side: Side) -> frozenset[tuple[str, str, Decimal]]:
    """The measures of a sentence, in digits and in words: kind, unit, amount in the smallest unit."""
    half = convention(side.language).half
    halves = [Share(*match.span(), 1, 2) for match in half.finditer(side.text.lower())] if half else []
    spoken = [*map(side.spoken, side.numerals), *map(side.spoken, (*side.shares, *halves))]
    measured = [(figure, _unit(side, figure)) for figure in (*side.figures, *spoken) if not figure.mark]
    return frozenset(
        (unit.kind, unit.key, worth(figure) * unit.size) for figure, unit in measured if unit and unit.is_measure
    )
