"""What explains a number of one side by other words of the other: a third, all, 2020–25."""

from __future__ import annotations

import re
from collections import Counter

from extractors.checks.atoms import Atom, without
from extractors.checks.conventions import conventions

__all__ = ["explain_shares", "explain_wholes", "explain_years"]

_WORD = re.compile(r"[^\W_]+")


def explain_shares(atoms: list[Atom], sentences: tuple[str, str], language: str, words: Counter[int]) -> list[Atom]:
    """Without the fractions (3/4) that the other sentence says in words; these are taken off the `words` it has."""
    rules = conventions(language)
    if not rules or not atoms or "/" not in sentences[0]:
        return atoms
    tokens = [word.lower() for word in _WORD.findall(sentences[1])]
    fractions = [at for at, word in enumerate(tokens) if word in rules.fractions]
    spoken: set[tuple[int, int]] = set()
    for upper, lower in _ratios(atoms, sentences[0]):
        above, below = int(sentences[0][upper[0] : upper[1]]), int(sentences[0][lower[0] : lower[1]])
        for at in fractions:
            word = tokens[at]
            before = tokens[at - 1] if at else ""
            said = {int(before)} if before.isdecimal() else rules.words.get(before, frozenset())
            if rules.fractions.get(word) != below or not (
                above in said or (above == 1 and not any(v > 1 for v in said))
            ):
                continue
            fractions.remove(at)
            words.subtract([below] if above == 1 else [above, below])
            spoken |= {upper, lower}
            break
    return [atom for atom in atoms if (atom.figure.start, atom.figure.end) not in spoken]


_RATIO = re.compile(r"(?<![\d/.,])(\d{1,3}) ?/ ?(\d{1,3})(?![\d/]|[.,]\d)")


def _ratios(atoms: list[Atom], sentence: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The fractions of a sentence whose lower number is among the atoms."""
    places = {(atom.figure.start, atom.figure.end) for atom in atoms}
    return [(m.span(1), m.span(2)) for m in _RATIO.finditer(sentence) if {m.span(1), m.span(2)} & places]


def explain_wholes(atoms: list[Atom], sentences: tuple[str, str], languages: tuple[str, str]) -> list[Atom]:
    """Without 100% and the goal of 12/12, as often as the other sentence says "all" where this one does not."""
    ours, theirs = (conventions(language) for language in languages)
    if not atoms or not ours or not theirs or not ours.whole or not theirs.whole:
        return atoms
    said_whole = len(theirs.whole.findall(sentences[1]))
    spare = said_whole - len(ours.whole.findall(sentences[0]))
    places = {(atom.figure.start, atom.figure.end) for atom in atoms}
    met = {
        next(iter({m.span(1), m.span(2)} & places))
        for m in _RATIO.finditer(sentences[0])
        if m[1] == m[2] and len({m.span(1), m.span(2)} & places) == 1
    }
    goals = [atom for atom in atoms if (atom.figure.start, atom.figure.end) in met]
    hundreds = [atom for atom in atoms if atom.figure.mark == "%" and atom.number.value == _HUNDRED]
    return without(atoms, [*goals[:said_whole], *hundreds[: max(0, spare)]])


_HUNDRED = 100


_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-–—/]\s?(\d\d)(?![\d/]|[.,-]\d)")


def explain_years(long: list[Atom], short: list[Atom], sentence: str) -> tuple[list[Atom], list[Atom]]:
    """Without the years that the `sentence` of the short ones has in two digits: 2020–25."""
    for match in _YEARS.finditer(sentence):
        year = int(match[1][:2] + match[2])
        ours = [atom for atom in long if atom.number.value == year and not atom.figure.mark][:1]
        theirs = [atom for atom in short if (atom.figure.start, atom.figure.end) == match.span(2)]
        if ours and theirs:
            long, short = without(long, ours), without(short, theirs)
    return long, short
