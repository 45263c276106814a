"""What stands around a figure: its comparator and its direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.indicators.clauses import Piece
from extractors.indicators.lexicon import BOUNDS
from extractors.indicators.numbers import Percentage
from extractors.types import Comparator, Direction

__all__ = ["Reading", "find_comparator", "find_direction", "left_cue", "next_figure", "previous_figure"]

_COMPARATORS: tuple[Comparator, ...] = ("gte", "lte", "gt", "lt", "approx", "eq")
_CHANGE = frozenset({"up", "down"})
_SKIPPED = BOUNDS | {"link", "each", "aux", "det", "by", "to", "from"}
_PASSED = _SKIPPED | {"average", "than", "reference", "year_ago", "previous", "of"}
_LINKS = frozenset({"link", "each", "by", "to", "from", "det"})
_EXCESS = 30  # percent: a goal that is passed by more is named by its own value
_NOUN = 5  # pieces: what is counted, between a number and the comma after it
_STEPS = BOUNDS - {"eq"} | {"to", "from", "by", "measure"}
_VERBS = frozenset({"up", "down", "reach", "share", "be", "aux", "say", "to", "part", "rel", "gloss", "than"})
_OBJECT = 4  # pieces: "cut its monthly fees 5 %"
_OWN_VERBS = frozenset({"up", "down", "reach", "share", "be", "to", "part", "rel", "gloss"})  # no part of a standard
_COMPARED = frozenset({"than", "year_ago", "previous"})
_NOTHING: frozenset[str] = frozenset()
_STANDARDS = frozenset({"than", "year_ago", "previous", "average", "reference"})
_ALL = 100  # percent
_ENDS = frozenset(",;:")
_REACH = 12  # pieces: how far a change or a basis stands from its figure, about one clause


@dataclass(frozen=True, slots=True)
class Reading:
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
        if "over" in piece.kinds and (passed or _is_excess(pieces, at)):
            break  # "dépasse de 5 %", "exceeded by 5 %", "exceeding 5 % compared to the plan": how far, not a bound
        passed = passed or "by" in piece.kinds
        if kind == "gt" and _takes_over(pieces, index):
            break
        if kind and not piece.kinds & _CHANGE:
            if kind in ("lte", "gte") and index + 1 < at and "having" in pieces[index + 1].lists:
                break  # "nhiều nhất với 42,6%" is a superlative
            if (kind == "eq" and piece.kinds & _LINKS) or _names_standard(pieces, index, at):
                continue
            found, start = kind, piece.start
            break
        bound = index > 0 and pieces[index - 1].kinds & {"gt", "lt"} and "reach" in pieces[index - 1].kinds
        if "aux" in piece.kinds and bound:
            continue  # "dépasse désormais 98 %"
        if not piece.kinds & _LINKS or piece.kinds & _CHANGE:
            break
    for piece in pieces[at + 1 : at + 2]:
        after = next((k for k in _COMPARATORS if f"{k}_after" in piece.kinds), None) if piece.kinds else None
        if after and not (passed and piece.kinds & (_CHANGE | {"over"})):  # "um 5 % überschritten": how far
            before = pieces[at - 1] if at else None
            found, end = after, piece.end
            start = min(start, before.start if before and "from" in before.kinds else start)
    if figure.value_max is not None:
        found = "range"
    elif found is None and _is_passed(pieces, at, figure):
        found, start = "gt", pieces[at - 1].start
    return Reading(found or "eq", start, end)


def _is_excess(pieces: Sequence[Piece], at: int) -> bool:
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
        if piece.kinds & _CHANGE or not piece.kinds & _SKIPPED or piece.kinds & {"reach", "share", "be"}:
            return piece
    return None


def find_direction(
    pieces: Sequence[Piece], at: int, figure: Percentage, before: Direction | None, *, verb_last: bool
) -> tuple[Direction, bool]:
    """Whether the figure is a level, an increase or a decrease, and whether a word of its own says so.

    `before` is the direction of the figure before in the same sentence, which "by 5 %, by 7 %" share.
    """
    if figure.sign:
        return ("increase" if figure.sign > 0 else "decrease"), True
    if figure.pair in ("from", "to") or _is_passed(pieces, at, figure):
        return "level", True
    if after := _change_after(pieces, at) or _change_restated(pieces, at):
        return after, True
    return _change_before(pieces, at, figure, before, verb_last)


def _is_passed(pieces: Sequence[Piece], at: int, figure: Percentage) -> bool:
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


def _past_comparators(pieces: Sequence[Piece], at: int) -> int:
    index = at - 1
    while index > 0 and pieces[index].kinds & BOUNDS and "by" not in pieces[index].kinds:
        index -= 1
    return index


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
    for piece in pieces[at + 2 : at + 2 + _NOUN]:
        if piece.kinds & {"up_after", "down_after"} and piece.text.startswith(("de ", "en ")):
            return _direction(piece)
        if not (_names(piece) or piece.kinds & {"of", "det"}):
            return None
    return None


def _change_restated(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change by a number that the figure says again: "giảm 412 hộ, tương đương 1,32%", "fell by 412, or 1.3 %"."""
    if at + 1 < len(pieces) and pieces[at + 1].kinds & {"plan", "annual", "of", "year_ago"}:
        return None
    index = _past_comparators(pieces, at)
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
    if at and "by" in pieces[_past_comparators(pieces, at)].kinds and verb_last and (after := _verb_after(pieces, at)):
        return after, True
    if _passes_goal(pieces, at, figure):
        return "increase", True
    if verb_last and (closing := _closed_by_change(pieces, at)):
        return closing, True
    if before and figure.pair in (None, "list") and _is_listed(pieces, at, figure):
        return before, False
    if before and figure.pair in (None, "list") and _is_gapped(pieces, at) and not _is_bounded(pieces, at):
        return before, False
    if before and before != "level" and (_is_joined(pieces, at) or _is_parallel(pieces, at)):
        return before, True
    if change := _compared(pieces, at) or _bracketed(pieces, at) or _appended(pieces, at):
        return change, True
    if change := _growth_rate(pieces, at):
        return change, True
    by = to = started = copula = False
    floor = max(previous_figure(pieces, at), at - _REACH - 1)
    for index in range(at - 1, floor, -1):
        piece = pieces[index]
        if "over" in piece.kinds and (by or (index == at - 1 and _is_excess(pieces, at))):
            return "increase", True
        copula = copula or (by and not started and "be" in piece.kinds)  # "le taux est de 5 %"
        if piece.kinds & _CHANGE:
            if "from" in piece.kinds and figure.value_max is None and _opens_pair(pieces, at):
                return "level", True
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
        if piece.text in ";" or piece.kinds & {"reach", "share"}:
            return None
    return None


