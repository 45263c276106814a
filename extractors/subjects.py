"""What a figure measures: the noun phrase before or after it."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.clauses import Piece
from extractors.figures import FigureLexicon
from extractors.phrases import CONTENT, LONGEST, Around, Subject, extend, is_content
from extractors.readings import left_cue
from extractors.subjects_after import compared_phrase, phrase_after, predicate
from extractors.subjects_before import phrase_before

__all__ = ["Subject", "find_subject", "names_whole", "noun_after"]

_PREDICATES = frozenset({"share", "reach", "be", "up", "down", "by", "to", "from", "over"})


def find_subject(text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> Subject | None:
    """The phrase that names what the figure measures; None where its clause has none of its own."""
    around = Around(text, pieces, at, lexicon)
    cue = left_cue(pieces, at)
    if cue is not None and cue.kinds & {"plan", "annual"}:
        passed = any("over" in p.kinds for p in pieces[max(0, at - LONGEST) : at])
        return phrase_before(around) if passed else None  # "the target of 60 %" is about what came before
    if compared := compared_phrase(around):
        return compared
    closing = lexicon.verb_last and _closes_with_share(pieces, at)
    strong = closing or (cue is not None and bool(cue.kinds & _PREDICATES))
    if not strong and (found := predicate(around, at + 1)):
        return found
    right = phrase_after(around)
    if right is None or (right.side == "noun" and _is_labelled(pieces, at)):
        return phrase_before(around) or right
    leads = closing or bool(cue and cue.kinds & {"share", "reach", "be"})
    if strong and (leads or not lexicon.bare_noun_after or right.side == "of"):
        left = phrase_before(around)
        if left and left.side == "left":
            return left
    return right


def names_whole(text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon) -> bool:
    """Whether a whole follows the figure: "… % of the roads", "… % diện tích"."""
    return phrase_after(Around(text, pieces, at, lexicon)) is not None


def noun_after(
    text: str, pieces: Sequence[Piece], at: int, lexicon: FigureLexicon, *, strict: bool = False
) -> Subject | None:
    """The noun phrase that follows a number: "180 new Party members"; strictly right after it if so asked."""
    around = Around(text, pieces, at, lexicon)
    start = at + 1
    if strict and start < len(pieces) and not is_content(pieces[start]):
        return None
    while start < len(pieces) and pieces[start].kinds & {"of", "measure"} and not pieces[start].kinds & CONTENT:
        start += 1
    end = extend(around, start, plain=True)
    if end == start or (end == start + 1 and "whole" in pieces[start].kinds and "topic" not in pieces[start].kinds):
        return None
    return Subject(pieces[start].start, pieces[end - 1].end, "noun")


def _closes_with_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a verb of sharing ends the clause: "… 30 % des BRP ausmachen"."""
    for piece in pieces[at + 1 : at + LONGEST]:
        if piece.kind in ("mark", "figure"):
            return False
        if "share" in piece.kinds:
            return True
    return False


def _is_labelled(pieces: Sequence[Piece], at: int) -> bool:
    index = at - 1
    while index >= 0 and pieces[index].kinds & {"gt", "gte", "lt", "lte", "approx", "eq"}:
        index -= 1
    return index >= 0 and pieces[index].kind == "mark" and pieces[index].text in ":|("


def _is_content(piece: Piece) -> bool:
    return piece.kind == "word" or (
        bool(piece.kinds & _CONTENT) and ("topic" in piece.kinds or not piece.kinds & _BASIS)
    )


def _compared(around: _Around) -> Subject | None:
    """What there is more or less of: "30 % weniger Wasser", "12 per cent more rice"."""
    pieces, at = around.pieces, around.at
    if at + 2 >= len(pieces) or not pieces[at + 1].kinds & {"up_after", "down_after"}:
        return None
    if pieces[at + 1].kinds & {"than", "of"} or not _is_content(pieces[at + 2]):
        return None
    end = _extend(around, at + 2, plain=True)
    return Subject(pieces[at + 2].start, pieces[end - 1].end, "noun") if end > at + 2 else None


