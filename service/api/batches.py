"""`/v1/batches`: many articles at once, by their addresses or by a feed, a sitemap, a section page or a site."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from flask import Response, jsonify, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.errors import ApiError, ErrorBody
from service.api.keys import charge
from service.api.models import BatchAccepted, BatchBody, BatchState, IdPath, ItemsQuery, RetryQuery, Rows
from service.api.shared import runtime
from service.batches import end, settle
from service.store import Batch, Paging

api = APIBlueprint("batches", __name__, url_prefix="/v1/batches", abp_tags=[Tag(name="batches")])

_FAILURES = 100  # told with the batch; all of them are at /items


@api.post("", responses={202: BatchAccepted, 422: ErrorBody})
def post_batch(body: BatchBody) -> Response:
    """Processes many articles. 202 with the id of the batch as soon as it is written down."""
    most = runtime().settings.batch_max_urls
    if body.urls and len(body.urls) > most:
        raise ApiError(422, "invalid_field", f"urls: more than {most}")
    charge(len(body.urls or ()) - 1)
    batch = runtime().batches.add(body.urls or (), url=body.url, **options_of(body))
    return accept(batch.id)


@api.get("/<id>", responses={200: BatchState, 404: ErrorBody})
def get_batch(path: IdPath) -> Response:
    """How far a batch is, with the first failures: address, stage and reason."""
    settle(runtime(), path.id)
    batch = find(path.id)
    failures = runtime().batches.items(batch.id, "failed", Paging(_FAILURES))
    return jsonify(state_of(batch) | {"failures": failures})


@api.get("/<id>/items", responses={200: Rows, 404: ErrorBody})
def get_items(path: IdPath, query: ItemsQuery) -> Response:
    """The addresses of a batch with the article of each, or the stage and the reason of its failure."""
    batch = find(path.id)
    counts = runtime().batches.counts(batch.id)
    rows = runtime().batches.items(batch.id, query.state, Paging(query.limit, query.offset))
    return jsonify(items=rows, total=counts[query.state or "total"], limit=query.limit, offset=query.offset)


@api.post("/<id>/retry", responses={202: BatchAccepted, 404: ErrorBody})
def retry_batch(path: IdPath, query: RetryQuery) -> Response:
    """Tries again what failed, all of it or in one stage: the addresses, and the source where it could not be read."""
    settle(runtime(), path.id)
    batch = find(path.id)
    return accept(batch.id, queued=runtime().batches.retry(batch.id, query.stage))


@api.delete("/<id>", responses={404: ErrorBody})
def delete_batch(path: IdPath) -> tuple[str, int]:
    """Ends a batch: what waits is not processed any more. The articles that it brought stay."""
    end(runtime(), find(path.id).id)
    return "", 204


def find(batch_id: str) -> Batch:
    """The batch. Raises ApiError."""
    batch = runtime().batches.get(batch_id)
    if batch is None:
        raise ApiError(404, "not_found", f"no batch {batch_id!r}")
    return batch


def accept(batch_id: str, **more: int) -> Response:
    """202, the batch handed to the workers."""
    runtime().queue.start_batch(batch_id, f"{batch_id}.on.{uuid.uuid4().hex}")
    response = jsonify(batch=batch_id, **more)
    response.status_code = 202
    response.headers["Location"] = url_for("batches.get_batch", id=batch_id)
    return response


def options_of(body: Any) -> dict[str, Any]:
    """What the addresses of a batch are processed with."""
    to = body.to or runtime().settings.target
    since = body.since.isoformat() if body.since else None
    return {"since": since, "language": body.language, "target": None if to == "none" else to}


def state_of(batch: Batch) -> dict[str, Any]:
    """The batch as it is told."""
    told, counts = asdict(batch), runtime().batches.counts(batch.id)
    told["to"] = told.pop("target")
    if batch.state == "started":
        told["state"] = "running" if counts["queued"] else "done"
    return told | counts | {"failed_in": runtime().batches.stages(batch.id) if counts["failed"] else {}}
