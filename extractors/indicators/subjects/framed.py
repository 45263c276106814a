"""Subjects in the frame of a clause: "Bei Kaffee waren es 8 %", "die für Straßen um 4 %"; and moves to a figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around, Subject, is_content, noun_behind
from extractors.indicators.sentences.readings import past_comparators, previous_figure

__all__ = ["framed", "moved_to"]

_ENDS = frozenset(",;:.–—()")
_CHANGE = frozenset({"up", "down"})


def framed(around: Around) -> Subject | None:
    """What a clause opens with that has no other subject: "bei Kaffee", or a noun that only an article stands for:
    "die [Ausgaben] für Straßen"."""
    pieces, at = around.pieces, around.at
    first = _clause_start(pieces, at)
    if first > 0 and pieces[first - 1].text == "(":  # "gefolgt von Schuhen (22 %)"
        around = around.moved(first - 1)
        first = _clause_start(pieces, first - 1)
    if first + 1 >= around.at:
        return None
    if "det" in pieces[first].kinds and "prep" not in pieces[first].kinds and "prep" in pieces[first + 1].kinds:
        return _noun(around, first + 2) if "of" not in pieces[first + 1].kinds else None
    follows = "agents" in pieces[first].lists and any("followed" in p.lists for p in pieces[:first])
    if not follows and ("frames" not in pieces[first].lists or _is_contrast(around, first)):
        return None
    return _noun(around, first + 1)


def _is_contrast(around: Around, first: int) -> bool:
    """Whether the clause of the figure before opens so too and has a subject behind that, which holds for both: "Bei
    Rindern erreichte die Impfung 76 %, bei Schweinen 64 %"."""
    pieces = around.pieces
    floor = previous_figure(pieces, first)
    opened = _clause_start(pieces, floor) if floor > 0 else floor
    if floor < 0 or "frames" not in pieces[opened].lists:
        return False
    noun = _noun(around.moved(floor), opened + 1)
    return any(noun and p.start >= noun.end and is_content(p) and "det" in before.kinds
               for before, p in pairwise(pieces[opened:floor]))  # fmt: skip


def _clause_start(pieces: Sequence[Piece], at: int) -> int:
    floor = previous_figure(pieces, at)
    first = at
    while first - 1 > floor and pieces[first - 1].text not in _ENDS and "conj" not in pieces[first - 1].kinds:
        first -= 1
    return first


def _noun(around: Around, start: int) -> Subject | None:
    """The noun phrase that starts there, as far as it stands before the figure."""
    return noun_behind(around, start, "left", limit=around.at)


def moved_to(around: Around) -> Around | None:
    """What stands around the change to a figure, where it is one: "fell from 3 to 2 % of the fees", "auf 80 %
    ausgedehnt"."""
    pieces, at = around.pieces, around.at
    index = past_comparators(pieces, at)
    if index < 0 or "to" not in pieces[index].kinds or around.lexicon.isolating:
        return None
    if (floor := previous_figure(pieces, index)) == index - 1 >= 0:  # "from 3 to 2 %"
        index = floor
    last = next((i for i in range(at, len(pieces)) if pieces[i].text in _ENDS), len(pieces))
    clause = (*pieces[_clause_start(pieces, index) : index], *pieces[at + 1 : last])
    return around.moved(index) if any(p.kinds & _CHANGE for p in clause) else None
