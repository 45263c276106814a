"""Names what a figure measures, from its clause or from what came before."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.contexts import Article, Draft, Named, Sentence
from extractors.indicators.counts.goals import Number
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around
from extractors.indicators.sentences.readings import left_cue, next_figure, previous_figure
from extractors.indicators.subjects.ranking.ranker import settle
from extractors.indicators.subjects.rules import Subject, find_label, find_subject, lists_parts, noun_after
from extractors.indicators.topics.keys import CLASSES, GENERIC, named_outside_units, topic_of
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.indicators.words.matching import words_of
from extractors.types import Direction

__all__ = ["changes", "grows", "name_subject"]

_RECENT = 4  # figures back to the level that "this rate" takes up
_Ratio = tuple[Number, Number] | None
_Found = tuple[Subject | None, tuple[int, int] | None, str]


def name_subject(article: Article, sentence: Sentence, at: int, ratio: _Ratio, before: Draft | None) -> Named:
    """What the figure at the piece `at` measures: by the rules, settled with the ranking of all phrases around."""
    found = Named(*_by_rules(article, sentence, at, ratio, before))
    if article.discourse.is_row(sentence.pieces[at].start):
        return found  # of a table, where no phrases stand
    return settle(article, sentence, at, found)


def _by_rules(article: Article, sentence: Sentence, at: int, ratio: _Ratio, before: Draft | None) -> _Found:
    """The subject in the figure's own clause; its place, or that of the one it takes from before; where it is from."""
    pieces, lexicon = sentence.pieces, article.lexicon
    own = find_subject(article.text, pieces, at, lexicon)
    label = find_label(article.text, pieces, at)
    if own and own.side == "noun" and lists_parts(Around(article.text, pieces, at, lexicon)):
        label = None
    if label and _is_labelled(article, sentence, own, label):
        return label, (label.start, label.end), "named" if _is_known(pieces, label) else "phrase"
    if own and _resumes(article, pieces, own) and (resumed := _last_subject(article, sentence, before)):
        return None, resumed, "before"
    if own and (carried := _carried_to_group(article, sentence, own, before)):
        return None, carried, "before"
    if own and own.side in ("of", "noun", "predicate"):
        return own, (own.start, own.end), "named"
    if ratio:
        counted = noun_after(article.text, pieces, ratio[0].at, lexicon, strict=True)
        whole = noun_after(article.text, pieces, ratio[1].at, lexicon)
        if counted and whole and _is_fuller(article.text, counted, whole):
            counted = whole  # "42.250 căn nhà ở xã hội, … xong 18.590 căn"
        if counted := counted or whole:
            return counted, (counted.start, counted.end), "counted"
        if sentence.earlier and sentence.earlier[-1].subject:
            return None, sentence.earlier[-1].subject, "discourse"
    if own and own.side != "adjunct":
        return own, (own.start, own.end), "named" if _is_known(pieces, own) else "phrase"
    if own and before and before.subject and _contrasts(pieces, own, before.subject):
        return own, (own.start, own.end), "phrase"
    if before and before.subject:
        return None, before.subject, "before"
    if taken := _discourse_subject(article, sentence, at):
        return None, taken, "discourse"
    return (own, (own.start, own.end), "adjunct") if own else (None, None, "none")


def _carried_to_group(
    article: Article, sentence: Sentence, own: Subject, before: Draft | None
) -> tuple[int, int] | None:
    """The measure of the figure before, where the clause names a group or a kind of place in place of it: "lương giảm
    8%, riêng bộ phận may 15%"."""
    last = before or (sentence.earlier[-1] if sentence.follows else None)
    groups = article.lexicon.lists["groups"]
    if own.side != "left" or not groups or last is None or last.subject is None or last.indicator.topic is None:
        return None
    named = article.lower[own.start : own.end]
    if not f"{named} ".startswith(tuple(f"{group} " for group in groups)):
        return None
    topic = topic_of(article.text[own.start : own.end], article.lexicon)
    held = any("head" in p.kinds for p in sentence.pieces if own.start <= p.start < own.end)
    return last.subject if not held and (topic is None or topic in CLASSES) else None


def _contrasts(pieces: Sequence[Piece], own: Subject, other: tuple[int, int]) -> bool:
    """Whether two figures are told apart by phrases of one preposition: "bei Schuhen 3 %, bei Taschen 4 %"."""
    here, there = (_preposition(pieces, start) for start in (own.start, other[0]))
    return here is not None and there is not None and here.start > there.start and here.text[:2] == there.text[:2]


def _preposition(pieces: Sequence[Piece], start: int) -> Piece | None:
    index = next((i for i, p in enumerate(pieces) if p.start == start), 0) - 1
    while index > 0 and "det" in pieces[index].kinds and "prep" not in pieces[index].kinds:
        index -= 1
    return pieces[index] if index >= 0 and "prep" in pieces[index].kinds else None


def _resumes(article: Article, pieces: Sequence[Piece], own: Subject) -> bool:
    """Whether the phrase only takes up what was named before: "this rate", "der Anteil", "ces deux taux"."""
    at = next((i for i, p in enumerate(pieces) if p.start == own.start), 0)
    if at and "this" in pieces[at - 1].lists:
        words = words_of(article.text[pieces[at - 1].start : own.end])
        hit = article.lexicon.resuming.match(words, 0)
        if hit is not None and hit[0] == len(words):
            return True
    bare = at > 0 and pieces[at].end == own.end and "topic" not in pieces[at].kinds
    apposed = at > 1 and pieces[at - 2].text == "," and "one" in pieces[at - 1].lists  # ", a rate that fell to"
    return bare and "proportion" in pieces[at].kinds and ("this" in pieces[at - 1].lists or apposed)


