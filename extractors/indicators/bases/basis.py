"""What a figure is of or against: from its own words, else from the sentence, the list and the article around it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.bases.carrying import goes_on, usual
from extractors.indicators.bases.shares import is_joined
from extractors.indicators.contexts import Article, Draft, Figure, Sentence
from extractors.indicators.periods.compared import is_of_year_ago, is_standard
from extractors.indicators.periods.dates import PLANNED_FOR, PeriodMention
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import next_figure, past_comparators, previous_figure
from extractors.indicators.topics.keys import RATES
from extractors.types import Basis, Direction

__all__ = ["settle_basis"]

_NEAR = 8  # pieces: a year so near a goal is the year that the goal is set for
_PARTS = frozenset({"months", "quarter", "half", "half_month", "month", "days", "day", "until_day", "until_month",
                    "until_quarter"})  # fmt: skip
_SINCE_JANUARY = frozenset({"months", "half", "quarter", "until_day", "until_month", "until_quarter", "to_date",
                            "month_to_month"})  # fmt: skip
_WHOLE_YEARS = frozenset({"year", "goal_year", "this_year", "next_year", "closed_year"})
_CHANGE = frozenset({"up", "down"})
_COMPARING = frozenset({"up", "down", "up_after", "down_after", "than"})
_RESTATING = _CHANGE | {"by", "det", "of"}
_COMPARING_WITH = frozenset({"than", "year_ago", "previous"})
_YEAR_AGO = (300, 430)  # days from the end of a month of the year before to the article of this year
_TIMES = frozenset({"year_ago", "previous", "average", "plan", "annual"})
_PREDICATES = frozenset({"be", "aux", "reach"})
_MOST_JOINED = 20  # figures that share what they are set against
_LONGEST_FRAME = 300  # pieces from the opening of a sentence to the last figure that it frames
_ALL = 100  # percent
_REACH = 12  # pieces: how far a basis stands from its figure, about one clause


def settle_basis(article: Article, sentence: Sentence, figure: Figure, here: Sequence[Draft]) -> Basis | None:
    """What the figure is of or against: from its own words, else from how it goes on from what came before."""
    before = here[-1] if here else None
    if before and _stands_beside(sentence.pieces, figure):
        return before.indicator.basis
    points = article.layers.figures[int(sentence.pieces[figure.at].ref or 0)].unit == "pp"
    figure = figure._replace(direction="increase") if points and figure.direction == "level" else figure
    basis, compared = _find_basis(sentence.pieces, figure)
    if basis is None:
        basis, compared = _framed(sentence.pieces, figure)
    if basis is None and figure.direction == "level" and not points:
        basis = _planned_for(sentence, figure)
    if basis == "previous_period" and compared and _is_year_ago(article, compared, figure.period):
        basis = "same_period_last_year"
    if basis == "previous_period" and _is_last_year(article, sentence, figure):
        basis = "same_period_last_year"
    if basis == "plan" and _is_of_the_year(sentence, figure, compared):
        return "annual_plan"
    if basis is not None:
        return basis
    goal = _goal_basis(article, sentence, figure)
    basis = goal or goes_on(article, sentence, figure, before) or usual(sentence, figure, here)
    return "total" if basis is None and not points and _is_of_a_whole(article, sentence, figure) else basis


def _is_of_a_whole(article: Article, sentence: Sentence, figure: Figure) -> bool:
    """Whether a figure that nothing else is said of is a share of a whole: a level of at most all, of no rate."""
    value = article.layers.figures[int(sentence.pieces[figure.at].ref or 0)].value
    if figure.direction != "level" or value > _ALL:
        return False
    first, last = figure.span or (0, 0)
    named = any("shares" in p.lists for p in sentence.pieces if first <= p.start < last)
    return named or figure.topic not in RATES


def _stands_beside(pieces: Sequence[Piece], figure: Figure) -> bool:
    """Whether the figure is what the one before is compared with or was a year ago: of the same as that one."""
    if is_standard(pieces, figure.at):
        return figure.direction == "level" or any("from" in p.kinds for p in pieces[max(0, figure.at - 3) : figure.at])
    return figure.direction == "level" and is_of_year_ago(pieces, figure.at)


def _is_of_the_year(sentence: Sentence, figure: Figure, named: Piece | None) -> bool:
    """Whether a plan named without more is the year's: the figure is of a part of a year, by its own sentence or,
    where the word is "plan" itself and no target or resolution, by what came before. How far a resolution is passed is
    no matter of the year."""
    period, named_lists = figure.period, named.lists if named else frozenset()
    if period is None or period.kind in PLANNED_FOR:
        return False
    if figure.direction != "level" and "resolutions" in named_lists:
        return False
    yearly = period.kind in _SINCE_JANUARY | _WHOLE_YEARS
    return yearly and (period.start >= sentence.pieces[0].start or "plans" in named_lists)


def _is_year_ago(article: Article, compared: Piece, period: PeriodMention | None) -> bool:
    """Whether the time compared with is the same part of the year before."""
    other = article.layers.periods[int(compared.ref or 0)]
    if period is None and article.published and other.kind in _PARTS:
        return _YEAR_AGO[0] < (article.published - other.to).days < _YEAR_AGO[1]  # "98 % of that of July 2023"
    if period is None or other.kind in ("year", "until_year") or other.from_.year != period.from_.year - 1:
        return False
    return other.to.month == period.to.month


def _is_last_year(article: Article, sentence: Sentence, figure: Figure) -> bool:
    """Whether a part of a year that the sentence names is compared with "last year": with the same part of it."""
    pieces, periods = sentence.pieces, article.layers.periods
    floor, end = max(0, previous_figure(pieces, figure.at)), next_figure(pieces, figure.at)
    named = any(
        "year_before" in p.kinds or (p.kind == "period" and periods[int(p.ref or 0)].kind == "last_year")
        for p in pieces[max(floor, figure.at - _NEAR) : min(end, figure.at + _NEAR)]
    )
    period = figure.period
    if not named or period is None or period.kind not in _PARTS:
        return False
    return period.start >= pieces[0].start or figure.subject is None  # "Das sind 12 % weniger als im Vorjahr"


def _goal_basis(article: Article, sentence: Sentence, figure: Figure) -> Basis | None:
    """`plan` where the figure is the result by the goal that the sentence gives, the year's where it says so."""
    if figure.ratio is None:
        return None
    for goal in sentence.goals:
        if goal.target and goal.target.at == figure.ratio[1].at and goal.result.at == figure.ratio[0].at:
            if goal.target.at < 0:
                return "plan"
            around = sentence.pieces[max(0, goal.target.at - _NEAR) : goal.target.at + _NEAR]
            years = (article.layers.periods[int(p.ref or 0)] for p in around if p.kind == "period")
            return "annual_plan" if any(y.kind in _WHOLE_YEARS for y in years) else "plan"
    return "total"


