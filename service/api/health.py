"""`/healthz`, `/readyz`, `/metrics`: what a scheduler and Prometheus ask."""

from __future__ import annotations

import logging

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from sqlalchemy.exc import SQLAlchemyError

from service.api.errors import ApiError, ErrorBody
from service.api.shared import runtime

log = logging.getLogger(__name__)
api = APIBlueprint("health", __name__, abp_tags=[Tag(name="health")])


@api.get("/healthz")
def healthz() -> Response:
    """Whether this process answers."""
    return jsonify(status="ok")


@api.get("/readyz", responses={503: ErrorBody})
def readyz() -> Response:
    """Whether store and queue answer too."""
    try:
        runtime().store.check()
        runtime().queue.check()
    except SQLAlchemyError as error:
        log.exception("the database does not answer")
        raise ApiError(503, "not_ready", "the database does not answer") from error
    return jsonify(status="ok")


@api.get("/metrics")
def metrics() -> Response:
    """Counts for Prometheus. They come from the database, so every process says the same."""
    lines = [
        line
        for name, number in runtime().store.counts().items()
        for line in (f"# TYPE chitieu_{name} gauge", f"chitieu_{name} {number}")
    ]
    lines.append("# TYPE chitieu_jobs gauge")
    lines += [f'chitieu_jobs{{state="{state}"}} {number}' for state, number in runtime().queue.counts().items()]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
