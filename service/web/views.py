"""The pages: submit an article, read a record. Everything of a record is escaped, nothing of it is code."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Protocol

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from service.errors import UserError
from service.foreign import is_foreign
from service.web.browse import add_pages
from service.web.catalogue import Texts, choose
from service.web.facts import read_facts, show_day, show_moment
from service.web.links import downloads, web_link
from service.web.marks import anchor, read_paragraphs, sentence_starts
from service.web.submission import read_submission

blueprint = Blueprint("web", __name__, template_folder="templates", static_folder="static", static_url_path="/assets")

log = logging.getLogger(__name__)

_RECENT = 20  # articles on the front page: a screen or two
_UPLOAD_BYTES = 20_000_000  # where the app sets none: a saved page weighs under 1 MB, with its images inlined some 10
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}

add_pages(blueprint)


class Found(Protocol):
    """A part of the rows of a table, how many there are in all, and where the next part begins."""

    rows: list[dict[str, Any]]
    total: int
    next: str | None


class Records(Protocol):
    """What the app gives as `app.extensions["chitieu.records"]`."""

    def get(self, id: str) -> dict[str, Any] | None:
        """The record, or None."""

    def recent(self, limit: int) -> list[dict[str, Any]]:
        """The latest records, or rows of the store with counts in place of the facts."""

    def related(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """The articles that tell the same story: `id`, `title` and `language` of each."""

    def find(self, table: str, asked: dict[str, str], language: str) -> Found:
        """The rows that a call of the API finds, those of facts said in a language. Raises UserError."""


Submit = Callable[[dict[str, Any]], dict[str, Any]]


@blueprint.before_request
def _set_up() -> None:
    g.texts = choose(request.accept_languages)
    request.max_content_length = request.max_form_memory_size = _limit()


@blueprint.after_request
def _protect(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


@blueprint.context_processor
def _helpers() -> dict[str, Any]:
    texts: Texts = g.texts
    return {"t": texts, "web_link": web_link, "day": lambda value: show_day(value, texts)}


@blueprint.get("/")
def home() -> str:
    """The front page: the form and the recent articles."""
    return _home()


@blueprint.post("/")
def submit() -> BaseResponse | tuple[str, int]:
    """Processes what the form gives and leads to the article's page; the form again, with the reason, if it cannot."""
    if is_foreign(request):
        return _home(g.texts("error.foreign")), 403
    process: Submit = current_app.extensions["chitieu.submit"]
    try:
        record = process(read_submission(request, g.texts))
    except UserError as error:
        return _home(str(error)), 400
    return redirect(url_for(".article", id=record["id"]), 303)


@blueprint.get("/articles/<id>")
def article(id: str) -> str:
    """The record for reading."""
    record = _records().get(id)
    if record is None:
        abort(404)
    facts = read_facts(record, g.texts)
    starts = sentence_starts(record)
    paragraphs = read_paragraphs(record, facts.marks)
    body = record["processing"]["body_start"]
    return render_template(
        "web/article.html",
        record=record,
        facts=facts,
        title=[sentence for p in paragraphs for sentence in p if sentence.start < body],
        paragraphs=[kept for p in paragraphs if (kept := [s for s in p if s.start >= body])],
        published=show_moment(record["published_at"], record["published_precision"], g.texts),
        downloads=downloads(record["id"]),
        related=_records().related(record),
        place=lambda offset: anchor(starts, offset),
    )


@blueprint.errorhandler(404)
def _not_found(_error: HTTPException) -> tuple[str, int]:
    return render_template("web/error.html", kind="not_found"), 404


@blueprint.errorhandler(Exception)
def _defect(error: Exception) -> HTTPException | tuple[str, int]:
    """A page where the API answers JSON."""
    if isinstance(error, HTTPException):
        return error
    log.exception("%s %s failed", request.method, request.path, exc_info=error)
    return render_template("web/error.html", kind="inside"), 500


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    return _home(g.texts("error.too_large", megabytes=_limit() // 1_000_000), read_form=False), 413


def _limit() -> int:
    return current_app.config["MAX_CONTENT_LENGTH"] or _UPLOAD_BYTES


def _home(error: str | None = None, *, read_form: bool = True) -> str:
    form = request.form if error and read_form else {}
    languages = g.texts.group("language")
    recent = [_row(record) for record in _records().recent(_RECENT)]
    return render_template("web/home.html", error=error, form=form, languages=languages, recent=recent)


def _row(record: dict[str, Any]) -> dict[str, Any]:
    """A line of the list, from a record or from a row of the store."""
    source = record.get("source") or {}
    counts = {name: record.get(name, 0) for name in ("people", "units", "indicators")}
    return {
        "id": record["id"],
        "title": record["title"],
        "language": record["language"],
        "published_at": record["published_at"],
        "source": source.get("name") or source.get("domain") or record.get("domain"),
        "counts": {name: count if isinstance(count, int) else len(count) for name, count in counts.items()},
    }


def _records() -> Records:
    records: Records = current_app.extensions["chitieu.records"]
    return records
