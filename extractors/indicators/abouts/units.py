"""The units of an article: where they are named, what lies in what, which a word like "the province" stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from extractors.indicators.sentences.clauses import Mention
from extractors.types import Unit

__all__ = ["KnownUnits"]

_OFFICES = frozenset({"government", "party", "security", "mass_organization"})  # they report on their place
_SPEAKERS = frozenset({"peoples_committee", "peoples_council", "party_committee", "party_standing_committee",
                       "party_executive_committee", "statistics_office", "national_assembly_delegation"})  # fmt: skip
_REPORTERS = frozenset({"department", "ministry", "agency", "inspectorate", "party_board", "party_office",
                        "council_committee", "inspection_commission", "steering_committee",
                        "working_group"})  # fmt: skip
_BODY = "body"  # stands for every type but those of places
_OPENING = 2  # lines: a unit of the title or the lead counts twice
_LOOK_BACK = 60  # mentions before a word that it may refer back to
_REFERRED = 3  # units that a word may stand for
_PLACING = 25  # characters between a unit and the one that places it: ", located in the "
_RECENT = 24  # mentions of a paragraph that count


class KnownUnits:
    """The units of an article but its media, with the places that they are named at."""

    def __init__(self, units: Sequence[Unit], lower: str) -> None:
        self.by_id = {unit.id: unit for unit in units if unit.class_ != "media"}
        self._lower = lower
        rows = (Mention(m.start, m.end, u.id) for u in self.by_id.values() for m in u.mentions)
        self.mentions = tuple(sorted(rows, key=lambda m: (m.start, -m.end)))
        self.main = self._find_main()
        self.first = dict(self.named(self.mentions[0].unit)) if self.mentions else {}

    def group(self, unit: str) -> str:
        """`A` for an administrative place, `S` for an office that speaks for one, `D` for one that reports on it, `O`
        for other offices, which have business of their own, else `B`."""
        one = self.by_id[unit]
        if one.class_ not in _OFFICES:
            return "A" if one.class_ == "administrative" else "B"
        return "S" if one.type in _SPEAKERS else "D" if one.type in _REPORTERS else "O"

    def named(self, unit: str) -> list[tuple[str, str]]:
        """The units that the name of one speaks of: itself (`d`), the place that it is an office of (`o` and the group
        of the office)."""
        place = self._place(unit)
        return [(unit, "d"), (place, f"o{self.group(unit)}")] if place and place != unit else [(unit, "d")]

    def above(self, unit: str) -> Iterator[str]:
        """What the unit belongs to, at whatever level."""
        seen: set[str] = set()
        here = self.by_id[unit].parent
        while here is not None and here not in seen and here in self.by_id:
            yield here
            seen.add(here)
            here = self.by_id[here].parent

    def is_within(self, inner: str, outer: str) -> bool:
        """Whether a unit belongs to another, at whatever level."""
        return outer in self.above(inner)

    def of_paragraph(self, start: int) -> tuple[Sequence[Mention], bool]:
        """The last mentions of the paragraph before a place, and whether they are all that there are."""
        line = self._lower.rfind("\n", 0, start) + 1
        first, here = (bisect_left(self.mentions, place, key=lambda m: m.start) for place in (line, start))
        near = self.mentions[max(first, here - _RECENT) : here]
        placed = {second.start for one, second in pairwise(near) if self._places(one, second)}
        return [m for m in near if m.start not in placed], here - first <= _RECENT

    def _places(self, inner: Mention, outer: Mention) -> bool:
        """Whether a unit only says where the one right before it is: "the A cooperative in B district", "A (B)"."""
        between = self._lower[inner.end : outer.start]
        if len(between) > _PLACING or any(mark in between for mark in ";:.\n"):
            return False
        return between == " (" or self.is_within(inner.unit, outer.unit)

    def referred(self, types: frozenset[str], at: int) -> list[tuple[str, str]]:
        """The units that a word for some types may stand for: the place of the article, then the last before it first
        (`r0`, `r1`, …); else those that come later (`f`)."""
        here = bisect_left(self.mentions, at, key=lambda m: m.start)
        found: dict[str, str] = {self.main: "r0"} if self.main and self._fits(self.main, types) else {}
        for mention in self.mentions[max(0, here - _LOOK_BACK) : here][::-1]:
            if len(found) < _REFERRED and (unit := self._of_types(mention.unit, types)):
                found.setdefault(unit, f"r{len(found)}")
        if not found:
            later = (self._of_types(m.unit, types) for m in islice(self.mentions, here, here + _LOOK_BACK))
            found = dict.fromkeys(islice((unit for unit in later if unit), _REFERRED), "f")
        return list(found.items())

    def _of_types(self, unit: str, types: frozenset[str]) -> str | None:
        """The unit, or what it belongs to, that is of one of the types."""
        return next((one for one in (unit, *self.above(unit)) if self._fits(one, types)), None)

    def _fits(self, unit: str, types: frozenset[str]) -> bool:
        one = self.by_id[unit]
        return one.type in types or one.class_ in types or (_BODY in types and one.class_ != "administrative")

    def _place(self, unit: str) -> str | None:
        """The place of an office, of a subdivision of it too, None where none is known; any other unit itself."""
        above = (unit, *self.above(unit))
        return next((one for one in above if self.by_id[one].class_ not in _OFFICES), None)

    def _find_main(self) -> str | None:
        """The place that the article names most, its offices counted with it."""
        opening = -1
        for _ in range(_OPENING):
            opening = self._lower.find("\n", opening + 1)
        scores: Counter[str] = Counter()
        for mention in self.mentions:
            unit = self._place(mention.unit) or mention.unit
            if self.by_id[unit].class_ == "administrative":
                scores[unit] += 2 if mention.start < opening else 1
        return max(scores, key=scores.__getitem__, default=None)
