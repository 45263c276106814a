"""What an article was made of: the submission in JSON, its page or text by the hash that it is kept under."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, replace

from extractors.types import Record
from service.kept import KeptPages
from service.pipeline import Submission

log = logging.getLogger(__name__)

_CONTENT = frozenset({"html", "text", "replaces"})


def describe(given: Submission, record: Record, kept: KeptPages) -> str:
    """The origin of a record; a page or a text that was given is kept, one that was fetched is kept already."""
    origin = {name: value for name, value in asdict(given).items() if name not in _CONTENT and value is not None}
    try:
        if given.html is not None:
            origin["page"] = kept.keep(given.html)
        elif given.text is not None:
            origin["plain"] = kept.keep(given.text.encode("utf-8", "surrogatepass"))
        elif visit := kept.recall(record.url or ""):
            origin |= {"page": visit.page, "url": visit.url, "charset": visit.charset, "fetched_at": visit.fetched_at}
    except OSError:
        log.warning("what article %s was made of is not kept", record.id, exc_info=True)
    return json.dumps(origin, ensure_ascii=False)


def read(origin: str, article_id: str, kept: KeptPages) -> Submission | None:
    """The submission in an origin, for the article that was made of it; None where its page is not kept any more."""
    values = json.loads(origin)
    page, plain = values.pop("page", None), values.pop("plain", None)
    content = kept.read(page or plain or "")
    if content is None:
        return None
    given = Submission(**values, replaces=article_id)
    return replace(given, html=content) if page else replace(given, text=content.decode("utf-8", "surrogatepass"))
