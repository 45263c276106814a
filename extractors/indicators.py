"""Indicators: percentages, percentage points and counts with a goal, each with what the text says about it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.abouts import Units
from extractors.clauses import Layers, Piece, read_sentence
from extractors.counts import Count, Number, confirmed, find_goals, find_numbers, find_sums, unit_of
from extractors.discourse import Discourse
from extractors.figures import FigureLexicon, load_figures, words_of
from extractors.numbers import Percentage, find_percentages
from extractors.periods import PeriodMention, find_periods
from extractors.readings import find_basis, find_comparator, find_direction, left_cue, next_figure, previous_figure
from extractors.subjects import Subject, find_subject, names_whole, noun_after
from extractors.types import Basis, Direction, Indicator, Period, Span, Unit

__all__ = ["find_indicators"]

_CARRIED = frozenset({"term", "months", "quarter", "half", "month", "until_day", "until_month", "until_quarter", "to_date"})
_NEAR = 8  # pieces: a year so near a goal is the year that the goal is set for
_PLANNED = frozenset({"public_investment_disbursement"})  # topics that are reported against the plan of the year
_FLOWS = frozenset({"months", "quarter", "half", "month", "until_day", "until_month", "until_quarter", "to_date"})


@dataclass(frozen=True, slots=True)
class _Article:
    """What holds for the whole article."""

    text: str
    lower: str
    lexicon: FigureLexicon
    layers: Layers
    units: Units
    discourse: Discourse


@dataclass(frozen=True, slots=True)
class _Draft:
    """An indicator with the places in the text that later figures may refer back to."""

    indicator: Indicator
    subject: tuple[int, int] | None
    period: PeriodMention | None


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence under work: its pieces, the plain numbers up to it, the drafts before it and of it."""

    pieces: Sequence[Piece]
    numbers: Sequence[Number]
    earlier: Sequence[_Draft]
    head: tuple[Piece, ...]
    years: frozenset[int | str | None]


def find_indicators(
    text: str,
    *,
    sentences: Sequence[tuple[int, int]],
    language: str,
    units: Sequence[Unit],
    published: datetime.date | None,
) -> tuple[Indicator, ...]:
    """The indicators of the article in the order of the text, with ids "i1", "i2", …

    `text` is the article in NFC, `sentences` the offsets of its sentences, `units` what was found in it, for
    `about`. `published` resolves times without a year. A language without a pack gets the figures alone.
    """
    lexicon = load_figures(language)
    lower = text.lower()
    if len(lower) != len(text):  # a letter whose small form is longer, as Turkish İ
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    figures = find_percentages(text, lower, lexicon)
    goals = [m.start() for m in lexicon.goals.finditer(lower)]
    if not figures and not goals:
        return ()
    known = Units(units, lower, lexicon)
    layers = Layers(figures, find_periods(lower, lexicon, published), known.mentions)
    article = _Article(text, lower, lexicon, layers, known, Discourse(text, lower, lexicon))
    drafts: list[_Draft] = []
    for number, (start, end) in enumerate(sentences):
        if any(start <= f.start < end for f in figures) or any(start <= g < end for g in goals):
            before = sentences[number - 1] if number else None
            drafts.extend(_read(article, (start, end), before, drafts))
    found = sorted((d.indicator for d in drafts), key=lambda i: (i.evidence.start, i.kind))
    return tuple(replace(one, id=f"i{number}") for number, one in enumerate(found, 1))


