"""Whether a figure is a share of a whole that its own words name; and the lists of figures that share one."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.contexts import Article, Figure
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import left_cue, next_figure, past_comparators, previous_figure
from extractors.indicators.subjects.rules import names_whole
from extractors.indicators.topics.keys import RATES
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["is_joined", "is_share"]

_LISTED = 6  # pieces between two figures of a list
_STEP = 2  # pieces between the two figures of a move
_ENDS = frozenset(",;:")


def is_share(article: Article, pieces: Sequence[Piece], figure: Figure) -> bool:
    """Whether a whole is named beside the figure, or its verb or a noun before it says that it is a part."""
    if names_whole(article.text, pieces, _end_of_list(pieces, figure.at), article.lexicon):
        return True
    cue = left_cue(pieces, figure.at)
    if (cue and "share" in cue.kinds) or (figure.subject and figure.subject.side in ("of", "noun", "predicate")):
        return True
    if _is_named_share(pieces, figure.at) or any("structure" in p.kinds for p in pieces[: figure.at]):
        return True
    first, last = (figure.subject.start, figure.subject.end) if figure.subject else (0, 0)
    if figure.topic not in RATES and any("proportion" in p.kinds for p in pieces if first <= p.start < last):
        return True
    return any("part" in p.kinds for p in pieces[max(0, figure.at - 4) : figure.at + 2])


def _is_named_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word for a share or a rest stands before the figure, or in its clause where it only comes with the
    figure: "the remaining 4 %", "the rest, 9 %", "Den größten Anteil hat Holz mit 44 %"."""
    index = past_comparators(pieces, at)
    with_ = index > 0 and "with" in pieces[index].lists
    index -= index > 0 and pieces[index].text in (",", "(")
    if index >= 0 and "shares" in pieces[index].lists:
        return True
    clause = pieces[previous_figure(pieces, at) + 1 : at]
    return with_ and any("shares" in p.lists for p in clause) and not any(p.text in _ENDS for p in clause)


def is_joined(pieces: Sequence[Piece], at: int) -> bool:
    """Whether nothing but commas, an "and" and comparators stands between the figure before and this one."""
    floor = previous_figure(pieces, at)
    between = pieces[floor + 1 : at]
    if floor < 0 or at >= len(pieces) or not between or len(between) > _LISTED:
        return False
    joined = any(p.text == "," or "and" in p.lists or "respectively" in p.kinds for p in between)
    return joined and all(
        p.text in (",", ".") or "and" in p.lists or bool(p.kinds & (BOUNDS | {"by", "respectively"})) for p in between
    )


def _end_of_list(pieces: Sequence[Piece], at: int) -> int:
    """The last figure of the list or the move that this one opens: "97 %, 96 % and 95 %", "from 18 % to 23 %"."""
    end = next_figure(pieces, at)
    while end < len(pieces) and (is_joined(pieces, end) or _moves_on(pieces[at + 1 : end])):
        at, end = end, next_figure(pieces, end)
    return at


def _moves_on(between: Sequence[Piece]) -> bool:
    return 0 < len(between) <= _STEP and all(p.kinds & (BOUNDS | {"to"}) for p in between)
