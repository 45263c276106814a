"""Rows of figures -> series: what may stand in one chart, in the order of time, each point with its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from service.store.words import words_of

Row = dict[str, Any]

_KEY = ("topic", "basis", "kind", "unit", "direction")
_PROOF = ("article_id", "url", "published_at", "language", "text", "sentence", "sentence_translation", "link")
_SAME = ("period_from", "period_to", "value", "value_max", "comparator")
_MONTH_DAYS, _QUARTER_DAYS = 31, 92
# Communes were merged and districts ended on this day: a unit's figures before and after are of different places.
REFORM = "2025-07-01"


def build_series(rows: Iterable[Row]) -> list[Row]:
    """The series in the rows, the longest first.

    A series is of one unit, topic, basis, kind, unit of measure, direction and span: 58 % of the annual plan after six
    months and 8 % of it in June are never in one. Articles that say the same are one point with their `count`;
    `disputed` is a point whose period another article gives another value for.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        place = row["about_code"] or words_of(row["about"] or "")
        groups.setdefault((place, *(row[name] for name in _KEY), _span(row)), []).append(row)
    return sorted(
        (_series(group) for group in groups.values()), key=lambda one: (-len(one["points"]), one["about"] or "")
    )


def _series(rows: list[Row]) -> Row:
    first = rows[0]
    points = _points(rows)
    names = Counter(row["about"] for row in rows)
    breaks = [REFORM] if points[0]["date"] and points[0]["date"] < REFORM <= points[-1]["date"] else []
    told = {"about": names.most_common(1)[0][0], "about_code": first["about_code"]}
    return told | {name: first[name] for name in _KEY} | {"span": _span(first), "breaks": breaks, "points": points}


def _points(rows: list[Row]) -> list[Row]:
    same: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        same.setdefault((_day(row), *(row[name] for name in _SAME)), []).append(row)
    values = Counter((key[0], key[1]) for key in same)
    points = [
        {"date": key[0], "dated_by": "period" if best["period_to"] else "publication"}
        | {name: best[name] for name in (*_SAME, "confidence")}
        | {"count": len({row["article_id"] for row in group}), "disputed": values[key[0], key[1]] > 1}
        | {name: best[name] for name in _PROOF}
        for key, group in same.items()
        for best in (max(group, key=lambda row: row["confidence"]),)
    ]
    return sorted(points, key=lambda point: (point["date"] or "", point["period_from"] or "", point["value"]))


def _day(row: Row) -> str | None:
    """The day that a figure stands for: the end of its period, else when it was published."""
    return row["period_to"] or (row["published_at"] or "")[:10] or None


def _span(row: Row) -> str | None:
    """What length of time a figure is for: `month`, `quarter`, `year_to_date` (from January on), `other`."""
    first, last = row["period_from"], row["period_to"]
    if not (first and last):
        return None
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    if days <= _MONTH_DAYS:
        return "month"
    if first.endswith("-01-01") and first[:4] == last[:4]:
        return "year_to_date"
    return "quarter" if days <= _QUARTER_DAYS else "other"
