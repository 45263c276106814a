"""What the words of a sentence mean, as far as figures go: what is measured, counted or spoken of (`concepts.csv`)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extractors.indicators.words.lexicon import load_figures
from extractors.indicators.words.matching import Phrases
from extractors.packs import languages

__all__ = ["Concept", "Word", "concepts", "find_concepts", "find_words"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[23²³](?!\w))?|[^\w\s]")
_LANGUAGES = ("vi", "en", "de", "fr", "pt", "es")


class Word(NamedTuple):
    """A word, number or mark of a sentence, in small letters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A row of the table. `kind`: a kind of measure, "counted", or "subject"; `size`: of a measure, in its smallest.

    `like`: which counted things can be confused, the general word for them being as good as any of them; "~" before it
    where they are called by many other words as well.
    """

    key: str
    kind: str
    size: Decimal
    like: str

    @property
    def is_measure(self) -> bool:
        return self.kind not in ("counted", "subject")


@lru_cache(maxsize=1)
def _rows() -> list[dict[str, str]]:
    with Path(__file__).with_name("concepts.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@lru_cache(maxsize=1)
def concepts() -> dict[str, Concept]:
    """The table by key."""
    table = {}
    for row in _rows():
        measure = row["kind"] not in ("counted", "subject")
        size = Decimal(row["like"]) if measure else Decimal(0)
        table[row["key"]] = Concept(row["key"], row["kind"], size, "" if measure else row["like"])
    return table


@lru_cache(maxsize=16)
def _phrases(language: str) -> tuple[Phrases, ...]:
    """The phrases of the table, and those of the language pack for the topics of figures."""
    if language not in _LANGUAGES:
        return ()
    own = Phrases((form, row["key"]) for row in _rows() for form in row[language].split("|") if form)
    return (own, load_figures(language).topic_forms) if language in languages() else (own,)


def find_words(sentence: str) -> list[Word]:
    """The words, numbers and marks of a sentence.

    >>> [word.text for word in find_words("12,5 km² à l'Est, 24-km")]
    ['12,5', 'km²', 'à', 'l', "'", 'est', ',', '24', '-', 'km']
    """
    return [Word(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in _WORD.finditer(sentence)]


def find_concepts(words: Sequence[Word], language: str) -> Iterator[tuple[int, int, str]]:
    """The concepts of a sentence, the longest phrases only: first word, word behind the last, key.

    Topics of the language packs have their key behind a "#".
    """
    spelled = [word.text for word in words]
    for mark, phrases in zip(("", "#"), _phrases(language), strict=False):
        behind = 0
        for at, word in enumerate(spelled):
            if at >= behind and phrases.begins(word) and (hit := phrases.match(spelled, at)):
                behind = at + hit[0]
                for key in hit[1]:
                    yield at, behind, mark + key
