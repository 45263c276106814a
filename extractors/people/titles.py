"""Finds the offices and forms of address of an article, and what stands between them and the names of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.names import capital_run
from extractors.people.offices import Office, OfficeReader
from extractors.places import BEFORE, load
from extractors.tokens import Match, Tokens
from extractors.units.mentions import UnitMention

_YEAR = 4  # digits
_LONGEST_DATE = 7  # tokens: "bis zum 31. Oktober 2024"
_ADJECTIVES = 2  # between an article and an office
_OF_CHIEF = "chief"  # in offices.csv: held where the chief named before is: her deputy


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
        self.inside = {index for unit in units for index in range(unit.start, unit.end)}
        self.honorifics = self._scan_honorifics()
        self.reader = OfficeReader(tokens, units, self.inside, self.honorifics)
        self.unit_at, self.unit_ending, self.held = self.reader.unit_at, self.reader.unit_ending, self.reader.held
        offices = self._with_chiefs_unit(list(self._scan_offices()))
        self.named = self.reader.named
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
            office = self.reader.read(index) if index >= past else None
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
            if office.entry.class_ == _OF_CHIEF:
                chief = chiefs.get("")
                office = replace(office, entry=replace(office.entry, class_=""))
            if bare and chief is not None and (office.deputy or key != office.entry.key):
                office = replace(office, unit=chief.unit, back=chief.back, level=chief.level)
            elif not bare and office.status != "former":
                chiefs[key] = chiefs[""] = office
            given.append(office)
        return given

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
            self.t.kind(verb) == "n"
            or self.t.is_word(verb, "joint", "once", "since")
            or self.t.is_word(verb - 1, "since")
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
