"""What a figure counts or measures, and whether its translation counts or measures something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.checks.figures import Figure, is_year, worth
from extractors.checks.function_words import word_list
from extractors.checks.side import Side
from extractors.concepts import Concept, concepts

__all__ = ["find_changed_units", "is_dated", "unit_of"]

_Pair = tuple[Figure, Figure]
_NEAR = 3  # words between a figure and what it counts: 125 poor ethnic households
_AROUND = 6  # words on either side of a figure in which the right word excuses another
_GENERAL = frozenset({"person", "household"})


def find_changed_units(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The figures of the source that have another unit in the translation, and how: 5 tonnes became 5 kilos.

    The same unit converted has another number, so that a pair of equal numbers with two units of one kind is wrong.
    """
    if not source.concepts or not target.concepts:
        return
    for a, b in pairs:
        ours, theirs = unit_of(source, a), unit_of(target, b)
        if is_year(a) and is_dated(source, a) and not is_dated(target, b) and _counts(target, b):
            yield a, "a year became a number"
        elif ours and theirs and not _agree(ours, theirs) and not _is_near(target, b, ours):
            same = [d for c, d in pairs if d is not b and worth(c) == worth(a)]
            if not any(unit_of(target, d) == ours for d in same):
                yield a, f"{ours.key} became {theirs.key}"
        elif ours is None and theirs and theirs.kind == "money" and not _speaks_of(source, theirs):
            yield a, f"{theirs.key} is added"
        times = _rate_of(source, a), _rate_of(target, b)
        if None not in times and times[0] != times[1]:
            yield a, f"a {times[0]} became a {times[1]}"
    yield from _changed_rates(pairs, source, target)


def _speaks_of(side: Side, money: Concept) -> bool:
    """Whether a currency, or any sign that the table lacks, stands in a sentence."""
    return any(key == money.key for _, _, key in side.concepts) or any(sign in side.text for sign in "$€£¥")


_PER = frozenset("/ a an per each every mỗi một pro je im par por ao al cada".split())  # noqa: SIM905
_AFTER = 4  # words behind a figure in which its "per" stands


def _rate_of(side: Side, figure: Figure) -> str | None:
    """The time in which a figure comes once: 0.5 % a month."""
    behind = side.word_behind(figure)
    for at in range(behind, min(behind + _AFTER, len(side.tokens) - 1)):
        word = side.tokens[at].text
        if word in _PER:
            for key in side.concept_at(at + 1):
                if key in concepts() and concepts()[key].kind == "time":
                    return key
        elif word in _APART or word[0].isdigit():
            return None
    return None


def is_dated(side: Side, figure: Figure) -> bool:
    """Whether a year stands where years do: in 2024, năm 2024."""
    at = side.word_at(figure)
    before = side.tokens[at - 1].text if at else ""
    months = side.rules.months if side.rules else {}
    return side.is_date(figure) or not before or before in word_list("year") or before in months


def _counts(side: Side, figure: Figure) -> bool:
    """Whether a bare number may count the noun behind it; German nouns have a capital."""
    if unit_of(side, figure) is not None:
        return True
    if side.language != "de":
        return side.has_noun(figure) and not _OF_YEAR.search(side.text, max(0, figure.start - _OWNER), figure.start)
    behind = side.tokens[side.word_behind(figure) :][:1]
    return any(side.text[word.start].isupper() for word in behind)


def unit_of(side: Side, figure: Figure) -> Concept | None:
    """The measure right at a figure, or what it counts; None for ranks and dates."""
    if side.is_date(figure) or side.is_rank(figure):
        return None
    if figure.mark:
        return _whole_of(side, figure)
    first = side.word_at(figure)
    for key in side.concept_at(first - 1) if side.tokens[first - 1].text not in _BEHIND else ():
        if key in concepts() and concepts()[key].kind == "money":
            return concepts()[key]
    at = behind = side.word_behind(figure)
    while at < min(behind + _NEAR, len(side.tokens)):
        word = side.tokens[at].text
        if word in _SKIPPED and at == behind:
            behind += 1
        elif found := _at(side, at):
            return found if not found.is_measure or at <= behind + 1 else None
        elif word in word_list("ends_unit") or not word[0].isalpha() or (side.rules and word in side.rules.numbers):
            return None
        at += 1
    return None


