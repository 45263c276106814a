"""Writes what the language packs know as pages: `docs/packs/`, one a language, and `index.md` with counts and topics.

    python -m tools.describe_packs [FOLDER]

The same packs give the same bytes; `tests/test_docs.py` fails where the pages are stale.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractors.indicators.words.lexicon import load_figures
from extractors.packs import LANGUAGES, TOPIC_COLUMNS, forms, languages, load_pack, read_table

OUTPUT = Path(__file__).parents[1] / "docs" / "packs"
NAMES = {"vi": "Vietnamese", "de": "German", "en": "English", "fr": "French"}  # the order of columns, too
COLUMNS = {
    "offices": ("office", "forms", "gender", "unit"),
    "bodies": ("type", "class", "tail", "forms"),
    "places": ("type", "also", "tail", "forms"),
    "honorifics": ("forms", "gender", "kind"),
    "topics": TOPIC_COLUMNS,
}
_WRITTEN = "Written by `python -m tools.describe_packs` from `extractors/languages/`; what the columns mean is in"

Rows = Sequence[Mapping[str, str]]


def main(arguments: Sequence[str]) -> int:
    """Writes every page into the folder; the exit code is 0."""
    folder = Path(arguments[0]) if arguments else OUTPUT
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (folder / name).write_text(page, encoding="utf-8")
    return 0


def pages() -> dict[str, str]:
    """Every page by its file name."""
    tables = {language: _read(language) for language in described()}
    made = {f"{language}.md": _page(language, rows) for language, rows in tables.items()}
    return {"index.md": _index(tables)} | made


def described() -> tuple[str, ...]:
    """The languages that have a page: all packs but `und`, those of `NAMES` first."""
    return (*NAMES, *(language for language in languages() if language not in NAMES and language != "und"))


def _read(language: str) -> dict[str, Rows]:
    return {name: read_table(LANGUAGES / language / f"{name}.csv", columns) for name, columns in COLUMNS.items()}


def _index(tables: Mapping[str, Mapping[str, Rows]]) -> str:
    """The counts of every pack, and the topics with their name in each language."""
    counts = {language: _counts(language, rows) for language, rows in tables.items()}
    first = next(iter(counts.values()))
    keys = dict.fromkeys(row["key"] for rows in tables.values() for row in rows["topics"])
    names = {language: load_figures(language).topic_names for language in tables}
    return _join(
        [
            "# What the language packs know",
            f"{_WRITTEN} [languages.md](../languages.md).",
            "Pages: " + ", ".join(f"[{_title(language)}]({language}.md)" for language in tables) + ".",
            "## Counts",
            _table(["", *map(_title, tables)], ([what, *(str(c[what]) for c in counts.values())] for what in first)),
            "## Topics",
            f"{len(keys)} keys of `indicators.topic`, each with its first form in every language.",
            _table(
                ["key", *map(_title, tables)],
                ([f"`{key}`", *(names[language].get(key, "") for language in tables)] for key in keys),
            ),
        ]
    )


def _page(language: str, rows: Mapping[str, Rows]) -> str:
    pack = _settings(language)
    return _join(
        [
            f"# {_title(language)}",
            f"{_WRITTEN} [languages.md](../languages.md). Topics in all languages: [index.md](index.md).",
            "A form that begins with a capital is found with a capital only. `{level}` stands for every level word.",
            "## Offices",
            _table(["key", "held in", "gender", "forms"], _gather(rows["offices"], ("office", "unit", "gender"))),
            "Words that change an office:",
            _table(["status", "forms"], ([f"`{key}`", _shown(words)] for key, words in pack["modifiers"].items())),
            "## Bodies",
            _table(["type", "class", "forms"], _gather(rows["bodies"], ("type", "class"))),
            "Levels:",
            _table(["level", "forms"], ([f"`{key}`", _shown(words)] for key, words in pack["levels"].items())),
            "## Places",
            _table(["type", "can also be", "forms"], _gather(rows["places"], ("type", "also"))),
            "## Forms of address, ranks and professions",
            _table(["kind", "gender", "forms"], _gather(rows["honorifics"], ("kind", "gender"))),
            "## Topics",
            _table(["key", "forms", "within a phrase"], _topics(rows["topics"])),
        ]
    )


def _settings(language: str) -> dict[str, Any]:
    load_pack(language)  # raises where a key is wrong or missing
    return tomllib.loads((LANGUAGES / language / "pack.toml").read_text(encoding="utf-8"))


def _counts(language: str, rows: Mapping[str, Rows]) -> dict[str, int]:
    figures = load_figures(language)
    return {
        "kinds of office": len({row["office"] for row in rows["offices"]}),
        "forms of offices": _forms(rows["offices"]),
        "types of body": len({row["type"] for row in rows["bodies"]}),
        "forms of bodies": _forms(rows["bodies"]),
        "types of place": len({row["type"] for row in rows["places"]}),
        "forms of places": _forms(rows["places"]),
        "forms of address, ranks and professions": _forms(rows["honorifics"]),
        "topics": len(figures.topic_names),
        "forms of topics": len({form for row in rows["topics"] for form in forms(f"{row['forms']}|{row['within']}")}),
        "patterns of periods": len(figures.period_rows),
        "number words": len(figures.numbers),
        "examples": _examples(language),
    }


def _forms(rows: Rows) -> int:
    return len({form for row in rows for form in forms(row["forms"])})


def _examples(language: str) -> int:
    path = LANGUAGES / language / "examples.jsonl"
    return len(path.read_text(encoding="utf-8").splitlines()) if path.exists() else 0


def _gather(rows: Rows, keys: tuple[str, ...]) -> Iterable[list[str]]:
    """A line for all rows that agree in `keys`, in the order of the file: the keys, then every form."""
    gathered: dict[tuple[str, ...], dict[str, None]] = {}
    for row in rows:
        gathered.setdefault(tuple(row[key] for key in keys), {}).update(dict.fromkeys(forms(row["forms"])))
    return ([*(_key(key) for key in line), _shown(found)] for line, found in gathered.items())


def _topics(rows: Rows) -> Iterable[list[str]]:
    return ([_key(row["key"]), _shown(forms(row["forms"])), _shown(forms(row["within"]))] for row in rows)


def _key(cell: str) -> str:
    return ", ".join(f"`{key}`" for key in forms(cell))


def _shown(words: Iterable[str]) -> str:
    """The forms; one that stands there in small letters too is shown once."""
    known = set(words := list(words))
    return " · ".join(word for word in words if (small := word[0].lower() + word[1:]) == word or small not in known)


def _title(language: str) -> str:
    return NAMES.get(language, language)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    """A cell in which nothing is Markdown but the keys in back-ticks."""
    return text.replace("|", r"\|").replace("*", r"\*").replace("<", "&lt;")


def _join(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
