"""The one place where the archive runner meets the pipeline."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from service.archive.items import Item
from service.config import Settings

if TYPE_CHECKING:
    from service.runtime import Runtime


def process_item(settings: Settings, item: Item) -> bytes:
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
    runtime = _runtime(settings)
    before = runtime.memory_use()
    record = to_json(runtime.process(given))
    hits, misses = (now - then for now, then in zip(runtime.memory_use(), before, strict=True))
    return _with_memory(record, {"hits": hits, "misses": misses}) if hits or misses else record


def _with_memory(record: bytes, use: dict[str, int]) -> bytes:
    """The record with how many sentences were found in the translation memory, which the manifest sums up."""
    value = json.loads(record)
    value["processing"]["memory"] = use
    return json.dumps(value, ensure_ascii=False).encode()


@cache
def _runtime(settings: Settings) -> Runtime:
    """One a process: language packs and translation models are loaded once."""
    from service.logs import set_up_logging
    from service.runtime import Runtime

    set_up_logging(settings.log_level)
    return Runtime(settings)
