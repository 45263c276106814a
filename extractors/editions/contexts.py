"""What the words around a figure say: over or under, up or down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from extractors.editions.quantities import Quantity
from extractors.editions.side import Side
from extractors.indicators.clauses import Layers, Mention, Piece, read_sentence
from extractors.indicators.directions import find_direction
from extractors.indicators.lexicon import FigureLexicon, load_figures
from extractors.indicators.numbers import Percentage, find_percentages
from extractors.indicators.readings import find_comparator
from extractors.types import Direction

__all__ = ["Contexts"]

_CLASSES = {"gt": "above", "gte": "above", "lt": "below", "lte": "below", "approx": "about"}
_OPPOSITE = {"above": "below", "below": "above"}
# Words that are comparators before a figure and much else besides: "trên 8 xã" is in 8 communes.
_AMBIGUOUS = frozenset(
    "trên dưới ngoài quá hơn over under above below beyond über unter gut bald keine sous dépasse gegen".split()  # noqa: SIM905
)
# Words that are as often no limit at all: "the highest price, 5 million", "besides (ngoài) 60 million".
_NO_LIMIT = frozenset(["cao nhất", "nhiều nhất", "thấp nhất", "maximum", "minimum", "maximal", "minimal", "ngoài"])
_TO = re.compile(r"\b(?:tới|đến|lên|hết|up|to|bis|auf|à|jusqu)\b", re.IGNORECASE)
_BEFORE, _AFTER = 45, 28  # characters around a figure in which its comparator stands


class Contexts:
    """Reads the surroundings of the figures of a text."""

    def __init__(self, side: Side) -> None:
        self.side = side

    @cached_property
    def lexicon(self) -> FigureLexicon | None:
        return load_figures(self.side.pack) if self.side.pack else None

    @cached_property
    def _lower(self) -> str:
        lower = self.side.text.lower()
        return lower if len(lower) == len(self.side.text) else self.side.text

    @cached_property
    def _layers(self) -> Layers:
        assert self.lexicon
        mentions = sorted((m.start, m.end, u.id) for u in self.side.record.units for m in u.mentions)
        figures = find_percentages(self.side.text, self._lower, self.lexicon)
        return Layers(figures, (), [Mention(*mention) for mention in mentions])

    def differs(self, one: Quantity, theirs: Contexts, other: Quantity) -> str | None:
        """Whether the surroundings of a figure contradict those of the same figure on the other side, and how."""
        if self.lexicon is None or theirs.lexicon is None:
            return None
        a, b = self._read(one), theirs._read(other)
        if a is None or b is None:
            return None
        return self._comparators(one, a, theirs, other, b) or _directions(a, b)

    def _read(self, one: Quantity) -> _Around | None:
        number = self.side.sentence_at(one.start)
        if number is None or self.lexicon is None:
            return None
        span = self.side.sentences[number]
        pieces = self._pieces(span)
        at = next((i for i, piece in enumerate(pieces) if piece.start <= one.start < piece.end), None)
        return None if at is None else _Around(pieces, at, self._layers.figures, self.lexicon)

    def _pieces(self, span: tuple[int, int]) -> tuple[Piece, ...]:
        assert self.lexicon
        return read_sentence(self.side.text, self._lower, span, self._layers, self.lexicon)

    def _comparators(self, one: Quantity, a: _Around, theirs: Contexts, other: Quantity, b: _Around) -> str | None:
        ours, given = a.comparator, b.comparator
        if ours == given or "range" in (ours, given):
            return None
        if _OPPOSITE.get(ours) == given:
            return f"{ours} became {given}"
        for strict, quantity, around, loose, far, contexts in (
            (ours, one, a, given, other, theirs),
            (given, other, b, ours, one, self),
        ):
            if strict == "below" and (loose == "about" or (around.kind == "lte" and _TO.search(contexts._window(far)))):
                continue
            if strict not in _OPPOSITE or contexts._says(far, strict):
                continue
            if loose == "exact" and around.word in _NO_LIMIT:
                continue
            if loose == "exact" and around.word in _AMBIGUOUS and not (quantity.mark or quantity.scale):
                continue
            return f"{strict if strict is ours else loose} became {loose if strict is ours else strict}"
        return None

    def _window(self, one: Quantity) -> str:
        start = max(0, one.start - _BEFORE, self._lower.rfind("\n", 0, one.start) + 1)
        return self._lower[start : one.end + _AFTER]

    def _says(self, one: Quantity, wanted: str) -> bool:
        """Whether any word of the kind stands near the figure, though not where it was looked for."""
        assert self.lexicon
        words = re.findall(r"\w+|[^\w\s]", self._window(one))
        kinds: set[str] = set()
        for i in range(len(words)):
            if hit := self.lexicon.cues.match(words, i):
                kinds |= hit[1]
        names = {f"{kind}{after}" for kind, class_ in _CLASSES.items() if class_ == wanted for after in ("", "_after")}
        return bool(kinds & names)


class _Around:
    """A figure among the pieces of its sentence."""

    def __init__(self, pieces: Sequence[Piece], at: int, figures: Sequence[Percentage], lexicon: FigureLexicon) -> None:
        self._pieces, self._at, self._figures = pieces, at, figures
        piece = pieces[at]
        figure = figures[int(piece.ref or 0)] if piece.kind == "figure" else _BARE
        reading = find_comparator(pieces, at, figure)
        self.kind = reading.comparator
        self.comparator = _CLASSES.get(self.kind, "range" if self.kind == "range" else "exact")
        self.word = next((p.text for p in pieces[:at][::-1] if p.start == reading.start), "")
        before: Direction | None = None
        self.direction, self.said = find_direction(pieces, at, figure, before, verb_last=lexicon.verb_last)

    @property
    def trend(self) -> Direction | None:
        """Up or down, where the text surely says so."""
        return self.direction if self.said and self.direction != "level" else self._change

    @property
    def hints(self) -> frozenset[str]:
        """Every change that words right around the figure speak of: "negative growth of 0.9 %" speaks of both."""
        kinds: set[str] = set()
        for way in (self._pieces[max(0, self._at - _HINT) : self._at][::-1], self._pieces[self._at + 1 :][:_HINT]):
            for piece in way:
                if piece.kind in ("figure", "mark"):
                    break
                kinds |= piece.kinds
        names = {"up": "increase", "up_after": "increase", "down": "decrease", "down_after": "decrease"}
        return frozenset(names[kind] for kind in kinds & names.keys())

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


_HINT = 4  # pieces on either side of a figure
_CHANGE = 8  # pieces between a change and the first of two levels
_BARE = Percentage(0, 0, 0.0, None, "%", 0, None, False, "")


def _directions(a: _Around, b: _Around) -> str | None:
    ours = a.trend or a.by_value  # the figures of the original are right, those of the edition may not be
    if ours and b.trend and ours != b.trend and not (a.hints & {b.trend} or b.hints & {ours}):
        return f"{ours} became {b.trend}"
    return None
