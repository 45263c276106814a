"""Addresses that a page may link to."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def web_link(url: str | None) -> str | None:
    """The address where it is one of the web, else None: a record's addresses come from pages that nobody vouches for.

    >>> web_link("https://bao.example/a"), web_link("javascript:alert(1)"), web_link(None)
    ('https://bao.example/a', None, None)
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def downloads(id: str) -> dict[str, str]:
    """Where the record and its tables are served: text key -> address in the API."""
    id = quote(id, safe="")
    tables = {f"csv_{name}": f"/v1/{name}?article={id}&format=csv" for name in ("people", "units", "indicators")}
    return {"json": f"/v1/articles/{id}"} | tables
