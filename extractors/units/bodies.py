"""The grammar of bodies: a head, then what its entry lets follow (field, name, number, place, another body)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.names import capital_run, is_surname, is_syllable
from extractors.places import BEFORE, SINCE
from extractors.text import fold
from extractors.tokens import Match
from extractors.units.mentions import LEVEL_OF, LEVELS_TYPES, UnitMention, bare_place, nominative
from extractors.units.names import ROMAN

if TYPE_CHECKING:
    from extractors.units.find import UnitGrammar

# Bodies with branches, and the words of a branch's name (Region 15, Bac Tu Liem).
_BRANCHING = ("bank", "agency", "company", "social_insurance", "treasury")
_LONGEST_BRANCH = 4
_NUMBERED = ("vực", "vùng", "khu", "số")  # words before a Roman number: khu vực VI, Quân khu II
_SHORTEST_ADJECTIVE = 4  # letters; über, unter and their like are no adjectives, nor are oder, aber
_LONGEST_NUMBER = 4  # digits in the number of a unit (Lữ đoàn 1296); longer ones are amounts


class BodyGrammar:
    """Reads bodies for the grammar of units, which reads the places and the other units inside them."""

    def __init__(self, grammar: UnitGrammar) -> None:
        self.grammar = grammar
        self.t = grammar.t
        self.pack = grammar.pack
        self.names = grammar.names
        self.gazetteer = grammar.gazetteer

    def body(self, head: Match) -> UnitMention | None:
        """A body whose head stands first, with what its entry lets follow."""
        if self.t.is_plural(head) or self.names.is_name_itself(head):
            return None
        mention = UnitMention(head.start, head.end, head.entry, "", level=head.entry.level)
        core: list[str] = []
        gaps: list[tuple[int, int]] = []
        index = head.end
        tail = head.entry.tail
        if (
            head.entry.class_ == "security"
            and "#" in tail
            and (ordinal := self.t.ordinal_before(head.start)) is not None
        ):
            mention.start = ordinal
            core.append(re.sub(r"\D", "", self.t.word(ordinal)))
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
            number_end = self._number(index) if ("#" in tail and mention.start == head.start) or "n" in tail else 0
            if number_end:
                core.append(self.t.word(number_end - 1))
                index = number_end
                continue
            if (
                ("f" in tail or "n" in tail)
                and not (named and self.t.kind(index) in "w,")
                and (not core or "n" in tail)
            ):
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
                    if linked == index and head.entry.class_ == inner.entry.class_ == "enterprise":
                        core.append(inner.core or inner.name)  # die Bank Vietcombank Tuyen Quang is one
                        mention.parent, index = inner.parent, inner.end
                        break
                    mention.inner = inner
                    index = inner.end
                    if "^" in tail and not inner.is_place:
                        self._take_kind(mention, inner, core)
                        if mention.inner is None and not mention.level:
                            tail = "l"
                            continue
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
            name_start = self.t.skip(index, "place_of") if "n" in tail else linked
            complete = (named and self.t.kind(index - 1) in "CU") or (
                ((core and "f" in tail) or not self._bears_names(head)) and self.names.is_officer(name_start)
            )
            name_end = 0 if complete else self.names.free_name(name_start, tail)
            if name_end and self._is_levels_place(mention, name_start, name_end):
                mention.inner = self._levels_place(mention, name_start, name_end)
                index = name_end
                break
            if name_end:
                core.append(self.t.slice(name_start, name_end))
                index = name_end
                if "n" in tail:
                    named = True
                if "n" in tail or "^" in tail:
                    continue
            whole = named and index - 2 >= head.end and all(self.t.kind(i) in "CU" for i in (index - 2, index - 1))
            open_end = (
                0 if whole or not set("n*") & set(tail) else self.names.small_words(index, bare=not core, tail=tail)
            )
            if open_end > index:
                core.append(self.t.slice(index, open_end))
                index = open_end
                named = False
                continue
            break
        if self.pack.capital_names and head.entry.key in _BRANCHING:
            branch_end = self._branch_end(index, branch=head.entry.form.lower().endswith("branch"))
            if branch_end > index:
                core.append(self.t.slice(index, branch_end))
                index = branch_end
        mention.end = index
        mention.core = fold(" ".join(core))
        if (
            "*" in tail
            and not core
            and mention.entry is head.entry
            and (mention.inner is None or mention.inner.is_place)
        ):
            return None
        if not named and self._is_generic(head, mention, index):
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
            mention.parent = self.place_behind(mention)
        return mention

    def _branch_end(self, index: int, *, branch: bool) -> int:
        """Where the branch of a body ends: State Bank of Vietnam['s Region 15 branch], branch [of Pho Noi]."""
        if branch:
            start = self.t.skip(index, "of")
            run = capital_run(self.t, start, start + _LONGEST_BRANCH)
            named = start > index and run > start and not (self.t.head_at(run) or self.t.head_at(start))
            return run if named and is_syllable(self.t.words[start]) else index
        start = index + (self.t.word(index) in ("'s", "’s", "'", "’"))
        end = start
        while end - start < _LONGEST_BRANCH and self.t.kind(end) in "CUn":
            end += 1
        return end + 1 if end > start and self.t.word(end).lower() == "branch" else index

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

    def _is_generic(self, head: Match, mention: UnitMention, end: int) -> bool:
        """Whether a branch of trade in small letters only says what kind of company it is: un groupe d'épargne."""
        own = mention.inner is not None or mention.level or "!" in head.entry.tail or not mention.core
        return head.entry.class_ == "enterprise" and not own and self.t.slice(head.start, end).islower()

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

    def _many(self, head: Match) -> bool:
        """Whether a nameless head means many or any: behind "các", "les", "eine", or in -s without a genitive."""
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
            else nominative(self.t, head.start, head.end, head.entry)
        )
        if mention.start < head.start:
            first = f"{self.t.slice(mention.start, head.start)} {first}"
        return re.sub(r" (?=['’])", "", " ".join([first, *pieces]))  # Agribank['s Ha Giang branch]

    @staticmethod
    def _bears_names(head: Match) -> bool:
        """Whether bodies of this class are named after people (Trường THPT Trần Phú), so that a name is theirs."""
        return head.entry.class_ in ("education", "health", "other")

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
        if self.pack.diacritics and ROMAN.fullmatch(self.t.word(index)) and self.t.plain[index - 1] in _NUMBERED:
            return index + 1  # Chi cục Hải quan khu vực VI
        short = self.t.kind(index) == "n" and len(self.t.word(index)) <= _LONGEST_NUMBER
        return index + 1 if short and not counts and self.t.word(index + 1) not in ("%", "‰") else 0

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
            if start > end and self.t.kind(end) == "," and self._ends_field(end, start, found):
                return end
            bare = found is not None and not free and start == end > index and self.t.kind(start) == "w"
            if bare and self.pack.diacritics:
                return end
            if found is not None and self._is_body(start):
                return end
            if found is not None and found.entry.key == "field" and not self._longer_unit(start, found):
                end = found.end
            elif (
                fields
                and self.pack.capital_fields
                and self.t.kind(start) in "CU"
                and start > index
                and not self._stops_field(start)
            ) or ("n" in tail and fields and end == index < start and self._open_field(start)):
                end = start + 1
            elif first and end == index and fields and self._genitive_plural(index):
                end = index + 2
            else:
                return end

    def _field_start(self, index: int, *, first: bool, genitive: bool) -> int:
        if first:
            start = self.t.skip(index, "field_of", *(("article",) if genitive else ()))
            return start if start == index and not self.pack.diacritics else self.t.skip(start, "and", "article")
        if self.t.kind(index) == "," and self.pack.capital_fields and self.t.is_word(index + 1, "article"):
            return index  # a relative clause: die Genossenschaft X, die Garnelen züchtet
        if self.t.kind(index) in ",-" or self.t.word(index) == "&":
            index += 1
        return self.t.skip(index, "and", "field_link", "article")

    def _ends_field(self, comma: int, start: int, found: Match | None) -> bool:
        """Whether what follows a comma is no further field: another body, an officer, a subject in small letters."""
        if self.t.head_at(start) is not None:
            return True
        if self.pack.capital_names and self.t.kind(comma - 1) == "C" and self.t.kind(start) == "w":
            return True  # Department of Agriculture and Rural Development, [seafood output]
        return found is None and (
            is_surname(self.t.words[start], exact=self.pack.diacritics) or is_syllable(self.t.words[start])
        )

    def _stops_field(self, index: int) -> bool:
        head = self.t.head_at(index)
        if head is not None and head.entry.category == "body" and self.t.is_plural(head):
            head = None
        return bool(
            head or self.t.find(index, "level") or self.t.find(index, "office") or self.names.honorific_at(index)
        )

    def _genitive_plural(self, index: int) -> bool:
        """Whether an adjective and a noun in the genitive say whose body it is: Vereinigung patriotischer Mönche."""
        word = self.t.word(index)
        return (
            self.pack.capital_fields
            and self.t.kind(index) == "w"
            and len(word) > _SHORTEST_ADJECTIVE
            and word.endswith("er")
            and self.t.kind(index + 1) == "C"
            and not self._stops_field(index + 1)
            and not is_syllable(self.t.word(index + 1))
        )

    def _open_field(self, index: int) -> bool:
        """Whether any small noun may be the field of a club or union, where fields are small: Club de badminton."""
        small = not (self.pack.diacritics or self.pack.capital_fields or self.pack.capital_names)
        known = self.t.find(index, "level") or self.t.head_at(index) or self.t.find(index, "office")
        plural = self.t.is_word(index - 1, "many", "plural") and self.t.word(index).endswith(("s", "x"))
        return small and plural and self.t.kind(index) == "w" and not known

    def _is_body(self, index: int) -> bool:
        """Whether a body begins with the capital where fields are small: Bureau de la planification du [Service …]."""
        small = not (self.pack.diacritics or self.pack.capital_fields or self.pack.capital_names)
        head = self.t.head_at(index) if small and self.t.kind(index) == "C" else None
        return head is not None and head.entry.category == "body" and not self.t.is_plural(head)

    def _longer_unit(self, index: int, found: Match) -> bool:
        head = self.t.head_at(index)
        return head is not None and head.end > found.end

    def named(self, index: int, head: Match) -> UnitMention | None:
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
            mention.parent = self.place_behind(mention)
        mention.core = fold(f"{rest} {mention.core}".strip())
        mention.name = self.t.slice(index, mention.end)
        if self.pack.compounds and self.t.glued(head.start):  # Südwest-Lenkungsausschuss|es
            before = self.t.text[self.t.starts[index] : self.t.starts[head.start]]
            mention.name = before + nominative(self.t, head.start, mention.end, head.entry)
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
                place = self.grammar._named_place(index, head)
                if place is not None:
                    place.parent = None
                    if place.name[0].isupper() and self.t.kind(head.start) == "C":
                        place.name = self.t.slice(index, head.end)
                return place
        return None
