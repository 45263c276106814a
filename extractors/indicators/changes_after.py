"""The change of a figure by the words behind it: "5 % more", and the verb or particle that ends a German clause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.indicators.clauses import Piece
from extractors.indicators.coordinations import names
from extractors.indicators.readings import CHANGE, direction_of, next_figure, past_comparators
from extractors.types import Direction

__all__ = ["change_after", "closed_by_change", "verb_after"]

_NOUN = 5  # pieces of what a change is a change of
_REACH = 12  # pieces: how far a change stands from its figure, about one clause


def change_after(pieces: Sequence[Piece], at: int) -> Direction | None:
    following = pieces[at + 1 : at + 3]
    for piece in following:
        if piece.kinds & {"up_after", "down_after"}:
            return direction_of(piece)
        if not piece.kinds & {"of", "each", "det"}:
            break
    return _change_behind(pieces, at)


def _change_behind(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change behind what it is a change of: "9 % d'œufs de plus que le mois précédent"."""
    if at + 2 >= len(pieces) or "of" not in pieces[at + 1].kinds:
        return None
    for piece, following in pairwise(pieces[at + 2 : at + 3 + _NOUN]):
        if piece.kinds & {"up_after", "down_after"} and piece.text.startswith(("de ", "en ")):
            return None if "of" in following.kinds else direction_of(piece)  # "boats of more than 15 metres"
        if not (names(piece) or piece.kinds & {"of", "det"}):
            return None
    return None


def verb_after(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The verb or its particle at the end of a German clause: "um 2 auf 12 % steigen", "brach um 12 % ein"."""
    end = next_figure(pieces, at)
    if end < len(pieces) and "to" in pieces[past_comparators(pieces, end)].kinds:
        end = next_figure(pieces, end)
    for index in range(at + 1, min(end, at + _REACH)):
        piece = pieces[index]
        if piece.kinds & CHANGE:
            return direction_of(piece)
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        if piece.kinds & {"up_end", "down_end"} and (following is None or _closes(following)):
            return "increase" if "up_end" in piece.kinds else "decrease"
        if _closes(piece):
            break
    return _particle_of_list(pieces, at)


def closed_by_change(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The verb right behind the figure that ends a German clause: "während der Bergbau 2 % verlor"."""
    following = pieces[at + 1 : at + 3]
    if not following or not following[0].kinds & CHANGE or (len(following) > 1 and not _closes(following[1])):
        return None
    index = past_comparators(pieces, at)
    while index > 0 and "aux" in pieces[index].kinds and not pieces[index].kinds & {"to", "by"}:
        index -= 1  # "auf derzeit 2 % gedrückt"
    bare = index >= 0 and not pieces[index].kinds & {"to", "from", "of", "by", "prep", "reach", "be"}
    return direction_of(following[0]) if bare else None


def _particle_of_list(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The particle behind the last figure of a list: "ging um 5 %, die der Toten um 12 % zurück"."""
    for index in range(next_figure(pieces, at), len(pieces) - 1):
        piece, particle = pieces[index], pieces[index + 1]
        if piece.text in (";", ":") or piece.kinds & {"to", "reach", "be"} or "to" in piece.kinds:
            return None
        last = index + 2 >= len(pieces) or _closes(pieces[index + 2])
        if piece.kind == "figure" and last and particle.kinds & {"up_end", "down_end"}:
            return "increase" if "up_end" in particle.kinds else "decrease"
    return None


def _closes(piece: Piece) -> bool:
    return (piece.kind == "mark" and piece.text in ",;:.") or "and" in piece.lists
