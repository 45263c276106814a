"""What several blueprints need."""

from __future__ import annotations

from flask import current_app, request

from service.runtime import Runtime


def runtime() -> Runtime:
    """The runtime of the application that answers."""
    made: Runtime = current_app.extensions["runtime"]
    return made


def link_to(article_id: str, sentence_start: int | None = None) -> str:
    """The URL of our page of an article, opened at the sentence that starts at this offset."""
    base = (runtime().settings.public_url or request.host_url).rstrip("/")
    return f"{base}/articles/{article_id}" + (f"#s{sentence_start}" if sentence_start is not None else "")
