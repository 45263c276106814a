"""The noun phrases of a Vietnamese clause, and what stands over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import LONGEST, Around, has_head, is_content, joins

__all__ = ["Phrase", "find_phrases", "is_classifier", "is_governed", "is_known", "is_standard", "is_value", "qualifies"]

_BOUNDS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
_KNOWN = frozenset({"head", "topic"})
_GOVERNORS = frozenset({"prep", "compares", "than"})
_QUALIFIERS = frozenset({"aux", "have"})
_AMOUNT_VERBS = frozenset({"reach", "be", "up", "down", "to", "from", "share", "link", "by"})
_LARGE = 5  # characters: thousands with their sign


class Phrase(NamedTuple):
    """A run of nouns, by its first and last piece, and the piece before its article."""

    first: int
    last: int
    before: int


def find_phrases(around: Around, first: int, end: int) -> list[Phrase]:
    """The noun phrases of a clause in the order of the text."""
    pieces = around.pieces
    found = []
    index = first
    while index < end:
        opens = _opens_noun(pieces, index, first, end)
        if not opens and (not is_content(pieces[index]) or _repeats(pieces, index, end)):
            index += 1
            continue
        last = _phrase_end(pieces, index, end)
        before = index - 1
        while before >= first and pieces[before].kinds & {"det"} and not pieces[before].kinds & {"prep"}:
            before -= 1
        found.append(Phrase(index, last, before if before >= first else -1))
        index = last + 1
    return found


def _opens_noun(pieces: Sequence[Piece], index: int, first: int, end: int) -> bool:
    """Whether a word that can stand for a unit begins a noun here: "ngành gỗ", "số xã có bác sĩ"."""
    if "losses" in pieces[index].lists and index == first:
        return index + 1 < end and is_content(pieces[index + 1])
    if "branches" in pieces[index].lists:
        return index + 1 < end and is_content(pieces[index + 1])
    before = pieces[index - 1] if index > first else None
    counted = before is not None and ("many" in before.lists or before.kind == "number")
    return "reference" in pieces[index].kinds and counted


def _phrase_end(pieces: Sequence[Piece], first: int, end: int) -> int:
    """The last piece of the noun phrase that begins at a piece, with the age it names: "người dưới 25 tuổi"."""
    last = content = first
    while last + 1 < end and last - first < LONGEST:
        if aged := _age_end(pieces, last + 1, end):
            last = content = aged
        elif _continues(pieces, last + 1, end):
            last += 1
            content = last if is_content(pieces[last]) or pieces[last].kind == "number" else content
        else:
            break
    return content


def _age_end(pieces: Sequence[Piece], index: int, end: int) -> int:
    """The last piece of an age or size in years: "từ 15 tuổi trở lên", "15 - 49 tuổi"; 0 where there is none."""
    while index < end and (pieces[index].kinds & _BOUNDS | pieces[index].kinds & {"from"}):
        index += 1
    first = index
    while index < end and (pieces[index].kind == "number" or "ranges" in pieces[index].lists):
        index += 1
    if index == first or index >= end or "age" not in pieces[index].lists:
        return 0
    after = pieces[index + 1].kinds if index + 1 < end else frozenset()
    return index + bool(after & {"gte_after", "lte_after"})


def _repeats(pieces: Sequence[Piece], index: int, end: int) -> bool:
    """Whether a word only stands for a subject named before: "con số này", "tỷ lệ" without what it is the rate of."""
    kinds = pieces[index].kinds
    bare = index + 1 >= end or not (is_content(pieces[index + 1]) or pieces[index + 1].kinds & {"det", "have"})
    return "anaphor" in kinds and ("head" not in kinds or bare)


def _continues(pieces: Sequence[Piece], index: int, end: int) -> bool:
    """Whether a piece goes on with the noun phrase before it."""
    piece = pieces[index]
    if is_content(piece):
        return not piece.kinds & {"anaphor", "proportion"} or "head" in pieces[index - 1].kinds
    if piece.kind == "number":
        return "numbered" in pieces[index - 1].kinds
    joint = joins(piece) or ("det" in piece.kinds and "prep" not in piece.kinds)
    return joint and index + 1 < end and is_content(pieces[index + 1])


def is_known(around: Around, phrase: Phrase) -> bool:
    return any(p.kinds & _KNOWN for p in around.pieces[phrase.first : phrase.last + 1])


def is_governed(around: Around, phrase: Phrase, first: int) -> bool:
    """Whether a phrase only qualifies another word: after a preposition, as what is compared with, "cho hộ nghèo"."""
    pieces = around.pieces
    index = _before_count(pieces, phrase.before, first)
    if index < first:
        return False
    kinds = pieces[index].kinds
    following = pieces[phrase.last + 1] if phrase.last + 1 < around.at else None
    opens = "reason" in kinds or ("having" in pieces[index].lists and index > first and is_known(around, phrase))
    if opens and following is not None and following.kinds & _AMOUNT_VERBS:
        return False  # a clause of its own: "nhờ nguồn xã hội hóa đạt gần 70 %"
    headed = any(has_head(p, around.lexicon) for p in pieces[phrase.first : phrase.last + 1])
    if headed and all(p.kinds & _BOUNDS for p in pieces[phrase.last + 1 : around.at]):
        return False  # "với tỷ lệ tán thành 100 %"
    each = "each" in pieces[phrase.first - 1].lists if phrase.first else False
    return each or bool(kinds & _GOVERNORS) or "of" in kinds or "governs" in pieces[index].lists


def _before_count(pieces: Sequence[Piece], index: int, first: int) -> int:
    """The piece before the number of a counted noun and its comparator: "trồng hơn 75 ha quế", "trên 3.200 con lợn"; a
    few things without a measure are where something is done: "trên 13 tuyến đường"."""
    large = counted = False
    while index >= first:
        piece = pieces[index]
        bounds = counted and bool(piece.kinds & _BOUNDS) and (large or "prep" not in piece.kinds)
        if not (bounds or piece.kind in ("period", "number") or "measure" in piece.kinds):
            break
        counted = piece.kind == "number"
        large = large or "measure" in piece.kinds or (counted and len(piece.text) >= _LARGE)
        index -= 1
    return index


def is_standard(around: Around, phrase: Phrase, first: int) -> bool:
    """Whether a phrase belongs to what is compared with: "lớn hơn lúc chưa được công nhận 35 %"."""
    pieces = around.pieces
    for index in range(phrase.first - 1, first - 1, -1):
        kinds = pieces[index].kinds
        if "compares" in kinds or ("beyond" in pieces[index].lists and "link" in kinds):
            return index > first
        if kinds & _AMOUNT_VERBS - {"link", "by", "from"}:
            return False
    return False


def qualifies(around: Around, phrase: Phrase, earlier: Sequence[Phrase]) -> bool:
    """Whether a phrase is part of a clause that qualifies the known noun before it: "diện tích rừng có chứng chỉ"."""
    before = phrase.before
    if before < 0 or not around.pieces[before].kinds & _QUALIFIERS or "causes" in around.pieces[before].kinds:
        return False
    return any(other.last == before - 1 and is_known(around, other) for other in earlier)


def is_value(around: Around, phrase: Phrase) -> bool:
    """Whether a phrase says in what a change is counted: "giảm 1.240 hộ"."""
    pieces = around.pieces
    if phrase.before < 1 or pieces[phrase.before].kind != "number":
        return False
    return bool(pieces[phrase.before - 1].kinds & {"up", "down", "to", "from"})


def is_classifier(around: Around, phrase: Phrase) -> bool:
    """Whether a counted noun is the word of counting alone: "18 vụ", "210 con"."""
    text = around.text[around.pieces[phrase.first].start : around.pieces[phrase.last].end]
    return len(text.split()) == 1