def _find_basis(pieces: Sequence[Piece], figure: Figure) -> tuple[Basis | None, Piece | None]:
    """What the words right after the figure, else right before it, set it against; and the time compared with. Of
    several figures with one verb the last says it: "rose by 5 % and 6 % over the same period"."""
    for _ in range(_MOST_JOINED):
        if found := _own_basis(pieces, figure):
            return found
        end = next_figure(pieces, figure.at)
        if not is_joined(pieces, end) or (figure.direction == "level" and _changes(pieces, end)):
            break
        figure = figure._replace(at=end)
    return None, None


def _own_basis(pieces: Sequence[Piece], figure: Figure) -> tuple[Basis | None, Piece | None] | None:
    at, direction = figure.at, figure.direction
    end = next_figure(pieces, at)
    after = _after(pieces, at, end)
    if after and at and "equals" in pieces[past_comparators(pieces, at)].lists | pieces[at - 1].lists:
        if "previous" in after[0].kinds:
            return "previous_period", None
        if after[0].kind == "period":
            return "previous_period", after[0]  # "bằng 92% năm trước"
    if len(after) > 1 and "of" in after[0].kinds and "previous" in after[1].kinds:
        return "previous_period", None  # "103 % des Vorjahres"
    if found := _read_basis(after, direction):
        return found
    if direction != "level" and (found := _restated(pieces, at)):
        return found
    before = _before(pieces, at)
    differs = direction != "level" or any("fulfil" in p.kinds for p in [*before, *after])
    if not differs and not (before and before[-1].kinds & {"by"} and "from" not in before[-1].kinds):
        before = [p for p in before if not p.kinds & {"plan", "annual"}]  # the figure is the plan, not a part of it
    return _read_basis(before, direction, before=True)


