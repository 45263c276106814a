"""The figures that must not be undercut, and the log of every score of the held-out articles."""

from __future__ import annotations

import csv
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from math import floor
from pathlib import Path

from benchmarks.quality.measuring import Figures

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).with_name("floors.toml")
LOG = ROOT / "docs" / "quality-log.csv"
_COLUMNS = ("date", "version", "set", "language", "measure", "P", "R", "F1", "n")
# A floor lies this many facts below what was measured, at least this much: a change that gains many facts may cost one
# or two, and where there are hundreds a hundredth is noise of annotation. A language has a quarter of the facts.
_FACTS = {"all": 1}
_FACTS_OF_A_LANGUAGE = 2
_MARGIN = 0.01
# The floor of this share is of what is left: 1 means that no code may be contradicted.
_FAULT = "codes contradicted"
Floors = dict[str, dict[str, float]]


def measured(figures: dict[str, Figures]) -> Iterator[tuple[str, str, float, int]]:
    """Group, measure, the figure that a floor is for, and n: F1, a share, or what is free of a fault."""
    for group, total in figures.items():
        for name, precision, _, f1, n in total.rows():
            value = f1 if f1 is not None else precision
            yield group, name, 1 - value if name == _FAULT else value, n


def read_floors(set_name: str, path: Path = FLOORS) -> Floors:
    """The floors of a set, by group (`all`, `vi` …) and measure."""
    with path.open("rb") as file:
        floors: Floors = tomllib.load(file).get(set_name, {})
    return floors


def undercut(figures: dict[str, Figures], floors: Floors) -> list[str]:
    """A line for every floor that the figures do not reach; a measure without a figure does not reach its floor."""
    values = {(group, name): value for group, name, value, _ in measured(figures)}
    return [
        f"{group} {name}: {values.get((group, name), 0.0):.3f} is below the floor {least:.3f}"
        for group, least_of in floors.items()
        for name, least in least_of.items()
        if values.get((group, name), 0.0) < least
    ]


def raised(figures: dict[str, Figures], floors: Floors) -> Floors:
    """The floors with every one raised to a margin below its figure; none is ever lowered."""
    new: Floors = {group: dict(least) for group, least in floors.items()}
    for group, name, value, n in measured(figures):
        facts = _FACTS.get(group, _FACTS_OF_A_LANGUAGE)
        margin = 0.0 if name == _FAULT else max(_MARGIN, facts / max(n, 1))
        least = max(0.0, floor((value - margin) * 1000) / 1000)
        new.setdefault(group, {})[name] = max(least, new.get(group, {}).get(name, 0.0))
    return new


def write_floors(floors_of: dict[str, Floors], path: Path = FLOORS) -> None:
    """Writes the floors of the sets."""
    lines = ["# Written by `python -m benchmarks.quality --raise-floors`. A floor only rises."]
    for set_name, floors in floors_of.items():
        for group, least_of in floors.items():
            lines += ["", f'["{set_name}".{group}]']
            lines += [f'"{name}" = {least:.3f}' for name, least in least_of.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def log_scores(set_name: str, figures: dict[str, Figures], path: Path = LOG) -> None:
    """Appends a set's figures to the log; those of a day and a version that it holds already are left out.

    Of a version between two commits only the figures of all languages together are kept.
    """
    head = (date.today().isoformat(), current_version(), set_name)
    known = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    if any(line.startswith(",".join(head) + ",") for line in known):
        return
    with path.open("a", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        if not known:
            out.writerow(_COLUMNS)
        for group, total in figures.items():
            if head[1].endswith("+") and group != "all":
                continue
            for name, *ratios, n in total.rows():
                out.writerow([*head, group, name, *("" if r is None else f"{r:.4f}" for r in ratios), n])


def current_version() -> str:
    """The version with the commit that last changed what is measured; `+` behind it where that is changed since."""
    try:
        release = version("chitieu")
    except PackageNotFoundError:
        release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    commit = _git("log", "-1", "--format=%h", "--", "extractors")
    changed = "+" if commit and _git("status", "--porcelain", "--", "extractors") else ""
    return f"{release}-{commit}{changed}" if commit else release


def _git(*arguments: str) -> str:
    """What git says; nothing where there is no git or no repository."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
