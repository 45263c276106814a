"""Which unit an article means by a name: the places of one article decided together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from functools import partial
from typing import NamedTuple

from .gazetteer import BEFORE, CITY_OF_HUE, REFORM, SINCE, Gazetteer, Place, load, version_at
from .names import folded_key, has_diacritics

DISTRICT_TYPES = frozenset({"urban_district", "district", "town"})
COMMUNE_TYPES = frozenset({"commune", "ward", "township", "special_zone"})
RENUMBERED = frozenset({"769"})  # the city of Thủ Đức; the urban district of that name was 762
ENDED_TYPES = DISTRICT_TYPES | {"township"}  # there are none since the reform


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """A place named in an article: `name` without type word, the `types` that the type word can mean (none: no type
    word), `parent` the index of the request that it lies in, `former` where the text calls it former (cũ)."""

    name: str
    types: frozenset[str] = frozenset()
    parent: int | None = None
    former: bool = False


class Resolution(NamedTuple):
    """The unit that is meant, or None and the candidates. `successors` is empty where the unit still stands."""

    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    successors: tuple[Place, ...] = ()


def resolve(
    requests: Sequence[PlaceRequest], *, date: Date | None, province: str | None, diacritics: bool | None = None
) -> tuple[Resolution, ...]:
    """A resolution for each request, in their order.

    `date` is the article's, None where unknown; `province` the ISO 3166-2 code of its newspaper's province.
    `diacritics` says whether the text writes Vietnamese with its diacritics; None judges by the names.
    """
    if diacritics is None:
        diacritics = any(has_diacritics(r.name) for r in requests)
    article = _Article(load(), requests, date, province, diacritics)
    for index in sorted(range(len(requests)), key=article.rank):
        article.decide(index)
    article.decide_by_what_they_hold()
    return tuple(article.resolution(i) for i in range(len(requests)))


@dataclass(slots=True)
class _Article:
    """The places of an article, and what is known of them so far."""

    gazetteer: Gazetteer
    requests: Sequence[PlaceRequest]
    date: Date | None
    province: str | None
    diacritics: bool
    decided: dict[int, Place | None] = field(default_factory=dict)
    candidates: dict[int, tuple[Place, ...]] = field(default_factory=dict)
    allowed: dict[int, dict[str, tuple[Place, ...]]] = field(default_factory=dict)

    def rank(self, index: int) -> int:
        """Provinces first, then districts, then the rest: the wider places say where the others are."""
        levels = {p.level for pool in self.pools(index) for p in pool}
        request = self.requests[index]
        return 0 if request.types and levels == {"province"} else 1 if levels == {"district"} else 2

    def resolution(self, index: int) -> Resolution:
        place = self.decided[index]
        if place is None:
            return Resolution(candidates=self.candidates.get(index, ()))
        stands = self.gazetteer.stands(place)
        return Resolution(place, (place,), () if stands else self.gazetteer.successors(place))

    def decide(self, index: int) -> Place | None:
        """The place of a request, its parent decided before it."""
        if index in self.decided:
            return self.decided[index]
        self.decided[index] = None  # also ends a circle of parents
        request = self.requests[index]
        if request.parent is None:
            self.decided[index] = self._in_context(index)
        elif parent := self.decide(request.parent):
            self.decided[index] = self._one(index, lambda p: self._holds(parent, p))
        else:
            self._with_parent(index, request.parent)
        return self.decided[index]

    def decide_by_what_they_hold(self) -> None:
        """Of namesakes (thị xã Cai Lậy, huyện Cai Lậy) a bare name means the district in which a decided place lies."""
        decided = [place for place in self.decided.values() if place is not None]
        for index, place in self.decided.items():
            candidates = self.candidates.get(index, ())
            if place is not None or self.requests[index].types or any(p.level != "district" for p in candidates):
                continue
            holders = [c for c in candidates if any(self._holds(c, p) for p in decided)]
            if len(holders) == 1:
                self.decided[index] = holders[0]

    def pools(self, index: int) -> list[tuple[Place, ...]]:
        """The units that the name and its type allow, in the versions to be tried one after the other."""
        request = self.requests[index]
        if index not in self.allowed:
            self.allowed[index] = self._allowed(index)
        found = self.allowed[index]
        if request.former or (request.types and request.types <= ENDED_TYPES):
            return [found[BEFORE]]
        if self.date is None:
            return [found[BEFORE] + found[SINCE]]
        parent = self.decided.get(request.parent) if request.parent is not None else None
        if parent and parent.level == "district":  # "xã A, huyện B" names the units as they were
            return [found[BEFORE], found[SINCE]]
        return [found[SINCE], found[BEFORE]] if self.date >= REFORM else [found[BEFORE]]

    def _allowed(self, index: int) -> dict[str, tuple[Place, ...]]:
        """The units that the name, its type and what lies in them allow, by version."""
        found = {v: self._find(self.requests[index], v) for v in (BEFORE, SINCE)}
        if lowest := self._level_above_children(index):
            found = {v: tuple(p for p in places if p.level in lowest) for v, places in found.items()}
        return found

    def _find(self, request: PlaceRequest, version: str) -> tuple[Place, ...]:
        find = partial(self.gazetteer.find, request.name, version=version, folded=not self.diacritics)
        found = find(types=request.types)
        if "province" in request.types and len(request.types) > 1:  # Stadt Yên Bái is no province, Stadt Hà Nội is
            found = tuple(p for p in found if p.type != "province") or found
        if not found and request.types and request.types <= DISTRICT_TYPES | {"city"}:
            found = tuple(p for p in find(level="district") if p.code not in RENUMBERED)  # huyện Quế Võ, a town since
        if self.date and self.date < CITY_OF_HUE and folded_key(request.name) == "hue":
            found = tuple(p for p in found if p.level != "province" or "province" in request.types)
        return found

    def _level_above_children(self, index: int) -> tuple[str, ...]:
        children = [r.types for r in self.requests if r.parent == index and r.types]
        if any(types <= DISTRICT_TYPES for types in children):
            return ("province",)
        return ("province", "district") if any(types <= COMMUNE_TYPES for types in children) else ()

    def _one(self, index: int, fits: Callable[[Place], bool]) -> Place | None:
        """The only unit that fits, in the first version that has any; else the candidates are kept."""
        for pool in self.pools(index):
            hits = tuple(p for p in pool if fits(p))
            if hits:
                self.candidates[index] = hits
                return self._choose(index, hits)
        self.candidates.setdefault(index, self.pools(index)[0])
        return None

    def _choose(self, index: int, hits: tuple[Place, ...]) -> Place | None:
        if len(hits) == 1:
            return hits[0]
        near = [p for p in hits if any(self._holds(d, p) for d in self._known("district"))]
        if len(near) == 1:
            return near[0]
        if self.requests[index].types:
            return None
        for level in ("province", "district"):
            if of_level := [p for p in hits if p.level == level]:
                return of_level[0] if len(of_level) == 1 else None
        return None

    def _in_context(self, index: int) -> Place | None:
        """A request without parent: in the article's province, in a province or district that it names, or unique."""
        own = self._own_provinces()
        for holders in (own, self._known("province"), self._known("district")):
            if self._any(index, holders):
                rival = self._rival_commune if self.requests[index].types else self._rival_province
                if rival(index, holders):
                    self.candidates[index] = tuple(p for pool in self.pools(index) for p in pool)
                    return None
                return self._one(index, partial(self._in_any, index, holders))
        return self._unique(index)

    def _any(self, index: int, holders: Iterable[Place]) -> bool:
        return any(self._in_any(index, holders, p) for pool in self.pools(index) for p in pool)

    def _in_any(self, index: int, holders: Iterable[Place], place: Place) -> bool:
        bare_commune = not self.requests[index].types and place.level == "commune" and place.version == BEFORE
        return any(
            place == holder or (self._holds(holder, place) and not (bare_commune and holder.level == "province"))
            for holder in holders
        )

    def _rival_province(self, index: int, holders: Sequence[Place]) -> bool:
        """Whether a bare name is that of a province other than those looked in (Quang Binh, a district of Hà Giang)."""
        provinces = [p for pool in self.pools(index) for p in pool if p.level == "province"]
        return bool(provinces) and not any(p in holders or self._any_holds(holders, p) for p in provinces)

    def _rival_commune(self, index: int, holders: Sequence[Place]) -> bool:
        """Whether a commune of the name lies in the paper's province, and one in another that the article names."""
        communes = [p for p in next(iter(self.pools(index)), ()) if p.level == "commune"]
        named = self._known("province")
        elsewhere = [p for p in communes if self._any_holds(named, p) and not self._any_holds(holders, p)]
        return bool(elsewhere) and any(self._any_holds(holders, p) for p in communes)

    def _any_holds(self, holders: Iterable[Place], place: Place) -> bool:
        return any(self._holds(holder, place) for holder in holders)

    def _unique(self, index: int) -> Place | None:
        """The only unit of the country with this name and type; without a type a province or else a district that no
        unit outside it shares its name with."""
        if self.requests[index].types:
            place = self._one(index, lambda _: True)
            return place if place and self._listed(place) and not self._far(place) else None
        for pool in filter(None, self.pools(index)):
            self.candidates[index] = pool
            provinces = [p for p in pool if p.level == "province"]
            rivals = [p for p in pool if p.level == "district" or p.version == SINCE]
            if not provinces:
                districts = [p for p in pool if p.level == "district"]
                alone = len(districts) == 1 and all(self._holds(districts[0], p) or p in districts for p in pool)
                return districts[0] if alone else None
            certain = len(provinces) == 1 and all(self._holds(provinces[0], p) or p in provinces for p in rivals)
            return provinces[0] if certain else None
        return None

    def _listed(self, place: Place) -> bool:
        """Whether uniqueness in the list proves anything: a provincial paper that gives no province for an old commune
        more likely means one of its own that ended before June 2025 than a namesake elsewhere."""
        return place.level != "commune" or place.version == SINCE or self.province is None

    def _far(self, place: Place) -> bool:
        """Whether a commune lies in no province or district of those that the article names or is from: the one that
        is meant, a town or a ward in another's words, may only be missing from the list."""
        context = [*self._own_provinces(), *self._known("province"), *self._known("district")]
        return place.level == "commune" and bool(context)

    def _with_parent(self, index: int, parent: int) -> None:
        """A place and the one that it lies in, both uncertain: only one pair may fit, at best of one version."""
        above = self.candidates.get(parent, ())
        pairs = [(p, q) for pool in self.pools(index) for p in pool for q in above if self._holds(q, p)]
        pairs = [(p, q) for p, q in pairs if p.version == q.version] or pairs
        if len(pairs) == 1:
            self.decided[index], self.decided[parent] = pairs[0]
        self.candidates[index] = tuple(dict.fromkeys(p for p, _ in pairs)) or self.pools(index)[0]

    def _own_provinces(self) -> list[Place]:
        if self.province is None:
            return []
        versions = (BEFORE, SINCE) if self.date is None else (version_at(self.date),)
        found = (self.gazetteer.province_of_iso(self.province, version=v) for v in versions)
        return [p for p in found if p]

    def _known(self, level: str) -> list[Place]:
        return [p for p in self.decided.values() if p and p.level == level]

    def _holds(self, holder: Place, place: Place) -> bool:
        """Whether a unit lies in another, of the other version too: then by the successors of the older one."""
        get = self.gazetteer
        if holder.version == place.version:
            return get.is_within(place, holder.code)
        if holder.level == "province":
            province = get.province(place)
            old, new = (holder, province) if holder.version == BEFORE else (province, holder)
            return place.level != "province" and new.code in old.successors
        return holder.version == BEFORE and holder.level == "district" and place.code in holder.successors
