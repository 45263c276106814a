"""Indicators: percentages and points, amounts beside them and counts with a goal, with what the text says of each."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import fields, replace
from operator import attrgetter

from extractors.indicators.abouts.choice import Units
from extractors.indicators.bases.basis import settle_basis
from extractors.indicators.changes.directions import find_direction
from extractors.indicators.changes.told import change_of_label
from extractors.indicators.contexts import Article, Draft, Figure, Named, Sentence
from extractors.indicators.counts.amounts import find_amounts
from extractors.indicators.counts.goals import (
    Count,
    Number,
    find_goals,
    find_numbers,
    find_sums,
    open_goal,
    unit_of,
)
from extractors.indicators.counts.ratios import Ratio, is_counted, share_of, share_of_goal
from extractors.indicators.numbers import find_percentages
from extractors.indicators.periods.dates import PeriodMention, find_periods
from extractors.indicators.periods.times import find_period, narrowed
from extractors.indicators.sentences.clauses import Layers, Piece
from extractors.indicators.sentences.discourse import Discourse
from extractors.indicators.sentences.readings import find_comparator
from extractors.indicators.subjects.naming import changes, grows, name_subject
from extractors.indicators.subjects.rules import label_of, noun_after
from extractors.indicators.topics.keys import topic_of
from extractors.indicators.topics.topic import settle_topic
from extractors.indicators.words.lexicon import FigureLexicon, load_figures
from extractors.types import Basis, Direction, Indicator, Period, Span, Unit

__all__ = ["find_indicators"]

_NUMBER = re.compile(r"\d[\d.,]*")
_TERM = re.compile(r"[^\W\d_]+")
_WORD = 16  # characters: the longest measure with the space before it
_SUM = 200  # characters: more than the longest sum takes up
_COUNTING = frozenset({"goal", "sum", "part"})
_BEHIND_ID = attrgetter(*(field.name for field in fields(Indicator)[1:]))
_YEARS = (1900, 2200)  # of publication
# How often comparator, direction and subject were all right on the held-out articles and passages, by where the
# subject comes from.
_SURE = {"named": 0.88, "counted": 0.73, "before": 0.73, "phrase": 0.68, "discourse": 0.56, "adjunct": 0.5, "none": 0.5}
_LESS_SURE = {"percent.number_word": 0.2, "percent.list": 0.2, "fraction.word": 0.15}
_WITHOUT_TOPIC = 0.07  # less: a subject that names nothing known may be none


def find_indicators(
    text: str,
    *,
    sentences: Sequence[tuple[int, int]],
    language: str,
    units: Sequence[Unit],
    published: datetime.date | None,
    masked: Sequence[tuple[int, int]] = (),
) -> tuple[Indicator, ...]:
    """The indicators of the article in the order of the text, with ids "i1", "i2", …

    `text` is the article in NFC, `sentences` the offsets of its sentences, `units` what was found in it, for
    `about`, `masked` the offsets of the names of people, which no figure measures. `published` resolves times without
    a year. A language without a pack gets the figures alone.
    """
    if published is not None and not _YEARS[0] <= published.year <= _YEARS[1]:
        published = None  # no day of a newspaper
    lexicon = load_figures(language)
    lower = _lower(text)
    figures = find_percentages(text, lower, lexicon)
    starts = [figure.start for figure in figures]
    told = [
        s for s in sentences if _holds(starts, s) or (_has_numbers(lower, s, lexicon) and _has_count(lower, s, lexicon))
    ]
    if not told:
        return ()
    known = Units(units, lower, lexicon)
    discourse = Discourse(text, lower, lexicon)
    periods = find_periods(lower, lexicon, published, discourse.telling_lines([start for start, _ in told]))
    article = Article(
        text, lower, lexicon, Layers(figures, periods, known.mentions, sorted(masked)), known, discourse, published
    )
    drafts: list[Draft] = []
    percentages: list[Draft] = []
    for span in told:
        here = _read(article, span, percentages, _open_goal(article, sentences, span))
        drafts += here
        percentages += [d for d in here if d.indicator.kind == "percentage"]
    found = sorted((d.indicator for d in drafts), key=lambda i: (i.evidence.start, i.kind))
    return tuple(Indicator(f"i{number}", *_BEHIND_ID(one)) for number, one in enumerate(found, 1))


def _holds(places: Sequence[int], span: tuple[int, int]) -> bool:
    first = bisect_left(places, span[0])
    return first < len(places) and places[first] < span[1]


def _has_numbers(lower: str, span: tuple[int, int], lexicon: FigureLexicon) -> bool:
    """Whether a sentence holds the two numbers of a count, in figures or, where these are counted with, in words."""
    words = _NUMBER.findall(lower, *span)
    if len(words) > 1 or not lexicon.count_words:
        return len(words) > 1
    return len(words) + sum(word in lexicon.numbers for word in _TERM.findall(lower, *span)) > 1


def _has_count(lower: str, span: tuple[int, int], lexicon: FigureLexicon) -> bool:
    """Whether a sentence speaks of a goal, or of a sum whose numbers may stand in the next."""
    if lexicon.goals.search(lower, *span):
        return True
    summed = lexicon.sums.search(lower, span[0], span[1] + _SUM)
    return summed is not None and summed.start() < span[1]


def _lower(text: str) -> str:
    """The text in small letters, of the same length: a letter whose small form is longer (Turkish İ) stays."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _open_goal(article: Article, sentences: Sequence[tuple[int, int]], span: tuple[int, int]) -> Number | None:
    """The goal that the sentence before in the paragraph has set, where it gives no result: "It was assigned 40."."""
    index = bisect_left(sentences, span)
    before = sentences[index - 1] if 0 < index < len(sentences) else None
    if (
        before is None
        or "\n" in article.text[before[0] : span[0]]
        or not article.lexicon.goals.search(article.lower, *before)
    ):
        return None
    pieces = article.pieces(before)
    return open_goal(pieces, find_numbers(article.lower, pieces, article.lexicon), article.lexicon)


