"""`/v1/jobs`: what became of accepted articles."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from service.api.errors import ApiError, ErrorBody
from service.api.models import IdPath, JobBody
from service.api.shared import runtime

api = APIBlueprint("jobs", __name__, url_prefix="/v1/jobs", abp_tags=[Tag(name="jobs")])


@api.get("/<id>", responses={200: JobBody, 404: ErrorBody})
def get_job(path: IdPath) -> Response:
    """The state of a job: the article's id when done, the stage and the reason when failed."""
    job = runtime().queue.get(path.id)
    if job is None:
        raise ApiError(404, "not_found", f"no job {path.id!r}")
    return jsonify(asdict(job))
