"""Numbers and percentages: reads them as each language writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.indicators.words.lexicon import FigureLexicon
from extractors.indicators.words.matching import words_of

__all__ = ["Percentage", "find_percentages", "read_number", "read_number_words"]


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage as it is printed, `text[start:end]` from its number to its sign.

    `sign` is +1 or -1 where one is printed; `pair` says `from` and `to` for two levels, `list` for numbers that
    share one percent sign.
    """

    start: int
    end: int
    value: float
    value_max: float | None
    unit: str
    sign: int
    pair: str | None
    derived: bool
    rule: str


_NEXT = 24  # characters behind a fraction in which its measure stands
_BLANKS = dict.fromkeys(map(ord, " \u00a0\u202f"))
_MARKS = dict.fromkeys(map(ord, ".,"))


def read_number(text: str, decimal: str) -> float:
    """The value of a number in figures; `decimal` is the mark of the language, "" where it is not known.

    >>> read_number("8.249,702", ","), read_number("62.5", ","), read_number("1,204", ".")
    (8249.702, 62.5, 1204.0)
    """
    text = text.translate(_BLANKS)
    marks = [c for c in text if c in ".,"]
    if not marks:
        return float(text)
    last = marks[-1]
    grouped = all(len(part) == 3 for part in text.replace(",", ".").split(".")[1:]) and text[0] != "0"
    alone = len(marks) == 1 and (last == decimal or not grouped or not decimal)
    fraction = len(set(marks)) == 2 or alone
    if not fraction:
        return float(text.translate(_MARKS))
    whole, _, rest = text.rpartition(last)
    return float(whole.translate(_MARKS) + "." + rest)


def read_number_words(words: list[str], lexicon: FigureLexicon) -> tuple[int, float] | None:
    """How many of the last words are a number in words, and its value.

    Shapes: "zwölf", "chín mươi lăm", "sieben Komma fünf". None where the last word is no number.
    """
    for length in range(min(lexicon.number_length, len(words)), 0, -1):
        value = lexicon.numbers.get(" ".join(words[-length:]))
        if value is None:
            continue
        rest = words[:-length]
        if rest and rest[-1] in lexicon.comma_words and (whole := read_number_words(rest[:-1], lexicon)):
            return length + 1 + whole[0], whole[1] + value / 10 ** len(str(value))
        return length, float(value)
    return None


def find_percentages(text: str, lower: str, lexicon: FigureLexicon) -> list[Percentage]:
    """All percentages and percentage points of the text in order; `lower` is the text in small letters."""
    found: list[Percentage] = []
    for match in lexicon.percentages.finditer(lower):
        if _in_address(text, match.start()):
            continue
        floor = found[-2].end if len(found) > 1 else 0
        new = _from_figures(lower, match, floor, lexicon)
        while new and found and found[-1].end > new[0].start:
            found.pop()  # the lower end of a range, with a sign of its own
        found.extend(new)
    worded = [one for match in lexicon.percent_words.finditer(lower) for one in _from_words(lower, match, lexicon)]
    worded.extend(_fractions(lower, lexicon))
    if worded:
        taken = {p.end for p in found}
        found = sorted([*found, *(p for p in worded if p.end not in taken)], key=lambda p: p.start)
    return found


def _in_address(text: str, at: int) -> bool:
    """Whether the place is inside a web address, where `%` is an escape."""
    return "://" in text[text.rfind(" ", 0, at) + 1 : at]


_LOST_COMMA = re.compile(r"(?<![\w.,])(\d{1,2})[ \u00a0](\d{1,2})\Z")


