"""The words of a text as names are compared: without diacritics, elisions and possessive endings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.text import fold

__all__ = ["Word", "canonical", "distance", "read_words", "words_between"]

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_ELISION = re.compile(r"(?:qu|[cdjlmnst])['’]")  # small letters only: D'Ran, H'Luin and K'Srắt are names
_POSSESSIVE = re.compile(r"['’]s?$")
_LOOSE = str.maketrans({"y": "i", "-": None, "'": None})
_HARD_C = re.compile("c(?!h)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `start:end` of the text; `key` is what it is compared by."""

    start: int
    end: int
    key: str
    capital: bool


@lru_cache(maxsize=65_536)
def canonical(word: str) -> str:
    """What two spellings of one Vietnamese name share: no diacritics, y as i, c as k, no apostrophes.

    The papers themselves write Lý and Lí, Đắc Lắc and Đắk Lắk, H'Mông and HMông.

    >>> canonical("Lý"), canonical("Đắc"), canonical("H'Nguyệt")
    ('li', 'dak', 'hnguiet')
    """
    return _HARD_C.sub("k", fold(word).translate(_LOOSE))


def read_words(text: str) -> tuple[Word, ...]:
    """The words of a text in order. Hyphens part words, apostrophes inside a name do not."""
    words = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        if elision := _ELISION.match(text, start, end):
            start = elision.end()
        if possessive := _POSSESSIVE.search(text[start:end]):
            end = start + possessive.start()
        if start < end:
            words.append(Word(start, end, canonical(text[start:end]), text[start].isupper()))
    return tuple(words)


def words_between(words: Sequence[Word], start: int, end: int) -> range:
    """The indices of the words that begin in `start:end`."""
    first = bisect_left(words, start, key=lambda word: word.start)
    return range(first, bisect_left(words, end, lo=first, key=lambda word: word.start))


@lru_cache(maxsize=65_536)
def distance(one: str, other: str) -> int:
    """How many letters have to be put in, taken out or replaced to make one word the other (Levenshtein).

    >>> distance("khai", "khoi"), distance("pham", "pam"), distance("an", "an")
    (1, 1, 0)
    """
    if one == other:
        return 0
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row, above = [i], row
        for j, b in enumerate(other, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b)))
    return row[-1]


def keys(words: Iterable[Word]) -> tuple[str, ...]:
    """What a run of words is compared by."""
    return tuple(word.key for word in words)
