"""What there is more or less of, where a word of change stands beside the figure."""

from __future__ import annotations

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import CONTENT, Around, Subject, extend, is_content

__all__ = ["compared_phrase"]


def compared_phrase(around: Around) -> Subject | None:
    """What there is more or less of: "30 % weniger Wasser", "12 per cent more rice"."""
    pieces, at = around.pieces, around.at
    if at + 2 >= len(pieces) or not pieces[at + 1].kinds & {"up_after", "down_after"}:
        return None
    if (
        "change_in" in pieces[at + 2].lists
        and "than" not in pieces[at + 1].kinds
        and not _is_comparative(pieces[at + 1])
        and (noun := _changed(around, at + 3))
    ):
        return noun
    if pieces[at + 1].kinds & {"than", "of", "prep", "gt", "lt"} or not is_content(pieces[at + 2]):
        return None
    end = extend(around, at + 2, plain=True)
    return Subject(pieces[at + 2].start, pieces[end - 1].end, "noun") if end > at + 2 else None


def _is_comparative(piece: Piece) -> bool:
    """Whether a word of change is an adverb or adjective, no noun: "more", "higher", "above", "de plus"."""
    return piece.text.endswith("er") or "degrees" in piece.lists


def _changed(around: Around, start: int) -> Subject | None:
    """What a noun of change is a change of: "a 9 % increase in visitors", "a cut of 20 % in staff"."""
    pieces = around.pieces
    while start < len(pieces) and "det" in pieces[start].kinds and not pieces[start].kinds & CONTENT:
        start += 1
    end = extend(around, start, plain=True) if start < len(pieces) else start
    return Subject(pieces[start].start, pieces[end - 1].end, "noun") if end > start else None
