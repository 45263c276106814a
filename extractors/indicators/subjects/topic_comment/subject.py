"""The subject of a Vietnamese clause: the topic comes first, its comment after it, the figure at the end.

The words before a figure are cut into clauses. The clause of the figure names the subject, or it leaves the subject
out and the clause before it is asked, up to the figure before.
"""

from __future__ import annotations

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import LONGEST, Around, Subject, has_head, is_content
from extractors.indicators.sentences.readings import left_cue, next_figure, previous_figure
from extractors.indicators.subjects.topic_comment.clauses import find_clauses, is_bare, is_empty, without_brackets
from extractors.indicators.subjects.topic_comment.counts import counted_subject, is_sure
from extractors.indicators.subjects.topic_comment.names import bounds_before, named_subject
from extractors.indicators.subjects.topic_comment.phrases import Phrase, find_phrases, is_known, is_value

__all__ = ["does_work", "opens_clause", "topic_or_object", "topic_phrase"]

_KNOWN = frozenset({"head", "topic"})
_AMOUNT_VERBS = frozenset({"reach", "be", "up", "down", "to", "from", "share", "link", "by"})
_MOVES = frozenset({"up", "down", "to"})
_VERBS = frozenset({"reach", "be", "share", "up", "down", "fulfil", "gloss", "plan", "annual", "goal"})
_AMOUNT_SMALL = frozenset({"aux", "tense", "gt", "gte", "lt", "lte", "approx", "eq", "link"})
_FEW = 3  # pieces: a longer one before a comma is no noun of a list


def topic_phrase(around: Around) -> Subject | None:
    """What the figure is said of; an `adjunct` where only a phrase after a preposition is there, None where the clause
    takes it from what came before."""
    around = without_brackets(around)
    fallback: Subject | None = None
    near = True
    aside: Subject | None = None
    for first, end in find_clauses(around):
        phrases = find_phrases(around, first, end)
        if end < around.at and around.pieces[end].text == "(" and not is_empty(around, first, end):
            found = _named_last(around, phrases, end) or counted_subject(around, phrases, first, end)
        elif near:
            found = _listed(around, named_subject(around, phrases, first), first)
        else:
            found = _cause(around, phrases, end) or counted_subject(around, phrases, first, end)
        if near and not is_sure(around, found) and _points_back(around, first, end):
            return None
        if found is None:
            fallback = fallback or _adjunct(around, phrases)
        elif near or aside is None:
            if not near and _may_be_aside(around, first, end, found):
                aside = found
                continue
            return found
        else:
            return found if is_bare(around, first, end) else aside
        near = near and is_empty(around, first, end)
        if first and around.pieces[first - 1].text == ";":
            break
    return aside or fallback


def _cause(around: Around, phrases: list[Phrase], end: int) -> Subject | None:
    """The cause that the clause before a share closes with: "kênh hỏng chủ yếu do sạt lở, chiếm 68%"."""
    cue = left_cue(around.pieces, around.at)
    if not phrases or cue is None or "share" not in cue.kinds or phrases[-1].last != end - 1:
        return None
    phrase, pieces = phrases[-1], around.pieces
    if phrase.before < 0 or "reason" not in pieces[phrase.before].kinds:
        return None
    return Subject(pieces[phrase.first].start, pieces[phrase.last].end, "left")


def topic_or_object(around: Around, cue: Piece | None, right: Subject) -> Subject | None:
    """What the figure is said of, where a noun follows it: that noun, unless the clause has a topic of its own or goes
    on with the one before."""
    kinds = cue.kinds if cue else frozenset()
    if "share" in kinds and right.side == "noun" and _goes_on(around):
        return topic_phrase(around)
    to = any("to" in p.kinds for p in around.pieces[max(0, around.at - 2) : around.at])
    if (to or kinds & _MOVES) and right.side in ("noun", "of") and (moved := _moved(around, right, to=to)):
        return moved
    if not kinds & _VERBS and right.side == "noun" and _is_measure(around, right) and _acts_on(around):
        return None
    if not kinds & _VERBS:
        left = topic_phrase(around)
        if left is not None and left.side == "left" and _tells_amount(around, left):
            return left
    return right


def _moved(around: Around, right: Subject, *, to: bool) -> Subject | None:
    """What has changed, where the noun behind the figure only says in what ("tai nạn giảm 15% số vụ"), of what whole it
    is left ("vải sấy chỉ còn 17% sản lượng", "nợ xấu lùi về 0,4% tổng dư nợ"), or goes on ("giá cám leo thang 22% ăn
    hết phần lãi")."""
    text = around.text[right.start : right.end].lower()
    left = topic_phrase(around)
    if left is None or left.side != "left":
        return None
    named = [p for p in around.pieces if right.start < p.end and p.start < right.end]
    if to:
        bare = len(named) == 1 or named[0].kinds & {"total", "whole"}
        return left if bare and has_head(named[0], around.lexicon) else None
    if text in around.lexicon.lists["dimensions"]:
        other = next_figure(around.pieces, around.at) + 1  # "giảm 17% số vụ nhưng tăng 9% tang vật"
        return left if other >= len(around.pieces) or not is_content(around.pieces[other]) else None
    known = any(p.kinds & _KNOWN | p.kinds & {"whole", "reference"} for p in named)
    return left if not known and _is_measure(around, left) else None


def does_work(around: Around, cue: Piece | None, right: Subject) -> bool:
    """Whether the noun behind the figure is the work of which so much is done: "đạt 46% khối lượng xây lắp"."""
    reached = cue is not None and bool(cue.kinds & {"reach", "be"})
    if not reached or not around.text[right.start : right.end].lower().startswith(around.lexicon.lists["work"]):
        return False
    left = topic_phrase(around)
    return left is None or not _is_measure(around, left)


