"""The noun phrase after a figure: what it is a share of, or what its predicate names."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece, has_capital
from extractors.indicators.sentences.noun_phrases import BASIS, CONTENT, Around, Subject, extend, is_content
from extractors.indicators.sentences.readings import left_cue, says_when
from extractors.indicators.words.lexicon import BOUNDS, FigureLexicon
from extractors.indicators.words.matching import words_of

__all__ = ["names_noun", "phrase_after", "predicate"]

_APOSTROPHES = ("'", "’")
_PLURAL = 5  # letters: "places", not "us"
_SUPPLIES = frozenset({"reach", "fulfil", "share", "result", "goal", "skip"})  # participles: "réalisés par"
_AFTER = frozenset({"gt_after", "gte_after", "lt_after", "lte_after", "approx_after"})
_ATTRIBUTE = 10  # pieces from an article to a noun behind a participle with what belongs to it
_INFLECTED = ("en", "e", "er", "es")
_ADVERBIAL = 6  # pieces between a noun and its copula
_VERBS = frozenset({"up", "down", "reach", "share", "have", "say", "conj"})


def phrase_after(around: Around) -> Subject | None:
    """The noun phrase that follows: "96 % der Straßen", "97% dân số", or what its predicate names: "… are Mong"."""
    pieces, at, lexicon = around.pieces, around.at, around.lexicon
    if at + 1 >= len(pieces):
        return None
    begin = at + 1
    while begin + 1 < len(pieces) and _is_focus(pieces[begin], pieces[begin + 1]):
        begin += 1
    first = pieces[begin]
    if "respect" in first.lists:
        return None if _is_dimension(pieces, begin + 1) else _respect(around, begin + 1)
    if "part" in first.kinds:
        return predicate(around, begin + 1) or _named_part(around, begin + 1)  # "85 % of them are …"
    partitive = bool(first.kinds & {"of", "det"}) and not first.kinds & CONTENT
    if partitive and "of" not in first.kinds and not lexicon.isolating:
        partitive = "prep" not in first.kinds and _governs(around)  # not "9 % au primaire", "30 % les jugent chers"
    opened = _opens_share(pieces, at) and first.kind == "word"
    if "within" in first.lists and _opens_share(pieces, at):
        return _named_part(around, begin)  # "dont 62 % dans le textile"
    if _is_supplied(around, begin):
        begin, partitive = begin + 2, True
    if not partitive and not opened and not _is_bare_noun(around, first):
        return None
    start = begin
    while start < len(pieces) and _leads_in(pieces, start):
        start += 1
    if noun := _past_attribute(around, begin):
        start = noun
        if pieces[noun].kinds & {"plan", "annual"} or pieces[noun - 1].kinds & {"plan", "annual"}:
            return None
    if planned := _planned_noun(around, start):
        return planned
    end = extend(around, start)
    if end == start + 1 and pieces[start].text == "số" and end < len(pieces) and "skip" in pieces[end].kinds:
        end += 1  # "số em", "số chị em"
    if end == start and partitive and _is_class(around, start):
        end = max(extend(around, start + 1), start + 1)
    if end == start or _is_basis(around, begin, start, end) or (partitive and _qualifies_plan(around, start, end)):
        return None
    governed = lexicon.verb_last and _is_governed(around)
    if not governed and (found := predicate(around, _copula(around, end) if lexicon.isolating else end)):
        return found
    begins = _past_whole(around, start, end) if lexicon.isolating else pieces[start].start
    return Subject(begins, pieces[end - 1].end, "of" if partitive else "noun")


def _is_dimension(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a word says in what a thing is counted: by number, by value."""
    closed = index + 1 >= len(pieces) or not is_content(pieces[index + 1])
    return index < len(pieces) and closed and "dimensions" in pieces[index].lists


def _is_governed(around: Around) -> bool:
    """Whether a preposition governs the figure: "Für 40 % der Höfe ist das Wasser zu teuer"."""
    index = around.at - 1
    while index >= 0 and around.pieces[index].kinds & BOUNDS and "prep" not in around.pieces[index].kinds:
        index -= 1
    return index >= 0 and "prep" in around.pieces[index].kinds and not around.pieces[index].kinds & BOUNDS


def _past_attribute(around: Around, begin: int) -> int | None:
    """The noun behind what German puts between it and its article: "des vom Volksrat beschlossenen Haushalts"."""
    pieces = around.pieces
    if not around.lexicon.capital_nouns or begin + 2 >= len(pieces) or "det" not in pieces[begin].kinds:
        return None
    if not pieces[begin + 1].kinds & {"prep", "of"} or "than" in pieces[begin + 1].kinds:
        return None
    for index in range(begin + 2, min(begin + _ATTRIBUTE, len(pieces) - 1)):
        piece, noun = pieces[index], pieces[index + 1]
        if piece.kind in ("mark", "figure"):
            return None
        inflected = piece.text.endswith(_INFLECTED) and not piece.kinds & {"det", "prep", "of", "up_after"}
        if inflected and around.text[piece.start].islower() and around.text[noun.start].isupper():
            return index + 1
    return None


