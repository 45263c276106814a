"""Trains what chooses the unit that a figure is about: `python -m benchmarks.train_abouts`.

Reads the annotated articles that may be looked at (held-out ones are not read) and writes `weights.tsv` in
`extractors/indicators/abouts/`. Prints how often the choice is right for articles that it was not trained on, a fifth
of them at a time. Needs nothing but numpy, which spaCy brings.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from unittest.mock import patch

import numpy as np

from benchmarks.quality.articles import HELD_OUT, SETS, TRAINING, Annotated, make_record, read_set
from benchmarks.quality.likeness import SAME_UNIT, Fact, names, overlap
from benchmarks.quality.measuring import markdown
from benchmarks.quality.scoring import judge
from benchmarks.training import FOLDS, as_text, fold_of, rank
from extractors.indicators.abouts.choice import WEIGHTS, Units, choose
from extractors.indicators.sentences.clauses import Piece

_ROUNDS = 4  # the first without weights: the choice for a figure depends on those before it, and settles
# Of the weights; how much a figure counts. Among the values that right answers of the folds hardly tell apart, those
# with which every floor holds.
_SHRINK = 16.0
_ARTICLES, _PASSAGES, _TRAINING = 6.0, 1.0, 1.0

_Signals = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Example:
    """A figure: what speaks for each unit, and which of them are the annotated one."""

    set: str
    article: str
    signals: _Signals
    right: frozenset[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, writes the weights and prints how often the choice is right."""
    argparse.ArgumentParser(prog="python -m benchmarks.train_abouts", description="Train `about`.").parse_args(
        arguments
    )
    weights: dict[str, float] = {}
    examples: list[Example] = []
    for _ in range(_ROUNDS):
        examples = list(_read(weights))
        weights = train(examples)
    WEIGHTS.write_text(as_text(weights), encoding="utf-8")
    _report(examples)
    return 0


def _read(weights: Mapping[str, float]) -> Iterator[Example]:
    """The figures of the open sets; `weights` choose for the figures before one, where there are any."""
    for name in (*SETS, TRAINING):
        if name.startswith(HELD_OUT):
            continue
        for article in read_set(name):
            seen: dict[int, _Signals] = {}

            def watch(
                units: Units,
                pieces: Sequence[Piece],
                at: int,
                before: str | None,
                last: tuple[str | None, int],
                seen: dict[int, _Signals] = seen,
            ) -> str | None:
                seen[pieces[at].start] = told = units.signals(pieces, at, before, last)
                return choose(told, weights)

            with patch.object(Units, "find", watch):
                record = make_record(article)
            yield from _examples(name, article, record, seen)


def _examples(name: str, article: Annotated, record: Fact, seen: Mapping[int, _Signals]) -> Iterator[Example]:
    spellings = {spelling: names(unit) for unit in article.gold["units"] for spelling in names(unit)}
    found_names = {unit["id"]: unit["name"] for unit in record.get("units", ())}
    for verdict in judge(article.gold, record):
        if verdict.measure != "about" or verdict.gold is None or verdict.found is None:
            continue
        evidence = verdict.found["evidence"]
        told = next((s for start, s in seen.items() if evidence["start"] <= start < evidence["end"]), {})
        wanted = spellings.get(verdict.gold["about"], [verdict.gold["about"]])
        right = (u for u in told if max(overlap(w, found_names.get(u, "")) for w in wanted) >= SAME_UNIT)
        yield Example(name, article.id, told, frozenset(right))


def train(examples: Sequence[Example]) -> dict[str, float]:
    """The weights by signal that make the annotated units likeliest."""
    told = [e for e in examples if e.right]
    right = [np.array([float(unit in e.right) for unit in e.signals]) for e in told]
    figures = [(list(e.signals.values()), row, _counts(e)) for e, row in zip(told, right, strict=True)]
    return rank(figures, shrink=_SHRINK)


def _counts(example: Example) -> float:
    """How much a figure counts: whole articles are what the choice is for, and the fewest; training passages are the
    most, and their units are not annotated."""
    if example.set == TRAINING:
        return _TRAINING
    return _PASSAGES if "passages" in example.set else _ARTICLES


def _report(examples: Sequence[Example]) -> None:
    hits: dict[str, list[bool]] = defaultdict(list)
    for fold in range(FOLDS):
        weights = train([e for e in examples if fold_of(e.article) != fold])
        for one in examples:
            if fold_of(one.article) == fold:
                hits[one.set].append(choose(one.signals, weights) in one.right)
    hits["all"] = [hit for row in hits.values() for hit in row]
    rows = [[name, str(len(row)), f"{sum(row) / len(row):.3f}"] for name, row in hits.items()]
    print(markdown([["set", "figures", "right"], *rows]))


if __name__ == "__main__":
    raise SystemExit(main())
