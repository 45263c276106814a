"""How far a noun phrase before a figure reaches: its words, and those of them that name it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece, has_capital
from extractors.indicators.sentences.noun_phrases import (
    CONTENT,
    LONGEST,
    Around,
    Subject,
    has_head,
    is_content,
    is_finite,
    is_syllable,
    joins,
)
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["span_before", "trimmed"]

_PARTICIPLE = re.compile(r"(?:[a-zü]{2,6})?ge\w+t|(?:ver|be|er|ent|zer|über|unter)\w+t|\w+iert")  # of weak German verbs
_OPENERS = frozenset({"conj", "up", "down", "be", "reach"})
_RESULT = frozenset({"result"})
_ADVERB = 5  # letters
_LONG = 3  # pieces after a known topic: the topic alone is the shorter name


def span_before(around: Around, index: int, floor: int) -> tuple[int, int, int] | None:
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
    while index > floor and is_finite(pieces[index], around.lexicon):
        index -= 1
    if index <= floor:
        return None
    if not is_content(pieces[index]) and not _is_number_of(pieces, index):
        return span_before(around, index, floor)
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
    counts = "counting" in piece.lists and following.kind == "number" and index > 0
    if counts and around.pieces[index - 1].text.endswith("s") and is_content(around.pieces[index - 1]):
        return True  # "boats number 3,480"
    unknown = piece.kind == "word" or piece.kinds == _RESULT
    if around.lexicon.language != "en" or not unknown or len(piece.text) < _ADVERB:
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


def trimmed(around: Around, first: int, last: int) -> Subject | None:
    """The phrase without what follows its first possessor, if something nameable remains."""
    pieces, text, lexicon = around.pieces, around.text, around.lexicon
    if first and first < last and pieces[first].text == "s" and pieces[first - 1].text == "'":
        first += 1  # "the district's poverty rate"
    last = min(last, first + LONGEST - 1)
    if last - first >= _LONG and "topic" in pieces[first].kinds and "head" not in pieces[first].kinds:
        last = first + (first < last and "head" in pieces[first + 1].kinds)
    while last > first and not is_content(pieces[last]) and not _is_number_of(pieces, last):
        last -= 1
    wide = last
    if lexicon.capital_nouns:
        while last > first and not has_capital(text[pieces[last].start : pieces[last].end]):
            last -= 1
    if lexicon.verb_last and _opens_with_predicate(around, first, last, wide):
        return None
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
    longer = span_before(around, first - 2, -1) if _is_bracketed(pieces, first, last) else None
    if (
        longer
        and longer[1] == first - 2
        and (phrase.isupper() or any(has_head(p, around.lexicon) for p in pieces[longer[0] : longer[1] + 1]))
    ):
        return Subject(pieces[longer[0]].start, pieces[longer[1]].end, "left")
    return Subject(pieces[first].start, pieces[last].end, "left")


def _opens_with_predicate(around: Around, first: int, last: int, wide: int) -> bool:
    """Whether an adverb or adjective has its capital only because it opens the sentence, before the verb "to be":
    "Pünktlich erledigt wurden 97 %", "Jünger als 40 sind 22 %"."""
    pieces = around.pieces
    if first != last or any(p.kind != "mark" for p in pieces[:first]) or pieces[first].kinds & CONTENT:
        return False
    following = pieces[wide + 1] if wide + 1 < len(pieces) else None
    if following is not None and "than" in following.kinds:
        return True
    stated = following is not None and bool(following.kinds & {"be", "aux"})
    adjective = pieces[first].text.endswith(around.lexicon.lists["adjectives"])
    return stated and (wide > first or adjective)


def _is_bracketed(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Whether the phrase is a short form in brackets after its long one: "… (CPI)"."""
    if first < 2 or last + 1 >= len(pieces):
        return False
    return first == last and pieces[first - 1].text == "(" and pieces[last + 1].text == ")"
