"""The phrases that a figure could be said of: noun phrases of its sentence, earlier subjects, the head of its list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal

from extractors.indicators.contexts import Article, Sentence
from extractors.indicators.sentences.clauses import Piece, has_capital
from extractors.indicators.sentences.noun_phrases import is_content, joins

__all__ = ["EARLIER", "Candidate", "Phrases", "Span", "Where", "candidates_of", "is_same"]

Span = tuple[int, int]
Where = Literal["before", "after", "earlier", "head"]
_SAME = 0.5  # of the letters of two phrases: they name the same
_LONGEST = 12  # pieces of a phrase
EARLIER = 3  # subjects of earlier figures, the last first
# How many other phrases and other figures may stand between a phrase and the figure that it is the subject of.
_FARTHEST = {"before": (3, 2), "after": (1, 1)}
_OPENS = frozenset({"head", "topic", "whole"})
_INSIDE = frozenset({"of", "attach", "det"})
_LOOSE = frozenset({"prep", "aux"})  # inside a phrase of a language without endings
# What a cue says that tells candidates apart.
_KINDS = frozenset(
    """
    up down by to from over of det prep attach conj rel neg tense aux
    be reach share fulfil say moves disburse gloss compares result goal plan
    annual year_ago previous average than total part among each season numbered
    topic head whole plain proportion measure reference
    """.split()  # noqa: SIM905 (a list of single words is read more easily so)
)


@dataclass(slots=True)  # no tuple: its fields are read too often
class Candidate:
    """A phrase at `span` of the text. Of one in the sentence `first` and `last` are its pieces, the last excluded; of
    an earlier subject or a phrase of the head line `first` is its place in their order."""

    where: Where
    span: tuple[int, int]
    first: int
    last: int


@dataclass(slots=True)
class Phrases:
    """A sentence as the ranker sees it: a symbol for each piece, which of them may name something (`content`), how many
    such `runs` and how many `figures` begin before each, and the phrases."""

    pieces: Sequence[Piece]
    symbols: Sequence[str]
    content: Sequence[bool]
    runs: Sequence[int]
    figures: Sequence[int]
    spans: Sequence[tuple[int, int]]
    known: dict[tuple[int, int, Where], float] = field(default_factory=dict)  # the weights of phrases by themselves

    @classmethod
    def read(cls, pieces: Sequence[Piece], *, isolating: bool) -> Phrases:
        """The phrases of a sentence; `isolating` languages have no endings and longer noun phrases."""
        content = [is_content(p) for p in pieces]
        begins = (named and not (i and content[i - 1]) for i, named in enumerate(content))
        runs = [0, *accumulate(begins)]
        figures = [0, *accumulate(p.kind == "figure" for p in pieces)]
        spans = list(_noun_phrases(pieces, content, isolating=isolating))
        return cls(pieces, [symbol_of(p) for p in pieces], content, runs, figures, spans)

    def runs_between(self, first: int, last: int) -> int:
        """How many phrases, or ends of one, stand in a stretch of pieces."""
        if first >= last:
            return 0
        cut = self.content[first] and first > 0 and self.content[first - 1]
        return self.runs[last] - self.runs[first] + cut

    def figures_between(self, first: int, last: int) -> int:
        """How many figures stand in a stretch of pieces."""
        return self.figures[last] - self.figures[first] if first < last else 0


_SYMBOLS: dict[frozenset[str], str] = {}


def symbol_of(piece: Piece) -> str:
    """What a piece is to the ranker: what a cue says, a mark itself, else its kind."""
    if piece.kind == "mark":
        return piece.text
    if piece.kind == "word":
        return "and" if "and" in piece.lists else "in" if "in" in piece.lists else "word"
    if piece.kind != "cue":
        return piece.kind
    if (symbol := _SYMBOLS.get(piece.kinds)) is None:
        symbol = _SYMBOLS[piece.kinds] = "+".join(sorted(piece.kinds & _KINDS)) or "cue"
    return symbol


def _noun_phrases(pieces: Sequence[Piece], content: Sequence[bool], *, isolating: bool) -> Iterator[tuple[int, int]]:
    """The noun phrases by their pieces: whole ones, their heads, and what hangs on them piece by piece."""
    count = len(pieces)
    for first in range(count):
        if not content[first] or (first and content[first - 1] and not (isolating or pieces[first].kinds & _OPENS)):
            continue
        for index in range(first, min(first + _LONGEST, count)):
            named, end = content[index], index + 1
            if not (named or _is_inside(pieces[index], isolating=isolating)):
                break
            ends = end == count or not content[end] or (isolating and pieces[end].kinds & _OPENS)
            if (named and ends) or (index > first and pieces[index].kind == "unit"):
                yield first, end


def _is_inside(piece: Piece, *, isolating: bool) -> bool:
    if piece.kind in ("unit", "number") or piece.kinds & _INSIDE or joins(piece):
        return True
    return isolating and bool(piece.kinds & _LOOSE)


def candidates_of(article: Article, sentence: Sentence, at: int) -> tuple[Phrases, list[Candidate]]:
    """The phrases that the figure at the piece `at` could be said of, each place once."""
    phrases = _read(article, sentence.pieces)
    pieces = sentence.pieces
    found: dict[Span, Candidate] = {}
    for first, last in phrases.spans:
        where: Where = "before" if last <= at else "after"
        start, end = (last, at) if where == "before" else (at + 1, first)
        runs, figures = _FARTHEST[where]
        if phrases.runs_between(start, end) <= runs and phrases.figures_between(start, end) <= figures:
            span = pieces[first].start, pieces[last - 1].end
            if not article.lexicon.capital_nouns or has_capital(article.text[slice(*span)]):
                found[span] = Candidate(where, span, first, last)
    recent = [d.subject for d in sentence.earlier if d.subject][-EARLIER:]
    for rank, subject in enumerate(reversed(recent), 1):
        found.setdefault(subject, Candidate("earlier", subject, rank, 0))
    if sentence.head and (head := _read(article, sentence.head)).spans:
        first, last = head.spans[0]
        span = sentence.head[first].start, sentence.head[last - 1].end
        found.setdefault(span, Candidate("head", span, 0, 0))
    return phrases, list(found.values())


def _read(article: Article, pieces: Sequence[Piece]) -> Phrases:
    key = pieces[0].start, pieces[-1].end
    if key not in article.phrases:
        article.phrases[key] = Phrases.read(pieces, isolating=article.lexicon.isolating)
    return article.phrases[key]


def is_same(one: Span, other: Span) -> bool:
    """Whether two phrases name the same thing: one is part of the other, or they share half of their letters."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    if shared <= 0:
        return False
    lengths = one[1] - one[0], other[1] - other[0]
    return shared >= min(lengths) or 2 * shared >= _SAME * sum(lengths)
