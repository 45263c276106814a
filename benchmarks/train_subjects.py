"""Trains what ranks the phrases that a figure could be said of: `python -m benchmarks.train_subjects`.

Reads the annotated articles that may be looked at and the cases of the language packs, and writes the weights of each
language (`subjects.tsv` of its pack) and how far they are trusted (`trust.toml` beside the ranker). Held-out articles
are not read. What the ranking says of an article it was not trained on (a fifth of them at a time) teaches the trust,
on articles that no rule for subjects was made from. Needs nothing but numpy, which spaCy brings.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.quality.articles import LANGUAGES, TRAINING, Annotated, make_record, read_set
from benchmarks.quality.likeness import overlap, same_subject
from benchmarks.quality.scoring import judge
from benchmarks.training import FOLDS, Array, as_text, descend, fold_of, rank
from extractors.indicators.contexts import Article, Named, Sentence
from extractors.indicators.find import find_indicators
from extractors.indicators.subjects import naming
from extractors.indicators.subjects.ranking.candidates import Candidate, candidates_of, is_same
from extractors.indicators.subjects.ranking.features import all_features
from extractors.indicators.subjects.ranking.ranker import TRUST, WEIGHTS, Opinion, Trust, is_known, signals
from extractors.packs import LANGUAGES as PACKS
from extractors.text import split_sentences

OPEN = (
    "development",
    "later",
    "development-3",
    "passages",
    "passages-even",
    "passages-2",
    "passages-2-even",
    "passages-3",
    "passages-3-even",
    "passages-4",
    TRAINING,
)
# No rule for subjects was made from these.
HONEST = ("passages-even", "passages-2-even", "passages-3", "passages-3-even", "passages-4", TRAINING)
_SHRINK = 1.0  # of the weights
_WEIGHTY = 3.0  # times that a figure of a whole article or a case counts
_SHRINK_TRUST = 2.0
_SHARPNESS = 4  # the phrase that is most like the annotated one counts most


@dataclass(slots=True)
class Seen:
    """A figure as the ranker meets it: its candidates with their features, which of them name a topic, and what the
    rules have found."""

    start: int
    text: str
    language: str
    candidates: Sequence[Candidate]
    features: list[list[str]]
    known: list[bool]
    rule_known: bool
    found: Named


@dataclass(slots=True)
class Example:
    """A figure with its annotation: how like the annotated subject each candidate is, whether what the rules have found
    is right, and whether comparator and direction are."""

    article: str
    seen: Seen
    honest: bool
    likeness: Array
    by_rules: bool
    rest: bool


class Watcher:
    """Stands in for the ranker, and writes down what it would see."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []

    def __call__(self, article: Article, sentence: Sentence, at: int, found: Named) -> Named:
        phrases, candidates = candidates_of(article, sentence, at)
        features = [all_features(phrases, sentence, at, one, article.text) for one in candidates]
        known = [is_known(article, one.span) for one in candidates]
        rule_known = is_known(article, found.span)
        start = sentence.pieces[at].start
        self.seen.append(
            Seen(start, article.text, article.lexicon.language, candidates, features, known, rule_known, found)
        )
        return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Trains, writes the files and prints how often each opinion is right."""
    argparse.ArgumentParser(prog="python -m benchmarks.train_subjects", description=__doc__.splitlines()[0]).parse_args(
        arguments
    )
    examples = [*_from_articles(), *_from_cases()]
    opinions: list[tuple[Example, Opinion]] = []
    for language in LANGUAGES:
        mine = [e for e in examples if e.seen.language == language]
        for fold in range(FOLDS):
            weights = train([e for e in mine if fold_of(e.article) != fold])
            opinions += [
                (e, o) for e in mine if fold_of(e.article) == fold and e.honest and (o := _opinion(weights, e))
            ]
        (PACKS / language / WEIGHTS).write_text(as_text(train(mine)), encoding="utf-8")
    trust = _train_trust(opinions)
    _write_trust(trust)
    _report(opinions, trust)
    return 0


def _from_articles() -> Iterator[Example]:
    for name in OPEN:
        for article in read_set(name):
            watcher = Watcher()
            with patch.object(naming, "settle", watcher):
                record = make_record(article)
            yield from _examples(article, record, watcher.seen, honest=name in HONEST)


def _examples(article: Annotated, record: dict[str, Any], seen: Sequence[Seen], *, honest: bool) -> Iterator[Example]:
    for verdict in judge(article.gold, record):
        gold, found = verdict.gold, verdict.found
        if verdict.measure != "percentages full" or gold is None or found is None or not gold.get("subject"):
            continue
        evidence = found["evidence"]
        one = next((s for s in seen if evidence["start"] <= s.start < evidence["end"]), None)
        if one is not None:
            rest = all(found[k] == gold.get(k, v) for k, v in (("comparator", "eq"), ("direction", "level")))
            yield _example(article.id, one, gold["subject"], honest=honest, rest=rest)


def _from_cases() -> Iterator[Example]:
    for language in LANGUAGES:
        lines = (PACKS / language / "figures.jsonl").read_text(encoding="utf-8").splitlines()
        for number, case in enumerate(map(json.loads, lines), 1):
            watcher = Watcher()
            with patch.object(naming, "settle", watcher):
                found = find_indicators(
                    case["text"],
                    sentences=split_sentences(case["text"]),
                    language=language,
                    units=(),
                    published=None,
                )
            for wanted in case["expect"]:
                one = next((i for i in found if i.kind == "percentage" and i.value == wanted["value"]), None)
                if one is None or not wanted.get("subject") or wanted.get("kind", "percentage") != "percentage":
                    continue
                seen = next((s for s in watcher.seen if one.evidence.start <= s.start < one.evidence.end), None)
                if seen is not None:
                    yield _example(f"{language}-case-{number}", seen, wanted["subject"], honest=False, rest=True)


def _example(article: str, seen: Seen, subject: str, *, honest: bool, rest: bool) -> Example:
    phrases = [seen.text[slice(*one.span)] for one in seen.candidates]
    likeness = np.array([overlap(subject, p) if same_subject(subject, p) else 0.0 for p in phrases])
    span = seen.found.span
    by_rules = same_subject(subject, seen.text[slice(*span)] if span else None)
    return Example(article, seen, honest, likeness, by_rules, rest)


def train(examples: Sequence[Example]) -> dict[str, float]:
    """The weights by feature that make the annotated subjects likeliest."""
    told = [e for e in examples if e.likeness.any()]
    right = [(e.likeness / e.likeness.max()) ** _SHARPNESS for e in told]
    figures = [(e.seen.features, row, _counts(e.article)) for e, row in zip(told, right, strict=True)]
    return rank(figures, shrink=_SHRINK)


def _counts(article: str) -> float:
    """How much a figure counts: whole articles are what the ranking is for, and the fewest; cases are to hold."""
    kind = article.split("-")[1]
    return _WEIGHTY if kind.isdecimal() or kind == "case" else 1.0


def _opinion(weights: dict[str, float], example: Example) -> Opinion | None:
    """What the ranker would say of a figure with these weights."""
    if not example.seen.candidates:
        return None
    scores = np.array([sum(weights.get(f, 0.0) for f in features) for features in example.seen.features])
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    best, span = int(shares.argmax()), example.seen.found.span
    same = np.array([span is not None and is_same(one.span, span) for one in example.seen.candidates])
    return Opinion(
        example.seen.candidates[best],
        float(shares[best]),
        float(shares[same].sum()),
        bool(same[best]),
        example.seen.known[best],
        example.seen.rule_known,
    )


def _is_right(example: Example, opinion: Opinion) -> bool:
    return bool(example.likeness[list(example.seen.candidates).index(opinion.best)] > 0)


def _train_trust(opinions: Sequence[tuple[Example, Opinion]]) -> Trust:
    """Switching is learnt where just one of the two is right, being right from what is then taken."""
    split = [(e, o) for e, o in opinions if not o.agrees and e.by_rules != _is_right(e, o)]
    switch = _regress([signals(o, e.seen.found.source) for e, o in split], [_is_right(e, o) for e, o in split])
    trust = Trust(switch, {})
    told, right = [], []
    for example, opinion in opinions:
        switched = trust.switches(opinion, example.seen.found.source)
        told.append(signals(opinion, example.seen.found.source) | {"switched": float(switched)})
        right.append(example.rest and (_is_right(example, opinion) if switched else example.by_rules))
    return Trust(switch, _regress(told, right))


def _regress(told: Sequence[dict[str, float]], right: Sequence[bool]) -> dict[str, float]:
    """The coefficients of a logistic regression."""
    names = sorted({name for row in told for name in row})
    rows = np.array([[row.get(name, 0.0) for name in names] for row in told])
    wanted = np.array(right, float)

    def gradient(weights: Array) -> Array:
        given = 1 / (1 + np.exp(-rows @ weights))
        return rows.T @ (given - wanted) + _SHRINK_TRUST * weights

    weights = descend(gradient, len(names), rate=0.05)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _write_trust(trust: Trust) -> None:
    tables = (("switch", trust.switch), ("right", trust.right))
    text = "\n".join(f"[{name}]\n" + "".join(f"{k} = {v}\n" for k, v in table.items()) for name, table in tables)
    TRUST.write_text(f"# Written by `python -m benchmarks.train_subjects`.\n\n{text}", encoding="utf-8")


def _report(opinions: Sequence[tuple[Example, Opinion]], trust: Trust) -> None:
    sums: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for example, opinion in opinions:
        switched = trust.switches(opinion, example.seen.found.source)
        right = _is_right(example, opinion)
        row = example.by_rules, right, right if switched else example.by_rules
        sums[example.seen.language].append(row)
        sums["all"].append(row)
    print("| language | figures | rules | ranking | both |\n| --- | --- | --- | --- | --- |")
    for name, rows in sums.items():
        rules, ranked, both = (sum(column) / len(rows) for column in zip(*rows, strict=True))
        print(f"| {name} | {len(rows)} | {rules:.3f} | {ranked:.3f} | {both:.3f} |")


if __name__ == "__main__":
    raise SystemExit(main())
