"""The units of an article while they are linked: the mentions of each, its place and parent, and how to find one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from extractors.packs import Entry
from extractors.places import SINCE, Gazetteer, Place, Resolution, load, version_at
from extractors.tokens import Tokens
from extractors.units.mentions import LEVEL_OF, UnitMention

_AHEAD = 12  # tokens behind a mention within which the first place of a level is still taken for its own


@dataclass(slots=True, eq=False)
class UnitGroup:
    """The mentions of one unit, and what is known of it."""

    mentions: list[UnitMention]
    place: Resolution = field(default_factory=Resolution)
    parent: UnitGroup | None = None
    id: str = ""
    aliases: set[str] = field(default_factory=set)

    @property
    def head(self) -> UnitMention:
        """The mention that says most: with a type word, with a place, long."""
        if len(self.mentions) == 1:  # most units, asked again and again
            return self.mentions[0]
        return max(self.mentions, key=lambda m: (bool(m.entry.key), bool(m.inner), bool(m.level), len(m.name)))

    @property
    def meant(self) -> Place | None:
        """The official unit, or the only district among those that a bare name can mean: communes are seldom meant.

        Good enough for a type and a parent, not for a code.
        """
        if self.place.place is not None or self.head.entry.key:
            return self.place.place
        candidates = self.place.candidates
        districts = [place for place in candidates if place.level == "district"]
        return districts[0] if len(districts) == 1 and all(p.level != "province" for p in candidates) else None

    @property
    def type(self) -> str:
        """The type that the text gives, else that of the official unit."""
        entry, place = self.head.entry, self.meant
        if place is not None and (not entry.key or entry.also):
            return known_type(place)
        return entry.key

    @property
    def level(self) -> str:
        place = self.meant
        return place.level if place is not None else LEVEL_OF.get(self.head.entry.key, "")


class UnitGroups:
    """The units of one article: places and bodies, and the group of each mention.

    `day` is the day of publication, known or inferred; `version` the units that stood then; `province` the article's
    own (ISO 3166-2).
    """

    def __init__(
        self, tokens: Tokens, mentions: Sequence[UnitMention], *, published: Date | None, province: str | None
    ) -> None:
        self.t = tokens
        self.published = published
        self.gazetteer: Gazetteer = load()
        self.version = version_at(published) if published else SINCE
        self.province = province
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self.places: list[UnitGroup] = []
        self.bodies: list[UnitGroup] = []
        self.group_of: dict[UnitMention, UnitGroup] = {}

    def drop_unnamed(self) -> None:
        """Leaves out places that the article names only inside proper names of bodies, without a type word: the
        province in "Kon Tum Provincial Party Committee", not in "Kon Tum police"."""
        proper = [m for m in self.mentions if not m.is_place and self.t.kinds[m.end - 1] != "w"]
        bodies = [m for m in proper if self.t.kinds[m.start] != "w" or self.t.pack.diacritics]
        inside = {
            id(group)
            for group in self.places
            if group.mentions
            and all(
                (not m.entry.key or m.rule == "unit.known") and _is_inside(m, bodies) and not self._is_tied(m)
                for m in group.mentions
            )
        }
        self.places = [group for group in self.places if id(group) not in inside]
        for group in (*self.places, *self.bodies):
            if group.parent is not None and id(group.parent) in inside:
                group.parent = None

    def _is_tied(self, mention: UnitMention) -> bool:
        """Whether a preposition says where a body is: Service de la santé de Nghệ An; in English it is in names."""
        return not self.t.pack.capital_names and self.t.is_word(mention.start - 1, "place_of")

    def number(self) -> None:
        """Gives every unit its id, u1, u2 …, in the order of their first mentions."""
        for number, group in enumerate(self.in_order(), 1):
            group.id = f"u{number}"

    def in_order(self) -> list[UnitGroup]:
        """The units in the order of their first mentions, the larger first where two begin together."""
        groups = [g for g in (*self.places, *self.bodies) if g.mentions]
        return sorted(groups, key=lambda g: min((m.start, -m.end) for m in g.mentions))

    # --- places by their level ---

    def near(self, mention: UnitMention, level: str) -> UnitGroup | None:
        """The place of the level named last before the mention; else the one named most."""
        best: tuple[int, UnitGroup] | None = None
        for group in self.places:
            if group.level != level or mention in group.mentions:
                continue
            for other in group.mentions:
                if other.start <= mention.start and (best is None or other.start > best[0]):
                    best = (other.start, group)
        if best is not None:
            return best[1]
        after = [(m.start, g) for g in self.places if g.level == level for m in g.mentions if m.start > mention.start]
        if after and min(a for a, _ in after) - mention.end < _AHEAD:
            return min(after, key=lambda pair: pair[0])[1]
        of_level = [g for g in self.places if g.level == level and mention not in g.mentions]
        if not of_level and not mention.is_place and level != "province":
            of_level = [g for g in self.places if not g.level]
        return of_level[0] if len(of_level) == 1 else None

    def of_level(self, mention: UnitMention, level: str) -> UnitGroup | None:
        """The place that "tỉnh", "huyện", "xã" in a body's name means here."""
        if level == "province":
            provinces = [g for g in self.places if g.level == "province"]
            standing = [g for g in provinces if g.place.place and g.place.place.version == self.version]
            provinces = standing or provinces
            own = [
                g
                for g in provinces
                if self.province and g.place.place and self.gazetteer.iso(g.place.place) == self.province
            ]
            if own or len(provinces) == 1:
                return (own or provinces)[0]
            return self.near(mention, "province")
        if level == "central":
            return None
        exact = [g for g in self.places if level in (g.type, g.head.entry.key, *g.head.entry.also.split("|"))]
        if not exact:
            return self.near(mention, LEVEL_OF[level])
        near = [
            (m.start, g)
            for g in exact
            for m in g.mentions
            if self.t.paragraph_start(mention.start) <= m.start <= mention.start
        ]
        if near:
            return max(near, key=lambda pair: pair[0])[1]
        return max(exact, key=lambda g: (len(g.mentions), -g.mentions[0].start))

    # --- what was named before ---

    def last_of(
        self,
        index: int,
        *,
        groups: tuple[str, ...] = (),
        types: tuple[str, ...] = (),
        barred: tuple[str, ...] = (),
        since: int = 0,
    ) -> UnitGroup | None:
        """The body named last before the token, of one of the head `groups` or `types`; any where neither is given.

        Bodies of the types in `barred` are passed over, and those inside the name of one that is not.
        """
        best: UnitMention | None = None
        for mention in self.mentions:
            if mention.is_place or not since <= mention.start < index:
                continue
            if groups and not mention.entry.group.startswith(groups) and not mention.entry.group.endswith(groups):
                continue
            if (types and mention.entry.key not in types) or mention.entry.key in barred:
                continue
            if best is not None and mention.end <= best.end:
                continue
            best = mention
        return self.group_of[best] if best is not None else None

    def last_named(self, index: int, word: str) -> UnitGroup | None:
        """The body named last before the token whose name begins with the word; no committee of the Party's."""
        for mention in reversed(self.mentions):
            committee = mention.entry.key in ("party_executive_committee", "party_standing_committee")
            body = mention.start < index and not mention.is_place and not committee
            if body and mention.name.lower().startswith(f"{word} "):
                return self.group_of[mention]
        return None

    def only_of(self, types: tuple[str, ...]) -> UnitGroup | None:
        """The only body of these types in the article, None where there are more."""
        found = [group for group in self.bodies if group.head.entry.key in types]
        return found[0] if len(found) == 1 else None

    def near_place(self, index: int, level: str, *, since: int) -> UnitGroup | None:
        """The place of the level that is named last before the token, from `since` on."""
        found = [(m.start, g) for g in self.places if g.level == level for m in g.mentions if since <= m.start < index]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    def sibling(self, group: UnitGroup, type_: str) -> UnitGroup:
        """The body of this type in the group's place (the committee of a Party organisation), else the group."""
        place = _place_above(group)
        same = [g for g in self.bodies if g.head.entry.key == type_ and g.parent is place and place is not None]
        return group if group.head.entry.key == type_ or not same else same[0]

    def meant_by(self, index: int, level: str) -> UnitGroup | None:
        """The place that a bare level word at the token means."""
        probe = UnitMention(index, index + 1, Entry("level", level, level), level)
        return self.of_level(probe, level)


def _is_inside(mention: UnitMention, bodies: Sequence[UnitMention]) -> bool:
    return any(body.start <= mention.start and mention.end <= body.end for body in bodies)


def _place_above(group: UnitGroup) -> UnitGroup | None:
    above = group.parent
    while above is not None and not above.head.is_place:
        above = above.parent
    return above


def known_type(place: Place) -> str:
    """The type of a unit named without its type word; a centrally run city named so is taken as the province it is."""
    return "province" if place.level == "province" and place.type == "province" else place.type
