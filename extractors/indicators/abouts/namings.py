"""The units that a sentence names: by their names, by an office of theirs, by a word for their kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.indicators.abouts.units import KnownUnits
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.indicators.words.matching import words_of

__all__ = ["Naming", "find_namings", "symbol"]

_BESIDE = 6  # pieces between two units that stand beside each other: "A, a highland commune of B"
_NEAR = 5  # pieces: "than the average of the whole"
_COMPARING = frozenset({"than", "average", "compares", "alike"})
_CLOSED = frozenset({"reach", "be", "have", "rel"})
_PARTED = frozenset({"figure", "period", "name"})
_WORDS = frozenset({"word", "cue", "number", "mark"})
_KINDS = frozenset({"figure", "period", "unit", "name", "number"})
# What a piece is to the unit beside it, the most telling first.
_LISTS = ("this", "these", "each", "many", "helped", "merged", "located", "within", "expects", "and", "in", "beside")
_CUES = (
    *(
        "say",
        "than",
        "average",
        "among",
        "plan",
        "annual",
        "year_ago",
        "compares",
        "goal",
        "head",
        "whole",
        "of",
        "rel",
    ),
    *("causes", "prep", "conj", "be", "reach", "have", "share", "up", "down", "up_after", "down_after", "fulfil"),
    *("result", "det", "part", "aux", "topic", "reference"),
)


@dataclass(frozen=True, slots=True)
class Naming:
    """A unit named by the pieces from `first` to `last`.

    `how`: `d` by its own name, `o` and a group by that of an office of it, `c` by those of two places in it, `r0`,
    `r1`, … by a word for its kind, the last one named before first, `f` by such a word before its name, `s` and one
    of these as what another is compared with. `ties`: how it stands to a unit beside it. `det`: what
    stands before such a word.
    """

    first: int
    last: int
    unit: str
    how: str
    ties: tuple[str, ...] = ()
    det: str | None = None


def find_namings(pieces: Sequence[Piece], units: KnownUnits, lexicon: FigureLexicon) -> list[Naming]:
    """The units that a sentence names, in order."""
    places = [index for index, piece in enumerate(pieces) if piece.kind == "unit"]
    ties: dict[int, tuple[str, ...]] = {}
    found: list[Naming] = []
    for first, second in pairwise(places):
        for index, tie in zip((first, second), _ties(pieces, first, second, units), strict=True):
            ties[index] = (*ties.get(index, ()), tie) if tie else ties.get(index, ())
        if "then" in ties[second] and (common := _common(units, str(pieces[first].ref), str(pieces[second].ref))):
            found.append(Naming(first, second, common, "c"))
    for index in places:
        found += (Naming(index, index, *one, ties.get(index, ())) for one in units.named(str(pieces[index].ref)))
    found += _by_kind(pieces, units, lexicon)
    told = (replace(n, how=f"s{n.how[0]}") if _is_standard(pieces, n.first) else n for n in found)
    return sorted(told, key=lambda naming: naming.last)


def symbol(piece: Piece | None) -> str:
    """What a piece is to the unit beside it, in a word; `edge` where there is none."""
    if piece is None:
        return "edge"
    if piece.kind in _KINDS:
        return piece.kind
    if piece.kind == "mark":
        return piece.text
    if listed := next((name for name in _LISTS if name in piece.lists), None):
        return listed
    return next((name for name in _CUES if name in piece.kinds), piece.kind)


def _is_standard(pieces: Sequence[Piece], first: int) -> bool:
    """Whether a unit is what another is compared with: "lower than in A", "the average of A"."""
    for piece in reversed(pieces[max(0, first - _NEAR) : first]):
        if piece.kinds & _COMPARING:
            return True
        if piece.kind in ("mark", "figure", "unit", "period") or piece.kinds & _CLOSED:
            return False
    return False


def _ties(pieces: Sequence[Piece], first: int, second: int, units: KnownUnits) -> tuple[str, str]:
    """How two units beside each other stand to each other: "xã A, huyện B", "A (B)", "A and B"."""
    between = pieces[first + 1 : second]
    if len(between) > _BESIDE or any(p.kind in _PARTED or p.text in (";", ":", ".") for p in between):
        return "", ""
    if units.is_within(str(pieces[first].ref), str(pieces[second].ref)):
        return "inner", "outer"
    if len(between) == 1 and between[0].text == "(":
        return "bracketer", "bracketed"
    listed = all(p.text == "," or p.kinds & {"conj", "det", "prep", "of"} or "and" in p.lists for p in between)
    return ("list", "then") if between and listed else ("", "")


def _common(units: KnownUnits, one: str, other: str) -> str | None:
    parent = units.by_id[one].parent
    return parent if parent in units.by_id and parent == units.by_id[other].parent else None


def _by_kind(pieces: Sequence[Piece], units: KnownUnits, lexicon: FigureLexicon) -> Iterator[Naming]:
    """What words for kinds of units stand for: "the province", "toàn huyện", "l'hôpital"."""
    tokens = [(w, i) for i, piece in enumerate(pieces) if piece.kind in _WORDS for w in words_of(piece.text)]
    words = [word for word, _ in tokens]
    nouns, at = lexicon.unit_nouns, 0
    while at < len(words):
        hit = nouns.match(words, at) if nouns.begins(words[at]) else None
        if hit is None:
            at += 1
            continue
        first, last = tokens[at][1], tokens[at + hit[0] - 1][1]
        beside = words[at - 1] if at and tokens[at - 1][1] >= first - 1 else ""
        det = _det(beside, lexicon)
        for unit, how in units.referred(hit[1], pieces[first].start):
            yield Naming(first, last, unit, how, (), det)
        at += hit[0]


def _det(word: str, lexicon: FigureLexicon) -> str:
    """What the word before a noun is."""
    if not word or word[0].isdecimal():
        return "number" if word else "none"
    hit = lexicon.cues.match([word], 0) if lexicon.cues.begins(word) else None
    kinds = hit[1] if hit else frozenset[str]()
    return symbol(Piece("word", 0, 0, word, kinds, lists=lexicon.lists_of.get(word, frozenset())))
