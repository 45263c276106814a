"""The words of a sentence by which its figures can be told apart in any translation of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from extractors.checks.comparators import bound_words
from extractors.checks.function_words import word_list
from extractors.concepts import Word
from extractors.text import bare

__all__ = ["find_gaps", "find_landmarks"]

Landmarks = dict[str, list[tuple[int, int]]]

_STEM = 5  # letters that words of two languages share where they are one word: industrielle, industrial
_LONG = 6
_YEAR = re.compile(r"(?:19|20)\d\d")
_STOPS = frozenset(",;:()")
_SMALL_COST = 0.25
_SYLLABLE_COST = 0.6  # a Vietnamese word has nearly two
_WORD_COST, _CLAUSE_COST, _STOP_COST, _FIGURE_COST = 1.0, 4.0, 6.0, 3.0


def find_gaps(tokens: Sequence[Word], language: str) -> list[float]:
    """How far each word is from the first: marks, conjunctions and figures part more than words do."""
    plain = _SYLLABLE_COST if language == "vi" else _WORD_COST
    return list(accumulate((_cost(word, plain) for word in tokens), initial=0.0))


def _cost(word: Word, plain: float) -> float:
    if word.text in _STOPS:
        return _STOP_COST
    if word.text[0].isdigit():
        return _FIGURE_COST
    if word.text in word_list("small"):
        return _SMALL_COST
    return _CLAUSE_COST if word.text in word_list("clause") else plain


def find_landmarks(
    text: str, tokens: Sequence[Word], concepts: Sequence[tuple[int, int, str]], language: str
) -> Landmarks:
    """Each landmark with its places, as the words from the first to the one behind the last.

    They are what the table of concepts and the packs know, the way figures move and are bounded, years, and words that
    are the same in both languages (names) or begin alike.
    """
    found: Landmarks = {}
    taken: set[int] = set()
    for start, end, key in concepts:
        if key.startswith("#") and taken.issuperset(range(start, end)):
            continue  # a topic of the packs for what the table has a word for
        found.setdefault(key, []).append((start, end))
        taken.update(range(start, end))
    for at, word in enumerate(tokens):
        if _YEAR.fullmatch(word.text):
            found.setdefault(word.text, []).append((at, at + 1))
        elif at not in taken and word.text[0].isalpha():
            capital = text[word.start].isupper()
            if capital and len(word.text) > 1:
                found.setdefault(f"={bare(word.text)}", []).append((at, at + 1))
            if len(word.text) >= _LONG and language != "vi":
                found.setdefault(f"~{bare(word.text)[:_STEM]}", []).append((at, at + 1))
    at = 0
    for start, kind in bound_words(text, language):
        while at + 1 < len(tokens) and tokens[at + 1].start <= start:
            at += 1
        found.setdefault(f">{kind}", []).append((at, at + 1))
    return found
