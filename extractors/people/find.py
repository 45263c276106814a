"""Finds the mentions of people and the offices that the text gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.names import (
    capital_run,
    is_country,
    is_highland,
    is_initial,
    is_particle,
    is_surname,
    is_syllable,
)
from extractors.people.ends import NameEnds
from extractors.people.evidence import LONGEST_NAME, Evidence, is_place
from extractors.people.mentions import PersonMention
from extractors.people.roles import RoleGiver
from extractors.people.titles import Titles, beginning
from extractors.tokens import Match, Tokens
from extractors.units.mentions import UnitMention
from extractors.units.names import ROMAN

_LONGEST_SYLLABLE = 7  # letters: nghiêng
_LONGEST_COUNTRY = 3  # words: Tây Ban Nha


class PersonFinder:
    """Reads the names of people off the tokens of one article."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.t = titles.t
        self.pack = titles.pack
        self.ends = NameEnds(titles)
        self.evidence = Evidence(titles)

    def find(self) -> list[PersonMention]:
        """Every mention of a person in the order of the text, without offices."""
        return list(self._scan_names())

    def _scan_names(self) -> Iterator[PersonMention]:
        past = 0
        previous: PersonMention | None = None
        for index in self.t.capitals:
            if index < past or index in self.titles.inside:
                continue
            mention = self._name(index, previous)
            if mention is not None:
                yield mention
                previous = mention
                past = mention.end

    def _name(self, start: int, previous: PersonMention | None) -> PersonMention | None:
        """The person whose name begins at the token, where there is enough to take it for one."""
        honorifics = self._honorifics_before(start)
        if honorifics and self.pack.diacritics:
            start = self._past_country(start)
        if start in self.titles.office_at or self.t.find(start, "honorific") or self._is_grade(start):
            return None
        if not honorifics and self._is_lone(start):
            return None
        addressed = bool(honorifics) and self.t.kind(start - 1) != ":"  # "Veteranen: Der Verband …" opens a paragraph
        if not addressed and self.t.is_common(start) and not self._is_plainly_name(start):
            return None
        if self._is_winner(start):
            return None
        begin = beginning(start, honorifics)
        end = self.ends.of(start, triggered=bool(honorifics) or begin in self.titles.office_ending)
        if end == start:
            return None
        rule = self.evidence.rule(start, end, begin, honorifics, previous)
        if not rule:
            return None
        return PersonMention(start, end, self.t.slice(start, end), honorifics, rule)

    def _is_lone(self, start: int) -> bool:
        """Whether one word with a capital stands alone, as most do, and is no name of the highlands."""
        follows = self.t.kind(start + 1) in "CU-" or is_particle(self.t.word(start + 1))
        return not follows and not is_highland(self.t.words[start])

    def _honorifics_before(self, start: int) -> tuple[Match, ...]:
        """The honorifics directly before the name, the outermost first."""
        found: list[Match] = []
        index = start
        index -= self._is_grade(index - 1)
        if (self.t.kind(index - 1) == ":" and index - 1 in self.titles.honorifics) or self._is_adjective(index - 1):
            index -= 1
        while (match := self.titles.honorifics.get(index)) is not None:
            found.append(match)
            index = match.start
        return tuple(reversed(found))

    def _is_grade(self, index: int) -> bool:
        """Whether a Roman number closes a profession: Specialist Doctor [II] X."""
        return ROMAN.fullmatch(self.t.word(index)) is not None and index in self.titles.honorifics

    def _is_adjective(self, index: int) -> bool:
        """Whether one small word parts a profession from a foreigner's name: l'architecte [portugais] X Y."""
        profession = self.titles.honorifics.get(index)
        if profession is None or profession.entry.key not in ("profession", "title"):
            return False
        small = self.t.kind(index) == "w" and not self.t.is_word(
            index, "of", "article", "and", "copula", "its", "speech"
        )
        return small and self.t.kind(index + 2) == "C" and not is_syllable(self.t.words[index + 1])

    def _past_country(self, start: int) -> int:
        """Past the country that a foreigner's profession is followed by: chuyên gia [Nhật Bản] Sato Haruka."""
        run = capital_run(self.t, start, start + LONGEST_NAME)
        for end in range(min(start + _LONGEST_COUNTRY, run - 2), start, -1):
            if is_country(self.t.words[start:end]) and not is_initial(self.t.words[start]):
                return end
        return start

    def _is_plainly_name(self, start: int) -> bool:
        """Whether what looks like a small word at a sentence's beginning starts a name: Le Thi Bich Lien, A Phu."""
        if is_initial(self.t.words[start]):  # A Phu, a man; in French also "À": A Quan Hoa
            run = capital_run(self.t, start + 1, start + LONGEST_NAME)
            return run == start + 1 or not is_place(self.t.slice(start + 1, run))
        if self.evidence.is_hyphenated(start + 1):
            return True
        words = self.t.words[start : capital_run(self.t, start, start + 3)]
        if not (is_surname(words[0], exact=False) and all(map(is_syllable, words))):
            return False
        follows = self.titles.office_follows(start + len(words))
        if not follows and is_place(" ".join(words[1:])):
            return False  # On Phú Quốc, cages …
        return len(words) == 3 or (len(words) == 2 and follows)

    def _is_winner(self, start: int) -> bool:
        """Whether hyphens tie the name to a noun: Nguyễn-Lương-Bằng-Preisträgerin Đồng Ngọc Ánh."""
        end = start + 1
        while self.pack.compounds and self.t.kind(end) == "-" and self.t.glued(end) and self.t.glued(end + 1):
            end += 2
        return end > start + 1 and len(self.t.words[end - 1]) > _LONGEST_SYLLABLE


def find_person_mentions(tokens: Tokens, units: Sequence[UnitMention]) -> tuple[list[PersonMention], list[UnitMention]]:
    """The people named in the article in the order of the text, with the offices given to them; and the units that
    nothing but an office of theirs names."""
    titles = Titles(tokens, units)
    mentions = PersonFinder(titles).find()
    RoleGiver(titles).give(mentions)
    held = {id(office.unit) for mention in mentions for office, _ in mention.offices}
    return mentions, [unit for unit in titles.named if id(unit) in held]
