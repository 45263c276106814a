"""Which noun phrase of a Vietnamese clause is its subject, and how far its name goes."""

from __future__ import annotations

from extractors.indicators.sentences.noun_phrases import LONGEST, Around, Subject, has_head, is_content
from extractors.indicators.subjects.topic_comment.phrases import (
    Phrase,
    is_governed,
    is_known,
    is_standard,
    is_value,
    qualifies,
)
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["bounds_before", "named_subject", "subject_of"]

_QUALIFIERS = frozenset({"aux", "have"})
_AMOUNT_VERBS = frozenset({"reach", "be", "up", "down", "to", "from", "share", "link", "by"})
_CLOSING = _AMOUNT_VERBS | BOUNDS | {"tense"}
_AGENTS = frozenset({"unit", "name"})
_DEFINING = _QUALIFIERS | {"det"}


def named_subject(around: Around, phrases: list[Phrase], first: int) -> Subject | None:
    """The subject of the clause of the figure: the last known noun that nothing governs, else the first noun."""
    free = [
        p
        for i, p in enumerate(phrases)
        if not _is_verb(around, p, first)
        and not is_governed(around, p, first)
        and not is_standard(around, p, first)
        and not qualifies(around, p, phrases[:i])
        and not is_value(around, p)
    ]
    known = [p for p in free if is_known(around, p)]
    if known:
        return subject_of(around, _measured(around, known), first)
    for phrase in free:
        if _is_noun(around, phrase, first):
            return subject_of(around, phrase, first)
    return _named_thing(around, first)


def _named_thing(around: Around, first: int) -> Subject | None:
    """A thing that was taken for a person, by the noun that its name begins with: "Hồ Sông Trâu tụt xuống 20%"."""
    piece = around.pieces[first]
    name = around.text[piece.start : piece.end]
    follows = around.pieces[first + 1].kinds if first + 1 < around.at else frozenset()
    named = (
        piece.kind == "name" and name.split()[0].lower() in around.lexicon.lists["things"] and follows & _AMOUNT_VERBS
    )
    return Subject(piece.start, piece.end, "left") if named else None


def bounds_before(around: Around) -> int:
    """How many comparators stand right before the figure."""
    index = around.at
    while index > 0 and around.pieces[index - 1].kinds & BOUNDS:
        index -= 1
    return around.at - index


def _is_verb(around: Around, phrase: Phrase, first: int) -> bool:
    """Whether a word of change is the verb of the figure, its subject being told before: "…, tăng trưởng 16,8%"."""
    piece = around.pieces[phrase.first]
    alone = phrase.first == phrase.last == around.at - 1 and phrase.first == first > 0
    return alone and bool(piece.kinds & {"up", "down"})


def _measured(around: Around, known: list[Phrase]) -> Phrase:
    """The last known noun, or the measure before it: "tỷ lệ lấp đầy 14 khu công nghiệp"."""
    pieces, lexicon = around.pieces, around.lexicon
    last = known[-1]
    for phrase in reversed(known):
        if any(has_head(p, lexicon) for p in pieces[phrase.first : phrase.last + 1]):
            between = pieces[phrase.last + 1 : last.first]
            moved = any(p.kinds & {"up", "down", "causes"} for p in between)
            return last if moved else phrase
    return last


def _is_noun(around: Around, phrase: Phrase, first: int) -> bool:
    """Whether unknown words are a noun: not the verb after a name, no lone word but where it opens its clause."""
    pieces = around.pieces
    before = pieces[phrase.first - 1] if phrase.first > first else None
    if before is not None and (
        before.kind in _AGENTS or before.kinds & {"reference", "skip", "tense", "anaphor", "up", "down"}
    ):
        return False
    if any("no_noun_after" in p.lists for p in pieces[max(0, phrase.first - 1) : phrase.first]):
        return False
    words = around.text[pieces[phrase.first].start : pieces[phrase.last].end].split()
    stays = phrase.last + 2 == around.at - bounds_before(around) and "stands" in pieces[phrase.last + 1].lists
    if stays and before is None and len(words) < 3:
        return False  # a verb of standing: "nên đứng im ở 29,5%"
    if len(words) == 1:
        return before is None and words[0].lower() not in around.lexicon.numbers and len(words[0]) > 1
    capitals = all(w[:1].isupper() and not w.isupper() for w in words)
    return not capitals or words[0].lower() in around.lexicon.lists["things"]


def subject_of(around: Around, phrase: Phrase, first: int) -> Subject | None:
    """The phrase from its measure noun on, as far as its name goes."""
    pieces, lexicon = around.pieces, around.lexicon
    start, last = phrase.first, phrase.last
    heads = [i for i in range(start, last + 1) if has_head(pieces[i], lexicon)]
    if heads and heads[0] < last and "topic" not in pieces[start].kinds:
        start = heads[0]  # one at the end is the verb of its noun: "vốn đối ứng giải ngân"
    if "proportion" in pieces[start].kinds or (start > first and "proportion" in pieces[start - 1].kinds):
        start -= "proportion" not in pieces[start].kinds
        last = max(last, _definition_end(around, last))
    elif heads and start == last and (owner := _owner(around, phrase, first)) is not None:
        start = owner
    last = _before_season(around, start, last)
    last = min(max(last, _relative_end(around, start, last)), start + LONGEST - 1)
    return Subject(pieces[start].start, pieces[last].end, "left")


def _before_season(around: Around, first: int, last: int) -> int:
    """The end of a long name before the season that closes it: "diện tích dừng sản xuất vụ hè thu"."""
    for index in range(first + 2, last + 1):
        if around.pieces[index].text.split()[0] == "vụ" and last - first > 2:
            return index - 1
    return last


def _relative_end(around: Around, first: int, last: int) -> int:
    """The end of the clause that tells which of a number is meant: "số căn đã khởi công đạt 61 %"."""
    pieces = around.pieces
    numbered = (pieces[first].text == "số" and last <= first + 1) or (pieces[first].text[:3] == "số " and last == first)
    if not numbered and not (last + 1 < around.at and "defines" in pieces[last + 1].lists):
        return last
    end = last + 1 + (not numbered)
    while end < around.at and (is_content(pieces[end]) or pieces[end].kinds & _QUALIFIERS):
        end += 1
    while end > last + 1 and "tense" in pieces[end - 1].kinds:
        end -= 1
    closed = end == around.at or pieces[end].kinds & _CLOSING or (pieces[end].kind == "cue" and numbered)
    return end - 1 if closed and end > last + 1 and is_content(pieces[end - 1]) else last


def _owner(around: Around, phrase: Phrase, first: int) -> int | None:
    """Where the noun starts whose measure is named behind its verb: "Bữa ăn tăng giá"."""
    pieces = around.pieces
    verb = phrase.first - 1
    if verb <= first or not pieces[verb].kinds & {"up", "down"} or pieces[verb].kinds & {"compares"}:
        return None
    start = verb
    while start > first and is_content(pieces[start - 1]) and not pieces[start - 1].kinds & {"skip"}:
        start -= 1
    return start if start < verb else None


def _definition_end(around: Around, last: int) -> int:
    """The end of what a share is defined by: "tỷ lệ dân số đô thị được cấp nước sạch"."""
    pieces = around.pieces
    end = last
    for index in range(last + 1, min(around.at, last + LONGEST)):
        piece = pieces[index]
        if is_content(piece):
            end = index
        elif "tense" in piece.kinds or not piece.kinds & _DEFINING:
            break
    return end
