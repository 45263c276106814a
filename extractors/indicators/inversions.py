"""Subjects of clauses that open with something else: "Um 14 % gestiegen ist der Absatz", "24 % entfallen auf …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.indicators.clauses import Piece, has_capital
from extractors.indicators.lexicon import BOUNDS
from extractors.indicators.phrases import CONTENT, Around, Subject, extend, is_content, noun_behind
from extractors.indicators.readings import previous_figure
from extractors.indicators.subjects_after import phrase_after

__all__ = ["assigned_to", "fronted_figure", "inverted", "inverts", "listed_noun"]

_VERBS = frozenset({"be", "aux", "up", "down", "reach", "say"})
_PARTICIPLE = re.compile(r"\w{3,}(?:é|i|u|is|it)e?s?")
_OPENS = frozenset(';:–—"“„«')  # what a sentence or one of its parts stands behind
_BEFORE_VERB = 4  # pieces between the subject and its verb
_CHANGE = frozenset({"up", "down"})
_LIGHT = frozenset({"prep", "det", "of", "by", "to", "link", "aux"})
_CLAUSE = 12  # pieces from a figure to the subject after it


def fronted_figure(around: Around) -> Subject | None:
    """The subject behind the comma of a figure that opens the clause: "At 92 %, the on-time rate is the best"."""
    pieces, at = around.pieces, around.at
    before = _clause_before(around)
    opens = bool(before) and before[0] is pieces[0] and "prep" not in before[0].kinds
    participle = opens and _PARTICIPLE.fullmatch(before[0].text) is not None
    led = before[participle:] if around.lexicon.language == "fr" else before  # "Rempli à 72 %, le réservoir …"
    first = at - len(before)
    if not led or (first > 0 and pieces[first - 1].text not in _OPENS):
        return None
    if _names_change(led):
        return _behind_change(around)
    if not all(p.kinds & (BOUNDS | {"to", "part", "prep", "from"}) and not is_content(p) for p in led):
        return None
    start = at + 2
    if pieces[at + 1 : at + 2] and pieces[at + 1].text == "," and (best := _superlative(around, start)):
        return best
    if start >= len(pieces) or pieces[at + 1].text != "," or not (_opens_noun(pieces[start])):
        return None
    while start < len(pieces) and "det" in pieces[start].kinds:
        start += 1
    end = extend(around, start, plain=True) if start < len(pieces) else start
    speaks = participle or any(p.kinds & _VERBS for p in pieces[end : end + _BEFORE_VERB])
    return Subject(pieces[start].start, pieces[end - 1].end, "left") if end > start and speaks else None


def _superlative(around: Around, start: int) -> Subject | None:
    """What the clause behind the comma has the most or least of: "With 5.2 %, the hamlet has the lowest birth rate"."""
    pieces = around.pieces
    for index in range(start, min(len(pieces) - 1, start + _CLAUSE)):
        if pieces[index].kind in ("mark", "figure"):
            return None
        if "superlatives" in pieces[index].lists and pieces[index - 1].kinds & {"det"}:
            return noun_behind(around, index + 1, "left")
    return None


def _names_change(led: Sequence[Piece]) -> bool:
    """Whether a clause opens with a change alone: "Avec une hausse de", "After a fall of about", "En recul de"."""
    change = next((i for i, p in enumerate(led) if p.kinds & _CHANGE and not p.kinds & CONTENT), -1)
    opens = change == 0 and led[0].kind == "cue" and " " in led[0].text  # "en hausse"
    governed = opens or (change > 0 and "prep" in led[0].kinds)
    return governed and all(p.kinds & (_LIGHT | BOUNDS) for p in (*led[:change], *led[change + 1 :]))


def _behind_change(around: Around) -> Subject | None:
    """The subject of the clause that a change opens: "With a rise of 9 % on the year, exports remain …"."""
    pieces, limit = around.pieces, min(len(around.pieces), around.at + _CLAUSE)
    comma = next((i for i in range(around.at + 1, limit) if pieces[i].kind == "mark" or is_content(pieces[i])), limit)
    if comma + 1 >= limit or pieces[comma].text != "," or "det" not in pieces[comma + 1].kinds:
        return None
    return noun_behind(around, comma + 1, "left")


def _opens_noun(piece: Piece) -> bool:
    """Whether an article or a noun stands there."""
    return "det" in piece.kinds or is_content(piece)


def inverts(around: Around, found: Subject) -> bool:
    """Whether only the verb stands between a whole that opens the clause and its share: "Von den Zellen erfüllten 20 %
    ihre Aufgaben". Only where the verb is second."""
    if not around.lexicon.verb_last:
        return False
    between = [p for p in around.pieces[: around.at] if p.start >= found.end]
    return not any(is_content(p) for p in between)


