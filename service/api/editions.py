"""`/v1/articles/{id}/editions`: an article beside its original and its editions."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel

from extractors.record import from_json
from extractors.types import Record
from service.api.errors import ApiError, ErrorBody
from service.api.models import IdPath
from service.api.shared import link_to, runtime
from service.editions import Related, find_related, is_original_of, reports

api = APIBlueprint("editions", __name__, url_prefix="/v1/articles", abp_tags=[Tag(name="articles")])


class Editions(BaseModel):
    """The stored articles of one story, and each original beside its edition."""

    articles: list[dict[str, Any]]
    items: list[dict[str, Any]]
    notes: list[str]


@api.get("/<id>/editions", responses={200: Editions, 404: ErrorBody})
def get_editions(path: IdPath) -> Response:
    """The article's editions or its original, as far as they are stored, compared sentence by sentence.

    `items` are reports with `original`, `edition`, `sentences`, `people`, `units` and `conflicts`; `articles` all
    that tell the same story; `notes` say what could not be compared.
    """
    stored = runtime().store.get(path.id)
    if stored is None:
        raise ApiError(404, "not_found", f"no article {path.id!r}")
    record = from_json(stored)
    related = find_related(runtime().store, record)
    items = [report.to_dict() for report in reports(record, related)]
    return jsonify(articles=[_row(one) for one in related], items=items, notes=_notes(record, related))


def _row(one: Related) -> dict[str, Any]:
    record = one.record
    return {
        "id": record.id,
        "url": record.canonical_url or record.url,
        "original_url": record.original_url,
        "language": record.language,
        "title": record.title,
        "published_at": record.published_at,
        "by": one.by,
        "link": link_to(record.id),
    }


def _notes(record: Record, related: list[Related]) -> list[str]:
    if record.original_url and not any(is_original_of(one.record, record) for one in related):
        return [f"the original is not stored, nothing was compared with it: {record.original_url}"]
    return []
