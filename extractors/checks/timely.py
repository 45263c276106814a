"""Times by which something was early in the source and is late in the translation, or the other way round."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractors.checks.figures import Figure
from extractors.checks.side import Side
from extractors.checks.units import unit_of

__all__ = ["find_late"]

_NEAR = 60  # characters on either side of a time in which such a word stands


class _Words(NamedTuple):
    early: re.Pattern[str]
    late: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, _Words]:
    table = tomllib.loads(Path(__file__).with_name("timely.toml").read_text(encoding="utf-8"))
    return {
        language: _Words(*(re.compile(rf"(?<!\w)(?:{entry[key]})(?!\w)") for key in ("early", "late")))
        for language, entry in table.items()
    }


def find_late(pairs: Sequence[tuple[Figure, Figure]], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The spans of time of which each side surely says early or late, and not the same."""
    if source.language not in _table() or target.language not in _table():
        return
    for a, b in pairs:
        ours, theirs = _said(source, a), _said(target, b)
        if ours and theirs and ours != theirs:
            yield a, f"{ours} became {theirs}"


def _said(side: Side, figure: Figure) -> str | None:
    """early or late, where only one of them is said near a time."""
    unit = unit_of(side, figure)
    if unit is None or unit.kind != "time":
        return None
    near = side.text[max(0, figure.start - _NEAR) : figure.end + _NEAR].lower()
    said = [key for key, words in zip(_Words._fields, _table()[side.language], strict=True) if words.search(near)]
    return said[0] if len(said) == 1 else None
