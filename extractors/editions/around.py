"""A figure among the words of its sentence: how it is bounded, whether it is a level or a change, and of what kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.indicators.changes.directions import find_direction
from extractors.indicators.numbers import Percentage
from extractors.indicators.sentences.clauses import Piece
from extractors.indicators.sentences.readings import find_comparator, past_comparators
from extractors.indicators.words.lexicon import FigureLexicon
from extractors.types import Direction

__all__ = [
    "AMBIGUOUS",
    "CLASSES",
    "Around",
    "are_surely_opposite",
    "differing_kind",
    "differing_points",
    "opposite_direction",
]

# Words that are comparators before a figure and much else besides: "trên 8 xã" is in 8 communes.
AMBIGUOUS = frozenset(
    "trên dưới ngoài over under above below beyond über unter gut bald keine sous dépasse gegen".split()  # noqa: SIM905
)
CLASSES = {"gt": "above", "gte": "above", "lt": "below", "lte": "below", "approx": "about"}
# What tells the figures of one sentence apart, whatever the order in which they come.
_BEHIND = frozenset("up_after down_after plan annual year_ago previous year_before average total".split())  # noqa: SIM905
_TELLING = _BEHIND | {"from", "to", "up", "down", "gt", "gte", "lt", "lte", "approx"}
_MORE, _LESS = frozenset({"up", "up_after", "gt"}), frozenset({"down", "down_after", "lt"})
_CHANGES = frozenset({"up", "up_after", "up_end", "down", "down_after", "down_end", "over"})
_SAID = {"increase": "an increase", "decrease": "a decrease"}
_DOWNWARD = ("giảm", "xuống")  # levels after a fall: "giảm còn 5%"
_LED: dict[str, Direction] = {"up": "increase", "down": "decrease"}
_FOLLOWED: dict[str, Direction] = {"up_after": "increase", "down_after": "decrease"}
_BOUND = re.compile(r"(?:(?:de|ont|sont) )?(?:plus|moins) de\b|(?:more|less|fewer) than\b|(?:mehr|weniger) als\b")
_VERBS = frozenset({"up", "down", "reach"})
_LAST = 3  # pieces at the end of a clause that hold its verb
_HINT = 4  # pieces on either side of a figure
_CHANGE = 8  # pieces between a change and the first of two levels
_BARE = Percentage(0, 0, 0.0, None, "%", 0, None, False, "")


class Around:
    """A figure among the pieces of its sentence."""

    def __init__(self, pieces: Sequence[Piece], at: int, figures: Sequence[Percentage], lexicon: FigureLexicon) -> None:
        pieces = _without_measure(pieces, at)
        self._pieces, self._at, self._figures = pieces, at, figures
        self._verb_last = lexicon.verb_last
        piece = pieces[at]
        self.unit = figures[int(piece.ref or 0)].unit if piece.kind == "figure" else None
        figure = figures[int(piece.ref or 0)] if piece.kind == "figure" else _BARE
        reading = find_comparator(pieces, at, figure)
        self.kind = reading.comparator
        self.comparator = CLASSES.get(self.kind, "range" if self.kind == "range" else "exact")
        self.word = next((p.text for p in pieces[:at][::-1] if p.start == reading.start), "")
        before: Direction | None = None
        self.direction, self.said = find_direction(pieces, at, figure, before, verb_last=lexicon.verb_last)

    @property
    def trend(self) -> Direction | None:
        """Up or down, where the text surely says so."""
        return self.direction if self.said and self.direction != "level" else self._change

    @property
    def telling(self) -> frozenset[str]:
        """What the words between the marks and figures on both sides of the figure say of it."""
        kinds: set[str] = set()
        for way, telling in ((self._pieces[: self._at][::-1], _TELLING), (self._pieces[self._at + 1 :], _BEHIND)):
            for piece in way:
                if piece.kind in ("figure", "number") or (piece.kind == "mark" and piece.text in ",;:()"):
                    break
                kinds |= piece.kinds & telling
        return frozenset(kinds)

    @property
    def is_plain_level(self) -> bool:
        """Whether the text says that this is what something comes to, and speaks of no change before it."""
        index = past_comparators(self._pieces, self._at)
        near = self._pieces[max(0, index - 1) : index + 1]  # "erreichten damit 4 %"
        reached = any(piece.kinds & {"reach", "share", "gloss"} for piece in near) or bool(self._closing & {"reach"})
        if self.direction != "level" or not reached or any(piece.kind == "mark" for piece in near[1:]):
            return False
        return not any(piece.kinds & _CHANGES for piece in self._pieces[:index])

    @property
    def is_sure_change(self) -> bool:
        """Whether a word of change governs the figure: any does of a percentage, of a number one with "by"."""
        index = past_comparators(self._pieces, self._at)
        if (
            index < 0
            or self.direction == "level"
            or not self.said
            or self.bounds_next
            or self._pieces[index].text == "("
        ):
            return False
        return self.unit is not None or "by" in self._pieces[index].kinds

    @property
    def bounds_next(self) -> bool:
        """Whether the words behind the figure bound another one: 45,7 % de plus de soixante ans."""
        behind = " ".join(piece.text for piece in self._pieces[self._at + 1 : self._at + 5])
        return _BOUND.match(behind) is not None

    @property
    def leads_to(self) -> Direction | None:
        """The change that has come to this level: "rose to 21%"."""
        index = past_comparators(self._pieces, self._at)
        if index < 1 or self.unit is None or self.direction != "level" or "to" not in self._pieces[index].kinds:
            return None
        kinds = self._pieces[index - 1].kinds | self._closing
        return "increase" if "up" in kinds else "decrease" if "down" in kinds else None

    @property
    def _closing(self) -> frozenset[str]:
        """What the last words of the clause say, where the language has its verb there: auf 30 % zu erhöhen."""
        if not self._verb_last:
            return frozenset()
        behind: list[Piece] = []
        for piece in self._pieces[self._at + 1 : self._at + 1 + _CHANGE]:
            if piece.kind in ("figure", "number", "mark"):
                break
            behind.append(piece)
        return frozenset().union(*(piece.kinds & _VERBS for piece in behind[-_LAST:]))

    @property
    def is_emphatic(self) -> bool:
        """Whether a word stands before the figure that can be a "to" as well as an "as much as": tăng tới 21%."""
        return bool(self._at) and "eq" in self._pieces[self._at - 1].kinds

    @property
    def aside(self) -> Direction | None:
        """What a remark behind the figure says of it: "24,8%, cao hơn mức trung bình" is more than something."""
        after = self._pieces[self._at + 1 : self._at + 3]
        if len(after) < 2 or after[0].text != "," or not after[1].kinds & {"compares", "than", "gt", "lt"}:
            return None
        for piece in self._pieces[self._at + 3 :]:
            if piece.kind in ("figure", "number"):
                return None
            if piece.kind == "mark":
                break
        more, less = (bool(after[1].kinds & kinds) for kinds in (_MORE, _LESS))
        return None if more == less else "increase" if more else "decrease"

    @property
    def hints(self) -> frozenset[str]:
        """Every change that words right around the figure speak of: "negative growth of 0.9 %" speaks of both."""
        kinds: set[str] = set()
        before = self._pieces[max(0, self._at - _HINT) : self._at][::-1]
        for way, names in ((before, _LED), (self._pieces[self._at + 1 :][:_HINT], {**_LED, **_FOLLOWED})):
            for piece in way:
                if piece.kind in ("figure", "mark") and piece.text != "(":
                    break
                if piece.text not in AMBIGUOUS:
                    kinds |= piece.kinds & names.keys()
                    kinds |= {"down"} if piece.text.startswith(_DOWNWARD) else set()
        return frozenset({**_LED, **_FOLLOWED}[kind] for kind in kinds)

    @property
    def _change(self) -> Direction | None:
        """The change that leads from the first to the second of two levels: "giảm từ 54,2% xuống 47,6%"."""
        before = self._pieces[self._at - 1] if self._at else None
        if self.direction != "level" or before is None or "from" not in before.kinds:
            return None
        for piece in self._pieces[max(0, self._at - _CHANGE) : self._at][::-1]:
            if piece.kinds & {"up", "down"} == {"up"}:
                return "increase"
            if piece.kinds & {"up", "down"} == {"down"}:
                return "decrease"
            if piece.kind == "mark" and piece.text in ",;:":
                return None
        return None

    @property
    def by_value(self) -> Direction | None:
        """The change from this level to the next, where no verb was read: "từ 54,2% xuống 47,6%"."""
        link, following = [*self._pieces[self._at + 1 : self._at + 3], None, None][:2]
        ours = self._pieces[self._at]
        if link is None or following is None or "to" not in link.kinds or {ours.kind, following.kind} != {"figure"}:
            return None
        first, last = (self._figures[int(piece.ref or 0)].value for piece in (ours, following))
        return None if first == last else "increase" if first < last else "decrease"


def _without_measure(pieces: Sequence[Piece], at: int) -> Sequence[Piece]:
    """The pieces without what a number counts, which parts it from "or more", "less than": 9 triệu đồng trở lên."""
    if pieces[at].kind == "figure":
        return pieces
    end = at + 1
    while end < len(pieces) and "measure" in pieces[end].kinds:
        end += 1
    counted = end == at + 1 and end + 1 < len(pieces) and pieces[end].kind == "word"
    if counted and any(kind.endswith("_after") for kind in pieces[end + 1].kinds):
        end += 1
    return (*pieces[: at + 1], *pieces[end:])


def differing_points(a: Around, b: Around) -> str | None:
    if a.unit and b.unit and a.unit != b.unit:
        names = {"pp": "percentage points", "%": "percent"}
        return f"{names[a.unit]} became {names[b.unit]}"
    return None


def opposite_direction(a: Around, b: Around) -> str | None:
    """Up for down, more for less."""
    ours = a.trend or a.by_value  # the figures of the original are right, those of the edition may not be
    if ours and b.trend and ours != b.trend and not (a.hints & {b.trend} or b.hints & {ours}):
        return f"{ours} became {b.trend}"
    if len(a.hints) == len(b.hints) == 1 and a.hints != b.hints:
        return f"{min(a.hints)} became {min(b.hints)}"
    if a.aside and b.aside and a.aside != b.aside:
        return "more became less" if a.aside == "increase" else "less became more"
    return None


def are_surely_opposite(a: Around, b: Around) -> bool:
    """Whether words right beside the figure say the one way on one side, and the other on the other."""
    return len(a.hints) == len(b.hints) == 1 and a.hints != b.hints


def differing_kind(a: Around, b: Around) -> str | None:
    """A change for a level, or a level for a change."""
    ours = a.trend or a.by_value
    if a.direction == "level" and b.is_sure_change and (a.said or not (a.hints or b.unit is None)):
        return f"a level became {_SAID[b.direction]}"
    if ours and a.said and a.direction != "level" and b.leads_to == a.direction and not a.is_emphatic:
        return f"{_SAID[a.direction]} became a level"
    if b.unit and ours and a.said and a.direction != "level" and b.is_plain_level:
        return f"{_SAID[a.direction]} became a level"
    return None