def _read(
    article: Article, span: tuple[int, int], earlier: Sequence[Draft], carried: Number | None = None
) -> list[Draft]:
    """The indicators of one sentence."""
    pieces = article.pieces(span)
    numbers = find_numbers(article.lower, pieces, article.lexicon)
    follows = bool(earlier) and "\n" not in article.text[earlier[-1].indicator.evidence.end : span[0] + 1]
    goals = find_goals(pieces, numbers, article.lexicon)
    sentence = Sentence(pieces, numbers, earlier, _head(article, span[0]), goals, follows)
    drafts: list[Draft] = []
    counts: list[Count] = []
    for at, piece in enumerate(pieces):
        if piece.kind == "figure":
            if article.discourse.is_row(piece.start):
                sentence = replace(sentence, head=_head(article, piece.start))
            ratio = share_of(article.layers.figures[int(piece.ref or 0)], pieces, at, numbers)
            if ratio is None and carried is not None:
                told = [carried, *numbers]
                ratio = share_of(article.layers.figures[int(piece.ref or 0)], pieces, at, told, small=True)
                if ratio and ratio[1] is carried:
                    carried_count = Count(*ratio, (), "count.goal")
                    sentence = replace(sentence, goals=[*sentence.goals, carried_count])
                    counts.append(carried_count)
            if ratio and is_counted(pieces, *ratio, sentence.head):
                counts.append(Count(*ratio, (), "count.share"))
            if ratio is None and (
                aimed := share_of_goal(article.layers.figures[int(piece.ref or 0)], pieces, at, numbers)
            ):
                counts.append(Count(*aimed, (), "count.goal"))
            drafts.append(_percentage(article, sentence, at, ratio, drafts))
    counted = [_count(article, pieces, count) for count in _counts(article, pieces, counts)]
    return [*drafts, *counted, *find_amounts(article, sentence, drafts)]


def _counts(article: Article, pieces: Sequence[Piece], shares: Sequence[Count]) -> Sequence[Count]:
    """The counts of a sentence: results by their goals, then those that a percentage confirms, else a sum."""
    span = (pieces[0].start, pieces[-1].end) if pieces else (0, 0)
    if not any(p.kinds & _COUNTING for p in pieces) and not article.lexicon.goals.search(article.lower, *span):
        return shares
    spelled = find_numbers(article.lower, pieces, article.lexicon, words=True)
    goals = find_goals(pieces, spelled, article.lexicon)
    counts = [*goals, *(c for c in shares if all(c.result.at != g.result.at for g in goals))]
    return counts or find_sums(pieces, spelled)


def _head(article: Article, at: int) -> tuple[Piece, ...]:
    """The pieces of the head line of the list that a sentence is an item of."""
    if (span := article.discourse.head_line(at)) is None:
        return ()
    return article.pieces(span)


