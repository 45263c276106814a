"""One pattern of all the ways in which a language names a time, from the rows `periods` of its pack."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from extractors.indicators.words.matching import any_of
from extractors.indicators.words.openings import openings
from extractors.packs import PackError

__all__ = ["period_patterns"]

_PERIOD_NAMES = """
    term months quarter half month month_to_month day days year until_day until_month until_quarter until_year to_date
    this_year last_year next_year closed_year this_month last_month past_month half_month past_quarter goal_year
    year_ago
"""
_PERIODS = frozenset(_PERIOD_NAMES.split())
_PARTS = frozenset({"months", "quarter", "half", "month", "half_month"})


def _numbered(name: str, counts: dict[str, int]) -> str:
    """A named group; a name used before in the pattern gets a number."""
    counts[name] = counts.get(name, 0) + 1
    return f"(?P<{name}>" if counts[name] == 1 else f"(?P<{name}_{counts[name]}>"


def period_patterns(
    path: Path, settings: dict[str, Any]
) -> tuple[re.Pattern[str], dict[str, tuple[str, tuple[str, ...]]]]:
    """One pattern of all rows in the order of the file; the empty group `k<i>` at the end of row i says which it was:
    by that name, the kind of the row and its groups.

    The rows are tried only where one of them can begin: a fifth of the time, since most begin with words that may be
    left out, and `re` would go into each of them at every word.

    `{month}`, `{year}`, `{day}`, `{m}`, `{n}` and `{ordinal}` are filled in; a group that comes again gets a number.
    A part of a year may be followed by `year_back`, words for the year before: "in July of last year".
    """
    months, ordinals = any_of(settings["months"]), any_of(settings["ordinals"])
    parts = {
        "{month}": rf"(?P<month>{months})\b\.?",
        "{year}": r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,/]\d| ?[-–] ?20\d\d)",
        "{from}": r"(?P<year>(?:19|20)\d\d)",
        "{to}": r"(?P<to>(?:19|20)\d\d)(?![\d%]|[.,]\d)",
        "{day}": r"(?P<day>[0-3]?\d)",
        "{m}": r"(?P<m>1[0-2]|0?[1-9])(?!\d)",
        "{n}": rf"(?P<n>1[0-2]|0?[1-9]|{ordinals})",
        "{ordinal}": rf"(?P<n>{ordinals})",
    }
    counts: dict[str, int] = {}
    patterns = []
    rows = {}
    for index, row in enumerate(settings["periods"]):
        if row["kind"] not in _PERIODS:
            raise PackError(f"{path}: unknown period {row['kind']}")
        filled = re.sub(r"\{\w+\}", lambda m: parts[m.group()], row["pattern"])
        if row["kind"] in _PARTS and settings["year_back"]:
            filled = rf"(?:{filled})(?: (?P<back>{any_of(settings['year_back'])}))?"
        filled = re.sub(r"\(\?P<(\w+)>", lambda m: _numbered(m[1], counts), filled)
        patterns.append(rf"(?:{filled})(?!\w)(?P<k{index}>)")
        rows[f"k{index}"] = row["kind"], tuple(re.findall(r"\(\?P<(\w+)>", filled))
    pattern = "|".join(patterns)
    return re.compile(rf"(?<!\w)(?={openings(pattern)})(?:{pattern})" if rows else r"(?!)"), rows
