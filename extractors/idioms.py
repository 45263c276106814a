"""Numbers that no number word says: a quarter of an hour, half a million, half to two million, a dozen."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractors.conventions import convention

__all__ = ["find_idioms"]

_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "three_quarters": Decimal("0.75")}
_HOUR = 60  # minutes
_LONGEST = 24  # characters of the end of a range before its scale word


class _Idioms(NamedTuple):
    parts: re.Pattern[str]
    others: re.Pattern[str]
    values: dict[str, int]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str | dict[str, int]]]:
    return tomllib.loads(Path(__file__).with_name("idioms.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _idioms(language: str) -> _Idioms | None:
    entry, scales = _table().get(language), convention(language).scales
    if entry is None:
        return None
    parts = "|".join(f"(?P<{key}>{entry[key]})" for key in ("three_quarters", "quarter", "half"))
    longest = "|".join(sorted(map(re.escape, scales), key=len, reverse=True))
    ranged = rf"{entry['to']}[\w,. -]{{1,{_LONGEST}}}? "
    others = entry["others"]
    assert isinstance(others, dict)
    return _Idioms(
        re.compile(
            rf"\b(?:{parts})(?:(?:{entry['of']}|{ranged})(?P<scale>{longest})|{entry['of']}(?:{entry['hour']}))\b"
        ),
        re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, others), key=len, reverse=True))})\b"),
        others,
    )


def find_idioms(text: str, language: str) -> tuple[Decimal, ...]:
    """What such words of a text are worth, minutes for parts of an hour; empty in a language that is not known.

    >>> [f"{value:f}" for value in find_idioms("A quarter of a million, half an hour, half to two million", "en")]
    ['250000', '30', '500000']
    >>> [f"{value:f}" for value in find_idioms("eine Viertelstunde, ein Dutzend, eine halbe bis zwei Millionen", "de")]
    ['15', '500000', '12']
    """
    idioms = _idioms(language)
    if idioms is None:
        return ()
    lower = text.lower()
    found = []
    for match in idioms.parts.finditer(lower):
        part = next(value for key, value in _PARTS.items() if match[key])
        scale = convention(language).scales[match["scale"]] if match["scale"] else None
        found.append(part * (_HOUR if scale is None else Decimal(10) ** scale))
    found += [Decimal(idioms.values[match.group()]) for match in idioms.others.finditer(lower)]
    return tuple(value.normalize() for value in found)
