"""The command line: see `--help`. Exit code 2 where a set cannot be read, 1 where a floor is undercut."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality.articles import HELD_OUT, SETS, make_record, read_set
from benchmarks.quality.floors import log_scores, raised, read_floors, undercut, write_floors
from benchmarks.quality.measuring import Judged, as_json, as_table, judge_all, sum_up
from benchmarks.quality.reliability import as_tables


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and gives its exit code."""
    given = _parse(arguments)
    try:
        judged = _judge(given.set)
    except (OSError, ValueError) as error:
        print(f"--set {given.set}: {error}", file=sys.stderr)
        return 2
    if given.raise_floors:
        floors = {name: read_floors(name) for name in SETS}
        write_floors(floors | {given.set: raised(sum_up(judged), floors[given.set])})
    elif given.reliability:
        print(as_tables(judged))
    elif given.errors:
        _print_errors(judged)
    elif given.peers:
        from benchmarks.quality.peers import compare

        print(compare([one.article for one in judged], given.peers_venv, as_json=given.json))
    else:
        figures = sum_up(judged)
        print(json.dumps(as_json(figures), indent=1) if given.json else as_table(figures))
        low = undercut(figures, read_floors(given.set))
        print(*low, sep="\n", end="\n" if low else "", file=sys.stderr)
        return int(bool(low))
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description="Measure the facts.")
    parser.add_argument("--set", default="development", help=f"{', '.join(SETS)}, or a folder of annotated articles")
    parser.add_argument("--peers", action="store_true", help="beside other libraries, in a virtual environment")
    parser.add_argument("--peers-venv", type=Path, default=Path("build/peers"), help="where that is, or is made")
    parser.add_argument("--reliability", action="store_true", help="the share that is right, by confidence and rule")
    parser.add_argument("--errors", action="store_true", help="every difference, not of the held-out articles")
    parser.add_argument(
        "--raise-floors", action="store_true", help="raise the floors of the set to what is measured now"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    given = parser.parse_args(arguments)
    if given.errors and given.set.startswith(HELD_OUT):
        parser.error("the held-out articles are for measuring alone: their differences are not shown")
    if given.raise_floors and given.set not in SETS:
        parser.error(f"only these sets have floors: {', '.join(SETS)}")
    return given


def _judge(set_name: str) -> list[Judged]:
    judged = judge_all(read_set(set_name), make_record)
    if set_name.startswith(HELD_OUT):
        log_scores(set_name, sum_up(judged))
    return judged


def _print_errors(judged: Sequence[Judged]) -> None:
    for one in judged:
        for verdict in one.verdicts:
            if verdict.outcome == "differs":
                said = {"wanted": verdict.wanted, "given": verdict.given, "fact": _name(verdict.gold)}
            elif verdict.outcome != "hit":
                said = {"fact": verdict.gold or verdict.found}
            else:
                continue
            shown = json.dumps(said, ensure_ascii=False)
            print(one.article.id, verdict.measure, verdict.outcome, shown, sep="\t")


def _name(fact: dict[str, object] | None) -> object:
    return fact and fact.get("name", fact.get("value"))


if __name__ == "__main__":
    sys.exit(main())
