"""Rows of facts with their label and statement in a language."""

from __future__ import annotations

from typing import Any

from extractors.record import from_json
from extractors.render import render
from extractors.types import Record
from service.store import Store

COLUMNS = {"people": ("label", "statement"), "units": ("label",), "indicators": ("label", "statement")}

Row = dict[str, Any]
_Key = tuple[Any, ...]


class RenderedRows:
    """Adds the columns to rows of one table; those of an article stand together, so that its record is read once."""

    def __init__(self, store: Store, name: str, language: str) -> None:
        self._store, self._name, self._language = store, name, language
        self._article = ""
        self._said: dict[_Key, Row] = {}

    def add(self, row: Row) -> Row:
        """The row with its label and statement; both None where the article was stored anew meanwhile."""
        if row["article_id"] != self._article:
            self._article = row["article_id"]
            stored = self._store.get(self._article)
            self._said = _say(render(from_json(stored), self._language), self._name) if stored else {}
        return row | self._said.get(_key(row, self._name), dict.fromkeys(COLUMNS[self._name]))


def _key(row: Row, name: str) -> _Key:
    """What tells the rows of an article apart: a fact's id, and of a person the office too."""
    if name == "people":
        return row["person"], row["start"], row["title"]
    return (row[name.removesuffix("s")],)


def _say(record: Record, name: str) -> dict[_Key, Row]:
    """Label and statement of the rows that `service.store.rows` makes of a record."""
    if name == "units":
        return {(unit.id,): {"label": unit.label} for unit in record.units}
    if name == "indicators":
        return {(f.id,): {"label": f.label, "statement": f.statement} for f in record.indicators}
    said: dict[_Key, Row] = {}
    for person in record.people:
        for role in person.roles:
            said[person.id, role.evidence.start, role.title] = {"label": role.label, "statement": person.statement}
        if not person.roles:
            said[person.id, person.mentions[0].start, None] = {"label": None, "statement": person.statement}
    return said
