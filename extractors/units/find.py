"""Finds the mentions of units: a grammar of type words, names and the units inside them.

Two orders are read. Head first (`xã Lang Quán`, `Volkskomitee der Provinz`, `commune de Trong Hoa`) in every
language; name first (`Ky Son district`, `Huoi Tu Ginger Cooperative`) where a type word ends a run of capitals.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractors.names import (
    capital_run,
    has_diacritics,
    is_ethnic_group,
    is_initial,
    is_surname,
    is_syllable,
    looks_local,
)
from extractors.packs import Entry
from extractors.places import Gazetteer
from extractors.text import fold
from extractors.tokens import Match, Tokens
from extractors.units.bodies import BodyGrammar
from extractors.units.mentions import LEVEL_OF, RANK, UnitMention, bare_place, nominative
from extractors.units.name_first import NameFirst
from extractors.units.names import LONGEST_PLACE, UnitNames

# Words of the longest run that is searched for a type word at its end ("Hoang Lien Spice Joint Stock Company").
_DEEPEST = 8  # places of which each lies in the next: hamlet, commune, district, province, and some to spare
_LONGEST_RUN = 12
_LONGEST_INNER_NUMBER = 2  # digits; longer numbers in a name are years or of roads
_NUMBERED = frozenset({"district", "urban_district"})  # le 4e arrondissement, der 4. Bezirk


class UnitGrammar:
    """Reads units off the tokens of one article."""

    def __init__(self, tokens: Tokens, gazetteer: Gazetteer, version: str) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.gazetteer = gazetteer
        self.version = version
        self.heads = sorted({*tokens.matches["body"], *tokens.matches["place"]})
        self.names = UnitNames(tokens, gazetteer)
        self.bodies = BodyGrammar(self)
        self.name_first = NameFirst(self, self.bodies)
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
                if listed := list(self._listed(index)):
                    mentions.extend(listed)
                    past = max(m.end for m in listed)
                continue
            mentions.extend(self._with_inner(mention))
            mentions.extend(self._listed_before(mention))
            mentions.extend(self._coordinated(mention))
            past = max(index + 1, mentions[-1].end if mentions[-1].is_place else mention.end, mention.end)
        return mentions

    def _beginnings(self) -> list[int]:
        """The tokens at which a unit, or an honorific that hides one, can begin."""
        matches = self.t.matches
        found = {*matches["body"], *matches["place"], *matches["honorific"]}
        if self.pack.names_first:
            found.update(matches["level"])
            found.update(index for index, kind in enumerate(self.t.kinds) if kind in "CU")
        return sorted(found)

    def _with_inner(self, mention: UnitMention) -> Iterator[UnitMention]:
        yield mention
        if mention.inner is not None:
            yield from self._with_inner(mention.inner)
        if mention.parent is not None:
            yield from self._with_inner(mention.parent)

    def _coordinated(self, first: UnitMention) -> Iterator[UnitMention]:
        """The further names that share a plural type word: các xã A, B và C."""
        if not first.is_place or not self._is_many(first):
            return
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
            mention = self._place(
                comma, name_end, first.entry, proper=self.t.slice(comma, name_end), rule="unit.coordinated"
            )
            yield from self._with_inner(mention)
            end = max(mention.end, mention.parent.end if mention.parent else 0)

    def _listed(self, index: int) -> Iterator[UnitMention]:
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
            found.append(self._place(start, end, head.entry, proper=proper, rule="unit.coordinated"))
            end = max(end, found[-1].parent.end if found[-1].parent else 0)
            start = end + (self.t.kind(end) == ",")
            start += self.t.is_word(start, "and")
            if start == end:
                break
        if len(found) > 1:
            for mention in found:
                yield from self._with_inner(mention)

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

    def unit_at(self, index: int) -> UnitMention | None:
        """The unit that begins at the token, or None."""
        head = self.t.head_at(index)
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
            if mention is not None:
                return mention
        return self.named(index)

    def _signs_off(self, head: Match) -> bool:
        """Whether an agency only signs the article at its end: … come back for the shift." — VNS."""
        return head.entry.key == "news_agency" and self.t.kind(head.start - 1) in "-/" and self.t.kind(head.end) == "\n"

    def place(self, head: Match) -> UnitMention | None:
        """A place whose type word stands first: xã Lang Quán, Gemeinde Lang Quan, khóm 7."""
        start = self.t.skip(head.end, "place_of")
        entry = head.entry
        if self.names.is_name_itself(head):
            return None
        if (
            start == head.end
            and self.t.kind(start) == "n"
            and self.t.word(start)[0].isdigit()
            and "#" in entry.tail
            and self.t.kind(start + 1) not in "%‰"
        ):
            return self._place(head.start, start + 1, entry, proper=self.t.word(start))
        if self.t.is_word(start, "number_sign") and self.t.kind(start + 1) == "n" and "#" in entry.tail:
            return self._place(head.start, start + 2, entry, proper=self.t.word(start + 1))
        if self._is_initials(head):
            return None
        ordinal = self.t.ordinal_before(head.start) if "#" in entry.tail and entry.key in _NUMBERED else None
        if ordinal is not None and self.t.kind(head.end) not in "CU":
            return self._place(
                ordinal, head.end, entry, proper=self.t.word(ordinal).rstrip("eèmr"), rule="unit.name_first"
            )
        end = self.names.place_name_end(start, entry.key)
        if end > start and is_ethnic_group(self.t.words[start:end]):
            return None
        if end == start or (self.pack.capital_names and (self.t.find(end, "place") or self._is_anothers(end))):
            return None  # commune of [Ky Son district], 30 communes of [Ba Tri and Ba Che districts]
        return self._place(head.start, end, entry, proper=self.t.slice(start, end))

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

    def _place(self, start: int, end: int, entry: Entry, *, proper: str, rule: str = "unit.type") -> UnitMention:
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
        if not self.pack.names_first or not self._may_begin(index):
            return None
        head = self._last_head(index)
        if head is None:
            return None
        if head.entry.category == "place":
            return self.named_place(index, head)
        return self.name_first.body(index, head)

    def _listed_before(self, last: UnitMention) -> Iterator[UnitMention]:
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
            yield self._place(start, joint, last.entry, proper=self.t.slice(start, joint), rule="unit.coordinated")
            end = start

    def _may_begin(self, index: int) -> bool:
        kind = self.t.kind(index)
        if kind == "w":
            return self.pack.capital_names and self.t.find(index, "level") is not None
        if kind not in "CU" or self.t.find(index, "honorific"):
            return False
        if self.t.is_common(index):  # The Hoa Binh Company, but My Phuoc commune
            initial = is_initial(self.t.words[index]) and self.t.kind(index + 1) == "C"
            if not initial and self.names.place_words(index) <= 1:
                return False
        if self.t.find(index, "office") or self.t.find(index, "modifier"):
            return False
        return self.pack.capital_names or is_syllable(self.t.words[index]) or has_diacritics(self.t.words[index])

    def _last_head(self, index: int) -> Match | None:
        """The head that ends the run of names that begins here: the last body's, else the first place's."""
        small = self.t.kind(index) == "w"  # the provincial health department
        following = bisect_right(self.heads, index)
        if not small and (following == len(self.heads) or self.heads[following] - index >= _LONGEST_RUN):
            return None
        found: Match | None = None
        step = index
        while step - index < _LONGEST_RUN:
            head = self.t.head_at(step) if step > index else None
            if head is None and small and step > index:
                head = self._small_head(step, index)
            if head is not None and (found is None or head.entry.category == "body"):
                found = head
            level = self.t.find(step, "level")
            if head is not None:
                step = head.end
            elif small and found is None and (field := self.t.find(step, "word")) is not None:
                step = field.end
            elif level is not None and (step == index or self.t.kind(step) == "w" or level.entry.capital):
                step = level.end
            elif (
                (self.t.kind(step) in "CU" and not (step > index and self._breaks_run(step)))
                or (
                    self.t.kind(step) == "-" and step > index and (self.t.glued(step) or self._parts_names(step, index))
                )
                or (found is None and step > index and self._numbers_name(step))
                or (found is None and self._joins_names(step, index))
            ):
                step += 1
            elif (
                self.t.word(step) in ("'s", "’s")
                and step > index
                and (self.t.find(step - 1, "level") or self.t.is_word(step - 1, "owner"))
            ):
                step += 1  # the commune's Youth Union, the Women's Development Fund
            elif (
                self.t.word(step) in ("'", "’") and self.t.is_word(step - 1, "owner") and self.t.kind(step + 1) in "CU"
            ):
                step += 1  # the United Monks' Association
            else:
                break
        return found

    def _small_head(self, step: int, start: int) -> Match | None:
        """A head in small letters behind a level and a field, or one that needs none: provincial [health] department,
        district museum; none in the plural."""
        head = self.t.small_heads.get(step)
        if head is None or self.t.is_plural(head):
            return None
        said = self.t.find(step - 1, "word") is not None and step - start > 1
        return head if said or "!" in head.entry.tail else None

    def _is_persons(self, start: int) -> bool:
        """Whether an office or a form of address stands right before a name."""
        found = (self.t.find(i, c) for i in range(max(0, start - 3), start) for c in ("office", "honorific"))
        return any(match is not None and match.end == start for match in found)

    def _parts_names(self, index: int, start: int) -> bool:
        """Whether a dash with blanks stands between two words of one name: Shrimp - Rice Cooperative; no dateline."""
        before, after = self.t.word(index - 1), self.t.word(index + 1)
        words = self.pack.capital_names and self.t.kind(index - 1) == "C" == self.t.kind(index + 1) and index > start
        return words and not self.t.glued(index) and is_syllable(before) == is_syllable(after) and before.isascii()

    def _numbers_name(self, index: int) -> bool:
        """Whether a short number stands inside a name: Thai Binh [2] Thermal Power Plant, Region [4] Tax Office."""
        number = self.t.kind(index) == "n" and len(self.t.word(index)) <= _LONGEST_INNER_NUMBER
        named = self.t.kind(index - 1) == "C" == self.t.kind(index + 1) and self.t.head_at(index - 1) is None
        return number and named and self.pack.capital_names and not self._breaks_run(index + 1)

    def _breaks_run(self, index: int) -> bool:
        return bool(self.t.find(index, "office") or self.names.honorific_at(index) or self.t.find(index, "modifier"))

    def _joins_names(self, index: int, start: int) -> bool:
        """Whether "and" stands between two capitals of one name: Culture and Sports Department."""
        joint = self.t.is_word(index, "and") or self.t.word(index) == "&"
        return (
            joint
            and self.pack.capital_names
            and index - start >= 1
            and self.t.kind(index + 1) in "CU"
            and self.t.kind(index - 1) in "CU"
            and (not is_syllable(self.t.words[index - 1]))
        )

    def named_place(self, index: int, head: Match) -> UnitMention | None:
        words = [word for word in self.t.words[index : head.start] if word != "-"]
        if (
            not words
            or len(words) > LONGEST_PLACE
            or any(self.t.kinds[i] not in "CUn-" for i in range(index, head.start))
            or is_ethnic_group(words)
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
