"""Counts that the text sets against a goal, or a sum against its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.indicators.numbers import read_number
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.indicators.words.matching import words_of
from extractors.types import Indicator, Warning_

__all__ = [
    "AIMS",
    "Count",
    "Number",
    "check_sums",
    "confirmed",
    "find_goals",
    "find_numbers",
    "find_sums",
    "open_goal",
    "unit_of",
]

_YEARS = range(1900, 2101)  # a bare number of this size is a year
_CODE_BEFORE = re.compile(r"[\w/.-]\Z|\d:\Z|(?:nr\.|(?<!ng )số|no\.|n°|thứ) ?\Z")
_NO_CODE_BEFORE = ("/", " -", "vnd", "vnđ", "usd", "eur")  # "VND60 billion"
_CODE_AFTER = re.compile(r"[-/.]?\w|:\d")
_NO_CODE_AFTER = re.compile(r"/\d|\w")
AIMS = frozenset({"goal", "plan", "annual"})
_OUTCOMES = frozenset({"target", "criterion", "task"})  # what is met or not: "12 of 15 targets"
_OPENS_POINT = frozenset(";:,.–—")
_LONG = 7  # pieces between a result and its goal: "5 stations rénovées dans le district sur les 6 prévues"
_NEAR = 4  # pieces between a word of the goal and its number
_SMALL = 10  # a share of fewer things comes about by chance too often to tie two numbers together
_ALIKE = frozenset({"person", "member", "household", "house", "target"})  # one is counted for the other
_NOUN = 3  # pieces from a number to what it counts: "45 new Party members"
_FEW = 5
_ROUNDED = 1.0  # percent: "nearly 30 %" may be 29.7


class Number(NamedTuple):
    """A plain number: the index of its piece, its clause, its value."""

    at: int
    clause: int
    start: int
    end: int
    value: float


class Count(NamedTuple):
    """A result with its goal, or a sum with its parts."""

    result: Number
    target: Number | None
    parts: tuple[float, ...]
    rule: str


def find_numbers(lower: str, pieces: Sequence[Piece], lexicon: FigureLexicon, *, words: bool = False) -> list[Number]:
    """The plain numbers of a sentence, each with the clause it stands in: no years, dates, codes or ranks.

    With `words`, numbers in words above one as well, where the language has no other use for them.
    """
    found: list[Number] = []
    clause = 0
    for at, piece in enumerate(pieces):
        if piece.kind == "word" and not words:
            continue
        if (piece.kind == "mark" and piece.text in ",;:.") or "conj" in piece.kinds:
            clause += 1
        value = None
        if piece.kind == "number" and not _is_code(lower, piece) and not _counts_nothing(pieces, at):
            value = read_number(piece.text, lexicon.decimal)
            if value in _YEARS and len(piece.text) == 4:
                value = None
        elif words and lexicon.count_words and piece.kind in ("word", "cue") and not _is_compound(pieces, at, lexicon):
            value = lexicon.numbers.get(piece.text)
            value = float(value) if value and value > 1 else None
        if value is not None:
            found.append(Number(at, clause, piece.start, piece.end, value))
    return found


def _is_code(lower: str, piece: Piece) -> bool:
    """Whether a number is part of a code, a date or a score: "04-NQ/HU", "3/2", "Nr. 9"."""
    before, after = lower[max(0, piece.start - 7) : piece.start], lower[piece.end : piece.end + 2]
    if _CODE_BEFORE.search(before) and not before.endswith(_NO_CODE_BEFORE):
        return True
    return bool(_CODE_AFTER.match(after)) and not _NO_CODE_AFTER.match(after)


def _counts_nothing(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a number opens a point of a list or says how many times: "2) the hospital", "4.3 times higher"."""
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    if after is None or "multiples" in after.lists:
        return after is not None
    opened = any(p.text == "(" for p in pieces[max(0, at - _LONG) : at])
    return after.text == ")" and not opened and (at == 0 or pieces[at - 1].text in _OPENS_POINT)


