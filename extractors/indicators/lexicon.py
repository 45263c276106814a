"""The words that surround figures: reads `figures.toml`, `number_words.csv` and `topics.csv` of a language pack."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from extractors.indicators.amount_words import Amounts, read_amounts
from extractors.indicators.matching import Phrases, any_of, words_of
from extractors.indicators.openings import openings
from extractors.packs import LANGUAGES, TOPIC_COLUMNS, PackError, forms, read_settings, read_table
from extractors.spelling import tone_spellings

__all__ = ["BOUNDS", "CUES", "FigureLexicon", "load_figures"]

# What a cue phrase can say. A phrase may stand under several.
_CUE_NAMES = """
    gt gte lt lte approx eq gt_after gte_after lt_after lte_after approx_after
    up down up_after down_after up_end down_end to by from over link each moves
    reach share falls_to be have aux say part respectively gloss fulfil structure
    det of prep attach ties material back conj rel head whole skip plain tense compound
    numbered among proportion compares anaphor causes reason
    annual plan year_ago previous year_before average total than
    goal result sum measure alike against today disburse season
"""
# By line: comparators before and after the number; direction before and after it (`up_end`, `down_end` particles that
# close a German clause; `to` makes a level of a change, `by` a difference, `from` opens a pair, `over` passes a goal,
# `moves` goes from one level to another); predicates (`falls_to` names the owner of a share, `say` reports, `part`
# opens a share, `gloss` restates, `fulfil` meets a plan); the grammar of a noun phrase (`head` is a measure noun,
# `whole` a generic whole, `attach` ties a noun to the one before, `ties` does where a verb follows ("screens outside
# the centre rose") and `material` where the noun is bare ("payments in cash"), `skip` never a subject, `plain` words
# that only look like a cue, `tense` ends a Vietnamese noun phrase, a `compound` is one ordinary word though a syllable
# of it is a cue); `numbered` nouns that a number names ("level 2"), `among` opens a whole that stands first ("of the
# 40 houses, 9 % …"), `proportion` names a share; `compares` has its standard as object ("thấp hơn kế hoạch 2 %"),
# `back` leads from a change to its standard ("a fall of 9 % on 2022"), `anaphor` repeats a subject, `causes` and
# `reason` open a clause of their own; what a percentage is of or against; counts; `today` says that the past is left,
# `disburse` that money of the year's plan is spent; `season` names what comes every year; `against` stands between a
# result and its goal; `alike` points to the same thing elsewhere or at another time ("celui de juin").
CUES = frozenset(_CUE_NAMES.split())

_PERIOD_NAMES = """
    term months quarter half month month_to_month day days year until_day until_month until_quarter until_year to_date
    this_year last_year next_year this_month last_month goal_year past_month half_month year_ago
"""
_SETTING_NAMES = """
    decimal lost_comma capital_nouns verb_last bare_noun_after count_words isolating
    percent points bare_points bare_before bare_after joins pair_joins pair_openers between list_joins comma_words
    months ordinals year_back periods references fractions counted amounts vague resuming cues lists
"""
_LIST_NAMES = """
    and in that parts_clauses particles this one these with beside within having each many
    loose_than agents source absolute helped merged equals plans beyond namely only taken_over
    frames followed
    the_known thresholds rates_of_change shares whole_of no_genitive
    change_in degrees signs others adjectives respect dimensions areas plurals sizes age ranges
    measured_of announces subordinates scores echoes rates_at counting stands_for expects
    finite adverbs nouns defines governs stands no_noun_after things branches losses work actors takes powers fronts
    groups therefore located
