"""What a figure takes from the sentence, the list and the article around it; its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.indicators.abouts import Units
from extractors.indicators.clauses import Layers, Piece
from extractors.indicators.counts import Count, Number
from extractors.indicators.discourse import Discourse
from extractors.indicators.lexicon import FigureLexicon
from extractors.indicators.periods import PeriodMention
from extractors.indicators.readings import next_figure, previous_figure
from extractors.indicators.subjects import Subject
from extractors.types import Direction, Indicator

__all__ = ["Article", "Draft", "Figure", "Sentence", "find_period", "is_standard"]

_FLOWS = frozenset({"months", "quarter", "half", "month", "until_day", "until_month", "until_quarter", "to_date"})
_PAST = frozenset({"last_year", "last_month"})
_CARRIED = _FLOWS | {"term"}
_COMPARATORS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})


@dataclass(frozen=True, slots=True)
class Article:
    """What holds for the whole article."""

    text: str
    lower: str
    lexicon: FigureLexicon
    layers: Layers
    units: Units
    discourse: Discourse


@dataclass(frozen=True, slots=True)
class Draft:
    """An indicator with the places in the text that later figures may refer back to."""

    indicator: Indicator
    subject: tuple[int, int] | None
    period: PeriodMention | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence under work: its pieces and numbers, the drafts before it, the head line of its list, its goals."""

    pieces: Sequence[Piece]
    numbers: Sequence[Number]
    earlier: Sequence[Draft]
    head: tuple[Piece, ...]
    goals: Sequence[Count] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of a figure when its basis is asked for: `span` is where its subject stands, its own or one taken
    from before; `ratio` holds the two numbers whose share it is."""

    at: int
    direction: Direction
    subject: Subject | None
    topic: str | None
    span: tuple[int, int] | None
    period: PeriodMention | None
    ratio: tuple[Number, Number] | None


def find_period(article: Article, sentence: Sentence, at: int, before: Draft | None) -> PeriodMention | None:
    """The time named nearest before the figure in its clause, else after it, else what it takes from before."""
    pieces, periods = sentence.pieces, article.layers.periods
    floor = previous_figure(pieces, at)
    for index in range(at - 1, floor, -1):
        if pieces[index].kind == "period" and not _is_compared(pieces, index) and not _trails(pieces, index, floor):
            return periods[int(pieces[index].ref or 0)]
    for index in range(at + 1, next_figure(pieces, at)):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ",;:.":
            break
        labels = index + 1 < len(pieces) and pieces[index + 1].text == ":"  # "57 % (Q1 2024: 48)"
        if piece.kind == "period" and pieces[index - 1].text == "from" and periods[int(piece.ref or 0)].kind in _PAST:
            break  # "down 1.2 points from the previous year"
        if piece.kind == "period" and not labels and not _is_compared(pieces, index):
            return periods[int(piece.ref or 0)]
    if before and before.period and is_standard(pieces, at) and _follows_year_ago(pieces, at):
        return _year_before(before.period)
    if before:
        return before.period
    for index in range(len(sentence.head) - 1, -1, -1):
        if sentence.head[index].kind == "period" and not _is_compared(sentence.head, index):
            return periods[int(sentence.head[index].ref or 0)]
    return _carried(article, pieces[at].start)


def is_standard(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is what another is compared with: "52 %, against 58 % a year earlier"."""
    index = at - 1
    while index >= 0 and pieces[index].kinds & _COMPARATORS | {"det"} & pieces[index].kinds:
        index -= 1
    return index >= 0 and "than" in pieces[index].kinds and previous_figure(pieces, at) >= 0


def _follows_year_ago(pieces: Sequence[Piece], at: int) -> bool:
    return any("year_ago" in p.kinds for p in pieces[at + 1 : at + 3])


def _year_before(period: PeriodMention) -> PeriodMention:
    """The same part of the year before; a leap day becomes the 28th."""
    dates = (
        d.replace(year=d.year - 1, day=min(d.day, 28) if d.month == 2 else d.day) for d in (period.from_, period.to)
    )
    first, last = dates
    return replace(period, from_=first, to=last)


def _carried(article: Article, at: int) -> PeriodMention | None:
    """The part of a year last named before in the paragraph, else the first of the article."""
    line = article.discourse.line_of(at)
    before = [p for p in article.layers.periods if p.start < at and p.kind in _CARRIED]
    same = [p for p in before if article.discourse.line_of(p.start) == line]
    return same[-1] if same else next((p for p in before if p.kind in _FLOWS), None)


def _is_compared(pieces: Sequence[Piece], index: int) -> bool:
    """Whether the time is the one compared with: "than in 2014", "cùng kỳ năm 2023"."""
    for piece in reversed(pieces[max(0, index - 3) : index]):
        if piece.kind in ("mark", "figure"):
            return False
        if piece.kinds & {"than", "year_ago"}:
            return True
    return False


def _trails(pieces: Sequence[Piece], index: int, floor: int) -> bool:
    """Whether the time follows the figure before right away and so belongs to it: "from 24 % in 2021 to 12 %"."""
    return floor >= 0 and all(p.kinds & {"link", "prep"} or p.text == "(" for p in pieces[floor + 1 : index])
