"""What stands around a figure: its comparator, the figures beside it and the cue that governs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.indicators.numbers import Percentage
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.words.lexicon import BOUNDS, FigureLexicon
from extractors.types import Comparator, Direction

__all__ = [
    "CHANGE",
    "Reading",
    "direction_of",
    "find_comparator",
    "is_excess",
    "is_passed",
    "left_cue",
    "next_figure",
    "past_comparators",
    "previous_figure",
    "says_when",
]

CHANGE = frozenset({"up", "down"})  # cues of a change that stand before its figure
_COMPARATORS: tuple[Comparator, ...] = ("gte", "lte", "gt", "lt", "approx", "eq")
_SKIPPED = BOUNDS | {"link", "each", "aux", "det", "by", "to", "from"}
_LINKS = frozenset({"link", "each", "by", "to", "from", "det"})
_OBJECT = 4  # pieces: "cut its monthly fees 5 %"
_NOTHING: frozenset[str] = frozenset()
_ALL = 100  # percent
_ENDS = frozenset(",;:")


class Reading(NamedTuple):
    """The comparator and where the evidence starts and ends with it."""

    comparator: Comparator
    start: int
    end: int


def previous_figure(pieces: Sequence[Piece], at: int) -> int:
    """The index of the figure before, or -1."""
    for index in range(at - 1, -1, -1):
        if pieces[index].kind == "figure":
            return index
    return -1


def next_figure(pieces: Sequence[Piece], at: int) -> int:
    """The index of the figure after, or the number of pieces."""
    for index in range(at + 1, len(pieces)):
        if pieces[index].kind == "figure":
            return index
    return len(pieces)


def find_comparator(pieces: Sequence[Piece], at: int, figure: Percentage) -> Reading:
    """The comparator before or after the figure; `range` for a range, `eq` where the text has none."""
    here = pieces[at]
    start, end, found = here.start, here.end, None
    passed = False
    for index in range(at - 1, max(-1, at - 4), -1):
        piece = pieces[index]
        kind = next((k for k in _COMPARATORS if k in piece.kinds), None) if piece.kinds & BOUNDS else None
        if "over" in piece.kinds and (passed or is_excess(pieces, at)):
            break  # "dépasse de 5 %", "exceeded by 5 %", "exceeding 5 % compared to the plan": how far, not a bound
        passed = passed or "by" in piece.kinds
        if kind == "gt" and _takes_over(pieces, index):
            break
        if kind and not piece.kinds & CHANGE:
            if kind in ("lte", "gte") and index + 1 < at and "having" in pieces[index + 1].lists:
                break  # "nhiều nhất với 42,6%" is a superlative
            if (kind == "eq" and piece.kinds & _LINKS) or _names_standard(pieces, index, at):
                continue
            found, start = kind, piece.start
            break
        bound = index > 0 and pieces[index - 1].kinds & {"gt", "lt"} and "reach" in pieces[index - 1].kinds
        if "aux" in piece.kinds and bound:
            continue  # "dépasse désormais 98 %"
        if not piece.kinds & _LINKS or piece.kinds & CHANGE:
            break
    for piece in pieces[at + 1 : at + 2]:
        after = next((k for k in _COMPARATORS if f"{k}_after" in piece.kinds), None) if piece.kinds else None
        if after and not (passed and piece.kinds & (CHANGE | {"over"})):  # "um 5 % überschritten": how far
            before = pieces[at - 1] if at else None
            found, end = after, piece.end
            start = min(start, before.start if before and "from" in before.kinds else start)
    if figure.value_max is not None:
        found = "range"
    elif found is None and is_passed(pieces, at, figure):
        found, start = "gt", pieces[at - 1].start
    return Reading(found or "eq", start, end)


def is_excess(pieces: Sequence[Piece], at: int) -> bool:
    """Whether what the figure is more than is named behind it: "exceeding 2 % compared to the resolution"."""
    after = pieces[at + 1].kinds if at + 1 < len(pieces) else _NOTHING
    return "than" in after and not after & {"gt", "lt"}


def _names_standard(pieces: Sequence[Piece], index: int, at: int) -> bool:
    """Whether a known value is compared with: "lower than the 1.4 % of last year", not "over the 50 % mark"."""
    after = pieces[at + 1].lists if at + 1 < len(pieces) else _NOTHING
    return "the_known" in pieces[at - 1].lists and "reach" not in pieces[index].kinds and "thresholds" not in after


def _takes_over(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a verb of having takes what could be a bound: "verfügt die Provinz über 90 %"."""
    return "taken_over" in pieces[index].lists and any(
        "have" in p.kinds for p in pieces[max(0, index - _OBJECT) : index]
    )


def left_cue(pieces: Sequence[Piece], at: int) -> Piece | None:
    """The piece that governs the figure from the left, past comparators, links and small words."""
    floor = previous_figure(pieces, at)
    for index in range(at - 1, floor, -1):
        piece = pieces[index]
        if piece.kinds & CHANGE or not piece.kinds & _SKIPPED or piece.kinds & {"reach", "share", "be"}:
            return piece
    return None


def is_passed(pieces: Sequence[Piece], at: int, figure: Percentage) -> bool:
    """Whether the figure is a mark that is passed, and no difference: "công suất giường bệnh vượt 110%"."""
    verb = pieces[at - 1].kinds if at else _NOTHING
    if not verb >= {"over", "compares"} or figure.unit != "%" or figure.value_max is not None:
        return False
    following = pieces[at + 1 : at + 5]
    if any(p.kinds & {"plan", "annual", "year_ago", "previous", "than", "average"} for p in following):
        return False
    clause: list[Piece] = []
    for piece in reversed(pieces[previous_figure(pieces, at) + 1 : at - 1]):
        if piece.text in _ENDS:
            break
        clause.append(piece)
    if any(p.kinds & {"plan", "annual", "goal"} or p.kind == "number" for p in clause):
        return False
    return figure.value >= _ALL or any("proportion" in p.kinds for p in clause)


def says_when(pieces: Sequence[Piece], index: int, lexicon: FigureLexicon) -> bool:
    """Whether a time of before only says when: "28 % of output ten years ago"."""
    before = pieces[index - 1] if index else None
    counted = before is not None and (before.kind == "number" or before.text in lexicon.numbers)
    return counted and "previous" in pieces[index].kinds


def past_comparators(pieces: Sequence[Piece], at: int) -> int:
    index = at - 1
    while index > 0 and pieces[index].kinds & BOUNDS and "by" not in pieces[index].kinds:
        index -= 1
    return index


def direction_of(piece: Piece) -> Direction:
    """What a cue of change says."""
    return "increase" if "up" in piece.kinds or "up_after" in piece.kinds else "decrease"