def _respect(around: Around, start: int) -> Subject | None:
    """In what something has changed: "tăng 28% về số dự án"."""
    pieces = around.pieces
    while start < len(pieces) and "det" in pieces[start].kinds:
        start += 1
    end = extend(around, start, plain=True) if start < len(pieces) else start
    return Subject(pieces[start].start, pieces[end - 1].end, "of") if end > start else None


def _copula(around: Around, start: int) -> int:
    """Where the copula of the clause is, past what says where or when: "85% công nhân ở đây là người tỉnh khác"."""
    pieces = around.pieces
    for index in range(start, min(len(pieces), start + _ADVERBIAL)):
        if "be" in pieces[index].kinds:
            return index
        if pieces[index].kind in ("mark", "figure", "number") or pieces[index].kinds & _VERBS:
            break
    return start


def _past_whole(around: Around, first: int, end: int) -> int:
    """Where a Vietnamese noun begins: past a generic whole where what it has or does follows, "dân số có thẻ bảo hiểm",
    and past the word for a number, "số hộ", "tổng số trường"."""
    whole = around.pieces[first]
    generic = "whole" in whole.kinds and end - first > 1 and whole.text != "người dân"
    start = around.pieces[first + generic].start
    if around.at and around.pieces[around.at - 1].kinds & {"up", "down"}:
        return start  # "giảm 12% số vụ"
    if any(p.start == start and "topic" in p.kinds and len(p.text.split()) > 2 for p in around.pieces):
        return start  # "số người bị thương"
    for word in ("tổng số ", "số "):
        if around.text[start : start + len(word)].lower() == word and start + len(word) < around.pieces[end - 1].end:
            return start + len(word)
    return start


def _governs(around: Around) -> bool:
    """Whether what follows the figure with an article belongs to it: "réduit de 5 % les frais", "mit 5 % die höchste
    Quote", "three quarters of" + "the crop"."""
    pieces, at = around.pieces, around.at
    last = around.text[pieces[at].start : pieces[at].end].lower().split()[-1]
    hit = around.lexicon.cues.match((last,), 0)
    if (hit and "of" in hit[1]) or (at and "with" in pieces[at - 1].lists):
        return True
    if "these" in pieces[at + 1].lists:
        return False  # "up 5 % this autumn"
    cue = left_cue(around.pieces, around.at)
    if cue is None or cue.kind == "mark":
        return around.lexicon.capital_nouns and at > 0 and "by" in pieces[at - 1].kinds  # "um 9 % die Industrie"
    return bool(cue.kinds & {"up", "down", "goal", "plan", "moves"})


def _named_part(around: Around, start: int) -> Subject | None:
    """The part without a verb: "38 % of them women."."""
    pieces = around.pieces
    if around.lexicon.isolating:
        return None
    while start < len(pieces) and pieces[start].kinds & {"prep", "det"} and not pieces[start].kinds & CONTENT:
        start += 1  # "62 % of it in textiles"
    end = extend(around, start, plain=True)
    closed = end >= len(pieces) or pieces[end].kind == "mark" or "conj" in pieces[end].kinds
    return Subject(pieces[start].start, pieces[end - 1].end, "noun") if end > start and closed else None


def _is_supplied(around: Around, at: int) -> bool:
    """Whether a participle with its agent follows the part of a whole: "of which 35 % produced by cooperatives"."""
    pieces = around.pieces
    if around.lexicon.isolating or not _opens_share(pieces, around.at) or at + 2 >= len(pieces):
        return False
    participle = pieces[at].kind == "word" or (bool(pieces[at].kinds) and pieces[at].kinds <= _SUPPLIES)
    return participle and "agents" in pieces[at + 1].lists


def _is_class(around: Around, at: int) -> bool:
    """Whether a word that is hardly ever a subject is the whole of a share: "46 % of the secretaries"."""
    if at >= len(around.pieces) or around.lexicon.isolating:
        return False
    piece = around.pieces[at]
    plural = piece.text.endswith("en" if around.lexicon.capital_nouns else "s")
    return piece.kinds == {"skip"} and plural and len(piece.text) >= _PLURAL


def _is_focus(piece: Piece, following: Piece) -> bool:
    """Whether a piece is an adverb between the figure and its whole: "36 % seulement des femmes", "au moins les"."""
    if piece.kinds & _AFTER:
        return bool(following.kinds & {"of", "det"})
    return bool(piece.kinds & {"eq", "aux"}) and not piece.kinds & {"of", "det", "prep"} and "of" in following.kinds


