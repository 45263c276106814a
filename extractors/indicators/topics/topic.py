"""The topic of a figure: named in its subject, else, where the subject says too little, by the clause around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.indicators.contexts import Article, Draft, Sentence
from extractors.indicators.sentences.clauses import Piece, has_capital
from extractors.indicators.sentences.noun_phrases import is_content
from extractors.indicators.sentences.readings import next_figure, previous_figure
from extractors.indicators.topics.families import topic_of_family
from extractors.indicators.topics.keys import (
    ACTORS,
    BARE,
    GENERIC,
    PROPERTIES,
    STATES,
    WHO,
    named_outside_units,
    topic_of,
)
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.indicators.words.matching import words_of

__all__ = ["settle_topic", "topic_at"]

# What a clause says of a subject without a topic: what its things have or are, or what is done with them.
_TELLING = (PROPERTIES | STATES) - ACTORS
_VAGUE = frozenset(
    {"head", "proportion", "det", "of", "total", "whole", "skip", "reference", "measure", "plan", "annual", "goal"}
)
_TAKEN = frozenset({"before", "discourse"})
_STOPS = frozenset({",", ";", ":", ".", "(", ")"})
_COMPLEMENT = 5  # pieces of what hangs on a subject
_MOVES = frozenset({"up", "down", "reach", "be", "share", "to", "from"})
_VERB = 4  # pieces of a verb before the number that it takes


def topic_at(article: Article, span: tuple[int, int]) -> str | None:
    """The topic named by the phrase at a place of the article, looked up once."""
    if span not in article.topics:
        article.topics[span] = topic_of(article.text[slice(*span)], article.lexicon)
    return article.topics[span]


def settle_topic(
    article: Article, sentence: Sentence, at: int, span: tuple[int, int] | None, source: str, here: Sequence[Draft]
) -> str | None:
    """The topic of a figure whose subject stands at `span` and comes from `source`.

    A subject without a topic of its own gets one only where it is a mere word of measure ("rate", "capital") or none at
    all, and its clause names exactly one. `here`: the drafts of the sentence so far.
    """
    drafts = [*sentence.earlier, *here]
    topic = _settle(article, sentence, at, span, source, drafts)
    if topic or span is None or source in _TAKEN:
        return topic
    last = drafts[-1].indicator if drafts else None
    near = last and article.discourse.line_of(last.evidence.start) == article.discourse.line_of(span[0])
    return topic_of_family(article, sentence.pieces, at, span, last.topic if last and near else None)


def _settle(
    article: Article, sentence: Sentence, at: int, span: tuple[int, int] | None, source: str, drafts: Sequence[Draft]
) -> str | None:
    own = topic_at(article, span) if span else None
    own = own or (_counted(article, sentence.pieces, span) if span else None)
    if source in _TAKEN:
        same = next((d for d in reversed(drafts) if d.subject == span), None)
        return same.indicator.topic if same else own
    pieces = sentence.pieces
    first, last = _clause(article, pieces, at)
    if own in WHO | {"party_cells"} and (only := _only(named_outside_units(article, pieces[first:last]) & PROPERTIES)):
        return only
    if own is not None and own not in BARE:
        return own
    if not _is_vague(article, pieces, span, own):
        hanging = named_outside_units(article, _complement(pieces, span)) - GENERIC - ACTORS
        return own or _only(hanging) or _only(named_outside_units(article, pieces[first:last]) & _TELLING)
    for stretch in (pieces[first:at], *(() if own else (pieces[at:last], _intro(pieces, at)))):
        if named := named_outside_units(article, stretch) - GENERIC - ACTORS:
            return _only(named) or own
    if own is not None:
        return own
    if told := named_outside_units(article, pieces[previous_figure(pieces, at) + 1 : first]) & _TELLING:
        return _only(told)
    if span and _resumes(article.lexicon, pieces[first:last]):
        return _resumed(article, drafts, pieces[at].start)
    return _only(named_outside_units(article, sentence.head) - GENERIC - ACTORS)


def _counted(article: Article, pieces: Sequence[Piece], span: tuple[int, int]) -> str | None:
    """The topic that a verb and the noun behind its number name together: "trồng mới được 412 ha rừng"."""
    at = next((i for i, p in enumerate(pieces) if p.start == span[0]), 0)
    number = at - 1
    while number > 0 and "measure" in pieces[number].kinds:
        number -= 1
    if number < 1 or pieces[number].kind != "number":
        return None
    phrase = article.text[span[0] : span[1]]
    for piece in reversed(pieces[max(0, number - _VERB) : number]):
        if piece.kind == "mark":
            return None
        for word in piece.text.split():
            if topic := topic_of(f"{word} {phrase}", article.lexicon):
                return topic
    return None


def _only(keys: Iterable[str]) -> str | None:
    """The one key, where there is just one."""
    found = list(keys)
    return found[0] if len(found) == 1 else None


def _clause(article: Article, pieces: Sequence[Piece], at: int) -> tuple[int, int]:
    """Where the clause of a figure starts and ends, as far as it is its own: from the mark or conjunction before it
    that more than vague words follow, or the figure before, up to the mark, conjunction or figure after it."""
    first = at
    floor = previous_figure(pieces, at)
    content = False
    while first - 1 > floor:
        piece = pieces[first - 1]
        if piece.text in (";", ":") or (content and (piece.text in _STOPS or _joins(piece))):
            break
        content = content or (is_content(piece) and not _is_small(article, piece))
        first -= 1
    limit = next_figure(pieces, at)
    last = at + 1
    while last < limit and last < len(pieces) and pieces[last].text not in _STOPS and not _joins(pieces[last]):
        last += 1
    return first, last


def _complement(pieces: Sequence[Piece], span: tuple[int, int] | None) -> Sequence[Piece]:
    """What hangs on a subject by a preposition: "le taux d'accès à l'eau potable", "the number of entries for …"."""
    first = next((i for i, p in enumerate(pieces) if span and p.start >= span[1]), len(pieces))
    if first >= len(pieces) or "of" not in pieces[first].kinds:
        return ()
    last = first + 1
    while last < len(pieces) and last <= first + _COMPLEMENT and pieces[last].kind in ("cue", "word"):
        if pieces[last].kinds & _MOVES or _joins(pieces[last]):
            break
        last += 1
    return pieces[first:last]


def _intro(pieces: Sequence[Piece], at: int) -> Sequence[Piece]:
    """What the sentence says before its colon: "Accidents fell in all respects: the number of cases by …"."""
    colon = next((i for i in range(at) if pieces[i].text == ":"), 0)
    told = any(p.kind == "figure" or "say" in p.kinds for p in pieces[:colon])
    return () if told else pieces[:colon]


def _joins(piece: Piece) -> bool:
    return "conj" in piece.kinds and not piece.kinds & {"to", "eq", "gt", "topic"}


def _is_vague(article: Article, pieces: Sequence[Piece], span: tuple[int, int] | None, own: str | None) -> bool:
    """Whether a subject only says that something is measured: "rate", "the region", "vốn"; or there is none. The words
    of its `own` bare topic add nothing either."""
    if span is None:
        return True
    inside = [p for p in pieces if span[0] <= p.start < span[1]]
    lexicon = article.lexicon
    if not inside or inside[0].start != span[0]:
        return False
    words = words_of(article.text[span[0] : span[1]])
    at = 0
    while at < len(words):
        hit = lexicon.vague.match(words, at)
        cue = lexicon.cues.match(words, at)
        if hit is None and cue and cue[1] & _VAGUE and "plain" not in cue[1]:
            hit = cue
        if hit is None and own and (topic := lexicon.topic_forms.match(words, at)) and own in topic[1]:
            hit = topic
        if hit is None and not words[at].isdigit():
            break
        at += hit[0] if hit else 1
    return at >= len(words) or all(_is_small(article, p) for p in inside)


def _is_small(article: Article, piece: Piece) -> bool:
    """Whether a piece of a subject adds nothing to it: a unit, a time, a number, a vague word."""
    if piece.kind in ("unit", "period", "number", "mark") or (piece.kinds & _VAGUE and "topic" not in piece.kinds):
        return True
    words = words_of(piece.text)
    if not words:
        return False  # a proper name
    hit = article.lexicon.vague.match(words, 0)
    small = article.lexicon.capital_nouns and not has_capital(article.text[piece.start : piece.end])
    return small or piece.text in article.lexicon.months or (hit is not None and hit[0] == len(words))


def _resumes(lexicon: FigureLexicon, pieces: Sequence[Piece]) -> bool:
    """Whether the clause takes up what was measured before: "the rate", "tỷ lệ này", but not "the rate of …"."""
    words = [word for piece in pieces for word in words_of(piece.text)]
    for at in range(len(words)):
        if hit := lexicon.resuming.match(words, at):
            after = lexicon.cues.match(words, at + hit[0]) if at + hit[0] < len(words) else None
            if after is None or "of" not in after[1]:
                return True
    return False


def _resumed(article: Article, drafts: Sequence[Draft], at: int) -> str | None:
    """What a measure without a name resumes: the topic of the figure before in the same paragraph, else the only
    property that the paragraph names before it, or the title and the lead."""
    discourse = article.discourse
    line = discourse.line_of(at)
    last = drafts[-1].indicator if drafts else None
    if last and last.topic and discourse.line_of(last.evidence.start) == line:
        return last.topic if last.topic not in GENERIC | ACTORS else None
    return _only_property(article, discourse.named_before(at)) or _only_property(article, discourse.named_first())


def _only_property(article: Article, named: Sequence[tuple[int, str]]) -> str | None:
    """The one property among topics, without those inside the names of units."""
    units = article.layers.mentions
    return _only({key for at, key in named if key in PROPERTIES and not any(u.start <= at < u.end for u in units)})
