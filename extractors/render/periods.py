"""Periods in words, from their first and last day alone."""

from __future__ import annotations

import calendar
from datetime import date

from extractors.render.words import Words
from extractors.types import Period

__all__ = ["say_period"]


def say_period(period: Period, words: Words) -> str:
    """The period in words, or an empty text where no day of it is known: first half of 2024, as of 31 August 2024."""
    first = date.fromisoformat(period.from_) if period.from_ else None
    last = date.fromisoformat(period.to) if period.to else None
    texts = words.tables["periods"]
    if first and last:
        return _say_span(first, last, words)
    if last:
        return str(texts["until"]).format(day=_say_day(last, words))
    return str(texts["since"]).format(day=_say_day(first, words)) if first else ""


def _say_span(first: date, last: date, words: Words) -> str:
    texts = words.tables["periods"]
    if first == last:
        return str(texts["on"]).format(day=_say_day(first, words))
    if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
        if first.year == last.year:
            return _say_months(first.month, last.month, first.year, words)
        if (first.month, last.month) == (1, 12):
            return str(texts["years"]).format(first=first.year, last=last.year)
    begin = _say_day(first, words, year=first.year != last.year)
    return str(texts["days"]).format(first=begin, last=_say_day(last, words))


def _say_months(first: int, last: int, year: int, words: Words) -> str:
    """Whole months of one year, by the name that the stretch has."""
    texts = words.tables["periods"]
    names = texts["months_named"]
    length = last - first + 1
    if length == 12:
        return str(texts["year"]).format(year=year)
    if length == 6 and first in (1, 7):
        return str(texts["half"]).format(ordinal=texts["halves"][first // 7], year=year)
    if length == 3 and first % 3 == 1:
        return str(texts["quarter"]).format(ordinal=texts["ordinals"][first // 3], year=year)
    if length == 1:
        return str(texts["month"]).format(month=names[first - 1], year=year)
    if first == 1:
        return str(texts["first_months"]).format(number=texts["numbers"][length - 1], year=year)
    return words.fill(texts["months"], first=names[first - 1], last=names[last - 1], year=str(year))


def _say_day(day: date, words: Words, *, year: bool = True) -> str:
    texts = words.tables["periods"]
    pattern = str(texts["first_day"] if day.day == 1 else texts["day"])
    if not year:
        pattern = "".join(pattern.partition("{month}")[:2])
    return pattern.format(day=day.day, month=texts["months_named"][day.month - 1], year=day.year)
