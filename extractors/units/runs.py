"""Runs of words with capitals that a type word ends: Ky Son district, Hoang Lien Spice Joint Stock Company."""

from __future__ import annotations

from bisect import bisect_right

from extractors.names import capital_run, has_diacritics, is_initial, is_syllable
from extractors.tokens import Match, Tokens
from extractors.units.names import UnitNames, is_proper

_LONGEST_RUN = 12  # words of the longest run that is searched for a type word at its end
_POSSESSIVES = ("'s", "’s", "'", "’")
_LONGEST_COMPANY = 6  # words of a company's name with its legal form
_LONGEST_INNER_NUMBER = 2  # digits; longer numbers in a name are years or of roads


class NameRuns:
    """Finds the head that such a run ends with, for the grammar of units."""

    def __init__(self, tokens: Tokens, names: UnitNames) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.names = names
        self.heads = sorted({*tokens.matches["body"], *tokens.matches["place"]})

    def may_begin(self, index: int) -> bool:
        kind = self.t.kind(index)
        if kind == "w":
            return self.pack.capital_names and (self.t.find(index, "level") is not None or self.is_owned_field(index))
        if kind not in "CU" or self.t.find(index, "honorific"):
            return False
        if self.t.is_common(index):  # The Hoa Binh Company, but My Phuoc commune
            initial = is_initial(self.t.words[index]) and self.t.kind(index + 1) == "C"
            if not initial and self.names.place_words(index) <= 1:
                return False
        if self.t.find(index, "office") or self.t.find(index, "modifier"):
            return False
        if self.pack.capital_names or is_syllable(self.t.words[index]) or has_diacritics(self.t.words[index]):
            return True
        return self.ends_as_company(index)

    def is_owned_field(self, index: int) -> bool:
        """Whether a field in small letters follows its owner, or a place its head: Hanoi's [environment] department,
        its [tax] office, the [agriculture] office of Mai Son."""
        field = self.t.find(index, "word") if self.t.kind(index) == "w" else None
        if field is None or self.t.head_at(index) is not None:
            return False
        owned = self.t.word(index - 1) in _POSSESSIVES or self.t.is_word(index - 1, "its")
        return owned or self._is_placed(field.end)

    def _is_placed(self, index: int) -> bool:
        """Whether the head of an authority follows with its place: office of Mai Son."""
        head = self.t.head_at(index) or self.t.small_heads.get(index)
        if head is None or head.entry.class_ != "government" or not self.t.is_word(head.end, "of"):
            return False
        return self.names.place_words(head.end + 1 + self.t.is_word(head.end + 1, "article")) > 0

    def ends_as_company(self, index: int) -> bool:
        """Whether the run of capitals is a foreign name that its last words make a company's: Lotus Farm GmbH."""
        if self.t.words[index].endswith(self.pack.phrases["noun_end"]):
            return False  # der Hersteller Yamaha Motor Company
        end = capital_run(self.t, index, index + _LONGEST_COMPANY)
        heads = (self.t.find(step, "body") for step in range(end - 1, index, -1))
        first = self.t.head_at(index)
        closed = any(h is not None and h.entry.key == "company" and h.end == end for h in heads)
        return closed and (first is None or is_proper(first))

    def start_of_run(self, index: int) -> int:
        """Where the run of capitals begins that the token stands in, behind an office or a form of address."""
        while self.t.kind(index - 1) in "CU" and not self._breaks_run(index - 1):
            index -= 1
        words = self.t.words[index : index + 2]
        opens = self.t.begins_sentence(index) and is_syllable(words[0]) and not is_syllable(words[-1])
        return index + opens  # [Chuỗi] Nordica Mart

    def trade_of(self, index: int) -> Match | None:
        """The word of trade that makes the run of names that begins here a company's: Steppe [Travel]; no field's."""
        if not self.t.trades or self.t.kind(index) not in "CU" or self._breaks_run(index) or self.t.is_common(index):
            return None
        end = capital_run(self.t, index, index + _LONGEST_COMPANY + 1)
        found = (self.t.trades.get(step) for step in range(end - 1, index, -1))
        trade = next((match for match in found if match is not None and match.end == end), None)
        if trade is None or any(self.t.find(i, "word") or self.t.head_at(i) for i in range(index, trade.start)):
            return None
        return trade

    def last_head(self, index: int) -> Match | None:
        """The head that ends the run of names that begins here: the last body's, else the first place's."""
        small = self.t.kind(index) == "w"  # the provincial health department
        following = bisect_right(self.heads, index)
        if not small and (following == len(self.heads) or self.heads[following] - index >= _LONGEST_RUN):
            return None
        found = self._small_head(index, index) if small and self.is_owned_field(index) else None
        step = index if found is None else found.end
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
        return None if found is not None and is_proper(found) and self._is_list(index, found.start) else found

    def _is_list(self, start: int, end: int) -> bool:
        """Whether "and" stands before a company's proper name: Big C and WinMart are two."""
        return any(self.t.is_word(step, "and") for step in range(start, end))

    def _small_head(self, step: int, start: int) -> Match | None:
        """A head in small letters behind a level or an owner and a field, or one that needs none: provincial [health]
        department, Hanoi's [tax] office, district museum; none in the plural."""
        head = self.t.small_heads.get(step)
        if head is None or self.t.is_plural(head):
            return None
        said = self.t.find(step - 1, "word") is not None and (step - start > 1 or self.is_owned_field(start))
        return head if said or "!" in head.entry.tail else None

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
