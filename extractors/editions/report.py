"""What the comparison of an edition with its original gives: the shape that the contract has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from extractors.types import Record, Span

__all__ = ["Conflict", "ConflictKind", "NamePair", "Report", "SentencePair"]

ConflictKind = Literal["figure", "name", "role", "missing", "added"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Where the edition says something else than the original; a side is None where it says nothing."""

    kind: ConflictKind
    original: Span | None
    edition: Span | None
    message: str


@dataclass(frozen=True, slots=True)
class SentencePair:
    """One or more sentences of the original and those that say the same in the edition, as offsets."""

    original: tuple[int, int]
    edition: tuple[int, int]


@dataclass(frozen=True, slots=True)
class NamePair:
    """The edition's spelling of a name and the original's."""

    edition: str
    original: str


@dataclass(frozen=True, slots=True)
class Report:
    """An edition beside its original. Offsets count code points of each record's `text`."""

    original: Record
    edition: Record
    sentences: tuple[SentencePair, ...]
    people: tuple[NamePair, ...]
    units: tuple[NamePair, ...]
    conflicts: tuple[Conflict, ...]

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON: `{original, edition, sentences, people, units, conflicts}`."""
        return {
            "original": _head(self.original),
            "edition": _head(self.edition),
            "sentences": [{"original": [*pair.original], "edition": [*pair.edition]} for pair in self.sentences],
            "people": [{"edition": pair.edition, "original": pair.original} for pair in self.people],
            "units": [{"edition": pair.edition, "original": pair.original} for pair in self.units],
            "conflicts": [
                {
                    "kind": conflict.kind,
                    "original": _span(conflict.original),
                    "edition": _span(conflict.edition),
                    "message": conflict.message,
                }
                for conflict in self.conflicts
            ],
        }


def _head(record: Record) -> dict[str, Any]:
    """Which record a side is."""
    return {
        "id": record.id,
        "url": record.canonical_url or record.url,
        "input": record.processing.input,
        "language": record.language,
        "title": record.title,
    }


def _span(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"start": span.start, "end": span.end, "text": span.text}
