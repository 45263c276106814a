"""Bodies that an office alone makes units: secretary of the Party cell, head of the mediation team, CEO of Brikko."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.names import capital_run, is_surname, opens_name
from extractors.packs import Entry
from extractors.text import fold
from extractors.tokens import Match, compound_entry
from extractors.units.mentions import UnitMention, bare_place, nominative, with_inner
from extractors.units.named import company_at

if TYPE_CHECKING:
    from extractors.units.find import UnitGrammar

# Classes of bodies of which every place or institution has one of its own, so that one without a name is a unit.
_OWN = frozenset({"party", "government", "mass_organization", "association", "security"})
_PARTYS = frozenset({"party", "mass_organization"})  # of these alone where no preposition ties a body to an office
_LONGEST_PROPER = 10  # words of a body's field and place in Vietnamese
_LONGEST_FIELD = 9  # small words that say what a group is for


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
            if index in taken or self.t.is_plural(office):
                continue
            end = self._past_modifiers(office.end)
            if self.t.pack.diacritics and (whole := self._proper_behind(index, end, mentions)) is not None:
                named.append(whole)
                yield whole
                continue
            linked = self._linked(end)
            if (linked == end and not self.t.pack.diacritics) or linked in taken:
                continue
            linked = self._past_adjective(linked) if linked > end else linked
            found = self._body(linked, named) or (self._company(linked, office) if linked > end else None)
            if found is not None:
                named.append(found)
                yield from with_inner(found)

    def _company(self, index: int, office: Match) -> UnitMention | None:
        """A company behind an office and its preposition, which no word says to be one."""
        return company_at(self.t, self.grammar.names, index, office) if self.t.kind(index - 1) == "w" else None

    def _past_modifiers(self, index: int) -> int:
        while (modifier := self.t.find(index, "modifier")) is not None:
            index = modifier.end
        return index

    def _linked(self, index: int) -> int:
        """Past the words that link an office with its body: of the, des, de la."""
        while self.t.kind(index) == "w" and self.t.is_word(index, "body_of", "of", "article"):
            index += 1
        return index

    def _past_adjective(self, index: int) -> int:
        """Past an adjective in a language that inflects it before its noun: der [neuen] Webgruppe."""
        adjective = self.t.kind(index) == "w" and self.t.word(index).endswith(self.t.pack.phrases["adjective_end"])
        return index + 1 if adjective and self.t.kind(index + 1) == "C" else index

    def _body(self, index: int, named: Sequence[UnitMention]) -> UnitMention | None:
        """A body with a name or field in small letters; one without any where none of its kind is named before."""
        head = self.t.find(index, "body") or self.t.small_heads.get(index) or self._head_behind(index)
        if head is None or self.t.is_plural(head) or self.t.is_word(index - 1, "this", "its"):
            return None
        if opens_name(self.t, head.start, head.end):
            return None
        read = (self._described(head), self.grammar.bodies.body(head, held=True))
        if whole := max((each for each in read if each is not None), key=lambda m: m.end, default=None):
            return whole
        entry = head.entry
        if self._is_specific(head):
            return None if self._is_named(head, named) else self._nameless(head)
        own = _PARTYS if self.t.pack.diacritics else _OWN
        if entry.class_ not in own:
            return None
        if any(self._can_mean(entry, m) for m in named):
            return None
        mention = self._nameless(head)
        if self.t.is_word(head.end, "body_of", "of"):
            mention.parent = self.grammar.bodies.place_behind(mention)
            return mention if mention.parent is not None else None
        return mention

    def _nameless(self, head: Match) -> UnitMention:
        name = nominative(self.t, head.start, head.end, head.entry)
        return UnitMention(head.start, head.end, head.entry, name, level=head.entry.level)

    def _is_specific(self, head: Match) -> bool:
        """Whether a compound, or nouns before the head, say which body it is: die Marktgesellschaft, the legal desk."""
        if self.t.is_word(head.start - 1, "many"):
            return False
        if self.t.pack.compounds:
            word = self.t.words[head.start]
            return self.t.pack.norm(word) not in self.t.pack.compounds and compound_entry(self.t.pack, word) is not None
        return head.end - head.start > len(head.entry.words)

    def _is_named(self, head: Match, named: Sequence[UnitMention]) -> bool:
        """Whether a body named before has all the words: the power company, of the Ha Tinh Power Company."""
        words = set(fold(self.t.slice(head.start, head.end)).split())
        return any(not m.is_place and words <= set(fold(m.name).split()) for m in named)

    @staticmethod
    def _can_mean(entry: Entry, named: UnitMention) -> bool:
        """Whether a bare head can mean a body named before: the committee, of a People's Committee."""
        like = named.entry.group.startswith(entry.group) or named.entry.group.endswith(entry.group)
        return not named.is_place and (named.entry.key == entry.key or like)

    def _head_behind(self, index: int) -> Match | None:
        """The head that a few small words precede in a language where it stands last: the [loan and savings] group."""
        if not self.t.pack.capital_names:
            return None
        for start in range(index, index + _LONGEST_FIELD):
            head = self.t.find(start, "body") or self.t.small_heads.get(start)
            if head is not None:
                return Match(index, head.end, head.entry)
            ends = self.t.is_word(start, "of", "article", "copula", "speech", "its", "this", "many", "he", "she")
            if self.t.kind(start) not in "w-" or ends:
                return None
        return None

    def _described(self, head: Match) -> UnitMention | None:
        """A body that small words describe, with its number and place: l'équipe de médiation du hameau de Na Pa, the
        mediation team of Vo Gia hamlet."""
        if self.t.pack.compounds or not set("of") & set(head.entry.tail):
            return None
        if "o" not in head.entry.tail and not self.t.is_word(head.end, "field_of"):
            return None
        end, inner = self._description(head.end, head.entry.tail)
        if end == head.end and self.t.slice(head.start, head.end).lower() == head.entry.form.lower():
            return None
        name = self.t.slice(head.start, end)
        core = self.t.slice(head.end, end) if end > head.end else name
        return UnitMention(head.start, end, head.entry, name, core=core.lower(), inner=inner)

    def _proper_behind(self, index: int, end: int, mentions: Sequence[UnitMention]) -> UnitMention | None:
        """A body with a field that no list knows, where it goes beyond the mention that was read there, which it
        takes the place of."""
        for start in range(end, index, -1):
            head = self.t.find(start, "body")
            if head is not None and head.end > end:
                whole = self._proper(head)
                read = next((m for m in mentions if m.start == start and not m.is_place), None)
                if whole is None or (read is not None and read.end >= whole.end):
                    return None
                if read is None:
                    return whole
                read.end, read.name, read.core, read.level = whole.end, whole.name, whole.core, whole.level
                return None
        return None

    def _proper(self, head: Match) -> UnitMention | None:
        """A body with a field that no list knows, in Vietnamese: Giám đốc [Trung tâm Bảo tồn Di tích Cố đô Huế] Võ …"""
        if self.t.kind(head.start) == "w" or not set("fn") & set(head.entry.tail):
            return None
        end = head.end
        while end - head.end < _LONGEST_PROPER and not self._is_person(end):
            if self.t.kind(end) in "CU":
                end += 1
            elif (end > head.end or self.t.is_word(end, "plural")) and self._joins_proper(end):
                end += 2
            else:
                break
        if end == head.end:
            return None
        level = self.t.find(end, "level")
        name = self.t.slice(head.start, end if level is None else level.end)
        mention = UnitMention(head.start, end if level is None else level.end, head.entry, name)
        mention.core, mention.level = self.t.slice(head.end, end).lower(), level.entry.key if level else ""
        return mention

    def _joins_proper(self, index: int) -> bool:
        """Whether a small word stands between two capitals of a body's name."""
        small = self.t.kind(index) == "w" and not self.t.is_word(index, "speech", "copula", "joint", "once")
        return small and self.t.kind(index + 1) in "CU" and not self._is_person(index + 1)

    def _is_person(self, index: int) -> bool:
        """Whether an officer's name stands here, up to the next small word or mark."""
        run = capital_run(self.t, index, index + _LONGEST_PROPER)
        return 3 <= run - index <= 5 and is_surname(self.t.words[index], exact=True)

    def _description(self, start: int, tail: str) -> tuple[int, UnitMention | None]:
        """Where the small words behind a head end, with the unit that closes them; at once where a verb ends them."""
        end = start
        while end - start < _LONGEST_FIELD:
            if (inner := self._inner(end)) is not None:
                if inner.is_place or "b" in tail:
                    return inner.end, inner
                break
            if self.t.is_word(end, "number_sign") and self.t.kind(end + 1) == "n":
                return end + 2, None
            if not self._describes(end):
                break
            end += 1
        if self.t.kind(end) == "w" and self.grammar.unit_at(end) is None:
            return start, None
        while end > start and self.t.is_word(end - 1, "body_of", "of", "article", "and"):
            end -= 1
        return end, None

    def _describes(self, index: int) -> bool:
        """Whether a small word, a number or a hyphen inside a word stands here, and no verb or pronoun."""
        if self.t.kind(index) == "-":
            return self.t.glued(index) and self.t.glued(index + 1)
        return self.t.kind(index) in "wn" and not self.t.is_word(index, "copula", "speech", "joint", "he", "she")

    def _inner(self, index: int) -> UnitMention | None:
        """The unit at the token, or a known place that a preposition ties to what stands before."""
        ordinal = self.t.kind(index) == "n" and self.t.find(index + 1, "place") is not None
        inner = self.grammar.unit_at(index + ordinal)
        if inner is not None and (not ordinal or inner.start == index):
            return inner  # police du [5e quartier]
        words = self.grammar.names.place_words(index) if self.t.is_word(index - 1, "body_of", "of") else 0
        return bare_place(self.t, index, index + words, rule="unit.known") if words else None
