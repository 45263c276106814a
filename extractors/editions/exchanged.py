"""A name of the original in the place of another: the edition names the wrong person or the wrong commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extractors.editions.align import Block
from extractors.editions.mentions import Name, find_names
from extractors.editions.names import Match
from extractors.editions.report import Conflict
from extractors.editions.side import Side
from extractors.editions.words import keys, words_between

__all__ = ["find_exchanged"]

_Key = tuple[str, ...]


def find_exchanged(
    original: Side, edition: Side, blocks: Sequence[Block], matches: Sequence[Match]
) -> Iterator[Conflict]:
    """Where a block of the edition lacks one name of the original and has one that the original has elsewhere.

    Both are of several syllables and of one kind, person or place. A place that the original has in a neighbouring
    sentence says nothing, for editions put names for pronouns; a person does who is named oftener than by the original.
    """
    names = [name for name in find_names(original) if len(name) > 1]
    said = {name: keys(original.words[name.first : name.end]) for name in names}
    matched, taken = {match.name for match in matches}, {match.first for match in matches}
    for number, block in enumerate(blocks):
        around = blocks[max(0, number - 1) : number + 2]
        here = _words(original, [block], original=True)
        near, there = _runs(original, around, original=True), _runs(edition, around, original=False)
        for person in (True, False):
            ours = [n for n in names if n.person == person]
            lost = {said[n]: n for n in ours if n.first in here and n not in matched and not there[said[n]]}
            strange = {said[n] for n in ours if not near[said[n]] or (person and there[said[n]] > near[said[n]])}
            found = [
                (at, key) for key in strange - lost.keys() for at in _places(edition, block, key) if at not in taken
            ]
            if len(lost) == len(found) == 1:
                name, (first, key) = next(iter(lost.values())), found[0]
                yield _conflict(original, name, edition, (first, first + len(key)))


def _conflict(original: Side, name: Name, edition: Side, words: tuple[int, int]) -> Conflict:
    ours = original.span(original.words[name.first].start, original.words[name.end - 1].end)
    theirs = edition.span(edition.words[words[0]].start, edition.words[words[1] - 1].end)
    return Conflict("name", ours, theirs, f"{ours.text} became {theirs.text}, another name of the original")


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
