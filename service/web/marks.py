"""Cuts an article's text into paragraphs, sentences and pieces, each piece with the facts that cover it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from extractors.text import split_sentences

Kind = Literal["person", "unit", "indicator"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place of the text that a fact was found in; `fact` is the key of the fact on the page."""

    start: int
    end: int
    fact: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks, the narrowest first; `first` where its narrowest mark begins."""

    text: str
    marks: tuple[Mark, ...] = ()
    first: bool = False

    @property
    def facts(self) -> str:
        return " ".join(dict.fromkeys(mark.fact for mark in self.marks))

    @property
    def classes(self) -> str:
        """The kind of the narrowest mark, and the kinds of those around it."""
        inner, *outer = dict.fromkeys(mark.kind for mark in self.marks)
        return " ".join([inner, *(f"in-{kind}" for kind in outer)])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its translation; `anchor` is its address on the page."""

    start: int
    pieces: tuple[Piece, ...]
    translation: str | None = None
    checks: tuple[dict[str, Any], ...] = ()

    @property
    def anchor(self) -> str:
        return f"s{self.start}"


Paragraph = tuple[Sentence, ...]


def sentence_starts(record: dict[str, Any]) -> list[int]:
    """Where the sentences of a record begin: as they were translated, or else as the text is split.

    A paragraph always begins one. `#s{start}` is the address of a sentence on the article's page.
    """
    text: str = record["text"]
    translated = record["translation"]["sentences"]
    starts = [s["start"] for s in translated] or [start for start, _ in split_sentences(text)]
    lines = (at + 1 for at, letter in enumerate(text) if letter == "\n")
    return sorted({0, *lines, *(start for start in starts if start < len(text))})


def anchor(starts: list[int], offset: int) -> str:
    """The address of the sentence that holds the offset.

    >>> anchor([0, 10, 25], 24)
    's10'
    """
    return f"s{starts[max(0, bisect_right(starts, offset) - 1)]}"


def read_paragraphs(record: dict[str, Any], marks: list[Mark]) -> list[Paragraph]:
    """The whole text, nothing left out: a paragraph a line, its sentences in order."""
    text: str = record["text"]
    translations = {s["start"]: s["text"] for s in record["translation"]["sentences"]}
    checks = record["translation"]["checks"]
    starts = sentence_starts(record)
    marks = sorted(marks, key=lambda mark: mark.end - mark.start)
    paragraphs: list[list[Sentence]] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if start == 0 or text[start - 1] == "\n":
            paragraphs.append([])
        pieces = cut(text, start, end, marks)
        lost = tuple(check for check in checks if start <= check["start"] < end)
        paragraphs[-1].append(Sentence(start, pieces, translations.get(start), lost))
    return [tuple(paragraph) for paragraph in paragraphs]


def cut(text: str, start: int, end: int, marks: list[Mark]) -> tuple[Piece, ...]:
    """The pieces of `text[start:end]`; `marks` are sorted, the narrowest first, and may overlap in any way."""
    here = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    inside = {at for mark in here for at in (mark.start, mark.end) if start < at < end}
    cuts = sorted({start, end} | inside)
    pieces = []
    for a, b in pairwise(cuts):
        over = tuple(mark for mark in here if mark.start <= a and mark.end >= b)
        pieces.append(Piece(text[a:b].rstrip("\n"), over, bool(over) and max(over[0].start, start) == a))
    return tuple(pieces)
