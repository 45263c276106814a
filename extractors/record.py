"""Everything about one article -> the record, its JSON and its JSON Schema."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from extractors.types import Article, Facts, Processing, Record, Translation

SCHEMA_VERSION: Literal["1.0"] = "1.0"
# 80 bits: in ten million articles two share an id with a chance of 4 in 10^11.
_ID_DIGITS = 20


def build_record(
    article: Article, language: tuple[str, float], facts: Facts, *, translation: Translation, processing: Processing
) -> Record:
    """The record of an article; `language` is the code and how sure it is (0 to 1)."""
    return Record(
        schema=SCHEMA_VERSION,
        id=record_id(article.canonical_url or article.url, article.text),
        url=article.url,
        canonical_url=article.canonical_url,
        original_url=article.original_url,
        source=article.source,
        title=article.title,
        lead=article.lead,
        author=article.author,
        published_at=article.published_at,
        published_precision=article.published_precision,
        language=language[0],
        language_confidence=language[1],
        text=article.text,
        translation=translation,
        people=facts.people,
        units=facts.units,
        indicators=facts.indicators,
        warnings=article.warnings + facts.warnings,
        processing=processing,
    )


def record_id(url: str | None, text: str) -> str:
    """The id that the same canonical URL and the same text get on any machine: 20 hexadecimal digits."""
    return hashlib.sha256(f"{url or ''}\n{text}".encode()).hexdigest()[:_ID_DIGITS]


def to_json(record: Record) -> bytes:
    """The record as one line of JSON in UTF-8."""
    return _adapter().dump_json(record, by_alias=True)


def from_json(data: bytes | str) -> Record:
    """The record in a line of JSON. Raises pydantic.ValidationError where it is none."""
    return _adapter().validate_json(data)


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record, made from the classes of `types.py`."""
    made = _adapter().json_schema(by_alias=True, mode="serialization", schema_generator=_WholeObjects)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | made


class _WholeObjects(GenerateJsonSchema):
    """Writes every field as required: a record has them all, also those that have a default in the class."""

    def field_is_required(self, *_: Any, **__: Any) -> bool:
        return True


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)
