"""What every answer of the API gets: what a cache compares it by, and who may read it in a browser."""

from __future__ import annotations

from flask import Flask, Response, request

from service.config import Settings

_READ = frozenset({"GET", "HEAD"})
_ASKED = "Authorization, X-API-Key, If-None-Match"


def complete(app: Flask, settings: Settings) -> None:
    """Lets the application complete its answers."""
    origins = frozenset(settings.cors_origins)

    def finish(response: Response) -> Response:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if not request.path.startswith("/v1/"):
            return response
        if origins:
            _share(response, origins)
        return _compare(response)

    app.after_request(finish)


def _compare(response: Response) -> Response:
    """The answer with an ETag, or 304 where the caller has it already; what is streamed has none."""
    if request.method not in _READ or response.status_code != 200 or response.is_streamed:
        return response
    response.headers.setdefault("Cache-Control", "private, no-cache")  # kept, and asked for again each time
    response.add_etag()
    response.make_conditional(request)
    return response


def _share(response: Response, origins: frozenset[str]) -> None:
    """Lets pages of these origins read; what changes something stays closed to them."""
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    wanted = request.headers.get("Access-Control-Request-Method", request.method)
    if origin is None or wanted not in _READ or not (origin in origins or "*" in origins):
        return
    response.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else origin
    response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = _ASKED
        response.headers["Access-Control-Max-Age"] = "3600"
