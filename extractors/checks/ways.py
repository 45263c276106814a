"""Figures that move the other way in a translation: an increase became a decrease."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.checks.comparators import speaks_of_earlier
from extractors.checks.figures import Figure, is_year
from extractors.checks.function_words import word_list
from extractors.checks.nearness import distance
from extractors.checks.side import Side

__all__ = ["find_changed_ways"]

_Pair = tuple[Figure, Figure]
_Said = dict[str, list[tuple[int, int]]]
_OPPOSITE = {"up": "down", "down": "up"}
_FAR = 7.0  # from a figure to the word that says how it moves (`distance`)
_CLEAR = 2.0  # by which the one way is nearer than the other


def find_changed_ways(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The figures of the source that move up and in the translation down, or the other way round.

    Both sides must say it near the figure, and the translation speak more often of the one way, or less of the other.
    """
    if speaks_of_earlier(source) != speaks_of_earlier(target):
        return
    ours_said = _moves(source, [a for a, _ in pairs])
    theirs_said = _moves(target, [b for _, b in pairs])
    for a, b in pairs:
        ours, theirs = _way(source, a, ours_said), _way(target, b, theirs_said)
        if ours is None or theirs is None or ours == theirs:
            continue
        if len(theirs_said[theirs]) > len(ours_said[theirs]) or len(theirs_said[ours]) < len(ours_said[ours]):
            yield a, f"{ours} became {theirs}"


def _moves(side: Side, figures: Sequence[Figure]) -> _Said:
    """Where words say a way, but for those right before a figure that bound it: more than 40."""
    bounding = {side.word_at(figure) - before for figure in figures if not is_year(figure) for before in (1, 2)}
    return {
        way: [
            (start, end)
            for start, end in side.landmarks.get(f">{way}", ())
            if start not in bounding or side.tokens[start].text not in word_list("bound")
        ]
        for way in _OPPOSITE
    }


def _way(side: Side, figure: Figure, said: _Said) -> str | None:
    """The way a figure moves, where a word near it says so and none of the other way does."""
    far = {way: distance(side, figure, places) for way, places in said.items()}
    way = min(far, key=lambda way: far[way])
    return way if far[way] <= _FAR and far[_OPPOSITE[way]] >= far[way] + _CLEAR else None
