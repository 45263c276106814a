"""How far figures are from other words of their sentence, and to which of two figures a word belongs."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extractors.checks.figures import Figure
from extractors.checks.side import Side

__all__ = ["Lean", "between", "distance", "keys_behind", "lean", "lean_to"]

_Places = Sequence[tuple[int, int]]
_RIGHT_BEHIND = 2.0  # from a figure to the words that stand right behind it


class Lean(NamedTuple):
    """To which of two figures a landmark is nearer: `by` how much (below 0 to the first), `near` how near it is to it.

    `outside` is below 0 where it stands before both, above 0 where behind both; `place` is its first word.
    """

    by: float
    near: float
    outside: int
    place: int


def distance(side: Side, figure: Figure, places: _Places) -> float:
    """How far the nearest of some words, in their order, is from a figure as `gaps` count; infinite without any."""
    first, behind = side.word_at(figure), side.word_behind(figure)
    far = math.inf
    for at in range(max(0, bisect_left(places, (first, 0)) - 1), len(places)):
        start, end = places[at]
        if start >= behind:
            return min(far, side.gaps[start] - side.gaps[behind])
        if end > first:
            return 0.0
        far = side.gaps[first] - side.gaps[end]
    return far


def between(side: Side, one: Figure, other: Figure) -> float:
    """How far two figures are from each other."""
    first, last = sorted((one, other), key=lambda figure: figure.start)
    return side.gaps[side.word_at(last)] - side.gaps[side.word_behind(first)]


def keys_behind(side: Side, figure: Figure) -> set[str]:
    """The landmarks right behind a figure."""
    behind = side.word_behind(figure)
    return {
        key
        for key, places in side.landmarks.items()
        for start, _ in places
        if start >= behind and side.gaps[start] - side.gaps[behind] <= _RIGHT_BEHIND
    }


def lean(side: Side, one: Figure, other: Figure, landmark: str) -> Lean:
    """To which of two figures a landmark belongs."""
    return _lean(side, one, other, side.landmarks[landmark])


def lean_to(side: Side, one: Figure, other: Figure, third: Figure) -> Lean:
    """To which of two figures a third is nearer."""
    return _lean(side, one, other, [(side.word_at(third), side.word_behind(third))])


def _lean(side: Side, one: Figure, other: Figure, places: _Places) -> Lean:
    near, far = distance(side, one, places), distance(side, other, places)
    first, last = sorted((side.word_at(one), side.word_at(other)))
    outside = all(start > last for start, _ in places) - all(end <= first for _, end in places)
    return Lean(near - far, min(near, far), outside, places[0][0])
