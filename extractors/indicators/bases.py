"""What a figure is of or against: from its own words, else from the sentence, the list and the article around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.indicators.clauses import Piece
from extractors.indicators.contexts import Article, Draft, Figure, Sentence, is_of_year_ago, is_standard
from extractors.indicators.periods import PeriodMention
from extractors.indicators.phrases import is_content
from extractors.indicators.readings import left_cue, next_figure, previous_figure
from extractors.indicators.shares import (
    RATES,
    end_of_list,
    is_joined,
    is_of_counted,
    is_proportion,
    is_rate,
    is_share,
    opens_share,
    restates_count,
    states_whole,
)
from extractors.indicators.subjects import names_whole
from extractors.types import Basis, Direction, Indicator

__all__ = ["settle_basis"]

_NEAR = 8  # pieces: a year so near a goal is the year that the goal is set for
_PARTS = frozenset({"months", "quarter", "half", "half_month", "month", "days", "day"})
_SINCE_JANUARY = frozenset({"months", "half", "quarter", "until_day", "until_month", "until_quarter", "to_date",
                            "month_to_month"})  # fmt: skip
_WHOLE_YEARS = frozenset({"year", "goal_year", "this_year"})
_PLANNED_FOR = frozenset({"term", "until_year", "goal_year"})
_WHOLES = frozenset({"annual_plan", "plan", "total"})
_SET = frozenset({"annual_plan", "plan"})
_COMPARED = frozenset({"same_period_last_year", "previous_period"})
_PLANS = frozenset({"kế hoạch", "plan", "plans", "planes"})
_PLANNED = frozenset({"public_investment_disbursement"})  # topics that are reported against the plan of the year
_COMPARATORS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
_CHANGE = frozenset({"up", "down"})
_COMPARING = frozenset({"up", "down", "up_after", "down_after", "than"})
_ANDS = frozenset({"and", "und", "et", "và"})
_ALL = 101  # percent, with the rounding
_REACH = 12  # pieces: how far a basis stands from its figure, about one clause
_GOES_ON = 250  # characters: how far a figure goes on with one of the sentence before


def settle_basis(article: Article, sentence: Sentence, figure: Figure, here: Sequence[Draft]) -> Basis | None:
    """What the figure is of or against: from its own words, else from how it goes on from what came before."""
    before = here[-1] if here else None
    if before and _stands_beside(sentence.pieces, figure):
        return before.indicator.basis
    points = article.layers.figures[int(sentence.pieces[figure.at].ref or 0)].unit == "pp"
    figure = replace(figure, direction="increase") if points and figure.direction == "level" else figure
    basis, compared = _find_basis(sentence.pieces, figure)
    if basis is None:
        basis, compared = _framed(sentence.pieces, figure)
    if basis == "previous_period" and compared and _is_year_ago(article, compared, figure.period):
        basis = "same_period_last_year"
    if basis == "previous_period" and _is_last_year(article, sentence, figure):
        basis = "same_period_last_year"
    if basis == "plan" and not points and _is_of_the_year(sentence, figure, compared):
        return "annual_plan"
    if basis is not None:
        return basis
    goal = _goal_basis(article, sentence, figure)
    return goal or _goes_on(article, sentence, figure, before) or _usual(sentence, figure, here)


def _stands_beside(pieces: Sequence[Piece], figure: Figure) -> bool:
    """Whether the figure is what the one before is compared with or was a year ago: of the same as that one."""
    if is_standard(pieces, figure.at):
        return figure.direction == "level" or any("from" in p.kinds for p in pieces[max(0, figure.at - 3) : figure.at])
    return figure.direction == "level" and is_of_year_ago(pieces, figure.at)


def _is_of_the_year(sentence: Sentence, figure: Figure, named: Piece | None) -> bool:
    """Whether a plan named without more is the year's: the figure is of a part of a year, by its own sentence or,
    where the word is "plan" itself and no target or resolution, by what came before."""
    period = figure.period
    if period is None or period.kind in _PLANNED_FOR:
        return False
    yearly = period.kind in _SINCE_JANUARY | _WHOLE_YEARS
    return yearly and (period.start >= sentence.pieces[0].start or (named is not None and named.text in _PLANS))


def _is_year_ago(article: Article, compared: Piece, period: PeriodMention | None) -> bool:
    """Whether the time compared with is the same part of the year before."""
    other = article.layers.periods[int(compared.ref or 0)]
    if period is None or other.kind == "year" or other.from_.year != period.from_.year - 1:
        return False
    return other.to.month == period.to.month


def _is_last_year(article: Article, sentence: Sentence, figure: Figure) -> bool:
    """Whether a part of a year that the sentence names is compared with "last year": with the same part of it."""
    pieces, periods = sentence.pieces, article.layers.periods
    named = any(
        "year_before" in p.kinds or (p.kind == "period" and periods[int(p.ref or 0)].kind == "last_year")
        for p in pieces[max(0, figure.at - _NEAR) : figure.at + _NEAR]
    )
    period = figure.period
    return named and period is not None and period.kind in _PARTS and period.start >= pieces[0].start


def _goal_basis(article: Article, sentence: Sentence, figure: Figure) -> Basis | None:
    """`plan` where the figure is the result by the goal that the sentence gives, the year's where it says so."""
    if figure.ratio is None:
        return None
    for goal in sentence.goals:
        if goal.target and goal.target.at == figure.ratio[1].at and goal.result.at == figure.ratio[0].at:
            around = sentence.pieces[max(0, goal.target.at - _NEAR) : goal.target.at + _NEAR]
            years = (article.layers.periods[int(p.ref or 0)] for p in around if p.kind == "period")
            return "annual_plan" if any(y.kind in _WHOLE_YEARS for y in years) else "plan"
    return "total"


