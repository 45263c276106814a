"""Does a translated sentence say the figures of its source? What can be put right with certainty is."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from decimal import Decimal
from functools import lru_cache
from heapq import merge
from itertools import islice

from extractors.checks.atoms import Atom, known_values, read_atoms, without
from extractors.checks.calendars import find_changed_dates
from extractors.checks.comparators import find_changed
from extractors.checks.conventions import conventions
from extractors.checks.exchanged import find_exchanged
from extractors.checks.excuses import excuse, find_late_hours, without_romans
from extractors.checks.figures import Figure, worth, write
from extractors.checks.losses import Edit, Loss
from extractors.checks.polarity import find_denied
from extractors.checks.ranges import find_turned
from extractors.checks.ranks import find_changed_ranks
from extractors.checks.side import Side
from extractors.checks.signs import find_changed_signs
from extractors.checks.spoken import find_unspoken
from extractors.checks.timely import find_late
from extractors.checks.units import find_changed_units
from extractors.checks.ways import find_changed_ways
from extractors.types import CheckCode

__all__ = ["check_figures"]


@lru_cache(maxsize=64)
def _side(source: str, language: str) -> Side:
    return Side(source, language)  # several translations are checked against it


_MEMORY = 2048  # sentences: a text that comes again, or is tried again, is not checked again


@lru_cache(maxsize=_MEMORY)
def check_figures(source: str, translation: str, languages: tuple[str, str]) -> tuple[list[Loss], list[Edit]]:
    """What the translation lost or added of the figures, and what puts some of it right; neither is to be changed.

    A figure counts as kept where the translation has its value in digits or as a word (3: three, 7: July),
    its percent sign, its scale, and the word that bounds it (over, at most, nearly).
    """
    ours, theirs = _side(source, languages[0]), Side(translation, languages[1])
    figures = ours.figures, theirs.figures
    romans = ours.romans
    losses = find_unspoken(ours, theirs)
    if not any((*figures, romans, ours.numerals, ours.shares)):
        return [*losses, *find_changed_dates(source, theirs.calendar, ours.calendar)], []
    scaled = conventions(languages[0]) is not None and conventions(languages[1]) is not None
    wanted = read_atoms(figures[0], lambda: known_values(translation, figures[1], languages[1]), scaled)
    given = read_atoms(figures[1], lambda: known_values(source, figures[0], languages[0]), scaled)
    pairs = _pair(wanted, given)
    edits = [edit for _, b in pairs if (edit := _restyle(b, languages[1]))]
    for a, b in pairs:
        if (code := _mark_problem(a.figure, b.figure)) and not _says_thousand(a.figure, b.figure, theirs):
            edit = _mark_edit(a, b, given, languages[1])
            edits += [edit] if edit else []
            losses.append(_mark_loss(a.figure, b.figure, source, translation, code))
    figure_pairs = _with_words([(a.figure, b.figure) for a, b in pairs], ours, theirs)
    for find in _CHECKS:
        losses += [_lost(figure, source, problem) for figure, problem in find(figure_pairs, ours, theirs)]
    losses += find_changed_dates(source, theirs.calendar, ours.calendar)
    lost = without(wanted, [a for a, _ in pairs])
    added = without(given, [b for _, b in pairs])
    lost, added = excuse(lost, added, ours, theirs)
    missing, added = without_romans(romans, added, translation, languages[1])
    losses += [Loss("number_lost", start, end, source[start:end]) for start, end in missing]
    edits += _substitutions(lost, added, languages[1])
    losses += [_lost(a.figure, source) for a in lost]
    losses += [Loss("number_added", 0, len(source), _shown(a.figure, translation)) for a in added]
    return losses, edits


_CHECKS = (
    find_changed,
    find_changed_ways,
    find_changed_units,
    find_changed_ranks,
    find_turned,
    find_exchanged,
    find_late_hours,
    find_denied,
    find_late,
    find_changed_signs,
)


def _with_words(pairs: list[tuple[Figure, Figure]], ours: Side, theirs: Side) -> list[tuple[Figure, Figure]]:
    """The pairs, and those of numbers that one side or both write as words."""
    paired = [({a.start for a, _ in pairs}), ({b.start for _, b in pairs})]
    free: list[dict[Decimal, list[Figure]]] = [{}, {}]
    for side, taken, left in zip((ours, theirs), paired, free, strict=True):
        spoken = [*map(side.spoken, side.numerals), *map(side.spoken, side.shares)]
        for figure in (*spoken, *(f for f in side.figures if f.start not in taken)):
            left.setdefault(worth(figure), []).append(figure)
    more = [pair for value, found in free[0].items() for pair in zip(found, free[1].get(value, ()), strict=False)]
    return sorted([*pairs, *more], key=lambda pair: pair[0].start)


def _pair(wanted: list[Atom], given: list[Atom]) -> list[tuple[Atom, Atom]]:
    """Which number of the translation is which of the source: same value, same mark first, then in order."""
    pairs: list[tuple[Atom, Atom]] = []
    by_value: dict[Decimal, OrderedDict[int, Atom]] = {}
    for at, other in enumerate(given):
        for value in other.values:
            by_value.setdefault(value, OrderedDict())[at] = other
    left = list(wanted)
    for strict in (True, False):
        rest = []
        for atom in left:
            free = islice(merge(*(by_value[value] for value in atom.values if value in by_value)), _CANDIDATES)
            fits = (at for at in free if not strict or not _mark_problem(atom.figure, given[at].figure))
            first = next(fits, None)
            if first is None:
                rest.append(atom)
                continue
            pairs.append((atom, given[first]))
            for value in given[first].values:
                by_value[value].pop(first)
        left = rest
    return pairs


_CANDIDATES = 64  # numbers of one value that are looked at for the one with the same mark


def _mark_problem(a: Figure, b: Figure) -> CheckCode | None:
    """Percent signs: a sign of the source's own must be there, one that the source lacks must not."""
    if a.mark == b.mark or (a.inherited and not b.mark) or (a.mark, b.mark) == ("pp", "points"):
        return None
    if a.mark in {"%", "‰", "pp"}:
        return "percentage_lost"
    return "number_added" if b.mark == "%" and not b.inherited else None


