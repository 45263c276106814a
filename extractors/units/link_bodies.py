"""Gathers the mentions of bodies and finds what each belongs to: from its name, its row, its article."""

from __future__ import annotations

from extractors.pack_settings import DIVISION
from extractors.units.body_owners import BodyOwners
from extractors.units.groups import UnitGroup, UnitGroups
from extractors.units.mentions import RANK, UnitMention, name_key

_OF_THE_PLACE = frozenset({"party", "government"})  # a place has one of each
_SHARING = frozenset({"party", "government", "mass_organization", "association"})
_LONGEST_GAP = 6  # tokens between two bodies that share a place: a comma, and an office with its modifiers


class BodyLinker:
    """Links the bodies of one article, whose places are linked."""

    def __init__(self, groups: UnitGroups) -> None:
        self.groups = groups
        self.t = groups.t
        self.owners = BodyOwners(groups)
        self.place_cores = {name_key(m.core) for group in groups.places for m in group.mentions}

    def link(self) -> None:
        """Groups every mention of a body; afterwards the groups have their parents."""
        for mention in self.groups.mentions:
            if not mention.is_place:
                self._join(mention)
        self._join_bare()
        for group in self.groups.bodies:
            group.parent = group.parent or self.owners.parent(group)
        for group in self.groups.bodies:
            group.parent = self.owners.committee_of(group) or group.parent
        for group in self.groups.bodies:
            if _encloses_itself(group):
                group.parent = None

    def _join_bare(self) -> None:
        """A body without a place is the only one of its kind that has one: le Conseil populaire, the province's."""
        for group in list(self.groups.bodies):
            head = group.head
            if group.parent or head.core or head.inner or head.level or head.entry.class_ not in _OF_THE_PLACE:
                continue
            like = [g for g in self.groups.bodies if g is not group and self._is_like(g.head, head)]
            if len(like) == 1 and like[0].parent is not None and self.owners.around(group) in (None, like[0].parent):
                like[0].mentions.extend(group.mentions)
                self.groups.group_of.update(dict.fromkeys(group.mentions, like[0]))
                self.groups.bodies.remove(group)

    def _is_like(self, one: UnitMention, other: UnitMention) -> bool:
        """Whether two bodies are of one kind, and neither has a field or a name of its own."""
        same = (one.entry.key, one.entry.group) == (other.entry.key, other.entry.group)
        return same and not self._own_core(one)

    def _join(self, mention: UnitMention) -> None:
        if mention.inner is not None and mention.inner not in self.groups.group_of:
            self._join(mention.inner)
        if mention in self.groups.group_of:
            return
        site = self._site(mention)
        for group in reversed(self.groups.bodies):
            if self._same_body(group, mention, site):
                group.mentions.append(mention)
                group.parent = group.parent or site
                break
        else:
            group = UnitGroup([mention], parent=site)
            self.groups.bodies.append(group)
        if mention.alias:
            group.aliases.add(name_key(mention.alias))
        self.groups.group_of[mention] = group

    def _same_body(self, group: UnitGroup, mention: UnitMention, site: UnitGroup | None) -> bool:
        head = group.mentions[0]
        if (head.entry.key, head.entry.group) != (mention.entry.key, mention.entry.group):
            return name_key(mention.name) in group.aliases
        levels = {m.level for m in group.mentions if m.level}
        if mention.level and levels and mention.level not in levels:
            return False
        core = self._own_core(mention)
        cores = {self._own_core(m) for m in group.mentions}
        same_core = core in cores or core in group.aliases or bool({name_key(mention.alias)} & group.aliases)
        if not same_core:
            return False
        if site is None or group.parent is None:
            return mention.core != "" or not _needs_site(mention) or site is group.parent or site is None
        return site is group.parent

    def _own_core(self, mention: UnitMention) -> str:
        """What tells the body from others of its kind: its core, unless that only says where it is."""
        core = name_key(mention.core)
        return "" if "l" in mention.entry.tail and core in self.place_cores else core

    def _site(self, mention: UnitMention) -> UnitGroup | None:
        """The unit that a body's name puts it in, or that its bare level word means."""
        if mention.inner is not None:
            return self.groups.group_of[mention.inner]
        if mention.level:
            return self.groups.of_level(mention, mention.level)
        if mention.parent is not None:
            return self.groups.group_of[mention.parent]
        home = self.t.pack.homes.get(mention.entry.form.lower(), DIVISION)
        if home != DIVISION and not mention.core:
            return self.groups.of_level(mention, home)
        if mention.core:
            return self._by_name(mention)
        return self._shared_site(mention)

    def _shared_site(self, mention: UnitMention) -> UnitGroup | None:
        """The place that bodies in a row share with the last: Phó Bí thư Đảng ủy, Chủ tịch UBND [xã Huồi Tụ]."""
        if mention.entry.class_ not in _SHARING or not {"!", "l"} <= set(mention.entry.tail):
            return None  # those that no place can follow are the country's: Comité central du Parti
        end = mention.end
        for other in self.groups.mentions:
            if other.start < end or other.is_place:
                continue
            if not self._joined(end, other.start):
                return None
            if (other.inner is None and other.level) or (other.inner is not None and other.inner.is_place):
                return self._site(other)
            if other.inner is not None and "b" in mention.entry.tail and mention.entry.class_ == other.entry.class_:
                self._join(other.inner)
                return self.groups.group_of[other.inner]
            if other.inner is not None or other.core:
                return None
            end = other.end
        return None

    def _joined(self, end: int, start: int) -> bool:
        """Whether only a comma or "and", and an office, stand between two bodies."""
        gap = range(end, start)
        words = [i for i in gap if self.t.kinds[i] != ","]
        if not 0 < len(gap) <= _LONGEST_GAP or any(
            self.t.kinds[i] in ".;:\n(" or self.t.words[i] in ".!?" for i in gap
        ):
            return False
        if self.t.kinds[end] != "," and not self.t.is_word(end, "and", "joint"):
            return False
        office = next((self.t.find(i, "office") for i in words if self.t.find(i, "office")), None)
        return office is not None or all(self.t.is_word(i, "and", "article", "joint") for i in words)

    def _by_name(self, mention: UnitMention) -> UnitGroup | None:
        """The place whose bare name stands in the body's name: Kho bạc Nhà nước Tuyên Quang."""
        core = f" {name_key(mention.core)} "
        ends = str.startswith if mention.rule == "unit.name_first" else str.endswith
        found = [
            g
            for g in self.groups.places
            if any(ends(core, f" {name_key(m.core)} ") for m in g.mentions if len(m.core) > 2)
        ]
        if mention.entry.class_ in ("cooperative", "education", "health", "security") and len(found) > 1:
            return max(found, key=lambda g: RANK.get(g.level, 0) if g.level != "village" else 0)
        return min(found, key=lambda g: RANK.get(g.level, 9)) if found else None


def _encloses_itself(group: UnitGroup) -> bool:
    """Whether the parents of a unit lead back to it, as where two committees in a row each share the other's place."""
    seen, above = {id(group)}, group.parent
    while above is not None and id(above) not in seen:
        seen.add(id(above))
        above = above.parent
    return above is group


def _needs_site(mention: UnitMention) -> bool:
    return bool(mention.level or mention.inner)
