"""Two figures of which a translation has turned the order round: from 20 to 25 became from 25 to 20."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from service.translate.figures import Figure
from service.translate.function_words import any_of
from service.translate.side import Side

__all__ = ["find_turned"]

_AND = frozenset({"and", "và", "und", "et", "e", "y"})
_DASH = re.compile(r"\s?[-–—]\s?")
_BETWEEN = re.compile(r"[^\d,;.()]{1,40}")  # the unit of the first, and the word before the second
_WINDOW = 40  # characters before a figure in which the word before it stands


class _Words(NamedTuple):
    """What ends right before the start of a change, right before its end, and is between a part and its whole."""

    start: re.Pattern[str]
    end: re.Pattern[str]
    part: re.Pattern[str]


@lru_cache(maxsize=16)
def _words(language: str) -> _Words | None:
    begins, ends, of = (any_of(name, language) for name in ("from", "to", "of"))
    if begins is None or ends is None or of is None:
        return None
    gap = r"(?:\s+(?!and\b)[^\W\d]{2,8})?[\s\u00a0$€]*\Z"  # a word for a bound
    return _Words(
        re.compile(rf"(?<!\w)({begins}){gap}", re.IGNORECASE),
        re.compile(rf"(?<!\w)({ends}){gap}", re.IGNORECASE),
        re.compile(rf"\s?(?:/|{of})\s?", re.IGNORECASE),
    )


def find_turned(pairs: Sequence[tuple[Figure, Figure]], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The starts of a change or range that the translation makes its end, and parts that it makes wholes."""
    ours, theirs = _words(source.language), _words(target.language)
    if ours is None or theirs is None:
        return
    for (a, b), (c, d) in pairwise(pairs):
        if a.readings[0] == c.readings[0]:
            continue
        if _is_part(source, a, c, ours) and _is_part(target, d, b, theirs):
            yield a, "a part and its whole are turned round"
        elif _is_range(source, a, c, ours) and _is_turned(target, b, d, theirs):
            yield a, "the two ends are turned round"


def _is_turned(side: Side, first: Figure, last: Figure, words: _Words) -> bool:
    """Whether the end of a change stands where its start should."""
    if last.start < first.start:
        return _is_range(side, last, first, words)
    start, end = (bool(words.start.search(side.text, max(0, f.start - _WINDOW), f.start)) for f in (first, last))
    return end and not start and not _is_range(side, first, last, words)


def _is_range(side: Side, first: Figure, last: Figure, words: _Words) -> bool:
    """Whether the second figure is where a change or a range goes that begins with the first."""
    if _DASH.fullmatch(side.text, first.end, last.start):
        return True
    if not _BETWEEN.fullmatch(side.text, first.end, last.start):
        return False
    match = words.end.search(side.text, first.end, last.start)
    if match is None or match[1].lower() not in _AND:
        return match is not None
    return words.start.search(side.text, max(0, first.start - _WINDOW), first.start) is not None


def _is_part(side: Side, part: Figure, whole: Figure, words: _Words) -> bool:
    """Whether the first figure is a part of the second: two of five."""
    return words.part.fullmatch(side.text, part.end, whole.start) is not None