"""
# Words that single rules look at: the text of a piece, alone or its beginning. A sentence is not cut by them. By
# line: small words (`that` opens a clause, `parts_clauses` two with a figure each, `particles` no verb though they
# say a direction, `this` and `one` before a noun that is resumed, `these` before a time, `with` and `beside` before a
# value, `having` what has a figure, `within` a whole, `each` and `many` before what is counted); `loose_than` opens
# more than comparisons, `agents` of a participle, `source` of money, `absolute` opens a clause without a verb,
# `helped` and `merged` stand before a unit that a figure is not about, `equals` before a part of the year before,
# `plans` are the year's, `beyond` is more than, `namely` and `only` stand before a figure and are no verb,
# `taken_over` by "to have"; `the_known` opens a value that is compared with where none of the `thresholds` follows,
# `rates_of_change` are changes and `shares` shares by their name, `whole_of` opens a whole, `no_genitive` another
# noun; `change_in` something, `degrees` of a change, `signs` in words, `others` that are compared with, `respect` and
# `dimensions` in which it is counted, `frames` that open a clause, what is `followed` by others, endings of
# `adjectives`, `areas` that something covers, `plurals` without an ending, units of `sizes` and of `age` and what
# joins their `ranges`; measures that are `measured_of` a noun, what `announces` the subject of a sentence,
# prepositions that can be conjunctions (`subordinates`), `scores` whose points are no percentages, verbs that are
# `echoes` of the change before, what stands between a verb of change and its rate (`rates_at`), nouns that are
# `counting` verbs before a number, pronouns that a subject `stands_for`, what says that a plan `expects` a value;
# `finite` endings of verbs that end a noun phrase, those of `adverbs` and `nouns` that only look so; in Vietnamese
# what `defines` and what `governs` a noun, what `stands` before the value of a state, `no_noun_after`, nouns before
# the names of `things`, before those of `branches`, `losses` that open a clause as nouns, `work` that is done,
# `actors` that do it, what they do (`takes`), `powers` of ten, what `fronts` a subject, the `groups` and kinds of
# places that a clause of a list names in place of a subject, `therefore` opens what follows from a clause, `located`
# stands before the area that others are in.

# Cues that bound a figure or say how near it is: what may stand between it and the word that governs it.
BOUNDS = frozenset({"gt", "gte", "lt", "lte", "approx", "eq"})
_PERIODS = frozenset(_PERIOD_NAMES.split())
_PARTS = frozenset({"months", "quarter", "half", "month", "half_month"})
_SETTINGS = frozenset(_SETTING_NAMES.split())
_LISTS = frozenset(_LIST_NAMES.split())


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
    references: dict[str, tuple[str, ...]]
    cues: Phrases
    compares: re.Pattern[str]
    goals: re.Pattern[str]
    sums: re.Pattern[str]
    averages: re.Pattern[str]
    counted: Phrases
    amounts: Amounts
    topics: Phrases
    topic_forms: Phrases
    topic_verbs: Phrases
    topic_names: dict[str, str]
    vague: Phrases
    resuming: Phrases
    lists: dict[str, tuple[str, ...]]
    lists_of: dict[str, frozenset[str]]


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
    if extra := lists.keys() - _LISTS:
        raise PackError(f"{path}: unknown lists {sorted(extra)}")
    rows = read_table(folder / "topics.csv", TOPIC_COLUMNS)
    topics = [(row["key"], forms(row["forms"])) for row in rows]
    named = [*topics, *((row["key"], forms(row["within"])) for row in rows)]
    numbers = _read_numbers(folder / "number_words.csv")
    signs = _signs(settings)
    joins = any_of([*settings["joins"], *settings["pair_joins"]])
    bounds = any_of(p for kind in sorted(BOUNDS) for p in cues.get(kind, ()) if "*" not in p)
    fractions: dict[str, float] = settings["fractions"]
    periods, period_rows = _periods(path, settings)
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
            rf"(?<![\w/])(?<!\d[.,])(?P<low>{NUMBER}){_GAP}(?P<sign>%{_GAP}|(?:{any_of(settings['percent'])}){_GAP})?"
            rf"(?:[-–—−]|\b(?P<join>{joins})(?P<bound> (?:{bounds}))?)[ \u00a0\u202f]*\Z"
        ),
        between=re.compile(
            rf"\b(?:{any_of(settings['between'])})[ \u00a0](?P<low>{NUMBER})(?:{signs})?"
            rf"[ \u00a0](?:{any_of(settings['list_joins'])})[ \u00a0]\Z"
        ),
        list_before=re.compile(
            rf"(?<![\w/])(?P<low>{NUMBER})(?:,|{_GAP}(?:{any_of(settings['list_joins'])}))[ \u00a0\u202f]*\Z"
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
        references={form: tuple(types) for form, types in settings["references"].items()},
        cues=Phrases((phrase, kind) for kind, phrases in _with_references(settings) for phrase in phrases),
        compares=_compares(cues, lists.get("loose_than", [])),
        goals=re.compile(rf"\b(?:{any_of(p.rstrip('*') for p in [*cues.get('goal', ()), *_outcomes(settings)])})"),
        sums=re.compile(
            rf"\b(?:{any_of([*cues.get('part', ()), *cues.get('sum', ())])})\b(?=\D{{1,60}}\d[^\n.;]{{1,60}}\d)"
        ),
        averages=re.compile(rf"\b(?:{any_of(p.rstrip('*') for p in cues.get('average', ()))})"),
        counted=Phrases(settings["counted"].items()),
        amounts=read_amounts(folder.name, settings["amounts"]),
        topics=_topics(topics),
        topic_forms=_topics(named),
        topic_verbs=Phrases((form, key) for key, names in named for form in names if form.islower()),
        topic_names={key: names[0] for key, names in topics},
        vague=Phrases((phrase, "vague") for phrase in settings["vague"]),
        resuming=Phrases((phrase, "resuming") for phrase in settings["resuming"]),
        lists={name: tuple(lists.get(name, ())) for name in _LISTS},
        lists_of=_lists_of(lists),
    )


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
    return re.compile(rf"\b(?:{any_of(words)})[^\W\d]*[ \u00a0('’]+(?:[^\W\d]+[ \u00a0'’]+){{0,2}}\Z")


def _topics(rows: Iterable[tuple[str, Iterable[str]]]) -> Phrases:
    entries = ((spelled, key) for key, names in rows for form in names for spelled in tone_spellings(form))
    return Phrases(entries, specific=True)


def _with_references(settings: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [*settings["cues"].items(), ("reference", list(settings["references"]))]


def _spelled_out(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    """The rows with a phrase for each choice of the words that stand between slashes: "die/der stadt"."""
    phrases = ((product(*(word.split("/") for word in phrase.split())), types) for phrase, types in rows.items())
    return {" ".join(words): types for choices, types in phrases for words in choices}


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


def _numbered(name: str, counts: dict[str, int]) -> str:
    """A named group; a name used before in the pattern gets a number."""
    counts[name] = counts.get(name, 0) + 1
    return f"(?P<{name}>" if counts[name] == 1 else f"(?P<{name}_{counts[name]}>"


def _periods(path: Path, settings: dict[str, Any]) -> tuple[re.Pattern[str], dict[str, tuple[str, tuple[str, ...]]]]:
    """One pattern of all rows in the order of the file; the empty group `k<i>` at the end of row i says which it was:
    by that name, the kind of the row and its groups.

    The rows are tried only where one of them can begin: a fifth of the time, since most begin with words that may be
    left out, and `re` would go into each of them at every word.

    `{month}`, `{year}`, `{day}`, `{m}`, `{n}` and `{ordinal}` are filled in; a group that comes again gets a number.
    A part of a year may be followed by `year_back`, words for the year before: "in July of last year".
    """
    months, ordinals = any_of(settings["months"]), any_of(settings["ordinals"])
    parts = {
        "{month}": rf"(?P<month>{months})\b\.?",
        "{year}": r"(?P<year>(?:19|20)\d\d)(?![\d%]|[.,/]\d| ?[-–] ?20\d\d)",
        "{from}": r"(?P<year>(?:19|20)\d\d)",
        "{to}": r"(?P<to>(?:19|20)\d\d)(?![\d%]|[.,]\d)",
        "{day}": r"(?P<day>[0-3]?\d)",
        "{m}": r"(?P<m>1[0-2]|0?[1-9])(?!\d)",
        "{n}": rf"(?P<n>1[0-2]|0?[1-9]|{ordinals})",
        "{ordinal}": rf"(?P<n>{ordinals})",
    }
    counts: dict[str, int] = {}
    patterns = []
    rows = {}
    for index, row in enumerate(settings["periods"]):
        if row["kind"] not in _PERIODS:
            raise PackError(f"{path}: unknown period {row['kind']}")
        filled = re.sub(r"\{\w+\}", lambda m: parts[m.group()], row["pattern"])
        if row["kind"] in _PARTS and settings["year_back"]:
            filled = rf"(?:{filled})(?: (?P<back>{any_of(settings['year_back'])}))?"
        filled = re.sub(r"\(\?P<(\w+)>", lambda m: _numbered(m[1], counts), filled)
        patterns.append(rf"(?:{filled})(?!\w)(?P<k{index}>)")
        rows[f"k{index}"] = row["kind"], tuple(re.findall(r"\(\?P<(\w+)>", filled))
    pattern = "|".join(patterns)
    return re.compile(rf"(?<!\w)(?={openings(pattern)})(?:{pattern})" if rows else r"(?!)"), rows
