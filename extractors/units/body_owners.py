"""What a body belongs to where its name does not say it: the larger body beside it, its committee, its place."""

from __future__ import annotations

from extractors.pack_settings import DIVISION
from extractors.places import SINCE
from extractors.units.groups import UnitGroup, UnitGroups
from extractors.units.mentions import RANK, UnitMention, name_key

__all__ = ["BodyOwners"]

# What a body of this type is part of where the text does not say it.
_OWNERS = {"council_committee": "peoples_council", "police": "police", "hospital_department": "hospital"}
# Larger bodies by the type of what is part of them, where one stands behind its comma or bracket.
_HOLDERS = {
    "army_unit": ("army_unit", "military_command"),
    "military_command": ("army_unit",),
    "border_guard_post": ("border_guard_command",),
    "hospital_department": ("hospital", "medical_centre"),
    "class": ("school", "college", "university"),
    "police": ("police", "ministry"),
    "council_committee": ("peoples_council", "national_assembly"),
    "party_cell": ("party_committee", "party_organization"),
    "department": ("department", "ministry", "peoples_committee", "hospital", "tax_office", "agency"),
    "public_service_centre": ("department", "peoples_committee"),
    "agency": ("department", "ministry", "agency"),
    "forest_rangers": ("forest_rangers", "department"),
    "management_board": ("department", "ministry", "peoples_committee"),
    "trade_union": ("company", "trade_union"),
    "research_institute": ("university", "ministry", "research_institute"),
}
# Bodies that belong to the province where nothing else is said.
_PROVINCIAL = frozenset(
    {
        "department",
        "statistics_office",
        "tax_office",
        "inspectorate",
        "social_insurance",
        "management_board",
        "disease_control_centre",
        "economic_zone",
        "national_assembly_delegation",
        "border_guard_command",
        "political_school",
    }
)
# Bodies that every commune and district has, and named ones that lie in one.
_LOCAL = frozenset(
    {
        "party_committee",
        "party_cell",
        "party_organization",
        "party_standing_committee",
        "peoples_committee",
        "peoples_council",
        "fatherland_front",
        "trade_union",
        "farmers_union",
        "womens_union",
        "youth_union",
        "veterans_association",
        "red_cross",
        "elderly_association",
        "police",
        "health_station",
        "medical_centre",
        "school",
        "political_centre",
        "public_service_centre",
        "cooperative",
        "venue",
        "hospital",
        "military_command",
        "forest_rangers",
    }
)
_OF_VILLAGES = frozenset({"party_cell", "working_group"})
# The parts whose holder can stand behind a comma alone; of the others, bodies in a row are a list.
_BESIDE = frozenset({"army_unit", "border_guard_post", "hospital_department", "class", "police", "council_committee"})
# The parts that always belong to a body, which is named before them.
_ALWAYS_PART = {
    "hospital_department": ("hospital", "medical_centre", "university", "college"),
    "class": ("school", "college", "university"),
    "trade_union": ("company",),
}
_PARTY_PARTS = frozenset(
    {"party_standing_committee", "party_executive_committee", "party_board", "party_office", "inspection_commission"}
)
_COMMITTEES = frozenset({"party_committee", "party_organization"})


