"""Finds the mentions of people and the offices that the text gives them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.names import (
    capital_run,
    has_diacritics,
    is_country,
    is_ethnic_group,
    is_highland,
    is_initial,
    is_surname,
    is_syllable,
    looks_local,
)
from extractors.people.mentions import PersonMention
from extractors.people.offices import Titles, beginning
from extractors.people.roles import RoleGiver
from extractors.places import BEFORE, SINCE, load
from extractors.tokens import Match, Tokens
from extractors.units.mentions import UnitMention

_LONGEST_NAME = 6  # words; Công Tằng Tôn Nữ Hà My, the longest pattern in use
_LONGEST_SYLLABLE = 7  # letters: nghiêng
_LONGEST_COUNTRY = 3  # words: Tây Ban Nha
_SHORT = 5  # letters of a word without diacritics in a name of the Khmer or the highlands: Phol, Krang
_MIDDLE = frozenset({"Thi", "Thị"})  # the middle name of women, behind any family name
_PARTICLES = frozenset({"de", "van", "von", "der", "den", "bin", "al", "el", "da", "dos", "le", "la", "di", "ter"})


class PersonFinder:
    """Reads the names of people off the tokens of one article."""

    def __init__(self, titles: Titles) -> None:
        self.titles = titles
        self.t = titles.t
        self.pack = titles.pack

    def find(self) -> list[PersonMention]:
        """Every mention of a person in the order of the text, without offices."""
        return list(self._scan_names())

    def _scan_names(self) -> Iterator[PersonMention]:
        past = 0
        previous: PersonMention | None = None
        for index, kind in enumerate(self.t.kinds):
            if kind not in "CU" or index < past or index in self.titles.inside:
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
        if start in self.titles.office_at or self.t.find(start, "honorific"):
            return None
        if not honorifics and self._is_lone(start):
            return None
        addressed = bool(honorifics) and self.t.kind(start - 1) != ":"  # "Veteranen: Der Verband …" opens a paragraph
        if not addressed and self.t.is_common(start) and not self._is_plainly_name(start):
            return None
        if self._is_winner(start):
            return None
        begin = beginning(start, honorifics)
        end = self._name_end(start, triggered=bool(honorifics) or begin in self.titles.office_ending)
        if end == start:
            return None
        rule = self._evidence(start, end, begin, honorifics, previous)
        if not rule:
            return None
        return PersonMention(start, end, self.t.slice(start, end), honorifics, rule)

    def _is_lone(self, start: int) -> bool:
        """Whether one word with a capital stands alone, as most do, and is no name of the highlands."""
        follows = self.t.kind(start + 1) in "CU-" or self.t.word(start + 1) in _PARTICLES
        return not follows and not is_highland(self.t.words[start])

    def _honorifics_before(self, start: int) -> tuple[Match, ...]:
        """The honorifics directly before the name, the outermost first."""
        found: list[Match] = []
        index = start
        if (self.t.kind(index - 1) == ":" and index - 1 in self.titles.honorifics) or self._is_adjective(index - 1):
            index -= 1
        while (match := self.titles.honorifics.get(index)) is not None:
            found.append(match)
            index = match.start
        return tuple(reversed(found))

    def _is_adjective(self, index: int) -> bool:
        """Whether one small word parts a profession from a foreigner's name: l'architecte [portugais] X Y."""
        profession = self.titles.honorifics.get(index)
        small = self.t.kind(index) == "w" and not self.t.is_word(
            index, "of", "article", "and", "copula", "its", "speech"
        )
        foreign = self.t.kind(index + 2) == "C" and not is_syllable(self.t.words[index + 1])
        return small and foreign and profession is not None and profession.entry.key in ("profession", "title")

    def _past_country(self, start: int) -> int:
        """Past the country that a foreigner's profession is followed by: chuyên gia [Nhật Bản] Sato Haruka."""
        run = capital_run(self.t, start, start + _LONGEST_NAME)
        for end in range(min(start + _LONGEST_COUNTRY, run - 2), start, -1):
            if is_country(self.t.words[start:end]) and not is_initial(self.t.words[start]):
                return end
        return start

    def _is_plainly_name(self, start: int) -> bool:
        """Whether what looks like a small word at a sentence's beginning starts a name: Le Thi Bich Lien, A Phu."""
        if is_initial(self.t.words[start]):  # A Phu, a man; in French also "À": A Quan Hoa
            run = capital_run(self.t, start + 1, start + _LONGEST_NAME)
            return run == start + 1 or not _is_place(self.t.slice(start + 1, run))
        if self._is_hyphenated(start + 1):
            return True
        words = self.t.words[start : capital_run(self.t, start, start + 3)]
        if not (is_surname(words[0], exact=False) and all(map(is_syllable, words))):
            return False
        follows = self.titles.office_follows(start + len(words))
        if not follows and _is_place(" ".join(words[1:])):
            return False  # On Phú Quốc, cages …
        return len(words) == 3 or (len(words) == 2 and follows)

    def _is_hyphenated(self, index: int) -> bool:
        """Whether a given name of two syllables stands here, the second in small letters: Park [Joon-ho]."""
        tied = self.t.kind(index) == "C" and self.t.kind(index + 1) == "-" and self.t.kind(index + 2) == "w"
        return tied and self.t.glued(index + 1) and self.t.glued(index + 2) and self.t.kind(index + 3) != "-"

    def _is_winner(self, start: int) -> bool:
        """Whether hyphens tie the name to a noun: Nguyễn-Lương-Bằng-Preisträgerin Đồng Ngọc Ánh."""
        end = start + 1
        while self.pack.compounds and self.t.kind(end) == "-" and self.t.glued(end) and self.t.glued(end + 1):
            end += 2
        return end > start + 1 and len(self.t.words[end - 1]) > _LONGEST_SYLLABLE

    def _name_end(self, start: int, *, triggered: bool) -> int:
        run = capital_run(self.t, start, start + _LONGEST_NAME + 1)
        for index in range(start, run):
            if index in self.titles.inside or (
                index > start
                and not self._is_foreign_surname(start, index, run)
                and (index in self.titles.office_at or self._starts_other(index))
            ):
                run = index
                break
        if not self.pack.diacritics and run > start:
            run = self._vietnamese_end(start, run)
        if run > start and self.t.kind(run - 1) == "-":
            run += 1
        while triggered and self.t.kind(run) == "-" and self.t.glued(run) and self.t.glued(run + 1):
            if self.t.kind(run + 1) not in "Cw":
                break
            run = max(run + 2, capital_run(self.t, run + 2, run + 4))  # Khăm-sỉ Vông-phả-chăn
        while triggered and run < len(self.t) - 1 and self.t.words[run] in _PARTICLES and self.t.kind(run + 1) == "C":
            run = capital_run(self.t, run + 1, run + 3)
        return run

    def _is_foreign_surname(self, start: int, index: int, run: int) -> bool:
        """Whether a profession closes a foreigner's name: Thomas Weber, Anna Richter."""
        return index == start + 1 == run - 1 and not is_syllable(self.t.words[start])

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
        return self.t.find(index, "level") is not None and self.t.words[index] not in ("Bản", "Làng", "Sóc")

    def _vietnamese_end(self, start: int, run: int) -> int:
        """Cuts the run of a name before the first word of the article's own language (Frau Hien [Briefe])."""
        if not (
            is_surname(self.t.words[start], exact=False)
            or is_initial(self.t.words[start])
            or is_syllable(self.t.words[start])
        ):
            return run
        end = start + 1
        if run - start > 2 and self.t.words[end] in _MIDDLE:
            end += 2  # whatever the given name of a woman means: Ha Thi Bau
        while end < run and not self.t.is_common(end):
            end += 1
        return end

    def _evidence(
        self, start: int, end: int, begin: int, honorifics: tuple[Match, ...], previous: PersonMention | None
    ) -> str:
        """The rule that takes this run for a person, or nothing."""
        words = self.t.words[start:end]
        if not honorifics and len(words) == 1 and not is_highland(words[0]):
            return ""
        surname = (
            is_surname(words[0], exact=self.pack.diacritics)
            or (is_initial(words[0]) and len(words) > 1)
            or (len(words) > 2 and words[1] in _MIDDLE and all(map(is_syllable, words)))
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
            return "person.office" if beside else "" if _is_place(words[0]) else "person.highland"
        office = self.titles.office_before(begin)
        if office is not None:
            parish = office.entry.key == "abbot" and self.t.kind(office.start - 1) == ","  # X, chánh xứ Châu Ổ
            return "" if parish else "person.office"
        if len(words) > _LONGEST_NAME:
            return ""
        if (
            previous is not None
            and self.titles.continues_list(previous.end, start)
            and (surname or self._listed(previous))
        ):
            return "person.list"
        if self.titles.office_follows(end) and (surname or (len(words) <= 3 and not self._is_seat(words))):
            if self.pack.diacritics and _is_province(" ".join(words)):
                return ""  # "người có công của Quảng Bình, thương binh chiếm …"
            return "person.apposition"
        if (surname and is_highland(words[-1])) or (end == start + 4 and self._is_hyphenated(start + 1)):
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
        if words[1] in _MIDDLE or all(map(is_syllable, words[1:])):
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
        return not is_syllable(words[0]) and all(map(is_syllable, words[1:])) and _is_place(" ".join(words[1:]))

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
        behind = capital_run(self.t, start, start + _LONGEST_NAME)
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


def _is_local(word: str) -> bool:
    """Whether the word can be one in a name of the highlands or the Khmer: Rươl, Phol, H'Nhung; not ThuậnBáo."""
    one = not word[1:] or word[1:].islower() or "'" in word or "’" in word
    return one and looks_local(word) and (len(word) <= _SHORT or is_syllable(word) or has_diacritics(word))


def _is_place(name: str) -> bool:
    """Whether a district or commune has the name: K'Bang, H'Neng."""
    return any(load().find(name, version=version) for version in (BEFORE, SINCE))


def _is_province(name: str) -> bool:
    """Whether a province has the name: Quảng Bình."""
    return any(load().province_by_name(name, version=version) for version in (BEFORE, SINCE))


def find_person_mentions(tokens: Tokens, units: Sequence[UnitMention]) -> tuple[list[PersonMention], list[UnitMention]]:
    """The people named in the article in the order of the text, with the offices given to them; and the units that
    nothing but an office of theirs names."""
    titles = Titles(tokens, units)
    mentions = PersonFinder(titles).find()
    RoleGiver(titles).give(mentions)
    held = {id(office.unit) for mention in mentions for office, _ in mention.offices}
    return mentions, [unit for unit in titles.named if id(unit) in held]
