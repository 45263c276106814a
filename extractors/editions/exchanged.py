"""A name in the place of another: the edition names the wrong person or the wrong commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.editions.align import Block
from extractors.editions.mentions import Name, find_names
from extractors.editions.names import Match
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.editions.words import keys, words_between
from extractors.names import is_syllable, looks_local

__all__ = ["find_exchanged"]

_Key = tuple[str, ...]


def find_exchanged(
    original: Side, edition: Side, blocks: Sequence[Block], matches: Sequence[Match]
) -> Iterator[Conflict]:
    """Where a block of the edition lacks one name of the original and has one that it has elsewhere, or nowhere.

    Both are of several syllables and of one kind, person or place. A place that the original has in a neighbouring
    sentence says nothing, for editions put names for pronouns; a person does who is named oftener than by the original.
    """
    names = [name for name in find_names(original) if len(name) > 1]
    said = {name: keys(original.words[name.first : name.end]) for name in names}
    whole = _places_of(original)
    strangers = _strangers(original, edition, blocks, matches)
    matched, taken = {match.name for match in matches}, {match.first for match in matches}
    for number, block in enumerate(blocks):
        around = blocks[max(0, number - 1) : number + 2]
        here = _words(original, [block], original=True)
        inside = _words(edition, [block], original=False)
        near, there = _runs(original, around, original=True), _runs(edition, around, original=False)
        for person in (True, False):
            ours = [n for n in names if n.person == person]
            lost = {said[n]: n for n in ours if n.first in here and n not in matched and not there[said[n]]}
            strange = {said[n] for n in ours if not near[said[n]] or (person and there[said[n]] > near[said[n]])}
            found = [
                (at, key) for key in strange - lost.keys() for at in _places(edition, block, key) if at not in taken
            ]
            if len(lost) != 1:
                continue
            name = next(iter(lost.values()))
            if len(found) == 1:
                first, key = found[0]
                yield _conflict(original, name, edition, (first, first + len(key)), "another name of the original")
            new = [n for n in strangers if n.person == person and n.first in inside]
            if not found and len(new) == 1 and (person or name.id in whole):
                yield _conflict(original, name, edition, (new[0].first, new[0].end), "a name that the original has not")


def _places_of(side: Side) -> set[str]:
    """The ids of the places among the units."""
    return {unit.id for unit in side.record.units if unit.class_ == "administrative"}


def _strangers(original: Side, edition: Side, blocks: Sequence[Block], matches: Sequence[Match]) -> list[Name]:
    """The Vietnamese names of people and places that the edition has and the original does not."""
    used = {at for match in matches for at in range(match.first, match.end)}
    known, whole = _runs(original, blocks, original=True), _places_of(edition)
    strangers = []
    for name in find_names(edition):
        words = edition.words[name.first : name.end]
        fits = is_syllable if name.person else looks_local
        local = all(fits(edition.text[word.start : word.end]) for word in words)
        if local and len(name) > 1 and name.first not in used and not known[keys(words)]:
            strangers += [name] * (name.person or name.id in whole)
    return strangers


def _conflict(original: Side, name: Name, edition: Side, words: tuple[int, int], what: str) -> Conflict:
    ours = original.span(original.words[name.first].start, original.words[name.end - 1].end)
    theirs = edition.span(edition.words[words[0]].start, edition.words[words[1] - 1].end)
    return Conflict("name", ours, theirs, f"{ours.text} became {theirs.text}, {what}")


def _words(side: Side, blocks: Sequence[Block], *, original: bool) -> range:
    spans = [block.original if original else block.edition for block in blocks]
    spans = [span for span in spans if span[0] < span[1]]
    if not spans:
        return range(0)
    return words_between(side.words, side.sentences[spans[0][0]][0], side.sentences[spans[-1][1] - 1][1])


def _runs(side: Side, blocks: Sequence[Block], *, original: bool) -> Counter[_Key]:
    """How often every run of two to five words stands in the blocks."""
    here = _words(side, blocks, original=original)
    spelled = [side.words[i].key for i in here]
    return Counter(tuple(spelled[i : i + n]) for n in range(2, 6) for i in range(len(spelled) - n + 1))


def _places(side: Side, block: Block, key: _Key) -> Iterator[int]:
    """Where a name stands in the block of the edition, as the first of its words."""
    here = _words(side, [block], original=False)
    for first in here:
        if keys(side.words[first : first + len(key)]) == key and first + len(key) - 1 in here:
            yield first
