"""Where the names of units end: before the officer, the verb or the noun that follows them."""

from __future__ import annotations

import re

from extractors.names import (
    capital_run,
    has_diacritics,
    is_highland_word,
    is_initial,
    is_surname,
    is_syllable,
    looks_local,
)
from extractors.places import BEFORE, SINCE, Gazetteer
from extractors.tokens import Match, Tokens
from extractors.units.mentions import LEVEL_OF
from extractors.units.officers import Officers

# A place's name has at most this many words ("Trảng Bàng", "Thủ Dầu Một", "Phan Rang - Tháp Chàm").
LONGEST_PLACE = 5
_LONGEST_TIED = 7  # tokens of one with hyphens: Hồ-Chí-Minh-Stadt
_LONGEST_COMPOUND = 5  # small words behind a lone capital, and what follows them
ROMAN = re.compile("[IVX]{1,4}")
_BRANCHES = frozenset("ABCD")  # letters that tell schools of one place apart: Grundschule An Loc B


def is_proper(head: Match) -> bool:
    """Whether the head is a company's proper name (Viettel), which names its subsidiaries too (Viettel Post)."""
    return head.entry.class_ == "enterprise" and "!" in head.entry.tail


class UnitNames:
    """Reads the proper names of the units of one article."""

    def __init__(self, tokens: Tokens, gazetteer: Gazetteer) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.gazetteer = gazetteer
        self.officers = Officers(tokens)

    # --- places ---

    def is_name_itself(self, head: Match) -> bool:
        """Whether the type word is part of a known name: Buôn Ma Thuột, Bản Qua."""
        if self.t.kind(head.start) != "C":
            return False
        run = capital_run(self.t, head.start, head.start + LONGEST_PLACE)
        words = self.t.words[head.start : run]
        return len(words) > 1 and self.gazetteer.longest_name(words, version=BEFORE) > head.end - head.start

    def place_name_end(self, start: int, type_: str) -> int:
        """Where the place's name that starts here ends; `start` where there is none."""
        level = LEVEL_OF[type_]
        limit = capital_run(self.t, start, start + LONGEST_PLACE)
        if limit == start + 1 and self.t.word(start - 1) == "." and len(self.t.words[start]) == 1:
            return start  # P.V, a reporter, no ward
        known = self.known_words(self.t.words[start:limit], level) if level != "village" and limit > start else 0
        if known == 1 and self._is_whole_person(start, limit):
            return start
        if known > 1 or (known == 1 and not self._longer_name(start, limit)):
            return self._with_number(start, start + known)
        for index in range(start, limit):
            if index > start and (self.t.find(index, "office") or self._starts_unit(index) or self.honorific_at(index)):
                limit = index
                break
        if limit == start or self.t.find(start, "body") or level == "province":  # all provinces are known
            return start
        if self.t.word(start - 1) == ".":  # "Q. Minh" is a name in short, unless the gazetteer knows the place
            return start
        officer = level != "village" or (
            limit - start >= 3 and is_surname(self.t.words[start], exact=self.pack.diacritics)
        )
        if (
            level == "village"
            and is_initial(self.t.words[start])
            and limit - start == 2
            and self.officers.head_of(start)
        ):
            return start  # chef de village [Y Bhem]
        if officer and self.officers.follows(start, limit):
            return start
        end = self.plausible_end(start, limit)
        split = self.officers.split(start, end) if level == "village" else end
        if level == "village" and self.t.kind(split) == "n" and split > start and len(self.t.word(split)) <= 2:
            follows = self.t.kind(split + 1)
            if follows not in "%" and not (follows == "w" and self.t.is_word(split + 1, "counted")):
                return split + 1
        return split

    def _starts_unit(self, index: int) -> bool:
        """Whether another unit begins inside the run; a type word that ends a name is part of it: bản Nà Làng."""
        head = self.t.head_at(index)
        last = head is not None and head.entry.category == "place" and self.pack.diacritics
        return head is not None and not (last and self.t.kind(index) == "C" and self.t.kind(head.end) not in "CUn")

    def _is_whole_person(self, start: int, limit: int) -> bool:
        """Whether a known name of one word begins an officer's: Chủ tịch UBND xã [Phan Văn Lợi], not xã Phan."""
        inner = limit - start > 3 and is_surname(self.t.words[start + 1], exact=self.pack.diacritics)
        return self.pack.diacritics and limit - start >= 3 and not inner and self.officers.follows(start, limit)

    def _longer_name(self, start: int, limit: int) -> bool:
        """Whether a known name of one word only begins a longer one (Stadtteil Ba Trieu), not an officer's."""
        longer = limit - start > 1 and self.plausible_end(start, limit) > start + 1
        return longer and not self.officers.before(start) and self.t.find(start + 1, "office") is None

    def _with_number(self, start: int, end: int) -> int:
        """The end of the name with the number behind it, where a place bears both (Móng Cái 1)."""
        if self.t.kind(end) != "n" or len(self.t.word(end)) > 2:
            return end
        name = self.t.slice(start, end + 1)
        return end + 1 if any(self.gazetteer.find(name, version=v) for v in (BEFORE, SINCE)) else end

    def known_words(self, words: list[str], level: str) -> int:
        """How many of the words are a place of this level; in editions, where type words drift, of any level."""
        levels = (level, "province") if level == "district" and self.pack.diacritics else (level,)
        if not self.pack.diacritics:
            return max(self.gazetteer.longest_name(words, version=version) for version in (BEFORE, SINCE))
        return max(
            self.gazetteer.longest_name(words, version=version, level=each)  # type: ignore[arg-type]
            for each in levels
            for version in (BEFORE, SINCE)
        )

    def honorific_at(self, index: int) -> bool:
        found = self.t.find(index, "honorific")
        if found is None or found.entry.key == "profession":
            return False
        inside = self.pack.diacritics and found.end - index == 1 and self.t.kind(index) == "C" == self.t.kind(index - 1)
        return not inside  # Công ty Hoàng Anh Phát

    def plausible_end(self, start: int, limit: int) -> int:
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
        if ROMAN.fullmatch(word) or (word in _BRANCHES and not self.t.is_word(index, "article")):
            return True
        strict = self.pack.compounds and not is_highland_word(self.t.words[index - 1])
        local = is_syllable(word) if strict else looks_local(word)
        return (local or has_diacritics(word)) and not self.t.is_common(index)

    def free_name(self, index: int, tail: str, *, foreign: bool = False) -> int:
        """Where a free name (company, school) or a bare place name that starts here ends, or 0."""
        if "n" not in tail and not self.pack.diacritics and self.is_officer(index):
            return 0
        if self.place_words(index) > 1:
            return (
                self._name_run(index, foreign=foreign)
                if "n" in tail
                else self._longer_place(index)
                if "l" in tail
                else 0
            )
        if (
            self.t.kind(index) not in "CU"
            or self._other_head(index)
            or self.t.find(index, "office")
            or self.honorific_at(index)
        ):
            return 0
        if "n" not in tail:
            if "l" not in tail:
                return 0
            run = capital_run(self.t, index, index + LONGEST_PLACE)
            known = self.gazetteer.longest_name(self.t.words[index:run], version=BEFORE)
            return index + known if known else 0
        return self._name_run(index, foreign=foreign)

    def _longer_place(self, index: int) -> int:
        """The end of a place whose name begins with a known one and has a syllable more: Bac An [Khe]."""
        end = index + self.place_words(index)
        more = self.t.kind(end) == "C" and is_syllable(self.t.words[end]) and not self.t.is_common(end)
        alone = more and self.t.kind(end + 1) not in "CU" and not self.pack.diacritics
        return end + 1 if alone and not (self.t.head_at(end) or self.honorific_at(end)) else end

    def is_officer(self, index: int) -> bool:
        """Whether the run of capitals is an officer's name: Department of Construction [Mai Trung Hieu]."""
        run = capital_run(self.t, index, index + LONGEST_PLACE)
        known = self.place_words(index)
        return run - index >= 3 and (known < 2 or run - index - known < 2) and self.officers.follows(index, run)

    def _name_run(self, index: int, *, foreign: bool = False) -> int:
        """A run of capitals in which one small syllable may stand between two capitals (Tấm lòng Trường Sơn).

        `foreign` where more than its first word can be foreign, as those of companies are (Firma Vina Kyoei Steel).
        """
        start = index
        end = index
        while end - start < 10:
            kind = self.t.kind(end)
            place = self.place_words(end)
            small = kind == "w" and end > start
            inside = (self._field_inside(end) or self.compound_inside(start, end)) if small else 0
            if place > 1:
                end += place
            elif inside:
                end = inside
            elif (
                (
                    kind in "CU"
                    and not (
                        end > start and (self.honorific_at(end) or self.t.find(end, "office") or self._other_head(end))
                    )
                )
                or (
                    kind == "-"
                    and end > start
                    and self.t.kind(end + 1) in "CU"
                    and not self.officers.follows(end + 1, end + 3)
                )
                or (
                    self.pack.diacritics
                    and kind == "w"
                    and end > start
                    and self.t.kind(end + 1) in "CU"
                    and not self.t.is_word(end, "stop")
                    and not self.t.head_at(end)
                    and self.t.kind(end - 1) in "CU"
                    and self.t.find(end, "level") is None
                )
            ):
                end += 1
            else:
                break
        if self.pack.vietnamese_names and not self.pack.diacritics and end > start:
            end = self._local_end(start, end, foreign=foreign)
        return self._split_officer(start, end)

    def _other_head(self, index: int) -> bool:
        """Whether another body or place begins here; a branch with a place is still the same (Chi nhánh Phú Yên), and a
        company's proper name is none (Gesellschaft Biwase)."""
        head = self.t.head_at(index)
        if head is None or is_proper(head):
            return False
        return not (head.entry.form.lower() in self.pack.phrases["branch"] and self.place_words(head.end))

    def _field_inside(self, index: int) -> int:
        """Where the field in small letters inside a free name ends: Hợp tác xã Điều [hữu cơ] Trường Thịnh."""
        found = self.t.find(index, "word") if self.pack.diacritics else None
        if found is None or self.t.kind(found.end) not in "CU" or self.is_officer(found.end):
            return 0
        return 0 if self.t.head_at(found.end) or self.t.find(found.end, "office") else found.end

    def compound_inside(self, start: int, index: int) -> int:
        """Where the small words end that go on a lone capital inside a Vietnamese name, before another capital, a place
        or a level: Hội Tiểu [thương] chợ …, Hợp tác xã Tôm [sú sinh thái] Tam Giang; 0 where a clause follows."""
        opens = index - 1 == start and not (self.t.kind(start - 1) == "C" and self.t.find(start - 1, "word"))
        lone = self.t.kind(index - 1) == "C" and (opens or self.t.kind(index - 2) == "w")
        local = self.pack.diacritics and is_syllable(self.t.words[index - 1])
        if not (local and lone) or self.t.is_word(index, "and", "of", "plural"):
            return 0
        for end in range(index + 1, index + _LONGEST_COMPOUND):
            kind, head = self.t.kind(end), self.t.head_at(end)
            if kind in "CU":
                body = head is not None and head.entry.category == "body"
                return 0 if body or self.is_officer(end) or self.honorific_at(end) else end
            if self.t.is_word(end, "container") and self.t.kind(end + 1) in "CU":
                return end + 1
            named = head is not None and head.entry.category == "place" and self.t.kind(head.end) in "CUn"
            if named or self.t.find(end, "level") or (kind in ",.;)\n" and end == index + 1):
                return end
            other = head is not None and "o" not in head.entry.tail
            if kind != "w" or other or self.t.is_word(end, "stop", "speech", "copula", "joint"):
                return 0
        return 0

    def _local_end(self, start: int, end: int, *, foreign: bool) -> int:
        """Where the words of a free name end, the first of which may be foreign: Simexco Dak Lak, Pouyuen Vietnam."""
        index = start + max(1, self.place_words(start))
        while index < end and (
            self._continues_name(index)
            or self.t.words[index] == "Vietnam"
            or (foreign and not self.t.is_common(index) and not is_syllable(self.t.words[start]))
        ):
            index += 1
        return index

    def place_words(self, index: int) -> int:
        """How many words from here are a known place."""
        if self.t.kind(index) != "C":
            return 0
        run = capital_run(self.t, index, index + (_LONGEST_TIED if self.t.kind(index + 1) == "-" else LONGEST_PLACE))
        return self.gazetteer.longest_name(self.t.words[index:run], version=BEFORE)

    def _split_officer(self, start: int, end: int) -> int:
        """Cuts the officer's name off the end of the run: Giám đốc Công ty Hiệp Phú [Nguyễn Văn An]."""
        if end - start < 3 or not self.officers.before(start):
            return end
        for index in range(max(start + max(1, self.place_words(start)), end - 4), end - 1):
            if is_surname(self.t.words[index], exact=self.pack.diacritics) and (end - index >= 3):
                return index
        return end
