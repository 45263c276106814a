"""One side of a translated sentence: everything in it that counts, each read once, when it is first asked for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from extractors.checks.calendars import Calendar, read_calendar
from extractors.checks.conventions import Conventions, conventions
from extractors.checks.figures import Figure, Number, find_figures
from extractors.checks.function_words import any_of, pattern_of, word_list
from extractors.checks.landmarks import find_gaps, find_landmarks
from extractors.checks.number_words import NumberWord, read_words
from extractors.checks.numerals import Numeral, find_numerals
from extractors.checks.shares import Share, find_shares
from extractors.checks.words import count_words, find_romans
from extractors.concepts import Word, concepts, find_concepts, find_words
from extractors.conventions import convention
from extractors.idioms import find_idioms

__all__ = ["Side"]

# A letter alone is a numeral behind these words only: quý I, Đại hội lần thứ V.
_LETTER = re.compile(r"\b(?:[Qq]uý|thứ|[Kk]hóa|[Kk]hoá|[Qq]uarter|[Qq]uartal|[Tt]rimestre) ([IVX])(?!\w)")
_LETTERS = {"I": 1, "V": 5, "X": 10}


_WHOLE = 48  # characters before a number in which "one household in" stands
_HALF = 50  # what figures.toml gives words for a half
_BEFORE = 8  # characters before a figure in which a word for a rank stands


@lru_cache(maxsize=32)
def _before_whole(language: str) -> re.Pattern[str] | None:
    phrases = pattern_of("one_of", language)
    return re.compile(rf"\b(?:{phrases})\s*\Z", re.IGNORECASE) if phrases else None


class Side:
    """A sentence in its language."""

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language

    @cached_property
    def rules(self) -> Conventions | None:
        """How the language writes figures; None where it is not known."""
        return conventions(self.language)

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures in digits."""
        return find_figures(self.text, self.language)

    @cached_property
    def numerals(self) -> list[Numeral]:
        return find_numerals(self.text, self._number_words, self.shares, self.rules) if self.rules else []

    @cached_property
    def shares(self) -> list[Share]:
        return find_shares(self.text, self._number_words, self.rules) if self.rules else []

    @cached_property
    def _number_words(self) -> list[NumberWord]:
        return read_words(self.text, self.rules) if self.rules else []

    @cached_property
    def romans(self) -> list[tuple[int, int, int]]:
        return find_romans(self.text)

    @cached_property
    def words(self) -> Counter[int]:
        """How often each value could be meant by a word or a Roman numeral."""
        counts = count_words(self.text, self.language)
        counts.update(value for _, _, value in self.romans)
        counts.update(_LETTERS[match[1]] for match in _LETTER.finditer(self.text))
        return counts | Counter(numeral.value for numeral in self.numerals)

    @cached_property
    def undated(self) -> Counter[int]:
        """The same with the words for parts (fifths), and without the names of months."""
        return (self.words | Counter(self._parts)) - Counter(self.calendar.named)

    @cached_property
    def multiples(self) -> list[int]:
        """The multiples that words say: doubled, triple."""
        table = self.rules.multiples if self.rules else {}
        return [table[word.word] for word in self._number_words if table.get(word.word, 0) > 1]

    @cached_property
    def says_half(self) -> bool:
        """Whether a half is said in any way: 2.5, two and a half, anderthalb, halved."""
        digits = any(number.fraction == "5" for figure in self.figures for number in figure.readings[0])
        return digits or self.spells_half

    @cached_property
    def spells_half(self) -> bool:
        """Whether a half is said in words."""
        written = convention(self.language)
        return bool(
            self.undated[_HALF]
            or written.and_half.search(self.text)
            or any(word.word.endswith(written.halves) for word in self._number_words)
        )

    @cached_property
    def idioms(self) -> frozenset[Decimal]:
        """What is said without a number word: a quarter of an hour, half a million."""
        return frozenset(find_idioms(self.text, self.language))

    @cached_property
    def ratios(self) -> list[tuple[Numeral, Numeral]]:
        """Two numbers in words of which the first is a part of the second: four in five."""
        of = any_of("of", self.language)
        if of is None or len(self.numerals) < 2:
            return []
        found = []
        before = pattern_of("whole_first", self.language) or "(?!)"
        for one, other in pairwise(self.numerals):
            between = self.text[one.end : other.start]
            if one.value < other.value and re.fullmatch(rf"(?:\s[^\W\d]+){{0,5}}\s(?:{of})\s", between, re.IGNORECASE):
                found.append((one, other))
                continue
            led = re.search(rf"\b(?:{before})\s*\Z", self.text[max(0, one.start - _WHOLE) : one.start], re.IGNORECASE)
            if led and one.value > other.value and re.fullmatch(r"(?:,?\s[^\W\d]+){1,5},?\s", between):
                found.append((other, one))
        return found

    @cached_property
    def one_of(self) -> list[int]:
        """The wholes of which one is said: one household in five, every third household, un ménage sur trois."""
        before = _before_whole(self.language)
        if before is None:
            return []
        numbers = [(n.start, n.value) for n in self.numerals]
        numbers += [(f.start, int(f.readings[0][0].value)) for f in self.figures if not f.mark and not f.scale]
        return [v for at, v in numbers if v > 1 and before.search(self.text, max(0, at - _WHOLE), at)]

    @property
    def _parts(self) -> list[int]:
        """What the words for parts divide by: fifths."""
        table = self.rules.fractions if self.rules else {}
        return [table[word] for word in re.findall(r"[^\W\d_]+", self.text.lower()) if word in table]

    @cached_property
    def digits(self) -> Counter[Decimal]:
        """How often each value could be meant by digits outside of dates."""
        return Counter(
            value
            for figure in self.figures
            if not self.is_date(figure)
            for value in {number.value for reading in figure.readings for number in reading}
        )

    def spoken(self, wanted: Numeral | Share) -> Figure:
        """A number in words as a figure."""
        if isinstance(wanted, Numeral):
            number = Number(str(wanted.value))
        else:
            number = Number("0", f"{wanted.upper / wanted.lower:.4f}"[2:])
        return Figure(wanted.start, wanted.end, ((number,),), styled=True)

    @cached_property
    def calendar(self) -> Calendar:
        return read_calendar(self.text, self.language)

    def is_date(self, figure: Figure) -> bool:
        """Whether a figure is part of a date."""
        return figure.start in self._dated

    @cached_property
    def _dated(self) -> frozenset[int]:
        return frozenset(at for start, end in self.calendar.spans for at in range(start, end))

    def is_rank(self, figure: Figure) -> bool:
        """Whether a figure in digits says the place in an order: thứ 5, 5th."""
        if self.rules is None or figure.mark or figure.scale:
            return False
        if self.rules.ordinal_after and self.rules.ordinal_after.match(self.text, figure.end):
            return True
        before = self.text[max(0, figure.start - _BEFORE) : figure.start].lower().split()
        return bool(before and before[-1] in self.rules.ordinal_before)

    @cached_property
    def tokens(self) -> list[Word]:
        return find_words(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.tokens]

    def word_at(self, figure: Figure) -> int:
        """The number of the word with which a figure begins."""
        return bisect_left(self._starts, figure.start)

    def word_behind(self, figure: Figure) -> int:
        """The number of the first word behind a figure and its scale words."""
        at = bisect_left(self._starts, figure.end)
        scales = self.rules.scales if self.rules else {}
        while at < len(self.tokens) and self.tokens[at].text in scales:
            at += 1
        return at

    @cached_property
    def concepts(self) -> list[tuple[int, int, str]]:
        """What the words mean: first word, word behind the last, key."""
        found = find_concepts(self.tokens, self.language)
        return [one for one in found if not self._is_name(one[0], one[2])]

    def _is_name(self, at: int, key: str) -> bool:
        """Whether the word for a measure is a part of a name: Hoàng Tấn Minh is no tonne, M. Le no metre."""
        if self.language == "de" or at == 0 or key not in concepts() or not concepts()[key].is_measure:
            return False
        word = self.text[self.tokens[at].start : self.tokens[at].end]
        return word.istitle() and not self.tokens[at - 1].text[-1].isdigit()

    def concept_at(self, word: int) -> list[str]:
        """The keys of what begins with that word."""
        return [key for _, key in self.meanings.get(word, ())]

    @cached_property
    def meanings(self) -> dict[int, list[tuple[int, str]]]:
        """The same by their first word: the word behind the last, key."""
        found: dict[int, list[tuple[int, str]]] = {}
        for start, end, key in self.concepts:
            found.setdefault(start, []).append((end, key))
        return found

    @cached_property
    def landmarks(self) -> dict[str, list[tuple[int, int]]]:
        """By what its figures can be told apart."""
        found = find_landmarks(self.text, self.tokens, self.concepts, self.language)
        for start, key in self.calendar.places:
            at = bisect_left(self._starts, start)
            found.setdefault(key, []).append((at, at + 1))
        for places in found.values():
            places.sort()
        return found

    @cached_property
    def gaps(self) -> list[float]:
        """How far each word is from the first."""
        return find_gaps(self.tokens, self.language)

    def has_noun(self, figure: Figure) -> bool:
        """Whether a word that is not small stands right behind a figure."""
        at = self.word_behind(figure)
        word = self.tokens[at].text if at < len(self.tokens) else ""
        return word[:1].isalpha() and word not in word_list("ends_unit") and word not in word_list("small")
