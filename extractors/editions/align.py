"""Which sentences of an edition say what which sentences of the original say.

Monotone dynamic programming after Gale and Church (1993), whose lengths are joined here by anchors that no
translation changes: names, numbers, kinds of units, offices; and by the paragraphs.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from extractors.editions.mentions import find_names
from extractors.editions.side import Anchor, Side

__all__ = ["Block", "align"]

# What each kind of step costs: sentences of the original, of the edition. By trial on the pairs in tests/editions:
# joining two sentences is common, leaving one out is rare.
_STEPS = {(1, 1): 0.0, (1, 2): 2.5, (2, 1): 2.5, (2, 2): 5.0, (1, 3): 5.0, (3, 1): 5.0, (1, 0): 4.5, (0, 1): 4.5}
_SPREAD = 0.16  # standard deviation of the logarithm of a sentence's length in translation over its own
_SHORT_SPREAD = 2.5  # divided by the square root of the length, added: short sentences vary more
_WORST_LENGTH = 12.0  # no length is worse than this: anchors can outweigh it
_ANCHOR = 2.0  # gain of an anchor that each text has once
_LONELY = 1.0  # cost of an anchor that the other text has, but not here
_PARAGRAPH = 2.0  # cost where one side begins or crosses a paragraph and the other does not
_ENOUGH = 4  # sentences from which a ratio of lengths is taken
_BAND = 12  # sentences off the diagonal, and a quarter of the text
_WIDEST = 60  # sentences beside that part, in a long text
_CROWDED = 4.0  # cost of joining a sentence that the text it is joined to has no room for
_ROOM = 0.6  # of the length that it should have
_MOST_LOST = 3.0  # more lost anchors tell no more
_SEAM = re.compile(r"[,;:–—(]| (?:and|but|while|which|und|aber|et|mais|và|nhưng|e|y|en|och) ")
_SEAM_REACH = 16  # characters around the place where a seam is looked for, or an eighth of the sentence
_SEAMLESS = 2.0  # cost of joining without a seam
_HELD = 8.0  # cost of leaving out a sentence whose anchors stand in the other text


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences `original[0]:original[1]` and `edition[0]:edition[1]` by number; one of the two may be empty."""

    original: tuple[int, int]
    edition: tuple[int, int]


def align(original: Side, edition: Side) -> list[Block]:
    """The blocks in order; together they hold every sentence of both sides."""
    aligner = _Aligner(original, edition)
    blocks = aligner.run()
    # Sentences left out or put in have spoilt the ratio of lengths: it is taken anew from those that stand alone.
    single = [b for b in blocks if b.original[1] - b.original[0] == b.edition[1] - b.edition[0] == 1]
    if len(single) == len(blocks) or len(single) < _ENOUGH:
        return blocks
    lengths = aligner.lengths
    aligner.ratio = median(lengths[1][b.edition[0]] / lengths[0][b.original[0]] for b in single)
    return aligner.run()


