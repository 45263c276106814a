"""Finds places named without a type word, and the province that an article is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta

from extractors.names import capital_run
from extractors.places import BEFORE, REFORM, SINCE, Level, Place, load, version_at
from extractors.text import fold
from extractors.tokens import Tokens
from extractors.units.mentions import LEVEL_OF, UnitMention, bare_place, name_key, types_of

_MANY_PROVINCES = 4  # a name found in more provinces than these says little about where the article is


def find_bare_places(
    tokens: Tokens, units: Sequence[UnitMention], taken: set[int], *, published: Date | None, province: str | None
) -> list[UnitMention]:
    """Places named without a type word: those that the article names with one, provinces, and what lies in them.

    Looks for provinces first, then for districts of those that are named, then for communes of those districts.
    """
    return _BarePlaces(tokens, units, taken, published, province).find()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A known name at tokens `start:end`: `typed` where the article names it with a type word, and its `places`."""

    start: int
    end: int
    name: str
    typed: bool
    places: tuple[Place, ...]


class _BarePlaces:
    def __init__(
        self,
        tokens: Tokens,
        units: Sequence[UnitMention],
        taken: set[int],
        published: Date | None,
        province: str | None,
    ) -> None:
        self.t = tokens
        self.taken = taken
        self.gazetteer = load()
        self.versions = tuple(dict.fromkeys((version_at(published) if published else SINCE, BEFORE)))
        self.typed = {name_key(m.core): m for m in units if m.is_place and m.entry.key}
        self.typed_openings = {_opening(key) for key in self.typed}
        self.places = [m for m in units if m.is_place]
        self.districts = [
            district
            for name in {m.proper for m in self.places if LEVEL_OF.get(m.entry.key) == "district"}
            for version in self.versions
            for district in self.gazetteer.find(name, version=version, level="district")
        ]
        self.holders: list[Place] = []
        for version in self.versions:
            own = self.gazetteer.province_of_iso(province, version=version) if province else None
            own = own or _province_by_vote(self.places, version)
            if own is not None:
                self.holders.append(own)

    def find(self) -> list[UnitMention]:
        candidates = [
            candidate
            for index in self.t.capitals
            if index not in self.taken and (self.t.kinds[index] == "C" or self._is_dateline(index))
            if self._may_begin(self.t.words[index])
            for candidate in self._at(index)
        ]
        found = self._pass(candidates, self._is_province, rule="unit.province")
        self._add_holders("province", [*self.places, *found])
        if not self.holders:
            found += self._pass(candidates, self._is_only_district)
            self._add_provinces_of(found)
        found += self._pass(candidates, self._is_inside)
        self._add_holders("district", [*self.places, *found])
        found += self._pass(candidates, self._is_inside)
        return found + self._pass(candidates, self._is_distant_district)

    def _may_begin(self, word: str) -> bool:
        return self.gazetteer.may_begin(word) or _opening(fold(word)) in self.typed_openings

    def _at(self, start: int) -> Iterator[_Candidate]:
        """The known names that begin at the token, no part of another mention, the longest first."""
        in_thing = not self.t.pack.diacritics and self._in_thing(start)
        if in_thing or self.t.norms[start] in self.t.pack.words["noun"]:
            return
        run = range(start, self._run(start))
        longest = next((index for index in run if index in self.taken), run.stop)
        for end in range(longest, start, -1):
            if self.t.kinds[end - 1] == "-":
                continue
            if self._names_thing(end):
                return
            name = self.t.slice(start, end)
            typed = name_key(name) in self.typed
            if self.t.pack.compounds and not typed and name.endswith("s"):
                name = self._nominative(name)
            places = tuple(p for v in self.versions for p in self.gazetteer.find(name, version=v))
            if typed or (places and self._is_written(name, start)):
                yield _Candidate(start, end, name, typed, places)

    def _nominative(self, name: str) -> str:
        """The name without the ending of the genitive, where that is a place's: die Häfen Bình Dương[s]."""
        bare = name.removesuffix("s")
        return bare if any(self.gazetteer.find(bare, version=version) for version in self.versions) else name

    def _in_thing(self, start: int) -> bool:
        """Whether a thing bears the name: am Ufer des Flusses Kien Giang."""
        one = self.t.norm(start - 1)
        things = self.t.pack.words["container"]
        return one in things or f"{self.t.norm(start - 2)} {one}" in things

    def _names_thing(self, end: int) -> bool:
        """Whether the name that ends here is a thing's in a language where names stand first: Thai Binh River."""
        return self.t.pack.capital_names and self.t.norm(end) in self.t.pack.words["container"]

    def _is_dateline(self, start: int) -> bool:
        """Whether capitals that open a paragraph are set off as the place that it is about: BÌNH LIÊU. / TIÊN YÊN —"""
        end = capital_run(self.t, start, start + 5)
        end += self.t.kind(end) == "n" and len(self.t.word(end)) == 1
        if not all(word.isalpha() for word in self.t.words[start : start + 2] if word.isupper()):
            return False  # P.V., a reporter
        return self.t.kind(start - 1) == "\n" and (self.t.kind(end) in "-:(" or self.t.word(end) == ".")

    def _pass(
        self, candidates: Iterable[_Candidate], accepts: Callable[[_Candidate], bool], *, rule: str = "unit.known"
    ) -> list[UnitMention]:
        found = []
        for candidate in candidates:
            span = range(candidate.start, candidate.end)
            if self.taken.isdisjoint(span) and (candidate.typed or accepts(candidate)):
                place = bare_place(self.t, candidate.start, candidate.end, rule=rule)
                place.name = place.proper = candidate.name
                place.core = fold(candidate.name)
                found.append(place)
                self.taken.update(span)
        return found

    def _run(self, start: int) -> int:
        """Where the capitals that start here end, a dash between blanks among them (Bà Rịa - Vũng Tàu)."""
        end = capital_run(self.t, start, start + 5)
        if self.t.kind(end) == "-" and self.t.kind(end + 1) == "C":
            return min(capital_run(self.t, end + 1, start + 7), start + 7)
        return end

    def _is_written(self, name: str, start: int) -> bool:
        """Whether the name is not in capitals, as in a headline; a dateline may be (LÂM ĐỒNG —)."""
        return not name.isupper() or self.t.begins_sentence(start)

    def _is_province(self, candidate: _Candidate) -> bool:
        """Whether it is the name of a province, and of no commune of a district elsewhere that the article names."""
        provinces = [place for place in candidate.places if place.level == "province"]
        return bool(provinces) and not any(
            commune.version == district.version
            and self.gazetteer.is_within(commune, district.code)
            and self.gazetteer.province(district) not in provinces
            for commune in candidate.places
            if commune.level == "commune"
            for district in self.districts
        )

    def _is_inside(self, candidate: _Candidate) -> bool:
        """Whether it lies in a place that the article names; one word is too little for that without an apostrophe."""
        if candidate.end - candidate.start == 1 and not set("'’") & set(candidate.name):
            return False
        return any(
            place.version == holder.version
            and place.level == _level_below(holder)
            and self.gazetteer.is_within(place, holder.code)
            for holder in self.holders
            for place in candidate.places
        )

    def _is_only_district(self, candidate: _Candidate) -> bool:
        """Whether it is the name of a district of one province alone, for an article that names no province: a name of
        two words at least, in the article's spelling, that is no part of a longer name or of a list, nor a thing's.

        Where names bear no diacritics it has to begin the sentence or to follow a word for where.
        """
        t, start, end = self.t, candidate.start, candidate.end
        joined = any(t.kind(index) in ("C", "U", "-") for index in (start - 1, end))
        listed = (t.word(end) == "," and t.kind(end + 1) == "C") or (
            t.word(start - 1) == "," and t.kind(start - 2) == "C"
        )
        if end - start < 2 or joined or listed or self._in_thing(start):
            return False
        if not (t.pack.diacritics or t.begins_sentence(start) or t.is_word(start - 1, "where")):
            return False
        return self._is_districts_name(candidate)

    def _is_distant_district(self, candidate: _Candidate) -> bool:
        """Whether a word for where stands before the name of one district alone, wherever that is: aus Lạc Sơn; a city
        may have a name of one word (à Vinh)."""
        t, start, end = self.t, candidate.start, candidate.end
        joined = any(t.kind(index) in ("C", "U", "-") for index in (start - 1, end))
        short = end - start < 2 and not any(place.type == "city" for place in candidate.places)
        if joined or short or not t.is_word(start - 1, "where") or self._in_thing(start):
            return False
        return self._is_districts_name(candidate)

    def _is_districts_name(self, candidate: _Candidate) -> bool:
        districts = {self.gazetteer.province(p) for p in candidate.places if p.level == "district"}
        return len(districts) == 1

    def _add_provinces_of(self, mentions: Iterable[UnitMention]) -> None:
        """Takes the provinces of districts that were found without one as the places that the article is about."""
        for mention in mentions:
            for version in self.versions:
                for place in self.gazetteer.find(mention.proper, version=version, level="district"):
                    if (province := self.gazetteer.province(place)) is not None:
                        self.holders.append(province)
        self.holders = list(dict.fromkeys(self.holders))

    def _add_holders(self, level: str, mentions: Iterable[UnitMention]) -> None:
        names = {m.proper for m in mentions if LEVEL_OF.get(m.entry.key, level) == level or m.entry.key == "city"}
        outer = list(self.holders)
        for name in names:
            for version in self.versions:
                if level == "province" and (place := self.gazetteer.province_by_name(name, version=version)):
                    self.holders.append(place)
            if level == "district":
                for holder in outer:
                    self.holders += self.gazetteer.find(
                        name, version=holder.version, level="district", within=holder.code
                    )
        self.holders = list(dict.fromkeys(self.holders))


