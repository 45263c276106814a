"""Numbers that a sentence writes as words, each with its value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.checks.conventions import Conventions
from extractors.checks.number_words import NumberWord
from extractors.checks.shares import Share

__all__ = ["Numeral", "find_numerals"]

_APART = re.compile(r"[\s\u00a0\u202f-]{1,2}")
_DIGIT_BEFORE = re.compile(r"\d\s?\Z")
_YEAR_BEFORE = re.compile(r"\bnăm (?:19|20)\d\d \Z")  # ít hơn năm 2020 năm người
_YEARS_LENGTH = 9
_DIGIT_AFTER = re.compile(r"\s*\d")
_BARE = frozenset("cent mille".split())  # noqa: SIM905 - scale words that need no number before them: cent vingt
_TENS = "mươi"  # Vietnamese: hai mươi
_HUNDRED = 100
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


def find_numerals(
    sentence: str, words: Sequence[NumberWord], shares: Sequence[Share], rules: Conventions
) -> list[Numeral]:
    """The numbers from two on that are written as words, but for those of fractions and where they mean something else.

    >>> from extractors.checks.side import Side
    >>> [n.value for n in Side("twenty-five of three hundred and six", "en").numerals]
    [25, 306]
    >>> [n.value for n in Side("hai mươi năm qua, ba xã và một trăm hai mươi lăm hộ", "vi").numerals]
    [20, 3, 125]
    >>> [n.value for n in Side("Fünfundzwanzig von dreihundert", "de").numerals]
    [25, 300]
    """
    parts = {at for share in shares for at in range(share.start, share.end)}
    words_else = rules.not_counted.finditer(sentence) if rules.not_counted else ()
    others = {at for match in words_else for at in range(*match.span())}
    found, at = [], 0
    while at < len(words):
        read = _read(sentence, words, at, rules)
        if read is None:
            at += 1
            continue
        numeral, at = read
        if numeral is None or parts.intersection(range(numeral.start, numeral.end)):
            continue
        if numeral.ordinal or numeral.start not in others:
            found.append(numeral)
    return found


def _read(sentence: str, words: Sequence[NumberWord], at: int, rules: Conventions) -> tuple[Numeral | None, int] | None:
    """The number that begins at a token, if any (None where it is not to be counted), and the token behind it."""
    first = words[at]
    if first.word not in rules.numbers or first.word in rules.scales or first.word == _TENS:
        scaled = at + 1 < len(words) and words[at + 1].word in rules.scales
        if not _is_bare(first.word, rules) and (first.word not in rules.articles or not scaled):
            return None
    value, ordinal, end = _value(sentence, words, at, rules)
    if _is_bare(first.word, rules) and end == at + 1:
        return None
    last = words[end - 1]
    ranked = at > 0 and words[at - 1].word in rules.ordinal_before
    if value < 2 or _is_other(sentence, words, at, end, rules):
        return None, end
    named = rules.years and sentence[first.start].isupper() and sentence[last.end + 1 : last.end + 2].isupper()  # Ba Tơ
    if (not first.plain or named) and not ordinal and not ranked:
        return None, end  # a name: chị Sáu
    sure = first.word not in rules.articles and not ((ordinal or ranked) and value < _SMALL_RANK)
    if ranked and value in _WEEKDAYS and not (at > 1 and words[at - 2].word in _RANKED):
        sure = False
    return Numeral(first.start, last.end, value, ordinal or ranked, sure), end


_RANKED = frozenset("lần vị hạng xếp đứng về giải khóa nhiệm".split())  # noqa: SIM905 - before "thứ": no day of the week


def _is_bare(word: str, rules: Conventions) -> bool:
    return word in _BARE and word in rules.scales


def _value(sentence: str, words: Sequence[NumberWord], at: int, rules: Conventions) -> tuple[int, bool, int]:
    total, current, ordinal = 0, 0, False
    limit: int | None = None
    if words[at].word in rules.articles:
        current, at = 1, at + 1
    elif _is_bare(words[at].word, rules):
        power, at = rules.scales[words[at].word], at + 1
        total, current = (0, _HUNDRED) if power == 2 else (10**power, 0)
        limit = 10**power
    begun = current > 0 or total > 0
    while at < len(words) and not ordinal:
        word = words[at].word
        if begun and not words[at].joined and not _APART.fullmatch(sentence, words[at - 1].end, words[at].start):
            break
        if word == _TENS and current % 10 > 1 and current % 100 < 10:
            current += 9 * (current % 10)
        elif word in rules.scales and begun and (current or total):
            power = rules.scales[word]
            if power == 2:
                if current >= _HUNDRED:
                    break  # a hundred hundred is no number
                current *= _HUNDRED
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
        elif begun and word in rules.joiners and at + 1 < len(words):
            value = rules.cardinals.get(words[at + 1].word, 0) or rules.ordinals.get(words[at + 1].word, 0)
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


def _is_other(sentence: str, words: Sequence[NumberWord], at: int, end: int, rules: Conventions) -> bool:
    """Whether the words are part of a figure in digits, of a month, or mean something else."""
    start, stop = words[at].start, words[end - 1].end
    if words[at].word in rules.years and _YEAR_BEFORE.search(sentence, max(0, start - _YEARS_LENGTH), start):
        return not (rules.counters and rules.counters.match(sentence[stop : stop + 1 + _AHEAD].lstrip()))
    if _DIGIT_AFTER.match(sentence, stop) or _DIGIT_BEFORE.search(sentence, max(0, start - 3), start):
        return True
    beside = at > 0 and _APART.fullmatch(sentence, words[at - 1].end, start)
    before = words[at - 1].word if beside else ""
    if before in _MONTH and end == at + 1:
        return True
    if before in rules.ordinal_before:
        return False
    if end == at + 1 and words[at].word in rules.unsure:
        if at > 1 and before in rules.after_years and words[at - 2].word in rules.numbers:
            return False  # bốn trong năm mục tiêu
        behind = sentence[stop : stop + 1 + _AHEAD].lstrip()
        if not (rules.counters and rules.counters.match(behind)):
            return True
        if words[at].word in rules.years and (before in rules.after_years or before in rules.numbers):
            return True
    return False


_MONTH = frozenset({"tháng"})  # tháng ba: March
_AHEAD = 30  # characters in which the word that is counted begins
