"""The numbers that a text writes as words."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractors.figures import load_figures

__all__ = ["spelled_values"]


def spelled_values(text: str, language: str | None) -> frozenset[Decimal]:
    """Every value that words of the text can stand for: numbers, ranks, months, shares (half: 50)."""
    if language is None:
        return frozenset()
    table, pattern = _words(language)
    lower = text.lower()
    return frozenset(value for match in pattern.finditer(lower) for value in table[match.group()])


@lru_cache(maxsize=16)
def _words(language: str) -> tuple[dict[str, frozenset[Decimal]], re.Pattern[str]]:
    lexicon = load_figures(language)
    table: dict[str, set[Decimal]] = {}
    for words in (lexicon.numbers, lexicon.ordinals, lexicon.months, lexicon.fraction_values):
        for word, value in words.items():
            table.setdefault(word, set()).add(Decimal(str(value)))
    longest = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    # A longer number holds shorter ones ("hai mươi", "hai"), each of which may be meant; overlaps are not looked for.
    return {word: frozenset(values) for word, values in table.items()}, re.compile(rf"\b(?:{longest})\b")
