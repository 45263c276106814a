"""Which unit a figure is about: the one that most speaks for, by weights trained on annotated articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from extractors.indicators.abouts.namings import Naming, find_namings
from extractors.indicators.abouts.signals import Scene, signals_of
from extractors.indicators.abouts.units import KnownUnits
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import next_figure, previous_figure
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.types import Unit

__all__ = ["WEIGHTS", "Units", "choose", "read_weights"]

WEIGHTS = Path(__file__).with_name("weights.tsv")
_MOST_LISTED = 20  # figures of one list
_OPENING = 2  # pieces before a figure that opens its sentence
_SMALL = 2  # articles and prepositions before a unit


class Units:
    """The units of an article, asked for the one that a figure is about."""

    def __init__(self, units: Sequence[Unit], lower: str, lexicon: FigureLexicon) -> None:
        self._known = KnownUnits(units, lower)
        self._lower = lower
        self._lexicon = lexicon
        self._namings: tuple[Sequence[Piece], list[Naming]] = ((), [])  # of the sentence asked for last
        self.mentions = self._known.mentions

    def find(self, pieces: Sequence[Piece], at: int, before: str | None, last: tuple[str | None, int]) -> str | None:
        """The id of the likeliest unit.

        `before` is the unit of the figure before in the sentence, `last` that of the last figure of the sentences
        before, with the place where it ends.
        """
        if not self.mentions:
            return None
        if certain := _paired(pieces, at) or _behind_opening(pieces, at):
            return certain
        return choose(self.signals(pieces, at, before, last), read_weights())

    def signals(
        self, pieces: Sequence[Piece], at: int, before: str | None, last: tuple[str | None, int]
    ) -> dict[str, list[str]]:
        """The units that the figure may be about, each with what speaks for it."""
        if self._namings[0] is not pieces:
            self._namings = pieces, find_namings(pieces, self._known, self._lexicon)
        start = pieces[0].start
        paragraph, whole = self._known.of_paragraph(start)
        near = last[1] > self._lower.rfind("\n", 0, start)
        scene = Scene(pieces, at, self._namings[1], paragraph, whole, before, last[0], near)
        return signals_of(scene, self._known)


def choose(signals: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> str | None:
    """The unit whose signals weigh most, the first of equals."""
    scores = {unit: sum(weights.get(signal, 0.0) for signal in told) for unit, told in signals.items()}
    return max(scores, key=scores.__getitem__, default=None)


@cache
def read_weights() -> Mapping[str, float]:
    """The weights by signal, as `python -m benchmarks.train_abouts` has written them."""
    rows = (line.rsplit("\t", 1) for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
    return {signal: int(weight) / 100 for signal, weight in rows}


def _behind_opening(pieces: Sequence[Piece], at: int) -> str | None:
    """The unit behind the comma of a figure that opens its sentence: "With 88 %, the district of A comes first"."""
    if at > _OPENING or any(p.kind not in ("word", "cue") for p in pieces[:at]):
        return None
    behind = pieces[at + 1 : at + 3 + _SMALL]
    if not behind or behind[0].text != ",":
        return None
    first = next((p for p in behind[1:] if not p.kinds & {"det", "prep", "of"}), None)
    return str(first.ref) if first is not None and first.kind == "unit" else None


def _paired(pieces: Sequence[Piece], at: int) -> str | None:
    """The unit in the same place of a list before a list of figures: "A, B and C reached 1 %, 2 % and 3 %"."""
    group = [at]
    while (
        len(group) <= _MOST_LISTED
        and (left := previous_figure(pieces, group[0])) >= 0
        and _joined(pieces[left + 1 : group[0]])
    ):
        group.insert(0, left)
    while (
        len(group) <= _MOST_LISTED
        and (right := next_figure(pieces, group[-1])) < len(pieces)
        and _joined(pieces[group[-1] + 1 : right])
    ):
        group.append(right)
    if not 1 < len(group) <= _MOST_LISTED:
        return None
    floor = previous_figure(pieces, group[0])
    listed = [str(p.ref) for p in pieces[floor + 1 : group[0]] if p.kind == "unit"]
    listed = listed[-len(group) :]
    return listed[group.index(at)] if len(listed) == len(group) else None


def _joined(between: Sequence[Piece]) -> bool:
    return len(between) <= 3 and all(
        (p.kind == "mark" and p.text in ",.") or p.kinds & {"conj", "respectively"} for p in between
    )
