"""What two articles that tell one story have in common in any language: names and figures, never words."""

from __future__ import annotations

from extractors.editions.side import Side
from extractors.editions.words import canonical
from extractors.types import Record

__all__ = ["fingerprint", "likeness"]

_TELLING = 3  # digits that count: smaller figures come in any two articles
_BROAD = frozenset({"province", "city"})  # places that hundreds of articles name


def fingerprint(record: Record) -> frozenset[str]:
    """The people (full names without diacritics), the official codes of places, and the telling figures of a record."""
    people = {
        f"person:{''.join(map(canonical, person.name.split()))}" for person in record.people if " " in person.name
    }
    places = {f"place:{unit.code}" for unit in record.units if unit.code and unit.type not in _BROAD}
    return frozenset(people | places | set(_figures(record)))


def _figures(record: Record) -> set[str]:
    telling = (one for one in Side(record).quantities if not one.soft)
    return {
        f"figure:{one.value.normalize():f}{one.mark}"
        for one in telling
        if len(one.plain[0].normalize().as_tuple().digits) >= _TELLING
    }


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of two fingerprints is common, 0 to 1 (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0
