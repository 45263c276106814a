"""Subjects that something parts from their figure: a measure with its noun, and what a frame says the clause is on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around, Subject, extend, is_content
from extractors.indicators.sentences.readings import left_cue, previous_figure

__all__ = ["announced", "first_phrase", "headed", "pronoun_before"]

_PARTED = frozenset({"be", "aux", "have", "say", "reach", "share"})
_FINITE = frozenset({"be", "aux", "have", "reach", "share", "up", "down"})
_FRAME = 8  # pieces: "in terms of public investment disbursement by October 31,"
_MARKS = frozenset(",;:.()–—")


def headed(around: Around, found: Subject | None) -> Subject | None:
    """The measure with its noun where a participle qualifies that noun: "the rate of pupils in the district passing the
    exam was 98 %". None where `found`, the nearest phrase, is as good."""
    pieces, at = around.pieces, around.at
    if around.lexicon.isolating or not around.lexicon.lists["measured_of"]:
        return None
    ends = found or left_cue(pieces, at) or pieces[at]
    last = next((i for i in range(at) if pieces[i].start >= ends.start), at)
    for head in range(last - 2, previous_figure(pieces, at), -1):
        if pieces[head].text in _MARKS or "conj" in pieces[head].kinds:
            return None
        if "measured_of" in pieces[head].lists and "of" in pieces[head + 1].kinds:
            start = head + 2
            while start < last and "det" in pieces[start].kinds:
                start += 1
            end = extend(around, start, plain=True)
            if not start < end <= last or not _qualifies(pieces[end:last]):
                return None
            return Subject(pieces[head].start, pieces[end - 1].end, "left")
    return None


def _qualifies(between: Sequence[Piece]) -> bool:
    """Whether a participle without a finite verb stands there: "in the district passing the"."""
    verbs = [p for p in between if p.kinds & _PARTED and not p.text.endswith("ing")]
    told = ((p, q) for p, q in zip_longest(between, between[1:]) if p.kind != "unit")
    return not verbs and any(
        p.text.endswith("ing") or (p.text.endswith("ed") and q is not None and "prep" in q.kinds) for p, q in told
    )


def announced(around: Around) -> Subject | None:
    """What the opening of the sentence says that it is on: "In terms of exports, the town ranks second with 9 %"."""
    pieces = around.pieces
    first = next((i for i, p in enumerate(pieces) if p.kind != "mark"), 0)
    if first >= around.at or "announces" not in pieces[first].lists:
        return None
    start = first + 1
    while start < around.at and "det" in pieces[start].kinds:
        start += 1
    limit = min(around.at, start + _FRAME)
    if start >= limit or not any(p.text == "," for p in pieces[start:limit]):
        return None
    end = extend(around, start, plain=True)
    named = end > start and any(is_content(p) for p in pieces[start:end])
    return Subject(pieces[start].start, pieces[end - 1].end, "left") if named else None


def pronoun_before(around: Around) -> int | None:
    """Where the pronoun is that is the subject of the figure: "rents outpace wages: they are 31 % higher"."""
    pieces, at = around.pieces, around.at
    for index in range(at - 2, previous_figure(pieces, at), -1):
        piece = pieces[index]
        if "stands_for" in piece.lists and pieces[index + 1].kinds & _FINITE:
            return index
        if is_content(piece) or piece.kind in ("mark", "unit") or "conj" in piece.kinds:
            return None
    return None


def first_phrase(around: Around, pronoun: int) -> Subject | None:
    """The noun phrase that opens the sentence, which a pronoun in a later clause of it most likely stands for."""
    pieces = around.pieces
    if previous_figure(pieces, around.at) >= 0:
        return None  # as that figure
    start = 0
    while start < pronoun and ("det" in pieces[start].kinds or pieces[start].kind == "mark"):
        start += 1
    end = min(extend(around, start, plain=True), pronoun) if start < pronoun else start
    between = pieces[end:pronoun]
    parted = any(p.text in _MARKS or "conj" in p.kinds for p in between) and any(p.kinds & _FINITE for p in between)
    return Subject(pieces[start].start, pieces[end - 1].end, "left") if end > start and parted else None
