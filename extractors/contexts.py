"""What a figure takes from the sentence, the list and the article around it: its time and its basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.abouts import Units
from extractors.clauses import Layers, Piece
from extractors.counts import Number, find_goals
from extractors.discourse import Discourse
from extractors.figures import FigureLexicon, words_of
from extractors.periods import PeriodMention
from extractors.phrases import has_head
from extractors.readings import find_basis, left_cue, next_figure, previous_figure
from extractors.subjects import Subject, names_whole
from extractors.types import Basis, Direction, Indicator

__all__ = ["Article", "Draft", "Figure", "Sentence", "find_period", "settle_basis"]

_FLOWS = frozenset({"months", "quarter", "half", "month", "until_day", "until_month", "until_quarter", "to_date"})
_PAST = frozenset({"last_year", "last_month"})
_PARTS = frozenset({"months", "quarter", "half", "month", "day"})
_CARRIED = _FLOWS | {"term"}
_NEAR = 8  # pieces: a year so near a goal is the year that the goal is set for
_WHOLES = frozenset({"annual_plan", "plan", "total"})
# Topics that are rates of their own: what they are a share of is left open.
_RATES = frozenset({"poverty_rate", "near_poverty_rate", "unemployment_rate", "interest_rate", "forest_cover",
                    "urbanisation_rate", "bad_debt", "population_growth", "hospital_beds", "hotel_occupancy", "growth",
                    "grdp_growth", "gdp_growth", "consumer_price_index", "survival_rate", "exchange_rate"})  # fmt: skip
_PLANS = frozenset({"kế hoạch", "plan", "plans", "planes"})
_PLANNED = frozenset({"public_investment_disbursement"})  # topics that are reported against the plan of the year
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
    """A sentence under work: its pieces, its plain numbers, the drafts before it, the head line of its list."""

    pieces: Sequence[Piece]
    numbers: Sequence[Number]
    earlier: Sequence[Draft]
    head: tuple[Piece, ...]


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


def settle_basis(article: Article, sentence: Sentence, figure: Figure, here: Sequence[Draft]) -> Basis | None:
    """What the figure is of or against: from its own words, else from how it goes on from what came before."""
    before = here[-1] if here else None
    if before and figure.direction == "level" and is_standard(sentence.pieces, figure.at):
        return before.indicator.basis
    basis, compared = find_basis(sentence.pieces, figure.at, figure.direction)
    if basis == "previous_period" and compared and _is_year_ago(article, compared, figure.period):
        basis = "same_period_last_year"
    if basis == "previous_period" and _is_last_year(sentence, figure):
        basis = "same_period_last_year"
    if basis == "plan" and _is_of_the_year(sentence, figure, compared):
        return "annual_plan"
    if basis is not None:
        return basis
    goal = _goal_basis(article, sentence, figure)
    return goal or _goes_on(article, sentence, figure, before) or _usual(sentence, figure, here)


def _is_of_the_year(sentence: Sentence, figure: Figure, named: Piece | None) -> bool:
    """Whether a plan named without more is the year's: the figure is of a part of a year, by its own sentence or,
    where the word is "plan" itself and no target or resolution, by what came before."""
    if figure.period is None or figure.period.kind in ("term", "until_year"):
        return False
    plain = named is not None and named.text in _PLANS
    return plain or figure.period.start >= sentence.pieces[0].start


def _is_year_ago(article: Article, compared: Piece, period: PeriodMention | None) -> bool:
    """Whether the time compared with is the same part of the year before."""
    other = article.layers.periods[int(compared.ref or 0)]
    if period is None or other.kind == "year" or other.from_.year != period.from_.year - 1:
        return False
    return other.to.month == period.to.month


def _is_last_year(sentence: Sentence, figure: Figure) -> bool:
    """Whether a part of a year that the sentence names is compared with "last year": with the same part of it."""
    pieces = sentence.pieces
    named = any("year_before" in p.kinds for p in pieces[figure.at + 1 : figure.at + _NEAR])
    period = figure.period
    return named and period is not None and period.kind in _PARTS and period.start >= pieces[0].start


def _goal_basis(article: Article, sentence: Sentence, figure: Figure) -> Basis | None:
    """`plan` where the figure is the result by the goal that the sentence gives, the year's where it says so."""
    if figure.ratio is None:
        return None
    for goal in find_goals(sentence.pieces, sentence.numbers):
        if goal.target and goal.target.at == figure.ratio[1].at and goal.result.at == figure.ratio[0].at:
            around = sentence.pieces[max(0, goal.target.at - _NEAR) : goal.target.at + _NEAR]
            years = (article.layers.periods[int(p.ref or 0)] for p in around if p.kind == "period")
            return "annual_plan" if any(y.kind in ("year", "this_year") for y in years) else "plan"
    return "total"


