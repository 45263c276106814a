"""Bodies and villages that nothing but an office names: chief executive of [the Dương Đông water utility]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.names import capital_run, is_country, is_ethnic_group, is_surname, is_syllable, is_village_word
from extractors.packs import Entry
from extractors.text import fold
from extractors.tokens import Match
from extractors.units.mentions import UnitMention

if TYPE_CHECKING:
    from extractors.units.find import UnitGrammar

_SMALL = 2  # small words of a name before or behind its capitals: [water utility], [mont-de-piété]
_LONGEST = 6  # words of a name
_LONGEST_COMPANY = 5  # words
_PERSON = 3  # syllables of a person's name
# Offices that companies have; what they are held in needs no word for a company.
_TRADE = frozenset({"general_director", "director", "owner", "manager", "founder"})
# The class and type of what an office is held in, where its name does not tell them.
_COMPANY, _SOCIETY = ("enterprise", "company"), ("association", "association")
_KINDS = {
    "director": _COMPANY,
    "general_director": _COMPANY,
    "manager": _COMPANY,
    "owner": _COMPANY,
    "chair": _SOCIETY,
    "commander": ("security", "army_unit"),
    "principal": ("education", "school"),
    "editor_in_chief": ("media", "newspaper"),
    "head": ("other", ""),
    "chief_accountant": _COMPANY,
    "treasurer": _SOCIETY,
}


class NamedByOffice:
    """Reads the names behind offices in which no word says what they name."""

    def __init__(self, grammar: UnitGrammar) -> None:
        self.grammar = grammar
        self.t = grammar.t

    def read(self, start: int, office: Match, taken: set[int]) -> UnitMention | None:
        """What the words from the token on, behind an office and its preposition, name; `taken` are tokens of units."""
        if self.t.kind(start - 1) != "w":
            return None
        tied = self.t.is_word(start - 1, "body_of", "article")
        return self._company(start, office) or (self._thing(start, office.entry, taken) if tied else None)

    def _company(self, index: int, office: Match) -> UnitMention | None:
        """A run of capitals that a director is of and no list knows: Generaldirektor von Yamato Textiles."""
        if office.entry.key.removeprefix("deputy_") not in _TRADE:
            return None
        end = index
        while end - index < _LONGEST_COMPANY and self._names_company(end):
            end += 1
        words = self.t.words[index:end]
        if not words or is_country(words) or is_ethnic_group(words):
            return None
        if self.grammar.names.place_words(index) or (len(words) == 1 and self.t.is_common(index)):
            return None
        name = self.t.slice(index, end)
        entry = Entry("body", "company", name, group="company", class_="enterprise")
        return UnitMention(index, end, entry, name, core=name.lower())

    def _names_company(self, index: int) -> bool:
        if self.t.kind(index) not in "CU" or self.t.head_at(index) or self.t.find(index, "office"):
            return False
        return not self.grammar.names.honorific_at(index)

    def _thing(self, start: int, office: Entry, taken: set[int]) -> UnitMention | None:
        """A body or village whose name has capitals, small nouns before them at most."""
        known = self._is_known(start) or self.t.find(start, "honorific")
        if self.t.pack.diacritics or office.class_ not in ("", "school") or known:
            return None
        small = start
        while small - start < _SMALL and self._is_noun(small):
            small += 1
        end = capital_run(self.t, small, small + _LONGEST)
        if end == small or self.t.word(end) in ("'s", "’s") or any(i in taken for i in range(start, end + 1)):
            return None
        if is_country(self.t.words[small:end]):
            return None
        key = office.key.removeprefix("deputy_")
        if key == "village_head" or is_village_word(self.t.words[start]):
            first = start if is_village_word(self.t.words[start]) else small
            return self._mention(first, end, Entry("place", "village", "", "village", "administrative"))
        if key not in _KINDS or not self._is_name(key, start, small, end):
            return None
        class_, type_ = _KINDS[key]
        return self._mention(start, self._past_nouns(end), Entry("body", type_, self.t.word(start), "", class_))

    def _is_known(self, index: int) -> bool:
        """Whether the head of a body or a place stands here, which refers to one or is read as one elsewhere."""
        return self.t.head_at(index) is not None or index in self.t.small_heads

    def _is_noun(self, index: int) -> bool:
        closed = self.t.is_word(index, "of", "article", "and", "copula", "its", "speech", "body_of", "this")
        return self.t.kind(index) == "w" and not closed

    def _is_name(self, key: str, start: int, small: int, end: int) -> bool:
        """Whether the capitals are a body's name, not a person's or one noun."""
        words = self.t.words[small:end]
        person = len(words) >= _PERSON and is_surname(words[0], exact=False) and all(map(is_syllable, words))
        if person and start == small:
            return False
        if self.t.pack.compounds:
            return len(words) > 1
        return len(words) > 1 or small > start or _KINDS[key] == _COMPANY

    def _past_nouns(self, end: int) -> int:
        """Past the small nouns that close a name: Dương Đông [water utility], …"""
        if not self.t.pack.names_first or self.t.pack.compounds:
            return end
        nouns = end
        while nouns - end < _SMALL and self._is_noun(nouns):
            nouns += 1
        return nouns if self.t.kind(nouns) in ",;)" or self.t.word(nouns) == "." else end

    def _mention(self, start: int, end: int, entry: Entry) -> UnitMention:
        name = self.t.slice(start, end)
        of_one = self.t.is_word(start - 1, "genitive")
        if self.t.pack.compounds and self.t.is_word(start - 1, "article") and self.t.words[start].endswith("en"):
            masculine = "r" * of_one  # des Patriotischen Vereins, der Alten Garde
            name = self.t.words[start][:-1] + masculine + name[len(self.t.words[start]) :]
        if of_one:
            name = name.removesuffix("s")
        return UnitMention(start, end, entry, name, core=fold(name), proper=name, rule="unit.office")
