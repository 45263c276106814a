"""Subjects in the frame of a clause: "Bei Kaffee waren es 8 %", "die für Straßen um 4 %"; parts by what they are from
or for; what a share of a whole is said to be at the end of its clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.indicators.clauses import Piece, has_capital
from extractors.indicators.phrases import Around, Subject, is_content, noun_behind
from extractors.indicators.readings import past_comparators, previous_figure

__all__ = ["closing_predicate", "framed", "moved_to", "sourced_part"]

_ENDS = frozenset(",;:.–—()")
_VERBS = frozenset({"share", "reach", "be", "aux", "up", "down"})
_CHANGE = frozenset({"up", "down"})
_CLAUSE = 14  # pieces from a whole to the end of its clause


def framed(around: Around) -> Subject | None:
    """What a clause opens with that has no other subject: "bei Kaffee", or a noun that only an article stands for:
    "die [Ausgaben] für Straßen"."""
    pieces, at = around.pieces, around.at
    first = _clause_start(pieces, at)
    if first > 0 and pieces[first - 1].text == "(":  # "gefolgt von Schuhen (22 %)"
        around = replace(around, at=first - 1)
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
    noun = _noun(replace(around, at=floor), opened + 1)
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


def sourced_part(around: Around) -> Subject | None:
    """What a part is from or for: "12 billion, of it 60 % from the budget, the rest (40 %) from donations"."""
    pieces, at = around.pieces, around.at
    start = at + 1
    while start < len(pieces) and pieces[start].text == ")":
        start += 1
    if start + 1 >= len(pieces) or "sources" not in pieces[start].lists or not _is_part(pieces, at):
        return None
    found = noun_behind(around, start + 1, "noun")
    after = next((p for p in pieces[start + 1 :] if found and p.start >= found.end), None)
    closed = after is None or after.kind in ("mark", "unit") or "conj" in after.kinds
    return found if closed else None


def _is_part(pieces: Sequence[Piece], at: int) -> bool:
    """Whether "of which" opens the list that the figure stands in, without a verb behind it."""
    for piece in reversed(pieces[:at]):
        if "part" in piece.kinds:
            return True
        if piece.text == ";" or (piece.kinds & _VERBS and not piece.kinds & {"prep", "det"}):
            return False
    return False


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
    return replace(around, at=index) if any(p.kinds & _CHANGE for p in clause) else None


def closing_predicate(around: Around, whole: Subject) -> Subject | None:
    """What a share is said to be where German puts it last: "sind 31 % der Räte in der Provinz Ca Mau Frauen"."""
    pieces, at = around.pieces, around.at
    index = past_comparators(pieces, at)
    if not around.lexicon.verb_last or index < 0 or "be" not in pieces[index].kinds:
        return None
    last = next((i for i in range(at + 1, min(len(pieces), at + _CLAUSE)) if pieces[i].text in _ENDS), len(pieces))
    noun = last - 1
    if noun >= len(pieces) or pieces[noun].start < whole.end or not is_content(pieces[noun]):
        return None
    between = [p for p in pieces[at:noun] if p.start >= whole.end]
    placed = bool(between) and (between[-1].kind == "unit" or "topic" in pieces[noun].kinds)
    governed = bool(between) and bool(between[-1].kinds & {"det", "prep", "of"})
    capital = has_capital(around.text[pieces[noun].start : pieces[noun].end])
    return Subject(pieces[noun].start, pieces[noun].end, "predicate") if placed and capital and not governed else None