def _is_compound(pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> bool:
    """Whether a number in words is a part of a longer one: "vingt-six"."""
    hyphens = ((at - 1, at - 2), (at + 1, at + 2))
    return any(
        0 <= word < len(pieces) and pieces[mark].text == "-" and pieces[word].text in lexicon.numbers
        for mark, word in hyphens
    )


def confirmed(
    numbers: Sequence[Number], percent: float, *, rounded: bool, small: bool = False
) -> tuple[Number, Number] | None:
    """The two numbers, value and whole, whose share is the percentage; the last such pair before it. Small numbers
    are tied only where the words tie them too."""
    digits = len(f"{percent:g}".partition(".")[2])
    margin = _ROUNDED if rounded else 0.51 * 10**-digits
    for whole in reversed(numbers):
        for value in reversed(numbers):
            if value is whole or not value.value or (not small and (whole.value < _SMALL or value.value < _FEW)):
                continue
            if whole.value and abs(value.value / whole.value * 100 - percent) <= margin:
                return value, whole
    return None


def find_goals(pieces: Sequence[Piece], numbers: Sequence[Number], lexicon: FigureLexicon) -> list[Count]:
    """Results set against a goal: "assigned 60, admitted 67", "40 of the planned 50", "40, against a target of 50",
    "12 of 15 targets"."""
    if len(numbers) < 2:
        return []
    if found := [c for pair in pairwise(numbers) if (c := _of_planned(pieces, *pair, lexicon))]:
        return found
    if found := [c for pair in pairwise(numbers) if (c := _set_against(pieces, *pair, lexicon))]:
        return found
    kinds = _clauses(pieces)
    goal: Number | None = None
    pending = False
    clause = -1
    for number in numbers:
        for passed in range(clause + 1, number.clause + 1):
            pending = pending or "goal" in kinds.get(passed, ())
        clause = max(clause, number.clause)
        here = kinds.get(number.clause, frozenset())
        done = goal is not None and any("result" in p.kinds for p in pieces[goal.at + 1 : number.at])
        if goal and (done or number.clause > goal.clause) and "part" not in here:
            if _differ(pieces, goal, number, lexicon):
                continue
            if "result" in here or _follow(pieces, goal, number):
                found.append(Count(number, goal, (), "count.goal"))
                goal, pending = None, False
        elif pending:
            goal, pending = number, False
    return found


def _of_planned(pieces: Sequence[Piece], goal: Number, result: Number, lexicon: FigureLexicon) -> Count | None:
    """How many were done of those that should be: "Of the 16 groups planned, 14 …", "von den 45 zugewiesenen 41"."""
    led = pieces[max(0, goal.at - 2) : goal.at]
    between = pieces[goal.at + 1 : result.at]
    if not any("among" in p.kinds for p in led) or not any("goal" in p.kinds for p in between):
        return None
    cut = any(p.kind == "figure" or p.text in (";", ".") for p in between)
    return None if cut or _differ(pieces, goal, result, lexicon) else Count(result, goal, (), "count.goal")


def open_goal(pieces: Sequence[Piece], numbers: Sequence[Number], lexicon: FigureLexicon) -> Number | None:
    """The goal that a sentence sets and gives no result of, as a number of no piece of the next sentence."""
    if find_goals(pieces, numbers, lexicon):
        return None
    kinds = _clauses(pieces)
    opened = min((clause for clause, said in kinds.items() if "goal" in said), default=None)
    goal = next((n for n in numbers if opened is not None and n.clause >= opened), None)
    return Number(-1, -1, goal.start, goal.end, goal.value) if goal else None


def _follow(pieces: Sequence[Piece], goal: Number, result: Number) -> bool:
    """Whether a number right after the clause of a goal counts the same, or has no noun of its own: "der 5 Aufnahmen
    übertragen wurden, gelangen 9"."""
    if result.clause != goal.clause + 1:
        return False
    following = pieces[result.at + 1] if result.at + 1 < len(pieces) else None
    if following is None or following.kind == "mark":
        return True
    return following.text == pieces[goal.at + 1].text


def _differ(pieces: Sequence[Piece], goal: Number, result: Number, lexicon: FigureLexicon) -> bool:
    """Whether two numbers count different things: "assigned 60 billion dong, trained 8 teachers"."""
    one, other = (_counted_after(pieces, n.at, lexicon) for n in (goal, result))
    return one is not None and other is not None and one != other and not {one, other} <= _ALIKE


def _counted_after(pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> str | None:
    """What is counted or measured right after a number, None where no word says it."""
    for piece in pieces[at + 1 : at + 1 + _NOUN]:
        if piece.kind in ("mark", "number", "figure"):
            return None
        if "measure" in piece.kinds:
            return "measure"
        if (unit := unit_of(piece.text, lexicon)) != "item":
            return unit
    return None


def _set_against(pieces: Sequence[Piece], result: Number, goal: Number, lexicon: FigureLexicon) -> Count | None:
    """A result right before its goal: "40 of the planned 50 houses", "40 houses of 50 planned", "40 (target: 50)"."""
    between = pieces[result.at + 1 : goal.at]
    if not between or any(p.kind == "figure" or p.text in (";", ".") or "say" in p.kinds for p in between):
        return None
    found = Count(result, goal, (), "count.goal")
    aims = [i for i, p in enumerate(between) if p.kinds & AIMS]
    told = bool(aims) and any("result" in p.kinds for p in between[aims[-1] + 1 :])  # the goal stood first
    lead = between[max(0, aims[0] - _NEAR) : aims[-1] + 1] if aims else []
    noted = any(p.text == "(" for p in lead)
    if aims and len(between) - aims[-1] <= _NEAR and (noted or not told):
        planned = len(between) <= _NEAR and "of" in between[0].kinds
        if noted or any(p.text == ":" for p in between):
            return found if noted else None
        return found if planned or any(p.kinds & {"than", "over", "against"} for p in lead) else None
    link = next((p for p in reversed(between) if "det" not in p.kinds or "of" in p.kinds), between[-1])
    if any(p.text == ":" for p in between) or not (link.text == "/" or link.kinds & {"of", "against"}):
        return None
    after = pieces[goal.at + 1 : goal.at + 1 + _NEAR]
    aimed = next((i for i, p in enumerate(after) if p.kind == "mark" or "goal" in p.kinds), None)
    if link.text != "/" and len(between) <= _LONG and aimed is not None and after[aimed].kind != "mark":
        return found
    nouns = [pieces[n.at + 1].text for n in (result, goal) if n.at + 1 < len(pieces)]
    return found if len(between) <= _NEAR and any(unit_of(noun, lexicon) in _OUTCOMES for noun in nouns) else None


def _clauses(pieces: Sequence[Piece]) -> dict[int, frozenset[str]]:
    """What the cues of each clause say."""
    clauses: dict[int, frozenset[str]] = {}
    clause = 0
    for piece in pieces:
        if (piece.kind == "mark" and piece.text in ",;:.") or "conj" in piece.kinds:
            clause += 1
        if piece.kinds:
            clauses[clause] = clauses.get(clause, frozenset()) | piece.kinds
    return clauses


def find_sums(pieces: Sequence[Piece], numbers: Sequence[Number]) -> list[Count]:
    """A sum with its parts: "48 houses, of which 34 new and 14 repaired".

    Parts that do not add up are given only where the words leave no other reading ("consisting of").
    """
    for at, piece in enumerate(pieces):
        if not piece.kinds & {"part", "sum"}:
            continue
        before = [n for n in numbers if n.at < at]
        after = [n for n in numbers if n.at > at]
        if not before or len(after) < 2:
            continue
        total = before[-1]
        parts: tuple[float, ...] = ()
        for number in after:
            parts = (*parts, number.value)
            if sum(parts) >= total.value:
                break
        loose = "part" not in piece.kinds and sum(parts) < 2 * total.value
        if len(parts) > 1 and (loose or sum(parts) == total.value):
            return [Count(total, None, parts, "count.sum")]
    return []


def check_sums(indicators: Sequence[Indicator]) -> tuple[Warning_, ...]:
    """A warning `sum_mismatch` for every sum whose parts do not add up to it."""
    return tuple(
        Warning_("sum_mismatch", f"{_plus(one.parts)} is {sum(one.parts):g}, not {one.value:g}", (one.id,))
        for one in indicators
        if one.parts and sum(one.parts) != one.value
    )


def _plus(parts: Sequence[float]) -> str:
    return " + ".join(f"{part:g}" for part in parts)


def unit_of(phrase: str | None, lexicon: FigureLexicon) -> str:
    """The key of what is counted, else `item`."""
    words = words_of(phrase or "")
    for at in range(len(words)):
        if hit := lexicon.counted.match(words, at):
            return min(hit[1])
    return "item"