def _from_figures(lower: str, match: re.Match[str], floor: int, lexicon: FigureLexicon) -> list[Percentage]:
    points = match["points"] is not None or match["bare"] is not None
    if match["bare"] is not None and not _is_points(lower, match, lexicon):
        return []
    end = match.end()
    if match["points"] is not None and match["points"][0] in "%％" and _counts_points(lower, end, lexicon):
        points, end = False, match.start("points") + 1  # "5% điểm thi đua": a share of the marks
    unit = "pp" if points else "%"
    start, value = match.start("number"), read_number(match["number"], lexicon.decimal)
    if lexicon.lost_comma and (lost := _LOST_COMMA.search(lower, max(floor, start - 4), match.end("number"))):
        start, value = lost.start(), read_number(f"{lost[1]}.{lost[2]}", ".")
    sign = _sign(lower, start)
    rule = "percent.points" if points else "percent.sign" if lower[end - 1] in "%％" else "percent.word"
    one = Percentage(start - (1 if sign else 0), end, value, None, unit, sign, None, False, rule)
    return _with_lower(lower, one, floor, lexicon)


def _counts_points(lower: str, end: int, lexicon: FigureLexicon) -> bool:
    """Whether points are things that a percentage counts: a noun follows, no comparison."""
    noun = lower[end : end + 1] == " " and lower[end + 1 : end + 2].isalpha()
    return noun and not lexicon.bare_after.match(lower, end)


def _is_points(lower: str, match: re.Match[str], lexicon: FigureLexicon) -> bool:
    """Whether bare "points" are percentage points: a comparison follows, a change or a fraction precedes."""
    before = lower[max(0, match.start() - _NEAR) : match.start()].rpartition(". ")[2]
    if any(word in lexicon.lists_of and "scores" in lexicon.lists_of[word] for word in words_of(before)):
        return False  # "the average score rose by 0.4 points"
    if lexicon.bare_after.match(lower, match.end()):
        return True
    if lexicon.bare_before.search(lower, max(0, match.start() - _WINDOW), match.start()):
        return True
    if _IN_BRACKET.search(lower, max(0, match.start() - _NEAR), match.start()):
        return True
    fraction = re.search(r"[.,]\d", match["number"])
    return bool(fraction) and read_number(match["number"], lexicon.decimal) < _SCORE


_SCORE = 20  # points: so many are a score, no difference: "64.17 points"
_NEAR = 60  # characters: a share, its whole and a bracket
_IN_BRACKET = re.compile(r"%[^%.()\n]*\([^%()\d]{0,12}\Z")  # "26 % of arrivals (+9 points)": the change of a share


def _sign(lower: str, start: int) -> int:
    """+1 or -1 where a plus or a minus stands right before the number, and no number before that."""
    mark = lower[start - 1 : start]
    before = lower[max(0, start - 2) : start - 1]
    if mark in ("+", "-", "−", "–") and mark and (not before or before in " \u00a0\u202f(:|\n,;"):
        return 1 if mark == "+" else -1
    return 0


_DIGIT = re.compile(r"\d")
_WINDOW = 40  # characters: a number with its sign and the word that joins it to the next


def _with_lower(lower: str, one: Percentage, floor: int, lexicon: FigureLexicon) -> list[Percentage]:
    """The percentage with what shares its sign: a range, a pair of levels, or the numbers of a list before it."""
    window = max(floor, one.start - _WINDOW)
    if one.sign or not _DIGIT.search(lower, window, one.start):
        return [one]
    if match := lexicon.between.search(lower, window, one.start):
        low = read_number(match["low"], lexicon.decimal)
        if low < one.value:
            return [replace(one, start=match.start("low"), value=low, value_max=one.value)]
    if match := lexicon.low_before.search(lower, window, one.start):
        low = read_number(match["low"], lexicon.decimal)
        signed = match["sign"] is not None
        pair = match["join"] in lexicon.pair_joins or _changes(lower, match.start("low"), lexicon, signed=signed)
        if low >= one.value or pair:
            if match["join"] is None:
                return [one]
            first = replace(one, start=match.start("low"), end=_end_of_low(lower, match), value=low, pair="from")
            return [first, replace(one, pair="to")]
        if match["bound"]:
            return [one]  # "5 to at least 7 %" is no range
        sign = _sign(lower, match.start("low"))
        start = match.start("low") - (1 if sign else 0)
        return [replace(one, start=start, value=low, value_max=one.value, sign=sign)]
    return _with_list(lower, one, floor, lexicon)