def _opening(name: str) -> str:
    """The first word of a name, up to an apostrophe, where some words are cut in two."""
    return name.partition(" ")[0].partition("'")[0]


def _level_below(holder: Place) -> Level:
    return "district" if holder.level == "province" and holder.version == BEFORE else "commune"


def _province_by_vote(places: Iterable[UnitMention], version: str) -> Place | None:
    """The province in which most of the places named with a type word lie, None where that is not clear."""
    gazetteer = load()
    votes: Counter[Place] = Counter()
    for name, types in {
        (m.proper, types_of(m)) for m in places if LEVEL_OF.get(m.entry.key) in ("district", "commune")
    }:
        provinces = {gazetteer.province(place) for place in gazetteer.find(name, version=version, types=types)}
        if len(provinces) <= _MANY_PROVINCES:
            votes.update(provinces)
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


# Types that ended with the reform (cities but those that are provinces), their levels; editions call townships towns.
_ENDED: dict[str, tuple[Level, ...]] = {
    "district": ("district",),
    "urban_district": ("district",),
    "city": ("district",),
    "town": ("district", "commune"),
    "township": ("commune",),
}


def infer_day(mentions: Sequence[UnitMention]) -> Date | None:
    """The last day before the reform where an article names a unit that ended with it as one that stands, else None.

    An article that calls one a former unit is written since.
    """
    ended = [m for m in mentions if m.is_place and m.entry.key in _ENDED]
    if any(m.former for m in ended):
        return None
    find = load().find
    standing = any(find(m.proper, version=BEFORE, level=level) for m in ended for level in _ENDED[m.entry.key])
    return REFORM - timedelta(days=1) if standing else None


