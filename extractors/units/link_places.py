"""Gathers the mentions of places, finds the official unit of each and what it lies in."""

from __future__ import annotations

from extractors.places import SINCE, Place, PlaceRequest, resolve
from extractors.units.groups import UnitGroup, UnitGroups
from extractors.units.mentions import LEVEL_OF, RANK, name_key, types_of


class PlaceLinker:
    """Links the places of one article."""

    def __init__(self, groups: UnitGroups) -> None:
        self.groups = groups
        self.gazetteer = groups.gazetteer

    def link(self) -> None:
        """Groups every mention of a place; afterwards the groups have their official units and parents."""
        self._group()
        self._resolve()
        self._join_same_place()
        self._find_parents()

    def _group(self) -> None:
        typed: dict[tuple[str, str], UnitGroup] = {}
        for mention in self.groups.mentions:
            if mention.is_place and mention.entry.key:
                key = (mention.entry.key, name_key(mention.core))
                group = typed.setdefault(key, UnitGroup([]))
                group.mentions.append(mention)
                self.groups.group_of[mention] = group
        bare: dict[str, UnitGroup] = {}
        by_name: dict[str, list[UnitGroup]] = {}
        for (_, core), group in typed.items():
            by_name.setdefault(core, []).append(group)
        for mention in self.groups.mentions:
            if not mention.is_place or mention.entry.key:
                continue
            core = name_key(mention.core)
            group = self._same_name(by_name.get(core, [])) or bare.setdefault(core, UnitGroup([]))
            group.mentions.append(mention)
            self.groups.group_of[mention] = group
        self.groups.places = [*typed.values(), *bare.values()]

    def _same_name(self, groups: list[UnitGroup]) -> UnitGroup | None:
        """The typed unit that a bare name means: the highest of that name, unless a province city shares it."""
        if not groups:
            return None
        best = min(groups, key=lambda g: RANK[LEVEL_OF[g.head.entry.key]])
        if best.head.entry.key == "city" and self.gazetteer.province_by_name(
            best.head.proper, version=self.groups.version
        ):
            return None
        return best

    def _resolve(self) -> None:
        known = [group for group in self.groups.places if LEVEL_OF.get(group.head.entry.key) != "village"]
        index = {group: number for number, group in enumerate(known)}
        requests = []
        for group in known:
            head = group.head
            parent = next((self.groups.group_of[m.parent] for m in group.mentions if m.parent is not None), None)
            types = frozenset({"province"}) if head.rule == "unit.province" else types_of(head)
            former = any(m.former for m in group.mentions)
            requests.append(
                PlaceRequest(head.proper or head.name, types, index.get(parent) if parent else None, former)
            )
        resolutions = resolve(
            requests,
            date=self.groups.published,
            province=self.groups.province,
            diacritics=self.groups.t.pack.diacritics or None,
        )
        for group, resolution in zip(known, resolutions, strict=True):
            group.place = resolution

    def _join_same_place(self) -> None:
        """A bare name and a typed one that turn out to be one place become one unit."""
        by_place: dict[Place, UnitGroup] = {}
        for group in list(self.groups.places):
            place = group.place.place
            if place is None:
                continue
            first = by_place.setdefault(place, group)
            if first is not group:
                first.mentions.extend(group.mentions)
                for mention in group.mentions:
                    self.groups.group_of[mention] = first
                self.groups.places.remove(group)

    def _find_parents(self) -> None:
        at_place = {group.place.place: group for group in self.groups.places if group.place.place is not None}
        for group in self.groups.places:
            stated = next((self.groups.group_of[m.parent] for m in group.mentions if m.parent is not None), None)
            parent = stated or self._known_above(group, at_place) or self._near_above(group)
            group.parent = parent if parent is not group else None

    def _known_above(self, group: UnitGroup, at_place: dict[Place, UnitGroup]) -> UnitGroup | None:
        """The nearest unit of the article that the gazetteer puts the place in, before the reform or since; of several
        that can be meant one that holds them all."""
        meant = (group.meant,) if group.meant is not None else group.place.candidates
        if not meant:
            return None
        others = [self.gazetteer.ancestors(place) for place in meant[1:]]
        above = [a for a in self.gazetteer.ancestors(meant[0]) if all(a in other for other in others)]
        named = [at_place[p] for a in above for p in (a, *self.gazetteer.successors(a)) if p in at_place]
        return named[0] if named else None

    def _near_above(self, group: UnitGroup) -> UnitGroup | None:
        """The place of the level above that is named last before an unknown place with a type word."""
        if group.place.place is not None or not group.head.entry.key:
            return None
        commune = "province" if self.groups.version == SINCE else "district"
        above = {"village": "commune", "commune": commune, "district": "province"}.get(group.level)
        found = self.groups.near(group.mentions[0], above) if above else None
        if found is None and group.level == "village":
            return self.groups.near(group.mentions[0], "district")
        return found
