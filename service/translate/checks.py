"""Does a translated sentence say the figures and names of its source? What can be put right with certainty is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.types import CheckCode
from service.translate.dates import rewrite_dates
from service.translate.figures import Figure, Number, conventions, count_words, find_figures, find_romans, write

__all__ = ["Loss", "Names", "Review", "review"]


@dataclass(frozen=True, slots=True)
class Loss:
    """What a translation lost or added; `start:end` is its place in the source sentence (all of it where added)."""

    code: CheckCode
    start: int
    end: int
    detail: str


@dataclass(frozen=True, slots=True)
class Review:
    """The translation with what could be repaired, and what is still wrong with it."""

    text: str
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class _Atom:
    """One number of a figure. `values` are what it can be worth, with and without an inherited scale."""

    figure: Figure
    number: Number
    values: frozenset[Decimal]
    alone: bool  # the only number of its figure


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def review(source: str, translation: str, *, languages: tuple[str, str], names: Names) -> Review:
    """Checks a translated sentence against its source and repairs what has one certain place.

    A figure counts as kept where the translation has its value in digits or as a word (3: three, 7: July),
    its percent sign and its scale. Comparators are not looked at.
    """
    text, name_losses = names.check(source, rewrite_dates(source, translation, languages))
    losses, edits = _figures(source, text, languages)
    if edits:
        text = _apply(text, edits)
        losses, _ = _figures(source, text, languages)
    return Review(text, (*losses, *name_losses))


def _apply(text: str, edits: list[_Edit]) -> str:
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


# --- figures -------------------------------------------------------------------------------------


def _figures(source: str, translation: str, languages: tuple[str, str]) -> tuple[list[Loss], list[_Edit]]:
    figures = find_figures(source, languages[0]), find_figures(translation, languages[1])
    romans = find_romans(source)
    if not figures[0] and not figures[1] and not romans:
        return [], []
    scaled = conventions(languages[0]) is not None and conventions(languages[1]) is not None
    wanted = _atoms(figures[0], lambda: _known(translation, figures[1], languages[1]), scaled)
    given = _atoms(figures[1], lambda: _known(source, figures[0], languages[0]), scaled)
    pairs = _pair(wanted, given)
    edits = [edit for _, b in pairs if (edit := _restyle(b, languages[1]))]
    losses = []
    for a, b in pairs:
        if problem := _mark_problem(a.figure, b.figure):
            edit = _mark_edit(a, b, given, languages[1])
            edits += [edit] if edit else []
            losses.append(_mark_loss(a.figure, b.figure, source, translation, problem))
    lost = _without(wanted, [a for a, _ in pairs])
    added = _without(given, [b for _, b in pairs])
    lost, added = _excuse(lost, added, (source, translation), languages)
    missing, added = _without_romans(romans, added, translation, languages[1])
    losses += [Loss("number_lost", start, end, source[start:end]) for start, end in missing]
    edits += _substitutions(lost, added, languages[1])
    losses += [_lost(a.figure, source) for a in lost]
    losses += [Loss("number_added", 0, len(source), _shown(a.figure, translation)) for a in added]
    return losses, edits


def _known(sentence: str, figures: list[Figure], language: str) -> set[Decimal]:
    """Every value that a sentence could mean, in digits or as a word."""
    values = {n.value for figure in figures for reading in figure.readings for n in reading}
    return values.union(map(Decimal, count_words(sentence, language)))


def _atoms(figures: list[Figure], known: Callable[[], set[Decimal]], scaled: bool) -> list[_Atom]:
    """The numbers of the figures, each figure in the reading that the other side also has."""
    atoms = []
    for figure in figures:
        reading = figure.readings[0]
        if len(figure.readings) > 1:
            values = known()
            reading = next((r for r in figure.readings if all(n.value in values for n in r)), reading)
        for number in reading:
            worth = {number.value.scaleb(figure.scale if scaled and number is reading[-1] else 0)}
            if figure.inherited:
                worth.add(number.value)
            atoms.append(_Atom(figure, number, frozenset(worth), len(reading) == 1))
    return atoms


def _pair(wanted: list[_Atom], given: list[_Atom]) -> list[tuple[_Atom, _Atom]]:
    """Which number of the translation is which of the source: same value, same mark first, then in order."""
    pairs: list[tuple[_Atom, _Atom]] = []
    left, free = list(wanted), list(given)
    for strict in (True, False):
        for atom in list(left):
            for other in free:
                if atom.values & other.values and (not strict or not _mark_problem(atom.figure, other.figure)):
                    pairs.append((atom, other))
                    left = _without(left, [atom])
                    free = _without(free, [other])
                    break
    return pairs


def _without(atoms: list[_Atom], taken: Sequence[_Atom]) -> list[_Atom]:
    identities = {id(atom) for atom in taken}
    return [atom for atom in atoms if id(atom) not in identities]


def _mark_problem(a: Figure, b: Figure) -> CheckCode | None:
    """Percent signs: a sign of the source's own must be there, one that the source lacks must not."""
    if a.mark == b.mark or (a.inherited and not b.mark) or (a.mark, b.mark) == ("pp", "points"):
        return None
    if a.mark in {"%", "pp"}:
        return "percentage_lost"
    return "number_added" if b.mark == "%" and not b.inherited else None


