"""The words of a sentence, cut so that each part of a number is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.checks.conventions import Conventions

__all__ = ["NumberWord", "read_words"]

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class NumberWord(NamedTuple):
    """A word in small letters, or a part of one that stands at `start:end`.

    `plain`: the word is in small letters, or the first of the sentence. `joined`: not its first part.
    """

    start: int
    end: int
    word: str
    plain: bool
    joined: bool


def read_words(sentence: str, rules: Conventions) -> list[NumberWord]:
    """The words of a sentence in order."""
    found: list[NumberWord] = []
    for match in _WORD.finditer(sentence):
        spelled = match.group()
        lower = spelled.lower()
        start = match.start()
        plain = not found or spelled == lower
        joined = False
        for part in [lower] if lower in rules.numbers else _hyphenated(lower.split("-"), rules):
            end = start + len(part)
            for piece in _pieces(part, rules):
                found.append(NumberWord(start, end, piece, plain, joined))
                joined = True
            start = end + 1
    return found


def _pieces(word: str, rules: Conventions) -> Sequence[str]:
    """The number words of which a word is made, or the word.

    >>> from extractors.checks.conventions import conventions
    >>> rules = conventions("de")
    >>> _pieces("dreihundertfünfundzwanzig", rules)
    ['drei', 'hundert', 'zwanzig', 'fünf']
    """
    if word in rules.numbers:
        return (word,)
    half = next((end for end in rules.halves if word.endswith(end)), None)
    if half and word.removesuffix(half) in rules.numbers:
        return (word.removesuffix(half), word)  # zweieinhalb
    if rules.compound is None or not rules.compound.fullmatch(word):
        return (word,)
    pieces = rules.part.findall(word)
    while "und" in pieces:  # the ones before the tens
        at = pieces.index("und")
        pieces[at - 1 : at + 2] = [pieces[at + 1], pieces[at - 1]] if 0 < at < len(pieces) - 1 else []
    return pieces


_LONGEST = 3  # parts of a number word: soixante-et-onze


def _hyphenated(parts: Sequence[str], rules: Conventions) -> Iterator[str]:
    """The parts of a word, those together that are one number: quatre-vingt, dix."""
    at = 0
    while at < len(parts):
        heads = ("-".join(parts[at : at + size]) for size in range(_LONGEST, 1, -1))
        head = next((head for head in heads if head in rules.numbers), parts[at])
        yield head
        at += head.count("-") + 1