def _goes_on(article: Article, sentence: Sentence, figure: Figure, before: Draft | None) -> Basis | None:
    """`total` for a share of a whole that is named; the basis of the figure before where this one goes on with it."""
    last = before.indicator if before else None
    level = figure.direction == "level"
    if last and level and last.basis == "annual_plan" and _is_listed(sentence.pieces, figure.at):
        return last.basis
    if level and _is_share(article, sentence.pieces, figure):
        return "total"
    if last and (figure.subject is None or not level) and (last.direction == "level") == level:
        return last.basis
    if last and level and last.basis == "total" and not _is_rate(figure.subject, sentence, article.lexicon):
        return "total"
    if level and _is_proportion(article, sentence, figure):
        return "total"
    if not level and any("year_ago" in p.kinds for p in sentence.head):
        return "same_period_last_year"
    return None


def _is_listed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a comma or an "and" stands right before the figure: "91 % of the A, over 55 % of the B"."""
    index = at - 1
    while index >= 0 and pieces[index].kinds & _COMPARATORS:
        index -= 1
    return index >= 0 and (pieces[index].text == "," or pieces[index].text in ("and", "und", "et", "và"))


def _is_share(article: Article, pieces: Sequence[Piece], figure: Figure) -> bool:
    if names_whole(article.text, pieces, figure.at, article.lexicon):
        return True
    cue = left_cue(pieces, figure.at)
    if (cue and "share" in cue.kinds) or (figure.subject and figure.subject.side in ("of", "noun", "predicate")):
        return True
    if any("structure" in p.kinds for p in pieces[: figure.at]):
        return True
    return any("part" in p.kinds for p in pieces[max(0, figure.at - 4) : figure.at + 2])


def _is_proportion(article: Article, sentence: Sentence, figure: Figure) -> bool:
    """Whether the subject is a share by its own words: "share of women", "tỷ lệ giải quyết đúng hạn", or a label that
    names who or what is counted, in a list that is about no plan."""
    if figure.span is None or figure.topic in _RATES or article.layers.figures[_index(sentence, figure)].unit != "%":
        return False
    words = words_of(article.text[slice(*figure.span)])
    hits = [hit[1] for i in range(len(words)) if (hit := article.lexicon.cues.match(words, i))]
    if any("proportion" in kinds for kinds in hits):
        return True
    planned = any(p.kinds & {"plan", "annual"} for p in (*sentence.pieces, *sentence.head))
    labelled = figure.subject is not None and figure.subject.side == "label"
    return labelled and not planned and not any("head" in kinds for kinds in hits)


def _index(sentence: Sentence, figure: Figure) -> int:
    return int(sentence.pieces[figure.at].ref or 0)


def _is_rate(subject: Subject | None, sentence: Sentence, lexicon: FigureLexicon) -> bool:
    """Whether the subject is a measure of its own ("poverty rate"), no part of the whole named before."""
    if subject is None:
        return False
    return any(has_head(p, lexicon) for p in sentence.pieces if subject.start <= p.start < subject.end)


def _usual(sentence: Sentence, figure: Figure, here: Sequence[Draft]) -> Basis | None:
    """The plan or the whole that an earlier figure of the topic was set against; else what the topic is measured by."""
    if figure.direction != "level":
        return None
    if figure.subject is None and figure.span and (same := [d for d in sentence.earlier if d.subject == figure.span]):
        return next((d.indicator.basis for d in reversed(same) if d.indicator.basis in _WHOLES), None)
    if figure.topic is None:
        return None
    for draft in reversed([*sentence.earlier, *here]):
        one = draft.indicator
        if one.topic == figure.topic and one.direction == "level" and one.kind == "percentage":
            if one.basis in ("annual_plan", "plan") or (one.basis == "total" and figure.subject is None):
                return one.basis
            break
    return "annual_plan" if figure.topic in _PLANNED else None