def _goes_on(article: Article, sentence: Sentence, figure: Figure, before: Draft | None) -> Basis | None:
    """`total` for a share of a whole that is named; the basis of the figure before where this one goes on with it."""
    last = before.indicator if before else None
    pieces, at = sentence.pieces, figure.at
    if last and ((last.basis in _SET and _is_listed(pieces, at)) or is_joined(pieces, at)):
        return last.basis
    if figure.direction != "level":
        return _change_goes_on(sentence, figure, last)
    if figure.period is not None and _is_spent(pieces, at):
        return "plan" if figure.period.kind in _PLANNED_FOR else "annual_plan"
    if last and last.basis in _SET and _is_planned_part(article, pieces, at):
        return last.basis
    rate = is_rate(figure.subject, sentence, article.lexicon)
    if (figure.topic not in RATES and states_whole(pieces, end_of_list(pieces, at))) or is_share(article, pieces, figure):
        return "total"
    if not rate and opens_share(pieces, at):
        return "total"
    if last and ((figure.subject is None and last.direction == "level") or (last.basis == "total" and not rate)):
        return last.basis
    if is_of_counted(sentence, figure) or restates_count(pieces, at) or is_proportion(article, sentence, figure):
        return "total"
    if figure.topic in RATES:
        return None
    if last and last.basis in _SET:
        return last.basis
    return _plan_goes_on(sentence, figure) or _share_goes_on(article, sentence, figure)


def _change_goes_on(sentence: Sentence, figure: Figure, last: Indicator | None) -> Basis | None:
    """What a change is against where its words do not say: as the change before, else the plan that it passes."""
    pieces, at = sentence.pieces, figure.at
    if last and (last.direction != "level" or last.basis in _COMPARED):
        return last.basis
    if any("year_ago" in p.kinds for p in sentence.head):
        return "same_period_last_year"
    cue = left_cue(pieces, at)
    missed = any(p.kinds & {"up_after", "down_after"} for p in pieces[at + 1 : at + 2])  # "1.5 points short"
    if (missed or (cue and "over" in cue.kinds)) and any(p.kinds & {"plan", "annual", "goal"} for p in pieces[:at]):
        return "plan"
    recent = sentence.earlier[-1].indicator if sentence.earlier else None
    if recent and recent.direction != "level" and _is_near(sentence, at, recent):
        return recent.basis if recent.basis == "same_period_last_year" else None
    return None


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


def _share_goes_on(article: Article, sentence: Sentence, figure: Figure) -> Basis | None:
    """`total` where the figure before in the paragraph was a share and this one is what another part moved to, or what
    the same came to: "A made up 83 % of the total. B slipped to 6 %"."""
    recent = sentence.earlier[-1] if sentence.earlier else None
    if recent is None or recent.indicator.basis != "total" or not _is_near(sentence, figure.at, recent.indicator):
        return None
    left = sentence.pieces[max(0, figure.at - 3) : figure.at]
    moved = any("to" in p.kinds for p in left) and not is_rate(figure.subject, sentence, article.lexicon)
    return "total" if moved else None


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


def _is_planned_part(article: Article, pieces: Sequence[Piece], at: int) -> bool:
    """Whether a figure after "of which" is set against the plan too: it is reached, or it and the ones beside it are no
    shares, being more than all."""
    opened = next((i for i in range(at - 1, -1, -1) if "part" in pieces[i].kinds), None)
    if opened is None or names_whole(article.text, pieces, at, article.lexicon):
        return False
    cue = left_cue(pieces, at)
    if cue and cue.kinds & {"share", "reach", "fulfil"}:
        return "share" not in cue.kinds
    beside = (article.layers.figures[int(p.ref or 0)].value for p in pieces[opened:] if p.kind == "figure")
    return sum(beside) > _ALL


