"""How languages write figures: their decimal sign, the words for powers of ten, the percent sign."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["PART_OF", "SPACES", "Convention", "convention"]

SPACES = "\u00a0\u202f\u2009"
# Spaces group digits; a plain one only where another group follows or the language groups so ("tháng 7 150 hộ").
# A figure has no letter before it, but for a currency ("VND60 million").
_START = r"(?:(?<![^\W_])|(?<=\bVND)|(?<=\bVNĐ)|(?<=\bUSD)|(?<=\bEUR))(?<!\d[.,])"
_NUMBER = re.compile(
    rf"{_START}(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
    r"|\d{1,3}(?: \d{3}){2,}(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
)
_SPACED = re.compile(rf"{_START}(?:\d{{1,3}}(?:[{SPACES} ]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*)")
_GROUPS_BY_SPACE = frozenset("fr de pt es it sv da no ru pl cs fi hu uk nl".split())  # noqa: SIM905
_GAP = rf"[\s{SPACES}-]?"
# Between a part and its whole, which may share a scale word: 45,6/60 tỷ, 45,6 milliards de dongs sur 60.
PART_OF = re.compile(
    rf"(?:[\s{SPACES}]?[^\W\d_]+){{0,4}}?[\s{SPACES}]*"
    rf"(?:/|\b(?:out of|of|von|sur|trên|trong(?: tổng)? số|trên tổng số))"
    rf"[\s{SPACES}]*(?:a |the |den |der |les |un |tổng )?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Convention:
    """How a language writes figures; `decimal` is "" where it is not known."""

    decimal: str
    number: re.Pattern[str]
    scales: dict[str, int]
    scale: re.Pattern[str] | None
    percent: re.Pattern[str]
    half: re.Pattern[str] | None = None
    and_half: re.Pattern[str] = re.compile("½")
    halves: tuple[str, ...] = ()


@lru_cache(maxsize=64)
def convention(language: str) -> Convention:
    """How a language writes figures."""
    table = tomllib.loads(Path(__file__).with_name("conventions.toml").read_text(encoding="utf-8"))
    entry = table.get(language, {"decimal": "", "scales": {}, "percent": "(?!)"})
    scales: dict[str, int] = entry["scales"]
    longest = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    return Convention(
        entry["decimal"],
        _SPACED if language in _GROUPS_BY_SPACE else _NUMBER,
        scales,
        re.compile(rf"{_GAP}(?:of )?({longest})\b", re.IGNORECASE) if scales else None,
        re.compile(rf"{_GAP}(?:[%％]|(?:{entry['percent']}))", re.IGNORECASE),
        re.compile(rf"\b(?:{entry['half']})(?= )") if "half" in entry else None,
        re.compile("½|" + entry.get("and_half", "½"), re.IGNORECASE),
        tuple(entry.get("halves", ())),
    )
