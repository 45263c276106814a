"""A sentence cut into pieces: figures, times, units, words of the lexicon and other words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from extractors.indicators.numbers import Percentage
from extractors.indicators.periods.dates import PeriodMention
from extractors.indicators.words.lexicon import FigureLexicon

__all__ = ["Layers", "Mention", "Piece", "has_capital", "read_sentence"]

_TOKEN = re.compile(  # words first, since they are most of it
    r"(?:vnd|vnđ|usd|eur)(?=\d)|[^\W\d]\w*"
    r"|\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?|[^\w\s]"
)
_NONE: frozenset[str] = frozenset()
_YEAR_AGO = frozenset({"year_ago"})
_TOPIC = frozenset({"topic"})
_COMPOUND = frozenset({"compound"})


class Mention(NamedTuple):
    """Where a unit is named."""

    start: int
    end: int
    unit: str


@dataclass(slots=True, eq=False)  # not frozen, nor a tuple: read as often as nothing else, in half the time
class Piece:
    """A piece of a sentence, never changed.

    `kind` is `figure`, `period`, `unit`, `name` (of a person), `cue`, `number`, `word` or `mark` (punctuation); `kinds`
    what a cue says; `ref` the index of a figure, the id of a unit or the index of a period; `lists` the lists of the
    language's words that the text stands in.
    """

    kind: str
    start: int
    end: int
    text: str
    kinds: frozenset[str] = _NONE
    ref: int | str | None = None
    lists: frozenset[str] = _NONE


@dataclass(frozen=True)
class Layers:
    """What is already known of the text, each in the order of the text: figures, times, mentions of units, and what
    no figure measures (the names of people)."""

    figures: Sequence[Percentage]
    periods: Sequence[PeriodMention]
    mentions: Sequence[Mention]
    masked: Sequence[tuple[int, int]] = ()

    def within(self, span: tuple[int, int]) -> tuple[range, range, range]:
        """The figures, times and mentions that start in a stretch of the text, by their indexes."""
        figures, periods, mentions = (
            range(bisect_left(starts, span[0]), bisect_left(starts, span[1])) for starts in self._starts
        )
        return figures, periods, mentions

    @cached_property
    def _starts(self) -> tuple[list[int], ...]:
        return tuple([row.start for row in rows] for rows in (self.figures, self.periods, self.mentions))


def read_sentence(
    text: str, lower: str, span: tuple[int, int], layers: Layers, lexicon: FigureLexicon
) -> tuple[Piece, ...]:
    """The pieces of the sentence `text[span[0]:span[1]]` in order; `lower` is the text in lower case."""
    start, end = span
    figures, periods, mentions = layers.within(span)
    known = [_figure(layers.figures[i], i) for i in figures]
    units = [layers.mentions[i] for i in mentions]
    units = [m for m in units if not any(m.start <= figure.start < m.end for figure in known)]
    known += [_time(layers.periods[i], i) for i in periods]
    known += [Piece("unit", m.start, m.end, "", ref=m.unit) for m in units]
    known += [Piece("name", first, last, "") for first, last in layers.masked if start <= first < end]
    known.sort(key=lambda piece: (piece.start, piece.kind != "figure", piece.start - piece.end))
    pieces: list[Piece] = []
    at = start
    for piece in known:
        if piece.start < at:
            continue
        pieces.extend(_words(text, lower, (at, piece.start), lexicon))
        pieces.append(piece)
        at = piece.end
    pieces.extend(_words(text, lower, (at, end), lexicon))
    return tuple(pieces)


def has_capital(phrase: str) -> bool:
    """Whether a word of the phrase starts with a capital, as German nouns do."""
    return any(word[:1].isupper() for word in phrase.split())


def _figure(figure: Percentage, index: int) -> Piece:
    return Piece("figure", figure.start, figure.end, "", ref=index)


def _time(time: PeriodMention, index: int) -> Piece:
    """A time; one that says what is compared with is a cue of its own: "the same month of last year"."""
    return Piece("period", time.start, time.end, "", _YEAR_AGO if time.kind == "year_ago" else _NONE, index)


def _words(text: str, lower: str, span: tuple[int, int], lexicon: FigureLexicon) -> list[Piece]:
    places = [(*m.span(), m[0].replace("’", "'")) for m in _TOKEN.finditer(lower, *span)]
    words = [word for _, _, word in places]
    pieces: list[Piece] = []
    at = 0
    while at < len(words):
        first, last, word = places[at]
        kind, lists, opens = lexicon.look(word)
        hit = _phrase(text, places, words, at, lexicon) if opens else None
        if hit is None:
            pieces.append(Piece(kind, first, last, word, _NONE, None, lists))
            at += 1
            continue
        at += hit[0]
        last = places[at - 1][1]
        phrase = lower[first:last]
        kind, kinds = ("word", _NONE) if hit[1] == _COMPOUND else ("cue", hit[1])
        pieces.append(Piece(kind, first, last, phrase, kinds, None, lexicon.lists_of.get(phrase, _NONE)))
    return pieces


def _phrase(
    text: str, places: Sequence[tuple[int, int, str]], words: Sequence[str], at: int, lexicon: FigureLexicon
) -> tuple[int, frozenset[str]] | None:
    """How many words the cue or the topic that begins there covers, the longer of both, and what it says."""
    hit = lexicon.cues.match(words, at)
    topic = lexicon.topics.match(words, at)
    if topic is None or (hit and hit[0] > topic[0]):
        return hit
    if lexicon.capital_nouns and not has_capital(text[places[at][0] : places[at + topic[0] - 1][1]]):
        return hit
    return topic[0], (hit[1] if hit and hit[0] == topic[0] else _NONE) | _TOPIC
