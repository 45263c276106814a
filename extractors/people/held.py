"""Where an office is held, by the words behind its title: a unit, a bare level, or a head that refers to one."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.names import opens_name
from extractors.packs import Entry
from extractors.tokens import Match, Tokens
from extractors.units.mentions import UnitMention

_ADJECTIVES = 2  # between an office's preposition and its body
_LONGEST_BRACKET = 7  # tokens of an office in a bracket before its body
_LONGEST_FIELD = 5  # tokens of what an office is for, before its body: head of [human resources] at the bank
_NOUN = 2  # words of the noun that a body's name begins with: Liên minh, Centre

# A unit, the head that refers back to one, the token behind them, a bare level.
Found = tuple[UnitMention | None, Entry | None, int, str]


class Held:
    """Reads the units behind the offices of one article; `unit_at` are its units by their first token."""

    def __init__(self, tokens: Tokens, unit_at: Mapping[int, UnitMention]) -> None:
        self.t = tokens
        self.pack = tokens.pack
        self.unit_at = unit_at
        self.named: dict[str, list[UnitMention]] = {}
        for unit in sorted(unit_at.values(), key=lambda each: each.start):
            for length in range(1, _NOUN + 1):
                if not unit.is_place and unit.end - unit.start > length:
                    self.named.setdefault(self._key(unit.start, unit.start + length), []).append(unit)

    def _key(self, start: int, end: int) -> str:
        return " ".join(self.t.norms[start:end])

    def unit_of(self, index: int) -> Found:
        """The unit that an office ending before the token is held in, or the head that refers back to one."""
        linked = index
        while self.t.is_small(linked) and self.t.is_word(linked, "of", "article", "its", "this"):
            linked += 1
        unit = self.unit_at.get(linked)
        if unit is None and self.t.kind(linked) == "," and linked == index:
            unit = self._behind_comma(linked)
        if unit is None and linked > index:
            unit = self._behind_adjective(linked)
        tied = unit is not None or self.t.is_word(linked - 1, "article", "body_of")
        owned = self._owned(linked if unit is None else unit.end - 1) if tied else None
        unit = owned or unit
        if unit is not None:
            return unit, None, self._past_places(unit), ""
        body = self.t.find(linked, "body") or self.t.find(linked, "level") or self._small_head(linked)
        if body is not None and not opens_name(self.t, body.start, body.end):
            if body.entry.category == "body":
                return None, body.entry, body.end, ""
            return None, None, body.end, body.entry.key
        return self._in_larger(linked) or self._called_before(linked, index) or (None, None, index, "")

    def _owned(self, start: int) -> UnitMention | None:
        """The body behind the owner that begins at the token: head of the [geopark's] management board."""
        for end in range(start + 1, start + 1 + _LONGEST_FIELD):
            if self.t.word(end) in ("'s", "’s"):
                body = self.unit_at.get(end + 1)
                return None if body is None or body.is_place else body
            if self.t.kind(end - 1) not in "wC" or self.t.is_word(end - 1, "copula", "speech", "of"):
                return None
        return None

    def _in_larger(self, index: int) -> Found | None:
        """The body that a nameless one behind an office is a part of: giám đốc [nhà máy] của Công ty X."""
        part = self.t.small_heads.get(index)
        if part is None or not self.t.is_word(part.end, "of", "body_of"):
            return None
        found = self.unit_of(part.end)
        return found if found[0] is not None and not found[0].is_place else None

    def _called_before(self, start: int, index: int) -> Found | None:
        """The body named before whose name begins with the noun here: Chủ tịch Liên minh, head of the Alliance."""
        for end in range(start + _NOUN, start, -1):
            before = [unit for unit in self.named.get(self._key(start, end), ()) if unit.end <= index]
            nouns = self.pack.diacritics or (start > index and end == start + 1)
            if before and nouns and self.t.kind(end) not in "CUn":
                return before[-1], None, end, ""
        return None

    def past_field(self, index: int) -> int:
        """Past what an office is for, where its body follows: head of [human resources] at the bank; else 0."""
        if self.pack.diacritics or not (self.t.kind(index) == "w" and self.t.is_word(index, "of")):
            return 0
        for end in range(index + 1, index + 1 + _LONGEST_FIELD):
            other = end in self.unit_at or self.t.find(end, "office") is not None
            if other or self.t.kind(end) not in "wC" or self.t.is_word(end, "copula", "speech"):
                return 0
            if end > index + 1 and self.t.is_word(end, "of") and not self.t.is_word(end - 1, "of", "article", "and"):
                unit = self.unit_of(end)[0]
                if unit is not None:
                    return 0 if unit.is_place else end
        return 0

    def _behind_adjective(self, index: int) -> UnitMention | None:
        """The body behind an adjective or two: Direktor der [koreanischen] Firma X, head of the [newly built] X."""
        if self.pack.diacritics:
            return None
        for end in range(index + 1, index + 1 + _ADJECTIVES):
            last = end - 1
            if self.t.kind(last) != "w" or self.t.is_word(last, "of", "article", "and", "copula", "its"):
                return None
            if end in self.unit_at and not self.unit_at[end].is_place:
                return self.unit_at[end]
        return None

    def _past_places(self, unit: UnitMention) -> int:
        """Past a body and the places that prepositions tie to it: Kindergarten Hoa Sen [im Viertel 4]."""
        end = unit.end
        place = unit.parent
        while place is not None and place.start > end and all(self.t.is_word(i, "of") for i in range(end, place.start)):
            end, place = place.end, place.parent
        return end

    def _behind_comma(self, comma: int) -> UnitMention | None:
        """The body behind the comma of a bracket that holds an office and its body: (Director, Hai An Hospital)."""
        unit = self.unit_at.get(comma + 1)
        if unit is None or unit.is_place or self.t.kind(unit.end) != ")":
            return None
        opening = comma
        while self.t.kind(opening) not in "(\n" and comma - opening < _LONGEST_BRACKET:
            opening -= 1
        return unit if self.t.kind(opening) == "(" else None

    def _small_head(self, index: int) -> Match | None:
        """A head of bodies in small letters that nothing names further: giám đốc nhà máy, director of the museum."""
        body = self.t.small_heads.get(index)
        return None if body is None or self.t.is_word(body.end, "body_of", "of") else body
