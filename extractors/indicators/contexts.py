"""What stands around a figure: its sentence, the list, the article, the indicators before it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from extractors.indicators.abouts.choice import Units
from extractors.indicators.counts.goals import Count, Number
from extractors.indicators.periods.dates import PeriodMention
from extractors.indicators.sentences.clauses import Layers, Piece, read_sentence
from extractors.indicators.sentences.discourse import Discourse
from extractors.indicators.subjects.rules import Subject
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.types import Direction, Indicator

if TYPE_CHECKING:
    from extractors.indicators.subjects.ranking.candidates import Phrases

__all__ = ["Article", "Draft", "Figure", "Named", "Sentence"]


@dataclass(frozen=True, slots=True)
class Article:
    """What holds for the whole article."""

    text: str
    lower: str
    lexicon: FigureLexicon
    layers: Layers
    units: Units
    discourse: Discourse
    published: datetime.date | None = None
    read: dict[tuple[int, int], tuple[Piece, ...]] = field(default_factory=dict)
    phrases: dict[tuple[int, int], Phrases] = field(default_factory=dict)
    topics: dict[tuple[int, int], str | None] = field(default_factory=dict)

    def pieces(self, span: tuple[int, int]) -> tuple[Piece, ...]:
        """The pieces of a sentence, read once."""
        if span not in self.read:
            self.read[span] = read_sentence(self.text, self.lower, span, self.layers, self.lexicon)
        return self.read[span]


class Named(NamedTuple):
    """What a figure measures: the phrase of its own clause, the place of that or of the one that it takes from before,
    where it comes from, and how likely the figure is right, where that was weighed."""

    subject: Subject | None
    span: tuple[int, int] | None
    source: str
    sure: float | None = None


class Draft(NamedTuple):
    """An indicator with the places in the text that later figures may refer back to."""

    indicator: Indicator
    subject: tuple[int, int] | None
    period: PeriodMention | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence under work: its pieces and numbers, the drafts before it, the head line of its list, its goals;
    whether the draft before it is of the same paragraph."""

    pieces: Sequence[Piece]
    numbers: Sequence[Number]
    earlier: Sequence[Draft]
    head: tuple[Piece, ...]
    goals: Sequence[Count] = ()
    follows: bool = False


class Figure(NamedTuple):
    """What is known of a figure when its basis is asked for: `span` is where its subject stands, its own or one taken
    from before; `ratio` holds the two numbers whose share it is."""

    at: int
    direction: Direction
    subject: Subject | None
    topic: str | None
    span: tuple[int, int] | None
    period: PeriodMention | None
    ratio: tuple[Number, Number] | None
