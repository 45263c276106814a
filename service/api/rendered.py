"""Rows of facts with their label and statement in a language."""

from __future__ import annotations

from typing import Any

from extractors.record import from_json
from extractors.render import render
from extractors.types import Record
from service.store import Store

COLUMNS = {"people": ("label", "statement"), "units": ("label",), "indicators": ("label", "statement")}

Row = dict[str, Any]


class RenderedRows:
    """Adds the columns to rows of one table; those of an article stand together, so that its record is read once."""

    def __init__(self, store: Store, name: str, language: str) -> None:
        self._store, self._name, self._language = store, name, language
        self._article = ""
        self._said: list[Row] = []

    def add(self, row: Row) -> Row:
        """The row with its label and statement."""
        if row["article_id"] != self._article:
            self._article = row["article_id"]
            self._said = self._say(self._store.get(self._article))
        position = row["position"]
        if position < len(self._said):
            return row | self._said[position]
        return row | dict.fromkeys(COLUMNS[self._name])  # the article was stored anew meanwhile

    def _say(self, stored: str | None) -> list[Row]:
        return say_rows(render(from_json(stored), self._language), self._name) if stored else []


def say_rows(record: Record, name: str) -> list[Row]:
    """Label and statement of each row that `service.store.rows` makes of a rendered record, in the same order."""
    if name == "people":
        roles = [(person, role) for person in record.people for role in person.roles or (None,)]
        return [{"label": role.label if role else None, "statement": person.statement} for person, role in roles]
    if name == "units":
        return [{"label": unit.label} for unit in record.units]
    return [{"label": figure.label, "statement": figure.statement} for figure in record.indicators]
