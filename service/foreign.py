"""Forms that a page of another site sends in a visitor's browser."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Request


def is_foreign(request: Request) -> bool:
    """Whether another site's page sent the request: it must not make this service fetch or change anything."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host