def assigned_to(around: Around) -> Subject | None:
    """What a share falls to: "auf den Handel entfallen 24 %", "24 % entfallen auf den Handel"."""
    pieces, at = around.pieces, around.at
    opener = next((i for i, p in enumerate(pieces[:at]) if "falls_to" in p.kinds), None)
    later = any("falls_to" in p.kinds for p in pieces[at + 1 : at + _CLAUSE])
    if opener is None and not later:
        return None
    floor = previous_figure(pieces, at)
    owned = at + 1 < len(pieces) and "of" in pieces[at + 1].kinds  # "24 % of the costs": those are the subject
    end = next(
        (i for i in range(at + 1, len(pieces)) if pieces[i].text in (",", ";", ":") or pieces[i].kind == "figure"), None
    )
    after = (at + 1, len(pieces) if end is None else end)
    follows = at + 1 < len(pieces) and "to" in pieces[at + 1].kinds and pieces[at + 1].kind == "cue"
    places = [after] if follows and opener is not None else [(floor + 1, at), after]  # "38 % auf die Industrie"
    for first, last in ((floor + 1, at),) if owned else places:
        for index in range(first, last - 1):
            if "to" not in pieces[index].kinds:
                continue
            start = index + 1
            while start < last and "det" in pieces[start].kinds:
                start += 1
            stop = min(extend(around, start, plain=True), last)
            if stop > start:
                return Subject(pieces[start].start, pieces[stop - 1].end, "predicate")
    return None


def inverted(around: Around) -> Subject | None:
    """The subject after the verb, where the figure opens a German clause: "Zu 85 % fertig ist die Brücke"."""
    pieces, at, lexicon = around.pieces, around.at, around.lexicon
    if not lexicon.verb_last or any(is_content(p) or p.kind == "unit" for p in _clause_before(around)):
        return None
    verb = None
    for index in range(at + 1, min(len(pieces), at + _CLAUSE)):
        piece = pieces[index]
        if piece.kind in ("mark", "figure"):
            return None
        if verb is not None and is_content(piece) and not _is_governed(around, verb, index):
            end = extend(around, index)
            return Subject(piece.start, pieces[end - 1].end, "left") if end > index else None
        if piece.kinds & _VERBS:
            verb = index
    return None


def _is_governed(around: Around, verb: int, at: int) -> bool:
    """Whether a preposition governs the noun, or the word is none."""
    pieces = around.pieces
    before = at - 1
    while before > verb and "det" in pieces[before].kinds:
        before -= 1
    noun = before < at - 1 or has_capital(around.text[pieces[at].start : pieces[at].end])
    return "prep" in pieces[before].kinds or not noun


def _clause_before(around: Around) -> list[Piece]:
    """The pieces of the clause that stand before the figure."""
    pieces, at = around.pieces, around.at
    first = at
    while first > 0 and pieces[first - 1].kind not in ("mark", "figure") and "conj" not in pieces[first - 1].kinds:
        first -= 1
    return list(pieces[first:at])


def listed_noun(around: Around) -> Subject | None:
    """What a figure of a list shares with the last one: "97 %, 96 % and 92 % of the population"."""
    pieces, last = around.pieces, around.at
    while last + 2 < len(pieces):
        step = 1 + (pieces[last + 1].text == "," and "conj" in pieces[last + 2].kinds)
        joined = pieces[last + 1].text == "," or "conj" in pieces[last + 1].kinds
        if not joined or last + step + 1 >= len(pieces) or pieces[last + step + 1].kind != "figure":
            break
        last += step + 1
    if last == around.at:
        return None
    found = phrase_after(Around(around.text, pieces, last, around.lexicon))
    return found if found and found.side == "of" else None
