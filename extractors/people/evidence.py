"""Whether a run of capitals is a person's name: by the address, office or kin beside it, or by its own look."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.names import (
    capital_run,
    has_diacritics,
    is_country,
    is_ethnic_group,
    is_highland,
    is_initial,
    is_middle,
    is_surname,
    is_syllable,
    looks_local,
)
from extractors.people.mentions import PersonMention
from extractors.people.titles import Titles
from extractors.places import BEFORE, SINCE, load
from extractors.tokens import Match

LONGEST_NAME = 6  # words; Công Tằng Tôn Nữ Hà My, the longest pattern in use
SHORT = 5  # letters of a word without diacritics in a name of the Khmer or the highlands: Phol, Krang


class Evidence:
    """Judges the names of one article."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.t = titles.t
        self.pack = titles.pack

    def rule(
        self, start: int, end: int, begin: int, honorifics: tuple[Match, ...], previous: PersonMention | None
    ) -> str:
        """The rule that takes this run for a person, or nothing."""
        words = self.t.words[start:end]
        if not honorifics and len(words) == 1 and not is_highland(words[0]):
            return ""
        surname = (
            is_surname(words[0], exact=self.pack.diacritics)
            or (is_initial(words[0]) and len(words) > 1)
            or (len(words) > 2 and is_middle(words[1]) and all(map(is_syllable, words)))
        )
        if self._in_thing(start):
            return ""
        if honorifics and not (len(words) == 1 and self.t.is_common(start)) and not self._is_people(words, honorifics):
            whole = len(words) > 1 or (is_highland(words[0]) and not self.t.glued(start))
            return "person.honorific" if whole else "person.short"
        if len(words) > 1 and surname and self._kin_before(start):
            return "person.honorific"
        if len(words) == 1:
            if not is_highland(words[0]) or self.t.glued(start):
                return ""
            beside = self.titles.office_before(begin) is not None or self.titles.office_follows(end)
            return "person.office" if beside else "" if is_place(words[0]) else "person.highland"
        office = self.titles.office_before(begin)
        if office is not None:
            parish = office.entry.key == "abbot" and self.t.kind(office.start - 1) == ","  # X, chánh xứ Châu Ổ
            return "" if parish else "person.office"
        if len(words) > LONGEST_NAME:
            return ""
        if (
            previous is not None
            and self.titles.continues_list(previous.end, start)
            and (surname or self._listed(previous))
        ):
            return "person.list"
        if self.titles.office_follows(end) and (surname or (len(words) <= 3 and not self._is_seat(words))):
            if _is_province(" ".join(words)) and (self.pack.diacritics or not surname):
                return ""  # "người có công của Quảng Bình, thương binh chiếm …"
            if not surname and is_ethnic_group(words[:1]):
                return ""  # des Nung An, forgerons
            return "person.apposition"
        if (surname and is_highland(words[-1])) or (end == start + 4 and self.is_hyphenated(start + 1)):
            return "person.surname"
        if surname and self._is_whole_name(words) and self._plain(start, words):
            return "person.surname"
        return ""

    @staticmethod
    def _is_whole_name(words: Sequence[str]) -> bool:
        """Whether what follows a family name makes it a person's: two syllables; of the highlands or the Khmer, words
        with diacritics; H'Blim Êban."""
        if len(words) == 2:
            return is_highland(words[0])
        if is_middle(words[1]) or all(map(is_syllable, words[1:])):
            return True
        return any(map(has_diacritics, words)) and all(map(_is_local, words))

    def _kin_before(self, start: int) -> bool:
        """Whether kin introduce the name: con gái [là] Thị Hoan, his wife Thach Hien."""
        last = start - 1
        if self.t.kind(last) == "w" and self.t.is_word(last, "copula") and self.pack.diacritics:
            last -= 1
        if self.t.kind(last) != "w":
            return False
        pair = f"{self.t.plain[last - 1]} {self.t.plain[last]}"
        return any(not self.pack.words[kind].isdisjoint((self.t.plain[last], pair)) for kind in ("woman", "man"))

    @staticmethod
    def _is_seat(words: Sequence[str]) -> bool:
        """Whether a noun and a place are a body that no list knows: Diözese Vinh."""
        return not is_syllable(words[0]) and all(map(is_syllable, words[1:])) and is_place(" ".join(words[1:]))

    @staticmethod
    def _is_people(words: Sequence[str], honorifics: tuple[Match, ...]) -> bool:
        """Whether the words name a people, country or province behind a profession: nghệ nhân Ba Na, chuyên gia Việt
        Nam, công nhân Hải Dương."""
        named = is_ethnic_group(words) or is_country(words) or _is_province(" ".join(words))
        return honorifics[-1].entry.key == "profession" and named

    def _plain(self, start: int, words: Sequence[str]) -> bool:
        """Whether the words are written as a name among small letters, not as a headline in capitals."""
        return not all(word.isupper() for word in words) or self.t.kind(start - 1) != "U"

    def _in_thing(self, start: int) -> bool:
        """Whether a thing bears the name: đường Nguyễn Huệ, giải thưởng Lê Hữu Trác."""
        if start - 1 in self.titles.inside or start in self.titles.honorifics or start in self.titles.office_ending:
            return False
        behind = capital_run(self.t, start, start + LONGEST_NAME)
        if self.pack.names_first and self.t.kind(behind) == "w" and self.t.norm(behind) in self.pack.words["container"]:
            return True
        one = self.t.norm(start - 1)
        things = self.pack.words["container"]
        return one in things or f"{self.t.norm(start - 2)} {one}" in things

    def _listed(self, previous: PersonMention) -> bool:
        """Whether the person before stands in a list that a plural opens: các đồng chí A, B, C."""
        if previous.rule == "person.list":
            return True
        return bool(previous.honorifics) and self.t.is_word(previous.honorifics[0].start - 1, "plural")

    def is_hyphenated(self, index: int) -> bool:
        """Whether a given name of two syllables stands here, the second in small letters: Park [Joon-ho]."""
        tied = self.t.kind(index) == "C" and self.t.kind(index + 1) == "-" and self.t.kind(index + 2) == "w"
        return tied and self.t.glued(index + 1) and self.t.glued(index + 2) and self.t.kind(index + 3) != "-"


def _is_local(word: str) -> bool:
    """Whether the word can be one in a name of the highlands or the Khmer: Rươl, Phol, H'Nhung; not ThuậnBáo."""
    one = not word[1:] or word[1:].islower() or "'" in word or "’" in word
    return one and looks_local(word) and (len(word) <= SHORT or is_syllable(word) or has_diacritics(word))


def is_place(name: str) -> bool:
    """Whether a district or commune has the name: K'Bang, H'Neng."""
    return any(load().find(name, version=version) for version in (BEFORE, SINCE))


def _is_province(name: str) -> bool:
    """Whether a province has the name: Quảng Bình."""
    return any(load().province_by_name(name, version=version) for version in (BEFORE, SINCE))
