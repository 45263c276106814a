"""The noun phrase before a figure: the subject of its clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.indicators.adjuncts import attaches, is_adjunct
from extractors.indicators.clauses import Piece, has_capital
from extractors.indicators.lexicon import BOUNDS
from extractors.indicators.phrases import (
    CONTENT,
    LONGEST,
    Around,
    Subject,
    has_head,
    is_content,
    is_syllable,
    joins,
)
from extractors.indicators.readings import left_cue, previous_figure

__all__ = ["closes_with_share", "phrase_before"]

_FINITE = frozenset({"be", "have", "reach", "share"})
_RELATED = BOUNDS | {"by", "to", "link"}  # between a relative pronoun and its figure: "die bei 79 % liegt"
_PARTICIPLE = re.compile(r"(?:[a-zü]{2,6})?ge\w+t|(?:ver|be|er|ent|zer|über|unter)\w+t|\w+iert")  # of weak German verbs
_OPENERS = frozenset({"conj", "up", "down", "be", "reach"})
_VERBAL = frozenset({"be", "aux"})
_ADVERB = 5  # letters
_LONG = 3  # pieces after a known topic: the topic alone is the shorter name


def phrase_before(around: Around) -> Subject | None:
    """The nearest noun phrase before the figure in its clause; one after a preposition only where no other is."""
    pieces = around.pieces
    floor = _barrier(pieces, around.at)
    fallback: Subject | None = None
    attached: tuple[int, int] | None = None  # a preposition and the end of its phrase: "boats with a licence"
    index = antecedent = _before_relative(around, floor)
    while index > floor:
        span = _span_before(around, index, floor)
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
        if _is_antecedent(around, last) and (subject := _trimmed(around, first, last)):
            return subject
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
        subject = _trimmed(around, first, last)
        if subject and _is_amount(pieces, before):
            fallback = fallback or subject
        elif subject and is_adjunct(around, first, last, before, floor):
            fallback = fallback or Subject(subject.start, subject.end, "adjunct")
            if before > floor and attaches(pieces[before], first - before) and attached is None:
                attached = before, subject.end
        elif subject and attached and attached[0] == last + 1:
            return Subject(subject.start, attached[1], "left")
        elif subject:
            return subject
    return fallback


def _is_value_name(around: Around, first: int, last: int, before: int) -> bool:
    """Whether a noun only says what kind of value the figure is: "Kaffee liegt mit einem Anteil von 41 % vorn"."""
    pieces = around.pieces
    if first != last or before < 0 or "beside" not in pieces[before].lists:
        return False
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
        if pieces[index].text == "," or pieces[index].text == "dass":
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
    if language == "fr" and before > 0 and first == last == before + 1 and "be" in pieces[before].kinds:
        return True  # a participle, though it may name a topic: "est décaissé à"
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
    led = bool(pieces[first - 1].kinds & {"det", "of", "measure", "prep"})
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


def _span_before(around: Around, index: int, floor: int) -> tuple[int, int, int] | None:
    """First and last piece of the nearest phrase that ends at or before `index`, and the piece before its article.

    None where a reporting verb or the start of the clause comes first.
    """
    pieces = around.pieces
    while (
        index > floor
        and (not is_content(pieces[index]) or _is_spoken(around, index))
        and not _is_number_of(pieces, index)
    ):
        if ("say" in pieces[index].kinds and "prep" not in pieces[index].kinds) or pieces[index].text == ";":
            return None
        if pieces[index].text == ")" and (opened := _opening(pieces, index, floor)):
            index = opened
        if pieces[index].text == ":" and any(is_content(p) or p.kind == "unit" for p in pieces[index + 1 : around.at]):
            return None  # the words before a colon name what follows only where that has no name of its own
        index -= 1
    if index <= floor:
        return None
    last = first = index
    listing = False
    index -= 1
    while index > floor:
        piece, left = pieces[index], pieces[index - 1] if index - 1 > floor else None
        if is_content(piece) or _is_number_of(pieces, index):
            first = index
        elif left is None:
            break
        elif joins(piece) and (is_content(left) or left.text == "."):
            listing = listing or "and" in piece.lists
        elif (piece.text == "," and listing and is_content(left)) or ("of" in piece.kinds and _continues(left)):
            pass
        elif _coordinates(around, index, floor):
            listing = True
        elif not ("det" in piece.kinds and left.kinds & {"of", "det"}) and not (
            "and" in piece.lists and _coordinates(around, index + 1, floor)
        ):
            break
        index -= 1
    while index > floor and "det" in pieces[index].kinds and "prep" not in pieces[index].kinds:
        index -= 1
    return first, last, index


def _is_spoken(around: Around, index: int) -> bool:
    """Whether an unknown English word is an adverb, or a verb with its object: "excellently", "insurers shaved 3 %"."""
    piece, following = around.pieces[index], around.pieces[index + 1]
    if around.lexicon.language != "en" or piece.kind != "word" or len(piece.text) < _ADVERB:
        return False
    if piece.text.endswith("ly"):
        return True
    object_ = following.kind in ("figure", "number") or bool(following.kinds & BOUNDS | {"det"} & following.kinds)
    return piece.text.endswith("ed") and not piece.text.endswith("eed") and object_


def _coordinates(around: Around, article: int, floor: int) -> bool:
    """Whether an article opens the second of two nouns of one clause: "die Industrie und das Bauwesen"; the first one
    opens the clause, so that it is no object of another verb."""
    pieces = around.pieces
    first = article - 2
    if not around.lexicon.capital_nouns or first <= floor or "det" not in pieces[article].kinds:
        return False
    if "and" not in pieces[article - 1].lists or not is_content(pieces[first]):
        return False
    while first > floor and (is_content(pieces[first]) or "det" in pieces[first].kinds):
        first -= 1
    opens = pieces[first]
    return first <= floor or opens.kind == "mark" or bool(opens.kinds & _OPENERS)


def _opening(pieces: Sequence[Piece], closing: int, floor: int) -> int | None:
    """Where the bracket opens that closes there: it explains the noun before it, unless it is a short form."""
    return next((i for i in range(closing - 3, max(floor, 0), -1) if pieces[i].text == "("), None)


def _is_number_of(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a number belongs to the noun before it, "level 2", or is the number of such a noun."""
    if pieces[index].kind == "number":
        return index > 1 and "numbered" in pieces[index - 1].kinds and is_content(pieces[index - 2])
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    return following is not None and "numbered" in pieces[index].kinds and _is_number_of(pieces, index + 1)


