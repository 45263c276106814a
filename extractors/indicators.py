"""Indicators: percentages, percentage points and counts with a goal, each with what the text says about it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.abouts import Units
from extractors.clauses import Layers, Piece, read_sentence
from extractors.figures import FigureLexicon, load_figures, words_of
from extractors.numbers import Percentage, find_percentages
from extractors.periods import PeriodMention, find_periods
from extractors.readings import find_basis, find_comparator, find_direction, left_cue, next_figure, previous_figure
from extractors.subjects import Subject, find_subject
from extractors.types import Basis, Direction, Indicator, Period, Span, Unit

__all__ = ["find_indicators"]


@dataclass(frozen=True, slots=True)
class _Article:
    """What holds for the whole article."""

    text: str
    lower: str
    lexicon: FigureLexicon
    layers: Layers
    units: Units
    published: datetime.date | None


@dataclass(frozen=True, slots=True)
class _Draft:
    """An indicator with the places in the text that later figures may refer back to."""

    indicator: Indicator
    subject: tuple[int, int] | None
    period: PeriodMention | None
    line: int


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
    known = Units(units, lower, lexicon)
    periods = find_periods(lower, lexicon, published) if figures else []
    article = _Article(text, lower, lexicon, Layers(figures, periods, known.mentions), known, published)
    drafts: list[_Draft] = []
    for span in sentences:
        if any(span[0] <= f.start < span[1] for f in figures):
            _read(article, span, drafts)
    found = sorted((d.indicator for d in drafts), key=lambda i: i.evidence.start)
    return tuple(replace(one, id=f"i{number}") for number, one in enumerate(found, 1))


def _read(article: _Article, span: tuple[int, int], drafts: list[_Draft]) -> None:
    """Adds the indicators of one sentence to the drafts."""
    pieces = read_sentence(article.lower, span, article.layers, article.lexicon)
    first = len(drafts)
    for at, piece in enumerate(pieces):
        if piece.kind == "figure":
            drafts.append(_build(article, pieces, at, (drafts[first:], drafts[:first])))


def _build(article: _Article, pieces: Sequence[Piece], at: int, known: tuple[list[_Draft], list[_Draft]]) -> _Draft:
    here, earlier = known
    before = here[-1] if here else None
    index = pieces[at].ref
    assert isinstance(index, int)
    figure = article.layers.figures[index]
    reading = find_comparator(pieces, at, figure)
    direction, said = find_direction(pieces, at, figure, before.indicator.direction if before else None)
    subject = find_subject(article.text, pieces, at, article.lexicon)
    span = (subject.start, subject.end) if subject else None
    inherited = span is None
    if span is None:
        span = before.subject if before else _discourse(article, pieces[at].start, earlier)
    basis, compared = find_basis(pieces, at, direction)
    mention = _period(article, pieces, at, before, compared)
    about = article.units.find(pieces, at, before.indicator.about if before else None)
    basis = basis or _share(article, pieces, at, subject, direction)
    if basis is None and before and (inherited or direction != "level"):
        if (before.indicator.direction == "level") == (direction == "level"):
            basis = before.indicator.basis
    basis = _settled(basis, mention)
    phrase = article.text[span[0] : span[1]] if span else None
    indicator = Indicator(
        id="",
        kind="percentage",
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit,
        comparator=reading.comparator,
        direction=direction,
        subject=phrase,
        topic=_topic(phrase, article.lexicon),
        basis=basis,
        period=_dates(article, mention, basis, direction),
        about=about,
        target=None,
        parts=None,
        percent=figure.value if figure.unit == "%" else None,
        evidence=Span(reading.start, reading.end, article.text[reading.start : reading.end]),
        derived=figure.derived,
        confidence=_confidence(figure, subject, inherited, said),
        rule=figure.rule,
    )
    return _Draft(indicator, span, mention, pieces[0].start)


def _discourse(article: _Article, at: int, earlier: list[_Draft]) -> tuple[int, int] | None:
    """The subject of the figure before in the same paragraph."""
    if not earlier:
        return None
    last = earlier[-1]
    return last.subject if "\n" not in article.text[last.indicator.evidence.end : at] else None


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
    article: _Article, pieces: Sequence[Piece], at: int, before: _Draft | None, compared: Piece | None
) -> PeriodMention | None:
    """The time named nearest before the figure in its sentence, else after it, else that of the figure before."""
    floor = previous_figure(pieces, at)
    for index in range(at - 1, floor, -1):
        if pieces[index].kind == "period" and not _is_compared(pieces, index):
            return article.layers.periods[int(pieces[index].ref or 0)]
    for index in range(at + 1, next_figure(pieces, at)):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ",;:.":
            break
        if piece.kind == "period" and piece is not compared and not _is_compared(pieces, index):
            return article.layers.periods[int(piece.ref or 0)]
    return before.period if before else None


def _is_compared(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the time is the one compared with: "than in 2014", "cùng kỳ năm 2023"."""
    return any(p.kinds & {"than", "year_ago"} for p in pieces[max(0, index - 3) : index])


def _dates(article: _Article, mention: PeriodMention | None, basis: Basis | None, direction: Direction) -> Period | None:
    if mention is None or mention.kind == "day":
        return None
    adds_up = basis in ("annual_plan", "plan", "same_period_last_year") or direction != "level"
    return mention.period(article.text, adds_up=adds_up)


def _share(
    article: _Article, pieces: Sequence[Piece], at: int, subject: Subject | None, direction: Direction
) -> Basis | None:
    """`total` where the figure is a share of a whole that the text names."""
    if direction != "level":
        return None
    cue = left_cue(pieces, at)
    if cue and "share" in cue.kinds:
        return "total"
    if subject and subject.side in ("of", "noun", "predicate"):
        return "total"
    if any("part" in p.kinds for p in pieces[max(0, at - 4) : at]):
        return "total"
    return None


def _settled(basis: Basis | None, mention: PeriodMention | None) -> Basis | None:
    """A plan named without more is the year's where the figure is of a part of a year."""
    if basis == "plan" and mention and mention.kind not in ("term", "until_year"):
        return "annual_plan"
    return basis


def _confidence(figure: Percentage, subject: Subject | None, inherited: bool, said: bool) -> float:
    base = 0.95 if figure.rule in ("percent.sign", "percent.word", "percent.points") else 0.85
    if inherited:
        base -= 0.15
    elif subject and subject.side == "left" and not said:
        base -= 0.07
    return round(base, 2)
