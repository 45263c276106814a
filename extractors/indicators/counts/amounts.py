"""Amounts of money and measures that a sentence sets beside a percentage: "1.250 tỷ đồng, bằng 103 % kế hoạch"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.indicators.contexts import Article, Draft, Sentence
from extractors.indicators.counts.goals import Number
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import next_figure, previous_figure
from extractors.indicators.words.amount_words import Amounts
from extractors.indicators.words.lexicon import BOUNDS
from extractors.types import Comparator, Span

__all__ = ["find_amounts"]

# What may stand between an amount and its percentage: "…, equal to", "…, up", "… and reaches".
_LINKS = BOUNDS | {"reach", "share", "be", "to", "by", "up", "down", "det", "conj", "fulfil", "gloss", "aux", "say"}
_LEADS = BOUNDS | {"to", "reach", "det"}
_FAR = 6  # pieces between the two
# An amount behind one of these is a plan's, a whole's or one that is compared with.
_AIMS = frozenset({"plan", "annual", "goal", "than", "from", "average", "previous", "total"})
_WHOLE = frozenset({"part", "among"})  # what follows is a part of the amount: "48 billion, of which 21 %"
_AIM = 3  # pieces before a number in which these stand
_NOUN = 4  # pieces of the noun behind an amount: "5,200 hectares of forest, or 98 %"
_OTHERS = frozenset({"number", "unit", "name", "period"})  # with one of these another thing is told
_OPEN = 5  # pieces from a percentage to the bracket with its amount: "103 % of the annual plan (…)"
_COMPARATORS: tuple[Comparator, ...] = ("gte", "lte", "gt", "lt", "approx")
_LONGEST = 20  # characters of a currency before a number
_LESS_SURE = 0.05


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount from `start` to `end` of the text, `at` the piece of its number."""

    at: int
    start: int
    end: int
    value: float
    unit: str


def find_amounts(article: Article, sentence: Sentence, drafts: Sequence[Draft]) -> list[Draft]:
    """The amounts beside the percentages of a sentence, each measuring what its percentage does: `money` in the
    currency's code, or a `measure`. `drafts`: the percentages in the order of the text."""
    amounts = [a for number in sentence.numbers if (a := _amount(article, number))]
    if not amounts:
        return []
    figures = [at for at, piece in enumerate(sentence.pieces) if piece.kind == "figure"]
    found: dict[int, Draft] = {}
    for at, draft in zip(figures, drafts, strict=True):
        beside = _before(sentence.pieces, at, amounts) or _behind(sentence.pieces, at, amounts)
        if beside and beside.at not in found and draft.indicator.subject:
            found[beside.at] = _draft(article, sentence.pieces, beside, draft)
    return list(found.values())


def _amount(article: Article, number: Number) -> _Amount | None:
    """The amount that a number begins, with the currency before it or the unit behind."""
    known = article.lexicon.amounts
    start, end = number.start, number.end
    if match := known.after.match(article.lower, end):
        unit = known.units[_plain(match["unit"])]
    elif currency := known.before.search(article.lower, max(0, start - _LONGEST), start):
        unit, start = known.units[_plain(currency["unit"])], currency.start()
        match = known.scale.match(article.lower, end)
    if match is None:
        return None
    power = sum(known.scales[word] for word in _words(match["scales"], known.scales))
    return _Amount(number.at, start, match.end(), float(f"{number.value}e{power}"), unit)


def _plain(form: str) -> str:
    return form.replace("\u00a0", " ").replace("\u202f", " ")


def _words(scales: str, known: dict[str, int]) -> list[str]:
    return [word for word in scales.replace("'", " ").replace("’", " ").split() if word in known]


def _before(pieces: Sequence[Piece], at: int, amounts: Sequence[_Amount]) -> _Amount | None:
    """The amount right before a figure, but for what links the two."""
    floor = previous_figure(pieces, at)
    last = next((a for a in reversed(amounts) if floor < a.at < at), None)
    if last is None or _is_aimed(pieces, last.at):
        return None
    between = [p for p in pieces[last.at + 1 : at] if p.start >= last.end]
    noun = next((i for i, p in enumerate(between) if p.text in (",", "(")), 0)
    if noun > _NOUN or any(p.kind in _OTHERS or p.kinds & _AIMS for p in between[:noun]):
        return None
    between = between[noun:]
    linked = all((p.kind == "mark" and p.text not in ";.") or p.kinds & _LINKS or "and" in p.lists for p in between)
    parts = any(p.kinds & _WHOLE for p in between)
    return last if linked and not parts and 0 < len(between) <= _FAR else None


def _behind(pieces: Sequence[Piece], at: int, amounts: Sequence[_Amount]) -> _Amount | None:
    """The amount in the bracket behind a figure, or that its change leads to: "up 12 % to 1,250 billion"."""
    first = next((a for a in amounts if at < a.at < next_figure(pieces, at)), None)
    if first is None:
        return None
    between = [p for p in pieces[at + 1 : first.at + 1] if p.end <= first.start]
    if between and between[-1].text == "(" and len(between) <= _OPEN:
        return None if any(p.text in ",;." for p in between) else first
    led = bool(between) and "to" in between[0].kinds and all(p.kinds & _LEADS for p in between)
    return first if led else None


def _is_aimed(pieces: Sequence[Piece], at: int) -> bool:
    """Whether an amount is a plan's, a whole's or one that is compared with; "over 40 ha" is neither."""
    for piece in reversed(pieces[max(0, at - _AIM) : at]):
        if piece.kind == "unit" or "reach" in piece.kinds:  # "revenue of A commune reached 1,250 billion"
            return False
        if piece.kinds & (_AIMS | {"among"}) and not piece.kinds & BOUNDS:
            return True
    return False


def _draft(article: Article, pieces: Sequence[Piece], amount: _Amount, beside: Draft) -> Draft:
    comparator, start = _comparator(pieces, amount)
    indicator = replace(
        beside.indicator,
        kind="money" if Amounts.is_currency(amount.unit) else "measure",
        value=amount.value,
        value_max=None,
        unit=amount.unit,
        comparator=comparator,
        direction="level",
        basis=None,
        target=None,
        parts=None,
        percent=None,
        evidence=Span(start, amount.end, article.text[start : amount.end]),
        derived=False,
        confidence=round(beside.indicator.confidence - _LESS_SURE, 2),
        rule="amount.beside",
    )
    return beside._replace(indicator=indicator)


def _comparator(pieces: Sequence[Piece], amount: _Amount) -> tuple[Comparator, int]:
    """The comparator right before an amount and where it starts."""
    before = next((p for p in reversed(pieces[: amount.at]) if p.end <= amount.start), None)
    kind = next((k for k in _COMPARATORS if before is not None and k in before.kinds), None)
    return (kind, before.start) if kind and before is not None else ("eq", amount.start)