def _mark_loss(a: Figure, b: Figure, source: str, translation: str, code: CheckCode) -> Loss:
    detail = f"{_shown(a, source)} became {_shown(b, translation)}"
    return Loss(code, a.start, a.end, detail)


def _mark_edit(a: _Atom, b: _Atom, given: list[_Atom], language: str) -> _Edit | None:
    """A lost percent sign is put behind its number, where no other number of the sentence has that value."""
    if a.figure.mark != "%" or b.figure.mark != "" or sum(bool(a.values & other.values) for other in given) > 1:
        return None
    sign = "%" if language in {"en", "vi", "pt", "zh", "ja", "ko"} else "\u00a0%"
    return _Edit(b.figure.end, b.figure.end, sign)


def _restyle(b: _Atom, language: str) -> _Edit | None:
    """The right number in the wrong format (64,5 in English) is written anew."""
    if b.figure.styled or not b.alone or conventions(language) is None:
        return None
    return _Edit(b.figure.start, b.figure.end, write(b.number, language))


def _excuse(
    lost: list[_Atom], added: list[_Atom], sentences: tuple[str, str], languages: tuple[str, str]
) -> tuple[list[_Atom], list[_Atom]]:
    """Leaves out what the other side writes as a word, more often than its own side does."""
    if not lost and not added:
        return lost, added
    source, target = (count_words(s, language) for s, language in zip(sentences, languages, strict=True))
    target.update(value for _, _, value in find_romans(sentences[1]))
    lost = _spelled_out(lost, target - source)
    added = _spelled_out(added, source - target)
    return _afternoon(lost, added, sentences[1])


def _without_romans(
    romans: list[tuple[int, int, int]], added: list[_Atom], translation: str, language: str
) -> tuple[list[tuple[int, int]], list[_Atom]]:
    """The Roman numerals of the source that the translation has neither as such nor in digits nor as a word."""
    if not romans:
        return [], added
    given = Counter(value for _, _, value in find_romans(translation)) + count_words(translation, language)
    missing = []
    for start, end, value in romans:
        digits = [atom for atom in added if Decimal(value) in atom.values]
        if given[value] > 0:
            given[value] -= 1
        elif digits:
            added = _without(added, digits[:1])
        else:
            missing.append((start, end))
    return missing, added


def _spelled_out(atoms: list[_Atom], words: Counter[int]) -> list[_Atom]:
    left = []
    for atom in atoms:
        value = next((int(v) for v in atom.values if v == v.to_integral() and words[int(v)] > 0), None)
        if value is None:
            left.append(atom)
        else:
            words[value] -= 1
    return left


_CLOCK = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)


def _afternoon(lost: list[_Atom], added: list[_Atom], translation: str) -> tuple[list[_Atom], list[_Atom]]:
    """14 giờ is 2 p.m."""
    if not _CLOCK.search(translation):
        return lost, added
    for atom in list(lost):
        for other in added:
            if min(atom.values) - min(other.values) == 12:
                lost, added = _without(lost, [atom]), _without(added, [other])
                break
    return lost, added


def _substitutions(lost: list[_Atom], added: list[_Atom], language: str) -> list[_Edit]:
    """What the lost numbers are to replace: the number with their digits, or the only one that is too many."""
    if conventions(language) is None:
        return []
    edits = []
    for atom in lost:
        same = [other for other in added if _digits(other) == _digits(atom)]
        twins = [other for other in lost if _digits(other) == _digits(atom)]
        if len(same) == len(twins) == 1:
            place = same[0]
        elif len(lost) == len(added) == 1 and _alike(atom, added[0]):
            place = added[0]
        else:
            continue
        if (
            place.alone
            and atom.alone
            and (atom.figure.scale, atom.figure.mark) == (place.figure.scale, place.figure.mark)
        ):
            edits.append(_Edit(place.figure.start, place.figure.end, write(atom.number, language)))
    return edits


