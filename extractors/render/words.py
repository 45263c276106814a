"""Reads how a language says facts: `render.toml`, `unit_types.csv`, `roles.csv` and `topics.csv` of its pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractors.packs import LANGUAGES, TOPIC_COLUMNS, forms, read_settings, read_table
from extractors.text import fold

__all__ = ["FIELDS", "Office", "UnitType", "Words", "capitalise", "languages", "load_words"]

FIELDS = Path(__file__).parent / "fields.csv"
FIELD_COLUMNS = ("field", "vi", "de", "en", "fr")

_TEXTS = """
    decimal group colon dash quotes and comma percent points goal share share_of
    place place_numbered of_place of_name numbered body is
"""
_TABLES = """
    of offices comparators statements fractions scales counted periods fields bodies places heads first_words
"""
_KEYS = frozenset(
    (
        *_TEXTS.split(),
        *_TABLES.split(),
        "singular_below_two",
        "elision",
        "noun_first",
        "indefinite",
        "links",
        "standing_words",
    )
)


@dataclass(frozen=True, slots=True)
class UnitType:
    """What a kind of unit is called; `genitive` differs from the label in German alone."""

    label: str
    gender: str
    genitive: str


@dataclass(frozen=True, slots=True)
class Office:
    """The forms of an office by gender, alone and before its unit; no forms where they are made by rule."""

    forms: tuple[str, ...]
    with_unit: tuple[str, ...]
    deputy: tuple[str, ...]
    deputy_with_unit: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Words:
    """All that a language needs to say facts.

    `texts` and `tables` are those of `render.toml`; `nouns` has what names of units begin with, the
    longest first; `topics` the forms of each topic, of which the first is its label.
    """

    language: str
    texts: Mapping[str, str]
    tables: Mapping[str, Mapping[str, Any]]
    singular_below_two: bool
    elision: bool
    indefinite: tuple[str, ...]
    links: tuple[str, ...]
    standing_words: tuple[str, ...]
    units: Mapping[str, UnitType]
    offices: Mapping[str, Office]
    nouns: tuple[UnitType, ...]
    topics: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, str]

    def fill(self, template: str, *values: str, **named: str) -> str:
        """The template with its places filled in; a French `de` before a vowel becomes `d'`."""
        if self.elision:
            template = _elide(template, values, named)
        return template.format(*values, **named)

    def of(self, gender: str, noun: str) -> str:
        """The noun in the genitive with its article: of the …, des …, du …; alone in Vietnamese."""
        patterns = self.tables["of"]
        if self.elision and _starts_with_vowel(noun):
            gender = "vowel"
        return str(patterns[gender]).format(noun)

    def quote(self, text: str) -> str:
        """A name or phrase in the words of another language, in quotation marks."""
        return self.texts["quotes"].format(text)

    def form(self, cell: str, value: float) -> str:
        """The form of a cell `one|many` that goes with a number."""
        found = cell.split("|")
        one = abs(value) < 2 if self.singular_below_two else value == 1
        return found[0] if one or len(found) == 1 else found[1]


def languages() -> tuple[str, ...]:
    """The languages that facts can be rendered in."""
    return tuple(sorted(path.parent.name for path in LANGUAGES.glob("*/render.toml")))


@cache
def load_words(language: str) -> Words:
    """The words of a language. Raises KeyError where it renders no facts, PackError where its files are wrong."""
    if language not in languages():
        raise KeyError(f"facts cannot be rendered in {language!r}: only in {', '.join(languages())}")
    folder = LANGUAGES / language
    settings = read_settings(folder / "render.toml", _KEYS)
    units = _read_units(folder / "unit_types.csv")
    topics = read_table(folder / "topics.csv", TOPIC_COLUMNS)
    return Words(
        language=language,
        texts={key: settings[key] for key in _TEXTS.split()},
        tables={key: settings[key] for key in _TABLES.split()},
        singular_below_two=settings["singular_below_two"],
        elision=settings["elision"],
        indefinite=tuple(settings["indefinite"]),
        links=tuple(settings["links"]),
        standing_words=tuple(settings["standing_words"]),
        units=units,
        offices=_read_offices(folder / "roles.csv"),
        nouns=_read_nouns(units.values(), noun_first=settings["noun_first"]),
        topics={row["key"]: (*forms(row["forms"]), *forms(row["within"])) for row in topics},
        fields={row["field"]: forms(row[language])[0] for row in read_table(FIELDS, FIELD_COLUMNS)},
    )


def _read_units(path: Path) -> dict[str, UnitType]:
    rows = read_table(path, ("type", "label", "gender", "genitive"))
    return {row["type"]: UnitType(row["label"], row["gender"], row["genitive"] or row["label"]) for row in rows}


def _read_nouns(units: Iterable[UnitType], *, noun_first: bool) -> tuple[UnitType, ...]:
    """The labels, and their first word where it is the noun: Zentrum [für Seuchenkontrolle], not Ständiger."""
    nouns = {kind.label.lower(): kind for kind in units}
    for kind in list(nouns.values()):
        first, _, rest = kind.label.partition(" ")
        if noun_first or (first[0].isupper() and rest[:1].islower()):
            nouns.setdefault(first.lower(), UnitType(first, kind.gender, kind.genitive.partition(" ")[0]))
    return tuple(sorted(nouns.values(), key=lambda kind: -len(kind.label)))


def _read_offices(path: Path) -> dict[str, Office]:
    columns = ("office", "forms", "with_unit", "deputy", "deputy_with_unit")
    return {row["office"]: Office(*(forms(row[name]) for name in columns[1:])) for row in read_table(path, columns)}


def capitalise(text: str) -> str:
    """The text with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


# --- French elision -------------------------------------------------------------------------------

_DE = re.compile(r"\b([Dd])e \{(\w*)\}")
_VOWELS = frozenset("aeiou")  # y and h of Vietnamese names take no elision: la province de Yên Bái, de Hà Giang


def _starts_with_vowel(text: str) -> bool:
    """Whether `de` is elided before the text; a mute h is one of a French noun in small letters (hôpital)."""
    first = text[:1]
    return fold(first) in _VOWELS or first == "h"


def _elide(template: str, values: tuple[str, ...], named: Mapping[str, str]) -> str:
    def replaced(found: re.Match[str]) -> str:
        value = named[found[2]] if found[2] else values[0]
        return f"{found[1]}'{{{found[2]}}}" if _starts_with_vowel(value) else found[0]

    return _DE.sub(replaced, template) if "e {" in template else template