def _right(around: _Around) -> Subject | None:
    """The noun phrase that follows: "96 % der Straßen", "97% dân số", or what its predicate names: "… are Mong"."""
    pieces, at, lexicon = around.pieces, around.at, around.lexicon
    if at + 1 >= len(pieces):
        return None
    first = pieces[at + 1]
    partitive = bool(first.kinds & {"of", "det"}) and not first.kinds & _CONTENT
    opened = _opens_share(pieces, at) and first.kind == "word"
    if not partitive and not opened and not _is_bare_noun(around, first):
        return None
    start = at + 1
    while start < len(pieces) and _leads_in(pieces, start):
        start += 1
    end = _extend(around, start)
    if end == start or _is_basis(pieces, at + 1, start, end):
        return None
    if predicate := _predicate(around, end):
        return predicate
    if "whole" in pieces[start].kinds and end - start > 1 and lexicon.language == "vi":
        start += 1  # past the generic whole where what it has or does follows: "dân số có thẻ bảo hiểm"
    return Subject(pieces[start].start, pieces[end - 1].end, "of" if partitive else "noun")


def _is_basis(pieces: Sequence[Piece], first: int, start: int, end: int) -> bool:
    """Whether what follows the figure is what it is measured against: "of the plan", "of the level of a year ago"."""
    near = any(p.kinds & _BASIS - {"total"} and not p.kinds & _CONTENT for p in pieces[first : start + 1])
    return near or any(p.kinds & {"year_ago", "previous", "average"} for p in pieces[first : end + 3])


def _is_bare_noun(around: _Around, piece: Piece) -> bool:
    lexicon = around.lexicon
    capital = not lexicon.capital_nouns or has_capital(around.text[piece.start : piece.end])
    content = _is_content(piece) or (lexicon.language == "vi" and "reference" in piece.kinds)
    return lexicon.bare_noun_after and content and capital


def _opens_share(pieces: Sequence[Piece], at: int) -> bool:
    """Whether "of which" stands before the figure: what follows it is the part, whatever its form."""
    return any("part" in p.kinds for p in pieces[max(0, at - 3) : at])


