"""Which person and which unit of an edition is which of the original."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractors.editions.align import Block
from extractors.editions.names import Match
from extractors.editions.report import NamePair
from extractors.editions.side import Side
from extractors.types import Person, Unit

__all__ = ["pair_people", "pair_units", "people_rows", "unit_rows"]

_Ids = tuple[str, str]


def pair_people(edition: Side, matches: Sequence[Match]) -> list[_Ids]:
    """The ids of the people whose names were matched, each person once, the longest match deciding."""
    return _pair(edition, sorted((m for m in matches if m.name.person), key=_longest), edition.record.people)


def pair_units(original: Side, edition: Side, matches: Sequence[Match], blocks: Sequence[Block]) -> list[_Ids]:
    """The ids of the units: places by their names, then bodies of one type in the same sentences, in order."""
    pairs = _pair(edition, sorted((m for m in matches if not m.name.person), key=_longest), edition.record.units)
    ours, theirs = {unit.id: unit for unit in original.record.units}, {unit.id: unit for unit in edition.record.units}
    pairs = [(a, b) for a, b in pairs if a in ours and ours[a].class_ == theirs[b].class_]
    for block in blocks:
        free = [unit for unit in _within(edition, block.edition) if unit.id not in {b for _, b in pairs}]
        for unit in _within(original, block.original):
            if unit.id in {a for a, _ in pairs} or unit.class_ == "administrative":
                continue
            if same := next((other for other in free if other.type and other.type == unit.type), None):
                free.remove(same)
                pairs.append((unit.id, same.id))
    return pairs


def people_rows(original: Side, edition: Side, matches: Sequence[Match]) -> tuple[NamePair, ...]:
    """The edition's spelling of each person and the original's; a misspelling is a row of its own."""
    names = {person.id: person.name for person in original.record.people}
    rows: dict[str, str] = {}
    wrong: list[NamePair] = []
    for match in sorted((m for m in matches if m.name.person), key=_longest):
        spelled = _spelling(edition, match)
        if match.exact:
            rows.setdefault(match.name.id, spelled)
        else:
            wrong.append(NamePair(spelled, names[match.name.id]))
    found = [NamePair(rows[person.id], person.name) for person in original.record.people if person.id in rows]
    return tuple(dict.fromkeys([*found, *wrong]))


def unit_rows(original: Side, edition: Side, matches: Sequence[Match], pairs: Sequence[_Ids]) -> tuple[NamePair, ...]:
    """The names of the units on both sides, in the order of the original."""
    theirs = {unit.id: unit.name for unit in edition.record.units}
    spelled = {match.name.id: _spelling(edition, match) for match in matches}
    spelled |= {ours: theirs[given] for ours, given in pairs}
    return tuple(NamePair(spelled[unit.id], unit.name) for unit in original.record.units if unit.id in spelled)


def _spelling(edition: Side, match: Match) -> str:
    return edition.text[edition.words[match.first].start : edition.words[match.end - 1].end]


def _longest(match: Match) -> tuple[int, int]:
    return match.first - match.end, match.first


def _pair(edition: Side, matches: Sequence[Match], facts: Sequence[Person] | Sequence[Unit]) -> list[_Ids]:
    if edition.pack is None:
        return []
    at: dict[int, str] = {}
    spans = sorted(((m.end - m.start, m.start, m.end, fact.id) for fact in facts for m in fact.mentions), reverse=True)
    for _, start, end, id_ in spans:  # the shortest mention around a place is the one meant
        for place in range(start, end):
            at[place] = id_
    pairs: dict[str, str] = {}
    used: defaultdict[str, int] = defaultdict(int)
    for match in matches:
        their_id = at.get(edition.words[match.first].start)
        if their_id and match.name.id not in pairs and not used[their_id]:
            pairs[match.name.id] = their_id
            used[their_id] += 1
    return list(pairs.items())


def _within(side: Side, sentences: tuple[int, int]) -> list[Unit]:
    """The units that are named in the sentences, in order."""
    if sentences[0] == sentences[1]:
        return []
    start, end = side.sentences[sentences[0]][0], side.sentences[sentences[1] - 1][1]
    found = [(m.start, unit) for unit in side.record.units for m in unit.mentions if start <= m.start < end]
    return list({unit.id: unit for _, unit in sorted(found, key=lambda row: row[0])}.values())
