"""`/healthz`, `/readyz`, `/metrics`: what a scheduler and Prometheus ask."""

from __future__ import annotations

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.errors import ErrorBody
from service.api.shared import runtime

api = APIBlueprint("health", __name__, abp_tags=[Tag(name="health")])


@api.get("/healthz")
def healthz() -> Response:
    """Whether this process answers."""
    return jsonify(status="ok")


@api.get("/readyz", responses={503: ErrorBody})
def readyz() -> Response:
    """Whether store and queue answer too."""
    runtime().store.check()
    runtime().queue.check()
    return jsonify(status="ok")


@api.get("/metrics")
def metrics() -> Response:
    """Counts for Prometheus. They come from the database, so every process says the same."""
    lines = [
        line
        for name, number in runtime().store.counts().items()
        for line in (f"# TYPE chitieu_{name} gauge", f"chitieu_{name} {number}")
    ]
    for name in ("hits", "misses"):
        lines.append(f"# TYPE chitieu_translation_memory_{name}_total counter")
        lines += [
            f"chitieu_translation_memory_{name}_total"
            f'{{source="{use.source}",target="{use.target}",engine="{use.engine}"}} {getattr(use, name)}'
            for use in runtime().store.memory.use()
        ]
    lines.append("# TYPE chitieu_jobs gauge")
    lines += [f'chitieu_jobs{{state="{state}"}} {number}' for state, number in runtime().queue.counts().items()]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