def _leads_in(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a piece only leads to the noun: "of the", "of the total number of"."""
    kinds = pieces[index].kinds
    if kinds & {"of", "det", "each"} and not kinds & _CONTENT:
        return True
    if "topic" in kinds or index + 1 >= len(pieces):
        return False
    following = pieces[index + 1]
    return bool(kinds & {"whole", "total", "head"} and following.kinds & {"of", "head"}) or (
        "total" in kinds and _is_content(following)
    )


def _extend(around: _Around, start: int, *, plain: bool = False) -> int:
    """The end of the noun phrase that starts at a piece; a plain one has no clause after its noun."""
    pieces, lexicon = around.pieces, around.lexicon
    limit = min(next_figure(pieces, max(around.at, start - 1)), len(pieces))
    loose = lexicon.language == "vi" and not plain
    end = start
    for index in range(start, limit):
        piece = pieces[index]
        inner = piece.kinds & {"of", "det", "attach"} or (loose and piece.kinds & {"aux", "prep"})
        if _is_content(piece) or (lexicon.language == "vi" and "reference" in piece.kinds):
            if _ends_noun(around, start, index):
                break
            end = index + 1
        elif (piece.text in _JOINERS and (piece.text != "'" or index > start)) or (loose and piece.text == ","):
            if index == start or (piece.text in _AND and plain):
                break
        elif not inner or index == start:
            break
        if index - start >= _LONGEST:
            break
    if lexicon.capital_nouns:
        while end > start and not has_capital(around.text[pieces[end - 1].start : pieces[end - 1].end]):
            end -= 1
    return end


def _ends_noun(around: _Around, start: int, index: int) -> bool:
    """Whether a German noun phrase is over: a word in small letters right after a noun is its verb."""
    pieces, text = around.pieces, around.text
    if not around.lexicon.capital_nouns or index == start or pieces[index].kind != "word":
        return False
    small = not has_capital(text[pieces[index].start : pieces[index].end])
    return small and has_capital(text[pieces[index - 1].start : pieces[index - 1].end])


def _predicate(around: _Around, start: int) -> Subject | None:
    """The noun phrase after a copula: "… % are women"; None where an adjective or participle follows."""
    pieces = around.pieces
    if start >= len(pieces) or "be" not in pieces[start].kinds:
        return None
    first = start + 1
    while first < len(pieces) and pieces[first].kinds & {"det", "aux"} and not pieces[first].kinds & _CONTENT:
        first += 1
    end = _extend(around, first)
    if end == first:
        return None
    phrase = around.text[pieces[first].start : pieces[end - 1].end]
    if not _names(phrase, around.lexicon):
        return None
    return Subject(pieces[first].start, pieces[end - 1].end, "predicate")


def _names(phrase: str, lexicon: FigureLexicon) -> bool:
    """Whether a predicate is a noun phrase, by the looks of its first words."""
    words = phrase.split()
    if lexicon.capital_nouns:
        return any(w[:1].isupper() for w in words)
    if lexicon.language == "en":
        plural = words[-1].endswith("s") or words[-1] in _PLURALS or any(w[:1].isupper() for w in words)
        return plural and not words[0].endswith(("ed", "ing"))
    if lexicon.language == "fr":
        return words[0].endswith("s") and not words[0].endswith(("és", "ées", "is", "us", "ies", "ues", "bles", "tes"))
    return True


def _left(around: _Around) -> Subject | None:
    """The nearest noun phrase before the figure in its clause; one after a preposition only where no other is."""
    pieces = around.pieces
    floor = _barrier(pieces, around.at)
    fallback: Subject | None = None
    index = around.at - 1
    while index > floor:
        span = _phrase_before(around, index, floor)
        if span is None:
            return fallback
        first, last, before = span
        if (skipped := _skip_back(around, first, last, before, floor)) is not None:
            index = skipped
            continue
        index = first - 1
        if index > floor and "have" in pieces[index].kinds and not pieces[first].kinds & _CONTENT:
            first += 1  # a participle: "a exécuté", "has spent"
        if first > last:
            continue
        if "plan" in pieces[first].kinds and floor >= 0:
            return None
        if _is_verb(around, first, last, before):
            continue
        subject = _trimmed(around, first, last)
        if subject and _is_adjunct(around, first, last, before, floor):
            fallback = fallback or Subject(subject.start, subject.end, "adjunct")
        elif subject:
            return subject
    return fallback


def _barrier(pieces: Sequence[Piece], at: int) -> int:
    """The figure before, and what still belongs to its clause: up to the first mark or conjunction after it."""
    floor = previous_figure(pieces, at)
    if floor < 0:
        return floor
    return next((i for i in range(floor + 1, at) if _parts(pieces[i])), floor)


def _parts(piece: Piece) -> bool:
    """Whether a piece parts two clauses."""
    return piece.text in (",", ";", ":") or ("conj" in piece.kinds and not piece.kinds & {"to", "eq", "gt"})


def _is_verb(around: _Around, first: int, last: int, before: int) -> bool:
    """Whether a lone unknown word is a verb more likely than a noun, in languages that do not tell them by a capital.

    After a unit it is one ("Chi Lang leads with"); in French a noun has its article unless it opens the line.
    """
    pieces, language = around.pieces, around.lexicon.language
    if language not in ("en", "fr") or any(p.kinds & _CONTENT for p in pieces[first : last + 1]):
        return False
    if before >= 0 and (pieces[before].kind == "unit" or "reference" in pieces[before].kinds):
        return first == last
    opens = first == 0 or pieces[first - 1].kind == "mark" or pieces[first - 1].kind in ("number", "unit")
    led = bool(pieces[first - 1].kinds & {"det", "of", "measure", "prep"})
    return language == "fr" and not opens and not led


def _skip_back(around: _Around, first: int, last: int, before: int, floor: int) -> int | None:
    """Where to look on, where the phrase is none that a figure measures: an apposition, a predicate, the head of a
    relative clause. None where it may be one."""
    pieces = around.pieces
    follows = pieces[last + 1] if last + 1 < around.at else None
    then = pieces[last + 2] if last + 2 < around.at else None
    if around.lexicon.language == "vi" or follows is None or follows.text != ",":
        return None
    if then is not None and then.kinds & {"up", "down"} and "reach" not in then.kinds:
        for index in range(before, floor, -1):
            if pieces[index].text == ",":
                return index - 1
    if then is not None and "rel" in then.kinds:
        return before
    if before > floor and "be" in pieces[before].kinds:
        return before
    return None


def _phrase_before(around: _Around, index: int, floor: int) -> tuple[int, int, int] | None:
    """First and last piece of the nearest phrase that ends at or before `index`, and the piece before its article.

    None where a reporting verb or the start of the clause comes first.
    """
    pieces = around.pieces
    while index > floor and not _is_content(pieces[index]):
        if "say" in pieces[index].kinds or pieces[index].text == ";":
            return None
        index -= 1
    if index <= floor:
        return None
    last = first = index
    listing = False
    index -= 1
    while index > floor:
        piece, left = pieces[index], pieces[index - 1] if index - 1 > floor else None
        if _is_content(piece):
            first = index
        elif left is None:
            break
        elif piece.text in _JOINERS and (_is_content(left) or left.text == "."):
            listing = listing or piece.text in _AND
        elif (piece.text == "," and listing and _is_content(left)) or ("of" in piece.kinds and _continues(left)):
            pass
        elif not ("det" in piece.kinds and ("of" in left.kinds or around.lexicon.language == "vi")):
            break
        index -= 1
    while index > floor and "det" in pieces[index].kinds and "prep" not in pieces[index].kinds:
        index -= 1
    return first, last, index


def _is_adjunct(around: _Around, first: int, last: int, before: int, floor: int) -> bool:
    """Whether a preposition governs the phrase, unless the figure is its complement ("at a rate of 5 %")."""
    pieces = around.pieces
    if last + 1 < around.at and pieces[last + 1].kinds & {"of", "from"} and _is_near(around, last + 2):
        return False
    if _is_near(around, last + 1) and any(_has_head(around, p) for p in pieces[first : last + 1]):
        return False
    index = before
    while index > floor and before == first - 1 and _qualifies(pieces[index]):
        index -= 1
    return index > floor and "prep" in pieces[index].kinds and "of" not in pieces[index].kinds


def _qualifies(piece: Piece) -> bool:
    """Whether a piece may stand between a preposition and its noun: "in the 2023 season"."""
    return piece.kind in ("period", "number") or bool(piece.kinds & {"reference", "skip", "det"})


def _is_near(around: _Around, index: int) -> bool:
    """Whether only comparators stand between a piece and the figure."""
    return all(p.kinds & {"gt", "gte", "lt", "lte", "approx", "eq"} for p in around.pieces[index : around.at])


def _has_head(around: _Around, piece: Piece) -> bool:
    """Whether a piece is a measure noun or a topic that starts with one: "rate", "chỉ số giá tiêu dùng"."""
    if "head" in piece.kinds:
        return True
    hit = around.lexicon.cues.match(words_of(piece.text), 0) if "topic" in piece.kinds else None
    return bool(hit and "head" in hit[1])


def _continues(piece: Piece) -> bool:
    return _is_content(piece) or piece.kind == "unit" or bool(piece.kinds & {"reference", "det"})


def _trimmed(around: _Around, first: int, last: int) -> Subject | None:
    """The phrase without what follows its first possessor, if something nameable remains."""
    pieces, text, lexicon = around.pieces, around.text, around.lexicon
    if lexicon.language == "vi":
        heads = [i for i in range(first, last + 1) if _has_head(around, pieces[i])]
        first = heads[0] if heads else first
        last = next((i - 1 for i in range(first + 1, last + 1) if "of" in pieces[i].kinds), last)
    last = min(last, first + _LONGEST - 1)
    if last - first >= _LONG and "topic" in pieces[first].kinds and "head" not in pieces[first].kinds:
        last = first
    while last > first and not _is_content(pieces[last]):
        last -= 1
    if lexicon.capital_nouns:
        while last > first and not has_capital(text[pieces[last].start : pieces[last].end]):
            last -= 1
    phrase = text[pieces[first].start : pieces[last].end]
    words = phrase.split()
    if not any(len(w) > 1 for w in words):
        return None
    known = any(p.kinds & _CONTENT for p in pieces[first : last + 1])
    if all("whole" in p.kinds and "topic" not in p.kinds for p in pieces[first : last + 1]):
        return None
    if lexicon.language == "en" and len(words) == 1 and not known and phrase.endswith("ed"):
        return None
    if len(words) > 1 and not known and lexicon.language != "vi" and all(map(_is_syllable, words)):
        return None  # the name of a person
    if lexicon.language == "vi" and len(words) == 1 and not known and not phrase.isupper():
        return None  # a verb more often than a noun
    if lexicon.capital_nouns and not any(w[:1].isupper() for w in words):
        return None
    if not lexicon.capital_nouns and not known and first > 0 and all(w[0].isupper() and not w.isupper() for w in words):
        return None  # a name
    if _is_bracketed(pieces, first, last) and (longer := _phrase_before(around, first - 2, -1)):
        if any(_has_head(around, p) for p in pieces[longer[0] : longer[1] + 1]) and longer[1] == first - 2:
            return Subject(pieces[longer[0]].start, pieces[longer[1]].end, "left")
    return Subject(pieces[first].start, pieces[last].end, "left")


_SYLLABLE = re.compile(r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")


def _is_syllable(word: str) -> bool:
    """Whether a word with a capital has the form of a Vietnamese syllable: "Nguyen", "Thị"."""
    return word[:1].isupper() and bool(_SYLLABLE.fullmatch(fold(word)))


def _is_bracketed(pieces: Sequence[Piece], first: int, last: int) -> bool:
    """Whether the phrase is a short form in brackets after its long one: "… (CPI)"."""
    if first < 2 or last + 1 >= len(pieces):
        return False
    return first == last and pieces[first - 1].text == "(" and pieces[last + 1].text == ")"
