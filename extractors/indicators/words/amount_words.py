"""The words around the number of an amount: scale words ("billion"), units and currencies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.conventions import convention
from extractors.indicators.words.matching import any_of

__all__ = ["Amounts", "read_amounts"]

_GAP = r"[ \u00a0\u202f]?"
_OF = "(?:of |de |d['’])?"  # "2 millions de dongs", "2.4 million of dong"
_SIGNS = {"us$": "USD", "$": "USD", "€": "EUR", "₫": "VND"}
_CODE = re.compile("[A-Z]{3}")  # of a currency (ISO 4217); measures have signs with small letters


@dataclass(frozen=True, slots=True)
class Amounts:
    """What stands around the number of an amount: `after` finds scale words and a unit behind it, `scale` scale words
    alone, `before` a currency before it; `units` are the keys by form, `scales` powers of ten by word, both in small
    letters."""

    after: re.Pattern[str]
    scale: re.Pattern[str]
    before: re.Pattern[str]
    units: dict[str, str]
    scales: dict[str, int]

    @staticmethod
    def is_currency(unit: str) -> bool:
        """Whether the key of a unit is a currency's code."""
        return _CODE.fullmatch(unit) is not None


def read_amounts(language: str, units: dict[str, str]) -> Amounts:
    """The patterns for a language whose pack has these units; they match nothing where it has none."""
    scales = convention(language).scales
    scale = rf"(?P<scales>(?:{_GAP}{_OF}(?:{any_of(scales)})\b)*)" if scales else "(?P<scales>)"
    known = {**_SIGNS, **units}
    currencies = [form for form, unit in known.items() if Amounts.is_currency(unit)]
    return Amounts(
        after=re.compile(rf"{scale}{_GAP}{_OF}(?P<unit>{any_of(known)})(?![^\W_])" if units else r"(?!)"),
        scale=re.compile(scale),
        before=re.compile(rf"(?<![^\W_])(?P<unit>{any_of(currencies)}){_GAP}\Z" if units else r"(?!)"),
        units=known,
        scales=scales,
    )
