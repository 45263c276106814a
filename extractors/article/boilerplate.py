"""The phrases of `boilerplate.toml` as patterns, and what looks like a name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from extractors.packs import read_settings

__all__ = ["LONGEST", "LOWER", "UPPER", "any_of", "is_line", "is_name", "pattern", "phrases"]

_FILE = Path(__file__).parent / "boilerplate.toml"
_GROUPS = frozenset(
    {
        "lines",
        "ends",
        "page_lines",
        "page_ends",
        "teasers",
        "sources",
        "credits",
        "bylines",
        "by",
        "offices",
        "lead_marks",
        "notes",
        "date_words",
        "paywalls",
        "sections",
        "site_titles",
        "announced",
        "changed",
        "before_change",
        "other_dates",
    }
)
LONGEST = 160  # characters; the longest line in boilerplate.toml with a generous filling
UPPER = "A-ZÀ-ÖØ-ÞĂĐĨŨƠƯẠ-Ỹ"
LOWER = "a-zß-öø-ÿăđĩũơưạ-ỹ"


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
    """A pattern for any phrase of a group, the longest first."""
    return "|".join(pattern(p) for p in sorted(phrases()[name], key=len, reverse=True))


@cache
def _whole_line(name: str) -> re.Pattern[str]:
    return re.compile(rf"[\s•·*|–-]*(?:{any_of(name)})\s?[:.…\s–-]*", re.IGNORECASE)


def is_line(name: str, line: str) -> bool:
    """Whether a line is a phrase of a group from end to end."""
    return len(line) <= LONGEST and _whole_line(name).fullmatch(line) is not None


_NAME_WORD = re.compile(
    rf"[{UPPER}][\w.’'-]*|[-–&/+,|]|tư|liệu|minh|họa|hoạ|internet|via|và|und|and|et|cung|cấp|phát|báo|do|dpa|st"
)
_MOST_WORDS = 7  # "Thanh Thủy, Hoàng Ngọc - CTV"; a caption's sentence has more, or small letters


def is_name(text: str) -> bool:
    """Whether a text is names of people or offices alone, as bylines and credits have them."""
    words = text.replace("/", " / ").split()
    return 0 < len(words) <= _MOST_WORDS and all(
        _NAME_WORD.fullmatch(word.strip(",()")) for word in words if word != ","
    )
