"""The one place where the archive runner meets the pipeline."""

from __future__ import annotations

from functools import cache
from typing import Any

from service.archive.items import Item


def _process(item: Item) -> bytes:
    """The record of one item as JSON, made by the pipeline that serves HTTP and the command line too."""
    from extractors.record import to_json  # here, so that the process that reads the archive loads no language
    from service.pipeline import Submission

    given = Submission(
        url=item.url,
        html=item.content if item.kind == "html" else None,
        charset=item.charset,
        fetched_at=item.fetched_at,
        text=item.content.decode() if item.kind == "text" else None,
        title=item.title,
        published_at=item.published_at,
        language=item.language,
        to=item.to,
        input=item.input,
    )
    return to_json(_runtime().process(given))


@cache
def _runtime() -> Any:
    """One a process: language packs and translation models are loaded once."""
    from service.config import read_settings
    from service.logs import set_up_logging
    from service.runtime import Runtime

    settings = read_settings()
    set_up_logging(settings.log_level)
    return Runtime(settings)
