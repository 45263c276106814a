"""The direction of a figure: a level, an increase or a decrease."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from extractors.indicators.changes.after import change_after, closed_by_change, verb_after
from extractors.indicators.changes.told import (
    change_appended,
    change_bracketed,
    change_compared,
    change_named,
    change_of_list,
    change_of_object,
    change_restated,
)
from extractors.indicators.numbers import Percentage
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.coordinations import is_bounded, is_gapped, is_listed, names, shares_change
from extractors.indicators.sentences.readings import (
    CHANGE,
    direction_of,
    is_excess,
    is_passed,
    next_figure,
    past_comparators,
    previous_figure,
)
from extractors.indicators.words.lexicon import BOUNDS
from extractors.types import Direction

__all__ = ["find_direction"]

_PASSED = BOUNDS | {"link", "each", "aux", "det", "by", "to", "from", "average", "than", "reference", "year_ago",
                    "previous", "of"}  # fmt: skip
_EXCESS = 30  # percent: a goal that is passed by more is named by its own value
_OBJECT = 4  # pieces: "exceeding the target of"
_OPENS_SIGN = frozenset(",:(–—-")
_REACH = 12  # pieces: how far a change or a basis stands from its figure, about one clause


def find_direction(
    pieces: Sequence[Piece], at: int, figure: Percentage, before: Direction | None, *, verb_last: bool
) -> tuple[Direction, bool]:
    """Whether the figure is a level, an increase or a decrease, and whether a word of its own says so.

    `before` is the direction of the figure before in the same sentence, which "by 5 %, by 7 %" share.
    """
    if figure.sign:
        return ("increase" if figure.sign > 0 else "decrease"), True
    if signed := _signed(pieces, at):
        return signed, True
    if figure.pair in ("from", "to") or is_passed(pieces, at, figure):
        return "level", True
    if after := change_after(pieces, at) or change_restated(pieces, at):
        return after, True
    return _change_before(pieces, at, figure, before, verb_last)


def _signed(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a sign in words says behind a mark: "retail sales, plus 12 %", "farming: minus 2 %"."""
    sign = pieces[at - 1] if at > 1 else None
    if sign is None or "signs" not in sign.lists or pieces[at - 2].text not in _OPENS_SIGN:
        return None
    return "decrease" if "down" in sign.kinds else "increase"


def _change_before(
    pieces: Sequence[Piece], at: int, figure: Percentage, before: Direction | None, verb_last: bool
) -> tuple[Direction, bool]:
    if at and "by" in pieces[past_comparators(pieces, at)].kinds and verb_last and (after := verb_after(pieces, at)):
        return after, True
    if _passes_goal(pieces, at, figure):
        return "increase", True
    if _is_share(pieces, at, figure):
        return "level", True
    if verb_last and (closing := closed_by_change(pieces, at)):
        return closing, True
    if verb_last and figure.unit == "pp" and not _has_verb(pieces, at) and (closing := verb_after(pieces, at)):
        return closing, True  # "also 14 Prozentpunkte hinter Ben Tre zurückliegt"
    if before and figure.pair in (None, "list") and is_listed(pieces, at, figure):
        return before, False
    if before and figure.pair in (None, "list") and is_gapped(pieces, at) and not is_bounded(pieces, at):
        return before, False
    if before and before != "level" and shares_change(pieces, at):
        return before, True
    if change := change_compared(pieces, at) or change_bracketed(pieces, at) or change_appended(pieces, at):
        return change, True
    if change := change_named(pieces, at):
        return change, True
    by = to = started = copula = False
    floor = max(previous_figure(pieces, at), at - _REACH - 1)
    for index in range(at - 1, floor, -1):
        piece = pieces[index]
        if "over" in piece.kinds and (by or (index == at - 1 and is_excess(pieces, at))):
            return "increase", True
        if by and piece.kinds & {"up_after", "down_after"} and not copula and _measures(pieces, index, at, figure):
            return direction_of(piece), True
        copula = copula or (by and not started and "be" in piece.kinds)  # "le taux est de 5 %"
        if piece.kinds & CHANGE:
            if _is_level_of_change(pieces, index, at, figure):
                return "level", True
            if _moved_by(pieces, index, at):
                return direction_of(piece), True
            if "moves" in piece.kinds and "rates_at" in pieces[index + 1].lists:
                return direction_of(piece), True  # "grows at 4 % a year"
            level = to or ("to" in piece.kinds and "over" not in piece.kinds)
            return ("level", True) if level else (direction_of(piece), True)
        if piece.text == ":" and index == past_comparators(pieces, at) and _is_label(pieces[index - 1]):
            return direction_of(pieces[index - 1]), True  # "Poverty reduction: 3.4 %"
        if piece.kind == "mark" and (piece.text in ";(|" or (piece.text == ":" and not by)):
            break
        if (
            piece.kinds >= {"rel", "eq"}
            and not by
            and not any("negations" in p.lists for p in pieces[max(0, index - 6) : index])
        ):
            break  # "a relevé que 64 % des victimes …", not "n'a augmenté que de 5 %"
        if piece.kind == "mark" and piece.text == "," and (started or not by):
            break
        if not started:
            by = by or "by" in piece.kinds
            bound = piece.kinds & BOUNDS and "by" in pieces[index - 1].kinds  # "by under 5 %", not "fell under 5 %"
            to = to or ("to" in piece.kinds and "by" not in piece.kinds and not bound)
            if "from" in piece.kinds and figure.value_max is None and _opens_pair(pieces, at):
                return "level", True
        if piece.kinds & {"reach", "share"} and not by:
            if index > 1 and pieces[index - 1].kinds & CHANGE and "det" in pieces[index - 2].kinds:
                return direction_of(pieces[index - 1]), True  # "the fall reached 3 %"
            return "level", True
        if piece.kind in ("word", "number") or (not piece.kinds & _PASSED and piece.kind not in ("period", "unit")):
            if not by:
                return (None if to else change_of_object(pieces, index)) or ("level", to)
            started = True
    if by and not (to or copula):
        if change := change_of_list(pieces, at):
            return change, True
        if before and before != "level":
            return before, True
        if _is_difference(pieces, at):
            return _last_change(pieces, at) or "increase", True
    if before and figure.pair == "list":
        return before, False
    return "level", to