def _whole_of(side: Side, figure: Figure) -> Concept | None:
    """The counted things of which a percentage is a share: 75% of households."""
    at = side.word_behind(figure)
    while at < len(side.tokens) and (side.tokens[at].text in _OF_WHOLE or side.tokens[at].text in word_list("small")):
        at += 1
    found = _at(side, at)
    return found if found and not found.is_measure else None


_OF_YEAR = re.compile(r"\b(?:its|their|his|her|sein\w*|ihr\w*|son|sa|ses|leurs?|seus?|suas?|sus?)\s\Z", re.IGNORECASE)
_OWNER = 12  # characters before a year in which whose it is stands
_BEHIND = frozenset({"đồng", "dong", "dongs"})  # never before its figure: hợp đồng 3 tháng is a contract
_OF_WHOLE = frozenset("% percent per cent prozent pour cent por cento phần trăm số tổng all alle tous todos".split())  # noqa: SIM905


def _at(side: Side, at: int) -> Concept | None:
    """The measure or thing that begins with a word, but for the first part of a compound and a genitive."""
    for end, key in side.meanings.get(at, ()):
        if key in concepts() and concepts()[key].kind != "subject":
            mark = side.tokens[end].text if end + 1 < len(side.tokens) else ""
            other = mark == "'" or (mark == "-" and side.tokens[end + 1].text.isalpha())
            return None if other and not concepts()[key].is_measure else concepts()[key]
    return None


_SKIPPED = frozenset({"-", "of", "de", "d", "'", "million", "billion"})
_APART = frozenset(",;:.")


def _agree(a: Concept, b: Concept) -> bool:
    if a.key == b.key:
        return True
    if a.is_measure or b.is_measure:
        return False
    if a.like.startswith("~") or b.like.startswith("~"):
        return True
    return a.like == b.like and bool({a.key, b.key} & _GENERAL)


def _is_near(side: Side, figure: Figure, wanted: Concept) -> bool:
    """Whether the right word stands near, for things that are counted; measures stand right at their figure."""
    if wanted.is_measure:
        return False
    at = side.word_at(figure)
    first, last = max(0, at - _AROUND), at + _AROUND
    for start, _, key in side.concepts:
        if first <= start <= last and key == wanted.key:
            between = side.tokens[min(at, start) + 1 : max(at, start)]
            if not any(word.text[0].isdigit() or word.text in _APART for word in between):
                return True
    return False


def _changed_rates(pairs: Sequence[_Pair], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """Measures of which only one side speaks, one of a kind for one of the same kind: a price per tonne, per kilo."""
    ours, theirs = _measures(source), _measures(target)
    for key in sorted(ours - theirs):
        kind = concepts()[key].kind
        others = [other for other in sorted(theirs - ours) if _is_confused(kind, concepts()[other].kind)]
        if others and pairs and source.figures and not _is_converted(source, target, key, others[0]):
            yield pairs[0][0], f"{key} became {others[0]}"
            return


_SIZES = frozenset({"area", "volume", "weight", "length", "energy"})


def _is_confused(one: str, other: str) -> bool:
    return (one == other and one not in ("time", "temperature")) or (one != other and {one, other} <= _SIZES)


def _measures(side: Side) -> set[str]:
    return {key for _, _, key in side.concepts if not key.startswith("#") and concepts()[key].is_measure}


def _is_converted(source: Side, target: Side, key: str, other: str) -> bool:
    if concepts()[key].kind != concepts()[other].kind or concepts()[key].size == concepts()[other].size:
        return False
    sizes = concepts()[key].size, concepts()[other].size
    ours = {worth(figure) * sizes[0] for figure in source.figures}
    theirs = {worth(figure) * sizes[1] for figure in target.figures}
    return any(abs(value - known) <= known / 50 for value in theirs for known in ours if known)
