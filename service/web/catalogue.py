"""The texts of the pages, a file a language: `texts/en.toml` sets the keys, the others have to hold the same."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "texts"
_FIRST = "en"


class Texts:
    """The texts of one language: `texts("home.title")`, `texts("article.author", name=…)`."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language, self._texts = language, texts

    def __call__(self, key: str, **values: Any) -> str:
        """The text with its `{places}` filled in. Raises KeyError for a key that no file has."""
        text = self._texts[key]
        return text.format(**values) if values else text

    def name(self, group: str, key: str | None) -> str:
        """The name of a value such as a unit's type: the key itself in words where it is a new one, "" for None."""
        return self._texts.get(f"{group}.{key}") or (key or "").replace("_", " ")

    def group(self, name: str) -> dict[str, str]:
        """Every key and text of one table of the file, sorted by text."""
        found = {key.removeprefix(f"{name}."): text for key, text in self._texts.items() if key.startswith(f"{name}.")}
        return dict(sorted(found.items(), key=lambda pair: pair[1]))


@cache
def catalogues() -> dict[str, Texts]:
    """Every language that has a file. Raises ValueError where a file lacks keys or holds unknown ones."""
    texts = {path.stem: _flatten(tomllib.loads(path.read_text("utf-8"))) for path in sorted(_FOLDER.glob("*.toml"))}
    for language, found in texts.items():
        if wrong := found.keys() ^ texts[_FIRST].keys():
            raise ValueError(f"texts/{language}.toml: missing or unknown keys: {', '.join(sorted(wrong))}")
    return {language: Texts(language, found) for language, found in texts.items()}


def choose(accepted: Any) -> Texts:
    """The texts that suit a request's `accept_languages` best."""
    found = catalogues()
    return found[accepted.best_match([_FIRST, *found], _FIRST)]


def _flatten(tables: dict[str, dict[str, str]]) -> dict[str, str]:
    return {f"{table}.{key}": text for table, texts in tables.items() for key, text in texts.items()}
