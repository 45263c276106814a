"""Where the officer's name begins behind an office and the body that it is held in."""

from __future__ import annotations

from extractors.names import is_highland, is_surname
from extractors.tokens import Tokens

__all__ = ["Officers"]

_CLAUSE = 24  # tokens back in which an office is looked for; longer clauses without a comma are rare
_POSSESSIVES = ("'", "’", "'s", "’s")  # Chairman of the Farmers' Union


class Officers:
    """Tells the names of officers from those of units in one article."""

    def __init__(self, tokens: Tokens) -> None:
        self.t = tokens
        self.pack = tokens.pack

    def follows(self, start: int, limit: int) -> bool:
        """Whether an unknown name after an office and a body is the officer's: Chủ tịch UBND tỉnh [Hoàng Đình Khải]."""
        limit = min(limit, len(self.t.words))
        if limit - start > 1 and is_highland(self.t.words[start + 1]) and self.before(start):
            return True  # Präsidentin des Gerichts des Bezirks [Rmah H'Bia]
        surname = is_surname(self.t.words[start], exact=self.pack.diacritics)
        shortest = 2 if self.pack.diacritics else 3  # words; without diacritics two more often are a place
        return limit - start >= shortest and surname and self.before(start)

    def head_of(self, start: int) -> bool:
        """Whether an office and a type word alone stand before the name: chef de village, Dorfvorsteher."""
        return any(self.t.find(i, "office") for i in range(max(0, start - 4), start)) and self.before(start)

    def before(self, start: int) -> bool:
        """Whether an office without a name of its own stands before, in the same clause."""
        for index in range(start - 1, max(-1, start - _CLAUSE), -1):
            if self.t.kind(index) in ",;:.\n(" and self.t.words[index] not in _POSSESSIVES:
                return False
            if self.t.find(index, "office"):
                return not self._follows_name(self._office_start(index))
        return False

    def _office_start(self, index: int) -> int:
        """Where the office begins that ends with this one: [Tổng] Giám đốc."""
        for start in (index - 2, index - 1):
            longer = self.t.find(start, "office") if start >= 0 else None
            if longer is not None and longer.end > index:
                return start
        return index

    def _follows_name(self, office: int) -> bool:
        """Whether the office stands behind a name that it belongs to: [Lò Văn An,] Bí thư Đảng ủy xã Lâm Hóa."""
        while self.t.find(office - 1, "modifier"):
            office -= 1
        if self.t.kind(office - 1) not in ",-" or self.t.kind(office - 2) != "C" or self.t.kind(office - 3) != "C":
            return False
        begin = office - 2
        while self.t.kind(begin - 1) == "C":
            begin -= 1
        if any(self.t.find(begin - length, "place") for length in (1, 2)):  # Tại phường Long Biên, Chủ tịch …
            return False
        return not (self.pack.diacritics and self.before(begin))  # Bí thư Chi bộ Lò Văn An, Trưởng bản X

    def split(self, start: int, end: int) -> int:
        """Where a person's name begins inside a run after a village's, or its end."""
        for index in range(start + 1, end - 1):
            if (
                end - index >= 3
                and is_surname(self.t.words[index], exact=self.pack.diacritics)
                and self.follows(index, end)
            ):
                return index
        return end
