"""Ranks what a figure could be said of, and settles it with what the rules have found.

The weights are trained by `python -m benchmarks.train_subjects` from annotated articles; a language without any keeps
to its rules. Two opinions are worth more than one: where they agree they are mostly right, and where they do not the
likelier one is taken, and the figure is said to be less sure.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, repeat
from math import exp, log
from operator import mul
from pathlib import Path
from typing import NamedTuple, TypeVar

from extractors.indicators.contexts import Article, Named, Sentence
from extractors.indicators.sentences.noun_phrases import Subject
from extractors.indicators.subjects.ranking.candidates import Candidate, Phrases, Span, candidates_of, is_same
from extractors.indicators.subjects.ranking.features import (
    BACK,
    BETWEEN,
    FIGURE,
    PAIR,
    PHRASE,
    WAY,
    of_back,
    of_figure,
    of_pair,
    of_phrase,
)
from extractors.indicators.topics.topic import topic_at
from extractors.packs import LANGUAGES

__all__ = ["Opinion", "Trust", "Weights", "is_known", "load_weights", "read_trust", "settle", "signals"]

TRUST = Path(__file__).with_name("trust.toml")
WEIGHTS = "subjects.tsv"  # of a language pack
Table = dict[str | None, float]
K = TypeVar("K")
_SIDES = {"before": "left", "after": "noun"}
_LEAST = 0.01
_CLEARLY = 1.0  # log odds: 73 % of those that differ


class Opinion(NamedTuple):
    """The likeliest phrase, how likely it is, and how likely what the rules have found: shares of 1. `known` and
    `rule_known` say which of the two names a topic."""

    best: Candidate
    likely: float
    rule: float
    agrees: bool
    known: bool
    rule_known: bool


def settle(article: Article, sentence: Sentence, at: int, found: Named) -> Named:
    """What the figure at the piece `at` is said of: what the rules have `found`, or a phrase that is likelier; and how
    likely comparator, direction and subject are all right. In a language without weights that is what was found."""
    weights = load_weights(article.lexicon.language)
    opinion = _rank(weights, article, sentence, at, found.span) if weights else None
    if opinion is None:
        return found
    trust = read_trust()
    switched = trust.switches(opinion, found.source)
    sure = trust.sure(opinion, found.source, switched=switched)
    if not switched:
        return Named(found.subject, found.span, found.source, sure)
    span = opinion.best.span
    return Named(Subject(*span, _SIDES[opinion.best.where]), span, "ranked", sure)


def _rank(weights: Weights, article: Article, sentence: Sentence, at: int, found: Span | None) -> Opinion | None:
    """What the figure is most likely said of; None where there is nothing to choose from."""
    phrases, candidates = candidates_of(article, sentence, at)
    if not candidates:
        return None
    scores = _weigh(weights, article.text, phrases, sentence, at, candidates)
    most = max(scores)
    shares = [exp(score - most) for score in scores]
    total = sum(shares)
    best = scores.index(most)
    same = [found is not None and is_same(one.span, found) for one in candidates]
    rule = sum(compress(shares, same))
    known, rule_known = (is_known(article, span) for span in (candidates[best].span, found))
    return Opinion(candidates[best], shares[best] / total, rule / total, same[best], known, rule_known)


def is_known(article: Article, span: Span | None) -> bool:
    """Whether a phrase names a topic."""
    return span is not None and topic_at(article, span) is not None


def _weigh(
    weights: Weights, text: str, phrases: Phrases, sentence: Sentence, at: int, found: Sequence[Candidate]
) -> list[float]:
    """The score of each candidate: the sum of the weights of its features."""
    around, back = of_figure(phrases, at), of_back(phrases, sentence, at)
    sides = {where: sum(_each(weights.figure[where], around)) for where in {one.where for one in found}}
    scores = []
    for one in found:
        where = one.where
        if where not in weights.pair:
            scores.append(sides[where] + sum(_each(weights.back[where, one.first], back)))
            continue
        pair, between, way = of_pair(phrases, at, one)
        each = map(weights.between[where].get, between, repeat(0.0))
        told = sum([*_each(weights.pair[where], pair), *each, *_each(weights.way[where], way)])
        key = one.first, one.last, where
        if (own := phrases.known.get(key)) is None:
            own = phrases.known[key] = sum(_each(weights.phrase[where], of_phrase(phrases, one, text)))
        scores.append(sides[where] + told + own)
    return scores


def _each(tables: Sequence[Table], seen: Sequence[str | None]) -> Iterable[float]:
    """The weight of what is seen under each name, 0 where that says nothing."""
    return map(dict.get, tables, seen, repeat(0.0))


class Weights:
    """The weights of features: for each side those of each group, a table for each name, by what is seen."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        tables: dict[str, Table] = defaultdict(dict)
        for feature, weight in weights.items():
            name, _, seen = feature.partition("=")
            tables[name][seen] = weight
        self.figure, self.phrase, self.pair, self.way = (
            _by_name(tables, group) for group in (FIGURE, PHRASE, PAIR, WAY)
        )
        self.back = _by_name(tables, BACK)
        self.between = {where: tables[name] for where, name in BETWEEN.items()}
        self.number = len(weights)

    def __len__(self) -> int:
        return self.number


def _by_name(tables: Mapping[str, Table], names: Mapping[K, Sequence[str]]) -> dict[K, tuple[Table, ...]]:
    return {where: tuple(tables[name] for name in own) for where, own in names.items()}


@cache
def load_weights(language: str) -> Weights:
    """The weights of a language; none where its pack has no such file."""
    path = LANGUAGES / language / WEIGHTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = (line.rsplit("\t", 1) for line in lines)
    return Weights({feature: int(weight) / 100 for feature, weight in rows})


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the rules and the ranking are trusted: coefficients of two logistic regressions over `signals`, one for
    taking the ranking's phrase where the two differ (`switch`), one for the figure being right (`right`)."""

    switch: Mapping[str, float]
    right: Mapping[str, float]

    def switches(self, opinion: Opinion, source: str) -> bool:
        """Whether the ranking's phrase, one of the figure's own sentence, is clearly likelier than what the rules have
        found."""
        if opinion.agrees or opinion.best.where not in _SIDES:
            return False
        return _sum(self.switch, signals(opinion, source)) > _CLEARLY

    def sure(self, opinion: Opinion, source: str, *, switched: bool) -> float:
        """How likely comparator, direction and subject of the figure are all right."""
        told = signals(opinion, source) | {"switched": float(switched)}
        return 1 / (1 + exp(-_sum(self.right, told)))


def signals(opinion: Opinion, source: str) -> dict[str, float]:
    """What both regressions look at."""
    return {
        "constant": 1.0,
        "likely": opinion.likely,
        "rule": opinion.rule,
        "margin": log((opinion.likely + _LEAST) / (opinion.rule + _LEAST)),
        "agrees": float(opinion.agrees),
        "known": float(opinion.known),
        "rule_known": float(opinion.rule_known),
        source: 1.0,
    }


def _sum(coefficients: Mapping[str, float], values: Mapping[str, float]) -> float:
    return sum(map(mul, map(coefficients.get, values, repeat(0.0)), values.values()))


@cache
def read_trust() -> Trust:
    """The coefficients as they were trained."""
    with TRUST.open("rb") as file:
        given = tomllib.load(file)
    return Trust(given["switch"], given["right"])
