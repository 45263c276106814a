"""A record held against its annotation, by the annotation rules of the record contract: verdicts, and their sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from benchmarks.quality.likeness import (
    SAME_ROLE,
    SAME_ROLE_WITHOUT_UNIT,
    SAME_UNIT,
    UNIT_OF_ROLE,
    Fact,
    Pair,
    likeness_of_indicators,
    likeness_of_people,
    likeness_of_units,
    names,
    overlap,
    pair_up,
    same_name,
    same_subject,
    shifts,
)

MEASURES = (
    *("people", "gender", "roles", "units", "units strict", "unit class", "unit type", "parent"),
    *("percentages", "percentages full", "basis", "period", "about", "targets"),
)
# differs: there, with another value than the annotated one; that is one too many and one too few.
Outcome = Literal["hit", "wrong", "missed", "differs"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one fact, or of one field of it. `gold` is None where it is wrong, `found` where it is missed."""

    measure: str
    outcome: Outcome
    gold: Fact | None
    found: Fact | None
    wanted: Any = None
    given: Any = None


@dataclass(slots=True)
class Tally:
    hit: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, outcome: Outcome) -> None:
        self.hit += outcome == "hit"
        self.wrong += outcome in ("wrong", "differs")
        self.missed += outcome in ("missed", "differs")

    @property
    def n(self) -> int:
        """How many are annotated."""
        return self.hit + self.missed

    @property
    def precision(self) -> float:
        return self.hit / (self.hit + self.wrong) if self.hit + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.hit / self.n if self.n else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def tally(verdicts: Iterable[Verdict]) -> dict[str, Tally]:
    """The sums by measure, in the order of `MEASURES`; a measure that nothing is annotated or found for is left out."""
    sums: dict[str, Tally] = {measure: Tally() for measure in MEASURES}
    for verdict in verdicts:
        sums[verdict.measure].add(verdict.outcome)
    return {measure: total for measure, total in sums.items() if total.n or total.wrong}


def judge(gold: Fact, record: Fact) -> list[Verdict]:
    """The verdicts on every fact of a record and every annotated fact that it lacks."""
    return list(Judge(gold, record).verdicts())


class Judge:
    """One record and its annotation. A fact that is annotated as optional is neither missed nor wrong."""

    def __init__(self, gold: Fact, record: Fact) -> None:
        self.gold = gold
        self.record = record
        self.unit_names = {unit["id"]: unit["name"] for unit in record.get("units", ())}
        self.spellings = {name: names(unit) for unit in gold["units"] for name in names(unit)}

    def verdicts(self) -> Iterator[Verdict]:
        yield from self._people()
        yield from self._units()
        yield from self._percentages()
        counts = [i for i in self.gold["indicators"] if i["kind"] == "count"]
        found = [i for i in self._indicators("count") if i.get("target") is not None]
        yield from _presence("targets", pair_up(counts, found, likeness_of_indicators))

    def _people(self) -> Iterator[Verdict]:
        pairs = list(pair_up(self.gold["people"], self.record.get("people", ()), likeness_of_people))
        yield from _presence("people", pairs)
        for gold, found in _scored(pairs):
            if gold.get("gender", "unknown") != "unknown" and found:
                yield _field("gender", gold, found, gold["gender"], found["gender"])
            found_roles = found["roles"] if found else ()  # the roles of a person that is missed are missed too
            yield from _presence("roles", pair_up(gold.get("roles", ()), found_roles, self._likeness_of_roles))

    def _likeness_of_roles(self, gold: Fact, found: Fact) -> float:
        """How alike title and unit are; nothing where one is a deputy's, a former or an acting one."""
        if shifts(gold["title"]) != shifts(found["title"]):
            return 0
        unit = self.unit_names.get(found["unit"], "")
        spellings = self._spellings(gold.get("unit"))
        whole = max(overlap(f"{gold['title']} {s or ''}", f"{found['title']} {unit}") for s in spellings)
        agrees = (
            gold.get("unit") is None
            or whole >= SAME_ROLE_WITHOUT_UNIT
            or max(overlap(s, unit) for s in spellings) >= UNIT_OF_ROLE
        )
        return whole if agrees and whole >= SAME_ROLE else 0

    def _units(self) -> Iterator[Verdict]:
        pairs = list(pair_up(self.gold["units"], self.record.get("units", ()), likeness_of_units))
        yield from _presence("units", pairs)
        for gold, found in _scored(pairs):
            if found is None:
                continue
            strict = any(same_name(name, found["name"]) for name in names(gold))
            yield _field("units strict", gold, found, gold["name"], gold["name"] if strict else found["name"])
            if gold.get("class"):
                yield _field("unit class", gold, found, gold["class"], found["class"])
            if gold.get("type"):
                yield _field("unit type", gold, found, gold["type"], found["type"])
            if gold.get("in") in self.spellings:
                yield self._unit_field("parent", gold, found, gold["in"], found["parent"])

    def _percentages(self) -> Iterator[Verdict]:
        annotated = [i for i in self.gold["indicators"] if i["kind"] == "percentage"]
        found_ones = [i for i in self._indicators("percentage") if not i.get("derived")]
        pairs = list(pair_up(annotated, found_ones, likeness_of_indicators))
        yield from _presence("percentages", pairs)
        yield from (v for v in _presence("percentages full", pairs) if v.outcome != "hit")
        for gold, found in _scored(pairs):
            if found is None:
                continue
            yield _whole_percentage(gold, found)
            if "basis" in gold:
                yield _field("basis", gold, found, gold["basis"], found["basis"])
            if gold.get("period"):
                period = found["period"] or {}
                yield _field("period", gold, found, gold["period"], [period.get("from"), period.get("to")])
            if gold.get("about"):
                yield self._unit_field("about", gold, found, gold["about"], found["about"])

    def _unit_field(self, measure: str, gold: Fact, found: Fact, wanted: str, id_: str | None) -> Verdict:
        given = self.unit_names.get(id_ or "", "")
        right = any(overlap(name, given) >= SAME_UNIT for name in self._spellings(wanted))
        return _field(measure, gold, found, wanted, wanted if right else given)

    def _spellings(self, unit: str | None) -> list[Any]:
        return self.spellings.get(unit or "", [unit])

    def _indicators(self, kind: str) -> list[Fact]:
        return [i for i in self.record.get("indicators", ()) if i["kind"] == kind]


def _scored(pairs: Sequence[Pair]) -> Iterator[tuple[Fact, Fact | None]]:
    return ((gold, found) for gold, found in pairs if gold and not gold.get("optional"))


def _presence(measure: str, pairs: Iterable[Pair]) -> Iterator[Verdict]:
    for gold, found in pairs:
        if gold is None:
            yield Verdict(measure, "wrong", None, found)
        elif not gold.get("optional"):
            yield Verdict(measure, "hit" if found else "missed", gold, found)


def _field(measure: str, gold: Fact, found: Fact, wanted: Any, given: Any) -> Verdict:
    return Verdict(measure, "hit" if wanted == given else "differs", gold, found, wanted, given)


def _whole_percentage(gold: Fact, found: Fact) -> Verdict:
    """Whether comparator, direction and subject are right as well as the value."""
    wanted = [gold.get("comparator", "eq"), gold.get("direction", "level"), gold.get("subject")]
    given = [found["comparator"], found["direction"], found["subject"]]
    right = wanted[:2] == given[:2] and same_subject(wanted[2], given[2])
    return Verdict("percentages full", "hit" if right else "differs", gold, found, wanted, given)
