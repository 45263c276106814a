"""What a figure takes from the text before it: the head line of its list, the topic of its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

from extractors.indicators.sentences.clauses import has_capital
from extractors.indicators.words.lexicon import FigureLexicon

__all__ = ["Discourse"]

_ITEM = re.compile(r"\s*(?:[-–—•*+·●▪]|\d{1,2}[.)]|[a-zđ]\))\s")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LONGEST_LIST = 30  # lines between a list item and its head line
_SHORT = 160  # characters: an item without a mark is a short line
_HEADING = 100  # characters: a line without a full stop above a list is its heading up to this length
_CLOSED = '.!?…”“"»;,'
_STRONG = 8  # letters: a topic of one word names what a paragraph is about only where it is a long, telling word
_LOOK_BACK = 2  # paragraphs before that may still name what a figure is about
_PLANS = frozenset({"plan", "annual"})
_OPENING = 2  # lines: the title and the lead


class Discourse:
    """The lines of an article, asked for what stands above a place."""

    def __init__(self, text: str, lower: str, lexicon: FigureLexicon) -> None:
        self._text = text
        self._lower = lower
        self._lexicon = lexicon
        starts = [0, *(m.end() for m in re.finditer("\n", lower))]
        self._lines = [(s, e) for s, e in zip(starts, [*(s - 1 for s in starts[1:]), len(lower)], strict=True)]
        self._starts = starts
        self._topics: dict[int, list[tuple[int, int, int, str]]] = {}

    def telling_lines(self, places: Sequence[int]) -> list[tuple[int, int]]:
        """The lines that hold one of the places, the title and the lead, and the head lines of lists."""
        chosen = {*range(min(_OPENING, len(self._lines))), *map(self.line_of, places)}
        chosen.update(self.line_of(head[0]) for place in places if (head := self.head_line(place)))
        return [self._lines[i] for i in sorted(chosen)]

    def line_of(self, at: int) -> int:
        """The number of the line that holds a place."""
        return bisect_right(self._starts, at) - 1

    def head_line(self, at: int) -> tuple[int, int] | None:
        """Where the head line of the list is that the place is an item of: a line before it that ends
        with a colon, or a heading."""
        line = self.line_of(at)
        if self._is_row_line(line):
            return self._column_head(line, at)
        if not self._is_item(line):
            return None
        for above in range(line - 1, max(-1, line - _LONGEST_LIST), -1):
            start, end = self._lines[above]
            text = self._lower[start:end].rstrip()
            if text.endswith(":"):
                return start, end
            if not self._is_item(above):
                heading = above > 0 and 0 < len(text) < _HEADING and text[-1] not in _CLOSED
                return (start, end) if heading else None
        return None

    def is_item(self, at: int) -> bool:
        """Whether the line of a place is an item of a list, or as short as one."""
        return self._is_item(self.line_of(at))

    def is_row(self, at: int) -> bool:
        """Whether a place is in a row of a table."""
        return self._is_row_line(self.line_of(at))

    def _is_row_line(self, line: int) -> bool:
        return self._lower[self._lines[line][0] : self._lines[line][1]].lstrip().startswith("|")

    def _column_head(self, line: int, at: int) -> tuple[int, int] | None:
        """The cell of the first row of the table that stands in the column of a place."""
        top = line
        while top > 0 and self._is_row_line(top - 1):
            top -= 1
        column = self._lower.count("|", self._lines[line][0], at)
        start, end = self._lines[top]
        marks = [i for i in range(start, end) if self._lower[i] == "|"]
        if top == line or not 0 < column < len(marks):
            return None
        return marks[column - 1] + 1, marks[column]

    def _is_item(self, line: int) -> bool:
        start, end = self._lines[line]
        if _ITEM.match(self._lower, start, end):
            return True
        return end - start < _SHORT and self._lexicon.percentages.search(self._lower, start, end) is not None

    def topic_before(self, at: int, since: int = 0, keys: Collection[str] | None = None) -> tuple[int, int] | None:
        """The most telling topic named before the place, one of the `keys` if so asked: in its paragraph, those before
        it, the title and the lead. A plan is none: it is what others are measured by."""
        line = self.line_of(at)
        near = range(line, max(-1, line - 1 - _LOOK_BACK), -1)
        for number in [*near, *range(min(_OPENING, line))]:
            found = [t for t in self._topics_of(number) if since <= t[0] and t[1] <= at and (not keys or t[3] in keys)]
            if found:
                _, start, end = max((length, start, end) for start, end, length, _ in found)
                return start, end
        return None

    def named_before(self, at: int) -> list[tuple[int, str]]:
        """The topics named before a place in its paragraph, each with where it stands."""
        return [(start, key) for start, end, _, key in self._topics_of(self.line_of(at)) if end <= at]

    def named_first(self) -> list[tuple[int, str]]:
        """The topics named in the title and the lead, each with where it stands."""
        lines = range(min(_OPENING, len(self._lines)))
        return [(start, key) for line in lines for start, _, _, key in self._topics_of(line)]

    def _topics_of(self, line: int) -> list[tuple[int, int, int, str]]:
        if line not in self._topics:
            self._topics[line] = self._find(*self._lines[line])
        return self._topics[line]

    def _find(self, start: int, end: int) -> list[tuple[int, int, int, str]]:
        tokens = [(*m.span(), m.group()) for m in _TOKEN.finditer(self._lower[start:end])]
        topics = self._lexicon.topics
        words = [t[2] for t in tokens]
        found = []
        at = 0
        while at < len(words):
            hit = topics.match(words, at) if topics.begins(words[at]) else None
            if hit and (hit[0] > 1 or len(words[at]) >= _STRONG):
                first, last = start + tokens[at][0], start + tokens[at + hit[0] - 1][1]
                noun = not self._lexicon.capital_nouns or has_capital(self._text[first:last])
                if noun and not self._is_plan(words[at : at + hit[0]]):
                    found.append((first, last, hit[0], min(hit[1])))
            at += hit[0] if hit else 1
        return found

    def _is_plan(self, words: Sequence[str]) -> bool:
        """Whether a phrase opens or ends with a plan: "Kapitalplan", "kế hoạch vốn"."""
        ends = (self._lexicon.cues.match(words, at) for at in (0, len(words) - 1))
        return any(hit is not None and bool(hit[1] & _PLANS) for hit in ends)