class _Aligner:
    def __init__(self, original: Side, edition: Side) -> None:
        self.a, self.b = original, edition
        self.n, self.m = len(original.sentences), len(edition.sentences)
        self.lengths = (
            [end - start for start, end in original.sentences],
            [end - start for start, end in edition.sentences],
        )
        self.ratio = (sum(self.lengths[1]) + 1) / (sum(self.lengths[0]) + 1)
        counts = [Counter(anchor for anchors in side.anchors for anchor in anchors) for side in (original, edition)]
        self.weights = {
            anchor: 1 / math.sqrt(counts[0][anchor] * counts[1][anchor]) for anchor in counts[0] if anchor in counts[1]
        }
        known = self.weights.keys()
        self.anchors = (
            [anchors & known for anchors in original.anchors],
            [anchors & known for anchors in edition.anchors],
        )
        self.places = tuple(
            [{anchor: at for anchor, at in places.items() if anchor in known} for places in side.places]
            for side in (original, edition)
        )
        self.firm = _firm(original, counts[1]), _firm(edition, counts[0])
        self.starts = _starts(original.paragraphs), _starts(edition.paragraphs)

    def run(self) -> list[Block]:
        best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
        for i in range(self.n + 1):
            for j in self._near(i):
                if i or j:
                    self._step(best, i, j)
        blocks = []
        i, j = self.n, self.m
        while i or j:
            di, dj = best[i, j][1]
            blocks.append(Block((i - di, i), (j - dj, j)))
            i, j = i - di, j - dj
        return blocks[::-1]

    def _near(self, i: int) -> range:
        """The sentences of the edition that may end with this one: those around the same part of the text."""
        longer = max(self.n, self.m)
        width = (_BAND + min(_WIDEST, 0.25 * longer)) * longer
        first = max(0, math.ceil((i * self.m - width) / self.n)) if self.n else 0
        last = min(self.m, math.floor((i * self.m + width) / self.n)) if self.n else self.m
        return range(first, last + 1)

    def _step(self, best: dict[tuple[int, int], tuple[float, tuple[int, int]]], i: int, j: int) -> None:
        found = []
        for (di, dj), price in _STEPS.items():
            before = best.get((i - di, j - dj))
            if before is not None:
                found.append((before[0] + price + self._cost(i - di, i, j - dj, j), (di, dj)))
        if found:
            best[i, j] = min(found)

    def _cost(self, i: int, i2: int, j: int, j2: int) -> float:
        if i == i2 or j == j2:
            side, at = (0, i) if j == j2 else (1, j)
            # The sentence after a paragraph's first then seems to begin one where the other side's does, for nothing.
            starts = self.starts[side][at : at + 2] == [True, False]
            lost = sum(self.weights[anchor] for anchor in self.anchors[side][at])
            return min(_HELD, _LONELY * lost) - (_PARAGRAPH if starts else 0.0)
        ours, theirs = _union(self.anchors[0], i, i2), _union(self.anchors[1], j, j2)
        gain = _ANCHOR * sum(self.weights[anchor] for anchor in ours & theirs)
        lonely = _LONELY * sum(self.weights[anchor] for anchor in ours ^ theirs)
        cost = self._length(i, i2, j, j2) + lonely - gain + self._breaks(i, i2, j, j2)
        cost += _LONELY * (self._lost(0, i, i2) + self._lost(1, j, j2))
        if i2 - i == 2 and j2 - j == 1:
            return cost + self._no_room(0, (i, i2), j) + self._no_seam(0, (i, i2), j)
        if i2 - i == 1 and j2 - j == 2:
            return cost + self._no_room(1, (j, j2), i) + self._no_seam(1, (j, j2), i)
        return cost

    def _lost(self, side: int, first: int, end: int) -> float:
        """How many firm anchors the sentences have that the other text has nowhere."""
        return min(_MOST_LOST, sum(self.firm[side][first:end]))

    def _no_seam(self, side: int, joined: tuple[int, int], other: int) -> float:
        """The cost where one sentence shows no seam where two would have been joined: no comma, no "and"."""
        lengths = self.lengths[side][joined[0]], self.lengths[side][joined[1] - 1]
        start, end = (self.a, self.b)[1 - side].sentences[other]
        seam = start + (end - start) * lengths[0] / sum(lengths)
        reach = max(_SEAM_REACH, 0.12 * (end - start))
        text = (self.a, self.b)[1 - side].text
        return 0.0 if _SEAM.search(text, max(start, int(seam - reach)), min(end - 1, int(seam + reach))) else _SEAMLESS

    def _no_room(self, side: int, joined: tuple[int, int], other: int) -> float:
        """The cost where one of two sentences shares no anchor with what they would be joined to, and lacks room.

        Its length is compared with what that text has before its first, or after its last anchor.
        """
        two, one = self.places[side], self.places[1 - side][other]
        first, last = (two[k] for k in range(*joined))
        bare = [not (places.keys() & one.keys()) for places in (first, last)]
        if bare[0] == bare[1]:
            return 0.0
        full = last if bare[0] else first
        shared = full.keys() & one.keys()
        lengths = self.lengths[side][joined[0]], self.lengths[side][joined[1] - 1]
        scale = self.ratio if side == 0 else 1 / self.ratio
        if bare[0]:
            wanted = lengths[0] + min(full[anchor] for anchor in shared)
            room = min(one[anchor] for anchor in shared)
        else:
            wanted = lengths[1] + lengths[0] - max(full[anchor] for anchor in shared)
            room = self.lengths[1 - side][other] - max(one[anchor] for anchor in shared)
        return _CROWDED if room < _ROOM * wanted * scale else 0.0

    def _length(self, i: int, i2: int, j: int, j2: int) -> float:
        ours, theirs = self.ratio * sum(self.lengths[0][i:i2]), sum(self.lengths[1][j:j2])
        spread = _SPREAD + _SHORT_SPREAD / math.sqrt(ours + theirs) / 2
        return min(_WORST_LENGTH, (math.log(theirs / ours) / spread) ** 2 / 2)

    def _breaks(self, i: int, i2: int, j: int, j2: int) -> float:
        first = self.starts[0][i] != self.starts[1][j]
        crossed = any(self.starts[0][i + 1 : i2]) != any(self.starts[1][j + 1 : j2])
        return _PARAGRAPH * (first + 2 * crossed)


def _starts(paragraphs: Sequence[int]) -> list[bool]:
    return [not k or paragraph != paragraphs[k - 1] for k, paragraph in enumerate(paragraphs)]


def _union(anchors: Sequence[frozenset[Anchor]], first: int, end: int) -> frozenset[Anchor]:
    return anchors[first] if end == first + 1 else frozenset().union(*anchors[first:end])


def _firm(side: Side, other: Counter[Anchor]) -> list[int]:
    """For each sentence how many of its figures and names the other text has nowhere."""
    lost = [0] * len(side.sentences)
    words = [(side.words[i].start, side.words[i].key) for name in find_names(side) for i in range(name.first, name.end)]
    figures = [(one.start, one.value.normalize()) for one in side.quantities if not one.soft]
    for at, anchor in (*words, *figures):
        if anchor not in other and (number := side.sentence_at(at)) is not None:
            lost[number] += 1
    return lost
