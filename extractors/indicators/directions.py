"""The direction of a figure: a level, an increase or a decrease."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.indicators.clauses import Piece
from extractors.indicators.coordinations import is_bounded, is_gapped, is_joined, is_listed, is_parallel, names
from extractors.indicators.lexicon import BOUNDS
from extractors.indicators.numbers import Percentage
from extractors.indicators.readings import is_excess, is_passed, next_figure, past_comparators, previous_figure
from extractors.types import Direction

__all__ = ["change_of_label", "find_direction"]

_CHANGE = frozenset({"up", "down"})
_SKIPPED = BOUNDS | {"link", "each", "aux", "det", "by", "to", "from"}
_PASSED = _SKIPPED | {"average", "than", "reference", "year_ago", "previous", "of"}
_EXCESS = 30  # percent: a goal that is passed by more is named by its own value
_NOUN = 5  # pieces: what is counted, between a number and the comma after it
_STEPS = BOUNDS - {"eq"} | {"to", "from", "by", "measure"}
_OBJECT = 4  # pieces: "cut its monthly fees 5 %"
_LISTED_VERBS = frozenset({"up", "down", "reach", "share", "be", "to"})
_OWN_VERBS = frozenset({"up", "down", "reach", "share", "be", "to", "part", "rel", "gloss"})  # no part of a standard
_COMPARED = frozenset({"than", "year_ago", "previous"})
_ENDS = frozenset(",;:")
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
    if after := _change_after(pieces, at) or _change_restated(pieces, at):
        return after, True
    return _change_before(pieces, at, figure, before, verb_last)


def _signed(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a sign in words says behind a mark: "retail sales, plus 12 %", "farming: minus 2 %"."""
    sign = pieces[at - 1] if at > 1 else None
    if sign is None or "signs" not in sign.lists or pieces[at - 2].text not in _OPENS_SIGN:
        return None
    return "decrease" if "down" in sign.kinds else "increase"


def _direction(piece: Piece) -> Direction:
    return "increase" if "up" in piece.kinds or "up_after" in piece.kinds else "decrease"


def _change_after(pieces: Sequence[Piece], at: int) -> Direction | None:
    following = pieces[at + 1 : at + 3]
    for piece in following:
        if piece.kinds & {"up_after", "down_after"}:
            return _direction(piece)
        if not piece.kinds & {"of", "each", "det"}:
            break
    return _change_behind(pieces, at)


