"""Where an office is held, and its language-independent key."""

from __future__ import annotations

from extractors.people.homes import Homes, alike
from extractors.people.offices import Office
from extractors.tokens import Tokens
from extractors.types import Role, Span
from extractors.units.groups import UnitGroup, UnitGroups

_OWN = ("party", "mass_organization", "security", "government")  # classes of bodies that every place has its own of
# Offices whose key names the kind of unit that they are held in.
_HELD_IN = frozenset({"secretary", "chair", "director", "head", "member", "commander", "standing_member"})
_ASSEMBLIES = ("peoples_council", "national_assembly", "national_assembly_delegation")
# Offices of some units that have a key of their own.
_FIXED_KEYS = {
    ("court", "chair"): "chief_judge",
    ("court", "head"): "chief_judge",
    ("procuracy", "head"): "chief_procurator",
    ("procuracy", "director"): "chief_procurator",
    ("procuracy", "chair"): "chief_procurator",
    ("school", "director"): "principal",
    ("school", "head"): "principal",
    ("school", "chair"): "principal",
    ("village", "head"): "village_head",
    ("residential_group", "head"): "village_head",
    ("newspaper", "head"): "editor_in_chief",
    ("inspectorate", "head"): "chief_inspector",
}


class Tenure:
    """Finds the units that the offices of one article are held in."""

    def __init__(self, tokens: Tokens, units: UnitGroups) -> None:
        self.t = tokens
        self.units = units
        self.homes = Homes(tokens, units)
        self.at = {mention.start: mention for mention in units.mentions}

    def role(self, office: Office, rule: str) -> Role:
        unit, type_ = self._unit(office)
        start, end = self.t.starts[office.start], self.t.ends[max(office.end, office.title_end) - 1]
        return Role(
            title=self.t.slice(office.start, office.title_end),
            role=role_key(office, type_),
            unit=unit,
            status=office.status,
            evidence=Span(start, end, self.t.text[start:end]),
            rule=rule,
        )

    def _unit(self, office: Office) -> tuple[str | None, str | None]:
        """The id and type of the unit in which an office is held."""
        group = None
        if office.unit is not None and office.unit.is_place and office.entry.class_ == "school":
            group = self.homes.of(office) or self.units.group_of[office.unit]  # Schulleiterin im Bezirk X
        elif office.unit is not None:
            group = self.units.group_of[office.unit]
        elif office.back is not None:
            group = self.homes.called(office.start, office.back.form)
            group = group or self.units.last_of(office.start, groups=(office.back.group,))
            if group is None and office.back.class_ not in _OWN:  # giám đốc nhà máy, of the Công ty named before
                since = self.t.paragraph_start(office.start)
                types = alike(office.back.key)
                group = self.units.last_of(office.start, types=types, since=since) or self.units.only_of(types)
        elif office.level:
            group = self.units.meant_by(office.start, office.level)
        elif office.entry.level:
            group = self._at_level(office)
            return (group.id if group is not None else None), office.entry.class_
        elif office.elsewhere:
            group = self._bare_place(office) or self.homes.meant_by(self._complement(office))
        else:
            group = self.homes.of(office)
        if group is None:
            village = office.level in ("village", "residential_group")
            return None, office.level if village else office.entry.class_ or None
        return group.id, group.head.entry.key

    def _bare_place(self, office: Office) -> UnitGroup | None:
        """The place without a type word that an office is of, which is known once all places are: Chef von Đồng Nai."""
        mention = self.at.get(self._complement(office))
        return self.units.group_of[mention] if mention is not None and mention.is_place else None

    def _complement(self, office: Office) -> int:
        """The token of what an office is of, past its preposition and article."""
        return self.t.skip(office.title_end, "of", "article", "this", "its")

    def _at_level(self, office: Office) -> UnitGroup | None:
        """The body of the level that the office's word names, else the place: Bezirksparteisekretär."""
        level, type_ = office.entry.level, office.entry.class_
        bodies = [m for m in self.units.mentions if m.entry.key == type_ and level in (m.level, m.entry.level)]
        before = [m for m in bodies if m.start < office.start]
        if bodies:
            return self.units.group_of[(before or bodies)[-1]]
        return self.units.meant_by(office.start, level)


def role_key(office: Office, unit_type: str | None) -> str:
    """The language-independent key of an office: deputy or not, the kind of unit where that matters, its word."""
    word = office.entry.key.removeprefix("deputy_")
    if unit_type in _ASSEMBLIES and office.entry.key == "deputy_head":
        return "delegate"  # a deputy of the People's Council
    deputy = office.deputy or word != office.entry.key
    key = _FIXED_KEYS.get((unit_type or "", word), word)
    if unit_type and key in _HELD_IN:
        if key == "secretary" and unit_type in ("party_committee", "party_organization", "party_executive_committee"):
            unit_type = "party"
        key = f"{unit_type}_{key}"
    return f"deputy_{key}" if deputy else key
