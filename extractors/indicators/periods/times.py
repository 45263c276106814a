"""The time of a figure: named beside it, or taken from the figure, the list, the paragraph or the article before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.indicators.contexts import Article, Draft, Sentence
from extractors.indicators.periods.compared import (
    follows_year_ago,
    is_compared,
    is_of_year_ago,
    is_standard,
    restated,
    shifted,
    year_before,
)
from extractors.indicators.periods.dates import PeriodMention
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import next_figure, previous_figure

__all__ = ["find_period", "narrowed"]

_PARTS = frozenset({"months", "quarter", "half"})
_LONGER = _PARTS | {"until_month", "until_quarter", "month_to_month"}
_PARTS_CLAUSE = frozenset({",", ";", "–", "—"})
_MONTH = re.compile(r"month|monat|mois|tháng")
_STEPS = 5  # pieces from a figure to the plan that it is a part of
_NEAR = 8  # pieces after a figure that may name what it is compared with
_YEARS = frozenset({"year", "last_year"})
_YEARLY = frozenset({"year", "this_year", "goal_year"})
_FLOWS = frozenset({"months", "quarter", "half", "month", "until_day", "until_month", "until_quarter", "to_date"})
_PAST = frozenset({"last_year", "last_month"})
_CARRIED = _FLOWS | _YEARS | {"term", "days", "month_to_month", "half_month", "closed_year", "past_quarter"}
_JUST_OVER = 60  # days from the end of a year to an article that looks back on it, or before it


def find_period(article: Article, sentence: Sentence, at: int, before: Draft | None) -> PeriodMention | None:
    """The time named nearest before the figure in its clause, else after it, else what it takes from before."""
    pieces, periods = sentence.pieces, article.layers.periods
    floor = previous_figure(pieces, at)
    last = before.period if before else None
    if last and is_of_year_ago(pieces, at):
        return year_before(last)
    for index in range(at - 1, floor, -1):
        told = pieces[index].kind == "period" and not _trails(pieces, index, floor) and not _plans(pieces, index, at)
        since = index > 0 and "back" in pieces[index - 1].kinds
        if told and not since and not is_compared(periods, pieces, index):
            if (nearer := _right_behind(periods, pieces, at)) and _is_parted(pieces[index + 1 : at]):
                return nearer
            return periods[int(pieces[index].ref or 0)]
    if last and is_standard(pieces, at) and follows_year_ago(pieces, at):
        return year_before(last)
    if after := _named_after(periods, pieces, at):
        return after
    if planned := _expected(article, sentence, at):
        return planned
    if before and before.period:
        return before.period
    if joined := _named_for_both(periods, pieces, at):
        return joined
    found = _in_head(periods, sentence.head) or _carried(article, sentence, at)
    back = shifted(periods, pieces, at) or restated(periods, pieces, at)
    found = back if back and (found is None or back.to <= found.to) else found
    return found or _named_after(periods, pieces, at, planned=True)


def _right_behind(periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int) -> PeriodMention | None:
    """The time that stands right behind a figure, no year, which could be that of a plan."""
    index = at + 1
    while index < min(at + _STEPS - 1, len(pieces)) and pieces[index].kinds & {"prep", "det"}:
        index += 1  # "in the third quarter"
    if index >= len(pieces) or pieces[index].kind != "period" or is_compared(periods, pieces, index):
        return None
    found = periods[int(pieces[index].ref or 0)]
    return found if found.kind not in _YEARLY | {"until_year", "last_year", "to_date"} else None


def _is_parted(between: Sequence[Piece]) -> bool:
    """Whether a clause ends between a time and a figure: "the parks, which since July include others, fell to 17 %"."""
    return any(p.text in _PARTS_CLAUSE or "and" in p.lists for p in between)


def _named_after(
    periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int, *, planned: bool = False
) -> PeriodMention | None:
    """The time named after the figure; the year of the plan that it is a part of only if so asked."""
    for index in range(at + 1, next_figure(pieces, at)):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ",;:.":
            return None
        following = pieces[index + 1] if index + 1 < len(pieces) else piece
        labels = following.text == ":" or (pieces[index - 1].text == "(" and following.kind in ("figure", "number"))
        if piece.kind == "period" and _leads_back(pieces[index - 1], periods[int(piece.ref or 0)]):
            return None  # "down 1.2 points from the previous year", "a drop of 9 % on 2022"
        if piece.kind == "period" and not labels and not is_compared(periods, pieces, index):
            found = periods[int(piece.ref or 0)]
            return None if found.kind in _YEARLY and _plans_for(pieces, at, index) != planned else found
    return None


def _expected(article: Article, sentence: Sentence, at: int) -> PeriodMention | None:
    """The year of the plan that a figure is expected to reach: "expects output to reach 102 % of the annual plan"."""
    pieces, day = sentence.pieces, article.published
    annual = next((p for p in pieces[at + 1 : at + _STEPS] if "annual" in p.kinds), None)
    told = any("expects" in p.lists for p in pieces[previous_figure(pieces, at) + 1 : at])
    if day is None or annual is None or not told:
        return None
    first, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    return PeriodMention(annual.start, annual.end, "this_year", first, last, False)


def _named_for_both(periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int) -> PeriodMention | None:
    """The time at the end of the sentence that two clauses share: "A rose 5 % and B fell 3 % in the first half"."""
    other = next_figure(pieces, at)
    between = pieces[at + 1 : other]
    joined = any("parts_clauses" in p.lists and p.text != ";" for p in between)
    if not joined or any(p.text in (";", ":", "(") or p.kind == "period" for p in between):
        return None
    named = _named_after(periods, pieces, other) if other < len(pieces) else None
    if named is None or named.kind not in _PARTS | {"until_day", "until_month", "to_date"}:
        return None
    after = next((p for p in pieces if p.start >= named.end), None)
    return named if after is None or after.text in (".", ";") else None


def _plans_for(pieces: Sequence[Piece], at: int, index: int) -> bool:
    """Whether the year is only that of the plan that the figure is a part of: "97 % of the plan for the year"."""
    return "of" in pieces[at + 1].kinds and any(p.kinds & {"plan", "annual"} for p in pieces[at + 1 : index])


def _leads_back(piece: Piece, period: PeriodMention) -> bool:
    return "back" in piece.kinds or (piece.text == "from" and period.kind in _PAST)


def _in_head(periods: Sequence[PeriodMention], head: Sequence[Piece]) -> PeriodMention | None:
    """The time that the head line of the list names last."""
    for index in range(len(head) - 1, -1, -1):
        if head[index].kind == "period" and not is_compared(periods, head, index):
            return periods[int(head[index].ref or 0)]
    return None


def narrowed(article: Article, sentence: Sentence, at: int, period: PeriodMention | None) -> PeriodMention | None:
    """The last month of a longer time taken from elsewhere, for a figure that is compared with the month before."""
    pieces, periods = sentence.pieces, article.layers.periods
    if period is None or period.kind not in _LONGER or period.start >= pieces[0].start:
        return period
    for piece in pieces[at + 1 : min(next_figure(pieces, at), at + _NEAR)]:
        other = periods[int(piece.ref or 0)] if piece.kind == "period" else None
        named = other is not None and other.kind == "month" and other.to < period.to.replace(day=1)
        if named or (other and other.kind == "last_month") or ("previous" in piece.kinds and _MONTH.search(piece.text)):
            return replace(period, kind="month", from_=period.to.replace(day=1), open_=False)
    return period


def _carried(article: Article, sentence: Sentence, at: int) -> PeriodMention | None:
    """The latest of the times named before in the paragraph (an earlier one is only compared with), a year only where
    it is just over or the sentence goes on with it; else the part of a year that the article names first."""
    start = sentence.pieces[at].start
    line = article.discourse.line_of(start)
    before = [p for p in article.layers.periods if p.start < start and not p.compared]
    here = [p for p in before if p.kind in _CARRIED and article.discourse.line_of(p.start) == line]
    parts = [p for p in here if p.kind not in _YEARS]
    told = _latest(here) if here else None
    if told and (told.kind not in _YEARS or _goes_on(sentence, told)):
        return told
    if parts:
        return _latest(parts)
    if told and _is_just_over(article, sentence, told):
        return told
    first = next((p for p in before if p.kind in _FLOWS), None)
    if first is None or first.kind != "month":
        return first
    line = article.discourse.line_of(first.start)  # "in July and the first seven months": growth is that of the months
    beside = (p for p in before if p.kind in _PARTS and article.discourse.line_of(p.start) == line)
    return next(beside, first)


def _latest(periods: Sequence[PeriodMention]) -> PeriodMention:
    """The time that ends last, of equal ones that named last."""
    return max(periods, key=lambda p: (p.to, p.start))


def _goes_on(sentence: Sentence, year: PeriodMention) -> bool:
    """Whether a year is the one that the figures before are about and the sentence does not turn to today."""
    last = sentence.earlier[-1] if sentence.earlier else None
    told = last is not None and last.period == year and year.start < last.indicator.evidence.start
    return told and not _is_of_today(sentence)


def _is_just_over(article: Article, sentence: Sentence, year: PeriodMention) -> bool:
    """Whether an article looks back on a year at its end, or soon after, where the sentence does not turn to today."""
    day = article.published
    return day is not None and abs((day - year.to).days) < _JUST_OVER and not _is_of_today(sentence)


def _is_of_today(sentence: Sentence) -> bool:
    return any("today" in p.kinds for p in sentence.pieces)


def _plans(pieces: Sequence[Piece], index: int, at: int) -> bool:
    """Whether the time stands in the name of a plan that another figure was set against: "112 % of the plan for 2024,
    domestic revenue 58 %"."""
    if previous_figure(pieces, index) < 0 or not pieces[index - 1].kinds & {"plan", "annual"}:
        return False
    return any(p.text in (",", ";") or "conj" in p.kinds for p in pieces[index + 1 : at])


def _trails(pieces: Sequence[Piece], index: int, floor: int) -> bool:
    """Whether the time follows the figure before right away and so belongs to it: "from 24 % in 2021 to 12 %"."""
    return floor >= 0 and all(p.kinds & {"link", "prep"} or p.text == "(" for p in pieces[floor + 1 : index])
