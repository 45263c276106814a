"""Phrases: a noun phrase in the pieces of a sentence, as much grammar as figures need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.indicators.sentences.clauses import Piece, has_capital
from extractors.indicators.sentences.readings import next_figure
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.indicators.words.matching import words_of
from extractors.text import fold

__all__ = [
    "BASIS",
    "CONTENT",
    "LONGEST",
    "Around",
    "Subject",
    "extend",
    "has_head",
    "is_content",
    "is_finite",
    "is_syllable",
    "joins",
    "noun_behind",
]

CONTENT = frozenset({"head", "whole", "topic", "plain"})
# Cues of other readings, ordinary words here: "planted forests".
_NOUNS_TOO = frozenset({"result", "numbered", "proportion", "disburse", "season"})
BASIS = frozenset({"annual", "plan", "year_ago", "previous", "average", "than", "total"})
_JOINERS = frozenset({"-", "–", "'", "’", "/"})
_GOAL = frozenset({"goal"})
LONGEST = 9  # words: a longer phrase is a clause, no subject


_RESULT = frozenset({"result"})
_PARTICIPLE = 5  # letters: "needed", not "seed"


@dataclass(slots=True)  # no tuple: its fields are read too often
class Subject:
    """A phrase of the text, and how it stands to the figure.

    `side` is `left`, `adjunct` (left, after a preposition: a last resort), `of` or `noun` (right) or `predicate`.
    """

    start: int
    end: int
    side: str


@dataclass(slots=True)  # no tuple: its fields are read too often
class Around:
    """A figure, or another piece, in its sentence."""

    text: str
    pieces: Sequence[Piece]
    at: int
    lexicon: FigureLexicon

    def moved(self, at: int) -> Around:
        """Another piece of the sentence."""
        return Around(self.text, self.pieces, at, self.lexicon)


def is_content(piece: Piece) -> bool:
    """Whether a piece may be part of the name of something."""
    kinds = piece.kinds
    if piece.kind == "word" or "topic" in kinds or (kinds and kinds <= _NOUNS_TOO):
        return True
    return bool(kinds & CONTENT) and not kinds & BASIS


def joins(piece: Piece) -> bool:
    """Whether a piece may stand between two words of a noun phrase: "and", a hyphen."""
    return piece.text in _JOINERS or "and" in piece.lists


def extend(around: Around, start: int, *, plain: bool = False) -> int:
    """The end of the noun phrase that starts at a piece; a plain one has no clause after its noun."""
    pieces, lexicon = around.pieces, around.lexicon
    limit = min(next_figure(pieces, max(around.at, start - 1)), len(pieces))
    loose = lexicon.isolating and not plain and "whole" in pieces[start].kinds if start < limit else False
    end = start
    for index in range(start, limit):
        piece = pieces[index]
        clause = loose and piece.kinds & {"aux", "prep"} and "tense" not in piece.kinds
        inner = clause or piece.kinds & {"of", "attach"} or ("det" in piece.kinds and not _opens_noun(around, index))
        if lexicon.capital_nouns and index > start and "no_genitive" in piece.lists and is_content(pieces[index - 1]):
            break
        if "of" in piece.kinds and index + 1 < limit and _is_place(pieces[index + 1]) and lexicon.isolating:
            break
        if is_content(piece) or (lexicon.isolating and _is_noun_too(around, start, index)):
            if _ends_noun(around, start, index):
                break
            end = index + 1
        elif (joins(piece) and (piece.text != "'" or index > start)) or (
            loose and piece.text == "," and index > start + 1
        ):
            if index == start or ("and" in piece.lists and plain):
                break
        elif lexicon.isolating and end == index > start and (sized := _sized(pieces, index, limit)):
            return sized
        elif not inner or index == start:
            break
        if index - start >= LONGEST:
            break
    if lexicon.capital_nouns:
        while end > start and not has_capital(around.text[pieces[end - 1].start : pieces[end - 1].end]):
            end -= 1
    return end


def noun_behind(around: Around, start: int, side: str, *, limit: int | None = None) -> Subject | None:
    """The noun phrase that starts at a piece, behind its articles, up to the piece `limit`; None without one."""
    pieces = around.pieces
    limit = len(pieces) if limit is None else limit
    while start < limit and "det" in pieces[start].kinds and not pieces[start].kinds & CONTENT:
        start += 1
    end = min(extend(around, start, plain=True), limit) if start < limit else start
    return Subject(pieces[start].start, pieces[end - 1].end, side) if end > start else None


def _is_past(noun: Piece, word: Piece) -> bool:
    """Whether an English word behind a plural is its verb or participle by its ending."""
    plural = noun.text.endswith("s") or "plurals" in noun.lists
    return plural and is_content(noun) and word.text.endswith("ed") and len(word.text) >= _PARTICIPLE


def _sized(pieces: Sequence[Piece], index: int, limit: int) -> int:
    """The end of the size or age that tells which are meant: "tàu trên 15 m", "người dưới 35 tuổi"; else 0."""
    number = index + 1
    if number + 1 >= limit or pieces[number].kind != "number" or not pieces[index].kinds & {"gt", "lt"}:
        return 0
    unit = pieces[number + 1]
    if "measure" not in unit.kinds and "sizes" not in unit.lists:
        return 0
    return number + 2


def _opens_noun(around: Around, index: int) -> bool:
    """Whether an article in a German phrase opens the next noun, being no genitive: "87 % der Bauern [einen] …"."""
    return around.lexicon.capital_nouns and index > 0 and "of" not in around.pieces[index - 1].kinds


def _is_noun_too(around: Around, start: int, index: int) -> bool:
    """Whether a Vietnamese cue is part of a noun phrase by where it stands: "số trường có …", "diện tích đăng ký"."""
    piece, before = around.pieces[index], around.pieces[index - 1] if index else None
    if "reference" in piece.kinds:
        return index == start or (before is not None and bool(before.kinds & {"det", "whole", "head"}))
    return index > start and piece.kinds == _GOAL


def _is_place(piece: Piece) -> bool:
    return piece.kind == "unit" or "reference" in piece.kinds


def _ends_noun(around: Around, start: int, index: int) -> bool:
    """Whether a noun phrase is over before a word: its verb, by its small letters in German, its ending in French."""
    pieces, text, lexicon = around.pieces, around.text, around.lexicon
    word = pieces[index]
    if index == start or (word.kind != "word" and word.kinds != _RESULT):
        return False
    if lexicon.language == "en" and _is_past(pieces[index - 1], word):
        return index + 1 < len(pieces)  # "97 % of pupils finished school"
    if lexicon.language == "en":  # "schools ensure the programme": an article after a bare word makes a verb of it
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        return following is not None and "det" in following.kinds and "of" not in following.kinds
    if lexicon.lists["finite"]:
        return is_finite(word, lexicon)
    small = lexicon.capital_nouns and not has_capital(text[word.start : word.end])
    return small and has_capital(text[pieces[index - 1].start : pieces[index - 1].end])


def is_finite(piece: Piece, lexicon: FigureLexicon) -> bool:
    """Whether an unknown word is a verb by its ending: "[les écoles] disposent"."""
    ending = (piece.kind == "word" or piece.kinds == _RESULT) and piece.text.endswith(lexicon.lists["finite"])
    return ending and "nouns" not in piece.lists and not piece.text.endswith(lexicon.lists["adverbs"])


def has_head(piece: Piece, lexicon: FigureLexicon) -> bool:
    """Whether a piece is a measure noun or a topic that starts with one: "rate", "chỉ số giá tiêu dùng"."""
    if "head" in piece.kinds:
        return True
    hit = lexicon.cues.match(words_of(piece.text), 0) if "topic" in piece.kinds else None
    return bool(hit and "head" in hit[1])


_SYLLABLE = re.compile(r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")


def is_syllable(word: str) -> bool:
    """Whether a word with a capital has the form of a Vietnamese syllable: "Nguyen", "Thị"."""
    return word[:1].isupper() and bool(_SYLLABLE.fullmatch(fold(word)))
