"""Two figures of which a translation has turned the order round: from 20 to 25 became from 25 to 20."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.checks.figures import Figure, is_year, worth
from extractors.checks.function_words import any_of
from extractors.checks.nearness import distance
from extractors.checks.side import Side
from extractors.checks.units import unit_of

__all__ = ["find_turned"]

_Pair = tuple[Figure, Figure]
_AND = frozenset({"and", "và", "und", "et", "e", "y"})
_DASH = re.compile(r"\s?[-–—]\s?")
_BETWEEN = re.compile(r"[^\d,;.()]{1,40}")  # the unit of the first, and the word before the second
_SPAN = re.compile(r"\b(?:between|zwischen|entre)\W*\Z", re.IGNORECASE)  # no change: losses between 15 and 20
_NEAR = 6.0  # from a change to the word that says its way (`distance`)
_WINDOW = 40  # characters before a figure in which the word before it stands


class _Words(NamedTuple):
    """What ends right before the start of a change, its end and a whole, and what is between a part and its whole."""

    start: re.Pattern[str]
    end: re.Pattern[str]
    part: re.Pattern[str]
    whole: re.Pattern[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words | None:
    begins, ends, of, whole = (any_of(name, language) for name in ("from", "to", "of", "whole"))
    if begins is None or ends is None or of is None or whole is None:
        return None
    gap = r"(?:\s+(?!and\b)[^\W\d]{2,8})?[\s\u00a0$€]*\Z"  # a word for a bound
    return _Words(
        re.compile(rf"(?<!\w)({begins}){gap}", re.IGNORECASE),
        re.compile(rf"(?<!\w)({ends}){gap}", re.IGNORECASE),
        re.compile(rf"\s?(?:/|(?:[^\W\d]+ ){{0,2}}(?:{of}))\s?", re.IGNORECASE),
        re.compile(rf"(?:\A|[.,;:] )(?:{whole}) \Z", re.IGNORECASE),
    )


def find_turned(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The starts of a change or range that the translation makes its end, and parts that it makes wholes."""
    ours, theirs = _words(source.language), _words(target.language)
    if ours is None or theirs is None:
        return
    yield from _larger_parts(pairs, source, target)
    kept = _ranges(target, [b for _, b in pairs], theirs)
    for (a, b), (c, d) in pairwise(pairs):
        if a is c or a.readings[0] == c.readings[0]:
            continue
        if _is_part(source, a, c, ours) and _is_part(target, d, b, theirs):
            yield a, "a part and its whole are turned round"
        elif _is_range(source, a, c, ours):
            ends = worth(a), worth(c)
            if ends not in kept and (ends[::-1] in kept or _is_turned(target, b, d, theirs)):
                yield a, "the two ends are turned round"
            elif _is_against(target, b, d, theirs) and not _is_against(source, a, c, ours):
                yield a, "the change goes the other way"


def _larger_parts(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """Parts that are larger than their whole in the translation alone: 98 households, of which 112."""
    ours = _parts([a for a, _ in pairs], source)
    theirs = _parts([b for _, b in pairs], target)
    if theirs and not any(worth(part) > worth(whole) for whole, part in ours):
        for whole, part in theirs:
            if worth(part) > worth(whole):
                yield next(a for a, b in pairs if b is whole), "a part is larger than its whole"


def _parts(figures: list[Figure], side: Side) -> list[_Pair]:
    """Figures with a figure behind them that is said to be a part: of which."""
    ordered = sorted((f for f in figures if not f.mark and not is_year(f)), key=lambda figure: figure.start)
    among = [start for start, _, key in side.concepts if key == "among"]
    return [
        (one, other)
        for one, other in pairwise(ordered)
        if (any(side.word_behind(one) <= at < side.word_at(other) for at in among) or _opens(side, one, other))
        and _unit(side, one) == _unit(side, other)
    ]


def _opens(side: Side, whole: Figure, part: Figure) -> bool:
    """Whether a statement begins with a whole: of the 64 applicants 15."""
    words = _words(side.language)
    if words is None or _is_range(side, whole, part, words):
        return False
    return words.whole.search(side.text, max(0, whole.start - _WINDOW), whole.start) is not None


def _unit(side: Side, figure: Figure) -> str:
    unit = unit_of(side, figure)
    return unit.kind if unit and unit.is_measure else "counted"


def _ranges(side: Side, figures: list[Figure], words: _Words) -> set[tuple[Decimal, Decimal]]:
    """The two ends of each range of a sentence."""
    ordered = sorted(figures, key=lambda figure: figure.start)
    return {(worth(one), worth(other)) for one, other in pairwise(ordered) if _is_range(side, one, other, words)}


def _is_turned(side: Side, first: Figure, last: Figure, words: _Words) -> bool:
    """Whether the end of a change stands where its start should."""
    if last.start < first.start:
        return False
    start, end = (bool(words.start.search(side.text, max(0, f.start - _WINDOW), f.start)) for f in (first, last))
    return end and not start and not _is_range(side, first, last, words)


def _is_against(side: Side, first: Figure, last: Figure, words: _Words) -> bool:
    """Whether a change is said to be a rise though its end is lower, or a fall though it is higher."""
    if not _is_range(side, first, last, words) or _SPAN.search(side.text, max(0, first.start - _WINDOW), first.start):
        return False
    way = "down" if worth(last) > worth(first) else "up"
    far = {kind: distance(side, first, _ahead(side, kind, first)) for kind in ("up", "down")}
    return far[way] <= _NEAR and far[way] == min(far.values())


def _ahead(side: Side, way: str, figure: Figure) -> list[tuple[int, int]]:
    """Where the last word before a figure that says a way stands."""
    places = side.landmarks.get(f">{way}", [])
    behind = bisect_right(places, side.word_at(figure), key=lambda place: place[1])
    return places[max(0, behind - 1) : behind]


def _is_range(side: Side, first: Figure, last: Figure, words: _Words) -> bool:
    """Whether the second figure is where a change or a range goes that begins with the first."""
    if _DASH.fullmatch(side.text, first.end, last.start):
        return True
    if not _BETWEEN.fullmatch(side.text, first.end, last.start):
        return False
    match = words.end.search(side.text, first.end, last.start)
    if match is None or match[1].lower() not in _AND:
        return match is not None
    return words.start.search(side.text, max(0, first.start - _WINDOW), first.start) is not None


def _is_part(side: Side, part: Figure, whole: Figure, words: _Words) -> bool:
    """Whether the first figure is a part of the second: two of five."""
    return words.part.fullmatch(side.text, part.end, whole.start) is not None