def _last_subject(article: Article, sentence: Sentence, before: Draft | None) -> tuple[int, int] | None:
    """What the last figure before in the line was the level of, past changes of the same."""
    changed: set[tuple[int, int] | None] = set()
    line_of = article.discourse.line_of
    line = line_of(sentence.pieces[0].start)
    for draft in (*([before] if before else ()), *reversed(sentence.earlier[-_RECENT:])):
        if line_of(draft.indicator.evidence.start) != line:
            return None
        changed.add(draft.subject)
        if draft.indicator.direction == "level" or len(changed) > 1:
            return draft.subject if len(changed) == 1 else None
    return None


def _is_fuller(text: str, short: Subject, long: Subject) -> bool:
    """Whether a phrase is another with more words behind it."""
    return text[long.start : long.end].lower().startswith(text[short.start : short.end].lower() + " ")


def _is_labelled(article: Article, sentence: Sentence, own: Subject | None, label: Subject) -> bool:
    """Whether the label of the line names what the figure measures better than the words around the figure do."""
    if own is None or own.side == "adjunct" or label.start <= own.start < label.end:
        return True
    known = topic_of(article.text[label.start : label.end], article.lexicon) is not None
    before = max((p for p in sentence.pieces if p.end <= own.start), key=lambda p: p.end)
    counted = own.side == "left" and (before.kind == "number" or "measure" in before.kinds)
    return (counted or own.side in ("of", "noun")) and known and article.discourse.is_item(sentence.pieces[0].start)


def _is_known(pieces: Sequence[Piece], subject: Subject) -> bool:
    """Whether the phrase holds a topic or a measure noun, and so is hardly a verb or a name."""
    return any(p.kinds & {"topic", "head"} for p in pieces if subject.start <= p.start < subject.end)


def _discourse_subject(article: Article, sentence: Sentence, at: int) -> tuple[int, int] | None:
    """What the list, the counted things of the sentence, the paragraph or the lead are about."""
    discourse, pieces = article.discourse, sentence.pieces
    if sentence.head and (named := _head_subject(article, sentence.head)):
        return named
    following = pieces[at + 1] if at + 1 < len(pieces) else None
    cue = left_cue(pieces, at)
    reached = cue is not None and bool(cue.kinds & {"reach", "gloss", "share"})
    if reached or (following and (following.kind == "word" or following.kinds & {"aux", "say", "have"})):
        for number in reversed([n for n in sentence.numbers if n.at < at]):
            if counted := noun_after(article.text, pieces, number.at, article.lexicon, strict=True):
                return counted.start, counted.end
    place = pieces[at].start
    last = sentence.earlier[-1] if sentence.earlier else None
    same = last is not None and discourse.line_of(last.indicator.evidence.start) == discourse.line_of(place)
    since = max(last.indicator.evidence.end, last.subject[1] if last.subject else 0) if last and same else 0
    clause = pieces[previous_figure(pieces, at) + 1 : next_figure(pieces, at)]
    told = named_outside_units(article, clause) - CLASSES - GENERIC
    found = (discourse.topic_before(pieces[0].start, 0, told) if told else None) or discourse.topic_before(place, since)
    found = found or (last.subject if last and same else None)
    return found or _counted_last(article, sentence, at)


def _counted_last(article: Article, sentence: Sentence, at: int) -> tuple[int, int] | None:
    """What the sentence has counted before a figure that nothing else names: "khởi tố 74 vụ, ít hơn 13%"."""
    if not article.lexicon.isolating:
        return None
    for number in reversed([n for n in sentence.numbers if n.at < at]):
        counted = noun_after(article.text, sentence.pieces, number.at, article.lexicon, strict=True)
        if counted:
            return counted.start, counted.end
    return None


def _head_subject(article: Article, head: tuple[Piece, ...]) -> tuple[int, int] | None:
    """What the head line of a list names: its most telling topic, else the noun phrase that it starts with."""
    topic = article.discourse.topic_before(head[-1].end, head[0].start)
    noun = noun_after(article.text, head, -1, article.lexicon)
    if noun and topic and noun.start <= topic[0] and topic[1] <= noun.end:
        return noun.start, noun.end
    if topic and topic_of(article.text[slice(*topic)], article.lexicon) not in GENERIC:
        return topic
    return (noun.start, noun.end) if noun else topic


def changes(pieces: Sequence[Piece], span: tuple[int, int] | None) -> Direction | None:
    """The change that the subject is said to make in a noun before it: "the rise in prices is put at 4 %"."""
    at = next((i for i, p in enumerate(pieces) if span and p.start == span[0]), 0) - 1
    while at > 0 and (pieces[at].kinds & {"of", "det"} or "in" in pieces[at].lists):
        at -= 1
    if at < 1 or not pieces[at].kinds & {"up", "down"} or "det" not in pieces[at - 1].kinds:
        return None
    return "increase" if "up" in pieces[at].kinds else "decrease"


def grows(phrase: str | None, lexicon: FigureLexicon) -> bool:
    """Whether the subject is a growth: "GRDP growth of 8 %"."""
    words = words_of(phrase or "")
    at = 0
    while at < len(words):
        hit = lexicon.cues.match(words, at)
        if hit and "up" in hit[1] and "plan" not in hit[1]:
            return True
        at += hit[0] if hit else 1
    return False
