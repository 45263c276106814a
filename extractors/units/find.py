"""Finds the mentions of units: a grammar of type words, names and the units inside them.

Two orders are read. Head first (`xã Lang Quán`, `Volkskomitee der Provinz`, `commune de Trong Hoa`) in every
language; name first (`Ky Son district`, `Huoi Tu Ginger Cooperative`) where a type word ends a run of capitals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.names import (
    capital_run,
    has_diacritics,
    is_ethnic_group,
    is_surname,
    is_syllable,
    looks_local,
)
from extractors.packs import Entry
from extractors.places import Gazetteer
from extractors.text import fold
from extractors.tokens import Match, Tokens
from extractors.units.bodies import BodyGrammar
from extractors.units.held import HeldBodies
from extractors.units.lists import PlaceLists
from extractors.units.marks import counts_nouns
from extractors.units.mentions import LEVEL_OF, RANK, UnitMention, bare_place, nominative, with_inner
from extractors.units.name_first import NameFirst
from extractors.units.names import LONGEST_PLACE, UnitNames, is_proper
from extractors.units.runs import NameRuns

_DEEPEST = 8  # places of which each lies in the next: hamlet, commune, district, province, and some to spare
_NUMBERED = frozenset({"district", "urban_district", "ward"})  # le 4e arrondissement, der 4. Bezirk


class UnitGrammar:
    """Reads units off the tokens of one article."""

    def __init__(self, tokens: Tokens, gazetteer: Gazetteer, version: str) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.gazetteer = gazetteer
        self.version = version
        self.names = UnitNames(tokens, gazetteer)
        self.bodies = BodyGrammar(self)
        self.name_first = NameFirst(self, self.bodies)
        self.runs = NameRuns(tokens, self.names)
        self.lists = PlaceLists(self)
        # In French papers write the names of institutions small: le tribunal populaire de la province.
        self._small_names = not (tokens.pack.diacritics or tokens.pack.capital_names or tokens.pack.capital_fields)
        self._nested = 0  # places whose parent is being read

    def find(self) -> list[UnitMention]:
        """Every unit mention in the order of the text, inner ones after those that hold them."""
        mentions: list[UnitMention] = []
        past = 0
        for index in self._beginnings():
            if index < past:
                continue
            honorific = self.t.find(index, "honorific")
            if honorific is not None and honorific.end > index + 1 and not self.t.head_at(index):
                past = honorific.end  # già làng X is an elder, not a village
                continue
            mention = self.unit_at(index)
            if mention is None:
                if listed := list(self.lists.announced(index)):
                    mentions.extend(listed)
                    past = max(m.end for m in listed)
                continue
            mentions.extend(with_inner(mention))
            mentions.extend(self.lists.before(mention))
            mentions.extend(self.lists.coordinated(mention))
            past = max(index + 1, mentions[-1].end if mentions[-1].is_place else mention.end, mention.end)
        mentions.extend(HeldBodies(self).find(mentions))
        return mentions

    def _beginnings(self) -> list[int]:
        """The tokens at which a unit, or an honorific that hides one, can begin."""
        matches = self.t.matches
        found = {*matches["body"], *matches["place"], *matches["honorific"]}
        if self.pack.names_first:
            found.update(matches["level"])
            found.update(self.t.capitals)
        else:
            found.update(map(self.runs.start_of_run, self.t.trades))
        if self._small_names:
            found.update(self.t.small_heads)
        if self.pack.capital_names:
            found.update(index for index in matches["word"] if self.runs.is_owned_field(index))
        return sorted(found)

    def unit_at(self, index: int) -> UnitMention | None:
        """The unit that begins at the token, or None."""
        head = self.t.head_at(index) or self._hyphenated(index)
        honorific = self.t.find(index, "honorific")
        if head is not None and honorific is not None and honorific.end >= head.end:
            return None
        office = self.t.find(index, "office")
        if head is not None and office is not None and office.end > head.end:
            return None  # Tỉnh ủy viên is a person
        if head is not None and self._signs_off(head):
            return None
        if head is not None and not (self.t.kind(index - 1) in "-/" and self.t.glued(index)):  # 71/CĐ-UBND
            mention = self.bodies.body(head) if head.entry.category == "body" else self.place(head)
            whole = is_proper(head) and self.runs.ends_as_company(index)  # Changshin Vietnam GmbH
            if mention is not None and not (whole and (longer := self.named(index)) and longer.end > mention.end):
                return mention
        return self.named(index) or (self._small(index) if self._small_names else None)

    def _hyphenated(self, index: int) -> Match | None:
        """The head of a body that a hyphen ties to a noun of the language: Ginseng-|Aktiengesellschaft Ngoc Linh."""
        head = self.t.find(index + 2, "body") if self.pack.compounds and self.t.kind(index + 1) == "-" else None
        if head is None or not (self.t.glued(index + 1) and self.t.glued(index + 2)):
            return None
        noun = self.t.words[index]
        if self.t.glued(index) or is_syllable(noun) or has_diacritics(noun) or self.names.place_words(index):
            return None
        return Match(index, head.end, replace(head.entry, form=f"{noun}-{head.entry.form}"))

    def _small(self, index: int) -> UnitMention | None:
        """A body whose head is in small letters against its form, where its place or its level says which it is."""
        head = self.t.small_heads.get(index)
        alone = head is not None and "!" in head.entry.tail and not self.t.find(index, "office")
        mention = self.bodies.body(head) if head is not None and alone else None
        if mention is None or not (mention.level or (mention.inner is not None and mention.inner.is_place)):
            return None
        return mention

    def _signs_off(self, head: Match) -> bool:
        """Whether an agency only signs the article at its end: … come back for the shift." — VNS."""
        return head.entry.key == "news_agency" and self.t.kind(head.start - 1) in "-/" and self.t.kind(head.end) == "\n"

    def place(self, head: Match) -> UnitMention | None:
        """A place whose type word stands first: xã Lang Quán, Gemeinde Lang Quan, khóm 7."""
        start = self.t.skip(head.end, "place_of")
        entry = head.entry
        if self.names.is_name_itself(head) or self._names_person(head):
            return None
        if (
            start == head.end
            and self.t.kind(start) == "n"
            and self.t.word(start)[0].isdigit()
            and "#" in entry.tail
            and self.t.kind(start + 1) not in "%‰"
            and not counts_nouns(self.t, start)
        ):
            return self.place_at(head.start, start + 1, entry, proper=self.t.word(start))
        if self.t.is_word(start, "number_sign") and self.t.kind(start + 1) == "n" and "#" in entry.tail:
            return self.place_at(head.start, start + 2, entry, proper=self.t.word(start + 1))
        if self._is_initials(head):
            return None
        ordinal = self.t.ordinal_before(head.start) if "#" in entry.tail and entry.key in _NUMBERED else None
        if ordinal is not None and self.t.kind(head.end) not in "CU":
            return self.place_at(
                ordinal, head.end, entry, proper=self.t.word(ordinal).rstrip("eèmr"), rule="unit.name_first"
            )
        end = self.names.place_name_end(start, entry.key)
        people = end > start and is_ethnic_group(self.t.words[start:end])
        if people and self.names.place_words(start) != end - start:  # thị xã Giá Rai, in editions Gia Rai
            return None
        if end == start or (self.pack.capital_names and (self.t.find(end, "place") or self._is_anothers(end))):
            return None  # commune of [Ky Son district], 30 communes of [Ba Tri and Ba Che districts]
        return self.place_at(head.start, end, entry, proper=self.t.slice(start, end))

    def _names_person(self, head: Match) -> bool:
        """Whether the type word of a village is a middle name: Lý [Sóc] Kha."""
        village = self.pack.diacritics and LEVEL_OF[head.entry.key] == "village" and self.t.kind(head.start) == "C"
        return village and self.t.kind(head.start - 1) == "C" and is_surname(self.t.words[head.start - 1], exact=True)

    def _is_anothers(self, end: int) -> bool:
        """Whether a name that ends here opens a list that a plural type word closes."""
        while self.t.kind(end) in ",C" or self.t.is_word(end, "and"):
            end += 1
        head = self.t.find(end, "place")
        return head is not None and self.t.is_plural(head)

    def _is_initials(self, head: Match) -> bool:
        """Whether the short type word only begins initials: P.V, not P.5 or P. Minh Khai."""
        short = self.t.word(head.end - 1) == "." or head.entry.form.endswith(".")
        return short and self.t.glued(head.end) and len(self.t.word(head.end)) == 1 and self.t.kind(head.end) == "C"

    def place_at(self, start: int, end: int, entry: Entry, *, proper: str, rule: str = "unit.type") -> UnitMention:
        name = nominative(self.t, start, end, entry) if rule == "unit.type" else self.t.slice(start, end)
        head = self.t.find(start, "place")
        if head is not None and not self.pack.endings and self.t.is_plural(head):
            name = proper  # the communes of [Na Hang] and …
        mention = UnitMention(start, end, entry, name, core=fold(proper), proper=proper, rule=rule)
        if self.t.is_word(end, "former_place"):
            mention.former = True
        mention.parent = self.parent_after(mention)
        return mention

    def parent_after(self, mention: UnitMention) -> UnitMention | None:
        """The larger place named after this one: ", huyện X", "(X)", "im Bezirk X"; of a chain the first few."""
        if self._nested >= _DEEPEST:
            return None
        self._nested += 1
        try:
            return self._parent_after(mention)
        finally:
            self._nested -= 1

    def _parent_after(self, mention: UnitMention) -> UnitMention | None:
        index = mention.end + (1 if mention.former else 0)
        bracket = self.t.kind(index) == "("
        if bracket or self.t.kind(index) in ",-":
            index += 1
        index = self.t.skip(index, "of", "article")
        head = self.t.find(index, "place")
        parent = None
        if head is not None:
            parent = self.place(head)
        else:
            parent = self.named(index)
            if parent is not None and not parent.is_place:
                parent = None
        if parent is not None:
            lower = not mention.is_place or RANK[LEVEL_OF[parent.entry.key]] < RANK[LEVEL_OF[mention.entry.key]]
            return parent if lower or self._same_rank(mention, parent) else None
        if bracket and self.t.kind(index) in "CU":
            end = capital_run(self.t, index, index + LONGEST_PLACE)
            if (
                self.t.kind(end) == ")"
                and self.gazetteer.longest_name(self.t.words[index:end], version=self.version) == end - index
            ):
                return bare_place(self.t, index, end, rule="unit.bracket")
        return None

    def _same_rank(self, mention: UnitMention, parent: UnitMention) -> bool:
        """A city may belong to a province city by type words alone (Stadt, thành phố): only where the names differ."""
        return mention.entry.key == "town" and parent.entry.key == "city" and mention.core != parent.core

    def named(self, index: int) -> UnitMention | None:
        """A unit whose type word ends a run of capitals: Ky Son district, Vinh University."""
        head = self.runs.last_head(index) if self.pack.names_first and self.runs.may_begin(index) else None
        head = head or self.runs.trade_of(index)
        if head is None:
            return None
        if head.entry.category == "place":
            return self.named_place(index, head)
        return self.name_first.body(index, head)

    def named_place(self, index: int, head: Match) -> UnitMention | None:
        words = [word for word in self.t.words[index : head.start] if word != "-"]
        if (
            not words
            or len(words) > LONGEST_PLACE
            or any(self.t.kinds[i] not in "CUn-" for i in range(index, head.start))
            or (is_ethnic_group(words) and (self.t.is_plural(head) or self.names.place_words(index) < len(words)))
            or self._is_described(index, words, head)
        ):
            return None
        proper = self.t.slice(index, head.start).rstrip("-")
        mention = UnitMention(
            index,
            head.end,
            head.entry,
            proper if self.t.is_plural(head) else self.t.slice(index, head.end),
            core=fold(proper),
            proper=proper,
            rule="unit.name_first",
        )
        mention.parent = self.parent_after(mention)
        return mention

    def _is_described(self, index: int, words: Sequence[str], head: Match) -> bool:
        """Whether a word of the article's own language says what kind of place it is: Highland commune, Border
        villages; a known place is none."""
        if self.names.place_words(index) or all(is_syllable(word) or has_diacritics(word) for word in words):
            return False
        if self.t.is_plural(head):
            return True
        return len(words) == 1 and (not looks_local(words[0]) or self.t.begins_sentence(index))


def find_unit_mentions(tokens: Tokens, gazetteer: Gazetteer, version: str) -> list[UnitMention]:
    """The unit mentions of the article in the order of the text."""
    return UnitGrammar(tokens, gazetteer, version).find()
