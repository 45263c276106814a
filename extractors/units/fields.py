"""The field of a body: what a department, a club or a cooperative is for (Kế hoạch và Đầu tư; für Planung)."""

from __future__ import annotations

from extractors.names import is_surname, is_syllable
from extractors.tokens import Match, Tokens
from extractors.units.names import UnitNames

__all__ = ["FieldReader"]

_SHORTEST_ADJECTIVE = 4  # letters; über, unter and their like are no adjectives, nor are oder, aber


class FieldReader:
    """Reads the fields of the bodies of one article."""

    def __init__(self, tokens: Tokens, names: UnitNames) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.names = names

    def end(self, index: int, *, first: bool, tail: str) -> int:
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
            is_surname(self.t.word(start), exact=self.pack.diacritics) or is_syllable(self.t.word(start))
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
