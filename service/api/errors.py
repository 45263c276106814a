"""Errors as JSON: `{"error": {"code", "message"}}`, with the field or the stage where there is one."""

from __future__ import annotations

import logging
from typing import Any

from flask import Flask, Response, jsonify, request
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import DataError, OperationalError, TimeoutError
from werkzeug.exceptions import HTTPException

from service.pipeline import StageError

log = logging.getLogger(__name__)


class ErrorDetail(BaseModel):
    """`code` is for programs, `message` for people."""

    code: str
    message: str
    field: str | None = None
    stage: str | None = None


class ErrorBody(BaseModel):
    """What every failed call answers."""

    error: ErrorDetail


class ApiError(Exception):
    """A call that fails with this status, code and message."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code

    def answer(self) -> Response:
        """The response that says it."""
        return answer(self.status, self.code, str(self))


def handle(app: Flask) -> None:
    """Lets the application answer every error as JSON."""
    app.register_error_handler(ApiError, lambda error: error.answer())
    app.register_error_handler(ValidationError, invalid)
    app.register_error_handler(StageError, _stage_failed)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(TimeoutError, _database_away)  # no connection of the pool came free
    app.register_error_handler(DataError, _unsuitable)
    app.register_error_handler(Exception, _defect)


def answer(status: int, code: str, message: str, **more: str) -> Response:
    """The response for an error."""
    response = jsonify(error={"code": code, "message": message, **more})
    response.status_code = status
    return response


def invalid(error: ValidationError) -> Response:
    """422 with the name of the first field that does not fit."""
    code, field, message = tell(error)
    return answer(422, code, message, **({"field": field} if field else {}))


def tell(error: ValidationError) -> tuple[str, str, str]:
    """Code, field (or an empty text) and message of the first thing that does not fit."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    if first["type"] == "extra_forbidden":
        return "unknown_field", field, f"unknown field {field!r}"
    return ("invalid_field", field, f"{field}: {message}") if field else ("invalid_request", "", message)


def _stage_failed(error: StageError) -> Response:
    if isinstance(error.__cause__, OperationalError | TimeoutError):
        return _database_away(error.__cause__)
    if error.user:
        return answer(422, f"{error.stage}_failed", error.reason, stage=error.stage)
    return answer(500, "internal_error", f"stage {error.stage} failed, the log says why", stage=error.stage)


def _http_error(error: HTTPException) -> Any:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    code = error.name.lower().replace(" ", "_")
    response = answer(error.code or 500, code, error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def _database_away(error: OperationalError | TimeoutError) -> Response:
    log.error("%s %s: the database does not answer: %r", request.method, request.path, error)
    response = answer(503, "unavailable", "the database does not answer, try again")
    response.headers["Retry-After"] = "5"
    return response


def _unsuitable(_: DataError) -> Response:
    return answer(422, "invalid_field", "a value holds what no text holds, such as NUL")


def _defect(error: Exception) -> Response:
    log.exception("%s %s failed", request.method, request.path, exc_info=error)
    return answer(500, "internal_error", "something went wrong inside, the log says what")
