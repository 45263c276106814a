"""Times that a figure is compared with, and figures that are of such a time: "52 %, against 58 % a year earlier"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.indicators.periods.dates import PeriodMention
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import next_figure, previous_figure
from extractors.indicators.words.lexicon import BOUNDS

__all__ = [
    "follows_year_ago",
    "is_compared",
    "is_of_year_ago",
    "is_standard",
    "restated",
    "shifted",
    "year_before",
]

_SAYS_YEAR = re.compile(r"year|jahr|\ban\b|ann[ué]|năm|yoy|y / y")
_PARTS = frozenset({"months", "quarter", "half"})
_AGO = re.compile(r"earlier|ago|before|auparavant|plus tôt|il y a|voici|avant|zuvor|vorher|vor einem|trước|previously")
_PARTS_CLAUSE = frozenset({",", ";", "–", "—"})
_ENDS = frozenset(";:.")
_FLOWS = frozenset({"months", "quarter", "half", "month", "until_day", "until_month", "until_quarter", "to_date"})


def is_standard(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is what another is compared with: "52 %, against 58 % a year earlier", "down from 3 %"."""
    index = at - 1
    while index >= 0 and pieces[index].kinds & BOUNDS | {"det"} & pieces[index].kinds:
        index -= 1
    if index < 1 or previous_figure(pieces, at) < 0:
        return False
    if "than" in pieces[index].kinds:
        return True
    index -= 1 if "from" in pieces[index].kinds and "by" not in pieces[index].kinds else len(pieces)
    return index > 0 and (pieces[index].text == "," or (pieces[index - 1].text == "," and _changes(pieces[index])))


def _changes(piece: Piece) -> bool:
    return bool(piece.kinds & {"up", "down", "up_after", "down_after"})


def follows_year_ago(pieces: Sequence[Piece], at: int) -> bool:
    return any("year_ago" in p.kinds for p in pieces[at + 1 : at + 3])


def is_of_year_ago(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a level is that of the year before: "112 %, in the same period of last year it was 95 %"."""
    floor = previous_figure(pieces, at)
    clause = pieces[floor + 1 : at]
    ago = any("year_ago" in p.kinds and _AGO.search(p.text) for p in pieces[at + 1 : at + 2])
    if floor >= 0 and ago and _has_verb(clause):
        return True  # "74 % in November, while they were at 58 % a year earlier"
    said = next((i for i, p in enumerate(clause) if "year_ago" in p.kinds), 0)
    if floor < 0 or not said or any(_changes(p) for p in clause):
        return False
    said -= 1
    while said >= 0 and clause[said].kinds & {"prep", "det", "of"} and not clause[said].kinds & {"than", "eq"}:
        said -= 1
    return said >= 0 and (clause[said].kind == "mark" or "conj" in clause[said].kinds)


def _has_verb(clause: Sequence[Piece]) -> bool:
    """Whether a clause of its own, parted from the one before, says a level."""
    parted = next((i for i, p in enumerate(clause) if p.text in _PARTS_CLAUSE or "conj" in p.kinds), len(clause))
    said = [p for p in clause[parted + 1 :] if p.kinds & {"be", "reach", "share", "have"}]
    return bool(said) and not any(_changes(p) or "than" in p.kinds for p in clause[parted:])


def shifted(periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int) -> PeriodMention | None:
    """The part of this year where the figure is compared with the same part of the last: "than in the first 7 months
    of 2021"; before the figure too: "9 weniger als im ersten Quartal 2023 (minus 12 %)"."""
    for index in range(at - 1, previous_figure(pieces, at), -1):
        if pieces[index].text in _ENDS:
            break
        if pieces[index].kind == "period" and (found := periods[int(pieces[index].ref or 0)]).kind in _PARTS:
            return year_before(found, -1) if found.compared else None
    for index in range(at + 1, next_figure(pieces, at)):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ",;:.":
            return None
        if piece.kind == "period" and (found := periods[int(piece.ref or 0)]).kind in _PARTS:
            return year_before(found, -1) if found.compared else None
    return None


def restated(periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int) -> PeriodMention | None:
    """The part of this year where the figure says again a change from the same part of the last: "402 fewer than in the
    first half of 2024, a fall of 36 %"."""
    for index in range(at - 1, previous_figure(pieces, at), -1):
        if pieces[index].text in (";", ":"):
            return None
        if pieces[index].kind == "period" and (found := periods[int(pieces[index].ref or 0)]).kind in _PARTS:
            return year_before(found, -1) if found.compared else None
    return None


def year_before(period: PeriodMention, years: int = 1) -> PeriodMention:
    """The same part of the year before; a leap day becomes the 28th."""
    dates = (
        d.replace(year=d.year - years, day=min(d.day, 28) if d.month == 2 else d.day) for d in (period.from_, period.to)
    )
    first, last = dates
    return replace(period, from_=first, to=last)


def is_compared(periods: Sequence[PeriodMention], pieces: Sequence[Piece], index: int) -> bool:
    """Whether the time is the one compared with: "than in 2014", "cùng kỳ năm 2023", "May 2025 / May 2024"."""
    mention = periods[int(pieces[index].ref or 0)]
    if mention.kind == "year_ago":
        return True
    if index > 1 and pieces[index - 1].text == "/" and pieces[index - 2].kind == "period":
        return True
    for piece in reversed(pieces[max(0, index - 3) : index]):
        if piece.kind in ("mark", "figure"):
            return False
        if "year_ago" in piece.kinds and mention.kind in _FLOWS and _SAYS_YEAR.search(piece.text):
            return False  # "rose 5 % year-on-year in the first seven months"
        if piece.kinds & {"than", "alike", "year_ago", "compares"} or (
            "beyond" in piece.lists and "link" in piece.kinds
        ):
            return True
    return False
