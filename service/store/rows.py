"""A record -> the rows that are kept of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from extractors.record import to_json
from extractors.types import Indicator, Person, Record, Role, Span, Unit
from service.sentences import find_sentences
from service.store.words import padded, words_of

Row = dict[str, Any]
_MOST_WORDS = 700_000  # characters of an article's words; PostgreSQL indexes a little more


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
        "record": to_json(record).decode(),
    }


def article_words(record: Record, facts: tuple[list[Row], list[Row], list[Row]]) -> str:
    """The words that the article is found by, those of its facts' rows among them."""
    said = [done.text or "" for done in record.translation.sentences]
    names = dict.fromkeys(row[name] for rows in facts for row in rows for name in ("search", "unit_search"))
    return words_of("\n".join((record.title or "", *names, record.text, *said)))[:_MOST_WORDS]


def fact_rows(record: Record) -> tuple[list[Row], list[Row], list[Row]]:
    """The rows of the tables `people`, `units` and `indicators`, each with the sentence that proves it.

    `sentence_translation` is that sentence in the record's translation, None where there is none.
    """
    sentences = find_sentences(record.text, record.language)
    translations = {(done.start, done.end): done.text for done in record.translation.sentences}
    starts = [start for start, _ in sentences]
    units = _Units(record.units)

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
            "search": padded(search),
        }

    roles = [(person, role) for person in record.people for role in person.roles or (None,)]
    return (
        [
            row(i, role.evidence if role else person.mentions[0], " ".join((person.name, *person.variants)), values)
            for i, (person, role) in enumerate(roles)
            for values in (_person(person, role, units),)
        ],
        [
            row(i, unit.mentions[0], f"{unit.name} {unit.official_name or ''}", _unit(unit, units))
            for i, unit in enumerate(record.units)
        ],
        [
            row(
                i,
                found.evidence,
                f"{found.subject or ''} {found.topic or ''} {found.evidence.text}",
                _indicator(found, units),
            )
            for i, found in enumerate(record.indicators)
        ],
    )


class _Units:
    """What a fact's row says of the unit that it belongs to."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_id = {unit.id: unit for unit in units}

    def name(self, id_: str | None) -> str | None:
        unit = self._by_id.get(id_ or "")
        return unit.name if unit else None

    def search(self, id_: str | None) -> str:
        unit = self._by_id.get(id_ or "")
        return padded(f"{unit.name} {unit.official_name or ''}") if unit else " "

    def code(self, id_: str | None) -> str | None:
        """The code of the unit, or of the nearest one above it that has one."""
        seen: set[str] = set()
        while (unit := self._by_id.get(id_ or "")) and unit.id not in seen:
            if unit.code:
                return unit.code
            seen.add(unit.id)
            id_ = unit.parent
        return None


def _person(person: Person, role: Role | None, units: _Units) -> Row:
    unit = role.unit if role else None
    return {
        "person": person.id,
        "name": person.name,
        "honorific": person.honorific,
        "gender": person.gender,
        "role": role.role if role else None,
        "title": role.title if role else None,
        "status": role.status if role else None,
        "unit": units.name(unit),
        "unit_code": units.code(unit),
        "unit_search": units.search(unit),
        "confidence": person.confidence,
        "rule": role.rule if role else person.rule,
    }


def _unit(unit: Unit, units: _Units) -> Row:
    return {
        "unit": unit.id,
        "name": unit.name,
        "class": unit.class_,
        "type": unit.type,
        "parent": units.name(unit.parent),
        "code": unit.code,
        "code_version": unit.code_version,
        "official_name": unit.official_name,
        "mentions": len(unit.mentions),
        "unit_search": units.search(unit.id),
        "confidence": unit.confidence,
        "rule": unit.rule,
    }


def _indicator(found: Indicator, units: _Units) -> Row:
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
        "about": units.name(found.about),
        "about_code": units.code(found.about),
        "unit_search": units.search(found.about),
        "target": found.target,
        "percent": found.percent,
        "derived": found.derived,
        "confidence": found.confidence,
        "rule": found.rule,
    }
