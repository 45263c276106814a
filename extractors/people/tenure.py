"""Where an office is held, and its language-independent key."""

from __future__ import annotations

from extractors.people.offices import Office
from extractors.tokens import Tokens
from extractors.types import Role, Span
from extractors.units.groups import UnitGroup, UnitGroups

# Units that an office without a stated unit is held in, in the order in which they are looked for.
_WITH_ACCOUNTS = (
    *("company", "cooperative", "bank", "fund", "association", "school", "college", "university", "hospital"),
    *("medical_centre", "department", "public_service_centre", "newspaper", "radio_station", "management_board"),
)
_HOME_TYPES = {
    "chief_accountant": _WITH_ACCOUNTS,
    "treasurer": _WITH_ACCOUNTS,
    "secretary": ("party_committee", "party_organization", "party_executive_committee", "party_cell", "youth_union"),
    "party_secretary": ("party_committee", "party_organization", "party_executive_committee", "party_cell"),
    "principal": ("school", "college"),
    "deputy_principal": ("school", "college"),
    "editor_in_chief": ("newspaper",),
    "commander": ("military_command", "army_unit", "border_guard_command", "border_guard_post"),
    "political_commissar": ("border_guard_post", "military_command", "army_unit"),
    "abbot": ("venue",),
}
_OWN = ("party", "mass_organization", "security", "government")  # classes of bodies that every place has its own of
# Types of bodies that have no such office, so that one without a stated unit is not held in them.
_UNIONS = ("fatherland_front", "trade_union", "farmers_union", "womens_union", "youth_union", "veterans_association")
_PARTY = (
    "party_committee",
    "party_organization",
    "party_cell",
    "party_standing_committee",
    "party_executive_committee",
)
_STATE = ("peoples_committee", "peoples_council", "national_assembly", "court", "procuracy", "police", "ministry")
_BARRED = {
    "director": (*_UNIONS, *_PARTY, *_STATE, "party_board", "army_unit", "village", "steering_committee"),
    "general_director": (*_UNIONS, *_PARTY, *_STATE, "school", "cooperative", "department"),
    "chair": (
        *("department", "hospital", "court", "procuracy", "police", "army_unit", "tax_office", "statistics_office"),
        *("venue", "public_service_centre", "medical_centre", "health_station", "school", "treasury", "forest_rangers"),
    ),
    "manager": (*_UNIONS, *_PARTY, *_STATE),
}
# Offices of the state, and of other lands, that no body named before holds.
_HOMELESS = frozenset({"ambassador", "state_president", "state_vice_president", "prime_minister", "general_secretary"})
_SCHOOLS = ("school", "college", "political_school", "university")
# Offices whose key names the kind of unit that they are held in.
_HELD_IN = frozenset({"secretary", "chair", "director", "head", "member", "commander", "standing_member"})
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
            group = self._home(office) or self.units.group_of[office.unit]  # Schulleiterin im Bezirk X
        elif office.unit is not None:
            group = self.units.group_of[office.unit]
        elif office.back is not None:
            group = self.units.last_of(office.start, groups=(office.back.group,))
            if group is None and office.back.class_ not in _OWN:  # giám đốc nhà máy, of the Công ty named before
                since = self.t.paragraph_start(office.start)
                types = (office.back.key,)
                group = self.units.last_of(office.start, types=types, since=since) or self.units.only_of(types)
        elif office.level:
            group = self.units.meant_by(office.start, office.level)
        elif office.entry.level:
            group = self._at_level(office)
            return (group.id if group is not None else None), office.entry.class_
        elif not office.elsewhere:
            group = self._home(office)
        if group is None:
            village = office.level in ("village", "residential_group")
            return None, office.level if village else office.entry.class_ or None
        return group.id, group.head.entry.key

    def _at_level(self, office: Office) -> UnitGroup | None:
        """The body of the level that the office's word names, else the place: Bezirksparteisekretär."""
        level, type_ = office.entry.level, office.entry.class_
        bodies = [m for m in self.units.mentions if m.entry.key == type_ and level in (m.level, m.entry.level)]
        before = [m for m in bodies if m.start < office.start]
        if bodies:
            return self.units.group_of[(before or bodies)[-1]]
        return self.units.meant_by(office.start, level)

    def _home(self, office: Office) -> UnitGroup | None:
        if office.entry.key in _HOMELESS:
            return None
        types = (office.entry.class_,) if office.entry.class_ else _HOME_TYPES.get(office.entry.key, ())
        if office.entry.key == "village_head":
            return self.units.near_place(office.start, "village", since=self.t.paragraph_start(office.start))
        if self.t.is_word(office.start - 1, "its"):
            return self.units.last_of(office.start, since=self.t.paragraph_start(office.start))
        if office.entry.class_ == "school":
            since = self.t.paragraph_start(office.start)
            return self.units.last_of(office.start, types=_SCHOOLS, since=since) or self.units.only_of(_SCHOOLS)
        if types:
            last = self.units.last_of(office.start, types=types, since=self.t.paragraph_start(office.start))
            last = last or self.units.only_of(types)
            return self.units.sibling(last, types[0]) if last is not None else None
        word = office.entry.key.removeprefix("deputy_")
        body = self._body_word(office)
        held = self.units.last_named(office.start, body) if body else None
        if held is not None or body == "ban":
            return held  # Tổ trưởng of the Tổ công nghệ số named before, Trưởng Ban of the Ban Chỉ đạo
        return self.units.last_of(
            office.start, since=self.t.paragraph_start(office.start), barred=_BARRED.get(word, ())
        )

    @staticmethod
    def _body_word(office: Office) -> str:
        """The word for the body in an office like Tổ trưởng, Trưởng Ban; empty where there is none."""
        words = office.entry.form.lower().split()
        rest = [word for word in words if word not in ("trưởng", "phó")]
        return " ".join(rest) if 0 < len(rest) < len(words) else ""


def role_key(office: Office, unit_type: str | None) -> str:
    """The language-independent key of an office: deputy or not, the kind of unit where that matters, its word."""
    word = office.entry.key.removeprefix("deputy_")
    deputy = office.deputy or word != office.entry.key
    key = _FIXED_KEYS.get((unit_type or "", word), word)
    if unit_type and key in _HELD_IN:
        if key == "secretary" and unit_type in ("party_committee", "party_organization", "party_executive_committee"):
            unit_type = "party"
        key = f"{unit_type}_{key}"
    return f"deputy_{key}" if deputy else key