def _restated(pieces: Sequence[Piece], at: int) -> tuple[Basis, Piece | None] | None:
    """What a change in numbers is compared with that the figure only says again: "9 fewer than a year ago (-13 %)",
    ", that is a fall of 13 %"."""
    opened = past_comparators(pieces, at)
    while opened > 0 and pieces[opened].kinds & _RESTATING and "gloss" not in pieces[opened].kinds:
        opened -= 1
    glossed = opened > 0 and "gloss" in pieces[opened].kinds
    opened -= glossed and pieces[opened - 1].text == ","
    if opened < 1 or not (glossed or pieces[opened].text == "("):
        return None
    scan = _before(pieces, opened)
    return _read_basis(scan, "increase") if any(p.kinds & _COMPARING_WITH for p in scan) else None


def _is_of_time(scan: Sequence[Piece], index: int) -> bool:
    """Whether "that of" points to another time and no other place: "higher than that of 2023"."""
    after = scan[index + 1 : index + _NEAR]
    return "alike" in scan[index].kinds and any(p.kind == "period" or p.kinds & _TIMES for p in after)


def _leads_back(scan: Sequence[Piece], index: int) -> bool:
    """Whether a time that a change is measured from follows: "a fall of 9 % on 2022", "on the previous season"."""
    after = next((p for p in scan[index + 1 :] if "det" not in p.kinds), None)
    return "back" in scan[index].kinds and after is not None and (after.kind == "period" or "previous" in after.kinds)


