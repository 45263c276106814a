"""The pages that search: articles, figures, people and units, a page of rows at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, g, render_template, request

from service.errors import UserError
from service.web.catalogue import Texts

_ROWS = 25  # on a page: some three screens
_SURE = "0.8"  # of ten such facts eight or nine are right (docs/quality.md)


@dataclass(frozen=True, slots=True)
class Table:
    """A page: the table that it searches, the fields of its form beside those that all have."""

    name: str
    fields: tuple[str, ...]


_COMMON = ("q", "from", "to", "language")
TABLES = {
    "articles": Table("articles", ()),
    "figures": Table("indicators", ("unit", "basis", "confidence")),
    "people": Table("people", ("unit", "confidence")),
    "units": Table("units", ("class", "confidence")),
}


def add_pages(blueprint: Blueprint) -> None:
    """Adds the pages to the blueprint."""
    for page in TABLES:
        blueprint.add_url_rule(f"/{page}", f"browse_{page}", _browse, defaults={"page": page})


def _browse(page: str) -> str | tuple[str, int]:
    table, texts = TABLES[page], g.texts
    known = (*_COMMON, *table.fields)
    asked = {name: value for name in known if (value := request.args.get(name, "").strip())}
    after = request.args.get("after", "")
    told: dict[str, Any] = {"page": page, "pages": list(TABLES), "fields": known, "asked": asked}
    told |= {"choices": _choices(texts), "sure": _SURE, "is_first": not after}
    told["csv"] = f"/v1/{table.name}?{urlencode(asked | {'format': 'csv'})}" if page != "articles" else None
    try:
        found = current_app.extensions["chitieu.records"].find(
            table.name, asked | {"limit": str(_ROWS)} | ({"after": after} if after else {}), texts.language
        )
    except UserError as error:
        return render_template("web/browse.html", **told, rows=[], total=0, more=None, error=str(error)), 400
    more = f"?{urlencode(asked | {'after': found.next})}" if found.next else None
    return render_template("web/browse.html", **told, rows=found.rows, total=found.total, more=more, error=None)


def _choices(texts: Texts) -> dict[str, dict[str, str]]:
    """What the lists of the form offer."""
    return {name: texts.group(name) for name in ("language", "basis", "class")}
