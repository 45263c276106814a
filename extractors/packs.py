"""Reads the language packs: a folder of data a language, found by listing `languages/`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from spacy.attrs import NORM
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractors.pack_settings import DIVISION, PHRASES, SETTINGS, STEMMED_KINDS, WORD_KINDS
from extractors.spelling import Look, make_look, make_norm, make_splitter
from extractors.text import split_tokens

LANGUAGES = Path(__file__).parent / "languages"
# Of topics.csv: `forms` are nouns that sentences are cut by; those `within` only name the topic of a phrase found
# without them.
TOPIC_COLUMNS = ("key", "forms", "within")
BODY_COLUMNS = ("type", "class", "tail", "forms")

Category = Literal["honorific", "office", "modifier", "body", "place", "level", "word"]


class PackError(ValueError):
    """A pack says something that no code reads, or leaves out something that is needed."""


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file whose header must be exactly `columns`. Lines that start with `#` are comments.

    Raises PackError with the file and line where a row does not fit.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(line for line in lines if line.strip() and not line.startswith("#"))
        header = tuple(next(reader, ()))
        if header != columns:
            raise PackError(f"{path}: columns are {header}, should be {columns}")
        rows = []
        for number, row in enumerate(reader, 2):
            if len(row) != len(columns):
                raise PackError(f"{path}: row {number} has {len(row)} cells, should have {len(columns)}: {row}")
            rows.append({key: cell.strip() for key, cell in zip(columns, row, strict=True)})
    return rows


def read_settings(path: Path, known: frozenset[str]) -> dict[str, Any]:
    """The keys of a TOML file, which must be exactly `known`. Raises PackError where they are not."""
    with path.open("rb") as file:
        settings = tomllib.load(file)
    if extra := settings.keys() - known:
        raise PackError(f"{path}: unknown {sorted(extra)}")
    if missing := known - settings.keys():
        raise PackError(f"{path}: missing {sorted(missing)}")
    return settings


def forms(cell: str) -> tuple[str, ...]:
    """The forms in a cell, parted by `|`; the first is the one used for rendering."""
    return tuple(form for part in cell.split("|") if (form := part.strip()))


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a pack, in alphabetical order; `und` is the pack for the rest."""
    return tuple(sorted(folder.name for folder in LANGUAGES.iterdir() if folder.is_dir()))


# --- a pack ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form of the lexicon means.

    `key` is the office, the unit type, the kind of modifier or word; `group` the first form of its row;
    `tail` says what may follow a body's head; `level` is the administrative level that a form carries in
    itself (Provinzparteikomitee); `also` the further types that a place's type word can stand for (Stadt);
    `words` the form's tokens in small letters.
    """

    category: Category
    key: str
    form: str
    group: str = ""
    class_: str = ""
    gender: str = ""
    tail: str = ""
    level: str = ""
    also: str = ""
    words: tuple[str, ...] = ()
    capital: bool = False


_NO_TERM = "\n"  # for words that are in no form


@dataclass(frozen=True)
class Pack:
    """A language's knowledge of people and units, ready to match."""

    language: str
    vocab: Vocab
    matcher: PhraseMatcher
    openers: frozenset[str]  # first words of forms
    followers: frozenset[str]  # their other words
    entries: Mapping[int, tuple[Entry, ...]]
    norm: Callable[[str], str]
    look: Callable[[str], Look]
    split_word: Callable[[str], int]
    abbreviations: tuple[str, ...]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[str, ...]]
    homes: Mapping[str, str]
    accented: frozenset[str]
    names_first: bool
    capital_names: bool
    capital_fields: bool
    compounds: Mapping[str, Entry]
    endings: tuple[str, ...]
    plural_endings: tuple[str, ...]
    vietnamese_names: bool
    pronouns_are_people: bool
    diacritics: bool

    def find(self, norms: Sequence[str]) -> list[tuple[tuple[Entry, ...], int, int]]:
        """Every form of the lexicon in a text: its meanings, its first token, the one behind its last.

        `norms` are the words of the text as `norm` gives them. Those that can be in no form there stay out of the
        vocabulary, which never grows, and one token stands for a run of them.
        """
        places: list[int] = []
        words: list[str] = []
        inside, gap = False, False
        for place, norm in enumerate(norms):
            inside = norm in self.openers or (inside and norm in self.followers)
            if inside or not gap:
                places.append(place)
                words.append(norm if inside else _NO_TERM)
            gap = not inside
        found = self.matcher(Doc(self.vocab, words=words))
        return [(self.entries[key], places[start], places[end - 1] + 1) for key, start, end in found]


