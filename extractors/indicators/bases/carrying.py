"""What a figure is of or against where its own words do not say: a share, or it goes on from what came before."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.bases.shares import is_joined, is_share
from extractors.indicators.contexts import Article, Draft, Figure, Sentence
from extractors.indicators.periods.dates import PLANNED_FOR
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import is_content
from extractors.indicators.sentences.readings import left_cue, next_figure, previous_figure
from extractors.indicators.subjects.rules import names_whole
from extractors.indicators.topics.keys import PEOPLE, RATES
from extractors.indicators.words.lexicon import BOUNDS
from extractors.types import Basis, Indicator

__all__ = ["goes_on", "usual"]

_WHOLES = frozenset({"annual_plan", "plan", "total"})
_SET = frozenset({"annual_plan", "plan"})
_COMPARED = frozenset({"same_period_last_year", "previous_period"})
_PLANNED = frozenset({"public_investment_disbursement"})  # topics that are reported against the plan of the year
_PRICES = frozenset({"consumer_price_index"})
_MONTHS = frozenset({"month", "this_month", "last_month", "past_month"})
_ALL = 101  # percent, with the rounding
_RECENT = 3  # figures back to a change that this one goes on with
_GOES_ON = 250  # characters: how far a figure goes on with one of the sentence before


def goes_on(article: Article, sentence: Sentence, figure: Figure, before: Draft | None) -> Basis | None:
    """`total` for a share of a whole that is named; the basis of the figure before where this one goes on with it."""
    last = before.indicator if before else None
    pieces, at = sentence.pieces, figure.at
    if last and ((last.basis in _SET and _is_listed(pieces, at)) or is_joined(pieces, at)):
        return last.basis
    if figure.direction != "level":
        return _change_goes_on(article, sentence, figure, last)
    if (
        last
        and last.basis in _COMPARED
        and at
        and "equals" in pieces[at - 1].lists
        and not names_whole(article.text, pieces, at, article.lexicon)
    ):
        return last.basis
    if figure.period is not None and _is_spent(pieces, at):
        return "plan" if figure.period.kind in PLANNED_FOR else "annual_plan"
    if last and last.basis in _SET and _is_planned_part(article, pieces, figure):
        return last.basis
    if is_share(article, pieces, figure):
        return "total"
    if last and figure.subject is None and last.direction == "level":
        return last.basis
    if figure.topic in RATES:
        return None
    if last and last.basis in _SET:
        return last.basis
    return _plan_goes_on(sentence, figure)


def _change_goes_on(article: Article, sentence: Sentence, figure: Figure, last: Indicator | None) -> Basis | None:
    """What a change is against where its words do not say: as the change before, else the plan that it passes."""
    pieces, at = sentence.pieces, figure.at
    if _is_of_price_index(article, sentence, figure, last):
        return "previous_period"
    if last and (last.direction != "level" or last.basis in _COMPARED):
        return last.basis
    if any("year_ago" in p.kinds for p in sentence.head):
        return "same_period_last_year"
    if conventional := _conventional(article, sentence, figure):
        return conventional
    cue = left_cue(pieces, at)
    missed = any(p.kinds & {"up_after", "down_after"} for p in pieces[at + 1 : at + 2])  # "1.5 points short"
    if (missed or (cue and "over" in cue.kinds)) and any(p.kinds & {"plan", "annual", "goal"} for p in pieces[:at]):
        return "plan"
    for draft in reversed(sentence.earlier[-_RECENT:]):
        recent = draft.indicator
        if not _is_near(sentence, at, recent):
            break
        if recent.direction != "level":  # past levels: "up 18 % on the year, 26 % of the plan. Receipts rose 31 %."
            return recent.basis if recent.basis == "same_period_last_year" else None
    return None


def _is_of_price_index(article: Article, sentence: Sentence, figure: Figure, last: Indicator | None) -> bool:
    """Whether the change is that of a group of goods, behind a price index that was compared with the month before."""
    if figure.topic in _PRICES or not sentence.earlier:
        return False
    line_of = article.discourse.line_of
    line = line_of(sentence.pieces[figure.at].start)
    index = [d.indicator for d in sentence.earlier if line_of(d.indicator.evidence.start) == line]
    return any(i.topic in _PRICES and i.basis == "previous_period" for i in index) and (last is None or not last.basis)


def _conventional(article: Article, sentence: Sentence, figure: Figure) -> Basis | None:
    """What the change of a time is measured from where nothing says it: prices of a month from the month before, a
    year that is over from the year before, the months so far from the same ones of the year before."""
    period, pieces = figure.period, sentence.pieces
    line_of = article.discourse.line_of
    if period is None or line_of(period.start) != line_of(pieces[0].start):
        return None
    if article.layers.figures[int(pieces[figure.at].ref or 0)].unit != "%" or period.compared:
        return None
    if figure.topic in _PRICES and period.kind in _MONTHS:
        return "previous_period"
    if period.kind in ("year", "last_year", "closed_year"):
        if period.start < pieces[0].start:
            return None
        return "previous_period" if article.published and period.to < article.published else None
    if period.kind == "to_date":
        return "previous_period"  # "grew 2 % since the beginning of the year"
    return "same_period_last_year" if period.kind in ("months", "half") else None


def _is_near(sentence: Sentence, at: int, recent: Indicator) -> bool:
    return sentence.follows and sentence.pieces[at].start - recent.evidence.end < _GOES_ON


def _plan_goes_on(sentence: Sentence, figure: Figure) -> Basis | None:
    """The plan that the figure before in the paragraph was set against, where this one is that of a place or office:
    "the province reached 24 % of the plan. A district leads with 41 %"."""
    pieces, at = sentence.pieces, figure.at
    recent = sentence.earlier[-1].indicator if sentence.earlier else None
    if recent is None or recent.basis not in _SET or recent.direction != "level" or not _is_near(sentence, at, recent):
        return None
    placed = any(p.kind == "unit" or "reference" in p.kinds for p in pieces[previous_figure(pieces, at) + 1 : at])
    return recent.basis if placed and figure.topic in (None, recent.topic) else None


def _is_spent(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is how much of the money of a plan is spent: "disbursed 51 % of its capital"."""
    cue = left_cue(pieces, at)
    if (cue and "share" in cue.kinds) or any("disburse" in p.kinds for p in pieces[at + 1 : at + 3]):
        return False
    for index in (*range(at - 1, previous_figure(pieces, at), -1), -1, *range(at + 1, next_figure(pieces, at))):
        piece = pieces[index]
        if index >= 0 and "disburse" in piece.kinds:
            after = pieces[at + 1 : at + 2]
            return bool(after) and ("of" in after[0].kinds or is_content(after[0]))
        if index > at and piece.kind == "mark":
            return False
    return False


