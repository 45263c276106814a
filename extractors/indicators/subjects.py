"""What a figure measures: the noun phrase before or after it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.clauses import Piece
from extractors.indicators.lexicon import FigureLexicon
from extractors.indicators.phrases import CONTENT, LONGEST, Around, Subject, extend, is_content
from extractors.indicators.readings import left_cue, previous_figure
from extractors.indicators.subjects_after import (
    compared_phrase,
    fronted_whole,
    identified,
    phrase_after,
    plan_object,
    predicate,
)
from extractors.indicators.subjects_before import phrase_before as _nearest_phrase
from extractors.indicators.subjects_topic import topic_phrase

__all__ = ["Subject", "find_subject", "names_whole", "noun_after"]

_LABEL = 9  # pieces: a longer one is a sentence
_TOLD = frozenset({"say", "reference", "plan", "annual", "up", "down", "reach", "be"})
_BESIDE = frozenset({"gt", "gte", "lt", "lte", "approx", "eq", "up", "down", "by", "over"})
_PREDICATES = frozenset({"share", "reach", "be", "up", "down", "by", "to", "from", "over"})


def find_subject(text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> Subject | None:
    """The phrase that names what the figure measures; None where its clause has none of its own."""
    around = Around(text, pieces, at, lexicon)
    cue = left_cue(pieces, at)
    if cue is not None and cue.kinds & {"plan", "annual"}:
        passed = any("over" in p.kinds for p in pieces[max(0, at - LONGEST) : at])
        return phrase_before(around) if passed else None  # "the target of 60 %" is about what came before
    return _found(around, cue)


def _found(around: Around, cue: Piece | None) -> Subject | None:
    pieces, at, lexicon = around.pieces, around.at, around.lexicon
    if compared := compared_phrase(around):
        return compared
    if found := identified(around):
        return found
    if not (cue and cue.kinds & {"share", "reach", "fulfil", "gloss"}) and (found := fronted_whole(around)):
        return predicate(around, at + 1) or found
    closing = lexicon.verb_last and (_closes_with_share(pieces, at) or _opens_with_share(pieces, at))
    strong = closing or (cue is not None and bool(cue.kinds & _PREDICATES))
    if not strong and (found := predicate(around, at + 1)):
        return found
    if lexicon.language == "vi" and (_goes_to(around, cue) or _is_measured(around)):
        return phrase_before(around)
    right = phrase_after(around)
    if right is None or (right.side == "noun" and _is_labelled(pieces, at)):
        left = phrase_before(around)
        if (left is None or left.side == "adjunct") and (planned := plan_object(around)):
            return planned
        return left or right
    if cue and "fulfil" in cue.kinds and right.side in ("of", "noun"):
        return right  # "met 60 % of the demand"
    leads = closing or bool(cue and cue.kinds & {"share", "reach", "be"})
    if strong and (leads or not lexicon.bare_noun_after or right.side == "of"):
        left = phrase_before(around)
        if left and left.side == "left":
            return left
    return right


def _goes_to(around: Around, cue: Piece | None) -> bool:
    """Whether the figure is where the one before went: "dư nợ tăng từ 18% lên 23% tổng dư nợ"."""
    floor = previous_figure(around.pieces, around.at)
    return floor >= 0 and cue is not None and "to" in cue.kinds and cue is around.pieces[floor + 1]


def _is_measured(around: Around) -> bool:
    """Whether a share stands right before the figure: "tỷ lệ mắc dưới 0,5% dân số"."""
    pieces = around.pieces
    index = around.at - 1
    while index >= 0 and pieces[index].kinds & _BESIDE - {"up", "down", "by", "over"}:
        index -= 1
    if index < 0 or not is_content(pieces[index]):
        return False
    while index > 0 and is_content(pieces[index]) and "proportion" not in pieces[index].kinds:
        index -= 1
    return "proportion" in pieces[index].kinds


def phrase_before(around: Around) -> Subject | None:
    """The noun phrase before the figure that it is said of."""
    return topic_phrase(around) if around.lexicon.language == "vi" else _nearest_phrase(around)


def find_label(text: str, pieces: Sequence[Piece], at: int) -> Subject | None:
    """What the label of a list item names: "- New jobs: 14,862 of 16,000 people, or 92.9 % of the plan"."""
    if previous_figure(pieces, at) >= 0:
        return None
    colon = next((i for i in range(at) if pieces[i].text == ":"), None)
    first = 0
    while first < len(pieces) and (pieces[first].kind in ("mark", "number") and pieces[first].text not in '"“„«('):
        first += 1
    if colon is None or not first < colon <= first + _LABEL:
        return None
    label, value = pieces[first:colon], pieces[colon + 1 : at]
    if any(p.kind in ("unit", "figure") or p.kinds & _TOLD for p in label) or not any(is_content(p) for p in label):
        return None
    value = [p for p in value if not p.kinds & _BESIDE]
    if any("part" in p.kinds for p in value) or (value and value[0].kind != "number"):
        return None
    if text[label[0].start - 1 : label[0].start] not in ("", "\n", " ") or not _opens_line(text, label[0].start):
        return None
    return Subject(label[0].start, label[-1].end, "label")


def _opens_line(text: str, at: int) -> bool:
    """Whether only the mark of a list item stands before the place in its line."""
    return not any(c.isalpha() for c in text[text.rfind("\n", 0, at) + 1 : at])


def names_whole(text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> bool:
    """Whether a whole follows the figure: "… % of the roads", "… % diện tích"."""
    return phrase_after(Around(text, pieces, at, lexicon)) is not None


def noun_after(
    text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon, *, strict: bool = False
) -> Subject | None:
    """The noun phrase that follows a number: "180 new Party members"; strictly right after it if so asked."""
    around = Around(text, pieces, at, lexicon)
    start = at + 1
    if strict and start < len(pieces) and not (is_content(pieces[start]) or "measure" in pieces[start].kinds):
        return None
    while start < len(pieces) and pieces[start].kinds & {"of", "measure"} and not pieces[start].kinds & CONTENT:
        start += 1
    end = extend(around, start, plain=True)
    if end == start or (end == start + 1 and "whole" in pieces[start].kinds and "topic" not in pieces[start].kinds):
        return None
    return Subject(pieces[start].start, pieces[end - 1].end, "noun")


def _closes_with_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb of sharing ends the clause: "… 30 % des BRP ausmachen"."""
    for piece in pieces[at + 1 : at + LONGEST]:
        if piece.kind in ("mark", "figure"):
            return False
        if "share" in piece.kinds:
            return True
    return False


def _opens_with_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb of sharing stands before its subject: "heute macht der Bergbau 17 % der Leistung aus"."""
    for piece in reversed(pieces[max(0, at - LONGEST) : at]):
        if piece.kind in ("mark", "figure") or "conj" in piece.kinds:
            return False
        if "share" in piece.kinds:
            return True
    return False


def _is_labelled(pieces: Sequence[Piece], at: int) -> bool:
    index = at - 1
    while index >= 0 and pieces[index].kinds & {"gt", "gte", "lt", "lte", "approx", "eq"}:
        index -= 1
    return index >= 0 and pieces[index].kind == "mark" and pieces[index].text in ":|("
