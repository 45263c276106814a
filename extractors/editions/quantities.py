"""The figures of a text, read with their scale and percent sign; dates, ranks and codes are told apart from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from extractors.conventions import PART_OF, Convention, convention
from extractors.conventions import SPACES as _SPACES
from extractors.editions.dates import find_masks

__all__ = ["Quantity", "is_end", "read_quantities"]

Mark = Literal["", "%"]
_PACKED = ".,"
_LIST = re.compile(
    rf"[\s{_SPACES}]*(?:-|–|—|,|;|và|đến|tới|lên|xuống|und|bis|auf|to|and|or|et|à|ou|e|a|y)[\s{_SPACES}]*", re.I
)
_HALF = Decimal("0.5")
_RANGE = re.compile(rf"[\s{_SPACES}]*(?:-|–|—|đến|tới|bis|to|à|a)[\s{_SPACES}]*", re.I)
_CHAIN = re.compile(rf"[\s{_SPACES}]*(?:và|und|and|et)?[\s{_SPACES}]*", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at `start:end` with its scale word and percent sign; `number` is where the digits end.

    `values` are what it can be worth, the likeliest first; `plain` the same without the scale. `soft` where it is
    a date, a rank, a time or a code: it can explain a figure of the other side, but is none.
    """

    start: int
    end: int
    number: int
    values: tuple[Decimal, ...]
    plain: tuple[Decimal, ...]
    scale: int = 0
    mark: Mark = ""
    soft: bool = False

    @property
    def value(self) -> Decimal:
        return self.values[0]


def read_quantities(text: str, language: str, named: Iterable[tuple[int, int]]) -> tuple[Quantity, ...]:
    """The figures of a text in order; a bare number inside one of the `named` spans is part of a name."""
    rules = convention(language)
    masked, inside = (
        {at for start, end in spans for at in range(start, end)} for spans in (find_masks(text, language), named)
    )
    found: list[Quantity] = []
    for match in rules.number.finditer(text):
        for one in _read(text, match, rules):
            part = one.start in inside and not (one.mark or one.scale)  # "Vân Trung 640 triệu USD" names no number
            found.append(replace(one, soft=True) if one.start in masked or part or _is_year(one) else one)
    return tuple(_merge(text, _inherit(text, found)))


def _read(text: str, match: re.Match[str], rules: Convention) -> Iterator[Quantity]:
    """The quantity of a match; several soft ones where it is no number (1.2.3)."""
    plain = read_values(match.group(), rules.decimal)
    if not plain:
        for part in re.finditer(r"\d+", match.group()):
            start = match.start() + part.start()
            value = (Decimal(part.group()),)
            yield Quantity(start, start + len(part.group()), start + len(part.group()), value, value, soft=True)
        return
    scale, end = 0, match.end()
    halved = rules.and_half.match(text, end)
    if halved:  # 2 năm rưỡi, 3½; what counts the halves stays outside
        plain = (plain[0] + _HALF, *plain)
        end = halved.end() if rules.scale and rules.scale.match(text, halved.end()) else end
    while rules.scale and (word := rules.scale.match(text, end)):
        scale += rules.scales[word[1].lower()]
        end = word.end()
    if scale and not halved and (half := rules.and_half.match(text, end)):  # 3 triệu rưỡi
        plain, end = (plain[0] + _HALF,), half.end()
    mark: Mark = ""
    if sign := rules.percent.match(text, end):
        mark, end = "%", sign.end()
    values = tuple(value.scaleb(scale) for value in plain)
    yield Quantity(match.start(), end, match.end(), values, plain, scale, mark)


def read_values(digits: str, decimal: str) -> tuple[Decimal, ...]:
    """What digits with signs can be worth, by the decimal sign of the language; both readings where it is unknown.

    >>> read_values("8.249,702", ","), read_values("2.614", ","), read_values("2.614", ".")
    ((Decimal('8249.702'),), (Decimal('2614'),), (Decimal('2.614'),))
    >>> read_values("7.15", ","), read_values("1.2.3", ",")
    ((Decimal('7.15'),), ())
    """
    digits = re.sub(rf"[{_SPACES} ]", "", digits)
    signs = [c for c in digits if c in _PACKED]
    if not signs:
        return (Decimal(digits),)
    parts = re.split("[.,]", digits)
    grouped = 1 <= len(parts[0]) <= 3 and parts[0][0] != "0" and all(len(part) == 3 for part in parts[1:])
    whole, fraction = Decimal("".join(parts)), Decimal("".join(parts[:-1]) + "." + parts[-1])
    if len(set(signs)) == 2:
        head = all(len(part) == 3 for part in parts[1:-1]) and signs.count(signs[-1]) == 1
        return (fraction,) if head else ()
    if len(signs) > 1:
        return (whole,) if grouped else ()
    if not grouped or signs[0] == decimal:
        return (fraction,)
    return (whole,) if decimal else (whole, fraction)


_YEARS = range(1900, 2101)  # a bare number of this size is a year


def _is_year(one: Quantity) -> bool:
    return one.number - one.start == 4 and one.end == one.number and int(one.plain[0]) in _YEARS


def _inherit(text: str, found: list[Quantity]) -> list[Quantity]:
    """The numbers of a range or list with the percent sign of the last, and perhaps its scale ("5-6%", "2 và 3 tỷ")."""
    linked = False  # whether the number behind is itself one of a list: "5, 6 và 7%", not "27, 6% weniger"
    for i in range(len(found) - 2, -1, -1):
        one, following = found[i], found[i + 1]
        bare = not one.mark and not one.scale and (following.mark or following.scale)
        link = bool(bare and not following.soft and _LIST.fullmatch(text, one.end, following.start))
        linked = link and (linked or text[one.end : following.start].strip() not in (",", ";"))
        if linked:
            scaled = tuple(value.scaleb(following.scale) for value in one.plain) if following.scale else ()
            ranged = text[one.end : following.start].strip() in ("-", "–", "—")
            found[i] = replace(
                one,
                values=(*scaled, *one.values),
                mark=following.mark,
                soft=one.soft and not (ranged and following.mark),
            )
    return _share(text, found)


def is_end(text: str, one: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether a figure is one of the two ends of a range: 120.000-150.000, from 8 to 12 million."""
    at = quantities.index(one)
    pairs = pairwise(quantities[max(0, at - 1) : at + 2])
    return any(_RANGE.fullmatch(text, a.end, b.start) for a, b in pairs if not (a.soft or b.soft or a.value >= b.value))


def _share(text: str, found: list[Quantity]) -> list[Quantity]:
    """A part and its whole with the scale that only the other of them bears."""
    for i, (one, following) in enumerate(pairwise(list(found))):
        if one.mark or following.mark or one.soft or following.soft or bool(one.scale) == bool(following.scale):
            continue
        if PART_OF.fullmatch(text, one.end, following.start):
            bare, scale = (i + 1, one.scale) if one.scale else (i, following.scale)
            scaled = tuple(value.scaleb(scale) for value in found[bare].plain)
            found[bare] = replace(found[bare], values=tuple(dict.fromkeys((*found[bare].values, *scaled))))
    return found


def _merge(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """ "2 tỷ 500 triệu" is one figure."""
    last: Quantity | None = None
    for one in found:
        chain = last and one.scale and one.scale < last.scale and not one.soft
        if last and chain and _CHAIN.fullmatch(text, last.end, one.start) and one.value < Decimal(10) ** last.scale:
            value = (last.value + one.value,)
            last = replace(last, end=one.end, number=one.number, values=value, plain=value)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