def _is_share(pieces: Sequence[Piece], at: int, figure: Percentage) -> bool:
    """Whether the figure is the size of a share that its noun names: "einen Anteil von 29 %", "a share of 12 %"."""
    index = last = past_comparators(pieces, at)
    while index > 0 and pieces[index].kinds & {"of", "det"}:
        index -= 1
    passed = any("over" in p.kinds for p in pieces[max(0, index - 2) : index])  # "a dépassé sa part de 40 %"
    return index < last and figure.unit == "%" and "proportion" in pieces[index].kinds and not passed


def _is_level_of_change(pieces: Sequence[Piece], verb: int, at: int, figure: Percentage) -> bool:
    """Whether a verb of change stands before a level: the first of two, that of a year ago ("tăng từ 80% cùng kỳ"),
    one that is better or worse ("khá hơn với 86%")."""
    piece, after = pieces[verb], pieces[at + 1].kinds if at + 1 < len(pieces) else frozenset()
    if "from" in piece.kinds and figure.value_max is None:
        return _opens_pair(pieces, at) or bool(after & {"year_ago", "previous"})
    return "compares" in piece.kinds and "having" in pieces[verb + 1].lists


def _is_label(piece: Piece) -> bool:
    """Whether a change before a colon names the figure behind it: "Poverty reduction: 3.4 %", not "cao hơn: …"."""
    return (
        bool(piece.kinds & CHANGE) and bool(piece.kinds & {"up_after", "down_after"}) and "compares" not in piece.kinds
    )


def _measures(pieces: Sequence[Piece], index: int, at: int, figure: Percentage) -> bool:
    """Whether a figure after "by" says how far a comparison goes: "higher than the average by 5 %", "au-dessus du pic
    de 2023 de 13 %", "taux de réduction de 30 %"; not the standard itself: "supérieur au seuil de 1,1 %"."""
    if "degrees" in pieces[index].lists:
        return False
    if "than" in pieces[index].kinds or figure.unit == "pp":
        return True
    by = next(i for i in range(at - 1, index, -1) if "by" in pieces[i].kinds)
    return not pieces[index].kinds & BOUNDS and (
        by == index + 1 or not (names(pieces[by - 1]) or "plan" in pieces[by - 1].kinds)
    )


def _is_difference(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the word before the figure makes a difference of it, whatever its verb: "um 12 % ausbauen"."""
    by = pieces[past_comparators(pieces, at)] if at else None
    return by is not None and "by" in by.kinds and not by.kinds & BOUNDS and "agents" not in by.lists


def _has_verb(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb stands between the figure before and this one."""
    return any(p.kinds & {"share", "reach", "be"} for p in pieces[previous_figure(pieces, at) + 1 : at])


def _last_change(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change told last before in the sentence: "sank auf 18 %, das heißt um 3 Punkte"."""
    told = takewhile(lambda p: p.text != ";", reversed(pieces[:at]))
    return next((direction_of(p) for p in told if p.kinds & CHANGE), None)


def _moved_by(pieces: Sequence[Piece], verb: int, at: int) -> bool:
    """Whether a verb that may name where a thing goes says how far it went, being compared with a time: "giá thép bật
    lên 6% so với tháng trước"."""
    if "to" not in pieces[verb].kinds or not is_excess(pieces, at):
        return False
    proportion = any("proportion" in p.kinds for p in pieces[max(0, verb - _REACH) : verb])
    return not proportion and not any(p.kind in ("figure", "number") for p in pieces[at + 1 : at + 4])


def _passes_goal(pieces: Sequence[Piece], at: int, figure: Percentage) -> bool:
    """Whether the figure is how far a goal is passed: "dépassant l'objectif de 2,6 %", not "… de 80 %"."""
    if not at or not pieces[at - 1].kinds & {"plan", "goal"} or not pieces[at - 1].text.endswith((" de", " d'")):
        return False
    small = figure.unit == "pp" or figure.value < _EXCESS
    passed = (p for p in pieces[max(0, at - _OBJECT - 1) : at] if "over" in p.kinds)
    return small and any(passed)


def _opens_pair(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the next figure is where this one went: "from 8 % in 2020 to 5 %"."""
    following = next_figure(pieces, at)
    parted = {"reach", "have", "be"}
    if following >= len(pieces) or any(p.kinds & parted or "parts_clauses" in p.lists for p in pieces[at:following]):
        return False
    index = following - 1
    while index > at and pieces[index].kinds & (BOUNDS | {"det"}) and "to" not in pieces[index].kinds:
        index -= 1
    return "to" in pieces[index].kinds
