"""Noun phrases that a preposition governs: whether one may still be the subject, or belongs to the noun before it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around, has_head, is_content
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["attaches", "is_adjunct"]

_CLOSING, _QUOTES = frozenset('”“"»«'), frozenset('„“”"«»')
_VERBS = frozenset({"up", "down", "reach", "be", "have", "share", "fulfil"})
_ARTICLE = 2  # pieces from a preposition to the noun behind its article


def is_adjunct(around: Around, first: int, last: int, before: int, floor: int) -> bool:
    """Whether a preposition governs the phrase, unless the figure is its complement ("at a rate of 5 %")."""
    pieces = around.pieces
    if last + 1 < around.at and "of" in pieces[last + 1].kinds and _is_near(around, last + 2):
        return False
    if _is_near(around, last + 1) and any(has_head(p, around.lexicon) for p in pieces[first : last + 1]):
        return False
    opened = last + 1 < around.at and pieces[last + 1].text == "("
    if opened and not around.lexicon.capital_nouns and _is_bracketed(around, last + 2):
        return False  # "led by housing (plus 1 %)"
    index = before
    if before == first - 1 and before > floor and pieces[before].text in _CLOSING:
        index = next((i for i in range(before - 1, floor, -1) if pieces[i].text in _QUOTES), before) - 1
    while index > floor and before == first - 1 and _qualifies(pieces[index]):
        index -= 1
    if index > floor + 1 and _is_participle(around, index):
        return True
    if index <= floor or not pieces[index].kinds & {"prep", "say"}:
        return False
    opens = index == 0 or pieces[index - 1].kind == "mark" or "conj" in pieces[index - 1].kinds
    if (not opens and _is_apposed(around, last)) or _has_own_clause(around, index, first, last):
        return False
    if _is_source(pieces, index) or _opens_clause(pieces, index, last):
        return False
    return "of" not in pieces[index].kinds or (opens and around.lexicon.capital_nouns)  # "Am Abend …"


def _is_participle(around: Around, index: int) -> bool:
    """Whether a verb qualifies the noun before it: "schools meeting the standard"."""
    piece = around.pieces[index]
    if around.lexicon.language == "fr":
        return piece.kind == "word" and piece.text.endswith("ant") and is_content(around.pieces[index - 1])
    fulfils = piece.text.endswith("ing") and bool(piece.kinds & {"reach", "fulfil", "share"})
    return around.lexicon.language == "en" and fulfils and is_content(around.pieces[index - 1])


def _is_source(pieces: Sequence[Piece], preposition: int) -> bool:
    """Whether a sum of money comes from the noun: "collected 40 billion VND from fees"."""
    money = preposition > 1 and "measure" in pieces[preposition - 1].kinds
    return money and "source" in pieces[preposition].lists


def _opens_clause(pieces: Sequence[Piece], preposition: int, last: int) -> bool:
    """Whether the preposition is a conjunction here, its noun having a verb: "as services rebounded by 16 %"."""
    before = pieces[preposition - 1].kind if preposition else "mark"
    opens = before in ("mark", "figure", "period") and "subordinates" in pieces[preposition].lists
    return opens and bool(pieces[last + 1].kinds & _VERBS)


def _has_own_clause(around: Around, preposition: int, first: int, last: int) -> bool:
    """Whether the noun is a subject of its own: "in denen die Quote … liegt", ", with resettlement at 71 %"."""
    pieces = around.pieces
    articles = sum("det" in p.kinds for p in pieces[preposition + 1 : first])
    if around.lexicon.capital_nouns:
        return articles > 1
    absolute = "absolute" in pieces[preposition].lists and preposition > 0 and pieces[preposition - 1].text == ","
    return absolute and last + 1 < around.at and bool(pieces[last + 1].kinds & {"to", "reach", "share"})


def _is_apposed(around: Around, last: int) -> bool:
    """Whether the figure stands by the phrase between commas: "among the wages, 62 %, and …"."""
    pieces, at = around.pieces, around.at
    if last != at - 2 or pieces[at - 1].text != ",":
        return False
    return at + 1 >= len(pieces) or pieces[at + 1].text in (",", ".", ";")


def _qualifies(piece: Piece) -> bool:
    """Whether a piece may stand between a preposition and its noun: "in the 2023 season"."""
    if piece.kind in ("period", "number") or piece.text in ("-", "–"):
        return True
    return bool(piece.kinds & {"reference", "skip", "det"}) and "prep" not in piece.kinds


def _is_near(around: Around, index: int) -> bool:
    """Whether only comparators stand between a piece and the figure."""
    return all(p.kinds & BOUNDS for p in around.pieces[index : around.at])


def _is_bracketed(around: Around, index: int) -> bool:
    """Whether only a change or comparators stand between the opening of a bracket and the figure."""
    return all(p.kinds & (BOUNDS | {"up", "down"}) for p in around.pieces[index : around.at])


def attaches(preposition: Piece, distance: int) -> bool:
    """Whether a preposition ties its noun to the one before: "entreprises à capitaux étrangers", not "à la porte"."""
    kinds = preposition.kinds
    if ("material" in kinds and distance == 1) or ("ties" in kinds and distance <= _ARTICLE):
        return True  # "salles en dur", "screens outside the centre"
    return "attach" in kinds and not ("to" in kinds and not kinds & BOUNDS and distance > 1)
