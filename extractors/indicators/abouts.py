"""Which unit a figure is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.indicators.sentences.clauses import Mention, Piece
from extractors.indicators.sentences.readings import next_figure, previous_figure
from extractors.indicators.words.lexicon import BOUNDS, FigureLexicon
from extractors.types import Unit

__all__ = ["Units"]

_NAMED = ("unit", "period", "name")  # kinds of pieces between a place and what lies in it that part them
_MOST_LISTED = 20  # figures of one list
_NOT_ABOUT = frozenset({"than", "plan", "annual", "year_ago"})
_OFFICES = frozenset({"government", "party", "security", "mass_organization"})  # they report on their place
_SPEAKERS = frozenset({"peoples_committee", "peoples_council", "party_committee", "party_standing_committee",
                       "party_executive_committee", "statistics_office", "national_assembly_delegation"})  # fmt: skip
_APPOSITION = 6  # pieces between a unit and the one that places it: "A, a highland commune of B district"
_STANDARD = 7  # pieces: "points more than the average of" before a unit
_PLACING = 25  # characters between a unit and the one that places it: ", located in the "
_SPEAKER = 14  # pieces from a word of saying to the office of the speaker
_JOINED = 5  # pieces between two units that "and" joins: "in A and in the"
_OPENING = 2  # lines: a unit of the title or the lead counts twice


class Units:
    """The units of an article, asked for the one that a figure is about."""

    def __init__(self, units: Sequence[Unit], lower: str, lexicon: FigureLexicon) -> None:
        self._by_id = {unit.id: unit for unit in units if unit.class_ != "media"}
        self._lower = lower
        self._references = lexicon.references
        self._averages = lexicon.averages
        self._located_by = tuple(f"{words} " for words in lexicon.lists["located"])
        self._merged = tuple(f"{words} " for words in lexicon.lists["merged"])
        rows = (Mention(m.start, m.end, u.id) for u in self._by_id.values() for m in u.mentions)
        self.mentions = tuple(sorted(rows, key=lambda m: (m.start, -m.end)))
        self._main = self._find_main()

    def find(self, pieces: Sequence[Piece], at: int, before: str | None, last: tuple[str | None, int]) -> str | None:
        """The id of the unit named in the figure's clause, else of the figure before, else of the paragraph.

        `before` is the unit of the figure before in the sentence, `last` that of the last figure of the paragraph
        with the place where it ends.
        """
        if paired := self._paired(pieces, at):
            return paired
        if located := self._place_behind(pieces, at):
            return located
        source = None
        floor = previous_figure(pieces, at)
        said = False
        for index in range(at - 1, floor, -1):
            said = said or "say" in pieces[index].kinds
            if unit := self._unit(pieces, index, floor):
                nearby = pieces[max(floor + 1, index - 2) : index]
                if said or _is_told(nearby) or _is_office_of_speaker(pieces, index, floor):
                    source = self._place(unit) or self._main or unit
                    break
                return self._reporting(unit)
        fronted = _opens(pieces, at)
        for index in range(at + 1, next_figure(pieces, at)):
            piece = pieces[index]
            if piece.text == "," and fronted and index == at + 1:
                continue  # "With 88 %, A comes first"
            if piece.kind == "mark" and piece.text in ",;.:(":
                break
            if unit := self._unit(pieces, index, at):
                return self._reporting(unit)
        return source or before or self._returned(pieces[0].start, last) or self._governing(pieces[at].start, last)

    def _place_behind(self, pieces: Sequence[Piece], at: int) -> str | None:
        """The place right behind the figure, where others of the sentence are so too: "68 % in A and 60 % in B"."""
        following = pieces[at + 1 : at + 3]
        if len(following) < 2 or "within" not in following[0].lists or following[1].kind != "unit":
            return None
        unit = str(following[1].ref)
        return unit if self._by_id[unit].class_ == "administrative" else None

    def _reporting(self, unit: str) -> str:
        """The place that an office reports on; any other unit itself."""
        return (self._place(unit) or self._main or unit) if self._by_id[unit].type in _SPEAKERS else unit

    def _unit(self, pieces: Sequence[Piece], index: int, floor: int) -> str | None:
        piece = pieces[index]
        if piece.kind != "unit" and "reference" not in piece.kinds:
            return None
        nearby = _since_joint(pieces[max(floor + 1, index - 3) : index])
        if (
            any(p.kinds & _NOT_ABOUT for p in nearby)
            or _is_ranked_among(pieces[max(floor + 1, index - _STANDARD) : index])
            or _is_thanked(nearby)
            or _is_compared(pieces[max(0, index - _STANDARD) : index])
            or (index > 0 and "compares" in pieces[index - 1].kinds)
        ):
            return None
        if piece.kind != "unit":
            counted = index > 0 and pieces[index - 1].kind == "number"  # "14 xã": communes, not the commune
            return None if counted else self._referred(piece)
        return self._common(pieces, index) or self._inner(pieces, index, floor)

    def _common(self, pieces: Sequence[Piece], index: int) -> str | None:
        """The place that two places joined by "and" lie in: a figure for both is about it."""
        unit = self._by_id[str(pieces[index].ref)]
        for first, last in ((_other(pieces, index, -1), index), (index, _other(pieces, index, 1))):
            if first is None or last is None or not any("and" in p.lists for p in pieces[first + 1 : last]):
                continue
            other = self._by_id[str(pieces[first if last == index else last].ref)]
            if unit.parent and unit.parent == other.parent and unit.class_ == other.class_ == "administrative":
                return unit.parent
        return None

    def _inner(self, pieces: Sequence[Piece], index: int, floor: int) -> str | None:
        """The unit itself, or the one right before that it only places: "xã A (huyện B)", "xã A, huyện B"."""
        unit = str(pieces[index].ref)
        while True:
            left = next(
                (i for i in range(index - 1, max(floor, index - _APPOSITION), -1) if pieces[i].kind == "unit"), None
            )
            if left is None:
                return unit
            between = pieces[left + 1 : index]
            placed = self._is_within(str(pieces[left].ref), unit) and not any(
                p.kind in _NAMED or p.text in (";", ":", ".") for p in between
            )
            bracketed = len(between) == 1 and between[0].text == "("
            if not placed and not bracketed and not _is_apposition(pieces, left, index):
                return unit
            index, unit = left, str(pieces[left].ref)

    def _referred(self, piece: Piece) -> str | None:
        """The unit of the type that a back-reference names: the last before it, else the only one of the article."""
        types = self._references.get(piece.text, ())
        if self._main and self._by_id[self._main].type in types:
            return self._main
        fitting = [m for m in self.mentions if self._by_id[m.unit].type in types]
        before = [m.unit for m in fitting if m.start < piece.start]
        if before:
            return before[-1]
        later = {m.unit for m in fitting}
        return later.pop() if len(later) == 1 else None

    def _paired(self, pieces: Sequence[Piece], at: int) -> str | None:
        """The unit in the same place of a list before a list of figures: "A, B and C reached 1 %, 2 % and 3 %"."""
        group = [at]
        while (
            len(group) <= _MOST_LISTED
            and (left := previous_figure(pieces, group[0])) >= 0
            and _joined(pieces[left + 1 : group[0]])
        ):
            group.insert(0, left)
        while (
            len(group) <= _MOST_LISTED
            and (right := next_figure(pieces, group[-1])) < len(pieces)
            and _joined(pieces[group[-1] + 1 : right])
        ):
            group.append(right)
        if not 1 < len(group) <= _MOST_LISTED:
            return None
        floor = previous_figure(pieces, group[0])
        listed = [str(p.ref) for p in pieces[floor + 1 : group[0]] if p.kind == "unit"]
        listed = listed[-len(group) :]
        return listed[group.index(at)] if len(listed) == len(group) else None

    def _governing(self, at: int, last: tuple[str | None, int]) -> str | None:
        """The last unit of the paragraph before the figure, an office by its place, else what the figure before is
        about; else the unit of the article."""
        line = self._lower.rfind("\n", 0, at) + 1
        named, since = last if last[1] >= line else (None, line)
        before = [m for m in self.mentions if since <= m.start < at and not self._is_standard(m)]
        if named and self._by_id[named].class_ not in _OFFICES | {"administrative"}:
            before = [m for m in before if not self._is_surroundings(m)]
        before = [m for m in before if self._lower[m.start - 1 : m.start] != "("] or before  # "xã A (huyện B)"
        while len(before) > 1 and self._places(before[-2], before[-1]):
            before.pop()
        if not before:
            return named or self._main
        return self._place(before[-1].unit) or self._main or before[-1].unit

    def _returned(self, start: int, last: tuple[str | None, int]) -> str | None:
        """The place of the article, for a sentence that names none behind one about a part of it, where the paragraph
        has named both."""
        line = self._lower.rfind("\n", 0, start) + 1
        named = [m.unit for m in self.mentions if line <= m.start < start]
        main = self._main
        if main is None or main not in map(self._place, named) or not named or last[0] in (None, main):
            return None
        part = str(last[0])
        return main if self._is_within(part, main) and self._by_id[part].class_ == "administrative" else None

    def _is_standard(self, mention: Mention) -> bool:
        """Whether the unit stands in the name of an average or only was merged: "before merging with A"."""
        near = max(0, mention.start - _PLACING)
        merged = self._lower.endswith(self._merged, near, mention.start)
        return merged or self._averages.search(self._lower, near, mention.start) is not None

    def _is_surroundings(self, mention: Mention) -> bool:
        """Whether the unit only says where others like the one before are: "thấp nhất trong 16 quỹ trên địa bàn A"."""
        near = max(0, mention.start - _PLACING)
        return self._lower.endswith(self._located_by, near, mention.start)

    def _places(self, inner: Mention, outer: Mention) -> bool:
        """Whether a unit only says where the one right before it is: "the A cooperative in B district"."""
        between = self._lower[inner.end : outer.start]
        if len(between) > _PLACING or any(mark in between for mark in ";:.\n"):
            return False
        return self._is_within(inner.unit, outer.unit)

    def _is_within(self, inner: str, outer: str) -> bool:
        """Whether a unit belongs to another, at whatever level."""
        seen: set[str] = set()
        here = self._by_id[inner].parent
        while here is not None and here not in seen and here in self._by_id:
            if here == outer:
                return True
            seen.add(here)
            here = self._by_id[here].parent
        return False

    def _find_main(self) -> str | None:
        """The place that the article names most, its offices counted with it."""
        opening = -1
        for _ in range(_OPENING):
            opening = self._lower.find("\n", opening + 1)
        scores: Counter[str] = Counter()
        for mention in self.mentions:
            unit = self._place(mention.unit) or mention.unit
            if self._by_id[unit].class_ == "administrative":
                scores[unit] += 2 if mention.start < opening else 1
        return max(scores, key=scores.__getitem__, default=None)

    def _place(self, unit: str) -> str | None:
        """The place of an office, of a subdivision of it too, None where none is known; any other unit itself."""
        here, seen = unit, {unit}
        while self._by_id[here].class_ in _OFFICES:
            parent = self._by_id[here].parent
            if parent is None or parent in seen or parent not in self._by_id:
                return None
            seen.add(parent)
            here = parent
        return here


def _opens(pieces: Sequence[Piece], at: int) -> bool:
    """Whether the figure opens the sentence or a part of it behind one preposition: "With 88 %, …"."""
    first = at - 1
    while first >= 0 and pieces[first].kinds & BOUNDS and "prep" not in pieces[first].kinds:
        first -= 1
    if first < 0 or "prep" not in pieces[first].kinds:
        return False
    return first == 0 or pieces[first - 1].text in (";", ":", ".", "»")


def _since_joint(nearby: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces behind the last "and" or comma: "100 % of its plan and that of B 92 %"."""
    joint = next((i for i in range(len(nearby) - 1, -1, -1) if nearby[i].text == "," or "and" in nearby[i].lists), -1)
    return nearby[joint + 1 :]


