"""What the web pages ask of the service, as the calls of the API answer it."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from extractors.record import from_json, to_json
from service.api.articles import to_submission
from service.api.errors import tell
from service.api.models import ArticleBody, ArticlesQuery, IndicatorsQuery, PeopleQuery, UnitsQuery
from service.api.rendered import RenderedRows
from service.api.shared import runtime
from service.editions import find_related
from service.errors import UserError
from service.pipeline import StageError
from service.store import Filters, Found, Paging

_QUERIES: dict[str, Any] = {
    "articles": ArticlesQuery,
    "people": PeopleQuery,
    "units": UnitsQuery,
    "indicators": IndicatorsQuery,
}


class Records:
    """The records that are kept."""

    def get(self, id: str) -> dict[str, Any] | None:
        """The record as JSON, or None."""
        record = runtime().store.get(id)
        return None if record is None else json.loads(record)

    def recent(self, limit: int) -> list[dict[str, Any]]:
        """The rows of the articles that were published last."""
        return runtime().store.find_articles(Filters(), Paging(limit)).rows

    def related(self, record: dict[str, Any]) -> list[dict[str, Any]]:
        """The kept articles that tell the same story: its original, its editions and what is like them."""
        found = find_related(runtime().store, from_json(json.dumps(record)))
        return [{name: getattr(one.record, name) for name in ("id", "title", "language")} for one in found]

    def find(self, table: str, asked: dict[str, str], language: str) -> Found:
        """The rows that a call of the API finds, those of facts with label and statement. Raises UserError."""
        try:
            query = _QUERIES[table].model_validate(asked)
        except ValidationError as error:
            raise UserError(tell(error)[2]) from error
        if table == "articles":
            return runtime().store.find_articles(query.filters(), query.paging())
        return _say(runtime().store.find_facts(table, query.filters(), query.paging()), table, language)


def _say(found: Found, table: str, language: str) -> Found:
    rendered = RenderedRows(runtime().store, table, language)
    return found._replace(rows=[rendered.add(row) for row in found.rows])


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
