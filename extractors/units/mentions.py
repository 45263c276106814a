"""A unit as it stands in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors.packs import Entry
from extractors.text import fold
from extractors.tokens import Tokens

# Level of the administration at which a type of place stands; the gazetteer knows all places of these types.
LEVEL_OF = {
    "province": "province",
    "city": "district",
    "urban_district": "district",
    "district": "district",
    "town": "district",
    "township": "commune",
    "commune": "commune",
    "ward": "commune",
    "special_zone": "commune",
    "village": "village",
    "residential_group": "village",
    "central": "central",
}
# Types of the places that a level word in the name of a body can stand for.
LEVELS_TYPES = {
    "province": ("province",),
    "district": ("district", "urban_district", "town", "city"),
    "city": ("city", "town"),
    "commune": ("commune",),
    "ward": ("ward",),
    "special_zone": ("special_zone",),
}
RANK = {"central": 0, "province": 1, "district": 2, "commune": 3, "village": 4}


@dataclass(slots=True, eq=False)
class UnitMention:
    """A unit as it stands at tokens `start:end`.

    `core` is what is proper to it, folded: its place name, field or number; `proper` the same as the text spells
    it. `inner` is the unit inside its name (Đảng ủy [xã Lang Quán]), `level` a bare level word in its place
    (UBND [tỉnh]), `parent` the place named after it (Lang Quán [(Yên Sơn)]).
    """

    start: int
    end: int
    entry: Entry
    name: str
    core: str = ""
    proper: str = ""
    level: str = ""
    inner: UnitMention | None = None
    parent: UnitMention | None = None
    alias: str = ""
    former: bool = False
    rule: str = "unit.head"

    @property
    def is_place(self) -> bool:
        return self.entry.category == "place"


def bare_place(tokens: Tokens, start: int, end: int, *, rule: str) -> UnitMention:
    """A place named without its type word."""
    name = tokens.slice(start, end)
    return UnitMention(
        start, end, Entry("place", "", name, class_="administrative"), name, core=fold(name), proper=name, rule=rule
    )


def with_inner(mention: UnitMention) -> Iterator[UnitMention]:
    """The mention and the units that its name and its parent's name hold."""
    yield mention
    if mention.inner is not None:
        yield from with_inner(mention.inner)
    if mention.parent is not None:
        yield from with_inner(mention.parent)


def nominative(tokens: Tokens, start: int, end: int, entry: Entry) -> str:
    """The name at tokens `start:end` with its head in the dictionary form (des Bezirks X -> Bezirk X)."""
    head = tokens.find(start, entry.category)
    if head is None or not tokens.pack.endings:
        return tokens.slice(start, end)
    rest = tokens.slice(head.end, end) if head.end < end else ""
    form = entry.form
    if form[0].islower() and tokens.kind(start) != "w":
        form = form[0].upper() + form[1:]
    elif tokens.kind(start) == "w":
        form = form[0].lower() + form[1:]
    return f"{form} {rest}".strip()


def types_of(mention: UnitMention) -> frozenset[str]:
    """The types that the mention's type word can stand for; none for a bare name."""
    entry = mention.entry
    return frozenset(t for t in (entry.key, *entry.also.split("|")) if t)


@lru_cache(maxsize=16_384)
def name_key(core: str) -> str:
    """The name without diacritics, dashes and ampersands, for comparing."""
    return fold(core).replace("-", " ").replace("&", " ").replace("  ", " ").strip()
