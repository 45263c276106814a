"""Places in lists that share a type word: các xã A, B và C; 2 Gemeinden, A und B; A and B districts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.names import capital_run, is_surname, is_syllable
from extractors.tokens import Match
from extractors.units.mentions import LEVEL_OF, UnitMention, with_inner
from extractors.units.names import LONGEST_PLACE

if TYPE_CHECKING:
    from extractors.units.find import UnitGrammar


class PlaceLists:
    """Reads such lists for the grammar of units."""

    def __init__(self, grammar: UnitGrammar) -> None:
        self.grammar = grammar
        self.t = grammar.t
        self.pack = grammar.pack
        self.names = grammar.names

    def coordinated(self, first: UnitMention) -> Iterator[UnitMention]:
        """The further names that share a plural type word, and the parent of the last: các xã A, B và C (huyện D)."""
        if not first.is_place or not self._is_many(first):
            return
        listed = [first, *self._further(first)]
        shared = listed[-1].parent
        for place in reversed(listed[:-1]):
            if place.parent is not None or shared is None or shared.former:
                break
            place.parent = shared
        for mention in listed[1:]:
            yield from with_inner(mention)

    def _further(self, first: UnitMention) -> Iterator[UnitMention]:
        end = max(first.end, first.parent.end if first.parent else 0)
        while True:
            comma = end
            if self.t.kind(comma) == ",":
                comma += 1
            if self.t.is_word(comma, "and"):
                comma += 1
            comma = self.t.skip(comma, "place_of", "article") if comma > end else comma
            if comma == end or self.t.kind(comma) not in "CUn":
                return
            if self.t.head_at(comma) or self.t.find(comma, "honorific") or self.t.find(comma, "office"):
                return
            name_end = self.names.place_name_end(comma, first.entry.key)
            if self.pack.names_first and self.t.find(name_end, "place"):
                return  # communes of An Binh and [My Loc town]
            if name_end == comma or (self.t.kind(comma) == "n" and not first.core.isdigit()):
                return
            mention = self.grammar.place_at(
                comma, name_end, first.entry, proper=self.t.slice(comma, name_end), rule="unit.coordinated"
            )
            yield mention
            end = max(mention.end, mention.parent.end if mention.parent else 0)

    def announced(self, index: int) -> Iterator[UnitMention]:
        """Known places that a counted type word announces: 2 Gemeinden, Phu Hiep und Hoa Binh; 3 xã: A, B, C."""
        head = self.t.find(index, "place")
        if head is None or self.t.kind(head.end) not in ",:(" or not self._is_counted(index, head):
            return
        found: list[UnitMention] = []
        start = head.end + 1
        while self.t.kind(start) in "CU" and not self.t.head_at(start):
            end = start + self.names.known_words(
                self.t.words[start : capital_run(self.t, start, start + LONGEST_PLACE)], LEVEL_OF[head.entry.key]
            )
            if end == start:
                break
            proper = self.t.slice(start, end)
            found.append(self.grammar.place_at(start, end, head.entry, proper=proper, rule="unit.coordinated"))
            end = max(end, found[-1].parent.end if found[-1].parent else 0)
            start = end + (self.t.kind(end) == ",")
            start += self.t.is_word(start, "and")
            if start == end:
                break
        if len(found) > 1:
            for mention in found:
                yield from with_inner(mention)

    def before(self, last: UnitMention) -> Iterator[UnitMention]:
        """The further names of a list that a plural type word closes: [Ba Tri, Ba Che and] Bac Son districts."""
        head = self.t.find(last.end - 1, "place") if last.is_place and last.rule == "unit.name_first" else None
        if head is None or not self.t.is_plural(head):
            return
        end = last.start
        while True:
            joint = end - self.t.is_word(end - 1, "and")
            joint -= self.t.kind(joint - 1) == ","
            start = joint
            while self.t.kind(start - 1) == "C" and is_syllable(self.t.words[start - 1]):
                start -= 1
            while start < joint and self.t.is_common(start):
                start += 1  # [In] Ba Be
            if joint == end or not 0 < joint - start <= LONGEST_PLACE or self._is_persons(start):
                return
            known = self.names.place_words(start) == joint - start
            if not known and (joint - start != 2 or is_surname(self.t.words[start], exact=self.pack.diacritics)):
                return  # According to [Nguyen Van An], Yen Bai and Lao Cai provinces
            yield self.grammar.place_at(
                start, joint, last.entry, proper=self.t.slice(start, joint), rule="unit.coordinated"
            )
            end = start

    def _is_counted(self, index: int, head: Match) -> bool:
        """Whether a number or a word for many stands before the type word."""
        before = index - 1
        return self.t.kind(before) == "n" or self.t.is_word(before, "plural") or self.t.is_plural(head)

    def _is_many(self, first: UnitMention) -> bool:
        """Whether the type word stands for several names: after a number or a plural word, or in the plural itself."""
        before = first.start - 1
        if self.t.is_word(before, "plural") or self.t.kind(before) == "n":
            return True
        head = self.t.find(first.start, "place")
        return head is not None and self.t.is_plural(head)

    def _is_persons(self, start: int) -> bool:
        """Whether an office or a form of address stands right before a name."""
        found = (self.t.find(i, c) for i in range(max(0, start - 3), start) for c in ("office", "honorific"))
        return any(match is not None and match.end == start for match in found)
