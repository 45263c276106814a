"""Whether a figure is a share of a whole: by the whole beside it, by what it is said of, by its subject."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.clauses import Piece
from extractors.indicators.contexts import Article, Figure, Sentence
from extractors.indicators.lexicon import BOUNDS, FigureLexicon
from extractors.indicators.matching import words_of
from extractors.indicators.phrases import has_head
from extractors.indicators.readings import left_cue, next_figure, previous_figure, says_when
from extractors.indicators.shares_of_clauses import is_named_share, opens_clause
from extractors.indicators.subjects import Subject, names_whole
from extractors.indicators.topics import CLASSES

__all__ = [
    "RATES", "end_of_list", "is_joined", "is_of_class", "is_of_counted", "is_proportion", "is_rate", "is_share",
    "opens_share", "restates_count", "states_whole",
]  # fmt: skip

# Topics that are rates of their own: what they are a share of is left open.
RATES = frozenset({"poverty_rate", "near_poverty_rate", "unemployment_rate", "interest_rate", "forest_cover",
                   "urbanisation_rate", "bad_debt", "population_growth", "hospital_beds", "hotel_occupancy", "growth",
                   "grdp_growth", "gdp_growth", "consumer_price_index", "survival_rate", "exchange_rate"})  # fmt: skip
_OUTPUTS = frozenset({"grdp_growth", "gdp_growth"})  # a share of what is produced is no growth
_BASIS = frozenset({"plan", "annual", "year_ago", "previous", "average", "than"})
_FULFILS = frozenset({"reach", "fulfil", "gloss", "up", "down", "to"})
_VERBS = frozenset({"aux", "be", "have"})
_LISTED = 6  # pieces between two figures of a list
_STEP = 2  # pieces between the two figures of a move
_TOTAL = 3  # pieces: "70 % of the total", "70% tổng kinh phí"


def is_share(article: Article, pieces: Sequence[Piece], figure: Figure) -> bool:
    """Whether a whole is named beside the figure, or its verb or a noun before it says that it is a part."""
    if names_whole(article.text, pieces, end_of_list(pieces, figure.at), article.lexicon):
        return True
    cue = left_cue(pieces, figure.at)
    if (cue and "share" in cue.kinds) or (figure.subject and figure.subject.side in ("of", "noun", "predicate")):
        return True
    if is_named_share(pieces, figure.at) or any("structure" in p.kinds for p in pieces[: figure.at]):
        return True
    return any("part" in p.kinds for p in pieces[max(0, figure.at - 4) : figure.at + 2])


def states_whole(pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> bool:
    """Whether a word for the total or a genitive follows right away: "70% tổng kinh phí", "37 % de la dépense", "6 % of
    it"; or the figure opens its clause and a verb follows: "98 per cent were sold"."""
    end = next_figure(pieces, at)
    following = pieces[at + 1 : min(end, at + 1 + _TOTAL)]
    near = range(at + 1, min(end, at + 3 + _TOTAL))
    if not following or any(pieces[i].kinds & _BASIS and not says_when(pieces, i, lexicon) for i in near):
        return False
    first = following[0]
    if "rel" in first.kinds and at and "the_known" in pieces[at - 1].lists:
        return True  # "the 14 % who deliver late"
    if first.kinds & {"total", "whole"} or ("of" in first.kinds and any("total" in p.kinds for p in following)):
        return True
    if "of" in first.kinds and "loose_of" not in first.lists and len(following) > 1:
        return following[1].kind in ("word", "cue", "unit", "number")
    return bool(first.kinds & _VERBS) and "respectively" not in first.kinds and opens_clause(pieces, at)


def is_joined(pieces: Sequence[Piece], at: int) -> bool:
    """Whether nothing but commas, an "and" and comparators stands between the figure before and this one."""
    floor = previous_figure(pieces, at)
    between = pieces[floor + 1 : at]
    if floor < 0 or at >= len(pieces) or not between or len(between) > _LISTED:
        return False
    joined = any(p.text == "," or "and" in p.lists or "respectively" in p.kinds for p in between)
    return joined and all(
        p.text in (",", ".") or "and" in p.lists or bool(p.kinds & (BOUNDS | {"by", "respectively"})) for p in between
    )


