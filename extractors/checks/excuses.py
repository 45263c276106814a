"""What explains a number that one side of a translation has in digits and the other has not: words, Roman numerals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.checks.atoms import Atom, without
from extractors.checks.conventions import conventions
from extractors.checks.conversions import is_converted
from extractors.checks.equivalents import explain_shares, explain_wholes, explain_years
from extractors.checks.figures import Figure, is_year
from extractors.checks.side import Side
from extractors.checks.words import count_words, find_romans
from extractors.idioms import find_idioms

__all__ = ["excuse", "find_late_hours", "without_romans"]


def excuse(lost: list[Atom], added: list[Atom], source: Side, target: Side) -> tuple[list[Atom], list[Atom]]:
    """Leaves out what the other side writes as a word, more often than its own side does."""
    if not lost and not added:
        return lost, added
    sentences, languages = (source.text, target.text), (source.language, target.language)
    romans = Counter(value for _, _, value in source.romans)  # `without_romans` looks after these
    said, unsaid = target.words - source.words, source.words - romans - target.words
    lost, added = (
        [a for a in atoms if not a.values & side.idioms] for atoms, side in ((lost, target), (added, source))
    )
    lost = _spelled_out(explain_shares(lost, sentences, languages[1], said), said)
    added = _spelled_out(explain_shares(added, sentences[::-1], languages[0], unsaid), unsaid)
    lost = explain_wholes(lost, sentences, languages)
    added = explain_wholes(added, sentences[::-1], languages[::-1])
    lost, added = explain_years(lost, added, sentences[1])
    added, lost = explain_years(added, lost, sentences[0])
    lost = [atom for atom in lost if not (atom.alone and is_converted(source, atom.figure, target))]
    added = [atom for atom in added if not (atom.alone and is_converted(target, atom.figure, source))]
    lost, added = _afternoon(lost, added, sentences[1])
    added, lost = _afternoon(added, lost, sentences[0])
    lost, added = _half_years(lost, sentences, languages), _half_years(added, sentences[::-1], languages[::-1])
    lost, added = _halved(lost, target), _halved(added, source)
    lost, added = _as_shares(lost, source, target), _as_shares(added, target, source)
    lost, added = _of_dates(lost, source, target), _of_dates(added, target, source)
    return _sums(lost, added), _sums(added, lost)


def _halved(atoms: list[Atom], other: Side) -> list[Atom]:
    """Without what the other side says with a half: half a point, two and a half."""
    if not other.spells_half:
        return atoms
    said = [
        a
        for a in atoms
        if a.number.value % 1 == _HALF
        and (a.number.value < _TWO or other.undated[int(a.number.value)] or other.digits[a.number.value - _HALF])
    ]
    return without(atoms, said)


def _as_shares(atoms: list[Atom], one: Side, other: Side) -> list[Atom]:
    """66% is two thirds, where that side has no such words too."""
    shares = [100 * share.upper / share.lower for share in other.shares[len(one.shares) :]]
    shares += [100 * part.value / whole.value for part, whole in other.ratios]
    shares += [100 / whole for whole in other.one_of]
    said = [a for a in atoms if a.figure.mark == "%" and any(abs(float(a.number.value) - s) < 1 for s in shares)]
    return without(atoms, said)


def _of_dates(atoms: list[Atom], one: Side, other: Side) -> list[Atom]:
    """From 3/8 to 7/8 is from 3 to 7 August, 31 August the end of it, and 2022 the year before 2023."""
    known: list[Atom] = []
    if not atoms:
        return atoms
    before, ends = _speaks_of_year_before(other), _END.search(other.text) is not None
    for atom in atoms:
        if is_year(atom.figure) and other.digits[atom.number.value + 1] and before:
            known.append(atom)
        elif one.is_date(atom.figure):
            value = int(atom.number.value)
            ended = value >= _LAST_DAYS and ends and one.calendar.months <= other.calendar.months
            ended |= any(
                value in days and word.search(other.text) and one.calendar.months <= other.calendar.months
                for days, word in _PARTS
            )
            month = value in one.calendar.months & other.calendar.months and value not in one.calendar.named
            if month or ended:
                known.append(atom)
    return without(atoms, known)


def _speaks_of_year_before(side: Side) -> bool:
    return any(key == "same_period" for _, _, key in side.concepts)


_HALF, _TWO = Decimal("0.5"), 2
_LAST_DAYS = 28
# 15 June is the middle of the month, the first its start.
_PARTS = (
    (range(13, 18), re.compile(r"\b(?:mid|middle|mitte|mi|milieu|giữa|meados|mediados)\b", re.IGNORECASE)),
    (
        range(1, 3),
        re.compile(r"\b(?:start|beginning|early|anfang|beginn|début|đầu|início|inicio|principios)\b", re.IGNORECASE),
    ),
)
_END = re.compile(r"\b(?:end|ende|fin|cuối|hết|fim|finales|final)\b", re.IGNORECASE)


def _spelled_out(atoms: list[Atom], words: Counter[int]) -> list[Atom]:
    left = []
    for atom in atoms:
        value = next((int(v) for v in atom.values if v == v.to_integral() and words[int(v)] > 0), None)
        if value is None:
            left.append(atom)
        else:
            words[value] -= 1
    return left


_CLOCK = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
_PM = re.compile(r"(?:[:.]\d\d)?\s?p\.?m\b", re.IGNORECASE)
_LATE = re.compile(
    r"p\.?m\b|noon|afternoon|evening|night|chiều|tối|trưa|đêm|mittag|abend|nacht|midi|soir|nuit|tarde|noite|noche",
    re.IGNORECASE,
)
_NOON = 12


def find_late_hours(pairs: Sequence[tuple[Figure, Figure]], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """Hours of the morning that became hours of the afternoon: 5h40 is no 5:40 p.m."""
    if not _CLOCK.search(target.text) or _LATE.search(source.text):
        return
    for ours, theirs in pairs:
        if theirs.readings[0][0].value < _NOON and _PM.match(target.text, theirs.end):
            yield ours, "p.m. is added"


def _afternoon(late: list[Atom], early: list[Atom], sentence: str) -> tuple[list[Atom], list[Atom]]:
    """Without the hours after noon that the other `sentence` counts from noon on: 14 giờ is 2 p.m."""
    if not late or not early or not _CLOCK.search(sentence):
        return late, early
    hours: dict[Decimal, list[Atom]] = {}
    for other in early:
        if _PM.match(sentence, other.figure.end):
            hours.setdefault(min(other.values) + _NOON, []).append(other)
    same = [(atom, hours[min(atom.values)].pop()) for atom in late if hours.get(min(atom.values))]
    return without(late, [a for a, _ in same]), without(early, [b for _, b in same])


def _counts_months(sentence: str, end: int, language: str) -> bool:
    rules = conventions(language)
    return bool(rules and rules.month and rules.month.match(sentence, end))


def _half_years(atoms: list[Atom], sentences: tuple[str, str], languages: tuple[str, str]) -> list[Atom]:
    """6 tháng đầu năm is the first half of the year."""
    if not count_words(sentences[1], languages[1])[50]:
        return atoms
    months = [a for a in atoms if a.number.value == 6 and _counts_months(sentences[0], a.figure.end, languages[0])]
    return without(atoms, months)


def _sums(atoms: list[Atom], others: list[Atom]) -> list[Atom]:
    """8 tỷ 500 triệu is 8.5 billion: what a sum of the one side or the other explains is left out."""
    explained = []
    for side, whole in ((atoms, others), (others, atoms)):
        for one, rest in pairwise(side):
            if one.figure.scale > rest.figure.scale > 0:
                total = max(one.values) + max(rest.values)
                explained += [atom for w in whole if total in w.values for atom in (one, rest, w)]
    return without(atoms, explained)


def without_romans(
    romans: list[tuple[int, int, int]], added: list[Atom], translation: str, language: str
) -> tuple[list[tuple[int, int]], list[Atom]]:
    """The Roman numerals of the source that the translation has neither as such nor in digits nor as a word."""
    if not romans:
        return [], added
    given = Counter(value for _, _, value in find_romans(translation)) + count_words(translation, language)
    given.update(int(value) for value in find_idioms(translation, language))
    missing = []
    for start, end, value in romans:
        digits = [atom for atom in added if Decimal(value) in atom.values]
        if given[value] > 0:
            given[value] -= 1
        elif digits:
            added = without(added, digits[:1])
        else:
            missing.append((start, end))
    return missing, added
