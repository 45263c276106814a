"""Who holds an office that stands beside no name: "As head of …, X", "…, for nine years head of …", "He was …"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractors.people.mentions import PersonMention
from extractors.people.offices import Office
from extractors.people.titles import Titles

_LONGEST_OPENING = 8  # tokens between a sentence's beginning and an office "as" which it opens
_LONGEST_COMPLEMENT = 12  # tokens of what an office is of, where no unit is known there
_LONGEST_LINK = 4  # small words between a comma or a copula and the office: , for nine years head of …
_ADJECTIVES = 2  # between an article and an office
_PRONOUN_REACH = 40  # tokens between "she" and her office, a place and a year of birth among them
_PRONOUN_SENTENCES = 2  # sentences before in which "she" can have been named
_DESCRIBED_SENTENCES = 2  # sentences before in which "the head of the bank" can have been named
_INVERTED = 4  # small words between an office and its subject: Als Leiter der Bank war er …
# Offices that are spoken of without a name, and those that are many people's where nothing says of what.
_UNNAMED = frozenset({"prime_minister", "deputy_prime_minister", "minister", "state_president"})
_COMMON = frozenset({"member", "representative", "delegate"})


class Afar:
    """Finds who holds an office that nobody beside it was given."""

    def __init__(self, titles: Titles, mentions: Sequence[PersonMention]) -> None:
        self.titles = titles
        self.t = titles.t
        self.pack = titles.pack
        self.mentions = mentions
        self.starts = [mention.start for mention in mentions]

    def holder(self, office: Office) -> PersonMention | None:
        """Who holds the office, None where the text does not say."""
        begin = self.t.sentence_start(office.start)
        if self._opens_as(office, begin):
            return self._first_behind(office, begin)
        if self._is_nobodys(office):
            return None
        before = self._between(self._clause_start(begin, office.start), office.start)
        pronoun = self._pronoun(office, before[-1].end if before else begin)
        if pronoun is not None:
            gender = "female" if self._means(pronoun, "female") else "male"
            return (
                self._only_one(before, gender)
                if before
                else self._only_one_before(begin, gender, reach=_PRONOUN_SENTENCES)
            )
        if self.pack.diacritics:
            return None
        apposed = self._apposed(office)
        if apposed is not None:
            return apposed
        if not self._is_linked(office, begin):
            return None
        return before[-1] if before else self._described(office, begin)

    # --- the people around ---

    def _between(self, begin: int, end: int) -> Sequence[PersonMention]:
        return self.mentions[bisect_left(self.starts, begin) : bisect_left(self.starts, end)]

    def _behind(self, index: int) -> PersonMention | None:
        place = bisect_left(self.starts, index)
        return self.mentions[place] if place < len(self.mentions) else None

    def _clause_start(self, begin: int, index: int) -> int:
        """The token behind the last semicolon before the token, from the sentence's beginning on."""
        return next((i + 1 for i in range(index - 1, begin, -1) if self.t.words[i] == ";"), begin)

    @staticmethod
    def _only_one(people: Sequence[PersonMention], gender: str) -> PersonMention | None:
        """The only person who has, or else can have, the gender; several mentions of one person are one."""
        fitting = [m for m in people if gender and m.gender == gender]
        fitting = fitting or [m for m in people if not gender or m.gender in ("", gender)]
        return fitting[-1] if len({m.name.split()[-1] for m in fitting}) == 1 else None

    def _only_one_before(self, begin: int, gender: str, *, reach: int = 1) -> PersonMention | None:
        """The only person of the sentence before the one that begins at the token; of the last sentence that names
        somebody, `reach` sentences back and in the same paragraph."""
        for _ in range(reach):
            if begin == 0 or self.t.kind(begin - 1) == "\n":
                return None
            end, begin = begin, self.t.sentence_start(begin - 1)
            if people := self._between(begin, end):
                return self._only_one(people, gender)
        return None

    # --- the ways of saying it ---

    def _opens_as(self, office: Office, begin: int) -> bool:
        """Whether the sentence opens with the office as what somebody is: As deputy head of …, Zum Leiter …"""
        words = range(begin, office.start)
        if not 0 < len(words) <= _LONGEST_OPENING:
            return False
        return any(self.t.is_word(i, "opening") for i in words) and all(
            self.t.is_small(i) and self.t.kind(i) not in ",;:(" for i in words
        )

    def _first_behind(self, office: Office, begin: int) -> PersonMention | None:
        """The first person of the sentence behind the office; for a pronoun the one of the sentence before."""
        behind = self._behind(office.end)
        if behind is not None and self.t.sentence_start(behind.start) == begin:
            return behind
        if any(self.t.is_word(i, "he", "she") for i in range(office.end, office.end + _INVERTED)):
            return self._only_one_before(begin, "")
        return None

    def _is_nobodys(self, office: Office) -> bool:
        """Whether the office is many people's, or one that is spoken of without a name."""
        key = office.entry.key
        unplaced = office.unit is None and office.back is None and not office.level
        if key in _UNNAMED or (key in _COMMON and unplaced) or self.t.word(office.end) in ("'s", "’s"):
            return True
        heads = (self.t.find(i, "office") for i in range(office.start, office.title_end))
        head = next((each for each in heads if each is not None), None)
        return (head is not None and self.t.is_plural(head)) or self.t.kind(office.start - 1) == "n"

    def _apposed(self, office: Office) -> PersonMention | None:
        """The person named behind the comma that ends what the office is of: le chef des gardes forestiers, X, …"""
        index = office.end
        while index - office.end < _LONGEST_COMPLEMENT and self.t.kind(index) in "wCUn":
            index += 1
        behind = self._behind(office.end)
        named = behind is not None and self.t.kind(index) == "," and index < behind.begin <= index + 2
        return behind if named else None

    def _pronoun(self, office: Office, since: int) -> int | None:
        """The pronoun, or the noun without a name, of which a copula says the office: Damals war sie Direktorin."""
        between = range(office.start - 1, max(since, office.start - _PRONOUN_REACH) - 1, -1)
        copula = next((i for i in between if self.t.is_word(i, "copula")), None)
        if copula is None or any(self.t.word(i) in ";:" for i in range(copula, office.start)):
            return None
        near = office.start - copula <= _LONGEST_LINK + _ADJECTIVES
        return next((i for i in between if self._means(i, "female", "male")), None) if near else None

    def _means(self, index: int, *genders: str) -> bool:
        """Whether a pronoun, or a noun behind its article, means a person of one of these genders here."""
        if self.t.is_word(index, *("she" if gender == "female" else "he" for gender in genders)):
            return self.t.is_small(index)
        noun = self.t.find(index, "honorific")
        return noun is not None and noun.entry.gender in genders and self.t.is_word(index - 1, "article")

    def _is_linked(self, office: Office, begin: int) -> bool:
        """Whether a comma, a copula or the sentence's beginning leads to the office, past its article and adjectives;
        without an article past other small words as well, and "and" does, too."""
        first = last = office.start - 1
        while last > first - _ADJECTIVES and self.t.kind(last) == "w" and not self.t.is_word(last, "article", "this"):
            last -= 1
        if self.t.is_small(last) and self.t.is_word(last, "article", "this") and last >= begin:
            opens = last == begin or self.t.kind(last - 1) == "," or self.t.is_word(last - 1, "copula")
            return opens or self._speaks(last, begin, office)
        if self.t.is_word(first, "of", "by", "its") and not self.t.is_word(first, "copula"):
            return self.t.is_word(first - 1, "copula")
        for index in range(first, max(begin, first - _LONGEST_LINK) - 1, -1):
            if self.t.kind(index) in ",-" or self.t.is_word(index, "copula", "and"):
                return True
            if self.t.kind(index) not in "wn" or self.t.is_word(index, "speech"):
                return False
        return False

    def _speaks(self, article: int, begin: int, office: Office) -> bool:
        """Whether a verb of speech says that its subject stands here, in a sentence that names nobody: sagt die Chefin
        der Bank."""
        subject = self.t.is_word(article, "who_she", "body_of") or not self.pack.compounds
        return subject and self.t.is_word(article - 1, "speech") and not self._between(begin, office.start)

    def _described(self, office: Office, begin: int) -> PersonMention | None:
        """The only person of the sentence before, whom a description means: Der frühere Leiter der Bank …"""
        placed = office.unit is not None or office.back is not None
        body = office.unit is not None and not office.unit.is_place
        person = (
            self._only_one_before(begin, office.entry.gender, reach=_DESCRIBED_SENTENCES if body else 1)
            if placed or office.status == "former"
            else None
        )
        if person is None or (office.status == "current" and any(o.status == "current" for o, _ in person.offices)):
            return None
        return person

    def is_once(self, office: Office) -> bool:
        """Whether the words before the office, from a name or the sentence's beginning on, say that it is past."""
        begin = self.t.sentence_start(office.start)
        before = self._between(begin, office.start)
        return any(self.t.is_word(i, "once") for i in range(before[-1].end if before else begin, office.start))
