"""What the web pages ask of the service, as the calls of the API answer it."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from extractors.record import to_json
from service.api.articles import to_submission
from service.api.errors import tell
from service.api.models import ArticleBody
from service.api.shared import runtime
from service.errors import UserError
from service.pipeline import StageError
from service.store import Filters, Paging


class Records:
    """The records that are kept."""

    def get(self, id: str) -> dict[str, Any] | None:
        """The record as JSON, or None."""
        record = runtime().store.get(id)
        return None if record is None else json.loads(record)

    def recent(self, limit: int) -> list[dict[str, Any]]:
        """The rows of the articles that were published last."""
        return runtime().store.find_articles(Filters(), Paging(limit))[0]


def submit(body: dict[str, Any]) -> dict[str, Any]:
    """The record of what `POST /v1/articles` takes, made at once and kept. Raises UserError."""
    try:
        record = runtime().process_and_save(to_submission(ArticleBody.model_validate(body)))
    except ValidationError as error:
        raise UserError(tell(error)[2]) from error
    except StageError as error:
        if error.user:
            raise UserError(error.reason) from error
        raise
    return json.loads(to_json(record))
