"""What speaks for a unit as the one that a figure is about: where it is named, how, and what stands between.

A signal is a short string. Those of all languages are alike: they tell what words say, not which words they are.
Units are named before the figure in its clause (`L`) or before the figure before (`l`), after it in its clause (`R`)
or further on (`r`), in the paragraph before (`P`), or are carried on from the figures before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.indicators.abouts.namings import Naming, symbol
from extractors.indicators.abouts.units import KnownUnits
from extractors.indicators.sentences.clauses import Mention, Piece
from extractors.indicators.sentences.readings import next_figure, previous_figure
from extractors.indicators.words.lexicon import BOUNDS

__all__ = ["Scene", "signals_of"]

_AROUND = 7  # pieces before a unit that may say what it is to the figure
_ASSIGNED = 4  # pieces behind a unit that say that it has set the plan: "the plan assigned by A"
_TARGETS = frozenset({"plan", "annual", "goal"})
_MOST = 3  # units or cuts between from which on their number says no more
_FARTHEST = 5  # 16 pieces
_PAST = ("say", "than", "plan", "be", "reach", "have", "share", "rel", "up", "down", "of")
_IN = frozenset(
    {"than", "average", "among", "plan", "annual", "year_ago", "goal", "say", "compares", "causes", "alike"}
)
_IN_LISTS = frozenset({"helped", "merged", "located"})
_CLOSED = frozenset({"reach", "be", "have", "rel"})
_CUTS = frozenset({",", ";", ":", "–"})
_SMALL = frozenset({"det", "prep"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A figure in its sentence: the units named there and in the paragraph before, what the figure before in the
    sentence (`before`) and the last one of the sentences before (`last`) are about, `near` where that is of the same
    paragraph. `state` is `c` where the clause names a unit before the figure, `s` where the sentence does, else `n`."""

    pieces: Sequence[Piece]
    at: int
    namings: Sequence[Naming]
    paragraph: Sequence[Mention]
    whole: bool
    before: str | None
    last: str | None
    near: bool
    floor: int = field(init=False)
    ceiling: int = field(init=False)
    state: str = field(init=False)

    def __post_init__(self) -> None:
        floor = previous_figure(self.pieces, self.at)
        ahead = [n.last for n in self.namings if n.last < self.at]
        state = "n" if not ahead else "c" if ahead[-1] > floor else "s"
        for name, value in (("floor", floor), ("ceiling", next_figure(self.pieces, self.at)), ("state", state)):
            object.__setattr__(self, name, value)


def signals_of(scene: Scene, units: KnownUnits) -> dict[str, list[str]]:
    """The units that the figure may be about, the nearest first, each with what speaks for it."""
    told = _in_paragraph(scene, units)
    near = [n.unit for n in reversed(scene.namings)]
    carried = [unit for unit in (scene.before, scene.last, units.main) if unit]
    return {
        unit: [*_in_sentence(scene, unit, units), *told.get(unit, ()), *_carried(scene, unit, units)]
        for unit in dict.fromkeys([*near, *told, *carried])
    }


def _in_sentence(scene: Scene, unit: str, units: KnownUnits) -> Iterator[str]:
    """What the sentence says: by the nearest naming of each kind on each side."""
    group = units.group(unit)
    mine = [n for n in scene.namings if n.unit == unit]
    ahead = [n for n in mine if n.last < scene.at]
    nearest: dict[str, Naming] = {}
    for naming in (*reversed(ahead), *mine[len(ahead) :]):
        nearest.setdefault(_side(scene, naming) + naming.how[0], naming)
    for kind, naming in nearest.items():
        yield from _of_naming(scene, naming, kind, group)
    if not nearest:
        yield f"absent.{scene.state}"
    if any(kind == "Lr" for kind in nearest):
        yield f"ref.main={unit == units.main}"
        yield f"ref.last={unit in (scene.before, scene.last)}"


def _side(scene: Scene, naming: Naming) -> str:
    if naming.last < scene.at:
        return "L" if naming.last > scene.floor else "l"
    start = scene.at + 1 + (_opens(scene) and scene.pieces[scene.at + 1].text == ",")  # "With 88 %, A comes first"
    parted = any(p.kind == "mark" and p.text in ",;.:(" for p in scene.pieces[start : naming.last])
    return "r" if parted or naming.last > scene.ceiling else "R"


def _opens(scene: Scene) -> bool:
    """Whether the figure opens the sentence or a part of it."""
    first = scene.at
    while first > 0 and scene.pieces[first - 1].kinds & (BOUNDS | _SMALL):
        first -= 1
    return first == 0 or scene.pieces[first - 1].text in (";", ":", ".", "»")


