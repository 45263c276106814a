"""Small words inside a Vietnamese name: Câu lạc bộ [chèo] xã Hải Minh, Nhà hát Nghệ thuật [truyền thống] tỉnh."""

from __future__ import annotations

from extractors.names import capital_run, is_surname
from extractors.tokens import Tokens
from extractors.units.names import LONGEST_PLACE, UnitNames

__all__ = ["SmallWords"]

_SMALL_WORDS = 7  # longer runs are clauses


class SmallWords:
    """Reads the small words that go on the names of bodies."""

    def __init__(self, tokens: Tokens, names: UnitNames) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.names = names

    def end(self, index: int, tail: str, *, bare: bool, taken: bool) -> int:
        """Where the small words that go on a name end, before a level, a place, a body or a dash; 0 where it ends here.

        `bare`: right behind the head, where they may be a verb's, and so only where the head takes them (`taken`), or
        a capital stands before them and the tail asks for a field.
        """
        if not self.pack.diacritics:
            return 0
        opened = bare and "*" in tail and self.t.kind(index) == "C" and self.t.kind(index + 1) == "w"
        opened = opened and not self.t.head_at(index) and not is_surname(self.t.words[index], exact=True)
        purpose = taken and self.t.is_word(index, "purpose")
        end = index + (opened or purpose)
        while end - index < _SMALL_WORDS + 2 * purpose and self._goes_on(end, purpose=purpose):
            field = self.t.find(end, "word")
            if field is None and (self._is_clause(end) if purpose else self._stops(end)):
                break
            end = field.end if field is not None else end + 1
        if end == index or (bare and not opened and not taken):
            return 0
        if self.t.kind(end) == "-" and self.t.kind(end + 1) in "CU" and not self.t.head_at(end + 1):
            return 0 if bare else self._second_part(end + 1)
        head, level = self.t.head_at(end), self.t.find(end, "level")
        if head is not None and (head.entry.category == "body" or self.t.kind(head.end) in "CUn"):
            return end
        if level is not None:
            return 0 if bare and not opened else end
        goes_on = "n" in tail and end - index == 1 and not bare and self.names.free_name(end, "n")
        return end if goes_on and not self.names.is_officer(end) else 0

    def _goes_on(self, index: int, *, purpose: bool) -> bool:
        """Whether a small word stands here that is no level; of a purpose initials too: chống khai thác [IUU]."""
        small = self.t.kind(index) == "w" or (purpose and self.t.kind(index) == "U")
        return small and self.t.find(index, "level") is None

    def _second_part(self, index: int) -> int:
        """Where the part behind a dash ends, with its small words where nothing follows them: [Tiết niệu], …"""
        end = words = capital_run(self.t, index, index + LONGEST_PLACE)
        while end - words < _SMALL_WORDS and self.t.kind(end) == "w" and not self._stops(end):
            end += 1
        closed = self.t.kind(end) in ",;:.)(\n" or self.t.find(end, "level") or self.t.head_at(end)
        return end if closed else words

    def _stops(self, index: int) -> bool:
        return self.t.is_word(index, "stop", "plural", "copula") or self._is_clause(index)

    def _is_clause(self, index: int) -> bool:
        """Whether a verb of speech, an office or a unit stands here, which is no part of what a committee is for."""
        if self.t.is_word(index, "speech", "and", "of", "joint"):
            return True
        return bool(self.t.head_at(index) or self.t.find(index, "level") or self.t.find(index, "office"))
