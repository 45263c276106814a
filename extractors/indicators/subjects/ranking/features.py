"""What the ranker looks at in a phrase: its words, what stands around it, and how it stands to the figure.

A feature is a name and what is seen: "b.gap" and "4". A name begins with the side of the figure that the phrase stands
on, where that matters: `FIGURE` and the like give the names by side, and a function what is seen, in the same order. Of
a figure that does not change from phrase to phrase, nor of a phrase from figure to figure; so each is weighed once, and
only what is seen of the two together for each pair.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from extractors.indicators.contexts import Sentence
from extractors.indicators.subjects.ranking.candidates import EARLIER, Candidate, Phrases, Where

__all__ = ["BACK", "BETWEEN", "FIGURE", "PAIR", "PHRASE", "WAY", "all_features", "of_back", "of_figure", "of_pair",
           "of_phrase"]  # fmt: skip

_WORD = 14  # letters of a word that count
_ENDING = 3
_CLOSE = 3  # pieces
_PATH = 6
_SMALL = frozenset({"det", "aux", "gt", "lt", "gte", "lte", "approx"})
_BESIDE: dict[Where, str] = {"before": "b", "after": "a"}  # in the sentence, so that its words are looked at
_EARLIER = {("earlier", rank): f"e{rank}" for rank in range(1, EARLIER + 1)}
_WORDS = ("opens", "closes", "opening", "ending", "units", "of", "of_beside", "capital")  # alike on both sides
K = TypeVar("K")


def _names(sides: Mapping[K, str], *names: str) -> dict[K, tuple[str, ...]]:
    return {where: tuple(f"{side}.{name}" if name else side for name in names) for where, side in sides.items()}


FIGURE = _names({**_BESIDE, "earlier": "e", "head": "h"}, "", "at", "at_left", "at_right", "figures")
PHRASE = {
    where: (*names, *_WORDS)
    for where, names in _names(_BESIDE, "left", "left2", "right", "beside", "first", "last", "length").items()
}
PAIR = _names(_BESIDE, "gap", "runs", "ends", "frame")
BETWEEN = {where: f"{side}.in" for where, side in _BESIDE.items()}
WAY = _names(_BESIDE, "all", "path")
BACK = _names({**_EARLIER, ("head", 0): "h0"}, "", "at", "follows", "named", "named_after", "topic")


def all_features(phrases: Phrases, sentence: Sentence, at: int, one: Candidate, text: str) -> list[str]:
    """All features of a phrase for a figure, as the tables of weights name them."""
    where = one.where
    named = list(zip(FIGURE[where], of_figure(phrases, at), strict=True))
    if where in PAIR:
        pair, between, way = of_pair(phrases, at, one)
        named += zip(PHRASE[where], of_phrase(phrases, one, text), strict=True)
        named += zip(PAIR[where], pair, strict=True)
        named += ((BETWEEN[where], symbol) for symbol in between)
        named += ((name, seen) for name, seen in zip(WAY[where], way, strict=True) if seen is not None)
    else:
        named += zip(BACK[where, one.first], of_back(phrases, sentence, at), strict=True)
    return [f"{name}={seen}" for name, seen in named]


def of_figure(phrases: Phrases, at: int) -> list[str]:
    """What stands around the figure."""
    left, right = _beside(phrases.symbols, at, at + 1)
    return ["", f"{left}|{right}", left, right, str(min(phrases.figures_between(0, at), 3))]


def of_phrase(phrases: Phrases, one: Candidate, text: str) -> list[str]:
    """A phrase of the sentence by itself: the pieces beside it, and its words."""
    pieces, symbols, first, last = phrases.pieces, phrases.symbols, one.first, one.last
    inner = symbols[first:last]
    before, after = _beside(symbols, first, last)
    before_that = symbols[first - 2] if first > 1 else "^"
    opens, closes = pieces[first], pieces[last - 1]
    of_before = first > 0 and "of" in pieces[first - 1].kinds
    of_after = last < len(pieces) and "of" in pieces[last].kinds
    return [
        before,
        f"{before_that} {before}",
        after,
        f"{before}|{after}",
        inner[0],
        inner[-1],
        str(min(last - first, 8)),
        opens.text[:_WORD],
        closes.text[:_WORD],
        opens.text[-_ENDING:],
        closes.text[-_ENDING:],
        f"{'unit' in inner}{'number' in inner}",
        str(min(sum(["of" in p.kinds for p in pieces[first:last]]), 2)),
        f"{of_before}{of_after}",
        f"{text[opens.start].isupper()}{text[closes.start].isupper()}",
    ]


def of_pair(
    phrases: Phrases, at: int, one: Candidate
) -> tuple[list[str], Collection[str], tuple[str | None, str | None]]:
    """How a phrase of the sentence stands to the figure: how far, each symbol between them, and the whole way."""
    symbols = phrases.symbols
    start, end = (one.last, at) if one.where == "before" else (at + 1, one.first)
    gap = symbols[start:end]
    path = _path(phrases, start, end)
    left = symbols[one.first - 1] if one.first else "^"
    far = [
        str(min(len(gap), 12)),
        str(min(phrases.runs_between(start, end), 5)),
        f"{gap[0]} {gap[-1]}|{min(len(gap), 4)}" if gap else "",
        f"{left}>{' '.join(path[:2])}|{' '.join(path[-2:])}",
    ]
    whole = " ".join(gap) if len(gap) <= _CLOSE else None
    return far, dict.fromkeys(gap), (whole, " ".join(path) if len(path) <= _PATH else None)


def of_back(phrases: Phrases, sentence: Sentence, at: int) -> list[str]:
    """What the sentence itself has to name, for an earlier subject or a phrase of the head line."""
    runs = phrases.runs
    left, right = _beside(phrases.symbols, at, at + 1)
    named, after = min(runs[at], 4), min(runs[-1] - runs[at], 4)
    topic = any("topic" in p.kinds for p in phrases.pieces[:at])
    return ["", f"{left}|{right}", str(sentence.follows), str(named), str(after), str(topic)]


def _path(phrases: Phrases, start: int, end: int) -> list[str]:
    """What stands between, a noun phrase as one step, without articles and comparators."""
    path: list[str] = []
    content, pieces, symbols = phrases.content, phrases.pieces, phrases.symbols
    for index in range(start, end):
        if content[index]:
            if not path or path[-1] != "N":
                path.append("N")
        elif not pieces[index].kinds & _SMALL:
            path.append(symbols[index])
    return path


def _beside(symbols: Sequence[str], first: int, last: int) -> tuple[str, str]:
    """The symbols before and behind a stretch of pieces; `^` before the sentence, `$` behind it."""
    return symbols[first - 1] if first else "^", symbols[last] if last < len(symbols) else "$"
