"""The time of a figure: named beside it, or taken from the figure, the list, the paragraph or the article before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.indicators.clauses import Piece
from extractors.indicators.contexts import Article, Draft, Sentence
from extractors.indicators.lexicon import BOUNDS
from extractors.indicators.periods import PeriodMention
from extractors.indicators.readings import next_figure, previous_figure

__all__ = ["find_period", "is_of_year_ago", "is_standard", "narrowed"]

_SAYS_YEAR = re.compile(r"year|jahr|\ban\b|ann[ué]|năm|yoy|y / y")
_PARTS = frozenset({"months", "quarter", "half"})
_LONGER = _PARTS | {"until_month", "until_quarter", "month_to_month"}
_AGO = re.compile(r"earlier|ago|before|auparavant|plus tôt|il y a|voici|avant|zuvor|vorher|vor einem|trước|previously")
_PARTS_CLAUSE = frozenset({",", ";", "–", "—"})
_MONTH = re.compile(r"month|monat|mois|tháng")
_ENDS = frozenset(";:.")
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
        return _year_before(last)
    for index in range(at - 1, floor, -1):
        told = pieces[index].kind == "period" and not _trails(pieces, index, floor) and not _plans(pieces, index, at)
        since = index > 0 and "back" in pieces[index - 1].kinds
        if told and not since and not _is_compared(periods, pieces, index):
            return periods[int(pieces[index].ref or 0)]
    if last and is_standard(pieces, at) and _follows_year_ago(pieces, at):
        return _year_before(last)
    if after := _named_after(periods, pieces, at):
        return after
    if planned := _expected(article, sentence, at):
        return planned
    if before and before.period:
        return before.period
    if joined := _named_for_both(periods, pieces, at):
        return joined
    found = _in_head(periods, sentence.head) or _carried(article, sentence, at)
    shifted = _shifted(periods, pieces, at) or _restated(periods, pieces, at)
    found = shifted if shifted and (found is None or shifted.to <= found.to) else found
    return found or _named_after(periods, pieces, at, planned=True)


def _named_after(
    periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int, *, planned: bool = False
) -> PeriodMention | None:
    """The time named after the figure; the year of the plan that it is a part of only if so asked."""
    for index in range(at + 1, next_figure(pieces, at)):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ",;:.":
            return None
        labels = index + 1 < len(pieces) and pieces[index + 1].text == ":"  # "57 % (Q1 2024: 48)"
        if piece.kind == "period" and _leads_back(pieces[index - 1], periods[int(piece.ref or 0)]):
            return None  # "down 1.2 points from the previous year", "a drop of 9 % on 2022"
        if piece.kind == "period" and not labels and not _is_compared(periods, pieces, index):
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
        if head[index].kind == "period" and not _is_compared(periods, head, index):
            return periods[int(head[index].ref or 0)]
    return None


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


def _follows_year_ago(pieces: Sequence[Piece], at: int) -> bool:
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


def _shifted(periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int) -> PeriodMention | None:
    """The part of this year where the figure is compared with the same part of the last: "than in the first 7 months
    of 2021"; before the figure too: "9 weniger als im ersten Quartal 2023 (minus 12 %)"."""
    for index in range(at - 1, previous_figure(pieces, at), -1):
        if pieces[index].text in _ENDS:
            break
        if pieces[index].kind == "period" and (found := periods[int(pieces[index].ref or 0)]).kind in _PARTS:
            return _year_before(found, -1) if found.compared else None
    for index in range(at + 1, next_figure(pieces, at)):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ",;:.":
            return None
        if piece.kind == "period" and (found := periods[int(piece.ref or 0)]).kind in _PARTS:
            return _year_before(found, -1) if found.compared else None
    return None


def _restated(periods: Sequence[PeriodMention], pieces: Sequence[Piece], at: int) -> PeriodMention | None:
    """The part of this year where the figure says again a change from the same part of the last: "402 fewer than in the
    first half of 2024, a fall of 36 %"."""
    for index in range(at - 1, previous_figure(pieces, at), -1):
        if pieces[index].text in (";", ":"):
            return None
        if pieces[index].kind == "period" and (found := periods[int(pieces[index].ref or 0)]).kind in _PARTS:
            return _year_before(found, -1) if found.compared else None
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


def _year_before(period: PeriodMention, years: int = 1) -> PeriodMention:
    """The same part of the year before; a leap day becomes the 28th."""
    dates = (
        d.replace(year=d.year - years, day=min(d.day, 28) if d.month == 2 else d.day) for d in (period.from_, period.to)
    )
    first, last = dates
    return replace(period, from_=first, to=last)


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


def _is_compared(periods: Sequence[PeriodMention], pieces: Sequence[Piece], index: int) -> bool:
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


def _plans(pieces: Sequence[Piece], index: int, at: int) -> bool:
    """Whether the time stands in the name of a plan that another figure was set against: "112 % of the plan for 2024,
    domestic revenue 58 %"."""
    if previous_figure(pieces, index) < 0 or not pieces[index - 1].kinds & {"plan", "annual"}:
        return False
    return any(p.text in (",", ";") or "conj" in p.kinds for p in pieces[index + 1 : at])


def _trails(pieces: Sequence[Piece], index: int, floor: int) -> bool:
    """Whether the time follows the figure before right away and so belongs to it: "from 24 % in 2021 to 12 %"."""
    return floor >= 0 and all(p.kinds & {"link", "prep"} or p.text == "(" for p in pieces[floor + 1 : index])
