"""What a figure measures: the noun phrase before or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.clauses import Piece
from extractors.figures import FigureLexicon
from extractors.readings import left_cue, next_figure, previous_figure

__all__ = ["Subject", "find_subject"]

_CONTENT = frozenset({"head", "whole"})
_PREDICATES = frozenset({"share", "reach", "be", "up", "down", "by", "to", "from", "over"})
_BASIS = frozenset({"annual", "plan", "year_ago", "previous", "average", "than", "total"})
_JOINERS = frozenset({"và", "and", "und", "et", "-", "–", "'", "’", "/"})
_LONGEST = 9  # words: a longer phrase is a clause, no subject


@dataclass(frozen=True, slots=True)
class Subject:
    """A phrase of the text and on which side of the figure it stands: `left`, `right` or `predicate`."""

    start: int
    end: int
    side: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    text: str
    pieces: Sequence[Piece]
    at: int
    lexicon: FigureLexicon


def find_subject(text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> Subject | None:
    """The phrase that names what the figure measures; None where its clause has none of its own."""
    around = _Around(text, pieces, at, lexicon)
    cue = left_cue(pieces, at)
    labelled = cue is not None and cue.kind == "mark" and cue.text in ":|("
    strong = cue is not None and bool(cue.kinds & _PREDICATES)
    if labelled:
        return _left(around) or _right(around)
    if not strong and (predicate := _predicate(around, at + 1)):
        return predicate
    right = _right(around)
    if right is None:
        return _left(around)
    if strong and cue is not None:
        prefers_left = bool(cue.kinds & {"share", "reach", "be"}) or not lexicon.bare_noun_after or right.side == "of"
        if prefers_left and (left := _left(around)):
            return left
    return right


def _is_content(piece: Piece) -> bool:
    return piece.kind == "word" or bool(piece.kinds & _CONTENT) and not piece.kinds & _BASIS


def _right(around: _Around) -> Subject | None:
    """The noun phrase that follows: "96 % der Straßen", "97% dân số", or what its predicate names: "… are Mong"."""
    pieces, at, lexicon = around.pieces, around.at, around.lexicon
    if at + 1 >= len(pieces):
        return None
    first = pieces[at + 1]
    partitive = bool(first.kinds & {"of", "det"})
    if not partitive and not (lexicon.bare_noun_after and _is_content(first)):
        return None
    start = at + 1
    while start < len(pieces) and (pieces[start].kinds & {"of", "det", "each"}) and not pieces[start].kinds & _CONTENT:
        start += 1
    end = _extend(around, start)
    if end == start or any(p.kinds & _BASIS for p in pieces[start : start + 2]):
        return None
    if predicate := _predicate(around, end):
        return predicate
    start = _past_whole(around, start, end)
    return Subject(pieces[start].start, pieces[end - 1].end, "of" if partitive else "noun")


def _past_whole(around: _Around, start: int, end: int) -> int:
    """Past a generic whole ("dân số") where what it does or has follows."""
    pieces = around.pieces
    if "whole" in pieces[start].kinds and end - start > 1 and around.lexicon.language == "vi":
        return start + 1
    return start


def _extend(around: _Around, start: int) -> int:
    """The end of the noun phrase that starts at a piece."""
    pieces, lexicon = around.pieces, around.lexicon
    limit = min(next_figure(pieces, around.at), len(pieces))
    end = start
    for index in range(start, limit):
        piece = pieces[index]
        inner = piece.kinds & {"of", "det"} or lexicon.language == "vi" and piece.kinds & {"aux", "prep"}
        if _is_content(piece) or piece.text in _JOINERS:
            end = index + 1
        elif not inner or index == start:
            break
        if index - start >= _LONGEST:
            break
    while end > start and not _is_content(pieces[end - 1]):
        end -= 1
    return end


def _predicate(around: _Around, start: int) -> Subject | None:
    """The noun phrase after a copula: "… % are women"; None where an adjective or participle follows."""
    pieces = around.pieces
    if start >= len(pieces) or "be" not in pieces[start].kinds:
        return None
    first = start + 1
    while first < len(pieces) and pieces[first].kinds & {"det", "aux"} and not pieces[first].kinds & _CONTENT:
        first += 1
    end = _extend(around, first)
    if end == first:
        return None
    phrase = around.text[pieces[first].start : pieces[end - 1].end]
    if not _names(phrase, around.lexicon):
        return None
    return Subject(pieces[first].start, pieces[end - 1].end, "predicate")


def _names(phrase: str, lexicon: FigureLexicon) -> bool:
    """Whether a predicate is a noun phrase, by the looks of its first words."""
    words = phrase.split()
    if lexicon.capital_nouns:
        return any(w[:1].isupper() for w in words)
    if lexicon.language == "en":
        return not words[0].endswith(("ed", "ing")) and words[-1].endswith(("s", "n", "e", "y")) and len(words[-1]) > 3
    if lexicon.language == "fr":
        return words[0].endswith("s") and not words[0].endswith(("és", "ées", "is", "us", "ies", "ues", "bles", "tes"))
    return True


def _left(around: _Around) -> Subject | None:
    """The nearest noun phrase before the figure in its clause; one after a preposition only where no other is."""
    floor = previous_figure(around.pieces, around.at)
    fallback: Subject | None = None
    index = around.at - 1
    while index > floor:
        span = _phrase_before(around, index, floor)
        if span is None:
            return fallback
        first, last, adjunct = span
        subject = _trimmed(around, first, last)
        if subject and not adjunct:
            return subject
        fallback = fallback or subject
        index = first - 1
    return fallback


def _phrase_before(around: _Around, index: int, floor: int) -> tuple[int, int, bool] | None:
    """The pieces of the nearest phrase that ends at or before `index`, and whether a preposition governs it."""
    pieces = around.pieces
    while index > floor and not _is_content(pieces[index]):
        if pieces[index].kind == "mark" and pieces[index].text in ";.":
            return None
        index -= 1
    if index <= floor:
        return None
    last = first = index
    listing = False
    index -= 1
    while index > floor:
        piece = pieces[index]
        if _is_content(piece):
            first = index
        elif piece.text in _JOINERS and index - 1 > floor and (_is_content(pieces[index - 1]) or pieces[index - 1].text == "."):
            listing = listing or piece.text in ("và", "and", "und", "et")
        elif piece.text == "," and listing and index - 1 > floor and _is_content(pieces[index - 1]):
            pass
        elif "of" in piece.kinds and index - 1 > floor and _continues(pieces[index - 1]):
            pass
        elif "det" in piece.kinds and index - 1 > floor and pieces[index - 1].kinds & {"of"}:
            pass
        elif "det" in piece.kinds and around.lexicon.language == "vi":
            pass
        else:
            break
        index -= 1
    while index > floor and pieces[index].kinds & {"det"} and not pieces[index].kinds & {"prep"}:
        index -= 1
    governed = index > floor and "prep" in pieces[index].kinds and "of" not in pieces[index].kinds
    return first, last, governed


def _continues(piece: Piece) -> bool:
    return _is_content(piece) or piece.kind == "unit" or "reference" in piece.kinds or "det" in piece.kinds


def _trimmed(around: _Around, first: int, last: int) -> Subject | None:
    """The phrase without what follows its first preposition or possessor, if something nameable remains."""
    pieces, text, lexicon = around.pieces, around.text, around.lexicon
    if lexicon.language in ("vi", "fr"):
        heads = [i for i in range(first, last + 1) if "head" in pieces[i].kinds]
        if heads and heads[0] > first and lexicon.language == "vi":
            first = heads[0]
    if lexicon.language == "vi":
        for index in range(first + 1, last + 1):
            if pieces[index].kinds & {"of"}:
                last = index - 1
                break
    last = min(last, first + _LONGEST - 1)
    while last > first and not _is_content(pieces[last]):
        last -= 1
    phrase = text[pieces[first].start : pieces[last].end]
    if len(phrase) < 2 or not any(len(w) > 1 for w in phrase.split()):
        return None
    if lexicon.capital_nouns and not any(w[:1].isupper() for w in phrase.split()):
        return None
    return Subject(pieces[first].start, pieces[last].end, "left")
