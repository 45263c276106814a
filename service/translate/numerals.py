"""Numbers and fractions that a sentence writes as words, each with its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.translate.figures import Conventions, conventions

__all__ = ["Numeral", "Share", "find_numerals", "find_shares"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_APART = re.compile(r"[\s\u00a0\u202f-]{1,2}")
_DIGIT_BEFORE = re.compile(r"\d\s?\Z")
_DIGIT_AFTER = re.compile(r"\s*\d")
_TENS = "mươi"  # Vietnamese: hai mươi
_FRENCH = (60, 80)  # soixante-douze, quatre-vingt-douze
_SMALL_RANK = 3  # "second" is as often another word
_WEEKDAYS = range(2, 8)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words at `start:end`. `sure`: it can be nothing else, so that a translation has to say it."""

    start: int
    end: int
    value: int
    ordinal: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction in words at `start:end`: two thirds, half."""

    start: int
    end: int
    upper: int
    lower: int


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    word: str
    plain: bool  # in small letters, or the first of the sentence
    joined: bool  # part of the same word as the one before


def find_shares(sentence: str, language: str) -> list[Share]:
    """The fractions that are written as words.

    >>> [(s.upper, s.lower) for s in find_shares("Two thirds came, half left, a quarter in the third quarter", "en")]
    [(2, 3), (1, 2), (1, 4)]
    >>> [(s.upper, s.lower) for s in find_shares("hơn ba phần tư số hộ, một nửa số thôn, nửa đầu năm", "vi")]
    [(3, 4), (1, 2)]
    """
    rules = conventions(language)
    if rules is None:
        return []
    lower = sentence.lower()
    if rules.not_fractions:
        lower = rules.not_fractions.sub(lambda match: " " * len(match.group()), lower)
    return list(_shares(_tokens(lower, rules), rules))


def _shares(tokens: list[_Token], rules: Conventions) -> Iterator[Share]:
    for at, token in enumerate(tokens):
        before = tokens[at - 1] if at else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.word == "phần" and before and after:
            upper, lower = rules.cardinals.get(before.word, 0), rules.cardinals.get(after.word, 0)
            if 0 < upper < lower:
                yield Share(before.start, after.end, upper, lower)
            continue
        parts = rules.fractions.get(token.word)
        if parts is None or (before and before.word in rules.ordinals and parts > 2):
            continue
        upper = 0
        if before:
            upper = 1 if before.word in rules.articles else rules.cardinals.get(before.word, 0)
        if parts == 2:
            yield Share(token.start, token.end, 1, 2)
        elif 0 < upper < parts:
            assert before
            yield Share(before.start, token.end, upper, parts)
        elif token.word not in rules.ordinals and not upper and not rules.articles:
            yield Share(token.start, token.end, 1, parts)


def find_numerals(sentence: str, language: str) -> list[Numeral]:
    """The numbers from two on that are written as words, those of fractions left out.

    >>> [n.value for n in find_numerals("twenty-five of three hundred and six", "en")]
    [25, 306]
    >>> [n.value for n in find_numerals("hai mươi năm qua, ba xã và một trăm hai mươi lăm hộ", "vi")]
    [20, 3, 125]
    >>> [n.value for n in find_numerals("Fünfundzwanzig von dreihundert", "de")]
    [25, 300]
    """
    rules = conventions(language)
    if rules is None:
        return []
    shares = find_shares(sentence, language)
    tokens = _tokens(sentence, rules)
    found, at = [], 0
    while at < len(tokens):
        read = _read(sentence, tokens, at, rules)
        if read is None:
            at += 1
            continue
        numeral, at = read
        if numeral and not any(s.start < numeral.end and numeral.start < s.end for s in shares):
            found.append(numeral)
    return found


def _tokens(sentence: str, rules: Conventions) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _WORD.finditer(sentence):
        plain = not tokens or match.group().islower()
        for i, piece in enumerate(_pieces(match.group().lower(), rules)):
            tokens.append(_Token(match.start(), match.end(), piece, plain, i > 0))
    return tokens


def _pieces(word: str, rules: Conventions) -> Sequence[str]:
    """The number words of which a word is made, or the word.

    >>> rules = conventions("de")
    >>> _pieces("dreihundertfünfundzwanzig", rules)
    ['drei', 'hundert', 'zwanzig', 'fünf']
    """
    if word in rules.numbers:
        return (word,)
    if "-" in word:
        parts = word.split("-")
        for size in range(len(parts) - 1, 0, -1):
            head = "-".join(parts[:size])
            if size == 1 or head in rules.numbers:
                return (*_pieces(head, rules), *_pieces("-".join(parts[size:]), rules))
    if rules.compound is None or not rules.compound.fullmatch(word):
        return (word,)
    pieces = rules.part.findall(word)
    while "und" in pieces:  # the ones before the tens
        at = pieces.index("und")
        pieces[at - 1 : at + 2] = [pieces[at + 1], pieces[at - 1]] if 0 < at < len(pieces) - 1 else []
    return pieces


def _read(sentence: str, tokens: list[_Token], at: int, rules: Conventions) -> tuple[Numeral | None, int] | None:
    """The number that begins at a token, if any (None where it is not to be counted), and the token behind it."""
    first = tokens[at]
    if first.word not in rules.numbers or first.word in rules.scales or first.word == _TENS:
        scaled = at + 1 < len(tokens) and tokens[at + 1].word in rules.scales
        if first.word not in rules.articles or not scaled:
            return None
    value, ordinal, end = _value(sentence, tokens, at, rules)
    last = tokens[end - 1]
    ranked = at > 0 and tokens[at - 1].word in rules.ordinal_before
    if value < 2 or _is_other(sentence, tokens, at, end, rules):
        return None, end
    if not first.plain and not ordinal and not ranked:
        return None, end  # a name: chị Sáu
    sure = first.word not in rules.articles and not ((ordinal or ranked) and value < _SMALL_RANK)
    if ranked and value in _WEEKDAYS and not (at > 1 and tokens[at - 2].word in _RANKED):
        sure = False
    return Numeral(first.start, last.end, value, ordinal or ranked, sure), end


_RANKED = frozenset("lần vị hạng xếp đứng về giải khóa nhiệm".split())  # noqa: SIM905 - before "thứ": no day of the week


def _value(sentence: str, tokens: list[_Token], at: int, rules: Conventions) -> tuple[int, bool, int]:
    total, current, ordinal = 0, 0, False
    if tokens[at].word in rules.articles:
        current, at = 1, at + 1
    begun = current > 0
    limit: int | None = None
    while at < len(tokens) and not ordinal:
        word = tokens[at].word
        if begun and not tokens[at].joined and not _APART.fullmatch(sentence, tokens[at - 1].end, tokens[at].start):
            break
        if word == _TENS and current % 10 > 1 and current % 100 < 10:
            current += 9 * (current % 10)
        elif word in rules.scales and begun and (current or total):
            power = rules.scales[word]
            if power == 2:
                current *= 100
            else:
                total, current = total + max(1, current) * 10**power, 0
                limit = 10**power
        elif word in rules.cardinals:
            value = rules.cardinals[word]
            if begun and (word in rules.years or not _fits(current, value, limit)):
                break
            current += value
        elif word in rules.ordinals:
            value = rules.ordinals[word]
            if begun and not _fits(current, value, limit):
                break
            current, ordinal = current + value, True
        elif begun and word in rules.joiners and at + 1 < len(tokens):
            value = rules.cardinals.get(tokens[at + 1].word, 0) or rules.ordinals.get(tokens[at + 1].word, 0)
            if not value or not (current or total) or not _fits(current, value, limit):
                break
        else:
            break
        begun = True
        at += 1
    return total + current, ordinal, at


def _fits(current: int, value: int, limit: int | None) -> bool:
    """Whether a number can go on with that: twenty, five."""
    if value == 0:
        return False
    if current % 100 in _FRENCH and 9 < value < 20:
        return True
    if current == 0:
        return limit is not None and value < limit
    return (current >= 20 and current % 10 ** len(str(value)) == 0) or (current == 10 and value < 10)


def _is_other(sentence: str, tokens: list[_Token], at: int, end: int, rules: Conventions) -> bool:
    """Whether the words are part of a figure in digits, of a month, or mean something else."""
    start, stop = tokens[at].start, tokens[end - 1].end
    if _DIGIT_AFTER.match(sentence, stop) or _DIGIT_BEFORE.search(sentence, max(0, start - 3), start):
        return True
    beside = at > 0 and _APART.fullmatch(sentence, tokens[at - 1].end, start)
    before = tokens[at - 1].word if beside else ""
    if before in _MONTH and end == at + 1:
        return True
    if before in rules.ordinal_before:
        return False
    if rules.not_counted and any(m.start() <= start < m.end() for m in rules.not_counted.finditer(sentence)):
        return True
    if end == at + 1 and tokens[at].word in rules.unsure:
        behind = sentence[stop : stop + 1 + _AHEAD].lstrip()
        if not (rules.counters and rules.counters.match(behind)):
            return True
        if tokens[at].word in rules.years and (before in rules.after_years or before in rules.numbers):
            return True
    return False


_MONTH = frozenset({"tháng"})  # tháng ba: March
_AHEAD = 30  # characters in which the word that is counted begins
