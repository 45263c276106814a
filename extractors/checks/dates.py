"""Dates in digits, which another language would read otherwise: 11/7/2024 is 11 July, and November to an American."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.checks.conventions import month_name
from extractors.checks.losses import Edit, apply_edits

__all__ = ["Date", "find_dates", "rewrite_dates"]

# Day before month, as every language but English writes it. Without a year only after "ngày" or "am", since 3/4 may
# be a fraction.
_DATE = re.compile(r"(?<![\d/.,-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/])")
_DAY = re.compile(r"\b(?:ngày|sáng|chiều|am|vom|le|du|dia)\s+(\d{1,2})/(\d{1,2})(?!\d|[/.,-]\d)", re.IGNORECASE)
# What a translation may have left in digits.
_LEFT = re.compile(r"(?<![\d/.,-])\d{1,2}[/.-](?:\d{1,2}(?:[/.-]\d{4})?|\d{4})(?![\d/]|[.,-]\d)")
_MONTH = re.compile(r"\b(?:tháng)\s+(\d{1,2})/(\d{4})(?![\d/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Date:
    day: int | None
    month: int
    year: int | None

    @property
    def forms(self) -> tuple[tuple[int, ...], ...]:
        """How a translation may have left it in digits: in its order, and with the month first."""
        parts = tuple(part for part in (self.day, self.month, self.year) if part is not None)
        return (parts,) if self.day is None else (parts, (self.month, self.day, *parts[2:]))


def find_dates(sentence: str) -> Iterator[Date]:
    """The dates of a sentence in digits, day before month; without those that cannot be."""
    for match in _DATE.finditer(sentence):
        yield from _valid(int(match[1]), int(match[3]), int(match[4]))
    for match in _DAY.finditer(sentence):
        yield from _valid(int(match[1]), int(match[2]), None)
    for match in _MONTH.finditer(sentence):
        yield from _valid(None, int(match[1]), int(match[2]))


def _valid(day: int | None, month: int, year: int | None) -> Iterator[Date]:
    if 1 <= month <= 12 and (day is None or 1 <= day <= 31) and (year is None or 1000 <= year <= 2999):
        yield Date(day, month, year)


def rewrite_dates(source: str, translation: str, languages: tuple[str, str]) -> str:
    """The translation with dates that it left in digits written so that its readers take them as they are meant.

    >>> rewrite_dates("Ngày 11/7/2024", "On 11/7/2024", ("vi", "en"))
    'On 11 July 2024'
    """
    if languages[0] == "en":  # whether an English date has the day first cannot be told
        return translation
    dates = dict.fromkeys(find_dates(source))
    places: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for match in _LEFT.finditer(translation) if dates else ():
        places.setdefault(tuple(map(int, re.split("[/.-]", match.group()))), []).append(match.span())
    edits = []
    for date in dates:
        for form in date.forms:
            if len(places.get(form, ())) == 1:
                edits.append(Edit(*places.pop(form)[0], _write(date, languages[1])))
                break
    return apply_edits(translation, edits)


def _write(date: Date, language: str) -> str:
    parts = [str(part) for part in (date.day, date.month, date.year) if part is not None]
    if language == "en":
        return " ".join(str(part) for part in (date.day, month_name(date.month, "en"), date.year) if part is not None)
    if language == "de" and date.day is not None:
        return ".".join(parts) if date.year is not None else ".".join(parts) + "."
    return "/".join(parts)
