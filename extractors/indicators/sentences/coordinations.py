"""Figures that share the verb of the one before: lists, pairs and clauses without a verb of their own."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.numbers import Percentage
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import past_comparators, previous_figure
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["is_bounded", "is_gapped", "is_listed", "names", "shares_change"]

_CHANGE = frozenset({"up", "down"})
_LINKS = frozenset({"link", "each", "by", "to", "from", "det"})
_VERBS = frozenset({"up", "down", "reach", "share", "be", "aux", "say", "to", "part", "rel", "gloss", "than", "over"})
_COMPARED = frozenset({"than", "year_ago", "previous"})
_OTHER = ("number", "period")
_NOTHING: frozenset[str] = frozenset()
_STANDARDS = frozenset({"than", "year_ago", "previous", "average", "reference"})


def is_listed(pieces: Sequence[Piece], at: int, figure: Percentage) -> bool:
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


def is_gapped(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure shares the verb of the one before: "giảm 17% số vụ, 8% số người chết", "A rose 5 %, B 7 %"."""
    floor = previous_figure(pieces, at)
    if floor < 0:
        return False
    between = pieces[floor + 1 : at]
    if _compares_again(pieces, floor, at):
        return True
    joints = [i for i, p in enumerate(between) if _parts(between, i)]
    if any(p.text == "(" or "therefore" in p.lists for p in between):
        return False
    spoken = [
        p for p in between if "only" not in p.lists and (not p.kinds & BOUNDS or p.kinds & {"reach", "be", "aux"})
    ]  # "more than" is no verb here, nor "chỉ" in "siêu thị tăng 14%, chợ chỉ 2%"
    joint = joints[-1:]
    spoken = [p for p in spoken if not (joint and p is between[joint[0]] and "conj" in p.kinds)]
    if not joint or joints[0] < joint[0] - 1 or any(p.kinds & _VERBS or p.kind in _OTHER for p in spoken):
        return False
    left, right = between[: joints[0]], between[joint[0] + 1 :]
    noun = [p for p in right if not p.kinds & _LINKS | BOUNDS & p.kinds]
    mirrored = not any(names(p) or p.kind == "unit" for p in right)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if mirrored:  # the noun follows either figure
        return bool(left) and after is not None and names(left[0]) and names(after)
    return not any(names(p) for p in left) and bool(noun) and not (after is not None and names(after))


def _parts(between: Sequence[Piece], index: int) -> bool:
    """Whether a comma or conjunction parts two clauses there; a verb that can be a conjunction does behind a comma and
    before a noun: "dịch vụ tăng 6%, còn nông nghiệp ngót 2%"."""
    piece = between[index]
    if piece.text == ",":
        return True
    if "conj" not in piece.kinds or "to" not in piece.kinds:
        return "conj" in piece.kinds
    following = between[index + 1] if index + 1 < len(between) else None
    return index > 0 and between[index - 1].text == "," and following is not None and names(following)


def _compares_again(pieces: Sequence[Piece], floor: int, at: int) -> bool:
    """Whether two figures say the same change by two standards: "rose 0.2 % from May and 3 % from a year ago"."""
    index = past_comparators(pieces, at)
    joined = index > floor + 1 and ("parts_clauses" in pieces[index].lists or pieces[index].text == ",")
    following = [pieces[i + 1].kinds if i + 1 < len(pieces) else _NOTHING for i in (floor, at)]
    return joined and all(kinds & _COMPARED for kinds in following)


def is_bounded(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is a bound and the one before is none: "tăng 8 đến 10%, thu nợ trên 95%" is a level."""
    bounds = {"gt", "gte", "lt", "lte"}
    floor = previous_figure(pieces, at)
    plain = not any(p.kinds & bounds and not p.kinds & _CHANGE for p in pieces[max(0, floor - 2) : floor])
    return plain and bool(pieces[at - 1].kinds & bounds) and any(names(p) for p in pieces[floor + 1 : at])


def _is_parallel(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is for another group than the one before: "giảm 10% cho sinh viên, 15% cho người già"."""
    floor, index = previous_figure(pieces, at), past_comparators(pieces, at)
    if floor < 0 or at + 1 >= len(pieces) or not floor + 1 < index:
        return False
    same = pieces[floor + 1].text == pieces[at + 1].text and (pieces[at + 1].kinds & {"prep", "aux"})
    parted = pieces[index].text == "," or "conj" in pieces[index].kinds or "parts_clauses" in pieces[index].lists
    return bool(same) and parted and all(names(p) or p.kinds & {"det"} for p in pieces[floor + 2 : index])


def _is_joined(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is a second object of the verb before: "giảm 6,4% và 2,9%", "tăng 4% so với tháng 4 và 9%"."""
    floor = previous_figure(pieces, at)
    index = past_comparators(pieces, at)
    if floor < 0 or index <= floor or "conj" not in pieces[index].kinds or pieces[index].kinds & _VERBS - {"than"}:
        return False
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is not None and (names(after) or after.kinds & {"plan", "annual", "of", "det"}):
        return False
    respect = (
        floor + 1 < index and "respect" in pieces[floor + 1].lists and all(names(p) for p in pieces[floor + 2 : index])
    )
    return respect or all(p.kind == "period" or p.kinds & _STANDARDS for p in pieces[floor + 1 : index])


def _is_resumed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the preposition of the figure before comes again: "a rise of 5 % on April and of 11 % on May 2023"."""
    index = last = past_comparators(pieces, at)
    while index > 0 and pieces[index].kinds & {"of", "by", "from"} and "and" not in pieces[index].lists:
        index -= 1
    if index == last or index < 1 or "and" not in pieces[index].lists:
        return False
    after = pieces[at + 1].kinds if at + 1 < len(pieces) else _NOTHING
    floor = previous_figure(pieces, at)
    between = pieces[floor + 1 : index]
    return floor >= 0 and not after & {"of", "plan", "annual"} and not any(p.kinds & _VERBS - {"than"} for p in between)


def _is_bracketed_again(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure says the one before its bracket again: "rose by nearly a fifth (19 %)"."""
    index = past_comparators(pieces, at)
    closed = at + 1 >= len(pieces) or pieces[at + 1].text == ")"
    return closed and index > 0 and pieces[index].text == "(" and pieces[index - 1].kind == "figure"


def _is_aim(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is the goal that the change before is held against: "up 8 %, against a target of 13 %"."""
    index = past_comparators(pieces, at)
    while index > 0 and pieces[index].kinds & {"of", "det", "by"} and not pieces[index].kinds & {"goal", "plan"}:
        index -= 1
    if index < 1 or not pieces[index].kinds & {"goal", "plan"}:
        return False
    return any(p.kinds & {"than", "against"} for p in pieces[max(0, index - 2) : index])


def _is_echo(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb stands before the figure that says as little as the change before: "farming managed 2.1 %"."""
    following = pieces[at + 1].kinds if at + 1 < len(pieces) else frozenset()
    return "echoes" in pieces[past_comparators(pieces, at)].lists and not following & {"of", "plan", "annual", "det"}


def shares_change(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure has the change of the one before, in whichever of these ways."""
    ways = (_is_joined, _is_parallel, _is_resumed, _is_echo, _is_bracketed_again, _is_aim)
    return any(way(pieces, at) for way in ways)


def names(piece: Piece) -> bool:
    return piece.kind == "word" or bool(piece.kinds & {"head", "topic", "whole", "plain", "numbered"})
