"""What the trainers share: weights of features, so that the right candidate of each figure is the likeliest."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]
# The features of each candidate, how right each is (a sum above 0), how much the figure counts.
Figure = tuple[Sequence[Sequence[str]], Array, float]

FOLDS = 5
_RAREST = 2  # times that a feature is seen at least
_SMALLEST = 3  # hundredths: weights below say nothing
_STEPS = 150


def fold_of(article: str) -> int:
    """Which of the FOLDS an article is in: an article is never on both sides."""
    return zlib.crc32(article.encode()) % FOLDS


def rank(figures: Sequence[Figure], *, shrink: float) -> dict[str, float]:
    """The weights by feature that make the right candidates likeliest: a softmax over the candidates of a figure, with
    the squares of the weights held small by `shrink`."""
    counts = Counter(f for candidates, *_ in figures for features in candidates for f in set(features))
    columns = {f: i for i, f in enumerate(f for f, count in counts.items() if count >= _RAREST)}
    rows = [[columns[f] for f in features if f in columns] for candidates, *_ in figures for features in candidates]
    index = np.array([c for row in rows for c in row])
    row_of = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    sizes = np.array([len(candidates) for candidates, *_ in figures])
    figure_of = np.repeat(np.arange(len(figures)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    wanted = np.concatenate([right for _, right, _ in figures])
    wanted /= np.add.reduceat(wanted, starts)[figure_of]
    counted = np.array([much for *_, much in figures])[figure_of]

    def gradient(weights: Array) -> Array:
        scores = np.bincount(row_of, weights[index], minlength=len(rows))
        shares = np.exp(scores - np.maximum.reduceat(scores, starts)[figure_of])
        shares /= np.add.reduceat(shares, starts)[figure_of]
        pull = ((shares - wanted) * counted)[row_of]
        return np.bincount(index, pull, minlength=len(columns)) + shrink * weights

    weights = descend(gradient, len(columns))
    return {feature: float(weights[column]) for feature, column in columns.items()}


def descend(gradient: Callable[[Array], Array], size: int, rate: float = 0.1) -> Array:
    """The least of a convex function by its gradient, each step measured by the gradients so far (Adam)."""
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, _STEPS + 1):
        slope = gradient(weights)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope**2
        size_of_step = rate * min(1.0, 3 * (1 - step / (_STEPS + 1)))
        weights -= size_of_step * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def as_text(weights: dict[str, float]) -> str:
    """A line per feature with its weight in hundredths, those that say something."""
    hundredths = {feature: round(weight * 100) for feature, weight in sorted(weights.items())}
    return "".join(f"{feature}\t{weight}\n" for feature, weight in hundredths.items() if abs(weight) >= _SMALLEST)


__all__ = ["FOLDS", "Array", "Figure", "as_text", "descend", "fold_of", "rank"]