class BodyOwners:
    """Finds the owners of the bodies of one article, all of which are grouped."""

    def __init__(self, groups: UnitGroups) -> None:
        self.groups = groups
        self.t = groups.t

    def parent(self, group: UnitGroup) -> UnitGroup | None:
        """Where a body without a stated place belongs: a department to the province, else nothing."""
        head = group.head
        holder = None
        if not (head.inner or head.level):
            holder = self._possessor(group) or self._holder_behind(group) or self._holder_before(group)
        if holder is not None:
            return holder
        owner = _OWNERS.get(head.entry.key)
        if owner is not None and head.level == "":
            return self._owner(group, owner)
        if head.entry.key in _PARTY_PARTS and not (head.inner or head.level):
            return self._named_before(head, _COMMITTEES) or self._named_before(head, _COMMITTEES, since=0)
        if head.entry.key in _PROVINCIAL:
            if self.t.pack.homes.get(head.entry.group.split(" ")[0]) == DIVISION:
                return self.groups.near(head, "commune" if self.groups.version == SINCE else "district")
            return self.groups.of_level(head, "province")
        if head.entry.key in _OF_VILLAGES and (village := self._village_before(group)) is not None:
            return village
        return self.around(group) if head.entry.key in _LOCAL and not self._is_national(head) else None

    def _village_before(self, group: UnitGroup) -> UnitGroup | None:
        """The village that a group or cell without a name is of, where its sentence names one before it."""
        mention = group.mentions[0]
        if mention.core or mention.inner or mention.level:
            return None
        return self.groups.near_place(mention.start, "village", since=self.t.sentence_start(mention.start))

    def _is_national(self, mention: UnitMention) -> bool:
        """Whether a body's name or level says that it is the country's: Vaterländische Front Vietnams."""
        return mention.level == "central" or "vietnam" in name_key(mention.name).replace("viet nam", "vietnam")

    def around(self, group: UnitGroup) -> UnitGroup | None:
        """The commune or district named last before the body in its sentence, or alone before it in its paragraph.

        The province of the sentence where there is none.
        """
        mention = group.mentions[0]
        start, sentence = self.t.paragraph_start(mention.start), self.t.sentence_start(mention.start)
        before = [
            (m.start, g)
            for g in self.groups.places
            if g.level in ("commune", "district", "province")
            for m in g.mentions
            if start <= m.start and m.end <= mention.start
        ]
        local = [pair for pair in before if pair[1].level != "province"]
        near = [pair for pair in local or before if pair[0] >= sentence]
        if near:
            return max(near, key=lambda pair: pair[0])[1]
        return local[0][1] if len({g.mentions[0].start for _, g in local}) == 1 else None

    def _possessor(self, group: UnitGroup) -> UnitGroup | None:
        """The unit that a part is said to be of: "A University: the dean of its Faculty", Hanoi's health department,
        the department's air division. Where "its" stands before a department it is the province's."""
        part = group.mentions[0]
        before = part.start - 1
        if self.t.is_word(before, "its"):
            if part.entry.key not in _PROVINCIAL:
                return self._named_before(part, None)
            return self.around(group) if part.entry.key != "department" else None
        if self.t.word(before) not in ("'s", "’s"):
            return None
        owner = self.t.plain[before - 1]
        named = [m for m in self.groups.mentions if m.end == before or (m.end < before and self._is_called(m, owner))]
        found = self.groups.group_of.get(named[-1]) if named else None
        return None if found is group else found

    def _is_called(self, mention: UnitMention, noun: str) -> bool:
        """Whether the noun alone can mean a body: the department, of a health department."""
        return not mention.is_place and self.t.plain[mention.end - 1] == noun

    def _named_before(
        self, part: UnitMention, types: frozenset[str] | None, *, since: int | None = None
    ) -> UnitGroup | None:
        """The body, of these types, that is named last before a part: in its paragraph, or since a token."""
        start = self.t.paragraph_start(part.start) if since is None else since
        found = [
            m
            for m in self.groups.mentions
            if start <= m.start and m.end < part.start and not m.is_place and (types is None or m.entry.key in types)
        ]
        holder = self.groups.group_of.get(found[-1]) if found else None
        return None if holder is None or part in holder.mentions else holder

    def _holder_behind(self, group: UnitGroup) -> UnitGroup | None:
        """The larger body behind a comma, a bracket or "of": Phòng CSGT, Công an tỉnh; Đội Quy tập 584 (Quân khu 4)."""
        types = _HOLDERS.get(group.head.entry.key, ())
        division = self.t.pack.homes.get(group.head.entry.form.split(" ")[0].lower()) == DIVISION
        beside = group.head.entry.key in _BESIDE
        ends = [(m.end, beside or (division and not self.t.is_word(m.end + 1, "article"))) for m in group.mentions]
        starts = {start for end, comma in ends if (start := self._behind(end, comma=comma))}  # Phòng Kế hoạch, Sở Y tế
        for mention in self.groups.mentions:
            holder = self.groups.group_of.get(mention)
            if mention.start in starts and mention.entry.key in types and holder not in (None, group):
                return holder if holder is not None and holder.parent is not group else None
        return None

    def committee_of(self, group: UnitGroup) -> UnitGroup | None:
        """The Party committee of the same place that a board or standing committee without a stated one belongs to."""
        head = group.head
        if (
            head.entry.key not in _PARTY_PARTS
            or head.inner is not None
            or (group.parent and not group.parent.head.is_place)
        ):
            return None
        same = [
            g
            for g in self.groups.bodies
            if g.head.entry.key == "party_committee" and g.parent is group.parent and g.head.level == head.level
        ]
        return same[0] if len(same) == 1 and (group.parent or head.level) else None

    def _holder_before(self, group: UnitGroup) -> UnitGroup | None:
        """The body named last before a part that is always one's: a department's hospital, a basic union's company."""
        types = _ALWAYS_PART.get(group.head.entry.key, ())
        if group.head.entry.key == "university" and "*" in group.head.entry.tail:
            types = ("university", "college")  # a faculty
        mentions = group.mentions
        if group.head.entry.key == "trade_union":
            mentions = [m for m in mentions if m.entry.form.lower() in self.t.pack.phrases["basic_union"]]
        first = min((m.start for m in mentions), default=0)
        found = [m for m in self.groups.mentions if m.entry.key in types and m.start < first and m.core]
        return self.groups.group_of.get(found[-1]) if found else None

    def _behind(self, end: int, *, comma: bool) -> int:
        """The token at which a larger body can begin behind one that ends at this token; 0 where it cannot."""
        start = end
        if self.t.kind(start) in (",(" if comma else "("):
            start += 1
        while self.t.is_small(start) and self.t.is_word(start, "of", "article", "body_of"):
            start += 1
        return start if start > end else 0

    def _owner(self, group: UnitGroup, type_: str) -> UnitGroup | None:
        """The body of this type that a division or committee belongs to: one of the province before others."""
        others = [
            g for g in self.groups.bodies if g is not group and g.head.entry.key == type_ and g.parent is not None
        ]
        others = [g for g in others if g.parent is not None and g.parent.head.is_place]
        return min(others, key=lambda g: RANK.get(g.parent.level if g.parent else "", 9), default=None)
