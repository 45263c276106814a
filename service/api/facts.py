"""`/v1/people`, `/v1/units`, `/v1/indicators`: the facts across articles, as JSON or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from flask import Response, jsonify, stream_with_context
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.errors import ErrorBody
from service.api.models import IndicatorsQuery, PeopleQuery, Rows, UnitsQuery
from service.api.rendered import COLUMNS, RenderedRows
from service.api.shared import link_to, runtime
from service.store.queries import columns_of

api = APIBlueprint("facts", __name__, url_prefix="/v1", abp_tags=[Tag(name="facts")])

_RESPONSES: dict[Any, Any] = {200: Rows, 422: ErrorBody}
# What a spreadsheet takes for the start of a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@api.get("/people", responses=_RESPONSES)
def get_people(query: PeopleQuery) -> Response:
    """People with their roles, a row a role, each with the sentence that says it."""
    return _answer("people", query)


@api.get("/units", responses=_RESPONSES)
def get_units(query: UnitsQuery) -> Response:
    """Units, each with the sentence that names it first."""
    return _answer("units", query)


@api.get("/indicators", responses=_RESPONSES)
def get_indicators(query: IndicatorsQuery) -> Response:
    """Figures, each with the sentence that gives it."""
    return _answer("indicators", query)


def _answer(name: str, query: PeopleQuery | UnitsQuery | IndicatorsQuery) -> Response:
    complete = _completion(name, query.lang)
    if query.format == "csv":
        columns = [*columns_of(name), *(COLUMNS[name] if query.lang else ()), "link"]
        rows = map(complete, runtime().store.stream_facts(name, query.filters(), query.paging(default=None)))
        return _csv(name, columns, rows)
    paging = query.paging()
    found, total = runtime().store.find_facts(name, query.filters(), paging)
    return jsonify(items=[complete(row) for row in found], total=total, limit=paging.limit, offset=paging.offset)


def _csv(name: str, columns: list[str], rows: Iterable[dict[str, Any]]) -> Response:
    lines = stream_with_context(write_csv(columns, rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(lines, headers=headers, content_type="text/csv; charset=utf-8")


def _completion(name: str, language: str | None) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What adds to a row of the store: label and statement in the language that is asked for, and the link."""
    if language is None:
        return _linked
    rendered = RenderedRows(runtime().store, name, language)
    return lambda row: _linked(rendered.add(row))


def _linked(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"link": link_to(row["article_id"], row["sentence_start"])}


def write_csv(columns: list[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The rows as CSV, a line at a time; a text that a spreadsheet would run as a formula gets a `'` in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(row[column]) for column in columns])
        if buffer.tell() > 16_384:  # an answer in pieces of about a network buffer
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _safe(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
