"""Figures of one sentence that a translation has exchanged: each stands where the words around the other should."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from extractors.checks.figures import Figure, is_year
from extractors.checks.nearness import Lean, between, keys_behind, lean, lean_to
from extractors.checks.ranks import is_rank
from extractors.checks.side import Side
from extractors.checks.units import is_dated, unit_of
from extractors.concepts import concepts
from extractors.indicators.topics.keys import GENERIC

__all__ = ["find_exchanged"]

_Pair = tuple[Figure, Figure]
_MOST = 12  # figures of a sentence that are compared, each with each
_CLEAR = 1.0  # by which a landmark must be nearer to one of two figures than to the other (`distance`)
_FAR = 4.0  # from which on more distance tells no more
_FIGURE = 0.5  # what another figure tells
_COMMON = 0.5  # what stands before both figures or behind both may be said of both
_BESIDE = 2.0  # between two figures of one statement: two of five, 50 to 70
_ENOUGH, _FACTOR = 0.5, 2.0


def find_exchanged(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """Pairs of figures that would fit what is said around them much better the other way round.

    A landmark (a thing counted, a topic, a name, a year, up or down) that is nearer to the one figure in the source and
    to the other in the translation speaks for an exchange, one that is nearer to the same in both against it.
    """
    pairs = [(a, b) for a, b in pairs if not source.is_date(a) and not target.is_date(b)]
    if not 1 < len(pairs) <= _MOST:
        return
    lone = _lone_year(pairs, source, target)
    shared = [key for key in source.landmarks if key in target.landmarks and not _is_vague(key)]
    for one, other in combinations(pairs, 2):
        if one[0].mark != other[0].mark or one[0].readings[0] == other[0].readings[0]:
            continue
        if lone & {one[0].start, other[0].start}:
            continue
        if _stays_rank(one, source, target) != _stays_rank(other, source, target):
            continue
        if _has_moved(one, other, source, target) or _has_moved(other, one, source, target):
            yield one[0], f"exchanged with {source.text[other[0].start : other[0].end]}"
            return
        if _is_bound(one, other, source, target) or _is_bound(other, one, source, target):
            continue
        own = {
            source.text[figure.start : figure.end] for figure in (one[0], other[0])
        }  # a year is no landmark of its own
        kept = [key for key in shared if key not in own and not _is_common(key, one, other, source, target)]
        votes: dict[int, float] = {}  # by place: a word may have a key of the table and one of the packs
        for key in kept:
            ours = lean(source, one[0], other[0], key)
            vote = _vote(ours, lean(target, one[1], other[1], key))
            votes[ours.place] = max(vote, votes.get(ours.place, 0.0), key=abs)
        for number, (a, b) in enumerate(pairs):  # the other figures are landmarks too
            if a is not one[0] and a is not other[0]:
                ours, theirs = lean_to(source, one[0], other[0], a), lean_to(target, one[1], other[1], b)
                votes[-number - 1] = _vote(ours, theirs) * _FIGURE
        crossed, straight = -sum(v for v in votes.values() if v < 0), sum(v for v in votes.values() if v > 0)
        if crossed >= _ENOUGH and crossed > _FACTOR * straight:
            yield one[0], f"exchanged with {source.text[other[0].start : other[0].end]}"
            return


def _stays_rank(pair: _Pair, source: Side, target: Side) -> bool:
    """Whether a figure is a rank on both sides, so that it stands in no count's place."""
    return is_rank(source, pair[0]) and is_rank(target, pair[1])


def _lone_year(pairs: Sequence[_Pair], source: Side, target: Side) -> set[int]:
    """Where the only year of a sentence stands, if both sides surely have it as a year."""
    years = [(a, b) for a, b in pairs if is_year(a)]
    return {a.start for a, b in years if len(years) == 1 and is_dated(source, a) and is_dated(target, b)}


def _is_bound(one: _Pair, other: _Pair, source: Side, target: Side) -> bool:
    """Whether the first of two figures has its own unit on both sides, or stands right beside the other: 2 of 5."""
    if between(source, one[0], other[0]) <= _BESIDE or between(target, one[1], other[1]) <= _BESIDE:
        return True
    ours, theirs = unit_of(source, one[0]), unit_of(target, one[1])
    if ours is None or theirs is None or ours.key != theirs.key:
        return False
    its = unit_of(source, other[0])
    return its != ours and (its is not None or ours.kind == "time")


def _has_moved(one: _Pair, other: _Pair, source: Side, target: Side) -> bool:
    """Whether the unit of a figure stands in the translation behind another, which has a unit or noun of its own."""
    unit = unit_of(source, one[0])
    if unit is None or _is_part(one[0]) or unit_of(target, other[1]) != unit:
        return False
    if unit in (unit_of(target, one[1]), unit_of(source, other[0])):
        return False
    return is_year(other[0]) or unit_of(source, other[0]) is not None or source.has_noun(other[0])


def _vote(ours: Lean, theirs: Lean) -> float:
    """What a landmark says of two figures: above 0 that they stand where they should."""
    if abs(ours.by) < _CLEAR or abs(theirs.by) < _CLEAR:
        return 0.0
    clear = min(abs(ours.by), abs(theirs.by), _FAR) / _FAR
    near = 1 / (1 + max(ours.near, theirs.near) / _FAR)
    if ours.outside and theirs.outside:
        near *= _COMMON if ours.outside == theirs.outside else 0.0
    return clear * near if (ours.by < 0) == (theirs.by < 0) else -clear * near


def _is_part(figure: Figure) -> bool:
    """Whether a figure is a part of something, which is then named with one of several such figures only."""
    return figure.mark == "%" or figure.readings[0][0].integer == "0"


def _is_common(key: str, one: _Pair, other: _Pair, source: Side, target: Side) -> bool:
    """Whether a landmark may be what two parts are parts of."""
    return _is_part(one[0]) and (_is_whole(key) or _is_lone(key, one, other, source, target))


def _is_lone(key: str, one: _Pair, other: _Pair, source: Side, target: Side) -> bool:
    """Whether a landmark is what one of two parts is a part of, and the other has no such word behind it."""
    for side, pair in ((source, (one[0], other[0])), (target, (one[1], other[1]))):
        behind = [keys_behind(side, figure) for figure in pair]
        if any(key in keys for keys in behind) and not all(behind):
            return True
    return False


def _is_whole(key: str) -> bool:
    if key.startswith("#"):
        return key[1:] in GENERIC
    return key in concepts() and concepts()[key].kind == "counted"


def _is_vague(key: str) -> bool:
    """Whether a landmark tells little: the commune of which all is said, or a measure.

    The second of two figures often lacks its measure: 230 hectares of tea, 75 of coffee.
    """
    if key.startswith("#"):
        return key[1:] in _PLACES
    return key in concepts() and (concepts()[key].is_measure or concepts()[key].like.startswith("place"))


_PLACES = frozenset({"communes", "villages"})