def _alike(a: _Atom, b: _Atom) -> bool:
    """Digits in another order, or two percentages: the one is what became of the other."""
    return sorted(_digits(a)) == sorted(_digits(b)) or a.figure.mark == b.figure.mark == "%"


def _digits(atom: _Atom) -> str:
    return atom.number.integer + atom.number.fraction


def _lost(figure: Figure, source: str) -> Loss:
    code: CheckCode = "percentage_lost" if figure.mark in {"%", "pp"} and not figure.inherited else "number_lost"
    return Loss(code, figure.start, figure.end, _shown(figure, source))


_TAIL = re.compile(r"[^\W\d_]*[\s\u00a0\u202f]?(?:%|[^\W\d_]+)?")


def _shown(figure: Figure, sentence: str) -> str:
    """The figure with the word behind it, for a reader."""
    tail = _TAIL.match(sentence, figure.end)
    return (sentence[figure.start : figure.end] + (tail.group() if tail else "")).strip()


# --- names ---------------------------------------------------------------------------------------


def bare(text: str) -> str:
    """The text without diacritics, in its own case.

    >>> bare("Lê Thanh Quân, Đắk Lắk")
    'Le Thanh Quan, Dak Lak'
    """
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if not unicodedata.combining(c))


class Names:
    """The names that a translation has to keep. Words in small letters before a name are left off (xã Lang Quán)."""

    def __init__(self, names: Sequence[str]) -> None:
        cleaned = {_proper(unicodedata.normalize("NFC", name)) for name in names}
        self._names = sorted((n for n in cleaned if len(n) > 1), key=len, reverse=True)
        self._exact = _any_of(self._names)
        spelled = {bare(form): name for name in reversed(self._names) for form in (name, name.upper())}
        self._spelled = spelled
        self._bare = _any_of(sorted(spelled, key=len, reverse=True))

    def find(self, sentence: str) -> list[tuple[int, int]]:
        """Where names stand in a sentence, the longest first where one holds another."""
        return [m.span() for m in self._exact.finditer(sentence)] if self._exact else []

    def check(self, source: str, translation: str) -> tuple[str, list[Loss]]:
        """The translation with the names in their own spelling, and the names that it does not have."""
        spans = self.find(source)
        if not spans or not self._bare:
            return translation, []
        wanted: dict[str, list[tuple[int, int]]] = {}
        for start, end in spans:
            wanted.setdefault(source[start:end], []).append((start, end))
        translation, given = self._respell(translation, wanted)
        losses = []
        for name, places in wanted.items():
            enough = given[name] + _spare(name, wanted, given)
            losses += [Loss("name_lost", start, end, name) for start, end in places[enough:]]
        return translation, sorted(losses, key=lambda loss: loss.start)

    def _respell(self, translation: str, wanted: dict[str, list[tuple[int, int]]]) -> tuple[str, Counter[str]]:
        assert self._bare
        translation = unicodedata.normalize("NFC", translation)
        plain, given, edits = bare(translation), Counter[str](), []
        if len(plain) != len(translation):  # a letter that falls into two: no offsets, no respelling
            return translation, Counter(self._spelled[m.group()] for m in self._bare.finditer(plain))
        for match in self._bare.finditer(plain):
            name = self._spelled[match.group()]
            given[name] += 1
            written = translation[match.start() : match.end()]
            if name in wanted and written != name and match.group() == bare(name):
                edits.append(_Edit(match.start(), match.end(), name))
        return _apply(translation, edits), given


def _spare(name: str, wanted: dict[str, list[tuple[int, int]]], given: Counter[str]) -> int:
    """How often a longer name stands for this one: "Quân" may have become "Lê Thanh Quân"."""
    longer = [n for n in given if n != name and re.search(rf"\b{re.escape(name)}\b", n)]
    return sum(max(0, given[n] - len(wanted.get(n, ()))) for n in longer)


@lru_cache(maxsize=4096)
def _proper(name: str) -> str:
    words = name.split()
    while words and words[0][0].islower():
        words = words[1:]
    return " ".join(words)


def _any_of(names: Sequence[str]) -> re.Pattern[str] | None:
    """Matches any of the names as whole words; a German or English s may follow."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?=s?(?!\w))") if names else None
