"""The subject of a Vietnamese clause before that of its figure: what it counts, or whose amount it tells."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.noun_phrases import Around, Subject, has_head
from extractors.indicators.subjects.topic_comment.names import named_subject, subject_of
from extractors.indicators.subjects.topic_comment.phrases import Phrase, find_phrases, is_classifier, is_governed

__all__ = ["counted_subject", "is_sure"]

_BOUNDS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
_KNOWN = frozenset({"head", "topic"})
_AMOUNT_VERBS = frozenset({"reach", "be", "up", "down", "to", "from", "share", "link", "by"})
_CHANGES = frozenset({"reach", "be", "up", "down", "to", "share"})
# Who takes in or turns out an amount, and how: "ngành thuế thu được 2.914 tỷ đồng" is about what is taken in.
_SMALL = _BOUNDS | {"det", "aux", "link", "tense"}


def counted_subject(around: Around, phrases: list[Phrase], first: int, end: int) -> Subject | None:
    """The subject of a clause before that of the figure: what it counts, unless it says how much its subject is."""
    pieces = around.pieces
    number = next((i for i in range(end - 1, first - 1, -1) if pieces[i].kind == "number" and _counts(around, i)), None)
    subject = named_subject(around, [p for p in phrases if number is None or p.first < number], first)
    if number is None:
        return subject
    noun = next((p for p in phrases if p.first > number), None)
    if noun is None or not _follows(pieces, number, noun.first):
        acted = _priced(around, phrases, number)
        agent = subject and around.text[subject.start : subject.end].lower().startswith(around.lexicon.lists["actors"])
        return subject if is_sure(around, subject) and not (agent and acted) else acted or subject
    shares = any(p.kinds & {"share", "part"} for p in pieces[end : around.at]) or _only_amount(around, number, first)
    if not shares and is_governed(around, noun, first):
        return _possessed(around, phrases, noun) or subject or named_subject(around, phrases, first)
    measured = any("measure" in p.kinds and "powers" not in p.lists for p in pieces[number + 1 : noun.first])
    acts = measured and not any(p.kinds & _CHANGES for p in pieces[first:number])
    if not shares and not acts and subject and _says_amount(around, subject, number):
        return subject
    if is_classifier(around, noun) and not measured:
        return subject or _fuller(around, noun, number)
    return subject_of(around, noun, first)


def _only_amount(around: Around, number: int, first: int) -> bool:
    """Whether the number is the only one of its clause: "Du lịch là điểm sáng với 3,1 triệu lượt khách, tăng 8 %"."""
    pieces = around.pieces
    start = number
    while start > first and (pieces[start].kind == "number" or pieces[start].kinds & _BOUNDS):
        start -= 1
    return "having" in pieces[start].lists and not any(p.kind == "number" for p in pieces[first:start])


def is_sure(around: Around, subject: Subject | None) -> bool:
    return subject is not None and any(
        p.kinds & _KNOWN for p in around.pieces[: around.at] if subject.start <= p.start < subject.end
    )


def _priced(around: Around, phrases: list[Phrase], number: int) -> Subject | None:
    """What stands right before an amount: "suất ăn ca 28.000 đồng", "toàn tỉnh tái canh 7.320 ha"."""
    last = number - 1
    taken = around.pieces[last]
    if "result" in taken.kinds and taken.text.split()[0] in around.lexicon.lists["takes"]:
        return Subject(taken.start, taken.start + len(taken.text.split()[0]), "left")  # "thu được 2.914 tỷ đồng"
    while last > 0 and around.pieces[last].kinds & _BOUNDS | around.pieces[last].kinds & {"aux", "result"}:
        last -= 1
    phrase = next((p for p in phrases if p.last == last), None)
    if phrase is None or (is_classifier(around, phrase) and "takes" not in around.pieces[phrase.first].lists):
        return None
    return subject_of(around, phrase, phrase.first)


def _possessed(around: Around, phrases: list[Phrase], noun: Phrase) -> Subject | None:
    """What there is of the counted: "lấy mẫu sinh phẩm của 1.248 thân nhân"."""
    pieces = around.pieces
    index = noun.before
    while index > 0 and pieces[index].kind == "number":
        index -= 1
    phrase = next((p for p in phrases if p.last == index - 1), None)
    return subject_of(around, phrase, phrase.first) if phrase and "of" in pieces[index].kinds else None


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


def _fuller(around: Around, noun: Phrase, number: int) -> Subject | None:
    """The full name of what a bare classifier counts, from its first count: "42.250 căn nhà ở xã hội … 18.590 căn", or
    from what the sentence opens with: "Về nhà ở xã hội, thành phố khởi công 13.040 căn"."""
    pieces = around.pieces
    if "fronts" in pieces[0].lists:
        named = find_phrases(around, 1, number)
        if named and named[0].first == 1 and pieces[named[0].last + 1].text == ",":
            return Subject(pieces[1].start, pieces[named[0].last].end, "left")
    word = pieces[noun.first].text
    for index in range(number - 1, -1, -1):
        if pieces[index].kind == "number" and pieces[index + 1].text.split()[:1] == [word]:
            found = find_phrases(around, index + 1, number)
            if found and found[0].first == index + 1 and found[0].last > index + 1:
                return Subject(pieces[index + 1].start, pieces[found[0].last].end, "left")
    known = pieces[noun.first].kinds & _KNOWN
    return Subject(pieces[noun.first].start, pieces[noun.last].end, "left") if known else None
