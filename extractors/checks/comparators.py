"""Whether a figure kept the word that bounds it (over, at most, nearly) and the way it moved (up, down)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.checks.figures import Figure

if TYPE_CHECKING:
    from extractors.checks.side import Side

__all__ = ["bound_words", "find_changed", "speaks_of_earlier"]

_KINDS = ("above", "below", "about")
# What cannot be meant both, and what can: a little over is as well over as about.
_OPPOSITE = ({"above", "below"}, {"just", "below"}, {"almost", "above"}, {"almost", "just"})
_ALIKE = ({"just", "above"}, {"just", "about"}, {"almost", "about"}, {"almost", "below"})
_KEYS = {f"{use}{kind}" for use in ("", "loose_") for kind in _KINDS}
_KEYS |= {f"{use}_{kind}" for use in ("marked", "after") for kind in ("above", "below")} | {"gap", "up", "down"}
_KEYS |= {"just_above", "almost", "spatial", "place", "crossing", "phrasal", "governed", "earlier", "limit", "least"}
_LOOSELY = {"just": ("above", "about"), "almost": ("about",)}
_FAMILY = {"almost": "about"}
_LENGTH = re.compile(r"\s?(?:km|m|cây số|ki-?lô-?mét|mét|hải lý)\b(?! so với)")
_AGE = re.compile(r"[\s-](?:tuổi|years? old|years? of age|jahre alt)\b")  # before which "over" is a bound
_YEAR = re.compile(r"(?:19|20)\d\d(?=\s*(?:[.,;:)]|\Z))(?![.,]\d)")  # more than in 2022
_NO_MORE = re.compile(
    r"\b(?:(?:no|not) (?:more|many more|fewer) than|pas plus d[e']|nicht mehr als|không quá|não mais de)\W*\Z"
)
_ONLY = re.compile(
    r"\b(?:chỉ|vỏn vẹn|vẻn vẹn|only|just|merely|nur|lediglich|bloß|seulement|ne|n['’]\w+|só|apenas|somente|solo)\b"
    r"[^.,;]{0,24}\Z"
)
_PHRASE = 90  # characters before a figure in which a verb begins whose "over" is no bound
_WINDOW = 48  # characters before a figure in which its comparator begins
_UNIT = r"(?:[\s\u00a0\u202f]?(?:%|[^\W\d_]+)){0,3}[\s\u00a0\u202f]"  # the words that a figure counts
_LARGE = range(100, 1900)  # what "over" before a bare number surely bounds: smaller ones count places, larger are years


@dataclass(frozen=True, slots=True)
class _Words:
    before: re.Pattern[str]
    before_marked: re.Pattern[str]
    after: re.Pattern[str]
    loose: dict[str, re.Pattern[str]]
    ways: dict[str, re.Pattern[str]]
    spatial: re.Pattern[str]
    place: re.Pattern[str]
    crossing: re.Pattern[str]
    phrasal: re.Pattern[str]
    governed: re.Pattern[str]
    earlier: re.Pattern[str]
    limit: re.Pattern[str]
    least: re.Pattern[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    table = tomllib.loads(Path(__file__).with_name("comparators.toml").read_text(encoding="utf-8"))
    for language, entry in table.items():
        if entry.keys() != _KEYS:
            raise ValueError(f"comparators.toml: [{language}] has wrong keys: {sorted(entry.keys() ^ _KEYS)}")
    return table


@lru_cache(maxsize=64)
def _words(language: str) -> _Words | None:
    entry = _table().get(language)
    if entry is None:
        return None
    plain = "|".join(f"(?P<{kind}>{entry[kind]})" for kind in ("below", "above", "about"))
    plain = f"(?P<just>{entry['just_above']})|(?P<almost>{entry['almost']})|{plain}"
    marked = "|".join(f"(?P<marked_{kind}>{entry[f'marked_{kind}']})" for kind in ("below", "above"))
    gap = rf"\s*{entry['gap']}[^\w\s(]{{0,2}}\s?"
    return _Words(
        re.compile(rf"(?<!\w)(?:{plain})(?!\w){gap}\Z"),
        re.compile(rf"(?<!\w)(?:{plain}|{marked})(?!\w){gap}\Z"),
        re.compile(rf"{_UNIT}(?:(?P<below>{entry['after_below']})|(?P<above>{entry['after_above']}))(?!\w)"),
        {kind: re.compile(rf"(?<!\w)(?:{entry[f'loose_{kind}']})(?!\w)") for kind in _KINDS},
        {way: re.compile(rf"(?<!\w)(?:{entry[way]})(?!\w)") for way in ("up", "down")},
        re.compile(rf"(?:{entry['spatial']})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{entry['place']})(?!\w){gap}\Z"),
        re.compile(rf"(?:{entry['crossing']})\s*\Z"),
        re.compile(rf"(?<!\w)(?:{entry['phrasal']}){gap}\Z"),
        re.compile(rf"[^.,;:]*(?<!\w)(?:{entry['governed']})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{entry['earlier']})(?!\w)", re.IGNORECASE),
        *(re.compile(rf"(?<!\w)(?:{entry[key]})(?!\w){gap}\Z") for key in ("limit", "least")),
    )


class _Said:
    """A sentence and its words around figures."""

    def __init__(self, sentence: str, words: _Words) -> None:
        lower = sentence.lower()
        self.text = lower if len(lower) == len(sentence) else sentence
        self._words = words
        self._taken: list[tuple[int, int, str]] = []

    def bound(self, figure: Figure) -> str | None:
        """above, below, about, or just (above), where a word right at the figure says so."""
        if _YEAR.match(self.text, figure.start) or self._words.phrasal.search(
            self.text, max(0, figure.start - _PHRASE), figure.start
        ):
            return None
        marked = _is_marked(figure) or _AGE.match(self.text, figure.end)
        pattern = self._words.before_marked if marked else self._words.before
        found = pattern.search(self.text, max(0, figure.start - _WINDOW), figure.start)
        found = found or self._words.after.match(self.text, figure.end)
        if not found or not found.lastgroup:
            return None
        if self._words.spatial.match(found.group()) and self._words.governed.match(self.text, figure.end):
            return None  # dass der Bezirk über 7.840 Hektar Wald verfügt
        if self._words.crossing.match(found.group()) and _LENGTH.match(self.text, figure.end):
            return None  # vượt 10 km đường rừng
        kind = found.lastgroup.removeprefix("marked_")
        self._taken.append((*found.span(), kind))
        return kind

    def is_spatial(self, figure: Figure) -> bool:
        """Whether the word that bounds a figure can as well tell a place: trên 200 ha, unter 300 Bewerbern."""
        pattern = self._words.before_marked if _is_marked(figure) else self._words.before
        found = pattern.search(self.text, max(0, figure.start - _WINDOW), figure.start)
        return bool(found and not figure.mark and not figure.scale and self._words.spatial.match(found.group()))

    def is_placed(self, figure: Figure) -> bool:
        """Whether a word right before a figure tells a place."""
        return bool(self._words.place.search(self.text, max(0, figure.start - _WINDOW), figure.start))

    def emphasises(self, figure: Figure) -> bool:
        """Whether a bound before a figure may say only that it is small: no more than 37."""
        return _NO_MORE.search(self.text, max(0, figure.start - _WINDOW), figure.start) is not None

    def says_only(self, figure: Figure) -> bool:
        """Whether a figure is said to be small: only 37."""
        return _ONLY.search(self.text, max(0, figure.start - _WINDOW), figure.start) is not None

    def limits(self, figure: Figure) -> str:
        """limit: up to 12; least: at least 12; nothing else."""
        for key, pattern in (("limit", self._words.limit), ("least", self._words.least)):
            if pattern.search(self.text, max(0, figure.start - _WINDOW), figure.start):
                return key
        return ""

    def count(self, kind: str) -> int:
        """How many words of the sentence could say that, wherever they stand, but those that bound otherwise."""
        others = [(start, end) for start, end, taken in self._taken if taken != kind]
        return sum(
            not any(start <= word.start() < end for start, end in others)
            for loose in _LOOSELY.get(kind, (kind,))
            for word in self._words.loose[loose].finditer(self.text)
        )

    @property
    def ways(self) -> frozenset[str]:
        """up, down: every way of which the sentence speaks."""
        return frozenset(way for way, pattern in self._words.ways.items() if pattern.search(self.text))


def _is_marked(figure: Figure) -> bool:
    number = figure.readings[0][-1]
    return bool(figure.mark or figure.scale or number.grouped or number.fraction or int(number.value) in _LARGE)


def bound_words(sentence: str, language: str) -> Iterator[tuple[int, str]]:
    """Where words say which way a figure moves, or how it is bounded, in the order of the sentence: start, kind."""
    words = _words(language)
    if words is None:
        return
    lower = sentence.lower()
    yield from sorted(
        (match.start(), kind) for kind, pattern in words.ways.items() for match in pattern.finditer(lower)
    )


def speaks_of_earlier(side: Side) -> bool:
    """Whether a sentence says how things were before."""
    words = _words(side.language)
    return words is not None and words.earlier.search(side.text) is not None


def find_changed(pairs: Sequence[tuple[Figure, Figure]], ours: Side, theirs: Side) -> Iterator[tuple[Figure, str]]:
    """The figures of the source whose translation is bounded otherwise, and how.

    Nothing where a language is not in `comparators.toml`. A word that the translation has in another place of the
    sentence counts; a bound is added only where no word of the source can mean it.
    """
    words = _words(ours.language), _words(theirs.language)
    if not pairs or words[0] is None or words[1] is None:
        return
    source, target = _Said(ours.text, words[0]), _Said(theirs.text, words[1])
    bounds = [(a, b, source.bound(a), target.bound(b)) for a, b in pairs]
    turned = speaks_of_earlier(ours) != speaks_of_earlier(theirs)
    wanted = Counter(_FAMILY.get(had or "", had) for _, _, had, _ in bounds)
    for a, b, had, has in bounds:
        if had == has or {had, has} in _ALIKE:
            continue
        if {had, has} in _OPPOSITE:
            yield a, f"{had} became {has}"
        elif {source.limits(a), target.limits(b)} == {"limit", "least"}:
            yield a, "up to and at least are turned round"
        elif (source.is_spatial(a) and target.is_placed(b)) or (target.is_spatial(b) and source.is_placed(a)):
            continue
        elif had and target.count(had) < wanted[_FAMILY.get(had, had)]:
            if had in _MOVES and _MOVES[had] in source.ways and turned:
                continue
            yield a, f"{had} is lost"
        elif has == "below" and not had and target.emphasises(b) and source.says_only(a):
            continue  # only 37: no more than 37
        elif has and not had and not source.count(has) and not (_MOVES.get(has, "") in source.ways and a.mark):
            yield a, f"{has} is added"


_MOVES = {"above": "up", "below": "down"}  # 8% more than last year is a rise
