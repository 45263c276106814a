"""What a name says in the language of its text: whether a body is nothing but its type, place and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.packs import LANGUAGES, forms, languages, read_table
from extractors.render.words import FIELD_COLUMNS, FIELDS, load_words
from extractors.text import fold

__all__ = ["Body", "Source", "load_source", "official_bare_name", "words_of"]

Tokens = tuple[str, ...]
_COUNTRY = frozenset({"viet", "nam", "vietnam", "vietnams"})
_PLACE_COLUMNS = ("type", "also", "tail", "forms")
# The types of the official list (extractors/places).
_OFFICIAL = re.compile(r"^(?:tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu) ", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_LONGEST_LEVEL = 3  # words: tổ dân phố


def words_of(text: str) -> Tokens:
    """The words of a name in small letters without diacritics; the hyphen of a part of a compound stays."""
    folded = fold(text)
    return (folded,) if folded[:1] == "-" or folded[-1:] == "-" else tuple(_WORD.findall(folded))


def _is_known(word: str, known: frozenset[str]) -> bool:
    """Whether a word is one of those known, in a German genitive too (Dorfes, Bezirks)."""
    return word in known or (word[-1:] == "s" and (word[:-1] in known or word.removesuffix("es") in known))


def _cut(tokens: Tokens, head: Tokens) -> Iterator[tuple[Tokens, Tokens]]:
    """What stands before and behind a head, wherever it occurs; `-amt` ends a compound: gesundheits- | amt."""
    if head[0].startswith("-"):
        stem = tokens[0].removesuffix(head[0][1:]) if tokens else ""
        if tokens and stem != tokens[0]:
            yield (), (f"{stem}-", *tokens[1:])
        return
    for at in range(len(tokens) - len(head) + 1):
        if tokens[at : at + len(head)] == head:
            yield tokens[:at], tokens[at + len(head) :]


@dataclass(frozen=True, slots=True)
class Body:
    """A body whose name says nothing else: its field or number, and the level where it names one."""

    field: str = ""
    number: str = ""
    level: str = ""


@dataclass(frozen=True)
class Source:
    """A language as one that names are read in. `heads`: unit type -> words of a head and the level that is in it."""

    language: str
    heads: Mapping[str, tuple[tuple[Tokens, str], ...]]
    levels: Mapping[Tokens, str]
    filler: frozenset[str]
    links: frozenset[str]
    fields: Mapping[Tokens, str]
    standing: tuple[Tokens, ...]
    topics: Mapping[str, frozenset[str]]
    place_words: Mapping[str, re.Pattern[str]]

    def read_body(self, type_: str | None, name: str, places: Iterable[str]) -> Body | None:
        """What the name of a body says beside the names of its `places`; None where it says more than can be read."""
        tokens = words_of(name)
        known = self.filler | {word for place in places for word in words_of(place)}
        for head, level in self.heads.get(type_ or "", ()):
            for left, right in _cut(tokens, head):
                rest = right if all(_is_known(word, known) for word in left) else left
                whole = rest is right or all(_is_known(word, known) for word in right)
                if whole and (body := self._read_rest(rest, known, level)) is not None:
                    return body
        return None

    def _read_rest(self, rest: Tokens, known: frozenset[str], level: str) -> Body | None:
        kept = self._without_links(rest)
        while kept and kept not in self.fields and _is_known(kept[-1], known):
            kept = kept[:-1]
        kept = self._without_links(kept)
        while kept and kept not in self.fields and _is_known(kept[0], known):
            kept = kept[1:]
        level = level or self._level(rest[len(kept) :] if rest[: len(kept)] == kept else rest)
        if not kept:
            return Body(level=level)
        if len(kept) == 1 and kept[0].isdigit():
            return Body(number=kept[0], level=level)
        return Body(field=self.fields[kept], level=level) if kept in self.fields else None

    def _without_links(self, tokens: Tokens) -> Tokens:
        while tokens and tokens[0] in self.links:
            tokens = tokens[1:]
        while tokens and tokens[-1] in self.links:
            tokens = tokens[:-1]
        return tokens

    def _level(self, tokens: Tokens) -> str:
        for size in range(_LONGEST_LEVEL, 0, -1):
            for start in range(len(tokens) - size + 1):
                if level := self.levels.get(tokens[start : start + size]):
                    return level
        return ""

    def is_standing(self, title: str) -> bool:
        """Whether a title names the deputy who stands in for all (Phó Chủ tịch Thường trực)."""
        words = words_of(title)
        return any(words[at : at + len(p)] == p for p in self.standing for at in range(len(words)))

    def is_topic(self, subject: str, topic: str) -> bool:
        """Whether a subject is nothing but a form of its topic, so that the topic's label says all of it."""
        return subject.casefold() in self.topics.get(topic, ())

    def bare_name(self, name: str, type_: str | None) -> str:
        """A place's name without the word for its type: Lang Quan commune -> Lang Quan; a city Buôn Ma Thuột stays."""
        pattern = self.place_words.get(type_ or "")
        return (pattern.sub("", name).strip() if pattern else "") or name


