"""An edition beside its original: sentences, names and figures matched, what differs reported. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.editions import figures, names, roles
from extractors.editions.align import Block, align
from extractors.editions.pairs import pair_people, pair_units, people_rows, unit_rows
from extractors.editions.report import Conflict, NamePair, Report, SentencePair
from extractors.editions.side import Side
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
    conflicts = [
        *names.conflicts_of(ours, theirs, matches),
        *figures.conflicts_of(ours, theirs, blocks),
        *roles.conflicts_of(ours, theirs, blocks, people),
        *_left_out(ours, theirs, blocks),
    ]
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


_STOPS = '.!?…:"”“»)'


def _left_out(ours: Side, theirs: Side, blocks: Sequence[Block]) -> Iterator[Conflict]:
    """Sentences that one side lacks. Titles, captions and bylines, which end without a stop, come and go."""
    for block in blocks:
        for side, (first, end), kind in ((ours, block.original, "missing"), (theirs, block.edition, "added")):
            other = block.edition if side is ours else block.original
            if first == end or other[0] != other[1]:
                continue
            span = side.span(*_range(side, (first, end)))
            if span.text[-1] not in _STOPS or side.text.count(span.text) > 1 or _is_note(span.text):
                continue
            if kind == "missing":
                yield Conflict("missing", span, None, "the edition lacks this sentence of the original")
            else:
                yield Conflict("added", None, span, "the original has no such sentence")


def _is_note(text: str) -> bool:
    """Whether a sentence is a remark in brackets, as papers name their sources in: "(Theo TTXVN)"."""
    return text.startswith("(") and text.endswith(")")
