"""The whole of a share where it stands before the figure, and what such a share is said to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.indicators.clauses import Piece
from extractors.indicators.phrases import CONTENT, Around, Subject, extend, is_content
from extractors.indicators.readings import previous_figure
from extractors.indicators.subjects_after import names_noun

__all__ = ["carried_whole", "described_part", "fronted_whole", "identified", "resumes_whole"]

_DEFINITION = 12  # pieces: "the share of schools with a nurse of their own"


def identified(around: Around) -> Subject | None:
    """What a figure that stands first is said to be: "89 % – that is the share of …", "89% - đó là tỷ lệ …"."""
    pieces = around.pieces
    index = around.at + 1
    if index >= len(pieces) or pieces[index].text not in ("-", "–", "—", ",", ":"):
        return None
    if any(is_content(p) or p.kind == "unit" for p in pieces[: around.at]):
        return None
    index += 1
    while index < len(pieces) and (pieces[index].kinds & {"det", "skip", "aux", "rel"} or pieces[index].text == "'"):
        index += 1
    if index >= len(pieces) or not pieces[index].kinds & {"be", "gloss"}:
        return None
    first = index + 1
    while first < len(pieces) and pieces[first].kinds & {"det", "aux"} and not pieces[first].kinds & CONTENT:
        first += 1
    end = first
    while end < len(pieces) and end - first < _DEFINITION and pieces[end].kind not in ("mark", "figure", "unit"):
        end += 1
    named = any(p.kinds & {"head", "topic"} for p in pieces[first:end])
    return Subject(pieces[first].start, pieces[end - 1].end, "predicate") if named else None


def fronted_whole(around: Around) -> Subject | None:
    """The whole that opens the clause before its share: "Of the 40 houses, only 54 % still stand"."""
    pieces, at = around.pieces, around.at
    floor = previous_figure(pieces, at)
    if floor >= 0 and around.lexicon.isolating and _is_told(pieces, floor, at):
        return fronted_whole(replace(around, at=floor))
    first = max((i + 1 for i in range(floor + 1, at) if pieces[i].text in (";", ":")), default=0)
    if floor >= first:
        first = next((i for i in range(floor + 1, at) if pieces[i].text == "," or "conj" in pieces[i].kinds), at)
    return _whole_at(around, first)


def carried_whole(around: Around) -> Subject | None:
    """The whole that opened the sentence, for a share without a noun: "Of the guests, 57 % are women and 31 % stay"."""
    pieces, at = around.pieces, around.at
    parted = any(p.text in (";", ":") for p in pieces[:at])
    return None if parted or around.lexicon.isolating else _whole_at(around, 0)


def resumes_whole(around: Around) -> bool:
    """Whether the figure is a part of what the one before in the sentence measures: "… up to 12 % of them lost it"."""
    pieces, at = around.pieces, around.at
    after = pieces[at + 1 : at + 3]
    told = bool(after) and "part" in after[0].kinds and "pronouns" in after[0].lists
    return told and previous_figure(pieces, at) >= 0 and not (len(after) > 1 and "be" in after[1].kinds)


def described_part(around: Around, right: Subject) -> Subject | None:
    """The whole that opened the sentence, where a later part of it is only described: "… were rated good, 9 % fair"."""
    pieces, at = around.pieces, around.at
    if around.lexicon.isolating or previous_figure(pieces, at) < 0 or pieces[at + 1].start != right.start:
        return None
    if names_noun(around.text[right.start : right.end], around.lexicon):
        return None
    after = next((p for p in pieces if p.start >= right.end), None)
    return carried_whole(around) if after is None or after.kind == "mark" or "conj" in after.kinds else None


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
