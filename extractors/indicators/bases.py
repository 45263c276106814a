"""What a figure is of or against: from its own words, else from the sentence, the list and the article around it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.clauses import Piece
from extractors.indicators.contexts import Article, Draft, Figure, Sentence, is_standard
from extractors.indicators.lexicon import FigureLexicon, words_of
from extractors.indicators.periods import PeriodMention
from extractors.indicators.phrases import has_head
from extractors.indicators.readings import left_cue, next_figure, previous_figure
from extractors.indicators.subjects import Subject, names_whole
from extractors.types import Basis, Direction

__all__ = ["settle_basis"]

_NEAR = 8  # pieces: a year so near a goal is the year that the goal is set for
_PARTS = frozenset({"months", "quarter", "half", "month", "day"})
_WHOLES = frozenset({"annual_plan", "plan", "total"})
# Topics that are rates of their own: what they are a share of is left open.
_RATES = frozenset({"poverty_rate", "near_poverty_rate", "unemployment_rate", "interest_rate", "forest_cover",
                    "urbanisation_rate", "bad_debt", "population_growth", "hospital_beds", "hotel_occupancy", "growth",
                    "grdp_growth", "gdp_growth", "consumer_price_index", "survival_rate", "exchange_rate"})  # fmt: skip
_PLANS = frozenset({"kế hoạch", "plan", "plans", "planes"})
_PLANNED = frozenset({"public_investment_disbursement"})  # topics that are reported against the plan of the year
_COMPARATORS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
_FULFILS = frozenset({"reach", "fulfil", "gloss", "up", "down", "to"})
_CHANGE = frozenset({"up", "down"})
_COMPARING = frozenset({"up", "down", "up_after", "down_after", "than"})
_REACH = 12  # pieces: how far a basis stands from its figure, about one clause


def settle_basis(article: Article, sentence: Sentence, figure: Figure, here: Sequence[Draft]) -> Basis | None:
    """What the figure is of or against: from its own words, else from how it goes on from what came before."""
    before = here[-1] if here else None
    if before and figure.direction == "level" and is_standard(sentence.pieces, figure.at):
        return before.indicator.basis
    basis, compared = _find_basis(sentence.pieces, figure.at, figure.direction)
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
    for goal in sentence.goals:
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
    if level and _is_of_counted(sentence, figure):
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


def _is_of_counted(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is a share of things that the sentence counts: "of 800 workers asked, 62 % want …"."""
    pieces = sentence.pieces
    following = pieces[figure.at + 1] if figure.at + 1 < len(pieces) else None
    if figure.span is None or following is None or following.kind == "mark":
        return False
    counted = next((i for i, p in enumerate(pieces) if p.start == figure.span[0]), 0)
    cue = left_cue(pieces, figure.at)
    return 0 < counted < figure.at and pieces[counted - 1].kind == "number" and not (cue and cue.kinds & _FULFILS)


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


def _find_basis(pieces: Sequence[Piece], at: int, direction: Direction) -> tuple[Basis | None, Piece | None]:
    """What the words right after the figure, else right before it, set it against; and the time compared with."""
    end = next_figure(pieces, at)
    if found := _read_basis(_after(pieces, at, end), direction):
        return found
    before = _before(pieces, at)
    if direction == "level" and not any("fulfil" in p.kinds for p in [*before, *_after(pieces, at, end)]):
        before = [p for p in before if not p.kinds & {"plan", "annual"}]  # the figure is the plan, not a part of it
    return _read_basis(before, direction, before=True) or (None, None)


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
        compares = compared or not before or any(p.kinds & _COMPARING for p in scan[: index + 1])
        if "average" in kinds and "each" not in kinds and direction != "level" and compares:
            return "other_unit", None
        if "annual" in kinds:
            return "annual_plan", None
        if "plan" in kinds:
            return "plan", piece
        if "previous" in kinds and (compared or direction != "level"):
            return "previous_period", None
        if before and index and piece.kind == "period" and scan[index - 1].kinds & _CHANGE:
            return "previous_period", piece  # "cao hơn năm trước 0,4%"
        if compared and piece.kind == "period":
            later = any("year_ago" in p.kinds for p in scan[index:])
            return ("same_period_last_year", None) if later else ("previous_period", piece)
        if compared and direction != "level" and (piece.kind == "unit" or "reference" in kinds):
            return "other_unit", None
        if "than" in kinds or (not before and direction != "level" and piece.text == "from"):
            compared = True
    return None
