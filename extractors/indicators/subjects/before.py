"""The noun phrase before a figure: the subject of its clause."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import (
    CONTENT,
    LONGEST,
    Around,
    Subject,
    is_content,
)
from extractors.indicators.sentences.readings import left_cue, previous_figure
from extractors.indicators.subjects.adjuncts import attaches, is_adjunct
from extractors.indicators.subjects.spans import span_before, trimmed
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["closes_with_share", "phrase_before"]

_FINITE = frozenset({"be", "have", "reach", "share"})
_RELATED = BOUNDS | {"by", "to", "link"}  # between a relative pronoun and its figure: "die bei 79 % liegt"
_VERBAL = frozenset({"be", "aux"})


def phrase_before(around: Around) -> Subject | None:
    """The nearest noun phrase before the figure in its clause; one after a preposition only where no other is."""
    pieces = around.pieces
    floor = _barrier(pieces, around.at)
    fallback: Subject | None = None
    attached: tuple[int, int] | None = None  # a preposition and the end of its phrase: "boats with a licence"
    index = antecedent = _before_relative(around, floor)
    while index > floor:
        span = span_before(around, index, floor)
        if span is None:
            return fallback
        first, last, before = span
        if around.lexicon.language == "fr" and _is_verb(around, first, last, before):
            index = first - 1
            continue
        led = last == antecedent != around.at - 1  # what a relative clause belongs to
        if not led and (skipped := _skip_back(around, last, before, floor)) is not None:
            index = skipped
            continue
        if _is_antecedent(around, last) and (subject := trimmed(around, first, last)):
            return subject
        if _is_aside(around, first, last, floor):
            index = first - 2
            continue
        index = first - 1
        if index > floor and "have" in pieces[index].kinds and not pieces[first].kinds & CONTENT:
            first += 1  # a participle: "a exécuté", "has spent"
        if first > last:
            continue
        if "plan" in pieces[first].kinds and floor >= 0:
            return None
        if _is_verb(around, first, last, before):
            continue
        if around.lexicon.capital_nouns and _is_value_name(around, first, last, before):
            continue
        subject = trimmed(around, first, last)
        if subject and _is_amount(pieces, before):
            fallback = fallback or subject
        elif subject and is_adjunct(around, first, last, before, floor):
            fallback = fallback or Subject(subject.start, subject.end, "adjunct")
            short = _is_plain(around, first) or "attach" in pieces[before].kinds
            if before > floor and short and attaches(pieces[before], first - before) and attached is None:
                attached = before, subject.end
        elif subject and attached and attached[0] == last + 1:
            return Subject(subject.start, attached[1], "left")
        elif subject:
            return subject
    return fallback


def _is_plain(around: Around, first: int) -> bool:
    """Whether a German noun phrase has no adjective, with which it would be long beside the noun that it belongs to."""
    piece = around.pieces[first]
    return not around.lexicon.capital_nouns or around.text[piece.start].isupper()


def _is_aside(around: Around, first: int, last: int, floor: int) -> bool:
    """Whether a participle with its agent opens a parenthesis: "candy, hurt by sugar prices, was down 9 %"."""
    pieces = around.pieces
    opened = first == last and first - 2 > floor and pieces[first - 1].text == ","
    if around.lexicon.isolating or not opened or pieces[first].kinds & CONTENT or not is_content(pieces[first - 2]):
        return False
    closed = any(p.text == "," for p in pieces[last + 1 : around.at])
    return closed and "agents" in pieces[last + 1].lists


def _is_value_name(around: Around, first: int, last: int, before: int) -> bool:
    """Whether a noun only says what kind of value the figure is: "Kaffee liegt mit einem Anteil von 41 % vorn"."""
    pieces = around.pieces
    owned = first > 1 and "one" in pieces[first - 1].lists and "shares" in pieces[first].lists
    if first != last or before < 0 or not (owned or "beside" in pieces[before].lists):
        return False  # only a share that is had counts: "Holz hat einen Anteil von 44 %"
    vague = around.lexicon.vague.match([pieces[last].text], 0) is not None
    return (vague or bool(pieces[last].kinds & {"proportion", "head"})) and all(
        p.kinds & _RELATED or "of" in p.kinds for p in pieces[last + 1 : around.at]
    )


def _before_relative(around: Around, floor: int) -> int:
    """Where to look from: before a relative clause between the subject and its verb, else right before the figure."""
    pieces, at = around.pieces, around.at
    comma = at - 1
    while comma > floor and pieces[comma].text != "," and not is_content(pieces[comma]):
        comma -= 1
    if comma <= floor or pieces[comma].text != ",":
        return at - 1
    if any("rel" in p.kinds for p in pieces[comma + 1 : comma + 3]):
        return at - 1
    for index in range(comma - 1, floor + 1, -1):
        if pieces[index].text == "," or "that" in pieces[index].lists:
            return at - 1
        if "rel" in pieces[index].kinds and pieces[index - 1].text == "," and comma < at - 1:
            return index - 2
    return at - 1


def closes_with_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb of sharing ends the clause: "… 30 % des BRP ausmachen"."""
    for piece in pieces[at + 1 : at + LONGEST]:
        if piece.kind in ("mark", "figure"):
            return False
        if "share" in piece.kinds:
            return True
    return False


