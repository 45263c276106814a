"""Two figures of which a translation has turned the order round: from 20 to 25 became from 25 to 20."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from service.translate.figures import Figure
from service.translate.side import Side

__all__ = ["find_turned"]

Role = Literal["from", "to", ""]
_FROM = {
    "en": "from|between|against|compared with|compared to|versus",
    "vi": "từ|giữa|từ mức|so với",
    "de": "von|zwischen|gegenüber|nach|statt",
    "fr": "de|entre|contre",
    "pt": "de|entre|ante|contra",
    "es": "de|entre|frente a|desde",
}
_TO = {
    "en": "to|up to|and",
    "vi": "đến|tới|lên|xuống|còn|lên đến|lên tới|xuống còn|và|thành",
    "de": "auf|bis|und",
    "fr": "à|et|jusqu'à",
    "pt": "para|a|até|e",
    "es": "a|hasta|y",
}
_AND = frozenset({"and", "và", "und", "et", "e", "y"})
_DASH = re.compile(r"\s?[-–—]\s?")
_BETWEEN = re.compile(r"[^\d,;.()]{1,40}")  # the unit of the first, and the word before the second
_WINDOW = 40


def find_turned(pairs: Sequence[tuple[Figure, Figure]], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The starts of a change or range of the source that the translation makes its end, or the other way round."""
    if source.language not in _FROM or target.language not in _FROM:
        return
    for (a, b), (c, d) in pairwise(pairs):
        if a.readings[0] == c.readings[0] or not _is_range(source, a, c):
            continue
        first, last = (b, d) if b.start < d.start else (d, b)
        if first is d and _is_range(target, d, b):
            yield a, "the two ends are turned round"
        elif first is b and _role(target, d) == "from" and _role(target, b) != "from" and not _is_range(target, b, d):
            if _role(source, a) == "from" and _role(source, c) == "to":
                yield a, "the two ends are turned round"


def _is_range(side: Side, one: Figure, following: Figure) -> bool:
    """Whether the second figure is where a change or a range goes that begins with the first."""
    between = side.text[one.end : following.start]
    if _DASH.fullmatch(between):
        return True
    if not _BETWEEN.fullmatch(between):
        return False
    match = _before(side.language)[1].search(side.text, one.end, following.start)
    if match is None:
        return False
    return match[1].lower() not in _AND or _role(side, one) == "from"


def _role(side: Side, figure: Figure) -> Role:
    start = max(0, figure.start - _WINDOW)
    begins, ends = _before(side.language)
    if begins.search(side.text, start, figure.start):
        return "from"
    return "to" if ends.search(side.text, start, figure.start) else ""


@lru_cache(maxsize=16)
def _before(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands right before the start, and before the end of a change; a word for a bound may stand between."""
    gap = r"(?:\s+(?!and\b)[^\W\d]{2,8})?[\s\u00a0$€]*\Z"
    names = [
        re.compile(rf"(?<!\w)({'|'.join(sorted(words[language].split('|'), key=len, reverse=True))}){gap}", re.IGNORECASE)
        for words in (_FROM, _TO)
    ]
    return names[0], names[1]
