"""Whether a translation denies what its source says, or says what it denies: a target was not reached."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from service.translate.figures import Figure
from service.translate.side import Side

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
    denied, added = ours.sure.search(source.text), theirs.sure.search(target.text)
    if denied and not theirs.loose.search(target.text):
        yield min((a for a, _ in pairs), key=lambda a: abs(a.start - denied.end())), "not is lost"
    elif added and not ours.loose.search(source.text):
        yield min(pairs, key=lambda pair: abs(pair[1].start - added.end()))[0], "not is added"