def _changes(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure is a difference by the word after it: "3,2 points more than"."""
    return any(p.kinds & {"up_after", "down_after"} for p in pieces[at + 1 : at + 2])


def _framed(pieces: Sequence[Piece], figure: Figure) -> tuple[Basis | None, Piece | None]:
    """What the opening of the sentence compares all its figures with: "Compared with this time last year, …", or the
    words before its colon: "by branch (7 months 2022 / 7 months 2021): …"."""
    if figure.at > _LONGEST_FRAME:
        return None, None
    first = next((i for i, p in enumerate(pieces) if p.kind != "mark"), 0)
    if first < figure.at and "than" in pieces[first].kinds:
        frame = pieces[first : next((i for i in range(first, figure.at) if pieces[i].text == ","), first)]
        basis, named = _read_basis(frame, "increase") or (None, None)
        planned = basis in ("plan", "annual_plan")  # "compared with 2023, … 90 % of the owners" is a share
        return (basis, named) if planned or figure.direction != "level" else (None, None)
    colon = next((i for i in range(figure.at) if pieces[i].text == ":"), 0)
    for left, slash, right in zip(pieces[:colon], pieces[1:colon], pieces[2:colon], strict=False):
        if slash.text == "/" and left.kind == right.kind == "period" and figure.direction != "level":
            return "previous_period", right
    return None, None


def _planned_for(sentence: Sentence, figure: Figure) -> Basis | None:
    """The plan that the head line of a list, or the words before the colon of a sentence, set all its figures against:
    "Collected by 30 June (against the plan of the year):"."""
    colon = next((i for i in range(min(figure.at, _LONGEST_FRAME)) if sentence.pieces[i].text == ":"), 0)
    for frame in (sentence.head, sentence.pieces[:colon]):
        for index, piece in enumerate(frame):
            set_against = index > 0 and ("than" in frame[index - 1].kinds or frame[index - 1].text == "%")
            if piece.kinds & {"plan", "annual"} and (set_against or "than" in piece.kinds):
                return "annual_plan" if "annual" in piece.kinds else "plan"
    return None


def _after(pieces: Sequence[Piece], at: int, end: int) -> list[Piece]:
    scan: list[Piece] = []
    compares = at + 1 < len(pieces) and bool(pieces[at + 1].kinds & {"up_after", "down_after"})
    start = at + 1
    if start < end and pieces[start].text == ")" and any(p.text == "(" for p in pieces[max(0, at - 3) : at]):
        start += 1  # "(equal to 14 %) compared with …"
    last = min(end, at + _REACH * (1 + compares))
    for index, piece in enumerate(pieces[start:last], start):
        if piece.kind == "mark" and piece.text in ";.:()|–—" and (piece.text != "(" or scan):
            break
        compared_again = "conj" in piece.kinds and any(
            "compares" in p.kinds or "beyond" in p.lists for p in pieces[at:end]
        )
        if (
            (piece.kind == "mark" and piece.text == "," and not _opens_standard(pieces, index))
            or compared_again
            or (piece.kinds & {"rel", "part"} and not piece.kinds & {"of", "than", "det"})
        ):
            break
        if "and" in piece.lists and index + 1 < last and pieces[index + 1].kinds & _PREDICATES:
            break  # "is 7 % of the area and has fallen by 2 points over the year"
        scan.append(piece)
    return scan


def _opens_standard(pieces: Sequence[Piece], comma: int) -> bool:
    """Whether what a comparison is made with follows a comma: "6 Punkte mehr, als der Durchschnitt ausweist"."""
    compares = pieces[comma - 1].kinds & {"up_after", "down_after"}
    return bool(compares) and comma + 1 < len(pieces) and "than" in pieces[comma + 1].kinds


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
    compared = compares = False
    for index, piece in enumerate(scan):
        kinds = piece.kinds
        if "year_ago" in kinds:
            return "same_period_last_year", None
        passes = before and index > 0 and bool(scan[index - 1].kinds & {"gt", "lt"})  # "đông hơn kỳ trước 30%"
        compares = compares or compared or not before or bool(kinds & _COMPARING)
        if "average" in kinds and "each" not in kinds and direction != "level" and compares:
            return "other_unit", None
        if "annual" in kinds:
            return "annual_plan", None
        if "plan" in kinds:
            return "plan", piece
        if compared and not before and "goal" in kinds:
            return "plan", piece
        if "previous" in kinds and (compared or passes or direction != "level" or "than" in kinds):
            return "previous_period", None
        compares_here = before and bool(kinds & {"compares"} or ("beyond" in piece.lists and "link" in kinds))
        if before and index and piece.kind == "period" and (scan[index - 1].kinds & _CHANGE or compared):
            return "previous_period", piece  # "cao hơn năm trước 0,4%"
        if compared and piece.kind == "period":
            later = any("year_ago" in p.kinds for p in scan[index:])
            later = later or any("season" in p.kinds or "same" in p.lists for p in scan[:index])
            return ("same_period_last_year", None) if later else ("previous_period", piece)
        other = piece.kind == "unit" or "reference" in kinds or "others" in piece.lists or "alike" in kinds
        if compared and direction != "level" and other and not _is_of_time(scan, index):
            return "other_unit", None
        if (
            "than" in kinds
            or compares_here
            or (not before and "alike" in kinds)
            or (not before and direction != "level" and (piece.text == "from" or _leads_back(scan, index)))
        ):
            compared = True
    return None