def predicate(around: Around, start: int) -> Subject | None:
    """The noun phrase after a copula: "… % are women"; None where an adjective or participle follows."""
    pieces = around.pieces
    if start >= len(pieces) or "be" not in pieces[start].kinds:
        return None
    first = start + 1
    while first < len(pieces) and pieces[first].kinds & {"det", "aux"} and not pieces[first].kinds & CONTENT:
        first += 1
    end = extend(around, first)
    passed = pieces[start + 1 : first]
    adverbial = around.lexicon.language == "fr" and bool(passed) and not any("det" in p.kinds for p in passed)
    if end == first or adverbial:  # "sont trop petits"
        return None
    phrase = around.text[pieces[first].start : pieces[end - 1].end]
    if not names_noun(phrase, around.lexicon):
        return None
    return Subject(pieces[first].start, pieces[end - 1].end, "predicate")


def _is_basis(around: Around, first: int, start: int, end: int) -> bool:
    """Whether what follows the figure is what it is measured against: "of the plan", "of the level of a year ago"."""
    pieces = around.pieces
    near = any(
        p.kinds & {"plan", "annual"} or (p.kinds & BASIS - {"total"} and not p.kinds & CONTENT)
        for p in pieces[first : start + 1]
    )
    for index, piece in enumerate(pieces[first : end + 3], first):
        if (piece.kinds & {"up_after", "down_after"} and not piece.kinds & CONTENT) or piece.text in (",", ";"):
            break  # "9 % d'œufs de plus que le mois précédent"
        near = near or (
            bool(piece.kinds & {"year_ago", "previous", "average"}) and not says_when(pieces, index, around.lexicon)
        )
    return near


def _qualifies_plan(around: Around, start: int, end: int) -> bool:
    """Whether unknown words only tell which plan the figure is a part of: "67 % of the striving target"."""
    pieces = around.pieces
    planned = end < len(pieces) and bool(pieces[end].kinds & {"plan", "annual"})
    return planned and not around.lexicon.isolating and not any(p.kinds & CONTENT for p in pieces[start:end])


def _is_bare_noun(around: Around, piece: Piece) -> bool:
    lexicon = around.lexicon
    capital = not lexicon.capital_nouns or has_capital(around.text[piece.start : piece.end])
    content = is_content(piece) or (lexicon.isolating and "reference" in piece.kinds)
    following = next((p for p in around.pieces if p.start >= piece.end), None)
    if lexicon.language == "en" and following and "det" in following.kinds:
        return False  # a verb: "30 % expect no change"
    if piece.text in lexicon.numbers:
        return False  # "12 % five years ago"
    return lexicon.bare_noun_after and content and capital


def _opens_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether "of which" stands before the figure: what follows it is the part, whatever its form."""
    return any("part" in p.kinds for p in pieces[max(0, at - 3) : at])


def _leads_in(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece only leads to the noun: "of the", "of the total number of"."""
    kinds = pieces[index].kinds
    if kinds & {"of", "det", "each"} and not kinds & CONTENT:
        return True
    if "topic" in kinds or index + 1 >= len(pieces):
        return False
    if index and pieces[index].kind in ("number", "period") and pieces[index - 1].kinds & {"det", "of"}:
        return is_content(pieces[index + 1])  # "of its 2026 budget", "of 4,200 pigs"
    owner = pieces[index].kind == "unit" or "reference" in kinds
    if (owner and pieces[index + 1].text in _APOSTROPHES) or pieces[index].text in (*_APOSTROPHES, "s"):
        return True  # "of the commune's workers"
    following = pieces[index + 1]
    return bool(kinds & {"whole", "total", "head"} and following.kinds & {"of", "head"}) or (
        "total" in kinds and is_content(following)
    )


def names_noun(phrase: str, lexicon: FigureLexicon) -> bool:
    """Whether a predicate is a noun phrase, by the looks of its first words."""
    words = phrase.split()
    if lexicon.capital_nouns:
        return any(w[:1].isupper() for w in words)
    if lexicon.language == "en":
        plural = words[-1].endswith("s") or words[-1] in lexicon.lists["plurals"] or any(w[:1].isupper() for w in words)
        return plural and not words[0].endswith(("ed", "ing"))
    if lexicon.language == "fr":
        adjective = words[0].endswith(("és", "ées", "is", "us", "ies", "ues", "bles", "tes", "ants", "ifs", "els"))
        known = lexicon.topics.match(words_of(words[0]), 0) is not None
        return words[0].endswith("s") and (known or not adjective)
    return True


def _planned_noun(around: Around, start: int) -> Subject | None:
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
