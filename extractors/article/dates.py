"""Dates as papers print them: the page's date with its time, and the latest full date of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from extractors.types import Precision

__all__ = ["VIETNAM", "Moment", "find_latest_date", "read_given_date", "read_moment"]

VIETNAM = timezone(timedelta(hours=7))
Moment = tuple[str, Precision]

_MONTHS = {  # a line a month: de, en, fr, es, pt, it, nl, sv, no and their abbreviations
    name: number
    for number, names in enumerate(
        (
            "januar jänner january janvier enero janeiro gennaio januari jan",
            "februar february février fevrier febrero fevereiro febbraio februari feb",
            "märz march mars marzo março maart mär mar",
            "april avril abril aprile apr",
            "mai may mayo maio maggio mei maj",
            "juni june juin junio junho giugno jun",
            "juli july juillet julio julho luglio jul",
            "august août aout agosto augustus augusti aug",
            "september septembre septiembre setembro settembre sept sep",
            "oktober october octobre octubre outubro ottobre okt oct",
            "november novembre noviembre novembro nov",
            "dezember december décembre decembre diciembre dezembro dicembre desember dez dec",
        ),
        1,
    )
    for name in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""(?<![\d/.-])(?:
      (?P<y1>\d{{4}})-(?P<m1>\d{{2}})-(?P<d1>\d{{2}})
    | (?P<d2>\d{{1,2}})\s?[/.-]\s?(?P<m2>\d{{1,2}})\s?[/.-]\s?(?P<y2>(?:19|20)\d\d|\d\d(?![\d/.,-]|\s?%))
    | (?P<d3>\d{{1,2}})(?:\.|er|º|st|nd|rd|th)?\s(?:de\s|of\s)?(?P<m3>{_NAME})\b\.?,?\s(?:de\s)?(?P<y3>\d{{4}})
    | (?P<d4>\d{{1,2}})\s(?:tháng|thang)\s(?P<m4>\d{{1,2}})(?:\s(?:năm|nam)|,)?\s(?P<y4>\d{{4}})
    )(?!\d)
    | \b(?P<m5>{_NAME})\.?\s(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y5>\d{{4}})(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.,/-])(?P<hour>[01]?\d|2[0-3])(?::|\s?h\s?|\s?giờ\s?)(?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"(?:\s?(?P<half>[AP]\.?M\b|SA\b|CH\b))?(?:\s?(?P<zone>Z\b|[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)
_NEAR = 40  # characters between a date and its time: "08/04/2015, 08:11", with a weekday or "| Cập nhật:" between
_FIRST_YEAR = 1990  # no page on the web is older
_LAST_YEAR = 2100
_FIRST_GIVEN = 1900  # archives hold papers from before the web
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[/.-]\s?\d{1,2}\s?[/.-]\s?\d\d(?!\d)")
_BEFORE, _AFTER = 26, 8  # characters around a year that a date takes: "ngày 12 tháng 11 năm 2024", "2024-11-12"


def _near_years(text: str) -> Iterator[re.Match[str]]:
    """The dates around what may be a year: looking for all forms of a date everywhere takes ten times as long."""
    end = 0
    for year in _YEAR.finditer(text):
        for match in _DATE.finditer(text, max(end, year.start() - _BEFORE), year.end() + _AFTER):
            end = match.end()
            yield match


def _dates(text: str) -> Iterator[tuple[re.Match[str], date]]:
    for match in _near_years(text):
        index = match.lastgroup[-1]  # type: ignore[index]  # one of the five forms matched
        year, month, day = (match[f"{part}{index}"] for part in "ymd")
        number = int(month) if month.isdigit() else _MONTHS[month.lower()]
        day_number = int(day)
        if number > 12 >= day_number:  # month first, as some English pages have it
            number, day_number = day_number, number
        full_year = int(year) + 2000 if len(year) == 2 else int(year)
        if not _FIRST_YEAR <= full_year <= _LAST_YEAR:
            continue
        try:
            yield match, date(full_year, number, day_number)
        except ValueError:  # "45.13.2024" is a number of something
            continue


def read_moment(text: str | None, *, zone: tzinfo = VIETNAM, convert: bool = True) -> Moment | None:
    """The first date of a short text with the time beside it, as RFC 3339 with its offset; None without a date.

    A text without an offset is in `zone`; one with another offset is given in `zone` unless `convert` is false.
    A bare date and midnight have the precision `day`.

    >>> read_moment("Cập nhật lúc 05:51, Thứ Tư, 25/05/2022 (GMT+7)")
    ('2022-05-25T05:51:00+07:00', 'minute')
    """
    found = next(_dates(text or ""), None)
    if found is None or not text:
        return None
    match, day = found
    time = _time_near(text, match)
    if time is None:
        return _midnight(day, zone), "day"
    hour = int(time["hour"]) % 12 + 12 * (time["half"][0] in "pPcC") if time["half"] else int(time["hour"])
    clock = (hour, int(time["minute"]), int(time["second"] or 0))
    moment = datetime(day.year, day.month, day.day, *clock, tzinfo=_zone(time["zone"], zone))
    precision: Precision = "minute" if any(clock) else "day"
    return (moment.astimezone(zone) if convert and precision == "minute" else moment).isoformat(), precision


def _time_near(text: str, day: re.Match[str]) -> re.Match[str] | None:
    after = _TIME.search(text, day.end(), day.end() + _NEAR)
    earlier = list(_TIME.finditer(text, max(0, day.start() - _NEAR), day.start()))
    before = earlier[-1] if earlier else None
    if after and before:
        return after if after.start() - day.end() <= day.start() - before.end() else before
    return after or before


def _zone(offset: str | None, default: tzinfo) -> tzinfo:
    if not offset:
        return default
    if offset in "zZ":
        return UTC
    minutes = int(offset[1:3]) * 60 + int(offset[-2:])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes)) if minutes < 1440 else default


def _midnight(day: date, zone: tzinfo) -> str:
    return datetime(day.year, day.month, day.day, tzinfo=zone).isoformat()


def read_given_date(value: str) -> Moment:
    """A date that the caller gives: an ISO date or date-time, in Vietnam's zone where it names none.

    Raises ValueError where it is neither, or of another time.
    """
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ValueError(f"not an ISO date or date-time: {value!r}") from None
    if not _FIRST_GIVEN <= moment.year <= _LAST_YEAR:
        raise ValueError(f"not a year from {_FIRST_GIVEN} to {_LAST_YEAR}: {value!r}")
    if len(value.strip()) <= len("2024-07-11"):
        return _midnight(moment.date(), VIETNAM), "day"
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).isoformat(), "minute"


def find_latest_date(text: str) -> Moment | None:
    """The latest full date (day, month, year) that a text names: the best guess of when it appeared."""
    day = max((day for _, day in _dates(text)), default=None)
    return (_midnight(day, VIETNAM), "day") if day else None
