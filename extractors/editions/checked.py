"""What the check of translated sentences says of a pair of texts: it has to agree, and sees what others do not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from extractors.checks.calendars import read_calendar
from extractors.checks.check import check_figures
from extractors.checks.conventions import conventions
from extractors.checks.losses import Loss
from extractors.editions.align import Block
from extractors.editions.quantities import Quantity
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.types import Span

__all__ = ["Checked"]

_Range = tuple[int, int]
# What is reported as it is: that a figure is denied, a month, a day of the week, a rate (a day, a month), an exchange.
_TIMES = "minute|hour|day|week|month|quarter|year"
_SURE = re.compile(
    r"(?P<month>month \d+ became (?P<other>\d+))|day of the week \d became \d"
    r"|.+: (?:not is (?:lost|added)|day and month are turned round|early became late|late became early"
    r"|(?P<exchanged>exchanged with .+)"
    rf"|a (?:{_TIMES}) became a (?:{_TIMES}))"
)
# What only this check reads: how a figure in per mille moves.
_PERMILLE = re.compile(r"[\s\u00a0\u202f]?(?:‰|phần (?:nghìn|ngàn))")
_WAYS = re.compile(r".+: (?:up became down|down became up)")
_RANGE = re.compile(r"\d(?:[/-]\d{1,2})?\s*(?:-|–|đến|tới|đến ngày)\s*\Z")  # before the second of two days
_TWO = 2  # losses: a number that is gone, and one that came
_SMALL = 11  # smaller numbers come and go ("a hundred", "both")
_LEAST = re.compile(r"\d+(?=[\s\u00a0\u202f]+[^\W\d_]{3})")  # a bare number before what it counts


class _Checked(NamedTuple):
    original: _Range
    edition: _Range
    losses: tuple[Loss, ...]  # with places in the whole text
    repaired: bool


class Checked:
    """The blocks of two texts, each checked as a sentence and its translation."""

    def __init__(self, ours: Side, theirs: Side, blocks: Sequence[Block]) -> None:
        self.ours, self.theirs = ours, theirs
        self._blocks = blocks if all(conventions(side.language) for side in (ours, theirs)) else ()

    @cached_property
    def _all(self) -> list[_Checked]:
        return [self._check(b) for b in self._blocks if b.original[0] < b.original[1] and b.edition[0] < b.edition[1]]

    def _check(self, block: Block) -> _Checked:
        start, end = self.ours.sentences[block.original[0]][0], self.ours.sentences[block.original[1] - 1][1]
        there = self.theirs.sentences[block.edition[0]][0], self.theirs.sentences[block.edition[1] - 1][1]
        sentences = self.ours.text[start:end], self.theirs.text[slice(*there)]
        losses, edits = check_figures(*sentences, (self.ours.language, self.theirs.language))
        placed = tuple(replace(loss, start=loss.start + start, end=loss.end + start) for loss in losses)
        return _Checked((start, end), there, placed, bool(edits))

    def _of_original(self, at: int) -> _Checked | None:
        """The block that a place in the original is in."""
        number = bisect_right(self._all, at, key=lambda block: block.original[0]) - 1
        return self._all[number] if number >= 0 and at < self._all[number].original[1] else None

    def agrees(self, one: Quantity) -> bool:
        """Whether something is wrong with a figure of the original by this check too, or nothing can be said."""
        block = self._of_original(one.start)
        return block is None or block.repaired or any(x.start < one.end and one.start < x.end for x in block.losses)

    def agrees_anywhere(self, one: Quantity) -> bool:
        """Whether anything is wrong with the sentence of a figure of the original, or nothing can be said."""
        block = self._of_original(one.start)
        return block is None or block.repaired or bool(block.losses)

    def agrees_added(self, one: Quantity) -> bool:
        """The same of a figure that the edition alone has."""
        number = bisect_right(self._all, one.start, key=lambda block: block.edition[0]) - 1
        block = self._all[number] if number >= 0 and one.start < self._all[number].edition[1] else None
        return block is None or block.repaired or any(x.code == "number_added" for x in block.losses)

    def conflicts(self, known: Sequence[Conflict]) -> Iterator[Conflict]:
        """What this check alone has found, where nothing is `known` of the sentence's figure yet."""
        ours = sorted((one.original for one in known if one.original), key=lambda span: span.start)
        theirs = sorted((one.edition for one in known if one.edition), key=lambda span: span.start)
        for block in self._all:
            lost = [x for x in block.losses if x.code != "number_added"]
            taken = list(_inside(ours, block.original))
            for loss in lost:
                if any(span.start < loss.end and loss.start < span.end for span in taken):
                    continue
                span = self.ours.span(loss.start, loss.end)
                if there := self._place(block, loss):
                    yield Conflict("figure", span, there, f"{loss.detail} in {there.text!r}")
                    taken.append(span)
                elif self._is_end(loss):
                    yield Conflict("figure", span, None, f"the edition lacks {span.text}, the end of a range")
            if not lost:
                yield from self._added(block, _inside(theirs, block.edition))

    def _place(self, block: _Checked, loss: Loss) -> Span | None:
        """Where the edition says otherwise what is surely wrong; None for all else."""
        found = _SURE.match(loss.detail)
        if found is None and _PERMILLE.match(self.ours.text, loss.end):
            found = _WAYS.match(loss.detail)
        if found is None:
            return self._share(block, loss)
        groups = found.groupdict()
        if groups.get("month"):
            calendar = read_calendar(self.theirs.text[slice(*block.edition)], self.theirs.language)
            at = next((at for at, key in calendar.places if key == f"month {groups['other']}"), 0)
            return self._word(block.edition[0] + at)
        if groups.get("exchanged") and not self._is_turned(block, loss):
            return None
        values = {v for q in _between(self.ours, (loss.start, loss.end)) for v in q.values}
        for one in _between(self.theirs, block.edition):
            if values & set(one.values):
                return self.theirs.span(one.start, one.end)
        return self.theirs.span(*block.edition)

    def _is_turned(self, block: _Checked, loss: Loss) -> bool:
        """Whether the two figures that are said to be exchanged come in the other order, with none between them."""
        text = loss.detail.rpartition(" ")[2]
        ours = [q for q in _between(self.ours, block.original) if not q.soft]
        theirs = [q for q in _between(self.theirs, block.edition) if not q.soft]
        one = next((n for n, q in enumerate(ours) if loss.start <= q.start < loss.end), None)
        if one is None or not ours[one + 1 : one + 2] or not self.ours.text.startswith(text, ours[one + 1].start):
            return False
        pair = [ours[one + 1].value, ours[one].value]
        return any([a.value, b.value] == pair for a, b in pairwise(theirs))

    def _share(self, block: _Checked, loss: Loss) -> Span | None:
        """The fraction or number in words that has come in place of another one."""
        if len(block.losses) != _TWO or not loss.detail[:1].isalpha() or " " not in loss.detail:
            return None
        said = [x for x in block.losses if x.code == "number_added" and x.detail[:1].isalpha()]
        if len(said) != 1:
            return None
        at = self.theirs.text.find(said[0].detail, *block.edition)
        return self.theirs.span(at, at + len(said[0].detail)) if at >= 0 else None

    def _is_end(self, loss: Loss) -> bool:
        """Whether what is lost is the second of two days: từ ngày 8 đến 13/3."""
        return loss.detail.isdigit() and bool(_RANGE.search(self.ours.text, max(0, loss.start - 12), loss.start))

    def _added(self, block: _Checked, known: Sequence[Span]) -> Iterator[Conflict]:
        """The bare numbers of things that the original has nowhere."""
        for loss in block.losses:
            if not (number := _LEAST.match(loss.detail)) or int(number[0]) < _SMALL:
                continue
            here = (q for q in _between(self.theirs, block.edition) if not q.soft)
            places = [q for q in here if self.theirs.text[q.start : q.end] == number[0]]
            for one in places[:1]:
                span = self.theirs.span(one.start, one.end)
                if one.value not in self._values and not any(s.start < span.end and span.start < s.end for s in known):
                    yield Conflict("figure", None, span, f"the original has no {loss.detail}")

    @cached_property
    def _values(self) -> frozenset[Decimal]:
        """Whatever the figures of the original can be worth."""
        return frozenset(value for one in self.ours.quantities for value in (*one.values, *one.plain))

    def _word(self, at: int) -> Span:
        end = next((m.end() for m in re.finditer(r"\w+", self.theirs.text[at : at + 40])), 1)
        return self.theirs.span(at, at + end)


def _between(side: Side, span: _Range) -> Sequence[Quantity]:
    """The figures that begin in a stretch of text."""
    first = bisect_left(side.quantities, span[0], key=lambda one: one.start)
    return side.quantities[first : bisect_left(side.quantities, span[1], lo=first, key=lambda one: one.start)]


def _inside(spans: Sequence[Span], within: _Range) -> Sequence[Span]:
    """The spans, in order, that begin in a stretch of text."""
    first = bisect_left(spans, within[0], key=lambda span: span.start)
    return spans[first : bisect_left(spans, within[1], lo=first, key=lambda span: span.start)]
