"""Figures in a sentence, read by the conventions of its language (`figures.toml`), and written by another's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from extractors.editions.quantities import PART_OF

__all__ = ["Conventions", "Figure", "Number", "conventions", "find_figures", "is_year", "month_name", "worth", "write"]

Mark = Literal["", "%", "‰", "pp", "points"]
_KEYS = {"decimal", "group", "scales", "percent", "permille", "points", "loose_points", "between"}
_KEYS |= {"cardinals", "tens", "hundreds", "ordinals", "multiples", "joiners", "articles", "half", "whole", "not_words"}
_KEYS |= {"unsure", "counters", "years", "after_years", "not_counted", "ordinal_before", "ordinal_after"}
_KEYS |= {"months", "month", "weekdays", "fractions", "not_fractions"}
_SPACES = "\u00a0\u202f\u2009"  # no-break, narrow no-break and thin space group digits in every language
_NARROW = "\u202f"


@dataclass(frozen=True, slots=True)
class Number:
    """The digits of a number before and after its decimal sign; `grouped` where thousands were parted."""

    integer: str
    fraction: str = ""
    grouped: bool = False

    @property
    def value(self) -> Decimal:
        return Decimal(f"{self.integer}.{self.fraction or 0}")


@dataclass(frozen=True, slots=True)
class Figure:
    """Digits at `start:end` of a sentence. Each of `readings` is the numbers that they can stand for, likeliest first.

    `scale` is the power of ten that the words after it add; `mark` tells a percentage, percentage
    points, and points that may be those or a score.
    Both are `inherited` where only the next figure of a range or list bears them. `styled`: written by convention.
    """

    start: int
    end: int
    readings: tuple[tuple[Number, ...], ...]
    styled: bool
    scale: int = 0
    mark: Mark = ""
    inherited: bool = False


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


# A space may group (8 249 702) or part two figures ("tháng 7 150 hộ"): both are readings.
_FIGURES = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{_SPACES} ]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")

_SQUARE = re.compile(r"(?<![^\W\d_])[cdkm]?m[23]\Z")  # square and cubic metres: no figure of their own


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
    scales = _any(entry["scales"])
    cardinals = _cells(entry["hundreds"], 100, 100) | _cells(entry["tens"], 10, 10) | _cells(entry["cardinals"])
    cardinals = {word: value for word, value in cardinals.items() if word not in entry["scales"]}
    ordinals = _cells(entry["ordinals"], 1)
    part = _any(word for word in (*cardinals, *entry["scales"]) if len(word) > 2) + "|und"
    return Conventions(
        entry["decimal"],
        entry["group"],
        entry["scales"],
        re.compile(rf"[\s{_SPACES}-]?(?:of )?({scales})\b", re.IGNORECASE),
        re.compile(
            rf"[\s{_SPACES}]*(?:(?P<pp>{entry['points']})|(?P<permille>{entry['permille']})|(?P<percent>{entry['percent']})"
            rf"|{entry['loose_points']})",
            re.IGNORECASE,
        ),
        re.compile(rf"[\s{_SPACES}]*(?:{entry['between']})[\s{_SPACES}]*", re.IGNORECASE),
        words=_number_words(entry),
        cardinals=cardinals,
        ordinals=ordinals,
        multiples=_cells(entry["multiples"], 1),
        numbers=frozenset((*cardinals, *ordinals, *entry["scales"])),
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
        month=re.compile(rf"[\s{_SPACES}]*(?:{entry['month']})\b", re.IGNORECASE),
        not_words=_optional(entry["not_words"]),
        not_counted=_optional(entry["not_counted"]),
        fractions=_cells(entry["fractions"], 2),
        not_fractions=_optional(entry["not_fractions"]),
        whole=re.compile(rf"\b(?:{entry['whole']})\b", re.IGNORECASE),
        articles=frozenset(entry["articles"].split()),
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _optional(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _cells(cells: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """The words of a row of cells with their values, which rise from cell to cell; "-" is an empty one."""
    listed = enumerate(cells.split())
    return {word: first + step * n for n, cell in listed for word in cell.split("|") if word != "-"}


_UNKNOWN = Conventions(
    "",
    "",
    {},
    None,
    re.compile(rf"[\s{_SPACES}]*(?:(?P<percent>[%％])|(?P<permille>‰)|(?P<pp>(?!)))"),
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


def find_figures(sentence: str, language: str) -> list[Figure]:
    """Every figure written in digits, in order."""
    rules = conventions(language) or _UNKNOWN
    found: list[Figure] = []
    for match in _FIGURES.finditer(sentence):
        if _SQUARE.search(sentence, max(0, match.start() - 4), match.end()):
            continue
        readings, styled = _read(match.group(), rules)
        scale, end = _scale(sentence, match.end(), rules)
        found.append(Figure(match.start(), match.end(), readings, styled, scale, _mark(sentence, end, rules)))
    for i in range(len(found) - 2, -1, -1):
        one, following = found[i], found[i + 1]
        bare = not one.mark and not one.scale and (following.mark or following.scale)
        if bare and rules.between.fullmatch(sentence, one.end, following.start):
            found[i] = replace(one, mark=following.mark, scale=following.scale, inherited=True)
    _share(sentence, found)
    return found


def _share(sentence: str, found: list[Figure]) -> None:
    """A part and its whole bear the scale that only the other has: 45,6/60 tỷ, 45,6 milliards de dongs sur 60."""
    for i, (one, following) in enumerate(pairwise(list(found))):
        if one.mark or following.mark or bool(one.scale) == bool(following.scale):
            continue
        if PART_OF.fullmatch(sentence, one.end, following.start):
            bare, scale = (i + 1, one.scale) if one.scale else (i, following.scale)
            found[bare] = replace(found[bare], scale=scale, inherited=True)


def _scale(sentence: str, end: int, rules: Conventions) -> tuple[int, int]:
    """The power of ten in the words from `end` on ("nghìn tỷ": 12), and where they end."""
    scale = 0
    while rules.scale and (match := rules.scale.match(sentence, end)):
        scale += rules.scales[match[1].lower()]
        end = match.end()
    return scale, end


def _mark(sentence: str, end: int, rules: Conventions) -> Mark:
    match = rules.mark.match(sentence, end)
    if not match:
        return ""
    return "pp" if match["pp"] else "%" if match["percent"] else "‰" if match["permille"] else "points"


def _read(text: str, rules: Conventions) -> tuple[tuple[tuple[Number, ...], ...], bool]:
    """The readings of digits with signs between them, and whether they follow the language's convention."""
    parts = re.split(rf"[.,{_SPACES} ]", text)
    if len(parts) == 1:
        return ((Number(text),),), True
    signs = re.findall(rf"[.,{_SPACES} ]", text)
    apart = tuple(Number(part) for part in parts)
    thousands = len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(part) == 3 for part in parts[1:])
    whole = ((Number("".join(parts), grouped=True),),) if thousands else ()
    if len(signs) > 1 and signs[-1] not in signs[:-1] and len(set(signs)) == 2 and signs[-1] in ".,":
        head = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:-1])
        number = Number("".join(parts[:-1]), parts[-1], grouped=True)
        return ((number,),) if head else (apart,), signs[-1] == rules.decimal or not rules.decimal
    if len(set(signs)) > 1:
        return (apart,), True
    if signs[0] not in ".,":
        return (*whole, apart), True
    fraction = ((Number(parts[0], parts[1]),),) if len(parts) == 2 else ()
    if not rules.decimal:
        return (*fraction, *whole, apart), True
    if signs[0] == rules.decimal:
        return (fraction or (*whole, apart)), bool(fraction)
    return (whole or (*fraction, apart)), bool(whole) or not fraction


