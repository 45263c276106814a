"""Fractions that a sentence writes as words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.checks.conventions import Conventions
from extractors.checks.number_words import NumberWord

__all__ = ["Share", "find_shares"]

_OF = "phần"  # Vietnamese: hai phần ba


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction in words at `start:end`: two thirds, half."""

    start: int
    end: int
    upper: int
    lower: int


def find_shares(sentence: str, words: Sequence[NumberWord], rules: Conventions) -> list[Share]:
    """The fractions that are written as words.

    >>> from extractors.checks.side import Side
    >>> [(s.upper, s.lower) for s in Side("Two thirds came, half left, a quarter in the third quarter", "en").shares]
    [(2, 3), (1, 2), (1, 4)]
    >>> [(s.upper, s.lower) for s in Side("hơn ba phần tư số hộ, một nửa số thôn, nửa đầu năm", "vi").shares]
    [(3, 4), (1, 2)]
    """
    found = list(_shares(words, rules))
    if not found or not rules.not_fractions:
        return found
    others = {at for match in rules.not_fractions.finditer(sentence.lower()) for at in range(*match.span())}
    return [share for share in found if share.end - 1 not in others]


def _shares(words: Sequence[NumberWord], rules: Conventions) -> Iterator[Share]:
    for at, one in enumerate(words):
        before = words[at - 1] if at else None
        after = words[at + 1] if at + 1 < len(words) else None
        if one.word == _OF and before and after:
            upper, lower = rules.cardinals.get(before.word, 0), rules.cardinals.get(after.word, 0)
            if 0 < upper < lower:
                yield Share(before.start, after.end, upper, lower)
            continue
        parts = rules.fractions.get(one.word)
        if parts is None or (before and before.word in rules.ordinals and parts > 2):
            continue
        upper = 0
        if before:
            upper = 1 if before.word in rules.articles else rules.cardinals.get(before.word, 0)
        if parts == 2:
            yield Share(before.start if before and upper == 1 else one.start, one.end, 1, 2)
        elif 0 < upper < parts:
            assert before
            yield Share(before.start, one.end, upper, parts)
        elif one.word not in rules.ordinals and not upper and not rules.articles:
            yield Share(one.start, one.end, 1, parts)
