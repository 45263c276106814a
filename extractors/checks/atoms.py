"""The numbers of the figures of a sentence, each in the reading that the other sentence also has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.checks.figures import Figure, Number
from extractors.checks.words import count_words

__all__ = ["Atom", "known_values", "read_atoms", "without"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One number of a figure. `values` are what it can be worth, with and without an inherited scale."""

    figure: Figure
    number: Number
    values: frozenset[Decimal]
    alone: bool  # the only number of its figure


def known_values(sentence: str, figures: list[Figure], language: str) -> set[Decimal]:
    """Every value that a sentence could mean, in digits or as a word."""
    values = {n.value for figure in figures for reading in figure.readings for n in reading}
    return values.union(map(Decimal, count_words(sentence, language)))


def read_atoms(figures: list[Figure], known: Callable[[], set[Decimal]], scaled: bool) -> list[Atom]:
    """The numbers of the figures, each figure in the reading that the other side also has."""
    atoms = []
    values: set[Decimal] | None = None
    for figure in figures:
        reading = figure.readings[0]
        if len(figure.readings) > 1:
            values = known() if values is None else values
            reading = next((r for r in figure.readings if all(n.value in values for n in r)), reading)
        for number in reading:
            worth = {number.value.scaleb(figure.scale if scaled and number is reading[-1] else 0)}
            if figure.inherited:
                worth.add(number.value)
            atoms.append(Atom(figure, number, frozenset(worth), len(reading) == 1))
    return atoms


def without(atoms: list[Atom], taken: Sequence[Atom]) -> list[Atom]:
    identities = {id(atom) for atom in taken}
    return [atom for atom in atoms if id(atom) not in identities]
