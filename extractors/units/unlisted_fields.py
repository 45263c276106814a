"""The field of a French body whose words no list knows: Société [d'approvisionnement en eau] de Tien Giang."""

from __future__ import annotations

from extractors.tokens import Tokens
from extractors.units.names import UnitNames

__all__ = ["UnlistedFields"]

_LONGEST_PHRASE = 12  # tokens; longer runs are clauses
_NOUN_GROUP = 2  # a noun and its adjective between two links


class UnlistedFields:
    """Reads such fields where a place closes them: between head and place stand only nouns and links."""

    def __init__(self, tokens: Tokens, names: UnitNames) -> None:
        self.t = tokens
        self.names = names
        pack = tokens.pack  # elsewhere nouns bear capitals, or their fields are listed
        self.reads = not (pack.diacritics or pack.capital_names or pack.capital_fields)

    def end(self, index: int) -> int:
        """Where the phrase that begins at the token ends, before the link with its place; 0 where it is none."""
        if not self.reads or self._past_link(index) == index:
            return 0
        step, nouns = index, 0
        while step - index < _LONGEST_PHRASE:
            link = self._past_link(step)
            if link > step:
                if step > index and (self.names.place_words(link) or self.t.find(link, "place")):
                    return step
                step, nouns = link, 0
            elif nouns < _NOUN_GROUP and self._is_noun(step):
                step, nouns = step + 1, nouns + 1
            else:
                return 0
        return 0

    def _past_link(self, index: int) -> int:
        """Past de, d', et, pour, en and the article behind them; the token itself where none stands here."""
        if self.t.kind(index) != "w" or not self.t.is_word(index, "place_of", "phrase_link"):
            return index
        return index + 1 + self.t.is_word(index + 1, "article")

    def _is_noun(self, index: int) -> bool:
        small = self.t.kind(index) == "w" and not self.t.is_word(
            index, "article", "copula", "speech", "he", "she", "its"
        )
        return small and not self.t.head_at(index) and not self.t.find(index, "office")