def _says_thousand(a: Figure, b: Figure, theirs: Side) -> bool:
    """11‰ as 11 of a thousand."""
    return a.mark == "‰" and not b.mark and (theirs.words[1000] + theirs.digits[Decimal(1000)] > 0)


def _mark_loss(a: Figure, b: Figure, source: str, translation: str, code: CheckCode) -> Loss:
    detail = f"{_shown(a, source)} became {_shown(b, translation)}"
    return Loss(code, a.start, a.end, detail)


def _mark_edit(a: Atom, b: Atom, given: list[Atom], language: str) -> Edit | None:
    """A lost percent sign is put behind its number, where no other number of the sentence has that value."""
    if a.figure.mark != "%" or b.figure.mark != "" or sum(bool(a.values & other.values) for other in given) > 1:
        return None
    sign = "%" if language in {"en", "vi", "pt", "zh", "ja", "ko"} else "\u00a0%"
    return Edit(b.figure.end, b.figure.end, sign)


def _restyle(b: Atom, language: str) -> Edit | None:
    """The right number in the wrong format (64,5 in English) is written anew."""
    if b.figure.styled or not b.alone or conventions(language) is None:
        return None
    return Edit(b.figure.start, b.figure.end, write(b.number, language))


def _substitutions(lost: list[Atom], added: list[Atom], language: str) -> list[Edit]:
    """What the lost numbers are to replace: the number with their digits, in this order or another."""
    if conventions(language) is None:
        return []
    edits = []
    same = {_digits(other): other for other in added}
    often = [Counter(map(_digits, atoms)) for atoms in (lost, added)]
    for atom in lost:
        digits = _digits(atom)
        if often[0][digits] == often[1][digits] == 1:
            place = same[digits]
        elif len(lost) == len(added) == 1 and _alike(atom, added[0]):
            place = added[0]
        else:
            continue
        if (
            place.alone
            and atom.alone
            and (atom.figure.scale, atom.figure.mark) == (place.figure.scale, place.figure.mark)
        ):
            edits.append(Edit(place.figure.start, place.figure.end, write(atom.number, language)))
    return edits


def _alike(a: Atom, b: Atom) -> bool:
    """Digits in another order: the one is what became of the other.

    Other digits may say the same otherwise (95% reached: 5% short), and so may the rest of a hundred (54.5 and 45.5).
    """
    return sorted(_digits(a)) == sorted(_digits(b)) and a.number.value + b.number.value != _WHOLE


_WHOLE = 100  # per cent


def _digits(atom: Atom) -> str:
    return atom.number.integer + atom.number.fraction


def _lost(figure: Figure, source: str, how: str = "") -> Loss:
    code: CheckCode = "percentage_lost" if figure.mark in {"%", "pp"} and not figure.inherited else "number_lost"
    shown = _shown(figure, source)
    return Loss(code, figure.start, figure.end, f"{shown}: {how}" if how else shown)


_TAIL = re.compile(r"[^\W\d_]*[\s\u00a0\u202f]?(?:%|[^\W\d_]+)?")


def _shown(figure: Figure, sentence: str) -> str:
    """The figure with the word behind it, for a reader."""
    tail = _TAIL.match(sentence, figure.end)
    return (sentence[figure.start : figure.end] + (tail.group() if tail else "")).strip()
