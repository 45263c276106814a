"""The names in a text, as the words that no translation may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.editions.side import Side
from extractors.editions.words import canonical, words_between
from extractors.names import is_syllable
from extractors.packs import load_pack
from extractors.types import Person, Unit

__all__ = ["Name", "find_names", "titles"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name: words `first:end` of its side, without titles and types of places; `id` is the fact it belongs to."""

    first: int
    end: int
    id: str
    person: bool
    place: bool = False

    def __len__(self) -> int:
        return self.end - self.first


def find_names(side: Side) -> tuple[Name, ...]:
    """The names in the order of the text: people, places, and the proper part at the end of a body's name.

    None in a language without a pack, whose mentions are whole sentences.
    """
    if side.pack is None:
        return ()
    facts: tuple[Person | Unit, ...] = (*side.record.units, *side.record.people)
    found = {(name.first, name.end): name for fact in facts for name in _names(side, fact)}
    taken = {i for name in found.values() for i in range(name.first, name.end)}
    found |= {(name.first, name.end): name for name in _short_forms(side) if name.first not in taken}
    return tuple(sorted(found.values(), key=lambda name: (name.first, -name.end)))


def _short_forms(side: Side) -> Iterator[Name]:
    """Words that are the given name of a person of the article, where the reader saw no name ("Quyết khai …")."""
    given = {person.name.split()[-1]: person.id for person in side.record.people if " " in person.name}
    for index, word in enumerate(side.words):
        if word.capital and (id_ := given.get(side.text[word.start : word.end])):
            yield Name(index, index + 1, id_, True)


def _names(side: Side, fact: Person | Unit) -> Iterator[Name]:
    person = isinstance(fact, Person)
    place = isinstance(fact, Unit) and fact.class_ == "administrative"
    for mention in fact.mentions:
        span = words_between(side.words, mention.start, mention.end)
        first, end = (span.start, span.stop) if person else _own(side, span, place=place)
        while first < end and not side.words[first].capital:
            first += 1
        if first < end and (person or place or end - first > 1):
            yield Name(first, end, fact.id, person, place)


def _own(side: Side, span: range, *, place: bool) -> tuple[int, int]:
    """The words of a unit's own name: of a place all but its type, of a body the capitalised words at its end."""
    types = place_types(side.pack or "und")
    first, end = span.start, span.stop
    lower = [side.text[side.words[i].start : side.words[i].end].lower() for i in span]
    norm = load_pack(side.pack or "und").norm
    while end > first and norm(lower[end - 1 - span.start]) in types and end - 1 > first and side.language != "vi":
        end -= 1
    if place:
        if end - first > 1 and norm(lower[0]) in types:
            first += 1
        while first < end and not side.words[first].capital:
            first += 1
        return first, end
    last = end
    while last > first and side.words[last - 1].capital and is_syllable(lower[last - 1 - span.start]):
        last -= 1
    return (last if last > first else end), end


@lru_cache(maxsize=16)
def place_types(language: str) -> frozenset[str]:
    """The words for kinds of places in a language, as its pack looks them up."""
    pack = load_pack(language)
    return frozenset(
        pack.norm(word)
        for entries in pack.entries.values()
        for entry in entries
        if entry.category == "place"
        for word in entry.words
    )


@lru_cache(maxsize=16)
def titles(language: str) -> frozenset[str]:
    """The keys of the words that stand right before a person's name: Herr, Comrade, Mme."""
    entries = (entry for known in load_pack(language).entries.values() for entry in known)
    return frozenset(
        canonical(entry.words[-1]) for entry in entries if entry.category == "honorific" and entry.key == "title"
    )
