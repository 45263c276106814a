"""Finds the mentions of people and the offices that the text gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from .mentions import UnitMention, name_key
from .names import capital_run, is_ethnic_group, is_highland, is_initial, is_surname, is_syllable
from .packs import Entry
from .places import BEFORE, load
from .tokens import Match, Tokens
from .types import RoleStatus

_LONGEST_NAME = 6  # words; Công Tằng Tôn Nữ Hà My, the longest pattern in use
_COPULA_REACH = 14  # tokens behind a name in which "giữ chức", "wurde … ernannt" and the office are looked for
_PARTICLES = frozenset({"de", "van", "von", "der", "den", "bin", "al", "el", "da", "dos", "le", "la", "di", "ter"})


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


@dataclass(slots=True, eq=False)
class PersonMention:
    """A name at tokens `start:end`, the honorifics before it, and the offices given to it here."""

    start: int
    end: int
    name: str
    honorifics: tuple[Match, ...]
    rule: str
    offices: list[tuple[Office, str]] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """Whether nothing but the look of the name speaks for a person, so that a place of that name comes first."""
        return self.rule in ("person.surname", "person.list") and not self.offices

    def can_be_place(self, places: Set[str]) -> bool:
        """Whether nothing but a profession stands before the name of one of the places: nông dân Di Linh."""
        professions = all(found.entry.key == "profession" for found in self.honorifics)
        return professions and not self.offices and self.rule != "person.surname" and name_key(self.name) in places

    @property
    def gender(self) -> str:
        for found in self.honorifics:
            if found.entry.gender:
                return found.entry.gender
        return ""


class PersonFinder:
    """Reads people off the tokens of one article, past the units that were found in it."""

    def __init__(self, tokens: Tokens, units: Sequence[UnitMention]) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.unit_at = {unit.start: unit for unit in reversed(units)}
        self.unit_ending = {unit.end: unit for unit in reversed(units)}
        self.inside: set[int] = {index for unit in units for index in range(unit.start, unit.end)}
        self.honorifics = self._scan_honorifics()
        self.offices = list(self._scan_offices())
        self.office_at = {office.start: office for office in self.offices}
        self.office_ending = {office.end: office for office in self.offices}
        self.used: set[int] = set()

    def find(self) -> list[PersonMention]:
        """Every mention of a person in the order of the text, with offices."""
        mentions = list(self._scan_names())
        for index, mention in enumerate(mentions):
            following = mentions[index + 1].start if index + 1 < len(mentions) else len(self.t)
            self._offices_after(mention, following)
            self._offices_before(mention, mentions[index - 1] if index else None)
            self._share(mentions, index)
        return mentions

    def _share(self, mentions: list[PersonMention], index: int) -> None:
        """What is said of a list is said of each: các đồng chí A, B và C được bổ nhiệm Phó Giám đốc."""
        shared = [(office, "role.list") for office, rule in mentions[index].offices if rule == "role.copula"]
        while shared and index and self._continues_list(mentions[index - 1], mentions[index].start):
            index -= 1
            if mentions[index].offices:
                return
            mentions[index].offices.extend(shared)

    # --- honorifics and offices ---

    def _scan_honorifics(self) -> dict[int, Match]:
        """Honorifics by the token after their end; a longer one hides those inside it."""
        found: dict[int, Match] = {}
        past = 0
        for index, match in sorted(self.t.matches["honorific"].items()):
            if index < past or index in self.inside or self._begins_place(match):
                continue
            if match.entry.key != "none":
                found[match.end] = match
            past = match.end
        return found

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

    def _office(self, start: int) -> Office | None:
        """The office whose title, modifiers included, begins at the token."""
        index, kinds = start, set()
        while (modifier := self.t.find(index, "modifier")) is not None and self.t.find(index, "office") is None:
            kinds.add(modifier.entry.key)
            index = modifier.end
        match = self.t.find(index, "office")
        if match is None:
            return None
        title_end = match.end
        while (modifier := self.t.find(title_end, "modifier")) is not None and self._suffix(modifier):
            kinds.add(modifier.entry.key)
            title_end = modifier.end
        unit, back, end, level = self._unit_of(title_end)
        elsewhere = unit is None and back is None and not level and self._has_complement(title_end)
        for inside in range(match.end - 1, start, -1):  # Trưởng [Ban Kinh tế], Chánh [Văn phòng UBND tỉnh]
            if unit is None and inside in self.unit_at and self.unit_at[inside].end >= match.end:
                unit, back = self.unit_at[inside], None
                end = unit.end
        status: RoleStatus = "former" if "former" in kinds else "acting" if "acting" in kinds else "current"
        elsewhere = elsewhere and unit is None
        return Office(start, title_end, end, match.entry, "deputy" in kinds, status, unit, back, level, elsewhere)

    def _has_complement(self, index: int) -> bool:
        """Whether a preposition and a noun in small letters say what the office is of."""
        linked = index
        while self.t.kind(linked) == "w" and (self.t.is_word(linked, "body_of") or self.t.is_word(linked, "article")):
            linked += 1
        return linked > index and self.t.kind(linked) in "wC" and linked not in self.honorifics

    def _suffix(self, modifier: Match) -> bool:
        return modifier.entry.key in ("standing", "deputy") or not self.pack.diacritics

    def _unit_of(self, index: int) -> tuple[UnitMention | None, Entry | None, int, str]:
        """The unit that an office ending before the token is held in, or the head that refers back to one."""
        linked = index
        while self.t.is_small(linked) and (self.t.is_word(linked, "of") or self.t.is_word(linked, "article")):
            linked += 1
        unit = self.unit_at.get(linked)
        if unit is not None:
            return unit, None, unit.end, ""
        if self.t.word(linked + 1) in ("'s", "’s") and linked + 2 in self.unit_at:
            return self.unit_at[linked + 2], None, self.unit_at[linked + 2].end, ""
        body = self.t.find(linked, "body") or self.t.find(linked, "level")
        if body is not None:
            if body.entry.category == "body":
                return None, body.entry, body.end, ""
            return None, None, body.end, body.entry.key
        return None, None, index, ""

    # --- names ---

    def _scan_names(self) -> Iterator[PersonMention]:
        past = 0
        previous: PersonMention | None = None
        for index, kind in enumerate(self.t.kinds):
            if kind not in "CU" or index < past or index in self.inside:
                continue
            mention = self._name(index, previous)
            if mention is not None:
                yield mention
                previous = mention
                past = mention.end

    def _name(self, start: int, previous: PersonMention | None) -> PersonMention | None:
        """The person whose name begins at the token, where there is enough to take it for one."""
        if start in self.office_at or self.t.find(start, "honorific"):
            return None
        honorifics = self._honorifics_before(start)
        if not honorifics and self.t.is_common(start) and not self._is_plainly_name(start):
            return None
        begin = self._begin(start, honorifics)
        end = self._name_end(start, triggered=bool(honorifics) or begin in self.office_ending)
        if end == start:
            return None
        rule = self._evidence(start, end, begin, honorifics, previous)
        if not rule:
            return None
        return PersonMention(start, end, self.t.slice(start, end), honorifics, rule)

    def _honorifics_before(self, start: int) -> tuple[Match, ...]:
        """The honorifics directly before the name, the outermost first."""
        found: list[Match] = []
        index = start
        if self.t.kind(index - 1) == ":" and index - 1 in self.honorifics:
            index -= 1
        while (match := self.honorifics.get(index)) is not None:
            found.append(match)
            index = match.start
        return tuple(reversed(found))

    def _is_plainly_name(self, start: int) -> bool:
        """Whether what looks like a small word at a sentence's beginning starts a name: Le Thi Bich Lien, A Phu."""
        if is_initial(self.t.words[start]):
            return True
        words = self.t.words[start : capital_run(self.t, start, start + 3)]
        return len(words) == 3 and is_surname(words[0], exact=False) and all(map(is_syllable, words))

    def _begin(self, start: int, honorifics: tuple[Match, ...]) -> int:
        return honorifics[0].start if honorifics else start

    def _name_end(self, start: int, *, triggered: bool) -> int:
        run = capital_run(self.t, start, start + _LONGEST_NAME + 1)
        for index in range(start, run):
            if index in self.inside or (index > start and (index in self.office_at or self._starts_other(index))):
                run = index
                break
        if not self.pack.diacritics and run > start:
            run = self._vietnamese_end(start, run)
        while triggered and run < len(self.t) - 1 and self.t.words[run] in _PARTICLES and self.t.kind(run + 1) == "C":
            run = capital_run(self.t, run + 1, run + 3)
        return run

    def _starts_other(self, index: int) -> bool:
        honorific = self.t.find(index, "honorific")
        if honorific is not None and honorific.entry.key in ("rank", "profession"):
            return honorific.end - index > 1 or not is_syllable(self.t.words[index])
        if (
            honorific is not None
            and self.t.kinds[index] == "C"
            and honorific.entry.key == "title"
            and honorific.entry.capital
        ):
            return True
        return self.t.find(index, "level") is not None and self.t.words[index] not in ("Bản", "Làng")

    def _vietnamese_end(self, start: int, run: int) -> int:
        """Cuts the run of a name before the first word of the article's own language (Frau Hien [Briefe])."""
        if not (
            is_surname(self.t.words[start], exact=False)
            or is_initial(self.t.words[start])
            or is_syllable(self.t.words[start])
        ):
            return run
        end = start + 1
        while end < run and not self.t.is_common(end):
            end += 1
        return end

    def _evidence(
        self, start: int, end: int, begin: int, honorifics: tuple[Match, ...], previous: PersonMention | None
    ) -> str:
        """The rule that takes this run for a person, or nothing."""
        words = self.t.words[start:end]
        surname = is_surname(words[0], exact=self.pack.diacritics) or (is_initial(words[0]) and len(words) > 1)
        if self._in_thing(start):
            return ""
        if honorifics and not (len(words) == 1 and self.t.is_common(start)) and not self._is_people(words, honorifics):
            whole = len(words) > 1 or (is_highland(words[0]) and not self.t.glued(start))
            return "person.honorific" if whole else "person.short"
        if len(words) == 1:
            beside = self._office_before(begin) is not None or self._office_follows(end)
            return "person.office" if is_highland(words[0]) and beside else ""
        if self._office_before(begin) is not None and (surname or self._office_before(begin) is not None):
            return "person.office"
        if len(words) > _LONGEST_NAME:
            return ""
        if previous is not None and self._continues_list(previous, start) and (surname or self._listed(previous)):
            return "person.list"
        if self._office_follows(end) and (surname or len(words) <= 3):
            return "person.apposition"
        if surname and len(words) >= 3 and all(is_syllable(word) for word in words[1:]) and self._plain(start, words):
            return "person.surname"
        return ""

    def _is_byline(self, start: int, end: int) -> bool:
        """Whether the name stands alone in the last line."""
        return self.t.kind(start - 1) == "\n" and end >= len(self.t) - 1

    @staticmethod
    def _is_people(words: Sequence[str], honorifics: tuple[Match, ...]) -> bool:
        """Whether the words name a people behind a profession: nghệ nhân Ba Na, học sinh Êđê."""
        return honorifics[-1].entry.key == "profession" and is_ethnic_group(words)

    def _plain(self, start: int, words: Sequence[str]) -> bool:
        """Whether the words are written as a name among small letters, not as a headline in capitals."""
        return not all(word.isupper() for word in words) or self.t.kind(start - 1) != "U"

    def _in_thing(self, start: int) -> bool:
        """Whether a thing bears the name: đường Nguyễn Huệ, giải thưởng Lê Hữu Trác."""
        if start - 1 in self.inside or start in self.honorifics or start in self.office_ending:
            return False
        behind = capital_run(self.t, start, start + _LONGEST_NAME)
        if self.pack.names_first and self.t.kind(behind) == "w" and self.t.norm(behind) in self.pack.words["container"]:
            return True
        one = self.t.norm(start - 1)
        things = self.pack.words["container"]
        return one in things or f"{self.t.norm(start - 2)} {one}" in things

    def _office_before(self, begin: int) -> Office | None:
        """The office that ends right before the name, past a comma, a colon or a bracket with a place."""
        index = begin
        if self.t.kind(index - 1) == "w" and self.t.is_word(index - 1, "article") and self.t.kind(index - 2) == ",":
            index -= 1  # chef de la Police, le colonel X
        if self.t.kind(index - 1) == "w" and self.t.is_word(index - 1, "copula") and index - 1 in self.office_ending:
            return self.office_ending[index - 1]  # Direktor der Genossenschaft ist Herr X
        if self.t.kind(index - 1) in ",:-" and index - 1 in self.office_ending:
            index -= 1
        if self.t.kind(index - 1) == ")":
            opening = index - 2
            while opening > 0 and self.t.kind(opening) not in "(\n" and index - opening < 16:
                opening -= 1
            if self.t.kind(opening) == "(":
                index = opening
        return self.office_ending.get(index)

    def _office_follows(self, end: int) -> bool:
        """Whether an office or a profession stands behind the name, past a comma, a dash or an opening bracket."""
        if self.t.kind(end) not in ",-(":
            return False
        after = self._skip_honorifics(self._skip_honorifics(self._past_age(end + 1)))
        return after in self.office_at or any(index in self.honorifics for index in range(end + 2, after + 1))

    def _skip_honorifics(self, index: int) -> int:
        while True:
            while self.t.is_small(index) and self.t.is_word(index, "article"):
                index += 1
            match = self.t.find(index, "honorific")
            if match is None or match.entry.key not in ("rank", "profession") or index in self.office_at:
                return index
            index = match.end + (self.t.kind(match.end) in "," or self.t.is_word(match.end, "and"))

    def _listed(self, previous: PersonMention) -> bool:
        """Whether the person before stands in a list that a plural opens: các đồng chí A, B, C."""
        if previous.rule == "person.list":
            return True
        return bool(previous.honorifics) and self.t.is_word(previous.honorifics[0].start - 1, "plural")

    def _continues_list(self, previous: PersonMention, start: int) -> bool:
        """Whether only a comma or "and" stands between this name and the one before."""
        between = range(previous.end, start)
        return 0 < len(between) <= 2 and all(
            self.t.kinds[index] in ",;" or self.t.is_word(index, "and") for index in between
        )

    # --- offices of people ---

    def _offices_after(self, mention: PersonMention, following: int) -> None:
        """Name, office: "Ma Thị Lụa, Bí thư Đảng ủy xã …", "… (SN 1963), Trưởng thôn", "… làm giám đốc"."""
        index = self._past_bracket(mention.end)
        if self.t.kind(index) in ",-(:" and self.t.kind(index) != ":":
            index = self._skip_honorifics(index + 1)
            age = self._past_age(index)
            index = self._skip_honorifics(age)
            index = self._take_chain(mention, index, following, rule="role.apposition")
        self._copula(mention, index, following)

    def _past_bracket(self, index: int) -> int:
        if self.t.kind(index) != "(" or self._skip_honorifics(index + 1) in self.office_at:
            return index
        end = index
        while self.t.kind(end) not in ")\n" and end - index < 12:
            end += 1
        return end + 1 if self.t.kind(end) == ")" else index

    def _past_age(self, index: int) -> int:
        """Past "29 tuổi," or "34 years old," or "sinh năm 1963,"."""
        for end in range(index, min(index + 5, len(self.t))):
            if self.t.kind(end) in ",-" and any(self.t.kinds[k] == "n" for k in range(index, end)):
                return end + 1
        return index

    def _take_chain(self, mention: PersonMention, index: int, following: int, *, rule: str) -> int:
        """Gives the person every office of the chain that begins at the token; where the chain ends."""
        taken = self._office_before(self._begin(mention.start, mention.honorifics)) is not None
        end = index
        while (office := self.office_at.get(index)) is not None and index not in self.used and index < following:
            if following < office.end:
                break
            if taken and self._is_held(office, following):
                break
            mention.offices.append((office, rule))
            self.used.add(index)
            taken = True
            end = office.end
            index = self._past_joint(office.end)
        return end

    def _is_held(self, office: Office, following: int) -> bool:
        """Whether the next name, or its honorific, stands right behind the office: "…, Chủ tịch UBND xã Lò Văn An"."""
        begin = following
        while (match := self.honorifics.get(begin)) is not None:
            begin = match.start
        return begin == office.end

    def _past_joint(self, index: int) -> int:
        """Past what joins two offices of one person: a comma, và, kiêm, and a bracket."""
        index = self._past_bracket(index)
        while self.t.kind(index) in ",-" or self.t.is_word(index, "and") or self.t.is_word(index, "joint"):
            index += 1
        return self._skip_honorifics(index)

    def _copula(self, mention: PersonMention, index: int, following: int) -> None:
        """ "… làm giám đốc", "… giữ chức Bí thư", "is the director of …": a copula, then the office."""
        seen = once = False
        for step in range(index, min(index + _COPULA_REACH, following, len(self.t))):
            if (self.t.kinds[step] in ".;:\n" and self.t.kinds[step] != ".") or self.t.words[step] in ".!?":
                return
            if seen and step in self.office_at and step not in self.used:
                if self._is_held(self.office_at[step], following) or self._are_many(self.office_at[step]):
                    return
                office = self._with_subject(self.office_at[step], mention)
                self.used.add(step)
                mention.offices.append((replace(office, status="former") if once else office, "role.copula"))
                self._take_chain(mention, self._past_joint(office.end), following, rule="role.copula")
                return
            seen = seen or self.t.is_word(step, "copula")
            once = once or self.t.is_word(step, "once")

    def _are_many(self, office: Office) -> bool:
        """Whether the office stands in the plural, so that it is not one person's (ein Viertel seiner Mitglieder)."""
        heads = (self.t.find(index, "office") for index in range(office.start, office.title_end))
        return any(head is not None and self.t.is_plural(head) for head in heads)

    def _with_subject(self, office: Office, mention: PersonMention) -> Office:
        """The office in the unit that stands before "do": "HTX Gừng do chị Xùa làm giám đốc"."""
        if office.unit is not None or office.back is not None:
            return office
        begin = self._begin(mention.start, mention.honorifics)
        for index in range(begin, max(0, begin - 4), -1):
            unit = self.unit_ending.get(index)
            if unit is not None and not unit.is_place:
                return replace(office, unit=unit)
        return office

    def _offices_before(self, mention: PersonMention, previous: PersonMention | None) -> None:
        """Office, name: "Chủ tịch UBND huyện Đèo Văn Tính"; "các Phó Chủ tịch UBND tỉnh: A, B" gives it to both."""
        office = self._office_before(self._begin(mention.start, mention.honorifics))
        if office is not None and office.start not in self.used:
            self.used.add(office.start)
            chain = [office]
            while (before := self._chained_before(chain[0])) is not None:
                self.used.add(before.start)
                chain.insert(0, before)
            chain[-1] = self._with_unit_after(chain[-1], mention)
            mention.offices.extend((each, "role.before") for each in chain)
        elif (
            not mention.offices
            and not any(found.entry.key == "profession" for found in mention.honorifics)
            and previous is not None
            and self._continues_list(previous, self._begin(mention.start, mention.honorifics))
        ):
            mention.offices.extend(
                (each, "role.list")
                for each, rule in previous.offices
                if rule in ("role.before", "role.list") and self._plural(each)
            )

    def _with_unit_after(self, office: Office, mention: PersonMention) -> Office:
        """The office in the unit named behind the person: Deputy Director Ngo Thi Lan of the Department of Health."""
        if office.unit is not None or office.back is not None or self.pack.diacritics:
            return office
        if not self.t.is_word(mention.end, "of"):
            return office
        unit, back, _, _ = self._unit_of(mention.end)
        return replace(office, unit=unit, back=back) if unit is not None and not unit.is_place else office

    def _chained_before(self, office: Office) -> Office | None:
        """The office before this one that only a comma or "kiêm" parts from it."""
        index = office.start
        while self.t.kind(index - 1) in "," or self.t.is_word(index - 1, "and") or self.t.is_word(index - 1, "joint"):
            index -= 1
        before = self.office_ending.get(index) if index < office.start else None
        return before if before is not None and before.start not in self.used else None

    def _plural(self, office: Office) -> bool:
        return any(self.t.is_word(index, "plural") for index in (office.start - 1, office.start - 2)) or (
            not self.pack.diacritics
        )


def find_person_mentions(tokens: Tokens, units: Sequence[UnitMention]) -> list[PersonMention]:
    """The people named in the article in the order of the text, with the offices given to them."""
    return PersonFinder(tokens, units).find()
