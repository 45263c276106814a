"""An edition beside its original: sentences, names and figures matched, what differs reported. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.editions import names, roles
from extractors.editions.align import Block, align
from extractors.editions.bodies import find_changed_bodies
from extractors.editions.checked import Checked
from extractors.editions.exchanged import find_exchanged
from extractors.editions.figures import compare_figures
from extractors.editions.lacks import find_lacks
from extractors.editions.pairs import pair_people, pair_units, people_rows, unit_rows
from extractors.editions.report import Conflict, NamePair, Report, SentencePair
from extractors.editions.side import Side
from extractors.editions.times import find_changed_times
from extractors.types import Record

__all__ = ["Conflict", "NamePair", "Report", "SentencePair", "compare"]


def compare(original: Record, edition: Record) -> Report:
    """The edition set against its original, which is the authority.

    Lost diacritics, translated kinds of units, number formats, dates written out, rounding words and sentences
    joined or parted are no conflicts.
    """
    ours, theirs = Side(original), Side(edition)
    blocks = align(ours, theirs)
    matches = names.match_names(ours, theirs, blocks)
    people = pair_people(theirs, matches)
    units = pair_units(ours, theirs, matches, blocks)
    whole = {unit.id for unit in original.units if unit.class_ == "administrative"}
    places = [match for match in matches if match.name.id in whole]
    checked = Checked(ours, theirs, blocks)
    figures, lone = compare_figures(ours, theirs, blocks, checked)
    exchanged = list(find_exchanged(ours, theirs, blocks, matches))
    misnamed = {theirs.sentence_at(conflict.edition.start) for conflict in exchanged if conflict.edition}
    offices = roles.conflicts_of(ours, theirs, blocks, people)
    conflicts = [
        *names.conflicts_of(ours, theirs, matches),
        *exchanged,
        *figures,
        *find_changed_times(ours, theirs, blocks),
        *(one for one in offices if not one.edition or theirs.sentence_at(one.edition.start) not in misnamed),
        *find_lacks(ours, theirs, blocks, lone, checked),
    ]
    known = {theirs.sentence_at(one.edition.start) for one in conflicts if one.kind == "role" and one.edition}
    bodies = find_changed_bodies(ours, theirs, blocks)
    conflicts += [one for one in bodies if one.edition and theirs.sentence_at(one.edition.start) not in known]
    conflicts += list(checked.conflicts(conflicts))
    return Report(
        original,
        edition,
        tuple(_sentences(ours, theirs, blocks)),
        people_rows(ours, theirs, matches),
        unit_rows(ours, theirs, places, units),
        tuple(sorted(conflicts, key=_order)),
    )


def _order(conflict: Conflict) -> tuple[int, int]:
    return (
        conflict.edition.start if conflict.edition else conflict.original.start if conflict.original else 0,
        conflict.edition is None,
    )


def _sentences(ours: Side, theirs: Side, blocks: Sequence[Block]) -> Iterator[SentencePair]:
    for block in blocks:
        if block.original[0] < block.original[1] and block.edition[0] < block.edition[1]:
            yield SentencePair(_range(ours, block.original), _range(theirs, block.edition))


def _range(side: Side, sentences: tuple[int, int]) -> tuple[int, int]:
    return side.sentences[sentences[0]][0], side.sentences[sentences[1] - 1][1]
