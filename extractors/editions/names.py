"""The names of an original in its edition: as they are but for diacritics, shortened, or misspelt."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.editions.align import Block
from extractors.editions.mentions import Name, find_names, titles
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.editions.words import distance, words_between
from extractors.names import is_syllable

__all__ = ["Match", "match_names"]

_JOINED = re.compile("[ \u00a0\u202f-]")
_INFLECTION = 4  # letters that a language with cases adds to a name: Hanoissa, Quanowi
# Languages that leave names as they are, but for an s.
_PLAIN = frozenset("vi en de fr es pt it nl id ms sv da no".split())  # noqa: SIM905
_TELLING = 4  # letters of a syllable that hardly is an ordinary word of the edition (Am, In, Den)
_LONGEST = 8  # words of a name
_LATIN = re.compile("[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the original and the words of the edition that stand for it, `exact` or misspelt."""

    name: Name
    first: int
    end: int
    exact: bool


@dataclass
class _Search:
    """The names of one block. `free` are the words of the edition that stand for no name yet."""

    ours: Side
    theirs: Side
    known: frozenset[tuple[str, ...]]
    inside: frozenset[int]
    free: set[int] = field(default_factory=set)
    hopeless: set[tuple[str, ...]] = field(default_factory=set)
    _runs: dict[str, deque[tuple[int, int]]] = field(default_factory=dict)

    def begin(self, words: range) -> None:
        """Takes up the words of a block."""
        self.free, self._runs = set(words), {}
        self.hopeless.clear()
        for first in words:
            spelled = ""
            for end in range(first, min(first + _LONGEST, words.stop)):
                spelled += self.theirs.words[end].key
                for name in self._without_ending(spelled):
                    self._runs.setdefault(name, deque()).append((first, end + 1))

    def _without_ending(self, spelled: str) -> Iterator[str]:
        """What a run of words can be the name of, an ending of its language put aside."""
        yield spelled
        if self.theirs.language not in _PLAIN:
            yield from (spelled[:-n] for n in range(1, min(_INFLECTION, len(spelled) - 1) + 1))
        elif spelled.endswith("s"):
            yield spelled[:-1]

    def first_run(self, wanted: str) -> tuple[int, int] | None:
        """The first run of free words that is a name; what is not free will not be again."""
        runs = self._runs.get(wanted)
        while runs:
            first, end = runs[0]
            if all(at in self.free for at in range(first, end)):
                return first, end
            runs.popleft()
        return None

    def key(self, name: Name) -> tuple[str, ...]:
        return tuple(word.key for word in self.ours.words[name.first : name.end])


def match_names(original: Side, edition: Side, blocks: Sequence[Block]) -> list[Match]:
    """Which words of the edition stand for which name of the original, block by block.

    A name that an edition does not repeat (a pronoun, "the district") has no match. Names are compared in Latin
    letters only.
    """
    if len(_LATIN.findall(edition.text)) * 2 < len(edition.text.replace(" ", "")):
        return []
    names = find_names(original)
    inside = frozenset(i for name in find_names(edition) for i in range(name.first, name.end))
    single = {(original.words[name.end - 1].key,) for name in names if name.person or len(name) == 1}
    known = frozenset(run for run in _runs(original) if len(run) > 1) | single
    search = _Search(original, edition, known, inside)
    found: list[Match] = []
    for block in blocks:
        if block.original[0] < block.original[1] and block.edition[0] < block.edition[1]:
            here = _words(original, block.original)
            search.begin(_words(edition, block.edition))
            found += _match(search, [name for name in names if name.first in here])
    return found


def conflicts_of(original: Side, edition: Side, matches: Sequence[Match]) -> Iterator[Conflict]:
    """The names that are misspelt by more than their diacritics."""
    people = {person.id: person.name for person in original.record.people}
    for match in matches:
        if match.exact:
            continue
        ours = original.span(original.words[match.name.first].start, original.words[match.name.end - 1].end)
        theirs = edition.span(edition.words[match.first].start, edition.words[match.end - 1].end)
        message = f"{ours.text} became {theirs.text}: more than diacritics differ"
        if (full := people.get(match.name.id)) and full != ours.text:
            message += f" (the person is {full})"
        yield Conflict("name", ours, theirs, message)


def _words(side: Side, sentences: tuple[int, int]) -> range:
    start, end = side.sentences[sentences[0]][0], side.sentences[sentences[1] - 1][1]
    return words_between(side.words, start, end)


def _match(search: _Search, names: Sequence[Name]) -> Iterator[Match]:
    """Whole names first, then short forms, then misspelt ones, so that none takes the words of another."""
    left = sorted(names, key=len, reverse=True)
    for find in (_find_whole, _find_short, _find_near):
        for name in list(left):
            if match := find(search, name):
                left.remove(name)
                search.free -= set(range(match.first, match.end))
                yield match


def _find_whole(search: _Search, name: Name) -> Match | None:
    run = search.first_run("".join(search.key(name)))
    return Match(name, *run, True) if run else None


