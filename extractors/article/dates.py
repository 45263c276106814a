"""Dates as papers print them: the page's date with its time, and the latest full date of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Literal

from extractors.packs import read_settings
from extractors.types import Precision

__all__ = [
    "VIETNAM",
    "Moment",
    "Order",
    "date_spans",
    "find_latest_date",
    "read_given_date",
    "read_moment",
    "without_date",
]

VIETNAM = timezone(timedelta(hours=7))
Moment = tuple[str, Precision]
Order = Literal["day", "week", "month"]

_FILE = Path(__file__).parent / "months.toml"


def _read_months(group: str) -> dict[str, int]:
    """The numbers of the months by their names, in all languages of a group of `months.toml`."""
    months: dict[str, int] = {}
    for year in read_settings(_FILE, frozenset({"names", "after"}))[group].values():
        for number, forms in enumerate(year.split(), 1):
            months |= dict.fromkeys(forms.replace("_", " ").split("|"), number)
    return months


def _any(names: dict[str, int]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_NAMES, _AFTER_MONTH = _read_months("names"), _read_months("after")
_MONTHS = _NAMES | _AFTER_MONTH
_NAME, _VIETNAMESE = _any(_NAMES), rf"(?:(?:tháng|thang)\s|th\.?\s?(?=\d))(?P<m{{}}>\d{{{{1,2}}}}|{_any(_AFTER_MONTH)})"
_DATE = re.compile(
    rf"""(?<![\d/.-])(?:
      (?P<y1>\d{{4}})(?P<between>\s?[/.-]\s?)(?P<m1>\d{{1,2}})(?P=between)(?P<d1>\d{{1,2}})
    | (?P<y7>\d{{4}})\s?[年년]\s?(?P<m7>\d{{1,2}})\s?[月월]\s?(?P<d7>\d{{1,2}})\s?[日일号號]?
    | (?P<d2>\d{{1,2}})\s?[/.-]\s?(?P<m2>\d{{1,2}})\s?[/.-]\s?(?P<y2>(?:19|20)\d\d|\d\d(?![\d/.,-]|\s?%))
    | (?P<d3>\d{{1,2}})(?:er|º|ª|st|nd|rd|th)?[\s./-]{{1,2}}(?:de\s|of\s|den\s)?
      (?P<m3>{_NAME})\b\.?,?[\s/-](?:del?\s)?(?P<y3>\d{{4}})
    | (?P<d4>\d{{1,2}})\s{_VIETNAMESE.format(4)}(?:\s(?:năm|nam)|,)?\s(?P<y4>\d{{4}})
    | (?P<y6>\d{{4}})[.,]?\s(?P<m6>{_NAME})\b\.?\s(?P<d6>\d{{1,2}})
    )(?!\d)
    | \b(?:(?P<m5>{_NAME})\b\.?|{_VIETNAMESE.format(8)})\s(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y5>\d{{4}})(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_TIME = re.compile(
    r"""(?<![\d.,/-])(?P<hour>[01]?\d|2[0-3])(?::|\s?h\s?|\s?giờ\s?|\s?[時时點点시]\s?|\.(?=[0-5]\d\s(?:Uhr|uur)\b))
    (?P<minute>[0-5]\d)(?!\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?
    (?:\s?(?P<half>[AP]\.?M\b|SA\b|CH\b|sáng\b|chiều\b|tối\b))?(?:\s?(?P<zone>Z\b|[+-]\d\d:?\d\d))?""",
    re.VERBOSE | re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|[a-z]s?)?\.?,?\s+$", re.IGNORECASE)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_SIZE = 12  # characters before a date in which an English weekday is looked for
_NEAR = 40  # characters between a date and its time: "08/04/2015, 08:11", with a weekday or "| Cập nhật:" between
_FIRST_YEAR = 1990  # no page on the web is older
_LAST_YEAR = 2100
_FIRST_GIVEN = 1900  # archives hold papers from before the web
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|[/.-]\s?\d{1,2}\s?[/.-]\s?\d\d(?!\d)")
# Characters around a year that a date takes: "12 tháng mười một năm 2024", "2024. november 12."
_BEFORE, _AFTER = 28, 18


def _near_years(text: str) -> Iterator[re.Match[str]]:
    """The dates around what may be a year: looking for all forms of a date everywhere takes ten times as long."""
    for start, end in _around_years(text):
        for match in _DATE.finditer(text, start, end):
            if not (match.end() == end and text[end : end + 1].isdigit()):  # a date, cut in two
                yield match


def _around_years(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text around what may be a year; those that touch are one."""
    start, end = 0, -1
    for year in _YEAR.finditer(text):
        if year.start() - _BEFORE > end:
            if end > 0:
                yield start, end
            start = max(0, year.start() - _BEFORE)
        end = year.end() + _AFTER
    if end > 0:
        yield start, end


def _dates(text: str, *, order: Order = "day") -> Iterator[tuple[re.Match[str], date]]:
    for match in _near_years(text):
        form = match.lastgroup[-1]  # type: ignore[index]  # one of the forms matched
        month = match["m5"] or match["m8"] if form == "5" else match[f"m{form}"]
        year, day = int(match[f"y{form}"]), int(match[f"d{form}"])
        number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        year += 2000 if year < 100 else 0
        if form == "2" and day <= 12 and (number > 12 or _is_american(text, match, (year, number, day), order)):
            number, day = day, number
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            continue
        try:
            yield match, date(year, number, day)
        except ValueError:  # "45.13.2024" is a number of something
            continue


def _is_american(text: str, match: re.Match[str], read: tuple[int, int, int], order: Order) -> bool:
    """Whether a date of figures, read as year, month and day, has the month before the day."""
    if order == "day" or "/" not in match[0]:
        return False
    if week := _WEEKDAY.search(text, max(0, match.start() - _WEEKDAY_SIZE), match.start()):
        year, month, day = read
        return date(year, day, month).weekday() == _WEEK.index(week[1].lower())
    return order == "month"


def read_moment(
    text: str | None, *, zone: tzinfo = VIETNAM, convert: bool = True, order: Order = "day"
) -> Moment | None:
    """The first date of a short text with the time beside it, as RFC 3339 with its offset; None without a date.

    A text without an offset is in `zone`; one with another offset is given in `zone` unless `convert` is false.
    A bare date and midnight have the precision `day`. `order` of "3/12/2018": the day first, the month first,
    or what an English day of the week before it says ("Mon, 3/12/2018"), the day first without one.

    >>> read_moment("Cập nhật lúc 05:51, Thứ Tư, 25/05/2022 (GMT+7)")
    ('2022-05-25T05:51:00+07:00', 'minute')
    """
    found = next(_dates(text or "", order=order), None)
    if found is None or not text:
        return None
    match, day = found
    time = _time_near(text, match)
    if time is None:
        return _midnight(day, zone), "day"
    hour = int(time["hour"]) % 12 + 12 * (time["half"][0] in "pPcCtT") if time["half"] else int(time["hour"])
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


def date_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the full dates of a text stand."""
    for match, _ in _dates(text):
        yield match.span()


def without_date(text: str) -> str:
    """A short text without the first date in it and what is after that, or before it where it begins the text.

    >>> without_date("Ruth Amsel, 3. Mai 2024 um 14:10"), without_date("3. Mai 2024 Ruth Amsel")
    ('Ruth Amsel, ', ' Ruth Amsel')
    """
    match = next(_near_years(text), None)
    if match is None:
        return text
    before = text[: match.start()]
    return before if len(before.split()) > 1 or len(before) > _WEEKDAY_SIZE else text[match.end() :]


def find_latest_date(text: str) -> Moment | None:
    """The latest full date (day, month, year) that a text names: the best guess of when it appeared."""
    day = max((day for _, day in _dates(text)), default=None)
    return (_midnight(day, VIETNAM), "day") if day else None
