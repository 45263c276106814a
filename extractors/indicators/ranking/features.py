"""What the ranker looks at in a phrase: its words, what stands around it, and how it stands to the figure.

A feature is a short string, a name and its value. Those of a phrase do not change from figure to figure, those of a
figure not from phrase to phrase; so each is weighed once, and only those of the two together for each pair.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.clauses import Piece
from extractors.indicators.contexts import Sentence
from extractors.indicators.ranking.candidates import Candidate, Phrases, Where

__all__ = ["all_features", "features_of_figure", "features_of_pair", "features_of_phrase", "has_pieces"]

_WORD = 14  # letters of a word that count
_ENDING = 3
_CLOSE = 3  # pieces
_PATH = 6
_SMALL = frozenset({"det", "aux", "gt", "lt", "gte", "lte", "approx"})


def has_pieces(one: Candidate) -> bool:
    """Whether a phrase stands in the figure's sentence, so that its words and neighbours are looked at."""
    return one.where in ("before", "after")


def all_features(phrases: Phrases, sentence: Sentence, at: int, one: Candidate, text: str) -> list[str]:
    """All features of a phrase for a figure."""
    own = features_of_phrase(phrases, one, text) if has_pieces(one) else ()
    pair = features_of_pair(phrases, sentence, at, one)
    return [*features_of_figure(phrases, at, one.where), *own, *pair]


def features_of_figure(phrases: Phrases, at: int, where: Where) -> list[str]:
    """What stands around the figure, for the phrases of one side."""
    side = where[0]
    left, right = _at(phrases.symbols, at - 1), _at(phrases.symbols, at + 1)
    return [
        side,
        f"{side}.at={left}|{right}",
        f"{side}.at_left={left}",
        f"{side}.at_right={right}",
        f"{side}.figures={min(phrases.figures_between(0, at), 3)}",
    ]


def features_of_phrase(phrases: Phrases, one: Candidate, text: str) -> list[str]:
    """A phrase of the sentence by itself: its words, and the pieces beside it."""
    pieces, symbols, side = phrases.pieces, phrases.symbols, one.where[0]
    inner = pieces[one.first : one.last]
    before, after = _at(symbols, one.first - 1), _at(symbols, one.last)
    first, last = inner[0].text, inner[-1].text
    return [
        f"{side}.left={before}",
        f"{side}.left2={_at(symbols, one.first - 2)} {before}",
        f"{side}.right={after}",
        f"{side}.beside={before}|{after}",
        f"{side}.first={symbols[one.first]}",
        f"{side}.last={symbols[one.last - 1]}",
        f"{side}.length={min(len(inner), 8)}",
        f"opens={first[:_WORD]}",
        f"closes={last[:_WORD]}",
        f"opening={first[-_ENDING:]}",
        f"ending={last[-_ENDING:]}",
        f"units={any(p.kind == 'unit' for p in inner)}{any(p.kind == 'number' for p in inner)}",
        f"of={min(sum('of' in p.kinds for p in inner), 2)}",
        f"of_beside={'of' in _kinds(pieces, one.first - 1)}{'of' in _kinds(pieces, one.last)}",
        f"capital={text[inner[0].start].isupper()}{text[inner[-1].start].isupper()}",
    ]


def features_of_pair(phrases: Phrases, sentence: Sentence, at: int, one: Candidate) -> list[str]:
    """How a phrase stands to the figure: what is between them, or how far back it was said of another."""
    if not has_pieces(one):
        return _back(phrases, sentence, at, one)
    side, symbols = one.where[0], phrases.symbols
    start, end = (one.last, at) if one.where == "before" else (at + 1, one.first)
    gap = symbols[start:end]
    path = _path(phrases, start, end)
    features = [
        f"{side}.gap={min(len(gap), 12)}",
        f"{side}.runs={min(phrases.runs_between(start, end), 5)}",
        f"{side}.ends={gap[0]} {gap[-1]}|{min(len(gap), 4)}" if gap else f"{side}.ends",
        f"{side}.frame={_at(symbols, one.first - 1)}>{' '.join(path[:2])}|{' '.join(path[-2:])}",
        *(f"{side}.in={symbol}" for symbol in set(gap)),
    ]
    if len(gap) <= _CLOSE:
        features.append(f"{side}.all={' '.join(gap)}")
    if len(path) <= _PATH:
        features.append(f"{side}.path={' '.join(path)}")
    return features


def _back(phrases: Phrases, sentence: Sentence, at: int, one: Candidate) -> list[str]:
    """Of an earlier subject or a phrase of the head line: its place, and what the sentence itself has to name."""
    side, symbols = f"{one.where[0]}{one.first}", phrases.symbols
    return [
        side,
        f"{side}.at={_at(symbols, at - 1)}|{_at(symbols, at + 1)}",
        f"{side}.follows={sentence.follows}",
        f"{side}.named={min(phrases.runs[at], 4)}",
        f"{side}.named_after={min(phrases.runs[-1] - phrases.runs[at], 4)}",
        f"{side}.topic={any('topic' in p.kinds for p in phrases.pieces[:at])}",
    ]


def _path(phrases: Phrases, start: int, end: int) -> list[str]:
    """What stands between, a noun phrase as one step, without articles and comparators."""
    path: list[str] = []
    for index in range(start, end):
        if phrases.content[index]:
            if not path or path[-1] != "N":
                path.append("N")
        elif not phrases.pieces[index].kinds & _SMALL:
            path.append(phrases.symbols[index])
    return path


def _at(symbols: Sequence[str], index: int) -> str:
    """The symbol at a place; `^` before the sentence, `$` behind it."""
    return "^" if index < 0 else symbols[index] if index < len(symbols) else "$"


def _kinds(pieces: Sequence[Piece], index: int) -> frozenset[str]:
    return pieces[index].kinds if 0 <= index < len(pieces) else frozenset()