def worth(figure: Figure) -> Decimal:
    """The likeliest value of a figure, with its scale."""
    return figure.readings[0][-1].value.scaleb(figure.scale)


def is_year(figure: Figure) -> bool:
    """Whether a bare number of four digits may be a year."""
    number = figure.readings[0][0]
    return not (figure.mark or figure.scale or number.grouped or number.fraction) and int(number.value) in _YEARS


_YEARS = range(1900, 2101)


def write(number: Number, language: str) -> str:
    """The number as the language writes it, with the decimals that it had.

    >>> write(Number("8249", "702", grouped=True), "en"), write(Number("8249", "702", grouped=True), "de")
    ('8,249.702', '8.249,702')
    """
    rules = conventions(language) or _UNKNOWN
    group = _NARROW if language == "fr" else rules.group
    integer = number.integer
    if number.grouped and len(integer) > 3:
        integer = f"{int(integer):,}".replace(",", group)
    return integer + (rules.decimal or ".") + number.fraction if number.fraction else integer


def month_name(month: int, language: str) -> str:
    """The month's name with a capital; its number where the language has no names for months.

    >>> month_name(7, "en"), month_name(7, "vi")
    ('July', '7')
    """
    names = _table()[language]["months"].split()
    return names[month - 1].partition("|")[0].capitalize() if names else str(month)
