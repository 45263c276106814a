"""Bodies whose name stands before their head: [Ky Son District] Party Committee, Südwest-[Lenkungsausschuss]."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors.places import BEFORE, SINCE
from extractors.text import fold
from extractors.tokens import Match
from extractors.units.bodies import BodyGrammar
from extractors.units.mentions import UnitMention, bare_place, nominative

if TYPE_CHECKING:
    from extractors.units.find import UnitGrammar


class NameFirst:
    """Reads such bodies for the grammar of units."""

    def __init__(self, grammar: UnitGrammar, bodies: BodyGrammar) -> None:
        self.grammar = grammar
        self.bodies = bodies
        self.t = grammar.t
        self.pack = grammar.pack
        self.gazetteer = grammar.gazetteer

    def body(self, index: int, head: Match) -> UnitMention | None:
        """The body whose name begins at the token and ends with the head, or with what follows that."""
        mention = self.bodies.body(head) or UnitMention(head.start, head.end, head.entry, "", level=head.entry.level)
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
            mention.parent = self.bodies.place_behind(mention)
        mention.core = fold(f"{rest} {mention.core}".strip())
        mention.name = self.t.slice(index, mention.end)
        if self.pack.compounds and self.t.glued(head.start):  # Südwest-Lenkungsausschuss|es
            before = self.t.text[self.t.starts[index] : self.t.starts[head.start]]
            mention.name = before + nominative(self.t, head.start, mention.end, head.entry)
        elif self.pack.compounds and self.t.is_word(index - 1, "genitive"):  # des Baukonzern|s Hoa Ban
            mention.name = self.t.words[index].removesuffix("s") + mention.name[len(self.t.words[index]) :]
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
                place = self.grammar.named_place(index, head)
                if place is not None:
                    place.parent = None
                    if place.name[0].isupper() and self.t.kind(head.start) == "C":
                        place.name = self.t.slice(index, head.end)
                return place
        return None
