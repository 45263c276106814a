"""The change of a figure by what stands before it and is no verb of its own: the change that it restates, a
comparison, a noun, the label of its list, a bracket."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.coordinations import names
from extractors.indicators.sentences.readings import CHANGE, direction_of, past_comparators, previous_figure
from extractors.indicators.words.lexicon import BOUNDS
from extractors.types import Direction

__all__ = [
    "change_appended",
    "change_bracketed",
    "change_compared",
    "change_named",
    "change_of_label",
    "change_of_list",
    "change_of_object",
    "change_restated",
]

_NOUN = 5  # pieces: what is counted, between a number and the comma after it
_STEPS = BOUNDS - {"eq"} | {"to", "from", "by", "measure"}
_OBJECT = 4  # pieces: "cut its monthly fees 5 %"
_LISTED_VERBS = frozenset({"up", "down", "reach", "share", "be", "to"})
_OWN_VERBS = frozenset({"up", "down", "reach", "share", "be", "to", "part", "rel", "gloss"})  # no part of a standard
_COMPARED = frozenset({"than", "year_ago", "previous"})
_ENDS = frozenset(",;:")
_REACH = 12  # pieces: how far a change stands from its figure, about one clause


def change_restated(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change by a number that the figure says again: "giảm 412 hộ, tương đương 1,32%", "fell by 412, or 1.3 %"."""
    if at + 1 < len(pieces) and pieces[at + 1].kinds & {"plan", "annual", "of", "year_ago"}:
        return None
    index = past_comparators(pieces, at)
    opened = index > 1 and pieces[index].text == "(" and "measure" in pieces[index - 1].kinds
    if index < 1 or not (opened or "gloss" in pieces[index].kinds) or pieces[index].kinds & CHANGE:
        return None
    index -= 2 if pieces[index - 1].text == "," else 1
    first = index
    while index >= 0 and index > first - _NOUN and pieces[index].kind != "number":
        index -= 1
    if index < 1 or pieces[index].kind != "number":
        return None
    while index > 0 and (pieces[index].kind == "number" or pieces[index].kinds & _STEPS):
        if pieces[index].kinds & CHANGE:
            break
        index -= 1
    return direction_of(pieces[index]) if pieces[index].kinds & CHANGE else None


def change_of_list(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a list before its colon or comma is of: "Zwei verbilligten sich, nämlich Post um 2 %, …"."""
    for piece in reversed(pieces[previous_figure(pieces, at) + 1 : at]):
        if piece.kinds & CHANGE and not piece.kinds & {"to", "from"}:
            return direction_of(piece)
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
        if piece.kinds & CHANGE and not piece.kinds & {"to", "from", "head", "topic"}:
            return direction_of(piece)
        if piece.kind == "figure" or piece.text in (";", ".", ","):
            return None
    return None


def change_compared(pieces: Sequence[Piece], at: int) -> Direction | None:
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


def change_named(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that the clause names in a noun, whatever its verb: "đưa mức tăng chín tháng lên 3,6%"."""
    for index in range(at - 1, previous_figure(pieces, at), -1):
        piece = pieces[index]
        if piece.text in _ENDS or piece.kinds & {"conj", "share"}:
            return None
        if piece.kinds & CHANGE:
            return direction_of(piece) if "rates_of_change" in piece.lists else None
    return None


def change_appended(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a figure behind a comma measures: "huy động vốn tăng chậm hơn, 6,2%", "rose faster, 9 %"."""
    comma = past_comparators(pieces, at)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if comma < 1 or pieces[comma].text != "," or not (after is None or after.kind == "mark" or after.kinds & _COMPARED):
        return None
    change = pieces[comma - 1].kinds
    other = change & {"to", "from", "over", "compares"}  # "nhỉnh hơn, ngót 50%" is a level
    return direction_of(pieces[comma - 1]) if change & CHANGE and not other else None


def change_bracketed(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a bracket after a place measures: "tăng mạnh nhất ở Bảo Lâm (6,2%)"."""
    index = past_comparators(pieces, at)
    if index < 2 or pieces[index].text != "(":
        return None
    respect = names(pieces[index - 1]) and any("respect" in p.lists for p in pieces[max(0, index - _NOUN) : index])
    if not (respect or pieces[index - 1].kind == "unit" or _is_said(pieces[index - 1])):
        return None
    for piece in reversed(pieces[max(0, index - _REACH) : index]):
        if piece.kinds & CHANGE and not piece.kinds & {"to", "from"}:
            return direction_of(piece)
        if piece.text in _ENDS or piece.kinds & {"reach", "share"}:
            return None
    return None


def _is_said(piece: Piece) -> bool:
    """Whether a piece is a verb of change or an adverb: "are growing fastest (31 %)"."""
    return bool(piece.kinds & (CHANGE | {"aux"})) and not piece.kinds & {"det", "head", "topic"}


def change_of_object(pieces: Sequence[Piece], at: int) -> tuple[Direction, bool] | None:
    """The change whose object stands before the figure: "tăng giá bình quân 7%", "cut its fees 5 %"."""
    verb = at - 1
    passed = {"det", "of"} if "of" in pieces[at + 1].kinds else {"det"}  # "a rise in wages of 6 %"
    while verb >= 0 and verb > at - _OBJECT and (names(pieces[verb]) or _leads(pieces[verb], passed)):
        verb -= 1
    if verb < 0 or not pieces[verb].kinds & CHANGE or not names(pieces[at]):
        return None
    return None if pieces[verb].kinds & {"to", "from"} else (direction_of(pieces[verb]), True)


def _leads(piece: Piece, kinds: set[str]) -> bool:
    return bool(piece.kinds & kinds) or ("of" in kinds and "in" in piece.lists)
