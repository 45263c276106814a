"""Bodies that an office alone makes units: secretary of the Party cell, head of the mediation team, CEO of Brikko."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.names import capital_run, is_country, is_ethnic_group
from extractors.packs import Entry
from extractors.tokens import Match
from extractors.units.mentions import UnitMention, nominative, with_inner

if TYPE_CHECKING:
    from extractors.units.find import UnitGrammar

# Classes of bodies of which every place or institution has one of its own, so that one without a name is a unit.
_OWN = frozenset({"party", "government", "mass_organization", "association", "security"})
# Offices that companies have; what they are held in needs no word for a company.
_TRADE = frozenset({"general_director", "director", "owner", "manager", "founder"})
_LONGEST_COMPANY = 5  # words


class HeldBodies:
    """Reads the bodies right behind offices that the grammar of units leaves out."""

    def __init__(self, grammar: UnitGrammar) -> None:
        self.grammar = grammar
        self.t = grammar.t

    def find(self, mentions: Sequence[UnitMention]) -> Iterator[UnitMention]:
        """The further bodies, each with the units inside its name."""
        taken = {index for m in mentions for index in range(m.start, m.end)}
        named = list(mentions)
        for index, office in sorted(self.t.matches["office"].items()):
            if index in taken:
                continue
            end = self._past_modifiers(office.end)
            linked = self._linked(end)
            if linked == end or linked in taken:
                continue
            found = self._body(linked, named) or self._company(linked, office)
            if found is not None:
                named.append(found)
                yield from with_inner(found)

    def _past_modifiers(self, index: int) -> int:
        while (modifier := self.t.find(index, "modifier")) is not None:
            index = modifier.end
        return index

    def _linked(self, index: int) -> int:
        """Past the words that link an office with its body: of the, des, de la."""
        while self.t.kind(index) == "w" and self.t.is_word(index, "body_of", "of", "article"):
            index += 1
        return index

    def _body(self, index: int, named: Sequence[UnitMention]) -> UnitMention | None:
        """A body with a name or field in small letters; one without any where none of its kind is named before."""
        head = self.t.find(index, "body") or self.t.small_heads.get(index)
        if head is None or self.t.is_plural(head) or self.t.is_word(index - 1, "this", "its"):
            return None
        whole = self.grammar.bodies.body(head, held=True)
        if whole is not None:
            return whole
        entry = head.entry
        if entry.class_ not in _OWN or self.t.is_word(head.end, "body_of", "of"):
            return None
        if any(m.entry.key == entry.key and not m.is_place for m in named):
            return None
        name = nominative(self.t, head.start, head.end, entry)
        return UnitMention(head.start, head.end, entry, name, level=entry.level)

    def _company(self, index: int, office: Match) -> UnitMention | None:
        """A run of capitals that a director is of and no list knows: Generaldirektor von Yamato Textiles."""
        if office.entry.key.removeprefix("deputy_") not in _TRADE or self.t.kind(index - 1) != "w":
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
