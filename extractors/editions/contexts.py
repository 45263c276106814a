"""What the words around a figure say: over or under, up or down."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from extractors.editions.around import (
    AMBIGUOUS,
    CLASSES,
    Around,
    are_surely_opposite,
    differing_kind,
    differing_points,
    opposite_direction,
)
from extractors.editions.checked import Checked
from extractors.editions.quantities import Quantity
from extractors.editions.side import Side
from extractors.indicators.numbers import find_percentages
from extractors.indicators.sentences.clauses import Layers, Mention, Piece, read_sentence
from extractors.indicators.words.lexicon import FigureLexicon, load_figures

__all__ = ["Contexts"]

_MANY = 100  # before a smaller number without a scale word, "trên" is as often a place
_OPPOSITE = {"above": "below", "below": "above"}
# Words that are as often no limit at all: "the highest price, 5 million", "besides (ngoài) 60 million".
_NO_LIMIT = frozenset(["cao nhất", "nhiều nhất", "thấp nhất", "maximum", "minimum", "maximal", "minimal", "ngoài"])
# A standard that something is above, not a bound: "97%, hơn hẳn mức 70% của năm trước".
_STANDARD = re.compile(r"\bhơn (?:hẳn |nhiều )?(?:mức|con số) (?=$)")
_TO = re.compile(r"\b(?:tới|đến|lên|hết|up|to|bis|auf|à|jusqu)\b", re.IGNORECASE)
# "Only 37" is as well "no more than 37".
_ONLY = re.compile(r"\b(?:chỉ|vỏn vẹn|only|just|merely|nur|lediglich|bloß|seulement|que|ne|n['’])\b", re.IGNORECASE)
_STOP = re.compile(r"[,;:.](?!\d)")
_AROUND = 100  # pieces of a sentence on either side of a figure that are looked at
_BEFORE, _AFTER = 45, 28  # characters around a figure in which its comparator stands


class Contexts:
    """Reads the surroundings of the figures of a text."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self._read: dict[tuple[int, int], tuple[Piece, ...]] = {}

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

    def differs(self, one: Quantity, theirs: Contexts, other: Quantity, checked: Checked) -> str | None:
        """Whether the surroundings of a figure contradict those of the same figure on the other side, and how.

        Another bound or way has to be seen by the check of sentences too, which looks for other words.
        """
        if self.lexicon is None or theirs.lexicon is None:
            return None
        a, b = self.read(one), theirs.read(other)
        if a is None or b is None:
            return None
        if problem := differing_points(a, b):
            return problem
        bound = self._comparators(one, a, theirs, other, b)
        if bound and checked.agrees_anywhere(one):
            return bound
        way = opposite_direction(a, b)
        if way and (are_surely_opposite(a, b) or checked.agrees(one)):
            return way
        return None if way else differing_kind(a, b)

    def read(self, one: Quantity) -> Around | None:
        number = self.side.sentence_at(one.start)
        if number is None or self.lexicon is None:
            return None
        span = self.side.sentences[number]
        pieces = self._pieces(span)
        at = bisect_right(pieces, one.start, key=lambda piece: piece.start) - 1
        if at < 0 or one.start >= pieces[at].end:
            return None
        first = max(0, at - _AROUND)
        return Around(pieces[first : at + _AROUND], at - first, self._layers.figures, self.lexicon)

    def _pieces(self, span: tuple[int, int]) -> tuple[Piece, ...]:
        assert self.lexicon
        if span not in self._read:
            self._read[span] = read_sentence(self.side.text, self._lower, span, self._layers, self.lexicon)
        return self._read[span]

    def kinds(self, one: Quantity) -> frozenset[str]:
        """What the words around a figure say of it, between the figures and stops before and behind it."""
        around = self.read(one)
        return around.telling if around else frozenset()

    def _comparators(self, one: Quantity, a: Around, theirs: Contexts, other: Quantity, b: Around) -> str | None:
        ours, given = a.comparator, b.comparator
        if ours == given or "range" in (ours, given):
            return None
        if _OPPOSITE.get(ours) == given:
            return f"{ours} became {given}"
        for strict, quantity, around, loose, far, contexts in (
            (ours, one, a, given, other, theirs),
            (given, other, b, ours, one, self),
        ):
            if strict == "below" and (
                loose == "about" or (around.kind == "lte" and _TO.search(contexts._window(far)[0]))
            ):
                continue
            if strict not in _OPPOSITE or contexts._says(far, strict):
                continue
            if loose == "exact" and around.kind == "lte" and _ONLY.search(contexts._window(far)[0]):
                continue
            if loose == "exact" and (
                around.word in _NO_LIMIT or _STANDARD.search(self._lower[max(0, one.start - _BEFORE) : one.start])
            ):
                continue
            if loose == "exact" and around.word in AMBIGUOUS and _is_small(quantity):
                continue
            return f"{strict if strict is ours else loose} became {loose if strict is ours else strict}"
        return None

    def _window(self, one: Quantity) -> tuple[str, int]:
        """The text around a figure in which its comparator stands, and where in it the figure begins."""
        start = max(0, one.start - _BEFORE, self._lower.rfind("\n", 0, one.start) + 1)
        return self._lower[start : one.end + _AFTER], one.start - start

    def _says(self, one: Quantity, wanted: str) -> bool:
        """Whether any word of the kind stands near the figure, though not where it was looked for."""
        assert self.lexicon
        window, at = self._window(one)
        places = list(re.finditer(r"\w+|[^\w\s]", window))
        words = [place.group() for place in places]
        kinds: set[str] = set()
        for i in range(len(words)):
            if not (hit := self.lexicon.cues.match(words, i)):
                continue
            last = places[i + hit[0] - 1].end()
            loose = window[places[i].start() : last] in AMBIGUOUS  # "gut erfüllen, 90 %"
            if not (loose and _STOP.search(window, *sorted((last, at)))):
                kinds |= hit[1]
        names = {f"{kind}{after}" for kind, class_ in CLASSES.items() if class_ == wanted for after in ("", "_after")}
        return bool(kinds & names) or (wanted == "above" and "over" in kinds)


def _is_small(one: Quantity) -> bool:
    return not one.mark and not one.scale and one.value < _MANY