def _is_planned_part(article: Article, pieces: Sequence[Piece], figure: Figure) -> bool:
    """Whether a figure after "of which" is set against the plan too: it is reached, or it and the ones beside it are no
    shares, being more than all; women, students and minorities are shares, which may overlap."""
    at = figure.at
    opened = next((i for i in range(at - 1, -1, -1) if "part" in pieces[i].kinds), None)
    if opened is None or names_whole(article.text, pieces, at, article.lexicon):
        return False
    cue = left_cue(pieces, at)
    if cue and cue.kinds & {"share", "reach", "fulfil"}:
        return "share" not in cue.kinds
    if figure.topic in PEOPLE:
        return False
    beside = (article.layers.figures[int(p.ref or 0)].value for p in pieces[opened:] if p.kind == "figure")
    return sum(beside) > _ALL


def _is_listed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether only a comma or an "and" stands between the figure before and this one: "by 2.9 % and 1.7 %"."""
    index = at - 1
    while index >= 0 and (pieces[index].kinds & BOUNDS or "by" in pieces[index].kinds):
        index -= 1
    return index >= 0 and (pieces[index].text == "," or "and" in pieces[index].lists)


def usual(sentence: Sentence, figure: Figure, here: Sequence[Draft]) -> Basis | None:
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
