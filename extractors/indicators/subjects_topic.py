"""The subject of a Vietnamese clause: the topic comes first, its comment after it, the figure at the end.

The words before a figure are cut into clauses. The clause of the figure names the subject, or it leaves the subject out and
the clause before it is asked, up to the figure before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.indicators.clauses import Piece
from extractors.indicators.phrases import AND, JOINERS, LONGEST, Around, Subject, has_head, is_content
from extractors.indicators.readings import previous_figure

__all__ = ["topic_phrase"]

_BREAKS = frozenset(",;:()–—|!?")
_BOUNDS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
_KNOWN = frozenset({"head", "topic"})
_GOVERNORS = frozenset({"prep", "compares", "than"})
_QUALIFIERS = frozenset({"aux", "have"})
_AMOUNT_VERBS = frozenset({"reach", "be", "up", "down", "to", "from", "share", "link", "by"})
_CHANGES = frozenset({"reach", "be", "up", "down", "to", "share"})
_AGENTS = frozenset({"unit", "name"})
_CAUSES = frozenset({"giúp", "đưa", "nâng", "kéo", "làm", "khiến", "khiến cho", "góp phần"})
_FEW = 3  # pieces: a longer one before a comma is no noun of a list
_BRANCHES = ("ngành", "khối")
_RANGES = ("-", "–", "đến")
_MANY = ("số", "các", "những", "tổng số", "nhiều", "một số")
_POWERS = ("triệu", "nghìn", "ngàn", "vạn", "tỷ")
_REASONS = ("nhờ", "vì", "do", "bởi")
_SMALL = _BOUNDS | {"det", "aux", "link", "tense"}


class _Phrase(NamedTuple):
    """A run of nouns, by its first and last piece, and the piece before its article."""

    first: int
    last: int
    before: int


def topic_phrase(around: Around) -> Subject | None:
    """What the figure is said of; an `adjunct` where only a phrase after a preposition is there, None where the clause
    takes it from what came before."""
    around = _without_brackets(around)
    fallback: Subject | None = None
    near = True
    aside: Subject | None = None
    for first, end in _clauses(around):
        phrases = _phrases(around, first, end)
        if end < around.at and around.pieces[end].text == "(" and not _is_empty(around, first, end):
            found = _named_last(around, phrases, end) or _counted(around, phrases, first, end)
        elif near:
            found = _listed(around, _named(around, phrases, first), first)
        else:
            found = _counted(around, phrases, first, end)
        if near and not _is_sure(around, found) and _points_back(around, first, end):
            return None
        if found is None:
            fallback = fallback or _adjunct(around, phrases)
        elif near or aside is None:
            if not near and _may_be_aside(around, first, end, found):
                aside = found
                continue
            return found
        else:
            return found if _is_bare(around, first, end) else aside
        near = near and _is_empty(around, first, end)
        if first and around.pieces[first - 1].text == ";":
            break
    return aside or fallback


def _points_back(around: Around, first: int, end: int) -> bool:
    """Whether a clause speaks of the figure before: "con số ấy có thể về dưới 3 %"."""
    told = previous_figure(around.pieces, around.at) >= 0
    return told and any("anaphor" in p.kinds and "head" not in p.kinds for p in around.pieces[first:end])


def _without_brackets(around: Around) -> Around:
    """The same without what stands in closed brackets before the figure: "chỉ số sản xuất công nghiệp (IIP) tăng 5 %"."""
    pieces, at = around.pieces, around.at
    closed = [i for i in range(at) if pieces[i].text == ")"]
    if not closed:
        return around
    kept: list[Piece] = []
    for index, piece in enumerate(pieces[:at]):
        opened = max((i for i in range(len(kept)) if kept[i].text == "("), default=-1)
        if index not in closed or opened < 0 or _stays(around, kept, opened):
            kept.append(piece)
        else:
            del kept[opened:]
    return Around(around.text, [*kept, *pieces[at:]], len(kept), around.lexicon)


def _stays(around: Around, kept: Sequence[Piece], opened: int) -> bool:
    """Whether a bracket says more than the words before it: a figure, or the short name of what has no measure noun."""
    inner = kept[opened + 1 :]
    if any(p.kind == "figure" for p in inner):
        return True
    index = opened - 1
    while index >= 0 and is_content(kept[index]) and not has_head(kept[index], around.lexicon):
        index -= 1
    headed = index >= 0 and has_head(kept[index], around.lexicon)
    return len(inner) == 1 and "topic" in inner[0].kinds and not headed


def _clauses(around: Around) -> list[tuple[int, int]]:
    """The clauses before the figure, the nearest first, back to the figure before or to a verb of speech."""
    pieces = around.pieces
    floor = previous_figure(pieces, around.at)
    found = []
    end = around.at
    for index in range(around.at - 1, floor, -1):
        piece = pieces[index]
        speaks = "say" in piece.kinds and not piece.kinds & {"prep", "plain", "topic"}
        if not speaks and not _parts(around, index):
            continue
        if index + 1 < end or end == around.at:
            found.append((index + 1, end))
        end = index
        if speaks:
            return found
    if floor < 0 and end > 0:
        found.append((0, end))
    return found


def _parts(around: Around, index: int) -> bool:
    """Whether a piece parts two clauses: a mark, or a conjunction that joins no nouns."""
    pieces = around.pieces
    piece, following = pieces[index], pieces[index + 1]
    if piece.text in _BREAKS and piece.kind == "mark":
        return True
    if piece.text in AND:
        joins = index > 0 and is_content(pieces[index - 1]) and is_content(following)
        return not joins or has_head(following, around.lexicon)
    if "conj" not in piece.kinds or piece.kinds & {"prep", "eq", "gt", "skip"}:
        return False
    if "to" not in piece.kinds:
        return True
    left = pieces[index - 1] if index else None  # "còn" is a verb too: "tỷ lệ còn thấp"
    opens = left is None or left.kind in ("mark", "figure", "period") or "measure" in left.kinds
    return following.kind == "unit" or bool(following.kinds & _KNOWN) or (opens and is_content(following))


def _phrases(around: Around, first: int, end: int) -> list[_Phrase]:
    """The noun phrases of a clause in the order of the text."""
    pieces = around.pieces
    found = []
    index = first
    while index < end:
        opens = _opens_noun(pieces, index, first, end)
        if not opens and (not is_content(pieces[index]) or _repeats(pieces, index, end)):
            index += 1
            continue
        last = _phrase_end(pieces, index, end)
        before = index - 1
        while before >= first and pieces[before].kinds & {"det"} and not pieces[before].kinds & {"prep"}:
            before -= 1
        found.append(_Phrase(index, last, before if before >= first else -1))
        index = last + 1
    return found


def _opens_noun(pieces: Sequence[Piece], index: int, first: int, end: int) -> bool:
    """Whether a word that can stand for a unit begins a noun here: "ngành gỗ", "số xã có bác sĩ"."""
    if pieces[index].text in _BRANCHES:
        return index + 1 < end and is_content(pieces[index + 1])
    before = pieces[index - 1] if index > first else None
    return "reference" in pieces[index].kinds and before is not None and before.text in _MANY


def _phrase_end(pieces: Sequence[Piece], first: int, end: int) -> int:
    """The last piece of the noun phrase that begins at a piece, with an age that belongs to it: "người dưới 25 tuổi"."""
    last = content = first
    while last + 1 < end and last - first < LONGEST:
        if aged := _age_end(pieces, last + 1, end):
            last = content = aged
        elif _continues(pieces, last + 1, end):
            last += 1
            content = last if is_content(pieces[last]) or pieces[last].kind == "number" else content
        else:
            break
    return content


def _age_end(pieces: Sequence[Piece], index: int, end: int) -> int:
    """The last piece of an age or size in years: "từ 15 tuổi trở lên", "15 - 49 tuổi"; 0 where there is none."""
    while index < end and (pieces[index].kinds & _BOUNDS | pieces[index].kinds & {"from"}):
        index += 1
    first = index
    while index < end and (pieces[index].kind == "number" or pieces[index].text in _RANGES):
        index += 1
    if index == first or index >= end or not pieces[index].text.startswith("tuổi"):
        return 0
    after = pieces[index + 1].kinds if index + 1 < end else frozenset()
    return index + bool(after & {"gte_after", "lte_after"})


def _repeats(pieces: Sequence[Piece], index: int, end: int) -> bool:
    """Whether a word only stands for a subject named before: "con số này", "tỷ lệ" without what it is the rate of."""
    kinds = pieces[index].kinds
    bare = index + 1 >= end or not (is_content(pieces[index + 1]) or pieces[index + 1].kinds & {"det", "have"})
    return "anaphor" in kinds and ("head" not in kinds or bare)


def _continues(pieces: Sequence[Piece], index: int, end: int) -> bool:
    """Whether a piece goes on with the noun phrase before it."""
    piece = pieces[index]
    if is_content(piece):
        return not piece.kinds & {"anaphor", "proportion"} or "head" in pieces[index - 1].kinds
    if piece.kind == "number":
        return "numbered" in pieces[index - 1].kinds
    joins = piece.text in JOINERS or ("det" in piece.kinds and "prep" not in piece.kinds)
    return joins and index + 1 < end and is_content(pieces[index + 1])


def _is_known(around: Around, phrase: _Phrase) -> bool:
    return any(p.kinds & _KNOWN for p in around.pieces[phrase.first : phrase.last + 1])


def _is_governed(around: Around, phrase: _Phrase, first: int) -> bool:
    """Whether a phrase only qualifies another word: after a preposition, as what is compared with, "cho hộ nghèo"."""
    pieces = around.pieces
    index = phrase.before
    while index >= first and (pieces[index].kind in ("period", "number") or "measure" in pieces[index].kinds):
        index -= 1
    if index < first:
        return False
    kinds = pieces[index].kinds
    following = pieces[phrase.last + 1] if phrase.last + 1 < around.at else None
    if pieces[index].text in _REASONS and following is not None and following.kinds & _AMOUNT_VERBS:
        return False  # a clause of its own: "nhờ nguồn xã hội hóa đạt gần 70 %"
    headed = any(has_head(p, around.lexicon) for p in pieces[phrase.first : phrase.last + 1])
    if headed and all(p.kinds & _BOUNDS for p in pieces[phrase.last + 1 : around.at]):
        return False  # "với tỷ lệ tán thành 100 %"
    each = pieces[phrase.first - 1].text == "mỗi" if phrase.first else False
    return each or bool(kinds & _GOVERNORS) or "of" in kinds or pieces[index].text in ("cho", "hơn")


def _qualifies(around: Around, phrase: _Phrase, earlier: Sequence[_Phrase]) -> bool:
    """Whether a phrase is part of a clause that qualifies the known noun before it: "diện tích rừng có chứng chỉ"."""
    before = phrase.before
    if before < 0 or not around.pieces[before].kinds & _QUALIFIERS or around.pieces[before].text in _CAUSES:
        return False
    return any(other.last == before - 1 and _is_known(around, other) for other in earlier)


def _named(around: Around, phrases: list[_Phrase], first: int) -> Subject | None:
    """The subject of the clause that the figure closes: the last known noun that nothing governs, else its first noun."""
    free = [
        p
        for i, p in enumerate(phrases)
        if not _is_governed(around, p, first) and not _qualifies(around, p, phrases[:i]) and not _is_value(around, p)
    ]
    known = [p for p in free if _is_known(around, p)]
    if known:
        return _subject(around, _measured(around, known), first)
    for phrase in free:
        if _is_noun(around, phrase, first):
            return _subject(around, phrase, first)
    return None


def _measured(around: Around, known: list[_Phrase]) -> _Phrase:
    """The last known noun, or the measure before it: "tỷ lệ lấp đầy 14 khu công nghiệp"."""
    pieces, lexicon = around.pieces, around.lexicon
    last = known[-1]
    for phrase in reversed(known):
        if any(has_head(p, lexicon) for p in pieces[phrase.first : phrase.last + 1]):
            between = pieces[phrase.last + 1 : last.first]
            moved = any(p.kinds & {"up", "down"} or p.text in _CAUSES for p in between)
            return last if moved else phrase
    return last


def _listed(around: Around, found: Subject | None, first: int) -> Subject | None:
    """The phrase with the nouns that a comma adds to it: "cán bộ Khmer, Chăm chiếm 9 %"."""
    pieces = around.pieces
    if found is None or first < 2 or found.start != pieces[first].start or pieces[first - 1].text != ",":
        return found
    start = first - 1
    while start > 0 and is_content(pieces[start - 1]):
        start -= 1
    if start > 1 and pieces[start - 1].text == "có" and any(p.kinds & _KNOWN for p in pieces[start - 2 : start - 1]):
        return Subject(pieces[start - 2].start, found.end, found.side)  # "lao động có bằng cấp, chứng chỉ"
    opens = start == 0 or pieces[start - 1].kind == "mark" or pieces[start - 1].kinds & {"conj", "part"}
    named = pieces[start : first - 1]
    headed = any(has_head(p, around.lexicon) for p in pieces if found.start <= p.start < found.end)
    if not opens or headed or not 0 < len(named) <= _FEW or any("skip" in p.kinds for p in named):
        return found
    return Subject(named[0].start, found.end, found.side)


def _is_value(around: Around, phrase: _Phrase) -> bool:
    """Whether a phrase says in what a change is counted: "giảm 1.240 hộ"."""
    pieces = around.pieces
    if phrase.before < 1 or pieces[phrase.before].kind != "number":
        return False
    return bool(pieces[phrase.before - 1].kinds & {"up", "down", "to", "from"})


def _is_noun(around: Around, phrase: _Phrase, first: int) -> bool:
    """Whether unknown words are a noun: not the verb after a name, no lone word but where it opens its clause."""
    pieces = around.pieces
    before = pieces[phrase.first - 1] if phrase.first > first else None
    if before is not None and (
        before.kind in _AGENTS or before.kinds & {"reference", "skip", "tense", "anaphor", "up", "down"}
    ):
        return False
    if any("thì" == p.text or p.text in ("rất", "càng") for p in pieces[max(0, phrase.first - 1) : phrase.first]):
        return False
    words = around.text[pieces[phrase.first].start : pieces[phrase.last].end].split()
    if len(words) == 1:
        return before is None and words[0].lower() not in around.lexicon.numbers and len(words[0]) > 1
    capitals = all(w[:1].isupper() and not w.isupper() for w in words)
    return not capitals


def _subject(around: Around, phrase: _Phrase, first: int) -> Subject | None:
    """The phrase from its measure noun on, as far as its name goes."""
    pieces, lexicon = around.pieces, around.lexicon
    start, last = phrase.first, phrase.last
    heads = [i for i in range(start, last + 1) if has_head(pieces[i], lexicon)]
    if heads and "topic" not in pieces[start].kinds:
        start = heads[0]
    if "proportion" in pieces[start].kinds or (start > first and "proportion" in pieces[start - 1].kinds):
        start -= "proportion" not in pieces[start].kinds
        last = max(last, _definition_end(around, last))
    elif heads and start == last and (owner := _owner(around, phrase, first)) is not None:
        start = owner
    last = min(max(last, _relative_end(around, start, last)), start + LONGEST - 1)
    return Subject(pieces[start].start, pieces[last].end, "left")


def _relative_end(around: Around, first: int, last: int) -> int:
    """The end of the clause that tells which of a number is meant: "số căn đã khởi công đạt 61 %"."""
    pieces = around.pieces
    lead = pieces[first - 1].text if first else ""
    if first != last or not (lead == "số" or pieces[first].text.startswith("số ")):
        return last
    end = last + 1
    while end < around.at and (is_content(pieces[end]) or pieces[end].kinds & _QUALIFIERS):
        end += 1
    closed = end < around.at and pieces[end].kinds & _AMOUNT_VERBS and is_content(pieces[end - 1])
    return end - 1 if closed else last


def _owner(around: Around, phrase: _Phrase, first: int) -> int | None:
    """Where the noun starts whose measure is named behind its verb: "Bữa ăn tăng giá"."""
    pieces = around.pieces
    verb = phrase.first - 1
    if verb <= first or not pieces[verb].kinds & {"up", "down"} or pieces[verb].kinds & {"compares"}:
        return None
    start = verb
    while start > first and is_content(pieces[start - 1]) and not pieces[start - 1].kinds & {"skip"}:
        start -= 1
    return start if start < verb else None


def _definition_end(around: Around, last: int) -> int:
    """The end of what a share is defined by: "tỷ lệ dân số đô thị được cấp nước sạch"."""
    pieces = around.pieces
    end = last
    for index in range(last + 1, min(around.at, last + LONGEST)):
        piece = pieces[index]
        if is_content(piece):
            end = index
        elif piece.kind in ("mark", "figure", "unit", "period") or "tense" in piece.kinds:
            break
        elif piece.kinds & _AMOUNT_VERBS | piece.kinds & _BOUNDS and not piece.kinds & _QUALIFIERS:
            break
        elif not piece.kinds & _QUALIFIERS | piece.kinds & {"det"}:
            break
    return end


def _counted(around: Around, phrases: list[_Phrase], first: int, end: int) -> Subject | None:
    """The subject of a clause before that of the figure: what it counts, unless it says how much its subject is."""
    pieces = around.pieces
    number = next((i for i in range(end - 1, first - 1, -1) if pieces[i].kind == "number" and _counts(around, i)), None)
    subject = _named(around, [p for p in phrases if number is None or p.first < number], first)
    if number is None:
        return subject
    noun = next((p for p in phrases if p.first > number), None)
    if noun is None or not _follows(pieces, number, noun.first):
        return subject if _is_sure(around, subject) else _priced(around, phrases, number) or subject
    shares = any(p.kinds & {"share", "part"} for p in pieces[end : around.at]) or _only_amount(around, number, first)
    if not shares and _is_governed(around, noun, first):
        return _possessed(around, phrases, noun) or subject or _named(around, phrases, first)
    measured = any("measure" in p.kinds and p.text not in _POWERS for p in pieces[number + 1 : noun.first])
    acts = measured and not any(p.kinds & _CHANGES for p in pieces[first:number])
    if not shares and not acts and subject and _says_amount(around, subject, number):
        return subject
    if _is_classifier(around, noun) and not measured:
        return subject or _fuller(around, noun, number)
    return _subject(around, noun, first)


def _only_amount(around: Around, number: int, first: int) -> bool:
    """Whether the number is the only one of its clause: "Du lịch là điểm sáng với 3,1 triệu lượt khách, tăng 8 %"."""
    pieces = around.pieces
    start = number
    while start > first and (pieces[start].kind == "number" or pieces[start].kinds & _BOUNDS):
        start -= 1
    return pieces[start].text == "với" and not any(p.kind == "number" for p in pieces[first:start])


def _is_sure(around: Around, subject: Subject | None) -> bool:
    return subject is not None and any(
        p.kinds & _KNOWN for p in around.pieces[: around.at] if subject.start <= p.start < subject.end
    )


def _priced(around: Around, phrases: list[_Phrase], number: int) -> Subject | None:
    """What stands right before an amount: "suất ăn ca 28.000 đồng", "toàn tỉnh tái canh 7.320 ha"."""
    phrase = next((p for p in phrases if p.last == number - 1), None)
    if phrase is None or _is_classifier(around, phrase):
        return None
    return _subject(around, phrase, phrase.first)


def _possessed(around: Around, phrases: list[_Phrase], noun: _Phrase) -> Subject | None:
    """What there is of the counted: "lấy mẫu sinh phẩm của 1.248 thân nhân"."""
    pieces = around.pieces
    index = noun.before
    while index > 0 and pieces[index].kind == "number":
        index -= 1
    phrase = next((p for p in phrases if p.last == index - 1), None)
    return _subject(around, phrase, phrase.first) if phrase and "of" in pieces[index].kinds else None


def _counts(around: Around, index: int) -> bool:
    following = around.pieces[index + 1] if index + 1 < around.at else None
    return following is not None and not ("numbered" in around.pieces[index - 1].kinds and index > 0)


def _follows(pieces: Sequence[Piece], number: int, noun: int) -> bool:
    """Whether only a measure stands between a number and its noun: "2.310 ha lúa"."""
    return all(p.kinds & {"measure", "det", "of"} for p in pieces[number + 1 : noun])


def _says_amount(around: Around, subject: Subject, number: int) -> bool:
    """Whether a known subject is followed by its amount: "số hộ nghèo còn 412 hộ", "dư nợ 4.286 tỷ đồng"."""
    pieces = around.pieces
    inner = [p for p in pieces[:number] if p.start >= subject.end]
    named = [p for p in pieces[:number] if subject.start <= p.start < subject.end]
    known = any(p.kinds & _KNOWN for p in named)
    verbs = [p for p in inner if not p.kinds & _SMALL - {"aux"} or p.kinds & _AMOUNT_VERBS]
    verbs = [p for p in verbs if p.kind not in ("period", "unit") and not p.kinds & {"prep", "of", "reference"}]
    acts = not verbs and not named[-1].kinds & _KNOWN and not has_head(named[0], around.lexicon)
    return known and not acts and all(p.kinds & _AMOUNT_VERBS for p in verbs)


def _is_classifier(around: Around, phrase: _Phrase) -> bool:
    """Whether a counted noun is the word of counting alone: "18 vụ", "210 con"."""
    text = around.text[around.pieces[phrase.first].start : around.pieces[phrase.last].end]
    return len(text.split()) == 1


def _fuller(around: Around, noun: _Phrase, number: int) -> Subject | None:
    """The full name of what a bare classifier counts, from its first count: "42.250 căn nhà ở xã hội … 18.590 căn"."""
    pieces = around.pieces
    word = pieces[noun.first].text
    for index in range(number - 1, -1, -1):
        if pieces[index].kind == "number" and pieces[index + 1].text.split()[:1] == [word]:
            found = _phrases(around, index + 1, number)
            if found and found[0].first == index + 1 and found[0].last > index + 1:
                return Subject(pieces[index + 1].start, pieces[found[0].last].end, "left")
    known = pieces[noun.first].kinds & _KNOWN
    return Subject(pieces[noun.first].start, pieces[noun.last].end, "left") if known else None


def _named_last(around: Around, phrases: list[_Phrase], end: int) -> Subject | None:
    """The noun right before a bracket, whatever governs it."""
    if not phrases or phrases[-1].last != end - 1:
        return None
    phrase, pieces = phrases[-1], around.pieces
    before = pieces[phrase.before] if phrase.before >= 0 else None
    if before is not None and (before.kind == "number" or "measure" in before.kinds):
        return None
    alone = phrase.first == phrase.last and " " not in pieces[phrase.first].text and not _is_known(around, phrase)
    if alone and before is not None and not before.kinds & {"be", "prep", "conj"}:
        return None
    return Subject(pieces[phrase.first].start, pieces[phrase.last].end, "left")


def _is_empty(around: Around, first: int, end: int) -> bool:
    """Whether a clause holds nothing but small words, as between a bracket and its figure."""
    return all(p.kind == "mark" or p.kinds & _BOUNDS for p in around.pieces[first:end])


def _is_bare(around: Around, first: int, end: int) -> bool:
    """Whether a clause is a noun phrase alone, which an aside and the verb of the figure follow."""
    return all(is_content(p) or p.kinds & {"det", "conj"} or p.text in JOINERS for p in around.pieces[first:end])


def _may_be_aside(around: Around, first: int, end: int, found: Subject) -> bool:
    """Whether a clause says something by the way: "Thu phí hạ tầng, khoản từng gây tranh cãi, đóng góp 9 %"."""
    pieces = around.pieces[first:end]
    if any(p.kind == "number" or p.kinds & _AMOUNT_VERBS for p in pieces) or first < 1:
        return False
    return not any(p.kinds & _KNOWN for p in pieces if found.start <= p.start < found.end)


def _adjunct(around: Around, phrases: list[_Phrase]) -> Subject | None:
    """A phrase that something governs, as a last resort."""
    for phrase in reversed(phrases):
        if _is_known(around, phrase) and not _is_value(around, phrase):
            return Subject(around.pieces[phrase.first].start, around.pieces[phrase.last].end, "adjunct")
    return None