def _other(pieces: Sequence[Piece], index: int, step: int) -> int | None:
    """Where the unit stands that only small words part from this one."""
    for place in range(index + step, index + step * _JOINED, step):
        if not 0 <= place < len(pieces):
            return None
        if pieces[place].kind == "unit":
            return place
        if "and" not in pieces[place].lists and not pieces[place].kinds & {"det", "of"}:
            return None
    return None


def _is_told(nearby: Sequence[Piece]) -> bool:
    """Whether a word of saying stands right before the unit: "according to the A department"."""
    return any("say" in p.kinds for p in nearby) and all(p.text != "." for p in nearby)


def _is_office_of_speaker(pieces: Sequence[Piece], index: int, floor: int) -> bool:
    """Whether the unit is the office of the one who says it: "according to Ms A, director of the B department"."""
    named = False
    closed = pieces[index + 1 : index + 4]
    says = bool(closed) and closed[0].text == "," and any("say" in p.kinds or "expects" in p.lists for p in closed[1:])
    for piece in reversed(pieces[max(floor + 1, index - _SPEAKER) : index]):
        if (piece.kind == "mark" and piece.text in ";.:") or piece.kind == "unit":
            return False
        named = named or piece.kind == "name"
        if "say" in piece.kinds or (says and named):
            return named
    return False


