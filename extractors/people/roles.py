"""Gives each person the offices that the text gives: behind the name, before it, by a copula, to a list."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from extractors.people.afar import Afar
from extractors.people.clauses import Clauses
from extractors.people.mentions import PersonMention
from extractors.people.offices import Office
from extractors.people.titles import Titles

_COPULA_REACH = 24  # tokens behind a name in which "giữ chức", "wurde … ernannt" and the office are looked for
# Classes of units in which one person holds two offices.
_MANAGED = ("enterprise", "cooperative", "association", "education", "health", "media")
_OF_PLACES = (
    "village_head",
    "party_secretary",
    "mayor",
    "chair",
)  # offices that a place has: Dorfvorsteher X vom Dorf Y


class RoleGiver:
    """Attaches the offices of one article to its people."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.t = titles.t
        self.pack = titles.pack
        self.clauses = Clauses(titles)
        self.used: set[int] = set()

    def give(self, mentions: list[PersonMention]) -> None:
        """Fills the offices of the mentions, which are in the order of the text."""
        for index, mention in enumerate(mentions):
            following = mentions[index + 1].start if index + 1 < len(mentions) else len(self.t)
            self._offices_after(mention, following, mentions[index - 1] if index else None)
            self._offices_before(mention, mentions[index - 1] if index else None, self._is_list(mentions, index))
            self._share(mentions, index)
            mention.offices[:] = self._with_shared_unit(mention.offices)
        afar = Afar(self.titles, mentions)
        for index, office in self.titles.office_at.items():
            if index not in self.used and (holder := afar.holder(office)) is not None:
                self._take(holder, index, once=afar.is_once(office))

    def _take(self, holder: PersonMention, index: int, *, once: bool) -> None:
        """Gives the person the office at the token and those that are joined to it."""
        while (office := self.titles.office_at.get(index)) is not None and index not in self.used:
            given = replace(office, status="former") if once else office
            holder.offices.append((given, "role.copula"))
            self.used.add(index)
            index = self._past_joint(office.end)

    def _with_shared_unit(self, offices: list[tuple[Office, str]]) -> list[tuple[Office, str]]:
        """The offices, where two that "and" joins share the unit of the second: chairman and CEO of Hoa Sen Group."""
        shared = list(offices)
        for place, ((first, rule), (second, _)) in enumerate(pairwise(offices)):
            unplaced = first.unit is None and first.back is None and not first.level and not first.elsewhere
            between = range(first.end, second.start)
            joined = bool(between) and all(self.t.is_word(i, "and", "joint") for i in between)
            union = second.unit is not None and second.unit.entry.class_ == "mass_organization"
            managed = second.unit is not None and second.unit.entry.class_ in _MANAGED
            village = second.unit is not None and second.entry.key == "village_head"
            if unplaced and joined and (managed or village or (union and "secretary" not in first.entry.key)):
                shared[place] = (replace(first, unit=second.unit), rule)
        return shared

    def _share(self, mentions: list[PersonMention], index: int) -> None:
        """What is said of a list is said of each: các đồng chí A, B và C được bổ nhiệm Phó Giám đốc; A and B, deputy
        heads of …"""
        shared = [
            (office, "role.list")
            for office, rule in mentions[index].offices
            if rule == "role.copula" or (rule == "role.apposition" and self._is_plural(office))
        ]
        while shared and index and self._joins(mentions[index - 1], mentions[index]):
            index -= 1
            if mentions[index].offices:
                return
            mentions[index].offices.extend(shared)

    def _joins(self, first: PersonMention, second: PersonMention) -> bool:
        """Whether two names are one list: A, B; also A and Ms. B, not the owner's: the predecessor of Mr. A, Mr. B."""
        joined = self.t.is_word(second.begin - 1, "and")
        return self.titles.continues_list(first.end, second.begin if joined else second.start)

    def _offices_after(self, mention: PersonMention, following: int, previous: PersonMention | None) -> None:
        """Name, office: "Ma Thị Lụa, Bí thư Đảng ủy xã …", "… (SN 1963), Trưởng thôn", "… làm giám đốc"."""
        index = self.titles.past_bracket(mention.end)
        if self.t.kind(index) in ",-(:" and self.t.kind(index) != ":":
            index = self.titles.skip_honorifics(index + 1)
            age = self.titles.past_age(index)
            index = self.titles.past_owner(self.titles.skip_honorifics(age))
            begin, index = index, self.titles.past_adverbs(index)
            once = self.titles.is_past(begin, index)
            index = self._take_chain(mention, index, following, rule="role.apposition", once=once)
        elif self.t.is_word(index, "joint") and not self.t.is_word(index, "and"):  # X kiêm Bí thư Đảng ủy
            index = self._take_chain(mention, index + 1, following, rule="role.apposition")
        elif index in self.titles.office_at and self.clauses.is_made(mention):  # elected Ms. X President of the …
            index = self._take_chain(mention, index, following, rule="role.copula")
        elif (late := self.clauses.late_apposition(index, following)) is not None:
            once = self.titles.is_past(index, late)
            index = self._take_chain(mention, late, following, rule="role.apposition", once=once)
        self._copula(mention, index, following, previous)

    def _take_chain(self, mention: PersonMention, index: int, following: int, *, rule: str, once: bool = False) -> int:
        """Gives the person every office of the chain that begins at the token, `once` held; where the chain ends."""
        taken = self.titles.office_before(mention.begin) is not None
        end = index
        while (office := self.titles.office_at.get(index)) is not None and index not in self.used and index < following:
            if following < office.end:
                break
            if taken and self._is_held(office, following):
                break
            mention.offices.append((replace(office, status="former") if once else office, rule))
            self.used.add(index)
            taken = True
            end = office.end
            index = self._past_joint(office.end)
        return end

    def _is_held(self, office: Office, following: int) -> bool:
        """Whether the next name, or its honorific, stands right behind the office: "…, Chủ tịch UBND xã Lò Văn An"."""
        begin = following
        while begin != office.end and (match := self.titles.honorifics.get(begin)) is not None:
            begin = match.start
        if begin == office.end + 1 and self.t.kind(office.end) == ",":  # …, der Parteichef der Provinz, Lò Văn An
            return self.t.is_word(office.start - 1, "article") and self.t.kind(office.start - 2) == ","
        return begin == office.end

    def _past_joint(self, index: int) -> int:
        """Past what joins two offices of one person: a comma, và, kiêm, and a bracket."""
        index = self.titles.past_bracket(index)
        while self.t.kind(index) in ",-" or self.t.is_word(index, "and") or self.t.is_word(index, "joint"):
            index += 1
        if self.t.is_word(index - 1, "and") and self.t.is_word(index, "article"):
            return index  # the next person's: …, Direktor der Bank, und der Leiter der Post, X
        return self.titles.past_owner(self.titles.skip_honorifics(index))

    def _copula(self, mention: PersonMention, index: int, following: int, previous: PersonMention | None) -> None:
        """ "… làm giám đốc", "… giữ chức Bí thư", "is the director of …": a copula, then the office."""
        holder = self.clauses.successor(mention, previous) or mention
        for step in range(index, min(index + _COPULA_REACH, following, self.t.sentence_end(mention.start))):
            if self.t.words[step] in ";:":
                return
            told = step in self.titles.office_at and step not in self.used
            if not told:
                continue
            seen, once = (any(self.t.is_word(i, kind) for i in range(index, step)) for kind in ("copula", "once"))
            if seen or self.clauses.tells(mention, index, self.titles.office_at[step]):
                if self._is_held(self.titles.office_at[step], following) or self._are_many(self.titles.office_at[step]):
                    return
                office = self._with_subject(self.titles.office_at[step], mention)
                self.used.add(step)
                holder.offices.append((replace(office, status="former") if once else office, "role.copula"))
                end = self._take_chain(holder, self._past_joint(office.end), following, rule="role.copula")
                self._moved(holder, office, max(end, office.end), following)
                return

    def _moved(self, holder: PersonMention, left: Office, index: int, following: int) -> None:
        """The office that somebody moves to from another: vom Vizedirektor zum Direktor der Bank."""
        office = self.titles.office_at.get(index + 1)
        if self.t.kind(index) != "w" or not self.t.is_word(index, "copula") or office is None:
            return
        unplaced = left.unit is None and left.back is None and not left.level
        place = len(holder.offices) - 1
        if holder.offices and holder.offices[place][0].start == left.start:
            unit = office.unit if unplaced else left.unit
            holder.offices[place] = (replace(left, status="former", unit=unit), "role.copula")
        self._take_chain(holder, index + 1, following, rule="role.copula")

    def _are_many(self, office: Office) -> bool:
        """Whether the office is many people's: in the plural (einige Mitglieder) or counted (5 tổ trưởng)."""
        if self.t.kind(office.start - 1) == "n" and self.pack.diacritics:
            return True
        return self._is_plural(office)

    def _is_plural(self, office: Office) -> bool:
        heads = (self.t.find(index, "office") for index in range(office.start, office.title_end))
        head = next((each for each in heads if each is not None), None)
        return head is not None and self.t.is_plural(head)

    def _with_subject(self, office: Office, mention: PersonMention) -> Office:
        """The office in the unit that stands before "do": "HTX Gừng do chị Xùa làm giám đốc"."""
        if office.unit is not None or office.back is not None:
            return office
        begin = mention.begin
        for index in range(begin, max(0, begin - 4), -1):
            unit = self.titles.unit_ending.get(index)
            if unit is not None and not unit.is_place:
                return replace(office, unit=unit)
        return office

    def _is_list(self, mentions: list[PersonMention], index: int) -> bool:
        """Whether the next person is named with this one."""
        return index + 1 < len(mentions) and self.titles.continues_list(mentions[index].end, mentions[index + 1].begin)

    def _offices_before(self, mention: PersonMention, previous: PersonMention | None, listed: bool) -> None:
        """Office, name: "Chủ tịch UBND huyện Đèo Văn Tính"; "các Phó Chủ tịch UBND tỉnh: A, B" gives it to both."""
        office = self.titles.office_before(mention.begin) or self._profession(mention)
        if office is not None and office.start not in self.used and (listed or not self._is_plural(office)):
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
            and self.titles.continues_list(previous.end, mention.begin)
        ):
            mention.offices.extend(
                (each, "role.list")
                for each, rule in previous.offices
                if rule in ("role.before", "role.list") and self._plural(each)
            )

    def _profession(self, mention: PersonMention) -> Office | None:
        """The office that is the profession before the name, too: kiểm sát viên Lò Văn An."""
        if not mention.honorifics or mention.honorifics[-1].entry.key != "profession":
            return None
        return self.titles.office_ending.get(mention.start)

    def _with_unit_after(self, office: Office, mention: PersonMention) -> Office:
        """The office in the unit named behind the person: Deputy Director Ngo Thi Lan of the Department of Health.

        In every language in brackets as well: Giám đốc thu mua Kenji Moriyama (Tập đoàn Aoba Foods).
        """
        if office.unit is not None or office.back is not None:
            return office
        bracketed = self.titles.unit_at.get(mention.end + 1) if self.t.kind(mention.end) == "(" else None
        if bracketed is not None and not bracketed.is_place:
            return replace(office, unit=bracketed)
        if self.t.kind(mention.end) == ",":
            unit, _, end, _ = self.titles.held.unit_of(mention.end + 1)
            apposed = unit is not None and not unit.is_place and self.t.kind(end) in ",.)"
            return replace(office, unit=unit) if apposed else office
        if self.pack.diacritics:
            return office
        if not self.t.is_word(mention.end, "of"):
            return office
        unit, back, _, _ = self.titles.held.unit_of(mention.end)
        local = office.entry.class_ == "peoples_committee" or office.entry.key.removeprefix("deputy_") in _OF_PLACES
        if unit is None or (unit.is_place and not (local and self.t.is_word(mention.end, "body_of"))):
            return office
        return replace(office, unit=unit, back=back)

    def _chained_before(self, office: Office) -> Office | None:
        """The office before this one that only a comma or "kiêm" parts from it."""
        index = office.start
        while self.t.kind(index - 1) in "," or self.t.is_word(index - 1, "and") or self.t.is_word(index - 1, "joint"):
            index -= 1
        before = self.titles.office_ending.get(index) if index < office.start else None
        return before if before is not None and before.start not in self.used else None

    def _plural(self, office: Office) -> bool:
        return any(self.t.is_word(index, "plural") for index in (office.start - 1, office.start - 2)) or (
            self._is_plural(office)
        )
