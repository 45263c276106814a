"""How languages write figures: what `extractors.conventions` says and, for checks of translations, `figures.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.conventions import SPACES, convention

__all__ = ["UNKNOWN", "Conventions", "conventions", "month_name"]

_KEYS = {"group", "percent", "permille", "points", "loose_points", "between"}
_KEYS |= {"cardinals", "tens", "hundreds", "ordinals", "multiples", "joiners", "articles", "half", "whole", "not_words"}
_KEYS |= {"unsure", "counters", "years", "after_years", "not_counted", "ordinal_before", "ordinal_after"}
_KEYS |= {"months", "month", "weekdays", "fractions", "not_fractions"}


@dataclass(frozen=True, slots=True)
class Conventions:
    decimal: str
    group: str
    scales: dict[str, int]
    scale: re.Pattern[str] | None
    mark: re.Pattern[str]
    between: re.Pattern[str]
    words: dict[str, frozenset[int]] = field(default_factory=dict)
    cardinals: dict[str, int] = field(default_factory=dict)
    ordinals: dict[str, int] = field(default_factory=dict)
    multiples: dict[str, int] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    compound: re.Pattern[str] | None = None
    part: re.Pattern[str] = re.compile(r"(?!)")
    joiners: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    counters: re.Pattern[str] | None = None
    years: frozenset[str] = frozenset()
    after_years: frozenset[str] = frozenset()
    ordinal_before: frozenset[str] = frozenset()
    ordinal_after: re.Pattern[str] | None = None
    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    month: re.Pattern[str] | None = None
    not_words: re.Pattern[str] | None = None
    not_counted: re.Pattern[str] | None = None
    fractions: dict[str, int] = field(default_factory=dict)
    not_fractions: re.Pattern[str] | None = None
    whole: re.Pattern[str] | None = None
    articles: frozenset[str] = frozenset()
    halves: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    table = tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))
    for language, entry in table.items():
        if entry.keys() != _KEYS:
            raise ValueError(f"figures.toml: [{language}] has wrong keys: {sorted(entry.keys() ^ _KEYS)}")
    return table


@lru_cache(maxsize=64)
def conventions(language: str) -> Conventions | None:
    """How a language writes figures; None for one that `figures.toml` does not have."""
    entry = _table().get(language)
    if entry is None:
        return None
    written = convention(language)
    scales = _any(written.scales)
    cardinals = _cells(entry["hundreds"], 100, 100) | _cells(entry["tens"], 10, 10) | _cells(entry["cardinals"])
    cardinals = {word: value for word, value in cardinals.items() if word not in written.scales}
    ordinals = _cells(entry["ordinals"], 1)
    part = _any(word for word in (*cardinals, *written.scales) if len(word) > 2) + "|und"
    return Conventions(
        written.decimal,
        entry["group"],
        written.scales,
        re.compile(rf"[\s{SPACES}-]?(?:of )?({scales})\b", re.IGNORECASE),
        re.compile(
            rf"[\s{SPACES}]*(?:(?P<pp>{entry['points']})|(?P<permille>{entry['permille']})|(?P<percent>{entry['percent']})"
            rf"|{entry['loose_points']})",
            re.IGNORECASE,
        ),
        re.compile(rf"[\s{SPACES}]*(?:{entry['between']})[\s{SPACES}]*", re.IGNORECASE),
        words=_number_words(entry),
        cardinals=cardinals,
        ordinals=ordinals,
        multiples=_cells(entry["multiples"], 1),
        numbers=frozenset((*cardinals, *ordinals, *written.scales)),
        compound=re.compile(f"(?:{part})+") if language == "de" else None,
        part=re.compile(part),
        joiners=frozenset(entry["joiners"].split()),
        unsure=frozenset(entry["unsure"].split()),
        counters=_optional(entry["counters"]),
        years=frozenset(entry["years"].split()),
        after_years=frozenset(entry["after_years"].split("|")),
        ordinal_before=frozenset(filter(None, entry["ordinal_before"].split("|"))),
        ordinal_after=_optional(entry["ordinal_after"]),
        months=_cells(entry["months"], 1),
        weekdays=_cells(entry["weekdays"], 2),
        month=re.compile(rf"[\s{SPACES}]*(?:{entry['month']})\b", re.IGNORECASE),
        not_words=_optional(entry["not_words"]),
        not_counted=_optional(entry["not_counted"]),
        fractions=_cells(entry["fractions"], 2),
        not_fractions=_optional(entry["not_fractions"]),
        whole=re.compile(rf"\b(?:{entry['whole']})\b", re.IGNORECASE),
        articles=frozenset(entry["articles"].split()),
        halves=written.halves,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _optional(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _cells(cells: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """The words of a row of cells with their values, which rise from cell to cell; "-" is an empty one."""
    listed = enumerate(cells.split())
    return {word: first + step * n for n, cell in listed for word in cell.split("|") if word != "-"}


UNKNOWN = Conventions(
    "",
    "",
    {},
    None,
    re.compile(rf"[\s{SPACES}]*(?:(?P<percent>[%％])|(?P<permille>‰)|(?P<pp>(?!)))"),
    re.compile("-|–|—"),
)


_WORDS = {"cardinals": (0, 1), "tens": (10, 10), "hundreds": (100, 100), "ordinals": (1, 1), "multiples": (1, 1)}
_WORDS |= {"months": (1, 1), "weekdays": (2, 1), "half": (50, 1)}


def _number_words(entry: dict[str, Any]) -> dict[str, frozenset[int]]:
    """Every value that a word may mean."""
    words: dict[str, set[int]] = {}
    for key, (first, step) in _WORDS.items():
        for word, value in _cells(entry[key], first, step).items():
            words.setdefault(word, set()).add(value)
    return {word: frozenset(values) for word, values in words.items()}


def month_name(month: int, language: str) -> str:
    """The month's name with a capital; its number where the language has no names for months.

    >>> month_name(7, "en"), month_name(7, "vi")
    ('July', '7')
    """
    names = _table()[language]["months"].split()
    return names[month - 1].partition("|")[0].capitalize() if names else str(month)
