"""`/v1/people`, `/v1/units`, `/v1/indicators`: the facts across articles, as JSON, CSV or Parquet, and as series."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from itertools import islice
from typing import IO, Any

from flask import Response, jsonify, send_file, stream_with_context
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.errors import ApiError, ErrorBody
from service.api.models import IndicatorsQuery, PeopleQuery, Rows, SeriesBody, SeriesQuery, UnitsQuery
from service.api.rendered import COLUMNS, RenderedRows
from service.api.shared import link_to, runtime
from service.export import NoParquet, write_csv, write_parquet
from service.series import build_series
from service.store import Paging
from service.store.queries import types_of

api = APIBlueprint("facts", __name__, url_prefix="/v1", abp_tags=[Tag(name="facts")])

_RESPONSES: dict[Any, Any] = {200: Rows, 422: ErrorBody}
_MOST_FIGURES = 20_000  # that series are made of: some 20 MB of JSON
_SPOOLED = 10_000_000  # bytes of an export that are held in memory

Row = dict[str, Any]


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


@api.get("/indicators/series", responses={200: SeriesBody, 422: ErrorBody})
def get_series(query: SeriesQuery) -> Response:
    """The figures of a topic as series that may stand in one chart, in the order of time, each point with its proof."""
    complete = _completion("indicators", query.lang)
    found = runtime().store.stream_facts("indicators", query.filters(), Paging(_MOST_FIGURES + 1))
    rows = list(map(complete, islice(found, _MOST_FIGURES + 1)))
    return jsonify(items=build_series(rows[:_MOST_FIGURES]), truncated=len(rows) > _MOST_FIGURES)


def _answer(name: str, query: PeopleQuery | UnitsQuery | IndicatorsQuery) -> Response:
    complete = _completion(name, query.lang)
    if query.format != "json":
        columns = types_of(name) | dict.fromkeys((*(COLUMNS[name] if query.lang else ()), "link"), str)
        rows = map(complete, runtime().store.stream_facts(name, query.filters(), query.paging(default=None)))
        return _csv(name, columns, rows) if query.format == "csv" else _parquet(name, columns, rows)
    paging = query.paging()
    found = runtime().store.find_facts(name, query.filters(), paging)
    items = [complete(row) for row in found.rows]
    return jsonify(items=items, total=found.total, limit=paging.limit, offset=paging.offset, next=found.next)


def _csv(name: str, columns: Iterable[str], rows: Iterable[Row]) -> Response:
    lines = stream_with_context(write_csv(columns, rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(lines, headers=headers, content_type="text/csv; charset=utf-8")


def _parquet(name: str, columns: dict[str, type], rows: Iterable[Row]) -> Response:
    """From a file: the part of Parquet that is read first is written last."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 - the response closes it
    try:
        write_parquet(columns, rows, file)
    except NoParquet as error:
        raise ApiError(501, "not_installed", str(error)) from error
    file.seek(0)
    kind = "application/vnd.apache.parquet"
    return send_file(file, mimetype=kind, as_attachment=True, download_name=f"{name}.parquet")


def _completion(name: str, language: str | None) -> Callable[[Row], Row]:
    """What adds to a row of the store: label and statement in the language that is asked for, and the link."""
    if language is None:
        return _linked
    rendered = RenderedRows(runtime().store, name, language)
    return lambda row: _linked(rendered.add(row))


def _linked(row: Row) -> Row:
    return row | {"link": link_to(row["article_id"], row["sentence_start"])}
