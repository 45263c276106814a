"""`/translate`, `/detect`, `/languages`: LibreTranslate's own API over our engines, so that its clients work here.

Its formats and messages are kept: parameters in JSON, in a form or in the address, and errors as `{"error": message}`.
Where API keys are configured, `api_key` has to be one: see `service/api/keys.py`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from flask import Response, jsonify, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel
from werkzeug.exceptions import HTTPException

from extractors.language import identify_language
from service.api.shared import runtime
from service.errors import UserError
from service.translate.engines.base import base
from service.translate.languages import find_targets, name_of
from service.translate.texts import translate_html, translate_texts

log = logging.getLogger(__name__)

api = APIBlueprint("libretranslate", __name__, abp_tags=[Tag(name="translation", description="LibreTranslate's API")])

_SHORT = 40  # characters: of shorter texts in a list the language is told from all of them, as LibreTranslate does


class LibreError(BaseModel):
    """What a failed call answers."""

    error: str


class Refusal(Exception):
    """A call that fails with this status and message."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def _described(required: list[str], **fields: Any) -> dict[str, Any]:
    schema = {"type": "object", "required": required, "properties": fields}
    kinds = ("application/json", "application/x-www-form-urlencoded")
    return {"requestBody": {"content": {kind: {"schema": schema} for kind in kinds}}}


_Q = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}], "description": "What to read"}
_CODE = {"type": "string", "examples": ["pt"]}
_FIELDS = {
    "q": _Q,
    "source": _CODE | {"description": "`auto`: it is identified"},
    "target": _CODE,
    "format": {"enum": ["text", "html"]},
    "alternatives": {"type": "integer", "description": "There are none: the list comes back empty"},
}
_ERRORS: dict[Any, Any] = {400: LibreError, 500: LibreError}


@api.post("/translate", responses=_ERRORS, openapi_extensions=_described(["q", "source", "target"], **_FIELDS))
def translate() -> Response:
    """A text, or a list of texts, in another language."""
    given = _read()
    texts, batch = _texts(given)
    target = _needed(given, "target")
    source = _needed(given, "source")
    found = _identify_each(texts) if source == "auto" else [{"language": source}] * len(texts)
    sources = [str(each["language"]) for each in found]
    _check_pairs(sources, target)
    said = _translate(texts, sources, target, str(given.get("format") or "text"))
    answer: dict[str, Any] = {"translatedText": said if batch else said[0]}
    if source == "auto":
        answer["detectedLanguage"] = found if batch else found[0]
    if _alternatives(given) > 0:
        answer["alternatives"] = [[] for _ in said] if batch else []
    return jsonify(answer)


@api.post("/detect", responses=_ERRORS, openapi_extensions=_described(["q"], q=_Q))
def detect() -> Response:
    """The language of a text, with a confidence up to 100."""
    texts, _ = _texts(_read())
    return jsonify([_identify("\n".join(texts))])


@api.get("/languages", responses=_ERRORS)
def languages() -> Response:
    """The languages that can be translated, each with those that it can be translated to."""
    targets = sorted(find_targets(runtime().settings).items())
    return jsonify([{"code": code, "name": name_of(code), "targets": sorted(known)} for code, known in targets])


@api.errorhandler(Refusal)
def _refuse(error: Refusal) -> Response:
    response = jsonify(error=str(error))
    response.status_code = error.status
    return response


@api.errorhandler(Exception)
def _fail(error: Exception) -> Response:
    if isinstance(error, HTTPException):  # such as a body that is too large
        return _refuse(Refusal(error.code or 500, error.description or error.name))
    log.exception("%s failed", request.path, exc_info=error)
    return _refuse(Refusal(500, "Cannot translate text: something went wrong inside, the log says what"))


def _read() -> Mapping[str, Any]:
    """The parameters, wherever they are. deep-translator's client sends them in the address."""
    if not request.is_json:
        return request.values
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise Refusal(400, "Invalid JSON format")
    return body


def _needed(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    if not value:
        raise Refusal(400, f"Invalid request: missing {name} parameter")
    if not isinstance(value, str):
        raise Refusal(400, f"Invalid request: {name} parameter is not a string")
    return value.strip().lower()


def _texts(given: Mapping[str, Any]) -> tuple[list[str], bool]:
    """The texts, and whether they came as a list."""
    q = given.get("q")
    if not q:
        raise Refusal(400, "Invalid request: missing q parameter")
    texts = q if isinstance(q, list) else [q]
    if not all(isinstance(text, str) for text in texts):
        raise Refusal(400, "Invalid request: q parameter is not a string or a list of strings")
    size, limit = sum(map(len, texts)), runtime().settings.max_text_chars
    if size > limit:
        raise Refusal(400, f"Invalid request: request ({size}) exceeds text limit ({limit})")
    return texts, isinstance(q, list)


def _alternatives(given: Mapping[str, Any]) -> int:
    try:
        return int(given.get("alternatives") or 0)
    except (TypeError, ValueError, OverflowError):
        raise Refusal(400, "Invalid request: alternatives parameter is not a number") from None


def _identify_each(texts: list[str]) -> list[dict[str, str | float]]:
    whole = _identify("\n".join(texts))
    return [_identify(text) if len(text) > _SHORT else whole for text in texts]


def _identify(text: str) -> dict[str, str | float]:
    """A text without words is taken for English with a confidence of 0, as LibreTranslate does."""
    language, confidence = identify_language(text)
    return {"confidence": round(100 * confidence, 1), "language": "en" if language == "und" else language}


def _check_pairs(sources: list[str], target: str) -> None:
    targets = find_targets(runtime().settings)
    for language in (*sources, target):
        if base(language) not in targets:
            raise Refusal(400, f"{language} is not supported")
    for source in sources:
        if base(target) not in targets[base(source)]:
            names = [f"{name_of(base(code))} ({code})" for code in (target, source)]
            raise Refusal(400, f"{names[0]} is not available as a target language from {names[1]}")


def _translate(texts: list[str], sources: list[str], target: str, format: str) -> list[str]:
    if format not in ("text", "html"):
        raise Refusal(400, f"{format} format is not supported")
    run = translate_html if format == "html" else translate_texts
    said = list(texts)
    for source in dict.fromkeys(sources):
        places = [place for place, language in enumerate(sources) if language == source]
        asked = [texts[place] for place in places]
        try:
            made = run(asked, runtime(), source=base(source), target=base(target))
        except UserError as error:
            raise Refusal(500, f"Cannot translate text: {error}") from error
        for place, text in zip(places, made, strict=True):
            said[place] = text
    return said
