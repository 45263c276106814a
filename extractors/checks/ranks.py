"""Ranks that a translation makes numbers of things, and numbers that it makes ranks: the fifth became five."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.checks.figures import Figure
from extractors.checks.function_words import word_list
from extractors.checks.side import Side
from extractors.concepts import concepts

__all__ = ["find_changed_ranks", "is_rank"]

_Pair = tuple[Figure, Figure]


def find_changed_ranks(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The ranks of the source that its translation counts, and what it counts and its translation ranks."""
    for a, b in pairs:
        ours, theirs = is_rank(source, a), is_rank(target, b)
        if ours == theirs or source.is_date(a) or target.is_date(b):
            continue
        if ours and _counts(target, b, loosely=True) and not _before(source, a) & word_list("every"):
            yield a, "a rank became a number"
        elif theirs and _counts(source, a, loosely=False) and not _before(target, b) & word_list("every"):
            yield a, "a number became a rank"


def is_rank(side: Side, figure: Figure) -> bool:
    """Whether a figure, in digits or in words, says the place in an order."""
    spoken = next((n for n in side.numerals if n.start == figure.start), None)
    return spoken.ordinal if spoken else side.is_rank(figure)


def _before(side: Side, figure: Figure) -> set[str]:
    at = side.word_at(figure)
    return {word.text for word in side.tokens[max(0, at - 2) : at]}


def _counts(side: Side, figure: Figure, *, loosely: bool) -> bool:
    """Whether a number stands right before what it counts; loosely: before any word that can be that."""
    at = side.word_behind(figure)
    if figure.mark or figure.scale or at >= len(side.tokens):
        return False
    counted = any(key in concepts() and concepts()[key].kind == "counted" for key in side.concept_at(at))
    if counted or not loosely or _before(side, figure) & word_list("rank"):
        return counted
    word = side.tokens[at].text
    return word[0].isalpha() and word not in word_list("not_counted")
