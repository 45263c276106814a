"""Finds the mentions of units: a grammar of type words, names and the units inside them.

Two orders are read. Head first (`xã Lang Quán`, `Volkskomitee der Provinz`, `commune de Trong Hoa`) in every
language; name first (`Ky Son district`, `Huoi Tu Ginger Cooperative`) where a type word ends a run of capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .names import capital_run, has_diacritics, is_initial, is_surname, is_syllable, looks_local
from .packs import Entry
from .places import BEFORE, SINCE, Gazetteer
from .text import fold
from .tokens import Match, Tokens

# A place's name has at most this many words ("Trảng Bàng", "Thủ Dầu Một", "Phan Rang - Tháp Chàm").
_LONGEST_PLACE = 5
# Words of the longest run that is searched for a type word at its end ("Hoang Lien Spice Joint Stock Company").
_LONGEST_RUN = 12
_ROMAN = re.compile("[IVX]{1,4}")
_CLAUSE = 24  # tokens back in which an office is looked for; longer clauses without a comma are rare
_LONGEST_NUMBER = 4  # digits in the number of a unit (Lữ đoàn 1296); longer ones are amounts
# Level of the administration at which a type of place stands; the gazetteer knows all places of these types.
LEVEL_OF = {
    "province": "province",
    "city": "district",
    "urban_district": "district",
    "district": "district",
    "town": "district",
    "township": "commune",
    "commune": "commune",
    "ward": "commune",
    "special_zone": "commune",
    "village": "village",
    "residential_group": "village",
    "central": "central",
}
RANK = {"central": 0, "province": 1, "district": 2, "commune": 3, "village": 4}


@dataclass(slots=True, eq=False)
class UnitMention:
    """A unit as it stands at tokens `start:end`.

    `core` is what is proper to it, folded: its place name, field or number; `proper` the same as the text spells it. `inner` is the unit inside its name
    (Đảng ủy [xã Lang Quán]), `level` a bare level word in its place (UBND [tỉnh]), `parent` the place named
    after a place (Lang Quán [(Yên Sơn)]).
    """

    start: int
    end: int
    entry: Entry
    name: str
    core: str = ""
    proper: str = ""
    level: str = ""
    inner: UnitMention | None = None
    parent: UnitMention | None = None
    alias: str = ""
    former: bool = False
    rule: str = "unit.head"
    spans: tuple[tuple[int, int], ...] = field(default=())

    @property
    def is_place(self) -> bool:
        return self.entry.category == "place"


class UnitGrammar:
    """Reads units off the tokens of one article."""

    def __init__(self, tokens: Tokens, gazetteer: Gazetteer, version: str) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.gazetteer = gazetteer
        self.version = version

    # --- walking ---

    def find(self) -> list[UnitMention]:
        """Every unit mention in the order of the text, inner ones after those that hold them."""
        mentions: list[UnitMention] = []
        index = 0
        while index < len(self.t):
            honorific = self.t.find(index, "honorific")
            if honorific is not None and honorific.end > index + 1 and not self._head_at(index):
                index = honorific.end  # già làng X is an elder, not a village
                continue
            mention = self.unit_at(index)
            if mention is None:
                index += 1
                continue
            mentions.extend(self._with_inner(mention))
            mentions.extend(self._coordinated(mention))
            index = max(index + 1, mentions[-1].end if mentions[-1].is_place else mention.end, mention.end)
        return mentions

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
            comma = self._skip(comma, "place_of", "article") if comma > end else comma
            if comma == end or self.t.kind(comma) not in "CUn":
                return
            if self._head_at(comma) or self.t.find(comma, "honorific") or self.t.find(comma, "office"):
                return
            name_end = self.place_name_end(comma, first.entry.key)
            if name_end == comma or (self.t.kind(comma) == "n" and not first.core.isdigit()):
                return
            mention = self._place(
                comma, name_end, first.entry, proper=self.t.slice(comma, name_end), rule="unit.coordinated"
            )
            yield from self._with_inner(mention)
            end = max(mention.end, mention.parent.end if mention.parent else 0)

    def _is_many(self, first: UnitMention) -> bool:
        """Whether the type word stands for several names: after a number or a plural word, or in the plural itself."""
        before = first.start - 1
        if self.t.is_word(before, "plural") or self.t.kind(before) == "n":
            return True
        head = self.t.find(first.start, "place")
        return head is not None and self._is_plural(head)

    def _head_at(self, index: int) -> Match | None:
        """The longer of body and place type word here."""
        body, place = self.t.find(index, "body"), self.t.find(index, "place")
        if body and place:
            return place if place.end > body.end else body
        return body or place

    def unit_at(self, index: int) -> UnitMention | None:
        """The unit that begins at the token, or None."""
        head = self._head_at(index)
        honorific = self.t.find(index, "honorific")
        if head is not None and honorific is not None and honorific.end >= head.end:
            return None
        if head is not None and not (self.t.kind(index - 1) in "-/" and self.t.glued(index)):  # 71/CĐ-UBND
            mention = self.body(head) if head.entry.category == "body" else self.place(head)
            if mention is not None:
                return mention
        return self.named(index)

    # --- places ---

    def place(self, head: Match) -> UnitMention | None:
        """A place whose type word stands first: xã Lang Quán, Gemeinde Lang Quan, khóm 7."""
        start = self._skip(head.end, "place_of")
        entry = head.entry
        if self._is_name_itself(head):
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
        end = self.place_name_end(start, entry.key)
        if end == start or (self.pack.capital_names and self.t.find(end, "place")):  # commune of [Ky Son district]
            return None
        return self._place(head.start, end, entry, proper=self.t.slice(start, end))

    def _is_name_itself(self, head: Match) -> bool:
        """Whether the type word is part of a known name: Buôn Ma Thuột, Bản Qua."""
        if self.t.kind(head.start) != "C":
            return False
        run = capital_run(self.t, head.start, head.start + _LONGEST_PLACE)
        words = self.t.words[head.start : run]
        return len(words) > 1 and self.gazetteer.longest_name(words, version=BEFORE) > head.end - head.start

    def _place(self, start: int, end: int, entry: Entry, *, proper: str, rule: str = "unit.type") -> UnitMention:
        name = self._nominative(start, end, entry) if rule == "unit.type" else self.t.slice(start, end)
        mention = UnitMention(start, end, entry, name, core=fold(proper), proper=proper, rule=rule)
        if self.t.is_word(end, "former_place"):
            mention.former = True
        mention.parent = self._parent_after(mention)
        return mention

    def _nominative(self, start: int, end: int, entry: Entry) -> str:
        """The name with its head in the dictionary form (des Bezirks X -> Bezirk X)."""
        head = self.t.find(start, entry.category)
        if self.pack.diacritics or head is None:
            return self.t.slice(start, end)
        rest = self.t.slice(head.end, end) if head.end < end else ""
        form = entry.form
        if form[0].islower() and self.t.kind(start) != "w":
            form = form[0].upper() + form[1:]
        elif self.t.kind(start) == "w":
            form = form[0].lower() + form[1:]
        return f"{form} {rest}".strip()

    def place_name_end(self, start: int, type_: str) -> int:
        """Where the place's name that starts here ends; `start` where there is none."""
        level = LEVEL_OF[type_]
        limit = capital_run(self.t, start, start + _LONGEST_PLACE)
        known = self._known_words(self.t.words[start:limit], level) if level != "village" and limit > start else 0
        if known > 1 or (known == 1 and not self._longer_name(start, limit)):
            return self._with_number(start, start + known)
        for index in range(start, limit):
            if index > start and (self.t.find(index, "office") or self._head_at(index) or self._honorific_at(index)):
                limit = index
                break
        if limit == start or self.t.find(start, "body") or level == "province":  # all provinces are known
            return start
        officer = level != "village" or (
            limit - start >= 3 and is_surname(self.t.words[start], exact=self.pack.diacritics)
        )
        if officer and self._person_follows(start, limit):
            return start
        end = self._plausible_end(start, limit)
        split = self._split_person(start, end) if level == "village" else end
        if level == "village" and self.t.kind(split) == "n" and split > start and len(self.t.word(split)) <= 2:
            follows = self.t.kind(split + 1)
            if follows not in "%" and not (follows == "w" and self.t.norm(split + 1) in ("hộ", "ha")):
                return split + 1
        return split

    def _longer_name(self, start: int, limit: int) -> bool:
        """Whether a known name of one word is only the first of a longer one (Stadtteil Ba Trieu), no officer's behind it."""
        longer = limit - start > 1 and self._plausible_end(start, limit) > start + 1
        return longer and not self._officer_before(start) and self.t.find(start + 1, "office") is None

    def _with_number(self, start: int, end: int) -> int:
        """The end of the name with the number behind it, where a place bears both (Móng Cái 1)."""
        if self.t.kind(end) != "n" or len(self.t.word(end)) > 2:
            return end
        name = self.t.slice(start, end + 1)
        return end + 1 if any(self.gazetteer.find(name, version=v) for v in (BEFORE, SINCE)) else end

    def _known_words(self, words: list[str], level: str) -> int:
        """How many of the words are a place of this level; in editions, where type words drift, of any level."""
        levels = (level, "province") if level == "district" and self.pack.diacritics else (level,)
        if not self.pack.diacritics:
            return max(self.gazetteer.longest_name(words, version=version) for version in (BEFORE, SINCE))
        return max(
            self.gazetteer.longest_name(words, version=version, level=each)  # type: ignore[arg-type]
            for each in levels
            for version in (BEFORE, SINCE)
        )

    def _honorific_at(self, index: int) -> bool:
        found = self.t.find(index, "honorific")
        if found is None or found.entry.key == "profession":
            return False
        inside = self.pack.diacritics and found.end - index == 1 and self.t.kind(index) == "C" == self.t.kind(index - 1)
        return not inside  # Công ty Hoàng Anh Phát

    def _plausible_end(self, start: int, limit: int) -> int:
        """The words of the run that can be a Vietnamese name; in Vietnamese text all of them."""
        if self.pack.diacritics:
            return limit
        if not looks_local(self.t.words[start]) or self.t.is_common(start):
            return start
        end = start + 1
        while end < limit and self._continues_name(end):
            end += 1
        return end

    def _continues_name(self, index: int) -> bool:
        """Whether the word can go on a Vietnamese or highland name; where nouns bear capitals it must be a syllable."""
        word = self.t.words[index]
        if self.t.kinds[index] == "-":
            return True
        if _ROMAN.fullmatch(word):
            return True
        local = is_syllable(word) if self.pack.compounds else looks_local(word)
        return (local or has_diacritics(word)) and not self.t.is_common(index)

    def _person_follows(self, start: int, limit: int) -> bool:
        """Whether an unknown name after an office and a body is the officer's: Chủ tịch UBND tỉnh [Hoàng Đình Khải]."""
        surname = is_surname(self.t.words[start], exact=self.pack.diacritics)
        shortest = 2 if self.pack.diacritics else 3  # words; without diacritics two more often are a place
        return limit - start >= shortest and surname and self._officer_before(start)

    def _officer_before(self, start: int) -> bool:
        """Whether an office without a name of its own stands before, in the same clause."""
        for index in range(start - 1, max(-1, start - _CLAUSE), -1):
            if self.t.kind(index) in ",;:.\n(" or self.t.words[index] in ".!?":
                return False
            if self.t.find(index, "office"):
                return not self._follows_name(index)
        return False

    def _follows_name(self, office: int) -> bool:
        """Whether the office stands behind a name that it belongs to: [Lò Văn An,] Bí thư Đảng ủy xã Lâm Hóa."""
        while self.t.find(office - 1, "modifier"):
            office -= 1
        if self.t.kind(office - 1) not in ",-" or self.t.kind(office - 2) != "C" or self.t.kind(office - 3) != "C":
            return False
        begin = office - 2
        while self.t.kind(begin - 1) == "C":
            begin -= 1
        return not any(self.t.find(begin - length, "place") for length in (1, 2))  # Tại phường Long Biên, Chủ tịch …

    def _split_person(self, start: int, end: int) -> int:
        """Where a person's name begins inside a run after a village's, or its end."""
        for index in range(start + 1, end - 1):
            if (
                end - index >= 3
                and is_surname(self.t.words[index], exact=self.pack.diacritics)
                and self._person_follows(index, end)
            ):
                return index
        return end

    def _parent_after(self, mention: UnitMention) -> UnitMention | None:
        """The larger place named after this one: ", huyện X", "(X)", "im Bezirk X"."""
        index = mention.end + (1 if mention.former else 0)
        bracket = self.t.kind(index) == "("
        if bracket or self.t.kind(index) in ",-":
            index += 1
        index = self._skip(index, "of", "article")
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
            end = capital_run(self.t, index, index + _LONGEST_PLACE)
            if (
                self.t.kind(end) == ")"
                and self.gazetteer.longest_name(self.t.words[index:end], version=self.version) == end - index
            ):
                return bare_place(self.t, index, end, rule="unit.bracket")
        return None

    def _same_rank(self, mention: UnitMention, parent: UnitMention) -> bool:
        """A city may belong to a province city by type words alone (Stadt, thành phố): only where the names differ."""
        return mention.entry.key == "town" and parent.entry.key == "city" and mention.core != parent.core

    def _skip(self, index: int, *kinds: str) -> int:
        while self.t.is_small(index) and any(self.t.is_word(index, kind) for kind in kinds):
            index += 1
        return index

    # --- bodies ---

    def body(self, head: Match) -> UnitMention | None:
        """A body whose head stands first, with what its entry lets follow."""
        if self._is_plural(head):
            return None
        mention = UnitMention(head.start, head.end, head.entry, "", level=head.entry.level)
        core: list[str] = []
        gaps: list[tuple[int, int]] = []
        index = head.end
        tail = head.entry.tail
        named = False
        while True:
            gap_end = self._abbreviation(index)
            if gap_end:
                mention.alias = mention.alias or self.t.slice(index + 1, gap_end - 1)
                if self._tail_follows(gap_end, tail):
                    gaps.append((index, gap_end))
                    index = gap_end
                    continue
                break
            number_end = self._number(index) if "#" in tail or "n" in tail else 0
            if number_end:
                core.append(self.t.word(number_end - 1))
                index = number_end
                continue
            if ("f" in tail or "n" in tail) and not (named and self.t.kind(index) == "w") and (not core or "n" in tail):
                field_end = self._field(index, first=index == head.end, tail=tail)
                if field_end > index:
                    core.append(self.t.slice(index, field_end))
                    index = field_end
                    continue
            linked = self._link(index)
            inner = self._inner(linked, tail)
            if inner is not None:
                if (
                    named and linked > index and inner.is_place
                ):  # a name is complete: école Păng Tiêng | de la commune de Lát
                    mention.parent = inner
                else:
                    mention.inner = inner
                    index = inner.end
                break
            level = self.t.find(linked, "level")
            if (
                level is not None
                and not mention.level
                and tail
                and (linked > index or self.pack.diacritics or level.entry.capital)
            ):
                mention.level = level.entry.key
                index = level.end
                break
            name_start = self._skip(index, "place_of") if "n" in tail else linked
            name_end = 0 if named and self.t.kind(index - 1) in "CU" else self._free_name(name_start, tail)
            if name_end:
                core.append(self.t.slice(name_start, name_end))
                index = name_end
                if "n" in tail:
                    named = True
                    continue
            break
        mention.end = index
        mention.core = fold(" ".join(core))
        if "*" in tail and not core:
            return None
        if (
            core
            and not mention.inner
            and "n" not in tail
            and head.end - head.start == 1
            and (is_surname(head.entry.form, exact=True) and self.pack.diacritics)
        ):
            return None  # Đoàn Trung Kiên is a person, Đoàn xã Trung Kiên a youth union
        if not (core or mention.inner or mention.level or "!" in tail):
            return None
        if not (core or mention.inner) and self._many(head):
            return None
        mention.name = self._body_name(mention, head, gaps)
        if mention.inner is None and mention.parent is None:
            mention.parent = self._place_behind(mention)
        return mention

    def _place_behind(self, mention: UnitMention) -> UnitMention | None:
        """The place in brackets or behind a preposition after a body: HTX Vĩnh Trạch (huyện Thoại Sơn), … in Việt Yên Town."""
        if self.t.kind(mention.end) == "(" or self.t.is_word(mention.end, "of"):
            return self._parent_after(mention)
        return None

    def _is_plural(self, head: Match) -> bool:
        """Whether the head is in the plural, by the endings that the pack names: Genossenschaften."""
        if not self.pack.plural_endings:
            return False
        form = head.entry.form.lower().replace("-", " ").split(" ")
        pairs = {
            (self.t.words[head.end - 1].lower(), form[-1]),
            (self.t.words[head.start].lower(), form[0])
            if head.end - head.start == len(form) and not self.pack.compounds
            else ("", ""),
        }
        return any(
            fold(word) == fold(noun) + ending for word, noun in pairs if noun for ending in self.pack.plural_endings
        )

    def _many(self, head: Match) -> bool:
        """Whether a head without a name means many or any: behind "các", "les", "eine", or in -s without a genitive article."""
        before = head.start - 1
        if self.t.is_small(before) and self.t.is_word(before, "many"):
            return True
        if (
            not self.pack.plural_endings
            or not self.t.words[head.end - 1].endswith("s")
            or head.entry.form.endswith("s")
        ):
            return False
        return not any(self.t.is_word(i, "genitive") for i in (head.start - 1, head.start - 2))

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
            else self._nominative(head.start, head.end, head.entry)
        )
        return " ".join([first, *pieces])

    def _tail_follows(self, index: int, tail: str) -> bool:
        return self._inner(self._link(index), tail) is not None or self.t.find(index, "level") is not None

    def _abbreviation(self, index: int) -> int:
        """The end of a bracketed abbreviation that starts here: (KH-ĐT); 0 where there is none."""
        if self.t.kind(index) != "(":
            return 0
        end = index + 1
        while end - index < 8 and self.t.kind(end) in "CU-.&n":
            end += 1
        capitals = [self.t.words[k] for k in range(index + 1, end) if self.t.kinds[k] in "CU"]
        return (
            end + 1
            if self.t.kind(end) == ")"
            and capitals
            and all(len(w) == 1 or sum(map(str.isupper, w)) > 1 for w in capitals)
            else 0
        )

    def _number(self, index: int) -> int:
        if self.t.is_word(index, "number_sign"):
            index += 1 + (self.t.word(index + 1) == ".")
        counts = self.pack.compounds and self.t.kind(index + 1) == "C"  # "64 Käfige" are counted, no number of the unit
        short = self.t.kind(index) == "n" and len(self.t.word(index)) <= _LONGEST_NUMBER
        return index + 1 if short and not counts and self.t.word(index + 1) not in ("%", "‰") else 0

    def _link(self, index: int) -> int:
        """Past the words that link a body to its place (der, des, de la, of the)."""
        return self._skip(index, "body_of")

    def _inner(self, index: int, tail: str) -> UnitMention | None:
        """The unit that follows inside a body's name."""
        head = self._head_at(index)
        if head is None:
            named = self.named(index) if tail else None
            return named if named is not None and (named.is_place or "b" in tail) else None
        if head.entry.category == "place":
            return self.place(head) if tail else None
        if "b" in tail or ("l" in tail and not self.pack.diacritics):
            return self.body(head)
        return None

    def _field(self, index: int, *, first: bool, tail: str) -> int:
        """Where the field that starts here ends (Kế hoạch và Đầu tư; für Planung und Investitionen).

        A further word of a field in small letters without a link is a verb (Sở Tài chính [tham mưu]) unless the tail
        allows free names; with "g" in it the field may follow an article (Verwaltungsrat der Schutzwälder).
        """
        free, fields, genitive = "n" in tail, "f" in tail, "g" in tail
        end = index
        while True:
            start = self._field_start(end, first=first and end == index, genitive=genitive)
            found = self.t.find(start, "word")
            if end > index and self.t.kind(end) == "," and self._ends_field(start, found):
                return end
            if found is not None and not free and start == end > index and self.t.kind(start) == "w":
                return end
            if found is not None and found.entry.key == "field" and not self._longer_unit(start, found):
                end = found.end
            elif (
                fields
                and self.pack.capital_fields
                and self.t.kind(start) in "CU"
                and start > index
                and not self._stops_field(start)
            ):
                end = start + 1
            else:
                return end

    def _field_start(self, index: int, *, first: bool, genitive: bool) -> int:
        if first:
            start = self._skip(index, "field_of", *(("article",) if genitive else ()))
            return start if start == index and not self.pack.diacritics else self._skip(start, "and", "article")
        if self.t.kind(index) in ",-" or self.t.word(index) == "&":
            index += 1
        return self._skip(index, "and", "field_link", "article")

    def _ends_field(self, start: int, found: Match | None) -> bool:
        """Whether what follows a comma is no further field: another body, or an officer's name."""
        if self._head_at(start) is not None:
            return True
        return found is None and (
            is_surname(self.t.words[start], exact=self.pack.diacritics) or is_syllable(self.t.words[start])
        )

    def _stops_field(self, index: int) -> bool:
        head = self._head_at(index)
        if head is not None and head.entry.category == "body" and self._is_plural(head):
            head = None
        return bool(head or self.t.find(index, "level") or self.t.find(index, "office") or self._honorific_at(index))

    def _longer_unit(self, index: int, found: Match) -> bool:
        head = self._head_at(index)
        return head is not None and head.end > found.end

    def _free_name(self, index: int, tail: str) -> int:
        """Where a free name (company, school) or a bare place name that starts here ends, or 0."""
        if self._place_words(index) > 1:
            return self._name_run(index) if "n" in tail else index + self._place_words(index) if "l" in tail else 0
        if (
            self.t.kind(index) not in "CU"
            or self._head_at(index)
            or self.t.find(index, "office")
            or self._honorific_at(index)
        ):
            return 0
        if "n" not in tail:
            if "l" not in tail:
                return 0
            run = capital_run(self.t, index, index + _LONGEST_PLACE)
            known = self.gazetteer.longest_name(self.t.words[index:run], version=self.version)
            return index + known if known else 0
        return self._name_run(index)

    def _name_run(self, index: int) -> int:
        """A run of capitals in which one small syllable may stand between two capitals (Tấm lòng Trường Sơn)."""
        start = index
        end = index
        while end - start < 10:
            kind = self.t.kind(end)
            place = self._place_words(end)
            if place > 1:
                end += place
            elif (
                (
                    kind in "CU"
                    and not (
                        end > start and (self._honorific_at(end) or self.t.find(end, "office") or self._head_at(end))
                    )
                )
                or (
                    kind == "-"
                    and end > start
                    and self.t.kind(end + 1) in "CU"
                    and not self._person_follows(end + 1, end + 3)
                )
                or (
                    self.pack.diacritics
                    and kind == "w"
                    and end > start
                    and self.t.kind(end + 1) in "CU"
                    and not self.t.is_word(end, "stop")
                    and not self._head_at(end)
                    and self.t.kind(end - 1) in "CU"
                    and self.t.find(end, "level") is None
                )
            ):
                end += 1
            else:
                break
        if not self.pack.diacritics:
            end = min(end, max(start + 1, self._plausible_end(start, end))) if self.pack.vietnamese_names else end
        return self._split_officer(start, end)

    def _place_words(self, index: int) -> int:
        """How many words from here are a known place."""
        if self.t.kind(index) != "C":
            return 0
        run = capital_run(self.t, index, index + _LONGEST_PLACE)
        return self.gazetteer.longest_name(self.t.words[index:run], version=BEFORE)

    def _split_officer(self, start: int, end: int) -> int:
        """Cuts the officer's name off the end of the run: Giám đốc Công ty Hiệp Phú [Nguyễn Văn An]."""
        if end - start < 3 or not self._officer_before(start):
            return end
        for index in range(max(start + 1, end - 4), end - 1):
            if is_surname(self.t.words[index], exact=self.pack.diacritics) and (end - index >= 3):
                return index
        return end

    # --- name first ---

    def named(self, index: int) -> UnitMention | None:
        """A unit whose type word ends a run of capitals: Ky Son district, Vinh University, Tan Bac Residential Group."""
        if not self.pack.names_first or not self._may_begin(index):
            return None
        head = self._last_head(index)
        if head is None:
            return None
        if head.entry.category == "place":
            return self._named_place(index, head)
        return self._named_body(index, head)

    def _may_begin(self, index: int) -> bool:
        kind = self.t.kind(index)
        if kind == "w":
            return self.pack.capital_names and self.t.find(index, "level") is not None
        if kind not in "CU" or self.t.find(index, "honorific"):
            return False
        if self.t.is_common(index) and not (is_initial(self.t.words[index]) and self.t.kind(index + 1) == "C"):
            return False
        if self.t.find(index, "office") or self.t.find(index, "modifier"):
            return False
        return self.pack.capital_names or is_syllable(self.t.words[index]) or has_diacritics(self.t.words[index])

    def _last_head(self, index: int) -> Match | None:
        """The head that ends the run of names that begins here: the last body's, else the first place's."""
        found: Match | None = None
        step = index
        while step - index < _LONGEST_RUN:
            head = self._head_at(step) if step > index else None
            if head is not None and (found is None or head.entry.category == "body"):
                found = head
            level = self.t.find(step, "level")
            if head is not None:
                step = head.end
            elif level is not None and (step == index or self.t.kind(step) == "w" or level.entry.capital):
                step = level.end
            elif (
                (self.t.kind(step) in "CU" and not (step > index and self._breaks_run(step)))
                or (self.t.kind(step) == "-" and step > index and self.t.glued(step))
                or (found is None and self._joins_names(step, index))
            ):
                step += 1
            elif (
                self.t.word(step) in ("'s", "’s")
                and step > index
                and (self.t.find(step - 1, "level") or self.t.is_word(step - 1, "owner"))
            ):
                step += 1  # the commune's Youth Union, the Women's Development Fund
            else:
                break
        return found

    def _breaks_run(self, index: int) -> bool:
        return bool(self.t.find(index, "office") or self._honorific_at(index) or self.t.find(index, "modifier"))

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

    def _named_place(self, index: int, head: Match) -> UnitMention | None:
        words = [word for word in self.t.words[index : head.start] if word != "-"]
        if (
            not words
            or len(words) > _LONGEST_PLACE
            or any(self.t.kinds[i] not in "CUn-" for i in range(index, head.start))
        ):
            return None
        proper = self.t.slice(index, head.start).rstrip("-")
        mention = UnitMention(
            index,
            head.end,
            head.entry,
            self.t.slice(index, head.end),
            core=fold(proper),
            proper=proper,
            rule="unit.name_first",
        )
        mention.parent = self._parent_after(mention)
        return mention

    def _named_body(self, index: int, head: Match) -> UnitMention | None:
        mention = self.body(head) or UnitMention(head.start, head.end, head.entry, "", level=head.entry.level)
        mention.start = index
        inner = self._place_before(index, head.start + (head.entry.level != "")) or self._province_before(index, head)
        level = self.t.find(index, "level")
        if inner is not None:
            mention.inner = mention.inner or inner
            rest = self.t.slice(inner.end, head.start) if inner.end < head.start else ""
            mention.level = "" if inner.entry.key else mention.level
        elif level is not None and level.end <= head.start:
            mention.level = mention.level or level.entry.key
            rest = self.t.slice(level.end, head.start) if level.end < head.start else ""
        else:
            rest = self.t.slice(index, head.start)
        if mention.inner is None and mention.parent is None:
            mention.parent = self._place_behind(mention)
        mention.core = fold(f"{rest} {mention.core}".strip())
        mention.name = self.t.slice(index, mention.end)
        mention.rule = "unit.name_first"
        return mention

    def _province_before(self, index: int, head: Match) -> UnitMention | None:
        """The province whose bare name begins a body's name: [Binh Dinh] Provincial Police."""
        if "l" not in head.entry.tail or head.start == index:
            return None
        end = head.start
        level = self.t.find(end - 1, "level")
        if level is not None and level.entry.key == "province" and end - 1 > index:
            end -= 1
        name = self.t.slice(index, end)
        known = any(self.gazetteer.find(name, version=v, level="province") for v in (BEFORE, SINCE))
        return bare_place(self.t, index, end, rule="unit.province") if known else None

    def _place_before(self, index: int, limit: int) -> UnitMention | None:
        """The place, with its type word, that begins a body's name: [Ky Son District] Party Committee."""
        for step in range(index + 1, limit):
            head = self.t.find(step, "place")
            if head is not None and (head.end <= limit or head.start == limit - 1):
                place = self._named_place(index, head)
                if place is not None:
                    place.parent = None
                    if place.name[0].isupper() and self.t.kind(head.start) == "C":
                        place.name = self.t.slice(index, head.end)
                return place
        return None


def bare_place(tokens: Tokens, start: int, end: int, *, rule: str) -> UnitMention:
    """A place named without its type word."""
    name = tokens.slice(start, end)
    return UnitMention(
        start, end, Entry("place", "", name, class_="administrative"), name, core=fold(name), proper=name, rule=rule
    )


def find_unit_mentions(tokens: Tokens, gazetteer: Gazetteer, version: str) -> list[UnitMention]:
    """The unit mentions of the article in the order of the text."""
    return UnitGrammar(tokens, gazetteer, version).find()
