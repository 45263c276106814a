"""Whether confidence can be trusted: of the facts in each band of confidence, and of each rule, how many are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from benchmarks.quality.likeness import Fact
from benchmarks.quality.measuring import Judged, markdown
from benchmarks.quality.scoring import Verdict

KINDS = ("people", "units", "percentages", "targets")
# What a fact's confidence speaks of. A unit of the wrong class and a percentage with the wrong comparator, direction or
# subject mislead as much as one that is not there.
_FURTHER = {"people": (), "units": ("unit class", "unit type"), "percentages": ("percentages full",), "targets": ()}
Row = tuple[str, Fact, bool]


def right_or_wrong(judged: Iterable[Judged]) -> Iterator[Row]:
    """Kind, found fact, and whether it is right; facts that are annotated as optional are left out."""
    for one in judged:
        for kind in KINDS:
            yield from _of_kind(kind, one.verdicts)


def _of_kind(kind: str, verdicts: list[Verdict]) -> Iterator[Row]:
    spoilt = {v.found["id"] for v in verdicts if v.measure in _FURTHER[kind] and v.outcome == "differs" and v.found}
    for verdict in verdicts:
        if verdict.measure == kind and verdict.found:
            yield kind, verdict.found, verdict.outcome == "hit" and verdict.found["id"] not in spoilt


def as_tables(judged: Iterable[Judged]) -> str:
    """The table by band of confidence, and the table by rule."""
    rows = list(right_or_wrong(judged))
    bands = _table("confidence", rows, lambda fact: _band(fact["confidence"]))
    rules = _table("rule", rows, lambda fact: fact["rule"])
    return f"{bands}\n\n{rules}"


def _band(confidence: float) -> str:
    """The tenth that a confidence lies in; 1.0 belongs to the highest.

    >>> _band(0.9), _band(0.89), _band(1.0)
    ('0.9-1.0', '0.8-0.9', '0.9-1.0')
    """
    tenth = min(int(confidence * 10 + 1e-9), 9)
    return f"{tenth / 10:.1f}-{(tenth + 1) / 10:.1f}"


def _table(name: str, rows: list[Row], group_of: Callable[[Fact], str]) -> str:
    groups: dict[tuple[str, str], list[tuple[float, bool]]] = defaultdict(list)
    for kind, fact, right in rows:
        groups[kind, group_of(fact)].append((fact["confidence"], right))
    table = [["facts", name, "n", "mean confidence", "right"]]
    for (kind, group), members in sorted(groups.items(), key=lambda item: (KINDS.index(item[0][0]), item[0][1])):
        mean = sum(confidence for confidence, _ in members) / len(members)
        share = sum(right for _, right in members) / len(members)
        table.append([kind, group, str(len(members)), f"{mean:.2f}", f"{share:.2f}"])
    return markdown(table)