_TAILS = frozenset("lfnbgot#^w!*=")  # what may follow the head of a body or place: docs/languages.md


@cache
def load_pack(language: str) -> Pack:
    """The pack of the language. Raises PackError where its data does not fit, KeyError where there is none."""
    folder = LANGUAGES / language
    if not folder.is_dir():
        raise KeyError(f"no language pack for {language!r}: there are {', '.join(languages())}")
    settings = read_settings(folder / "pack.toml", SETTINGS)
    norm = make_norm(**settings["norm"])
    plain = make_norm(diacritics=settings["norm"]["diacritics"], endings=[], shortest=1)
    vocab = Vocab(lex_attr_getters={NORM: norm})
    split_word = make_splitter(tuple(settings["elisions"]), possessive=settings["possessive"])
    matcher = PhraseMatcher(vocab, attr="ORTH")
    entries: dict[int, list[Entry]] = {}
    keys: dict[tuple[str, ...], int] = {}
    for entry in read_entries(folder, settings):
        for written in _numbers(entry, settings):
            tokens, _ = split_tokens(written, split_word)
            phrase = tuple(map(norm, tokens))
            if phrase not in keys:
                label = " ".join(phrase)
                matcher.add(label, [Doc(vocab, words=list(phrase))])
                keys[phrase] = vocab.strings[label]
            add_entry(
                entries.setdefault(keys[phrase], []), replace(entry, words=tuple(word.lower() for word in tokens))
            )
    if unknown := settings["words"].keys() ^ WORD_KINDS:
        raise PackError(f"{folder / 'pack.toml'}: [words] has or lacks {sorted(unknown)}")
    if unknown := settings["phrases"].keys() ^ PHRASES:
        raise PackError(f"{folder / 'pack.toml'}: [phrases] has or lacks {sorted(unknown)}")
    if unknown := settings["homes"].keys() - {*settings["levels"], DIVISION}:
        raise PackError(f"{folder / 'pack.toml'}: [homes] has {sorted(unknown)}")
    words = {
        kind: frozenset(map(norm if kind in STEMMED_KINDS else plain, listed))
        for kind, listed in settings["words"].items()
    }
    return Pack(
        language=language,
        vocab=vocab,
        matcher=matcher,
        openers=frozenset(first for first, *_ in keys),
        followers=frozenset(word for _, *others in keys for word in others),
        entries={key: tuple(found) for key, found in entries.items()},
        norm=norm,
        look=make_look(norm, plain, _word_lists(words)),
        split_word=split_word,
        abbreviations=tuple(settings["abbreviations"]),
        accented=frozenset(w.lower() for w in settings["words"]["common"] if not w.isascii()),
        words=words,
        phrases={kind: tuple(settings["phrases"][kind]) for kind in PHRASES},
        homes={head.lower(): level for level, heads in settings["homes"].items() for head in heads},
        names_first=settings["names_first"],
        capital_names=settings["capital_names"],
        capital_fields=settings["capital_fields"],
        compounds=_compound_heads(entries.values(), norm) if settings["compounds"] else {},
        endings=tuple(settings["norm"]["endings"]),
        plural_endings=tuple(settings["plural_endings"]),
        vietnamese_names=settings["vietnamese_names"],
        pronouns_are_people=settings["pronouns_are_people"],
        diacritics=settings["norm"]["diacritics"],
    )


def _word_lists(words: Mapping[str, frozenset[str]]) -> Callable[[str, str], frozenset[str]]:
    """A function that gives the kinds of a word, by its normal form or the plain one as each kind asks."""
    stemmed, small = (
        {word: frozenset(kind for kind in kinds if word in words[kind]) for kind in kinds for word in words[kind]}
        for kinds in (STEMMED_KINDS & words.keys(), words.keys() - STEMMED_KINDS)
    )
    none: frozenset[str] = frozenset()
    return lambda norm, plain: stemmed.get(norm, none) | small.get(plain, none)