def _find_short(search: _Search, name: Name) -> Match | None:
    """The end of a person's name alone (Quân for Lê Thanh Quân), with no other name before it."""
    if not name.person:
        return None
    for length in range(1, len(name)):
        match = _find_whole(search, Name(name.first + length, name.end, name.id, True))
        if match and not _is_longer(search, name.first + length - 1, match.first):
            return Match(name, match.first, match.end, True)
    return None


def _is_longer(search: _Search, before: int, first: int) -> bool:
    """Whether the edition goes on to the left with a name, or with what the word `before` may have become."""
    if not _continues(search, first):
        return False
    given, wanted = search.theirs.words[first - 1].key, search.ours.words[before].key
    return first - 1 in search.inside or (given[0] == wanted[0] and distance(given, wanted) < len(wanted))


def _continues(search: _Search, index: int) -> bool:
    """Whether the word before belongs to the same run of capitalised words."""
    if index == 0:
        return False
    before, word = search.theirs.words[index - 1], search.theirs.words[index]
    return before.capital and bool(_JOINED.fullmatch(search.theirs.text, before.end, word.start))


def _find_near(search: _Search, name: Name) -> Match | None:
    """The most similar run of capitalised words that is no other name of the original."""
    wanted = search.key(name)
    if wanted in search.hopeless:
        return None
    best: tuple[int, int, int] | None = None
    for first in sorted(search.free):
        for length in range(max(1, len(wanted) - 1), len(wanted) + 2):
            end = first + length
            if not _is_run(search, first, end) or not _separate(search, first, end):
                continue
            given = tuple(word.key for word in search.theirs.words[first:end])
            apart = _apart(wanted, given, named=_is_named(search, first, end))
            if not (name.person or name.place) and not _is_local(search, first, end):
                continue  # Hợp tác xã Chè Mường Lai: Teegenossenschaft Muong Lai
            if apart is not None and given not in search.known and (best is None or apart < best[0]):
                best = apart, first, end
    if best is None:
        search.hopeless.add(wanted)
        return None
    return Match(name, best[1], best[2], False)


def _is_local(search: _Search, first: int, end: int) -> bool:
    """Whether all words could be Vietnamese."""
    words = search.theirs.words[first:end]
    return all(is_syllable(search.theirs.text[word.start : word.end]) for word in words)


def _is_named(search: _Search, first: int, end: int) -> bool:
    """Whether the reader of the edition found a name there, or a title stands before it."""
    if all(i in search.inside for i in range(first, end)):
        return True
    before = search.theirs.words[first - 1] if first else None
    return before is not None and before.key in titles(search.theirs.pack or "und")


def _is_run(search: _Search, first: int, end: int) -> bool:
    inside = all(i in search.free and search.theirs.words[i].capital for i in range(first, end))
    return inside and all(_continues(search, i) for i in range(first + 1, end))


def _separate(search: _Search, first: int, end: int) -> bool:
    """Whether the run is not cut out of a longer name."""
    theirs = search.theirs.words
    before = first - 1 in search.inside and first in search.inside and _continues(search, first)
    after = end < len(theirs) and end in search.inside and end - 1 in search.inside and _continues(search, end)
    return not before and not after


def _apart(wanted: tuple[str, ...], given: tuple[str, ...], *, named: bool) -> int | None:
    """How many letters part two names, None where they are not taken for one.

    `named` is whether the edition's reader found a name there. What is taken for a misspelling, by trial: a syllable
    of three or more that is another, missing or too many; of two, one that is at most two letters off, or another in
    what is surely a name; both of them by a letter; a single one by a letter, in what is surely a name.
    """
    letters = distance("".join(wanted), "".join(given))
    equal = sum(a == b for a, b in zip(wanted, given, strict=False))
    if len(wanted) == len(given) == 1:
        close = letters == 1 or (letters == 2 and len(wanted[0]) >= 5 and wanted[0][0] == given[0][0])
        sure = named or (letters == 1 and wanted[0][0] == given[0][0] and min(map(len, (*wanted, *given))) >= _TELLING)
        return letters if sure and close and min(len(wanted[0]), len(given[0])) > 1 else None
    if len(wanted) != len(given):
        longer, shorter = (wanted, given) if len(wanted) > len(given) else (given, wanted)
        dropped = len(shorter) > 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
        return letters if letters == 1 or (dropped and named and len(wanted) > 2) else None
    if len(wanted) == 2:
        if equal == 1:
            return letters if letters <= 2 or (named and wanted[0] == given[0]) else None
        return (
            letters if letters <= 2 and all(distance(a, b) == 1 for a, b in zip(wanted, given, strict=True)) else None
        )
    return letters if equal >= len(wanted) - 1 or letters <= 2 else None


def _runs(side: Side) -> frozenset[tuple[str, ...]]:
    """Every run of up to five capitalised words of a text, and every part of one that ends it."""
    runs: set[tuple[str, ...]] = set()
    words = side.words
    for first in range(len(words)):
        keys: tuple[str, ...] = ()
        index = first
        while index < len(words) and len(keys) < 5 and words[index].capital:
            if index > first and not _JOINED.fullmatch(side.text, words[index - 1].end, words[index].start):
                break
            keys = (*keys, words[index].key)
            runs.add(keys)
            index += 1
    return frozenset(runs)