def end_of_list(pieces: Sequence[Piece], at: int) -> int:
    """The last figure of the list or the move that this one opens: "97 %, 96 % and 95 %", "from 18 % to 23 %"."""
    end = next_figure(pieces, at)
    while end < len(pieces) and (is_joined(pieces, end) or _moves_on(pieces[at + 1 : end])):
        at, end = end, next_figure(pieces, end)
    return at


def _moves_on(between: Sequence[Piece]) -> bool:
    return 0 < len(between) <= _STEP and all(p.kinds & (BOUNDS | {"to"}) for p in between)


def opens_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether its clause opens with the whole: "among schoolchildren we are at 99 %", "von allen Anträgen 70 %"."""
    for index in range(at - 1, previous_figure(pieces, at), -1):
        piece = pieces[index]
        if piece.kind == "mark" and piece.text in ";.:":
            return False
        if "among" in piece.kinds and index + 2 < at:
            strong = "whole_of" not in piece.lists
            counted = pieces[index + 2].kind == "number" or any(p.kind == "unit" for p in pieces[index + 2 : at])
            if strong or ("all_of" in pieces[index + 1].lists and not counted):
                return True
    return False


def is_of_counted(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is a share of things that the sentence counts: "of 800 workers asked, 62 % want …"."""
    pieces = sentence.pieces
    following = pieces[figure.at + 1] if figure.at + 1 < len(pieces) else None
    if figure.span is None or following is None or following.kind == "mark":
        return False
    counted = next((i for i, p in enumerate(pieces) if p.start == figure.span[0]), 0)
    cue = left_cue(pieces, figure.at)
    return 0 < counted < figure.at and pieces[counted - 1].kind == "number" and not (cue and cue.kinds & _FULFILS)


def restates_count(pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> bool:
    """Whether the figure says again how many things are counted: "3 poor households, or 2.7 %"."""
    left = at - 1
    while left > 0 and pieces[left].kinds & BOUNDS and "gloss" not in pieces[left].kinds:
        left -= 1
    if left < 0 or "gloss" not in pieces[left].kinds:
        return False
    floor = previous_figure(pieces, at)
    before = [i for i in range(floor + 1, at) if pieces[i].kind == "number" or pieces[i].text in lexicon.numbers]
    if not before or any(p.kinds & {"plan", "annual", "goal"} for p in pieces[:at]):
        return False
    return "measure" not in pieces[before[-1] + 1].kinds


def is_proportion(article: Article, sentence: Sentence, figure: Figure) -> bool:
    """Whether the subject is a share by its own words: "share of women", "tỷ lệ giải quyết đúng hạn", or a label that
    names who or what is counted, in a list that is about no plan."""
    index = int(sentence.pieces[figure.at].ref or 0)
    if figure.span is None or figure.topic in RATES - _OUTPUTS or article.layers.figures[index].unit != "%":
        return False
    words = words_of(article.text[slice(*figure.span)])
    hits = [hit[1] for i in range(len(words)) if (hit := article.lexicon.cues.match(words, i))]
    if any("proportion" in kinds for kinds in hits):
        return True
    if figure.topic in RATES:
        return False
    planned = any(p.kinds & {"plan", "annual"} for p in (*sentence.pieces, *sentence.head))
    labelled = figure.subject is not None and figure.subject.side == "label"
    return labelled and not planned and not any("head" in kinds for kinds in hits)


def is_of_class(article: Article, figure: Figure) -> bool:
    """Whether the subject is a class of people or things, or what some of them have or are: a level of it is the share
    of those: "đoàn viên nữ đạt 27%", "doctors trained abroad: 4 %"."""
    if figure.direction != "level" or figure.span is None or figure.topic in RATES:
        return False
    words = words_of(article.text[slice(*figure.span)])
    hits = [hit[1] for i in range(len(words)) if (hit := article.lexicon.cues.match(words, i))]
    if any("head" in kinds and "proportion" not in kinds for kinds in hits):
        return False
    return figure.topic in CLASSES or article.lexicon.counted.match(words, 0) is not None


def is_rate(subject: Subject | None, sentence: Sentence, lexicon: FigureLexicon) -> bool:
    """Whether the subject is a measure of its own ("poverty rate"), no part of the whole named before."""
    if subject is None:
        return False
    return any(has_head(p, lexicon) for p in sentence.pieces if subject.start <= p.start < subject.end)
