"""The whole of a share where it stands before the figure."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around, Subject, extend, is_content
from extractors.indicators.sentences.readings import previous_figure

__all__ = ["carried_whole", "fronted_whole", "inverts"]


def fronted_whole(around: Around) -> Subject | None:
    """The whole that opens the clause before its share: "Of the 40 houses, only 54 % still stand"."""
    pieces, at = around.pieces, around.at
    floor = previous_figure(pieces, at)
    if floor >= 0 and around.lexicon.isolating and _is_told(pieces, floor, at):
        return fronted_whole(around.moved(floor))
    first = max((i + 1 for i in range(floor + 1, at) if pieces[i].text in (";", ":")), default=0)
    if floor >= first:
        first = next((i for i in range(floor + 1, at) if pieces[i].text == "," or "conj" in pieces[i].kinds), at)
    return _whole_at(around, first)


def carried_whole(around: Around) -> Subject | None:
    """The whole that opened the sentence, for a share without a noun: "Of the guests, 57 % are women and 31 % stay"."""
    pieces, at = around.pieces, around.at
    parted = any(p.text in (";", ":") for p in pieces[:at])
    return None if parted or around.lexicon.isolating else _whole_at(around, 0)


def _whole_at(around: Around, first: int) -> Subject | None:
    pieces, at = around.pieces, around.at
    while first < at and (pieces[first].kind == "mark" or "conj" in pieces[first].kinds):
        first += 1
    counted = first + 1 < at and pieces[first].text == "trong" and pieces[first + 1].kind == "number"  # "Trong 412 hộ"
    if (
        first >= at
        or not ("among" in pieces[first].kinds or counted)
        or (at + 1 < len(pieces) and "of" in pieces[at + 1].kinds)
    ):
        return None
    start = first + 1
    while start < at and (pieces[start].kind == "number" or pieces[start].kinds & {"det", "whole", "total", "measure"}):
        start += 1
    if start == first + 1 and not around.lexicon.isolating:
        return None  # without an article or a number it is no whole
    end = min(extend(around, start, plain=True), at)
    if end <= start or any("share" in p.kinds for p in pieces[end:at]):
        return None
    return Subject(pieces[start].start, pieces[end - 1].end, "of")


def _is_told(pieces: Sequence[Piece], floor: int, at: int) -> bool:
    """Whether a figure goes on with the whole of the one before: "63% chọn nhận tiền, 29% xin đất"."""
    comma = max((i for i in range(floor + 1, at) if pieces[i].text == ","), default=-1)
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return (
        comma >= 0 and not any(is_content(p) for p in pieces[comma:at]) and after is not None and after.kind == "word"
    )


def inverts(around: Around, found: Subject) -> bool:
    """Whether only the verb stands between a whole that opens the clause and its share: "Von den Zellen erfüllten 20 %
    ihre Aufgaben". Only where the verb is second."""
    if not around.lexicon.verb_last:
        return False
    between = [p for p in around.pieces[: around.at] if p.start >= found.end]
    return not any(is_content(p) for p in between)
