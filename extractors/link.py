"""Gathers the mentions of units into units: one each, with its place in the tree and its official code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date

from .mentions import LEVEL_OF, RANK, UnitMention, name_key, types_of
from .packs import Entry
from .places import SINCE, Place, PlaceRequest, Resolution, label, load, resolve, version_at
from .tokens import Tokens
from .types import Span, Successor, Unit, Warning_

# The level whose unit a body belongs to where the text does not say so, by the words of its head.
_HEAD_LEVEL = {
    **dict.fromkeys(("tỉnh ủy", "tỉnh đoàn", "sở"), "province"),
    **dict.fromkeys(("huyện ủy", "thị ủy", "quận ủy", "thành ủy", "huyện đoàn", "thị đoàn", "thành đoàn"), "district"),
}
# What a body of this type is part of where the text does not say it.
_OWNERS = {"council_committee": "peoples_council", "police": "police", "hospital_department": "hospital"}
_SHOWN = 3  # candidates named in a warning
# Bodies that belong to the province where nothing else is said.
_PROVINCIAL = frozenset({"department", "statistics_office", "tax_office", "inspectorate", "social_insurance"})
_SHARING = frozenset({"party", "government", "mass_organization", "association"})
_LONGEST_GAP = 6  # tokens between two bodies that share a place: a comma, and an office with its modifiers
# How often a rule was right on annotated articles (docs/quality.md): where the unit is named once, and more often.
_CONFIDENCE = {
    "unit.type": (0.97, 0.98),
    "unit.head": (0.9, 0.97),
    "unit.name_first": (0.93, 0.96),
    "unit.coordinated": (0.94, 0.95),
    "unit.bracket": (0.92, 0.94),
    "unit.known": (0.87, 0.93),
    "unit.province": (0.77, 0.88),
}


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
        return max(self.mentions, key=lambda m: (bool(m.entry.key), bool(m.inner), bool(m.level), len(m.name)))

    @property
    def type(self) -> str:
        """The type that the text gives, else that of the official unit."""
        entry, place = self.head.entry, self.place.place
        if place is not None and (not entry.key or entry.also):
            return known_type(place)
        return entry.key

    @property
    def level(self) -> str:
        if self.place.place is not None:
            return self.place.place.level
        return LEVEL_OF.get(self.head.entry.key, "")


class UnitLinker:
    """Links the unit mentions of one article."""

    def __init__(
        self, tokens: Tokens, mentions: Sequence[UnitMention], *, published: Date | None, province: str | None
    ) -> None:
        self.t = tokens
        self.published = published
        self.gazetteer = load()
        self.version = version_at(published) if published else SINCE
        self.province = province
        self.mentions = sorted(mentions, key=lambda m: (m.start, -m.end))
        self.places: list[UnitGroup] = []
        self.bodies: list[UnitGroup] = []
        self.group_of: dict[UnitMention, UnitGroup] = {}
        self.warnings: list[Warning_] = []

    def link(self) -> None:
        """Groups every mention; afterwards `group_of` knows the group of each."""
        self._group_places()
        self._resolve_places()
        self._place_parents()
        for mention in self.mentions:
            if not mention.is_place:
                self._join_body(mention)
        for group in self.bodies:
            group.parent = group.parent or self._body_parent(group)
        self._number()

    # --- places ---

    def _group_places(self) -> None:
        typed: dict[tuple[str, str], UnitGroup] = {}
        for mention in self.mentions:
            if mention.is_place and mention.entry.key:
                key = (mention.entry.key, name_key(mention.core))
                group = typed.setdefault(key, UnitGroup([]))
                group.mentions.append(mention)
                self.group_of[mention] = group
        bare: dict[str, UnitGroup] = {}
        by_name: dict[str, list[UnitGroup]] = {}
        for (_, core), group in typed.items():
            by_name.setdefault(core, []).append(group)
        for mention in self.mentions:
            if not mention.is_place or mention.entry.key:
                continue
            core = name_key(mention.core)
            group = self._same_name(by_name.get(core, [])) or bare.setdefault(core, UnitGroup([]))
            group.mentions.append(mention)
            self.group_of[mention] = group
        self.places = [*typed.values(), *bare.values()]

    def _same_name(self, groups: list[UnitGroup]) -> UnitGroup | None:
        """The typed unit that a bare name means: the highest of that name, unless a province city shares it."""
        if not groups:
            return None
        best = min(groups, key=lambda g: RANK[LEVEL_OF[g.head.entry.key]])
        if best.head.entry.key == "city" and self.gazetteer.province_by_name(best.head.proper, version=self.version):
            return None
        return best

    def _resolve_places(self) -> None:
        known = [group for group in self.places if LEVEL_OF.get(group.head.entry.key) != "village"]
        index = {group: number for number, group in enumerate(known)}
        requests = []
        for group in known:
            head = group.head
            parent = next((self.group_of[m.parent] for m in group.mentions if m.parent is not None), None)
            types = frozenset({"province"}) if head.rule == "unit.province" else types_of(head)
            former = any(m.former for m in group.mentions)
            requests.append(
                PlaceRequest(head.proper or head.name, types, index.get(parent) if parent else None, former)
            )
        resolutions = resolve(
            requests, date=self.published, province=self.province, diacritics=self.t.pack.diacritics or None
        )
        for group, resolution in zip(known, resolutions, strict=True):
            group.place = resolution
        self._join_same_place()

    def _join_same_place(self) -> None:
        """A bare name and a typed one that turn out to be one place become one unit."""
        by_place: dict[Place, UnitGroup] = {}
        for group in list(self.places):
            place = group.place.place
            if place is None:
                continue
            first = by_place.setdefault(place, group)
            if first is not group:
                first.mentions.extend(group.mentions)
                for mention in group.mentions:
                    self.group_of[mention] = first
                self.places.remove(group)

    def _place_parents(self) -> None:
        at_place = {group.place.place: group for group in self.places if group.place.place is not None}
        for group in self.places:
            stated = next((self.group_of[m.parent] for m in group.mentions if m.parent is not None), None)
            parent = stated or self._known_above(group, at_place) or self._near_above(group)
            group.parent = parent if parent is not group else None

    def _known_above(self, group: UnitGroup, at_place: dict[Place, UnitGroup]) -> UnitGroup | None:
        """The nearest unit of the article that the gazetteer puts the place in, before the reform or since."""
        if group.place.place is None:
            return None
        above = self.gazetteer.ancestors(group.place.place)
        named = [at_place[p] for a in above for p in (a, *self.gazetteer.successors(a)) if p in at_place]
        return named[0] if named else None

    def _near_above(self, group: UnitGroup) -> UnitGroup | None:
        """The place of the level above that is named last before an unknown place with a type word."""
        if group.place.place is not None or not group.head.entry.key:
            return None
        commune = "province" if self.version == SINCE else "district"
        above = {"village": "commune", "commune": commune, "district": "province"}.get(group.level)
        return self._near(group.mentions[0], above) if above else None

    def _near(self, mention: UnitMention, level: str) -> UnitGroup | None:
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
        if after and min(a for a, _ in after) - mention.end < 12:
            return min(after, key=lambda pair: pair[0])[1]
        of_level = [g for g in self.places if g.level == level and mention not in g.mentions]
        return of_level[0] if len(of_level) == 1 else None

    # --- bodies ---

    def _join_body(self, mention: UnitMention) -> None:
        if mention.inner is not None and mention.inner not in self.group_of:
            self._join_body(mention.inner)
        if mention in self.group_of:
            return
        site = self._site(mention)
        for group in reversed(self.bodies):
            if self._same_body(group, mention, site):
                group.mentions.append(mention)
                group.parent = group.parent or site
                break
        else:
            group = UnitGroup([mention], parent=site)
            self.bodies.append(group)
        if mention.alias:
            group.aliases.add(name_key(mention.alias))
        self.group_of[mention] = group

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
        if "l" in mention.entry.tail and any(core == name_key(m.core) for g in self.places for m in g.mentions):
            return ""
        return core

    def _site(self, mention: UnitMention) -> UnitGroup | None:
        """The unit that a body's name puts it in, or that its bare level word means."""
        if mention.inner is not None:
            return self.group_of[mention.inner]
        if mention.level:
            return self._of_level(mention, mention.level)
        if mention.parent is not None:
            return self.group_of[mention.parent]
        head = mention.entry.form.lower()
        if head in _HEAD_LEVEL and not mention.core:
            return self._of_level(mention, _HEAD_LEVEL[head])
        if mention.core:
            return self._by_name(mention)
        return self._shared_site(mention)

    def _shared_site(self, mention: UnitMention) -> UnitGroup | None:
        """The place that bodies in a row share with the last: Phó Bí thư Đảng ủy, Chủ tịch UBND [xã Huồi Tụ]."""
        if "!" not in mention.entry.tail or mention.entry.class_ not in _SHARING:
            return None
        end = mention.end
        for other in self.mentions:
            if other.start < end or other.is_place:
                continue
            if not self._joined(end, other.start):
                return None
            if (other.inner is None and other.level) or (other.inner is not None and other.inner.is_place):
                return self._site(other)
            if other.inner is not None and "b" in mention.entry.tail and mention.entry.class_ == other.entry.class_:
                self._join_body(other.inner)
                return self.group_of[other.inner]
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
            g for g in self.places if any(ends(core, f" {name_key(m.core)} ") for m in g.mentions if len(m.core) > 2)
        ]
        if mention.entry.class_ in ("cooperative", "education", "health", "security") and len(found) > 1:
            return max(found, key=lambda g: RANK.get(g.level, 0) if g.level != "village" else 0)
        return min(found, key=lambda g: RANK.get(g.level, 9)) if found else None

    def _of_level(self, mention: UnitMention, level: str) -> UnitGroup | None:
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
            return self._near(mention, "province")
        if level == "central":
            return None
        exact = [g for g in self.places if level in (g.type, g.head.entry.key, *g.head.entry.also.split("|"))]
        if not exact:
            return self._near(mention, LEVEL_OF[level])
        near = [(m.start, g) for g in exact for m in g.mentions if self._paragraph(mention) <= m.start <= mention.start]
        if near:
            return max(near, key=lambda pair: pair[0])[1]
        return max(exact, key=lambda g: (len(g.mentions), -g.mentions[0].start))

    def _paragraph(self, mention: UnitMention) -> int:
        """The token where the mention's paragraph begins."""
        index = mention.start
        while index > 0 and self.t.kinds[index - 1] != "\n":
            index -= 1
        return index

    def _body_parent(self, group: UnitGroup) -> UnitGroup | None:
        """Where a body without a stated place belongs: a department to the province, else nothing."""
        head = group.head
        owner = _OWNERS.get(head.entry.key)
        if owner is not None and head.level == "":
            return self._owner_behind(group, owner) or self._owner(group, owner)
        if head.entry.key in _PROVINCIAL:
            if head.entry.group.split(" ")[0] == "phòng":
                return self._near(head, "commune" if self.version == SINCE else "district")
            return self._of_level(head, "province")
        return None

    def _owner_behind(self, group: UnitGroup, type_: str) -> UnitGroup | None:
        """The larger body that stands right behind a comma: Phòng CSGT, Công an tỉnh."""
        ends = {m.end for m in group.mentions if self.t.kind(m.end) == ","}
        found = [m for m in self.mentions if m.entry.key == type_ and m.start - 1 in ends]
        return self.group_of[found[0]] if found and self.group_of[found[0]] is not group else None

    def _owner(self, group: UnitGroup, type_: str) -> UnitGroup | None:
        """The body of this type that a division or committee belongs to: one of the province before others."""
        others = [g for g in self.bodies if g is not group and g.head.entry.key == type_ and g.parent is not None]
        others = [g for g in others if g.parent is not None and g.parent.head.is_place]
        return min(others, key=lambda g: RANK.get(g.parent.level if g.parent else "", 9), default=None)

    # --- looking back ---

    def last_of(
        self, index: int, *, groups: tuple[str, ...] = (), types: tuple[str, ...] = (), since: int = 0
    ) -> UnitGroup | None:
        """The body named last before the token, of one of the head `groups` or `types`; any where neither is given."""
        best: UnitMention | None = None
        for mention in self.mentions:
            if mention.is_place or not since <= mention.start < index:
                continue
            if groups and not mention.entry.group.startswith(groups) and not mention.entry.group.endswith(groups):
                continue
            if types and mention.entry.key not in types:
                continue
            best = mention
        return self.group_of[best] if best is not None else None

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

    def of_level(self, index: int, level: str) -> UnitGroup | None:
        """The place that a bare level word at the token means."""
        probe = UnitMention(index, index + 1, Entry("level", level, level), level)
        return self._of_level(probe, level)

    # --- output ---

    def _number(self) -> None:
        groups = [g for g in (*self.places, *self.bodies) if g.mentions]
        groups.sort(key=lambda g: min((m.start, -m.end) for m in g.mentions))
        for number, group in enumerate(groups, 1):
            group.id = f"u{number}"

    def units(self) -> tuple[Unit, ...]:
        """The units in the order of their first mention."""
        groups = sorted((g for g in (*self.places, *self.bodies) if g.mentions), key=lambda g: int(g.id[1:]))
        return tuple(self._unit(group) for group in groups)

    def _unit(self, group: UnitGroup) -> Unit:
        head = group.head
        kind = self._kind(head)
        known = group.place.place if head.is_place else None
        spans = sorted({(self.t.starts[m.start], self.t.ends[m.end - 1]) for m in group.mentions})
        if head.is_place and known is None and len(group.place.candidates) > 1:
            self._warn_ambiguous(group)
        if known is not None and known.version != SINCE == self.version and not any(m.former for m in group.mentions):
            self._warn_dissolved(group)
        return Unit(
            id=group.id,
            name=self._name(group),
            class_=kind.class_ or "administrative",  # type: ignore[arg-type]  # checked when the pack is read
            type=(self._since_reform(group) if head.is_place else kind.key) or None,
            parent=group.parent.id if group.parent else None,
            code=known.code if known else None,
            code_version=known.version if known else None,
            official_name=label(known, date=self.published) if known else None,
            successors=tuple(Successor(p.code, label(p)) for p in group.place.successors) if known else (),
            mentions=tuple(Span(start, end, self.t.text[start:end]) for start, end in spans),
            confidence=self._confidence(group),
            rule=head.rule,
        )

    @staticmethod
    def _kind(head: UnitMention) -> Entry:
        """The entry that says class and type: of a committee of a union (Ban Chấp hành Hội Nông dân) the union's."""
        inner = head.inner
        if head.entry.class_ == "party" and inner is not None and not inner.is_place and inner.entry.class_ != "party":
            return replace(head.entry, class_=inner.entry.class_)
        return head.entry

    def _since_reform(self, group: UnitGroup) -> str:
        """The type of a place; since the reform a word that can mean district or ward means a ward."""
        if (
            self.version == SINCE
            and group.place.place is None
            and group.type == "district"
            and not any(m.former for m in group.mentions)
        ):
            return "ward" if "ward" in group.head.entry.also else group.type
        return group.type

    def _warn_ambiguous(self, group: UnitGroup) -> None:
        candidates = group.place.candidates
        names = ", ".join(self._where(place) for place in candidates[:_SHOWN])
        if len(candidates) > _SHOWN:
            names += f" and {len(candidates) - _SHOWN} more"
        self.warnings.append(Warning_("place_ambiguous", f"{group.head.name!r} can be: {names}", (group.id,)))

    def _warn_dissolved(self, group: UnitGroup) -> None:
        """For an article since the reform that names a unit of before without calling it former."""
        place = group.place.place
        if place is not None:
            after = ", ".join(label(each) for each in group.place.successors[:_SHOWN])
            more = len(group.place.successors) - _SHOWN
            after += f" and {more} more" if more > 0 else ""
            message = f"{label(place)} ended on 1 July 2025" + (f"; its land is in {after}" if after else "")
            self.warnings.append(Warning_("unit_dissolved", message, (group.id,)))

    def _where(self, place: Place) -> str:
        """The place and what it lies in, so that namesakes can be told apart."""
        return ", ".join(label(each) for each in (place, *self.gazetteer.ancestors(place)))

    def _confidence(self, group: UnitGroup) -> float:
        """By the rule and how often the unit is named; less for a place that the gazetteer should know and does not."""
        sure = _CONFIDENCE[group.head.rule][len(group.mentions) > 1]
        if not group.head.is_place or group.level == "village":
            return sure
        if group.place.place is not None:
            return max(sure, 0.99) if group.head.entry.key else sure
        return 0.9 if group.head.entry.key else sure

    def _name(self, group: UnitGroup) -> str:
        """The fullest name; the type word of a Vietnamese place in small letters, also at a sentence's beginning."""
        head = group.head
        typed = head.is_place and self.t.pack.diacritics and head.entry.form.islower() and head.rule == "unit.type"
        return head.name[0].lower() + head.name[1:] if typed else head.name


def _place_above(group: UnitGroup) -> UnitGroup | None:
    above = group.parent
    while above is not None and not above.head.is_place:
        above = above.parent
    return above


def known_type(place: Place) -> str:
    """The type of a unit named without its type word; a centrally run city named so is taken as the province it is."""
    return "province" if place.level == "province" and place.type == "province" else place.type


def _needs_site(mention: UnitMention) -> bool:
    return bool(mention.level or mention.inner)
