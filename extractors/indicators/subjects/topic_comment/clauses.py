"""Vietnamese clauses: where the words before a figure are cut."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around, has_head, is_content, joins
from extractors.indicators.sentences.readings import previous_figure

__all__ = ["find_clauses", "is_bare", "is_empty", "without_brackets"]

_BREAKS = frozenset(",;:()–—|!?")
_BOUNDS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
_KNOWN = frozenset({"head", "topic"})


def without_brackets(around: Around) -> Around:
    """The same without closed brackets before the figure: "chỉ số sản xuất công nghiệp (IIP) tăng 5 %"."""
    pieces, at = around.pieces, around.at
    closed = [i for i in range(at) if pieces[i].text == ")"]
    if not closed:
        return around
    kept: list[Piece] = []
    for index, piece in enumerate(pieces[:at]):
        opened = max((i for i in range(len(kept)) if kept[i].text == "("), default=-1)
        if index not in closed or opened < 0 or _stays(around, kept, opened):
            kept.append(piece)
        else:
            del kept[opened:]
    return Around(around.text, [*kept, *pieces[at:]], len(kept), around.lexicon)


def _stays(around: Around, kept: Sequence[Piece], opened: int) -> bool:
    """Whether a bracket says more than the words before it: a figure, or the short name of what has no measure noun."""
    inner = kept[opened + 1 :]
    if any(p.kind == "figure" for p in inner):
        return True
    index = opened - 1
    while index >= 0 and is_content(kept[index]) and not has_head(kept[index], around.lexicon):
        index -= 1
    headed = index >= 0 and has_head(kept[index], around.lexicon)
    return len(inner) == 1 and "topic" in inner[0].kinds and not headed


def find_clauses(around: Around) -> list[tuple[int, int]]:
    """The clauses before the figure, the nearest first, back to the figure before or to a verb of speech."""
    pieces = around.pieces
    floor = previous_figure(pieces, around.at)
    found = []
    end = around.at
    for index in range(around.at - 1, floor, -1):
        piece = pieces[index]
        speaks = "say" in piece.kinds and not piece.kinds & {"prep", "plain", "topic"}
        if not speaks and not _parts(around, index):
            continue
        if index + 1 < end or end == around.at:
            found.append((index + 1, end))
        end = index
        if speaks:
            return found
    if floor < 0 and end > 0:
        found.append((0, end))
    return found


def _parts(around: Around, index: int) -> bool:
    """Whether a piece parts two clauses: a mark, or a conjunction that joins no nouns."""
    pieces = around.pieces
    piece, following = pieces[index], pieces[index + 1]
    if piece.text in _BREAKS and piece.kind == "mark":
        return True
    if "and" in piece.lists:
        nouns = index > 0 and is_content(pieces[index - 1]) and is_content(following)
        return not nouns or has_head(following, around.lexicon)
    if "conj" not in piece.kinds or piece.kinds & {"prep", "eq", "gt", "skip"}:
        return False
    if "to" not in piece.kinds:
        return True
    left = pieces[index - 1] if index else None  # "còn" is a verb too: "tỷ lệ còn thấp"
    opens = left is None or left.kind in ("mark", "figure", "period") or "measure" in left.kinds
    return following.kind == "unit" or bool(following.kinds & _KNOWN) or (opens and is_content(following))


def is_empty(around: Around, first: int, end: int) -> bool:
    """Whether a clause holds nothing but small words, as between a bracket and its figure."""
    return all(p.kind == "mark" or p.kinds & _BOUNDS for p in around.pieces[first:end])


def is_bare(around: Around, first: int, end: int) -> bool:
    """Whether a clause is a noun phrase alone, which an aside and the verb of the figure follow."""
    return all(is_content(p) or p.kinds & {"det", "conj"} or joins(p) for p in around.pieces[first:end])
