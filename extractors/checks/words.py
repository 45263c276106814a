"""Numbers that a sentence writes as words or in Roman numerals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extractors.checks.conventions import Conventions, conventions

__all__ = ["count_words", "find_romans"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ROMAN = re.compile(
    r"\b(?=[IVX]{2})(X{0,3})(IX|IV|V?I{0,3})(?=(?:e|ème|er|nd|rd|th|º|ª)?\b)"
)  # a single letter is as often no number
_AND = frozenset({"e", "und", "et", "y"})  # between the parts of a number: vinte e cinco
_NEAR = 60  # characters on either side of a numeral that hold the words next to it
_HALF = 50  # what figures.toml gives words for a half
_ROMAN_VALUES = {"": 0, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


def count_words(sentence: str, language: str) -> Counter[int]:
    """How often each value is written as a word (a number, a month), and could stand for it."""
    rules = conventions(language)
    if rules is None:
        return Counter()
    if rules.not_words:
        sentence = rules.not_words.sub(" ", sentence)
    counts: Counter[int] = Counter()
    for value in _word_values(sentence, rules):
        counts[value] += 1
    return counts


def find_romans(sentence: str) -> list[tuple[int, int, int]]:
    """Roman numerals from II to XXXIX: start, end, value. Not in a headline in capitals, where "VI PHẠM" is a word."""
    return [
        (match.start(), match.end(), 10 * len(match[1]) + _ROMAN_VALUES[match[2]])
        for match in _ROMAN.finditer(sentence)
        if not (
            _capitals(sentence[max(0, match.start() - _NEAR) : match.start()].split(" ")[-2:])
            or _capitals(sentence[match.end() : match.end() + _NEAR].split(" ")[:2])
        )
    ]


def _capitals(words: list[str]) -> bool:
    return any(word.isalpha() and word.isupper() and len(word) > 1 and not _ROMAN.fullmatch(word) for word in words)


def _word_values(sentence: str, rules: Conventions) -> Iterator[int]:
    previous: frozenset[int] = frozenset()
    for word in _WORD.findall(sentence.lower()):
        if word in rules.scales:  # "một vạn", "eine halbe Milliarde"
            scale = 10 ** rules.scales[word]
            yield from (scale // 2 if value == _HALF else value * scale for value in previous)
        if word in _AND:
            continue
        values = rules.words.get(word, frozenset())
        pieces = word.split("-") if "-" in word else word.split("und", 1)  # vingt-cinq, einundzwanzig
        parts = [] if values else [rules.words[piece] for piece in pieces if piece in rules.words]
        for part in parts:
            yield from part
        if len(parts) == 2:
            yield from (a + b for a in parts[0] for b in parts[1])
        yield from values
        # "hai mươi lăm": units after tens, tens being a unit before "mươi" or a word of their own
        yield from (a + b for a in previous if a >= 20 for b in values if b < 10)
        yield from (10 * a + b for a in previous if 1 < a < 10 for b in values if b < 10)
        previous = values or (frozenset(10 * a for a in previous) if word == "mươi" else frozenset())
        if word == "mươi":
            yield from previous
        elif word in rules.articles:  # a billion
            previous = frozenset({1})
