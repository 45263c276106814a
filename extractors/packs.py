"""Reads the language packs: a folder of data a language, found by listing `languages/`."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

LANGUAGES = Path(__file__).parent / "languages"


class PackError(ValueError):
    """A pack says something that no code reads, or leaves out something that is needed."""


def read_table(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file whose header must be exactly `columns`. Lines that start with `#` are comments.

    Raises PackError with the file and line where a row does not fit.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(line for line in lines if line.strip() and not line.startswith("#"))
        header = tuple(next(reader, ()))
        if header != columns:
            raise PackError(f"{path}: columns are {header}, should be {columns}")
        rows = []
        for number, row in enumerate(reader, 2):
            if len(row) != len(columns):
                raise PackError(f"{path}: row {number} has {len(row)} cells, should have {len(columns)}: {row}")
            rows.append({key: cell.strip() for key, cell in zip(columns, row, strict=True)})
    return rows


def read_settings(path: Path, known: frozenset[str]) -> dict[str, Any]:
    """The keys of a TOML file, which must be exactly `known`. Raises PackError where they are not."""
    with path.open("rb") as file:
        settings = tomllib.load(file)
    if extra := settings.keys() - known:
        raise PackError(f"{path}: unknown {sorted(extra)}")
    if missing := known - settings.keys():
        raise PackError(f"{path}: missing {sorted(missing)}")
    return settings


def forms(cell: str) -> tuple[str, ...]:
    """The forms in a cell, parted by `|`; the first is the one used for rendering."""
    return tuple(form for part in cell.split("|") if (form := part.strip()))


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a pack, in alphabetical order; `und` is the pack for the rest."""
    return tuple(sorted(folder.name for folder in LANGUAGES.iterdir() if folder.is_dir()))
