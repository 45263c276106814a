"""A record -> the rows that are kept of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from extractors.record import to_json
from extractors.text import fold
from extractors.types import Indicator, Person, Record, Role, Span, Unit
from service.sentences import find_sentences

Row = dict[str, Any]
# `fold` remembers what it folded, which is for names that come again, not for whole texts.
_fold_once = fold.__wrapped__
SentenceOf = Callable[[int], tuple[int, int]]


def article_row(record: Record) -> Row:
    """The row of the table `articles`."""
    return {
        "id": record.id,
        "url": record.url,
        "canonical_url": record.canonical_url,
        "domain": record.source.domain,
        "province": record.source.province,
        "language": record.language,
        "title": record.title,
        "published_at": record.published_at,
        "published_on": record.published_at[:10] if record.published_at else None,
        "stored_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "people": len(record.people),
        "units": len(record.units),
        "indicators": len(record.indicators),
        "translation_target": record.translation.target,
        "translation_status": record.translation.status,
        "search": _fold_once(record.text),
        "record": to_json(record).decode(),
    }


def fact_rows(record: Record) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows of the tables `people`, `units` and `indicators`, each with the sentence that proves it.

    `sentence_translation` is that sentence in the record's translation, None where there is none.
    """
    sentences = find_sentences(record.text, record.language)
    translations = {(done.start, done.end): done.text for done in record.translation.sentences}
    starts = [start for start, _ in sentences]
    names = {unit.id: unit.name for unit in record.units}

    def row(position: int, span: Span, search: str, values: Row) -> Row:
        start, end = sentences[max(0, bisect_right(starts, span.start) - 1)] if sentences else (0, 0)
        return values | {
            "article_id": record.id,
            "position": position,
            "start": span.start,
            "end": span.end,
            "text": span.text,
            "sentence_start": start,
            "sentence_end": end,
            "sentence": record.text[start:end],
            "sentence_translation": translations.get((start, end)),
            "search": _fold_once(search),
        }

    roles = [(person, role) for person in record.people for role in person.roles or (None,)]
    return (
        [
            row(i, role.evidence if role else person.mentions[0], " ".join((person.name, *person.variants)), values)
            for i, (person, role) in enumerate(roles)
            for values in (_person(person, role, names),)
        ],
        [
            row(i, unit.mentions[0], f"{unit.name} {unit.official_name or ''}", _unit(unit, names))
            for i, unit in enumerate(record.units)
        ],
        [
            row(
                i,
                found.evidence,
                f"{found.subject or ''} {found.topic or ''} {found.evidence.text}",
                _indicator(found, names),
            )
            for i, found in enumerate(record.indicators)
        ],
    )


def _person(person: Person, role: Role | None, names: dict[str, str]) -> Row:
    unit = names.get(role.unit or "") if role else None
    return {
        "person": person.id,
        "name": person.name,
        "honorific": person.honorific,
        "gender": person.gender,
        "role": role.role if role else None,
        "title": role.title if role else None,
        "status": role.status if role else None,
        "unit": unit,
        "unit_search": fold(unit) if unit else None,
        "confidence": person.confidence,
        "rule": role.rule if role else person.rule,
    }


def _unit(unit: Unit, names: dict[str, str]) -> Row:
    return {
        "unit": unit.id,
        "name": unit.name,
        "class": unit.class_,
        "type": unit.type,
        "parent": names.get(unit.parent or ""),
        "code": unit.code,
        "code_version": unit.code_version,
        "official_name": unit.official_name,
        "mentions": len(unit.mentions),
        "unit_search": fold(f"{unit.name} {unit.official_name or ''}"),
        "confidence": unit.confidence,
        "rule": unit.rule,
    }


def _indicator(found: Indicator, names: dict[str, str]) -> Row:
    about = names.get(found.about or "")
    return {
        "indicator": found.id,
        "kind": found.kind,
        "value": found.value,
        "value_max": found.value_max,
        "unit": found.unit,
        "comparator": found.comparator,
        "direction": found.direction,
        "subject": found.subject,
        "topic": found.topic,
        "basis": found.basis,
        "period_from": found.period.from_ if found.period else None,
        "period_to": found.period.to if found.period else None,
        "about": about,
        "unit_search": fold(about) if about else None,
        "target": found.target,
        "percent": found.percent,
        "derived": found.derived,
        "confidence": found.confidence,
        "rule": found.rule,
    }