def _of_naming(scene: Scene, naming: Naming, kind: str, group: str) -> Iterator[str]:
    how = f"{kind[0]}{naming.how}"
    mine = f"{how}{group}"
    yield mine
    yield from _between(scene, naming, kind, how, mine)
    yield from _before(scene.pieces, naming, kind, how, mine)
    low, high = sorted((naming.first, scene.at))
    told = any("say" in p.kinds for p in scene.pieces[max(0, low - _AROUND) : high])
    yield f"{mine}.{'told' if told else 'quiet'}"
    after = scene.pieces[naming.last + 1 : naming.last + _ASSIGNED]
    if any(p.kinds & _TARGETS for p in after):
        yield f"{kind}.assigns"
        yield f"{kind}.assigns.left={symbol(_piece(scene.pieces, naming.first - 1))}"
    for tie in naming.ties:
        yield f"{kind}.{tie}"
        yield f"{mine}.{tie}"
    if naming.det is not None:
        yield f"{how}.det={naming.det}"
    if kind[0] == "R":
        beside = symbol(scene.pieces[scene.at + 1])
        yield f"{mine}.next={beside}"
        yield f"{kind}.next={beside}"
        yield f"{kind}.prev={symbol(_piece(scene.pieces, scene.at - 1))}"


def _between(scene: Scene, naming: Naming, kind: str, how: str, mine: str) -> Iterator[str]:
    """What stands between the naming and the figure."""
    low, high = sorted((naming.last, scene.at))
    between = scene.pieces[low + 1 : high]
    others = len({n.last for n in scene.namings if low < n.last < high and n.how == "d"})
    cuts = sum(p.text in _CUTS or "conj" in p.kinds for p in between)
    yield f"{mine}.{min(others, _MOST)}"
    yield f"{mine}.cuts={min(cuts, _MOST)}"
    yield f"{how}.{min(others, 1)}.cuts={min(cuts, 2)}"
    yield f"{kind}.far={min(len(between).bit_length(), _FARTHEST)}"
    said = frozenset[str]().union(*(p.kinds for p in between))
    for word in _PAST:
        if word in said:
            yield f"{kind}.past={word}"


def _before(pieces: Sequence[Piece], naming: Naming, kind: str, how: str, mine: str) -> Iterator[str]:
    """What stands before the naming: the word beside it, what it is the standard or the reason of."""
    first = naming.first
    left = symbol(_piece(pieces, first - 1))
    left = symbol(_piece(pieces, first - 2)) if left == "det" else left
    yield f"{how}.left={left}"
    yield f"{mine}.left={left}"
    for word in sorted(_said(pieces[max(0, first - _AROUND) : first])):
        yield f"{kind}.in={word}"
        yield f"{mine}.in={word}"
    small = first
    while small > 0 and pieces[small - 1].kinds & _SMALL:
        small -= 1
    if small == 0 or pieces[small - 1].kind == "mark":
        yield f"{mine}.heads"
        if all(p.kind == "mark" or p.kinds & _SMALL for p in pieces[:small]):
            yield f"{kind}.opens"
            yield f"{mine}.opens"


def _said(nearby: Sequence[Piece]) -> set[str]:
    """What the words before a unit say, back to a mark, a figure, a unit or a verb."""
    said: set[str] = set()
    for piece in reversed(nearby):
        if piece.kind in ("mark", "figure", "unit") or piece.kinds & _CLOSED:
            break
        said |= (piece.kinds & _IN) | (piece.lists & _IN_LISTS)
        if piece.kind == "number":
            said.add("number")
    return said


def _in_paragraph(scene: Scene, units: KnownUnits) -> dict[str, list[str]]:
    """What the paragraph before the sentence says of each unit that it names, the last first."""
    found: dict[str, list[str]] = {}
    alone = scene.whole and len({m.unit for m in scene.paragraph}) == 1
    for mention in reversed(scene.paragraph):
        first = scene.whole and mention is scene.paragraph[0]
        where = "only" if alone else "last" if not found else "first" if first else "mid"
        for unit, how in units.named(mention.unit):
            if unit not in found:
                mine = f"P{how}{units.group(unit)}"
                found[unit] = [f"{mine}.{scene.state}", f"{mine}.{where}.{scene.state}"]
    return found


def _carried(scene: Scene, unit: str, units: KnownUnits) -> Iterator[str]:
    """What the figures before and the article say."""
    group, state = units.group(unit), scene.state
    yield f"is{group}"
    if scene.before:
        joint = scene.pieces[scene.floor + 1 : scene.at]
        mark = next((p.text for p in joint if p.text in (",", ";", ":")), None)
        by = mark or ("and" if any("conj" in p.kinds for p in joint) else "")
        own = (f"before.{state}", f"before.{state}.{by}", f"before{group}.{state}")
        yield from _relation(units, unit, scene.before, "before", state, own)
    elif scene.last:
        name = f"last.{'near' if scene.near else 'far'}"
        own = (name, f"{name}.{state}", f"{name}{group}.{state}")
        yield from _relation(units, unit, scene.last, name, state, own)
    if units.main:
        yield from _relation(units, unit, units.main, "main", state, ("main", f"main.{state}"))
    if unit in units.first:
        yield f"first{group}.{state}"


def _relation(units: KnownUnits, unit: str, other: str, name: str, state: str, same: Sequence[str]) -> Iterator[str]:
    """Whether a unit is another, lies in it or holds it."""
    if unit == other:
        yield from same
    elif units.is_within(unit, other):
        yield f"in_{name}.{state}"
    elif units.is_within(other, unit):
        yield f"of_{name}.{state}"


def _piece(pieces: Sequence[Piece], index: int) -> Piece | None:
    return pieces[index] if 0 <= index < len(pieces) else None
