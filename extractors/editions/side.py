"""One text of a pair, prepared for comparison: its sentences, words, figures and anchors."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from extractors.editions.dates import OPENERS
from extractors.editions.quantities import Quantity, read_quantities
from extractors.editions.words import Word, read_words
from extractors.packs import languages, load_pack
from extractors.text import split_sentences
from extractors.types import Record, Span

__all__ = ["Anchor", "Side"]

Anchor = str | Decimal  # a folded name, "type:…", "role:…", or the value of a number
_Range = tuple[int, int]
# Where a sentence surely ends though it may not in every language: behind a closing German quotation mark and a number
# before a word that no ordinal has, and, where a stop makes no ordinal, behind a short number.
_QUOTED = re.compile(rf"[.!?]“(?= [A-ZÄÖÜ„])|(?<!\d)\d{{1,2}}\.(?= {OPENERS})")
_NUMBERED = re.compile(r"\d\.(?= (?:[“\"«] ?)?[A-ZĐÀ-Ý])")
_ORDINAL_STOPS = frozenset("de da no fi cs sk pl hu hr sl et lv tr is".split())  # noqa: SIM905


@dataclass(frozen=True)
class Side:
    """A record's text. Sentences are numbered from 0; `paragraphs` tells the line each one is in."""

    record: Record

    @property
    def text(self) -> str:
        return self.record.text

    @property
    def language(self) -> str:
        return self.record.language

    @property
    def pack(self) -> str | None:
        """The language of the pack that reads this text, or None."""
        return self.language if self.language in languages() and self.language != "und" else None

    @cached_property
    def sentences(self) -> tuple[_Range, ...]:
        spans = split_sentences(self.text, load_pack(self.pack or "und").abbreviations)
        return tuple(piece for span in spans for piece in _cut(self.text, span, self.language))

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        return tuple(self.text.count("\n", 0, start) for start, _ in self.sentences)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return read_words(self.text)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        # Without a pack the facts come from a translation, and their mentions are whole sentences.
        named = [(m.start, m.end) for unit in self.record.units for m in unit.mentions if self.pack]
        return read_quantities(self.text, self.language, named)

    @cached_property
    def places(self) -> tuple[dict[Anchor, int], ...]:
        """For each sentence what its translation keeps, and how far from its start: names, numbers, units, offices."""
        found: list[dict[Anchor, int]] = [{} for _ in self.sentences]
        for at, anchor in self._anchors():
            if (number := self.sentence_at(at)) is not None:
                found[number].setdefault(anchor, at - self.sentences[number][0])
        return tuple(found)

    @cached_property
    def anchors(self) -> tuple[frozenset[Anchor], ...]:
        """The same without their places."""
        return tuple(map(frozenset, self.places))

    def _anchors(self) -> Iterator[tuple[int, Anchor]]:
        for word in self.words:
            if word.capital and len(word.key) > 1:
                yield word.start, word.key
        for one in self.quantities:
            for value in {*one.values, *one.plain}:
                yield one.start, value.normalize()
        for unit in self.record.units:
            for mention in unit.mentions:
                yield mention.start, f"type:{unit.type or unit.class_}"
        for person in self.record.people:
            for role in person.roles:
                yield role.evidence.start, f"role:{role.role}"

    def sentence_at(self, at: int) -> int | None:
        """The number of the sentence that a place is in, or None."""
        number = bisect_right(self.sentences, at, key=lambda span: span[0]) - 1
        return number if number >= 0 and at < self.sentences[number][1] else None

    def span(self, start: int, end: int) -> Span:
        return Span(start, end, self.text[start:end])


def _cut(text: str, span: _Range, language: str) -> Iterator[_Range]:
    """The sentence, cut where it surely ends."""
    start, end = span
    rule = _QUOTED if language in _ORDINAL_STOPS else _NUMBERED
    for match in rule.finditer(text, start, end):
        yield start, match.end()
        start = match.end() + 1
    yield start, end
