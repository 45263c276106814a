"""Groups of mentions -> the units of the record, with what was doubtful about their places as warnings."""

from __future__ import annotations

from dataclasses import replace

from extractors.packs import Entry
from extractors.places import SINCE, Place, label
from extractors.types import Span, Successor, Unit, Warning_
from extractors.units.groups import UnitGroup, UnitGroups
from extractors.units.mentions import UnitMention

_SHOWN = 3  # candidates named in a warning
# How often a rule was right on annotated articles (docs/quality.md): where the unit is named once, and more often.
_CONFIDENCE = {
    "unit.type": (0.97, 0.98),
    "unit.head": (0.92, 0.97),
    "unit.name_first": (0.93, 0.96),
    "unit.coordinated": (0.94, 0.95),
    "unit.bracket": (0.92, 0.94),
    "unit.office": (0.8, 0.85),
    "unit.known": (0.84, 0.86),
    "unit.province": (0.9, 0.93),
}


def write_units(groups: UnitGroups) -> tuple[tuple[Unit, ...], list[Warning_]]:
    """The units of one article in the order of their first mention, and what was doubtful about their places."""
    writer = _Writer(groups)
    return tuple(writer.unit(group) for group in groups.in_order()), writer.warnings


# Committees that the Party and the unions have alike; a Party cell of a school stays the Party's.
_COMMITTEES = frozenset({"party_executive_committee", "party_standing_committee", "inspection_commission"})


class _Writer:
    def __init__(self, groups: UnitGroups) -> None:
        self.groups = groups
        self.t = groups.t
        self.warnings: list[Warning_] = []

    def unit(self, group: UnitGroup) -> Unit:
        head = group.head
        kind = self._kind(head)
        if kind.key == "hospital_department" and group.parent and group.parent.head.entry.class_ == "education":
            kind = group.parent.head.entry  # a Khoa of a hospital or of a university
        known = group.place.place if head.is_place else None
        spans = sorted({(self.t.starts[m.start], self.t.ends[m.end - 1]) for m in group.mentions})
        if head.is_place and known is None and len(group.place.candidates) > 1:
            self._warn_ambiguous(group)
        if (
            known is not None
            and known.version != SINCE == self.groups.version
            and not any(m.former for m in group.mentions)
        ):
            self._warn_dissolved(group)
        return Unit(
            id=group.id,
            name=self._name(group),
            class_=kind.class_ or "administrative",  # type: ignore[arg-type]  # checked when the pack is read
            type=(self._since_reform(group) if head.is_place else kind.key) or None,
            parent=group.parent.id if group.parent else None,
            code=known.code if known else None,
            code_version=known.version if known else None,
            official_name=label(known, date=self.groups.published) if known else None,
            successors=tuple(Successor(p.code, label(p)) for p in group.place.successors) if known else (),
            mentions=tuple(Span(start, end, self.t.text[start:end]) for start, end in spans),
            confidence=self._confidence(group),
            rule=head.rule,
        )

    def _kind(self, head: UnitMention) -> Entry:
        """The entry that says class and type: of a committee of a union (Ban Chấp hành Hội Nông dân) the union's; the
        office that serves a committee (Büro des Volksrats) is an agency, a bureau of a field a department.

        A cell or committee of the Party is one of the Party's, also in a company (Đảng ủy Công ty …).
        """
        inner = head.inner
        if head.entry.key == "department" and inner is not None and not inner.is_place:
            if head.entry.form.lower() in self.t.pack.phrases["bureau"] and inner.entry.key != "department":
                party = inner.entry.class_ == "party"
                return replace(head.entry, key="party_office" if party else "agency", class_=inner.entry.class_)
            if inner.entry.key in ("peoples_council", "national_assembly"):
                return replace(head.entry, key="council_committee")  # Rechtsabteilung des Volksrats
        if head.entry.key == "ministry" and (head.level or inner is not None):
            return replace(head.entry, key="department")  # of a province: "ministry" in machine translations
        if head.entry.key in _COMMITTEES and inner is not None and not inner.is_place and inner.entry.class_ != "party":
            return replace(head.entry, class_=inner.entry.class_)
        return head.entry

    def _since_reform(self, group: UnitGroup) -> str:
        """The type of a place; since the reform a word that can mean district or ward means a ward."""
        if (
            self.groups.version == SINCE
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
        return ", ".join(label(each) for each in (place, *self.groups.gazetteer.ancestors(place)))

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
