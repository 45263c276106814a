"""Figures of one sentence that a translation has exchanged: each stands where the words around the other should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from service.translate.figures import Figure
from service.translate.side import Side

__all__ = ["find_exchanged"]

_Pair = tuple[Figure, Figure]
_MOST = 12  # figures of a sentence that are compared, each with each
_Context = dict[str, float]


def find_exchanged(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """Pairs of figures that would fit what is said around them much better the other way round."""
    if not 1 < len(pairs) <= _MOST:
        return
    ours = [_context(source, a) for a, _ in pairs]
    theirs = [_context(target, b) for _, b in pairs]
    fits = [[_likeness(a, b) for b in theirs] for a in ours]
    for i, j in combinations(range(len(pairs)), 2):
        (a, b), (c, d) = pairs[i], pairs[j]
        if a.readings[0] == c.readings[0] or not _are_alike(a, c) or not _are_alike(b, d):
            continue
        straight, crossed = fits[i][i] + fits[j][j], fits[i][j] + fits[j][i]
        if crossed > straight * _FACTOR + _MARGIN:
            yield a, f"exchanged with {source.text[c.start : c.end]}"
            return


_FACTOR, _MARGIN = 1.25, 0.12


def _are_alike(a: Figure, b: Figure) -> bool:
    return True


def _likeness(a: _Context, b: _Context) -> float:
    return sum(weight * b[key] for key, weight in a.items() if key in b)


def _context(side: Side, figure: Figure) -> _Context:
    """What is said around a figure, each thing the more the nearer it is."""
    return {key: _nearness(side, figure, places) for key, places in side.landmarks.items()}


def _nearness(side: Side, figure: Figure, places: Sequence[tuple[int, int]]) -> float:
    return max(1 / (1 + _distance(side, figure, *place)) for place in places)


def _distance(side: Side, figure: Figure, start: int, end: int) -> float:
    first, last = side.word_at(figure), side.word_behind(figure)
    if start >= last:
        between = range(last, start)
    elif end <= first:
        between = range(end, first)
    else:
        return 0.0
    return side.gaps[between.stop] - side.gaps[between.start] if between else 0.0
