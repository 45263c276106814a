"""What a figure measures: the noun phrase before or after it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import CONTENT, LONGEST, Around, Subject, extend, is_content
from extractors.indicators.sentences.readings import left_cue, next_figure, previous_figure
from extractors.indicators.subjects.after import phrase_after, predicate
from extractors.indicators.subjects.appositions import apposed_to, resumed_after
from extractors.indicators.subjects.before import closes_with_share
from extractors.indicators.subjects.before import phrase_before as _nearest_phrase
from extractors.indicators.subjects.framed import framed, moved_to
from extractors.indicators.subjects.headed import announced, first_phrase, headed, pronoun_before
from extractors.indicators.subjects.of_changes import compared_phrase
from extractors.indicators.subjects.of_wholes import carried_whole, fronted_whole, inverts
from extractors.indicators.subjects.topic_comment.subject import does_work, opens_clause, topic_or_object, topic_phrase
from extractors.indicators.words.lexicon import BOUNDS, FigureLexicon

__all__ = ["Subject", "find_subject", "label_of", "lists_parts", "names_whole", "noun_after"]

_LABEL = 9  # pieces: a longer one is a sentence
_AFTER = frozenset({"gt_after", "gte_after", "lt_after", "lte_after", "approx_after"})
_TOLD = frozenset({"say", "reference", "plan", "annual", "up", "down", "reach", "be"})
_STEPS = 3  # pieces: "um mehr als 5 %"
_BESIDE = BOUNDS | {"up", "down", "by", "over"}
_PREDICATES = frozenset({"share", "reach", "be", "up", "down", "by", "to", "from", "over"})


def find_subject(text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> Subject | None:
    """The phrase that names what the figure measures; None where its clause has none of its own."""
    around = Around(text, pieces, at, lexicon)
    cue = left_cue(pieces, at)
    if cue is None or not cue.kinds & {"plan", "annual"}:
        return _found(around, cue)
    since = max(0, at - LONGEST, previous_figure(pieces, at))
    if any(p.kinds & {"over", "compares"} for p in pieces[since:at]):
        return phrase_before(around) or framed(around)
    whole = phrase_after(around) if not lexicon.isolating or opens_clause(around) else None
    # "the target of 60 %" is about what came before
    return whole if whole and whole.side in ("of", "noun") else framed(around)


def _found(around: Around, cue: Piece | None) -> Subject | None:
    pieces, at, lexicon = around.pieces, around.at, around.lexicon
    if compared := compared_phrase(around):
        return compared
    if not lexicon.isolating and (apposed := apposed_to(around)):
        return apposed
    if (found := fronted_whole(around)) and (moved := _moved(around, cue, found)):
        return moved
    if found and (not (cue and cue.kinds & {"share", "reach", "fulfil", "gloss"}) or inverts(around, found)):
        return predicate(around, at + 1) or _called(around, cue) or found
    closing = lexicon.verb_last and (closes_with_share(pieces, at) or _opens_with_share(pieces, at))
    strong = closing or (cue is not None and bool(cue.kinds & _PREDICATES))
    if not strong and (found := predicate(around, at + 1)):
        return found
    right = phrase_after(around)
    if lexicon.isolating and right is not None and does_work(around, cue, right):
        return right
    if lexicon.isolating and right is not None and (settled := topic_or_object(around, cue, right)) is not right:
        return settled
    if right is None:
        left = phrase_before(around)
        framing = framed(around) if left is None or left.side == "adjunct" else None
        return framing or left or carried_whole(around)
    if cue and _takes_object(around, cue, right):
        return right
    leads = closing or bool(cue and cue.kinds & {"share", "reach", "be"})
    moving = moved_to(around) if right.side == "of" else None
    if moving or (strong and (leads or not lexicon.bare_noun_after or right.side == "of")):
        left = phrase_before(moving or around)
        if left and left.side == "left" and not (right.side == "of" and _is_of_other_clause(around, left)):
            return left
    return right


def _moved(around: Around, cue: Piece | None, whole: Subject) -> Subject | None:
    """What changed among a whole that opens the clause: "Unter den Waren stieg der Ausstoß von Autos um 4 %"."""
    before = [p for p in around.pieces[: around.at] if p.start >= whole.end]
    by = any("by" in p.kinds for p in before[-_STEPS:])
    if around.lexicon.isolating or not (by or (cue and cue.kinds & {"up", "down"})):
        return None
    left = phrase_before(around)
    return left if left and left.side == "left" and left.start >= whole.end else None


def _called(around: Around, cue: Piece | None) -> Subject | None:
    """What a share of a fronted whole is said to be: "Unter den Gästen sind 57 % Frauen"."""
    if cue is None or "be" not in cue.kinds or around.lexicon.isolating:
        return None
    named = phrase_after(around)
    return named if named and named.side == "noun" else None


def _is_of_other_clause(around: Around, left: Subject) -> bool:
    """Whether a German clause with "sind" of its own follows a phrase: "… und in Lat sind 43 % der Familien arm"."""
    if not around.lexicon.verb_last:
        return False
    between = [p for p in around.pieces[: around.at] if p.start >= left.end]
    joints = [i for i, p in enumerate(between) if "and" in p.lists]
    return bool(joints) and any("be" in p.kinds for p in between[joints[-1] :])


def lists_parts(around: Around) -> bool:
    """Whether the figure opens a list of parts that each stand behind their figure: "Land: 6 % forest, 4 % water"."""
    pieces, following = around.pieces, next_figure(around.pieces, around.at)
    if following >= len(pieces) or pieces[following - 1].text != "," or around.lexicon.isolating:
        return False
    second = phrase_after(Around(around.text, pieces, following, around.lexicon))
    return second is not None and second.side == "noun"


def _takes_object(around: Around, cue: Piece, right: Subject) -> bool:
    """Whether what follows the figure is the object of its verb: "met 60 % of the demand", "cut 15 % of its staff",
    "réduit de 5 % le budget"."""
    pieces, at = around.pieces, around.at
    if right.side not in ("of", "noun") or around.lexicon.isolating:
        return "fulfil" in cue.kinds and right.side in ("of", "noun")
    if "fulfil" in cue.kinds:
        area = any("areas" in p.lists for p in pieces if right.start <= p.start < right.end)
        return not ("share" in cue.kinds and area)  # "rice covers 60 % of the area"
    if not cue.kinds & {"up", "down", "goal", "moves"} or right.side != "of":
        return False
    next_to = all(p.kinds & (BOUNDS | {"each"}) for p in pieces[pieces.index(cue) + 1 : at])
    index = pieces.index(cue)
    if index and "det" in pieces[index - 1].kinds:
        return True  # "approve a cut of 5 % of the fees"
    articles = [p for p in pieces[at + 1 : at + 3] if not p.kinds & _AFTER][:1]
    return next_to or any("det" in p.kinds and "of" not in p.kinds for p in articles)


def phrase_before(around: Around) -> Subject | None:
    """The noun phrase before the figure that it is said of."""
    if around.lexicon.isolating:
        return topic_phrase(around)
    if (pronoun := pronoun_before(around)) is not None:
        return first_phrase(around, pronoun)
    found = resumed_after(around) or _nearest_phrase(around)
    if found is None or found.side == "adjunct" or not _is_known(around, found):
        found = announced(around) or found
    return headed(around, found) or found


def _is_known(around: Around, subject: Subject) -> bool:
    """Whether the phrase names a topic, and so more than who or what is measured; things that are counted do not."""
    first = next((i for i, p in enumerate(around.pieces) if p.start == subject.start), 0)
    counted = first > 0 and around.pieces[first - 1].kind == "number"
    return not counted and any("topic" in p.kinds for p in around.pieces if subject.start <= p.start < subject.end)


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


def label_of(pieces: Sequence[Piece], at: int) -> Sequence[Piece]:
    """The label that the sentence opens with, for a figure that is an entry behind it: "Growth: industry 8 %, …"."""
    colon = next((i for i in range(min(at, _LABEL + 1)) if pieces[i].text == ":"), 0)
    shares = at + 1 < len(pieces) and "of" in pieces[at + 1].kinds
    return () if shares or any(p.kind in ("unit", "figure") for p in pieces[:colon]) else pieces[:colon]


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


def _opens_with_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb of sharing stands before its subject: "heute macht der Bergbau 17 % der Leistung aus"."""
    for piece in reversed(pieces[max(0, at - LONGEST) : at]):
        if piece.kind in ("mark", "figure") or "conj" in piece.kinds:
            return False
        if "share" in piece.kinds:
            return True
    return False