def _numbers(entry: Entry, settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The form of an entry, and the plural of a type word or an office where no ending is taken off words."""
    if entry.category not in ("place", "office") or settings["norm"]["endings"] or not settings["plural_endings"]:
        return (entry.form,)
    return entry.form, plural_of(entry.form, settings["plural_endings"])


def plural_of(noun: str, endings: Sequence[str]) -> str:
    """The plural of a noun in a language that adds the first of the endings: cities, communes."""
    return f"{noun[:-1]}ies" if noun.endswith("y") else noun + endings[0]


def add_entry(known: list[Entry], entry: Entry) -> None:
    """Adds a meaning of a form; one meaning written with and without capital needs none in the text."""
    for index, other in enumerate(known):
        same = (other.category, other.key, other.group, other.gender) == (
            entry.category,
            entry.key,
            entry.group,
            entry.gender,
        )
        if same and other.words == entry.words:
            if other.capital and not entry.capital:
                known[index] = replace(other, capital=False)
            return
    known.append(entry)


def read_entries(folder: Path, settings: Mapping[str, Any]) -> Iterator[Entry]:
    """Every form of the pack's lexicons."""
    levels: dict[str, list[str]] = settings["levels"]
    for row in read_table(folder / "honorifics.csv", ("forms", "gender", "kind")):
        for form in forms(row["forms"]):
            yield _entry("honorific", row["kind"], form, gender=row["gender"])
    for row in read_table(folder / "offices.csv", ("office", "forms", "gender", "unit")):
        for form in forms(row["forms"]):
            for level, filled in _with_levels(form, levels):
                yield _entry("office", row["office"], filled, gender=row["gender"], class_=row["unit"], level=level)
    yield from _read_bodies(folder / "bodies.csv", levels)
    for row in read_table(folder / "places.csv", ("type", "also", "tail", "forms")):
        for form in forms(row["forms"]):
            yield _entry(
                "place",
                row["type"],
                form,
                group=row["type"],
                class_="administrative",
                tail=row["tail"],
                also=row["also"],
            )
    for kind, words in settings["modifiers"].items():
        for form in words:
            yield _entry("modifier", kind, form)
    for level, words in levels.items():
        for form in words:
            yield _entry("level", level, form)
    fields = folder / "fields.txt"
    if fields.exists():
        for line in fields.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                for form in forms(line):
                    yield _entry("word", "field", form)


def _read_bodies(path: Path, levels: Mapping[str, list[str]]) -> Iterator[Entry]:
    """The heads of the names of bodies; those that every language names alike follow those of a pack that has any."""
    rows = read_table(path, BODY_COLUMNS)
    for row in rows + (read_table(LANGUAGES / "bodies.csv", BODY_COLUMNS) if rows else []):
        if unknown := set(row["tail"]) - _TAILS:
            raise PackError(f"{path}: unknown tail {sorted(unknown)} of {row['forms'][:40]!r}")
        first = forms(row["forms"])[0]
        for form in forms(row["forms"]):
            group = (form if "=" in row["tail"] else first).replace("{level}", "").strip().lower()
            for level, filled in _with_levels(form, levels):
                yield _entry(
                    "body", row["type"], filled, group=group, class_=row["class"], tail=row["tail"], level=level
                )


def _entry(category: Category, key: str, form: str, **more: Any) -> Entry:
    """An entry; a form that the pack writes with a capital must begin with one in the text."""
    return Entry(category, key, form, capital=form[0].isupper(), **more)


def _with_levels(form: str, levels: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The form for each administrative level that its slot `{level}` can name; as it is where it has no slot."""
    if "{level}" not in form:
        yield "", form
        return
    for level, words in levels.items():
        for word in words:
            filled = form.replace("{level}", word)
            yield (
                level,
                filled[0].upper() + filled[1:] if form[form.index("}") + 1 : form.index("}") + 2].islower() else filled,
            )


# Letters, without endings, of the heads that end a compound; shorter ones (Amt, Rat; Held) end too many other words.
_SHORTEST_COMPOUND = {"body": 5, "office": 4, "honorific": 5, "place": 6}


def _compound_heads(entries: Iterable[list[Entry]], norm: Callable[[str], str]) -> dict[str, Entry]:
    """The one-word heads by which a compound is recognised: Kaffee|genossenschaft, Einkaufs|leiter, Musik|lehrerin."""
    heads: dict[str, Entry] = {}
    of_category: dict[str, list[Entry]] = {category: [] for category in _SHORTEST_COMPOUND}
    for known in entries:
        for entry in known:
            counts = entry.category != "honorific" or entry.key == "profession"
            if counts and not entry.level and entry.form.isalpha() and entry.category in of_category:
                of_category[entry.category].append(entry)
    for category, shortest in _SHORTEST_COMPOUND.items():
        for entry in of_category[category]:
            key = norm(entry.form)
            if len(key) >= shortest:
                heads.setdefault(key, entry)
    return heads
