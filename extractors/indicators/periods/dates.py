"""Periods: the time that a figure is about, as dates resolved against the day of publication."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.indicators.words.lexicon import FigureLexicon
from extractors.types import Period

__all__ = ["PLANNED_FOR", "PeriodMention", "find_periods"]

PLANNED_FOR = frozenset(
    {"term", "until_year", "goal_year"}
)  # kinds of time that a plan longer than the year is set for

_YEAR = re.compile(r"(?<![\w.,/])(?:19|20)\d\d(?![\w%]|[.,]\d)")
_YEARS = frozenset({"year", "goal_year", "until_year"})
_YEAR_BACK = 500  # characters back to the year that a time without one is of: some sentences
_LOOK_AHEAD = 4  # months: a month without a year further ahead than this is last year's
_RELATIVE = frozenset({"this_year", "last_year", "next_year", "year_ago", "to_date", "this_month", "last_month",
                       "closed_year", "past_quarter"})  # fmt: skip
_LOOKS_BACK = 3  # months: so long the year that is closed is the one before
_COMPARING = 50  # characters before a time that may say that it is compared with
_EARLY = re.compile(r"1|ear|fir|prem|erst|đầu|anf|déb")  # how "first" and "early" begin


@dataclass(frozen=True, slots=True)
class PeriodMention:
    """A time named in the text. `open_` marks an "as of": it has an end, and a start only for figures that add up;
    `compared` one that only says what is compared with ("than in July")."""

    start: int
    end: int
    kind: str
    from_: datetime.date
    to: datetime.date
    open_: bool
    compared: bool = False

    def period(self, text: str, *, adds_up: bool) -> Period:
        """The period as the record says it; an "as of" runs from 1 January only where the figure adds up."""
        start = None if self.open_ and not adds_up else self.from_.isoformat()
        return Period(text[self.start : self.end], start, self.to.isoformat())


def find_periods(
    lower: str, lexicon: FigureLexicon, published: datetime.date | None, spans: Sequence[tuple[int, int]] | None = None
) -> list[PeriodMention]:
    """The times named in the text (given in lower case) or in `spans` of it, in order, none inside another.

    A day, month or quarter without a year is of the year of publication, or of the year before where it would
    lie more than four months ahead, unless the text says that it is to come (group `ahead`: "by 31 December"); without
    a day of publication it is left out.
    """
    found = []
    places = spans if spans is not None else [(0, len(lower))]
    for match in (m for start, end in places for m in lexicon.periods.finditer(lower, start, end)):
        kind, groups = lexicon.period_rows[match.lastgroup or ""]
        if dates := _resolve(kind, match, groups, lexicon, published or _year_named(lower, match.start())):
            ahead = kind == "until_year" and published is not None and dates[1] > published  # a goal covers its year
            as_of = kind.startswith("until") and not ahead
            compared = lexicon.compares.search(lower, max(0, match.start() - _COMPARING), match.start()) is not None
            found.append(PeriodMention(match.start(), match.end(), kind, *dates, as_of, compared))
    return found


def _year_named(lower: str, at: int) -> datetime.date | None:
    """The last day of the year named last before a place in its line: the day of publication of a text without one."""
    years = _YEAR.findall(lower, max(lower.rfind("\n", 0, at) + 1, at - _YEAR_BACK), at)
    return datetime.date(int(years[-1]), 12, 31) if years else None


def _resolve(
    kind: str,
    match: re.Match[str],
    groups: Sequence[str],
    lexicon: FigureLexicon,
    published: datetime.date | None,
) -> tuple[datetime.date, datetime.date] | None:
    named = [(name.partition("_")[0], value) for name in groups if (value := match[name]) is not None]
    if published is not None and any(name == "back" for name, _ in named):  # "in July of last year"
        named.append(("year", str(published.year - 1)))
    if kind in ("days", "month_to_month"):
        return _between(named, lexicon, published)
    parts = dict(named)
    given = int(parts["year"]) if parts.get("year") else None
    if kind == "term":
        assert given is not None
        last = int(parts["to"])
        return _days(given, 1, last, 12) if given < last - 1 else None  # two years in a row: a season or a school year
    if kind in _YEARS and given:
        return _days(given, 1, given, 12)
    if given is None and published is None:
        return None
    if kind in _RELATIVE:
        return _relative(kind, given, published)
    if kind == "past_month" and published is not None and (month := _last_month(kind, parts, lexicon)):
        year = published.year - (month >= published.month)
        return _days(year, month, year, month)
    return _within_year(kind, parts, given, lexicon, published)


def _between(
    named: Sequence[tuple[str, str]], lexicon: FigureLexicon, published: datetime.date | None
) -> tuple[datetime.date, datetime.date] | None:
    """From one day or month to another; a first month later in the year than the last is of the year before."""
    days = [int(value) for name, value in named if name == "day"]
    months = [int(v) if name == "m" else lexicon.months[v] for name, v in named if name in ("m", "month")]
    years = [int(value) for name, value in named if name == "year"]
    months = months if len(months) > 1 else months * 2  # "vom 11. bis zum 20. November"
    if years:
        year = years[-1]
    elif published:
        year = published.year - (months[1] > published.month + _LOOK_AHEAD)
    else:
        return None
    first = years[0] if len(years) == 2 else year - (months[0] > months[1])
    if not days:
        return _days(first, months[0], year, months[1])
    try:
        return datetime.date(first, months[0], days[0]), datetime.date(year, months[1], days[1])
    except ValueError:  # no such day: "31/6"
        return None


def _relative(
    kind: str, given: int | None, published: datetime.date | None
) -> tuple[datetime.date, datetime.date] | None:
    if published is None:
        return None
    year = given or published.year
    if kind == "to_date":
        return datetime.date(year, 1, 1), published
    if kind.endswith("month"):
        first = published.replace(day=1)
        if kind == "last_month":
            first = (first - datetime.timedelta(days=1)).replace(day=1)
        return _days(first.year, first.month, first.year, first.month)
    if kind == "past_quarter":
        last = (published.month - 1) // 3 * 3
        return _days(year, last - 2, year, last) if last else _days(year - 1, 10, year - 1, 12)
    if kind == "closed_year":
        year -= published.month <= _LOOKS_BACK
    year += (kind == "next_year") - (kind in ("last_year", "year_ago"))
    return _days(year, 1, year, 12)


def _within_year(
    kind: str,
    parts: dict[str, str],
    given: int | None,
    lexicon: FigureLexicon,
    published: datetime.date | None,
) -> tuple[datetime.date, datetime.date] | None:
    if (last := _last_month(kind, parts, lexicon)) is None:
        return None
    first = {"quarter": last - 2, "month": last, "day": last, "half": last - 5, "half_month": last}.get(kind, 1)
    year = given
    if year is None:
        assert published is not None
        begun = first if kind in ("quarter", "half") else last
        ahead = _LOOK_AHEAD + 2 * (kind == "until_day")  # "by 31 December": more often a goal
        year = published.year - (begun > published.month + ahead and "ahead" not in parts)
    if kind == "half_month":
        middle, end = datetime.date(year, last, 15), datetime.date(year, last, calendar.monthrange(year, last)[1])
        early = _EARLY.match(parts["which"]) is not None
        return (middle.replace(day=1), middle) if early else (middle + datetime.timedelta(days=1), end)
    if kind in ("until_day", "day"):
        day = int(parts["day"])
        if not 1 <= day <= calendar.monthrange(year, last)[1]:
            return None
        until = datetime.date(year, last, day)
        return (until, until) if kind == "day" else (datetime.date(year, 1, 1), until)
    return _days(year, first, year, last)


def _last_month(kind: str, parts: dict[str, str], lexicon: FigureLexicon) -> int | None:
    """The last month (1 to 12) of a part of a year."""
    if parts.get("m"):
        return int(parts["m"])
    if parts.get("month"):
        return lexicon.months.get(parts["month"].replace("\u00a0", " "))
    which = parts.get("which")
    if which is not None:
        early = lexicon.ordinals.get(which) == 1 or which.startswith("1")
        return 6 if early else 12
    number = parts.get("q") or parts.get("n")
    if number is None:
        return None
    n = int(number) if number.isdigit() else lexicon.ordinals.get(number, 0)
    if kind == "half":
        return 6 if n == 1 else 12  # "H1"; else "H2" or the last six months: the first six are `months`
    last = n * 3 if kind in ("quarter", "until_quarter") or parts.get("q") else n  # "the first three quarters"
    return last if 1 <= last <= 12 else None


def _days(year: int, month: int, last_year: int, last_month: int) -> tuple[datetime.date, datetime.date]:
    """From the first day of one month to the last of another."""
    end = calendar.monthrange(last_year, last_month)[1]
    return datetime.date(year, month, 1), datetime.date(last_year, last_month, end)
