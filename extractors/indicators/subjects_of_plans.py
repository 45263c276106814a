"""What a plan is a plan of: "58 % of the plan for aquaculture", "83 % of the planned revenue"."""

from __future__ import annotations

from extractors.indicators.clauses import has_capital
from extractors.indicators.phrases import Around, Subject, extend, noun_behind

__all__ = ["plan_object", "planned_for", "planned_noun"]


def plan_object(around: Around) -> Subject | None:
    """What the plan after the figure is a plan of: "58 % of the plan for aquaculture", "kế hoạch trồng rừng"."""
    pieces, lexicon = around.pieces, around.lexicon
    index = around.at + 1
    while index < len(pieces) and pieces[index].kinds & {"of", "det"} and not pieces[index].kinds & {"plan", "annual"}:
        index += 1
    if index >= len(pieces) or not pieces[index].kinds & {"plan", "annual"}:
        return None
    start = index + 1
    bare = lexicon.isolating
    if not bare and (start >= len(pieces) or not (pieces[start].kinds & {"of", "det"} or "for" in pieces[start].lists)):
        return None
    while start < len(pieces) and (pieces[start].kinds & {"of", "det"} or "for" in pieces[start].lists):
        start += 1
    end = extend(around, start, plain=True)
    phrase = pieces[start:end]
    if not phrase or (bare and not any(p.kinds & {"topic", "head"} for p in phrase)):
        return None
    return Subject(phrase[0].start, phrase[-1].end, "plan")


def planned_for(around: Around) -> Subject | None:
    """What a target is set for, where its value stands between: "a target of 95 % for insurance coverage"."""
    pieces, start = around.pieces, around.at + 1
    if around.lexicon.isolating or start >= len(pieces) or "for" not in pieces[start].lists:
        return None
    return noun_behind(around, start + 1, "of")


def planned_noun(around: Around, start: int) -> Subject | None:
    """The noun that a word of the plan only qualifies: "83 % of the planned revenue"."""
    pieces, lexicon = around.pieces, around.lexicon
    if start + 1 >= len(pieces) or not pieces[start].kinds & {"plan", "annual"} or lexicon.language not in ("de", "en"):
        return None
    last = around.text[pieces[start].start : pieces[start].end].split()[-1]
    adjective = not has_capital(last) and last.endswith(("en", "ed"))
    end = extend(around, start + 1)
    if not adjective or end == start + 1:
        return None
    return Subject(pieces[start + 1].start, pieces[end - 1].end, "of")
