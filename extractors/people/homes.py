"""Which of the bodies named before an office without a stated unit is held in: by its word, by what bodies have it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from extractors.people.offices import Office
from extractors.text import fold
from extractors.tokens import Tokens
from extractors.units.groups import UnitGroup, UnitGroups
from extractors.units.mentions import UnitMention

_SHORTEST_WORD = 3  # letters of a body in an office's compound: Amts|leiter


@dataclass(frozen=True, slots=True)
class _Table:
    """What homes.toml says: types of bodies by office, those that lack an office, offices by how they are held."""

    types: Mapping[str, tuple[str, ...]]
    barred: Mapping[str, tuple[str, ...]]
    alike: tuple[tuple[str, ...], ...]
    party: tuple[str, ...]
    anywhere: frozenset[str]
    homeless: frozenset[str]


@cache
def _table() -> _Table:
    data = tomllib.loads((Path(__file__).parent / "homes.toml").read_text(encoding="utf-8"))
    groups = data["groups"]

    def types(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(found for name in names for found in (types(groups[name]) if name in groups else (name,)))

    return _Table(
        types={office: types(names) for office, names in data["offices"].items()},
        barred={office: types(names) for office, names in data["barred"].items()},
        alike=(types(["schools"]), types(["media"])),
        party=types(["party"]),
        anywhere=frozenset(data["anywhere"]),
        homeless=frozenset(data["homeless"]),
    )


def alike(type_: str) -> tuple[str, ...]:
    """The types that a word for one of them can mean: the school is a college, too, an editor's paper a broadcaster."""
    return next((types for types in _table().alike if type_ in types), (type_,))


class Homes:
    """Finds the homes of the offices of one article."""

    def __init__(self, tokens: Tokens, units: UnitGroups) -> None:
        self.t = tokens
        self.units = units
        self.table = _table()

    def of(self, office: Office) -> UnitGroup | None:
        """The unit of an office that the text gives none beside."""
        word = office.entry.key.removeprefix("deputy_")
        since = self.t.paragraph_start(office.start)
        if word in self.table.homeless:
            its = self.t.is_word(office.start - 1, "its")
            return self.units.last_of(office.start, since=since) if its else None
        if word == "village_head":
            return self.units.near_place(office.start, "village", since=since)
        noun = self._noun(office.entry.form)
        named = self.units.last_named(office.start, noun) if noun else self._holding(office)
        if named is not None or (noun and " " not in noun):
            return named  # Tổ trưởng of the Tổ công nghệ số named before
        types = self._types(office, word)
        found = self.units.last_of(office.start, types=types, barred=self.table.barred.get(word, ()), since=since)
        if found is None and self.t.is_word(office.start - 1, "its"):
            found = self.units.last_of(office.start, since=since)
        if found is None and types and word not in self.table.anywhere:
            found = self.units.only_of(types)
        return self.units.sibling(found, types[0]) if found is not None and types[:1] == self.table.party[:1] else found

    def meant_by(self, index: int) -> UnitGroup | None:
        """The body that a noun for any body at the token takes up: director of [the agency]."""
        closed = not self.t.is_word(index + 1, "body_of", "of") and self.t.kind(index + 1) not in "CU"
        return self.units.last_of(index) if closed and self.t.is_word(index, "any_body") else None

    def called(self, index: int, noun: str) -> UnitGroup | None:
        """The body named last before the token whose head ends in the noun: the society, of a Red Cross Society."""
        noun = fold(noun)
        return self._last(index, lambda head: any(word.endswith(noun) for word in head.split()) or head == noun)

    def _holding(self, office: Office) -> UnitGroup | None:
        """The body that the office's word names: Stationschef of the Grenzschutzstation, chef de poste of a Poste."""
        if self.t.pack.diacritics:
            return None
        words = fold(office.entry.form).replace("-", " ").split()
        return self._last(office.start, lambda head: any(_names(word, head) for word in words))

    def _last(self, index: int, fits: Callable[[str], bool]) -> UnitGroup | None:
        """The body named last before the token whose head fits."""
        for mention in reversed(self.units.mentions):
            if mention.start < index and not mention.is_place and fits(self._head(mention)):
                return self.units.group_of[mention]
        return None

    def _head(self, mention: UnitMention) -> str:
        return fold(mention.name if self.t.pack.diacritics else mention.entry.form).replace("-", " ")

    def _types(self, office: Office, word: str) -> tuple[str, ...]:
        class_ = office.entry.class_
        return alike(class_) if class_ else self.table.types.get(word, ())

    def _noun(self, form: str) -> str:
        """The word for the body in a title like Tổ trưởng, Trưởng Ban; empty where there is none."""
        words = form.lower().split()
        chiefs, bodiless = self.t.pack.words["chief"], self.t.pack.words["no_body"]
        rest = [word for word in words if word not in chiefs]
        return " ".join(rest) if 0 < len(rest) < len(words) and rest[0] not in bodiless else ""


@lru_cache(maxsize=16_384)
def _names(word: str, head: str) -> bool:
    """Whether an office's word begins with the end of a body's head, or is one of its words: chef de [poste]."""
    for noun in head.split():
        ends = (noun[-length:] for length in range(_SHORTEST_WORD, min(len(noun), len(word)) + 1))
        if any(word.startswith(end) for end in ends):
            return True
    return False
