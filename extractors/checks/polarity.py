"""Whether a translation denies what its source says, or says what it denies: a target was not reached."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extractors.checks.figures import Figure
from extractors.checks.side import Side

__all__ = ["find_denied"]


@dataclass(frozen=True, slots=True)
class _Denials:
    sure: re.Pattern[str]
    loose: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, _Denials]:
    table = tomllib.loads(Path(__file__).with_name("denials.toml").read_text(encoding="utf-8"))
    return {
        language: _Denials(
            re.compile(rf"(?<!\w)(?:{entry['sure']})", re.IGNORECASE),
            re.compile(rf"(?<!\w)(?:{entry['loose']})(?!\w)", re.IGNORECASE),
        )
        for language, entry in table.items()
    }


def find_denied(pairs: Sequence[tuple[Figure, Figure]], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """Whether "not" is lost or added: one side surely denies something, and no word of the other can."""
    ours, theirs = _table().get(source.language), _table().get(target.language)
    if ours is None or theirs is None or not pairs:
        return
    for text, kind, side, other in (
        (source.text, "lost", ours.sure, theirs.loose.search(target.text)),
        (target.text, "added", theirs.sure, ours.loose.search(source.text)),
    ):
        match = None if other else side.search(text)
        figures = [pair[kind == "added"] for pair in pairs]
        if match and (near := [f for f in figures if _is_beside(text, match.span(), f)]):
            yield pairs[figures.index(near[0])][0], f"not is {kind}"
            return


_PARTED = re.compile(r"[;:.](?!\d)")


def _is_beside(text: str, span: tuple[int, int], figure: Figure) -> bool:
    """Whether a word is of the statement of a figure."""
    start, end = (span[1], figure.start) if span[1] <= figure.start else (figure.end, span[0])
    return not _PARTED.search(text, start, end)
