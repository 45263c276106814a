"""Numbers and fractions in words that the other side of a translation does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from extractors.checks.conversions import is_converted
from extractors.checks.figures import worth
from extractors.checks.listed import counts_names
from extractors.checks.losses import Loss
from extractors.checks.numerals import Numeral
from extractors.checks.shares import Share
from extractors.checks.side import Side

__all__ = ["find_unspoken"]

_CLOCK = re.compile(r"\b[ap]\.?m\b|[Uu]hr\b", re.IGNORECASE)
_NAMED_MONTHS = frozenset({3, 6, 12})  # a quarter, a half-year, a year
_REPEATED = 3  # two things may be called "both" or "they" the second time
_NEAR = 1.0  # percent between a fraction and the percentage that it was written as
_RATIO = re.compile(r"(?<![\d/.,])(\d{1,3}) ?/ ?(\d{1,3})(?![\d/]|[.,]\d)")


def find_unspoken(source: Side, target: Side) -> list[Loss]:
    """Numbers and fractions that one side writes as words and the other not at all, or not as often."""
    losses = list(_changed_multiples(source, target))
    losses += [_loss(source, found, added=False) for found in _missing(source, target)]
    return losses + [_loss(source, found, added=True, by=target) for found in _missing(target, source)]


def _changed_multiples(source: Side, target: Side) -> Iterator[Loss]:
    """What doubled in the source and tripled in the translation."""
    ours, theirs = source.multiples, target.multiples
    if ours and theirs and not set(ours) & set(theirs):
        wrong, right = min(theirs), min(ours)
        if target.undated[wrong] > source.undated[wrong] and source.undated[right] > target.undated[right]:
            yield Loss("number_lost", 0, len(source.text), f"{right} times became {wrong} times")


def _loss(source: Side, found: Numeral | Share, *, added: bool, by: Side | None = None) -> Loss:
    text = (by or source).text[found.start : found.end]
    return (
        Loss("number_added", 0, len(source.text), text) if added else Loss("number_lost", found.start, found.end, text)
    )


def _missing(one: Side, other: Side) -> Iterator[Numeral | Share]:
    if one.numerals:
        yield from _missing_numerals(one, other)
    if one.shares:
        yield from _missing_shares(one, other)


def _missing_numerals(one: Side, other: Side) -> Iterator[Numeral]:
    said = Counter(numeral.value for numeral in one.numerals)
    late = bool(_CLOCK.search(other.text) or _CLOCK.search(one.text))
    for numeral in one.numerals:
        value = Decimal(numeral.value)
        if not numeral.sure or _is_named(one, numeral):
            continue
        there = other.undated[numeral.value] + other.digits[value]
        here = said[numeral.value] + one.digits[value]
        if there and (there >= here or numeral.value < _REPEATED):
            continue
        if value in other.idioms:
            continue
        if late and not there and (other.digits[value + 12] or other.digits[value - 12]):
            continue
        if numeral.value == 1000 and any(figure.mark == "‰" for figure in other.figures):
            continue
        if not there and any(worth(f) == value for f in other.figures if f.scale):
            continue
        if not there and _is_percentage(one, numeral, other):
            continue
        if is_converted(one, one.spoken(numeral), other) or counts_names(one.text, numeral.end, numeral.value):
            continue
        yield numeral


def _is_percentage(one: Side, numeral: Numeral, other: Side) -> bool:
    """Whether a number is part of a ratio that the other side has in percent."""
    ratios = [100 * part.value / whole.value for part, whole in one.ratios if numeral in (part, whole)]
    ratios += [100 / numeral.value] * (numeral.value in one.one_of)
    return any(f.mark == "%" and abs(float(worth(f)) - ratio) < _NEAR for f in other.figures for ratio in ratios)


def _is_named(one: Side, numeral: Numeral) -> bool:
    """Whether what is counted has a word of its own: three months are a quarter."""
    month = one.rules.month if one.rules else None
    return bool(month and numeral.value in _NAMED_MONTHS and month.match(one.text, numeral.end))


def _missing_shares(one: Side, other: Side) -> Iterator[Share]:
    left = Counter((share.upper, share.lower) for share in other.shares)
    left.update((int(m[1]), int(m[2])) for m in _RATIO.finditer(other.text))
    percentages = [figure.readings[0][-1].value for figure in other.figures if figure.mark == "%"]
    spelled = {numeral.value for numeral in other.numerals} | {int(value) for value in other.digits if value < 100}
    for share in one.shares:
        ratio = share.upper, share.lower
        if left[ratio] > 0:
            left[ratio] -= 1
            continue
        if any(abs(float(value) - 100 * share.upper / share.lower) < _NEAR for value in percentages):
            continue
        if share.lower in spelled and (share.upper == 1 or share.upper in spelled):
            continue  # one in five, every fifth
        if one.idioms and any(worth(figure) in one.idioms for figure in other.figures):
            continue  # half a million
        if share.lower == 2 and other.says_half:
            continue
        if is_converted(one, one.spoken(share), other):
            continue
        yield share
