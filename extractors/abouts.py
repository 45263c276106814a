"""Which unit a figure is about."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.clauses import Mention, Piece
from extractors.figures import FigureLexicon
from extractors.readings import next_figure, previous_figure
from extractors.types import Unit

__all__ = ["Units"]

_NOT_ABOUT = frozenset({"than", "plan", "annual", "average", "year_ago"})
_OFFICES = frozenset({"government", "party", "security", "mass_organization"})


class Units:
    """The units of an article, asked for the one that a figure is about."""

    def __init__(self, units: Sequence[Unit], lower: str, lexicon: FigureLexicon) -> None:
        self._by_id = {unit.id: unit for unit in units}
        self._lower = lower
        self._references = lexicon.references
        rows = sorted(
            (Mention(m.start, m.end, unit.id) for unit in units for m in unit.mentions),
            key=lambda m: (m.start, -m.end),
        )
        self.mentions = tuple(rows)

    def find(self, pieces: Sequence[Piece], at: int, before: str | None) -> str | None:
        """The id of the unit named in the figure's clause, else of the figure before, else of the sentence."""
        if paired := self._paired(pieces, at):
            return paired
        floor = previous_figure(pieces, at)
        for index in range(at - 1, floor, -1):
            if unit := self._unit(pieces, index):
                return unit
        for index in range(at + 1, next_figure(pieces, at)):
            piece = pieces[index]
            if piece.kind == "mark" and piece.text in ",;.:(":
                break
            if unit := self._unit(pieces, index):
                return unit
        if before:
            return before
        return self._governing(pieces[at].start)

    def _unit(self, pieces: Sequence[Piece], index: int) -> str | None:
        piece = pieces[index]
        if any(p.kinds & _NOT_ABOUT for p in pieces[max(0, index - 3) : index]):
            return None
        if piece.kind == "unit":
            return str(piece.ref)
        if "reference" in piece.kinds:
            return self._referred(piece)
        return None

    def _referred(self, piece: Piece) -> str | None:
        """The unit of the type that a back-reference names: the last before it, else the one most often named."""
        types = self._references.get(piece.text, ())
        last = None
        for mention in self.mentions:
            if mention.start >= piece.start:
                break
            if self._by_id[mention.unit].type in types:
                last = mention.unit
        return last

    def _paired(self, pieces: Sequence[Piece], at: int) -> str | None:
        """The unit in the same place of a list before a list of figures: "A, B and C reached 1 %, 2 % and 3 %"."""
        group = [at]
        while (left := previous_figure(pieces, group[0])) >= 0 and _joined(pieces[left + 1 : group[0]]):
            group.insert(0, left)
        while (right := next_figure(pieces, group[-1])) < len(pieces) and _joined(pieces[group[-1] + 1 : right]):
            group.append(right)
        if len(group) < 2:
            return None
        floor = previous_figure(pieces, group[0])
        listed = [str(p.ref) for p in pieces[floor + 1 : group[0]] if p.kind == "unit"]
        listed = listed[-len(group) :]
        return listed[group.index(at)] if len(listed) == len(group) else None

    def _governing(self, at: int) -> str | None:
        """The unit last named before the figure in its paragraph; of an office, the place that it is of."""
        line = self._lower.rfind("\n", 0, at) + 1
        before = [m for m in self.mentions if line <= m.start < at]
        chosen = before[0].unit if before else (self.mentions[0].unit if self.mentions else None)
        return self._place(chosen) if chosen else None

    def _place(self, unit: str) -> str:
        seen = {unit}
        while self._by_id[unit].class_ in _OFFICES:
            parent = self._by_id[unit].parent
            if parent is None or parent in seen or parent not in self._by_id:
                break
            seen.add(parent)
            unit = parent
        return unit


def _joined(between: Sequence[Piece]) -> bool:
    return len(between) <= 3 and all(p.kind == "mark" and p.text == "," or p.kinds & {"conj", "respectively"} for p in between)
