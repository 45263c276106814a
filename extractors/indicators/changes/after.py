"""The change of a figure by the words behind it: "5 % more", and the verb or particle that ends a German clause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.coordinations import names
from extractors.indicators.sentences.readings import CHANGE, direction_of, next_figure, past_comparators
from extractors.indicators.words.lexicon import BOUNDS
from extractors.types import Direction

__all__ = ["change_after", "closed_by_change", "verb_after"]

_NOUN = 5  # pieces of what a change is a change of
_REACH = 12  # pieces: how far a change stands from its figure, about one clause


def change_after(pieces: Sequence[Piece], at: int) -> Direction | None:
    start = _past_respectively(pieces, at)
    for index, piece in enumerate(pieces[start : start + 2], start):
        if piece.kinds & {"up_after", "down_after"}:
            other = _is_object_of_having(pieces, index) or _bounds_number(pieces, index)
            return None if other else direction_of(piece)
        if not piece.kinds & {"of", "each", "det"}:
            break
    return _change_behind(pieces, at) or _named_behind(pieces, at)


def _past_respectively(pieces: Sequence[Piece], at: int) -> int:
    """The piece behind a figure, or behind the list that it is in: "34 % and 42 %, respectively, below"."""
    end = at
    while end + 2 < len(pieces) and "and" in pieces[end + 1].lists and pieces[end + 2].kind == "figure":
        end += 2
    for index in range(end + 1, min(end + 3, len(pieces))):
        if "respectively" in pieces[index].kinds:
            return index + 2 if index + 1 < len(pieces) and pieces[index + 1].text == "," else index + 1
    return at + 1


def _is_object_of_having(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a preposition that could compare goes with a verb of having: "… 28 % über einen Anschluss verfügen"."""
    if "taken_over" not in pieces[index].lists:
        return False
    clause = takewhile(lambda p: p.kind != "mark", pieces[index + 1 : index + _REACH])
    return any("have" in p.kinds for p in clause)


def _bounds_number(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a preposition that could compare bounds a number of its own: "60 % under 35 years"."""
    return index + 1 < len(pieces) and pieces[index + 1].kind == "number" and bool(pieces[index].kinds & BOUNDS)


def _named_behind(pieces: Sequence[Piece], at: int) -> Direction | None:
    """The change that a figure after "with" is the size of: "recorded, with 6.8 %, the sharpest fall"."""
    if at == 0 or "with" not in pieces[past_comparators(pieces, at)].lists:
        return None
    for piece in pieces[at + 1 : at + 1 + _NOUN]:
        if piece.kinds & CHANGE:
            return direction_of(piece)
        if not (names(piece) or "det" in piece.kinds):
            return None
    return None


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
        if piece.kinds & CHANGE or "over" in piece.kinds:
            return "decrease" if "down" in piece.kinds else "increase"
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
    for index in range(at + 1, len(pieces) - 1):
        piece, particle = pieces[index], pieces[index + 1]
        if piece.text in (";", ":") or piece.kinds & {"to", "reach", "be"}:
            return None
        last = index + 2 >= len(pieces) or _closes(pieces[index + 2])
        if piece.kind == "figure" and last and particle.kinds & {"up_end", "down_end"}:
            return "increase" if "up_end" in particle.kinds else "decrease"
    return None


def _closes(piece: Piece) -> bool:
    return (piece.kind == "mark" and piece.text in ",;:.") or "and" in piece.lists
