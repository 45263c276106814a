"""Shares by their clause: the figure is its subject, a word for a share or a rest stands before it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.clauses import Piece
from extractors.indicators.contexts import Article, Figure
from extractors.indicators.lexicon import BOUNDS
from extractors.indicators.readings import next_figure, past_comparators, previous_figure

__all__ = ["is_acted", "is_bracketed", "is_named_share", "opens_clause"]

_PLANNED = frozenset({"goal", "plan", "annual", "reach", "fulfil", "disburse", "than", "year_ago"})
_ENDS = frozenset(",;:")


def is_named_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a word for a share or a rest stands before the figure, or in its clause where it only comes with the
    figure: "the remaining 4 %", "the rest, 9 %", "Den größten Anteil hat Holz mit 44 %"."""
    index = past_comparators(pieces, at)
    with_ = index > 0 and "with" in pieces[index].lists
    index -= index > 0 and pieces[index].text in (",", "(")
    if index >= 0 and "shares" in pieces[index].lists:
        return True
    clause = pieces[previous_figure(pieces, at) + 1 : at]
    return with_ and any("shares" in p.lists for p in clause) and not any(p.text in _ENDS for p in clause)


def is_bracketed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure stands alone in brackets: "Pfeffer (21 %)"."""
    opened = past_comparators(pieces, at)
    return opened > 0 and pieces[opened].text == "(" and at + 1 < len(pieces) and pieces[at + 1].text == ")"


def is_acted(article: Article, pieces: Sequence[Piece], figure: Figure) -> bool:
    """Whether the figure itself is the subject of a German clause, with its verb behind or before it: "Nur 4 % denken
    an einen Umzug", "Pünktlich erledigt wurden 98 %", "zu 55 % aus Papier"."""
    at = figure.at
    if not article.lexicon.verb_last or at + 1 >= len(pieces):
        return False
    left, after = past_comparators(pieces, at), pieces[at + 1]
    if left >= 0 and "wholly" in pieces[left].lists:
        return "source" in after.lists
    if figure.subject is not None and figure.subject.side != "adjunct":
        return False
    if opens_clause(pieces, at):
        return after.kind == "word" and article.text[after.start].islower()
    while left > 0 and "aux" in pieces[left].kinds and "shared_verbs" not in pieces[left].lists:
        left -= 1
    if left < 0 or "shared_verbs" not in pieces[left].lists:
        return False
    first = next((i + 1 for i in range(left, -1, -1) if pieces[i].text in _ENDS or pieces[i].kind == "figure"), 0)
    told = (*pieces[first:left], *pieces[at + 1 : next_figure(pieces, at)])
    planned = any(p.kinds & _PLANNED or "impersonal" in p.lists for p in told)
    return not planned and (left > first or after.kind != "mark" or "say" in pieces[left].kinds)


def opens_clause(pieces: Sequence[Piece], at: int) -> bool:
    """Whether only comparators stand between the beginning of a clause and the figure."""
    index = at - 1
    while index >= 0 and pieces[index].kinds & BOUNDS:
        index -= 1
    return index < 0 or pieces[index].kind in ("mark", "period") or bool(pieces[index].kinds & {"conj", "say"})