def _continues(piece: Piece) -> bool:
    return is_content(piece) or piece.kind == "unit" or bool(piece.kinds & {"reference", "det"})


def _trimmed(around: Around, first: int, last: int) -> Subject | None:
    """The phrase without what follows its first possessor, if something nameable remains."""
    pieces, text, lexicon = around.pieces, around.text, around.lexicon
    if first and first < last and pieces[first].text == "s" and pieces[first - 1].text == "'":
        first += 1  # "the district's poverty rate"
    last = min(last, first + LONGEST - 1)
    if last - first >= _LONG and "topic" in pieces[first].kinds and "head" not in pieces[first].kinds:
        last = first + (first < last and "head" in pieces[first + 1].kinds)
    while last > first and not is_content(pieces[last]) and not _is_number_of(pieces, last):
        last -= 1
    if lexicon.capital_nouns:
        while last > first and not has_capital(text[pieces[last].start : pieces[last].end]):
            last -= 1
    phrase = text[pieces[first].start : pieces[last].end]
    words = phrase.split()
    if not any(len(w) > 1 for w in words):
        return None
    known = any(p.kinds & CONTENT for p in pieces[first : last + 1])
    if all("whole" in p.kinds and "topic" not in p.kinds for p in pieces[first : last + 1]):
        return None
    if lexicon.language == "en" and len(words) == 1 and not known and phrase.endswith("ed") and phrase[-3:] != "eed":
        return None
    if len(words) > 1 and not known and all(map(is_syllable, words)):
        return None  # the name of a person
    if len(words) == 1 and (phrase.lower() in lexicon.numbers or phrase.lower() in lexicon.months):
        return None
    if lexicon.capital_nouns and not any(w[:1].isupper() for w in words):
        return None
    if lexicon.verb_last and first == last == 0 and not known and _PARTICIPLE.fullmatch(phrase.lower()):
        return None  # "Versichert sind 84 % der Einwohner"
    if (
        not lexicon.capital_nouns
        and not known
        and (first > 0 or len(words) > 1)
        and not (first > 0 and "det" in pieces[first - 1].kinds)  # "the Dao", "les Dao": a people
        and all(w[0].isupper() and not w.isupper() for w in words)
    ):
        return None  # a name
    longer = _span_before(around, first - 2, -1) if _is_bracketed(pieces, first, last) else None
    if (
        longer
        and longer[1] == first - 2
        and (phrase.isupper() or any(has_head(p, around.lexicon) for p in pieces[longer[0] : longer[1] + 1]))
    ):
        return Subject(pieces[longer[0]].start, pieces[longer[1]].end, "left")
    return Subject(pieces[first].start, pieces[last].end, "left")


def _is_bracketed(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Whether the phrase is a short form in brackets after its long one: "… (CPI)"."""
    if first < 2 or last + 1 >= len(pieces):
        return False
    return first == last and pieces[first - 1].text == "(" and pieces[last + 1].text == ")"
