"""The numbers that a text writes as words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.conventions import convention
from extractors.idioms import find_idioms
from extractors.indicators.words.lexicon import load_figures

__all__ = ["Spelled", "read_spelled"]


@dataclass(frozen=True, slots=True)
class Spelled:
    """What words of a text can stand for: plain numbers (ranks and months too), and percentages (half: 50)."""

    numbers: frozenset[Decimal] = frozenset()
    percentages: frozenset[Decimal] = frozenset()


def read_spelled(text: str, language: str | None) -> Spelled:
    """The numbers in words, from two on (one is as often an article), and the shares and percentages in words."""
    if language is None:
        return Spelled()
    table, pattern, shares = _words(language)
    lower, rules = text.lower(), convention(language)
    numbers: set[Decimal] = set()
    percentages: set[Decimal] = set()
    for match in pattern.finditer(lower):
        values, end = table[match.group()], match.end()
        if half := rules.and_half.match(lower, end):
            values, end = values | {value + _HALF for value in values}, half.end()
        numbers |= values
        if scale := rules.scale.match(lower, end) if rules.scale else None:  # mười nghìn
            power = rules.scales[scale[1]]
            if rules.and_half.match(lower, scale.end()):
                values = values | {value + _HALF for value in values}
            numbers |= {value.scaleb(power) for value in values}
        if rules.percent.match(lower, match.end()):
            percentages |= table[match.group()]
        percentages |= shares.get(match.group(), frozenset())
    numbers |= (
        {Decimal(1).scaleb(rules.scales[one[1]]) for one in rules.scale.finditer(lower)} if rules.scale else set()
    )
    for half in rules.half.finditer(lower) if rules.half else ():
        if scale := rules.scale.match(lower, half.end()) if rules.scale else None:
            numbers.add(Decimal(5).scaleb(rules.scales[scale[1]] - 1))
    numbers |= set(find_idioms(text, language))
    return Spelled(frozenset(numbers - {Decimal(1)}), frozenset(percentages))


_HALF = Decimal("0.5")
_Values = dict[str, frozenset[Decimal]]


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[_Values, re.Pattern[str], _Values]:
    lexicon = load_figures(language)
    table: dict[str, set[Decimal]] = {}
    for words in (lexicon.numbers, lexicon.ordinals, lexicon.months):
        for word, value in words.items():
            table.setdefault(word, set()).add(Decimal(value))
    for ending in convention(language).halves:
        joined = {word + ending: {value + _HALF for value in values} for word, values in table.items()}
        table |= joined | {ending: {1 + _HALF}}
    shares = {word: frozenset([Decimal(str(value))]) for word, value in lexicon.fraction_values.items()}
    for word in shares:
        table.setdefault(word, set())
    longest = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return {word: frozenset(values) for word, values in table.items()}, re.compile(rf"\b(?:{longest})\b"), shares
