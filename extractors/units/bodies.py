"""The grammar of bodies: a head, then what its entry lets follow (field, name, number, place, another body)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.names import is_syllable
from extractors.places import BEFORE, SINCE
from extractors.text import fold
from extractors.tokens import Match
from extractors.units.body_readings import Reading, is_unit
from extractors.units.branches import Branches
from extractors.units.fields import FieldReader
from extractors.units.marks import abbreviation_end, number_end, own_number_end
from extractors.units.mentions import LEVEL_OF, LEVELS_TYPES, UnitMention, bare_place, nominative
from extractors.units.names import is_proper
from extractors.units.small_words import SmallWords
from extractors.units.unlisted_fields import UnlistedFields

if TYPE_CHECKING:
    from extractors.units.find import UnitGrammar

_ANYWHERE = frozenset({"other", "media"})  # classes of bodies of which a place has many


class BodyGrammar:
    """Reads bodies for the grammar of units, which reads the places and the other units inside them."""

    def __init__(self, grammar: UnitGrammar) -> None:
        self.grammar = grammar
        self.t = grammar.t
        self.pack = grammar.pack
        self.names = grammar.names
        self.gazetteer = grammar.gazetteer
        self.fields = FieldReader(grammar.t, grammar.names)
        self.small_words = SmallWords(grammar.t, grammar.names)
        self.unlisted = UnlistedFields(grammar.t, grammar.names)
        self.branches = Branches(grammar.t, grammar.names, self._inner)
        # In this order; each says whether the body goes on behind what it took, or None where it found nothing.
        self.parts: tuple[Callable[[Reading], bool | None], ...] = (
            self._take_abbreviation,
            self._take_number,
            self._take_field,
            self._take_unlisted_field,
            self._take_inner,
            self._take_level,
            self._take_name,
            self._take_small_words,
        )

    def body(self, head: Match, *, held: bool = False) -> UnitMention | None:
        """A body whose head stands first, with what its entry lets follow; `held` where an office is right before."""
        if self.t.is_plural(head) or self.names.is_name_itself(head):
            return None
        mention = UnitMention(head.start, head.end, head.entry, "", level=head.entry.level)
        reading = Reading(head, mention, head.end, head.entry.tail)
        self._take_ordinal(reading)
        self._take_adjective(reading)
        self._take_trade(reading)
        while self._goes_on(reading):
            pass
        self.branches.take(reading)
        mention.end = reading.index
        mention.core = fold(" ".join(reading.core))
        if not is_unit(reading, self.t) or ("o" in reading.tail and not held):
            return None
        mention.name = self._body_name(mention, head, reading.gaps)
        if mention.inner is None and mention.parent is None:
            mention.parent = self.place_behind(mention)
        return mention

    def _goes_on(self, reading: Reading) -> bool:
        for take in self.parts:
            if (goes_on := take(reading)) is not None:
                return goes_on
        return False

    # --- the parts of a body ---

    def _take_ordinal(self, reading: Reading) -> None:
        """A number before the head of an armed unit: 15. Armeekorps, 15e Corps d'armée."""
        head = reading.head
        if head.entry.class_ != "security" or "#" not in reading.tail:
            return
        if (ordinal := self.t.ordinal_before(head.start)) is not None:
            reading.mention.start = ordinal
            reading.core.append(re.sub(r"\D", "", self.t.word(ordinal)))

    def _take_adjective(self, reading: Reading) -> None:
        """An adjective with a capital before the head, as proper names have it: der Obersten Staatsanwaltschaft."""
        before = reading.head.start - 1
        word = self.t.word(before)
        capital = self.t.kind(before) == "C" and not self.t.begins_sentence(before) and not is_syllable(word)
        capital = capital and not is_proper(reading.head)
        if capital and word.endswith(self.pack.phrases["adjective_end"]) and self._is_adjective(before):
            reading.mention.start = before
            reading.core.append(word)

    def _take_trade(self, reading: Reading) -> None:
        """The noun before a company's legal form that says its trade: [Reisexport] AG Kiên Nông."""
        head, before = reading.head, reading.head.start - 1
        form = head.entry.form
        short = self.pack.compounds and head.entry.key == "company" and (form.isupper() or form == "GmbH")
        short = short and not is_proper(head)
        if not short or self.t.kind(before) != "C" or self.t.glued(head.start) or is_syllable(self.t.word(before)):
            return
        known = self.t.head_at(before) or self.t.find(before, "office") or self.names.honorific_at(before)
        if not known and not self.names.place_words(before) and not self.t.begins_sentence(before):
            reading.mention.start = before
            reading.core.append(self.t.word(before))

    def _is_adjective(self, index: int) -> bool:
        """Whether an article stands before the word, and it is no noun, place, level or office that is known."""
        known = self.t.head_at(index) or self.t.find(index, "level") or self.t.find(index, "office")
        return not known and self.t.is_word(index - 1, "article", "body_of") and self.t.kind(index - 1) == "w"

    def _take_abbreviation(self, reading: Reading) -> bool | None:
        end = abbreviation_end(self.t, reading.index)
        if not end:
            return None
        mention = reading.mention
        mention.alias = mention.alias or self.t.slice(reading.index + 1, end - 1)
        if not self._tail_follows(end, reading.tail):
            return False
        reading.gaps.append((reading.index, end))
        reading.index = end
        return True

    def _take_number(self, reading: Reading) -> bool | None:
        numbered = "#" in reading.tail and reading.mention.start == reading.head.start
        end = number_end(self.t, reading.index) if numbered or "n" in reading.tail else 0
        end = end or (own_number_end(self.t, reading.index) if reading.named or "#" not in reading.tail else 0)
        if not end:
            return None
        reading.take(self.t.word(end - 1), end)
        self._take_seat(reading)
        return True

    def _take_seat(self, reading: Reading) -> None:
        """The place behind the number of a region's body: Volksgericht der Region 3 [– Lạng Sơn]."""
        dash = reading.index
        regional = self.t.is_word(dash - 2, "number_sign") and reading.head.entry.class_ == "government"
        words = self.names.place_words(dash + 1) if regional and self.t.kind(dash) == "-" else 0
        if words and not self.t.glued(dash):
            reading.mention.inner = bare_place(self.t, dash + 1, dash + 1 + words, rule="unit.known")
            reading.index = dash + 1 + words

    def _take_field(self, reading: Reading) -> bool | None:
        index, tail = reading.index, reading.tail
        if not ("f" in tail or "n" in tail) or (reading.core and "n" not in tail):
            return None
        if reading.named and self.t.kind(index) in "w,":
            return None
        end = self.fields.end(index, first=index == reading.head.end, tail=tail)
        if end <= index:
            return None
        reading.take(self.t.slice(index, end), end)
        return True

    def _take_unlisted_field(self, reading: Reading) -> bool | None:
        """A field whose words no list knows, closed by a place: Association [du tourisme] du Quảng Nam."""
        open_ = not reading.named and set("nf") & set(reading.tail)
        proper = "f" in reading.tail and self.t.kind(reading.head.start) in "CU"
        end = self.unlisted.end(reading.index, proper=proper) if open_ else 0
        if not end or (reading.core and self.t.is_word(reading.index, "article")):
            return None
        if self.t.is_word(end, "number_sign"):
            end = number_end(self.t, end) or end  # Bureau du notariat n° 2
        reading.take(self.t.slice(reading.index, end), end)
        return True

    def _take_inner(self, reading: Reading) -> bool | None:
        """Another unit inside the name; behind a complete name its place: école Păng Tiêng | de la commune de Lát."""
        mention = reading.mention
        reading.linked = self._link(reading.index)
        inner = None if self._opens_name(reading) else self._inner(reading.linked, reading.tail)
        if inner is None:
            return None
        if reading.named and reading.linked > reading.index and inner.is_place:
            mention.parent = inner
            return False
        same = reading.head.entry.class_ == inner.entry.class_ == "enterprise"
        if reading.linked == reading.index and same:  # die Bank Vietcombank Tuyen Quang is one
            reading.take(inner.core or inner.name, inner.end)
            mention.parent = inner.parent
            return False
        mention.inner, reading.index = inner, inner.end
        if "^" in reading.tail and not inner.is_place:
            self._take_kind(mention, inner, reading.core)
            if mention.inner is None and not mention.level:
                reading.tail = "l"
                return True
        return False

    def _opens_name(self, reading: Reading) -> bool:
        """Whether a company's proper name opens the free name of a body: collège technique [Lilama] 2."""
        head = self.t.head_at(reading.index) if "n" in reading.tail else None
        return head is not None and is_proper(head)

    def _take_level(self, reading: Reading) -> bool | None:
        level = self.t.find(reading.linked, "level")
        if level is None or reading.mention.level or not reading.tail:
            return None
        if not (reading.linked > reading.index or self.pack.diacritics or level.entry.capital):
            return None
        if self.names.is_name_itself(level):
            return None  # Hiệp hội Cà phê [Buôn Ma Thuột]
        reading.mention.level, reading.index = level.entry.key, level.end
        start = self.t.skip(level.end, "body_of") if level.end > reading.linked else level.end
        words = self.names.place_words(start) if start > level.end else 0
        if words and self._is_levels_place(reading.mention, start, start + words):  # tribunal provincial du Đắk Lắk
            reading.mention.inner = self._levels_place(reading.mention, start, start + words)
            reading.index = start + words
        return False

    def _take_name(self, reading: Reading) -> bool | None:
        """A free name, or a place named without its type word."""
        mention, tail = reading.mention, reading.tail
        start = self.t.skip(reading.index, "place_of") if "n" in tail else reading.linked
        whole = reading.named and self.t.kind(reading.index - 1) in "CU"
        closed = (reading.core and "f" in tail) or not self._bears_names(reading.head)
        end = 0 if whole or (closed and self.names.is_officer(start)) else self._free_name(reading, start)
        if not end or self._only_lies_in(reading, start):
            return None
        if self._is_levels_place(mention, start, end):
            mention.inner, reading.index = self._levels_place(mention, start, end), end
            return False
        if start > reading.index and (rule := self._linked_place(reading, start, end)):
            mention.inner, reading.index = bare_place(self.t, start, end, rule=rule), end
            return False
        reading.take(self.t.slice(start, end), end)
        reading.named = reading.named or "n" in tail
        return True if "n" in tail or "^" in tail else None

    def _only_lies_in(self, reading: Reading, start: int) -> bool:
        """Whether "von" only says where a market or a broadcaster is, which is no name: der Markt von Cái Bè."""
        linked = self.pack.compounds and start > reading.index and not reading.core
        many = "l" not in reading.tail and reading.head.entry.class_ in _ANYWHERE
        return bool(linked and many) and self.names.place_words(start) > 0

    def _linked_place(self, reading: Reading, start: int, end: int) -> str:
        """The rule by which what is linked to a body is its place, no name: Gesundheitsamt von [Sa Pa], in French a
        department's province, Service de la construction de [Ninh Binh]; empty where it is none."""
        entry, name = reading.head.entry, self.t.slice(start, end)
        linked = self.pack.compounds or (self.unlisted.reads and entry.class_ == "government")
        if not linked or entry.class_ == "enterprise" or "^" in reading.tail:
            return ""
        if any(self.gazetteer.find(name, version=v, level="province") for v in (BEFORE, SINCE)):
            return "unit.province"
        known = self.pack.compounds and self.names.place_words(start) == end - start
        return "unit.known" if known else ""

    def _free_name(self, reading: Reading, start: int) -> int:
        company = reading.head.entry.class_ == "enterprise"
        if "n" in reading.tail and reading.core and self.t.kind(start) == "w":
            start = self.names.compound_inside(reading.head.end, start) or start  # Hợp tác xã Tôm | sú sinh thái …
        end = self.names.free_name(start, reading.tail, foreign=company)
        form = self.t.find(end, "body") if company and end else None
        closes = form is not None and form.entry.key == "company" and self.t.kind(form.end) not in "CU"
        return form.end if form is not None and closes and not self.pack.diacritics else end  # Firma Hoang Long GmbH

    def _take_small_words(self, reading: Reading) -> bool | None:
        index, tail = reading.index, reading.tail
        behind = index - 2 >= reading.head.end and all(self.t.kind(i) in "CU" for i in (index - 2, index - 1))
        if (reading.named and behind) or not set("n*w") & set(tail):
            return None
        taken = "w" in tail and self.t.kind(reading.head.start) in "CU"
        if reading.head.entry.class_ == "government":  # Ban Chỉ đạo [chống khai thác IUU] tỉnh, no "Ban Chỉ đạo họp ở"
            taken = taken and self.t.is_word(index, "purpose")
        end = self.small_words.end(index, tail, bare=not reading.core, taken=taken)
        if end <= index:
            return None
        reading.take(self.t.slice(index, end), end)
        reading.named = False
        return True

    # --- what the parts are read with ---

    def place_behind(self, mention: UnitMention) -> UnitMention | None:
        """The place in brackets or behind a preposition: HTX Vĩnh Trạch (huyện Thoại Sơn), … in Việt Yên Town.

        Of a named body also one behind a comma: Pagode Bang Son, Gemeinde Vien Binh.
        """
        head = self.t.find(mention.end + 1, "place") if mention.core and self.t.kind(mention.end) == "," else None
        listed = head is not None and LEVEL_OF[head.entry.key] != "village"
        if self.t.kind(mention.end) == "(" or self.t.is_word(mention.end, "of") or listed:
            return self.grammar.parent_after(mention)
        return None

    @staticmethod
    def _take_kind(branch: UnitMention, whole: UnitMention, core: list[str]) -> None:
        """Makes a branch a body of the kind of the whole, in the place that the name of either gives."""
        branch.entry = replace(branch.entry, key=whole.entry.key, class_=whole.entry.class_)
        branch.inner, branch.level, branch.parent = whole.inner, whole.level, whole.parent
        if whole.core and not core:
            core.append(whole.core)

    def _is_levels_place(self, mention: UnitMention, start: int, end: int) -> bool:
        """Whether the level in a body's head is the type of the place behind it: Provinzparteikomitee [Dong Thap]."""
        types = LEVELS_TYPES.get(mention.level, ())
        name = self.t.slice(start, end)
        return not mention.core and any(
            self.gazetteer.find(name, version=version, types=types) for version in (BEFORE, SINCE) if types
        )

    def _levels_place(self, mention: UnitMention, start: int, end: int) -> UnitMention:
        place = bare_place(self.t, start, end, rule="unit.known")
        place.entry = replace(place.entry, key=mention.level)
        return place

    def _body_name(self, mention: UnitMention, head: Match, gaps: list[tuple[int, int]]) -> str:
        pieces = []
        start = head.end
        for gap_start, gap_end in gaps:
            if gap_start > start:
                pieces.append(self.t.slice(start, gap_start))
            start = gap_end
        if mention.end > start:
            pieces.append(self.t.slice(start, mention.end))
        first = (
            self.t.slice(head.start, head.end)
            if self.pack.diacritics
            else nominative(self.t, head.start, head.end, head.entry)
        )
        if mention.start < head.start:
            first = f"{self.t.slice(mention.start, head.start)} {first}"
        return re.sub(r" (?=['’,])", "", " ".join([first, *pieces]))  # Agribank['s Ha Giang branch]

    @staticmethod
    def _bears_names(head: Match) -> bool:
        """Whether bodies of this class are named after people (Trường THPT Trần Phú), so that a name is theirs."""
        return head.entry.class_ in ("education", "health", "other")

    def _tail_follows(self, index: int, tail: str) -> bool:
        return self._inner(self._link(index), tail) is not None or self.t.find(index, "level") is not None

    def _link(self, index: int) -> int:
        """Past the words that link a body to its place (der, des, de la, of the)."""
        return self.t.skip(index, "body_of")

    def _inner(self, index: int, tail: str) -> UnitMention | None:
        """The unit that follows inside a body's name."""
        head = self.t.head_at(index)
        if head is None:
            named = self.grammar.named(index) if tail else None
            held = named is not None and (named.is_place or "b" in tail or ("l" in tail and self.pack.capital_names))
            return named if held else None
        if head.entry.category == "place":
            return self.grammar.place(head) if tail else None
        if "b" in tail or ("l" in tail and not self.pack.diacritics):
            return self.body(head)
        return None
