"""The words that surround figures: reads `figures.toml`, `number_words.csv` and `topics.csv` of a language pack."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

from extractors.indicators.words.amount_words import Amounts, read_amounts
from extractors.indicators.words.matching import PAIR, Pairs, Phrases, any_of, words_of
from extractors.indicators.words.openings import openings
from extractors.indicators.words.period_patterns import period_patterns
from extractors.indicators.words.vocabulary import BOUNDS, CUES, LISTS
from extractors.packs import LANGUAGES, TOPIC_COLUMNS, PackError, forms, read_settings, read_table
from extractors.spelling import tone_spellings

__all__ = ["BOUNDS", "CUES", "FigureLexicon", "load_figures"]

_SETTING_NAMES = """
    decimal lost_comma capital_nouns verb_last bare_noun_after count_words isolating
    percent points bare_points bare_before bare_after joins pair_joins pair_openers between list_joins comma_words
    months ordinals year_back periods references unit_nouns fractions counted amounts vague resuming measures cues lists
"""
_SETTINGS = frozenset(_SETTING_NAMES.split())


class Look(NamedTuple):
    """What is seen of a word by itself: the kind of its piece, the lists that it stands in, whether a phrase may begin
    with it, a cue or a topic."""

    kind: str
    lists: frozenset[str]
    opens: bool


@dataclass(frozen=True, slots=True)
class FigureLexicon:
    """All that a language pack says about figures, compiled."""

    language: str
    decimal: str
    lost_comma: bool
    capital_nouns: bool
    count_words: bool
    verb_last: bool
    bare_noun_after: bool
    isolating: bool
    percentages: re.Pattern[str]
    percent_words: re.Pattern[str]
    bare_before: re.Pattern[str]
    bare_after: re.Pattern[str]
    low_before: re.Pattern[str]
    between: re.Pattern[str]
    list_before: re.Pattern[str]
    joins: frozenset[str]
    pair_joins: frozenset[str]
    pair_opener: re.Pattern[str]
    numbers: dict[str, float]
    number_length: int
    comma_words: frozenset[str]
    fractions: re.Pattern[str] | None
    fraction_values: dict[str, float]
    months: dict[str, int]
    ordinals: dict[str, int]
    periods: re.Pattern[str]
    period_rows: dict[str, tuple[str, tuple[str, ...]]]
    unit_nouns: Phrases
    cues: Phrases
    compares: re.Pattern[str]
    goals: re.Pattern[str]
    sums: re.Pattern[str]
    averages: re.Pattern[str]
    counted: Phrases
    amounts: Amounts
    topics: Phrases
    topic_forms: Phrases
    topic_pairs: Pairs
    topic_verbs: Phrases
    topic_names: dict[str, str]
    vague: Phrases
    resuming: Phrases
    measures: Phrases
    lists: dict[str, tuple[str, ...]]
    lists_of: dict[str, frozenset[str]]
    look: Callable[[str], Look]


def _quick(pattern: str) -> re.Pattern[str]:
    """A pattern for whole texts: it looks first whether a match can begin at a place."""
    return re.compile(rf"(?={openings(pattern)}){pattern}")


_GAP = r"[ \u00a0\u202f]?"
NUMBER = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"


@lru_cache(maxsize=16)
def load_figures(language: str) -> FigureLexicon:
    """The lexicon of a language, or that of `und` where it has no pack. Raises PackError where a file does not fit."""
    folder = LANGUAGES / language
    if not (folder / "figures.toml").exists():
        folder = LANGUAGES / "und"
    path = folder / "figures.toml"
    settings = read_settings(path, _SETTINGS)
    settings["references"] = _spelled_out(settings["references"])
    cues: dict[str, list[str]] = settings["cues"]
    if extra := cues.keys() - CUES:
        raise PackError(f"{path}: unknown cues {sorted(extra)}")
    lists: dict[str, list[str]] = settings["lists"]
    if extra := lists.keys() - LISTS:
        raise PackError(f"{path}: unknown lists {sorted(extra)}")
    rows = read_table(folder / "topics.csv", TOPIC_COLUMNS)
    topics = [(row["key"], forms(row["forms"])) for row in rows]
    within = [(row["key"], forms(row["within"])) for row in rows]
    named = [*topics, *((key, [form for form in names if PAIR not in form]) for key, names in within)]
    numbers = _read_numbers(folder / "number_words.csv")
    signs = _signs(settings)
    joins = any_of([*settings["joins"], *settings["pair_joins"]])
    bounds = any_of(p for kind in sorted(BOUNDS) for p in cues.get(kind, ()) if "*" not in p)
    fractions: dict[str, float] = settings["fractions"]
    periods, period_rows = period_patterns(path, settings)
    all_cues = Phrases((phrase, kind) for kind, phrases in _with_references(settings) for phrase in phrases)
    all_topics, lists_of = _topics(topics), _lists_of(lists)
    return FigureLexicon(
        language=folder.name,
        decimal=settings["decimal"],
        lost_comma=settings["lost_comma"],
        capital_nouns=settings["capital_nouns"],
        count_words=settings["count_words"],
        verb_last=settings["verb_last"],
        bare_noun_after=settings["bare_noun_after"],
        isolating=settings["isolating"],
        percentages=re.compile(rf"(?=\d)(?<![\w/])(?<!\d[.,])(?P<number>{NUMBER}){signs}"),
        percent_words=_quick(rf"\b(?<!\d)(?<!\d[ \u00a0\u202f]){_words_only(settings)}\b"),
        bare_before=re.compile(rf"\b(?:{any_of(settings['bare_before'])}){_GAP}\Z"),
        bare_after=re.compile(rf"{_GAP}(?:{any_of(settings['bare_after'])})\b"),
        low_before=re.compile(
            rf"(?=\d)(?<![\w/])(?<!\d[.,])(?P<low>{NUMBER}){_GAP}(?P<sign>%{_GAP}|(?:{any_of(settings['percent'])}){_GAP})?"
            rf"(?:[-–—−]|\b(?P<join>{joins})(?P<bound> (?:{bounds}))?)[ \u00a0\u202f]*\Z"
        ),
        between=re.compile(
            rf"\b(?:{any_of(settings['between'])})[ \u00a0](?P<low>{NUMBER})(?:{signs})?"
            rf"[ \u00a0](?:{any_of(settings['list_joins'])})[ \u00a0]\Z"
        ),
        list_before=re.compile(
            rf"(?=\d)(?<![\w/])(?P<low>{NUMBER})(?:,|{_GAP}(?:{any_of(settings['list_joins'])}))[ \u00a0\u202f]*\Z"
        ),
        joins=frozenset(settings["joins"]),
        pair_joins=frozenset(settings["pair_joins"]),
        pair_opener=re.compile(rf"\b(?:{any_of(settings['pair_openers'])})[ \u00a0]\Z"),
        numbers=numbers,
        number_length=max((len(words_of(form)) for form in numbers), default=0),
        comma_words=frozenset(settings["comma_words"]),
        fractions=_quick(rf"\b(?:{any_of(fractions)})\b") if fractions else None,
        fraction_values=fractions,
        months=settings["months"],
        ordinals=settings["ordinals"],
        periods=periods,
        period_rows=period_rows,
        unit_nouns=Phrases(_unit_nouns(settings["unit_nouns"])),
        cues=all_cues,
        compares=_compares(cues, lists.get("loose_than", [])),
        goals=_quick(rf"\b(?:{any_of(p.rstrip('*') for p in [*cues.get('goal', ()), *_outcomes(settings)])})"),
        sums=_quick(
            rf"\b(?:{any_of([*cues.get('part', ()), *cues.get('sum', ())])})\b(?=\D{{1,60}}\d[^\n.;]{{1,60}}\d)"
        ),
        averages=_quick(rf"\b(?:{any_of(p.rstrip('*') for p in cues.get('average', ()))})"),
        counted=Phrases(settings["counted"].items()),
        amounts=read_amounts(folder.name, settings["amounts"]),
        topics=all_topics,
        topic_forms=_topics(named),
        topic_pairs=Pairs(
            (spelled, key)
            for key, names in within
            for form in names
            if PAIR in form
            for spelled in tone_spellings(form)
        ),
        topic_verbs=Phrases((form, key) for key, names in named for form in names if form.islower()),
        topic_names={key: names[0] for key, names in topics},
        vague=Phrases((phrase, "vague") for phrase in settings["vague"]),
        measures=Phrases((word, family) for family, words in settings["measures"].items() for word in words),
        resuming=Phrases((phrase, "resuming") for phrase in settings["resuming"]),
        lists={name: tuple(lists.get(name, ())) for name in LISTS},
        lists_of=lists_of,
        look=_make_look(all_cues, all_topics, lists_of),
    )


def _make_look(cues: Phrases, topics: Phrases, lists_of: dict[str, frozenset[str]]) -> Callable[[str], Look]:
    """A function that looks at a word, its findings remembered."""
    none: frozenset[str] = frozenset()

    @lru_cache(maxsize=32_768)
    def look(word: str) -> Look:
        kind = "word" if word[0].isalpha() else "number" if word[0].isdecimal() else "mark"
        opens = cues.begins(word) is not None or topics.begins(word) is not None
        return Look(kind, lists_of.get(word, none), opens)

    return look


def _lists_of(lists: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    """The lists that each word stands in."""
    words = {word for listed in lists.values() for word in listed}
    return {word: frozenset(name for name, listed in lists.items() if word in listed) for word in words}


def _outcomes(settings: dict[str, Any]) -> list[str]:
    """What is met or not: "targets", "criteria"."""
    return [form for form, unit in settings["counted"].items() if unit in ("target", "criterion")]


def _compares(cues: dict[str, list[str]], loose: list[str]) -> re.Pattern[str]:
    """What stands right before a time that is only compared with: "compared with the", "so với"."""
    words = [p.rstrip("*") for kind in ("than", "alike", "year_ago") for p in cues.get(kind, ()) if p not in loose]
    return _quick(rf"\b(?:{any_of(words)})[^\W\d]*[ \u00a0('’]+(?:[^\W\d]+[ \u00a0'’]+){{0,2}}\Z")


def _topics(rows: Iterable[tuple[str, Iterable[str]]]) -> Phrases:
    entries = ((spelled, key) for key, names in rows for form in names for spelled in tone_spellings(form))
    return Phrases(entries, specific=True)


def _unit_nouns(rows: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Every noun with every type that it may stand for."""
    return [(form, type_) for types, found in rows.items() for form in found for type_ in types.split()]