def _is_measure(around: Around, subject: Subject) -> bool:
    named = [p for p in around.pieces if subject.start <= p.start < subject.end]
    return any(has_head(p, around.lexicon) and "numbered" not in p.kinds for p in named)


def opens_clause(around: Around) -> bool:
    """Whether the noun behind the figure has a verb of its own: "Chuyển đổi số: 85% hộ có tài khoản"."""
    pieces = around.pieces
    named = False
    for piece in pieces[around.at + 1 : around.at + 1 + LONGEST]:
        if piece.kind in ("mark", "figure", "number"):
            return False
        if named and piece.kinds & {"aux", "tense", "reach", "have", "goal", "to"} and not is_content(piece):
            return True
        named = named or is_content(piece)
    return False


def _goes_on(around: Around) -> bool:
    """Whether the clause only adds a verb to the one of the figure before: "tăng 44% và đóng góp 19,5% tổng thu"."""
    pieces = around.pieces
    floor = previous_figure(pieces, around.at)
    between = pieces[floor + 1 : around.at]
    return floor >= 0 and not any(is_content(p) or p.kind == "unit" or "reference" in p.kinds for p in between)


def _acts_on(around: Around) -> bool:
    """Whether a conjunction and an unknown verb add the figure to the share before: "2% diện tích nhưng đẻ ra 45%"."""
    pieces = around.pieces
    floor = previous_figure(pieces, around.at)
    opened = next((i for i in range(around.at - 1, floor, -1) if "conj" in pieces[i].kinds), -1)
    verb = pieces[opened + 1 : around.at]
    known = any(p.kind == "unit" or p.kinds & _KNOWN | p.kinds & {"reference"} for p in verb)
    short = 0 < len(verb) <= _FEW + 2 and any(p.kind == "word" for p in verb)
    return floor >= 0 and opened > floor and short and not known


def _tells_amount(around: Around, left: Subject) -> bool:
    """Whether nothing but small words part a measure from its figure: "diện tích chưa tới 3% mặt nước"."""
    pieces = around.pieces
    named = [p for p in pieces[: around.at] if left.start <= p.start < left.end]
    between = [p for p in pieces[: around.at] if p.start >= left.end]
    owned = [p for p in between if not p.kinds & _AMOUNT_SMALL]
    moved = "to" in pieces[around.at - 1 - bounds_before(around)].kinds  # "dung tích 23 hồ còn 41,6% thiết kế"
    measured = _is_measure(around, left) and not any("disburse" in p.kinds for p in named)
    whose = not owned or "of" in owned[0].kinds
    parted = any(p.kind == "mark" or p.text == "có" for p in between)
    return measured and not parted and (moved or (whose and not any(p.kind == "number" for p in between)))


def _points_back(around: Around, first: int, end: int) -> bool:
    """Whether a clause speaks of the figure before: "con số ấy có thể về dưới 3 %"."""
    told = previous_figure(around.pieces, around.at) >= 0
    return told and any("anaphor" in p.kinds and "head" not in p.kinds for p in around.pieces[first:end])


def _listed(around: Around, found: Subject | None, first: int) -> Subject | None:
    """The phrase with the nouns that a comma adds to it: "cán bộ Khmer, Chăm chiếm 9 %"."""
    pieces = around.pieces
    if found is None or first < 2 or found.start != pieces[first].start or pieces[first - 1].text != ",":
        return found
    start = first - 1
    while start > 0 and is_content(pieces[start - 1]):
        start -= 1
    if start > 1 and pieces[start - 1].text == "có" and any(p.kinds & _KNOWN for p in pieces[start - 2 : start - 1]):
        return Subject(pieces[start - 2].start, found.end, found.side)  # "lao động có bằng cấp, chứng chỉ"
    opens = start == 0 or pieces[start - 1].kind == "mark" or pieces[start - 1].kinds & {"conj", "part"}
    named = pieces[start : first - 1]
    headed = any(has_head(p, around.lexicon) for p in pieces if found.start <= p.start < found.end)
    if not opens or headed or not 0 < len(named) <= _FEW or any("skip" in p.kinds for p in named):
        return found
    return Subject(named[0].start, found.end, found.side)


def _named_last(around: Around, phrases: list[Phrase], end: int) -> Subject | None:
    """The noun right before a bracket, whatever governs it."""
    if not phrases or phrases[-1].last != end - 1:
        return None
    phrase, pieces = phrases[-1], around.pieces
    before = pieces[phrase.before] if phrase.before >= 0 else None
    if before is not None and (before.kind == "number" or "measure" in before.kinds):
        return None
    alone = phrase.first == phrase.last and " " not in pieces[phrase.first].text and not is_known(around, phrase)
    if alone and before is not None and not before.kinds & {"be", "prep", "conj"}:
        return None
    return Subject(pieces[phrase.first].start, pieces[phrase.last].end, "left")


def _may_be_aside(around: Around, first: int, end: int, found: Subject) -> bool:
    """Whether a clause says something by the way: "Thu phí hạ tầng, khoản từng gây tranh cãi, đóng góp 9 %"."""
    pieces = around.pieces[first:end]
    if any(p.kind == "number" or p.kinds & _AMOUNT_VERBS for p in pieces) or first < 1:
        return False
    return not any(p.kinds & _KNOWN for p in pieces if found.start <= p.start < found.end)


def _adjunct(around: Around, phrases: list[Phrase]) -> Subject | None:
    """A phrase that something governs, as a last resort."""
    for phrase in reversed(phrases):
        if is_known(around, phrase) and not is_value(around, phrase):
            return Subject(around.pieces[phrase.first].start, around.pieces[phrase.last].end, "adjunct")
    return None
