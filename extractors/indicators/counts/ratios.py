"""Two plain numbers whose share a percentage is: "412 of 640 (64.4 %)", "9,450, 78.75 % of the goal of 12,000"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.indicators.counts.goals import AIMS, Number, confirmed
from extractors.indicators.numbers import Percentage
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import find_comparator

__all__ = ["Ratio", "is_counted", "share_of", "share_of_goal"]

_SHARE = 4  # pieces from a number to the whole that it is a share of: "618 houses of the 850"
_GOAL = 8  # pieces from a percentage to the goal that it is of: "of its yearly goal of 12,000"
_NUMBERS = 12  # the numbers before a figure that it may be the share of: those of a long clause
Ratio = tuple[Number, Number] | None


def is_counted(pieces: Sequence[Piece], value: Number, whole: Number, head: Sequence[Piece]) -> bool:
    """Whether two numbers say how many of how many were done: "347/412 houses", or, where the sentence or the head of
    its list speaks of a plan, "618 of 850 (72.7 %)", "Of the 850, 618 …". Other parts of a whole are no counts."""
    if any(p.text == "/" for p in pieces[value.at + 1 : whole.at]):
        return True
    opened = next((p for p in pieces if p.kind != "mark"), None)
    beside = 0 < whole.at - value.at <= _SHARE or (opened is not None and "among" in opened.kinds)
    return beside and any(p.kinds & AIMS for p in (*pieces, *head))


def share_of(
    figure: Percentage, pieces: Sequence[Piece], at: int, numbers: Sequence[Number], *, small: bool = False
) -> Ratio:
    """The two numbers before the figure whose share it is, small ones too if so asked."""
    before = numbers[: bisect_left(numbers, at, key=lambda n: n.at)][-_NUMBERS:]
    if len(before) < 2 or figure.unit != "%" or figure.value_max is not None or figure.sign:
        return None
    rounded = find_comparator(pieces, at, figure).comparator in ("approx", "gt", "lt")
    past = any("over" in p.kinds for p in pieces[before[-1].at : at])  # "204 of 180, 13.3 % over the plan"
    return confirmed(before, figure.value + 100 * past, rounded=rounded, small=small)


def share_of_goal(figure: Percentage, pieces: Sequence[Piece], at: int, numbers: Sequence[Number]) -> Ratio:
    """A number before the figure and the goal behind that it is so much of: "9,450 members, 78.75 % of its goal of
    12,000"."""
    first = bisect_left(numbers, at, key=lambda n: n.at)
    if not 0 < first < len(numbers) or numbers[first].at - at > _GOAL or figure.unit != "%" or figure.value_max:
        return None
    value, goal = numbers[first - 1], numbers[first]
    if not any(p.kinds & AIMS for p in pieces[at + 1 : goal.at]):
        return None
    return confirmed([value, goal], figure.value, rounded=False)
