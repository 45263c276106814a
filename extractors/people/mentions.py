"""A person as they stand in the text."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from extractors.names import gender_of_name
from extractors.people.offices import Office
from extractors.people.titles import beginning
from extractors.tokens import Match
from extractors.units.mentions import name_key


@dataclass(slots=True, eq=False)
class PersonMention:
    """A name at tokens `start:end`, the honorifics before it, and the offices given to it here."""

    start: int
    end: int
    name: str
    honorifics: tuple[Match, ...]
    rule: str
    offices: list[tuple[Office, str]] = field(default_factory=list)

    @property
    def begin(self) -> int:
        """The token at which the honorifics, or without them the name, begin."""
        return beginning(self.start, self.honorifics)

    @property
    def doubtful(self) -> bool:
        """Whether nothing but the look of the name speaks for a person, so that a place of that name comes first."""
        return self.rule in ("person.surname", "person.list", "person.highland") and not self.offices

    def can_be_place(self, places: Set[str]) -> bool:
        """Whether nothing but a profession stands before the name of one of the places: nông dân Di Linh."""
        professions = all(found.entry.key == "profession" for found in self.honorifics)
        return professions and not self.offices and self.rule != "person.surname" and name_key(self.name) in places

    @property
    def gender(self) -> str:
        for found in self.honorifics:
            if found.entry.gender:
                return found.entry.gender
        return gender_of_name(self.name.split())