def _barrier(pieces: Sequence[Piece], at: int) -> int:
    """The figure before, and what still belongs to its clause: up to the first mark or conjunction after it."""
    floor = previous_figure(pieces, at)
    if floor < 0:
        return floor
    return next((i for i in range(floor + 1, at) if _parts(pieces[i])), floor)


def _parts(piece: Piece) -> bool:
    """Whether a piece parts two clauses."""
    return piece.text in (",", ";", ":") or ("conj" in piece.kinds and not piece.kinds & {"to", "eq", "gt"})


def _is_verb(around: Around, first: int, last: int, before: int) -> bool:
    """Whether a lone unknown word is a verb more likely than a noun, in languages that do not tell them by a capital.

    After a unit it is one ("Chi Lang leads with"); in French a noun has its article unless it opens the line.
    """
    pieces, language = around.pieces, around.lexicon.language
    verb = before
    while verb > 0 and "aux" in pieces[verb].kinds and not pieces[verb].kinds & {"be", "have"}:
        verb -= 1
    if language == "fr" and verb > 0 and first == last == before + 1 and pieces[verb].kinds & {"be", "have"}:
        return True  # a participle, though it may name a topic: "est décaissé à", "n'a encore décaissé que"
    if language not in ("en", "fr") or any(p.kinds & CONTENT for p in pieces[first : last + 1]):
        return False
    if before >= 0 and (pieces[before].kind == "unit" or "reference" in pieces[before].kinds):
        return first == last
    if first == last and before >= 0 and pieces[before].kinds & {"be", "have"} and pieces[before].kinds & _VERBAL:
        return True  # a participle: "est décaissé"
    entry = last == around.at - 1 and not around.text[pieces[last].start : pieces[last].end].endswith("ant")
    opens = first == 0 or (
        pieces[first - 1].kind in ("mark", "number", "unit") and (pieces[first - 1].text != "," or entry)
    )
    led = bool(pieces[first - 1].kinds & {"det", "of", "measure", "prep", "alike"})
    return language == "fr" and not opens and not led


def _is_amount(pieces: Sequence[Piece], before: int) -> bool:
    """Whether the phrase is only what a value is counted in: "số hộ nghèo giảm 1.240 hộ, tương ứng 6,8%"."""
    number = before
    while number > 0 and "measure" in pieces[number].kinds:
        number -= 1
    if number < 1 or pieces[number].kind != "number":
        return False
    led = pieces[number - 1].kinds
    if "of" in led and number > 1:
        led = pieces[number - 2].kinds & {"up", "down"}  # "de 27 parcs" is no amount, "réduit de 27 parcs" is one
    return bool(led & {"up", "down", "reach", "to", "from"})


def _skip_back(around: Around, last: int, before: int, floor: int) -> int | None:
    """Where to look on, where the phrase is none that a figure measures: an apposition, a predicate, the head of a
    relative clause. None where it may be one."""
    pieces = around.pieces
    cue = left_cue(pieces, around.at)
    follows = pieces[last + 1] if last + 1 < around.at else None
    then = pieces[last + 2] if last + 2 < around.at else None
    if follows is None or follows.text not in (",", ":"):
        return None
    if then is not None and then.kinds & {"up", "down"} and "reach" not in then.kinds:
        for index in range(before, floor, -1):
            if pieces[index].text == ",":
                return index - 1
            if pieces[index].kinds & _FINITE:
                break  # "In May, 41,200 lorries were cleared at the gate, up 33 %"
    shares = (cue is not None and "share" in cue.kinds) or closes_with_share(pieces, around.at)
    if then is not None and "rel" in then.kinds and not shares and not _is_antecedent(around, last):
        return before
    verb = before
    while verb > floor and "aux" in pieces[verb].kinds and "be" not in pieces[verb].kinds:
        verb -= 1  # "the rate is still low"
    if verb > floor and "be" in pieces[verb].kinds:
        return verb
    return None


def _is_antecedent(around: Around, last: int) -> bool:
    """Whether a relative clause with the verb of the figure follows: "electronics, which surged 24 %"."""
    pieces = around.pieces
    if last + 3 >= around.at or pieces[last + 1].text != "," or "rel" not in pieces[last + 2].kinds:
        return False
    if around.lexicon.verb_last and all(p.kinds & _RELATED for p in pieces[last + 3 : around.at]):
        return True  # "Löhne, die um 6 % stiegen"
    return left_cue(pieces, around.at) is pieces[last + 3] and bool(pieces[last + 3].kinds & {"up", "down", "reach"})
