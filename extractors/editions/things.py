"""What a figure measures or counts, and whether the edition has made another thing of it: tonnes of kilos."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from extractors.concepts import Concept, Word, concepts, find_concepts, find_words
from extractors.conventions import PART_OF
from extractors.editions.quantities import Quantity
from extractors.editions.side import Side

__all__ = ["Things"]

_Pair = tuple[Quantity, Quantity]
_RANGE = re.compile(r"\s?(?:-|–|—|to|bis|à|a|đến|tới|and|und|et|và)\s?\d+(?:[.,]\d+)*(?!\d)", re.IGNORECASE)
_NEAR = 3  # words between a figure and what it counts: 125 poor ethnic households
_CROSSED = 160  # characters between two figures of one list


class Things:
    """Reads the things of a text."""

    def __init__(self, side: Side) -> None:
        self.side = side

    @cached_property
    def _words(self) -> list[Word]:
        return find_words(self.side.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self._words]

    @cached_property
    def _known(self) -> dict[int, tuple[int, Concept]]:
        """The things by their first word, with the word behind their last."""
        found: dict[int, tuple[int, Concept]] = {}
        for start, end, key in find_concepts(self._words, self.side.language):
            if key in concepts() and concepts()[key].kind != "subject":
                found.setdefault(start, (end, concepts()[key]))
        return found

    def at(self, one: Quantity) -> Concept | None:
        """The measure right behind a figure, or what it counts; None where another figure or a mark comes first."""
        ranged = _RANGE.match(self.side.text, one.end)  # 3 - 4 tấn
        first = bisect_left(self._starts, ranged.end() if ranged else one.end)
        for at in range(first, min(first + _NEAR, len(self._words))):
            if at in self._known:
                thing = self._known[at][1]
                return thing if at == first or not thing.is_measure else None
            if not self._words[at].text[0].isalpha():
                return None
        return None

    def per(self, one: Quantity) -> Concept | None:
        """The measure for each of which a figure holds: 180.000 VND/kg, 62,5 tấn/ha."""
        first = bisect_left(self._starts, one.end)
        for at in range(first, min(first + _NEAR, len(self._words) - 1)):
            if self._words[at].text == "/":
                known = self._known.get(at + 1)
                return known[1] if known and known[1].is_measure else None
        return None

    def amount(self, one: Quantity) -> tuple[str, Decimal] | None:
        """The kind of a measure and how much of it there is, in its smallest unit."""
        thing = None if one.mark else self.at(one)
        return (thing.kind, one.value * thing.size) if thing and thing.is_measure and thing.kind != "money" else None

    def differs(self, one: Quantity, theirs: Things, other: Quantity) -> str | None:
        """How the same number has become one of another measure."""
        if one.mark or other.mark or one.value != other.value:
            return None
        for a, b in ((self.at(one), theirs.at(other)), (self.per(one), theirs.per(other))):
            if a and b and a.is_measure and b.is_measure and a.kind == b.kind and a.kind != "time" and a.key != b.key:
                return f"{a.key} became {b.key}".replace("_", " ")
        return None

    def find_exchanged(self, theirs: Things, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
        """Plain numbers that count each other's things: 15 classes and 525 pupils, 525 classes and 15 pupils."""
        plain = [(x, y) for x, y in pairs if not (x.mark or x.scale or y.mark or y.scale)]
        for (x, y), (v, w) in pairwise(plain):
            if v.start - x.end > _CROSSED or x.value == v.value or self._is_ratio(x, v) or theirs._is_ratio(y, w):
                continue
            ours, given = (self.at(x), self.at(v)), (theirs.at(y), theirs.at(w))
            if _is_crossed(ours, given):
                yield from ((x, w), (v, y))

    def _is_ratio(self, one: Quantity, other: Quantity) -> bool:
        """Whether two figures are a part and its whole, which one word may count: 34/36 children."""
        first, last = sorted((one, other), key=lambda figure: figure.start)
        return PART_OF.fullmatch(self.side.text, first.end, last.start) is not None


def _is_crossed(ours: tuple[Concept | None, Concept | None], given: tuple[Concept | None, Concept | None]) -> bool:
    """Whether things went to the other number, and none stayed with its own; one alone if people are no other word."""
    if ours[0] == ours[1] or given[0] == given[1]:
        return False
    moved = [a is not None and a == b for a, b in ((ours[0], given[1]), (ours[1], given[0]))]
    stayed = [a is not None and a == b for a, b in zip(ours, given, strict=True)]
    sure = all(moved) or any(
        thing and thing.like not in _COMMON for thing, gone in zip(ours, moved, strict=True) if gone
    )
    return sure and not any(stayed)


_COMMON = frozenset({"people", "~people", "home"})  # which texts call by many words