def _is_apposition(pieces: Sequence[Piece], left: int, index: int) -> bool:
    """Whether the later of two units only tells what the first one is: "A, a subsidiary of B, ..."."""
    between = pieces[left + 1 : index]
    closed = index + 1 < len(pieces) and pieces[index + 1].text in (",", "(")
    told = [p for p in between[1:] if not p.kinds & {"conj", "say", "skip"} and p.kind not in ("mark", "name")]
    return closed and bool(between) and between[0].text == "," and len(told) == len(between) - 1 >= 2


def _is_ranked_among(nearby: Sequence[Piece]) -> bool:
    """Whether the unit only says which places another is compared with: "ranks last among the 148 communes of A"."""
    for at, piece in enumerate(nearby):
        if "among" in piece.kinds and "whole_of" not in piece.lists:
            counted = any(p.kind == "number" for p in nearby[at + 1 : at + 3])
            return counted and not any(p.kind == "mark" for p in nearby[at:])
    return False


def _is_thanked(nearby: Sequence[Piece]) -> bool:
    """Whether the unit only helped or was merged: "thanks to the Youth Union", "after the merger with A"."""
    return any("helped" in p.lists for p in nearby)


def _is_compared(nearby: Sequence[Piece]) -> bool:
    """Whether an average is compared with: "higher than the average of the province"."""
    kinds = [p.kinds for p in nearby]
    return any("average" in k for k in kinds) and any(k & {"up", "down", "up_after", "down_after"} for k in kinds)


def _joined(between: Sequence[Piece]) -> bool:
    return len(between) <= 3 and all(
        (p.kind == "mark" and p.text in ",.") or p.kinds & {"conj", "respectively"} for p in between
    )
