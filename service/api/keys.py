"""Who may ask: everybody where no API key is configured, else whoever has one, as often as it allows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, g, request

from service.api.errors import ApiError
from service.api.shared import runtime
from service.store import Key

_OPEN = frozenset({"/healthz", "/readyz", "/docs", "/openapi.json", "/languages"})
_OPEN_FOLDERS = ("/assets/", "/swagger/")
_LIBRE = frozenset({"/translate", "/detect"})  # LibreTranslate's clients send the key as a parameter
_READ = frozenset({"GET", "HEAD"})

SCHEMES: dict[str, Any] = {"key": {"type": "http", "scheme": "bearer", "description": "Where keys are configured"}}
SECURITY: dict[str, Any] = {"security": [{"key": []}, {}]}


def guard(app: Flask) -> None:
    """Lets the application answer those alone who may ask."""
    app.before_request(_check)


def charge(number: int) -> None:
    """Counts more of what a request asks for, such as the addresses of a batch, in its key's day. Raises ApiError."""
    key: Key | None = g.get("key")
    if key is not None and key.per_day is not None and number > 0:
        _spend(Key(name=key.name, per_day=key.per_day), number)


def _check() -> Response | None:
    """The refusal, or None. It is not raised: blueprints have their own ways with errors."""
    try:
        _admit()
    except ApiError as error:
        response = error.answer()
        if request.path in _LIBRE:
            response.set_data(json.dumps({"error": str(error)}))
        return response
    return None


def _admit() -> None:
    path = request.path
    if request.method == "OPTIONS" or path in _OPEN or path.startswith(_OPEN_FOLDERS):
        return
    secret, keys = _secret(), runtime().keys
    key = keys.find(secret) if secret else None
    if key is None:
        if keys.any():
            raise _NoKey("this needs an API key" if secret is None else "the API key is not known")
        return
    if key.read_only and request.method not in _READ:
        raise ApiError(403, "read_only", "this API key may read only")
    g.key = key
    _spend(key, 1)


def _spend(key: Key, number: int) -> None:
    if key.per_minute is None and key.per_day is None:
        return
    if wait := runtime().keys.spend(key, number):
        raise _TooOften(wait)


def _secret() -> str | None:
    """The key in the request: as a bearer token, as the password that a browser asks for, in a header of its own."""
    given = request.authorization
    if given is not None and (found := given.token or given.password):
        return str(found)
    if found := request.headers.get("X-API-Key"):
        return found
    if request.path in _LIBRE:
        body: Any = request.get_json(silent=True) if request.is_json else request.values
        found = body.get("api_key") if isinstance(body, Mapping) else None
        return found if isinstance(found, str) else None
    return None


class _NoKey(ApiError):
    """Says what lets a browser ask for a key, where a person is likely to be behind the request."""

    def __init__(self, message: str) -> None:
        super().__init__(401, "no_key", message)

    def answer(self) -> Response:
        response = super().answer()
        is_page = request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"
        scheme = 'Basic realm="Chitieu: any name, the API key as password", charset="UTF-8"' if is_page else "Bearer"
        response.headers["WWW-Authenticate"] = scheme
        return response


class _TooOften(ApiError):
    """Says when to ask again."""

    def __init__(self, wait: int) -> None:
        super().__init__(429, "too_many_requests", f"this API key has asked too often: again in {wait} s")
        self._wait = wait

    def answer(self) -> Response:
        response = super().answer()
        response.headers["Retry-After"] = str(self._wait)
        return response
