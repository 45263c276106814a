"""Finds offices and forms of address: what stands before and behind the names of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.names import capital_run, is_surname
from extractors.packs import Entry
from extractors.people.held import Held
from extractors.people.named import named_by
from extractors.places import BEFORE, load
from extractors.tokens import Match, Tokens
from extractors.types import RoleStatus
from extractors.units.mentions import UnitMention

_YEAR = 4  # digits
_LONGEST_DATE = 7  # tokens: "bis zum 31. Oktober 2024"
_ADJECTIVES = 2  # between an office's preposition and its body
OF_CHIEF = "chief"  # in offices.csv: held where the chief named before is: her deputy
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


def beginning(start: int, honorifics: Sequence[Match]) -> int:
    """Where a name at token `start` begins with the honorifics before it."""
    return honorifics[0].start if honorifics else start


class Titles:
    """The honorifics and offices of one article, past the units that were found in it.

    `honorifics` are by the token behind them, offices by the token where they start and where they end.
    """

    def __init__(self, tokens: Tokens, units: Sequence[UnitMention]) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.unit_at = {unit.start: unit for unit in reversed(units)}
        self.unit_ending = {unit.end: unit for unit in reversed(units)}
        self.held = Held(tokens, self.unit_at)
        self.inside: set[int] = {index for unit in units for index in range(unit.start, unit.end)}
        self.named: list[UnitMention] = []
        self.honorifics = self._scan_honorifics()
        offices = self._with_chiefs_unit(list(self._scan_offices()))
        self.office_at = {office.start: office for office in offices}
        self.office_ending = {office.end: office for office in offices}

    def _scan_honorifics(self) -> dict[int, Match]:
        """Honorifics by the token after their end; a longer one hides those inside it."""
        found: dict[int, Match] = {}
        past = 0
        for index, match in sorted(self.t.matches["honorific"].items()):
            if index < past or index in self.inside or self._begins_place(match) or self._ends_office(match):
                continue
            if match.entry.key != "none":
                found[match.end] = match
            past = match.end
        return found

    def _ends_office(self, match: Match) -> bool:
        """Whether the profession only ends the name of an office: chef comptable."""
        before = (self.t.find(start, "office") for start in (match.start - 1, match.start - 2))
        return any(office is not None and office.end == match.end for office in before)

    def _begins_place(self, match: Match) -> bool:
        """Whether the word only begins a place's name: Bà Rịa - Vũng Tàu, Cô Tô."""
        if self.t.kinds[match.start] != "C" or match.end - match.start > 1 or self.t.begins_sentence(match.start):
            return False
        words = self.t.words[match.start : capital_run(self.t, match.start, match.start + 3)]
        return len(words) > 1 and load().longest_name(words, version=BEFORE) > 1

    def _scan_offices(self) -> Iterator[Office]:
        past = 0
        for index in sorted({*self.t.matches["office"], *self.t.matches["modifier"]}):
            office = self._office(index) if index >= past else None
            if office is not None:
                yield office
                past = max(office.end, office.title_end)

    def _with_chiefs_unit(self, offices: list[Office]) -> list[Office]:
        """The offices, where a bare deputy is one of the chief named before in the paragraph: "Ms. A, Chairwoman of the
        Federation …; Mr. B, Standing Vice Chairman", and where the word alone says deputy: "Mr. B, her deputy"."""
        given: list[Office] = []
        chiefs: dict[str, Office] = {}
        before = 0
        for office in offices:
            if "\n" in self.t.kinds[before : office.start]:
                chiefs.clear()
            before = office.start
            key = office.entry.key.removeprefix("deputy_")
            bare = office.unit is None and office.back is None and not office.level and not office.elsewhere
            chief = chiefs.get(key)
            if office.entry.class_ == OF_CHIEF:
                chief = chiefs.get("")
                office = replace(office, entry=replace(office.entry, class_=""))
            if bare and chief is not None and (office.deputy or key != office.entry.key):
                office = replace(office, unit=chief.unit, back=chief.back, level=chief.level)
            elif not bare and office.status != "former":
                chiefs[key] = chiefs[""] = office
            given.append(office)
        return given

    def _office(self, start: int) -> Office | None:
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
        if elsewhere and (named := named_by(self.t, match.entry, title_end, self.inside)):
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

    def past_owner(self, index: int) -> int:
        """Past the owner before an office, where one follows: the [company's] director, [GIZ] director."""
        if not self.pack.names_first or index in self.office_at:
            return index
        unit = self.unit_at.get(index)
        head = self.t.small_heads.get(index) or self.t.find(index, "body") or self.t.find(index, "level")
        end = unit.end if unit is not None else head.end if head is not None else index + 1
        owned = self.t.word(end) in ("'s", "’s")
        end += owned
        known = owned or unit is not None or head is not None
        return end if known and end in self.office_at else index

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

    def office_before(self, begin: int) -> Office | None:
        """The office that ends right before the name, past a comma, a colon or a bracket with a place."""
        index = begin
        if self.t.kind(index - 1) == "w" and self.t.is_word(index - 1, "article") and self.t.kind(index - 2) == ",":
            index -= 1  # chef de la Police, le colonel X
        verb = self._verb_before(index)
        if self.t.kind(verb) == "w" and self.t.is_word(verb, "copula") and verb in self.office_ending:
            return self.office_ending[verb]  # Direktor der Genossenschaft ist [seit 2021] Herr X
        if self.t.kind(index - 1) in ",:-" and index - 1 in self.office_ending:
            index -= 1
        if self.t.kind(index - 1) == ")":
            opening = index - 2
            while opening > 0 and self.t.kind(opening) not in "(\n" and index - opening < 16:
                opening -= 1
            if self.t.kind(opening) == "(":
                index = opening
        return self.office_ending.get(index)

    def _verb_before(self, index: int) -> int:
        """The token before, past the adverbs and the date between a verb and the name that is its subject."""
        verb = index - 1
        while verb > index - _LONGEST_DATE and (
            self.t.kind(verb) == "n" or self.t.is_word(verb, "joint", "once", "since")
        ):
            verb -= 1
        return verb

    def office_follows(self, end: int) -> bool:
        """Whether an office or a profession stands behind the name, past a comma, a dash or an opening bracket."""
        if self.t.kind(end) not in ",-(":
            return False
        after = self.past_age(end + 1)
        after += self.t.is_word(after, "once")  # X, früher Sergeant
        after = self.past_owner(self.skip_honorifics(self.skip_honorifics(after)))
        after = self.past_adverbs(after)
        return after in self.office_at or any(index in self.honorifics for index in range(end + 2, after + 1))

    def past_adverbs(self, index: int) -> int:
        """Past what says since when, or beside what, an office is held: ", until now Chairman", ", zugleich Leiter"."""
        begin = index
        while index not in self.office_at and self._is_adverb(index):
            index += 1
        return index if index in self.office_at else self._past_date(index) or self._past_adjectives(begin)

    def _past_adjectives(self, index: int) -> int:
        """Past the adjectives between an article and an office: the [newly appointed] head, die [neue] Leiterin."""
        end = index
        while end - index <= _ADJECTIVES and self.t.is_word(index - 1, "article"):
            if end in self.office_at:
                return end
            if self.t.kind(end) not in "wC" or self.t.is_word(end, "of", "article", "copula", "its", "and", "speech"):
                return index
            if self.t.kind(end) == "C" and (self.pack.compounds or end in self.inside or end in self.honorifics):
                return index  # but the Taiwanese director
            end += 1
        return index

    def _is_adverb(self, index: int) -> bool:
        """Whether an adverb stands here, or the small words of one: at the same time, à la fois, in Personalunion."""
        if self.t.is_word(index, "joint", "once"):
            return True
        small = [i for i in (index, index + 1) if self.t.is_word(i, "of", "article")]
        return small[:1] == [index] and self.t.is_word(small[-1] + 1, "joint", "once")

    def is_past(self, begin: int, end: int) -> bool:
        """Whether the words before an office say that it is no longer held: formerly, until 2020, in 2019."""
        if any(self.t.is_word(i, "once") for i in range(begin, end)):
            return True
        years = sum(self.t.kind(i) == "n" and len(self.t.word(i)) == _YEAR for i in range(begin, end))
        dated = any(self.t.kind(i) == "n" for i in range(begin, end))
        return dated and (years > 1 or not self.t.is_word(begin, "since"))

    def _past_date(self, index: int) -> int:
        """Past the day or year since or until when an office is held: bis zum 31. Oktober, since 2021; else 0."""
        dated = self.t.is_word(index, "since", "once")
        for end in range(index, index + _LONGEST_DATE):
            if end in self.office_at:
                held = self.t.kind(self.office_at[end].end) in "CU"  # ", on 5 May Secretary Le Van Ba said"
                return end if dated and not held else 0
            if self.t.kind(end) in ",;:(\n" or end in self.unit_at or end in self.honorifics:
                return 0
            dated = dated or self.t.kind(end) == "n"
        return 0

    def skip_honorifics(self, index: int) -> int:
        while True:
            while self.t.is_small(index) and self.t.is_word(index, "article", "its"):
                index += 1
            match = self.t.find(index, "honorific")
            if match is None or match.entry.key not in ("rank", "profession") or index in self.office_at:
                return index
            index = match.end + (self.t.kind(match.end) in "," or self.t.is_word(match.end, "and"))

    def continues_list(self, end: int, start: int) -> bool:
        """Whether only a comma or "and" stands between this name and the one before."""
        between = range(end, start)
        return 0 < len(between) <= 2 and all(
            self.t.kinds[index] in ",;" or self.t.is_word(index, "and") for index in between
        )

    def past_bracket(self, index: int) -> int:
        if self.t.kind(index) != "(" or self.skip_honorifics(self.past_age(index + 1)) in self.office_at:
            return index
        end = index
        while self.t.kind(end) not in ")\n" and end - index < 12:
            end += 1
        return end + 1 if self.t.kind(end) == ")" else index

    def past_age(self, index: int) -> int:
        """Past "29 tuổi," or "34 years old," or "sinh năm 1963,"; an office in Regiment 148 is no age."""
        if index in self.office_at:
            return index
        for end in range(index, min(index + 5, len(self.t))):
            if self.t.kind(end) in ",-" and any(self.t.kinds[k] == "n" for k in range(index, end)):
                return end + 1
        return index
