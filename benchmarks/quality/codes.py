"""What the annotation has no field for: official codes, keys of offices, topics, and codes that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.quality.likeness import Fact, names
from benchmarks.quality.scoring import Verdict
from extractors.places import Gazetteer, Place, load
from extractors.places.names import folded_key

# The gazetteer ends at the commune: below it there are no official codes.
_WITHOUT_CODE = ("village", "residential_group")


@dataclass(frozen=True, slots=True)
class Share:
    """Of `n` facts, `part` have it."""

    part: int
    n: int

    @property
    def value(self) -> float:
        return self.part / self.n if self.n else 0.0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.n + other.n)


NO_SHARE = Share(0, 0)
SHARES = ("units with a code", "codes contradicted", "roles with a key", "percentages with a topic")


def measure_shares(gold: Fact, verdicts: Sequence[Verdict]) -> dict[str, Share]:
    """Of the facts that are annotated and found, how many have a code, a key, a topic, by the names in `SHARES`.

    `units with a code` are administrative units from the commune up; `codes contradicted` those whose code belongs to
    a place of another name or outside the places that the annotation puts the unit in.
    """
    places = [
        (v.gold, v.found)
        for v in verdicts
        if v.measure == "units" and v.gold and v.found and v.found["class"] == v.gold.get("class") == "administrative"
    ]
    coded = [(g, f) for g, f in places if f["code"]]
    keyed = [v.found["role"] for v in verdicts if v.measure == "roles" and v.gold and v.found]
    topics = [v.found["topic"] for v in verdicts if v.measure == "percentages" and v.gold and v.found]
    units = {name: unit for unit in gold["units"] for name in names(unit)}
    return {
        "units with a code": Share(len(coded), sum(g.get("type") not in _WITHOUT_CODE for g, _ in places)),
        "codes contradicted": Share(sum(is_contradicted(g, f, units) for g, f in coded), len(coded)),
        "roles with a key": Share(sum(key is not None for key in keyed), len(keyed)),
        "percentages with a topic": Share(sum(topic is not None for topic in topics), len(topics)),
    }


def is_contradicted(gold: Fact, found: Fact, units: dict[str, Fact]) -> bool:
    """Whether the place of the found code has another name than the unit, or lies outside the units that hold it.

    `units`: the annotated units by each of their names.
    """
    gazetteer = load()
    place = gazetteer.get(found["code"], version=found["code_version"])
    if place is None:
        return True
    holders = list(_holders(place, gazetteer))
    return not (_is_named(place, gold) and all(any(_is_named(h, g) for h in holders) for g in _chain(gold, units)))


def _chain(gold: Fact, units: dict[str, Fact]) -> Iterator[Fact]:
    """The administrative units that hold an annotated one, the nearest first; below the commune none has a code."""
    seen: set[str] = set()
    while (name := gold.get("in")) in units and name not in seen:
        seen.add(name)
        gold = units[name]
        if gold.get("class") == "administrative" and gold.get("type") not in _WITHOUT_CODE:
            yield gold


def _holders(place: Place, gazetteer: Gazetteer) -> Iterator[Place]:
    """What holds the place, and what held the places that it was made from."""
    for one in (place, *gazetteer.predecessors(place)):
        yield from gazetteer.ancestors(one)


def _is_named(place: Place, gold: Fact) -> bool:
    """Whether the annotated unit has the name of the place, or one that the gazetteer knows for it (Saigon)."""
    if any(folded_key(place.name) in folded_key(name) for name in names(gold)):
        return True
    words = [name.replace(".", ". ").split() for name in names(gold)]  # "TP.HCM"
    bare = {" ".join(name[cut:end]) for name in words for cut, end in ((0, None), (1, None), (0, -1))}
    return any(place in load().find(name, version=place.version) for name in bare if name)