def official_bare_name(official: str) -> str:
    """The same of an official name, which is Vietnamese: xã Lang Quán -> Lang Quán."""
    return _OFFICIAL.sub("", official)


@cache
def load_source(language: str) -> Source:
    """The language as a source of names; one without rendering is read as English, which its facts are found in."""
    language = language if (LANGUAGES / language / "render.toml").exists() else "en"
    folder = LANGUAGES / language
    settings = tomllib.loads((folder / "pack.toml").read_text(encoding="utf-8"))
    words = load_words(language)
    levels = {words_of(word): level for level, given in settings["levels"].items() for word in given}
    types = [form for row in read_table(folder / "places.csv", _PLACE_COLUMNS) for form in forms(row["forms"])]
    filler = {
        word
        for text in (*types, *(w for given in settings["levels"].values() for w in given))
        for word in words_of(text)
    }
    column = {row["field"]: forms(row[language]) for row in read_table(FIELDS, FIELD_COLUMNS)}
    links = frozenset(words.links)
    return Source(
        language=language,
        heads={type_: tuple(_heads(given, settings["levels"])) for type_, given in words.tables["heads"].items()},
        levels=levels,
        filler=frozenset(filler) | links | _COUNTRY,
        links=links,
        fields={_trim(words_of(form), links): field for field, given in column.items() for form in given},
        standing=tuple(words_of(phrase) for phrase in words.standing_words),
        topics={key: frozenset(form.rstrip("*").casefold() for form in given) for key, given in words.topics.items()},
        place_words=_place_words(),
    )


def _heads(given: list[str], levels: Mapping[str, list[str]]) -> list[tuple[Tokens, str]]:
    """The heads with their level slot filled in, the longest first."""
    found = []
    for head in given:
        if "{level}" in head:
            found += [
                (words_of(head.replace("{level}", word)), level) for level, known in levels.items() for word in known
            ]
        else:
            found.append((words_of(head), ""))
    return sorted(found, key=lambda row: -len(row[0]))


def _trim(tokens: Tokens, links: frozenset[str]) -> Tokens:
    while tokens and tokens[0] in links:
        tokens = tokens[1:]
    return tokens


@cache
def _place_words() -> dict[str, re.Pattern[str]]:
    """For each type of place the words for it before its name, or in English behind it, in any language with a pack."""
    before: dict[str, set[str]] = {}
    behind: dict[str, set[str]] = {}
    for language in languages():
        for row in read_table(LANGUAGES / language / "places.csv", _PLACE_COLUMNS):
            for type_ in (row["type"], *forms(row["also"])):
                found = {re.escape(form.rstrip(".")) for form in forms(row["forms"])}
                before.setdefault(type_, set()).update(found)
                if language == "en":
                    behind.setdefault(type_, set()).update(found)
    return {type_: _place_pattern(before[type_], behind.get(type_, set())) for type_ in before}


def _place_pattern(before: set[str], behind: set[str]) -> re.Pattern[str]:
    first, last = ("|".join(sorted(words, key=len, reverse=True)) for words in (before, behind or {"(?!)"}))
    return re.compile(rf"^(?:{first})\.? (?:de |d'|d’|of )?|(?: |^)(?:{last})$", re.IGNORECASE)
