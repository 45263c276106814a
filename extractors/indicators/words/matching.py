"""Finds phrases in a list of words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["PAIR", "Pairs", "Phrases", "any_of", "words_of"]

_WORD = re.compile(r"\w+\*?|[^\w\s*]")


def words_of(phrase: str) -> tuple[str, ...]:
    """The words and marks of a phrase in lower case, as sentences are cut too; `*` stays with its word."""
    return tuple(_WORD.findall(phrase.lower().replace("’", "'")))


def any_of(phrases: Iterable[str]) -> str:
    """One of the phrases, the longest first, any white space between words."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(p).replace(r"\ ", r"[ \u00a0\u202f]") for p in ordered) or r"(?!)"


_Candidate = tuple[tuple[str, ...], frozenset[str]]
_MEMORY = 32_768  # words: the vocabulary of some hundred articles


@dataclass(slots=True)  # no tuple: its fields are read too often
class _Followers:
    """What may follow a first word: longer phrases by their second word, those with a stem there (`stems`), the word
    alone."""

    by_word: dict[str, tuple[_Candidate, ...]]
    by_stem: tuple[_Candidate, ...]
    stems: tuple[str, ...]
    alone: frozenset[str] | None

    def longer(self, second: str) -> tuple[_Candidate, ...]:
        """The longer phrases that a second word allows."""
        rows = self.by_word.get(second, ())
        return rows + self.by_stem if self.stems and second.startswith(self.stems) else rows


class Phrases:
    """Finds the longest of many phrases at a place in a list of words. A word `stem*` stands for all that begin so.

    Where a word fits several stems, all hold; where `specific`, only the longest does, and the whole word before it.
    A word `*ending` stands alone for all that end so, as German compounds do.
    """

    __slots__ = ("_endings", "_exact", "_lengths", "_shortest", "_specific", "_stems", "_tails", "begins")

    def __init__(self, entries: Iterable[tuple[str, str]], *, specific: bool = False) -> None:
        self._specific = specific
        gathered: dict[tuple[str, ...], set[str]] = {}
        self._endings: dict[str, set[str]] = {}
        for phrase, kind in entries:
            if phrase.startswith("*"):
                self._endings.setdefault(phrase[1:], set()).add(kind)
                continue
            gathered.setdefault(words_of(phrase), set()).add(kind)
        self._exact: dict[str, list[_Candidate]] = {}
        self._stems: dict[str, list[_Candidate]] = {}
        for words, kinds in gathered.items():
            first = words[0]
            table, key = (self._stems, first[:-1]) if first.endswith("*") else (self._exact, first)
            table.setdefault(key, []).append((words[1:], frozenset(kinds)))
        self._tails = tuple(self._endings)
        self._shortest = min(map(len, self._stems), default=0)
        lengths: dict[str, set[int]] = {}  # of the stems, by their first letters
        for stem in self._stems:
            lengths.setdefault(stem[: self._shortest], set()).add(len(stem))
        self._lengths = {head: sorted(found) for head, found in lengths.items()}
        self.begins = lru_cache(maxsize=_MEMORY)(self._gather)  # where it gives None, there is no need to `match`

    def _gather(self, word: str) -> _Followers | None:
        """The phrases that start with a word, the longest first, with the kinds of equal phrases put together."""
        rows: list[_Candidate] = []
        for length in self._lengths.get(word[: self._shortest], ()):
            if length <= len(word):
                rows += self._stems.get(word[:length], ())
        rows += self._exact.get(word, ())
        if self._tails and word.endswith(self._tails):
            ending = next(e for e in self._tails if word.endswith(e))
            rows.append(((), frozenset(self._endings[ending])))
        if not rows:  # most words, and in a new article many are new
            return None
        found: dict[tuple[str, ...], frozenset[str]] = {}
        for rest, kinds in rows:
            found[rest] = kinds if self._specific else found.get(rest, frozenset()) | kinds
        alone = found.pop((), None)
        by_word: dict[str, list[_Candidate]] = {}
        by_stem: list[_Candidate] = []
        for rest, kinds in sorted(found.items(), key=lambda row: -len(row[0])):
            stemmed = rest[0].endswith("*") and len(rest[0]) > 1
            (by_stem if stemmed else by_word.setdefault(rest[0], [])).append((rest, kinds))
        stems = tuple(rest[0][:-1] for rest, _ in by_stem)
        return _Followers({second: tuple(rows) for second, rows in by_word.items()}, tuple(by_stem), stems, alone)

    def match(self, words: Sequence[str], at: int) -> tuple[int, frozenset[str]] | None:
        """How many words the longest phrase at `at` covers, and its kinds."""
        if (followers := self.begins(words[at])) is None:
            return None
        if at + 1 < len(words):
            for rest, kinds in followers.longer(words[at + 1]):
                if _fits(rest, words, at + 1):
                    return len(rest) + 1, kinds
        return (1, followers.alone) if followers.alone is not None else None

    def each(self, words: Sequence[str], at: int) -> Iterator[tuple[int, frozenset[str]]]:
        """The same of every phrase at `at`, in no order."""
        if (followers := self.begins(words[at])) is None:
            return
        if at + 1 < len(words):
            for rest, kinds in followers.longer(words[at + 1]):
                if _fits(rest, words, at + 1):
                    yield len(rest) + 1, kinds
        if followers.alone is not None:
            yield 1, followers.alone


def _fits(rest: tuple[str, ...], words: Sequence[str], at: int) -> bool:
    if at + len(rest) > len(words):
        return False
    for part in rest:
        word = words[at]
        if word != part and not (part[-1] == "*" and len(part) > 1 and word.startswith(part[:-1])):
            return False
        at += 1
    return True


PAIR = " + "  # between the two phrases of a pair in the packs
_APART = 7  # words: farther from each other, two phrases are hardly said of one thing


class Pairs:
    """Finds pairs of phrases, in either order, with other words between them: "graduates + job"."""

    __slots__ = ("_halves", "_keys")

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        entries = list(entries)
        self._keys = [key for _, key in entries]
        self._halves = Phrases((half, f"{number}{place}") for number, (pair, _) in enumerate(entries)
                               for place, half in zip("ab", pair.split(PAIR), strict=True))  # fmt: skip

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int, str]]:
        """The pairs in the words: where the first phrase starts and the last ends, their words' number, the key."""
        found = []
        seen: dict[str, list[tuple[int, int]]] = {}  # where each half starts and ends, in the order of the text
        for at in range(len(words)):
            if self._halves.begins(words[at]) is None:
                continue
            for length, halves in self._halves.each(words, at):
                for half in sorted(halves):
                    number, place = half[:-1], half[-1]
                    for start, end in reversed(seen.get(number + ("a" if place == "b" else "b"), [])):
                        if end < at - _APART:
                            break
                        if end <= at:
                            found.append((start, at + length, end - start + length, self._keys[int(number)]))
                    seen.setdefault(half, []).append((at, at + length))
        return found