def _read(
    article: _Article, span: tuple[int, int], before: tuple[int, int] | None, earlier: Sequence[_Draft]
) -> list[_Draft]:
    """The indicators of one sentence."""
    pieces = read_sentence(article.text, article.lower, span, article.layers, article.lexicon)
    numbers = find_numbers(article.lower, pieces, article.lexicon)
    years = frozenset(i for i, p in enumerate(article.layers.periods) if p.kind in ("year", "this_year"))
    sentence = _Sentence(pieces, numbers, earlier, _head(article, span[0]), years)
    drafts: list[_Draft] = []
    counts: list[Count] = []
    for at, piece in enumerate(pieces):
        if piece.kind == "figure":
            figure = article.layers.figures[int(piece.ref or 0)]
            if pair := _ratio(figure, pieces, at, numbers):
                counts.append(Count(*pair, (), "count.share"))
            drafts.append(_percentage(article, sentence, at, drafts))
    spelled = find_numbers(article.lower, pieces, article.lexicon, words=True)
    goals = find_goals(pieces, spelled)
    counts = [*goals, *(c for c in counts if all(c.result.at != g.result.at for g in goals))]
    counts = counts or find_sums(pieces, spelled)
    return [*drafts, *(_count(article, pieces, count) for count in counts)]


def _head(article: _Article, at: int) -> tuple[Piece, ...]:
    """The pieces of the head line of the list that a sentence is an item of."""
    if (span := article.discourse.head_line(at)) is None:
        return ()
    return read_sentence(article.text, article.lower, span, article.layers, article.lexicon)


def _ratio(
    figure: Percentage, pieces: Sequence[Piece], at: int, numbers: Sequence[Number]
) -> tuple[Number, Number] | None:
    if figure.unit != "%" or figure.value_max is not None or figure.sign:
        return None
    rounded = find_comparator(pieces, at, figure).comparator in ("approx", "gt", "lt")
    return confirmed([n for n in numbers if n.at < at], figure.value, rounded=rounded)


def _percentage(article: _Article, sentence: _Sentence, at: int, here: Sequence[_Draft]) -> _Draft:
    pieces = sentence.pieces
    before = here[-1] if here else None
    figure = article.layers.figures[int(pieces[at].ref or 0)]
    reading = find_comparator(pieces, at, figure)
    direction, said = find_direction(pieces, at, figure, before.indicator.direction if before else None, verb_last=article.lexicon.verb_last)
    subject, span = _subject(article, sentence, at, before)
    if not said and direction == "level" and any("up" in p.kinds for p in sentence.head):
        direction = "increase"
    basis, compared = find_basis(pieces, at, direction)
    mention = _period(article, sentence, at, before, compared)
    phrase = article.text[span[0] : span[1]] if span else None
    topic = _topic(phrase, article.lexicon)
    basis = (
        basis
        or _goal_basis(figure, pieces, at, sentence)
        or _share(article, pieces, at, subject, direction)
        or _shared_basis(sentence, before, subject, direction)
    )
    basis = _settled(basis, mention)
    if basis is None and direction == "level":
        basis = _usual_basis(topic, subject, sentence, here)
    indicator = Indicator(
        id="",
        kind="percentage",
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        comparator=reading.comparator,
        direction=direction,
        subject=phrase,
        topic=topic,
        basis=basis,
        period=_dates(article, mention, basis, direction),
        about=article.units.find(pieces, at, before.indicator.about if before else None),
        target=None,
        parts=None,
        percent=figure.value if figure.unit == "%" else None,
        evidence=Span(reading.start, reading.end, article.text[reading.start : reading.end]),
        derived=figure.derived,
        confidence=_confidence(figure, subject, said),
        rule=figure.rule,
    )
    return _Draft(indicator, span, mention)


def _subject(
    article: _Article, sentence: _Sentence, at: int, before: _Draft | None
) -> tuple[Subject | None, tuple[int, int] | None]:
    """The subject in the figure's own clause, and its place or the place of the one that it takes from before."""
    pieces, lexicon = sentence.pieces, article.lexicon
    figure = article.layers.figures[int(pieces[at].ref or 0)]
    own = find_subject(article.text, pieces, at, lexicon)
    if own and own.side in ("of", "noun", "predicate"):
        return own, (own.start, own.end)
    if pair := _ratio(figure, pieces, at, sentence.numbers):
        counted = noun_after(article.text, pieces, pair[0].at, lexicon, strict=True)
        if counted := counted or noun_after(article.text, pieces, pair[1].at, lexicon):
            return counted, (counted.start, counted.end)
        if sentence.earlier and sentence.earlier[-1].subject:
            return None, sentence.earlier[-1].subject
    if own and own.side != "adjunct":
        return own, (own.start, own.end)
    if before and before.subject:
        return None, before.subject
    place = pieces[at].start
    if sentence.head and (topic := article.discourse.topic_before(sentence.head[-1].end, sentence.head[0].start)):
        return None, topic
    last = sentence.earlier[-1] if sentence.earlier else None
    same = last is not None and article.discourse.line_of(last.indicator.evidence.start) == article.discourse.line_of(place)
    since = last.indicator.evidence.end if last and same else 0
    if topic := article.discourse.topic_before(place, since):
        return None, topic
    if last and same and last.subject:
        return None, last.subject
    return own, (own.start, own.end) if own else None


