"""The administrative units of Vietnam, before and since the reform of 1 July 2025 (see docs/places.md)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date as Date
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from sys import intern
from typing import Literal, NamedTuple

from ..packs import read_table
from .names import exact_key, folded_key, has_diacritics, key_of_number, key_of_word

Level = Literal["province", "district", "commune"]

BEFORE, SINCE = "2025-06", "2025-07"
REFORM = Date(2025, 7, 1)  # Resolution 202/2025/QH15
CITY_OF_HUE = Date(2025, 1, 1)  # until then Huế was a city of the province Thừa Thiên Huế (Resolution 175/2024/QH15)
LONGEST = 6  # words of the longest name, "Văn Miếu - Quốc Tử Giám" with its dash
WORDS = {
    "province": "tỉnh",
    "city": "thành phố",
    "urban_district": "quận",
    "district": "huyện",
    "town": "thị xã",
    "township": "thị trấn",
    "ward": "phường",
    "commune": "xã",
    "special_zone": "đặc khu",
}
_LEVELS: dict[int, Level] = {2: "province", 3: "district", 5: "commune"}  # by the digits of the code
_NUMBER = re.compile(r"\d+|[IVX]+")
_MEMORY = 8_192  # names: an article asks for each of its own again and again
_HERE = Path(__file__).parent


class Place(NamedTuple):
    """An administrative unit. A code means something only with its version: codes were used again.

    `name` is without the type word, "1" for Phường 1. `parent` is a code of the same version, `successors` are codes
    of the version since the reform: where the unit's land went, of a district where its communes went.
    """

    version: str
    code: str
    level: Level
    type: str
    name: str
    parent: str | None
    successors: tuple[str, ...]


class Gazetteer:
    """Finds units by name or code."""

    def __init__(self, units: str, aliases: Sequence[dict[str, str]], provinces: Sequence[dict[str, str]]) -> None:
        self._named: dict[str, list[Place]] = defaultdict(list)
        for line in units.splitlines():
            key, place = _parse(line)
            self._named[key].append(place)
        self._by_code = {(place.version, place.code): place for places in self._named.values() for place in places}
        self._sources = _sources(self._by_code.values())
        self._aliases: dict[str, list[dict[str, str]]] = defaultdict(list)
        for alias in aliases:
            self._aliases[folded_key(alias["name"])].append(alias)
        self._keys = frozenset((*self._named, *self._aliases))
        self._openings = sorted(self._keys)
        self._iso = {(v, p[c]): p["iso"] for p in provinces for v, c in ((BEFORE, "before"), (SINCE, "since")) if p[c]}
        self._by_iso = {(version, iso): code for (version, code), iso in self._iso.items()}
        self._remembered = lru_cache(maxsize=_MEMORY)(self._find)
        self._spelt = lru_cache(maxsize=_MEMORY)(self._find_spelt)
        self.may_begin = lru_cache(maxsize=_MEMORY)(self._may_begin)

    def get(self, code: str, *, version: str) -> Place | None:
        """The unit with this code, None where the version has none."""
        return self._by_code.get((version, code))

    def find(
        self,
        name: str,
        *,
        version: str,
        types: Collection[str] = (),
        level: Level | None = None,
        within: str | None = None,
        folded: bool = False,
    ) -> tuple[Place, ...]:
        """The units of this name, without its type word, in the order of their codes.

        A name with diacritics finds units spelt like it, one without any those spelt like it or, where there are none,
        those that would be without diacritics; with `folded` these always, for texts that write none. `types` allows
        only these, `province` any unit of that level. `within` is the code of a province or district.
        """
        if folded_key(name) not in self._keys:
            return ()
        return self._remembered(name, version, frozenset(types), level, within, folded)

    def _find(
        self, name: str, version: str, types: frozenset[str], level: Level | None, within: str | None, folded: bool
    ) -> tuple[Place, ...]:
        return tuple(
            p
            for p in self._spelt(name, version, folded)
            if (not types or _allowed(p, types))
            and (level is None or p.level == level)
            and (within is None or self.is_within(p, within))
        )

    def _find_spelt(self, name: str, version: str, folded: bool) -> tuple[Place, ...]:
        """The units whose name is spelt so, of whatever type and level."""
        key = folded_key(name)
        named = [p for p in self._named.get(key, ()) if p.version == version]
        plain = not has_diacritics(name)
        exact = exact_key(name)
        hits = [p for p in named if exact_key(p.name) == exact]
        if plain and (folded or not hits):
            spaced = [p for p in named if exact_key(p.name).count(" ") == exact.count(" ")]
            hits = spaced or named
        return tuple(dict.fromkeys(hits + self._alias(key, exact, plain, version)))

    def longest_name(
        self, words: Sequence[str], *, version: str, level: Level | None = None, within: str | None = None
    ) -> int:
        """How many of the first words are the longest known name, 0 where none is."""
        for count in self.known_lengths(words[: LONGEST + 2 * ("-" in words)]):  # Hồ-Chí-Minh-Stadt
            name = " ".join(words[:count])
            if words[count - 1][-1:].isalnum() and self.find(name, version=version, level=level, within=within):
                return count
        return 0

    def known_lengths(self, words: Sequence[str]) -> list[int]:
        """How many of the first words are a known name, of any version, level and spelling; the most first."""
        if not words or not self.may_begin(words[0]):
            return []
        keys = accumulate(map(key_of_word, words))
        return [count for count, key in enumerate(keys, 1) if key_of_number(key) in self._keys][::-1]

    def _may_begin(self, word: str) -> bool:
        """Whether a known name may begin with the word: most words with a capital are ruled out by it."""
        opening = folded_key(word)
        at = bisect_left(self._openings, opening)
        return opening.isdecimal() or (at < len(self._openings) and self._openings[at].startswith(opening))

    def parent(self, place: Place) -> Place | None:
        """The unit that this one is part of, None for a province."""
        return self.get(place.parent, version=place.version) if place.parent else None

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """The units that this one is part of, the nearest first."""
        found = []
        while parent := self.parent(place):
            found.append(parent)
            place = parent
        return tuple(found)

    def is_within(self, place: Place, code: str) -> bool:
        """Whether a province or district of the place's own version, with this code, holds the place."""
        above: Place | None = place
        while above is not None and above.parent != code:
            above = self.parent(above)
        return above is not None

    def province(self, place: Place) -> Place:
        """The province that the unit is in, or is."""
        return (place, *self.ancestors(place))[-1]

    def successors(self, place: Place) -> tuple[Place, ...]:
        """The units that its land belongs to since the reform; empty for a unit of the new version."""
        return tuple(p for code in place.successors if (p := self.get(code, version=SINCE)))

    def predecessors(self, place: Place) -> tuple[Place, ...]:
        """The old communes (island districts, provinces) whose land it took over; empty for an old unit."""
        sources = self._sources.get(place.code, ()) if place.version == SINCE else ()
        return tuple(p for code in sources if (p := self.get(code, version=BEFORE)))

    def stands(self, place: Place) -> bool:
        """Whether the reform left the unit as it was: name, type and land."""
        if place.version == SINCE or len(place.successors) != 1:
            return place.version == SINCE
        new = self.successors(place)[0]
        same = (new.level, new.type, new.name) == (place.level, place.type, place.name)
        return same and self.predecessors(new) == (place,)

    def iso(self, place: Place) -> str | None:
        """The ISO 3166-2 code of a province, None for other units."""
        return self._iso.get((place.version, place.code))

    def province_of_iso(self, iso: str, *, version: str) -> Place | None:
        """The province with this ISO code; since the reform also the one that took it over."""
        if code := self._by_iso.get((version, iso)):
            return self.get(code, version=version)
        if version == SINCE and (old := self.province_of_iso(iso, version=BEFORE)):
            return self.successors(old)[0]
        return None

    def province_by_name(self, name: str, *, version: str) -> Place | None:
        """The province or centrally run city of this name, None where there is not exactly one."""
        found = self.find(name, version=version, level="province")
        return found[0] if len(found) == 1 else None

    def _alias(self, key: str, exact: str, plain: bool, version: str) -> list[Place]:
        column = "before" if version == BEFORE else "since"
        return [
            place
            for alias in self._aliases.get(key, ())
            if (plain or exact_key(alias["name"]) == exact) and (place := self.get(alias[column], version=version))
        ]


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer of all units, read once."""
    return Gazetteer(
        (_HERE / "units.tsv").read_text(encoding="utf-8"),
        read_table(_HERE / "aliases.csv", ("name", "before", "since")),
        read_table(_HERE / "provinces.csv", ("iso", "name", "before", "since")),
    )


def version_at(date: Date) -> str:
    """The version of the units on a day."""
    return SINCE if date >= REFORM else BEFORE


def label(place: Place, *, date: Date | None = None) -> str:
    """The official name with its type word, on a day where a date is given.

    >>> label(Place("2025-06", "02479", "commune", "commune", "Lang Quán", "075", ("02473",)))
    'xã Lang Quán'
    """
    if date and date < CITY_OF_HUE and (place.level, place.code) == ("province", "46"):
        return "tỉnh Thừa Thiên Huế"
    word = WORDS[place.type]
    return f"{word.capitalize() if _NUMBER.fullmatch(place.name) else word} {place.name}"


def _allowed(place: Place, types: Collection[str]) -> bool:
    return place.type in types or (place.level == "province" and "province" in types)


def _parse(line: str) -> tuple[str, Place]:
    """A row of the table: the key of the name, the unit."""
    key, version, code, type_, name, parent, successors = line.split("\t")
    place = Place(
        intern(version), code, _LEVELS[len(code)], intern(type_), name, parent or None, tuple(successors.split())
    )
    return key, place


def _sources(places: Iterable[Place]) -> dict[str, list[str]]:
    """The codes of the old units that each new one was made from."""
    ordered = sorted(places, key=lambda place: place.code)
    parents = {place.parent for place in ordered if place.version == BEFORE}
    sources: dict[str, list[str]] = defaultdict(list)
    for place in ordered:
        # Of districts only the five islands without communes (Lý Sơn, Côn Đảo …), which became special zones.
        if place.level != "district" or place.code not in parents:
            for successor in place.successors:
                sources[successor].append(place.code)
    return sources
