"""`/v1/articles`: takes articles in, searches and reads their records."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request, url_for
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from extractors.record import from_json, to_json
from extractors.render import render
from service.api.errors import ApiError, ErrorBody
from service.api.models import (
    ArticleBody,
    ArticleQuery,
    ArticlesQuery,
    IdPath,
    JobAccepted,
    PostQuery,
    RecordBody,
    Rows,
    TranslateBody,
)
from service.api.shared import link_to, runtime
from service.pipeline import Submission
from service.retranslate import Retranslation

api = APIBlueprint("articles", __name__, url_prefix="/v1/articles", abp_tags=[Tag(name="articles")])

_UPLOAD = ArticleBody.model_json_schema()["properties"] | {"file": {"type": "string", "format": "binary"}}
_BODY = {
    "required": True,
    "content": {
        "application/json": {"schema": ArticleBody.model_json_schema()},
        "multipart/form-data": {"schema": {"type": "object", "properties": _UPLOAD}},
    },
}


@api.post(
    "",
    responses={201: RecordBody, 202: JobAccepted, 413: ErrorBody, 422: ErrorBody},
    openapi_extensions={"requestBody": _BODY},
)
def post_article(query: PostQuery) -> Response:
    """Processes an article.

    202 with the id of a job; with `wait=true` 201 with the record itself, made in the process that answers and
    kept like any other. A file is uploaded as `file` in a form: `.txt` is an article's text, anything else a page.
    """
    return _answer(_read_submission(), wait=query.wait)


def _answer(given: Submission, *, wait: bool) -> Response:
    """The record, made at once, or the job that will make it."""
    if wait:
        record = runtime().process_and_save(given)
        location = url_for("articles.get_article", id=record.id)
        return Response(to_json(record), 201, {"Location": location}, content_type="application/json")
    job = runtime().queue.submit(given)
    return _with_location(jsonify(job=job), 202, url_for("jobs.get_job", id=job))


@api.get("", responses={200: Rows, 422: ErrorBody})
def get_articles(query: ArticlesQuery) -> Response:
    """The articles that fit, newest first."""
    paging = query.paging()
    rows, total, following = runtime().store.find_articles(query.filters(), paging)
    for row in rows:
        row["link"] = link_to(row["id"])
    return jsonify(items=rows, total=total, limit=paging.limit, offset=paging.offset, next=following)


@api.get("/<id>", responses={200: RecordBody, 404: ErrorBody, 422: ErrorBody})
def get_article(path: IdPath, query: ArticleQuery) -> Response:
    """The record of an article; with `lang` its labels, statements and digest are in that language."""
    record: str | bytes | None = runtime().store.get(path.id)
    if record is None:
        raise ApiError(404, "not_found", f"no article {path.id!r}")
    if query.lang:
        record = to_json(render(from_json(record), query.lang))
    return Response(record, content_type="application/json")


@api.post(
    "/<id>/translate",
    responses={200: RecordBody, 202: JobAccepted, 404: ErrorBody, 422: ErrorBody},
    openapi_extensions={
        "requestBody": {"content": {"application/json": {"schema": TranslateBody.model_json_schema()}}}
    },
)
def translate_article(path: IdPath, query: PostQuery) -> Response:
    """Fills in the translation of an article, or translates it to another language.

    202 with the id of a job; with `wait=true` 200 with the record. All else in the record stays.
    """
    body = _read_json() if request.get_data() else {}
    wanted = Retranslation(path.id, **TranslateBody.model_validate(body).model_dump())
    kept = runtime().store.get(path.id)
    if kept is None:
        raise ApiError(404, "not_found", f"no article {path.id!r}")
    if runtime().target_of(from_json(kept), wanted) is None:
        raise ApiError(422, "invalid_field", "to: say which language, no translation was asked for before")
    if query.wait:
        return Response(runtime().retranslate(wanted), content_type="application/json")
    job = runtime().queue.submit_translation(wanted)
    return _with_location(jsonify(job=job), 202, url_for("jobs.get_job", id=job))


@api.post("/<id>/reprocess", responses={201: RecordBody, 202: JobAccepted, 404: ErrorBody, 409: ErrorBody})
def reprocess_article(path: IdPath, query: PostQuery) -> Response:
    """Processes an article again, from the page or text that was kept when it came in.

    The new record takes the place of the old one, also where another text gives it another id.
    """
    if runtime().store.get(path.id) is None:
        raise ApiError(404, "not_found", f"no article {path.id!r}")
    given = runtime().origin(path.id)
    if given is None:
        raise ApiError(409, "not_kept", "the page of this article was not kept: send it anew")
    return _answer(given, wait=query.wait)


def _read_submission() -> Submission:
    """The submission in the body: JSON, or a form with a file. Raises pydantic.ValidationError or ApiError."""
    if request.mimetype in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return _read_form()
    if not request.is_json:
        raise ApiError(415, "unsupported_media_type", "send JSON or multipart/form-data")
    return to_submission(ArticleBody.model_validate(_read_json()))


def _read_json() -> dict[str, Any]:
    body = request.get_json(silent=True) if request.is_json else None
    if not isinstance(body, dict):
        raise ApiError(400, "invalid_json", "the body is not a JSON object")
    return body


def _read_form() -> Submission:
    fields: dict[str, Any] = {name: value for name, value in request.form.items() if value != ""}
    file = request.files.get("file")
    if file is None or not file.filename:
        return to_submission(ArticleBody.model_validate(fields))
    content = file.read()
    if file.filename.lower().endswith(".txt") or file.mimetype == "text/plain":
        body = ArticleBody.model_validate(fields | {"text": content.decode("utf-8-sig", "replace")})
        return to_submission(body, input=file.filename)
    # The page's charset is in the page, so its bytes are passed on as they are.
    body = ArticleBody.model_validate(fields | {"html": "-" if content else ""})
    return to_submission(body, html=content, input=file.filename)


def to_submission(body: ArticleBody, *, html: bytes | None = None, input: str | None = None) -> Submission:
    """The body as the pipeline takes it; `html` is the page's bytes where the body does not hold it."""
    to = body.to or runtime().settings.target
    if body.html is not None and html is None:
        html = body.html.encode("utf-8", "replace")
    return Submission(
        url=body.url,
        html=html,
        text=body.text,
        title=body.title,
        published_at=body.published_at,
        language=body.language,
        to=None if to == "none" else to,
        input=input,
    )


def _with_location(response: Response, status: int, location: str) -> Response:
    response.status_code = status
    response.headers["Location"] = location
    return response