def _topic(phrase: str | None, lexicon: FigureLexicon) -> str | None:
    """The key of the longest topic named in the phrase, the first of equals."""
    words = words_of(phrase or "")
    best: tuple[int, str] | None = None
    for at in range(len(words)):
        hit = lexicon.topics.match(words, at)
        if hit and (best is None or hit[0] > best[0]):
            best = hit[0], min(hit[1])
    return best[1] if best else None


def _period(
    article: _Article, sentence: _Sentence, at: int, before: _Draft | None, compared: Piece | None
) -> PeriodMention | None:
    """The time named nearest before the figure in its sentence, else after it, else what it takes from before."""
    pieces, periods = sentence.pieces, article.layers.periods
    floor = previous_figure(pieces, at)
    for index in range(at - 1, floor, -1):
        if pieces[index].kind == "period" and not _is_compared(pieces, index) and not _trails(pieces, index, floor):
            return periods[int(pieces[index].ref or 0)]
    for index in range(at + 1, next_figure(pieces, at)):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ",;:.":
            break
        if piece.kind == "period" and piece is not compared and not _is_compared(pieces, index):
            return periods[int(piece.ref or 0)]
    if before:
        return before.period
    for index in range(len(sentence.head) - 1, -1, -1):
        piece = sentence.head[index]
        if piece.kind == "period" and not _is_compared(sentence.head, index):
            return periods[int(piece.ref or 0)]
    return _inherited_period(article, pieces[at].start)


def _inherited_period(article: _Article, at: int) -> PeriodMention | None:
    """The part of a year last named before in the paragraph, else the first of the article."""
    line = article.discourse.line_of(at)
    before = [p for p in article.layers.periods if p.start < at and p.kind in _CARRIED]
    same = [p for p in before if article.discourse.line_of(p.start) == line]
    return same[-1] if same else next((p for p in before if p.kind in _FLOWS), None)


