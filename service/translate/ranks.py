"""Ranks that a translation makes numbers of things, and numbers that it makes ranks: the fifth became five."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service.translate.concepts import concepts
from service.translate.figures import Figure
from service.translate.side import Side

__all__ = ["find_changed_ranks"]

# Before a number these make it a rank: No. 5, Platz 3.
_LABELS = frozenset(
    """no number rank ranked ranks place placed grade class term phase nr nummer platz rang klasse stufe numéro n° rang
    place classe phase nº número lugar posição puesto số hạng khóa khoá kỳ loại cấp lớp vòng đợt quý tháng tuần năm lần
    tập giải top""".split()
)
_EVERY = frozenset("every each jeder jede jedes jedem jeden chaque cada mỗi cứ um une a an".split())  # noqa: SIM905
_NOT_COUNTED = frozenset(
    """of out in von aus in im sur de en em parmi among from among trong trên tại and und et e và to bis đến""".split()
)


def find_changed_ranks(pairs: Sequence[tuple[Figure, Figure]], source: Side, target: Side) -> Iterator[tuple[Figure, str]]:
    """The ranks of the source that its translation counts, and what it counts and its translation ranks."""
    for a, b in pairs:
        ours, theirs = _is_rank(source, a), _is_rank(target, b)
        if ours == theirs or source.is_date(a) or target.is_date(b):
            continue
        if ours and _counts(target, b, loosely=True) and not _before(source, a) & _EVERY:
            yield a, "a rank became a number"
        elif theirs and _counts(source, a, loosely=False) and not _before(target, b) & _EVERY:
            yield a, "a number became a rank"


def _is_rank(side: Side, figure: Figure) -> bool:
    spoken = next((n for n in side.numerals if n.start == figure.start), None)
    return spoken.ordinal if spoken else side.is_rank(figure)


def _before(side: Side, figure: Figure) -> set[str]:
    at = side.word_at(figure)
    return {word.text for word in side.tokens[max(0, at - 2) : at]}


def _counts(side: Side, figure: Figure, *, loosely: bool) -> bool:
    """Whether a number stands right before what it counts; loosely: before any word that can be that."""
    at = side.word_behind(figure)
    if figure.mark or figure.scale or at >= len(side.tokens) :
        return False
    counted = any(key in concepts() and concepts()[key].kind == "counted" for key in side.concept_at(at))
    if counted or not loosely or _before(side, figure) & _LABELS:
        return counted
    word = side.tokens[at].text
    return word[0].isalpha() and word not in _NOT_COUNTED
