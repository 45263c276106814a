"""Figures in a sentence, read by the conventions of its language (`figures.toml`), and written by another's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extractors.checks.conventions import UNKNOWN, Conventions, conventions
from extractors.conventions import PART_OF, SPACES

__all__ = ["Figure", "Number", "find_figures", "is_year", "worth", "write"]

Mark = Literal["", "%", "‰", "pp", "points"]
_NARROW = "\u202f"


@dataclass(frozen=True, slots=True)
class Number:
    """The digits of a number before and after its decimal sign; `grouped` where thousands were parted."""

    integer: str
    fraction: str = ""
    grouped: bool = False

    @property
    def value(self) -> Decimal:
        return Decimal(f"{self.integer}.{self.fraction or 0}")


@dataclass(frozen=True, slots=True)
class Figure:
    """Digits at `start:end` of a sentence. Each of `readings` is the numbers that they can stand for, likeliest first.

    `scale` is the power of ten that the words after it add; `mark` tells a percentage, percentage
    points, and points that may be those or a score.
    Both are `inherited` where only the next figure of a range or list bears them. `styled`: written by convention.
    """

    start: int
    end: int
    readings: tuple[tuple[Number, ...], ...]
    styled: bool
    scale: int = 0
    mark: Mark = ""
    inherited: bool = False


# A space may group (8 249 702) or part two figures ("tháng 7 150 hộ"): both are readings.
_FIGURES = re.compile(rf"(?<![\d.,])\d{{1,3}}(?:[{SPACES} ]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")

_SQUARE = re.compile(r"(?<![^\W\d_])[cdkm]?m[23]\Z")  # square and cubic metres: no figure of their own


def find_figures(sentence: str, language: str) -> list[Figure]:
    """Every figure written in digits, in order."""
    rules = conventions(language) or UNKNOWN
    found: list[Figure] = []
    for match in _FIGURES.finditer(sentence):
        if _SQUARE.search(sentence, max(0, match.start() - 4), match.end()):
            continue
        readings, styled = _read(match.group(), rules)
        scale, end = _scale(sentence, match.end(), rules)
        found.append(Figure(match.start(), match.end(), readings, styled, scale, _mark(sentence, end, rules)))
    for i in range(len(found) - 2, -1, -1):
        one, following = found[i], found[i + 1]
        bare = not one.mark and not one.scale and (following.mark or following.scale)
        if bare and rules.between.fullmatch(sentence, one.end, following.start):
            found[i] = replace(one, mark=following.mark, scale=following.scale, inherited=True)
    _share(sentence, found)
    return found


def _share(sentence: str, found: list[Figure]) -> None:
    """A part and its whole bear the scale that only the other has: 45,6/60 tỷ, 45,6 milliards de dongs sur 60."""
    for i, (one, following) in enumerate(pairwise(list(found))):
        if one.mark or following.mark or bool(one.scale) == bool(following.scale):
            continue
        if PART_OF.fullmatch(sentence, one.end, following.start):
            bare, scale = (i + 1, one.scale) if one.scale else (i, following.scale)
            found[bare] = replace(found[bare], scale=scale, inherited=True)


def _scale(sentence: str, end: int, rules: Conventions) -> tuple[int, int]:
    """The power of ten in the words from `end` on ("nghìn tỷ": 12), and where they end."""
    scale = 0
    while rules.scale and (match := rules.scale.match(sentence, end)):
        scale += rules.scales[match[1].lower()]
        end = match.end()
    return scale, end


def _mark(sentence: str, end: int, rules: Conventions) -> Mark:
    match = rules.mark.match(sentence, end)
    if not match:
        return ""
    return "pp" if match["pp"] else "%" if match["percent"] else "‰" if match["permille"] else "points"


def _read(text: str, rules: Conventions) -> tuple[tuple[tuple[Number, ...], ...], bool]:
    """The readings of digits with signs between them, and whether they follow the language's convention."""
    parts = re.split(rf"[.,{SPACES} ]", text)
    if len(parts) == 1:
        return ((Number(text),),), True
    signs = re.findall(rf"[.,{SPACES} ]", text)
    apart = tuple(Number(part) for part in parts)
    thousands = len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(part) == 3 for part in parts[1:])
    whole = ((Number("".join(parts), grouped=True),),) if thousands else ()
    if len(signs) > 1 and signs[-1] not in signs[:-1] and len(set(signs)) == 2 and signs[-1] in ".,":
        head = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:-1])
        number = Number("".join(parts[:-1]), parts[-1], grouped=True)
        return ((number,),) if head else (apart,), signs[-1] == rules.decimal or not rules.decimal
    if len(set(signs)) > 1:
        return (apart,), True
    if signs[0] not in ".,":
        return (*whole, apart), True
    fraction = ((Number(parts[0], parts[1]),),) if len(parts) == 2 else ()
    if not rules.decimal:
        return (*fraction, *whole, apart), True
    if signs[0] == rules.decimal:
        return (fraction or (*whole, apart)), bool(fraction)
    return (whole or (*fraction, apart)), bool(whole) or not fraction


def worth(figure: Figure) -> Decimal:
    """The likeliest value of a figure, with its scale."""
    return figure.readings[0][-1].value.scaleb(figure.scale)


def is_year(figure: Figure) -> bool:
    """Whether a bare number of four digits may be a year."""
    number = figure.readings[0][0]
    bare = not (figure.mark or figure.scale or number.grouped or number.fraction) and len(number.integer) == 4
    return bare and int(number.integer) in _YEARS


_YEARS = range(1900, 2101)


def write(number: Number, language: str) -> str:
    """The number as the language writes it, with the decimals that it had.

    >>> write(Number("8249", "702", grouped=True), "en"), write(Number("8249", "702", grouped=True), "de")
    ('8,249.702', '8.249,702')
    """
    rules = conventions(language) or UNKNOWN
    group = _NARROW if language == "fr" else rules.group
    integer = number.integer
    if number.grouped and len(integer) > 3:
        first = len(integer) % 3
        groups = [integer[at : at + 3] for at in range(first, len(integer), 3)]
        integer = group.join([integer[:first], *groups] if first else groups)
    return integer + (rules.decimal or ".") + number.fraction if number.fraction else integer
