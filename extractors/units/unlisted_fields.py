"""The field of a French body whose words no list knows: Société [d'approvisionnement en eau] de Tien Giang."""

from __future__ import annotations

from extractors.tokens import Tokens
from extractors.units.names import UnitNames

__all__ = ["UnlistedFields"]

_LONGEST_PHRASE = 14  # tokens; longer runs are clauses
_NOUN_GROUP = 2  # a noun and its adjective between two links, where a place closes the phrase
_SHORTEST = 3  # letters of a noun


class UnlistedFields:
    """Reads such fields: to the place that closes them, with nothing but nouns and links before it; of a head with a
    capital also as far as nouns stand behind their links, with adjectives that their endings tell."""

    def __init__(self, tokens: Tokens, names: UnitNames) -> None:
        self.t = tokens
        self.names = names
        self.adjectives = tokens.pack.phrases["adjective_behind"]
        pack = tokens.pack  # elsewhere nouns bear capitals, or their fields are listed
        self.reads = not (pack.diacritics or pack.capital_names or pack.capital_fields)

    def end(self, index: int, *, proper: bool) -> int:
        """Where the phrase that begins at the token ends, before the link with its place; 0 where it is none.

        `proper` where the head bears a capital.
        """
        if not self.reads:
            return 0
        return self._closed_by_place(index) or (self._nouns(index) if proper else 0)

    def _closed_by_place(self, index: int) -> int:
        if self._past_link(index) == index:
            return 0
        step, nouns = index, 0
        while step - index < _LONGEST_PHRASE:
            link = self._past_link(step)
            if link > step:
                if step > index and (self.names.place_words(link) or self.t.find(link, "place")):
                    return step
                step, nouns = link, 0
            elif nouns < _NOUN_GROUP and (self._is_noun(step) or (nouns and self._is_level(step))):
                step, nouns = step + 1, nouns + 1
            else:
                return 0
        return 0

    def _nouns(self, index: int) -> int:
        """Where the nouns behind their links end: Centre [d'aide aux victimes de la route]; a comma only in a list that
        "and" closes."""
        end, listed = self._adjectives(index), 0
        while end - index < _LONGEST_PHRASE:
            comma = self.t.kind(end) == ","
            group = self._group(end + comma, first=end == index)
            if not group:
                break
            joined = self.t.is_word(end, "and")
            listed = (listed or end) if comma else 0 if joined else listed
            end = group
        end = listed or end
        return end if end > index and not self.t.find(end, "level") else 0

    def _group(self, index: int, *, first: bool) -> int:
        """Where a noun ends that a link, or "and", ties to what stands before, with its adjectives; else 0."""
        start = index + self.t.is_word(index, "and")
        linked = self.t.kind(start) == "w" and self.t.is_word(start, "place_of", "field_of" if first else "field_link")
        bare = linked and self.t.is_word(start, "article")
        start += linked
        if (not linked and start == index) or bare:
            return 0
        article = linked and self.t.is_word(start, "article")
        start += article
        start += self.t.is_word(start, "this") and self.t.kind(start) == "w"  # de l'ancienne capitale
        if not self._is_noun(start) or self.t.is_word(start, "no_field") or len(self.t.word(start)) < _SHORTEST:
            return 0
        if not article and self.t.word(start).endswith(("er", "ir")):
            return 0  # chargé d'élaborer …
        return self._adjectives(start + 1)

    def _adjectives(self, index: int) -> int:
        end = index
        while self._is_noun(end) and self.t.word(end).endswith(self.adjectives) and not self.t.is_word(end, "no_field"):
            end += 1
        return end

    def _past_link(self, index: int) -> int:
        """Past de, d', et, pour, en and the article behind them; the token itself where none stands here."""
        if self.t.kind(index) != "w" or not self.t.is_word(index, "place_of", "phrase_link"):
            return index
        return index + 1 + self.t.is_word(index + 1, "article")

    def _is_level(self, index: int) -> bool:
        return self.t.kind(index) == "w" and self.t.find(index, "level") is not None

    def _is_noun(self, index: int) -> bool:
        small = self.t.kind(index) == "w" and not self.t.is_word(
            index, "article", "copula", "speech", "he", "she", "its", "and", "many", "place_of", "field_link"
        )
        known = self.t.head_at(index) or self.t.find(index, "office") or self.t.find(index, "level")
        return small and not known
