"""A set of articles measured: sums by language and over all, one article's record at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.quality.articles import LANGUAGES, Annotated
from benchmarks.quality.codes import NO_SHARE, SHARES, Share, measure_shares
from benchmarks.quality.likeness import Fact
from benchmarks.quality.scoring import MEASURES, Tally, Verdict, judge, tally


@dataclass(frozen=True, slots=True)
class Judged:
    """An article with the verdicts on its record."""

    article: Annotated
    verdicts: list[Verdict]
    shares: dict[str, Share]


@dataclass(slots=True)
class Figures:
    """The measures and shares of a group of articles."""

    measures: dict[str, Tally] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, float, float | None, float | None, int]]:
        """Measure, precision, recall, F1 and n; of a share only its value, as precision."""
        for name, total in self.measures.items():
            yield name, total.precision, total.recall, total.f1, total.n
        for name, share in self.shares.items():
            yield name, share.value, None, None, share.n


def judge_all(articles: Iterable[Annotated], make: Callable[[Annotated], Fact]) -> list[Judged]:
    """The verdicts on the record that `make` makes of each article."""
    judged = []
    for article in articles:
        verdicts = judge(article.gold, make(article))
        judged.append(Judged(article, verdicts, measure_shares(article.gold, verdicts)))
    return judged


def sum_up(judged: Iterable[Judged]) -> dict[str, Figures]:
    """The figures of all articles together (`all`) and of each language that there is."""
    judged = list(judged)
    groups = {"all": judged}
    groups |= {language: [j for j in judged if j.article.language == language] for language in LANGUAGES}
    return {name: _figures(group) for name, group in groups.items() if group}


def _figures(group: list[Judged]) -> Figures:
    shares = {name: sum((j.shares[name] for j in group), NO_SHARE) for name in SHARES}
    return Figures(tally(v for j in group for v in j.verdicts), {name: s for name, s in shares.items() if s.n})


def as_table(figures: dict[str, Figures]) -> str:
    """A row a measure: precision, recall, F1 and n of all, then F1 of each language."""
    languages = [name for name in figures if name != "all"]
    head = ["measure", "P", "R", "F1", "n", *languages]
    rows = []
    for name in MEASURES:
        if total := figures["all"].measures.get(name):
            cells = [_figure(f.measures[name].f1) if name in f.measures else "" for f in _of(figures, languages)]
            ratios = (total.precision, total.recall, total.f1)
            rows.append([name, *map(_figure, ratios), str(total.n), *cells])
    for name in SHARES:
        if share := figures["all"].shares.get(name):
            cells = [_figure(f.shares[name].value) if name in f.shares else "" for f in _of(figures, languages)]
            rows.append([name, _figure(share.value), "", "", str(share.n), *cells])
    return markdown([head, *rows])


def _of(figures: dict[str, Figures], languages: list[str]) -> list[Figures]:
    return [figures[language] for language in languages]


def _figure(value: float) -> str:
    return f"{value:.3f}"


def markdown(rows: list[list[str]]) -> str:
    """A Markdown table, its columns aligned; the first row is the head.

    >>> print(markdown([["a", "b"], ["long", "1"]]))
    | a    | b |
    | ---- | - |
    | long | 1 |
    """
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(figures: dict[str, Figures]) -> dict[str, Any]:
    """By group and measure: precision, recall, F1 and n."""
    return {
        group: {
            name: {"precision": _rounded(p), "recall": _rounded(r), "f1": _rounded(f1), "n": n}
            for name, p, r, f1, n in total.rows()
        }
        for group, total in figures.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