def _with_references(settings: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [*settings["cues"].items(), ("reference", settings["references"])]


def _spelled_out(phrases: list[str]) -> list[str]:
    """A phrase for each choice of the words that stand between slashes: "die/der stadt"."""
    choices = (product(*(word.split("/") for word in phrase.split())) for phrase in phrases)
    return [" ".join(words) for phrase in choices for words in phrase]


def _read_numbers(path: Path) -> dict[str, float]:
    return {
        form: float(row["value"]) if "." in row["value"] else int(row["value"])
        for row in read_table(path, ("value", "forms"))
        for form in forms(row["forms"])
    }


def _signs(settings: dict[str, Any]) -> str:
    """A percent sign or word, and whether points are meant; bare points are judged by what stands around them."""
    words, points, bare = (any_of(settings[key]) for key in ("percent", "points", "bare_points"))
    sign = rf"(?:{_GAP}[%％](?:-?ige[mnrs]?\b)?|{_GAP}(?:{words})\b)"
    return rf"(?:{_GAP}(?P<points>(?:{points})(?!\w))|(?P<sign>{sign})|{_GAP}(?P<bare>(?:{bare})\b))"


def _words_only(settings: dict[str, Any]) -> str:
    return rf"(?:(?P<points>{any_of(settings['points'])})|(?P<sign>{any_of(settings['percent'])}))"