def _is_compared(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the time is the one compared with: "than in 2014", "cùng kỳ năm 2023"."""
    for piece in reversed(pieces[max(0, index - 3) : index]):
        if piece.kind == "mark":
            return False
        if piece.kinds & {"than", "year_ago"}:
            return True
    return False


def _trails(pieces: Sequence[Piece], index: int, floor: int) -> bool:
    """Whether the time follows the figure before right away and so belongs to it: "from 24 % in 2021 to 12 %"."""
    return floor >= 0 and all(p.kinds & {"link", "prep"} for p in pieces[floor + 1 : index])


def _dates(article: _Article, mention: PeriodMention | None, basis: Basis | None, direction: Direction) -> Period | None:
    if mention is None or mention.kind == "day":
        return None
    adds_up = basis in ("annual_plan", "plan", "same_period_last_year") or direction != "level"
    return mention.period(article.text, adds_up=adds_up)


def _goal_basis(figure: Percentage, pieces: Sequence[Piece], at: int, sentence: _Sentence) -> Basis | None:
    """`plan` where the figure is the result by the goal that the sentence gives, the year's where it says so."""
    pair = _ratio(figure, pieces, at, sentence.numbers)
    if pair is None:
        return None
    for goal in find_goals(pieces, sentence.numbers):
        if goal.target and goal.target.at == pair[1].at and goal.result.at == pair[0].at:
            around = pieces[max(0, goal.target.at - _NEAR) : goal.target.at + _NEAR]
            return "annual_plan" if any(p.kind == "period" and p.ref in sentence.years for p in around) else "plan"
    return "total"


def _usual_basis(
    topic: str | None, subject: Subject | None, sentence: _Sentence, here: Sequence[_Draft]
) -> Basis | None:
    """The plan or the whole that an earlier figure of the topic was set against; else what the topic is measured by."""
    if topic is None:
        return None
    for draft in reversed([*sentence.earlier, *here]):
        if draft.indicator.topic == topic and draft.indicator.direction == "level" and draft.indicator.kind == "percentage":
            basis = draft.indicator.basis
            if basis in ("annual_plan", "plan") or basis == "total" and subject is None:
                return basis
            break
    return "annual_plan" if topic in _PLANNED else None


def _share(
    article: _Article, pieces: Sequence[Piece], at: int, subject: Subject | None, direction: Direction
) -> Basis | None:
    """`total` where the figure is a share of a whole that the text names."""
    if direction != "level":
        return None
    if names_whole(article.text, pieces, at, article.lexicon):
        return "total"
    cue = left_cue(pieces, at)
    if cue and "share" in cue.kinds or subject and subject.side in ("of", "noun", "predicate"):
        return "total"
    return "total" if any("part" in p.kinds for p in pieces[max(0, at - 4) : at]) else None


def _shared_basis(
    sentence: _Sentence, before: _Draft | None, subject: Subject | None, direction: Direction
) -> Basis | None:
    """The basis of the figure before, where the figure goes on with it; or that of the head line."""
    if before and (subject is None or direction != "level"):
        if (before.indicator.direction == "level") == (direction == "level"):
            return before.indicator.basis
    if before and before.indicator.basis == "total" and direction == "level" and not _is_rate(subject, sentence):
        return "total"
    if any("year_ago" in p.kinds for p in sentence.head) and direction != "level":
        return "same_period_last_year"
    return None


def _is_rate(subject: Subject | None, sentence: _Sentence) -> bool:
    """Whether the subject is a measure of its own ("poverty rate"), no part of the whole named before."""
    if subject is None:
        return False
    return any("head" in p.kinds for p in sentence.pieces if subject.start <= p.start < subject.end)


def _settled(basis: Basis | None, mention: PeriodMention | None) -> Basis | None:
    """A plan named without more is the year's where the figure is of a part of a year."""
    if basis == "plan" and mention and mention.kind not in ("term", "until_year"):
        return "annual_plan"
    return basis


def _count(article: _Article, pieces: Sequence[Piece], count: Count) -> _Draft:
    """A count with its goal or its parts as an indicator."""
    result, target = count.result, count.target
    noun = None
    for number in (target, result):
        noun = noun or (noun_after(article.text, pieces, number.at, article.lexicon) if number else None)
    phrase = article.text[noun.start : noun.end] if noun else None
    start, end = min(n.start for n in (result, target) if n), max(n.end for n in (result, target) if n)
    indicator = Indicator(
        id="",
        kind="count",
        value=result.value,
        value_max=None,
        unit=unit_of(phrase, article.lexicon),
        comparator="eq",
        direction="level",
        subject=phrase,
        topic=_topic(phrase, article.lexicon),
        basis="plan" if count.rule == "count.goal" else "total",
        period=None,
        about=article.units.find(pieces, (target or result).at, None),
        target=target.value if target else None,
        parts=count.parts or None,
        percent=round(result.value / target.value * 100, 2) if target else None,
        evidence=Span(start, end, article.text[start:end]),
        derived=target is not None,
        confidence=0.8 if count.rule == "count.goal" else 0.7,
        rule=count.rule,
    )
    return _Draft(indicator, (noun.start, noun.end) if noun else None, None)


def _confidence(figure: Percentage, subject: Subject | None, said: bool) -> float:
    base = 0.95 if figure.rule in ("percent.sign", "percent.word", "percent.points") else 0.85
    if subject is None:
        base -= 0.15
    elif subject.side == "left" and not said:
        base -= 0.07
    return round(base, 2)