def _is_listed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether only a comma or an "and" stands between the figure before and this one: "by 2.9 % and 1.7 %"."""
    index = at - 1
    while index >= 0 and (pieces[index].kinds & _COMPARATORS or "by" in pieces[index].kinds):
        index -= 1
    return index >= 0 and (pieces[index].text == "," or pieces[index].text in _ANDS)


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


def _find_basis(pieces: Sequence[Piece], figure: Figure) -> tuple[Basis | None, Piece | None]:
    """What the words right after the figure, else right before it, set it against; and the time compared with."""
    at, direction = figure.at, figure.direction
    end = next_figure(pieces, at)
    after = _after(pieces, at, end)
    if found := _read_basis(after, direction):
        return found
    before = _before(pieces, at)
    differs = direction != "level" or any("fulfil" in p.kinds for p in [*before, *after])
    if not differs and not (before and before[-1].kinds & {"by"} and "from" not in before[-1].kinds):
        before = [p for p in before if not p.kinds & {"plan", "annual"}]  # the figure is the plan, not a part of it
    if found := _read_basis(before, direction, before=True):
        return found
    if is_joined(pieces, end) and (direction != "level" or not _changes(pieces, end)):
        return _find_basis(pieces, replace(figure, at=end))  # "rose by 5 % and 6 % over the same period"
    return None, None


def _changes(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is a difference by the word after it: "3,2 points more than"."""
    return any(p.kinds & {"up_after", "down_after"} for p in pieces[at + 1 : at + 2])


def _framed(pieces: Sequence[Piece], figure: Figure) -> tuple[Basis | None, Piece | None]:
    """What the opening of the sentence compares all its figures with: "Compared with this time last year, …", or the
    words before its colon: "by branch (7 months 2022 / 7 months 2021): …"."""
    first = next((i for i, p in enumerate(pieces) if p.kind != "mark"), 0)
    if first < figure.at and "than" in pieces[first].kinds:
        frame = pieces[first : next((i for i in range(first, figure.at) if pieces[i].text == ","), first)]
        return _read_basis(frame, "increase") or (None, None)
    colon = next((i for i in range(figure.at) if pieces[i].text == ":"), 0)
    for left, slash, right in zip(pieces[:colon], pieces[1:colon], pieces[2:colon], strict=False):
        if slash.text == "/" and left.kind == right.kind == "period" and figure.direction != "level":
            return "previous_period", right
    return None, None


def _after(pieces: Sequence[Piece], at: int, end: int) -> list[Piece]:
    scan: list[Piece] = []
    compares = at + 1 < len(pieces) and bool(pieces[at + 1].kinds & {"up_after", "down_after"})
    start = at + 1
    if start < end and pieces[start].text == ")" and any(p.text == "(" for p in pieces[max(0, at - 3) : at]):
        start += 1  # "(equal to 14 %) compared with …"
    for piece in pieces[start : min(end, at + _REACH * (1 + compares))]:
        if piece.kind == "mark" and piece.text in ";.:()|–—" and (piece.text != "(" or scan):
            break
        if (piece.kind == "mark" and piece.text == ",") or (
            piece.kinds & {"rel", "part"} and not piece.kinds & {"of", "than"}
        ):
            break
        scan.append(piece)
    return scan


def _before(pieces: Sequence[Piece], at: int) -> list[Piece]:
    scan: list[Piece] = []
    floor = max(previous_figure(pieces, at), at - _REACH)
    for index in range(at - 1, floor, -1):
        piece = pieces[index]
        parts = "conj" in piece.kinds and not piece.kinds & {"to", "eq"}
        if parts or (piece.kind == "mark" and piece.text in ",;:()|."):
            break
        scan.insert(0, piece)
    return scan


def _read_basis(
    scan: Sequence[Piece], direction: Direction, *, before: bool = False
) -> tuple[Basis, Piece | None] | None:
    compared = False
    for index, piece in enumerate(scan):
        kinds = piece.kinds
        if "year_ago" in kinds:
            return "same_period_last_year", None
        passes = before and index > 0 and bool(scan[index - 1].kinds & {"gt", "lt"})  # "đông hơn kỳ trước 30%"
        compares = compared or not before or any(p.kinds & _COMPARING for p in scan[: index + 1])
        if "average" in kinds and "each" not in kinds and direction != "level" and compares:
            return "other_unit", None
        if "annual" in kinds:
            return "annual_plan", None
        if "plan" in kinds:
            return "plan", piece
        if "previous" in kinds and (compared or passes or direction != "level"):
            return "previous_period", None
        if before and index and piece.kind == "period" and scan[index - 1].kinds & _CHANGE:
            return "previous_period", piece  # "cao hơn năm trước 0,4%"
        if compared and piece.kind == "period":
            later = any("year_ago" in p.kinds for p in scan[index:]) or any("season" in p.kinds for p in scan[:index])
            return ("same_period_last_year", None) if later else ("previous_period", piece)
        if compared and direction != "level" and (piece.kind == "unit" or "reference" in kinds):
            return "other_unit", None
        if "than" in kinds or (not before and direction != "level" and piece.text == "from"):
            compared = True
    return None