def _change_behind(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change behind what it is a change of: "9 % d'œufs de plus que le mois précédent"."""
    if at + 2 >= len(pieces) or "of" not in pieces[at + 1].kinds:
        return None
    for piece, following in pairwise(pieces[at + 2 : at + 3 + _NOUN]):
        if piece.kinds & {"up_after", "down_after"} and piece.text.startswith(("de ", "en ")):
            return None if "of" in following.kinds else _direction(piece)  # "boats of more than 15 metres"
        if not (names(piece) or piece.kinds & {"of", "det"}):
            return None
    return None


def _change_restated(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change by a number that the figure says again: "giảm 412 hộ, tương đương 1,32%", "fell by 412, or 1.3 %"."""
    if at + 1 < len(pieces) and pieces[at + 1].kinds & {"plan", "annual", "of", "year_ago"}:
        return None
    index = past_comparators(pieces, at)
    opened = index > 1 and pieces[index].text == "(" and "measure" in pieces[index - 1].kinds
    if index < 1 or not (opened or "gloss" in pieces[index].kinds) or pieces[index].kinds & _CHANGE:
        return None
    index -= 2 if pieces[index - 1].text == "," else 1
    first = index
    while index >= 0 and index > first - _NOUN and pieces[index].kind != "number":
        index -= 1
    if index < 1 or pieces[index].kind != "number":
        return None
    while index > 0 and (pieces[index].kind == "number" or pieces[index].kinds & _STEPS):
        if pieces[index].kinds & _CHANGE:
            break
        index -= 1
    return _direction(pieces[index]) if pieces[index].kinds & _CHANGE else None


def _change_before(
    pieces: Sequence[Piece], at: int, figure: Percentage, before: Direction | None, verb_last: bool
) -> tuple[Direction, bool]:
    if at and "by" in pieces[past_comparators(pieces, at)].kinds and verb_last and (after := _verb_after(pieces, at)):
        return after, True
    if _passes_goal(pieces, at, figure):
        return "increase", True
    if verb_last and (closing := _closed_by_change(pieces, at)):
        return closing, True
    if before and figure.pair in (None, "list") and is_listed(pieces, at, figure):
        return before, False
    if before and figure.pair in (None, "list") and is_gapped(pieces, at) and not is_bounded(pieces, at):
        return before, False
    if before and before != "level" and (is_joined(pieces, at) or is_parallel(pieces, at) or _is_echo(pieces, at)):
        return before, True
    if change := _compared(pieces, at) or _bracketed(pieces, at) or _appended(pieces, at):
        return change, True
    if change := _growth_rate(pieces, at):
        return change, True
    by = to = started = copula = False
    floor = max(previous_figure(pieces, at), at - _REACH - 1)
    for index in range(at - 1, floor, -1):
        piece = pieces[index]
        if "over" in piece.kinds and (by or (index == at - 1 and is_excess(pieces, at))):
            return "increase", True
        if by and piece.kinds >= {"than"} and piece.kinds & {"up_after", "down_after"}:
            return _direction(piece), True  # "higher than the average by 5 %"
        copula = copula or (by and not started and "be" in piece.kinds)  # "le taux est de 5 %"
        if piece.kinds & _CHANGE:
            if "from" in piece.kinds and figure.value_max is None and _opens_pair(pieces, at):
                return "level", True
            if _moved_by(pieces, index, at):
                return _direction(piece), True
            if "moves" in piece.kinds and "rates_at" in pieces[index + 1].lists:
                return _direction(piece), True  # "grows at 4 % a year"
            level = to or ("to" in piece.kinds and "over" not in piece.kinds)
            return ("level", True) if level else (_direction(piece), True)
        if piece.kind == "mark" and (piece.text in ";(|" or (piece.text == ":" and not by)):
            break
        if piece.kind == "mark" and piece.text == "," and (started or not by):
            break
        if not started:
            by = by or "by" in piece.kinds
            bound = piece.kinds & BOUNDS and "by" in pieces[index - 1].kinds  # "by under 5 %", not "fell under 5 %"
            to = to or ("to" in piece.kinds and "by" not in piece.kinds and not bound)
            if "from" in piece.kinds and figure.value_max is None and _opens_pair(pieces, at):
                return "level", True
        if piece.kinds & {"reach", "share"} and not by:
            if index > 1 and pieces[index - 1].kinds & _CHANGE and "det" in pieces[index - 2].kinds:
                return _direction(pieces[index - 1]), True  # "the fall reached 3 %"
            return "level", True
        if piece.kind in ("word", "number") or (not piece.kinds & _PASSED and piece.kind not in ("period", "unit")):
            if not by:
                return (None if to else _objects_change(pieces, index)) or ("level", to)
            started = True
    if by and not (to or copula):
        if change := _change_of_list(pieces, at):
            return change, True
        if before and before != "level":
            return before, True
    if before and figure.pair == "list":
        return before, False
    return "level", to


def _moved_by(pieces: Sequence[Piece], verb: int, at: int) -> bool:
    """Whether a verb that may name where a thing goes says how far it went, being compared with a time: "giá thép bật
    lên 6% so với tháng trước"."""
    if "to" not in pieces[verb].kinds or not is_excess(pieces, at):
        return False
    proportion = any("proportion" in p.kinds for p in pieces[max(0, verb - _REACH) : verb])
    return not proportion and not any(p.kind in ("figure", "number") for p in pieces[at + 1 : at + 4])


def _is_echo(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb stands before the figure that says as little as the change before: "farming managed 2.1 %"."""
    following = pieces[at + 1].kinds if at + 1 < len(pieces) else frozenset()
    return "echoes" in pieces[past_comparators(pieces, at)].lists and not following & {"of", "plan", "annual", "det"}


def _passes_goal(pieces: Sequence[Piece], at: int, figure: Percentage) -> bool:
    """Whether the figure is how far a goal is passed: "dépassant l'objectif de 2,6 %", not "… de 80 %"."""
    if not at or not pieces[at - 1].kinds & {"plan", "goal"} or not pieces[at - 1].text.endswith((" de", " d'")):
        return False
    small = figure.unit == "pp" or figure.value < _EXCESS
    passed = (p for p in pieces[max(0, at - _OBJECT - 1) : at] if "over" in p.kinds)
    return small and any(passed)


def _change_of_list(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a list before its colon or comma is of: "Zwei verbilligten sich, nämlich Post um 2 %, …"."""
    for piece in reversed(pieces[previous_figure(pieces, at) + 1 : at]):
        if piece.kinds & _CHANGE and not piece.kinds & {"to", "from"}:
            return _direction(piece)
        if piece.text == ";" or piece.kinds & {"reach", "share"}:
            return None
    return None


def change_of_label(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that the clause before a colon tells of the figures of its list, which have no verb of their own: "tai
    nạn giảm cả ba tiêu chí: số vụ 14%, số người chết 9%"."""
    colon = next((i for i in range(at - 1, -1, -1) if pieces[i].text == ":"), 0)
    for piece in pieces[colon + 1 : at]:
        if piece.kinds & _LISTED_VERBS and not piece.kinds & BOUNDS and piece.kind != "figure":
            return None
    closed = at + 1 >= len(pieces) or pieces[at + 1].kind == "mark"
    for piece in reversed(pieces[max(0, colon - _NOUN) : colon] if closed else ()):
        if piece.kinds & _CHANGE and not piece.kinds & {"to", "from", "head", "topic"}:
            return _direction(piece)
        if piece.kind == "figure" or piece.text in (";", ".", ","):
            return None
    return None


def _compared(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The direction of a comparison whose standard stands before the figure: "thấp hơn kế hoạch năm 0,2%"."""
    floor = max(previous_figure(pieces, at), at - _REACH)
    last = past_comparators(pieces, at)
    last -= last > 0 and "namely" in pieces[last].lists  # "hơn cùng kỳ là 11%"
    for index in range(last, floor, -1):
        piece = pieces[index]
        if "compares" in piece.kinds or ("beyond" in piece.lists and "link" in piece.kinds):
            standard = pieces[index + 1 : at]
            stated = bool(standard) and standard[0].kind != "number" and any(not p.kinds & _STEPS for p in standard)
            return ("decrease" if "down" in piece.kinds else "increase") if stated else None
        if piece.kind in ("mark", "number") or piece.kinds & _OWN_VERBS or "conj" in piece.kinds:
            return None
    return None


def _growth_rate(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that the clause names in a noun, whatever its verb: "đưa mức tăng chín tháng lên 3,6%"."""
    for index in range(at - 1, previous_figure(pieces, at), -1):
        piece = pieces[index]
        if piece.text in _ENDS or piece.kinds & {"conj", "share"}:
            return None
        if piece.kinds & _CHANGE:
            return _direction(piece) if "rates_of_change" in piece.lists else None
    return None


def _appended(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a figure behind a comma measures: "huy động vốn tăng chậm hơn, 6,2%", "rose faster, 9 %"."""
    comma = past_comparators(pieces, at)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if comma < 1 or pieces[comma].text != "," or not (after is None or after.kind == "mark" or after.kinds & _COMPARED):
        return None
    change = pieces[comma - 1].kinds
    other = change & {"to", "from", "over", "compares"}  # "nhỉnh hơn, ngót 50%" is a level
    return _direction(pieces[comma - 1]) if change & _CHANGE and not other else None


def _bracketed(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a bracket after a place measures: "tăng mạnh nhất ở Bảo Lâm (6,2%)"."""
    index = past_comparators(pieces, at)
    if index < 2 or pieces[index].text != "(":
        return None
    respect = names(pieces[index - 1]) and any("respect" in p.lists for p in pieces[max(0, index - _NOUN) : index])
    if not (respect or pieces[index - 1].kind == "unit" or _is_said(pieces[index - 1])):
        return None
    for piece in reversed(pieces[max(0, index - _REACH) : index]):
        if piece.kinds & _CHANGE and not piece.kinds & {"to", "from"}:
            return _direction(piece)
        if piece.text in _ENDS or piece.kinds & {"reach", "share"}:
            return None
    return None


def _is_said(piece: Piece) -> bool:
    """Whether a piece is a verb of change or an adverb: "are growing fastest (31 %)"."""
    return bool(piece.kinds & (_CHANGE | {"aux"})) and not piece.kinds & {"det", "head", "topic"}


def _objects_change(pieces: Sequence[Piece], at: int) -> tuple[Direction, bool] | None:
    """The change whose object stands before the figure: "tăng giá bình quân 7%", "cut its fees 5 %"."""
    verb = at - 1
    passed = {"det", "of"} if "of" in pieces[at + 1].kinds else {"det"}  # "a rise in wages of 6 %"
    while verb >= 0 and verb > at - _OBJECT and (names(pieces[verb]) or _leads(pieces[verb], passed)):
        verb -= 1
    if verb < 0 or not pieces[verb].kinds & _CHANGE or not names(pieces[at]):
        return None
    return None if pieces[verb].kinds & {"to", "from"} else (_direction(pieces[verb]), True)


def _leads(piece: Piece, kinds: set[str]) -> bool:
    return bool(piece.kinds & kinds) or ("of" in kinds and "in" in piece.lists)


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


def _verb_after(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The verb or its particle at the end of a German clause: "um 2 auf 12 % steigen", "brach um 12 % ein"."""
    end = next_figure(pieces, at)
    if end < len(pieces) and "to" in pieces[past_comparators(pieces, end)].kinds:
        end = next_figure(pieces, end)
    for index in range(at + 1, min(end, at + _REACH)):
        piece = pieces[index]
        if piece.kinds & _CHANGE:
            return _direction(piece)
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece.kinds & {"up_end", "down_end"} and (following is None or _closes(following)):
            return "increase" if "up_end" in piece.kinds else "decrease"
        if _closes(piece):
            break
    return _particle_of_list(pieces, at)


def _closed_by_change(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The verb right behind the figure that ends a German clause: "während der Bergbau 2 % verlor"."""
    following = pieces[at + 1 : at + 3]
    if not following or not following[0].kinds & _CHANGE or (len(following) > 1 and not _closes(following[1])):
        return None
    index = past_comparators(pieces, at)
    while index > 0 and "aux" in pieces[index].kinds and not pieces[index].kinds & {"to", "by"}:
        index -= 1  # "auf derzeit 2 % gedrückt"
    bare = index >= 0 and not pieces[index].kinds & {"to", "from", "of", "by", "prep", "reach", "be"}
    return _direction(following[0]) if bare else None


def _particle_of_list(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The particle behind the last figure of a list: "ging um 5 %, die der Toten um 12 % zurück"."""
    for index in range(next_figure(pieces, at), len(pieces) - 1):
        piece, particle = pieces[index], pieces[index + 1]
        if piece.text in (";", ":") or piece.kinds & {"to", "reach", "be"} or "to" in piece.kinds:
            return None
        last = index + 2 >= len(pieces) or _closes(pieces[index + 2])
        if piece.kind == "figure" and last and particle.kinds & {"up_end", "down_end"}:
            return "increase" if "up_end" in particle.kinds else "decrease"
    return None


def _closes(piece: Piece) -> bool:
    return (piece.kind == "mark" and piece.text in ",;:.") or "and" in piece.lists
