"""The days, months and days of the week that a sentence names, and those that a translation has turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from extractors.checks.conventions import Conventions, conventions
from extractors.checks.losses import Loss

__all__ = ["Calendar", "find_changed_dates", "read_calendar"]

_DAY, _SPACE = r"(?<![\d.,/:-])(\d{1,2})", "[\\s\u00a0\u202f]"
# Day before month in digits; English has them in either order, and is not read so.
_DIGITS = re.compile(
    rf"{_DAY}(?:/|\.{_SPACE}?|-)(\d{{1,2}})(?:(?:/|\.{_SPACE}?|-)(?:19|20)\d\d(?![\d/])|\.(?!\d)|(?=\W|\Z))"
)
_LIST = rf"(?:{_SPACE}*(?:-|–|,|and|to|und|bis|et|au|à|e|a|y|al|và|đến)\.?{_SPACE}*(?:am |le |les )?(\d{{1,2}})\.?)?"
_BEFORE = {
    "vi": r"(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|và|đến|tới|từ|mùng|mồng|-|–)\s*\Z",
    "de": r"(?:\b(?:am|vom|zum|bis|und|dem|ab)|,|-|–)\s*\Z",
    "fr": r"(?:\b(?:le|du|au|les|et)|-|–)\s*\Z",
    "pt": r"(?:\b(?:dia|dias|em|no|de|a|até|e)|-|–)\s*\Z",
    "es": r"(?:\b(?:día|días|el|del|al|y)|-|–)\s*\Z",
}
_BEFORE_DAY = {language: re.compile(pattern, re.IGNORECASE) for language, pattern in _BEFORE.items()}
_VIETNAMESE = re.compile(
    r"(?:(?<![\d.,/])(\d{1,2}) )?\btháng (\d{1,2}(?![\d.,]\d)|giêng|một|hai|ba|tư|(?-i:năm)(?! (?:19|20)\d\d)"
    r"|(?-i:Năm)|sáu|bảy|tám|chín"
    r"|mười một|mười hai|mười|chạp)(?![\w])(?! (?:đầu|cuối|qua|liền|nữa))",
    re.IGNORECASE,
)
_NAMED = dict(zip("giêng một hai ba tư năm sáu bảy tám chín mười".split(), (1, *range(1, 11)), strict=True))  # noqa: SIM905
_NAMED |= {"mười một": 11, "mười hai": 12, "chạp": 12}
_WEEKDAY = re.compile(r"\b(?:[Tt]hứ (hai|ba|tư|năm|sáu|bảy|[2-7])|([Cc]hủ nhật))(?!\w)", re.IGNORECASE)
_WEEKDAYS = {"hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}
_SUNDAY = 8
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_NEAR = 8  # characters before a day in digits in which the word for one stands
# What German writes behind a month in one word: Oktoberhälfte.
_PARTS = "hälfte|wochen?|wochenende|tage?|mitte|ende|anfang|morgen|abend|nacht|monat|drittel"
_AMBIGUOUS = frozenset({"may", "march", "mar", "dec", "sat", "second"})  # months with a capital only


@dataclass(frozen=True, slots=True)
class Calendar:
    """`days` are (day, month); `months` all that are named, those of the days among them, `named` those in words.

    `spans` hold the digits of dates; `places` where each month and day of the week stands.
    """

    days: frozenset[tuple[int, int]]
    months: frozenset[int]
    weekdays: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    named: tuple[int, ...]
    places: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Found:
    days: set[tuple[int, int]] = field(default_factory=set)
    months: set[int] = field(default_factory=set)
    weekdays: set[int] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    places: list[tuple[int, str]] = field(default_factory=list)

    def add_weekday(self, start: int, day: int) -> None:
        self.weekdays.add(day)
        self.places.append((start, f"day {day}"))

    def add(self, span: tuple[int, int], month: int, *days: str | None, in_words: bool = False) -> None:
        numbers = [int(day) for day in days if day]
        if not 1 <= month <= 12 or not all(1 <= day <= 31 for day in numbers):
            return
        if in_words:
            self.named.append(month)
        self.places.append((span[0], f"month {month}"))
        self.months.add(month)
        self.days |= {(day, month) for day in numbers}
        self.spans.append(span)


def read_calendar(sentence: str, language: str) -> Calendar:
    """What a sentence names of the calendar.

    >>> sorted(read_calendar("Từ ngày 3/8 đến 7/8, thứ Ba, tháng Chạp", "vi").days)
    [(3, 8), (7, 8)]
    >>> sorted(read_calendar("From 3 to 7 August, on May 5th and in June", "en").days)
    [(3, 8), (5, 5), (7, 8)]
    """
    found = _Found()
    rules = conventions(language)
    if rules is not None:
        for match in _digits(sentence, language):
            found.add(match.span(), int(match[2]), match[1])
        if rules.months:
            _read_names(sentence, rules, found)
        elif language == "vi":
            _read_vietnamese(sentence, found)
    return Calendar(
        frozenset(found.days),
        frozenset(found.months),
        frozenset(found.weekdays),
        tuple(found.spans),
        tuple(found.named),
        tuple(found.places),
    )


def _digits(sentence: str, language: str) -> Iterator[re.Match[str]]:
    before = _BEFORE_DAY.get(language)
    if before is None:
        return
    for match in _DIGITS.finditer(sentence):
        if _YEAR.search(match.group()) or before.search(sentence, max(0, match.start() - _NEAR), match.start()):
            yield match


def _read_vietnamese(sentence: str, found: _Found) -> None:
    for match in _VIETNAMESE.finditer(sentence):
        name = match[2].lower()
        month = _NAMED.get(name) or (int(name) if name.isdecimal() else 0)
        found.add(match.span(), month, match[1], in_words=name in _NAMED)
    for match in _WEEKDAY.finditer(sentence):
        ranked = sentence.endswith(("lần ", "vị trí ", "hạng ", "xếp ", "đứng ", "về "), 0, match.start())
        if match[2]:
            found.add_weekday(match.start(), _SUNDAY)
        elif not ranked:
            day = match[1].lower()
            found.add_weekday(match.start(), _WEEKDAYS.get(day) or int(day))


def _read_names(sentence: str, rules: Conventions, found: _Found) -> None:
    pattern, weekdays = _names(rules)
    for match in pattern.finditer(sentence):
        name = (match["month"] or match["first"]).lower()
        if name in _AMBIGUOUS and (match["month"] or match["first"]).islower():
            continue
        days = [match[i] for i in (1, 2, 5, 6)]
        found.add(match.span(), rules.months[name], *days, in_words=True)
    for match in weekdays.finditer(sentence):
        found.add_weekday(match.start(), rules.weekdays[match.group().lower()])


@lru_cache(maxsize=16)
def _patterns(months: tuple[str, ...], weekdays: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted(months, key=len, reverse=True))
    rank = r"(?:st|nd|rd|th|er|º|ª|°|\.)?"
    before = rf"{_DAY}{rank}{_LIST}{rank}{_SPACE}?(?:of |de |d['’]|du mois de )?(?P<month>{names})\b"
    day = rf"{_SPACE}(\d{{1,2}}){rank}(?![\d.,]\d|\d){_LIST}(?!\d)"
    after = rf"\b(?P<first>{names})(?:{_PARTS})?\.?(?:{day})?(?!\w)"
    return (
        re.compile(rf"{before}|{after}", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(sorted(weekdays, key=len, reverse=True))})(?![\w-])", re.IGNORECASE),
    )


def _names(rules: Conventions) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return _patterns(tuple(rules.months), tuple(rules.weekdays))


def find_changed_dates(source: str, target: Calendar, calendar: Calendar) -> Iterator[Loss]:
    """Days whose month and day are turned round, months and days of the week that have become others."""
    for day, month in sorted(calendar.days - target.days):
        if (month, day) in target.days and (month, day) not in calendar.days:
            yield Loss("number_lost", *_span(calendar, source), f"{day}/{month}: day and month are turned round")
            return
    for what, ours, theirs in (
        ("month", calendar.months, target.months),
        ("day of the week", calendar.weekdays, target.weekdays),
    ):
        if ours - theirs and theirs - ours:
            detail = f"{what} {min(ours - theirs)} became {min(theirs - ours)}"
            yield Loss("number_lost", *_span(calendar, source), detail)


def _span(calendar: Calendar, source: str) -> tuple[int, int]:
    return calendar.spans[0] if calendar.spans else (0, len(source))