def _end_of_low(lower: str, match: re.Match[str]) -> int:
    """Where the first of two levels ends: after its own percent sign or word where it has one."""
    end = match.end("low") if match["sign"] is None else match.end("sign")
    return end - (lower[end - 1] in " \u00a0\u202f")


_CHANGE = 60  # characters from a verb of change to the first of two levels: "rose sharply in two years from 5 to 8 %"


def _changes(lower: str, at: int, lexicon: FigureLexicon, *, signed: bool) -> bool:
    """Whether "from" opens a pair of levels there: a verb of change stands before it, or of a share whose first level
    has a percent sign of its own."""
    if not lexicon.pair_opener.search(lower, max(0, at - 20), at):
        return False
    words = re.findall(r"\w+", lower[max(0, at - _CHANGE) : at].rpartition("\n")[2])
    kinds = frozenset().union(*(hit[1] for i in range(len(words)) if (hit := lexicon.cues.match(words, i))))
    return "moves" in kinds or (signed and kinds >= {"proportion", "up"})  # "the rate rose from 71 % to 90 %"


_RESPECTIVELY = 90  # characters between "respectively" and the first number of its list: a short clause


def _with_list(lower: str, one: Percentage, floor: int, lexicon: FigureLexicon) -> list[Percentage]:
    listed = [one]
    while match := lexicon.list_before.search(lower, max(floor, listed[0].start - _WINDOW), listed[0].start):
        start, end = match.span("low")
        value = read_number(match["low"], lexicon.decimal)
        listed.insert(0, replace(one, start=start, end=end, value=value, pair="list", rule="percent.list"))
    if len(listed) == 1:
        return listed
    nearby = lower[max(0, listed[0].start - _RESPECTIVELY) : min(len(lower), one.end + 20)].replace("\n", " ")
    words = re.findall(r"\w+", nearby)
    if any((hit := lexicon.cues.match(words, i)) and "respectively" in hit[1] for i in range(len(words))):
        return [*listed[:-1], replace(one, pair="list", rule="percent.list")]
    return [one]


def _from_words(lower: str, match: re.Match[str], lexicon: FigureLexicon) -> list[Percentage]:
    begin = max(lower.rfind("\n", 0, match.start()), lower.rfind(",", 0, match.start()), match.start() - 60, 0)
    tokens = list(re.finditer(r"[^\W\d_]+", lower[begin : match.start()]))
    words = [t.group() for t in tokens]
    if not (read := read_number_words(words, lexicon)):
        return []
    length, value = read
    start = begin + tokens[-length].start()
    one = Percentage(
        start, match.end(), value, None, "pp" if match["points"] else "%", 0, None, False, "percent.number_word"
    )
    joined = re.search(r"(\w+)\W+\Z", lower[begin:start])
    low = read_number_words(words[: -length - 1], lexicon) if joined and joined[1] in lexicon.joins else None
    if low and low[1] < value:
        return [replace(one, start=begin + tokens[-length - 1 - low[0]].start(), value=low[1], value_max=value)]
    return [one]


def _fractions(lower: str, lexicon: FigureLexicon) -> list[Percentage]:
    """Fractions in words as percentages: "zwei Drittel"; not the half of a year, "the first half of June"."""
    if lexicon.fractions is None:
        return []
    values = lexicon.fraction_values
    return [
        Percentage(m.start(), m.end(), float(values[m.group()]), None, "%", 0, None, True, "fraction.word")
        for m in lexicon.fractions.finditer(lower)
        if values[m.group()]
        and not _is_amount(lower, m.end(), lexicon)
        and lower[: m.start()].rpartition(" ")[0].rpartition(" ")[2] not in lexicon.ordinals
    ]


def _is_amount(lower: str, end: int, lexicon: FigureLexicon) -> bool:
    """Whether a measure follows the fraction, so that it is no share: "nửa tỷ đồng", "half a million"."""
    words = words_of(lower[end : end + _NEXT])
    if words and (hit := lexicon.cues.match(words, 0)) and "det" in hit[1] and "of" not in hit[1]:
        words = words[hit[0] :]
    hit = lexicon.cues.match(words, 0) if words else None
    return hit is not None and "measure" in hit[1]
