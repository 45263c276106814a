"""Reads offices: the words of the title, its deputies and adjectives, and the unit that it is held in."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from extractors.names import capital_run, is_surname
from extractors.packs import Entry
from extractors.people.held import Held
from extractors.tokens import Match, Tokens
from extractors.types import RoleStatus
from extractors.units.mentions import UnitMention
from extractors.units.named import named_by

_LONGEST_FIELD = 5  # words of the field behind an office (Phó Chủ tịch phụ trách kinh tế)


@dataclass(frozen=True, slots=True)
class Office:
    """An office at tokens `start:end`, its unit included; the title is tokens `start:title_end`.

    `unit` is the unit it is held in, `back` the body head that refers to a unit named before ("giám đốc hợp tác xã"),
    `elsewhere` whether it is held in something that is no unit ("head of the delegation").
    """

    start: int
    title_end: int
    end: int
    entry: Entry
    deputy: bool
    status: RoleStatus
    unit: UnitMention | None
    back: Entry | None
    level: str = ""
    elsewhere: bool = False


class OfficeReader:
    """Reads the offices of one article; `inside` are the tokens of its units, `honorifics` those behind honorifics."""

    def __init__(
        self, tokens: Tokens, units: Sequence[UnitMention], inside: set[int], honorifics: Container[int]
    ) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.inside = inside
        self.honorifics = honorifics
        self.named: list[UnitMention] = []  # by an office alone
        self.unit_at: Mapping[int, UnitMention] = {unit.start: unit for unit in reversed(units)}
        self.unit_ending: Mapping[int, UnitMention] = {unit.end: unit for unit in reversed(units)}
        self.held = Held(tokens, self.unit_at)

    def read(self, start: int) -> Office | None:
        """The office whose title, modifiers included, begins at the token."""
        index, kinds = start, set()
        while (modifier := self.t.find(index, "modifier")) is not None and self._is_modified(index, modifier):
            kinds.add(modifier.entry.key)
            index = modifier.end
        match = self.t.find(index, "office")
        if match is None or self._ends_name(start, match) or self._ends_unit(match) or self._is_verb(match):
            return None
        title_end = match.end
        while (modifier := self.t.find(title_end, "modifier")) is not None and self._suffix(modifier):
            if title_end in self.unit_at:
                break  # Phó Chủ tịch [Thường trực HĐND huyện]
            kinds.add(modifier.entry.key)
            title_end = modifier.end
        holder = next((i for i in range(match.end - 1, start, -1) if self._holds(i, match)), None)
        if holder is None and self.pack.diacritics:
            title_end = self._past_field(title_end) or title_end
        unit, back, end, level = self.held.unit_of(title_end)
        if unit is None and back is None and not level and (field_end := self.held.past_field(title_end)):
            title_end = field_end
            unit, back, end, level = self.held.unit_of(title_end)
        elsewhere = unit is None and back is None and not level and self._has_complement(title_end)
        if elsewhere and (named := named_by(self.t, match.entry, title_end, self.inside, self.unit_at)):
            unit, end = named, named.end
            self.inside.update(range(named.start, named.end))
            self.named.append(named)
        end = self._complement_end(title_end) if elsewhere else end
        if self.pack.names_first and unit is not None and unit.is_place and start in self.unit_ending:
            unit = self.unit_ending[start]  # the [People's Committee] vice chairman of Soc Son commune
        if unit is None and back is None and not level and self.pack.names_first:
            unit, back, level = self._owner_before(start)
            elsewhere = elsewhere and back is None and not level
        if unit is None and back is None and self.t.kind(start - 1) == "(":  # the Sub-Department (officer: X)
            unit = self.unit_ending.get(start - 1)
        if unit is None and holder is not None:
            unit, back = self.unit_at[holder], None
            end = unit.end
            title_end = self._title_before(start, holder, title_end)
        status: RoleStatus = "former" if "former" in kinds else "acting" if "acting" in kinds else "current"
        elsewhere = elsewhere and unit is None
        return Office(start, title_end, end, match.entry, "deputy" in kinds, status, unit, back, level, elsewhere)

    def _ends_name(self, start: int, office: Match) -> bool:
        """Whether one capitalised syllable only closes a name, as no comma parts it from that: Thiếu tướng Đinh Quang
        Trưởng, Phó Tư lệnh …"""
        if not self.pack.diacritics or office.end - start > 1 or self.t.kind(start) != "C":
            return False
        begin = start
        while self.t.kind(begin - 1) == "C" and begin - 1 not in self.inside:
            begin -= 1
        return start - begin > 1 and is_surname(self.t.words[begin], exact=True) and self.t.kind(office.end) in ",.;"

    def _is_verb(self, office: Match) -> bool:
        """Whether what looks like many officers is what one does: who chairs the federation, heads it."""
        governs = self.t.is_word(office.end, "article", "its", "impersonal")
        return governs and self.pack.pronouns_are_people and self.t.is_plural(office)

    def _ends_unit(self, office: Match) -> bool:
        """Whether the office begins with the last words of a unit: Long Khanh Police [Division head]."""
        ends = (self.unit_ending.get(end) for end in range(office.start + 1, office.end))
        return any(unit is not None and unit.start < office.start for unit in ends)

    def _holds(self, index: int, office: Match) -> bool:
        """Whether a unit begins inside the office: Trưởng [Ban Kinh tế], Chánh [Văn phòng UBND tỉnh]."""
        return index in self.unit_at and self.unit_at[index].end >= office.end

    def _owner_before(self, start: int) -> tuple[UnitMention | None, Entry | None, str]:
        """The unit right before an office, or the head or level that refers to one: Hoa Ban Company's director, the
        bank's, the commune's."""
        end = start - (self.t.word(start - 1) in ("'s", "’s"))
        unit = self.unit_ending.get(end)
        if unit is not None and (end < start or not unit.is_place):
            return unit, None, ""
        level = self.t.find(end - 1, "level") if end < start else None
        return None, self._head_ending(end), level.entry.key if level is not None and level.end == end else ""

    def _head_ending(self, end: int) -> Entry | None:
        """The head of bodies, in any case, that ends before the token and names none: the federation('s), Council."""
        for begin in range(end - 1, end - 4, -1):
            head = self.t.find(begin, "body") or self.t.small_heads.get(begin)
            if head is not None and head.end == end:
                return head.entry if begin not in self.inside else None
        return None

    def _past_field(self, index: int) -> int:
        """Past the field that an office is for, where its body follows: Giám đốc [thu mua] Tập đoàn Hoa Ban; else 0."""
        end = index
        if index - 1 in self.unit_at or any(i in self.inside for i in range(index - 1, index + 1)):
            return 0
        while end - index < _LONGEST_FIELD and (field := self.t.find(end, "word")) is not None:
            if end in self.unit_at:
                return 0
            end = field.end
        unit = self.unit_at.get(end)
        held = unit is not None and not unit.is_place
        named = self.t.kind(end) == "C" and end - index <= _LONGEST_FIELD and is_surname(self.t.words[end], exact=True)
        return end if end > index and (held or (named and unit is None and self.t.kind(end + 1) == "C")) else 0

    def _is_modified(self, index: int, modifier: Match) -> bool:
        """Whether a modifier stands here, not an office: Phó [Đồn trưởng] goes beyond the office Phó Đồn."""
        office = self.t.find(index, "office")
        longer = self.t.find(modifier.end, "office")
        return office is None or (longer is not None and longer.end > office.end)

    def _has_complement(self, index: int) -> bool:
        """Whether a preposition and a noun in small letters say what the office is of."""
        linked = index
        while self.t.kind(linked) == "w" and (self.t.is_word(linked, "body_of") or self.t.is_word(linked, "article")):
            linked += 1
        return linked > index and self.t.kind(linked) in "wCU" and linked not in self.honorifics

    def _complement_end(self, index: int) -> int:
        """The end of a land or town that an office is of, before its holder's comma: ambassadeur du Japon, X."""
        end = index
        while self.t.kind(end) == "w" and self.t.is_word(end, "body_of", "article"):
            end += 1
        behind = capital_run(self.t, end, end + 3)
        return behind if behind > end > index and self.t.kind(behind) == "," else index

    def _title_before(self, start: int, unit: int, title_end: int) -> int:
        """Where a title ends before a unit that begins inside it: chef | du service de presse; not in Vietnamese."""
        end = unit
        while end > start + 1 and self.t.kind(end - 1) == "w" and self.t.is_word(end - 1, "of", "article"):
            end -= 1
        return title_end if self.pack.diacritics else end

    def _suffix(self, modifier: Match) -> bool:
        return modifier.entry.key in ("standing", "deputy") or not self.pack.diacritics