def _percentage(article: Article, sentence: Sentence, at: int, ratio: Ratio, here: Sequence[Draft]) -> Draft:
    pieces, lexicon = sentence.pieces, article.lexicon
    before = here[-1] if here else None
    figure = article.layers.figures[int(pieces[at].ref or 0)]
    reading = find_comparator(pieces, at, figure)
    alike = (d.indicator.direction for d in reversed(here) if d.indicator.unit == figure.unit)
    previous = next(alike, None)
    direction, said = find_direction(pieces, at, figure, previous, verb_last=lexicon.verb_last)
    if not said and direction == "level" and lexicon.isolating:
        direction = change_of_label(pieces, at) or direction
    if not said and direction == "level" and any("up" in p.kinds for p in (*sentence.head, *label_of(pieces, at))):
        direction = "increase"
    named = name_subject(article, sentence, at, ratio if ratio and ratio[1].at >= 0 else None, before)
    subject, span, source = named.subject, named.span, named.source
    phrase = article.text[span[0] : span[1]] if span else None
    topic = settle_topic(article, sentence, at, span, source, here)
    if direction == "level" and figure.pair is None:
        direction = "increase" if grows(phrase, lexicon) else _told_change(pieces, at, span, lexicon) or direction
    period = find_period(article, sentence, at, before)
    basis = settle_basis(article, sentence, Figure(at, direction, subject, topic, span, period, ratio), here)
    period = narrowed(article, sentence, at, period) if basis == "previous_period" else period
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
        period=_dates(article, period, basis, direction),
        about=article.units.find(pieces, at, before.indicator.about if before else None, _last_about(sentence)),
        target=None,
        parts=None,
        percent=figure.value if figure.unit == "%" else None,
        evidence=Span(reading.start, reading.end, article.text[reading.start : reading.end]),
        derived=figure.derived,
        confidence=_confidence(named, figure.rule, topic),
        rule=figure.rule,
    )
    return Draft(indicator, span, period)


def _confidence(named: Named, rule: str, topic: str | None) -> float:
    if named.sure is not None:
        sure = named.sure
    else:
        sure = _SURE[named.source] - (_WITHOUT_TOPIC if named.source == "named" and topic is None else 0)
    return round(max(sure - _LESS_SURE.get(rule, 0), 0.01), 2)


def _told_change(
    pieces: Sequence[Piece], at: int, span: tuple[int, int] | None, lexicon: FigureLexicon
) -> Direction | None:
    """The change of a subject before the figure, in languages that put it in a noun with an article."""
    if span is None or lexicon.isolating:
        return None
    between = [p for p in pieces[:at] if p.start >= span[1]]
    return changes(pieces, span) if any(p.kinds & {"be", "reach"} for p in between) else None


def _last_about(sentence: Sentence) -> tuple[str | None, int]:
    """The unit of the last figure before the sentence, and where that figure ends."""
    last = sentence.earlier[-1].indicator if sentence.earlier else None
    return (last.about, last.evidence.end) if last else (None, 0)


def _dates(article: Article, mention: PeriodMention | None, basis: Basis | None, direction: Direction) -> Period | None:
    if mention is None or mention.kind == "day":
        return None
    adds_up = basis in ("annual_plan", "plan", "same_period_last_year") or direction != "level"
    return mention.period(article.text, adds_up=adds_up)


def _count(article: Article, pieces: Sequence[Piece], count: Count) -> Draft:
    """A count with its goal or its parts as an indicator."""
    result, target = count.result, count.target
    noun = None
    for number in (target, result):
        if number is not None and number.at >= 0 and noun is None:
            noun = noun_after(article.text, pieces, number.at, article.lexicon)
    phrase = article.text[noun.start : noun.end] if noun else None
    numbers = [result, target] if target else [result]
    start, end = min(n.start for n in numbers), max(n.end for n in numbers)
    indicator = Indicator(
        id="",
        kind="count",
        value=result.value,
        value_max=None,
        unit=unit_of(phrase or _following(article, numbers), article.lexicon),
        comparator="eq",
        direction="level",
        subject=phrase,
        topic=topic_of(phrase, article.lexicon),
        basis="plan" if count.rule == "count.goal" else "total",
        period=None,
        about=article.units.find(pieces, (target if target and target.at >= 0 else result).at, None, (None, 0)),
        target=target.value if target else None,
        parts=count.parts or None,
        percent=round(result.value / target.value * 100, 2) if target and target.value else None,
        evidence=Span(start, end, article.text[start:end]),
        derived=target is not None,
        confidence=0.8 if count.rule == "count.goal" else 0.7,
        rule=count.rule,
    )
    return Draft(indicator, (noun.start, noun.end) if noun else None, None)


def _following(article: Article, numbers: Sequence[Number]) -> str:
    """The words right after the numbers, where they are counted in a measure: "80 hectares"."""
    return " ".join(article.text[n.end : n.end + _WORD] for n in numbers)
