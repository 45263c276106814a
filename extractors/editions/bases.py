"""What the records' indicators say of a figure that both sides have: against what, and whether it is a change."""

from __future__ import annotations

import re
from functools import cached_property

from extractors.editions.quantities import Quantity
from extractors.editions.side import Side
from extractors.types import Indicator

__all__ = ["Bases"]

_SURE = 0.7  # confidence from which on a reading is compared
_SHORT = re.compile(
    r"[^.;:\n]{0,40}?\b(?:tháng|quý|tuần|months?|quarters?|weeks?|vormonat|vorquartal|vorwoche|monat|quartal|mois|trimestre"
    r"|semaine)",
    re.IGNORECASE,
)
_OF = {
    "annual_plan": "the plan",
    "plan": "the plan",
    "same_period_last_year": "the same period",
    "previous_period": "the period before",
}


class Bases:
    """The percentages of a record by where they stand."""

    def __init__(self, side: Side) -> None:
        self._side = side

    @cached_property
    def _known(self) -> dict[int, Indicator]:
        sure = [one for one in self._side.record.indicators if one.kind == "percentage" and one.confidence >= _SURE]
        return {one.evidence.end: one for one in sure} if self._side.pack else {}

    def _basis(self, one: Indicator) -> str | None:
        """What a figure is of or against; the year before is as well the same period."""
        end = one.evidence.end
        if one.basis == "previous_period" and not _SHORT.match(self._side.text, end):
            return _OF["same_period_last_year"]
        return _OF.get(one.basis or "")

    def differs(self, one: Quantity, theirs: Bases, other: Quantity) -> str | None:
        """How the basis changed where both sides surely state one, or a change against a plan became a share of it."""
        ours, given = self._known.get(one.end), theirs._known.get(other.end)
        if ours is None or given is None:
            return None
        bases = self._basis(ours), theirs._basis(given)
        if None in bases:
            return None
        if bases[0] != bases[1]:
            return f"of or against {bases[0]} became of or against {bases[1]}"
        if (
            bases[0] == "the plan"
            and "level" in (ours.direction, given.direction)
            and ours.direction != given.direction
        ):
            return "a change became a level" if given.direction == "level" else "a level became a change"
        return None