def infer_province(mentions: Sequence[UnitMention], published: Date | None) -> str | None:
    """The ISO code of the province that the article names most, None where it names none or two equally often."""
    gazetteer = load()
    version = version_at(published) if published else SINCE
    names = Counter(
        mention.proper
        for mention in mentions
        if mention.is_place and mention.entry.key in ("", "province", "city")
        for _ in range(2 if mention.entry.key == "province" else 1)
    )
    for v in dict.fromkeys((version, BEFORE)):  # a province that has ended only where no standing one is named
        counts: Counter[str] = Counter()
        for name, count in names.items():
            place = gazetteer.province_by_name(name, version=v)
            if place and (iso := gazetteer.iso(place)):
                counts[iso] += count
        ranked = counts.most_common(2)
        if ranked:
            return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None
    voted = _province_by_vote((m for m in mentions if m.is_place), version) or _province_of_bodies(mentions, version)
    return gazetteer.iso(voted) if voted else None


# Classes of bodies that are named after the province that they are of; companies and schools may be from elsewhere.
_OF_PROVINCES = frozenset({"party", "government", "mass_organization", "association", "security", "health", "media"})


_PROVINCE_WORDS = (5, 4, 3, 2, 1)  # "Bà Rịa - Vũng Tàu" has five with its dash


def _province_of_bodies(mentions: Sequence[UnitMention], version: str) -> Place | None:
    """The province with whose name the names of bodies end (Sở Y tế Trà Vinh), None where they end with several."""
    gazetteer = load()
    found = set()
    for mention in mentions:
        if mention.is_place or mention.entry.class_ not in _OF_PROVINCES or not mention.core:
            continue
        words = mention.name.split(" ")
        ends = (" ".join(words[-length:]) for length in _PROVINCE_WORDS)
        found.update([place for end in ends if (place := gazetteer.province_by_name(end, version=version))][:1])
    return found.pop() if len(found) == 1 else None
