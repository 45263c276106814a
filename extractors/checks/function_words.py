"""The small words of the languages, by what they tell (`function_words.toml`)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

__all__ = ["any_of", "pattern_of", "word_list"]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("function_words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def word_list(name: str) -> frozenset[str]:
    """The words of one of the lists."""
    return frozenset(_table()["lists"][name].split())


def any_of(name: str, language: str) -> str | None:
    """A regular expression for the phrases of a language that have that use, the longest first."""
    phrases = _table()[name].get(language)
    return "|".join(sorted(phrases.split("|"), key=len, reverse=True)) if phrases else None


def pattern_of(name: str, language: str) -> str | None:
    """The regular expression of a language that has that use."""
    return _table()[name].get(language)
