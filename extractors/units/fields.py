"""The field of a body: what a department, a club or a cooperative is for (Kế hoạch và Đầu tư; für Planung)."""

from __future__ import annotations

from extractors.names import has_diacritics, is_surname, is_syllable
from extractors.tokens import Match, Tokens
from extractors.units.names import UnitNames

__all__ = ["FieldReader"]

_SHORTEST_FOREIGN = 5  # letters; shorter words can be a highland place's
_PLACE = 2  # words of a name that can be nothing but a place's
_MOST_ADJECTIVES = 2
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
            elif fields and self._is_noun_of_field(start, index, end, first=first, free=free):
                end = start + 1
            elif fields and (run := self._foreign_run(start, end, index, first=first)):
                end = run
            elif fields and (noun := self._genitive_plural(end, first=first and end == index)):
                return noun
            else:
                return end

    def _field_start(self, index: int, *, first: bool, genitive: bool) -> int:
        if first:
            start = self.t.skip(index, "field_of", *(("body_of",) if genitive else ()))
            return start if start == index and not self.pack.diacritics else self.t.skip(start, "and", "article")
        if self.t.kind(index) == "," and self.pack.capital_fields and self.t.kind(index + 1) == "w":
            return index  # a clause: die Genossenschaft X, die Garnelen züchtet; … Unternehmer, im Gespräch
        small = not (self.pack.diacritics or self.pack.capital_fields or self.pack.capital_names)
        if small and self.t.kind(index) == "," and self.t.is_word(index + 1, "article"):
            return index  # Département de la culture, les plaintes …
        if self.t.kind(index) in ",-" or self.t.word(index) == "&":
            index += 1
        if self.pack.capital_fields and self.t.is_word(index, "and"):  # der Verband für Kunst und [die Familie]
            return index if self.t.is_word(index + 1, "article") else index + 1
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

    def _is_noun_of_field(self, start: int, index: int, end: int, *, first: bool, free: bool) -> bool:
        """Whether a noun that no list knows goes on a field that began at `index` and reaches to `end`."""
        if start > index and self.pack.capital_fields and self.t.kind(start) in "CU" and not self._stops_field(start):
            return self.names.place_words(start) < _PLACE
        opens = end == index
        return opens and ((free and start > index and self._open_field(start)) or (first and self._is_foreign(start)))

    def _is_foreign(self, index: int) -> bool:
        """Whether an English word that no list knows is a field behind its link: Faculty of [Agronomy]."""
        word = self.t.word(index)
        foreign = self.pack.capital_names and self.t.kind(index) == "C" and len(word) >= _SHORTEST_FOREIGN
        local = (
            is_syllable(word) or has_diacritics(word) or self.names.place_words(index) or self.t.kind(index + 1) == "C"
        )
        return bool(foreign and not local and not self._stops_field(index) and self.t.is_word(index - 1, "place_of"))

    def _foreign_run(self, start: int, end: int, index: int, *, first: bool) -> int:
        """Where several English words with capitals end that are a field behind its link or "and": Management
        Board of [Solid Waste Projects], Union of Coal and [Mineral Workers]; else 0."""
        opens = first and end == index and self.t.is_word(start - 1, "place_of")
        joined = end > index and start == end + 1 and self.t.is_word(end, "and", "place_of")
        step = start
        while (opens or joined) and self.t.kind(step) == "C" and self._is_english(step):
            step += 1
        return step if self.pack.capital_names and step - start > 1 else 0

    def _is_english(self, index: int) -> bool:
        word = self.t.word(index)
        local = is_syllable(word) or has_diacritics(word) or self.names.place_words(index)
        return not local and not self._stops_field(index) and not is_surname(word, exact=False)

    def _genitive_plural(self, index: int, *, first: bool) -> int:
        """Where adjectives and a noun in the genitive end that say whose body it is, or what its field is of:
        Vereinigung [patriotischer Mönche], Büro für die Koordination [neuer ländlicher Räume]; else 0."""
        end = index
        while end - index < _MOST_ADJECTIVES and self._is_genitive(end):
            end += 1
        noun = self.pack.capital_fields and end > index and self.t.kind(end) == "C"
        if not noun or is_syllable(self.t.word(end)) or (not first and self.t.kind(index - 1) != "C"):
            return 0
        stops = self._stops_field(end) and (end in self.t.exact["body"] or end in self.t.exact["office"])
        return 0 if stops else end + 1

    def _is_genitive(self, index: int) -> bool:
        """Whether an adjective with the ending of the genitive plural stands here."""
        word = self.t.word(index)
        return self.t.kind(index) == "w" and len(word) > _SHORTEST_ADJECTIVE and word.endswith("er")

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