def _is_listed(pieces: Sequence[Piece], at: int, figure: Percentage) -> bool:
    """Whether only an "and", or a comma of a list, parts the figure from the one before: "by 3 % and 4 %"."""
    floor = previous_figure(pieces, at)
    between = pieces[floor + 1 : at]
    after = pieces[at + 1 : at + 3]
    runs_on = bool(after) and (after[0].text == "," or "parts_clauses" in after[0].lists) and after[-1].kind == "figure"
    joined = figure.pair == "list" or runs_on or any("conj" in p.kinds or "parts_clauses" in p.lists for p in between)
    if between and between[-1].kinds >= {"conj", "to"}:
        return False  # "giảm 0,4 điểm, còn 8,6%" is a level
    if floor < 0 or not joined or (at + 1 < len(pieces) and pieces[at + 1].kinds & {"of", "plan", "annual", "aux"}):
        return False
    return all(p.text == "," or p.kinds & (_LINKS | {"conj"}) for p in between)


def _is_gapped(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure shares the verb of the one before: "giảm 17% số vụ, 8% số người chết", "A rose 5 %, B 7 %"."""
    floor = previous_figure(pieces, at)
    if floor < 0:
        return False
    between = pieces[floor + 1 : at]
    if _compares_again(pieces, floor, at):
        return True
    joints = [i for i, p in enumerate(between) if p.text == "," or "conj" in p.kinds]
    if any(p.text == "(" for p in between):
        return False
    spoken = [
        p for p in between if "only" not in p.lists and (not p.kinds & BOUNDS or p.kinds & {"reach", "be", "aux"})
    ]  # "more than" is no verb here, nor "chỉ" in "siêu thị tăng 14%, chợ chỉ 2%"
    if len(joints) != 1 or any(p.kinds & _VERBS or p.kind in ("number", "period") for p in spoken):
        return False
    left, right = between[: joints[0]], between[joints[0] + 1 :]
    noun = [p for p in right if not p.kinds & _LINKS | BOUNDS & p.kinds]
    mirrored = not any(_names(p) or p.kind == "unit" for p in right)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if mirrored:  # the noun follows either figure
        return bool(left) and after is not None and _names(left[0]) and _names(after)
    return not any(_names(p) for p in left) and bool(noun) and not (after is not None and _names(after))


def _compares_again(pieces: Sequence[Piece], floor: int, at: int) -> bool:
    """Whether two figures say the same change by two standards: "rose 0.2 % from May and 3 % from a year ago"."""
    index = _past_comparators(pieces, at)
    joined = index > floor + 1 and ("parts_clauses" in pieces[index].lists or pieces[index].text == ",")
    following = [pieces[i + 1].kinds if i + 1 < len(pieces) else _NOTHING for i in (floor, at)]
    return joined and all(kinds & _COMPARED for kinds in following)


def _is_bounded(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is a bound and the one before is none: "tăng 8 đến 10%, thu nợ trên 95%" is a level."""
    bounds = {"gt", "gte", "lt", "lte"}
    floor = previous_figure(pieces, at)
    plain = not any(p.kinds & bounds and not p.kinds & _CHANGE for p in pieces[max(0, floor - 2) : floor])
    return plain and bool(pieces[at - 1].kinds & bounds) and any(_names(p) for p in pieces[floor + 1 : at])


def _is_parallel(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is for another group than the one before: "giảm 10% cho sinh viên, 15% cho người già"."""
    floor, index = previous_figure(pieces, at), _past_comparators(pieces, at)
    if floor < 0 or at + 1 >= len(pieces) or not floor + 1 < index:
        return False
    same = pieces[floor + 1].text == pieces[at + 1].text and (pieces[at + 1].kinds & {"prep", "aux"})
    parted = pieces[index].text == "," or "conj" in pieces[index].kinds or "parts_clauses" in pieces[index].lists
    return bool(same) and parted and all(_names(p) or p.kinds & {"det"} for p in pieces[floor + 2 : index])


def _is_joined(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is a second object of the verb before: "giảm 6,4% và 2,9%", "tăng 4% so với tháng 4 và 9%"."""
    floor = previous_figure(pieces, at)
    index = _past_comparators(pieces, at)
    if floor < 0 or index <= floor or "conj" not in pieces[index].kinds or pieces[index].kinds & _VERBS - {"than"}:
        return False
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is not None and (_names(after) or after.kinds & {"plan", "annual", "of", "det"}):
        return False
    respect = (
        floor + 1 < index and "respect" in pieces[floor + 1].lists and all(_names(p) for p in pieces[floor + 2 : index])
    )
    return respect or all(p.kind == "period" or p.kinds & _STANDARDS for p in pieces[floor + 1 : index])


def _compared(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The direction of a comparison whose standard stands before the figure: "thấp hơn kế hoạch năm 0,2%"."""
    floor = max(previous_figure(pieces, at), at - _REACH)
    last = _past_comparators(pieces, at)
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
    comma = _past_comparators(pieces, at)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if comma < 1 or pieces[comma].text != "," or not (after is None or after.kind == "mark" or after.kinds & _COMPARED):
        return None
    change = pieces[comma - 1].kinds
    other = change & {"to", "from", "over", "compares"}  # "nhỉnh hơn, ngót 50%" is a level
    return _direction(pieces[comma - 1]) if change & _CHANGE and not other else None


def _bracketed(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a bracket after a place measures: "tăng mạnh nhất ở Bảo Lâm (6,2%)"."""
    index = _past_comparators(pieces, at)
    if index < 2 or pieces[index].text != "(" or not (pieces[index - 1].kind == "unit" or _is_said(pieces[index - 1])):
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


def _names(piece: Piece) -> bool:
    return piece.kind == "word" or bool(piece.kinds & {"head", "topic", "whole", "plain", "numbered"})


def _objects_change(pieces: Sequence[Piece], at: int) -> tuple[Direction, bool] | None:
    """The change whose object stands before the figure: "tăng giá bình quân 7%", "cut its fees 5 %"."""
    verb = at - 1
    passed = {"det", "of"} if "of" in pieces[at + 1].kinds else {"det"}  # "a rise in wages of 6 %"
    while verb >= 0 and verb > at - _OBJECT and (_names(pieces[verb]) or _leads(pieces[verb], passed)):
        verb -= 1
    if verb < 0 or not pieces[verb].kinds & _CHANGE or not _names(pieces[at]):
        return None
    return None if pieces[verb].kinds & {"to", "from"} else (_direction(pieces[verb]), True)


def _leads(piece: Piece, kinds: set[str]) -> bool:
    return bool(piece.kinds & kinds) or ("of" in kinds and piece.text == "in")


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
    if end < len(pieces) and "to" in pieces[_past_comparators(pieces, end)].kinds:
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
    index = _past_comparators(pieces, at)
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
    return (piece.kind == "mark" and piece.text in ",;:.") or piece.text == "und"
