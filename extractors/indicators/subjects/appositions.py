"""Figures in and behind what stands between two commas: "Tourism, once 5 % of the economy, now makes up 11 %"."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around, Subject, is_content
from extractors.indicators.sentences.readings import next_figure, previous_figure
from extractors.indicators.subjects.before import phrase_before
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["apposed_to", "resumed_after"]

_LIGHT = BOUNDS | {"link", "aux", "to"}
_HEAVY = frozenset({"part", "attach", "det", "of", "than", "by", "from", "rel"})
_FINITE = frozenset({"be", "aux", "have", "reach", "share", "fulfil", "up", "down"})
_OPENERS = BOUNDS | {"rel", "prep", "link", "aux", "up", "down"}
_LONGEST = 14  # pieces: a longer parenthesis is a clause of its own
_CLOSE = 3  # pieces from the end of the noun phrase to the comma


def apposed_to(around: Around) -> Subject | None:
    """The noun phrase before the comma that opens the parenthesis of the figure: "Stunting, at 27.9 %, is …"."""
    pieces, at = around.pieces, around.at
    opening = at - 1
    while opening >= 0 and _is_light(pieces[opening]):
        opening -= 1
    if opening < 1 or pieces[opening].text != "," or (at + 1 < len(pieces) and "part" in pieces[at + 1].kinds):
        return None
    limit = min(next_figure(pieces, at), len(pieces), at + _LONGEST)
    closing = next((i for i in range(at + 1, limit) if pieces[i].text == ","), None)
    return _before(around, opening) if closing is not None and _speaks(pieces, closing + 1) else None


def resumed_after(around: Around) -> Subject | None:
    """The noun phrase before a parenthesis with figures that the verb of this figure goes on behind: "Transport, which
    weighs 10 % in the basket, fell 0.7 %"."""
    pieces, at = around.pieces, around.at
    floor = previous_figure(pieces, at)
    closing = at - 1
    while closing > floor and pieces[closing].text != "," and not is_content(pieces[closing]):
        closing -= 1
    if floor < 1 or closing <= floor or pieces[closing].text != "," or not _speaks(pieces, closing + 1):
        return None
    opening = floor - 1
    while opening > 0 and pieces[opening].text != "," and pieces[opening].kind != "figure":
        opening -= 1
    opens = pieces[opening].text == "," and closing - opening <= _LONGEST
    opened = opening + 1 == floor or bool(pieces[opening + 1].kinds & _OPENERS)
    return _before(around, opening) if opens and opened and "conj" not in pieces[opening + 1].kinds else None


def _is_light(piece: Piece) -> bool:
    """Whether a piece may stand between the comma and the figure: "once", "at", "à", "put at"."""
    heavy = piece.kinds & _HEAVY and not ("to" in piece.kinds and "by" not in piece.kinds)
    return bool(piece.kinds & _LIGHT) and not heavy


def _before(around: Around, opening: int) -> Subject | None:
    """The noun phrase that ends at the comma."""
    found = phrase_before(around.moved(opening))
    if found is None or found.side != "left":
        return None
    last = next(i for i, p in enumerate(around.pieces) if p.end == found.end)
    return found if opening - last <= _CLOSE else None


def _speaks(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a finite verb follows, past an adverb: ", now makes up"."""
    if index >= len(pieces) or "conj" in pieces[index].kinds or not pieces[index].kinds & _FINITE:
        return False
    return "particles" not in pieces[index].lists and "prep" not in pieces[index].kinds
