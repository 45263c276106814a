"""The phrases of `boilerplate.toml`, and patterns made of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from extractors.packs import read_settings

__all__ = ["LONGEST", "any_of", "is_line", "pattern", "phrases"]

_FILE = Path(__file__).parent / "boilerplate.toml"
_GROUPS = frozenset(
    {"lines", "ends", "teasers", "sources", "credits", "notes", "bylines", "lead_marks", "date_words", "paywalls"}
)
LONGEST = 160  # characters; the longest line in boilerplate.toml with a generous filling


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """The phrases of all languages by group."""
    groups = read_settings(_FILE, _GROUPS)
    return {name: tuple(p for language in group.values() for p in language) for name, group in groups.items()}


def pattern(phrase: str) -> str:
    """A phrase as a regular expression: `*` is anything, `#` a number."""
    escaped = re.escape(phrase).replace(r"\ ", r"\s?")
    return escaped.replace(r"\*", ".*").replace(r"\#", r"\s?[\d.,]+\s?").replace("…", r"(?:…|\.\.\.)")


def any_of(name: str) -> str:
    """A regular expression for any phrase of a group, the longest first."""
    return "|".join(pattern(p) for p in sorted(phrases()[name], key=len, reverse=True))


@cache
def _whole_line(name: str) -> re.Pattern[str]:
    return re.compile(rf"[\s•·*|–-]*(?:{any_of(name)})\s?[:.…]*\s*", re.IGNORECASE)


def is_line(name: str, line: str) -> bool:
    """Whether a line is one of the phrases of a group and nothing else."""
    return len(line) <= LONGEST and _whole_line(name).fullmatch(line) is not None
